"""Where the columns of a grid are in a returned table, whatever was done to their widths.

Header labels tell; where they do not, the places do. A column that cannot be found is gone, which
is another thing than one that was cleared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from gyomu_docs.collect.texts import joined, squeezed
from gyomu_docs.layout.tree import Grid
from gyomu_docs.readers.docx import Cell, Row, Table

Interval: TypeAlias = tuple[float, float]


class Found(NamedTuple):
    """The returned cell that shows a cell of the grid."""

    cell: Cell | None
    fault: str = ""
    """Why there is none, as messages say it; empty where the column is gone."""
    text: str = ""
    """With a fault: what stands there instead."""


class Projection:
    """The columns of a grid in one returned table."""

    def __init__(self, grid: Grid, table: Table) -> None:
        self.columns = _columns(grid, table)
        """Left and right of each column in the table's units; None for one that is gone."""
        # Asked for every cell of the form and, in passes, of the same rows again.
        self._covered: dict[tuple[int, int], frozenset[int]] = {}
        self._rows: dict[int, list[tuple[frozenset[int], Cell]]] = {}
        self._wanted: dict[tuple[int, int], frozenset[int]] = {}

    @property
    def missing(self) -> list[int]:
        """The columns that are gone."""
        return [index for index, column in enumerate(self.columns) if column is None]

    def covered(self, cell: Cell) -> frozenset[int]:
        """The columns of the grid that a returned cell stands over."""
        key = (cell.left, cell.right)
        covered = self._covered.get(key)
        if covered is None:
            covered = self._covered[key] = frozenset(
                index
                for index, column in enumerate(self.columns)
                if column is not None and _overlap(column, key) > 0.5 * _narrower(column, key)
            )
        return covered

    def find(self, row: Row, column: int, colspan: int) -> Found:
        """The cell of a returned row that stands where the grid has one."""
        wanted = self._wanted.get((column, colspan))
        if wanted is None:
            span = range(column, column + colspan)
            there = frozenset(index for index in span if self.columns[index] is not None)
            wanted = self._wanted[column, colspan] = there
        if not wanted:
            return Found(None)
        cells = self._rows.get(id(row))
        if cells is None:
            cells = self._rows[id(row)] = [(self.covered(cell), cell) for cell in row.cells]
        hits = [cell for covered, cell in cells if not wanted.isdisjoint(covered)]
        if len(hits) > 1:
            filled = [cell for cell in hits if joined(cell.text.new) or joined(cell.text.old)]
            if len(filled) > 1:
                texts = "／".join(joined(cell.text.new) for cell in filled)
                return Found(None, "セルが分割されています", texts)
            hits = filled or hits[:1]
        if not hits:
            return Found(None, "セルがありません")
        if not self.covered(hits[0]) <= wanted:
            return Found(None, "となりのセルと結合されています", joined(hits[0].text.new))
        if hits[0].continues:
            return Found(None, "上のセルと結合されています")
        return Found(hits[0])

    def foreign(self, row: Row) -> Iterable[Cell]:
        """The cells of a returned row that stand where the grid has no column."""
        return (cell for cell in row.cells if not self.covered(cell) and not cell.continues)


def _overlap(one: Interval, other: Interval) -> float:
    return min(one[1], other[1]) - max(one[0], other[0])


def _narrower(one: Interval, other: Interval) -> float:
    return max(1, min(one[1] - one[0], other[1] - other[0]))


def _columns(grid: Grid, table: Table) -> list[Interval | None]:
    labels = _leaf_labels(grid)
    heads = _heads(table, {label for _, label in labels}) if labels else []
    if len(table.edges) == len(grid.columns) + 1:
        # As it went out, or only the widths were changed; unless one column went and one came.
        same: list[Interval | None] = list(zip(table.edges, table.edges[1:], strict=False))
        if all(_has_label(heads, same[column], label) for column, label in labels):
            return same
    if labels and (by_labels := _by_labels(grid, table, labels, heads)):
        return by_labels
    return list(_scaled(grid, table))


