"""A small invented story for journeys: one research report, what papers made of it, and what the supplier says."""

from __future__ import annotations

from pathlib import Path


def _page(outlet: str, title: str, day: str, paragraphs: list[str], byline: str = "") -> str:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {outlet}</title>
<meta property="og:site_name" content="{outlet}"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="{day}T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/subscribe">Subscribe</a></nav>
<article><h1>{title}</h1><p class="byline">{byline}</p>
{body}
</article><footer>All rights reserved. Cookie settings.</footer></body></html>
"""


_FINDINGS = (
    "The city of Dorvanne has installed 214 face recognition cameras at its tram stops since March 2031, "
    "according to a report published on Monday by the Tallow Street Research Group."
)
_SUPPLY = "The cameras were supplied by Calyxon Optics, the report said."
_DOUBT = "It is uncertain whether the images are shared with the border police, the researchers said."

PAGES = {
    "report.html": _page(
        "Tallow Street Research Group",
        "Watched stops: face recognition in the trams of Dorvanne",
        "2031-06-02",
        [
            "This report presents what we found at the tram stops of Dorvanne between March and May 2031.",
            "Our researchers visited all 88 stops and counted 214 face recognition cameras, installed since March.",
            "Labels on the housings name Calyxon Optics as the supplier of the cameras.",
            "We could not determine whether the images are shared with the border police.",
        ],
    ),
    "wire.html": _page(
        "Quayside Wire",
        "Dorvanne trams watched by face recognition, report finds",
        "2031-06-02",
        [f"DORVANNE (Quayside Wire) - {_FINDINGS}", _SUPPLY, _DOUBT, "Calyxon Optics declined to comment."],
        "By Imre Tolland, Quayside Wire",
    ),
    "paper.html": _page(
        "The Dorvanne Ledger",
        "Report: 214 face recognition cameras at tram stops",
        "2031-06-03",
        [f"DORVANNE (Quayside Wire) - {_FINDINGS}", _SUPPLY, _DOUBT, "Calyxon Optics declined to comment."],
        "Quayside Wire",
    ),
    "blog.txt": (
        "Faces on the tram\n\n"
        "Dorvanne uses face recognition cameras at its tram stops. Passengers are not told about it.\n\n"
        "The cameras can follow a person from stop to stop, and nobody has said how long the images are kept.\n"
    ),
    "statement.md": (
        "---\ntitle: Our position on public transport\noutlet: Calyxon Optics\ndate: 2031-06-05\n---\n\n"
        "Calyxon Optics supplied video cameras to the tram operator of Dorvanne in 2031.\n\n"
        "Our cameras in Dorvanne do not perform face recognition, the company said in a statement on Thursday.\n"
    ),
    "letter.eml": (
        "From: Transit Notes <notes@transit-notes.example>\r\nTo: readers@transit-notes.example\r\n"
        "Subject: What we read this week\r\nDate: Fri, 06 Jun 2031 09:00:00 +0000\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "The Tallow Street Research Group reported this week that Dorvanne has put face recognition cameras\r\n"
        "at its tram stops. The operator plans to extend the system to buses in 2032, according to a tender notice.\r\n"
    ),
}


def save(folder: Path) -> Path:
    """Writes the pages into a new folder and gives it back."""
    folder.mkdir(parents=True)
    for name, text in PAGES.items():
        (folder / name).write_bytes(text.encode("utf-8"))
    return folder
