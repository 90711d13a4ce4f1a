"""Writes docs/glossary.md from the docstrings of `firsthand.records`: `make reference`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "glossary.md"
RECORDS = ROOT / "src" / "firsthand" / "records.py"
BEGIN = "<!-- from here on written by `make reference` -->\n"


def reference() -> str:
    """The page as it should be: what stands before the mark as it is, behind it every record and its fields."""
    written_by_hand = PAGE.read_text(encoding="utf-8").split(BEGIN)[0]
    return written_by_hand + BEGIN + "\n" + "\n".join(_records())


def _records() -> Iterator[str]:
    tree = ast.parse(RECORDS.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield f"### {node.name}\n\n{_flowing(ast.get_docstring(node) or '')}\n"
            rows = list(_fields(node))
            if rows:
                yield "| Field | Type | Meaning |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"


def _fields(node: ast.ClassDef) -> Iterator[str]:
    following = [*node.body[1:], None]
    for statement, after in zip(node.body, following, strict=True):
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        meaning = ""
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            meaning = _flowing(str(after.value.value))
        kind = ast.unparse(statement.annotation).replace("|", r"\|")
        yield f"| `{statement.target.id}` | `{kind}` | {meaning} |"


def _flowing(docstring: str) -> str:
    return " ".join(docstring.split())


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
