"""A returned draft against its base: `DraftChanges`.

The base says, by its form, what the draft looked like when it went out; only what differs from
that is a change. Nothing that came back is dropped in silence: it is a change, or a diagnostic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gyomu_docs.collect.changes import DraftChanges, Remark
from gyomu_docs.collect.columns import Projection
from gyomu_docs.collect.expected import Expected
from gyomu_docs.collect.items import ItemReader
from gyomu_docs.collect.prose_reading import ProseReader
from gyomu_docs.collect.records import RecordReader
from gyomu_docs.collect.rows import Matching, Returned, RowMatcher
from gyomu_docs.collect.tables import match_tables
from gyomu_docs.collect.texts import folded, joined
from gyomu_docs.errors import Diagnostic, Place
from gyomu_docs.layout.tree import Grid
from gyomu_docs.readers.docx import ReturnedDocument, Table

_KEPT = "元の値を残しました。"


def read_changes(
    returned: ReturnedDocument, expected: Expected, *, folder: str = "", blank: bool = False
) -> DraftChanges:
    """Everything that a returned draft changed."""
    changes = DraftChanges(returned.file, folder, expected.sheet, blank)
    changes.found += returned.found
    _Reading(returned, expected, changes).run()
    return changes


class _Reading:
    """One draft while it is read."""

    def __init__(
        self, returned: ReturnedDocument, expected: Expected, changes: DraftChanges
    ) -> None:
        self._returned = returned
        self._expected = expected
        self._changes = changes
        self._records = RecordReader(expected, changes)

    def run(self) -> None:
        layout = match_tables(self._expected, self._returned.blocks)
        for number, tables in enumerate(layout.tables):
            if tables:
                self._grid(number, tables)
            else:
                self._tell(f"表がありません。{_KEPT}", self._expected.grids[number].name)
        prose = ProseReader(self._expected, self._records)
        prose.read(layout)
        prose.read_furniture(self._returned.furniture)
        for table in layout.foreign:
            self._foreign_table(table)
        self._remarks()

    def _tell(self, message: str, table: str = "", row: str = "", column: str = "") -> None:
        place = Place(self._returned.file, table=table, row=row, column=column)
        self._changes.found.append(Diagnostic("W", "structure", message, place))

    def _grid(self, number: int, tables: Sequence[Table]) -> None:
        grid = self._expected.grids[number]
        projections = [Projection(grid, table) for table in tables]
        rows = [
            Returned(row, projection)
            for table, projection in zip(tables, projections, strict=True)
            for row in table.rows
        ]
        for column in _missing_everywhere(projections):
            self._tell(f"列がありません。{_KEPT}", grid.name, column=grid.column_names[column])
        matching = RowMatcher(self._expected, number, rows).match()
        self._fixed_rows(grid, rows, matching)
        ItemReader(self._expected, number, self._records).read(rows, matching)
        self._foreign_cells(grid, rows)

    def _fixed_rows(self, grid: Grid, rows: Sequence[Returned], matching: Matching) -> None:
        for base, row in enumerate(grid.rows):
            if row.record:
                continue
            at = matching.pairs.get(base)
            if at is not None and not rows[at].deleted:
                self._records.read_row(grid, row, rows[at])
                continue
            texts = [joined(cell.texts) for cell in row.cells]
            kept = _KEPT if any(cell.field for cell in row.cells) else ""
            self._tell(
                f"行がありません。{kept}", grid.name, row.label or "／".join(filter(None, texts))
            )

    def _foreign_cells(self, grid: Grid, rows: Sequence[Returned]) -> None:
        """Columns that were added: one diagnostic each, with all that stands in them."""
        columns: dict[tuple[int, int], list[str]] = {}
        for row in rows:
            for cell in row.projection.foreign(row.row) if not row.deleted else ():
                if text := folded(joined(cell.text.new)):
                    columns.setdefault((cell.left, cell.right), []).append(text)
        for texts in columns.values():
            shown = "／".join(texts)
            self._tell(f"様式にない列の文字（{shown}）は取り込めません。", grid.name)

    def _foreign_table(self, table: Table) -> None:
        texts = [folded(joined(cell.text.new)) for row in table.rows for cell in row.cells]
        shown = "／".join(text for text in texts if text)
        if shown:
            self._tell(f"様式にない表は取り込めません（{shown}）。")

    def _remarks(self) -> None:
        anchors = self._records.anchors
        for number, comment in self._returned.comments.items():
            section, record, field = anchors.get(number, ("", "", ""))
            self._changes.remarks.append(
                Remark(
                    section,
                    record,
                    field,
                    comment.author,
                    comment.date,
                    comment.text,
                    self._returned.file,
                )
            )


def _missing_everywhere(projections: Iterable[Projection]) -> list[int]:
    missing = [set(projection.missing) for projection in projections]
    return sorted(set.intersection(*missing))
