"""The bodies, works and people that statements are said to come from, told apart and brought together across
documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Protocol

from firsthand.knowledge.names import same_name
from firsthand.records import Document, Evidence, Origin, OriginKind, Speaker, Statement, record_id
from firsthand.trace.details_words import fold, name_key
from firsthand.trace.kinds import document_class, origin_kind
from firsthand.trace.publishers import names_institution, publisher_kinds, works_apart

_TELLING = 4  # letters; shorter first words are initials and articles of other languages
MOST_BEARERS = 100  # names with one word; of more ("Courier", "Post") the word says nothing about who is meant
_GENERIC = frozenset(
    "the a an of for and in on at to its his her their state national city company group firm ministry office "
    "department bureau institute "
    "centre center agency authority police government report study co ltd inc corp llc systems service "
    "commission secretary minister "
    "spokesman spokeswoman spokesperson director press security public committee union federation court "
    "official officials".split()
)

_OFFICE = 6  # letters that an office and its holder share
_OFFICES = frozenset(word[:_OFFICE] for word in _GENERIC)


class Reached(Protocol):
    """Anything that holds the keys of origins reached."""

    @property
    def origins(self) -> tuple[str, ...]:
        """Keys of sources."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class _Source:
    """One voice, or one document as its own voice, before merging."""

    key: str
    name: str
    kind: OriginKind
    document: str | None = None


