"""From bytes to text: which encoding, what had to be replaced, and which bytes a piece of the text came from."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*|encoding\s*=\s*)["']?\s*([A-Za-z0-9][\w.:-]{1,40})""", re.IGNORECASE)
_DECLARATION_BYTES = 4096
_SAMPLE_BYTES = 32_768
"""Enough for charset-normalizer to settle on an encoding; its time grows with the sample."""
# The HTML standard reads these labels as their Windows supersets, because that is what pages mean by them.
_WINDOWS = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "sjis": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
}  # fmt: skip
_TEXT_CODECS = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 "
    "cp1257 cp1258 cp866 cp874 cp932 cp949 koi8-r koi8-u gb18030 big5 big5hkscs euc_jp iso2022_jp iso8859-2 iso8859-3 "
    "iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-13 iso8859-14 iso8859-15 iso8859-16 tis-620 mac-roman "
    "mac-cyrillic".split()
)
_MAX_UTF8_ERRORS = 0.002
"""Share of broken bytes up to which a declared or likely UTF-8 page is still UTF-8 with damage in it."""
_COMMON_SIGNS = frozenset("<>/=\"'.,;:!?-_()[]{}&%#@*+|–—“”‘’„«»…")
_MIN_READABLE = 0.8
"""Texts and pages have 0.97 and more, random bytes 0.65 to 0.95 depending on the codec."""
_MIN_SPACES = 0.03
"""Texts have 0.1 and more, random bytes 0.01."""
_SHORT = 400
_MAP_STEP = 1024


