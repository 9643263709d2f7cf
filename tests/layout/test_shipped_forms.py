"""Every form that ships, with the published sheets and with the made-up one of previews."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from gyomu_docs import read
from gyomu_docs.layout.check import check_form
from gyomu_docs.layout.tree import Beside, Block, Cell, Document, Grid, Heading, PageBreak
from gyomu_docs.model import Sheet, parse_value
from gyomu_docs.preview import sample_sheet
from gyomu_docs.render import Renderer
from gyomu_docs.resources import find_resources
from gyomu_docs.units import mm, pt
from tests.support.documents import texts_of

RESOURCES = find_resources({})
EXAMPLES = Path(__file__).parents[2] / "examples" / "r3"
FORMS = RESOURCES.form_names()
every_form = pytest.mark.parametrize("name", FORMS)


@cache
def renderer(name: str) -> Renderer:
    return Renderer(RESOURCES, name)


@cache
def sheets() -> tuple[Sheet, ...]:
    """The four published sheets, and the made-up one."""
    return (*read(EXAMPLES)[0], sample_sheet(RESOURCES))


def document(name: str, sheet: Sheet) -> Document:
    return renderer(name).document(sheet)[0]


def grids(blocks: tuple[Block, ...]) -> Iterator[Grid]:
    for block in blocks:
        if isinstance(block, Grid):
            yield block
        elif isinstance(block, Beside):
            for column in block.columns:
                yield from grids(column.blocks)


def cells(made: Document) -> Iterator[Cell]:
    for grid in grids(made.sections[0].blocks):
        yield from (cell for row in grid.rows for cell in row.cells)


def grid(made: Document, name: str) -> Grid:
    return next(one for one in grids(made.sections[0].blocks) if one.name == name)


@every_form
def test_a_form_that_ships_has_no_fault(name: str) -> None:
    source = RESOURCES.form_source(name)
    assert check_form(source.text, source.file, RESOURCES.form_source) == []


@every_form
def test_all_sheets_are_set_without_a_warning(name: str, save_pdf: Callable[[bytes], Path]) -> None:
    for sheet in sheets():
        pdf, found = renderer(name).pdf(sheet)
        told = [one for one in found if one.kind != "no-extra"]  # of other cities' forms
        assert [str(one) for one in told if one.level != "I"] == []
        save_pdf(pdf)


@every_form
def test_the_label_of_a_total_is_not_spread(name: str) -> None:
    for cell in cells(document(name, sheets()[-1])):
        if cell.texts == ("合計",):
            assert cell.style.align == "center"


@every_form
def test_a_cell_is_never_without_padding_at_its_sides(name: str) -> None:
    # JLREQ asks for a quarter of an em at the least.
    for cell in cells(document(name, sheets()[-1])):
        if not cell.style.vertical:
            padding = cell.style.padding
            assert min(padding.left, padding.right) >= cell.style.size // 4, cell


def test_on_a3_the_text_has_the_size_of_official_papers() -> None:
    made = document("sheet-a3-landscape", sheets()[0])
    assert (made.sections[0].page.width, made.sections[0].page.height) == (mm(420), mm(297))
    shown = {cell.style.size for cell in cells(made) if cell.field}
    assert min(shown) == pt(10.5)


def test_on_a3_the_grids_fill_the_page() -> None:
    made = document("sheet-a3-landscape", sheets()[0])
    page = made.sections[0].page
    room = page.width - page.margins.left - page.margins.right
    assert 0 <= room - sum(grid(made, "行政活動").columns) < mm(0.5)


def test_portrait_is_bound_at_the_left_and_no_text_is_below_7_points() -> None:
    made = document("sheet-a4-portrait", sheets()[-1])
    page = made.sections[0].page
    assert (page.binding, page.margins.left, page.gutter) == ("left", mm(8) + mm(8), mm(8))
    assert page.width - page.margins.left - page.margins.right == pytest.approx(mm(186), abs=5)
    styles = {cell.style for cell in cells(made)} | {page.header.style, page.footer.style}
    assert min(min(one.size, one.floor) if one.shrink else one.size for one in styles) >= pt(7)


def test_in_the_mincho_form_only_headings_are_gothic() -> None:
    made = document("sheet-a4-landscape-mincho", sheets()[-1])
    plain = {cell.style.family for cell in cells(made) if cell.field and not cell.style.bold}
    heads = {cell.style.family for cell in cells(made) if cell.role == "column"}
    bold = {cell.style.family for cell in cells(made) if cell.style.bold}
    assert plain == {"BIZ UDMincho", "BIZ UDGothic"}  # 総合計画.名称 is a label
    assert heads == bold == {"BIZ UDGothic"}
    gothic = {cell.field for cell in cells(made) if cell.style.family == "BIZ UDGothic"}
    assert not gothic & {"指標", "備考", "実績[R2]", "予算額", "総括.本文"}


def test_the_two_tables_of_yokkaichi_stand_on_pages_of_their_own() -> None:
    blocks = document("yokkaichi-a4-landscape", sheets()[-1]).sections[0].blocks
    kinds = [
        block.name if isinstance(block, Grid) else type(block).__name__
        for block in blocks
        if isinstance(block, Grid | Heading | PageBreak)
    ]
    assert kinds == ["総合計画", "総括表", "PageBreak", "Heading", "基本表"]


def test_the_overview_of_yokkaichi_sums_activities_hours_and_money() -> None:
    rows = texts_of(grid(document("yokkaichi-a4-landscape", sheets()[-1]), "総括表"))[2:]
    assert rows[0] == [
        *("01", "公園を安全で快適な状態に保つ", "10", "3", "2", "3,540.5", "公園維持管理事業"),
        *("45,100", "45,980", "46,020", "47,300", "46,975", "48,200", "60,850"),
    ]
    assert rows[1][0] == "遊具安全対策事業"
    # 公園維持管理事業 stands under two codes and counts once.
    assert rows[-1] == [
        *("合計", "21", "8", "3", "5,630.5", ""),
        *("46,520", "49,878", "148,630", "1,214,085", "791,969", "1,266,200", "1,266,200"),
    ]


def test_the_overview_of_yokkaichi_invents_no_nought() -> None:
    rows = texts_of(grid(document("yokkaichi-a4-landscape", sheets()[0]), "総括表"))[2:]
    assert [rows[0][5], rows[0][-1]] == ["", ""]  # neither hours nor 事業費


def test_the_basic_table_of_yokkaichi_shows_the_fields_of_its_own() -> None:
    table = grid(document("yokkaichi-a4-landscape", sheets()[-1]), "基本表")
    rows = {row.label: row for row in table.rows}
    shown = {cell.field: cell.texts for cell in rows["0103"].cells}
    assert shown["追加項目.困難度"] == ("B",)
    assert shown["追加項目.業務時間数"] == ("1,480.5",)
    assert shown["追加項目.目標値"] == ("60件",)
    assert shown["追加項目.目標年度"] == ("R4",)


def test_the_made_up_sheet_fills_what_forms_show() -> None:
    made = sample_sheet(RESOURCES)
    values = [text for one in made.activities for text in one.results.values()]
    kinds = {str(parse_value(text).kind) for text in values}
    assert kinds == {"blank", "none", "number", "percent", "words"}
    assert "0" in values
    assert {one.level for one in made.activities} == {1, 2, 3}
    assert [made.department, made.notes, made.extras] != ["", (), {}]
    assert "架空" in made.title
