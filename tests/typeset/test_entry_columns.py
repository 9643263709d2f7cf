"""Columns of entries by arithmetic: what is kept together, what is repeated."""

from __future__ import annotations

from gyomu_docs.layout.tree import Entry, EntryList, Reference
from gyomu_docs.typeset.entries import measure_entries
from gyomu_docs.typeset.entry_columns import fill_columns
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.units import pt
from tests.support.documents import style
from tests.support.paging import FONTS


def filled(
    entries: str, first: float, full: float, columns: int = 1, repeats: bool = True
) -> list[str]:
    """The columns of entries, a letter each, 10 pt high: a capital heads a group, `A` one of `B`.

    What is repeated is followed by `'`.
    """
    made = tuple(
        Entry(char, (Reference("1", "p"),), style(), level={"A": 1, "B": 2}.get(char, 0))
        for char in entries
    )
    setter = TextSetter(FONTS)
    measured = measure_entries(EntryList("目次", "contents", made), pt(100), setter)
    found: dict[tuple[int, int], str] = {}
    for one in fill_columns(
        measured, columns, pt(first), pt(full), lambda entry: entry if repeats else None
    ):
        column = found.setdefault((one.page, one.column), "")
        assert one.y == pt(10) * len(column.replace("'", ""))
        found[one.page, one.column] = column + one.measured.entry.text + "'" * one.again
    return list(found.values())


def test_columns_fill_one_after_the_other() -> None:
    assert filled("abcdefg", 20, 30, columns=2) == ["ab", "cd", "efg"]


def test_a_heading_stays_with_two_of_its_group() -> None:
    assert filled("abcABdefg", 60, 90, repeats=False) == ["abc", "ABdefg"]
    assert filled("abABdefg", 60, 90, repeats=False) == ["abABde", "fg"]
    assert filled("abABd", 40, 90, repeats=False) == ["ab", "ABd"]


def test_a_group_does_not_end_with_one_alone() -> None:
    assert filled("Aabcdef", 60, 90, repeats=False) == ["Aabcd", "ef"]


def test_headings_are_repeated_where_their_group_goes_on() -> None:
    assert filled("ABabcd", 40, 90) == ["ABab", "A'B'cd"]
    assert filled("ABabBcd", 50, 90) == ["ABab", "A'Bcd"]
    assert filled("ABabAcd", 50, 90) == ["ABab", "Acd"]


def test_headings_leave_room_for_what_they_head() -> None:
    assert filled("ABabcdef", 40, 40) == ["ABab", "A'B'cd", "A'B'ef"]
    assert filled("ABabcdef", 40, 30) == ["ABab", "A'B'c", "A'B'd", "ef"]
