"""The dossier in a real browser: nothing loads, every link lands, quotes light up, it fits and reads on any screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pypdfium2
import pytest
from chromium_pipe import Browser, browser, found

sys.path.insert(0, str(Path(__file__).parents[1] / "golden" / "publish"))
from ferry_case import crowd, empty_results, ferry_results

from firsthand.publish import dossier_html
from firsthand.publish.visible import visible

pytestmark = pytest.mark.browser

CASES = {"ferry": ferry_results, "crowd": lambda: crowd(40), "empty": empty_results}

# Ratio of WCAG 2.2 between a colour and what lies behind it, for every element with text of its own. Large text is
# 24 px, or 18.66 px in bold.
POOR_CONTRAST = """(() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
  const box = e => e.closest('a.box') && parse(getComputedStyle(e.closest('a.box').querySelector('rect.frame')).fill);
  return [...document.body.querySelectorAll('*')]
    .filter(e => !e.closest('.skip') && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .filter(e => !['title', 'desc'].includes(e.localName))
    .map(e => { const s = getComputedStyle(e), size = parseFloat(s.fontSize);
      const ink = light(parse(e.ownerSVGElement ? s.fill : s.color)), paper = light(box(e) || behind(e));
      const ratio = (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
      const large = size >= 24 || size >= 18.66 && +s.fontWeight >= 700;
      return [ratio, ratio >= (large ? 3 : 4.5), e.outerHTML.slice(0, 80)]; })
    .filter(row => !row[1]);
})()"""

# What sticks out of the page on its right, unless a box of its own scrolls it.
STICKS_OUT = """[...document.body.querySelectorAll('*')].filter(e => !e.closest('.graph > *') && !e.closest('.skip')
  && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.tagName + '.' + e.className)"""

DEAD_LINKS = """[...document.querySelectorAll('[href^="#"]')].map(a => a.getAttribute('href').slice(1))
  .filter(id => !document.getElementById(id))"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = found()
    if program is None:
        reason = "no Chromium on this machine's path"
        if os.environ.get("FIRSTHAND_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with browser(program, tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    written = {name: folder / f"{name}.html" for name in CASES}
    for name, path in written.items():
        path.write_bytes(dossier_html(CASES[name]()))
    return written


@pytest.mark.parametrize("name", CASES)
def test_page_asks_for_nothing_and_complains_of_nothing(chromium: Browser, pages: dict[str, Path], name: str) -> None:
    """Its own address is the only one requested, and the browser holds nothing against its policy or markup."""
    chromium.open(pages[name])
    assert chromium.requests() == [pages[name].as_uri()]
    assert chromium.complaints() == []


def test_driver_sees_what_a_bad_page_does(chromium: Browser, tmp_path: Path) -> None:
    """The two checks above can fail: a page that loads a picture and runs a script against its policy is caught."""
    bad = tmp_path / "bad.html"
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    bad.write_text(f"<!doctype html>{policy}<img src='http://elsewhere.example/a.png'><script>1</script>", "utf-8")
    chromium.open(bad)
    assert "http://elsewhere.example/a.png" in chromium.requests()
    assert any("Content Security Policy" in complaint for complaint in chromium.complaints())


@pytest.mark.parametrize("name", CASES)
def test_every_link_lands(chromium: Browser, pages: dict[str, Path], name: str) -> None:
    chromium.open(pages[name])
    assert chromium.value(DEAD_LINKS) == []
    outward = "[...document.links].map(a => a.getAttribute('href') ?? a.href.baseVal).filter(h => h[0] !== '#')"
    assert chromium.value(outward) == []


def test_marked_words_are_the_quote(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["ferry"])
    for statement in ferry_results().statements:
        marks = f"[...document.querySelectorAll('mark[data-quotes~=\"{statement.id}\"]')]"
        assert chromium.value(f"{marks}.map(m => m.textContent).join('')") == visible(statement.quote)


@pytest.mark.parametrize("statement", ["s-01", "s-03", "s-11"], ids=["plain", "cut-in-two", "cut-in-three"])
def test_following_a_proof_lights_the_whole_quote(chromium: Browser, pages: dict[str, Path], statement: str) -> None:
    """Also where other quotes cut it in pieces; and nothing else lights up."""
    chromium.open(pages["ferry"])
    lit = """(() => { location.hash = '#quote-%s';
      const colour = m => getComputedStyle(m).backgroundColor, marks = [...document.querySelectorAll('mark')];
      const probe = document.createElement('i'); probe.style.background = 'var(--lit)'; document.body.append(probe);
      const wanted = colour(probe); probe.remove();
      return marks.filter(m => colour(m) === wanted).map(m => m.textContent).join(''); })()"""
    quote = next(one.quote for one in ferry_results().statements if one.id == statement)
    assert chromium.value(lit % statement) == quote


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", CASES)
def test_every_word_stands_out_from_its_ground(
    chromium: Browser, pages: dict[str, Path], name: str, scheme: Literal["light", "dark"]
) -> None:
    """WCAG 2.2 level AA, in both colour schemes."""
    chromium.open(pages[name], scheme=scheme)
    assert chromium.value(POOR_CONTRAST) == []


def test_dark_scheme_is_dark(chromium: Browser, pages: dict[str, Path]) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        chromium.open(pages["ferry"], scheme=scheme)
        grounds.append(chromium.value("+getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]"))
    assert grounds[0] > 240
    assert grounds[1] < 40


@pytest.mark.parametrize("width", [360, 390, 768, 1200, 1400])
@pytest.mark.parametrize("name", CASES)
def test_page_fits_its_window(chromium: Browser, pages: dict[str, Path], name: str, width: int) -> None:
    chromium.open(pages[name], width=width)
    assert chromium.value("document.documentElement.scrollWidth") <= width
    assert chromium.value(STICKS_OUT) == []


def test_tab_key_reaches_the_findings_first(chromium: Browser, pages: dict[str, Path]) -> None:
    """The first stop is the way past the head of the page, and it is visible while it has the focus."""
    chromium.open(pages["ferry"])
    for sort in ("keyDown", "keyUp"):
        chromium.do("Input.dispatchKeyEvent", type=sort, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    focus = "[document.activeElement.className, document.activeElement.getBoundingClientRect().left >= 0]"
    assert chromium.value(focus) == ["skip", True]


def test_what_the_drawing_shows_has_a_name_for_those_who_do_not_see_it(
    chromium: Browser, pages: dict[str, Path]
) -> None:
    chromium.open(pages["ferry"])
    tree: list[dict[str, Any]] = chromium.do("Accessibility.getFullAXTree")["nodes"]
    links = {node["name"]["value"] for node in tree if node.get("role", {}).get("value") == "link" and "name" in node}
    assert "D3, Coast Wire: Ferry cameras know faces, 2032-03-02" in links
    assert "O5, Document: Tender notice 114/2031; 1 document rests on it" in links
    assert all(links)


def test_letters_of_the_drawing_stay_in_their_boxes(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["ferry"], width=1400)
    outside = """[...document.querySelectorAll('a.box')].flatMap(a => {
      const b = a.querySelector('rect.frame').getBoundingClientRect();
      const out = r => r.right > b.right + 1 || r.top < b.top - 1 || r.bottom > b.bottom + 1;
      return [...a.querySelectorAll('text')].filter(t => out(t.getBoundingClientRect())).map(t => t.textContent); })"""
    assert chromium.value(outside) == []


def test_printed_pages_hold_the_words_and_the_seals(chromium: Browser, pages: dict[str, Path], tmp_path: Path) -> None:
    """On paper: A4, the drawing turned sideways, every quote and every full SHA-256."""
    chromium.open(pages["ferry"])
    (tmp_path / "ferry.pdf").write_bytes(chromium.pdf())
    with pypdfium2.PdfDocument(tmp_path / "ferry.pdf") as printed:
        sizes = {tuple(round(side) for side in page.get_size()) for page in printed}
        words = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in printed)
    assert sizes == {(595, 842), (842, 595)}
    for document in ferry_results().documents:
        assert document.sha256 in words
    assert "Fourteencameraswerecountedatthegates" in words
    assert "Skiptothefindings" not in words
