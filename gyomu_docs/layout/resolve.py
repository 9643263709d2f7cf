"""A form and a sheet to a `Document`: `Resolver(form).resolve(sheet)`.

The form is compiled once for each fiscal year it meets (years stand in labels and paths), then
filled. What the sheet holds but the form has no place for (results of other years) is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from gyomu_docs.errors import Diagnostic, FormError, Place, shorten
from gyomu_docs.layout.fields import Field, ListOf, PathError, PathReader, Scope, YearUse
from gyomu_docs.layout.form import (
    BesideSpec,
    Form,
    FurnitureSpec,
    GridSpec,
    HeadingSpec,
    ParagraphSpec,
    SpacerSpec,
    Spec,
)
from gyomu_docs.layout.grid import GridCompiler
from gyomu_docs.layout.rows import GridMaker
from gyomu_docs.layout.styles import CellStyle, check_room, in_mm, resolve_styles, unknown_style
from gyomu_docs.layout.texts import compile_template, furniture_parts, text_of
from gyomu_docs.layout.tree import (
    Attachment,
    Beside,
    BesideColumn,
    Block,
    Document,
    Furniture,
    Heading,
    PageSetup,
    Paragraph,
    Section,
    Spacer,
    Style,
)
from gyomu_docs.model import (
    Activity,
    CostRow,
    FiscalYear,
    MissionPurpose,
    Sheet,
    TextsByYear,
)
from gyomu_docs.units import Length

_SCOPE = (Sheet,)
_PAGE_FIELD = re.compile(r"\{pages?\}")


class Resolver:
    """A form ready to be filled. Raises FormError where the form is wrong."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._styles = resolve_styles(form)
        self._by_year: dict[int, _FormOfYear] = {}
        # Compile once for any year, so that a wrong form fails here and not at the first sheet.
        self._of(FiscalYear(2000))

    def resolve(
        self, sheet: Sheet, attachments: Iterable[Attachment] = (), date: str = ""
    ) -> tuple[Document, list[Diagnostic]]:
        """The sheet in this form, and what the form leaves out of it."""
        form = self._of(sheet.fiscal_year)
        scope = (sheet,)
        document = Document(
            title=form.text(self.form.document_title, scope),
            sections=(form.section(scope),),
            author=form.text(self.form.author, scope),
            subject=form.text(self.form.subject, scope),
            date=date,
            attachments=tuple(attachments),
        )
        return document, list(form.left_out(sheet))

    def _of(self, year: FiscalYear) -> _FormOfYear:
        form = self._by_year.get(year.year)
        if form is None:
            form = self._by_year[year.year] = _FormOfYear(self.form, self._styles, year)
        return form


