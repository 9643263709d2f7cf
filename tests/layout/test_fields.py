"""Paths of a form: what they lead to, for which year, and where a value is read back to."""

from __future__ import annotations

from typing import Any

import pytest

from gyomu_docs.layout.fields import Group, ListOf, PathError, PathReader, Use
from gyomu_docs.model import Activity, BudgetLine, CostRow, FiscalYear, Sheet
from tests.support.sheets import sheet

R3 = FiscalYear.parse("R3")


def read(path: str, *values: Any, year: FiscalYear | None = None) -> Any:
    """What a path gets from the values around it."""
    return PathReader(R3).read(path, tuple(map(type, values)), year).get(values)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("シート名", "公園の管理"),
        ("シートNo", "41"),
        ("総合計画.基本目的", "III 自然と調和した快適なまち"),
        ("人工.このシート.会計年度任用", "1.5"),
        ("今後の方針.見出し", "今後の方針"),
    ],
)
def test_a_path_follows_the_keys_of_the_sheet_file(path: str, text: str) -> None:
    assert read(path, sheet()) == text


def test_a_name_is_looked_up_from_the_innermost_item_outwards() -> None:
    activity = sheet().activities[1]
    assert read("指標", sheet(), activity) == ""
    assert read("コード", sheet(), activity) == "0101"
    assert read("シート名", sheet(), activity) == "公園の管理"


def test_extra_fields_are_read_by_their_names() -> None:
    activity = sheet().activities[1]
    assert read("追加項目.困難度", sheet(), activity) == "B"
    assert read("追加項目.知らない項目", sheet(), activity) == ""


@pytest.mark.parametrize(
    ("path", "text"),
    [("実績[年度-1]", "0"), ("実績[年度-3]", "0"), ("実績[年度]", ""), ("実績[年]", "1")],
)
def test_years_count_from_the_sheets_own(path: str, text: str) -> None:
    assert read(path, sheet(), sheet().activities[0], year=R3 - 2) == text


def test_a_year_can_be_shown_itself() -> None:
    assert read("年度-1", sheet()) == FiscalYear.parse("R2")
    assert read("年度+1", sheet()) == FiscalYear.parse("R4")
    assert read("年", sheet(), year=R3 - 5) == FiscalYear.parse("H28")
    assert read("年度", sheet()) == R3


def test_list_items_know_their_path() -> None:
    items = read("予算", sheet())
    assert [item.record for item in items] == ["予算[1]", "予算[2]"]
    assert items[1].value.name == "緑化推進事業"


def test_groups_hold_their_activities_and_costs_with_records_of_the_sheet() -> None:
    first, second = (item.value for item in read("業務グループ", sheet()))
    assert [item.record for item in first.activities] == [f"行政活動[{i}]" for i in (1, 2, 3)]
    assert [item.record for item in second.activities] == ["行政活動[4]", "行政活動[5]"]
    assert [item.record for item in second.costs] == ["行政活動[4].事業費[1]"]
    assert read("コード", sheet(), second) == "02"


@pytest.mark.parametrize(
    ("path", "scope", "name"),
    [
        ("総合計画.基本目的", (Sheet,), "総合計画.基本目的"),
        ("実績[年度-2]", (Sheet, Activity), "実績[R元]"),
        ("実績[年]", (Sheet, Activity), "実績[H28]"),
        ("予算[年度]", (Sheet, CostRow), "予算[R3]"),
        ("追加項目.困難度", (Sheet, Activity), "追加項目.困難度"),
        (".", (Sheet, str), "."),
        ("段階", (Sheet, Activity), ""),
        ("シート名", (Sheet, Activity), ""),
        ("総合計画.基本目的", (Sheet, Activity), ""),
        ("実績[年度-1]", (Sheet, Activity, CostRow), ""),
        ("コード", (Sheet, Group), ""),
        ("コード", (Sheet, Group, CostRow), ""),
        ("年度-1", (Sheet,), ""),
    ],
)
def test_the_field_that_a_path_is(path: str, scope: tuple[Any, ...], name: str) -> None:
    assert PathReader(R3).read(path, scope, R3 - 5).name == name


def test_types_of_lists() -> None:
    reader = PathReader(R3)
    assert reader.read("予算", (Sheet,)).type == ListOf(BudgetLine)
    assert reader.read("総合計画.施策の方向", (Sheet,)).type == ListOf(str)


def test_what_a_form_shows_is_noted_with_what_it_is_of() -> None:
    reader = PathReader(R3)
    reader.show(reader.read("実績[年度-1]", (Sheet, Activity)))
    reader.show(reader.read("決算[年]", (Sheet, CostRow), R3 - 5))
    reader.show(reader.read("総合計画.基本目的", (Sheet, Activity)))
    reader.show(reader.read("追加項目.困難度", (Sheet, Activity)))
    reader.read("所属", (Sheet,))
    assert reader.shown == {
        Use(Activity, ("実績",), 2020),
        Use(CostRow, ("決算",), 2016),
        Use(Sheet, ("総合計画", "基本目的")),
        Use(Activity, ("追加項目", "困難度")),
    }


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "「」は項目の名前として読めません。"),
        ("総合計画.", "「」は項目の名前として読めません。"),
        ("シート銘", "項目「シート銘」はありません。「シート名」ではありませんか。"),
        ("総合計画.基本", "項目「基本」はありません。「基本目的」ではありませんか。"),
        ("シート名.長さ", "項目「長さ」はありません。使える名前: なし"),
        ("予算.事業名", "項目「事業名」はありません。使える名前: なし"),
        ("シート名[年度]", "「シート名」は年度ごとの値ではありません。"),
        ("予算[1]", "[1] は年度として読めません（[年度-1] のように書きます）。"),
        ("予算[年]", "[年] は年度として読めません（[年度-1] のように書きます）。"),
        ("__class__", "項目「__class__」はありません。"),
        ("title", "項目「title」はありません。"),
    ],
)
def test_a_wrong_path_is_refused(path: str, message: str) -> None:
    with pytest.raises(PathError) as caught:
        PathReader(R3).read(path, (Sheet,))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("行政活動", "「行政活動」は並びです。each で繰り返してください。"),
        ("人工", "「人工」は一つの値ではありません。中の項目（このシート、すべてのシート）を"),
        ("追加項目", "「追加項目」は一つの値ではありません。中の項目を"),
    ],
)
def test_a_text_must_be_one_text(path: str, message: str) -> None:
    with pytest.raises(PathError) as caught:
        PathReader(R3).read_text(path, (Sheet,))
    assert str(caught.value).startswith(message)


def test_results_need_a_year() -> None:
    with pytest.raises(PathError, match=r"実績\[年度-1\] のように年度を書いてください"):
        PathReader(R3).read_text("実績", (Sheet, Activity))
