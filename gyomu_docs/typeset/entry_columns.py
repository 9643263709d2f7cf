"""Which entries of contents or an index go into which column: arithmetic over heights.

Entries fill column after column, then page after page. What is kept with its next is not parted
from it; the headings of a group that goes on in a further column are repeated at its head, where
they leave room for an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gyomu_docs.typeset.entries import MeasuredEntry
from gyomu_docs.units import Length


class EntryPosition(NamedTuple):
    """Where an entry stands."""

    page: int
    """From 0, the page where the list begins."""
    column: int
    y: Length
    """From the top of the column."""
    measured: MeasuredEntry
    again: bool = False
    """A heading that was there before."""


def fill_columns(
    entries: Sequence[MeasuredEntry],
    columns: int,
    first: Length,
    full: Length,
    repeat: Callable[[MeasuredEntry], MeasuredEntry | None],
) -> Iterator[EntryPosition]:
    """All entries in order, in columns `first` high on the first page and `full` on the others.

    `repeat` makes of a heading what stands at the head of a further column, or nothing.
    """
    page, column, room, y = 0, 0, first, 0
    begun = False
    open_: list[MeasuredEntry] = []
    for index, measured in enumerate(entries):
        needed = kept_height(entries, index)
        level = measured.entry.level
        open_ = [one for one in open_ if not level or one.entry.level < level]
        if begun and y + needed > room:
            column, y = column + 1, 0
            if column == columns:
                page, column, room = page + 1, 0, full
            again = [made for one in open_ if (made := repeat(one)) is not None]
            if sum(one.height for one in again) + needed <= room:
                for one in again:
                    yield EntryPosition(page, column, y, one, again=True)
                    y += one.height
        if level:
            open_.append(measured)
        yield EntryPosition(page, column, y, measured)
        y += measured.height
        begun = True


def kept_height(entries: Sequence[MeasuredEntry], index: int) -> Length:
    """The height of an entry, and of those that it must not be parted from."""
    height = 0
    for entry in entries[index:]:
        height += entry.height
        if not entry.kept:
            break
    return height
