"""Which rows of a grid go on which page: arithmetic over heights, nothing else.

Rows never split unless they are taller than a page; rows kept with their next stay together while
they fit on a page; a break inside a spanning cell must leave its label room on both sides. Where
not all of that is possible, the labels of further pages give way first, then the rows to be kept
together; the text of a spanning cell always has its room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gyomu_docs.typeset.grids import MeasuredCell, MeasuredGrid, MeasuredRow, Span
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

    The first fragment is empty where the grid starts on the next page; no other is. Header rows
    are not part of a fragment, but their height is taken off.
    """
    rows = grid.rows
    fresh = full - grid.header_height
    room = first - grid.header_height
    start = grid.header_rows
    parts: list[RowPart] = []
    while start < len(rows):
        end = _fitting(grid, start, room)
        if end == len(rows):
            parts += _whole(rows, start, end)
            break
        left = room - grid.height_of(start, end)
        if rows[end].height > fresh and _may_split(grid, start, end, left, fresh):
            parts += _whole(rows, start, end)
            for part in split_row(rows[end], end, left, fresh):
                if not part.first:
                    yield Fragment(tuple(parts))
                    parts, left = [], fresh
                parts.append(part)
                left -= part.height
            start, room = end + 1, left
            continue
        at = _last_break(grid, start, end)
        if at > start:
            parts += _whole(rows, start, at)
        elif not parts and room >= fresh:
            parts = _forced(grid, start, end)
            at = start + len(parts)
        yield Fragment(tuple(parts))
        parts, room, start = [], fresh, at
    if parts:
        yield Fragment(tuple(parts))


def least_start(grid: MeasuredGrid, full: Length) -> Length:
    """The room that a grid needs at the least to start on a page, header rows included."""
    fresh = full - grid.header_height
    start = grid.header_rows
    for at in range(start + 1, len(grid.rows) + 1):
        height = grid.height_of(start, at)
        row = grid.rows[at - 1]
        if row.height > fresh:
            height += _split_need(grid, start, at - 1) - row.height
        elif at < len(grid.rows) and not _may_break(grid, start, at):
            continue
        return min(grid.header_height + height, full)
    return grid.header_height


def _whole(rows: Sequence[MeasuredRow], start: int, end: int) -> list[RowPart]:
    return [RowPart(index, rows[index].height) for index in range(start, end)]


def _fitting(grid: MeasuredGrid, start: int, room: Length) -> int:
    """The row after the last that fits into `room`."""
    end = start
    while end < len(grid.rows) and grid.height_of(start, end + 1) <= room:
        end += 1
    return end


def _last_break(grid: MeasuredGrid, start: int, end: int) -> int:
    """The last row up to `end` before which the page may end; `start` where there is none."""
    return next((at for at in range(end, start, -1) if _may_break(grid, start, at)), start)


def _may_break(grid: MeasuredGrid, start: int, at: int) -> bool:
    """Whether a page may end before row `at`, having begun with row `start`."""
    if grid.rows[at - 1].row.keep_with_next:
        return False
    return all(
        _missing(grid, span, start, at) <= 0 and span.again <= _room_of(grid, span, at, span.end)
        for span in grid.spans
        if span.begin < at < span.end
    )


def _room_of(grid: MeasuredGrid, span: Span, start: int, end: int) -> Length:
    """The height of a spanning cell on a page with the rows from `start` to `end`."""
    height = grid.height_of(max(span.begin, start), end)
    if span.begin < grid.header_rows:
        height += grid.height_of(span.begin, grid.header_rows)
    return height


def _missing(grid: MeasuredGrid, span: Span, start: int, at: int) -> Length:
    """What a spanning cell lacks on a page with the rows from `start` to `at`."""
    begins = max(span.begin, grid.header_rows) >= start
    return (span.cell.need if begins else span.again) - _room_of(grid, span, start, at)


def _forced(grid: MeasuredGrid, start: int, end: int) -> list[RowPart]:
    """The rows of a full page that cannot end where it should.

    The text of a cell that begins here must have its room, be it by a higher last row.
    """

    def lack(at: int) -> Length:
        inside = (span for span in grid.spans if span.begin < at < span.end)
        begun = (span for span in inside if max(span.begin, grid.header_rows) >= start)
        return max((_missing(grid, span, start, at) for span in begun), default=0)

    at = next((at for at in range(end, start, -1) if lack(at) <= 0), None)
    if at is None:
        at = min((span.begin for span in grid.spans if start < span.begin < end), default=end)
    parts = _whole(grid.rows, start, at)
    return [*parts[:-1], parts[-1]._replace(height=parts[-1].height + max(lack(at), 0))]


def _may_split(grid: MeasuredGrid, start: int, index: int, room: Length, fresh: Length) -> bool:
    """Whether a row taller than a page should begin in the room left, below row `start`."""
    if start == index and room >= fresh:
        return True
    return _split_need(grid, start, index) <= room


def _split_need(grid: MeasuredGrid, start: int, index: int) -> Length:
    """The room that a row must have to begin below row `start`; the cells that span into it too."""
    inside = (span for span in grid.spans if span.begin < index < span.end)
    missing = max((_missing(grid, span, start, index) for span in inside), default=0)
    return max(_split_height(grid.rows[index]), missing)


def _split_height(row: MeasuredRow) -> Length:
    """The least height of the first part of a row that splits."""
    return max(
        cell.need
        if cell.vertical
        else min(len(cell.set.lines), MIN_SPLIT_LINES) * cell.set.leading + _padding(cell)
        for cell in row.cells
    )


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
        height = _part_height(row, lines) if finished else room
        yield RowPart(index, height, tuple(lines), begins)
        if finished:
            return
        room, begins = full, False


def _part_height(row: MeasuredRow, lines: list[tuple[int, int]]) -> Length:
    return max(
        (end - start) * cell.set.leading + _padding(cell)
        for (start, end), cell in zip(lines, row.cells, strict=True)
    )


def _padding(cell: MeasuredCell) -> Length:
    return cell.cell.style.padding.top + cell.cell.style.padding.bottom
