"""A grid of a form, compiled for a fiscal year: paths read, columns found, spans checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from gyomu_docs.errors import FormError
from gyomu_docs.layout.blocks import CellSpec, ColumnSpec, GridSpec, RowSpec, cell_name
from gyomu_docs.layout.cell_texts import listed, paragraphs, shown
from gyomu_docs.layout.expressions import compile_expression
from gyomu_docs.layout.faults import Faults
from gyomu_docs.layout.fields import Field, ListOf, PathError, PathReader, Scope
from gyomu_docs.layout.form import Form
from gyomu_docs.layout.rows import CellMaker, GridMaker, RowMaker, Texts
from gyomu_docs.layout.slots import ALL, EACH, SlotError, Slots
from gyomu_docs.layout.spec import Spec
from gyomu_docs.layout.styles import CellStyle, check_lines, check_room, in_mm, unknown_style
from gyomu_docs.layout.sums import Sums
from gyomu_docs.layout.texts import compile_template
from gyomu_docs.layout.tree import Role
from gyomu_docs.model import FiscalYear
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
    """Compiles the grids of a form for one fiscal year; what is wrong goes to `faults`.

    A fault names the file, the line, the grid, the row and the cell. What could not be compiled is
    blank in the makers, which nobody may use when there are faults.
    """

    def __init__(
        self,
        form: Form,
        styles: dict[str, CellStyle],
        reader: PathReader,
        sums: Sums,
        year: FiscalYear,
        faults: Faults,
    ) -> None:
        self._form = form
        self._styles = styles
        self._reader = reader
        self._sums = sums
        self._year = year
        self._faults = faults

    def compile(self, spec: GridSpec, scope: tuple[Any, ...], room: Length) -> GridMaker:
        """Read paths and spans; the grid must not be wider than `room`."""
        columns = [column for one in spec.columns for column in self._columns(spec, one)]
        edges = tuple(accumulate((width for _, width in columns), initial=0))
        # Millimetres are rounded to units, so the sum of many widths may be some units off.
        if edges[-1] > room + len(columns):
            message = f"表の幅（{in_mm(edges[-1])}）が、使える幅（{in_mm(room)}）を越えます。"
            place = self._form.place(spec, "columns", table=spec.grid)
            self._faults.add(FormError(message, place=place))
        frame = _Frame(spec, edges, Slots(len(columns)))
        leading = self._header_rows(frame)
        rows = tuple(
            self._row(_At(frame, row, str(number), scope, repeated=False))
            for number, row in enumerate(spec.rows, 1)
        )
        try:
            frame.slots.border("表の最後の行")
        except SlotError as fault:
            self._add(frame, spec.rows[-1], fault, str(len(spec.rows)))
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

    def _add(
        self, frame: _Frame, spec: Spec, fault: ValueError, row: str = "", cell: str = ""
    ) -> None:
        self._faults.add(self._error(frame, spec, fault, row, cell))

    def _header_rows(self, frame: _Frame) -> int:
        rows = frame.spec.rows
        leading = next((i for i, row in enumerate(rows) if not row.header), len(rows))
        for number, row in enumerate(rows[leading:], leading + 1):
            for late in _headers(row):
                fault = ValueError("見出し行（header）は表の先頭に置いてください。")
                self._add(frame, late, fault, str(number))
        return leading

    def _columns(self, spec: GridSpec, column: ColumnSpec) -> Iterator[tuple[str, Length]]:
        for year in self._years(column.years):
            name = column.name
            try:
                # No scope: the columns of a form are the same for every sheet of a year.
                name = self._template(column.name, (), year)(())
            except PathError as fault:
                place = self._form.place(column, "name", table=spec.grid, column=name)
                self._faults.add(FormError(str(fault), place=place))
            yield name, column.width

    def _years(self, count: int | None) -> list[FiscalYear | None]:
        if count is None:
            return [None]
        return [self._year - back for back in range(count, 0, -1)]

    def _template(
        self,
        text: str,
        scope: tuple[Any, ...],
        year: FiscalYear | None = None,
        *,
        printed: bool = False,
    ) -> Callable[[Scope], str]:
        def read(path: str) -> Field:
            field = self._reader.read_text(path, scope, year)
            return self._reader.show(field) if printed else field

        return compile_template(text, read, self._form.year_style)

    def _row(self, at: _At) -> RowMaker:
        spec, slots = at.row, at.frame.slots
        try:
            each, scope = self._each(at)
        except (PathError, SlotError) as fault:
            # What is inside speaks of items that are not known.
            slots.lost = True
            self._add(at.frame, spec, fault, at.number)
            return RowMaker(spec, None, None, _nothing, {}, (), ())
        at = at._replace(scope=scope, repeated=at.repeated or each is not None)
        by, name, bookmarks = self._row_texts(at)
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
        try:
            if not spec.rows:
                slots.end()
            if each is not None:
                slots.border("繰り返しの終わり")
        except SlotError as fault:
            self._add(at.frame, spec, fault, at.number)
        return RowMaker(spec, each, by, name, bookmarks, cells, rows)

    def _each(self, at: _At) -> tuple[Field | None, tuple[Any, ...]]:
        """What the row repeats, and the scope inside of it."""
        if at.row.each is None:
            return None, at.scope
        at.frame.slots.border("繰り返しの始まり")
        each = self._reader.read(at.row.each, at.scope)
        if not isinstance(each.type, ListOf):
            raise PathError(f"each: 「{at.row.each}」は並びではありません。")
        if each.type.item is str:
            self._reader.show(each)  # Its rows print the items themselves (`.`).
        return each, (*at.scope, each.type.item)

    def _row_texts(
        self, at: _At
    ) -> tuple[Callable[[Scope], str] | None, Callable[[Scope], str], dict[str, Any]]:
        """What `by`, `name` and `bookmark` of a row say."""
        spec, scope = at.row, at.scope
        try:
            by = None
            if spec.by is not None:
                by = self._template("{" + spec.by + "}", scope)
            elif isinstance(spec.bookmark, dict) or isinstance(spec.keep_with_next, list):
                raise PathError("値ごとの bookmark と keep_with_next には by が必要です。")
            name = self._template(spec.name, scope)
            marks = spec.bookmark if isinstance(spec.bookmark, dict) else {"": spec.bookmark}
            return by, name, {key: self._template(it, scope) for key, it in marks.items() if it}
        except PathError as fault:
            self._add(at.frame, spec, fault, at.number)
            return None, _nothing, {}

    def _cells(self, at: _At) -> Iterator[CellMaker]:
        for number, spec in enumerate(at.row.cells, 1):
            name = cell_name(number, spec.field, spec.label, spec.expr)
            for year in self._years(spec.years):
                try:
                    yield self._cell(at, spec, year, name)
                except ValueError as fault:
                    self._add(at.frame, spec, fault, at.number, name)

    def _cell(self, at: _At, spec: CellSpec, year: FiscalYear | None, name: str) -> CellMaker:
        slots = at.frame.slots
        rowspan = spec.rows if isinstance(spec.rows, int) else _SPANS[spec.rows]
        if rowspan == EACH and at.row.each is None:
            raise slots.fault("rows: each は、each のある行でだけ使えます。")
        if rowspan == ALL and at.repeated:
            raise slots.fault("rows: all は、繰り返す行では使えません。")
        if rowspan == EACH:
            # A cell over all items belongs to none of them.
            at = at._replace(scope=at.scope[:-1])
        column = slots.place(spec.cols, rowspan)
        edges = at.frame.edges
        width = edges[-1] if slots.lost else edges[column + spec.cols] - edges[column]
        styles: dict[str, CellStyle] = {}
        try:
            styles = self._cell_styles(at, spec, width)
        except ValueError as fault:
            self._add(at.frame, spec, fault, at.number, name)
        texts, field = self._texts(at, spec, year, name)
        return CellMaker(
            column,
            spec.cols,
            rowspan,
            texts,
            styles,
            _role(at.row, spec),
            field if rowspan != EACH else "",
            self._blank(at, spec, year),
            self._template(spec.link, at.scope, year) if spec.link else None,
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
            check_lines(styles[value].text, self._form)
        return styles

    def _texts(
        self, at: _At, spec: CellSpec, year: FiscalYear | None, name: str
    ) -> tuple[Texts, str]:
        """What the cell shows, and the field that it is."""
        if spec.label is not None:
            label = self._template(spec.label, at.scope, year, printed=True)
            return (lambda values: paragraphs(label(values))), ""
        if spec.expr is not None:
            return self._computed(at, spec, spec.expr, year, name), ""
        if spec.field is None:
            return (lambda values: ()), ""
        field = self._reader.read(spec.field, at.scope, year)
        if isinstance(field.type, ListOf) and field.type.item is str:
            return listed(spec, self._reader.show(field).get), field.name
        field = self._reader.show(self._reader.read_text(spec.field, at.scope, year))
        return shown(spec, field.get, self._form), field.name

    def _computed(
        self, at: _At, spec: CellSpec, source: str, year: FiscalYear | None, name: str
    ) -> Texts:
        get = compile_expression(source, at.scope, self._sums, year)
        texts = shown(spec, get, self._form)

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
            return paragraphs(self._template(spec.label, (), year)(()))
        except PathError:
            return ()


def _nothing(values: Scope) -> str:
    return ""


def _headers(row: RowSpec) -> Iterator[RowSpec]:
    if row.header:
        yield row
    for inner in row.rows:
        yield from _headers(inner)


def _role(row: RowSpec, spec: CellSpec) -> Role:
    if spec.heads is not None:
        return "data" if spec.heads == "none" else spec.heads
    if row.header:
        return "column"
    return "row" if spec.label is not None else "data"