def _leaf_labels(grid: Grid) -> list[tuple[int, str]]:
    """Column and text of the header cells over a single column, from left to right."""
    found: dict[int, str] = {}
    for row in grid.rows[: grid.header_rows]:
        for cell in row.cells:
            text = squeezed(joined(cell.texts))
            if cell.colspan == 1 and cell.role == "column" and not cell.field and text:
                found[cell.column] = text
    return sorted(found.items())


def _heads(table: Table, wanted: set[str]) -> list[Row]:
    """The rows that say mostly labels.

    Marks of header rows do not tell: LibreOffice marks the first rows, even where a row was
    pasted above the labels.
    """
    heads = []
    for row in table.rows:
        texts = [labels for cell in row.cells if any(labels := _labels_of(cell))]
        known = sum(not wanted.isdisjoint(labels) for labels in texts)
        if known and 2 * known >= len(texts):
            heads.append(row)
        elif heads:
            break  # Further down are the values.
    return heads


def _has_label(heads: Iterable[Row], column: Interval | None, label: str) -> bool:
    return any(
        (cell.left, cell.right) == column and label in _labels_of(cell)
        for row in heads
        for cell in row.cells
    )


def _labels_of(cell: Cell) -> tuple[str, str]:
    return squeezed(joined(cell.text.new)), squeezed(joined(cell.text.old))


def _by_labels(
    grid: Grid, table: Table, labels: Sequence[tuple[int, str]], heads: Iterable[Row]
) -> list[Interval | None] | None:
    """The columns by their header labels; None where most labels are gone."""
    cells: dict[int, Cell] = {}
    wanted = {label for _, label in labels}
    for row in heads:
        for cell in row.cells:
            known = cells.get(cell.left)
            # A narrower cell below is the label of the column itself.
            if known is None or wanted.isdisjoint(_labels_of(known)):
                cells[cell.left] = cell
    there = [cells[left] for left in sorted(cells)]
    texts = [next((t for t in _labels_of(cell) if t in wanted), "") for cell in there]
    columns: list[Interval | None] = [None] * len(grid.columns)
    matcher = SequenceMatcher(None, [label for _, label in labels], texts, autojunk=False)
    found = 0
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        # A label that was edited stands between the ones that were not.
        if tag == "equal" or (tag == "replace" and i_end - i == j_end - j):
            for (column, _), cell in zip(labels[i:i_end], there[j:j_end], strict=True):
                columns[column] = (cell.left, cell.right)
                found += 1
    if 2 * found < len(labels):
        return None
    _fill_unlabelled(columns, {column for column, _ in labels}, grid, table)
    return columns


def _fill_unlabelled(
    columns: list[Interval | None], labelled: set[int], grid: Grid, table: Table
) -> None:
    """Place the columns that never had a label: between their neighbours."""
    right = float(table.edges[-1]) if table.edges else 0.0
    index = 0
    while index < len(columns):
        if index in labelled:
            index += 1
            continue
        end = index
        while end < len(columns) and end not in labelled:
            end += 1
        left_neighbour = columns[index - 1] if index else (0.0, 0.0)
        right_neighbour = columns[end] if end < len(columns) else (right, right)
        if left_neighbour is not None and right_neighbour is not None:
            room = right_neighbour[0] - left_neighbour[1]
            widths = grid.columns[index:end]
            edges = list(accumulate(widths, initial=0))
            for offset in range(len(widths)):
                columns[index + offset] = (
                    left_neighbour[1] + room * edges[offset] / edges[-1],
                    left_neighbour[1] + room * edges[offset + 1] / edges[-1],
                )
        index = end


def _scaled(grid: Grid, table: Table) -> Iterable[Interval]:
    edges = list(accumulate(grid.columns, initial=0))
    right = table.edges[-1] if len(table.edges) > 1 else 0
    right = right or max((cell.right for row in table.rows for cell in row.cells), default=1)
    for left, end in zip(edges, edges[1:], strict=False):
        yield left * right / edges[-1], end * right / edges[-1]