class Sources:
    """Registry of sources. Keys are stable names inside one run; `origin_id` gives the record's identifier."""

    def __init__(self, documents: Sequence[Document], statements: Sequence[Statement]) -> None:
        self._documents = {d.id: d for d in documents}
        self._published_as = publisher_kinds(documents)
        self._sources: dict[str, _Source] = {}
        self._root: dict[str, str] = {}
        self._aliases: dict[str, set[str]] = {}
        self._people: set[str] = set()
        self._spoken_for: list[tuple[str, str]] = []
        self._by_voice: dict[tuple[str, str | None, str], str] = {}
        self._own: dict[str, str] = {}
        """Document to what it is an origin as; for most, its outlet."""
        self._outlets = {d.id: f"outlet:{_norm(_signed(d) or d.id)}" for d in documents}
        self._published: dict[str, list[str]] | None = None
        apart = works_apart(documents, self._published_as)
        for document in documents:
            self._outlet(document, apart=document.id in apart)
        self._bodies = {_norm(d.outlet) for d in documents if d.outlet} | {
            _norm(v.name) for s in statements for v in s.speakers if v.sort in {"organisation", "outlet"}
        }
        self._places = {word for s in statements for word in _tokens(s.place or "")}
        self._suppliers = {_norm(s.supplier) for s in statements if s.supplier}
        for statement in statements:
            for speaker in statement.speakers:
                self._voice(speaker, statement.document)
        self._bare_offices()
        self._merge()

    # ---- looking up

    def key(self, speaker: Speaker, document: str) -> str:
        """The merged source that `speaker` of `document` is."""
        return self._find(self._voice(speaker, document))

    def outlet_key(self, document: str) -> str:
        """The source that a document's own outlet is, speaking from its own knowledge."""
        return self._find(self._own[document])

    def documents_of(self, key: str) -> tuple[str, ...]:
        """Captured documents published by the source `key`, in order of publication."""
        if self._published is None:  # a union has brought outlets together since
            self._published = {}
            for d in sorted(self._documents.values(), key=lambda d: (d.published or "9999", d.id)):
                for publisher in sorted({self.outlet_key(d.id), self._find(self._outlets[d.id])}):
                    self._published.setdefault(publisher, []).append(d.id)
        return tuple(self._published.get(self._find(key), ()))

    def captured(self, key: str) -> str | None:
        """The captured document that the source `key` published, if there is exactly one that can be meant."""
        return next((d for d in self.documents_of(key) if self.outlet_key(d) == self._find(key)), None)

    def published_as(self, document: str) -> OriginKind:
        """What a document is an origin as, when it speaks from its own knowledge."""
        return self._published_as[document]

    def is_primary(self, document: str) -> bool:
        """Whether a document reports evidence of its own making throughout: a study, a notice, a body's statement."""
        return self._published_as[document] != "own-reporting"

    def kind(self, key: str) -> OriginKind:
        """The kind of the source `key`."""
        return self._sources[self._find(key)].kind

    def origin_id(self, key: str) -> str:
        """Record identifier of the origin that `key` is: from its shortest full name and kind."""
        source = self._sources[self._find(key)]
        return record_id("o", {"name": source.name, "kind": source.kind})

    def origins(self, grounds: Iterable[Reached]) -> tuple[Origin, ...]:
        """The origins that any ground reached, by identifier."""
        keys = sorted({self._find(key) for ground in grounds for key in ground.origins})
        made = {}
        for key in keys:
            source = self._sources[key]
            names = sorted(self._aliases.get(key, set()) - {source.name})
            evidence = tuple(Evidence(kind="name", text=f"also called {name}") for name in names)
            made[self.origin_id(key)] = Origin(
                id=self.origin_id(key), kind=source.kind, name=source.name, document=self.captured(key),
                aliases=tuple(names), evidence=evidence,
            )  # fmt: skip
        return tuple(made[i] for i in sorted(made))

    def join(self, a: str, b: str) -> None:
        """Treat two sources as one, for example two descriptions of one informant."""
        self._union(self._find(a), self._find(b))

    # ---- building

    def _outlet(self, document: Document, *, apart: bool) -> None:
        kind, key = self._published_as[document.id], self._outlets[document.id]
        name = _signed(document) or document.title or document.path
        if apart:
            self._add(_Source(key=key, name=name, kind=kind))
            key, name = f"paper:{document.id}", document.title or name
        self._own[document.id] = key
        self._add(_Source(key=key, name=name, kind=kind, document=document.id))
        if not self.is_primary(document.id):
            return
        for author in [] if apart else _people(document.byline or ""):  # whoever signs for a body speaks for it
            own = f"voice:{_norm(author)}"
            self._people.add(own)
            self._add(_Source(key=own, name=author, kind=kind))
            self._spoken_for.append((own, key))
        for title in sorted({document.title or "", re.split(r": | [–—-] ", document.title or "")[0]}):
            if len(_tokens(title)) > 1 and not apart:
                self._add(_Source(key=f"voice:{_norm(title)}", name=title, kind=kind))
                self._spoken_for.append((f"voice:{_norm(title)}", key))
        titled = document_class(document.title or "")
        label = document_class(f"{document.title} {document.outlet}") if apart or kind == "document" else None
        if kind == "court-record" and titled != "filing":
            label = "ruling"
        if titled is not None and _reference(document.title or ""):  # "Open Call 07/2030": it names itself
            label, bare = titled, f"class:{titled}:{_reference(document.title or '')}"
            self._add(_Source(key=bare, name=name, kind=kind))
            self._spoken_for.append((bare, key))
        if label is not None:  # a captured notice is what others mean by "the procurement notice"
            bare = f"class:{label}:"
            self._add(_Source(key=bare, name=name, kind=kind))
            self._spoken_for.append((bare, key))

    def _voice(self, speaker: Speaker, document: str) -> str:
        memo = (speaker.name, speaker.of, document)
        if memo in self._by_voice:
            return self._by_voice[memo]
        if speaker.sort == "person" and speaker.of is not None and _norm(speaker.name) in self._bodies:
            speaker = replace(speaker, sort="organisation", of=None)  # elsewhere it is a body, so nobody's spokesman
        speaker = _with_body_of_role(speaker)
        if _TRADE.match(speaker.name) and speaker.sort != "work":
            speaker = replace(speaker, name=_TRADE.sub("", speaker.name))  # "Drone maker Norvane Robotics"
        if speaker.of is not None:
            speaker = replace(speaker, of=_TRADE.sub("", speaker.of))
        if speaker.sort == "organisation" and set(_tokens(speaker.of or "")) <= set(_tokens(speaker.name)):
            speaker = replace(speaker, of=None)  # "the union" is no body behind the Wharf Workers' Union
        kind = origin_kind(speaker)
        if _norm(speaker.of or speaker.name) in self._suppliers:
            kind = "company-statement"
        numbered = speaker.sort == "organisation" and re.search(r"\d", speaker.name) is not None
        paper = speaker.sort == "work" or numbered
        label = document_class(speaker.name) if paper else "ruling" if kind == "court-record" else None
        if label is not None:
            key = f"class:{label}:{_reference(speaker.name)}"
            name = speaker.name
        elif speaker.sort in {"witness", "group"} and speaker.of is None:
            key, name = f"witness:{document}:{_norm(speaker.name)}", speaker.name
        else:
            name = speaker.of or speaker.name
            key = f"voice:{_norm(name)}"
        self._add(_Source(key=key, name=_shown(name), kind=kind))
        if speaker.sort != "witness":  # witnesses are never indexed by name
            self._aliases.setdefault(key, set()).add(_shown(speaker.name))
        self._by_voice[memo] = key
        if speaker.sort == "person" and speaker.of is not None:
            own = f"voice:{_norm(speaker.name)}"
            self._people.add(own)
            self._add(_Source(key=own, name=_shown(speaker.name), kind=kind))
            self._spoken_for.append((own, key))
        return key

    def _bare_offices(self) -> None:
        """ "The ministry" of a document is the one whose minister, or which by its full name, speaks there too."""
        heard: dict[str, dict[str, set[str]]] = {}
        for (name, of, document), key in self._by_voice.items():
            for stem in {t[:_OFFICE] for t in _tokens(of or name)} & _OFFICES if key.startswith("voice:") else ():
                heard.setdefault(document, {}).setdefault(stem, set()).add(key)
        for memo in sorted(self._by_voice, key=lambda memo: (memo[2], memo[0], memo[1] or "")):
            name, of, document = memo
            stems = [t[:_OFFICE] for t in _tokens(of or name)]
            others = heard.get(document, {}).get(stems[0] if stems else "", set()) - {self._by_voice[memo]}
            if len(stems) == 1 and len(stems[0]) == _OFFICE and len(others) == 1:
                self._by_voice[memo] = min(others)

    def _add(self, source: _Source) -> None:
        known = self._sources.get(source.key)
        if known is None or (len(source.name), source.name) > (len(known.name), known.name):
            kind = known.kind if known is not None else source.kind
            self._sources[source.key] = _Source(key=source.key, name=source.name, kind=kind, document=source.document)
        self._root.setdefault(source.key, source.key)
        self._aliases.setdefault(source.key, set()).add(source.name)

    def _merge(self) -> None:
        """Bring spellings, short forms and initials of one body together, and a bare "contract" to the one
        contract with a number.
        """
        classes = sorted(k for k in self._sources if k.startswith("class:"))
        for key in classes:
            numbered = [k for k in classes if k.split(":")[1] == key.split(":")[1] and k.split(":")[2]]
            if not key.split(":")[2] and len(numbered) == 1:
                self._union(key, numbered[0])
            for other in numbered:  # "Open Call 07/2030" is Open Call 07/2030/RPD
                if key.split(":")[2] and other.startswith(f"{key}/"):
                    self._union(key, other)
        for person, body in self._spoken_for:
            self._union(body, person)
        bodies = sorted(k for k in self._sources if not k.startswith(("witness:", "class:", "paper:")))
        for block in _meeting({key: _blocks(self._sources[key].name) for key in bodies}):
            for index, a in enumerate(block):
                for b in block[index + 1 :]:
                    if self._find(a) != self._find(b) and same_body(self._sources[a].name, self._sources[b].name):
                        self._union(a, b)
        self._merge_first_words([k for k in bodies if k not in self._people])

    def _merge_first_words(self, bodies: Sequence[str]) -> None:
        """A body called by the first word of its name ("Norvane", of Norvane Laboratory), where that word names no
        place in the story and opens no other body's name.
        """
        opening: dict[str, list[str]] = {}
        for key in bodies:
            for first in _tokens(self._sources[key].name)[:1]:
                opening.setdefault(first, []).append(key)
        for first, keys in sorted(opening.items()):
            short = [k for k in keys if len(_tokens(self._sources[k].name)) == 1]
            full = sorted({self._find(k) for k in keys} - {self._find(k) for k in short})
            if len(full) == 1 and len(first) >= _TELLING and first not in _GENERIC | self._places:
                for key in short:
                    self._union(full[0], key)

    def _find(self, key: str) -> str:
        while self._root[key] != key:
            key = self._root[key]
        return key

    def _union(self, a: str, b: str) -> None:
        """The root is the outlet if one of the two is, else a body before its holder, else the one with the
        longer name.
        """
        a, b = self._find(a), self._find(b)
        if a == b:
            return
        rank = lambda k: (not k.startswith("outlet:"), k in self._people, -len(self._sources[k].name), k)  # noqa: E731
        keep, drop = sorted((a, b), key=rank)
        self._root[drop] = keep
        self._published = None
        self._aliases.setdefault(keep, set()).update(self._aliases.get(drop, set()))


