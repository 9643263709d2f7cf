"""Lengths: whole thousandths of a point, so that equal layouts compare equal.

1 pt = 1,000 units; 1 mm = 2,835 units (rounded); an advance of n/1000 em at s pt is n x s units,
exactly. PDF takes the units through one scaling matrix, Word takes twips (50 units).
"""

from __future__ import annotations

import re

Length = int
"""A length in thousandths of a point."""

PT = 1000
_PER_UNIT = {"pt": 1000.0, "mm": 72000 / 25.4, "cm": 720000 / 25.4}
_LENGTH = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(pt|mm|cm)\s*")


def pt(points: float) -> Length:
    """Points as a `Length`."""
    return round(points * 1000)


def mm(millimetres: float) -> Length:
    """Millimetres as a `Length`, rounded to a thousandth of a point."""
    return round(millimetres * 72000 / 25.4)


def parse_length(text: str) -> Length:
    """`"12mm"`, `"8.5pt"` or `"1cm"` as a `Length`. Raises ValueError for anything else."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"`{text}` is not a length")
    number, unit = match.groups()
    return round(float(number) * _PER_UNIT[unit])
