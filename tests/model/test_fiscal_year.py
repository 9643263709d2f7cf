from __future__ import annotations

import pickle
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.model import ERAS, FiscalYear, YearStyle


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("H28", 2016),
        ("R元", 2019),
        ("R1", 2019),
        ("R01", 2019),
        ("令和元年度", 2019),
        ("2019", 2019),
        ("H31", 2019),
        ("平成31年", 2019),
        ("令和3年度", 2021),
        ("令和3", 2021),
        ("令3", 2021),
        ("r3", 2021),
        ("R.3", 2021),
        ("2021年度", 2021),
        ("Ｒ３", 2021),
        ("令和　３　年度", 2021),
        ("２０２１", 2021),
        ("㍻28", 2016),
        ("昭和63年度", 1988),
        ("S63", 1988),
        ("大正14", 1925),
        ("M45", 1912),
        (" R3 ", 2021),
    ],
)
def test_every_spelling_is_read(text: str, year: int) -> None:
    assert FiscalYear.parse(text).year == year


@pytest.mark.parametrize(
    "text",
    [
        *("3", "21", "R", "R0", "R00", "令和0年度", "R100", "R-1", "R3.5", "R3-4", "R3月", "X3"),
        *("元", "年度", "", "-", "1799", "3000", "令和三年度", "R3\nR4", "20211", "R２年度分"),
    ],
)
def test_what_names_no_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="を読み取れません。R3、令和3年度、2021 のように"):
        FiscalYear.parse(text)


@pytest.mark.parametrize("text", ["R元", "R1", "令和元年度", "2019", "H31", "Ｈ３１"])
def test_one_year_in_two_spellings_is_equal_and_keeps_its_spelling(text: str) -> None:
    year = FiscalYear.parse(text)
    assert year == FiscalYear(2019)
    assert hash(year) == hash(FiscalYear(2019))
    assert str(year) == text


def test_a_year_made_from_a_number_is_spelled_as_the_forms_do() -> None:
    assert str(FiscalYear(2019)) == "R元"
    assert str(FiscalYear(2018)) == "H30"


@pytest.mark.parametrize(
    ("style", "first", "second", "before_the_eras"),
    [
        ("short", "R元", "R2", "1867年度"),
        ("short-digit", "R1", "R2", "1867年度"),
        ("long", "令和元年度", "令和2年度", "1867年度"),
        ("western", "2019年度", "2020年度", "1867年度"),
        ("both", "令和元（2019）年度", "令和2（2020）年度", "1867年度"),
    ],
)
def test_styles(style: YearStyle, first: str, second: str, before_the_eras: str) -> None:
    labels = [FiscalYear(year).label(style) for year in (2019, 2020, 1867)]
    assert labels == [first, second, before_the_eras]


def test_the_styles_above_are_all_styles() -> None:
    assert get_args(YearStyle) == ("short", "short-digit", "long", "western", "both")


def test_years_sort_and_shift_across_an_era() -> None:
    years = [FiscalYear.parse(text) for text in ("R2", "H28", "R元", "S63", "H30")]
    assert [str(year) for year in sorted(years)] == ["S63", "H28", "H30", "R元", "R2"]
    assert str(FiscalYear.parse("R2") - 2) == "H30"
    assert str(FiscalYear.parse("H30") + 1) == "R元"
    assert FiscalYear.parse("H31") >= FiscalYear.parse("R元")


def test_a_year_is_neither_equal_nor_comparable_to_a_number() -> None:
    year = FiscalYear(2021)
    assert year != 2021
    with pytest.raises(TypeError):
        assert year < 2022


def test_eras_are_listed_from_the_newest() -> None:
    assert [era.first for era in ERAS] == sorted((era.first for era in ERAS), reverse=True)


@given(st.integers(1868, 2117), st.sampled_from(get_args(YearStyle)))
def test_every_label_reads_back(year: int, style: YearStyle) -> None:
    label = FiscalYear(year).label(style)
    if style == "both":  # prints the year twice; only forms do
        label = label.replace(f"（{year}）", "")
    assert FiscalYear.parse(label).year == year


def test_a_year_crosses_process_boundaries_with_its_spelling() -> None:
    year = pickle.loads(pickle.dumps(FiscalYear.parse("令和元年度")))
    assert (year.year, year.text) == (2019, "令和元年度")
