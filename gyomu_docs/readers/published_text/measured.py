"""The 任務目的 table, and what its rows and those of 行政活動 have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gyomu_docs.errors import Place
from gyomu_docs.model import FiscalYear, MissionPurpose, TextsByYear
from gyomu_docs.readers.published_text.align import Alignment, align
from gyomu_docs.readers.published_text.codes import code_head
from gyomu_docs.readers.published_text.columns import Column, Kind, Table
from gyomu_docs.readers.published_text.lines import SourceLine, shortened
from gyomu_docs.readers.published_text.log import Log

PURPOSES = Place(table="任務目的")

_FIELDS = {
    Kind.INDICATOR: "indicator",
    Kind.TARGET: "target",
    Kind.MARK: "mark",
    Kind.REMARK: "remarks",
}


def read_purposes(table: Table, log: Log) -> Iterator[MissionPurpose]:
    """Read the rows of the table."""
    for row in table.rows:
        # A line without tabs is no row, and a row with a code belongs to the other table.
        if len(row.cells) == 1 or code_head(row.texts[0]):
            log.unread(row, place=PURPOSES)
            continue
        alignment = aligned(row, row.cells, table.columns, log, PURPOSES)
        if alignment is not None:
            fields = measured_fields(table.columns, alignment.values)
            yield MissionPurpose(purpose=text_of(table.columns, alignment.values), **fields)


def aligned(
    row: SourceLine, cells: Sequence[str], columns: Sequence[Column], log: Log, place: Place
) -> Alignment | None:
    """Align the cells of a row and list the shift, if there was one."""
    alignment = align(cells, columns)
    if alignment is None:
        log.unread(row, "列の並びが見出しに合いません", place)
    elif message := _how_it_was_read(alignment):
        message += f"（{_shown(columns, alignment.values)}）。"
        log.repair(row, message, place, doubtful=alignment.doubtful)
    return alignment


def _how_it_was_read(alignment: Alignment) -> str:
    """What was done to make the cells fit; empty where they plainly did."""
    if alignment.surplus:
        cells = "、".join(f"「{text}」のセル" if text else "空のセル" for text in alignment.surplus)
        return f"余分な{cells}がありました。除いて左へ詰めて読みました"
    if alignment.skipped:
        names = "".join(f"「{column.label}」" for column in alignment.skipped)
        return f"セルが足りません。{names}を空として読みました"
    return "列がずれているかもしれません。見出しの順に読みました" if alignment.doubtful else ""


def measured_fields(columns: Sequence[Column], values: Sequence[str]) -> dict[str, Any]:
    """The fields of `model.Measured` from one text a column.

    A row whose results are all blank has no results; else blank ones keep their year.
    """
    pairs = list(zip(columns, values, strict=True))
    results: dict[FiscalYear | str, str] = {
        column.year: text for column, text in pairs if column.year is not None
    }
    fields: dict[str, Any] = {
        _FIELDS[column.kind]: text for column, text in pairs if column.kind in _FIELDS
    }
    fields["results"] = TextsByYear(results if any(results.values()) else {})
    fields["extras"] = {c.label: text for c, text in pairs if c.kind is Kind.EXTRA and text}
    return fields


def _shown(columns: Sequence[Column], values: Sequence[str]) -> str:
    """The anchors of a reading, by which a person can check it."""
    pairs = zip(columns, values, strict=True)
    return "、".join(f"{c.label}「{shortened(text)}」" for c, text in pairs if c.kind in _FIELDS)


def text_of(columns: Sequence[Column], values: Sequence[str]) -> str:
    """The text of the row: 任務目的, or 行政活動(手段)."""
    pairs = zip(columns, values, strict=True)
    return next((text for column, text in pairs if column.kind is Kind.TEXT), "")
