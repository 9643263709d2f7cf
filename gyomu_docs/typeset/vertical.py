"""Labels set from top to bottom in a cell (縦組, JLREQ 2.3), columns from right to left.

In: a label, its style, the width of its cell. Out: the height that it needs, and then its columns
in the height that it gets. Each character takes one em, so columns are lines of upright metrics.
"""

from __future__ import annotations

from typing import NamedTuple

from gyomu_docs.layout.tree import Style
from gyomu_docs.typeset.lines import Line, break_lines
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.texts import SIZE_STEP, Fit, UprightMetrics, spread_line
from gyomu_docs.units import Length


class SetVertical(NamedTuple):
    """The columns of a vertical label, the rightmost first."""

    columns: tuple[Line, ...]
    size: Length
    pitch: Length
    """Distance of the centre lines of two columns."""
    spacing: Length
    """均等割付: added after each character of the only column but the last."""
    spread: bool
    """Whether the only column has gaps for the eye, by `spacing` or by its kerns."""
    fit: Fit
    """`OVERFULL`: the box is lower than `least_height`, and the columns do not fit in it."""


def least_height(text: str, style: Style, font: Metrics, width: Length) -> Length | None:
    """The height that a vertical cell needs at the least, padding included.

    A style that may shrink needs room for its smallest size in as many columns as fit; any other
    for one column, or for one each where the text has line breaks. None where not even those fit
    next to each other.
    """
    upright = UprightMetrics(font)
    size = _least_size(style)
    forced = text.count("\n") + 1
    most = _most_columns(style, size, width)
    if forced > most:
        return None
    columns = most if style.shrink else forced
    # All characters below each other fit; the least height is found by halving.
    low, high = 0, max(_ems(text, upright) // 1000, 1)
    while high - low > 1:
        middle = (low + high) // 2
        if len(break_lines(text, middle * size, size, upright)) > columns:
            low = middle
        else:
            high = middle
    return high * size + style.padding.top + style.padding.bottom


def set_vertical(
    text: str, style: Style, font: Metrics, width: Length, height: Length
) -> SetVertical:
    """Set a label in a box: one column, smaller where it may shrink, then more columns."""
    upright = UprightMetrics(font)
    room = height - style.padding.top - style.padding.bottom
    size = style.size
    forced = text.count("\n") + 1
    if style.shrink:
        longest = max(_ems(piece, upright) for piece in text.split("\n"))
        most = max(room, 0) * 1000 // max(longest, 1000)
        if most < size:
            size = most // SIZE_STEP * SIZE_STEP
        while size > _least_size(style) and forced > _most_columns(style, size, width):
            size -= SIZE_STEP
        size = max(size, _least_size(style))
    columns = break_lines(text, room, size, upright)
    fit = Fit.SHRUNK if size < style.size else Fit.FITS
    too_high = any(column.width > room for column in columns)
    if too_high or len(columns) > _most_columns(style, size, width):
        fit = Fit.OVERFULL
    spacing, spread = 0, False
    if style.align == "spread" and len(columns) == 1:
        column, spacing = spread_line(columns[0], room, size, upright)
        spread = column is not columns[0]
        columns = (column,)
    return SetVertical(columns, size, _pitch(style, size), spacing, spread, fit)


def _ems(text: str, upright: UprightMetrics) -> int:
    return sum(upright.widths[char] for char in text if char != "\n")


def _least_size(style: Style) -> Length:
    return min(style.floor, style.size) if style.shrink else style.size


def _most_columns(style: Style, size: Length, width: Length) -> int:
    room = width - style.padding.left - style.padding.right
    return (room - size) // _pitch(style, size) + 1


def _pitch(style: Style, size: Length) -> Length:
    return style.leading * size // style.size
