"""Texts set in a width: broken into lines, made smaller where the style allows it.

In: the paragraphs of a cell, their style, the width of the box. Out: `SetText`, lines with the
size they are set at. Where the lines go on the page is decided by `placing`.
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from typing import NamedTuple, Protocol

from gyomu_docs.layout.tree import Align, Style, VAlign
from gyomu_docs.typeset.jlreq import CLUSTER, SPACES, break_costs
from gyomu_docs.typeset.lines import Line, break_lines, widest_unit
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.paragraphs import longest_line
from gyomu_docs.typeset.stretching import justify, spread
from gyomu_docs.units import Length

MAX_SPREAD_GAP = 1
"""均等割付 opens the gaps to this many em at the most: in a wide cell a short label stands spread
in the middle (任　務　目　的), as it would be written by hand."""

SIZE_STEP = 100
"""Sizes go down in tenths of a point: finer steps are not seen, and mean more glyph sizes."""

_CACHE_LIMIT = 20_000
"""Texts remembered at the most; forms repeat theirs, prose does not."""


class Fonts(Protocol):
    """Where typesetting gets its fonts: a `FontSet`, or fixed metrics in tests."""

    def find(self, family: str, bold: bool) -> Metrics:
        """The font of a family, regular or bold. Raises FontError."""


class Fit(IntEnum):
    """How well a text went into its box."""

    FITS = 0
    SHRUNK = 1
    """It was set smaller, and takes no more lines than it may."""
    OVERFULL = 2
    """At the smallest size it still needed more lines than it should have."""


class SetLine(NamedTuple):
    """One line, with what it is moved in by and the paragraph it belongs to."""

    line: Line
    indent: Length
    paragraph: int


class SetText(NamedTuple):
    """Paragraphs broken into lines at one size."""

    lines: tuple[SetLine, ...]
    size: Length
    leading: Length
    spacing: Length = 0
    """均等割付: added after each character of the only line but the last."""
    fit: Fit = Fit.FITS
    spread: bool = False
    """Whether the only line has gaps for the eye, by `spacing` or by its kerns."""
    shift: Length = 0
    """`decimal`: how far before the right edge of its room the line ends."""

    @property
    def height(self) -> Length:
        """Of all lines, without padding."""
        return len(self.lines) * self.leading


EMPTY = SetText((), 0, 0)


class _Known(NamedTuple):
    """What has been set in a style."""

    style: Style
    done: dict[tuple[tuple[str, ...], Length], SetText]
    broken: dict[tuple[tuple[str, ...], Length], SetText]
    """In this and all styles that break lines alike; the leading is that of any of them."""


class TextSetter:
    """Sets texts with the fonts given; remembers what it set, since forms repeat their texts."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._metrics: dict[tuple[str, bool], Metrics] = {}
        # By the style's identity: hashing fourteen fields would cost more than setting a text.
        # The style itself is kept in the value, so that its id stays its own.
        self._known: dict[int, _Known] = {}
        # By all of a style that lines depend on: a text is not broken again for other heights.
        self._broken: dict[Style, dict[tuple[tuple[str, ...], Length], SetText]] = {}
        self._count = 0
        self._variants: dict[tuple[int, Align, VAlign], tuple[Style, Style]] = {}

    def font(self, style: Style) -> Metrics:
        """The font of a style. Raises FontError."""
        key = (style.family, style.bold)
        metrics = self._metrics.get(key)
        if metrics is None:
            metrics = self._metrics[key] = self._fonts.find(*key)
        return metrics

    def aligned(self, style: Style, align: Align) -> Style:
        """The style with another horizontal alignment, the same object each time."""
        return self._changed(style, align, style.valign)

    def top_aligned(self, style: Style) -> Style:
        """The style with its text at the top of the box, the same object each time."""
        return self._changed(style, style.align, "top")

    def _changed(self, style: Style, align: Align, valign: VAlign) -> Style:
        key = (id(style), align, valign)
        known = self._variants.get(key)
        if known is None:
            changed = replace(style, align=align, valign=valign)
            known = self._variants[key] = (style, changed)
        return known[1]

    def set(self, texts: tuple[str, ...], style: Style, width: Length) -> SetText:
        """Set paragraphs in a box `width` wide, padding included.

        Raises MissingGlyphError for a character that the font lacks.
        """
        if not texts:
            return EMPTY
        known = self._known.get(id(style))
        if known is None:
            broken = self._broken.setdefault(_without_heights(style), {})
            known = self._known[id(style)] = _Known(style, {}, broken)
        key = (texts, width)
        done = known.done.get(key)
        if done is None:
            done = known.broken.get(key)
            if done is None:
                done = known.broken[key] = self._set(texts, style, width)
            else:
                done = done._replace(leading=_leading(style, done.size, done.lines, texts))
            known.done[key] = done
            self._count += 1
            if self._count > _CACHE_LIMIT:
                self._known.clear()
                self._broken.clear()
                self._count = 0
        return done

    def _set(self, texts: tuple[str, ...], style: Style, width: Length) -> SetText:
        font = self.font(style)
        room = width - style.padding.left - style.padding.right - style.indent
        size, fit = style.size, Fit.FITS
        lines = _broken(texts, style, room, size, font)
        if style.shrink and len(lines) > style.lines and len(lines) > _least_lines(texts):
            size, lines, fit = _shrunk(texts, style, room, font)
        leading = _leading(style, size, lines, texts)
        if style.align == "spread" and len(lines) == 1:
            (one,) = lines
            line, spacing = spread_line(one.line, room, size, font)
            lines = (one._replace(line=line),)
            return SetText(lines, size, leading, spacing, fit, line is not one.line)
        if style.align == "justify":
            lines = tuple(
                one._replace(line=justify(one.line, room - one.indent, size, font)) for one in lines
            )
        return SetText(lines, size, leading, 0, fit)


