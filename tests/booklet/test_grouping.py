"""Groups of a book with names for the titles that sheets lack."""

from __future__ import annotations

from gyomu_docs.booklet.grouping import named_groups
from tests.support.booklets import book, placed_sheet

BOOK = book(
    placed_sheet("1", "I 環境", "1 緑", "都市部 公園課"),
    placed_sheet("2", "I 環境", "", "議会事務局"),
    placed_sheet("3", "", "", ""),
)


def groups(order: str) -> list[tuple[str, str, list[str]]]:
    return [
        (group.above, group.name, [BOOK.sheets[index].number for index in group.sheets])
        for group in named_groups(BOOK, order)
    ]


def test_goals_that_sheets_lack_are_named() -> None:
    assert sorted(groups("施策体系順")) == [
        ("I 環境", "1 緑", ["1"]),
        ("I 環境", "施策目的の記載なし", ["2"]),
        ("基本目的の記載なし", "施策目的の記載なし", ["3"]),
    ]


def test_a_section_without_a_department_stands_for_itself() -> None:
    assert sorted(groups("組織順")) == [
        ("", "所属の記載なし", ["3"]),
        ("", "議会事務局", ["2"]),
        ("都市部", "公園課", ["1"]),
    ]


def test_units_stand_in_the_order_of_the_sources_whatever_the_order_of_the_book() -> None:
    made = book(
        placed_sheet("1", "II 学び", "", "教育局 学校課"),
        placed_sheet("2", "I 環境", "", "都市部 公園課"),
    )
    assert [sheet.number for sheet in made.sheets] == ["2", "1"]
    assert [group.above for group in named_groups(made, "組織順")] == ["教育局", "都市部"]
