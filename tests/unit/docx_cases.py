"""Word documents of our own writing for the tests of reading."""

from __future__ import annotations

from xml.sax.saxutils import escape

from warc_cases import zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STYLES = {"a1": "heading 1", "Titel": "Title", "Bu": "caption", "VZ": "toc 1", "Zitat": "Quote", "LA": "List Bullet"}


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*inner: str, style: str = "") -> str:
    """A paragraph of runs or bare texts."""
    runs = "".join(each if each.startswith("<") else run(each) for each in inner)
    return f"<w:p>{f'<w:pPr><w:pStyle w:val={chr(34)}{style}{chr(34)}/></w:pPr>' if style else ''}{runs}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells that hold one paragraph each."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def body_xml(*blocks: str, prefix: str = "w") -> bytes:
    """The document part."""
    xml = f'<w:document xmlns:w="{W}" xmlns:r="urn:r" xmlns:a="urn:a" xmlns:mc="urn:mc"><w:body>{"".join(blocks)}</w:body></w:document>'
    if prefix != "w":
        xml = (
            xml.replace("<w:", f"<{prefix}:")
            .replace("</w:", f"</{prefix}:")
            .replace(" w:", f" {prefix}:")
            .replace("xmlns:w=", f"xmlns:{prefix}=")
        )
    return f'<?xml version="1.0" encoding="UTF-8"?>{xml}'.encode()


def core_xml(**fields: str) -> bytes:
    """The part with title, creator and times."""
    inner = "".join(f"<dc:{name}>{escape(value)}</dc:{name}>" for name, value in fields.items())
    return f'<p:coreProperties xmlns:p="urn:p" xmlns:dc="urn:dc">{inner}</p:coreProperties>'.encode()


def rels_xml(**targets: str) -> bytes:
    """Relationships of the document part."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="urn:link" Target="{escape(target)}"{" TargetMode={0}External{0}".format(chr(34)) if ":" in target else ""}/>'
        for key, target in targets.items()
    )
    return f"<Relationships>{inner}</Relationships>".encode()


def entries(*blocks: str, core: bytes | None = None, **more: bytes) -> dict[str, bytes]:
    """The parts of a document."""
    named = "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in _STYLES.items())
    return {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": body_xml(*blocks),
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{named}</w:styles>'.encode(),
        "docProps/core.xml": core or core_xml(),
        **more,
    }


def docx(*blocks: str, core: bytes | None = None, **more: bytes) -> bytes:
    """A document of these blocks."""
    return zipped(entries(*blocks, core=core, **more))
