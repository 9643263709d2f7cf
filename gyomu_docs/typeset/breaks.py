"""Which rows of a grid go on which page: arithmetic over heights, nothing else.

Rows never split unless they are taller than a page; rows kept with their next stay together while
they fit on a page; a break inside a spanning cell must leave its label room on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gyomu_docs.typeset.grids import MeasuredCell, MeasuredGrid, MeasuredRow
from gyomu_docs.units import Length

MIN_SPLIT_LINES = 3
"""A row that must split starts on this page only where so many of its lines have room."""


class RowPart(NamedTuple):
    """A row on one page: whole, or (taller than a page) some of the lines of each cell."""

    row: int
    height: Length
    lines: tuple[tuple[int, int], ...] | None = None
    """For each cell, the first line and the line after the last; None for a whole row."""
    first: bool = True
    """Whether the row starts here."""


class Fragment(NamedTuple):
    """The body rows of a grid on one page; the header rows stand above them each time."""

    parts: tuple[RowPart, ...]

    @property
    def height(self) -> Length:
        """Of the body rows."""
        return sum(part.height for part in self.parts)


def break_grid(grid: MeasuredGrid, first: Length, full: Length) -> Iterator[Fragment]:
    """The fragments of a grid on a page with `first` left, and on pages of `full` after it.

    The first fragment may be empty: then the grid starts on the next page. Header rows are not
    part of a fragment, but their height is taken off.
    """
    rows = grid.rows
    start = grid.grid.header_rows
    fresh = full - grid.header_height
    room = first - grid.header_height
    if start == len(rows) and room < 0 and first < full:
        yield Fragment(())
    parts: list[RowPart] = []
    while start < len(rows):
        end, at = _fitting(grid, start, room)
        parts += _whole(rows, start, at)
        room -= _height(grid, start, at)
        start = at
        if start == len(rows):
            break
        if at == end and _starts_split(rows[start], room, fresh):
            *before, last = split_row(rows[start], start, room, fresh)
            for part in before:
                yield Fragment((*parts, part))
                parts = []
            parts = [last]
            room = fresh - last.height
            start += 1
            continue
        if not parts and room >= fresh:
            # Rows that are to be kept together are taller than a page: break where it is full.
            parts = _whole(rows, start, end)
            start = end
        yield Fragment(tuple(parts))
        parts, room = [], fresh
    yield Fragment(tuple(parts))


def _whole(rows: Sequence[MeasuredRow], start: int, end: int) -> list[RowPart]:
    return [RowPart(index, rows[index].height) for index in range(start, end)]


def _fitting(grid: MeasuredGrid, start: int, room: Length) -> tuple[int, int]:
    """The row after the last that fits into `room`, and the last place to break before it."""
    rows = grid.rows
    used = 0
    end = start
    while end < len(rows) and used + rows[end].height <= room:
        used += rows[end].height
        end += 1
    if end == len(rows):
        return end, end
    return end, next((i for i in range(end, start, -1) if _may_break(grid, start, i)), start)


def _may_break(grid: MeasuredGrid, start: int, at: int) -> bool:
    """Whether a page may end before row `at`, having begun with row `start`."""
    if grid.rows[at - 1].row.keep_with_next:
        return False
    return all(
        need <= _height(grid, max(begin, start), at) and need <= _height(grid, at, end)
        for begin, end, need in grid.spans
        if begin < at < end
    )


def _height(grid: MeasuredGrid, start: int, end: int) -> Length:
    return sum(row.height for row in grid.rows[start:end])


def _starts_split(row: MeasuredRow, room: Length, fresh: Length) -> bool:
    """Whether a row is taller than a page and should begin in the room left on this one."""
    if row.height <= fresh:
        return False
    if room >= fresh:
        return True
    tallest = max(row.cells, key=lambda cell: cell.set.height)
    lines = (room - _padding(tallest)) // max(tallest.set.leading, 1)
    return lines >= MIN_SPLIT_LINES


def split_row(row: MeasuredRow, index: int, first: Length, full: Length) -> Iterator[RowPart]:
    """A row in parts: each cell gives as many of its lines as the part has room for.

    At least one line of each unfinished cell goes on each page, so that the split ends.
    """
    done = [0] * len(row.cells)
    room = first
    begins = True
    while True:
        lines = []
        for number, cell in enumerate(row.cells):
            total = len(cell.set.lines)
            fitting = max((room - _padding(cell)) // max(cell.set.leading, 1), 1)
            lines.append((done[number], min(done[number] + fitting, total)))
        done = [end for _, end in lines]
        finished = all(
            end == len(cell.set.lines) for end, cell in zip(done, row.cells, strict=True)
        )
        yield RowPart(index, _part_height(row, lines, room, finished), tuple(lines), begins)
        if finished:
            return
        room, begins = full, False


def _part_height(
    row: MeasuredRow, lines: list[tuple[int, int]], room: Length, finished: bool
) -> Length:
    if not finished:
        return room
    return max(
        (end - start) * cell.set.leading + _padding(cell)
        for (start, end), cell in zip(lines, row.cells, strict=True)
    )


def _padding(cell: MeasuredCell) -> Length:
    return cell.cell.style.padding.top + cell.cell.style.padding.bottom
