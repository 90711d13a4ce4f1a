"""Universal Dependencies treebanks from their source folders: which sentences may be used, and what they say.

The folder holds ordinary checkouts named as their repositories are: `UD_English-EWT`, `UD_English-GUM` and, only for
evaluation, `UD_English-PUD`. Sentences are read from `not-to-release/sources` by the published lists of documents, as
every checkout has them; put together they are the released files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FREE_GENRES = frozenset({"academic", "bio", "court", "interview", "news", "speech", "textbook", "vlog", "voyage"})
"""GUM genres whose texts are CC BY, CC BY-SA or in the public domain; fiction, how-to, essays, letters, podcasts and
reddit are for non-commercial use only, and the conversations' own corpus allows no derivatives."""
_FROM_CONVERSATIONS = "Santa Barbara Corpus"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """One annotated sentence; all tuples run over its syntactic words."""

    document: str
    opens_paragraph: bool
    forms: tuple[str, ...]
    spaced: tuple[bool, ...]
    """Whether a blank follows the word in the text."""
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    """`UPOS|XPOS`."""
    heads: tuple[int, ...]
    """1-based index of the governing word; 0 for the root."""
    deprels: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentence as written."""
        pairs = zip(self.forms, self.spaced, strict=True)
        return "".join(form + (" " if space else "") for form, space in pairs).rstrip()


def ewt(folder: Path, split: str) -> tuple[Tree, ...]:
    """Sentences of the English Web Treebank; `split` is train, dev or test."""
    return tuple(tree for name, text in _documents(folder / "UD_English-EWT", split) for tree in read(text, name))


def gum(folder: Path, split: str) -> tuple[Tree, ...]:
    """Sentences of the freely licensed genres of the Georgetown University Multilayer corpus."""
    return tuple(
        tree
        for name, text in _documents(folder / "UD_English-GUM", split)
        if name.split("_")[1] in FREE_GENRES and _FROM_CONVERSATIONS not in text
        for tree in read(text, name)
    )


def pud(folder: Path) -> tuple[Tree, ...]:
    """The 1,000 sentences of news and encyclopedia of the Parallel treebank: for evaluation only."""
    path = folder / "UD_English-PUD" / "en_pud-ud-test.conllu"
    return tuple(read(path.read_text(encoding="utf-8"), path.stem))


def read(text: str, document: str) -> Iterator[Tree]:
    """Sentences of a CoNLL-U text; empty nodes are left out, and words written together are kept as their parts."""
    for block in text.split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        if rows:
            opens = any(line.startswith(("# newdoc", "# newpar")) for line in lines)
            yield _tree(rows, document, opens)


def _tree(rows: list[list[str]], document: str, opens_paragraph: bool) -> Tree:
    together: dict[int, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            together.update(dict.fromkeys(range(first, last), False))
            together[last] = "SpaceAfter=No" not in row[9]
    words = [row for row in rows if row[0].isdigit()]
    return Tree(
        document=document,
        opens_paragraph=opens_paragraph,
        forms=tuple(row[1] for row in words),
        spaced=tuple(together.get(int(row[0]), "SpaceAfter=No" not in row[9]) for row in words),
        lemmas=tuple(row[2] for row in words),
        tags=tuple(f"{row[3]}|{row[4]}" for row in words),
        heads=tuple(int(row[6]) for row in words),
        deprels=tuple(row[7] for row in words),
    )


def _documents(treebank: Path, split: str) -> Iterator[tuple[str, str]]:
    folder = treebank / "not-to-release"
    for line in (folder / "file-lists" / f"files.{split}").read_text(encoding="utf-8").split():
        path = folder / "sources" / line.removesuffix(".conllu")
        path = path.with_name(f"{path.name}.conllu")
        if path.exists():  # the forum texts of GUM are listed but not distributed
            yield line, path.read_text(encoding="utf-8")
