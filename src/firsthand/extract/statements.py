"""Statements of a document: every on-topic assertion with who says it, how sure the words are, and about what."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from firsthand.extract.activity import activity
from firsthand.extract.asides import denied_aside
from firsthand.extract.attributed import Attribution
from firsthand.extract.attribution import attributions, may_attribute, spoken_part
from firsthand.extract.certainty import certainty, negated
from firsthand.extract.clauses import clauses
from firsthand.extract.floor import Turns, goes_on, publishes_itself
from firsthand.extract.memory import Voice
from firsthand.extract.nouns import head_noun
from firsthand.extract.parse import Sentence, parse_words
from firsthand.extract.placed import Placed
from firsthand.extract.proposed import Pointed, as_proposed
from firsthand.extract.quotations import is_speech, masked, quotations
from firsthand.extract.scene import Scene
from firsthand.extract.sentences import paragraphs, sentences
from firsthand.extract.subject import on_subject
from firsthand.extract.technology import leading, meant, spot_technology, technology_standing
from firsthand.extract.topic import Judged, judge
from firsthand.extract.voices import Voices, only_described
from firsthand.extract.words import words
from firsthand.knowledge.cues import cues
from firsthand.records import Document, Proposals, Span, Speaker, Statement, record_id

METHOD = "extract-rules/1"

_CONTINUES = re.compile(
    r"^[\"“‘«(]?(?:it|they|this|that|these|those|he|she|such|its|their|his|her|also|in addition|meanwhile|"
    r"moreover|furthermore|however|among them|of (?:these|the)|"
    r"there|in particular|most|both|each|another|others|nor|the (?:same|use|other|latter|former))\b",
    re.IGNORECASE,
)
_AT_LARGE = re.compile(
    r"\b(?:digital|electronic|mass|state|technological|government) surveillance\b|"
    r"\bsurveillance (?:technolog\w+|tools?|capabilit\w+|practices?|states?|apparatus|regimes?|powers?|measures?)\b",
    re.IGNORECASE,
)
_OWN_WITNESS = re.compile(
    r"\b(?:spoke (?:separately )?to|told (?:us|our \w+|this (?:newspaper|magazine|website))|"
    r"we (?:have )?(?:saw|seen|heard|obtained|counted|interviewed|spoke|examined|visited)|our (?:reporter|"
    r"correspondent|team|researchers) (?:\w+ )?(?:saw|counted|visited|heard|watched|found)"
    r"|which \w+(?: \w+)? has (?:seen|obtained)|has (?:seen|obtained) (?:a copy|the)|copy of which)\b",
    re.IGNORECASE,
)
_RETOLD_ROLES = frozenset({"work"})
_WHO = re.compile(r" (?:who|whose|whom) [^,;:“”\"\n]{3,90} ")
_APART = re.compile(
    r"[;]\s|[,_”\"]\s+(?:while|whereas|although|though|yet)\s|\s(?:but|and (?=\w+ed that|said|says))\s?", re.IGNORECASE
)
_COORDINATED = re.compile(r"\b(?:and|but|or|yet|so|nor)\b", re.IGNORECASE)
_SEMICOLON = re.compile(r";\s+")
# A clause shorter than this carries no assertion of its own.
_CLAUSE_WORDS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """The voices of one sentence or clause."""

    speakers: tuple[Speaker, ...] = ()
    cue: str | None = None
    denial: bool = False
    first_hand: Span | None = None


def extract(document: Document, proposals: Sequence[Proposals] = ()) -> tuple[Statement, ...]:
    """Every on-topic assertion of `document`, in text order, and behind them those that only `proposals` point at.

    `document.text[s.start:s.end] == s.quote` for every statement `s`. The publishing outlet is left out of the
    speakers. A proposal only points: what its statements quote and say is read from the text as for any other, and no
    proposal changes a statement that was found without it.
    """
    by_paragraph = [found for p in paragraphs(document.text) if (found := sentences(document.text, p))]
    pointed = Pointed(document.text, proposals)
    subject = on_subject(document.text, by_paragraph)
    if not pointed and not subject:
        return ()  # before anything else: of what a crawl brings home, most is about something else
    return _Extraction(document, by_paragraph, pointed).statements(subject=subject)


class _Extraction:
    def __init__(self, document: Document, by_paragraph: Sequence[Sequence[Span]], pointed: Pointed) -> None:
        self.document = document
        self.by_paragraph = by_paragraph
        self.text = document.text
        self.pointed = pointed
        self.quotes = tuple(q for q in quotations(document.text) if is_speech(document.text, q))
        self.blanked = masked(document.text, self.quotes)
        self.voices = Voices(document)
        self.turns = Turns(document, self.voices.cast)
        self.publishes_itself = publishes_itself(document)
        self.floor = _Said()
        self.scene = Scene(document)
        self.technology = Placed(spot_technology(document.text))
        self.standing: dict[str, float] = {}
        self.parsed: dict[tuple[int, int], Sentence] = {}

    def statements(self, *, subject: bool) -> tuple[Statement, ...]:
        every = [s for group in self.by_paragraph for s in group]
        spoken = {s.start: spoken_part(self.text, s) for s in every}
        self.parsed = self._parse(
            [*(s for s in spoken.values() if may_attribute(self.blanked, s)), *self._coordinated(every)]
        )
        said = {
            start: attributions(self.text, self.blanked, s, self.parsed.get((s.start, s.end)))
            for start, s in spoken.items()
        }
        voiced = frozenset(start for start, found in said.items() if found)
        judged = judge(self.text, self.by_paragraph, voiced, subject=subject)
        scores = {j.span.start: j for j in judged}
        passages = [self.text[j.span.start : j.span.end] for j in judged if j.on_topic]
        self.standing = technology_standing(self.document.title or "", passages)
        made: list[Statement] = []
        for group in self.by_paragraph:
            self._paragraph(group, said, scores, made)
        own = self._retold(_introduced([statement for statement in made if not statement.proposed_by]))
        more = self._retold(_introduced(made)) if self.pointed else []
        return tuple(dict.fromkeys([*own, *(statement for statement in more if statement.proposed_by)]))

    def _paragraph(
        self,
        group: Sequence[Span],
        said: dict[int, tuple[Attribution, ...]],
        scores: dict[int, Judged],
        made: list[Statement],
    ) -> None:
        standing = turn = self._floor(group[0], bool(said[group[0].start]))
        pending = self._later_quote_voice(group, said)
        technology: tuple[str, ...] = ()
        seen: Span | None = None
        for sentence in group:
            seen = self._own_eyes(sentence) or seen
            if sentence is not group[0] and isinstance(taken := self.turns.at(sentence, opening=False), Speaker):
                standing = _Said(speakers=(taken,), cue=":")
            parts = self._parts(sentence, said, standing, pending)
            if turn.speakers:
                parts = [(span, self._in_turn(voices, turn)) for span, voices in parts]
            judged = scores[sentence.start]
            technology = self._technology(sentence) or technology
            for span, voices in parts:
                if seen is not None and not voices.speakers:
                    voices = replace(voices, first_hand=voices.first_hand or seen)
                if judged.on_topic:
                    made.append(self._statement(span, voices, technology))
                elif models := self.pointed.at(span):
                    made.append(as_proposed(self._statement(span, voices, technology), models))
            last = parts[-1][1]
            if turn.speakers:
                standing = turn
            elif last.speakers or said[sentence.start]:
                standing = last
            elif not self._carries_on(sentence, standing):
                standing = turn

    def _floor(self, first: Span, attributed: bool) -> _Said:
        """Who holds the floor from the start of a paragraph: whoever takes a turn there or keeps one."""
        taken = self.turns.at(first, opening=True)
        if isinstance(taken, Speaker):
            turn = _Said(speakers=(taken,), cue=":")
            self.floor = turn if self.turns.holds_on(first) else _Said()
            self.voices.memory.note(taken)
            return turn
        if taken is None or attributed:
            self.floor = _Said()
        return self.floor

    def _in_turn(self, said: _Said, turn: _Said) -> _Said:
        """What is said within a turn: whoever has the turn passes on whom it names."""
        if not said.speakers:
            return replace(turn, first_hand=said.first_hand)
        if not turn.speakers or said.speakers[0].name == turn.speakers[0].name:
            return said
        return replace(said, speakers=(turn.speakers[0], *said.speakers))

    def _own_eyes(self, sentence: Span) -> Span | None:
        """Where a sentence says that the outlet itself met, saw or obtained its source; the paragraph goes on
        from there.
        """
        words = self.text[sentence.start : sentence.end]
        found = _OWN_WITNESS.search(words)
        if found is None and self.document.outlet and words.startswith(self.document.outlet):
            found = re.match(
                rf"{re.escape(self.document.outlet)} (?:has |have |also |was )*(?:spoke|spoken|seen|obtained|"
                rf"visited|met|interviewed|reviewed|inside)\b",
                words,
            )
        return Span(start=sentence.start + found.start(), end=sentence.start + found.end()) if found else None

    def _later_quote_voice(self, group: Sequence[Span], said: dict[int, tuple[Attribution, ...]]) -> dict[int, int]:
        """For each sentence of a quotation that is attributed only later in it: the start of the sentence that
        attributes it.
        """
        found: dict[int, int] = {}
        for quote in self._quotes_in(Span(start=group[0].start, end=group[-1].end)):
            members = [s for s in group if s.start < quote.end and s.end > quote.start]
            attributed = [s for s in members if said[s.start]]
            for member in members:
                if not said[member.start] and attributed:
                    found[member.start] = attributed[0].start
        return found

    def _quotes_in(self, span: Span) -> Sequence[Span]:
        """The quotations that reach into a stretch; they do not overlap, so their ends are in order as well."""
        first = bisect_right(self.quotes, span.start, key=lambda quote: quote.end)
        return self.quotes[first : bisect_left(self.quotes, span.end, key=lambda quote: quote.start)]

    def _carries_on(self, sentence: Span, standing: _Said) -> bool:
        """Whether a sentence without a cue still belongs to the voice before it: inside its quotation, or
        pointing back.
        """
        if not standing.speakers:
            return False
        words = self.text[sentence.start : sentence.end]
        if self._quoted(sentence) or _CONTINUES.match(words) is not None:
            return True
        unquoted = self.blanked[sentence.start : sentence.end]
        return not self.publishes_itself and goes_on(unquoted, standing.speakers[-1])

    def _who_is_quoted(self, sentence: Span) -> tuple[Speaker, ...]:
        """The voice of a quotation that no cue attributes: whoever its paragraph speaks of, else who spoke last."""
        found = self.voices.spoken_of(sentence) or self.voices.memory.last
        return () if found is None or found.sort not in {"person", "witness", "group"} else (found,)

    def _quoted(self, sentence: Span) -> bool:
        inside = sum(min(q.end, sentence.end) - max(q.start, sentence.start) for q in self._quotes_in(sentence))
        return inside > 0.6 * (sentence.end - sentence.start)

    def _parts(
        self, sentence: Span, said: dict[int, tuple[Attribution, ...]], standing: _Said, pending: dict[int, int]
    ) -> list[tuple[Span, _Said]]:
        """The sentence, or its clauses where they have different voices or carry assertions of their own."""
        aside = denied_aside(self.blanked, sentence)
        if aside is not None:
            main = self._trim(Span(start=sentence.start, end=aside.content.start))
            rest = {**said, sentence.start: tuple(a for a in said[sentence.start] if a.cue.end <= main.end)}
            denied = (self._trim(aside.content), self._voices((aside,), None))
            return [*self._parts(main, rest, standing, pending), denied]
        found = said[sentence.start]
        words = self.text[sentence.start : sentence.end]
        own = _OWN_WITNESS.search(words)
        first_hand = Span(start=sentence.start + own.start(), end=sentence.start + own.end()) if own else None
        if not found:
            if sentence.start in pending:
                later = self._grouped(said[pending[sentence.start]])
                voices = self._voices(later[-1], first_hand)
            elif standing.cue == ":" or self._carries_on(sentence, standing):
                voices = replace(standing, cue=None, first_hand=first_hand or standing.first_hand)
            elif self._quoted(sentence):
                voices = _Said(speakers=self._who_is_quoted(sentence), first_hand=first_hand)
            else:
                voices = _Said(first_hand=first_hand)
            return [(span, voices) for span in self._clauses(sentence)]
        groups = self._grouped(found)
        if len(groups) == 1:
            voices = self._voices(groups[0], first_hand)
            return [(span, voices) for span in self._clauses(sentence, found)]
        cuts = [
            sentence.start,
            *(self._cut(a[-1], b[0]) for a, b in pairwise(groups)),
            sentence.end,
        ]
        parts = []
        for index, group in enumerate(groups):
            span = self._trim(Span(start=cuts[index], end=cuts[index + 1]))
            parts.append((span, self._voices(group, first_hand)))
        return parts

    def _grouped(self, found: tuple[Attribution, ...]) -> list[tuple[Attribution, ...]]:
        """Attributions that nest into one chain ("the report said, citing the annex") together; others apart."""
        groups: list[list[Attribution]] = []
        for attribution in found:
            if groups and self._nests(groups[-1][-1], attribution):
                groups[-1].append(attribution)
            else:
                groups.append([attribution])
        return [tuple(group) for group in groups]

    def _nests(self, outer: Attribution, inner: Attribution) -> bool:
        """Whether two cues make one chain; a conjunction between them, or a quotation of its own, makes them two
        assertions.
        """
        if "impersonal" in (outer.shape, inner.shape):
            return True
        if _APART.search(self.blanked, outer.cue.end, _first(inner, outer.cue.end)):
            return False
        if "according" in (outer.shape, inner.shape):
            return True
        return outer.content.start < inner.cue.start < outer.content.end and inner.content.start <= outer.content.end

    def _cut(self, before: Attribution, after: Attribution) -> int:
        """Where the words of one attribution end and those of the next begin."""
        start = _first(after, before.cue.end)
        window = self.text[before.cue.end : start]
        marks = list(re.finditer(r"[;,:]\s+|[.!?]\s+|\s(?:but|and|while|though)\s", window))
        return before.cue.end + marks[-1].end() if marks else start

    def _trim(self, span: Span) -> Span:
        start, end = span.start, span.end
        while start < end and self.text[start] in " ,;:\n":
            start += 1
        while end > start and self.text[end - 1] in " ,;:\n":
            end -= 1
        return Span(start=start, end=end)

    def _clauses(self, sentence: Span, found: tuple[Attribution, ...] = ()) -> list[Span]:
        """The sentence cut at semicolons and where its grammar coordinates two assertions; whole if it has one."""
        spans = []
        for part in self._between_semicolons(sentence):
            parsed = self.parsed.get((part.start, part.end))
            spans += [self._trim(clause) for clause in clauses(parsed)] if parsed is not None else [part]
        whole = [span for span in spans if span.end > span.start] or [sentence]
        return self._with_their_voice(whole, found)

    def _with_their_voice(self, spans: list[Span], found: tuple[Attribution, ...]) -> list[Span]:
        """A clause that only names the voice ("…, researchers said on Monday") stays with the clause before it."""
        kept: list[Span] = []
        for span in spans:
            naming = any(a.content.end <= span.start <= _first(a, 0) and a.cue.end <= span.end for a in found)
            if naming and kept:
                kept[-1] = Span(start=kept[-1].start, end=span.end)
            else:
                kept.append(span)
        return kept

    def _coordinated(self, every: Sequence[Span]) -> list[Span]:
        """The parts of sentences that may hold two assertions."""
        parts = [part for sentence in every for part in self._between_semicolons(sentence)]
        wanted = [p for p in parts if _COORDINATED.search(self.text, p.start, p.end)]
        return [p for p in wanted if len(self.text[p.start : p.end].split()) >= 2 * _CLAUSE_WORDS]

    def _parse(self, spans: Sequence[Span]) -> dict[tuple[int, int], Sentence]:
        """Grammar of stretches of the text, all at once: a few sentences at a time would take half as long again."""
        places = list(dict.fromkeys((span.start, span.end) for span in spans))
        found = parse_words(self.text, [words(self.text, start, end) for start, end in places])
        return dict(zip(places, found, strict=True))

    def _between_semicolons(self, sentence: Span) -> list[Span]:
        cuts = [sentence.start]
        for match in _SEMICOLON.finditer(self.blanked, sentence.start, sentence.end):
            left, right = self.text[cuts[-1] : match.start()], self.text[match.end() : sentence.end]
            if match.start() > cuts[-1] and min(len(left.split()), len(right.split())) >= _CLAUSE_WORDS:
                cuts.append(match.end())
        spans = [self._trim(Span(start=a, end=b)) for a, b in zip(cuts, [*cuts[1:], sentence.end], strict=True)]
        return [span for span in spans if span.end > span.start] or [sentence]

    def _voices(self, group: tuple[Attribution, ...], first_hand: Span | None) -> _Said:
        """The chain of voices of attributions that nest, outermost first."""
        chain: list[Speaker] = []
        told_us = first_hand
        for found in sorted(group, key=self._depth):
            for voice in self._of(found):
                if voice.first_hand and told_us is None:
                    told_us = found.cue
                if voice.speaker is None or voice.speaker.name in {s.name for s in chain}:
                    continue
                told = (
                    found.shape == "speech" and voice.speaker.sort == "outlet" and voice.speaker.span == found.through
                )
                chain.insert(0 if told else len(chain), voice.speaker)
        if len(chain) > 1:
            self.voices.memory.lead(chain[0])
        last = group[-1]
        return _Said(
            speakers=tuple(chain), cue=self.text[last.cue.start : last.cue.end],
            denial=any(a.denial for a in group), first_hand=told_us,
        )  # fmt: skip

    def _depth(self, found: Attribution) -> int:
        """Sorts the attributions of a chain from the outermost voice to the source it passes on."""
        if found.source is None:
            return 0
        phrase = self.text[found.source.start : found.source.end]
        lexicon = cues().voices
        head = head_noun(phrase)
        if head in (lexicon["primary"] | lexicon["dataset"]) - lexicon["work"]:
            return 3
        if self.text[found.cue.start : found.cue.end].lower() in {"citing", "quoting", "based on", "on the word of"}:
            return 3
        return 2 if head in lexicon["witness"] else 1

    def _of(self, found: Attribution) -> list[Voice]:
        voices: list[Voice] = []
        if found.through is not None:
            voices.append(
                self.voices.resolve(found.through)
                if found.shape in {"according", "cited"}
                else self.voices.told(found.through)
            )
        if found.source is not None:
            voice = self.voices.resolve(found.source, sure=found.sure)
            voices.append(replace(voice, speaker=self._as_described(voice.speaker, found)))
        return voices

    def _as_described(self, speaker: Speaker | None, found: Attribution) -> Speaker | None:
        """An unnamed voice in all the words that describe it: "a sergeant who left the brigade in May"."""
        if speaker is None or found.source is None or speaker.sort not in {"witness", "group"}:
            return speaker
        more = self.text[speaker.span.end : found.cue.start]
        if speaker.name != self.text[speaker.span.start : speaker.span.end] or not _WHO.fullmatch(more):
            return speaker
        end = speaker.span.end + len(more.rstrip())
        return replace(speaker, name=speaker.name + more.rstrip(), span=Span(start=speaker.span.start, end=end))

    def _retold(self, made: list[Statement]) -> list[Statement]:
        """In a story that retells one report from its lead on, what nobody else is said to say still comes from
        that report.

        Free indirect continuation ends where another voice takes over, and a story that names the report once
        is no retelling.
        """
        lead = next((s.speakers[0] for s in made[:2] if s.speakers and s.speakers[0].role in _RETOLD_ROLES), None)
        if lead is None or sum(1 for s in made if s.speakers and s.speakers[0].name == lead.name) < 2:
            return made
        out: list[Statement] = []
        current: Speaker | None = None
        for statement in made:
            if not statement.speakers:
                if current is not None and not self._own_ground(statement):
                    here = replace(current, span=Span(start=statement.start, end=statement.start))
                    statement = replace(statement, speakers=(here,))
            elif current is not None and len(statement.speakers) == 1 and _passed_on(statement.speakers[0]):
                statement = replace(
                    statement, speakers=(replace(current, span=statement.speakers[0].span), *statement.speakers)
                )
            else:
                first = statement.speakers[0]
                current = lead if lead.name in (first.name, first.of) else None
            out.append(statement)
        return out

    def _technology(self, span: Span) -> tuple[str, ...]:
        """What the words at `span` name, as the document means them."""
        return meant(self.technology.inside(span), self.standing)

    def _meant(self, span: Span, technology: tuple[str, ...]) -> tuple[str, ...]:
        """What is named; else what the sentence or the text is about, but nothing for surveillance at large."""
        named = self._technology(span)
        if named or _AT_LARGE.search(self.text, span.start, span.end):
            return named
        return technology or leading(self.standing)

    def _own_ground(self, statement: Statement) -> bool:
        """Whether the paragraph up to a statement speaks of the outlet's own sources."""
        start = self.text.rfind("\n\n", 0, statement.start) + 1
        before = self.text[start : statement.end]
        return _OWN_WITNESS.search(before) is not None or (
            bool(self.document.outlet) and str(self.document.outlet) in before
        )

    def _statement(self, span: Span, said: _Said, technology: tuple[str, ...]) -> Statement:
        quote = self.text[span.start : span.end]
        sure, cue = certainty(self.text, span)
        is_negated = said.denial or negated(self.text, span)
        if said.denial and sure == "stated":
            sure = "denied"
        setting = self.scene.of(span)
        content: dict[str, str | int] = {
            "document": self.document.id,
            "start": span.start,
            "end": span.end,
            "method": METHOD,
        }
        return Statement(
            id=record_id("s", content), document=self.document.id, quote=quote, start=span.start, end=span.end,
            certainty=sure, certainty_cue=cue, negated=is_negated,
            cue=said.cue, speakers=said.speakers, first_hand=said.first_hand,
            activity=activity(quote), technology=self._meant(span, technology),
            actor=setting.actor, supplier=setting.supplier, place=setting.place, country=setting.country,
            time=setting.time, time_text=setting.time_text, method=METHOD,
        )  # fmt: skip


