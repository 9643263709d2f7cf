"""Figures as a sign of identity: rows that look alike are told apart by what they have counted."""

from __future__ import annotations

from gyomu_docs.model import TextsByYear, ValueKind, parse_value

_FIGURES = (ValueKind.NUMBER, ValueKind.PERCENT)
_WORDS_COUNT = 0.25
"""`随時` in five years says less about a row than five figures."""
_ENOUGH = 3.0
"""So many equal figures leave no doubt."""
_FILLED_IN = 0.5
"""A figure where the other has none says less than another figure does."""
_LACK = -0.5
"""One row has figures, the other has none."""


def agreement(old: TextsByYear, new: TextsByYear) -> float:
    """From -1, other figures in the years that both have, over 0, nothing to say, to 1, equal."""
    if not old or not new:
        return _LACK if _has_figures(old) or _has_figures(new) else 0.0
    total = weight = 0.0
    for year in old:
        if year not in new:
            continue
        was, now = old.at(year.year), new.at(year.year)
        kinds = {parse_value(was).kind, parse_value(now).kind}
        if kinds <= {ValueKind.BLANK, ValueKind.NONE}:
            continue
        counts = 1.0 if kinds & {*_FIGURES} else _WORDS_COUNT
        if was != now and kinds & {ValueKind.BLANK, ValueKind.NONE}:
            counts *= _FILLED_IN
        total += counts if was == now else -counts
        weight += counts
    return total / max(weight, _ENOUGH)


def _has_figures(texts: TextsByYear) -> bool:
    return any(parse_value(text).kind in _FIGURES for text in texts.values())
