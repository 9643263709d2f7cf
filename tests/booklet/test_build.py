"""Finished booklets, read back: every number is the label of the page it leads to."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

import gyomu_docs
from gyomu_docs import publishing
from gyomu_docs.booklet.build import Report
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.setting import LEAST_MARGIN
from gyomu_docs.booklet.workers import BuildOptions
from gyomu_docs.layout.tree import Section
from gyomu_docs.model import Activity, Sheet, SourcedSheet
from gyomu_docs.publishing import Publisher
from gyomu_docs.resources import find_resources
from gyomu_docs.units import mm
from tests.support.booklets import R3, SEED_UNITS, maker, placed_sheet
from tests.support.documents import page_break
from tests.support.finished import FinishedBook

ALL = ["表紙", "凡例", "総括", "目次", "本体", "索引", "奥付"]
CONFIGS: dict[str, dict[str, Any]] = {
    "defaults": {},
    "by part": {"ページ番号": {"形式": "部ごと"}},
    "without total": {"ページ番号": {"総数": False}},
    "by part without total": {"ページ番号": {"形式": "部ごと", "総数": False}},
    "one side": {"両面": False},
    "one side by part": {"両面": False, "ページ番号": {"形式": "部ごと"}},
    "sheets on the right": {"改丁": ["部", "扉", "シート"]},
    "only parts on the right": {"改丁": ["部"]},
    "nothing on the right": {"改丁": []},
    "by sections": {"並び": "組織順"},
    "by numbers": {"並び": "番号順"},
    "without dividers": {"扉": False},
    "by sections without dividers": {"並び": "組織順", "扉": False, "目次": ["組織順"]},
    "contents last": {"構成": ["本体", "索引", "総括", "目次"]},
    "few parts": {"構成": ["目次", "本体"]},
    "without cover": {"構成": ALL[1:]},
    "without sheets": {"構成": [part for part in ALL if part != "本体"]},
    "bound at the top": {"とじ": "上"},
    "not bound": {"とじ": "なし"},
    "on paper that stands": {"様式": "sheet-a4-portrait"},
}


def long_sheet(number: str, rows: int, *place: str) -> Sheet:
    """A sheet of some pages, each row with an indicator of its own."""
    activities = [
        Activity(code=f"{row:02}", means=f"{number}の手段{row}", indicator=f"指標{number}の{row}")
        for row in range(1, rows + 1)
    ]
    return placed_sheet(number, *place, activities=tuple(activities), purposes=())


SHEETS = (
    long_sheet("12", 3, "II 安全なまち", "4 防災", "総務部 防災課"),
    long_sheet("3", 60, "I 健やかなまち", "1 健康", "福祉部 健康課"),
    long_sheet("1", 3, "I 健やかなまち", "2 福祉", "福祉部 福祉課"),
    long_sheet("2", 90, "I 健やかなまち", "1 健康", "福祉部 健康課"),
    long_sheet("20", 3, "I 健やかなまち", "", ""),
    long_sheet("21", 35, "", "", "議会事務局"),
)
ENTRIES = [SourcedSheet(one, f"{one.number}.yaml") for one in SHEETS]


class Built:
    """A booklet of the sheets above."""

    def __init__(self, config: dict[str, Any]) -> None:
        out = io.BytesIO()
        self.config = BookletConfig.model_validate({"市": "見本市", **config})
        publisher = Publisher(find_resources({}), self.config)
        self.report: Report = publisher.write_pdf(ENTRIES, out, BuildOptions())
        self.pdf = FinishedBook(out.getvalue())

    def pages_of(self, anchor: str) -> list[int]:
        """The pages of a piece."""
        return [n for n, page in enumerate(self.report.pages) if page.anchor == anchor]

    def sheet_pages(self) -> list[list[int]]:
        """Of each sheet in the order of the book."""
        return [self.pages_of(anchor) for anchor in self.report.book.anchors]


@cache
def built(name: str) -> Built:
    return Built(CONFIGS[name])


@pytest.fixture(params=CONFIGS)
def book(request: pytest.FixtureRequest) -> Built:
    return built(request.param)


def test_page_labels_are_what_is_printed(book: Built) -> None:
    assert book.pdf.labels == [page.label for page in book.report.pages]
    counted = [label for label in book.pdf.labels if not label.startswith("表紙")]
    by_part = book.config.numbers.kind == "部ごと"
    for number, (page, label) in enumerate(zip(book.report.pages, book.pdf.labels, strict=True)):
        if not page.anchor:
            assert book.pdf.is_blank(number)
        elif page.anchor == "part-cover":
            assert book.pdf.printed_number(number) == ""
        else:
            prefix = label.rpartition("-")[0]
            same = [one for one in counted if not by_part or one.rpartition("-")[0] == prefix]
            total = f"/{len(same)}" if book.config.numbers.total else ""
            assert book.pdf.printed_number(number) == f"{label}{total}"


@pytest.mark.parametrize("part", ["part-contents", "part-index", "part-summary", "扉"])
def test_every_number_leads_to_the_page_that_bears_it(book: Built, part: str) -> None:
    keys = [one.key for one in book.report.book.dividers] if part == "扉" else [part]
    pages = [page for key in keys for page in book.pages_of(key)]
    links = [link for page in pages for link in book.pdf.links(page)]
    for link in links:
        assert book.pdf.labels[link.target] == link.number
    if "本体" in book.config.parts and pages:
        sheets = {page for pages in book.sheet_pages() for page in pages}
        assert {link.target for link in links} & sheets


def test_contents_name_the_first_page_of_every_sheet(book: Built) -> None:
    links = [link for page in book.pages_of("part-contents") for link in book.pdf.links(page)]
    for sheet, pages in zip(book.report.book.sheets, book.sheet_pages(), strict=True):
        name = f"No.{sheet.number}{sheet.title}"
        named = [link for link in links if "".join(link.words).startswith(name)]
        orders = book.config.contents if pages and "目次" in book.config.parts else ()
        assert [link.target for link in named] == [pages[0] for _ in orders]


def test_every_indicator_is_in_the_index_with_its_page() -> None:
    book = Built({"構成": ["索引", "本体"], "索引": ["指標"]})
    links = [link for page in book.pages_of("part-index") for link in book.pdf.links(page)]
    expected = [
        (row.indicator, page)
        for sheet, pages in zip(book.report.book.sheets, book.sheet_pages(), strict=True)
        for row in sheet.activities
        for page in pages
        if row.indicator in [word.text for word in book.pdf.words[page]]
    ]
    assert sorted((link.before, link.target) for link in links) == sorted(expected)
    assert len({page for _, page in expected}) > len(SHEETS)


def test_pages_in_a_row_are_told_by_the_first_and_the_last() -> None:
    rows = tuple(one.model_copy(update={"indicator": "開館日数"}) for one in SHEETS[3].activities)
    sheet = SHEETS[3].model_copy(update={"activities": rows})
    out = io.BytesIO()
    config = BookletConfig.model_validate({"構成": ["索引", "本体"], "索引": ["指標"], "扉": False})
    Publisher(find_resources({}), config).write_pdf([SourcedSheet(sheet)], out, BuildOptions())
    pdf = FinishedBook(out.getvalue())
    (link,) = pdf.links(0)
    pages = [n for n in range(1, len(pdf.labels)) if "開館日数" in pdf.text(n)]
    assert len(pages) > 2
    assert link.target == pages[0]
    assert (link.number, link.last) == (pdf.labels[pages[0]], pdf.labels[pages[-1]])


def test_bookmarks_nest_and_land_on_first_pages(book: Built) -> None:
    marks = book.pdf.bookmarks
    tops = [mark for mark in marks if mark.depth == 0]
    main = f"業務棚卸表（{len(SHEETS)}枚）"
    assert [mark.title for mark in tops] == [
        main if part == "本体" else part for part in book.config.parts
    ]
    if "本体" not in book.config.parts:
        return
    made = book.report.book
    paths = {}
    path: list[str] = []
    for mark in marks:
        path[mark.depth :] = [mark.title]
        paths.setdefault(tuple(path), mark.page)
    for index, (sheet, pages) in enumerate(zip(made.sheets, book.sheet_pages(), strict=True)):
        above = [one.title for one in made.dividers if one.first <= index < one.last]
        assert paths[(main, *above, sheet.label)] == pages[0]
        assert sheet.title in book.pdf.text(pages[0])
    for number, divider in enumerate(made.dividers):
        above = [
            one.title
            for one in made.dividers[:number]
            if one.level < divider.level and one.first <= divider.first < one.last
        ]
        assert paths[(main, *above, divider.title)] == book.pages_of(divider.key)[0]


def test_chapters_start_on_right_hand_pages(book: Built) -> None:
    config, made = book.config, book.report.book
    starts = {
        "部": ["part-legend", "part-summary", "part-contents", "part-index", "part-colophon"],
        "扉": [divider.key for divider in made.dividers],
        "シート": list(made.anchors),
    }
    blanks = [n for n, page in enumerate(book.report.pages) if not page.anchor]
    if not config.both_sides:
        assert not blanks
        return
    right = [anchor for kind in config.start_right for anchor in starts[kind]]
    firsts = [pages[0] for anchor in right if (pages := book.pages_of(anchor))]
    assert all(page % 2 == 0 for page in firsts)
    covers = len(book.pages_of("part-cover"))
    # A blank page stands before a chapter alone, and at a left-hand side.
    assert all(blank % 2 == 1 and blank + 1 in {*firsts, covers + 1} for blank in blanks)


@pytest.mark.parametrize(
    ("name", "across", "down"),
    [("defaults", True, False), ("bound at the top", False, True), ("not bound", False, False)],
)
def test_the_binding_edge_gets_room_on_either_side(name: str, across: bool, down: bool) -> None:
    book = built(name)
    sheet = next(pages for pages in book.sheet_pages() if len(pages) > 2)
    first, second = (
        next(word for word in sorted(book.pdf.words[page], key=lambda word: word.top))
        for page in sheet[1:3]
    )
    odd, even = (first, second) if sheet[1] % 2 == 0 else (second, first)
    gutter = min(mm(8), mm(12) - LEAST_MARGIN) if across else mm(8)
    assert odd.text == even.text
    assert odd.left - even.left == pytest.approx(2 * gutter / 1000 * across, abs=0.01)
    assert odd.top - even.top == pytest.approx(gutter / 1000 * down, abs=0.01)


def test_orders_of_the_sheets() -> None:
    def numbers(name: str) -> list[str]:
        return [sheet.number for sheet in built(name).report.book.sheets]

    assert numbers("defaults") == ["2", "3", "1", "20", "12", "21"]
    assert numbers("by sections") == ["12", "2", "3", "1", "21", "20"]
    assert numbers("by numbers") == ["1", "2", "3", "12", "20", "21"]
    by_page = sorted(zip(built("defaults").sheet_pages(), numbers("defaults"), strict=True))
    assert [number for _, number in by_page] == numbers("defaults")


def test_a_city_may_have_only_some_parts() -> None:
    pdf = built("without sheets").pdf
    texts = [pdf.text(page) for page in range(len(pdf.labels))]
    assert any("該当はありません" in text for text in texts)
    assert not any("手段1" in text for text in texts)


class RestlessParts:
    """Parts whose contents have one page more whenever the first sheet is on an even one."""

    def __init__(self, made: Any) -> None:
        self._parts = maker(made)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parts, name)

    def contents(self, facts: Any, at: Any, at_part: Any) -> Section:
        made = self._parts.contents(facts, at, at_part)
        more = (page_break(), made.blocks[0]) if int(at(0, 0).label) % 2 == 0 else ()
        return replace(made, blocks=(*made.blocks, *more))


def test_numbers_that_do_not_settle_are_told_with_their_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publishing, "PartMaker", lambda made, forms: RestlessParts(made))
    out = io.BytesIO()
    config = BookletConfig.model_validate({"構成": ["目次", "本体"], "扉": False, "両面": False})
    report = Publisher(find_resources({}), config).write_pdf(ENTRIES[:1], out, BuildOptions())
    assert [(one.kind, one.place.sheet) for one in report.found] == [("page-numbers", "目次")]
    assert "定まりません" in report.found[0].message
    assert len(FinishedBook(out.getvalue()).labels) == len(report.pages)


def test_the_figures_of_the_published_sheets() -> None:
    out = io.BytesIO()
    config = BookletConfig.model_validate({"所属": SEED_UNITS, "構成": ["総括", "本体"]})
    edition, _ = gyomu_docs.read(R3)
    Publisher(find_resources({}), config).write_pdf(edition.entries, out, BuildOptions())
    pdf = FinishedBook(out.getvalue())
    first = [word.text for word in sorted(pdf.words[0], key=lambda word: (word.top, word.left))]
    for group in ("計画全体", "企画課"):
        start = first.index(group)
        assert first[start : start + 6] == [group, "4", "9.0", "1.0", "0.0", "92,717"]
    repeats = "".join(pdf.text(page) for page in range(len(pdf.labels)))
    for figure in ("1,027", "2,024", "93,714"):
        assert (figure in repeats) == (figure != "93,714")