def same_body(a: str, b: str) -> str | None:
    """Why two names are one body, in words; None if no reason is found.

    Beyond the shared comparer of names: a name that opens a longer one
    ("Lindow Institute", "Lindow Institute for Ports"),
    and an office with its holder ("Security Secretary", "Security Secretariat").
    """
    match = same_name(a, b)
    if match is not None:
        return match.detail
    x, y = sorted((_tokens(a), _tokens(b)), key=len)
    if _reference(a) != _reference(b) or len(x) < 2:
        return None
    if y[: len(x)] == x and any(t not in _GENERIC for t in x):
        return f"“{a}” and “{b}” open alike"
    if all(t == u or (t[:_OFFICE] == u[:_OFFICE] and len(t) >= _OFFICE) for t, u in zip(x, y, strict=False)):
        return f"“{a}” and “{b}” are one office"
    return None


def _blocks(name: str) -> set[str]:
    """Keys under which names that may be one meet: the sound of each telling word, and initials."""
    capitals = "".join(w[0] for w in re.findall(r"[\w’'-]+", name) if w[0].isupper()).lower()
    keys = {name_key(t) for t in _tokens(name) if t not in _GENERIC} | {name.lower().replace(".", "")}
    if all(t[:_OFFICE] in _OFFICES for t in _tokens(name)):  # "security secretary" meets "Security Secretariat"
        keys |= {t[:_OFFICE] for t in _tokens(name)}
    return keys | ({capitals} if len(capitals) > 1 else set())


