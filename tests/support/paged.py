"""Small `PagedDocument`s by hand, the fonts that ship, and readers of the PDFs made from them."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gyomu_docs.typeset.fonts import FontSet, default_font_files
from gyomu_docs.typeset.pages import Artifact, Element, Fill, Marked, Page, PagedDocument, Rule
from gyomu_docs.typeset.pages import TextRun as Run
from gyomu_docs.writers.pdf import PdfOptions, write_pdf

ROOT = Path(__file__).parents[2]
FILES = default_font_files(ROOT / "fonts")
FONTS = FontSet(FILES)
GOTHIC, BOLD, MINCHO = "BIZ UDGothic", "BIZ UDGothic Bold", "BIZ UDMincho"
WIDTH, HEIGHT = 841_890, 595_276

DOCUMENT = Element("Document", -1)


def run(text: str, x: int = 40_000, y: int = 60_000, size: int = 10_000, **more: Any) -> Run:
    """A run of BIZ UDGothic."""
    return Run(x, y, text, more.pop("font", GOTHIC), size, **more)


def page(
    *content: Marked,
    label: str = "1",
    fills: tuple[Fill, ...] = (),
    artifacts: tuple[Artifact, ...] = (),
    rules: tuple[Rule, ...] = (),
) -> Page:
    """An A4 page, landscape."""
    return Page(WIDTH, HEIGHT, label, fills, content, artifacts, rules)


def document(
    pages: Iterable[Page], elements: Iterable[Element] = (DOCUMENT,), **more: Any
) -> PagedDocument:
    """A document with the title 試験."""
    return PagedDocument(
        more.pop("title", "試験"), tuple(pages), tuple(elements), more.pop("outline", ()), **more
    )


def lines(*texts: str | Run, **more: Any) -> PagedDocument:
    """One page, each text a paragraph on a line of its own."""
    runs = [
        text if isinstance(text, Run) else run(text, y=60_000 + 20_000 * index)
        for index, text in enumerate(texts)
    ]
    content = [Marked(index, (item,)) for index, item in enumerate(runs, 1)]
    elements = [DOCUMENT] + [Element("P", 0)] * len(runs)
    return document([page(*content, label=more.pop("label", "1"))], elements, **more)


def table_page() -> PagedDocument:
    """A page with what pages have: heading, table with spans, fills, rules, columns, footer."""
    elements = [
        DOCUMENT,
        Element("Sect", 0),
        Element("H1", 1),
        Element("Table", 1, summary="任務目的 100%"),
        Element("TR", 3),
        Element("TH", 4, scope="Row", rowspan=2),
        Element("TH", 4, scope="Column", colspan=2),
        Element("TR", 3),
        Element("TD", 7),
        Element("TD", 7),
        Element("P", 1),
    ]
    content = [
        Marked(2, (run("業務棚卸表", font=MINCHO, size=14_000, color=0x103060),)),
        Marked(5, (run("計画（案）ー", 55_000, 86_000, vertical=True),)),
        Marked(6, (run("任務目的", 74_000, 95_000, font=BOLD, spacing=20_000, spread=True),)),
        Marked(8, (run("市民が公園を", 74_000, 115_000), run("利用できる", 74_000, 130_000))),
        Marked(10, (run("注 追い込み、句読点", 40_000, 180_000, kerns=((5, -5_000),)),)),
    ]
    xs, ys = (40_000, 70_000, 190_000, 310_000), (80_000, 104_000, 140_000)
    rules = [Rule(xs[0], y, xs[-1], y, 500 if y != ys[1] else 250) for y in ys]
    rules += [Rule(x, ys[0], x, ys[-1], 500) for x in xs]
    furniture = (
        Artifact("header", (run("令和3年度", 400_000, 30_000),)),
        Artifact("footer", (run("1", 420_000, 570_000),)),
        Artifact("repeat", (run("（続き）", 700_000, 30_000),)),
    )
    fills = (Fill(70_000, 80_000, 240_000, 24_000, 0xDDE8F5),)
    whole = page(*content, fills=fills, artifacts=furniture, rules=tuple(rules))
    return document([whole], elements)


def to_bytes(*parts: PagedDocument, fonts: FontSet = FONTS, **options: Any) -> bytes:
    """The parts as a PDF."""
    out = io.BytesIO()
    write_pdf(parts, out, fonts, PdfOptions(**options))
    return out.getvalue()


@lru_cache(maxsize=32)  # objects of a pikepdf document die with it, and tests keep objects only
def reopen(data: bytes) -> Any:
    """The PDF as pikepdf reads it."""
    return pikepdf.open(io.BytesIO(data))


def reading(tool: str, path: Path, *options: str, output: Path = Path("-")) -> str:
    """What a command-line program says about a PDF; skips the test where it is not installed."""
    program = shutil.which(tool)
    if program is None:
        pytest.skip(f"{tool} is not installed")
    command = [program, *options, str(path)] + [str(output)] * (tool in ("pdftotext", "pdftoppm"))
    result = subprocess.run(command, capture_output=True, check=False)
    # Poppler prints a table's summary as its UTF-16 bytes.
    said = result.stdout.decode("utf-8", "replace")
    assert result.returncode == 0, said + result.stderr.decode("utf-8", "replace")
    return said
