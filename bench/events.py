"""Invented events told by several documents each, with the statements in them: material to measure speed on.

An event is a report on a technology somewhere. An agency cites the report, papers reprint the agency or reword it, one
has a source of its own. Texts are sentences on the event between sentences of `bench.prose`, as long as news stories
are. Nothing in them is about a real place, body or person, and nothing is good enough to judge quality on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.prose import Invented
from firsthand.records import Activity, Document, Span, Speaker, Statement, record_id

TECHNOLOGIES = {
    "face-recognition": "face recognition",
    "video-surveillance": "surveillance cameras",
    "license-plate-recognition": "licence plate readers",
    "cell-site-simulator": "cell-site simulators",
    "drones": "drones",
    "spyware": "spyware",
    "deep-packet-inspection": "deep packet inspection",
    "fingerprint-recognition": "fingerprint scanners",
    "predictive-policing": "predictive policing software",
    "identity-card": "electronic identity cards",
}
COUNTRIES = (
    "AR BD BO BR CL EG ET GE GH ID IN IQ KE KZ LA MA MX MY NG NP PE PH PK RS RW SN TH TN TR UA UG UY VN ZM ZW".split()
)
# Kind of activity, and two ways of saying the same; the sentences differ in words as careful rewording does.
SAYINGS: Sequence[tuple[Activity, str, str]] = (
    ("deployment", "{agency} has installed {figure} {tech} in {place} since {year}",
     "Since {year}, {figure} {tech} have gone up across {place} on the orders of {agency}"),
    ("supply", "{vendor} delivered the {tech} under a contract worth {money} million crowns",
     "The {tech} came from {vendor}, which was paid {money} million crowns"),
    ("use", "{agency} used the {tech} to follow {people} people who went to {event}",
     "{people} people on their way to {event} were followed with the {tech}"),
    ("collection", "images and names of {people} residents of {place} are kept for {months} months",
     "The store holds {people} residents of {place}, each for {months} months"),
    ("harm", "{people} residents of {place} were turned away at {event} because of the {tech}",
     "Because the {tech} failed, {people} people were sent home from {event} in {place}"),
    ("policy", "the council of {place} approved rules for {tech} in {year}",
     "In {year} rules for {tech} passed the council of {place}"),
    ("capability", "the {tech} can tell {figure} people apart in a second, the contract says",
     "According to the contract, one second is enough for the {tech} to tell {figure} people apart"),
    ("research", "{place} university tested the {tech} on {people} volunteers",
     "{people} volunteers took part when {place} university tested the {tech}"),
    ("plan", "{agency} wants {figure} more {tech} in {place} by {later}",
     "By {later}, {place} is to have {figure} more {tech}"),
    ("constraint", "the {tech} in {place} stood still for {months} months for want of spare parts",
     "For want of spare parts, {place} went {months} months without its {tech}"),
)  # fmt: skip
BODIES = ("police", "transport authority", "interior ministry", "harbour board")
MOST_PAPERS = 9
BACKGROUND_WORDS = (120, 420)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Documents and the statements in them."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Event:
    words: dict[str, str]
    technology: str
    country: str
    sayings: tuple[int, ...]
    institute: str
    agency: str
    day: date


def tell(count: int, seed: int = 1) -> Told:
    """`count` documents on about a fifth as many events; the same for the same seed."""
    chance, prose = Random(seed), Invented()
    desks = [prose.name(chance) for _ in range(max(8, count // 25))]
    documents: list[Document] = []
    statements: list[Statement] = []
    while len(documents) < count:
        for document, said in _tellings(_event(prose, chance, desks), desks, prose, chance)[: count - len(documents)]:
            documents.append(document)
            statements += said
    return Told(documents=tuple(documents), statements=tuple(statements))


def _event(prose: Invented, chance: Random, desks: Sequence[str]) -> _Event:
    technology = chance.choice(sorted(TECHNOLOGIES))
    place = prose.name(chance)
    year = chance.randint(2027, 2033)
    words = {
        "place": place,
        "tech": TECHNOLOGIES[technology],
        "agency": f"the {place} {chance.choice(BODIES)}",
        "vendor": f"{prose.name(chance)} {chance.choice(('Systems', 'Optics', 'Networks', 'Data'))}",
        "event": f"the {prose.name(chance)} {chance.choice(('march', 'match', 'market', 'hearing'))}",
        "year": str(year),
        "later": str(year + chance.randint(1, 5)),
        "months": str(chance.randint(3, 48)),
        "figure": f"{chance.randint(40, 9000):,}",
        "people": f"{chance.randint(12, 90_000):,}",
        "money": f"{chance.randint(2, 900) / 10:.1f}",
    }
    return _Event(
        words=words,
        technology=technology,
        country=chance.choice(COUNTRIES),
        sayings=tuple(sorted(chance.sample(range(len(SAYINGS)), chance.randint(4, 9)))),
        institute=f"{prose.name(chance)} Institute",
        agency=f"{chance.choice(desks)} Press Agency",
        day=date(year, 1, 1) + timedelta(days=chance.randrange(364)),
    )


def _tellings(
    event: _Event, desks: Sequence[str], prose: Invented, chance: Random
) -> list[tuple[Document, list[Statement]]]:
    """The report, the agency's story, and papers that reprint or reword it."""
    background = prose.sentences(chance.randint(*BACKGROUND_WORDS), chance)
    told = [
        _written(event, event.institute, None, 0, prose.sentences(200, chance), chance),
        _written(event, event.agency, event.institute, 0, background, chance),
    ]
    for _ in range(min(MOST_PAPERS, round(chance.expovariate(0.4)))):
        outlet = f"{chance.choice(desks)} {chance.choice(('Courier', 'Herald', 'Post', 'Monitor'))}"
        if chance.random() < 0.5:
            told.append(_written(event, outlet, event.institute, 0, background[: len(background) * 3 // 4], chance))
        else:
            fresh = prose.sentences(chance.randint(*BACKGROUND_WORDS), chance)
            told.append(_written(event, outlet, chance.choice((event.agency, None)), 1, fresh, chance))
    return told


def _written(
    event: _Event, outlet: str, credit: str | None, wording: int, background: Sequence[str], chance: Random
) -> tuple[Document, list[Statement]]:
    """One document: an on-topic sentence, two of background, and so on."""
    text, found = "", []
    rest = list(background)
    for number in event.sayings:
        activity, *ways = SAYINGS[number]
        said = ways[wording].format(**event.words)
        cue = f", {credit} said." if credit and chance.random() < 0.7 else "."
        start = len(text)
        text += said[0].upper() + said[1:] + cue
        found.append((activity, start, start + len(said), cue))
        text += " " + " ".join(rest[:2]) + "\n\n"
        rest = rest[2:]
    text += " ".join(rest)
    document = Document(
        id=record_id("d", [outlet, text, chance.random()]),
        sha256="0" * 64,
        part=0,
        path=f"{outlet}.html",
        text=text,
        title=f"{event.words['tech']} in {event.words['place']}",
        outlet=outlet,
        published=(event.day + timedelta(days=0 if credit is None else chance.randint(0, 9))).isoformat(),
        language="en",
    )
    return document, [_statement(document, event, credit, *place) for place in found]


def _statement(
    document: Document, event: _Event, credit: str | None, activity: Activity, start: int, end: int, cue: str
) -> Statement:
    spoken = credit is not None and len(cue) > 1
    voice = Span(start=end + 2, end=end + 2 + len(credit or ""))
    return Statement(
        id=f"s-{document.id[2:]}-{start:06}",
        document=document.id,
        quote=document.text[start:end],
        start=start,
        end=end,
        certainty="stated",
        cue="said" if spoken else None,
        speakers=(Speaker(name=credit, span=voice),) if spoken and credit is not None else (),
        activity=activity,
        technology=(event.technology,),
        actor=event.words["agency"].removeprefix("the ") if "agency" in document.text[start:end] else None,
        supplier=event.words["vendor"] if event.words["vendor"] in document.text[start:end] else None,
        place=event.words["place"],
        country=event.country,
        time=event.words["year"],
        time_text=event.words["year"],
    )
