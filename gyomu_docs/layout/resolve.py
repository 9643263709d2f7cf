"""A form and a sheet to a `Document`: `Resolver(form).resolve(sheet)`.

The form is compiled once for each fiscal year it meets (years stand in labels and paths), then
filled. What the sheet holds but the form has no place for (results of other years) is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gyomu_docs.errors import Diagnostic, FormError, Place
from gyomu_docs.layout.fields import ListOf, PathError, PathReader, Scope
from gyomu_docs.layout.form import (
    BesideSpec,
    Form,
    FurnitureSpec,
    GridSpec,
    HeadingSpec,
    ParagraphSpec,
    SpacerSpec,
)
from gyomu_docs.layout.grid import GridCompiler
from gyomu_docs.layout.rows import GridMaker
from gyomu_docs.layout.styles import resolve_styles
from gyomu_docs.layout.texts import compile_template, furniture_parts
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
from gyomu_docs.model import FiscalYear, Sheet, TextsByYear

_SCOPE = (Sheet,)


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

    def __init__(self, form: Form, styles: Any, year: FiscalYear) -> None:
        self._form = form
        self._styles = styles
        self._reader = PathReader(year)
        self._compiler = GridCompiler(form, styles, self._reader, year)
        self._texts: dict[str, Any] = {}
        self._grids: dict[int, GridMaker] = {}
        self._prepare(form.blocks)
        self.section_check = [
            self._template(text)
            for text in (form.document_title, form.section_title, form.author, form.subject)
        ]

    def text(self, template: str, scope: Scope) -> str:
        """A template of the form, filled."""
        return str(self._template(template)(scope))

    def _template(self, template: str) -> Any:
        compiled = self._texts.get(template)
        if compiled is None:
            try:
                compiled = compile_template(
                    template,
                    lambda path: self._reader.read(path, _SCOPE),
                    self._form.year_style,
                )
            except PathError as error:
                place = Place(file=self._form.form, row=template)
                raise FormError(str(error), place=place) from None
            self._texts[template] = compiled
        return compiled

    def _prepare(self, blocks: Iterable[Any]) -> None:
        for spec in blocks:
            match spec:
                case GridSpec():
                    self._grids[id(spec)] = self._compiler.compile(spec, _SCOPE)
                case BesideSpec():
                    for column in spec.beside:
                        self._prepare(column.blocks)
                case HeadingSpec():
                    self._template(spec.heading)
                    self._style(spec.style)
                case ParagraphSpec():
                    self._template(spec.paragraph or "")
                    self._style(spec.style)

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
        style = self._styles.get(name)
        if style is None:
            raise FormError(f"style「{name}」がありません。", place=Place(file=self._form.form))
        return style.text  # type: ignore[no-any-return]

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
        field = self._reader.read(spec.field, _SCOPE)
        if isinstance(field.type, ListOf):
            for item in field.get(scope):
                yield Paragraph(item.value, style, item.record)
        elif text := self.text("{" + spec.field + "}", scope):
            yield Paragraph(text, style, spec.field)

    def left_out(self, sheet: Sheet) -> Iterator[Diagnostic]:
        """Values by year that the form has no column for."""
        shown: dict[str, set[int]] = {}
        for use in self._reader.years_shown:
            shown.setdefault(use.attribute, set()).add(use.year)
        for table, row, column, texts in _by_year(sheet):
            known = shown.get(column, set())
            for year, text in texts.items():
                if text and year.year not in known:
                    yield Diagnostic(
                        "W",
                        "no-column",
                        f"{column}の値「{text}」は、様式に{year}の欄がないため印刷されません。",
                        Place(sheet=sheet.label, table=table, row=row, column=f"{column} {year}"),
                        "年度を確かめるか、その年度の欄がある様式を使ってください。",
                    )


def _by_year(sheet: Sheet) -> Iterator[tuple[str, str, str, TextsByYear]]:
    for purpose in sheet.purposes:
        yield "任務目的", purpose.purpose, "実績", purpose.results
    for activity in sheet.activities:
        yield "行政活動", activity.code, "実績", activity.results
        for cost in activity.costs:
            yield "事業費", cost.name, "決算", cost.settled
            yield "事業費", cost.name, "予算", cost.budget
