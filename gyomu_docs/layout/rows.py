"""Compiled grids, and filling them from a sheet.

`GridCompiler` makes a `GridMaker` once for a form and a fiscal year; `GridMaker.make` then only
fetches texts. That split is what makes filling cheap: a booklet fills the same form hundreds of
times.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from gyomu_docs.layout.blocks import GridSpec, RowSpec
from gyomu_docs.layout.fields import Field, Scope
from gyomu_docs.layout.slots import ALL, EACH
from gyomu_docs.layout.styles import CellStyle
from gyomu_docs.layout.tree import Cell, Grid, Role, Row, Style
from gyomu_docs.model import ValueKind, parse_value

NUMBERS = (ValueKind.NUMBER, ValueKind.PERCENT)

Texts: TypeAlias = Callable[[Scope], tuple[str, ...]]


class CellMaker(NamedTuple):
    """A cell with everything known but its texts and the value of the row's `by`."""

    column: int
    colspan: int
    rowspan: int
    texts: Texts
    styles: dict[str, CellStyle]
    role: Role
    field: str
    blank: tuple[str, ...]
    """Its texts in a row without an item."""
    link: Callable[[Scope], str] | None = None
    """The anchor that it leads to."""


@dataclass(frozen=True, slots=True)
class RowMaker:
    """A row, a repeated row, or (with `rows`) a repeated sequence of rows."""

    spec: RowSpec
    each: Field | None
    by: Callable[[Scope], str] | None
    name: Callable[[Scope], str]
    bookmarks: dict[str, Callable[[Scope], str]]
    cells: tuple[CellMaker, ...]
    rows: tuple[RowMaker, ...]


@dataclass(frozen=True, slots=True)
class GridMaker:
    """A compiled grid; `make` fills it from a sheet."""

    spec: GridSpec
    columns: tuple[int, ...]
    column_names: tuple[str, ...]
    rows: tuple[RowMaker, ...]
    header_rows: int

    def make(self, scope: Scope) -> Grid:
        """The grid of one sheet; `scope` is `(sheet,)`."""
        filling = _Filling()
        for maker in self.rows:
            filling.add(maker, scope, "")
        return Grid(
            name=self.spec.grid,
            columns=self.columns,
            column_names=self.column_names,
            rows=_with_kept_ends(filling.finish(), self.header_rows, self.spec.keep_rows),
            header_rows=self.header_rows,
            outer=self.spec.outer,
            inner=self.spec.inner,
            bookmark=self.spec.bookmark,
            continued=self.spec.continued,
            keep_together=self.spec.keep_together,
        )


class _Filling:
    """The rows of one grid while they are made."""

    def __init__(self) -> None:
        self._rows: list[Row] = []

    def add(self, maker: RowMaker, scope: Scope | None, record: str) -> None:
        """Add the rows of a maker; without a scope, blank ones."""
        if maker.each is None:
            self._add_one(maker, scope, record, first=True)
            return
        start = len(self._rows)
        # Only the lists of a record itself lie below it; the records of others are whole paths.
        own = maker.each.name
        base = _joined(record, own.rpartition(".")[0]) if own else ""
        items = maker.each.get(scope) if scope is not None else ()
        for index, item in enumerate(items):
            inner = _joined(base, item.record)
            self._add_one(maker, (*(scope or ()), item.value), inner, first=index == 0)
        for number in range(len(items) + 1, maker.spec.at_least + 1):
            blank = _joined(record, f"{own}[{number}]") if own else ""
            self._add_one(maker, None, blank, first=number == 1, around=scope)
        if start < len(self._rows) and any(cell.rowspan == EACH for cell in maker.cells):
            self._set_spans(start, EACH, len(self._rows) - start)

    def _add_one(
        self,
        maker: RowMaker,
        scope: Scope | None,
        record: str,
        *,
        first: bool,
        around: Scope | None = None,
    ) -> None:
        """Add the rows of one item, or without a scope of a blank one with `around` around it."""
        if maker.rows:
            for row in maker.rows:
                self.add(row, scope, record)
        elif scope is None:
            self._add_blank(maker, around, record, first=first)
        else:
            self._add_filled(maker, scope, record, first=first)

    def _add_filled(self, maker: RowMaker, scope: Scope, record: str, *, first: bool) -> None:
        variant = maker.by(scope) if maker.by else ""
        cells = []
        for column, colspan, rowspan, get, styles, role, field, _, link in maker.cells:
            if rowspan == EACH and not first:
                continue
            texts = get(scope)
            style = _chosen(styles.get(variant) or next(iter(styles.values())), texts)
            cell = Cell(column, colspan, rowspan, texts, style, role, field)
            cells.append(cell._replace(link=link(scope)) if link else cell)
        bookmark = maker.bookmarks.get(variant) or maker.bookmarks.get("")
        self._append(
            maker,
            Row(
                tuple(cells),
                maker.spec.height,
                _keeps(maker.spec, variant),
                record,
                maker.name(scope),
                bookmark(scope) if bookmark else "",
            ),
        )

    def _add_blank(
        self, maker: RowMaker, around: Scope | None, record: str, *, first: bool
    ) -> None:
        cells = []
        for cell in maker.cells:
            if cell.rowspan == EACH and not first:
                continue
            # A cell over all items speaks of what is around them, so it has its text.
            texts = cell.texts(around) if cell.rowspan == EACH and around else cell.blank
            style = _chosen(next(iter(cell.styles.values())), texts)
            field = cell.field if record else ""
            cells.append(
                Cell(cell.column, cell.colspan, cell.rowspan, texts, style, cell.role, field)
            )
        self._append(maker, Row(tuple(cells), maker.spec.height, _keeps(maker.spec, ""), record))

    def _append(self, maker: RowMaker, row: Row) -> None:
        if maker.spec.keep_with_previous and self._rows:
            self._rows[-1] = self._rows[-1]._replace(keep_with_next=True)
        self._rows.append(row)

    def finish(self) -> tuple[Row, ...]:
        for index, row in enumerate(self._rows):
            if any(cell.rowspan == ALL for cell in row.cells):
                self._set_spans(index, ALL, len(self._rows) - index)
        return tuple(self._rows)

    def _set_spans(self, index: int, mark: int, rows: int) -> None:
        row = self._rows[index]
        cells = tuple(
            cell._replace(rowspan=rows) if cell.rowspan == mark else cell for cell in row.cells
        )
        self._rows[index] = row._replace(cells=cells)


def _with_kept_ends(rows: tuple[Row, ...], header: int, count: int) -> tuple[Row, ...]:
    """The rows, of which the first and the last `count` below the header stay together."""
    if count == 1:
        return rows
    ends = {*range(header, header + count - 1), *range(len(rows) - count, len(rows) - 1)}
    return tuple(
        row._replace(keep_with_next=True)
        if header <= index < len(rows) - 1 and index in ends
        else row
        for index, row in enumerate(rows)
    )


def _chosen(style: CellStyle, texts: tuple[str, ...]) -> Style:
    if style.number is not style.text and texts and parse_value(texts[0]).kind in NUMBERS:
        return style.number
    return style.text


def _keeps(spec: RowSpec, variant: str) -> bool:
    if isinstance(spec.keep_with_next, bool):
        return spec.keep_with_next
    return variant in spec.keep_with_next


def _joined(*parts: str) -> str:
    return ".".join(part for part in parts if part)