class _FormOfYear:
    """The form compiled for one fiscal year."""

    def __init__(self, form: Form, styles: dict[str, CellStyle], year: FiscalYear) -> None:
        self._form = form
        self._styles = styles
        self._reader = PathReader(year)
        self._compiler = GridCompiler(form, styles, self._reader, year)
        self._texts: dict[str, Callable[[Scope], str]] = {}
        self._grids: dict[int, GridMaker] = {}
        self._fields: dict[int, Field] = {}
        for key in ("document_title", "section_title", "bookmark", "author", "subject"):
            self._compile(form, key)
        width, _ = form.page.body
        self._prepare_furniture(form.page.header, form.page.margins.top, width)
        self._prepare_furniture(form.page.footer, form.page.margins.bottom, width)
        self._prepare(form.blocks, width)

    def _compile(self, spec: Spec, key: str) -> None:
        """Compile the text under `key`, so that `text` has it."""
        for piece in _PAGE_FIELD.split(getattr(spec, key)):
            if piece not in self._texts:
                self._texts[piece] = self._template(spec, key, piece)

    def _template(self, spec: Spec, key: str, text: str) -> Callable[[Scope], str]:
        try:
            return compile_template(
                text, lambda path: self._reader.read_text(path, _SCOPE), self._form.year_style
            )
        except PathError as fault:
            raise self._error(fault, spec, key) from None

    def _error(self, fault: ValueError, spec: Spec, key: str) -> FormError:
        return FormError(str(fault), place=self._form.place(spec, key))

    def _prepare_furniture(self, spec: FurnitureSpec, margin: Length, width: Length) -> None:
        for key in ("left", "center", "right"):
            self._compile(spec, key)
        style = self._prepare_style(spec, width)
        line = style.leading + style.padding.top + style.padding.bottom
        if spec.distance + line > margin:
            fault = ValueError(f"余白（{in_mm(margin)}）に収まらず、本文に重なります。")
            raise self._error(fault, spec, "distance")

    def _prepare_style(
        self, spec: FurnitureSpec | HeadingSpec | ParagraphSpec, width: Length
    ) -> Style:
        """Check the style of a text outside of grids."""
        if spec.style not in self._styles:
            fault = ValueError(unknown_style(spec.style, self._styles))
            raise self._error(fault, spec, "style")
        style = self._style(spec.style)
        try:
            if style.vertical:
                raise ValueError("縦書き（vertical）の style は、表のセルでだけ使えます。")
            check_room(style, width)
        except ValueError as fault:
            raise self._error(fault, spec, "style") from None
        return style

    def _prepare(self, blocks: Iterable[Any], width: Length) -> None:
        """Compile all that stands in a column of that width."""
        for spec in blocks:
            match spec:
                case GridSpec():
                    self._grids[id(spec)] = self._compiler.compile(spec, _SCOPE, width)
                case BesideSpec():
                    self._prepare_beside(spec, width)
                case HeadingSpec():
                    self._compile(spec, "heading")
                    self._compile(spec, "bookmark")
                    self._prepare_style(spec, width)
                case ParagraphSpec():
                    self._prepare_style(spec, width)
                    if spec.field is None:
                        self._compile(spec, "paragraph")
                    else:
                        self._fields[id(spec)] = self._text_or_list(spec, spec.field)

    def _prepare_beside(self, spec: BesideSpec, width: Length) -> None:
        columns = spec.beside
        needed = sum(column.width for column in columns) + spec.gap * (len(columns) - 1)
        if needed > width + len(columns):
            fault = ValueError(
                f"並べた列の幅（{in_mm(needed)}）が、使える幅（{in_mm(width)}）を越えます。"
            )
            raise self._error(fault, spec, "beside")
        for column in columns:
            self._prepare(column.blocks, column.width)

    def _text_or_list(self, spec: ParagraphSpec, path: str) -> Field:
        try:
            field = self._reader.read(path, _SCOPE)
            if isinstance(field.type, ListOf) and field.type.item is str:
                return field
            return self._reader.read_text(path, _SCOPE)
        except PathError as fault:
            raise self._error(fault, spec, "field") from None

    def text(self, template: str, scope: Scope) -> str:
        """A text of the form, filled."""
        return self._texts[template](scope)

    def section(self, scope: Scope) -> Section:
        """The sheet as one section."""
        return Section(
            title=self.text(self._form.section_title, scope),
            page=self._page(scope),
            blocks=tuple(self._blocks(self._form.blocks, scope)),
            bookmark=self.text(self._form.bookmark, scope),
        )

    def _page(self, scope: Scope) -> PageSetup:
        spec = self._form.page
        width, height = spec.paper
        return PageSetup(
            width=width,
            height=height,
            margins=spec.margins,
            header=self._furniture(spec.header, scope),
            footer=self._furniture(spec.footer, scope),
            header_distance=spec.header.distance,
            footer_distance=spec.footer.distance,
        )

    def _furniture(self, spec: FurnitureSpec, scope: Scope) -> Furniture:
        left, center, right = (
            furniture_parts(part, lambda piece: self.text(piece, scope))
            for part in (spec.left, spec.center, spec.right)
        )
        return Furniture(left, center, right, self._style(spec.style))

    def _style(self, name: str) -> Style:
        return self._styles[name].text

    def _blocks(self, specs: Iterable[Any], scope: Scope) -> Iterator[Block]:
        for spec in specs:
            match spec:
                case GridSpec():
                    yield self._grids[id(spec)].make(scope)
                case HeadingSpec():
                    yield Heading(
                        level=spec.level,
                        text=self.text(spec.heading, scope),
                        style=self._style(spec.style),
                        bookmark=self.text(spec.bookmark, scope),
                    )
                case ParagraphSpec():
                    yield from self._paragraphs(spec, scope)
                case SpacerSpec():
                    yield Spacer(spec.spacer)
                case BesideSpec():
                    columns = tuple(
                        BesideColumn(column.width, tuple(self._blocks(column.blocks, scope)))
                        for column in spec.beside
                    )
                    yield Beside(columns, spec.gap)

    def _paragraphs(self, spec: ParagraphSpec, scope: Scope) -> Iterator[Paragraph]:
        style = self._style(spec.style)
        if spec.field is None:
            yield Paragraph(self.text(spec.paragraph or "", scope), style)
            return
        field = self._fields[id(spec)]
        value = field.get(scope)
        if isinstance(field.type, ListOf):
            for number, item in enumerate(value, 1):
                yield Paragraph(item.value, style, f"{field.name}[{number}]")
        elif text := text_of(value, self._form.year_style):
            yield Paragraph(text, style, field.name)

    def left_out(self, sheet: Sheet) -> Iterator[Diagnostic]:
        """Values by year that the form has no column for: one diagnostic a table and year."""
        shown = self._reader.years_shown
        hidden: dict[tuple[str, str, FiscalYear], list[tuple[str, str]]] = {}
        for table, row, owner, name, texts in _by_year(sheet):
            for year, text in texts.items():
                if text and YearUse(owner, name, year.year) not in shown:
                    hidden.setdefault((table, name, year), []).append((row, text))
        for (table, name, year), values in hidden.items():
            row, text = values[0]
            more = f"ほか{len(values) - 1}件" if len(values) > 1 else ""
            yield Diagnostic(
                "W",
                "no-column",
                f"{name}の値「{shorten(text)}」{more}は、様式に{year}の欄がないため印刷されません。",
                Place(sheet=sheet.label, table=table, row=row, column=f"{name} {year}"),
                "年度を確かめるか、その年度の欄がある様式を使ってください。",
            )


def _by_year(sheet: Sheet) -> Iterator[tuple[str, str, type, str, TextsByYear]]:
    for purpose in sheet.purposes:
        yield "任務目的", purpose.purpose, MissionPurpose, "実績", purpose.results
    for activity in sheet.activities:
        yield "行政活動", activity.code, Activity, "実績", activity.results
        for cost in activity.costs:
            yield "事業費", cost.name, CostRow, "決算", cost.settled
            yield "事業費", cost.name, CostRow, "予算", cost.budget
