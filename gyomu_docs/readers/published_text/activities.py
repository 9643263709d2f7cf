"""The 行政活動 table: activity rows, known by their codes, and the 事業費 rows of each group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gyomu_docs.errors import Place
from gyomu_docs.model import Activity, ActivityCode, CostRow, FiscalYear
from gyomu_docs.readers.published_text.codes import CodeHead, code_head
from gyomu_docs.readers.published_text.columns import Column, Kind, Table
from gyomu_docs.readers.published_text.costs import is_cost_row, read_cost
from gyomu_docs.readers.published_text.lines import SourceLine, shortened
from gyomu_docs.readers.published_text.log import Log
from gyomu_docs.readers.published_text.measured import aligned, measured_fields, text_of

ACTIVITIES = Place(table="行政活動")


class Activities(NamedTuple):
    """The activities of a sheet, and the lines that stand below the table."""

    activities: tuple[Activity, ...]
    below: tuple[SourceLine, ...]


def read_activities(table: Table, fiscal_year: FiscalYear, log: Log) -> Activities:
    """Read the rows; a line between them that is neither kind of row is reported."""
    columns = [column for column in table.columns if column.kind is not Kind.CODE]
    found: dict[ActivityCode, Activity] = {}
    costs: dict[ActivityCode, list[CostRow]] = {}
    pending: list[SourceLine] = []
    previous: ActivityCode | None = None
    for row in table.rows:
        head = code_head(row.texts[0], previous)
        if head is None and not is_cost_row(row):
            # Only known once a row follows: this line stands below the table, or inside it.
            pending.append(row)
            continue
        for line in pending:
            log.unread(line, place=ACTIVITIES)
        pending.clear()
        if head is None:
            _add_cost(row, table.years, fiscal_year, found, costs, log)
        elif head.code in found:
            log.unread(row, f"業務コード「{head.code}」が2度あります", ACTIVITIES)
        else:
            found[head.code] = _activity(row, head, columns, log)
            previous = head.code
    activities = (
        activity.model_copy(update={"costs": tuple(costs.get(code, ()))})
        for code, activity in found.items()
    )
    return Activities(tuple(activities), tuple(pending))


def _activity(row: SourceLine, head: CodeHead, columns: Sequence[Column], log: Log) -> Activity:
    place = Place(row=head.code).within(ACTIVITIES)
    _note_head(row, head, log, place)
    behind = row.cells[row.first + 1 :]
    cells = (head.text, *behind) if head.text else behind
    alignment = aligned(row, cells, columns, log, place)
    if alignment is None:
        return Activity(code=head.code, means=next((cell for cell in cells if cell), ""))
    fields = measured_fields(columns, alignment.values)
    return Activity(code=head.code, means=text_of(columns, alignment.values), **fields)


def _note_head(row: SourceLine, head: CodeHead, log: Log, place: Place) -> None:
    if head.text:
        log.repair(
            row,
            f"業務コード「{head.code}」と手段「{shortened(head.text)}」が"
            "一つのセルにつながっていました。分けて読みました。",
            place,
        )
    elif row.first > 0:
        message = (
            f"業務コードが{row.first + 1}列目にありました。業務コードの列のものとして読みました。"
        )
        log.repair(row, message, place)
    log.half_width(row, [head.printed], place)


def _add_cost(
    row: SourceLine,
    years: Sequence[FiscalYear],
    fiscal_year: FiscalYear,
    found: dict[ActivityCode, Activity],
    costs: dict[ActivityCode, list[CostRow]],
    log: Log,
) -> None:
    """Give the row to the group that it is printed after, under its 2-digit code."""
    if not found:
        log.unread(row, "どの業務コードの事業費か分かりません", ACTIVITIES)
        return
    last = list(found)[-1]
    owner = last.group if last.group in found else next(c for c in found if c[:2] == last[:2])
    cost = read_cost(row, years, fiscal_year, log)
    if cost is not None:
        costs.setdefault(owner, []).append(cost)
