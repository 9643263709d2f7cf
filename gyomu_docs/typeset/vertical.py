"""Labels set from top to bottom in a cell (縦組, JLREQ 2.3), columns from right to left.

In: a label, its style, the width of its cell. Out: the height that it needs, and then its columns
in the height that it gets. What stands upright, turned or together in one em, `vertical_runs`
tells; columns are lines of that text and its upright metrics.
"""

from __future__ import annotations

from typing import NamedTuple

from gyomu_docs.layout.tree import Style
from gyomu_docs.typeset.lines import Line, break_lines, widest_unit
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.texts import MAX_SPREAD_GAP, SIZE_STEP, Fit
from gyomu_docs.typeset.vertical_runs import (
    ColumnRun,
    Token,
    VerticalText,
    column_runs,
    read_label,
    unit_ends,
)
from gyomu_docs.units import Length


class Column(NamedTuple):
    """One column, set."""

    height: Length
    """Visible height, kerns and gaps included."""
    runs: tuple[ColumnRun, ...]

    @property
    def text(self) -> str:
        r"""The texts of the columns joined are the label without its `\n`."""
        return "".join(run.text for run in self.runs)


class SetVertical(NamedTuple):
    """The columns of a vertical label, the rightmost first."""

    columns: tuple[Column, ...]
    size: Length
    pitch: Length
    """Distance of the centre lines of two columns."""
    spread: bool
    """Whether the only column has gaps for the eye (均等割付)."""
    fit: Fit
    """`OVERFULL`: the box is lower than `least_height`, and the columns do not fit in it."""


def least_height(text: str, style: Style, font: Metrics, width: Length) -> Length | None:
    """The height that a vertical cell needs at the least, padding included.

    A style that may shrink needs room for its smallest size in as many columns as fit; any other
    for one column, or for one each where the text has line breaks. In whole ems, and no less than
    a word that no line should divide. None where not even the columns that the line breaks force
    fit next to each other.
    Raises `MissingGlyphError`.
    """
    label = read_label(text, style, font)
    size = _least_size(style)
    forced = text.count("\n") + 1
    most = _most_columns(style, size, width)
    if forced > most:
        return None
    columns = most if style.shrink else forced
    # All characters below each other fit; the least height is found by halving.
    low = _whole_ems(max(widest_unit(label.text, label), 1)) - 1
    high = max(_whole_ems(sum(token.ems for token in label.tokens)), low + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if len(_broken(label, style, middle * size, size)) > columns:
            low = middle
        else:
            high = middle
    return high * size + style.padding.top + style.padding.bottom


def set_vertical(
    text: str, style: Style, font: Metrics, width: Length, height: Length
) -> SetVertical:
    """Set a label in a box: one column, smaller where it may shrink, then more columns.

    Raises `MissingGlyphError`.
    """
    label = read_label(text, style, font)
    room = height - style.padding.top - style.padding.bottom
    size = style.size
    forced = text.count("\n") + 1
    if style.shrink:
        most = max(room, 0) * 1000 // max(label.longest(), 1000)
        if most < size:
            size = most // SIZE_STEP * SIZE_STEP
        while size > _least_size(style) and forced > _most_columns(style, size, width):
            size -= SIZE_STEP
        size = max(size, _least_size(style))
    lines = _broken(label, style, room, size)
    fit = Fit.SHRUNK if size < style.size else Fit.FITS
    too_high = any(line.width > room for line in lines)
    if too_high or len(lines) > _most_columns(style, size, width):
        fit = Fit.OVERFULL
    gap = 0
    if style.align == "spread" and len(lines) == 1:
        gap = _gap(label.tokens, room, size)
    columns = tuple(
        _set_column(line, tokens, gap, size, font)
        for line, tokens in zip(lines, label.columns(lines), strict=True)
    )
    return SetVertical(columns, size, _pitch(style, size), gap > 0, fit)


def _broken(label: VerticalText, style: Style, room: Length, size: Length) -> tuple[Line, ...]:
    return break_lines(label.text, room, size, label, level=style.kinsoku, reduce=style.compress)


def _set_column(
    line: Line, tokens: tuple[Token, ...], gap: Length, size: Length, font: Metrics
) -> Column:
    ends = unit_ends(tokens) if gap else []
    room_after = dict(line.kerns)
    for index in ends:
        room_after[index] = room_after.get(index, 0) + gap
    return Column(line.width + gap * len(ends), column_runs(tokens, room_after, size, font))


def _gap(tokens: tuple[Token, ...], room: Length, size: Length) -> Length:
    """The gap after each unit but the last that makes a column fill the room (3.7.3, 字取り)."""
    gaps = len(unit_ends(tokens))
    slack = room - sum(token.ems for token in tokens) * size // 1000
    return min(slack // gaps, MAX_SPREAD_GAP * size) if gaps and slack > 0 else 0


def _whole_ems(thousandths: int) -> int:
    """As many ems as hold this, in thousandths of one."""
    return -(-thousandths // 1000)


def _least_size(style: Style) -> Length:
    return min(style.floor, style.size) if style.shrink else style.size


def _most_columns(style: Style, size: Length, width: Length) -> int:
    room = width - style.padding.left - style.padding.right
    return (room - size) // _pitch(style, size) + 1


def _pitch(style: Style, size: Length) -> Length:
    return style.leading * size // style.size
