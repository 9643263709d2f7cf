"""The rows of two grids of one form as the rows of one: common ones, new ones, and those gone.

Rows are paired by the records they show, labels by their look. Only what kept its order is paired.
A row that is blank in one sheet (forms pad their tables) takes what the other has in its place.

Cells that span rows must make a table in the marked-up sheet and in both views. So the rows below a
spanning cell are paired only with rows below its partner; the first rows of the two, where the cell
itself stands, are always a pair; and rows that are new or gone never come between the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from gyomu_docs.layout.tree import PARAGRAPH_END, Cell, Revision, Row, Span
from gyomu_docs.reports.partners import Partners, increasing
from gyomu_docs.reports.tracked_text import paragraph_spans

_Rows: TypeAlias = Sequence[Row]
_Unit: TypeAlias = Sequence[Row]
"""A row, or rows that a cell of the first one spans."""
_Key: TypeAlias = tuple[str, int]
"""A record, and which of its rows."""


class TrackedRows:
    """Makes the rows of a redline's grids."""

    def __init__(self, partners: Partners) -> None:
        self._partners = partners

    def merged(self, olds: _Rows, news: _Rows) -> tuple[Row, ...]:
        """The rows of both grids, those that are in one view only with their `revision`."""
        return tuple(self._merged(olds, news))

    def _merged(self, olds: _Rows, news: _Rows) -> Iterator[Row]:
        units, others = list(_units(olds)), list(_units(news))
        pairs = self._pairs(units, others)
        for (old, new), (next_old, next_new) in pairwise(
            [(-1, -1), *pairs, (len(units), len(others))]
        ):
            if old >= 0:
                yield from self._merged_unit(units[old], others[new])
            yield from self._gap(units[old + 1 : next_old], others[new + 1 : next_new])

    def _pairs(self, olds: Sequence[_Unit], news: Sequence[_Unit]) -> list[tuple[int, int]]:
        """Units that became each other and kept their order."""
        by_record = {key: at for at, keys in enumerate(_keys(news)) for key in keys}
        by_look = {look: at for at, look in enumerate(_looks(news))}
        found = []
        for at, (unit, keys, look) in enumerate(zip(olds, _keys(olds), _looks(olds), strict=True)):
            heirs = ((self._partners.heir(record), count) for record, count in keys)
            to = next((by_record[heir] for heir in heirs if heir in by_record), None)
            if to is None and not unit[0].record:
                to = by_look.get(look)
            if to is not None and self._may_pair(unit, news[to]):
                found.append((at, to))
        return increasing(found)

    def _gap(self, olds: Sequence[_Unit], news: Sequence[_Unit]) -> Iterator[Row]:
        """What is between two pairs: what is gone before what is new, and blank rows reused."""
        gone: list[_Unit] = []
        come: list[_Unit] = []
        left, right = list(olds)[::-1], list(news)[::-1]
        while left and right:
            old, new = left.pop(), right.pop()
            if self._takes_place(old, new):
                yield from _revised(gone, come)
                yield from self._merged_unit(old, new)
                gone, come = [], []
            else:
                gone.append(old)
                come.append(new)
        yield from _revised([*gone, *left[::-1]], [*come, *right[::-1]])

    def _takes_place(self, old: _Unit, new: _Unit) -> bool:
        """Whether a unit without a partner stands where the other stood."""
        if not self._may_pair(old, new):
            return False
        if len(old) == len(new) == 1:
            return _is_blank(old[0]) or _is_blank(new[0])
        labels = [[cell.texts for cell in unit[0].cells if cell.rowspan > 1] for unit in (old, new)]
        return labels[0] == labels[1]

    def _may_pair(self, old: _Unit, new: _Unit) -> bool:
        """Whether the first rows have the same cells, and what they span has the same parts."""
        head, other = old[0], new[0]
        alike = _shape(head) == _shape(other) and _can_track(head, other)
        return alike and _parts(old, new) is not None

    def _merged_unit(self, old: _Unit, new: _Unit) -> list[Row]:
        """A unit of both views."""
        head = self._merged_row(old[0], new[0])
        rows = [head]
        reach: dict[int, int] = {}
        for columns, below, other_below in _parts(old, new) or ():
            rows += self._merged(below, other_below)
            reach |= dict.fromkeys(columns, len(rows))
        if reach:
            cells = (cell._replace(rowspan=reach.get(cell.column, 1)) for cell in head.cells)
            rows[0] = head._replace(cells=tuple(cells))
        return rows

    def _merged_row(self, old: Row, new: Row) -> Row:
        """A row of both views; in cells whose text is another, with what changed in it."""
        if old == new:
            return new
        cells = tuple(
            one if one.texts == was.texts else one._replace(spans=self._spans(old, was, new, one))
            for was, one in zip(old.cells, new.cells, strict=True)
        )
        return new._replace(cells=cells, before=old)

    def _spans(self, old: Row, was: Cell, new: Row, cell: Cell) -> tuple[Span, ...]:
        pairs = self._partners.paragraphs((old, was), (new, cell))
        # In a vertical line runs stand upright by what is beside them, so it changes as a whole.
        return paragraph_spans(was.texts, cell.texts, pairs, whole=cell.style.vertical)


