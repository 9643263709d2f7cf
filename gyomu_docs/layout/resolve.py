"""A form and a sheet to a `Document`: `Resolver(form).resolve(sheet)`.

The form is compiled once for each fiscal year it meets (years stand in labels and paths), then
filled. What the sheet holds but the form has no place for is reported (`left_out`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from gyomu_docs.errors import Diagnostic, FormError
from gyomu_docs.layout.blocks import (
    BesideSpec,
    GridSpec,
    HeadingSpec,
    PageBreakSpec,
    ParagraphSpec,
    SpacerSpec,
)
from gyomu_docs.layout.faults import Faults
from gyomu_docs.layout.fields import Field, ListOf, PathError, PathReader, Scope
from gyomu_docs.layout.form import Form
from gyomu_docs.layout.form_texts import FormTexts
from gyomu_docs.layout.grid import GridCompiler
from gyomu_docs.layout.left_out import LeftOut, left_out_faults, not_counted
from gyomu_docs.layout.page import FitSpec
from gyomu_docs.layout.page_setup import PageMaker
from gyomu_docs.layout.rows import GridMaker
from gyomu_docs.layout.styles import CellStyle, in_mm, resolve_styles, unknown_style
from gyomu_docs.layout.sums import Sums
from gyomu_docs.layout.texts import text_of
from gyomu_docs.layout.tree import (
    Attachment,
    Beside,
    BesideColumn,
    Block,
    Document,
    Fit,
    Heading,
    PageBreak,
    PageSetup,
    Paragraph,
    Section,
    Spacer,
    Style,
)
from gyomu_docs.model import FiscalYear, Sheet
from gyomu_docs.units import Length

_TEXTS = ("document_title", "section_title", "bookmark", "author", "subject")
_ANY_YEAR = FiscalYear(2000)
"""A form is compiled once for this year, so that it fails when it is loaded if it is wrong."""


def compile_faults(form: Form, root: type[BaseModel] = Sheet) -> Faults:
    """All that compiling the form finds wrong, where it is filled from that model."""
    faults = Faults()
    _FormOfYear(form, resolve_styles(form, faults), _ANY_YEAR, root, faults)
    return faults


class Resolver:
    """A form ready to be filled. Raises FormError, the first fault, where the form is wrong.

    `root` is the model that it is filled from: a sheet, or a part of a booklet or of a report.
    """

    def __init__(self, form: Form, root: type[BaseModel] = Sheet) -> None:
        self.form = form
        self._root = root
        faults = Faults()
        self._styles = resolve_styles(form, faults)
        faults.raise_first()
        self._by_year: dict[int, _FormOfYear] = {}
        self._of(_ANY_YEAR)

    @property
    def styles(self) -> dict[str, Style]:
        """The styles of the form by name, as texts have them."""
        return {name: style.text for name, style in self._styles.items()}

    def resolve(
        self, sheet: Sheet, attachments: Iterable[Attachment] = (), date: str = ""
    ) -> tuple[Document, list[Diagnostic]]:
        """The sheet in this form, and what the form leaves out of it."""
        form = self._of(sheet.fiscal_year)
        scope = (sheet,)
        form.sums.uncounted.clear()
        document = Document(
            title=form.texts.text(self.form.document_title, scope),
            sections=(form.section(scope),),
            author=form.texts.text(self.form.author, scope),
            subject=form.texts.text(self.form.subject, scope),
            date=date,
            attachments=tuple(attachments),
        )
        found = [*form.left_out.find(sheet), *not_counted(sheet, form.sums.uncounted)]
        return document, found

    def section(self, root: BaseModel, year: FiscalYear) -> Section:
        """A value of the form's model, laid out for a fiscal year."""
        return self._of(year).section((root,))

    def page(self, root: BaseModel, year: FiscalYear) -> PageSetup:
        """Only the page: paper, margins, heads and feet filled from a value of the form's model."""
        return self._of(year).page((root,))

    def fields_outside(self, year: FiscalYear) -> tuple[str, ...]:
        """The fields that the form prints as paragraphs outside of grids, blank or not."""
        return self._of(year).fields_outside

    def style(self, name: str) -> Style:
        """A style of the form, for blocks that are made outside of it. Raises FormError."""
        if name not in self._styles:
            message = unknown_style(name, self._styles)
            raise FormError(message, place=self.form.place(self.form, "styles"))
        return self._styles[name].text

    def _of(self, year: FiscalYear) -> _FormOfYear:
        form = self._by_year.get(year.year)
        if form is None:
            faults = Faults()
            form = _FormOfYear(self.form, self._styles, year, self._root, faults)
            faults.raise_first()
            self._by_year[year.year] = form
        return form


