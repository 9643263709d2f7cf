"""A form and a sheet to a document: blocks, head and foot, notes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from gyomu_docs.layout import Resolver, load_form
from gyomu_docs.layout.tree import (
    Attachment,
    Beside,
    Document,
    Furniture,
    Grid,
    Heading,
    PageNumber,
    Paragraph,
    Piece,
    Spacer,
)
from gyomu_docs.model import FiscalYear, TextBox
from gyomu_docs.units import mm
from tests.support.documents import form, form_text, resolve
from tests.support.sheets import sheet


def test_a_sheet_is_one_section_with_head_and_foot() -> None:
    (section,) = resolve("- spacer: 1mm", sheet()).sections
    assert section.title == "No.41 公園の管理"
    page = section.page
    assert (page.width, page.height, page.margins) == (841_890, 595_276, (42_520,) * 4)
    assert isinstance(page.header, Furniture)
    assert page.header.left == ("公園の管理",)
    assert page.footer.center == (PageNumber("page"), " / ", PageNumber("pages"))
    assert (page.header_distance, page.footer_distance) == (mm(5), mm(5))


def test_blocks_come_in_the_order_of_the_form() -> None:
    made = resolve(
        """
        - {heading: "{シート名}", level: 2, style: plain, bookmark: "しおり {シートNo}"}
        - spacer: 2mm
        - beside:
            - {width: 100mm, blocks: [{paragraph: 左, style: plain}]}
            - {width: 100mm, blocks: []}
          gap: 5mm
        - {field: 所属, style: plain}
        """,
        sheet(),
    )
    title, space, beside, department = made.sections[0].blocks
    assert isinstance(title, Heading)
    assert (title.level, title.text, title.bookmark) == (2, "公園の管理", "しおり 41")
    assert space == Spacer(mm(2))
    assert isinstance(beside, Beside)
    assert (beside.gap, [column.width for column in beside.columns]) == (mm(5), [mm(100)] * 2)
    assert [block.text for block in beside.columns[0].blocks if isinstance(block, Paragraph)] == [
        "左"
    ]
    assert isinstance(department, Paragraph)
    assert (department.text, department.field) == ("都市建設部 緑のまち推進課", "所属")


@pytest.mark.parametrize(
    ("field", "texts", "fields"),
    [
        ("注記", ["一", "", "三"], ["注記[1]", "注記[2]", "注記[3]"]),
        ("総括.本文", ["甲", "乙"], ["総括.本文[1]", "総括.本文[2]"]),
        ("総括.見出し", [], []),
    ],
)
def test_a_field_outside_of_grids_is_one_paragraph_an_item(
    field: str, texts: list[str], fields: list[str]
) -> None:
    made = sheet(notes=("一", "", "三"), summary=TextBox(paragraphs=("甲", "乙")))
    blocks = resolve(f"- {{field: {field}, style: plain}}", made).sections[0].blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == texts
    assert [block.field for block in blocks if isinstance(block, Paragraph)] == fields


def test_title_author_date_and_attachments() -> None:
    data = Attachment("041.yaml", "application/yaml", b"x")
    made, _ = Resolver(form("- spacer: 1mm")).resolve(sheet(), [data], "2021-04-01T00:00:00+09:00")
    assert (made.title, made.author, made.subject) == ("公園の管理", "", "")
    assert made.date == "2021-04-01T00:00:00+09:00"
    assert made.attachments == (data,)


ONE_TABLE = """
- grid: 表
  columns: [{name: 手段, width: 20mm}, {name: "{年}", width: 20mm, years: 3}]
  rows:
    - each: 行政活動
      cells:
        - {field: 手段, style: plain}
        - {field: "実績[年]", style: plain, years: 3}
