"""Break one text into lines of a given width, by the rules of JLREQ.

In: a text, a width, a size and a font's advances. Out: `Line`s, which `typeset` places; a line
never passes the width, and together the lines are the text. `justify` and `spread` fill a width.

A paragraph that fits is returned at once. Any other is measured once and its possible line ends
are marked once (`jlreq.break_costs`); then each line takes what fits and ends

1. right there, if a line may end there;
2. else at the next legal end, if reducing blanks pulls it in (追い込み, 3.8.3);
3. else at the last legal end before (追い出し);
4. else inside a unit that is wider than the line, at the least harmful place.

Advances are thousandths of an em, and what fits is decided with them, so nothing is lost by
rounding.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from gyomu_docs.typeset.jlreq import (
    BLANK_AFTER,
    BLANK_BEFORE,
    BLANK_CHARS,
    CLUSTER,
    JOINT,
    KINSOKU,
    LEGAL,
    MIDDLE_DOTS,
    SPACES,
    WORD,
    Level,
    blanks,
    break_costs,
    clusters,
    stretch_places,
)
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.units import Length

_SPACES = frozenset(SPACES)
_QUARTER = 250
_HALF = 500
_FULL = 1000

Kerns = tuple[tuple[int, Length], ...]


class Line(NamedTuple):
    """The characters of one line, and how wide they are to be set."""

    text: str
    """With its trailing spaces; the lines of a text joined are the text without its `\\n`."""
    width: Length
    """Visible width: trailing spaces do not count, kerns do."""
    kerns: Kerns = ()
    """(index, amount): added after the character at that index, the last of its cluster;
    negative pulls in. Sorted by index. One on the last visible character takes away the blank
    half of a mark at the line end."""
    last: bool = True
    """Whether the paragraph ends here: at the end of the text or before a `\\n`."""


def break_lines(
    text: str,
    width: Length,
    size: Length,
    font: Metrics,
    *,
    level: Level = "strict",
    first_indent: Length = 0,
    reduce: bool = True,
) -> tuple[Line, ...]:
    r"""Break `text` into lines no wider than `width`; `\n` forces a break.

    The very first line is narrower by `first_indent`. An empty text is one empty line. Every line
    takes at least one character, even where the width is less than that. Without `reduce` no line
    has kerns, for a caller that cannot set them. Raises `MissingGlyphError` for a character that
    the font lacks.
    """
    widths = font.widths
    first = width - first_indent
    if "\n" not in text:
        # Nearly all texts of a form fit on one line, so that case does nothing else.
        advance = sum(map(widths.__getitem__, text))
        if advance * size <= first * 1000 and text[-1:] not in _SPACES:
            return (Line(text, advance * size // 1000),)
    lines: list[Line] = []
    for piece in text.split("\n"):
        reach = list(accumulate(map(widths.__getitem__, piece), initial=0))
        fits = reach[-1] * size <= first * 1000
        costs = bytearray() if fits else break_costs(piece, level)
        paragraph = _Paragraph(piece, size, widths, reach, costs, reduce)
        lines += _paragraph_lines(paragraph, first, width)
        first = width
    return tuple(lines)


def natural_width(text: str, size: Length, font: Metrics) -> Length:
    """Width of `text` on one line, nothing reduced and trailing spaces counted."""
    return sum(map(font.widths.__getitem__, text)) * size // 1000


def widest_unit(text: str, font: Metrics) -> int:
    """The widest piece of `text` that no line should break, in thousandths of an em."""
    widest = 0
    for paragraph in text.split("\n"):
        costs = break_costs(paragraph)
        width = 0
        for index, char in enumerate(paragraph):
            width = font.widths[char] + (0 if costs[index] == LEGAL else width)
            widest = max(widest, width)
    return widest


def spread(text: str, width: Length, size: Length, font: Metrics) -> Length:
    """The gap after each character but the last that makes `text` fill `width` (3.7.3, 字取り).

    A character and what is attached to it count as one. 0 for a single character, and for a text
    that is as wide already.
    """
    gaps = clusters(text) - 1
    slack = width - natural_width(text, size, font)
    return slack // gaps if gaps > 0 and slack > 0 else 0


class _Paragraph(NamedTuple):
    r"""A text without `\n`, measured."""

    text: str
    size: Length
    widths: Mapping[str, int]
    reach: list[int]
    """Advance of all characters before each index."""
    costs: bytearray
    """`jlreq.break_costs`; left out for a text that fits on one line."""
    reduce: bool

    def visible_end(self, start: int, end: int) -> int:
        """The end of a line without the spaces that hang there, unseen."""
        while end > start and self.text[end - 1] in _SPACES:
            end -= 1
        return end

    def hanging_end(self, end: int) -> int:
        """`end` moved past the spaces that follow it."""
        while end < len(self.text) and self.text[end] in _SPACES:
            end += 1
        return end

    def excess(self, start: int, end: int, room: Length) -> Length:
        """How much wider than `room` the characters are, rounded up."""
        return -((room * 1000 - (self.reach[end] - self.reach[start]) * self.size) // 1000)

    def length(self, thousandths: int) -> Length:
        return thousandths * self.size // 1000


def _paragraph_lines(paragraph: _Paragraph, first: Length, width: Length) -> Iterator[Line]:
    start, room = 0, first
    while True:
        end, kerns = _next_end(paragraph, start, room)
        yield _line(paragraph, start, end, kerns)
        if end == len(paragraph.text):
            return
        start, room = end, width


def _line(paragraph: _Paragraph, start: int, end: int, kerns: Kerns) -> Line:
    visible = paragraph.visible_end(start, end)
    natural = paragraph.length(paragraph.reach[visible] - paragraph.reach[start])
    width = natural + sum(amount for _, amount in kerns)
    return Line(paragraph.text[start:end], width, kerns, end == len(paragraph.text))


def _next_end(paragraph: _Paragraph, start: int, room: Length) -> tuple[int, Kerns]:
    """The end of the line that begins at `start`, and what must be reduced for it to fit."""
    reach, costs = paragraph.reach, paragraph.costs
    most = room * 1000 // paragraph.size
    full = max(start, bisect_right(reach, reach[start] + most, start) - 1)
    natural = paragraph.hanging_end(full)
    if natural == len(paragraph.text) or (natural > start and costs[natural] == LEGAL):
        return natural, ()
    # No glyph loses more than half of itself, so nothing beyond twice the room can be pulled in.
    furthest = bisect_right(reach, reach[start] + 2 * most, natural)
    pulled_in = costs.find(LEGAL, natural + 1, paragraph.hanging_end(furthest) + 1)
    if pulled_in > 0 and paragraph.reduce:
        kerns = _reduce(paragraph, start, paragraph.visible_end(start, pulled_in), room)
        if kerns:
            return pulled_in, kerns
    for cost in (LEGAL, JOINT, WORD, KINSOKU):
        end = costs.rfind(cost, start + 1, natural + 1)
        if end > 0:
            return end, ()
    return _one_cluster(paragraph, start), ()


def _one_cluster(paragraph: _Paragraph, start: int) -> int:
    """The end of a line that holds one character, with all that is attached to it."""
    end = start + 1
    while paragraph.costs[end] == CLUSTER:
        end += 1
    return paragraph.hanging_end(end)


class _Places(NamedTuple):
    """What can be reduced on a line: (index, amount) by the order in which it is (3.8.3)."""

    surplus: list[tuple[int, Length]]
    spaces: list[tuple[int, Length]]
    line_end: list[tuple[int, Length]]
    dots: list[tuple[int, Length]]
    marks: list[tuple[int, Length]]


def _reduce(paragraph: _Paragraph, start: int, end: int, room: Length) -> Kerns:
    """The kerns that make the visible characters from `start` to `end` fit; none if none do.

    Before the order of 3.8.3 comes what 3.1.4 would not have set at all: the second blank between
    two marks. The blank at the line end is taken whole or not at all (3.1.9).
    """
    excess = paragraph.excess(start, end, room)
    places = _reducible(paragraph, start, end)
    taken: dict[int, Length] = {}
    if excess > _total(places.surplus) + _total(places.spaces):
        excess -= _take(places.line_end, _total(places.line_end), taken)
    for stage in (places.surplus, places.spaces, places.dots, places.marks):
        excess -= _take(stage, min(excess, _total(stage)), taken)
    if excess > 0:
        return ()
    return tuple((index - start, -amount) for index, amount in sorted(taken.items()) if amount)


def _reducible(paragraph: _Paragraph, start: int, end: int) -> _Places:
    text, length = paragraph.text, paragraph.length
    places = _Places([], [], _reducible_end(paragraph, start, end), [], [])
    at_end = dict(places.line_end)
    indent = len(text[start:end]) - len(text[start:end].lstrip(SPACES))
    for index in _gaps(text, start, end):
        before, after = text[index], text[index + 1]
        if before == " " and index >= start + indent:
            narrowed = paragraph.widths[before] - _QUARTER
            if narrowed > 0:
                places.spaces.append((index, length(narrowed)))
        right = _blank(paragraph, BLANK_AFTER, index) if paragraph.costs[index + 1] < CLUSTER else 0
        left = _blank(paragraph, BLANK_BEFORE, index + 1)
        blank = blanks(before, right, after, left)
        for stage, amount in zip((places.surplus, places.dots, places.marks), blank, strict=True):
            amount = length(amount) - (at_end.get(index, 0) if stage is places.dots else 0)
            if amount > 0:
                stage.append((index, amount))
    return places


def _gaps(text: str, start: int, end: int) -> list[int]:
    """Indices of the characters after which there may be a blank, line head and end left out."""
    marks = [match.start() for match in BLANK_CHARS.finditer(text, start, end)]
    return sorted({gap for mark in marks for gap in (mark - 1, mark) if start <= gap < end - 1})


def _blank(paragraph: _Paragraph, blank_of: Mapping[str, int], index: int) -> int:
    """The blank of the glyph at `index`; only full-width glyphs hold one."""
    char = paragraph.text[index]
    return blank_of.get(char, 0) if paragraph.widths[char] >= _FULL else 0


def _reducible_end(paragraph: _Paragraph, start: int, end: int) -> list[tuple[int, Length]]:
    """What a mark at the line end gives up: its right half, or both quarters of a middle dot."""
    blank = paragraph.length(_blank(paragraph, BLANK_AFTER, end - 1))
    if not blank:
        return []
    if paragraph.text[end - 1] in MIDDLE_DOTS and end - 1 > start:
        return [(end - 2, blank), (end - 1, blank)]
    return [(end - 1, blank)]


def _total(places: Sequence[tuple[int, Length]]) -> Length:
    return sum(amount for _, amount in places)


def _take(places: Sequence[tuple[int, Length]], amount: Length, taken: dict[int, Length]) -> Length:
    """Take `amount` from the places, in proportion to what each has, and return it."""
    if amount <= 0:
        return 0
    shares = _share(amount, [most for _, most in places])
    for (index, _), share in zip(places, shares, strict=True):
        taken[index] = taken.get(index, 0) + share
    return amount


def _share(amount: Length, weights: Sequence[int]) -> list[Length]:
    """Whole parts of `amount` in proportion to the weights; their sum is `amount`."""
    total = sum(weights)
    upto = [amount * part // total for part in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(upto)]


def justify(line: Line, width: Length, size: Length, font: Metrics) -> Line:
    """Stretch the line to `width` (両端揃え), by the order of 3.8.4.

    Latin word spaces grow to half an em; then the borders between Japanese and Latin, and then
    the gaps between kanji and kana, by a quarter em; what is left goes evenly to all of them. A
    paragraph's last line and a line with no such place are returned as they are.
    """
    slack = width - line.width
    places = stretch_places(line.text) if slack > 0 and not line.last else None
    if places is None or not any(places):
        return line
    kerns = dict(line.kerns)
    quarter = _QUARTER * size // 1000
    space = max(0, (_HALF - font.widths[" "]) * size // 1000) if places.spaces else 0
    for stage in (
        [(index, space) for index in places.spaces],
        [(index, quarter) for index in places.borders],
        [(index, quarter) for index in places.others],
    ):
        slack -= _take(stage, min(slack, _total(stage)), kerns)
    everywhere = [(index, 1) for index in places.spaces + places.borders + places.others]
    _take(everywhere, slack, kerns)
    return line._replace(
        width=width, kerns=tuple((index, kern) for index, kern in sorted(kerns.items()) if kern)
    )
