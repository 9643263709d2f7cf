"""A grid of a form, compiled for a fiscal year: paths read, columns found, spans checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from gyomu_docs.errors import FormError
from gyomu_docs.layout.expressions import compile_expression
from gyomu_docs.layout.fields import ListOf, PathError, PathReader, Scope
from gyomu_docs.layout.form import CellSpec, ColumnSpec, Form, GridSpec, RowSpec, Spec, cell_name
from gyomu_docs.layout.rows import NUMBERS, CellMaker, GridMaker, RowMaker, Texts
from gyomu_docs.layout.slots import ALL, EACH, SlotError, Slots
from gyomu_docs.layout.styles import CellStyle, check_room, in_mm, unknown_style
from gyomu_docs.layout.texts import compile_template, money, text_of
from gyomu_docs.layout.tree import Role
from gyomu_docs.model import FiscalYear, parse_value
from gyomu_docs.units import Length

_SPANS = {"all": ALL, "each": EACH}


class _Frame(NamedTuple):
    """The grid that is being compiled."""

    spec: GridSpec
    edges: tuple[Length, ...]
    """Of the columns, from the left."""
    slots: Slots


class _At(NamedTuple):
    """Where in a grid the compiler is."""

    frame: _Frame
    row: RowSpec
    number: str
    """Of the row, as messages name it: `3.1`."""
    scope: tuple[Any, ...]
    repeated: bool
    """Whether the row may come more than once."""


class GridCompiler:
    """Compiles the grids of a form for one fiscal year."""

    def __init__(
        self, form: Form, styles: dict[str, CellStyle], reader: PathReader, year: FiscalYear
    ) -> None:
        self._form = form
        self._styles = styles
        self._reader = reader
        self._year = year

    def compile(self, spec: GridSpec, scope: tuple[Any, ...], room: Length) -> GridMaker:
        """Read paths and spans; the grid must not be wider than `room`.

        Raises FormError that names the file, the line, the grid, the row and the cell.
        """
        columns = [column for one in spec.columns for column in self._columns(spec, one)]
        edges = tuple(accumulate((width for _, width in columns), initial=0))
        # Millimetres are rounded to units, so the sum of many widths may be some units off.
        if edges[-1] > room + len(columns):
            raise FormError(
                f"表の幅（{in_mm(edges[-1])}）が、使える幅（{in_mm(room)}）を越えます。",
                place=self._form.place(spec, "columns", table=spec.grid),
            )
        frame = _Frame(spec, edges, Slots(len(columns)))
        leading = self._header_rows(frame)
        rows = tuple(
            self._row(_At(frame, row, str(number), scope, repeated=False))
            for number, row in enumerate(spec.rows, 1)
        )
        try:
            frame.slots.border("表の最後の行")
        except SlotError as fault:
            raise self._error(frame, spec.rows[-1], fault, str(len(spec.rows))) from None
        return GridMaker(
            spec=spec,
            columns=tuple(width for _, width in columns),
            column_names=tuple(name for name, _ in columns),
            rows=rows,
            header_rows=leading,
        )

    def _error(
        self, frame: _Frame, spec: Spec, fault: ValueError, row: str = "", cell: str = ""
    ) -> FormError:
        place = self._form.place(spec, table=frame.spec.grid, row=row, column=cell)
        return FormError(str(fault), place=place)

    def _header_rows(self, frame: _Frame) -> int:
        rows = frame.spec.rows
        leading = next((i for i, row in enumerate(rows) if not row.header), len(rows))
        for number, row in enumerate(rows[leading:], leading + 1):
            if late := next(_headers(row), None):
                fault = ValueError("見出し行（header）は表の先頭に置いてください。")
                raise self._error(frame, late, fault, str(number))
        return leading

    def _columns(self, spec: GridSpec, column: ColumnSpec) -> Iterator[tuple[str, Length]]:
        for year in self._years(column.years):
            try:
                # No scope: the columns of a form are the same for every sheet of a year.
                yield self._template(column.name, (), year)(()), column.width
            except PathError as fault:
                place = self._form.place(column, "name", table=spec.grid, column=column.name)
                raise FormError(str(fault), place=place) from None

    def _years(self, count: int | None) -> list[FiscalYear | None]:
        if count is None:
            return [None]
        return [self._year - back for back in range(count, 0, -1)]

    def _template(
        self, text: str, scope: tuple[Any, ...], year: FiscalYear | None = None
    ) -> Callable[[Scope], str]:
        return compile_template(
            text, lambda path: self._reader.read_text(path, scope, year), self._form.year_style
        )

    def _row(self, at: _At) -> RowMaker:
        spec, scope, slots = at.row, at.scope, at.frame.slots
        try:
            each = None
            if spec.each is not None:
                slots.border("繰り返しの始まり")
                each = self._reader.read(spec.each, scope)
                if not isinstance(each.type, ListOf):
                    raise PathError(f"each: 「{spec.each}」は並びではありません。")
                scope = (*scope, each.type.item)
            by = None
            if spec.by is not None:
                by = self._template("{" + spec.by + "}", scope)
            elif isinstance(spec.bookmark, dict) or isinstance(spec.keep_with_next, list):
                raise PathError("値ごとの bookmark と keep_with_next には by が必要です。")
            name = self._template(spec.name, scope)
            marks = spec.bookmark if isinstance(spec.bookmark, dict) else {"": spec.bookmark}
            bookmarks = {key: self._template(text, scope) for key, text in marks.items() if text}
            at = at._replace(scope=scope, repeated=at.repeated or each is not None)
            cells: tuple[CellMaker, ...] = ()
            rows: tuple[RowMaker, ...] = ()
            if spec.rows:
                rows = tuple(
                    self._row(at._replace(row=row, number=f"{at.number}.{number}"))
                    for number, row in enumerate(spec.rows, 1)
                )
            else:
                slots.start()
                cells = tuple(self._cells(at))
                slots.end()
            if each is not None:
                slots.border("繰り返しの終わり")
        except (PathError, SlotError) as fault:
            raise self._error(at.frame, spec, fault, at.number) from None
        return RowMaker(spec, each, by, name, bookmarks, cells, rows)

    def _cells(self, at: _At) -> Iterator[CellMaker]:
        for number, spec in enumerate(at.row.cells, 1):
            name = cell_name(number, spec.field, spec.label, spec.expr)
            for year in self._years(spec.years):
                try:
                    yield self._cell(at, spec, year, name)
                except ValueError as fault:
                    raise self._error(at.frame, spec, fault, at.number, name) from None

    def _cell(self, at: _At, spec: CellSpec, year: FiscalYear | None, name: str) -> CellMaker:
        rowspan = spec.rows if isinstance(spec.rows, int) else _SPANS[spec.rows]
        if rowspan == EACH and at.row.each is None:
            raise SlotError("rows: each は、each のある行でだけ使えます。")
        if rowspan == ALL and at.repeated:
            raise SlotError("rows: all は、繰り返す行では使えません。")
        if rowspan == EACH:
            # A cell over all items belongs to none of them.
            at = at._replace(scope=at.scope[:-1])
        column = at.frame.slots.place(spec.cols, rowspan)
        width = at.frame.edges[column + spec.cols] - at.frame.edges[column]
        texts, field = self._texts(at, spec, year, name)
        return CellMaker(
            column,
            spec.cols,
            rowspan,
            texts,
            self._cell_styles(at, spec, width),
            _role(at.row, spec),
            field if rowspan != EACH else "",
            self._blank(at, spec, year),
        )

    def _cell_styles(self, at: _At, spec: CellSpec, width: Length) -> dict[str, CellStyle]:
        names = spec.style
        if not isinstance(names, dict):
            names = {"": names}
        elif at.row.by is None:
            raise PathError("値ごとの style には、行に by が必要です。")
        styles = {}
        for value, name in names.items():
            if name not in self._styles:
                raise PathError(unknown_style(name, self._styles))
            styles[value] = self._styles[name]
            check_room(styles[value].text, width)
        return styles

    def _texts(
        self, at: _At, spec: CellSpec, year: FiscalYear | None, name: str
    ) -> tuple[Texts, str]:
        """What the cell shows, and the field that it is."""
        if spec.label is not None:
            label = self._template(spec.label, at.scope, year)
            return (lambda values: _paragraphs(label(values))), ""
        if spec.expr is not None:
            return self._computed(at, spec, spec.expr, name), ""
        if spec.field is None:
            return (lambda values: ()), ""
        field = self._reader.read(spec.field, at.scope, year)
        if isinstance(field.type, ListOf) and field.type.item is str:
            return _listed(spec, field.get), field.name
        field = self._reader.read_text(spec.field, at.scope, year)
        return _shown(spec, field.get, self._form), field.name

    def _computed(self, at: _At, spec: CellSpec, source: str, name: str) -> Texts:
        texts = _shown(spec, compile_expression(source, at.scope), self._form)

        def located(values: Scope) -> tuple[str, ...]:
            try:
                return texts(values)
            except PathError as fault:
                raise self._error(at.frame, spec, fault, at.number, name) from None

        return located

    def _blank(self, at: _At, spec: CellSpec, year: FiscalYear | None) -> tuple[str, ...]:
        """What the cell shows in a row without an item: a label that does not speak of one."""
        if spec.label is None or not at.repeated:
            return ()
        try:
            return _paragraphs(self._template(spec.label, (), year)(()))
        except PathError:
            return ()


def _headers(row: RowSpec) -> Iterator[RowSpec]:
    if row.header:
        yield row
    for inner in row.rows:
        yield from _headers(inner)


def _shown(spec: CellSpec, get: Callable[[Scope], Any], form: Form) -> Texts:
    """A scalar value as texts, with what the cell says about format, suffix and default."""
    style, suffix, default = form.year_style, spec.suffix, spec.default
    if spec.format == "money":
        return lambda values: _paragraphs(money(text_of(get(values), style), suffix) or default)
    if not suffix and not default:
        # The common case, a text as it is, must stay cheap: a form has a thousand such cells.
        def plain(values: Scope) -> tuple[str, ...]:
            value = get(values)
            if value.__class__ is not str:
                value = text_of(value, style)
            return (value,) if value else ()

        return plain

    def full(values: Scope) -> tuple[str, ...]:
        text = text_of(get(values), style)
        if text and suffix and parse_value(text).kind in NUMBERS:
            text += suffix
        return _paragraphs(text or default)

    return full


def _listed(spec: CellSpec, get: Callable[[Scope], Any]) -> Texts:
    """The items of a list as texts. An empty item stays: paragraphs are numbered as items are."""
    if spec.format != "text" or spec.suffix:
        raise PathError(f"「{spec.field}」は並びなので、format と suffix は使えません。")
    default = _paragraphs(spec.default)
    return lambda values: tuple(item.value for item in get(values)) or default


def _paragraphs(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _role(row: RowSpec, spec: CellSpec) -> Role:
    if spec.heads is not None:
        return "data" if spec.heads == "none" else spec.heads
    if row.header:
        return "column"
    return "row" if spec.label is not None else "data"
