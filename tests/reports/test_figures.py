"""Differences of figures, and texts as numbers of a spreadsheet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gyomu_docs.reports.figures import difference, figure, in_words


@pytest.mark.parametrize(
    ("old", "new", "unit", "words"),
    [
        ("950", "1027", "千円", "+77 千円（+8.1%）"),
        ("21000", "11198", "千円", "△9,802 千円（△46.7%）"),
        ("0", "50", "千円", "+50 千円"),
        ("-50", "50", "千円", "+100 千円（+200.0%）"),
        ("△100", "50", "千円", "+150 千円（+150.0%）"),
        ("10", "48200", "千円", "+48,190 千円"),
        ("2.5", "2.0", "人", "△0.5 人（△20.0%）"),
        ("58.2%", "51.6%", "", "△6.6ポイント"),
        ("12件", "15件", "", "+3 件（+25.0%）"),
        ("1,200", "１，２００", "", "±0（±0.0%）"),
    ],
)
def test_a_difference_in_words(old: str, new: str, unit: str, words: str) -> None:
    found = difference(old, new, unit)

    assert found is not None
    assert in_words(found) == words


@pytest.mark.parametrize(
    ("old", "new", "unit"),
    [("-", "1", ""), ("", "1", ""), ("随時", "1", ""), ("12件", "12人", ""), ("-", "5", "千円")],
)
def test_no_difference_of_what_is_no_figure(old: str, new: str, unit: str) -> None:
    assert difference(old, new, unit) is None


@pytest.mark.parametrize(
    ("text", "number", "unit", "shown"),
    [
        ("1027", "1027", "", "0"),
        ("1,027", "1027", "", "#,##0"),
        ("63.20%", "63.20", "%", "0.00"),
        ("△5", "-5", "", "0"),
        ("12件", "12", "件", "0"),
        ("0", "0", "", "0"),
    ],
)
def test_a_number_of_a_spreadsheet(text: str, number: str, unit: str, shown: str) -> None:
    assert figure(text) == (Decimal(number), unit, shown)


@pytest.mark.parametrize(
    "text",
    ["", "-", "0101", "１２", "+5", "1,2", "12 34", "R3", "=1", "1e3", "1234567890123456", "5\n"],
)
def test_texts_that_a_number_would_not_give_back(text: str) -> None:
    assert figure(text) is None