def _without_heights(style: Style) -> Style:
    """The style with all set to naught that has no part in how its texts are broken and sized."""
    padding = style.padding._replace(top=0, bottom=0)
    return replace(style, name="", leading=1, padding=padding, valign="top", fill=None, color=0)


def _leading(
    style: Style, size: Length, lines: tuple[SetLine, ...], texts: tuple[str, ...]
) -> Length:
    """Lines of a broken text that is shrunk move together; a single one keeps the rhythm."""
    several = len(lines) > _least_lines(texts)
    return style.leading * size // style.size if several else style.leading


def _broken(
    texts: tuple[str, ...], style: Style, room: Length, size: Length, font: Metrics
) -> tuple[SetLine, ...]:
    first_indent, level, reduce = style.first_indent, style.kinsoku, style.compress
    lines = []
    for paragraph, text in enumerate(texts):
        indent = first_indent
        for line in break_lines(
            text,
            room,
            size,
            font,
            level=level,
            first_indent=first_indent,
            reduce=reduce,
            flush=True,
        ):
            lines.append(SetLine(line, indent, paragraph))
            indent = 0
    return tuple(lines)


def _least_lines(texts: tuple[str, ...]) -> int:
    return sum(text.count("\n") + 1 for text in texts)


def _shrunk(
    texts: tuple[str, ...], style: Style, room: Length, font: Metrics
) -> tuple[Length, tuple[SetLine, ...], Fit]:
    """Texts that take too many lines at the size of their style, set smaller.

    A text that is to stay on one line gets the size at which it does so without reductions. One
    that may take more gets the largest size at which they are enough; where not even the floor is
    enough, the largest that needs no more lines than the floor.
    """
    least = _least_lines(texts)
    most = max(style.lines, least)
    size = _smaller(texts, style, room, font)
    lines = _broken(texts, style, room, size, font)
    fit = Fit.SHRUNK if len(lines) <= most else Fit.OVERFULL
    if fit is Fit.OVERFULL or most > least:
        size, lines = _largest(texts, style, room, font, size, max(len(lines), most))
    return size, lines, fit


def _smaller(texts: tuple[str, ...], style: Style, room: Length, font: Metrics) -> Length:
    """The largest size at which every line fits, in steps, not below the floor."""
    widest = max(longest_line(text, font.widths, share=style.compress) for text in texts)
    size = max(room - style.first_indent, 0) * 1000 // max(widest, 1)
    return max(size // SIZE_STEP * SIZE_STEP, min(style.floor, style.size))


def _largest(
    texts: tuple[str, ...], style: Style, room: Length, font: Metrics, low: Length, count: int
) -> tuple[Length, tuple[SetLine, ...]]:
    """The largest size that needs no more than `count` lines, as `low` does, and the lines.

    A word or number that fits on a line at `low` stays whole.
    """
    units = (widest_unit(text, font, level=style.kinsoku, reduce=style.compress) for text in texts)
    whole = max(room - style.first_indent, 0) * 1000 // max(max(units, default=0), 1)
    high = style.size
    if whole >= low:
        high = min(high, whole)
    while high - low >= SIZE_STEP:
        middle = (low + high + SIZE_STEP) // (2 * SIZE_STEP) * SIZE_STEP
        if len(_broken(texts, style, room, middle, font)) <= count:
            low = middle
        else:
            high = middle - SIZE_STEP
    return low, _broken(texts, style, room, low, font)


def spread_line(line: Line, room: Length, size: Length, font: Metrics) -> tuple[Line, Length]:
    """A line spread over the room (均等割付), and the spacing of its characters.

    Where a mark is attached to a character, the gaps are kerns and the spacing is 0: spacing would
    part the two as well. Kerns that the line has already are kept.
    """
    gap = min(spread(line, room), MAX_SPREAD_GAP * size)
    if not gap:
        return line, 0
    costs = break_costs(line.text)
    visible = len(line.text.rstrip(SPACES))
    ends = [index for index in range(visible - 1) if costs[index + 1] != CLUSTER]
    line = line._replace(width=line.width + gap * len(ends))
    if len(ends) == visible - 1:
        return line, gap
    kerns = dict(line.kerns)
    for index in ends:
        kerns[index] = kerns.get(index, 0) + gap
    return line._replace(kerns=tuple(sorted(kerns.items()))), 0
