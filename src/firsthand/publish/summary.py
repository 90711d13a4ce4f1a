"""The results as plain text for a terminal: origins with what draws on them, findings with their counts, refusals."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.publish import words
from firsthand.publish.index import Index
from firsthand.publish.lineage import Row, Tree, silent, trees
from firsthand.publish.visible import one_line, wrap
from firsthand.records import Document, Finding, Refusal, Results

# Deeper branches stay at this indentation, so that a chain of hundreds of reprints cannot push the text off the screen.
_DEEPEST = 6


def summary(results: Results, *, width: int = 96) -> str:
    """`results` in lines of at most `width` columns (40 or more), ending in a newline, without any terminal control.

    Refuses with `BrokenResultsError` what `Index` refuses.
    """
    index, width = Index(results), max(width, 40)
    grown = trees(index)
    sections = (
        list(_headline(index, width)),
        list(_origins(index, [tree for tree in grown if tree.origin], width)),
        list(_undetermined(index, grown, width)),
        list(_silent(silent(index, grown), width)),
        list(_findings(index, width)),
        list(_refused(results.refused, width)),
    )
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _headline(index: Index, width: int) -> Iterator[str]:
    if not index.documents:
        yield "No document was read."
        return
    disputed = sum(1 for finding in index.findings if finding.counts.disputed_by)
    parts = [
        words.counted(len(index.documents), "document"),
        words.counted(len(index.origins), "origin"),
        words.counted(len(index.statements), "statement") + _proposed(index),
        words.counted(len(index.findings), "finding") + (f", {disputed} disputed" if disputed else ""),
        words.counted(len(index.results.refused), "input") + " refused",
    ]
    yield from wrap(" · ".join(parts), width)


def _proposed(index: Index) -> str:
    """How many statements owe their place to a model, those that nobody accepted apart; nothing where none do."""
    accepted = sum(1 for statement in index.statements if statement.proposed_by)
    parts = [f"{accepted} of them proposed by a model"] if accepted else []
    parts += [f"{len(index.proposed)} more proposed and not counted"] if index.proposed else []
    return f" ({', '.join(parts)})" if parts else ""


def _origins(index: Index, grown: list[Tree], width: int) -> Iterator[str]:
    if not grown:
        return
    yield "ORIGINS, AND WHAT DRAWS ON THEM"
    for tree in grown:
        origin = tree.origin
        if origin is None:
            continue
        resting = {statement.document for statement in index.resting_on(origin)}
        name = f"{words.KINDS[origin.kind]} · {one_line(origin.name)}"
        yield ""
        yield from wrap(name, width)
        yield from wrap(words.resting(len(resting)), width)
        yield from _branches(tree, width)


def _branches(tree: Tree, width: int) -> Iterator[str]:
    rails: list[str] = []
    for row in tree.rows:
        del rails[row.depth :]
        shown = "".join(rails[:_DEEPEST])
        first, rest = ("└─ ", "   ") if row.last else ("├─ ", "│  ")
        lines = wrap(_row(row), width - len(shown) - len(first))
        yield f"{shown}{first}{lines[0]}"
        yield from (f"{shown}{rest}{line}" for line in lines[1:])
        rails.append(rest)


def _row(row: Row) -> str:
    text = f"{_tie(row)}{_document(row.document)}"
    return text + " (what draws on it is listed above)" if row.told_above else text


def _tie(row: Row) -> str:
    if row.is_origin:
        return "is the origin: "
    if row.derivation is None:
        return ""
    credit = "" if row.derivation.credited else ", uncredited"
    return f"{row.derivation.how}{credit}: "


def _document(document: Document) -> str:
    return f"{words.outlet(document)}, “{words.title(document)}”, {words.date(document)}"


def _undetermined(index: Index, grown: tuple[Tree, ...], width: int) -> Iterator[str]:
    rootless = next((tree for tree in grown if tree.origin is None), None)
    traced = {row.document.id for tree in grown if tree.origin for row in tree.rows}
    partly = [document for document in index.documents if document.id in traced and _open(index, document)]
    if rootless:
        yield "ORIGIN UNDETERMINED"
        yield ""
        yield from _branches(rootless, width)
    if partly:
        yield from ([""] if rootless else [])
        yield "ORIGIN UNDETERMINED IN PART"
        yield ""
        for document in partly:
            share = f"{_open(index, document)} of {words.counted(len(index.statements_in(document)), 'statement')}"
            yield from _hung("- ", f"{_document(document)}: {share}", width)


def _open(index: Index, document: Document) -> int:
    return sum(1 for statement in index.statements_in(document) if not index.grounding(statement).origins)


def _silent(documents: tuple[Document, ...], width: int) -> Iterator[str]:
    if not documents:
        return
    yield "WITHOUT ANY STATEMENT ON THE SUBJECT"
    yield ""
    for document in documents:
        yield from _hung("- ", _document(document), width)


def _findings(index: Index, width: int) -> Iterator[str]:
    if not index.findings:
        return
    yield "FINDINGS"
    margin = len(str(len(index.findings))) + 2
    for number, finding in enumerate(index.findings, start=1):
        yield ""
        yield from _hung(f"{number}.".ljust(margin), finding.text, width)
        for text in _about(finding, index):
            yield from _hung(" " * margin, text, width)


def _about(finding: Finding, index: Index) -> Iterator[str]:
    yield " · ".join(text for _, _, text in words.tally(finding.counts))
    supporting, disputing = (index.origins_of(finding, stance) for stance in ("supports", "disputes"))
    if supporting:
        yield f"Rests on {words.listed([one_line(origin.name) for origin in supporting])}."
    if disputing:
        yield f"Disputed by {words.listed([one_line(origin.name) for origin in disputing])}."
    if not supporting and not disputing:
        yield from finding.explanation[:1]


def _refused(refused: tuple[Refusal, ...], width: int) -> Iterator[str]:
    if not refused:
        return
    yield "REFUSED"
    for refusal in sorted(refused, key=lambda r: (r.path, r.code, r.reason)):
        yield ""
        yield from wrap(refusal.path, width)
        yield from _hung("   ", f"{refusal.reason} ({refusal.code})", width)
        yield from _hung("   ", f"What to do: {refusal.remedy}", width)


def _hung(first: str, text: str, width: int) -> Iterator[str]:
    lines = wrap(text, width - len(first))
    yield f"{first}{lines[0]}"
    yield from (f"{' ' * len(first)}{line}" for line in lines[1:])
