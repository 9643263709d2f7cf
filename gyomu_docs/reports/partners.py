"""Which record of the old sheet became which of the new one, by the names that forms give them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gyomu_docs.comparison import Pair, SheetComparison
from gyomu_docs.layout.tree import Cell, Row
from gyomu_docs.model import Sheet

_TEXTS = ("総合計画.施策の方向", "注記", "総括.本文", "今後の方針.本文")
"""Lists of texts whose paragraphs the comparison has paired."""


class Partners:
    """The partners of rows and of paragraphs, by record: `行政活動[3]`, `総括.本文[1]`."""

    def __init__(self, heirs: Mapping[str, str]) -> None:
        """`heirs` are the records of the new sheet by those of the old one."""
        self._heirs = heirs

    def heir(self, record: str) -> str | None:
        """What a record of the old sheet became; None if it is gone or no record."""
        return self._heirs.get(record)

    def paragraphs(self, old: tuple[Row, Cell], new: tuple[Row, Cell]) -> list[tuple[int, int]]:
        """The paragraphs of two cells that became each other, in order, from 0.

        Those of a list of texts (本文) as the comparison has them, others by their place.
        """
        (row, cell), (other_row, other) = old, new
        list_, other_list = _joined(row.record, cell.field), _joined(other_row.record, other.field)
        count, most = len(cell.texts), len(other.texts)
        if list_ != other_list or list_ not in _TEXTS:
            return [(at, at) for at in range(min(count, most))]
        places = {f"{other_list}[{at + 1}]": at for at in range(most)}
        heirs = ((at, self.heir(f"{list_}[{at + 1}]")) for at in range(count))
        return increasing((at, places[heir]) for at, heir in heirs if heir in places)


def partners_of(comparison: SheetComparison) -> Partners:
    """The partners that a comparison has found."""
    return Partners(dict(_pairs(comparison)))


def increasing(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs in which both sides increase.

    What was moved behind another is not in it: a redline has it deleted here and inserted there.
    """
    # The runs of each length that end lowest; each pair knows the one before it in its run.
    ends: list[int] = []
    runs: list[tuple[tuple[int, int], Any]] = []
    for pair in sorted(pairs, key=lambda one: (one[0], -one[1])):
        length = bisect_left(ends, pair[1])
        run = (pair, runs[length - 1] if length else None)
        ends[length : length + 1] = [pair[1]]
        runs[length : length + 1] = [run]
    found = []
    last = runs[-1] if runs else None
    while last is not None:
        found.append(last[0])
        last = last[1]
    return found[::-1]


def _joined(record: str, field: str) -> str:
    return ".".join(part for part in (record, field) if part)


def _pairs(comparison: SheetComparison) -> Iterator[tuple[str, str]]:
    alignment = comparison.alignment
    lists: dict[str, tuple[Pair[Any], ...]] = {
        "総合計画.施策の方向": alignment.directions,
        "予算": alignment.budget,
        "任務目的": alignment.purposes,
        "行政活動": alignment.activities,
        "注記": alignment.notes,
        "総括.本文": alignment.summary,
        "今後の方針.本文": alignment.outlook,
    }
    for name, pairs in lists.items():
        for pair in pairs:
            if pair.old_index is not None and pair.new_index is not None:
                yield f"{name}[{pair.old_index}]", f"{name}[{pair.new_index}]"
    olds, news = _costs(comparison.old), _costs(comparison.new)
    for cost in alignment.costs:
        if cost.old_index is not None and cost.new_index is not None:
            yield olds[cost.old_index - 1], news[cost.new_index - 1]


def _costs(sheet: Sheet | None) -> list[str]:
    """The records of all cost rows in the order in which comparisons count them."""
    return [
        f"行政活動[{number}].事業費[{index}]"
        for number, activity in enumerate(sheet.activities if sheet else (), 1)
        for index in range(1, len(activity.costs) + 1)
    ]
