"""The empty sheet: rows to fill in, each with its record, in any form."""

from __future__ import annotations

from gyomu_docs.model import FiscalYear, blank_sheet
from gyomu_docs.render import Renderer
from gyomu_docs.resources import find_resources
from tests.support.documents import first_grid

YEAR = FiscalYear.parse("R4")


def test_a_blank_sheet_says_nothing_but_its_year() -> None:
    sheet = blank_sheet(YEAR)
    assert sheet.fiscal_year == YEAR
    assert (sheet.number, sheet.title, sheet.department, sheet.label) == ("", "", "", "No.")
    assert {activity.code for activity in sheet.activities} == {""}
    assert len(sheet.activities) == 20


def test_every_row_knows_its_record_and_every_cell_its_field() -> None:
    made = first_grid(
        """
        - grid: 行政活動
          columns: [{name: コード, width: 20mm}, {name: 手段, width: 50mm}]
          rows:
            - each: 業務グループ
              rows:
                - each: 行政活動
                  by: 段階
                  cells:
                    - {field: コード, style: {"1": number, "2": plain}}
                    - {field: 手段, style: plain}
        """,
        blank_sheet(YEAR),
    )
    assert [row.record for row in made.rows] == [f"行政活動[{n}]" for n in range(1, 21)]
    assert {tuple(cell.field for cell in row.cells) for row in made.rows} == {("コード", "手段")}
    assert {cell.texts for row in made.rows for cell in row.cells} == {()}
    # Rows without a code look like those of 4 digits.
    assert {row.cells[0].style.name for row in made.rows} == {"plain"}


def test_the_official_form_takes_it() -> None:
    document, left_out = Renderer(find_resources({})).document(blank_sheet(YEAR))
    assert left_out == []
    assert document.title.startswith("業務棚卸表 令和4年度")
