"""A grid of a form, compiled for a fiscal year: paths read, columns found, spans checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gyomu_docs.errors import FormError, Place
from gyomu_docs.layout.expressions import compile_expression
from gyomu_docs.layout.fields import ListOf, PathError, PathReader, Scope
from gyomu_docs.layout.form import CellSpec, ColumnSpec, Form, GridSpec, RowSpec
from gyomu_docs.layout.rows import NUMBERS, CellMaker, GridMaker, RowMaker, Texts
from gyomu_docs.layout.slots import ALL, EACH, CellError, Slots
from gyomu_docs.layout.styles import CellStyle
from gyomu_docs.layout.texts import compile_template, money, text_of
from gyomu_docs.layout.tree import Role
from gyomu_docs.model import FiscalYear, parse_value


class GridCompiler:
    """Compiles the grids of a form for one fiscal year."""

    def __init__(
        self, form: Form, styles: dict[str, CellStyle], reader: PathReader, year: FiscalYear
    ) -> None:
        self._form = form
        self._styles = styles
        self._reader = reader
        self._year = year

    def compile(self, spec: GridSpec, scope: tuple[Any, ...]) -> GridMaker:
        """Read paths and spans. Raises FormError that names form, grid, row and cell."""
        columns = [column for one in spec.columns for column in self._columns(spec, one, scope)]
        slots = Slots(len(columns))
        try:
            rows = tuple(self._row(row, scope, slots, f"{i}") for i, row in enumerate(spec.rows, 1))
            slots.finish(str(len(spec.rows)))
        except CellError as fault:
            place = Place(file=self._form.form, table=spec.grid, row=fault.row, column=fault.cell)
            raise FormError(fault.message, place=place) from None
        leading = 0
        while leading < len(spec.rows) and spec.rows[leading].header:
            leading += 1
        return GridMaker(
            spec=spec,
            columns=tuple(width for _, width in columns),
            column_names=tuple(name for name, _ in columns),
            rows=rows,
            header_rows=leading,
        )

    def _columns(
        self, spec: GridSpec, column: ColumnSpec, scope: tuple[Any, ...]
    ) -> Iterator[tuple[str, int]]:
        for year in self._years(column.years):
            try:
                name = self._template(column.name, scope, year)(())
            except PathError as error:
                place = Place(file=self._form.form, table=spec.grid, column=column.name)
                raise FormError(str(error), place=place) from None
            yield name, column.width

    def _years(self, count: int | None) -> list[FiscalYear | None]:
        if count is None:
            return [None]
        return [self._year - back for back in range(count, 0, -1)]

    def _template(
        self, text: str, scope: tuple[Any, ...], year: FiscalYear | None = None
    ) -> Callable[[Scope], str]:
        return compile_template(
            text, lambda path: self._reader.read(path, scope, year), self._form.year_style
        )

    def _row(self, spec: RowSpec, scope: tuple[Any, ...], slots: Slots, number: str) -> RowMaker:
        try:
            each = self._reader.read(spec.each, scope) if spec.each else None
            if each is not None:
                if not isinstance(each.type, ListOf):
                    raise PathError(f"each: 「{spec.each}」は並びではありません。")
                scope = (*scope, each.type.item)
            by = self._template("{" + spec.by + "}", scope) if spec.by else None
            name = self._template(spec.name, scope)
            marks = spec.bookmark if isinstance(spec.bookmark, dict) else {"": spec.bookmark}
            bookmarks = {key: self._template(text, scope) for key, text in marks.items() if text}
        except PathError as error:
            raise CellError(number, "", str(error)) from None
        if spec.rows:
            inner = tuple(
                self._row(row, scope, slots, f"{number}.{i}") for i, row in enumerate(spec.rows, 1)
            )
            return RowMaker(spec, each, by, name, bookmarks, (), inner)
        slots.start(number)
        cells = tuple(self._cells(spec, scope, slots, number))
        slots.end()
        return RowMaker(spec, each, by, name, bookmarks, cells, ())

    def _cells(
        self, row: RowSpec, scope: tuple[Any, ...], slots: Slots, number: str
    ) -> Iterator[CellMaker]:
        for i, spec in enumerate(row.cells, 1):
            for year in self._years(spec.years):
                what = spec.field or spec.label or spec.expr or ""
                cell = f"{i} {what}".rstrip()
                rowspan = {"all": ALL, "each": EACH}.get(str(spec.rows), spec.rows)
                column = slots.place(cell, spec.cols, int(rowspan))
                try:
                    texts = self._texts(spec, scope, year)
                    styles = self._cell_styles(spec)
                except PathError as error:
                    raise CellError(number, cell, str(error)) from None
                yield CellMaker(
                    column, spec.cols, int(rowspan), texts, styles,
                    _role(row, spec), _field_name(spec, year),
                )  # fmt: skip

    def _cell_styles(self, spec: CellSpec) -> dict[str, CellStyle]:
        names = spec.style if isinstance(spec.style, dict) else {"": spec.style}
        for name in names.values():
            if name not in self._styles:
                raise PathError(f"style「{name}」がありません。")
        return {key: self._styles[name] for key, name in names.items()}

    def _texts(self, spec: CellSpec, scope: tuple[Any, ...], year: FiscalYear | None) -> Texts:
        if spec.label is not None:
            label = self._template(spec.label, scope, year)
            return lambda values: _paragraphs(label(values))
        if spec.expr is not None:
            return _shown(spec, compile_expression(spec.expr), self._form)
        if spec.field is None:
            return lambda values: ()
        field = self._reader.read(spec.field, scope, year)
        if isinstance(field.type, ListOf):
            get = field.get
            return lambda values: tuple(item.value for item in get(values) if item.value)
        return _shown(spec, field.get, self._form)


def _shown(spec: CellSpec, get: Callable[[Scope], Any], form: Form) -> Texts:
    """A scalar value as texts, with what the cell says about format, suffix and default."""
    style, suffix, default = form.year_style, spec.suffix, spec.default
    if spec.format == "money":
        return lambda values: _paragraphs(money(str(get(values)), suffix) or default)
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


def _paragraphs(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _role(row: RowSpec, spec: CellSpec) -> Role:
    if spec.heads is not None:
        return "data" if spec.heads == "none" else spec.heads
    if row.header:
        return "column"
    return "row" if spec.label is not None else "data"


def _field_name(spec: CellSpec, year: FiscalYear | None) -> str:
    name = spec.field or ""
    return name.replace("[年]", f"[{year.label()}]") if year is not None else name
