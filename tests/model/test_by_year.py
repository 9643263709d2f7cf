from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from gyomu_docs.model import AmountsByYear, FiscalYear, TextsByYear, ValueKind
from gyomu_docs.model.by_year import ByYearError
from tests.support.sheets import by_year

RESULTS = TextsByYear({"H30": "74%", "R元": "-", "2020": "", "R3": "0"})


@pytest.mark.parametrize("year", ["R元", "R1", "令和元年度", "2019", "H31", FiscalYear(2019)])
def test_look_up_by_any_spelling(year: FiscalYear | str) -> None:
    assert RESULTS[year] == "-"
    assert year in RESULTS
    assert RESULTS.value(year).kind == ValueKind.NONE


def test_blank_dash_zero_and_no_year_at_all_differ() -> None:
    assert [RESULTS.get(year) for year in ("R2", "R元", "R3", "R4")] == ["", "-", "0", None]
    kinds = [RESULTS.value(year).kind for year in ("R2", "R元", "R3", "R4")]
    assert kinds == [ValueKind.BLANK, ValueKind.NONE, ValueKind.NUMBER, ValueKind.BLANK]
    assert [RESULTS.at(year) for year in (2020, 2019, 2021, 2022)] == ["", "-", "0", ""]


def test_order_and_spelling_stay() -> None:
    years = TextsByYear({"R2": "b", "平成30": "a", "R1": "c"})
    assert list(years.to_plain().items()) == [("R2", "b"), ("平成30", "a"), ("R1", "c")]
    assert [str(year) for year in years] == ["R2", "平成30", "R1"]
    assert len(years) == 3


@pytest.mark.parametrize(
    ("texts", "key", "message"),
    [
        ({"R2": "1", "3": "2"}, "3", "年度「3」を読み取れません"),
        ({"R元": "1", "R1": "2"}, "R1", "年度「R1」が2度あります（「R元」と同じ年度です）"),
        ({"H31": "1", "令和元年度": "2"}, "令和元年度", "「H31」と同じ年度"),
    ],
)
def test_a_year_not_understood_or_given_twice(
    texts: dict[FiscalYear | str, str], key: str, message: str
) -> None:
    with pytest.raises(ByYearError, match=message) as error:
        TextsByYear(texts)
    assert error.value.key == key


def test_amounts_take_their_normal_form() -> None:
    amounts = AmountsByYear({"R元": "４７，３００ 千円", "R2": "－", "R3": "未定", "R4": ""})
    assert amounts.to_plain() == {"R元": "47300", "R2": "-", "R3": "未定", "R4": ""}
    assert TextsByYear({"R元": "47,300"})["R元"] == "47,300"


@pytest.mark.parametrize("value", ["R2: 1", ["R2"], {"R2": ["1"]}, {"R2": {"a": "b"}}, {"X": "1"}])
def test_wrong_shapes_do_not_validate(value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(TextsByYear).validate_python(value)


def test_numbers_and_none_become_texts() -> None:
    read = TypeAdapter(TextsByYear).validate_python({2019: 3.0, "R2": None, FiscalYear(2021): 7})
    assert read.to_plain() == {"2019": "3.0", "R2": "", "R3": "7"}


def test_texts_in_another_order_are_equal_with_one_hash() -> None:
    one, other = TextsByYear({"R2": "a", "R3": "b"}), TextsByYear({"R3": "b", "2020": "a"})
    assert one == other
    assert hash(one) == hash(other)
    assert one != TextsByYear({"R2": "a", "R3": ""})


@given(by_year())
def test_plain_form_and_pickle_give_the_same_back(texts: dict[FiscalYear | str, str]) -> None:
    for kind in (TextsByYear, AmountsByYear):
        years = kind(texts)
        assert kind(dict(years.to_plain())) == years
        assert pickle.loads(pickle.dumps(years)).to_plain() == years.to_plain()
        assert type(pickle.loads(pickle.dumps(years))) is kind
