"""What a line gives up so that one more unit fits on it (追い込み, JLREQ 3.8.3).

In: a measured paragraph and the part of it that is to be a line. Out: `Kerns`, or none where all
that may be reduced would not be enough. Marks next to each other share their blank on every line
(`paragraphs`); what is taken here comes on top of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from gyomu_docs.typeset.jlreq import BLANK_CHARS, CLUSTER, MIDDLE_DOTS, SPACES, blanks
from gyomu_docs.typeset.paragraphs import Paragraph
from gyomu_docs.units import Length

_QUARTER = 250

Kerns = tuple[tuple[int, Length], ...]
"""(index, amount): added after the character at that index; negative pulls in."""


class _Places(NamedTuple):
    """What can be reduced on a line: (index, amount) by the order in which it is (3.8.3)."""

    spaces: list[tuple[int, Length]]
    line_end: list[tuple[int, Length]]
    dots: list[tuple[int, Length]]
    marks: list[tuple[int, Length]]


def reduce_line(paragraph: Paragraph, start: int, end: int, room: Length) -> Kerns:
    """The kerns that make the visible characters from `start` to `end` fit; none if none do.

    The blank at the line end is taken whole or not at all (3.1.9). Indices are the paragraph's.
    """
    excess = _excess(paragraph, start, end, room)
    places = _reducible(paragraph, start, end)
    taken: dict[int, Length] = {}
    if excess > _total(places.spaces):
        excess -= take(places.line_end, _total(places.line_end), taken)
    for stage in (places.spaces, places.dots, places.marks):
        excess -= take(stage, min(excess, _total(stage)), taken)
    if excess > 0:
        return ()
    return tuple((index, -amount) for index, amount in sorted(taken.items()) if amount)


def take(places: Sequence[tuple[int, Length]], amount: Length, taken: dict[int, Length]) -> Length:
    """Take `amount` from the places, in proportion to what each has, and return it.

    What is taken of each is added to `taken`; 0 is returned where `amount` is not positive.
    """
    if amount <= 0:
        return 0
    shares = _share(amount, [most for _, most in places])
    for (index, _), share in zip(places, shares, strict=True):
        taken[index] = taken.get(index, 0) + share
    return amount


def _excess(paragraph: Paragraph, start: int, end: int, room: Length) -> Length:
    """How much wider than `room` the characters are, rounded up."""
    width = paragraph.reach[end] - paragraph.origin(start)
    return -((room * 1000 - width * paragraph.size) // 1000)


def _reducible(paragraph: Paragraph, start: int, end: int) -> _Places:
    text, length = paragraph.text, paragraph.length
    places = _Places([], _reducible_end(paragraph, start, end), [], [])
    at_end = dict(places.line_end)
    indent = len(text[start:end]) - len(text[start:end].lstrip(SPACES))
    for index in _gaps(text, start, end):
        before, after = text[index], text[index + 1]
        if before == " " and index >= start + indent:
            narrowed = paragraph.widths[before] - _QUARTER
            if narrowed > 0:
                places.spaces.append((index, length(narrowed)))
        right = paragraph.blank_after(index) if paragraph.costs[index + 1] < CLUSTER else 0
        blank = blanks(before, right, after, paragraph.blank_before(index + 1))
        for stage, amount in ((places.dots, blank.dot), (places.marks, blank.mark)):
            amount = length(amount) - (at_end.get(index, 0) if stage is places.dots else 0)
            if amount > 0:
                stage.append((index, amount))
    return places


def _gaps(text: str, start: int, end: int) -> list[int]:
    """Indices of the characters after which there may be a blank, line head and end left out."""
    marks = [match.start() for match in BLANK_CHARS.finditer(text, start, end)]
    return sorted({gap for mark in marks for gap in (mark - 1, mark) if start <= gap < end - 1})


def _reducible_end(paragraph: Paragraph, start: int, end: int) -> list[tuple[int, Length]]:
    """What a mark at the line end gives up: its right half, or both quarters of a middle dot."""
    blank = paragraph.length(paragraph.blank_after(end - 1))
    if not blank:
        return []
    if paragraph.text[end - 1] in MIDDLE_DOTS and end - 1 > start:
        return [(end - 2, blank), (end - 1, blank)]
    return [(end - 1, blank)]


def _total(places: Sequence[tuple[int, Length]]) -> Length:
    return sum(amount for _, amount in places)


def _share(amount: Length, weights: Sequence[int]) -> list[Length]:
    """Whole parts of `amount` in proportion to the weights; their sum is `amount`."""
    total = sum(weights)
    upto = [amount * part // total for part in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(upto)]
