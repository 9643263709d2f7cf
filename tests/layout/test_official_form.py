"""The official form `sheet-a4-landscape` with a whole sheet (DESIGN 7)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from pydantic import BaseModel

from gyomu_docs.layout import Resolver, load_form
from gyomu_docs.layout.texts import money
from gyomu_docs.layout.tree import Beside, Block, Document, Grid, Heading, Paragraph, Spacer
from gyomu_docs.model import BudgetLine, Sheet, TextsByYear
from tests.support.documents import texts_of
from tests.support.letters import assert_grid
from tests.support.sheets import sheet, sheets

FORM = Path(__file__).parents[2] / "layouts" / "sheet-a4-landscape.yaml"


@cache
def resolver() -> Resolver:
    return Resolver(load_form(FORM.read_text("utf-8"), str(FORM)))


def official(made: Sheet) -> Document:
    return resolver().resolve(made)[0]


def leaves(blocks: tuple[Block, ...]) -> list[Block]:
    """All blocks but spacers, those beside each other in order."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Beside):
            for column in block.columns:
                found += leaves(column.blocks)
        elif not isinstance(block, Spacer):
            found.append(block)
    return found


def grids(made: Sheet) -> dict[str, Grid]:
    blocks = leaves(official(made).sections[0].blocks)
    return {block.name: block for block in blocks if isinstance(block, Grid)}


def test_the_blocks_come_in_the_order_of_the_paper_form() -> None:
    names = [
        block.name if isinstance(block, Grid) else block.text
        for block in leaves(official(sheet()).sections[0].blocks)
        if isinstance(block, Grid | Heading | Paragraph)
    ]
    assert names == [
        *("業務棚卸表（総合計画施策説明表）", "見出し", "総合計画", "人工", "予算", "任務目的"),
        *("行政活動", "※ 満足度は市民意識調査による。", "総括", "今後の方針"),
    ]


def test_every_table_can_be_reached_by_a_bookmark() -> None:
    section = official(sheet()).sections[0]
    assert section.bookmark == "No.41 公園の管理"
    marked = [name for name, grid in grids(sheet()).items() if grid.bookmark]
    assert marked == ["総合計画", "人工", "予算", "任務目的", "行政活動", "総括", "今後の方針"]
    rows = [row.bookmark for row in grids(sheet())["行政活動"].rows if row.bookmark]
    assert rows == ["01 公園を安全に保つ", "02 緑を増やす"]


HEADS = {
    "見出し": """
        A B C D E F
        G H H H H H
        """,
    "総合計画": """
        A B C
        A D E
        A F G
        A F H
        """,
    "人工": """
        A B C D E
        A F G H I
        A J K L M
        """,
    "予算": """
        A B C D E
        """,
    "任務目的": """
        A B C C C C C D E F
        A B G H I J K D E F
        """,
    "行政活動": """
        A B C D D D D D E F G
        A B C H I J K L E F G
        """,
    "総括": """
        A
        B
        """,
    "今後の方針": """
        A
        B
        """,
}


@pytest.mark.parametrize(("name", "art"), HEADS.items(), ids=HEADS)
def test_the_look_of_each_table(name: str, art: str) -> None:
    assert_grid(grids(sheet())[name], art, rows=len(art.strip().splitlines()))


def test_the_budget_box_has_six_rows_and_a_total() -> None:
    made = grids(sheet())["予算"]
    assert_grid(
        made,
        """
        A B C D E
        F G H I J
        K L M N O
        P Q R S T
        U V W X Y
        Z a b c d
        e f g h i
        j j j j k
        """,
    )
    assert texts_of(made)[1:3] == [
        ["8", "4", "3", "公園維持管理事業", "48,200 千円"],
        ["", "", "", "緑化推進事業", "1,350 千円"],
    ]
    assert texts_of(made)[3] == [""] * 5
    assert texts_of(made)[-1] == ["合計", "49,550 千円"]


@pytest.mark.parametrize(
    ("amounts", "total"),
    [((), ""), (("", "-"), ""), (("", "0"), "0 千円"), (("5", "-", "-5"), "0 千円")],
)
def test_the_total_is_blank_where_no_line_has_an_amount(amounts: list[str], total: str) -> None:
    made = sheet(budget=tuple(BudgetLine(name="維持", amount=one) for one in amounts))
    assert texts_of(grids(made)["予算"])[-1] == ["合計", total]


