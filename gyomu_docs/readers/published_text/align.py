"""Cells to columns: how a row is read whose cells were shifted.

A row fits its header as it is, or cells have come in, or cells were lost. Every way of leaving
out up to three blank cells, of skipping up to three columns, or of cutting a cell in which values
were glued, is a reading; each is weighed by
how its cells look in their columns (an arrow belongs to 目標, ○ to 達成), and the lightest one is
taken. A dash is left out only where nothing else helps, and not among amounts; other texts never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from gyomu_docs.readers.published_text.columns import Column, Kind
from gyomu_docs.readers.published_text.glued import (
    Cut,
    Look,
    cuts,
    has_dash_apart,
    has_sign_beside_words,
    is_glued,
    look_of,
)
from gyomu_docs.readers.published_text.labels import plain

_MOST = 3
"""Cells too many or too few in a row that is still read."""
_WIDEST = 30
"""Columns of the widest table whose rows are searched for shifts."""
_WRONG = 9
"""A cell that cannot stand in that column; a reading of this weight is refused."""
_ODD = 6
"""A reading of this weight is doubtful, though there may be no better one."""
_CLEAR = 2
"""By this much a shifted reading must be better than the next one to be beyond doubt."""

_ACCOUNT_NUMBER = re.compile(r"\d{1,3}|-")


class Alignment(NamedTuple):
    """A reading of a row."""

    values: tuple[str, ...]
    """One text a column; blank where the row has none."""
    surplus: tuple[str, ...] = ()
    """The cells that were left out: blank ones and dashes."""
    skipped: tuple[Column, ...] = ()
    """The columns that the row has no cell for, though later columns have one."""
    glued: tuple[str, ...] = ()
    """The cells that were cut, since two values or more stood in them."""
    doubtful: bool = False
    """Whether another reading is about as good."""


class _Reading(NamedTuple):
    weight: int
    alignment: Alignment


_WEIGHTS: dict[Kind, dict[Look, int]] = {
    Kind.TEXT: {Look.BLANK: 3, Look.NUMBER: 2, Look.DASH: 3, Look.MARK: 5, Look.ARROW: _WRONG},
    Kind.INDICATOR: {Look.NUMBER: 2, Look.MARK: 3, Look.ARROW: _WRONG},
    Kind.YEAR: {Look.MARK: 1, Look.ARROW: _WRONG},
    Kind.TARGET: {Look.BLANK: 1, Look.NUMBER: 2, Look.WORDS: 3, Look.MARK: 6},
    Kind.MARK: {Look.BLANK: 1, Look.NUMBER: 4, Look.WORDS: 4, Look.ARROW: _WRONG},
    Kind.REMARK: {Look.DASH: 2, Look.NUMBER: 1, Look.MARK: 6, Look.ARROW: _WRONG},
    Kind.EXTRA: {Look.ARROW: _WRONG},
    Kind.NAME: {Look.BLANK: 1, Look.NUMBER: 4, Look.DASH: 2},
    Kind.AMOUNT: {Look.WORDS: 3, Look.MARK: 5, Look.ARROW: _WRONG},
}
"""How badly a look suits a column; 0 where nothing is given."""

_SHORT = 4
_SHORT_WORDS = 1
"""Some forms say 維持 and 達成 where others print → and ○."""
_SURPLUS = 2
_SURPLUS_UNSEEN = 3
"""Added where the row has no cell too many, so that nothing speaks for a surplus one."""
_SKIPPED = {Kind.INDICATOR: 2, Kind.ACCOUNT: 1}
_SKIPPED_OTHER = 6
_RESULTS_WITHOUT_INDICATOR = 2
_INDICATOR_AS_RESULT = 3
_INDICATOR_BESIDE_NUMBERS = 4
"""The words before the results of the other years, which are numbers, can hardly be one."""
_ONE_VALUE = frozenset({Kind.INDICATOR, Kind.YEAR, Kind.TARGET, Kind.MARK, Kind.AMOUNT})
_NO_SIGN_IN_WORDS = frozenset({Kind.YEAR, Kind.TARGET, Kind.MARK})


def align(cells: Sequence[str], columns: Sequence[Column]) -> Alignment | None:
    """Read `cells` as a row of `columns`; None where no reading makes sense."""
    trimmed = _trimmed(cells)
    if len(trimmed) <= len(columns):
        as_is = _reading(trimmed, columns, (), ())
        if as_is.weight == 0:
            # In a row short of cells `- 65` may also be what two columns held.
            apart = len(cells) < len(columns) and any(map(has_dash_apart, cells))
            return as_is.alignment._replace(doubtful=apart)
        if as_is.weight < _WRONG and _is_plain(trimmed, columns):
            return as_is.alignment
    best = _best_readings(cells, columns, (Look.BLANK,))
    if not best and any(column.kind is Kind.TARGET for column in columns):
        best = _best_readings(cells, columns, (Look.BLANK, Look.DASH))
    if not best:
        return None
    (weight, alignment), *others = best
    # A row that is read as it stands needs less to be beyond doubt than one that is shifted.
    clear = _CLEAR if alignment.surplus or alignment.skipped else 1
    doubtful = weight >= _ODD or (bool(others) and others[0].weight - weight < clear)
    return alignment._replace(doubtful=doubtful)


def _is_plain(cells: Sequence[str], columns: Sequence[Column]) -> bool:
    # Most rows have a text and nothing else. A header of absurd width is not worth a search.
    return len(cells) <= 1 or len(columns) > _WIDEST


def _best_readings(
    cells: Sequence[str], columns: Sequence[Column], surplus: tuple[Look, ...]
) -> list[_Reading]:
    """The readings that make sense, the lightest first, one for each outcome."""
    best: dict[tuple[str, ...], _Reading] = {}
    for cut in cuts(cells):
        for reading in _readings(cut, columns, surplus):
            known = best.get(reading.alignment.values)
            if known is None or reading.weight < known.weight:
                best[reading.alignment.values] = reading
    return sorted(best.values(), key=lambda reading: reading.weight)


def _readings(cut: Cut, columns: Sequence[Column], surplus: tuple[Look, ...]) -> Iterator[_Reading]:
    """All readings that make sense."""
    cells = _trimmed(cut.cells)
    if len(cells) > len(columns) + _MOST or len(columns) > _WIDEST:
        return
    unseen = 0 if len(cut.cells) > len(columns) else _SURPLUS_UNSEEN
    candidates = [index for index, cell in enumerate(cells) if look_of(cell) in surplus]
    for left_out in _up_to(candidates):
        kept = [cell for index, cell in enumerate(cells) if index not in left_out]
        for skipped in _up_to(range(len(columns))) if not left_out else ((),):
            if len(kept) + len(skipped) <= len(columns):
                texts = tuple(cells[index] for index in left_out)
                reading = _reading(kept, columns, texts, skipped)
                weight = reading.weight + cut.weight + (unseen if left_out else 0)
                if weight < _WRONG:
                    yield _Reading(weight, reading.alignment._replace(glued=cut.glued))


def _reading(
    cells: Sequence[str],
    columns: Sequence[Column],
    surplus: tuple[str, ...],
    skipped: tuple[int, ...],
) -> _Reading:
    rest = iter(cells)
    values = tuple("" if i in skipped else next(rest, "") for i in range(len(columns)))
    weight = len(surplus) * _SURPLUS
    weight += sum(_SKIPPED.get(columns[i].kind, _SKIPPED_OTHER) for i in skipped)
    weight += sum(map(_weight, columns, values))
    weight += _weight_of_lacking_indicator(columns, values)
    gaps = tuple(columns[i] for i in skipped)
    return _Reading(weight, Alignment(values, surplus, gaps))


def _weight(column: Column, cell: str) -> int:
    if column.kind is Kind.ACCOUNT:
        return 0 if not cell or _ACCOUNT_NUMBER.fullmatch(plain(cell)) else _WRONG
    if column.kind is Kind.NAME and plain(cell).endswith("千円"):
        return _WRONG
    if column.kind is Kind.AMOUNT and plain(cell) == "千円":
        return 0
    if column.kind in _ONE_VALUE and is_glued(cell):
        return _ODD
    if column.kind in _NO_SIGN_IN_WORDS and has_sign_beside_words(cell):
        return _ODD
    look = look_of(cell)
    if look is Look.WORDS and len(cell) <= _SHORT and column.kind in {Kind.TARGET, Kind.MARK}:
        return _SHORT_WORDS
    return _WEIGHTS[column.kind].get(look, 0)


def _weight_of_lacking_indicator(columns: Sequence[Column], values: Sequence[str]) -> int:
    """Results without an indicator are odd, the more if the first one could be the indicator."""
    pairs = list(zip(columns, values, strict=True))
    if [text for column, text in pairs if column.kind is Kind.INDICATOR] != [""]:
        return 0
    first, *others = [text for column, text in pairs if column.kind is Kind.YEAR] or [""]
    if first and look_of(first) is Look.WORDS and first not in others:
        beside_numbers = any(look_of(text) is Look.NUMBER for text in others)
        more = _INDICATOR_BESIDE_NUMBERS if beside_numbers else _INDICATOR_AS_RESULT
        return _RESULTS_WITHOUT_INDICATOR + more
    return _RESULTS_WITHOUT_INDICATOR if first or any(others) else 0


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


_Item = TypeVar("_Item")


def _up_to(items: Iterable[_Item]) -> Iterator[tuple[_Item, ...]]:
    """Nothing, each item, each pair, and so on up to `_MOST`."""
    items = list(items)
    for number in range(_MOST + 1):
        yield from combinations(items, number)