def _revised(gone: Sequence[_Unit], come: Sequence[_Unit]) -> Iterator[Row]:
    """Rows that are in one view only."""
    revisions: tuple[tuple[Sequence[_Unit], Revision], ...] = (
        (gone, "deleted"),
        (come, "inserted"),
    )
    for units, revision in revisions:
        yield from (row._replace(revision=revision) for unit in units for row in unit)


def _units(rows: _Rows) -> Iterator[_Unit]:
    """The rows, those together that a cell spans."""
    start = end = 0
    for at, row in enumerate(rows):
        if at == end and at > start:
            yield rows[start:end]
            start = at
        end = max(end, at + max((cell.rowspan for cell in row.cells), default=1))
    if rows:
        yield rows[start:]


def _parts(old: _Unit, new: _Unit) -> list[tuple[list[int], _Rows, _Rows]] | None:
    """What stands below the first rows of two units, parted where spanning cells end.

    Each part with the columns of the cells that end with it. None where the cells end in another
    order, or where a cell within a part reaches out of it.
    """
    ends: dict[tuple[int, int], list[int]] = {}
    for cell, other in zip(old[0].cells, new[0].cells, strict=True):
        if cell.rowspan > 1 or other.rowspan > 1:
            ends.setdefault((cell.rowspan, other.rowspan), []).append(cell.column)
    parts = []
    last = (1, 1)  # where the first row ends
    for end in sorted(ends):
        below, other_below = old[last[0] : end[0]], new[last[1] : end[1]]
        if end[1] < last[1] or not (_closed(below) and _closed(other_below)):
            return None
        parts.append((ends[end], below, other_below))
        last = end
    return parts if last == (len(old), len(new)) else None


def _closed(rows: _Rows) -> bool:
    return all(at + cell.rowspan <= len(rows) for at, row in enumerate(rows) for cell in row.cells)


def _shape(row: Row) -> list[tuple[int, int]]:
    return [(cell.column, cell.colspan) for cell in row.cells]


def _can_track(old: Row, new: Row) -> bool:
    """Whether spans can say what changed: not where a text holds the sign between paragraphs."""
    return old.cells == new.cells or not any(
        PARAGRAPH_END in text for row in (old, new) for cell in row.cells for text in cell.texts
    )


def _is_blank(row: Row) -> bool:
    """Whether a row shows a record and has nothing to show."""
    fields = [cell for cell in row.cells if cell.field]
    return bool(fields) and not any(any(cell.texts) for cell in fields)


def _keys(units: Sequence[_Unit]) -> list[list[_Key]]:
    """The records of each unit."""
    seen: Counter[str] = Counter()
    keys: list[list[_Key]] = []
    for unit in units:
        keys.append([])
        for row in unit:
            if row.record:
                keys[-1].append((row.record, seen[row.record]))
                seen[row.record] += 1
    return keys


def _looks(units: Sequence[_Unit]) -> list[tuple[object, ...]]:
    """What the first row of each looks like, counted: the third such row is the third in both."""
    seen: Counter[tuple[object, ...]] = Counter()
    looks = []
    for unit in units:
        row = unit[0]
        look = (row.label, *((cell.column, cell.colspan, cell.style.name) for cell in row.cells))
        looks.append((*look, seen[look]))
        seen[look] += 1
    return looks
