"""A comparison as a list for spreadsheets: one row a change, as the state's rules for data ask.

One value a cell, numbers as numbers with their unit beside them, no merged cells, years in both
reckonings (統一ルール of 2020-12). A text that is a number stays a text where the number would lose
something: a code, `１２` beside `12`, more digits than a spreadsheet keeps.

In: a `Comparison`. Out: the bytes of an .xlsx, the same for the same comparison.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from gyomu_docs.comparison import Comparison
from gyomu_docs.errors import OutputError, Place, UsageError
from gyomu_docs.model import FiscalYear, Sheet
from gyomu_docs.reports.entries import REWRITTEN, Entry, SheetEntries, read_sheets
from gyomu_docs.reports.figures import GROUPED, THOUSAND_YEN, Figure, figure, number_format

try:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
except ModuleNotFoundError as error:
    raise UsageError(
        "xlsx を書き出すには openpyxl が要りますが、入っていません。",
        hint='pip install "gyomu-docs[xlsx]" で入ります。',
    ) from error

Value = str | int | Decimal | Figure | None
Row = Sequence[Value]

_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can say: the list has no date of its own."""
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>業務棚卸表 変更一覧</dc:title>'
    "<dc:language>ja</dc:language></cp:coreProperties>"
)
_A4 = 9
"""ISO A4 (ECMA-376 part 1, 18.3.1.63)."""
_LONGEST = 32767
"""Characters in a cell (limits of Excel)."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML cannot hold, and what would be read as its replacement (ECMA-376 part 1, 22.9.2.19)."""
_WIDE, _USUAL = 48, 12
"""Widths of columns in characters."""


class Column(NamedTuple):
    """A column of a list."""

    title: str
    wide: bool = False
    format: str = "General"
    """Of its numbers, where they bring none of their own."""


