"""扉: what it says of the sheets behind it."""

from __future__ import annotations

from gyomu_docs.booklet.book import Book
from gyomu_docs.booklet.parts.dividers import MOST_LINES, divider_facts, divider_list
from gyomu_docs.layout.tree import EntryList
from tests.support.booklets import at, at_part, book, placed_sheet, plain, shown


def listed(made: Book, key: str) -> EntryList:
    divider = next(one for one in made.dividers if one.key == key)
    return divider_list(made, divider, plain, at, at_part)


def lines(made: Book, key: str) -> list[str]:
    return [line.removeprefix("entry: ") for line in shown(listed(made, key))]


BOOK = book(
    placed_sheet("1", "I 環境", "1 緑", "都市部 公園課"),
    placed_sheet("2", "I 環境", "1 緑"),
    placed_sheet("3", "I 環境", "2 水"),
    placed_sheet("4", "II 学び", ""),
)


def test_a_goal_shows_its_policies_with_their_numbers_of_sheets() -> None:
    assert lines(BOOK, "d1-1") == ["1 緑（2枚） … p.d2-1", "2 水（1枚） … p.d2-3"]


def test_a_policy_shows_its_sheets_and_the_goal_above() -> None:
    assert lines(BOOK, "d2-1") == ["No.1 名1（都市部 公園課） … 10", "No.2 名2 … 20"]
    assert divider_facts(BOOK, BOOK.dividers[1]).above == "I 環境"
    assert divider_facts(BOOK, BOOK.dividers[0]).above == ""


def test_a_section_does_not_say_of_its_sheets_that_they_are_its_own() -> None:
    made = book(placed_sheet("1", unit="都市部 公園課"), 並び="組織順")
    assert lines(made, "d1-1") == ["公園課（1枚） … p.d2-1"]
    assert lines(made, "d2-1") == ["No.1 名1 … 10"]


def test_sheets_that_are_in_no_group_stand_for_themselves() -> None:
    assert lines(BOOK, "d1-4") == ["No.4 名4 … 40"]


def test_its_lines_lead_to_sheets_and_to_dividers() -> None:
    def targets(key: str) -> list[str]:
        return [one.target for entry in listed(BOOK, key).entries for one in entry.references]

    assert targets("d1-1") == ["at-d2-1", "at-d2-3"]
    assert targets("d2-1") == ["sheet-0", "sheet-1"]


def test_more_sheets_than_a_page_holds_are_counted() -> None:
    sheets = [placed_sheet(str(n), "I 環境", "1 緑") for n in range(1, MOST_LINES + 2)]
    assert lines(book(*sheets[:-1]), "d2-1")[-1] == f"No.{MOST_LINES} 名{MOST_LINES} … 180"
    assert lines(book(*sheets), "d2-1") == [f"業務棚卸表　{MOST_LINES + 1}枚 … 10"]
