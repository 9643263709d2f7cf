"""Sides that were exchanged, mixed or given twice are told."""

from __future__ import annotations

import pytest

from gyomu_docs.comparison import odd_sides
from gyomu_docs.model import Edition, FiscalYear, SourcedSheet
from tests.support.sheets import sheet


def edition(*years: str, folder: str = "", **changes: object) -> Edition:
    """Sheets of these years, each in a file that is named after year and number."""
    entries = [
        SourcedSheet(
            sheet(**{"fiscal_year": FiscalYear.parse(year), "number": str(at), **changes}),
            f"{folder}{year}/{at:03d}.yaml",
        )
        for at, year in enumerate(years, 1)
    ]
    return Edition(tuple(entries))


def told(old: Edition, new: Edition) -> list[str]:
    return [str(one) for one in odd_sides(old, new)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (edition("R2", "R2"), edition("R3")),
        (edition("R3", folder="a/"), edition("R3", folder="b/")),
        (edition(), edition("R3")),
        (edition("R3"), edition()),
    ],
)
def test_two_editions_as_they_should_be(old: Edition, new: Edition) -> None:
    assert told(old, new) == []


def test_editions_that_were_exchanged() -> None:
    assert told(edition("R3"), edition("R2")) == [
        "R3/001.yaml: OLD（R3年度）が NEW（R2年度）より新しい年度です。\n"
        "  ヒント: OLD と NEW を入れ替えてください。"
    ]


def test_a_side_with_several_years() -> None:
    [only] = odd_sides(edition("R2", "R3", folder="混在/"), edition("R3", folder="新/"))
    assert only.level == "W"
    assert only.message == (
        "OLD に複数の年度があります：R2年度（混在/R2/001.yaml）、R3年度（混在/R3/002.yaml）"
    )


def test_many_files_are_counted() -> None:
    [only] = odd_sides(edition("R1", *["R2"] * 5), edition("R3"))
    assert only.message.endswith("R2年度（R2/002.yaml、R2/003.yaml、R2/004.yaml ほか2）")


def test_the_same_file_on_both_sides() -> None:
    [only] = odd_sides(edition("R3", "R3"), edition("R3"))
    assert only.message == "OLD と NEW に同じファイルがあります（R3/001.yaml）。"
    assert only.hint


def test_two_sheets_of_one_number_in_one_section() -> None:
    twins = edition("R2", "R2", number="3", department="企画課")
    [only] = odd_sides(twins, edition("R3"))
    assert only.message == (
        "OLD に所属「企画課」のシートNo.3 が2枚あります（R2/001.yaml、R2/002.yaml）。"
    )