"""


def test_one_form_serves_sheets_of_any_year() -> None:
    resolver = Resolver(form(ONE_TABLE))
    years = ["R3", "H30", "R3"]
    made = [resolver.resolve(sheet(fiscal_year=year))[0] for year in years]
    grids = [document.sections[0].blocks[0] for document in made]
    names = [grid.column_names[3] for grid in grids if isinstance(grid, Grid)]
    assert names == ["R2", "H29", "R2"]


def test_equal_input_makes_equal_documents() -> None:
    resolver = Resolver(form(ONE_TABLE))
    first, second = resolver.resolve(sheet())[0], Resolver(form(ONE_TABLE)).resolve(sheet())[0]
    assert first == second
    assert hash(first) == hash(second)
    assert first != resolver.resolve(sheet(title="別"))[0]


def test_a_document_does_not_change() -> None:
    made = resolve(ONE_TABLE, sheet())
    assert isinstance(made, Document)
    with pytest.raises(AttributeError):
        made.title = "別"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        made.sections[0].page.width = 1  # type: ignore[misc]
    grid = made.sections[0].blocks[0]
    assert isinstance(grid, Grid)
    with pytest.raises(AttributeError):
        grid.rows[0].cells[0].texts = ()  # type: ignore[misc]


def test_cells_that_look_alike_share_their_style() -> None:
    made = resolve(ONE_TABLE, sheet())
    grid = made.sections[0].blocks[0]
    assert isinstance(grid, Grid)
    assert len({id(cell.style) for row in grid.rows for cell in row.cells}) == 1


def test_forms_of_the_project_name_themselves() -> None:
    for path in (Path(__file__).parents[2] / "layouts").glob("*.yaml"):
        assert f"\nform: {path.stem}\n" in f"\n{path.read_text('utf-8')}"


class Book(BaseModel):
    title: str = Field(alias="題")
    place: str = Field(alias="目印")


class Shelf(BaseModel):
    """A model that is no sheet: what a part of a booklet shows."""

    model_config = ConfigDict(populate_by_name=True)

    name: str = Field(alias="名称")
    books: tuple[Book, ...] = Field(alias="本")


def test_a_form_can_be_filled_from_another_model_and_its_cells_lead_somewhere() -> None:
    blocks = """
        - heading: "{名称}"
          style: plain
        - grid: 本
          columns: [{name: 題, width: 50mm}]
          rows:
            - each: 本
              cells: [{field: 題, style: plain, link: "{目印}"}]
    """
    text = form_text(blocks).replace("{シート名}", "{名称}").replace("No.{シートNo} ", "")
    resolver = Resolver(load_form(text, "shelf.yaml"), Shelf)
    shelf = Shelf(名称="棚", 本=({"題": "一", "目印": "p1"}, {"題": "二", "目印": "p2"}))
    section = resolver.section(shelf, FiscalYear(2021))
    heading, grid = section.blocks
    assert section.title == heading.text == "棚"
    assert [(row.cells[0].texts, row.cells[0].link) for row in grid.rows] == [
        (("一",), "p1"),
        (("二",), "p2"),
    ]


def test_texts_outside_of_grids_say_their_pieces_and_their_numbers() -> None:
    blocks = """
    - {heading: "{シート名} の概要", style: plain}
    - {paragraph: "{年度-1}年度の担当: {所属}", style: plain}
    - {field: 注記, style: plain}
    - {paragraph: 以上, style: plain}
    """
    made = resolve(blocks, sheet(notes=("一", "二"))).sections[0].blocks
    heading, text, *notes, last = made
    assert isinstance(heading, Heading)
    assert heading.pieces == (Piece("公園の管理", "シート名"), Piece(" の概要"))
    assert isinstance(text, Paragraph)
    assert text.pieces == (
        Piece("R2"),
        Piece("年度の担当: "),
        Piece("都市建設部 緑のまち推進課", "所属"),
    )
    assert "".join(piece.text for piece in text.pieces) == text.text
    assert [one.number for one in (heading, text, *notes, last)] == [0, 1, 2, 2, 3]  # type: ignore[union-attr]
    assert last.pieces == ()  # type: ignore[union-attr]