class Listing(NamedTuple):
    """A list, each a sheet of the file."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]


_IDENTITY = (Column("シートNo."), Column("シート名", wide=True), Column("所属", wide=True))
_YEARS = (Column("年度（和暦）"), Column("年度（西暦）", format="0"))
_CHANGES = (
    *_IDENTITY,
    Column("旧シートNo."),
    Column("区分"),
    Column("欄"),
    Column("旧業務コード"),
    Column("新業務コード"),
    Column("行", wide=True),
    Column("項目"),
    *_YEARS,
    Column("旧", wide=True),
    Column("新", wide=True),
    Column("単位"),
    Column("差（新－旧）"),
    Column("差の単位"),
    Column("増減率（％）", format="0.0"),
    Column("新設・削除した予算額（千円）", format=GROUPED),
)
_LONE = {"added": "新設", "removed": "削除"}
"""What became of a sheet that only one edition has, in the words for changes."""
_EXECUTION = (
    *_IDENTITY,
    Column("業務コード"),
    Column("事業名", wide=True),
    *_YEARS,
    Column("予算額（千円）", format=GROUPED),
    Column("決算額（千円）", format=GROUPED),
    Column("差（決算－予算）（千円）", format=GROUPED),
    Column("執行率（％）", format="0.0"),
)
_BUDGETS = (
    *_IDENTITY,
    Column("業務コード"),
    Column("事業名", wide=True),
    Column("旧予算額（千円）", format=GROUPED),
    Column("新予算額（千円）", format=GROUPED),
    Column("差（新－旧）（千円）", format=GROUPED),
)
_NEWS = (
    *_IDENTITY,
    Column("欄"),
    Column("業務コード"),
    Column("行", wide=True),
    Column("項目"),
    *_YEARS,
    Column("数値"),
    Column("単位"),
)
_SHEETS = (
    Column("状態"),
    Column("旧年度（和暦）"),
    Column("旧年度（西暦）", format="0"),
    Column("旧シートNo."),
    Column("旧シート名", wide=True),
    Column("旧所属", wide=True),
    Column("新年度（和暦）"),
    Column("新年度（西暦）", format="0"),
    Column("新シートNo."),
    Column("新シート名", wide=True),
    Column("新所属", wide=True),
    Column("変更の件数", format="0"),
    Column("要確認", wide=True),
)


def write_xlsx(comparison: Comparison) -> bytes:
    """The list as the bytes of an .xlsx. Raises OutputError for a text that no cell can hold."""
    sheets = read_sheets(comparison)
    changes = [(sheet, entry) for sheet in sheets for entry in sheet.entries]
    rewritten = [(sheet, entry) for sheet, entry in changes if entry.kind == REWRITTEN]
    return write_lists(
        (
            Listing("変更", _CHANGES, _changes(sheets)),
            Listing("正誤", _CHANGES, (_change(*one) for one in rewritten)),
            Listing("執行", _EXECUTION, _executions(sheets)),
            Listing("事業費の予算", _BUDGETS, _budgets(sheets)),
            Listing("新しい数値", _NEWS, _news(sheets)),
            Listing("シート一覧", _SHEETS, map(_sheet, sheets)),
        )
    )


def write_lists(lists: Iterable[Listing]) -> bytes:
    """Lists as the bytes of an .xlsx. Raises OutputError for a text that no cell can hold."""
    book = Workbook(write_only=True)
    with warnings.catch_warnings():
        # openpyxl names its temporary files in a way that asks for no encoding; it writes bytes.
        warnings.simplefilter("ignore", EncodingWarning)
        for one in lists:
            _add_list(book, one.title, one.columns, one.rows)
        data = io.BytesIO()
        book.save(data)
    return _repacked(data)


def _changes(sheets: Iterable[SheetEntries]) -> Iterator[Row]:
    """One row a change; a sheet that is new or gone is one."""
    for sheet in sheets:
        if sheet.comparison.status in _LONE:
            yield _lone_sheet(sheet)
        yield from (_change(sheet, entry) for entry in sheet.entries)


def _lone_sheet(sheet: SheetEntries) -> Row:
    one = sheet.comparison
    old, new = (side.label if side else None for side in (one.old, one.new))
    given: dict[str, Value] = {
        "旧シートNo.": one.old.number if one.old else None,
        "区分": _LONE[one.status],
        "欄": "シート",
        "項目": "シート",
        "旧": old,
        "新": new,
    }
    rest = _CHANGES[len(_IDENTITY) :]
    return (*_identity(sheet.sheet), *(given.get(column.title) for column in rest))


def _change(sheet: SheetEntries, entry: Entry) -> Row:
    change, old = entry.change, sheet.comparison.old
    was, now, unit = _sides(entry)
    found = entry.difference if isinstance(was, Figure) and isinstance(now, Figure) else None
    places = max((side.places for side in (was, now) if isinstance(side, Figure)), default=0)
    return (
        *_identity(sheet.sheet),
        old.number if old else None,
        entry.kind,
        change.section,
        change.code_old,
        change.code_new,
        entry.subject or change.name,
        entry.item,
        *_year(change.year),
        was,
        now,
        unit,
        Figure(found.value, "", number_format(places, grouped=entry.is_amount)) if found else None,
        found.unit if found else None,
        found.rate if found else None,
        _amount(entry.line_amount),
    )


def _sides(entry: Entry) -> tuple[Value, Value, str | None]:
    """Old, new, and the unit of both; texts where numbers would not tell them apart."""
    old, new = (
        (entry.old, entry.new) if entry.kind == "移動" else (entry.change.old, entry.change.new)
    )
    if entry.unit is None:
        return old, new, None
    was, now = figure(old or ""), figure(new or "")
    units = {side.unit for side in (was, now) if side}
    if not units or len(units) > 1 or (was and now and was.number == now.number):
        return old, new, None
    [unit] = units
    if entry.is_amount:
        was, now = (side and side._replace(format=GROUPED) for side in (was, now))
    return was or old, now or new, unit or entry.unit or None


def _executions(sheets: Iterable[SheetEntries]) -> Iterator[Row]:
    for sheet in sheets:
        for row in sheet.comparison.execution:
            budget, settled = _amount(row.budget), _amount(row.settled)
            yield (
                *_identity(sheet.sheet),
                row.code_new,
                row.name,
                *_year(row.year),
                budget,
                settled,
                _minus(settled, budget),
                Decimal(row.rate.removesuffix("%")) if row.rate else None,
            )


def _budgets(sheets: Iterable[SheetEntries]) -> Iterator[Row]:
    for sheet in sheets:
        for row in sheet.comparison.budgets:
            old, new = _amount(row.old), _amount(row.new)
            yield (*_identity(sheet.sheet), row.code_new, row.name, old, new, _minus(new, old))


def _news(sheets: Iterable[SheetEntries]) -> Iterator[Row]:
    for sheet in sheets:
        for row, name in sheet.news():
            is_cost = row.section == "事業費"
            value = _amount(row.new) if is_cost else figure(row.new)
            unit = THOUSAND_YEN if is_cost else value.unit if isinstance(value, Figure) else None
            yield (
                *_identity(sheet.sheet),
                row.section,
                row.code_new,
                name,
                row.field,
                *_year(row.year),
                row.new if value is None else value,
                unit,
            )


def _sheet(sheet: SheetEntries) -> Row:
    one = sheet.comparison
    doubts = " ／ ".join(doubt.message for doubt in one.doubts)
    return sheet.status, *_side(one.old), *_side(one.new), len(sheet.entries), doubts


def _side(sheet: Sheet | None) -> Row:
    if sheet is None:
        return (None,) * 5
    return (*_year(str(sheet.fiscal_year)), *_identity(sheet))


def _identity(sheet: Sheet) -> tuple[str, str, str]:
    return sheet.number, sheet.title, sheet.department


def _year(text: str | None) -> tuple[str | None, int | None]:
    """A year as the edition prints it (`R3` for a western one), and its number."""
    if text is None:
        return None, None
    year = FiscalYear.parse(text)
    return (year.label("short") if text[:1].isdigit() else text), year.year


def _amount(text: str) -> Value:
    """An amount of the sheet file as a number; what is none stays the text that it is."""
    found = figure(text)
    return found._replace(format=GROUPED) if found and not found.unit else text or None


def _minus(one: Value, other: Value) -> Decimal | None:
    if isinstance(one, Figure) and isinstance(other, Figure):
        return one.number - other.number
    return None


def _add_list(book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """A sheet with its header row frozen, a filter, and wide columns for texts."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = (
            _WIDE if column.wide else max(_USUAL, 2 * len(column.title) + 3)
        )
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append(_header(sheet, column.title) for column in columns)
    count = 1
    for row in rows:
        count += 1
        sheet.append(
            _cell(sheet, column, value, Place(table=title, row=str(count)))
            for column, value in zip(columns, row, strict=True)
        )
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


