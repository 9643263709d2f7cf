"""Labels set from top to bottom in a cell (縦組, JLREQ 2.3), columns from right to left."""

from __future__ import annotations

from typing import NamedTuple

from gyomu_docs.layout.tree import Style
from gyomu_docs.typeset.lines import break_lines, spread
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.texts import MAX_SPREAD_GAP, Fit, UprightMetrics
from gyomu_docs.units import Length

_SIZE_STEP = 100


class SetVertical(NamedTuple):
    """The columns of a vertical label, the rightmost first."""

    columns: tuple[str, ...]
    size: Length
    pitch: Length
    """Distance of the centre lines of two columns."""
    spacing: Length
    fit: Fit


def least_height(text: str, style: Style, font: Metrics, width: Length) -> Length:
    """The height that a vertical cell needs at the least, padding included.

    A style that may shrink needs room for its smallest size in as many columns as fit.
    """
    upright = UprightMetrics(font)
    size = min(style.floor, style.size) if style.shrink else style.size
    columns = max(_room(style, width) // _pitch(style, size), 1) if style.shrink else 1
    ems = sum(upright.widths[char] for char in text.replace("\n", ""))
    characters = -(-ems // 1000)
    return -(-characters // columns) * size + style.padding.top + style.padding.bottom


def set_vertical(
    text: str, style: Style, font: Metrics, width: Length, height: Length
) -> SetVertical:
    """Set a label in a box: one column, smaller where it may shrink, then more columns."""
    upright = UprightMetrics(font)
    room = height - style.padding.top - style.padding.bottom
    size, fit = style.size, Fit.FITS
    columns = _columns(text, room, size, upright)
    if len(columns) > 1 + text.count("\n") and style.shrink:
        ems = max(sum(upright.widths[char] for char in piece) for piece in text.split("\n"))
        size = room * 1000 // max(ems, 1) // _SIZE_STEP * _SIZE_STEP
        fit = Fit.SHRUNK
        if size < style.floor:
            size = min(style.floor, style.size)
            columns = _columns(text, room, size, upright)
            fit = Fit.SHRUNK if len(columns) * _pitch(style, size) <= width else Fit.OVERFULL
        else:
            columns = _columns(text, room, size, upright)
    spacing = 0
    if style.align == "spread" and len(columns) == 1:
        gap = spread(columns[0], room, size, upright)
        spacing = gap if gap <= MAX_SPREAD_GAP * size else 0
    return SetVertical(columns, size, _pitch(style, size), spacing, fit)


def _columns(text: str, room: Length, size: Length, upright: UprightMetrics) -> tuple[str, ...]:
    # Only the texts of the lines are used, so no line may count on being squeezed.
    lines = break_lines(text, room, size, upright, reduce=False)
    return tuple(line.text for line in lines)


def _room(style: Style, width: Length) -> Length:
    return width - style.padding.left - style.padding.right


def _pitch(style: Style, size: Length) -> Length:
    return style.leading * size // style.size
