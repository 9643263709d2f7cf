"""What cannot be one book, and what is probably a mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gyomu_docs.booklet.book import make_book
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.intake import check_entries, doubts
from gyomu_docs.errors import UsageError
from gyomu_docs.model import BudgetLine, SourcedSheet
from tests.support.sheets import sheet


def entry(file: str, folder: str = "", **fields: Any) -> SourcedSheet:
    return SourcedSheet(sheet(**{"department": "", **fields}), file, folder)


def told(*entries: SourcedSheet, **config: Any) -> list[str]:
    return [str(one) for one in doubts(make_book(entries, BookletConfig.model_validate(config)))]


def test_a_book_needs_sheets() -> None:
    with pytest.raises(UsageError, match="シートがありません"):
        check_entries([])


def test_sheets_of_two_years_are_no_book_and_the_files_are_named() -> None:
    entries = [
        entry("r3/1.yaml", fiscal_year="R3"),
        entry("r2/1.yaml", fiscal_year="R2"),
        *[entry(f"r3/{number}.yaml", fiscal_year="R3") for number in range(2, 5)],
    ]
    with pytest.raises(UsageError) as caught:
        check_entries(entries)
    assert "R2が1枚（r2/1.yaml）、R3が4枚（r3/1.yaml、r3/2.yaml、r3/3.yamlなど）" in str(
        caught.value
    )


def test_one_file_twice_is_no_book(tmp_path: Path) -> None:
    path = tmp_path / "3.yaml"
    again = str(tmp_path / "x" / ".." / "3.yaml")
    with pytest.raises(UsageError, match="同じファイルが2回") as caught:
        check_entries([entry(str(path)), entry(again)])
    assert caught.value.place.file == again
    check_entries([entry(""), entry("")])  # sheets that come from no file


def test_two_sheets_of_one_number_in_a_section_are_told() -> None:
    same = [entry(f"{name}.yaml", number="3", department="企画課") for name in "ab"]
    assert [one.partition("（")[0] for one in told(*same)] == [
        "b.yaml シート「No.3 公園の管理」: シートNo.3が、企画課に2枚あります"
    ]
    assert told(same[0], entry("c.yaml", number="3", department="総務課")) == []


def test_keys_that_name_nothing_are_told() -> None:
    line = BudgetLine(name="公園事業", amount="1")
    one = entry("税務/3.yaml", "税務", number="3", budget=(line,))
    found = told(
        one,
        所属={"3": "税務課", "99": "税務課", "会計/": "会計課"},
        読み={"公園事業": "こうえんじぎょう", "無い事業": "ないじぎょう"},
    )
    assert [text.partition(" に当たる")[0].split("に当たる")[0] for text in found] == [
        "冊子の設定の所属「99」",
        "冊子の設定の所属「会計/」",
        "冊子の設定の読み「無い事業」",
    ]


def test_a_number_that_stands_for_sheets_of_several_folders_is_told() -> None:
    entries = [entry(f"{name}/3.yaml", name, number="3") for name in ("企画", "税務")]
    (found,) = [text for text in told(*entries, 所属={"3": "企画課"}) if "違うフォルダー" in text]
    assert "企画/3.yaml、税務/3.yaml" in found
    assert not told(*entries, 所属={"企画/": "企画課", "税務/": "税務課"})
