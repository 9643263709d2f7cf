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
        if alignment is None:
            log.unread(row, "列の並びが見出しに合いません", PURPOSES)
        else:
            fields = measured_fields(table.columns, alignment.values)
            yield MissionPurpose(purpose=text_of(table.columns, alignment.values), **fields)


def aligned(
    row: SourceLine, cells: Sequence[str], columns: Sequence[Column], log: Log, place: Place
) -> Alignment | None:
    """Align the cells of a row and list the shift, if there was one; None where none fits."""
    alignment = align(cells, columns)
    if alignment is not None and _may_hold_indicator(columns, alignment, len(cells)):
        alignment = alignment._replace(doubtful=True)
    if alignment is not None and (message := _how_it_was_read(alignment)):
        message += f"（{_shown(columns, alignment.values)}）。"
        log.repair(row, message, place, doubtful=alignment.doubtful)
    return alignment


def _may_hold_indicator(columns: Sequence[Column], alignment: Alignment, count: int) -> bool:
    """Whether the indicator may be glued to the text, whose cells are `count`.

    Then its own cell is missing, or in a row of dashes the last one, and the text has a space.
    """
    if len(text_of(columns, alignment.values).split()) < 2:
        return False
    if any(column.kind is Kind.INDICATOR for column in alignment.skipped):
        return True
    pairs = list(zip(columns, alignment.values, strict=True))
    lacks_mark = any(column.kind is Kind.MARK and not text for column, text in pairs)
    has_target = any(column.kind is Kind.TARGET and text for column, text in pairs)
    return count < len(columns) and lacks_mark and has_target


def _how_it_was_read(alignment: Alignment) -> str:
    """What was done to make the cells fit; empty where they plainly did."""
    done = [text for text in (_how_it_was_cut(alignment), _how_it_was_shifted(alignment)) if text]
    return "。".join(done)


def _how_it_was_cut(alignment: Alignment) -> str:
    cells = "".join(f"「{shortened(text)}」" for text in alignment.glued)
    return f"一つのセルにつながっていた{cells}を分けて読みました" if cells else ""


def _how_it_was_shifted(alignment: Alignment) -> str:
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