def _meeting(blocks: Mapping[str, Set[str]]) -> Iterator[list[str]]:
    """Groups of names to compare: those with a word in common or, where very many have it, with two."""
    names: dict[str, list[str]] = {}
    for name in sorted(blocks):
        for block in blocks[name]:
            names.setdefault(block, []).append(name)
    for block in sorted(names):
        if len(names[block]) <= MOST_BEARERS:
            yield names[block]
            continue
        with_another: dict[str, list[str]] = {}
        for name in names[block]:
            for other in blocks[name] - {block}:
                with_another.setdefault(other, []).append(name)
        yield from (found for _, found in sorted(with_another.items()) if len(found) <= MOST_BEARERS)


def _tokens(name: str) -> list[str]:
    return [
        fold(w.removesuffix("'s").removesuffix("’s"))
        for w in re.findall(r"[\w’'-]+", name)
        if w.lower() not in {"the", "a", "an"}
    ]


def _norm(name: str) -> str:
    return " ".join(_tokens(name))


def _reference(name: str) -> str:
    """A file or contract number in a phrase; dates and years are none."""
    found = re.search(r"\b(?:[A-Z]{1,6}[-/]?)?\d+[-/][\w/-]*\d|\bNo\.? ?[A-Z-]*\d+", name)
    return found.group().lower() if found else ""


def _with_body_of_role(speaker: Speaker) -> Speaker:
    """A "Norvane spokeswoman" speaks for Norvane, whatever other body is named nearby."""
    named = re.match(r"((?:[A-Z][\w’'-]+ )+)[a-z]", speaker.role or "")
    body = re.sub(r"[’']s$", "", named.group(1).strip()) if named else ""
    if not body or names_institution(body) or set(_tokens(body)) <= set(_tokens(speaker.of or "")):
        return speaker
    return replace(speaker, of=body)


def _signed(document: Document) -> str | None:
    """The outlet that a page names, else the institution that signs it."""
    byline = document.byline or ""
    return document.outlet or (byline if names_institution(byline) else None)


def _people(byline: str) -> list[str]:
    """The people whom a byline names in full; none for desks, teams and names turned round."""
    parts = re.split(r"\s*(?:;|\band\b|&|, )\s*", byline)
    named = r"[^\W\d_a-z][\w’'.-]*"
    return [
        p
        for p in parts
        if not names_institution(p) and re.fullmatch(rf"{named}(?: (?:{named}|de|van|von|bin|al)){{1,3}}", p)
    ]


_TRADE = re.compile(
    r"^(?:[\w-]+ ){0,2}(?:maker|manufacturer|vendor|supplier|company|firm|developer|giant|start-?up|operator|provider|"
    r"producer|seller) (?=[A-Z])"
)


def _shown(name: str) -> str:
    return re.sub(r"^(?:[Tt]he|[Aa]n?|[Aa]ccording to)\s+(?:the\s+)?", "", name).strip(" .,;:")
