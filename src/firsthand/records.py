"""The nouns of Firsthand: immutable records that pass between the stages. No input or output happens here.

    bytes ─preserve→ Capture ─read→ Document ─extract→ Statement
          ─trace→ Derivation, Origin ─reconcile→ Finding ─publish→ dossier

Offsets into a document's text are half-open and count Unicode code points. Times are UTC in ISO 8601 when a machine set
them (`_at`) and EDTF when a document says them. Identifiers come from `record_id` alone, so the same content always has
the same identifier, on any machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import rfc8785

Certainty: TypeAlias = Literal["stated", "likely", "possible", "doubtful", "denied"]
Activity: TypeAlias = Literal[
    "deployment", "supply", "development", "research", "collection", "use",
    "capability", "policy", "constraint", "harm", "sanction", "plan",
]  # fmt: skip
How: TypeAlias = Literal["reprint", "rewrite", "excerpt", "cites"]
Stance: TypeAlias = Literal["supports", "disputes"]
OriginKind: TypeAlias = Literal[
    "report", "expert-assessment", "official-statement", "company-statement", "document", "court-record", "eyewitness",
    "anonymous-source", "own-reporting", "journal-article", "state-media", "survey", "imagery", "dataset",
]  # fmt: skip
BlockKind: TypeAlias = Literal["paragraph", "heading", "list-item", "quote", "table-row"]
EvidenceKind: TypeAlias = Literal[
    "shared-passage", "shared-detail", "shared-error", "cue", "link", "dateline", "byline", "date", "name", "decision",
]  # fmt: skip
VisitOutcome: TypeAlias = Literal["unchanged", "feed", "refused"]
DecisionAct: TypeAlias = Literal["accept", "reject", "correct", "merge", "split", "break", "confirm", "undo"]

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def canonical_json(value: Json) -> bytes:
    """RFC 8785 canonical JSON of `value`: one byte string for one meaning, on every machine."""
    return rfc8785.dumps(value)


def record_id(kind: str, content: Json) -> str:
    """Identifier of a record: `kind`, a hyphen, and 16 hex digits of the SHA-256 over its canonical JSON.

    >>> record_id("d", {"sha256": "00", "part": 0})
    'd-6117ed4e95f395b0'
    """
    return f"{kind}-{hashlib.sha256(canonical_json(content)).hexdigest()[:16]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Circumstance:
    """How some bytes came to us, once. The same bytes met twice have two circumstances."""

    path: str
    """The path or address as the user gave it, or that path joined with the file's place in a folder."""
    captured_at: str
    """UTC, ISO 8601, to the second."""
    tool: str
    """Program and version that took the bytes in, such as `firsthand 0.1.0`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """Exact bytes as they came. The SHA-256 is the identity; bytes are never changed."""

    sha256: str
    """64 lower-case hex digits."""
    size_bytes: int
    circumstances: tuple[Circumstance, ...]
    """In the order they were recorded; at least one."""

    @property
    def path(self) -> str:
        """The first path the bytes were met at."""
        return self.circumstances[0].path


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """A fetch that is kept as evidence and gave no new capture. Its bytes are a WARC file, sealed like a capture's."""

    sha256: str
    """64 lower-case hex digits, of the WARC file."""
    size_bytes: int
    address: str
    """As it was asked for."""
    visited_at: str
    """UTC, ISO 8601, to the second."""
    tool: str
    """Program and version that fetched."""
    outcome: VisitOutcome
    """`unchanged`: what was there is captured already; `feed`: a list of pages to fetch; `refused`: no page."""
    about: str | None = None
    """SHA-256 of the earlier WARC file that holds what was met unchanged."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A run of a document's text with one function, and where its bytes lie in the capture."""

    kind: BlockKind
    start: int
    end: int
    byte_start: int | None = None
    """Half-open byte range in the capture that holds the block; None where the format hides it (PDF, packed files)."""
    byte_end: int | None = None
    page: int | None = None
    """Page that the block starts on, from 1, in formats that have pages (PDF)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A hyperlink inside the main text."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """An image that the document shows. The address is recorded, never fetched."""

    url: str
    caption: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedDate:
    """A date that a document gives for its publication, and where it gives it."""

    edtf: str
    found_in: str
    """Such as `json-ld datePublished` or `text byline`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """Main text of one capture, or of one story in it, with what the page says about itself."""

    id: str
    sha256: str
    """Identity of the capture it was read from."""
    part: int
    """0-based place among the documents of that capture (a feed holds several)."""
    path: str
    """First path of the capture, as given."""
    text: str
    """Main text: paragraphs separated by one blank line, no clutter."""
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    """EDTF date or date-time that the page states for its publication."""
    published_from: str | None = None
    """Where `published` was found, such as `json-ld datePublished` or `text dateline`."""
    stated_dates: tuple[StatedDate, ...] = ()
    """Every place that states when it was published, the one that counts first; a warning says where they disagree."""
    language: str | None = None
    """BCP 47 tag."""
    url: str | None = None
    """Canonical address that the page states for itself; where it states none, the one it was fetched from."""
    source_url: str | None = None
    """Address the page names as where it took its text from (`<source>`, `originalUrl`), if any."""
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    blocks: tuple[Block, ...] = ()
    round_up: str | None = None
    """Title of the letter that the story stands in, where that letter tells several."""
    fetched_from: str | None = None
    """Address that the page was fetched from, as the web archive that holds it records."""
    fetched_at: str | None = None
    """When it was fetched, UTC in ISO 8601, as the web archive that holds it records."""
    partial: bool = False
    """True when the capture holds only an excerpt of the work."""
    warnings: tuple[str, ...] = ()
    method: str = ""
    """Name and version of the reading method."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A half-open stretch of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """One voice in a chain of attribution, as the document resolves it."""

    name: str
    """Fullest name the document gives this voice ("the report" becomes the report's name); described, if unnamed."""
    span: Span
    """Where the statement names or implies the voice."""
    named_at: Span | None = None
    """Where the document introduces the full name, when that is elsewhere."""
    sort: Literal["organisation", "person", "work", "outlet", "group", "witness"] = "organisation"
    """A `witness` stays as described in the text and is never indexed."""
    role: str | None = None
    """Office or part as the document words it ("spokeswoman", "who wrote the report")."""
    of: str | None = None
    """Organisation or work this voice speaks for, as the document resolves it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One on-topic assertion in a document, as its words carry it."""

    id: str
    document: str
    quote: str
    """Exactly `text[start:end]` of the document."""
    start: int
    end: int
    certainty: Certainty
    certainty_cue: Span | None = None
    negated: bool = False
    """The words say that it is not so ("never", "no", "denied"), whoever says it."""
    cue: str | None = None
    """The words that attribute it ("according to", "said"); None in the document's own voice."""
    speakers: tuple[Speaker, ...] = ()
    """Outermost first; the publishing outlet itself left out."""
    first_hand: Span | None = None
    """Where the document says that its own staff saw, heard or obtained this ("told us", "has seen")."""
    activity: Activity
    technology: tuple[str, ...] = ()
    actor: str | None = None
    supplier: str | None = None
    place: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2 when the place's country is known."""
    time: str | None = None
    """EDTF."""
    time_text: str | None = None
    method: str = ""
    proposed_by: tuple[str, ...] = ()
    """Names of the models that proposed its place in the text; none: Firsthand's own methods found it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposals:
    """What a person's own model proposed as statements of one document: an input of the case, kept as it was given.

    Nothing in it is believed. A quote that does not stand in the document, word for word, is dropped and counted.
    """

    document: str
    sha256: str
    """Identity of the capture that the document was read from."""
    model: str
    """Name of the model, as the person gave it and the server confirmed it."""
    server: str
    """Address that the document's text was sent to."""
    question: str
    """Name and version of what was asked, such as `question/1`."""
    quotes: tuple[str, ...]
    """What the model answered, in its order."""
    asked_at: str
    """UTC, ISO 8601."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One reason for a derivation or a merge, in words a reader can check."""

    kind: EvidenceKind
    text: str
    child: Span | None = None
    parent: Span | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Derivation:
    """The child document draws on the parent: another document (`d-…`) or an origin that was only named (`o-…`)."""

    child: str
    parent: str
    how: How
    credited: bool
    confidence: float
    """0 to 1; 1 only by a person's decision."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """The body of evidence at the bottom of a chain."""

    id: str
    kind: OriginKind
    name: str
    document: str | None = None
    """The captured document that is this origin, if there is one."""
    aliases: tuple[str, ...] = ()
    """Other names the documents use for it."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounding:
    """The origins one statement rests on, and why. No origins: undetermined."""

    statement: str
    origins: tuple[str, ...]
    chain: tuple[str, ...] = ()
    """Documents passed through on the way down, the statement's own first."""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Traced:
    """What tracing found: who draws on whom, and what everything rests on."""

    derivations: tuple[Derivation, ...]
    origins: tuple[Origin, ...]
    groundings: tuple[Grounding, ...]
    """One per statement, in the statements' order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """A statement's place in a finding."""

    statement: str
    stance: Stance


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Evidence for a finding, counted by origin."""

    independent: int
    """Distinct origins that support it."""
    undetermined: int
    """Documents that support it and whose origin cannot be determined; those that rework one another count once."""
    derived: int
    """Supporting documents that add nothing, because they pass on what is counted already."""
    disputed_by: int
    """Distinct origins on the other side."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Statements that assert, or dispute, the same thing."""

    id: str
    text: str
    """One plain sentence: the clearest supporting quote, or its fields put into words."""
    members: tuple[Membership, ...]
    counts: Counts
    explanation: tuple[str, ...]
    """Plain sentences: which origins, by which chains, and what would remain without each."""
    variants: tuple[str, ...] = ()
    """Values on which the members disagree, with who says which."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A person's judgement, appended to the case log and never edited."""

    id: str
    act: DecisionAct
    subjects: tuple[str, ...]
    """Identifiers of the records it is about; for `undo`, of the decision undone."""
    values: Mapping[str, str] = field(default_factory=dict)
    """For `correct`: field name to new value."""
    why: str = ""
    by: str = ""
    decided_at: str = ""
    """UTC, ISO 8601."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """An input that could not be used: which, why, and what to do about it."""

    path: str
    code: str
    """Short and stable, such as `empty`, `not-text`, `pdf-damaged`, `no-permission`."""
    reason: str
    remedy: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PartlyRead:
    """What was read of a capture that holds many pages, not all of which could be used."""

    documents: tuple[Document, ...]
    """At least one."""
    refused: tuple[Refusal, ...]
    """What was left out: one refusal a reason, which says how many pages it is about and names the first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """Everything one run concluded; `publish.results_json` writes it as the results contract."""

    version: str
    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    traced: Traced
    findings: tuple[Finding, ...]
    refused: tuple[Refusal, ...]
    captures: tuple[Capture, ...] = ()
    proposed: tuple[Statement, ...] = ()
    """Statements that only a model proposed and nobody has accepted. They rest on nothing and count nowhere."""
