from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from gyomu_docs.model import ValueKind, parse_value
from gyomu_docs.model.value import DASHES, is_dash
from tests.support.sheets import texts


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("0", "0", ""),
        ("3.0", "3.0", ""),
        ("1244", "1244", ""),
        ("1,355", "1355", ""),
        ("1,234,567.8", "1234567.8", ""),
        ("１２３", "123", ""),
        ("１，３５５．５", "1355.5", ""),
        ("0101", "101", ""),
        ("△5", "-5", ""),
        ("▲ 1,200", "-1200", ""),
        ("−0.5", "-0.5", ""),
        ("－3", "-3", ""),
        ("-3", "-3", ""),
        ("+2", "2", ""),
        ("12件", "12", "件"),
        ("1,027 千円", "1027", "千円"),
        ("1,200㎡", "1200", "㎡"),
        ("10　箇所", "10", "箇所"),
        ("3回/年", "3", "回/年"),
        (" 7 ", "7", ""),
        ("　7", "7", ""),
    ],
)
def test_numbers(text: str, number: str, unit: str) -> None:
    assert parse_value(text) == (text, ValueKind.NUMBER, Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "number"),
    [("53%", "53"), ("51.6%", "51.6"), ("１００％", "100"), ("55.0 %", "55.0"), ("△1.2%", "-1.2")],
)
def test_percentages(text: str, number: str) -> None:
    assert parse_value(text) == (text, ValueKind.PERCENT, Decimal(number), "%")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "実施",
            "随時",
            "○",
            "1,35",
            "1,3555",
            "12,34,567",
            "1234,567",
            ",5",
            "1.",
            ".5",
            "1.2.3",
        ),
        *("約53%", "5/10", "R2", "yes", "null", "~", "0x1F", "1_000", "1e3", "2021-04-01", "--"),
        *("①", "1-2", "3～5", "12 345", "一", "5以上の施設", "𠮷", "1\n2"),
    ],
)
def test_words(text: str) -> None:
    assert parse_value(text) == (text, ValueKind.WORDS, None, "")


@pytest.mark.parametrize("text", ["", " ", "　", "\n", "\t"])
def test_blank(text: str) -> None:
    assert parse_value(text) == (text, ValueKind.BLANK, None, "")


@pytest.mark.parametrize("text", [*sorted(DASHES), " - ", "　－"])
def test_a_lone_dash_of_any_kind_is_none(text: str) -> None:
    assert parse_value(text) == (text, ValueKind.NONE, None, "")


def test_blank_dash_and_zero_are_three_things() -> None:
    kinds = [parse_value(text).kind for text in ("", "-", "0")]
    assert kinds == [ValueKind.BLANK, ValueKind.NONE, ValueKind.NUMBER]


def test_a_dash_is_one_character() -> None:
    assert is_dash("―")
    assert not any(is_dash(text) for text in ("", "--", "- ", "一", "0"))


@given(texts())
def test_any_text_is_kept_and_only_numbers_have_a_number(text: str) -> None:
    value = parse_value(text)
    assert value.text == text
    numeric = value.kind in (ValueKind.NUMBER, ValueKind.PERCENT)
    assert (value.number is not None) == numeric
    assert numeric or not value.unit