@pytest.mark.parametrize(("lines", "rows"), [(0, 8), (6, 8), (7, 9), (80, 82)])
def test_the_budget_box_grows_with_its_lines(lines: int, rows: int) -> None:
    budget = tuple(BudgetLine(name=f"事業{i}", amount="1") for i in range(lines))
    made = grids(sheet(budget=budget))["予算"]
    assert len(made.rows) == rows
    assert made.rows[-2].keep_with_next
    assert texts_of(made)[-1][1] == (f"{lines} 千円" if lines else "")


def test_a_cost_row_follows_each_group_and_stays_with_it() -> None:
    made = grids(sheet())["行政活動"]
    assert [row.label for row in made.rows[2:]] == [
        *("01", "0101", "010101", "公園維持管理事業", "02", "0201", "緑化推進事業"),
    ]
    keeps = [row.keep_with_next for row in made.rows[2:]]
    assert keeps == [True, False, True, False, True, True, False]
    assert texts_of(made)[5] == [
        *("事業名", "公園維持管理事業", "年度別決算・予算額(千円)"),
        *("45,100", "45,980", "46,020", "47,300", "-", "48,200", ""),
    ]
    assert [cell.field for cell in made.rows[5].cells][3:9] == [
        *(f"決算[{year}]" for year in ("H28", "H29", "H30", "R元", "R2")),
        "予算[R3]",
    ]


def test_codes_step_in_by_their_level() -> None:
    made = grids(sheet())["行政活動"]
    styles = {row.label: row.cells[0].style for row in made.rows[2:]}
    assert styles["01"].indent < styles["0101"].indent < styles["010101"].indent
    assert styles["01"].bold
    assert not styles["0101"].bold


def test_staff_counts_stand_with_their_decimal_points_below_each_other() -> None:
    made = grids(sheet())
    staff = [cell.style.align for row in made["人工"].rows[1:] for cell in row.cells[1:]]
    assert staff == ["decimal"] * 6


def test_amounts_of_a_column_end_together() -> None:
    made = grids(sheet())
    assert {row.cells[4].style.align for row in made["予算"].rows[1:7]} == {"right"}
    costs = [cell.style.align for cell in made["行政活動"].rows[5].cells[3:9]]
    assert costs == ["right"] * 4 + ["center", "right"]


def test_headers_repeat_and_labels_head_their_cells() -> None:
    made = grids(sheet())
    assert {name: grid.header_rows for name, grid in made.items()} == {
        **{"見出し": 0, "総合計画": 0, "人工": 1, "予算": 1, "任務目的": 2, "行政活動": 2},
        **{"総括": 1, "今後の方針": 1},
    }
    assert {cell.role for row in made["行政活動"].rows[:2] for cell in row.cells} == {"column"}
    first = made["行政活動"].rows[2]
    assert [cell.role for cell in first.cells][:3] == ["row", "data", "data"]
    assert [made["総合計画"].rows[0].cells[i].role for i in (0, 1)] == ["row", "row"]


def test_labels_are_spread_over_their_cells() -> None:
    spread = {
        cell.texts[0]
        for grid in grids(sheet()).values()
        for row in grid.rows
        for cell in row.cells
        if cell.texts and cell.style.align == "spread"
    }
    assert {"任務目的", "指標", "目標", "達成", "備考", "基本目的", "年度", "所属"} <= spread
    assert "合計" not in spread


def test_the_plan_and_the_text_boxes_are_named_by_default() -> None:
    made = grids(sheet(plan={}, summary={}, outlook={}))
    assert made["総合計画"].rows[0].cells[0].texts == ("総合計画",)
    assert made["総合計画"].rows[0].cells[0].style.vertical
    assert made["総括"].rows[0].cells[0].texts == ("総括",)
    assert made["今後の方針"].rows[0].cells[0].texts == ("今後の方針",)


def test_the_printed_year_is_that_of_the_form_not_of_the_file() -> None:
    made = official(sheet(fiscal_year="令和元年度"))
    assert made.title == "業務棚卸表 令和元年度 シートNo.41 公園の管理"
    head = next(b for b in leaves(made.sections[0].blocks) if isinstance(b, Grid))
    assert head.rows[0].cells[1].texts == ("R元",)


