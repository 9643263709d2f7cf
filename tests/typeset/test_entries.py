"""Contents and index: lines, leaders and page numbers by arithmetic; links and structure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gyomu_docs.layout.tree import Document, Entry, EntryList, Furniture, Reference, Section
from gyomu_docs.typeset.pages import PagedDocument
from gyomu_docs.typeset.paginate import Typesetter
from tests.support.documents import document, section, style
from tests.support.paged import FONTS as REAL_FONTS
from tests.support.paged import to_bytes
from tests.support.paging import content, paginate, rows

SavePdf = Callable[[bytes], Path]


def entry(text: str, *labels: str, **changes: object) -> Entry:
    return Entry(text, tuple(Reference(label, f"p{label}") for label in labels), style(**changes))


def listed(
    *entries: Entry, width: float = 100, height: float = 100, **more: object
) -> PagedDocument:
    block = EntryList("目次", more.pop("kind", "contents"), entries, **more)
    return paginate(document(block, width=width, height=height))


def pages_of(paged: PagedDocument) -> list[list[str]]:
    return [rows(page) for page in paged.pages]


def real(made: Section) -> Section:
    """The section with heads in a font that is there."""
    none = Furniture((), (), (), style(family="BIZ UDGothic"))
    return replace(made, page=replace(made.page, header=none, footer=none))


def leaders(paged: PagedDocument, page: int = 0) -> list[tuple[str, int]]:
    runs = [run for one in paged.pages[page].artifacts if one.kind == "leader" for run in one.runs]
    return [(run.text, run.x) for run in runs]


def test_a_text_to_the_left_a_number_to_the_right_and_a_leader_between() -> None:
    paged = listed(entry("目次", "12"), entry("総括表", "3"))
    assert pages_of(paged) == [["目次 12", "総括表 3"]]
    # 20 pt margin; 目次 ends at 40 pt, 12 starts at 110 pt, half an em is left on both sides.
    assert leaders(paged) == [("…" * 6, 45_000), ("…" * 5, 60_000)]


def test_a_long_text_breaks_before_the_room_of_its_number() -> None:
    paged = listed(entry("一二三四五六七八九十", "12"))
    assert pages_of(paged) == [["一二三四五六七八", "九十 12"]]
    assert leaders(paged) == [("…" * 6, 45_000)]


def test_many_numbers_stand_below_the_text_moved_in_by_an_em() -> None:
    paged = listed(entry("道路", "1", "20", "300", "4"), kind="index", width=60)
    assert pages_of(paged) == [["道路", "1、 20、", "300、 4"]]
    assert [link.x for link in paged.pages[0].links] == [30_000, 45_000, 30_000, 55_000]
    assert leaders(paged) == []


def test_pages_in_a_row_are_one_reference_to_the_first() -> None:
    one = Entry("道路", (Reference("3", "p3", "5", "p5"), Reference("9", "p9")), style())
    paged = listed(one, kind="index")
    assert pages_of(paged) == [["道路 3–5、 9"]]
    first, second = paged.pages[0].links
    assert (first.target, first.text) == ("p3", "道路 3–5ページ")
    assert (second.target, second.text) == ("p9", "道路 9ページ")


def test_entries_fill_one_column_after_the_other() -> None:
    entries = [entry(char, "1") for char in "一二三四五六七"]
    paged = listed(*entries, width=110, height=30, columns=2, gap=10_000)
    assert pages_of(paged) == [["一 1 四 1", "二 1 五 1", "三 1 六 1"], ["七 1"]]


def test_a_heading_goes_with_the_entry_after_it() -> None:
    entries = [entry("一", "1"), entry("二", "1"), entry("あ"), entry("三", "1")]
    paged = listed(*entries, height=30)
    assert pages_of(paged) == [["一 1", "二 1"], ["あ", "三 1"]]


def group(text: str, level: int, *members: str) -> list[Entry]:
    """A heading and what is below it."""
    return [entry(text, "1")._replace(level=level), *(entry(one, "1") for one in members)]


def test_a_group_goes_on_under_its_headings() -> None:
    entries = [*group("部", 1), *group("甲", 2, *"一二三四五六"), *group("乙", 2, "七")]
    paged = listed(*entries, height=60, continued="（続き）")
    assert pages_of(paged) == [
        ["部 1", "甲 1", "一 1", "二 1", "三 1", "四 1"],
        ["*部（続き）", "*甲（続き）", "五 1", "六 1", "乙 1", "七 1"],
    ]
    # A reader has had the headings before.
    assert content(paged.pages[1])[:2] == ["五", "1"]


def test_headings_are_not_repeated_where_nothing_says_how() -> None:
    paged = listed(*group("部", 1, *"一二三四五"), height=40)
    assert pages_of(paged)[1] == ["四 1", "五 1"]


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("contents", ["TOC", "TOCI", "P", "TOCI", "Link"]),
        ("index", ["Index", "P", "L", "LI", "LBody", "Link"]),
    ],
)
def test_a_reader_gets_the_structure_of_a_list(kind: str, kinds: list[str]) -> None:
    paged = listed(entry("あ"), entry("青空", "7"), kind=kind)
    assert [element.kind for element in paged.elements[2:]] == kinds
    assert content(paged.pages[0]) == ["あ", "青空", "7"]


def test_each_number_of_an_index_is_a_link_and_each_line_of_contents_one() -> None:
    paged = listed(entry("道", "1", "2"), kind="index")
    first, second = paged.pages[0].links
    assert (first.target, first.x, first.width) == ("p1", 100_000, 15_000)
    assert (second.target, second.x, second.width) == ("p2", 115_000, 5_000)
    (link,) = listed(entry("道", "1")).pages[0].links
    assert (link.x, link.y, link.width, link.height) == (20_000, 20_000, 100_000, 10_000)
    assert link.text == "道 1ページ"


def test_contents_and_index_comply(save_pdf: SavePdf) -> None:
    entries = [entry("あ", family="BIZ UDGothic"), entry("青空", "7", "8", family="BIZ UDGothic")]
    blocks = [
        EntryList("目次", "contents", tuple(entries)),
        EntryList("索引", "index", tuple(entries)),
    ]
    sections = [replace(section(*blocks), anchor="p7"), replace(section(), anchor="p8")]
    made = Document("試験", tuple(real(one) for one in sections))
    paged, _ = Typesetter(REAL_FONTS).paginate(made)
    save_pdf(to_bytes(paged))
