"""Break one text into lines of a given width, by the rules of JLREQ.

In: a text, a width, a size and a font's advances. Out: `Line`s, which `typeset` places; a line
never passes the width, and together the lines are the text. `stretching` fills a width with them.

Marks next to each other share their blank on every line (3.1.4). An opening bracket at the head
of a line has none: a line that goes on, or that begins behind an indent, is set 天付き (3.1.5,
pattern ①); where a paragraph begins without an indent, the bracket's blank is one (pattern ③). A
mark at the end of a line keeps its blank where there is room for it, else gives it up whole
(3.1.9). Nothing hangs out of the width (ぶら下げ): in a form, rules stand there.

A paragraph that fits is returned at once. Any other is measured once and its possible line ends
are marked once (`jlreq.break_costs`); then each line takes what fits and ends

1. right there, if a line may end there;
2. else at the next legal end, if reducing blanks pulls it in (追い込み, 3.8.3);
3. else at the last legal end before (追い出し);
4. else inside a unit that is wider than the line, at the least harmful place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from gyomu_docs.typeset.jlreq import (
    CLUSTER,
    JOINT,
    KINSOKU,
    LEGAL,
    NEIGHBOURS,
    SPACES,
    WORD,
    Level,
)
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.paragraphs import Paragraph, measure_paragraph
from gyomu_docs.typeset.reduction import Kerns, reduce_line
from gyomu_docs.units import Length

_SPACES = frozenset(SPACES)
_find_neighbours = NEIGHBOURS.search


class Line(NamedTuple):
    """The characters of one line, and how wide they are to be set."""

    text: str
    """With its trailing spaces; the lines of a text joined are the text without its `\\n`."""
    width: Length
    """Visible width: trailing spaces do not count, kerns do, and `head` is taken off."""
    kerns: Kerns = ()
    """(index, amount): added after the character at that index, the last of its cluster;
    negative pulls in. Sorted by index. One on the last visible character takes away the blank
    half of a mark at the line end."""
    last: bool = True
    """Whether the paragraph ends here: at the end of the text or before a `\\n`."""
    head: Length = 0
    """The blank of an opening bracket that begins the line: the line is to be set so much before
    its place (天付き, 3.1.5). 0 unless `break_lines` was asked for it."""


def break_lines(
    text: str,
    width: Length,
    size: Length,
    font: Metrics,
    *,
    level: Level = "strict",
    first_indent: Length = 0,
    reduce: bool = True,
    flush: bool = False,
) -> tuple[Line, ...]:
    r"""Break `text` into lines no wider than `width`; `\n` forces a break.

    The very first line is narrower by `first_indent`. An empty text is one empty line. Every line
    takes at least one character, even where the width is less than that. Without `reduce` no line
    has kerns: marks and spaces keep their widths. `flush` is for a caller that moves each line by
    its `head`. Raises `MissingGlyphError` for a character that the font lacks.
    """
    widths = font.widths
    if not first_indent and "\n" not in text:
        # Nearly all texts of a form fit on one line, so that case does nothing else.
        advance = sum(map(widths.__getitem__, text))
        if (
            advance * size <= width * 1000
            and text[-1:] not in _SPACES
            and (text.isascii() or not _find_neighbours(text) or not reduce)
        ):
            return (Line(text, advance * size // 1000),)
    lines: list[Line] = []
    room = width - first_indent
    for piece in text.split("\n"):
        flush_from = (0 if room < width else 1) if flush and reduce else len(piece)
        paragraph = measure_paragraph(
            piece, size, widths, room, level=level, share=reduce, flush_from=flush_from
        )
        lines += _paragraph_lines(paragraph, room, width, reduce)
        room = width
    return tuple(lines)


def natural_width(text: str, size: Length, font: Metrics) -> Length:
    """Width of `text` on one line, nothing reduced and trailing spaces counted."""
    return sum(map(font.widths.__getitem__, text)) * size // 1000


def widest_unit(text: str, font: Metrics, *, level: Level = "strict", reduce: bool = True) -> int:
    """The widest piece of `text` that no line should break, in thousandths of an em."""
    widest = 0
    for piece in text.split("\n"):
        one = measure_paragraph(
            piece,
            size=1,
            widths=font.widths,
            room=-1,
            level=level,
            share=reduce,
            flush_from=len(piece),
        )
        start = 0
        for end in range(1, len(one.reach)):
            if one.costs[end] == LEGAL:
                widest = max(widest, one.reach[end] - one.origin(start))
                start = end
    return widest


def _paragraph_lines(
    paragraph: Paragraph, first: Length, width: Length, reduce: bool
) -> Iterator[Line]:
    if not paragraph.text:
        yield Line("", 0)
    start, room = 0, first
    while start < len(paragraph.text):
        end, reduced = _next_end(paragraph, start, room, reduce)
        yield _line(paragraph, start, end, reduced)
        start, room = end, width


def _line(paragraph: Paragraph, start: int, end: int, reduced: Kerns) -> Line:
    text, last = paragraph.text[start:end], end == len(paragraph.text)
    visible = paragraph.visible_end(start, end)
    if visible == start:
        return Line(text, 0, (), last)
    width = paragraph.length(paragraph.reach[visible] - paragraph.origin(start))
    kerns: Kerns = ()
    if reduced:
        kerns = tuple((index - start, amount) for index, amount in reduced)
        width += sum(amount for _, amount in kerns)
    if paragraph.shared:
        kerns = _with_shared(paragraph, start, visible, kerns)
    return Line(text, width, kerns, last, paragraph.length(paragraph.head(start)))


def _with_shared(paragraph: Paragraph, start: int, end: int, kerns: Kerns) -> Kerns:
    """The kerns of a line, and what its marks share."""
    amounts = dict(kerns)
    for index in range(start, end - 1):
        if index in paragraph.shared:
            shared = paragraph.length(paragraph.shared[index])
            amounts[index - start] = amounts.get(index - start, 0) - shared
    return tuple(sorted(amounts.items()))


def _next_end(paragraph: Paragraph, start: int, room: Length, reduce: bool) -> tuple[int, Kerns]:
    """The end of the line that begins at `start`, and what must be reduced for it to fit."""
    reach, costs = paragraph.reach, paragraph.costs
    origin = paragraph.origin(start)
    most = room * 1000 // paragraph.size
    full = max(start, bisect_right(reach, origin + most, start) - 1)
    natural = paragraph.hanging_end(full)
    if natural == len(paragraph.text) or (natural > start and costs[natural] == LEGAL):
        return natural, ()
    if reduce:
        # No glyph loses more than half of itself: nothing beyond twice the room can be pulled in.
        furthest = bisect_right(reach, origin + 2 * most, natural)
        pulled_in = costs.find(LEGAL, natural + 1, paragraph.hanging_end(furthest) + 1)
        if pulled_in > 0:
            kerns = reduce_line(paragraph, start, paragraph.visible_end(start, pulled_in), room)
            if kerns:
                return pulled_in, kerns
    for cost in (LEGAL, JOINT, WORD, KINSOKU):
        end = costs.rfind(cost, start + 1, natural + 1)
        if end > 0:
            return end, ()
    return _one_cluster(paragraph, start), ()


def _one_cluster(paragraph: Paragraph, start: int) -> int:
    """The end of a line that holds one character, with all that is attached to it."""
    end = start + 1
    while paragraph.costs[end] == CLUSTER:
        end += 1
    return paragraph.hanging_end(end)
