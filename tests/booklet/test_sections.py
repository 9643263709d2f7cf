"""Which sheet a key of `所属` in booklet.yaml names."""

from __future__ import annotations

import pytest

from gyomu_docs.booklet.sections import assigned_unit, plain_keys
from gyomu_docs.model import SourcedSheet
from tests.support.sheets import sheet

KNOWN = {
    "3": "番号の課",
    "税務/": "フォルダーの課",
    "税務/係/": "内側の課",
    "税務/003.yaml": "ファイルの課",
}


def entry(folder: str = "", file: str = "003.yaml", **fields: str) -> SourcedSheet:
    return SourcedSheet(sheet(**{"number": "3", "department": "", **fields}), file, folder)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (entry(), "番号の課"),
        (entry(file="原稿/税務/003.yaml", folder="税務"), "ファイルの課"),
        (entry(file="原稿\\税務\\003.yaml", folder="税務"), "ファイルの課"),
        (entry(file="原稿/税務/004.yaml", folder="税務"), "フォルダーの課"),
        (entry(file="原稿/税務/係/004.yaml", folder="税務/係"), "内側の課"),
        (entry(number="３"), "番号の課"),
        (entry(number="4"), ""),
        (entry(file="", number="4", folder="会計"), ""),
    ],
)
def test_the_most_exact_key_counts(one: SourcedSheet, expected: str) -> None:
    assert assigned_unit(one, KNOWN) == expected


def test_a_sheet_that_says_its_unit_has_it() -> None:
    assert assigned_unit(entry(department="企画課"), KNOWN) == ""


def test_keys_may_be_full_width_and_with_the_bars_of_windows() -> None:
    assert list(plain_keys({"３": "", "税務\\": ""})) == ["3", "税務/"]