@dataclass(slots=True)
class Decoded:
    """Text of some bytes. Lone surrogates stand for undecodable bytes; `wording.spaced` shows them as U+FFFD."""

    text: str
    codec: str
    replaced: int = 0
    """How many bytes could not be decoded."""
    declared_wrong: str | None = None
    """The encoding that the document claims and is not in."""
    guessed: bool = False
    """Neither a mark nor a declaration nor the bytes themselves settle the encoding."""
    _bom: int = 0
    _size_bytes: int | None = None
    """Length of the content where the text may end in a sign for a cut code unit, which had fewer bytes than it."""
    _marks: list[int] | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of the document should know about its encoding."""
        said = []
        if self.replaced:
            said.append(f"encoding: {self.replaced} bytes are not valid {self.codec} and show as U+FFFD")
        if self.declared_wrong:
            said.append(f"encoding: the document claims {self.declared_wrong} and is read as {self.codec}")
        elif self.guessed:
            said.append(f"encoding: none is stated; read as {self.codec}, which fits the bytes best")
        return tuple(said)

    def byte_range(self, start: int, end: int) -> tuple[int, int] | None:
        """The bytes of `text[start:end]`, half-open, in the content; None when the codec keeps no such map."""
        if self.codec.startswith("iso2022"):
            return None
        return self._byte(start), self._byte(end)

    def _byte(self, offset: int) -> int:
        if self._marks is None:
            self._marks = [self._bom]
            for at in range(0, len(self.text), _MAP_STEP):
                self._marks.append(self._marks[-1] + self._length(at, at + _MAP_STEP))
        mark = min(offset // _MAP_STEP, len(self._marks) - 1)
        at = self._marks[mark] + self._length(mark * _MAP_STEP, offset)
        return at if self._size_bytes is None else min(at, self._size_bytes)

    def _length(self, start: int, end: int) -> int:
        return len(self.text[start:end].encode(self.codec, "surrogateescape"))


def decode(content: bytes, declared: str | None = None) -> Decoded | None:
    """The text of `content`: by byte-order mark, as UTF-8, as declared, or as detected; None when it is no text.

    A declaration loses against bytes that are valid UTF-8 beyond ASCII: those do not come about by chance.
    """
    for bom, codec in _BOMS:
        if content.startswith(bom):
            return _strict(content, codec, len(bom)) or _replacing(content, codec, len(bom))
    wide = _wide_codec(content)
    if wide:
        return _strict(content, wide, 0)
    if _looks_binary(content):
        return None
    claimed = _known(declared or _declared_in(content))
    utf8 = _strict(content, "utf-8", 0)
    if utf8 is not None:
        if claimed not in (None, "utf-8") and not content.isascii() and claimed not in ("iso2022_jp",):
            utf8.declared_wrong = claimed
        if claimed != "iso2022_jp":
            return utf8
    return _not_utf8(content, claimed)


def _not_utf8(content: bytes, claimed: str | None) -> Decoded | None:
    if claimed and claimed != "utf-8":
        as_claimed = _strict(content, claimed, 0)
        if as_claimed is not None:
            return as_claimed
    damaged = _replacing(content, "utf-8", 0)
    few = max(2, _MAX_UTF8_ERRORS * len(content))
    if damaged is not None and damaged.replaced <= few and _has_multibyte(content):
        return damaged
    found = _detected(content) or _replacing(content, claimed or "cp1252", 0)
    if found is None or not _is_readable(found.text):
        return None
    found.declared_wrong, found.guessed = claimed if claimed != found.codec else None, True
    return found


def _is_readable(text: str) -> bool:
    """Whether letters, digits, spaces and common signs make up most of a text whose encoding was guessed."""
    sample = text[:20_000]
    readable = sum(sign.isalnum() or sign.isspace() or sign in _COMMON_SIGNS for sign in sample)
    unspaced = sum(sign > "\u0dff" for sign in sample)  # scripts of South-East and East Asia write no spaces
    spaces = sum(sign.isspace() for sign in sample) + unspaced
    return readable >= _MIN_READABLE * len(sample) and (spaces >= _MIN_SPACES * len(sample) or len(sample) < _SHORT)


def _strict(content: bytes, codec: str, bom: int) -> Decoded | None:
    try:
        return Decoded(content[bom:].decode(codec), codec, _bom=bom)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _replacing(content: bytes, codec: str, bom: int) -> Decoded | None:
    """Decodes with lone surrogates for bad bytes, so that the byte map stays exact; with U+FFFD for bad units of
    UTF-16 and UTF-32, which are as long as the bytes they stand for but for a cut one at the end.
    """
    if codec.startswith(("utf-16", "utf-32")):
        text = content[bom:].decode(codec, "replace")
        return Decoded(text, codec, text.count("\ufffd"), _bom=bom, _size_bytes=len(content))
    try:
        text = content[bom:].decode(codec, "surrogateescape")
    except (UnicodeDecodeError, UnicodeError):
        text = content[bom:].decode(codec, "replace")
        return Decoded(text, codec, text.count("\ufffd"), _bom=bom)
    return Decoded(text, codec, sum(1 for character in text if "\udc80" <= character <= "\udcff"), _bom=bom)


def _has_multibyte(content: bytes) -> bool:
    return re.search(rb"[\xc3-\xf4][\x80-\xbf]", content) is not None


def _detected(content: bytes) -> Decoded | None:
    sample = _dense_sample(content)
    east_asian = _east_asian(sample)
    if east_asian:
        return _strict(content, east_asian, 0) or _replacing(content, east_asian, 0)
    for name, letters in _SINGLE_BYTE.items():
        if {letter for letter in sample.decode(name, "replace") if letter > "\x7f"} <= {*letters, *_SHARED_SIGNS}:
            return _replacing(content, name, 0)
    from charset_normalizer import from_bytes  # 50 ms, and most documents are UTF-8

    best = from_bytes(sample, cp_isolation=sorted(_TEXT_CODECS - {"utf-8"})).best()
    if best is None:
        return None
    codec = _known(best.encoding)
    return None if codec is None else _strict(content, codec, 0) or _replacing(content, codec, 0)


def _dense_sample(content: bytes) -> bytes:
    """The words around bytes beyond ASCII, for markup would drown them."""
    pieces = re.split(rb"[<>]", content[: 8 * _SAMPLE_BYTES])
    return b"\n".join(piece for piece in pieces if not piece.isascii())[:_SAMPLE_BYTES] or content[:_SAMPLE_BYTES]


# The sixteen most frequent characters of running Chinese, Japanese and Korean text, by codec in use for the language.
_FREQUENT = {
    "gb18030": "的一是在不了有和人这中大为上个国",
    "big5": "的一是在不了有和人這中大為上個國",
    "cp932": "のにはをたがでてとしれさるいなか",
    "euc_jp": "のにはをたがでてとしれさるいなか",
    "cp949": "다이의는에가을하고지로은를한도서",
}
_SHARED_SIGNS = "“”„‘’‚«»‹›–—…•€°·§©®™\u00a0"
_SINGLE_BYTE = {  # letters of a region's texts; under another region's codec the same bytes show as others
    "cp1252": "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüŒœ£¡¿ºª",
    "cp1250": "ĄĆĘŁŃÓŚŹŻąćęłńóśźżÁČĎÉĚÍŇŘŠŤÚŮÝŽáčďéěíňřšťúůýžŐŰőűÄÖÜäöüßĂÂÎŞŢăâîşţĐđĽĹŔľĺŕô",
}
_MIN_FREQUENT = 0.08
"""Running text has 15 to 45 percent of them; the wrong codec of the five has under 4."""


def _east_asian(sample: bytes) -> str | None:
    """The East Asian codec under which the frequent characters of its language are frequent."""
    best, codec = _MIN_FREQUENT, None
    for name, frequent in _FREQUENT.items():
        text = sample.decode(name, "replace")
        if text.count("\ufffd") > 2:  # the sample may cut a character at its ends
            continue
        wide = [character for character in text if character > "\u2fff"]
        share = sum(character in frequent for character in wide) / len(wide) if len(wide) >= 8 else 0.0
        if share > best and 2 * len(wide) > 0.8 * sum(byte > 127 for byte in sample):
            best, codec = share, name
    return codec


def _declared_in(content: bytes) -> str | None:
    match = _DECLARED.search(content[:_DECLARATION_BYTES])
    return match[1].decode("ascii") if match else None


def _known(name: str | None) -> str | None:
    """Python's name for an encoding of texts; None for unknown ones and for codecs that are no character encoding."""
    if not name:
        return None
    name = _WINDOWS.get(name.lower().replace("_", "-"), name.lower())
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = _WINDOWS.get(found, found)
    # Without a mark the bytes' order is not stated; little-endian is what the HTML standard reads, and unlike "utf-16"
    # it puts no mark of its own before each piece that places are counted in.
    found = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(found, found)
    return found if found in _TEXT_CODECS or found.replace("_", "-") in _TEXT_CODECS else None


def _wide_codec(content: bytes) -> str | None:
    """UTF-16 without a mark: zeros stand in every second byte only, and it decodes to text."""
    sample = content[:2000]
    sample = sample[: len(sample) // 2 * 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) < 16 or max(even, odd) < 0.05 * len(sample) / 2 or min(even, odd) > 0.1 * max(even, odd):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = sample.decode(codec)
    except UnicodeError:
        return None
    readable = sum(character.isalnum() or character.isspace() or character in ".,;:-'\"()<>/=" for character in text)
    return codec if readable > 0.9 * len(text) else None


def _looks_binary(content: bytes) -> bool:
    """Zero bytes, or more than one in twenty control characters, do not occur in texts."""
    sample = content[:65_536]
    controls = len(re.findall(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]", sample))
    return controls > max(3, len(sample) // 20) or sample.count(b"\x00") > max(3, len(sample) // 200)
