"""新旧対照表: a comparison laid out as a `Document`, for PDF and Word.

In: a `Comparison` and the form of the report (`layouts/comparison/table.yaml`), which has the page,
the styles, the tables with their labels, and `options` (`table_options`). Out: a section for the
summary and one for each sheet with changes; one sheet alone has no summary. The form is filled
from a `ReportView` for each part; what its tables have no rows for goes with its heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from gyomu_docs.comparison import Comparison, SheetComparison
from gyomu_docs.errors import Diagnostic, Place
from gyomu_docs.layout import Document, Form, Resolver
from gyomu_docs.layout.tree import Block, Grid, Heading, Paragraph, Row, Section, Spacer, Span
from gyomu_docs.model import FiscalYear, Sheet
from gyomu_docs.reports.families import staff_totals, told_once
from gyomu_docs.reports.items import Item, ItemMaker
from gyomu_docs.reports.items import Section as Lines
from gyomu_docs.reports.outcomes import is_unchanged, outcome
from gyomu_docs.reports.sheet_items import sheet_sections
from gyomu_docs.reports.table_options import Order, TableOptions, in_full, table_options
from gyomu_docs.reports.table_summary import summary_view
from gyomu_docs.reports.view import ReportView, RowView, SectionView

TITLE = "業務棚卸表　新旧対照表"
_NO_YEAR = FiscalYear(2000)
"""For what a form says of years where there is no sheet."""
_DOUBT = "要確認　"
_Years: TypeAlias = tuple[FiscalYear, ...]
_Marks: TypeAlias = Mapping[str, Mapping[str, tuple[Span, ...]]]
"""What is underlined, by the record of a row and the field of a cell."""


def comparison_document(
    comparison: Comparison, form: Form, *, order: Order | None = None, date: str = ""
) -> Document:
    """The 新旧対照表 of two editions; `order` overrides that of the form.

    Raises FormError for a form that is no form of this report.
    """
    return _Table(comparison, form, table_options(form, order)).document(date)


class _Table:
    """One report while it is made."""

    def __init__(self, comparison: Comparison, form: Form, options: TableOptions) -> None:
        self._comparison = told_once(comparison)
        self._staff_totals = staff_totals(self._comparison.sheets)
        self._options = options
        self._maker = ItemMaker(options)
        self._resolver = Resolver(form, ReportView)
        self._form = form
        self._old_years, self._new_years = map(_years, _sides(comparison))
        self._year = next(iter(self._new_years or self._old_years), _NO_YEAR)
        self._of_years = _both(in_full(self._old_years, form), in_full(self._new_years, form))
        within = self._old_years == self._new_years
        self._what = f"{self._of_years}の{'変更' if within else '比較'}" if self._of_years else ""
        # The head of the pages has no room to spare, and says 対照 already.
        self._compared = self._what if within else self._of_years
        self._head = self._headed(self._old_years, self._new_years)

    def _headed(self, olds: _Years, news: _Years) -> ReportView:
        """A part of the report without contents, its columns headed by these years."""
        left, right = self._options.heads(news, olds, self._form)
        return ReportView(years=self._compared, title=TITLE, left=left, right=right)

    def document(self, date: str) -> Document:
        sections = tuple(self._sections())
        return Document(self._title(), sections, subject=self._of_years, date=date)

    def _title(self) -> str:
        sheets = self._comparison.sheets
        return f"{TITLE} {sheets[0].label}" if len(sheets) == 1 else TITLE

    def _sections(self) -> Iterator[Section]:
        sheets = self._comparison.sheets
        if len(sheets) == 1:
            yield self._sheet(sheets[0], legend=self._options.legend)
            return
        yield self._summary()
        for sheet in sheets:
            if sheet.ambiguous or not is_unchanged(sheet):
                yield self._sheet(sheet)

    def _summary(self) -> Section:
        view = summary_view(self._comparison, self._options, self._head, self._what)
        said = self._nothing_changed(self._comparison.sheets, self._of_years)
        update = {"nothing": said, "legend": self._options.legend}
        return self._filled(view.model_copy(update=update), {})

    def _nothing_changed(self, sheets: Sequence[SheetComparison], years: str) -> str:
        if not all(map(is_unchanged, sheets)):
            return ""
        return f"{years}のシートに、変更はありません。" if sheets else "シートがありません。"

    def _sheet(self, sheet: SheetComparison, legend: str = "") -> Section:
        totals = self._staff_totals(sheet)
        found = [] if is_unchanged(sheet) else sheet_sections(sheet, self._maker, totals)
        sections = tuple(
            SectionView(name=one.name, rows=tuple(self._row(item) for item in one.items))
            for one in found
        )
        # A sheet may be of another year than the first one of its edition.
        olds, news = (_years([side] if side else []) for side in (sheet.old, sheet.new))
        years = _both(in_full(olds, self._form), in_full(news, self._form))
        head = self._headed(olds or self._old_years, news or self._new_years)
        view = head.model_copy(
            update={
                "part": sheet.label,
                "title": sheet.label,
                "subtitle": _subtitle(sheet),
                "doubts": tuple(map(_doubt, sheet.doubts)),
                "nothing": self._nothing_changed([sheet], years),
                "legend": legend,
                "sections": sections,
            }
        )
        return self._filled(view, self._marks(found))

    def _row(self, item: Item) -> RowView:
        left, right = self._options.ordered(item.sides.new.text, item.sides.old.text)
        return RowView.model_construct(
            kind=item.kind, item=item.label, left=left, right=right, remark=item.remark
        )

    def _marks(self, sections: Iterable[Lines]) -> _Marks:
        marks = {}
        for number, section in enumerate(sections, 1):
            for at, item in enumerate(section.items, 1):
                left, right = self._options.ordered(item.sides.new.spans, item.sides.old.spans)
                if left or right:
                    marks[f"節[{number}].行[{at}]"] = {"左": left, "右": right}
        return marks

    def _filled(self, view: ReportView, marks: _Marks) -> Section:
        section = self._resolver.section(view, self._year)
        blocks = tuple(_with_marks(block, marks) for block in _without_empty(section.blocks))
        return replace(section, blocks=blocks)


def _sides(comparison: Comparison) -> tuple[list[Sheet], list[Sheet]]:
    olds = [one.old for one in comparison.sheets if one.old is not None]
    return olds, [one.new for one in comparison.sheets if one.new is not None]


def _years(sheets: Iterable[Sheet]) -> _Years:
    """The years of an edition's sheets, each once; more than one where editions are mixed."""
    return tuple(sorted({sheet.fiscal_year for sheet in sheets}, key=lambda year: year.year))


