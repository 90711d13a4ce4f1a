"""Characters and words: what counts as white space, a word, the end of a sentence. Shared by every reader."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x1c-\x1f\x85]+")
# Zero-width and direction-overriding characters hide or reorder text; joiners (U+200C, U+200D) spell words and stay.
_DROPPED = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SPACES = re.compile("  +")
_ASCII_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_UNSPACED_SCRIPT = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_END = re.compile(r"[.!?…:;。！？।۔؟։။።][\"'”’»›“‘„)\]）」』】*¹²³⁴-⁹\s]*(?:\[\d+\]|\(\w+\))?$")


def spaced(text: str) -> str:
    """`text` with every run of white space as one space and no invisible or control characters."""
    if text.isprintable():  # no white space but the plain one, nothing invisible
        return text if "  " not in text else _SPACES.sub(" ", text)
    if text.isascii() and not _ASCII_CONTROL.search(text):
        return _SPACE.sub(" ", text)
    text = _CONTROL.sub("", _DROPPED.sub("", _LONE_SURROGATE.sub("\ufffd", text)))
    return _SPACE.sub(" ", text)


def line(text: str) -> str:
    """`spaced` without white space at the ends.

    >>> line("  The\\u00a0state \\n bought\\u200b it ")
    'The state bought it'
    """
    return spaced(text).strip()


def word_count(text: str) -> int:
    """Words, where two characters of a script without spaces (Chinese, Japanese, Thai, Khmer, Burmese) make one word.

    >>> word_count("Cameras in 412 schools"), word_count("学校监控摄像头系统")
    (4, 4)
    """
    if text.isascii():
        return len(_WORD.findall(text))
    unspaced = len(_UNSPACED_SCRIPT.findall(text))
    if unspaced:
        text = _UNSPACED_SCRIPT.sub(" ", text)
    return len(_WORD.findall(text)) + unspaced // 2


def words(text: str) -> list[str]:
    """The words of `text`, case-folded."""
    return _WORD.findall(text.casefold())


def ends_sentence(text: str) -> bool:
    """Whether `text` closes like a sentence: with a stop, a colon, or a quote after one.

    >>> ends_sentence("“They watch us.”"), ends_sentence("Most read")
    (True, False)
    """
    return _SENTENCE_END.search(text[-12:]) is not None


def flat(text: str) -> str:
    """Letters and digits only, case-folded and accents kept: the form in which headings are compared."""
    return " ".join(words(unicodedata.normalize("NFKC", text)))


def contained(shorter: str, longer: str) -> bool:
    """Whether the words of `shorter` stand in `longer` one after the other."""
    inner, outer = flat(shorter), flat(longer)
    return bool(inner) and f" {inner} " in f" {outer} "
