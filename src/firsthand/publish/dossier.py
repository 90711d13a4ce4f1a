"""The dossier: one HTML page that a newsroom can hand to a lawyer, with every sentence leading back to sealed bytes.

The page is whole in itself. It runs no script, loads nothing and links nowhere outside; addresses that captured pages
name are printed as text. Whatever a page supplied is escaped, and characters that steer are shown as code points.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Literal

import jinja2
from markupsafe import Markup

from firsthand.publish import graph, words
from firsthand.publish.index import Index
from firsthand.publish.lineage import Tree, silent, trees
from firsthand.publish.marks import Paragraph, bytes_of, marked
from firsthand.publish.visible import visible
from firsthand.records import Derivation, Document, Finding, Origin, Results, Stance, Statement

# The well-formed part of BCP 47 that names a language, a script and a region; anything else is left out of `lang`.
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-([a-zA-Z]{2}|[0-9]{3}))?")
_PLAIN_ID = re.compile(r"[A-Za-z0-9._-]+")
_MOST_DOTS = 12
"""Dots drawn for one count; a longer row says nothing that the number beside it does not say better."""

_CONTENTS = (
    ("reading", "How to read the counts"),
    ("findings", "Findings"),
    ("who", "Who draws on whom"),
    ("origins", "Origins"),
    ("documents", "Documents"),
    ("refused", "What could not be used"),
    ("terms", "What the words mean"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Side:
    """Statements on one side of a finding that rest on the same origins."""

    origins: tuple[str, ...]
    copies: tuple[tuple[Statement, ...], ...]
    """Each with those that say it in the same words; the one nearest to the origin leads."""


def dossier_html(results: Results, *, generated_at: str | None = None) -> bytes:
    """`results` as one self-contained HTML page in UTF-8.

    `generated_at` is printed as given; without it the page names no time of its own, so the same results give the same
    bytes. Findings without any statement are left out, since their sentence would lead nowhere; the page says how many.
    Refuses with `BrokenResultsError` what `Index` refuses.
    """
    index = Index(results)
    grown = trees(index)
    texts = {document.id: marked(document, index.statements_in(document)) for document in index.documents}
    figures = graph.figures(index, grown)
    findings = tuple(finding for finding in index.findings if finding.members)
    page = _environment().get_template("dossier.html.j2")
    return page.render(
        _opening(index, grown, findings),
        index=index,
        results=results,
        generated_at=generated_at,
        trees=grown,
        silent=silent(index, grown),
        figures=figures,
        wide=any(figure.wide for figure in figures),
        findings=findings,
        left_out=len(index.findings) - len(findings),
        backing=partial(_backing, index),
        findings_on=partial(_findings_on, index, findings),
        drawn_on=_drawn_on(index),
        texts=texts,
        in_pieces=_in_pieces(texts),
        refused=sorted(results.refused, key=lambda r: (r.path, r.code, r.reason)),
    ).encode()


def _opening(index: Index, grown: Sequence[Tree], findings: Sequence[Finding]) -> dict[str, object]:
    """The head of the page: the case in one line, in one sentence, and in figures."""
    documents, origins = len(index.documents), len(index.origins)
    several = sum(1 for finding in findings if finding.counts.independent > 1)
    disputed = sum(1 for finding in findings if finding.counts.disputed_by)
    unknown = sum(len(tree.rows) for tree in grown if tree.origin is None)
    headline = f"{_spelled(documents, 'document')}, {_spelled(origins, 'origin')}"
    some, contested = _share(several, "rest"), _share(disputed, "be")
    sentences = [
        "This dossier follows what these documents say about surveillance technology back to the evidence it rests on.",
        f"Of {_spelled(len(findings), 'finding')}, {some} on two or more independent origins and {contested} disputed.",
    ]
    if unknown:
        sentences.append(f"For {_spelled(unknown, 'document')}, nothing shows where the words come from.")
    return {
        "headline": headline[0].upper() + headline[1:],
        "lede": " ".join(sentences) if findings else "No finding could be made from these documents.",
        "numbers": (
            (documents, "documents read"),
            (origins, "origins found"),
            (len(findings), "findings"),
            (several, "on two or more independent origins"),
            (disputed, "disputed"),
            (len(index.results.refused), "inputs refused"),
        ),
        "contents": _CONTENTS,
    }


def _spelled(number: int, noun: str) -> str:
    return f"{words.spelled(number)} {noun if number == 1 else noun + 's'}"


def _share(number: int, verb: Literal["rest", "be"]) -> str:
    singular, plural = {"rest": ("rests", "rest"), "be": ("is", "are")}[verb]
    return f"{words.spelled(number) if number else 'none'} {singular if number < 2 else plural}"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        words=words,
        css=Markup(_template("dossier.css")),  # noqa: S704  # our own file
        bytes_of=bytes_of,
        language=_language,
        most_dots=_MOST_DOTS,
        between=graph.BETWEEN,
        box_width=graph.BOX_WIDTH,
    )
    return environment


def _template(name: str) -> str:
    return files("firsthand.publish").joinpath("templates", name).read_text(encoding="utf-8")


def _shown(value: object) -> object:
    """What every `{{ … }}` passes through: captured text can steer neither the page nor the eye."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _language(document: Document) -> str | None:
    found = document.language if document.language and _LANGUAGE.fullmatch(document.language) else None
    return found.lower() if found else None


def _backing(index: Index, finding: Finding, stance: Stance) -> list[_Side]:
    """One side of a finding by what it rests on: the best known first, what cannot be determined last."""
    found: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for member in index.members(finding):
        if member.stance == stance:
            statement = index.statement(member.statement)
            found[tuple(sorted(index.grounding(statement).origins, key=index.rank.__getitem__))].append(statement)
    sides = []
    for origins in sorted(found, key=lambda ids: (not ids, [index.rank[id_] for id_ in ids])):
        copies: dict[str, list[Statement]] = defaultdict(list)
        for statement in sorted(found[origins], key=lambda s: len(index.grounding(s).chain)):
            copies[statement.quote].append(statement)
        sides.append(_Side(origins=origins, copies=tuple(map(tuple, copies.values()))))
    return sides


def _findings_on(index: Index, findings: Sequence[Finding], origin: Origin) -> list[Finding]:
    carried = {place[0].id for statement in index.resting_on(origin) if (place := index.place(statement))}
    return [finding for finding in findings if finding.id in carried]


def _drawn_on(index: Index) -> dict[str, tuple[tuple[Derivation, ...], tuple[Derivation, ...]]]:
    """For each document, what it draws on and what draws on it."""
    above: dict[str, list[Derivation]] = defaultdict(list)
    below: dict[str, list[Derivation]] = defaultdict(list)
    for derivation in index.derivations:
        above[derivation.child].append(derivation)
        below[derivation.parent].append(derivation)
    return {document.id: (tuple(above[document.id]), tuple(below[document.id])) for document in index.documents}


def _in_pieces(texts: Mapping[str, Sequence[Paragraph]]) -> list[str]:
    """Quotes cut in pieces by others: a link to one has to light all its pieces, which takes a rule of its own."""
    pieces: dict[str, int] = defaultdict(int)
    for paragraphs in texts.values():
        for paragraph in paragraphs:
            for stretch in paragraph.stretches:
                for statement in stretch.quotes:
                    pieces[statement.id] += 1
    return [id_ for id_, count in pieces.items() if count > 1 and _PLAIN_ID.fullmatch(id_)]
