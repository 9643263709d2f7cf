"""The 人工 box: the staff of this sheet, and the sum over the section's sheets.

The extraction moves the values of one row to the label of the other, or to a row without a
label. So the rows of values count, not their labels: the first is このシート, the second
すべてのシート.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gyomu_docs.errors import Place
from gyomu_docs.model import StaffCount, Staffing
from gyomu_docs.model.value import ValueKind, parse_value
from gyomu_docs.readers.published_text import labels
from gyomu_docs.readers.published_text.glued import cut_values
from gyomu_docs.readers.published_text.labels import is_label, plain
from gyomu_docs.readers.published_text.lines import SourceLine, half_width
from gyomu_docs.readers.published_text.log import Log

_PLACE = Place(table="人工")
_FIELDS = {"正規": "regular", "会計年度任用": "fixed_term", "再任用": "reappointed"}
_THIS = "このシート"
_ALL = "すべてのシート"
_LABELS = {
    _THIS: re.compile(r"このシート(?:の[^\d\W]*(?:\([^\d\W]*\)[^\d\W]*)*)?"),
    _ALL: re.compile(r"(?:すべての|全ての|全)シート(?:の[^\d\W]*)?"),
}
"""The labels of the rows; what they are followed by says what is counted, and holds no value."""


class _Row(NamedTuple):
    """A row of values with the label that it stands on, empty where it has none."""

    line: SourceLine
    label: str
    values: dict[str, str]
    glued: tuple[str, ...] = ()
    """The cells in which a value was glued to its neighbour."""


def read_staffing(lines: Sequence[SourceLine], log: Log) -> Staffing:
    """Read the box."""
    header, rest = _header(lines, log)
    rows: list[_Row] = []
    for line in rest:
        row = _row(line, header)
        if row is None or len(rows) == 2:
            log.unread(line, place=_PLACE)
        elif row.values:
            rows.append(row)
            _note_values(row, header, log)
        else:
            log.spread(line, line.texts, _PLACE)
    return _assigned(rows, log)


def _header(
    lines: Sequence[SourceLine], log: Log
) -> tuple[SourceLine | None, Sequence[SourceLine]]:
    """The line with the kinds of staff, and the other lines."""
    header = next((line for line in lines if any(map(_field, line.texts))), None)
    if header is None:
        return None, lines
    log.spread(header, header.texts, _PLACE)
    for text in header.texts:
        if not (_field(text) or _row_label(text) or is_label(text, labels.STAFFING)):
            log.unread(header, f"見出し「{text}」が分かりません", _PLACE)
    return header, [line for line in lines if line is not header]


def _field(text: str) -> str:
    """正規, 会計年度任用 or 再任用 for a header such as `会計 年度 任用職員`."""
    label = plain(text)
    return next((name for name in _FIELDS if label in {name, f"{name}職員"}), "")


def _row_label(text: str) -> str:
    label = plain(text)
    return next((name for name, pattern in _LABELS.items() if pattern.fullmatch(label)), "")


def _row(line: SourceLine, header: SourceLine | None) -> _Row | None:
    """The values of a line by kind of staff; None where it cannot be understood."""
    glued = tuple(cell for cell in line.texts if len(cut_values(cell)) > 1)
    line = line._replace(cells=tuple(text for cell in line.cells for text in cut_values(cell)))
    values = [(index, cell) for index, cell in enumerate(line.cells) if _is_count(cell)]
    others = [cell for cell in line.texts if not _is_count(cell)]
    row_labels = [_row_label(text) for text in others if not is_label(text, labels.STAFFING)]
    if len(row_labels) > 1 or not all(row_labels):
        return None
    label = row_labels[0] if row_labels else ""
    if not values:
        return _Row(line, label, {})
    columns = _columns(header)
    if len(values) == len(columns):
        texts = [half_width(cell) for _, cell in values]
        return _Row(line, label, dict(zip(columns.values(), texts, strict=True)), glued)
    if glued or any(index not in columns for index, _ in values):
        return None
    return _Row(line, label, {columns[index]: half_width(cell) for index, cell in values})


def _columns(header: SourceLine | None) -> dict[int, str]:
    """The kind of staff by its column."""
    cells = header.cells if header else ()
    found: dict[int, str] = {}
    for index, cell in enumerate(cells):
        name = _field(cell)
        if name and name not in found.values():
            found[index] = name
    return found


def _is_count(cell: str) -> bool:
    return parse_value(cell).kind in {ValueKind.NUMBER, ValueKind.NONE}


def _note_values(row: _Row, header: SourceLine | None, log: Log) -> None:
    cells = [(index, cell) for index, cell in enumerate(row.line.cells) if _is_count(cell)]
    if row.glued:
        shown = "".join(f"「{text}」" for text in row.glued)
        log.repair(row.line, f"一つのセルにつながっていた{shown}を分けて読みました。", _PLACE)
    log.half_width(row.line, (cell for _, cell in cells), _PLACE)
    log.spread(row.line, (text for text in row.line.texts if _row_label(text)), _PLACE)
    columns = _columns(header)
    if any(index not in columns for index, _ in cells):
        message = "人工の値が見出しの列からずれていました。左から順に読みました。"
        log.repair(row.line, message, _PLACE)


def _assigned(rows: Sequence[_Row], log: Log) -> Staffing:
    """The rows by their order, unless their labels both say otherwise."""
    if [row.label for row in rows] == [_ALL, _THIS]:
        rows = rows[::-1]
    # The first row often has no label of its own: that of the box stands in the header row.
    expected = ({_THIS, ""}, {_ALL})
    for row, name, right in zip(rows, (_THIS, _ALL), expected, strict=False):
        if row.label not in right:
            where = f"「{row.label}」の行" if row.label else "見出しのない行"
            message = f"人工の値が{where}にありました。「{name}」の人工として読みました。"
            log.repair(row.line, message, Place(row=name).within(_PLACE))
    counts = [
        StaffCount(**{_FIELDS[name]: value for name, value in row.values.items()}) for row in rows
    ]
    return Staffing(
        this_sheet=counts[0] if counts else StaffCount(),
        all_sheets=counts[1] if len(counts) > 1 else StaffCount(),
    )
