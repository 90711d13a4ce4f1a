"""Are times found and valued as people annotated them? `python -m bench.time_expressions FOLDER...` of TimeML files.

Data sets to point it at, none of which is shipped here: TempEval-3 platinum, AQUAINT and TimeBank (UzZaman et al. 2013)
and WikiWars (Mazur and Dale 2010), the last as converted to TimeML by Zhong et al. 2017. Scores are those of
TempEval-3: a mention counts as found when it overlaps the annotated one (relaxed match), and its *value* counts when it
equals the annotated one as well. Our values are EDTF; `timex` rewrites them in the terms of TimeML.

Errors on platinum and WikiWars were read while the grammar was written, some of AQUAINT and TimeBank as well; none is
a blind test, and the news of 1989 to 2000 is the least looked at.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from defusedxml.ElementTree import fromstring

from bench.results import RESULTS, keep_section, measured_where
from firsthand.extract.time import TimeMention, time_expressions
from firsthand.extract.time_grammar import number

_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
_UNIT = {
    "day": "D",
    "night": "D",
    "week": "W",
    "month": "M",
    "year": "Y",
    "decade": "E",
    "hour": "TH",
    "minute": "TM",
    "quarter": "Q",
}
_LENGTH = re.compile(
    r"(?P<count>[\w.]+)[\s-]+(?:of\s+)?(?P<unit>minute|hour|day|night|week|month|quarter|year|decade)s?\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?P<count>)(?P<unit>day|week|month|year|decade)s\Z")
_JOIN = re.compile(r"\s(?:and|to|until|through)\s|(?<=\d)\s?[-–—]\s?(?=\d)|(?<=[a-z])\s?[–—]\s?(?=[A-Z\d])")
"""Between the two ends of an interval, which the annotators mark one by one."""
_PART_OF_DAY = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
_EVERY = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "annual": "P1Y", "annually": "P1Y", "yearly": "P1Y"}


@dataclass(frozen=True, slots=True)
class Marked:
    """One annotated or found time."""

    start: int
    end: int
    value: str
    is_date: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Relaxed precision, recall and F1, and F1 with the value right."""

    precision: float
    recall: float
    f1: float
    value_f1: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one row a folder for dates alone, one for all times, and the speed."""
    parser = argparse.ArgumentParser(description="Score time expressions on TimeML folders.")
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--misses", action="store_true", help="print what was missed or valued otherwise")
    parser.add_argument("--write", action="store_true", help="put the table into bench/RESULTS.md")
    options = parser.parse_args(arguments)
    lines = [f"{'data':12}{'times':>7}{'':>7}{'P':>7}{'R':>7}{'F1':>7}{'value F1':>10}{'chars/s':>10}"]
    for folder in options.folders:
        texts = [document(path) for path in sorted(folder.glob("*.tml"))]
        began = time.perf_counter()
        found = [list(marked(text, published)) for text, published, _ in texts]
        speed = sum(len(text) for text, _, _ in texts) / (time.perf_counter() - began)
        for label, only_dates in (("dates", True), ("all", False)):
            pairs = [(gold, mine) for (_, _, gold), mine in zip(texts, found, strict=True)]
            score = scored(pairs, only_dates)
            times = sum(1 for gold, _ in pairs for g in gold if g.is_date or not only_dates)
            lines.append(
                f"{folder.name:12}{times:7}{label:>7}{score.precision:7.3f}{score.recall:7.3f}{score.f1:7.3f}"
                f"{score.value_f1:10.3f}{speed:10.0f}"
            )
        if options.misses:
            for (text, _, gold), mine in zip(texts, found, strict=True):
                sys.stdout.writelines(f"{line}\n" for line in misses(text, gold, mine))
    text = "\n".join(lines) + "\n"
    print(text)
    if options.write:
        where = measured_where("bench.time_expressions FOLDER...")
        keep_section(RESULTS, "times", f"# Times\n\n{where}\n\n```text\n{text}```\n")
    return 0


def document(path: Path) -> tuple[str, str, list[Marked]]:
    """Text, creation date and annotated times of one TimeML file."""
    root = fromstring(path.read_text(encoding="utf-8"))
    created = next(root.find("DCT").iter("TIMEX3")).get("value")
    parts: list[str] = []
    gold: list[Marked] = []
    _walk(root.find("TEXT"), parts, gold)
    return "".join(parts), created, gold


def _walk(element: object, parts: list[str], gold: list[Marked]) -> None:
    start = sum(map(len, parts))
    parts.append(element.text or "")  # type: ignore[attr-defined]
    for child in element:  # type: ignore[attr-defined]
        _walk(child, parts, gold)
        parts.append(child.tail or "")
    if element.tag == "TIMEX3":  # type: ignore[attr-defined]
        value, kind = element.get("value"), element.get("type")  # type: ignore[attr-defined]
        gold.append(Marked(start, sum(map(len, parts)), value, kind == "DATE"))


def marked(text: str, published: str) -> Iterator[Marked]:
    """Our mentions with TimeML values; an interval of two points gives both."""
    for mention in time_expressions(text, published[:10]):
        joined = _JOIN.search(mention.text)
        if mention.anchor and "/" in mention.anchor and joined and mention.anchor == mention.edtf:
            left, right = mention.anchor.split("/")
            middle = mention.start + joined.start()
            yield Marked(mention.start, middle, granule(left), True)
            yield Marked(mention.start + joined.end(), mention.end, granule(right), True)
        else:
            yield Marked(mention.start, mention.end, timex(mention), mention.kind in {"date", "interval"})


def timex(mention: TimeMention) -> str:
    """The TimeML value of one of our mentions."""
    words = mention.text.lower()
    if mention.kind == "set":
        return _EVERY.get(words, "P1" + next((_UNIT[u] for u in _UNIT if u in words), "X"))
    length = _LENGTH.search(words) or _BARE.match(words)
    if mention.kind in {"duration", "vague"} or (length and re.search(r"\b(?:past|last|next|coming)\s\w+\s\w", words)):
        return _length(words, length)
    day = granule(mention.anchor or mention.edtf or "")
    part = next((code for word, code in _PART_OF_DAY.items() if re.search(rf"\b{word}\b", words)), "")
    return day + part if len(day) == 10 else day


def _length(words: str, length: re.Match[str] | None) -> str:
    if words in {"now", "currently", "nowadays"}:
        return "PRESENT_REF"
    if length is None or re.search(r"\bago\b|\bearlier\b|recently", words):
        return "PAST_REF"
    count, unit = number(length["count"] or "some"), _UNIT[length["unit"]]
    if unit == "E":  # as TempEval-3 has it
        count, unit = 10 * count if count else None, "Y"
    figure = "X" if count is None else f"{count:g}"
    return f"PT{figure}{unit[1]}" if unit.startswith("T") else f"P{figure}{unit}"


def granule(edtf: str) -> str:
    """EDTF as TimeML writes it: weeks, weekends, quarters, halves, seasons and decades by their own codes."""
    plain = edtf.rstrip("~?%")
    if "/" in plain:
        return _stretch(*plain.split("/"))
    if plain[5:7] in _SEASONS and len(plain) == 7:
        return f"{plain[:4]}-{_SEASONS[plain[5:7]]}"
    return plain.rstrip("X")


def _stretch(left: str, right: str) -> str:
    if len(left) == len(right) == 10:
        first, last = date.fromisoformat(left), date.fromisoformat(right)
        year, week, _ = first.isocalendar()
        if (last - first).days == 6:
            return f"{year}-W{week:02d}"
        return f"{year}-W{week:02d}-WE" if (last - first).days == 1 else left
    months = (left[5:], right[5:])
    if left[:4] == right[:4] and months in {("01", "03"), ("04", "06"), ("07", "09"), ("10", "12")}:
        return f"{left[:4]}-Q{int(right[5:]) // 3}"
    return f"{left[:4]}-H{1 if months[0] == '01' else 2}" if months in {("01", "06"), ("07", "12")} else left


def scored(pairs: Sequence[tuple[list[Marked], list[Marked]]], only_dates: bool) -> Score:
    """Each annotated time pairs with the first of ours that overlaps it and is still free."""
    found = right = gold_total = mine_total = 0
    for gold, mine in pairs:
        wanted = [g for g in gold if g.is_date or not only_dates]
        others = [g for g in gold if g not in wanted]
        used = [m for m in mine if not any(_overlap(m, o) for o in others)] if only_dates else list(mine)
        used = [m for m in used if m.is_date or any(_overlap(m, g) for g in wanted)] if only_dates else used
        gold_total, mine_total = gold_total + len(wanted), mine_total + len(used)
        for g in wanted:
            partner = next((m for m in used if _overlap(m, g)), None)
            if partner is not None:
                used.remove(partner)
                found, right = found + 1, right + (partner.value == g.value)
    precision, recall = found / max(1, mine_total), found / max(1, gold_total)
    exact = (right / max(1, mine_total), right / max(1, gold_total))
    return Score(precision, recall, _harmonic(precision, recall), _harmonic(*exact))


def _overlap(a: Marked, b: Marked) -> bool:
    return a.start < b.end and b.start < a.end


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def misses(text: str, gold: Sequence[Marked], mine: Sequence[Marked]) -> Iterator[str]:
    """One line for each annotated time without its value, and for each of ours that nobody annotated."""
    for g in gold:
        partner = next((m for m in mine if _overlap(m, g)), None)
        if partner is None or partner.value != g.value:
            got = "-" if partner is None else f"{text[partner.start : partner.end]!r} {partner.value}"
            yield f"  {text[max(0, g.start - 30) : g.end + 15]!r}: {text[g.start : g.end]!r} {g.value} | {got}"
    for m in mine:
        if not any(_overlap(m, g) for g in gold):
            yield f"  extra {text[max(0, m.start - 20) : m.end + 15]!r} {m.value}"


if __name__ == "__main__":
    sys.exit(main())