def _introduced(made: list[Statement]) -> list[Statement]:
    """A voice that the lead only describes ("a camera maker", "researchers") gets the name that the next
    sentences give it.
    """
    for index, statement in enumerate(made[:2]):
        if (
            not statement.speakers
            or not only_described(statement.speakers[-1].name)
            or statement.speakers[-1].sort == "witness"
        ):
            continue
        vague = statement.speakers[-1]
        named = [
            s.speakers[-1] for s in made[index + 1 : index + 4] if s.speakers and s.speakers[-1].sort == "organisation"
        ]
        named = [s for s in named if re.search(r"[A-Z]", s.name) and s.name != vague.name and vague.role != "work"]
        if named and vague.sort in {"organisation", "group"}:
            found = replace(named[0], span=vague.span, named_at=named[0].named_at or named[0].span)
            made[index] = replace(statement, speakers=(*statement.speakers[:-1], found))
    return made


def _first(attribution: Attribution, behind: int) -> int:
    """Where an attribution begins, behind a given place; the subject it shares with an earlier one does not count."""
    return min(s.start for s in (attribution.source, attribution.cue) if s is not None and s.start >= behind)


def _passed_on(speaker: Speaker) -> bool:
    """Whether a voice is material that a report works with rather than a voice of its own: state media, a data
    set, a notice.
    """
    return "state media" in speaker.name.lower() or (speaker.sort == "work" and speaker.of is None)
