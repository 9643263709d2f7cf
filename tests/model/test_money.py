from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from gyomu_docs.model import BudgetLine
from gyomu_docs.model.money import amount_value, format_amount, is_amount, normalize_amount
from tests.support.sheets import texts


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("1027", "1027"),
        ("1,027", "1027"),
        ("1,027 千円", "1027"),
        ("1,027千円", "1027"),
        ("１，０２７　　千円", "1027"),
        (" 48,200,000 ", "48200000"),
        ("0", "0"),
        ("0 千円", "0"),
        ("0.5", "0.5"),
        ("1,027.5", "1027.5"),
        ("△5", "-5"),
        ("▲ 1,200 千円", "-1200"),
        ("−5", "-5"),
        ("－５", "-5"),
        ("-5", "-5"),
        ("-", "-"),
        ("－", "-"),
        ("―", "-"),
        ("ー", "-"),
        ("- 千円", "-"),
        ("", ""),
        (" 　", ""),
        ("千円", ""),
        ("　千円", ""),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert normalize_amount(text) == normal
    assert is_amount(normal)


@pytest.mark.parametrize(
    "text",
    [
        "未定",
        "1,35",
        "1,3555",
        "１２３４，５６７",
        "1,027円",
        "約100",
        "--",
        "a\nb",
        "1.2.3",
    ],
)
def test_what_is_no_amount_is_kept_to_the_letter(text: str) -> None:
    assert normalize_amount(text) == text
    assert not is_amount(text)


@given(texts())
def test_the_normal_form_is_stable(text: str) -> None:
    normal = normalize_amount(text)
    assert normalize_amount(normal) == normal


@pytest.mark.parametrize(
    ("text", "value"),
    [("1027", 1027), ("-5", -5), ("0", 0), ("", None), ("-", None), ("未定", None), ("1,35", None)],
)
def test_value(text: str, value: int | None) -> None:
    assert amount_value(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("1027", "1,027"),
        ("48200000", "48,200,000"),
        ("999", "999"),
        ("-1200", "△1,200"),
        ("0", "0"),
        ("0.5", "0.5"),
        ("-", "-"),
        ("", ""),
        ("未定", "未定"),
    ],
)
def test_printed_form(text: str, printed: str) -> None:
    assert format_amount(text) == printed
    assert normalize_amount(printed) == text


@pytest.mark.parametrize("given", ["1,027 千円", 1027, "１０２７"])
def test_a_budget_line_holds_the_normal_form(given: object) -> None:
    assert BudgetLine(amount=given).amount == "1027"