class _FormOfYear:
    """The form compiled for one fiscal year."""

    def __init__(
        self,
        form: Form,
        styles: dict[str, CellStyle],
        year: FiscalYear,
        root: type[BaseModel],
        faults: Faults,
    ) -> None:
        self._form = form
        self.reader = PathReader(year)
        self.sums = Sums(self.reader)
        self.texts = FormTexts(form, styles, self.reader, root, faults)
        self._compiler = GridCompiler(form, styles, self.reader, self.sums, year, faults)
        self._grids: dict[int, GridMaker] = {}
        self._fields: dict[int, Field] = {}
        self._numbers: dict[int, int] = {}
        """Of the texts outside of grids, in the order of the form."""
        for key in _TEXTS:
            self.texts.compile(form, key, printed=False)
        self._pages = PageMaker(self.texts)
        width, _ = form.page.body
        self._prepare(form.blocks, width)
        for fault in left_out_faults(form.left_out, root):
            self.texts.add_fault(fault, form, "left_out")
        self.left_out = LeftOut(form.form, form.left_out, self.reader.shown)

    def _prepare(self, blocks: Iterable[Any], width: Length, *, beside: bool = False) -> None:
        """Compile all that stands in a column of that width."""
        for spec in blocks:
            if isinstance(spec, HeadingSpec | ParagraphSpec):
                self._numbers[id(spec)] = len(self._numbers)
            match spec:
                case GridSpec():
                    self._grids[id(spec)] = self._compiler.compile(spec, self.texts.scope, width)
                case BesideSpec():
                    self._prepare_beside(spec, width)
                case HeadingSpec():
                    self.texts.compile(spec, "heading")
                    self.texts.compile(spec, "bookmark", printed=False)
                    self.texts.check_style(spec, spec.style, width)
                case ParagraphSpec():
                    self.texts.check_style(spec, spec.style, width)
                    if spec.field is None:
                        self.texts.compile(spec, "paragraph")
                    else:
                        self._prepare_field(spec, spec.field)
                case PageBreakSpec() if beside:
                    message = "並べた列（beside）の中では、ページを改められません。"
                    self.texts.add_fault(message, spec, "page_break")

    def _prepare_beside(self, spec: BesideSpec, width: Length) -> None:
        columns = spec.beside
        needed = sum(column.width for column in columns) + spec.gap * (len(columns) - 1)
        if needed > width + len(columns):
            message = f"並べた列の幅（{in_mm(needed)}）が、使える幅（{in_mm(width)}）を越えます。"
            self.texts.add_fault(message, spec, "beside")
        for column in columns:
            self._prepare(column.blocks, column.width, beside=True)

    def _prepare_field(self, spec: ParagraphSpec, path: str) -> None:
        try:
            field = self.reader.read(path, self.texts.scope)
            if not (isinstance(field.type, ListOf) and field.type.item is str):
                field = self.reader.read_text(path, self.texts.scope)
            self._fields[id(spec)] = self.reader.show(field)
        except PathError as fault:
            self.texts.add_fault(fault, spec, "field")

    @property
    def fields_outside(self) -> tuple[str, ...]:
        """The fields that are printed as paragraphs outside of grids."""
        return tuple(field.name for field in self._fields.values())

    def section(self, scope: Scope) -> Section:
        """The sheet as one section."""
        return Section(
            title=self.texts.text(self._form.section_title, scope),
            page=self.page(scope),
            blocks=tuple(self._blocks(self._form.blocks, scope)),
            bookmark=self.texts.text(self._form.bookmark, scope),
            fit=_fit(self._form.fit),
        )

    def page(self, scope: Scope) -> PageSetup:
        """The page of that section."""
        return self._pages.make(scope)

    def _blocks(self, specs: Iterable[Any], scope: Scope) -> Iterator[Block]:
        for spec in specs:
            match spec:
                case GridSpec():
                    yield self._grids[id(spec)].make(scope)
                case HeadingSpec():
                    yield Heading(
                        level=spec.level,
                        text=self.texts.text(spec.heading, scope),
                        style=self.texts.style(spec.style),
                        bookmark=self.texts.text(spec.bookmark, scope),
                        pieces=self.texts.pieces(spec.heading, scope),
                        number=self._numbers[id(spec)],
                    )
                case ParagraphSpec():
                    yield from self._paragraphs(spec, scope)
                case SpacerSpec():
                    yield Spacer(spec.spacer)
                case PageBreakSpec():
                    yield PageBreak()
                case BesideSpec():
                    columns = tuple(
                        BesideColumn(column.width, tuple(self._blocks(column.blocks, scope)))
                        for column in spec.beside
                    )
                    yield Beside(columns, spec.gap)

    def _paragraphs(self, spec: ParagraphSpec, scope: Scope) -> Iterator[Paragraph]:
        style, block = self.texts.style(spec.style), self._numbers[id(spec)]
        if spec.field is None:
            template = spec.paragraph or ""
            pieces = self.texts.pieces(template, scope)
            text = self.texts.text(template, scope)
            yield Paragraph(text, style, pieces=pieces, number=block)
            return
        field = self._fields[id(spec)]
        value = field.get(scope)
        if isinstance(field.type, ListOf):
            for number, item in enumerate(value, 1):
                name = f"{field.name}[{number}]"
                yield Paragraph(item.value, style, name, number=block)
        elif text := text_of(value, self._form.year_style):
            yield Paragraph(text, style, field.name, number=block)


def _fit(spec: FitSpec | None) -> Fit | None:
    return Fit(spec.pages, spec.height, spec.size) if spec is not None else None