def _both(old: str, new: str) -> str:
    return "と".join(dict.fromkeys(filter(None, (old, new))))


def _doubt(doubt: Diagnostic) -> str:
    """Why a partner was not certain, with the row that it is about."""
    place = str(Place(table=doubt.place.table, row=doubt.place.row))
    return f"{_DOUBT}{place}：{doubt.message}" if place else f"{_DOUBT}{doubt.message}"


def _subtitle(sheet: SheetComparison) -> str:
    """What became of the sheet, and what it was called before."""
    status = outcome(sheet)
    if sheet.old is None or sheet.new is None or sheet.old.label == sheet.new.label:
        return status
    return f"{status}（旧 {sheet.old.label}）"


def _without_empty(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without tables that have no rows, the headings of those, and blank texts.

    A heading waits until something below it is shown; a table without rows takes its own along.
    """
    waiting: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            waiting = [one for one in waiting if _level(one) < block.level]
            waiting += [block] if block.text else []
        elif isinstance(block, Spacer):
            waiting.append(block)
        elif _is_empty(block):
            if isinstance(block, Grid) and waiting and isinstance(waiting[-1], Heading):
                waiting.pop()
        else:
            yield from waiting
            yield block
            waiting = []


def _level(block: Block) -> int:
    return block.level if isinstance(block, Heading) else 0


def _is_empty(block: Block) -> bool:
    if isinstance(block, Grid):
        return len(block.rows) == block.header_rows
    return isinstance(block, Paragraph) and not block.text


def _with_marks(block: Block, marks: _Marks) -> Block:
    """A grid with what is underlined in its cells; any other block as it is."""
    if not isinstance(block, Grid) or not marks:
        return block
    return replace(block, rows=tuple(_marked_row(row, marks.get(row.record)) for row in block.rows))


def _marked_row(row: Row, marks: Mapping[str, tuple[Span, ...]] | None) -> Row:
    if marks is None:
        return row
    cells = tuple(cell._replace(spans=marks.get(cell.field, ())) for cell in row.cells)
    return row._replace(cells=cells)
