from __future__ import annotations

import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.model import ActivityCode
from gyomu_docs.model.code import gaps, orphans


def codes(text: str) -> list[ActivityCode]:
    return [ActivityCode(code) for code in text.split()]


@pytest.mark.parametrize(
    "text",
    ["", "1", "010", "01010", "01010101", "０１", "01 ", "0a", "-1", "٠١", "01\n", "０1", "1.0"],
)
def test_only_2_4_or_6_ascii_digits_are_a_code(text: str) -> None:
    with pytest.raises(ValueError, match="半角数字の2桁、4桁、6桁"):
        ActivityCode(text)


@pytest.mark.parametrize(
    ("text", "level", "parent", "ordinal"),
    [("05", 1, None, 5), ("0512", 2, "05", 12), ("051203", 3, "0512", 3), ("00", 1, None, 0)],
)
def test_a_code_knows_its_place_in_the_tree(
    text: str, level: int, parent: str | None, ordinal: int
) -> None:
    code = ActivityCode(text)
    assert (code.level, code.parent, code.ordinal) == (level, parent, ordinal)
    assert code.group == text[:2]
    assert isinstance(code.group, ActivityCode)


def test_a_code_is_its_text() -> None:
    assert ActivityCode("0101") == "0101"
    assert f"{ActivityCode('0101')}" == "0101"
    assert isinstance(pickle.loads(pickle.dumps(ActivityCode("0101"))), ActivityCode)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("01 0101 010101 02 0201", ""),
        ("01 0201 02", "0201"),
        ("0101 01", "0101"),
        ("01 010101", "010101"),
        ("010101 0101 01", "010101 0101"),
    ],
)
def test_orphans_have_no_parent_before_them(text: str, found: str) -> None:
    assert list(orphans(codes(text))) == found.split()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("01 0101 0102 02 0201", ""),
        ("01 03", "03 02"),
        ("02", "02 01"),
        ("01 0102", "0102 0101"),
        ("01 03 02", "03 02 02 04"),
        ("01 0101 02 0102", ""),
        ("00 01", "00 01"),
        ("99 01", "99 01"),
        ("99 02", "99 01 02 01"),
        ("0199 0101", "0199 0101"),
    ],
)
def test_gaps_name_the_code_and_the_one_expected(text: str, found: str) -> None:
    pairs = [code for gap in gaps(codes(text)) for code in gap]
    assert pairs == found.split()


def test_a_full_level_has_no_gap_even_before_00() -> None:
    level = [ActivityCode(f"{number:02d}") for number in (*range(1, 100), 0)]
    assert list(gaps(level)) == []


@given(st.lists(st.from_regex(r"[0-9]{2}([0-9]{2}){0,2}", fullmatch=True), unique=True))
def test_gaps_and_orphans_survive_any_codes(texts: list[str]) -> None:
    unordered = [ActivityCode(text) for text in texts]
    tree = sorted(set(unordered) | {code[:n] for code in unordered for n in (2, 4)})
    assert all(code in unordered for code in orphans(unordered))
    assert all(code in unordered for code, _ in gaps(unordered))
    assert list(orphans(codes(" ".join(tree)))) == []


def test_codes_sort_as_the_sheet_prints_them() -> None:
    tree = codes("01 0101 010101 010102 0102 02")
    assert all(one < other for one, other in pairwise(tree))
