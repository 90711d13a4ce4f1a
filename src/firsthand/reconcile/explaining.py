"""Plain sentences about a finding: which origins, by which documents, what is open, what would remain without each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from firsthand.reconcile.counting import Ledger, derived_documents, undetermined_documents, without
from firsthand.records import Membership

NAMED_AT_MOST = 12  # documents or origins that one sentence lists; the rest is a number


def explain(members: Sequence[Membership], book: Ledger) -> tuple[str, ...]:
    """The sentences in the order in which a reader asks: rests on what, through whom, what is open, who disputes it."""
    supporting = [member.statement for member in members if member.stance == "supports"]
    disputing = [member.statement for member in members if member.stance == "disputes"]
    origins = _origins(supporting, book)
    return (
        *(_origin_sentence(origin, supporting, book) for origin in origins),
        *_derived_sentence(supporting, book),
        *_undetermined_sentence(supporting, book),
        *(_dispute_sentence(origin, disputing, book) for origin in _origins(disputing, book)),
        *_unknown_dispute_sentence(disputing, book),
        *_sensitivity(origins, members, book),
    )


def _origins(statements: Iterable[str], book: Ledger) -> list[str]:
    found = {origin for statement in statements for origin in book.origins_of(statement)}
    return sorted(found, key=lambda origin: (book.origins[origin].name, origin))


def _documents(statements: Iterable[str], book: Ledger) -> list[str]:
    """Names of the documents that the statements stand in, earliest first."""
    ids = {book.document_of(statement) for statement in statements}
    return [_document_name(key, book) for key in sorted(ids, key=lambda key: (_published(key, book), key))]


def _published(document: str, book: Ledger) -> str:
    return (book.documents[document].published if document in book.documents else None) or "~"


def _document_name(document: str, book: Ledger) -> str:
    record = book.documents.get(document)
    if record is None:
        return document
    name = record.outlet or record.title or record.path
    return f"{name} ({record.published[:10]})" if record.published else name


def _listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`; each name once, with a number for those beyond the first dozen."""
    names = list(dict.fromkeys(names))
    if len(names) > NAMED_AT_MOST:
        names = [*names[:NAMED_AT_MOST], f"{len(names) - NAMED_AT_MOST} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _resting_on(origin: str, statements: Iterable[str], book: Ledger) -> list[str]:
    return [statement for statement in statements if origin in book.origins_of(statement)]


def _origin_sentence(origin: str, supporting: Sequence[str], book: Ledger) -> str:
    record = book.origins[origin]
    through = _listed(_documents(_resting_on(origin, supporting, book), book))
    captured = "captured" if record.document else "not captured, only named"
    return f"Origin: {record.name} ({record.kind}, {captured}), as it stands in {through}."


def _derived_sentence(supporting: Sequence[str], book: Ledger) -> Iterable[str]:
    derived = [_document_name(document, book) for document in derived_documents(supporting, book)]
    if derived:
        verb, it, says = ("adds", "it", "says") if len(derived) == 1 else ("add", "they", "say")
        yield f"{_listed(derived)} {verb} no origin: what {it} {says} was counted already."


def _undetermined_sentence(supporting: Sequence[str], book: Ledger) -> Iterable[str]:
    counted = undetermined_documents(supporting, book)
    unknown = [key for key in supporting if not book.origins_of(key) and book.document_of(key) in counted]
    if unknown:
        reasons = {book.groundings[key].reason for key in unknown if key in book.groundings} - {""}
        because = f" ({'; '.join(sorted(reasons)[:3])})" if reasons else ""
        yield f"Undetermined: nothing shows where {_listed(_documents(unknown, book))} had it from{because}."


def _dispute_sentence(origin: str, disputing: Sequence[str], book: Ledger) -> str:
    through = _listed(_documents(_resting_on(origin, disputing, book), book))
    return f"Disputed by {book.origins[origin].name}, as it stands in {through}."


def _unknown_dispute_sentence(disputing: Sequence[str], book: Ledger) -> Iterable[str]:
    unknown = [statement for statement in disputing if not book.origins_of(statement)]
    if unknown:
        yield f"Also disputed in {_listed(_documents(unknown, book))}, from an origin that cannot be determined."


def _sensitivity(origins: Sequence[str], members: Sequence[Membership], book: Ledger) -> Iterable[str]:
    """What is left without each origin, by the function that counts."""
    rests = {origin: without(origin, members, book) for origin in origins[:NAMED_AT_MOST]}
    if len(origins) == 1 and not rests[origins[0]].undetermined:
        yield "Rests on one origin; without it nothing remains."
    elif len(origins) == 1:
        yield "Rests on one known origin; without it only what is undetermined remains."
    for origin in origins[:NAMED_AT_MOST] if len(origins) > 1 else ():
        rest = rests[origin].independent
        yield f"Without {book.origins[origin].name}, {rest} {'remains' if rest == 1 else 'remain'}."
    if not origins:
        yield "No independent origin is known."
