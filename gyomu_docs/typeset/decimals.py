"""Numbers of one column below each other, their decimal points on one line (JLREQ 4.4.3).

In: the numbers of a column, set. Out: how far before the right edge of its cell each one ends.
The whole numbers, signs and commas included, make a block as wide as its widest, and so do the
decimals with all that stands behind them (%, 千円). The two stand in the middle of the cell, never
with more space behind them than before. A number alone in its cell that would leave it on the
left, and a cell of several lines, end at the right edge instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gyomu_docs.layout.tree import Style
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.texts import SetText
from gyomu_docs.units import Length

_WHOLE = re.compile("[^0-9０-９]*[0-9０-９]+(?:[,，][0-9０-９]+)*")
"""What stands before the decimal point: △1,244."""


class Number(NamedTuple):
    """A text of a cell that is aligned on its decimal point."""

    done: SetText
    style: Style
    width: Length
    """Of the cell, the same for all numbers of a column."""
    font: Metrics


class _Parts(NamedTuple):
    """The widths from the decimal point to the edges of the cell, paddings included."""

    left: Length
    right: Length


def align_numbers(numbers: Sequence[Number]) -> list[Length]:
    """The `SetText.shift` of each number of a column, 0 for what is only to end at the right."""
    parts = [_parts(number) for number in numbers]
    known = [one for one in parts if one is not None]
    left = max((one.left for one in known), default=0)
    right = max((one.right for one in known), default=0)
    shifts = []
    for number, one in zip(numbers, parts, strict=True):
        # Where the block is too wide, its right half still stands in the cell.
        point = max((number.width - left - right) // 2, 0) + right
        aligned = one is not None and one.left <= number.width - point
        shifts.append(point - one.right if one is not None and aligned else 0)
    return shifts


def _parts(number: Number) -> _Parts | None:
    done, style = number.done, number.style
    if len(done.lines) != 1:
        return None
    line = done.lines[0].line
    whole = _WHOLE.match(line.text)
    if whole is None:
        return None
    end = whole.end()
    width = sum(map(number.font.widths.__getitem__, line.text[:end])) * done.size // 1000
    width += sum(amount for index, amount in line.kerns if index < end)
    padding = style.padding
    return _Parts(
        padding.left + style.indent + width,
        line.width - width + padding.right,
    )
