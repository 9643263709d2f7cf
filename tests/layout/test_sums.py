"""合計 and 件数: over groups, over nested paths, with a condition, and what they leave out."""

from __future__ import annotations

from typing import Any

import pytest

from gyomu_docs.errors import FormError
from gyomu_docs.layout import Resolver
from gyomu_docs.model import Activity, BudgetLine, CostRow
from tests.support.documents import first_grid, form, texts_of
from tests.support.sheets import sheet

PARK = CostRow(name="維持", settled={"R2": "40", "R元": "-"}, budget={"R3": "50"})
GREEN = CostRow(name="緑化", settled={"R2": "7"}, budget={"R3": "-"})
ACTIVITIES = (
    Activity(code="01", means="守る", mark="○", costs=(PARK, GREEN)),
    Activity(code="0101", mark="○", extras={"業務時間数": "1,200.5"}),
    Activity(code="0102", mark="×", extras={"業務時間数": "30時間"}),
    Activity(code="02", means="増やす", mark="-", costs=(PARK,)),
    Activity(code="0201", extras={"業務時間数": "-", "困難度": "A"}),
)


def row(*cells: str, each: str = "") -> str:
    columns = ", ".join("{name: 列, width: 20mm}" for _ in cells)
    return (
        f"- grid: 表\n  columns: [{columns}]\n  rows:\n"
        f"    - {f'each: {each}' if each else 'name: 行'}\n      cells: [{', '.join(cells)}]\n"
    )


def expr(source: str, more: str = "") -> str:
    return f'{{expr: "{source}", style: plain{more}}}'


def texts(*cells: str, each: str = "", **changes: Any) -> list[list[str]]:
    made = sheet(**{"activities": ACTIVITIES, **changes})
    return texts_of(first_grid(row(*cells, each=each), made))


def test_sums_of_each_group() -> None:
    assert texts(
        "{field: コード, style: plain}",
        expr("行政活動[0].手段"),
        expr("件数(行政活動)"),
        expr("合計(行政活動, '追加項目.業務時間数')", ", format: money"),
        expr("合計(事業費, '予算[年度]')"),
        expr("合計(事業費, '決算[年度-1]')"),
        each="業務グループ",
    ) == [["01", "守る", "3", "1,230.5", "50", "47"], ["02", "増やす", "2", "0", "50", "40"]]


def test_over_the_whole_sheet_money_that_is_shown_again_counts_once() -> None:
    assert texts(expr("合計(事業費, '予算[年度]')"), expr("件数(事業費)")) == [["50", "2"]]


def test_sums_of_each_year() -> None:
    blocks = row(expr("合計(事業費, '決算[年]')", ", years: 2")).replace(
        "name: 列,", "name: 列, years: 2,"
    )
    assert texts_of(first_grid(blocks, sheet(activities=ACTIVITIES))) == [["0", "47"]]


def test_only_rows_with_a_value_are_counted() -> None:
    assert texts(
        expr("件数(行政活動, '達成', '○')"),
        expr("件数(行政活動, '段階', '2')"),
        expr("件数(行政活動, '追加項目.困難度', 'A')"),
        expr("合計(行政活動, '追加項目.業務時間数', '達成', '○')"),
    ) == [["2", "3", "1", "1200.5"]]


def test_a_field_of_another_city_is_shown_in_its_row() -> None:
    cell = "{field: 追加項目.困難度, style: plain}"
    assert texts(cell, each="行政活動") == [[""], [""], [""], [""], ["A"]]
    grid = first_grid(row(cell, each="行政活動"), sheet(activities=ACTIVITIES))
    assert (grid.rows[4].record, grid.rows[4].cells[0].field) == ("行政活動[5]", "追加項目.困難度")


def test_what_is_no_number_is_told_once() -> None:
    odd = (Activity(code="01", extras={"業務時間数": "約100"}), Activity(code="02"))
    cell = expr("合計(行政活動, '追加項目.業務時間数')")
    resolver = Resolver(form(row(cell, cell)))
    for _ in range(2):  # of each sheet by itself
        _, found = resolver.resolve(sheet(activities=odd, purposes=()))
        sums = [one for one in found if one.kind == "not-counted"]
        assert [one.level for one in sums] == ["W"]
        assert "追加項目.業務時間数の値「約100」は数として読めない" in sums[0].message


@pytest.mark.parametrize("amount", ["", "-", "5", "1,000", "△3", "12.5"])
def test_numbers_and_signs_of_nothing_are_not_told(amount: str) -> None:
    made = sheet(budget=(BudgetLine(amount=amount),), activities=(), purposes=())
    _, found = Resolver(form(row(expr("合計(予算, '予算額')")))).resolve(made)
    assert "not-counted" not in {one.kind for one in found}


FAULTS = {
    "path": ("合計(予算, '予算学')", "「予算額」ではありませんか。"),
    "inner-path": ("合計(行政活動, '実績.R2')", "「R2」"),
    "no-year": ("合計(行政活動, '実績')", "実績[年度-1] のように年度を書いてください。"),
    "condition": ("件数(行政活動, '達成度', '○')", "「達成」ではありませんか。"),
    "second-condition": ("合計(予算, '予算額', '疑', '1')", "項目「疑」はありません。"),
    "no-list": ("合計(シート名, '予算額')", "合計: 「シート名」は並びではありません。"),
}


@pytest.mark.parametrize(("source", "message"), FAULTS.values(), ids=FAULTS)
def test_a_wrong_path_is_told_before_there_is_a_sheet(source: str, message: str) -> None:
    with pytest.raises(FormError) as caught:
        Resolver(form(row(expr(source))))
    assert message in caught.value.message
    assert caught.value.place.column == f"1 {source}"


@pytest.mark.parametrize(
    "source", ["合計('予算', '予算額')", "件数(総合計画.施策の方向, '一', '二')"]
)
def test_what_is_no_list_of_rows_is_an_error_when_computed(source: str) -> None:
    with pytest.raises(FormError, match="を計算できません"):
        texts(expr(source))