# Property: the fields of a sheet and the cells that show a field are the same.

LISTS_IN_ONE_CELL = ("総括.本文", "今後の方針.本文")
DEFAULTS = {"総合計画.名称": "総合計画", "総括.見出し": "総括", "今後の方針.見出し": "今後の方針"}
"""What the form prints where the sheet leaves the field blank."""

Printed = tuple[str, tuple[str, ...]]
"""The path of a field and its texts."""


def printed(made: Sheet) -> list[Printed]:
    """Of each cell or note that shows a field, its path and texts."""
    shown: list[Printed] = []
    for block in leaves(official(made).sections[0].blocks):
        if isinstance(block, Paragraph):
            shown.append((block.field, (block.text,)))
        elif isinstance(block, Grid):
            shown += [
                (row.record if cell.field == "." else f"{row.record}.{cell.field}", cell.texts)
                for row in block.rows
                for cell in row.cells
                if cell.field
            ]
    return [(path.lstrip("."), texts) for path, texts in shown if any(texts)]


def fields(made: Sheet) -> list[Printed]:
    """Of each field of the sheet, its path and its texts as they should be printed."""
    found = [("年度", (made.fiscal_year.label(),)), *_fields(made, "", made.fiscal_year.year)]
    filled = [(path, texts if any(texts) else (DEFAULTS.get(path, ""),)) for path, texts in found]
    return [one for one in filled if any(one[1])]


def _fields(model: BaseModel, path: str, year: int) -> Iterator[Printed]:
    for attribute, info in type(model).model_fields.items():
        name = f"{path}.{info.alias}".lstrip(".")
        value = getattr(model, attribute)
        if isinstance(value, TextsByYear):
            yield from _by_year(value, name, year)
        elif isinstance(value, BaseModel):
            yield from _fields(value, name, year)
        elif name in LISTS_IN_ONE_CELL:
            yield name, value
        elif isinstance(value, tuple):
            for number, item in enumerate(value, 1):
                if isinstance(item, str):
                    yield f"{name}[{number}]", (item,)
                else:
                    yield from _fields(item, f"{name}[{number}]", year)
        elif isinstance(value, str):
            yield name, (money(value, " 千円") if info.alias == "予算額" else str(value),)


def _by_year(texts: TextsByYear, name: str, year: int) -> Iterator[Printed]:
    for one, text in texts.items():
        if one.year in years_of(name, year):
            shown = text if name.endswith("実績") else money(text, "")
            yield f"{name}[{one.label()}]", (shown,)


def years_of(name: str, year: int) -> range:
    """The fiscal years that the form has columns for."""
    return range(year, year + 1) if name.endswith("予算") else range(year - 5, year)


def test_every_text_of_a_sheet_is_printed_once() -> None:
    assert Counter(printed(sheet())) == Counter(fields(sheet()))


@settings(max_examples=60, deadline=None)
@given(sheets())
def test_nothing_is_lost_and_nothing_invented(made: Sheet) -> None:
    assert Counter(printed(made)) == Counter(fields(made))


@settings(max_examples=20, deadline=None)
@given(sheets())
def test_what_no_column_shows_is_reported(made: Sheet) -> None:
    _, found = resolver().resolve(made)
    by_year = [(purpose.results, "実績") for purpose in made.purposes]
    for activity in made.activities:
        by_year.append((activity.results, "実績"))
        for cost in activity.costs:
            by_year += [(cost.settled, "決算"), (cost.budget, "予算")]
    lost = [
        (name, year.year)
        for texts, name in by_year
        for year, text in texts.items()
        if text and year.year not in years_of(name, made.fiscal_year.year)
    ]
    years = [one for one in found if one.kind == "no-column"]
    told = [re.search(r"ほか(\d+)件", one.message) for one in years]
    assert sum(1 + int(more[1] if more else 0) for more in told) == len(lost)


@settings(max_examples=20, deadline=None)
@given(sheets())
def test_grids_are_whole_whatever_the_sheet(made: Sheet) -> None:
    for grid in grids(made).values():
        slots = [
            (line, column)
            for index, row in enumerate(grid.rows)
            for cell in row.cells
            for line in range(index, index + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        ]
        whole = [(row, col) for row in range(len(grid.rows)) for col in range(len(grid.columns))]
        assert sorted(slots) == whole
