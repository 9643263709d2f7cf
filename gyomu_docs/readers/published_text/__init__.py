"""The text as it comes out of a published PDF, Word or Excel form: sheets with tab-separated cells.

In: the bytes of a text file. Out: its sheets, and what was repaired, dropped, or not understood.
The stages: `lines` (text to lines of cells), `blocks` (lines to sheets and their blocks, by the
labels of the form), then one module a block (`head plan staffing budget measured activities
costs boxes`). Shifted rows are put right in `align`. No line is lost: it is in a sheet, it is part
of the form, or a diagnostic names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gyomu_docs.errors import Diagnostic, Place, SheetError, SourceError
from gyomu_docs.model import Sheet
from gyomu_docs.model.encoding import decode_text
from gyomu_docs.model.oddities import oddities
from gyomu_docs.readers.published_text.activities import ACTIVITIES, read_activities
from gyomu_docs.readers.published_text.blocks import Block, SheetLines, split_sheets
from gyomu_docs.readers.published_text.boxes import read_below
from gyomu_docs.readers.published_text.budget import read_budget
from gyomu_docs.readers.published_text.columns import Table, header_years, measured_table
from gyomu_docs.readers.published_text.head import read_head
from gyomu_docs.readers.published_text.lines import source_lines
from gyomu_docs.readers.published_text.log import Log
from gyomu_docs.readers.published_text.measured import PURPOSES, read_purposes
from gyomu_docs.readers.published_text.plan import read_plan
from gyomu_docs.readers.published_text.staffing import read_staffing

__all__ = ["read_published_text"]


def read_published_text(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """Read the sheets of a text; `file` names it in messages.

    Raises SourceError for what is no such text, SheetError for a sheet without 年度 or シートNo.
    """
    text, found = decode_text(data, file)
    log = Log()
    parts = split_sheets(list(source_lines(text)), log)
    if not parts:
        raise SourceError(
            "業務棚卸表の文字データではありません（「年度」と「シートNo.」の行がありません）。",
            place=Place(file=file),
            hint="公表された業務棚卸表から文字を取り出した、タブ区切りのテキストを指定してください。",
        )
    _check_tabs(parts, file)
    try:
        sheets = [_read_sheet(part, log) for part in parts]
    except SheetError as error:
        raise error.within(Place(file=file)) from None
    found += _placed(log.found, parts, sheets, file)
    for sheet in sheets:
        found += oddities(sheet, file)
    return sheets, found


def _check_tabs(parts: Sequence[SheetLines], file: str) -> None:
    """Refuse a text whose tables have lost their tabs: no cell can be told from the next one."""
    lines = [line for part in parts for lines in part.blocks.values() for line in lines]
    if len(lines) > 1 and all(len(line.cells) == 1 for line in lines):
        raise SourceError(
            "表の行にタブがなく、セルの区切りが分かりません。",
            place=Place(file=file, line=lines[0].number),
            hint="セルをタブで区切ったテキスト（タブ区切り）を指定してください。",
        )


def _read_sheet(part: SheetLines, log: Log) -> Sheet:
    head = read_head(part, log)
    blocks = part.blocks
    tables = _tables(part, log)
    done = read_activities(tables[Block.ACTIVITIES], head.fiscal_year, log)
    below = read_below([*done.below, *blocks[Block.BOXES]], log)
    return Sheet(
        fiscal_year=head.fiscal_year,
        number=head.number,
        title=head.title,
        department=head.department,
        plan=read_plan(blocks[Block.PLAN], log),
        staffing=read_staffing(blocks[Block.STAFFING], log),
        budget=read_budget(blocks[Block.BUDGET], log),
        purposes=tuple(read_purposes(tables[Block.PURPOSES], log)),
        activities=done.activities,
        notes=below.notes,
        summary=below.summary,
        outlook=below.outlook,
        extras=head.extras,
    )


def _tables(part: SheetLines, log: Log) -> dict[Block, Table]:
    """The two tables with results; each lends its years to the other, should they be lost."""
    purposes, activities = part.blocks[Block.PURPOSES], part.blocks[Block.ACTIVITIES]
    return {
        Block.PURPOSES: measured_table(purposes, header_years(activities), log, PURPOSES),
        Block.ACTIVITIES: measured_table(activities, header_years(purposes), log, ACTIVITIES),
    }


def _placed(
    found: Sequence[Diagnostic], parts: Sequence[SheetLines], sheets: Sequence[Sheet], file: str
) -> Iterator[Diagnostic]:
    """The diagnostics in the order of their lines, each with its file and sheet."""
    for diagnostic in sorted(found, key=lambda item: item.place.line or 0):
        line = diagnostic.place.line or 0
        before = [s for p, s in zip(parts, sheets, strict=True) if p.first_line <= line]
        yield diagnostic.within(Place(file=file, sheet=before[-1].label if before else ""))
