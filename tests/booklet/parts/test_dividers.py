"""扉: what it says of the sheets behind it."""

from __future__ import annotations

from gyomu_docs.booklet.book import Book
from gyomu_docs.booklet.parts.dividers import MOST_LINES, divider_facts
from tests.support.booklets import book, placed_sheet


def lines(made: Book, key: str) -> list[str]:
    divider = next(one for one in made.dividers if one.key == key)
    facts = divider_facts(made, divider)
    return ["|".join((one.number, one.name, one.note)) for one in facts.lines]


BOOK = book(
    placed_sheet("1", "I 環境", "1 緑", "都市部 公園課"),
    placed_sheet("2", "I 環境", "1 緑"),
    placed_sheet("3", "I 環境", "2 水"),
    placed_sheet("4", "II 学び", ""),
)


def test_a_goal_shows_its_policies_with_their_numbers_of_sheets() -> None:
    assert lines(BOOK, "d1-1") == ["|1 緑|2枚", "|2 水|1枚"]


def test_a_policy_shows_its_sheets_and_the_goal_above() -> None:
    assert lines(BOOK, "d2-1") == ["No.1|名1|都市部 公園課", "No.2|名2|"]
    assert divider_facts(BOOK, BOOK.dividers[1]).above == "I 環境"
    assert divider_facts(BOOK, BOOK.dividers[0]).above == ""


def test_a_section_does_not_say_of_its_sheets_that_they_are_its_own() -> None:
    made = book(placed_sheet("1", unit="都市部 公園課"), 並び="組織順")
    assert lines(made, "d1-1") == ["|公園課|1枚"]
    assert lines(made, "d2-1") == ["No.1|名1|"]


def test_sheets_that_are_in_no_group_stand_for_themselves() -> None:
    assert lines(BOOK, "d1-4") == ["No.4|名4|"]


def test_its_lines_lead_to_sheets_and_to_dividers() -> None:
    goal, policy = (divider_facts(BOOK, one) for one in BOOK.dividers[:2])
    assert [one.anchor for one in goal.lines] == ["d2-1", "d2-3"]
    assert [one.anchor for one in policy.lines] == list(BOOK.anchors[:2])


def test_more_sheets_than_a_page_holds_are_counted() -> None:
    sheets = [placed_sheet(str(n), "I 環境", "1 緑") for n in range(1, MOST_LINES + 2)]
    assert lines(book(*sheets[:-1]), "d2-1")[-1] == f"No.{MOST_LINES}|名{MOST_LINES}|"
    assert lines(book(*sheets), "d2-1") == [f"|業務棚卸表　{MOST_LINES + 1}枚|"]
