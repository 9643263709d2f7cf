"""The columns of a table, from its header row (and the row of years below it)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import chain, count
from typing import NamedTuple

from gyomu_docs.errors import Place
from gyomu_docs.model import FiscalYear
from gyomu_docs.readers.published_text.labels import YEAR, is_label, plain, year_of
from gyomu_docs.readers.published_text.lines import SourceLine
from gyomu_docs.readers.published_text.log import Log


class Kind(Enum):
    """What a column holds."""

    CODE = auto()
    TEXT = auto()
    INDICATOR = auto()
    YEAR = auto()
    TARGET = auto()
    MARK = auto()
    REMARK = auto()
    EXTRA = auto()
    ACCOUNT = auto()
    NAME = auto()
    AMOUNT = auto()


class Column(NamedTuple):
    """One column of a table."""

    kind: Kind
    label: str
    year: FiscalYear | None = None


class Table(NamedTuple):
    """A table's columns and the rows below its header."""

    columns: tuple[Column, ...]
    rows: tuple[SourceLine, ...]

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        """The years of the result columns, in the order printed."""
        return tuple(column.year for column in self.columns if column.year is not None)


_STARTS = (
    ("業務コード", Kind.CODE),
    ("行政活動", Kind.TEXT),
    ("任務目的", Kind.TEXT),
    ("指標", Kind.INDICATOR),
)
_KINDS = {
    "コード": Kind.CODE,
    "手段": Kind.TEXT,
    "目的": Kind.TEXT,
    "目標": Kind.TARGET,
    "達成": Kind.MARK,
    "達成度": Kind.MARK,
    "達成状況": Kind.MARK,
    "備考": Kind.REMARK,
}
_BUDGET_KINDS = {
    "款": Kind.ACCOUNT,
    "項": Kind.ACCOUNT,
    "目": Kind.ACCOUNT,
    "事業名": Kind.NAME,
    "予算額": Kind.AMOUNT,
    "予算額(千円)": Kind.AMOUNT,
}
_PAST = ("過去の実績", "実績")
"""A label over several columns, whose years stand in the row below."""


def measured_table(
    lines: Sequence[SourceLine], years: Sequence[FiscalYear], log: Log, place: Place
) -> Table:
    """The table of `lines`, which begin with the header of 任務目的 or 行政活動.

    `years` are those of the sheet's other table, for a header whose row of years is missing.
    """
    if not lines:
        return Table((), ())
    header, *rows = lines
    below = _years_below(lines)
    labels = [*header.texts, *(rows[0].texts if below else ())]
    if below:
        _note_header(rows[0], log, place)
        rows = rows[1:]
    _note_header(header, log, place)
    for text in filter(_is_two_labels, header.texts):
        log.unread(header, f"見出し「{text}」は二つの列のものかもしれません", place)
    columns = tuple(_unique(_measured_columns(header, below or tuple(years))))
    for label in (column.label for column in columns if column.kind is Kind.EXTRA):
        log.extra(header, f"様式にない列「{label}」を追加項目として読みました。", place)
    return Table(columns, tuple(_without_repeats(rows, labels, log, place)))


def header_years(lines: Sequence[SourceLine]) -> tuple[FiscalYear, ...]:
    """The years that the header of 任務目的 or 行政活動 names, in the order printed."""
    if not lines:
        return ()
    columns = _measured_columns(lines[0], _years_below(lines))
    return tuple(column.year for column in columns if column.year is not None)


def budget_table(lines: Sequence[SourceLine], log: Log, place: Place) -> Table:
    """The table of `lines`, which begin with the header of 予算."""
    header, *rows = lines
    log.spread(header, header.texts, place)
    printed = [plain(text) for text in header.texts]
    columns = tuple(_unique(Column(_BUDGET_KINDS.get(p, Kind.EXTRA), p) for p in printed))
    for label in (column.label for column in columns if column.kind is Kind.EXTRA):
        log.unread(header, f"列「{label}」が分かりません", place)
    return Table(columns, tuple(_without_repeats(rows, header.texts, log, place)))


def _note_header(header: SourceLine, log: Log, place: Place) -> None:
    log.spread(header, header.texts, place)
    log.half_width(header, (text for text in header.texts if year_of(text)), place)


def _years_below(lines: Sequence[SourceLine]) -> tuple[FiscalYear, ...]:
    """The years of the second line, if it holds nothing else and the first one asks for them."""
    asked = any(plain(text) in _PAST for text in lines[0].texts)
    below = lines[1].texts if asked and len(lines) > 1 else ()
    years = [year_of(text) for text in below if not is_label(text, YEAR)]
    found = tuple(year for year in years if year is not None)
    return found if len(found) == len(years) else ()


def _measured_columns(header: SourceLine, below: Sequence[FiscalYear]) -> Iterator[Column]:
    for text in header.texts:
        label = plain(text)
        if label in _PAST:
            yield from (Column(Kind.YEAR, year.text, year) for year in below)
        elif year := year_of(text):
            yield Column(Kind.YEAR, year.text, year)
        else:
            yield Column(_kind(label), label)


def _kind(label: str) -> Kind:
    starts = (kind for start, kind in _STARTS if label.startswith(start))
    return _KINDS.get(label) or next(starts, Kind.EXTRA)


def _is_two_labels(text: str) -> bool:
    """Whether the label of one column begins `text` and that of another one ends it."""
    label = plain(text)
    known = [*_STARTS, *_KINDS.items()]
    first = {kind for name, kind in known if label.startswith(name)}
    last = {kind for name, kind in known if label.endswith(name)}
    return bool(first and last) and first.isdisjoint(last)


def _unique(columns: Iterable[Column]) -> Iterator[Column]:
    """The columns; one that the form does not have, or has once more, becomes an extra one."""
    seen: set[object] = set()
    for column in columns:
        key = column.year or (column.label if column.kind is Kind.ACCOUNT else column.kind)
        if column.kind is Kind.EXTRA or key in seen:
            column = Column(Kind.EXTRA, _new_label(column.label, seen))
            key = column.label
        seen.add(key)
        yield column


def _new_label(label: str, seen: set[object]) -> str:
    numbered = (f"{label}({number})" for number in count(2))
    return next(name for name in chain([label], numbered) if name not in seen)


def _without_repeats(
    rows: Iterable[SourceLine], labels: Sequence[str], log: Log, place: Place
) -> Iterator[SourceLine]:
    """The rows without the header rows that are printed again on the next page."""
    printed = {plain(label) for label in labels}
    for row in rows:
        if all(plain(text) in printed for text in row.texts) and len(row.texts) > 1:
            message = f"ページの変わり目で繰り返された見出しを除きました（「{row.quoted}」）。"
            log.dropped(row, message, place)
        else:
            yield row
