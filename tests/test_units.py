from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.units import PT, mm, parse_length, pt


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("12pt", 12000),
        ("8.5pt", 8500),
        ("0.25pt", 250),
        ("0pt", 0),
        ("-2pt", -2000),
        ("1mm", 2835),
        ("25.4mm", 72000),
        ("2.54cm", 72000),
        ("297mm", 841890),
        (" 10 mm ", 28346),
    ],
)
def test_lengths_with_units(text: str, length: int) -> None:
    assert parse_length(text) == length
    assert isinstance(parse_length(text), int)


@pytest.mark.parametrize(
    "text", ["", "12", "mm", "12px", "12 in", "1,5mm", ".5mm", "1e3pt", "+1pt", "12mm 3", "--1pt"]
)
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(ValueError, match=f"`{text}` is not a length".replace("+", r"\+")):
        parse_length(text)


def test_points_and_millimetres() -> None:
    assert (pt(1), pt(10.5), pt(0.0004), PT) == (1000, 10500, 0, 1000)
    assert (mm(25.4), mm(210), mm(0)) == (72000, 595276, 0)


@given(st.integers(-100_000, 100_000))
def test_a_text_and_a_call_agree(hundredths: int) -> None:
    assert parse_length(f"{hundredths / 100}mm") == mm(hundredths / 100)
    assert parse_length(f"{hundredths / 100}pt") == pt(hundredths / 100)


@given(st.integers(0, 10**7))
def test_a_thousandth_of_a_point_is_exact(length: int) -> None:
    assert parse_length(f"{length / 1000:.3f}pt") == length
