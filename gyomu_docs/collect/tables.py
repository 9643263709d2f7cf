"""Which returned table shows which grid: by bookmarks, by labels, by what else stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gyomu_docs.collect.expected import Expected
from gyomu_docs.collect.paths import kind_of
from gyomu_docs.collect.texts import joined, squeezed
from gyomu_docs.layout.identity import record_of, table_number
from gyomu_docs.layout.tree import Grid
from gyomu_docs.readers.docx import Line, Row, Table, Text
from gyomu_docs.readers.docx.returned import Block

_ENOUGH = 0.6
"""The share of a grid's labels that a table must have to be known by them."""


class Outside(NamedTuple):
    """A text outside of the tables that were found."""

    gap: int
    """The grid of the greatest number before it, as `Prose.gap`."""
    text: Text


class Layout(NamedTuple):
    """The returned tables by grid, and what stands outside of them."""

    tables: tuple[tuple[Table, ...], ...]
    """For each grid of the base; more than one where somebody split it, none where it is gone."""
    foreign: tuple[Table, ...]
    outside: tuple[Outside, ...]


def match_tables(expected: Expected, blocks: Sequence[Block]) -> Layout:
    """Find the grids of the base among the blocks of a returned file."""
    tables = list(_all_tables(blocks))
    grid_of = _Matching(expected, tables).grid_of
    found: list[list[Table]] = [[] for _ in expected.grids]
    for index, table in enumerate(tables):
        if index in grid_of:
            found[grid_of[index]].append(table)
    numbers = {id(table): grid_of.get(index) for index, table in enumerate(tables)}
    outside = _Outside(numbers, expected.frames)
    outside.walk(blocks)
    return Layout(
        tuple(tuple(group) for group in found), tuple(outside.foreign), tuple(outside.texts)
    )


def _all_tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """All tables in the order of the document, an outer one before those inside it."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row.cells:
                    yield from _all_tables(cell.tables)


class _Matching:
    """The grid of each table, found in passes from the surest sign to the weakest."""

    def __init__(self, expected: Expected, tables: Sequence[Table]) -> None:
        self._expected = expected
        self._tables = tables
        self.grid_of: dict[int, int] = {}
        self._frames = {at for at, table in enumerate(tables) if _is_frame(table, expected.frames)}
        self._by_bookmarks()
        self._by_likeness()
        self._by_place()
        self._split_off()

    def _left(self) -> tuple[list[int], list[int]]:
        """Tables and grids that are not matched yet."""
        taken = set(self.grid_of.values())
        return (
            [
                index
                for index in range(len(self._tables))
                if index not in self.grid_of and index not in self._frames
            ],
            [index for index in range(len(self._expected.grids)) if index not in taken],
        )

    def _by_bookmarks(self) -> None:
        kinds = {
            kind: index
            for index, rows in reversed(list(enumerate(self._expected.prototypes)))
            for kind in rows
        }
        for index, table in enumerate(self._tables):
            marks = [*table.bookmarks, *(mark for row in table.rows for mark in row.bookmarks)]
            numbers = [number - 1 for mark in marks if (number := table_number(mark)) is not None]
            if numbers and numbers[0] < len(self._expected.grids):
                self.grid_of[index] = numbers[0]
                continue
            records = (kind_of(record) for mark in marks if (record := record_of(mark)))
            votes = Counter(kinds[kind] for kind in records if kind in kinds)
            if votes:
                self.grid_of[index] = votes.most_common(1)[0][0]

    def _by_likeness(self) -> None:
        tables, grids = self._left()
        if not tables or not grids:
            return
        texts = {index: _texts(self._tables[index]) for index in tables}
        scores = [
            (-_likeness(self._expected.grids[grid], texts[table]), grid, table)
            for grid in grids
            for table in tables
        ]
        for score, grid, table in sorted(scores):
            free = table not in self.grid_of and grid not in self.grid_of.values()
            if -score >= _ENOUGH and free:
                self.grid_of[table] = grid

    def _by_place(self) -> None:
        """Pair what is left between two tables that were found, where the numbers agree."""
        tables, grids = self._left()
        plain = [index for index in tables if not _holds_tables(self._tables[index])]
        if len(plain) == len(grids):
            for table, grid in zip(plain, grids, strict=True):
                if _columns_of(self._tables[table]) == len(self._expected.grids[grid].columns):
                    self.grid_of[table] = grid

    def _split_off(self) -> None:
        """A table behind one that was found, with the same columns, was a part of it."""
        for index, table in enumerate(self._tables):
            before = self.grid_of.get(index - 1)
            known = index in self.grid_of or index in self._frames
            if known or before is None or _holds_tables(table):
                continue
            if table.edges == self._tables[index - 1].edges:
                self.grid_of[index] = before


def _texts(table: Table) -> Counter[str]:
    """All texts of a table in both views, as labels are compared."""
    return Counter(
        squeezed(text)
        for row in table.rows
        for cell in row.cells
        for text in {joined(cell.text.new), joined(cell.text.old)}
        if text
    )


def _likeness(grid: Grid, texts: Counter[str]) -> float:
    """The share of the grid's labels, or where it has none of its texts, that a table has."""
    cells = [cell for row in grid.rows for cell in row.cells if cell.texts]
    labels = [cell for cell in cells if not cell.field] or cells
    wanted = {squeezed(joined(cell.texts)) for cell in labels} - {""}
    return sum(label in texts for label in wanted) / len(wanted) if wanted else 0.0


def _columns_of(table: Table) -> int:
    return len(table.edges) - 1


def _holds_tables(table: Table) -> bool:
    return any(cell.tables for row in table.rows for cell in row.cells)


def _is_frame(table: Table, frames: frozenset[int]) -> bool:
    """Whether a table only sets texts beside each other."""
    if len(table.rows) != 1 or _holds_tables(table):
        return False
    (row,) = table.rows
    return len(row.cells) in frames and not (table.bookmarks or row.bookmarks)


class _Outside:
    """Walks over everything that is in no table that was found."""

    def __init__(self, numbers: dict[int, int | None], frames: frozenset[int]) -> None:
        self._numbers = numbers
        self._frames = frames
        self._gap = 0
        self.texts: list[Outside] = []
        self.foreign: list[Table] = []

    def walk(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Line):
                self.texts.append(Outside(self._gap, block.text))
            elif (number := self._numbers[id(block)]) is not None:
                self._gap = number + 1
                # A table within a cell of data is no part of the form.
                self.foreign += (inner for row in block.rows for inner in _inner(row))
            elif _holds_tables(block) or _is_frame(block, self._frames):
                for row in block.rows:
                    for cell in row.cells:
                        self.walk(cell.lines or (Line(cell.text),))
            else:
                self.foreign.append(block)


def _inner(row: Row) -> Iterator[Table]:
    for cell in row.cells:
        yield from _all_tables(cell.tables)
