"""A few pages against the pictures of them that a person has looked at.

`pytest tests/pictures --update-pictures` draws them anew; look at them before they are committed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gyomu_docs.layout.tree import Document, Grid
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.typeset.pages import PagedDocument
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.units import pt
from tests.support.documents import cell, document, grid, row
from tests.support.paged import ROOT, to_bytes
from tests.support.pictures import Picture, compare, read_pgm, read_png, render, write_png

FOLDER = Path(__file__).parent
RESULTS = ROOT / "tests" / "results"
LARGEST = 20_000

FONTS = FontSet({"fixed": ROOT / "fonts" / "BIZUDGothic-Regular.ttf"})
"""The font that ships, under the name that the styles of tests ask for."""

LABELS = (
    "第五次総合計画（案）",
    "令和3年度",
    "H28～R2",
    "R元年度",
    "100％",
    "ICT活用",
    "第10次",
    "会計年度任用（パートタイム）",
    "PDCA cycle",
    "計画(案)",
)


def labels(width: float, height: float, **changes: Any) -> Grid:
    """The labels in a row of vertical cells `width` wide."""
    cells = [
        cell(text, column=column, vertical=True, padding=(2, 1, 2, 1), **changes)
        for column, text in enumerate(LABELS)
    ]
    return grid(row(*cells, height=height), columns=(width,) * len(LABELS))


def vertical(orientation: str) -> Document:
    """In cells 8 mm wide with 縦中横 of up to three letters, and 12 mm wide without."""
    look = {"orientation": orientation, "align": "center"}
    blocks = labels(22.7, 140, combine=3, **look), labels(34, 140, combine=0, **look)
    return document(*blocks, width=345, height=285)


def spread() -> Document:
    """均等割付, of labels in lines and in columns."""
    texts = ("任務目的", "目標", "R元年度", "会計年度任用職員")
    lines = [
        row(cell(text, align="spread", padding=(2, 4, 2, 4)), cell("値", column=1))
        for text in texts
    ]
    columns = labels(20, 145, align="spread", orientation="rotated", combine=2)
    return document(grid(*lines, columns=(100, 100)), columns, width=210, height=215)


def continued() -> Document:
    """Labels that go on on the second page."""
    head = row(cell("区分", align="center"), cell("手段", column=1), cell("H28", column=2))
    label = cell("総合計画", rows=8, vertical=True, align="center", role="row")
    first = row(label, cell("手段1", column=1), cell("1", column=2), height=20)
    rest = [
        row(cell(f"手段{number}", column=1), cell(str(number), column=2), height=20)
        for number in range(2, 9)
    ]
    made = grid(head, first, *rest, columns=(30, 80, 40), header=1)
    return document(made, width=160, height=110)


def shrunk() -> Document:
    """Texts made smaller, in lines and in columns."""
    rows = [
        row(cell("会計年度任用", shrink=True, padding=(2, 2, 2, 2)), cell("値", column=1)),
        row(cell("会計年度任用職員数", shrink=True, floor=5), cell("値", column=1)),
    ]
    columns = labels(20, 60, shrink=True, floor=5, align="center")
    return document(grid(*rows, columns=(54, 30)), columns, width=210, height=110)


CASES: dict[str, tuple[Callable[[], Document], int]] = {
    "vertical-upright": (lambda: vertical("upright"), 1),
    "vertical-rotated": (lambda: vertical("rotated"), 1),
    "spread": (spread, 1),
    "continued": (continued, 2),
    "shrunk": (shrunk, 1),
}
"""Name of the picture: what it shows, and the page."""


@pytest.mark.parametrize("name", CASES)
def test_page_looks_like_its_picture(
    name: str, save_pdf: Callable[[bytes], Path], request: pytest.FixtureRequest
) -> None:
    make, page = CASES[name]
    paged, _ = Typesetter(FONTS).paginate(make())
    actual = render(save_pdf(to_bytes(paged, fonts=FONTS)), page)
    path = FOLDER / f"{name}.png"
    data = write_png(actual)
    if request.config.getoption("--update-pictures"):
        assert len(data) < LARGEST, f"{path.name} is too large"
        path.write_bytes(data)
        return
    expected = read_png(path.read_bytes())
    same_size = (actual.width, actual.height) == (expected.width, expected.height)
    difference = compare(actual, expected) if same_size else None
    if difference is None or difference.too_much:
        RESULTS.mkdir(exist_ok=True)
        kept = RESULTS / path.name
        kept.write_bytes(data)
        pytest.fail(f"{kept} does not look like {path}: {difference or 'another size'}")


def moved(paged: PagedDocument, page: int, group: int) -> PagedDocument:
    """The document with one text of a page a point lower."""
    content = list(paged.pages[page].content)
    (run,) = content[group].runs
    content[group] = content[group]._replace(runs=(run._replace(y=run.y + pt(1)),))
    pages = list(paged.pages)
    pages[page] = replace(pages[page], content=tuple(content))
    return replace(paged, pages=tuple(pages))


@pytest.mark.parametrize("group", [0, 1, 5])
def test_a_text_that_moved_is_seen(group: int, save_pdf: Callable[[bytes], Path]) -> None:
    paged, _ = Typesetter(FONTS).paginate(continued())
    other = moved(paged, 1, group)
    before, after = (render(save_pdf(to_bytes(one, fonts=FONTS)), page=2) for one in (paged, other))
    assert compare(before, after).too_much
    assert not compare(before, before).too_much


def test_a_picture_reads_back() -> None:
    picture = read_pgm(b"P5\n3 2\n255\n\n \x00\x7f\xff\n")
    assert picture == Picture(3, 2, b"\n \x00\x7f\xff\n")
    assert read_png(write_png(picture)) == picture


def test_every_picture_has_its_test() -> None:
    assert {path.stem for path in FOLDER.glob("*.png")} == {*CASES}
