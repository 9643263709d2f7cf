"""Grids of a redline as tables: rows that are new or gone, cells with changes in them.

The table is that of the marked-up grid, in which a cell reaches over the rows of both views. What
else differs between the views (heights, backgrounds, indents of numbers) is tracked as a change of
properties, so that either view is the table which its sheet alone would have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gyomu_docs.errors import GyomuError
from gyomu_docs.layout.revisions import accepted_grid, rejected_grid
from gyomu_docs.layout.tree import Cell, Grid, Row
from gyomu_docs.units import Length
from gyomu_docs.writers.docx.grid import (
    CellOfRow,
    Frame,
    RowLook,
    cell_properties,
    cells_of_row,
    frame_of,
    place_of,
    row_looks,
    table_properties,
)
from gyomu_docs.writers.docx.revisions import Properties, Revisions
from gyomu_docs.writers.docx.text import Paragraphs
from gyomu_docs.writers.docx.tracked_text import CellView, TrackedParagraphs
from gyomu_docs.writers.docx.wml import table_grid


@dataclass(slots=True)
class _View:
    """A grid as it is when all changes are accepted, or rejected."""

    frame: Frame
    looks: Iterator[RowLook]
    """Of the rows that are still to come."""


@dataclass(slots=True)
class _Tracking:
    """A grid while it is written."""

    whole: Frame
    old: _View
    new: _View
    befores: dict[int, Cell] = field(default_factory=dict)
    """The last cell that began in a column, as it was."""


class TrackedTables:
    """Makes the tables of redlines of one document; without bookmarks, which drafts have."""

    def __init__(self, paragraphs: Paragraphs, revisions: Revisions) -> None:
        self._paragraphs = TrackedParagraphs(paragraphs, revisions)
        self._revisions = revisions

    def table(self, grid: Grid, description: str, page: Length) -> str:
        """A grid with changes as a table; `page` is the height of the page's body.

        Raises MissingGlyphError with table, row and column.
        """
        if not grid.rows:
            return ""
        old, new = (_view(view, page) for view in (rejected_grid(grid), accepted_grid(grid)))
        tracking = _Tracking(frame_of(grid), old, new)
        rows = "".join([self._row(tracking, row) for row in grid.rows])
        properties = self._table_properties(tracking, description)
        columns = table_grid(tracking.whole.twips)
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{columns}{rows}</w:tbl>"

    def _table_properties(self, tracking: _Tracking, description: str) -> str:
        """The table's properties; its description is the new one, which no reader sees."""
        views = (tracking.old.frame, tracking.new.frame)
        old, new = (
            table_properties(frame, description) if frame.grid.rows else None for frame in views
        )
        return self._changed("tblPr", old, new)

    def _row(self, tracking: _Tracking, row: Row) -> str:
        old = next(tracking.old.looks) if row.revision != "inserted" else None
        new = next(tracking.new.looks) if row.revision != "deleted" else None
        revised = self._revisions.of_row(row.revision)
        properties = self._changed("trPr", old and old.properties, new and new.properties, revised)
        head = f"<w:trPr>{properties}</w:trPr>" if properties else ""
        tracking.befores |= {cell.column: cell for cell in (row.before or row).cells}
        parts = []
        for cell, merge in cells_of_row(tracking.whole, row):
            try:
                parts.append(self._cell(tracking, (cell, merge), old, new))
            except GyomuError as error:
                raise error.within(place_of(tracking.whole.grid, row, cell)) from None
        return f"<w:tr>{head}{''.join(parts)}</w:tr>"

    def _cell(
        self, tracking: _Tracking, now: CellOfRow, old: RowLook | None, new: RowLook | None
    ) -> str:
        """A cell of a row that looks like `old` in the one view, and like `new` in the other."""
        cell, merge = now
        before = tracking.befores[cell.column]
        frames = tracking.old.frame, tracking.new.frame
        properties = self._changed(
            "tcPr",
            cell_properties(frames[0], before, merge) if old else None,
            cell_properties(frames[1], cell, merge) if new else None,
        )
        if merge == "continue":
            before, cell = (one._replace(texts=(), spans=()) for one in (before, cell))
        edges = tracking.whole.edges
        paragraphs = self._paragraphs.of_cell(
            CellView(before, old.keep, frames[0].tails) if old else None,
            CellView(cell, new.keep, frames[1].tails) if new else None,
            edges[cell.column + cell.colspan] - edges[cell.column],
        )
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"

    def _changed(self, kind: Properties, old: str | None, new: str | None, own: str = "") -> str:
        """The properties of what has both views or one, `own` ones behind those of the views."""
        if old is None or new is None:
            return (old or new or "") + own
        return new + own + (self._revisions.change(kind, old) if old != new else "")


def _view(grid: Grid, page: Length) -> _View:
    frame = frame_of(grid)
    return _View(frame, row_looks(frame, page))
