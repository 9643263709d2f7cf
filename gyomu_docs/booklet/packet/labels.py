"""Sub-numbers of pages that are put in: `12の2` behind 12, so that no other page moves.

Between two pages there is always a number more: `12の1の2` stands between 12 and `12の2`, as 12 is
`12の1`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

_SUB = "の"
_DEPTH = 20
"""A manifest that is out of order has no number between; then any that is free will do."""


def next_label(before: str, following: str, taken: Collection[str]) -> str:
    """A free label behind one page and, where it can be, before another (empty: no page there).

    In front of all pages it is 0, then `0の2` and so on, as they are put in.
    """
    if not before:
        before = "0"  # in front of all pages
        if before not in taken:
            return before
    first, *others = islice((one for one in _candidates(before) if one not in taken), _DEPTH)
    stem, limit = _split(following)
    if stem != _split(before)[0]:
        return first
    return next((one for one in (first, *others) if _split(one)[1] < limit), first)


def _candidates(before: str) -> Iterator[str]:
    """Labels behind a page, the next one first, then ever nearer to it."""
    stem, numbers = _split(before)
    if numbers:
        yield _joined(stem, (*numbers[:-1], numbers[-1] + 1))
    while True:
        yield _joined(stem, (*numbers, 2))
        numbers = (*numbers, 1)


def _split(label: str) -> tuple[str, tuple[int, ...]]:
    """The label that was there first, and the sub-numbers behind it."""
    stem, *parts = label.split(_SUB)
    numbers: list[int] = []
    while parts and parts[-1].isascii() and parts[-1].isdecimal() and len(parts[-1]) < 9:
        numbers.insert(0, int(parts.pop()))
    return _SUB.join([stem, *parts]), tuple(numbers)


def _joined(stem: str, numbers: tuple[int, ...]) -> str:
    return _SUB.join([stem, *map(str, numbers)])
