"""Expressions of a form: what they compute, and that they cannot leave their sandbox."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gyomu_docs.layout.expressions import compile_expression
from gyomu_docs.layout.fields import PathError, PathReader
from gyomu_docs.layout.sums import Sums
from gyomu_docs.model import BudgetLine, FiscalYear
from tests.support.sheets import sheet


def evaluate(source: str, *inner: Any, **changes: Any) -> Any:
    values = (sheet(**changes), *inner)
    return compile_expression(source, tuple(map(type, values)), sums())(values)


def sums() -> Sums:
    return Sums(PathReader(FiscalYear(2021)))


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("合計(予算, '予算額')", Decimal(49550)),
        ("件数(予算)", 2),
        ("シート名 ~ '（' ~ 所属 ~ '）'", "公園の管理（都市建設部 緑のまち推進課）"),
        ("予算[0].事業名", "公園維持管理事業"),
        ("予算[0]['事業名']", "公園維持管理事業"),
        ("総合計画.施策の方向|join('、')", "III-12 公園を整える、III-12 緑を増やす"),
        ("人工.このシート.正規|float + 1", 4.0),
        ("'有' if 注記 else '無'", "有"),
        ("年度.label('long')", "令和3年度"),
        ("行政活動[0].実績.at(2016)", "2"),
        ("行政活動[1].追加項目.困難度", "B"),
        ("件数(予算) * 2 % 3", 1),
        ("none", ""),
        ("'<' ~ シートNo ~ '&'", "<41&"),
        ("2.5|round", Decimal(3)),
        ("'-0.125'|float|round(2)", Decimal("-0.13")),
    ],
)
def test_expressions_compute_over_the_keys_of_the_file(source: str, value: Any) -> None:
    assert evaluate(source) == value


def test_the_total_leaves_out_what_is_no_amount() -> None:
    amounts = ["1000", "", "-", "未定", "-300", "0.5"]
    budget = tuple(BudgetLine(amount=amount) for amount in amounts)
    assert evaluate("合計(予算, '予算額')", budget=budget) == Decimal("700.5")


def test_the_total_of_nothing_is_nought() -> None:
    assert evaluate("合計(予算, '予算額')", budget=()) == 0


def test_names_are_looked_up_from_the_innermost_item() -> None:
    assert evaluate("コード ~ シート名", sheet().activities[3]) == "02公園の管理"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("合計(予算,", "を読み取れません"),
        ("1 }} {{ 2", "を読み取れません"),
        ("予算|center(1000000000)", "を読み取れません（No filter named 'center'."),
        ("range(1000000000)", "項目「range」はありません。"),
        ("シート銘", "項目「シート銘」はありません。「シート名」ではありませんか。"),
        ("'a'|replace('a', 'aa')", "を読み取れません（No filter named 'replace'."),
        (f"{'(' * 5000}1", "を読み取れません"),
        ("+".join(["シート名"] * 500), "を読み取れません"),
        ("lipsum()", "項目「lipsum」はありません。"),
    ],
)
def test_a_wrong_expression_is_refused_when_it_is_compiled(source: str, message: str) -> None:
    with pytest.raises(PathError) as caught:
        compile_expression(source, (type(sheet()),), sums())
    assert message in str(caught.value)


ESCAPES = [
    "''.__class__",
    "''.__class__.__mro__[1].__subclasses__()",
    "合計.__globals__",
    "合計(予算, '_value')",
    "合計(予算, '__class__')",
    "予算[0]._value",
    "予算[0].__init__",
    "''.join(['a'])",
    "'{0.__class__}'.format(1)",
    "'%s' % シート名",
    "'長' * 1000000000",
    "[1] * 1000000000",
    "9 ** 9 ** 9",
    "予算.append(1)",
    "'長い'|join('長い')",
    "1|round(999999999)",
]


@pytest.mark.parametrize("source", ESCAPES)
def test_the_sandbox_holds(source: str) -> None:
    with pytest.raises(PathError, match="を計算できません|項目「__?[a-z_]+」はありません"):
        evaluate(source)


@pytest.mark.parametrize(
    "source", ["予算", "予算[0]", "予算[0].事業銘", "予算[9].事業名", "シート名 == '公園'", "1 / 0"]
)
def test_what_is_no_text_and_no_number_is_an_error(source: str) -> None:
    with pytest.raises(PathError, match="を計算できません"):
        evaluate(source)


def test_the_message_names_what_is_not_there() -> None:
    with pytest.raises(PathError, match="事業銘"):
        evaluate("予算[0].事業銘")
