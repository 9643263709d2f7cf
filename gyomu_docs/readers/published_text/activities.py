"""The 行政活動 table: activity rows, known by their codes, and the 事業費 rows of each group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


class _Row(NamedTuple):
    """A row of the table: an activity with its code, or a 事業費 row without one."""

    line: SourceLine
    head: CodeHead | None


def read_activities(table: Table, fiscal_year: FiscalYear, log: Log) -> Activities:
    """Read the rows; a line between them that is neither kind of row is reported."""
    rows, below = _rows(table.rows, log)
    columns = [column for column in table.columns if column.kind is not Kind.CODE]
    found: dict[ActivityCode, Activity] = {}
    costs: dict[ActivityCode, list[CostRow]] = {}
    last: ActivityCode | None = None
    for line, head in rows:
        if head is None:
            if last is None:
                log.unread(line, "どの業務コードの事業費か分かりません", ACTIVITIES)
            elif cost := read_cost(line, table.years, fiscal_year, log):
                costs.setdefault(_owner(last, found), []).append(cost)
        elif head.code in found:
            log.unread(line, f"業務コード「{head.code}」が2度あります", ACTIVITIES)
        else:
            found[head.code] = _activity(line, head, columns, log)
            last = head.code
    activities = (
        activity.model_copy(update={"costs": tuple(costs.get(code, ()))})
        for code, activity in found.items()
    )
    return Activities(tuple(activities), below)


def _rows(lines: Iterable[SourceLine], log: Log) -> tuple[list[_Row], tuple[SourceLine, ...]]:
    """The activity and 事業費 rows, and the lines below the last of them."""
    rows: list[_Row] = []
    pending: list[SourceLine] = []
    previous: ActivityCode | None = None
    for line in lines:
        head = code_head(line.texts[0], previous)
        if head is None and not is_cost_row(line):
            # Only known once a row follows: this line stands below the table, or inside it.
            pending.append(line)
            continue
        for stray in pending:
            log.unread(stray, place=ACTIVITIES)
        pending.clear()
        rows.append(_Row(line, head))
        previous = head.code if head else previous
    return rows, tuple(pending)


def _owner(last: ActivityCode, found: Iterable[ActivityCode]) -> ActivityCode:
    """The 2-digit code of the group that ends with `last`; its first row where that is missing."""
    group = [code for code in found if code.group == last.group]
    return min(group, key=lambda code: code.level)


def _activity(row: SourceLine, head: CodeHead, columns: Sequence[Column], log: Log) -> Activity:
    place = Place(row=head.code).within(ACTIVITIES)
    _note_head(row, head, log, place)
    behind = row.cells[row.first + 1 :]
    cells = (head.text, *behind) if head.text else behind
    alignment = aligned(row, cells, columns, log, place)
    if alignment is None:
        log.unread(row, "列の並びが見出しに合わず、業務コードと手段だけを読みました", place)
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
