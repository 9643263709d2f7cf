"""Sections cut at our page breaks: the pages are those that typesetting makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hypothesis import given, settings

from gyomu_docs.layout.tree import (
    Beside,
    Block,
    Entry,
    EntryList,
    Fit,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Spacer,
)
from gyomu_docs.typeset.cutting import CutSection
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.units import mm, pt
from tests.support.documents import (
    any_grids,
    beside,
    cell,
    document,
    grid,
    heading,
    page_break,
    paragraph,
    row,
    section,
    spacer,
    style,
)
from tests.support.paging import FONTS, paginate


def cut(*blocks: Block, **page: object) -> CutSection:
    return Typesetter(FONTS).cut(section(*blocks, **page), lambda page: f"p{page}")


def outline(*blocks: Block, **page: object) -> list[str]:
    """The blocks of a cut section: page breaks by their anchors, rows of grids by their texts."""
    return [line for block in cut(*blocks, **page).section.blocks for line in _lines(block)]


def _lines(block: Block) -> Iterator[str]:
    match block:
        case PageBreak():
            yield f"== {block.anchor}"
        case Grid():
            yield "/".join(" ".join("".join(one.texts) for one in row.cells) for row in block.rows)
        case Heading() | Paragraph():
            yield block.text
        case Spacer():
            yield f"{block.height / 1000:g}pt"
        case EntryList():
            for one in block.entries:
                yield f"{'== ' if one.new_page else ''}{one.text}"
        case Beside():
            columns = (
                ",".join(line for inner in column.blocks for line in _lines(inner))
                for column in block.columns
            )
            yield " | ".join(columns)


def rows(*texts: str, height: float = 40, **more: object) -> Grid:
    return grid(*(row(text, height=height) for text in texts), **more)


def test_what_fits_on_a_page_stays_as_it_is() -> None:
    blocks = (heading("題"), spacer(5), grid("一", "二"), paragraph("注"))
    assert outline(*blocks) == ["題", "5pt", "一/二", "注"]


def test_a_grid_is_cut_where_its_pages_end_and_repeats_its_header() -> None:
    made = grid("頭 頭", *(row(text, text, height=40) for text in "一二三"), header=1)
    assert outline(made) == ["頭 頭/一 一/二 二", "== p1", "頭 頭/三 三"]


def test_each_piece_has_the_header_rows_that_repeat() -> None:
    blocks = cut(grid(row("頭"), *(row(text, height=40) for text in "一二三"), header=1))
    grids = [one for one in blocks.section.blocks if isinstance(one, Grid)]
    assert [one.header_rows for one in grids] == [1, 1]


def test_a_block_that_moves_starts_a_page() -> None:
    assert outline(rows("一", "二"), paragraph("あ" * 90)) == ["一/二", "== p1", "あ" * 90]
    assert outline(rows("一", "二"), heading("題"), rows("三")) == ["一/二", "== p1", "題", "三"]


def test_page_breaks_of_the_form_get_their_anchors() -> None:
    assert outline(page_break(), rows("一"), page_break(), rows("二")) == ["一", "== p1", "二"]


def test_spacers_are_as_high_as_there_is_room() -> None:
    assert outline(spacer(9), rows("一", "二"), spacer(90), rows("三")) == [
        "一/二",
        "20pt",
        "== p1",
        "三",
    ]


def test_what_is_taller_than_a_page_stays_whole_and_the_next_page_begins_as_ours() -> None:
    tall = row("あ" * 60, height=0)  # five to a line: twelve lines, on two pages
    assert outline(grid(tall, *(row(text, height=40) for text in "一二三"))) == [
        f"{'あ' * 60}/一/二",
        "== p2",
        "三",
    ]


def test_columns_move_as_a_whole_and_hold_no_page_breaks() -> None:
    both = beside((50, (rows("二", "三"),)), (50, (paragraph("四"),)))
    assert outline(rows("一"), both) == ["一", "== p1", "二/三 | 四"]
    tall = beside((50, (rows("一", "二", "三"),)), (50, (paragraph("四"),)))
    assert outline(tall, rows("五", "六")) == ["一/二/三 | 四", "五", "== p2", "六"]


def entries(*texts: str, **more: object) -> EntryList:
    made = tuple(Entry(text, (Reference("1", "a"),), style()) for text in texts)
    return EntryList("目次", "contents", made, **more)


def test_entries_name_the_pages_that_they_begin() -> None:
    found = outline(paragraph("題"), entries(*"一二三四五"), paragraph("注"), height=30)
    assert found == ["題", "一", "二", "== 三", "四", "五", "== p2", "注"]


def test_columns_of_entries_stand_beside_each_other_page_by_page() -> None:
    found = outline(entries(*"一二三四五六七", columns=2), height=20)
    assert found == ["一,二 | 三,四", "== p1", "五,六 | 七"]


def test_page_numbers_below_their_text_keep_their_lines() -> None:
    pages = tuple(Reference(label, "a") for label in ("1", "20", "300", "4"))
    made = EntryList(
        "索引", "index", (Entry("道路", pages, style()), Entry("橋", pages[:1], style()))
    )
    (found,) = cut(made, width=60).section.blocks
    assert isinstance(found, EntryList)
    assert [one.breaks for one in found.entries] == [(0, 2), ()]


def test_shrunk_texts_have_their_size() -> None:
    made = cut(grid(row(cell("あいうえおか", shrink=True, floor=5)))).section.blocks[0]
    assert isinstance(made, Grid)
    changed = made.rows[0].cells[0].style
    # 50 pt for six characters; Word counts in halves of a point.
    assert (changed.size, changed.leading, changed.shrink) == (pt(8), pt(10), False)


def test_a_fitted_section_is_cut_as_it_was_squeezed() -> None:
    tall = rows(*"一二三", height=35)
    made = cut(tall, fit=Fit(1, 800, 1000))
    assert made.pages == 1
    assert [one.kind for one in made.found] == ["fitted"]


def test_the_page_has_room_for_what_hosts_round() -> None:
    page = cut(rows("一")).section.page
    assert page.margins.bottom == pt(15)  # the footer takes 10 pt, 5 pt above the edge
    bare = section(rows("一"))
    bare = replace(bare, page=replace(bare.page, footer=replace(bare.page.footer, center=())))
    assert Typesetter(FONTS).cut(bare, str).section.page.margins.bottom == mm(5)


@settings(max_examples=60, deadline=None)
@given(any_grids())
def test_pages_and_records_are_those_of_typesetting(made: Grid) -> None:
    named = replace(
        made, rows=tuple(one._replace(record=f"r{n}") for n, one in enumerate(made.rows))
    )
    whole = section(paragraph("前"), named, paragraph("後"))
    paged = paginate(document(whole))
    found = Typesetter(FONTS).cut(whole, str)
    assert found.pages == len(paged.pages)
    assert found.records == paged.records


@settings(max_examples=60, deadline=None)
@given(any_grids())
def test_every_row_stands_once_and_no_text_is_lost(made: Grid) -> None:
    named = replace(
        made, rows=tuple(one._replace(record=f"r{n}") for n, one in enumerate(made.rows))
    )
    found = Typesetter(FONTS).cut(section(named), str)
    lines = [
        line
        for block in found.section.blocks
        if isinstance(block, Grid)
        for line in block.rows
        if line.record
    ]
    assert [line.record for line in lines] == [line.record for line in named.rows]
    assert second_column(lines) == second_column(named.rows)


def second_column(lines: Iterable[Row]) -> list[tuple[str, ...]]:
    return [one.texts for line in lines for one in line.cells if one.column == 1]