_HEADER_FILL = PatternFill("solid", fgColor="E4E9F0")
_HEADER_FONT = Font(bold=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_TOP = Alignment(vertical="top")


def _header(sheet: Any, title: str) -> Any:
    cell = WriteOnlyCell(sheet, title)
    cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, _TOP
    return cell


def _cell(sheet: Any, column: Column, value: Value, place: Place) -> Any:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        shown = value.format if isinstance(value, Figure) else column.format
        cell = WriteOnlyCell(sheet, value.number if isinstance(value, Figure) else value)
        cell.number_format, cell.alignment = shown, _TOP
        return cell
    text = _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", value)
    if len(text) > _LONGEST:
        raise OutputError(
            f"{len(value):,}文字の文章は、表計算のセルに入りません（{_LONGEST:,}文字まで）。",
            place=replace(place, column=column.title),
            hint="html か json で書き出してください。",
        )
    cell = WriteOnlyCell(sheet, text)
    # `=1+1` and `#N/A` are texts of a sheet as any other.
    cell.data_type, cell.number_format, cell.alignment = "s", "@", _WRAPPED
    return cell


def _repacked(data: io.BytesIO) -> bytes:
    """The same file without the times at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, _PROPERTIES if name == "docProps/core.xml" else old.read(name))
    return out.getvalue()
