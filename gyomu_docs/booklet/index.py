"""The terms of an index (索引): projects, accounts, indicators, each with the pages they stand on.

In: the sheets, the page on which each of their rows begins, and readings for kana order. Out:
`Term`s in order, their pages as sheet and page; what is printed for a page is known later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from gyomu_docs.booklet.collation import NO_READING, heading, sort_key
from gyomu_docs.booklet.counting import Account
from gyomu_docs.model import Sheet, ValueKind, parse_value

IndexKind = Literal["事業名", "款項目", "指標"]
RecordPages = Mapping[str, int]
"""Of the rows of a sheet, by record (`行政活動[3]`), the index of the page where each begins."""


class SheetPage(NamedTuple):
    """A page of a sheet, both by index."""

    sheet: int
    page: int


class Term(NamedTuple):
    """A term with its pages in order; without pages, a heading among the terms."""

    text: str
    pages: tuple[SheetPage, ...]


def index_terms(
    kind: IndexKind,
    sheets: Sequence[Sheet],
    records: Sequence[RecordPages],
    readings: Mapping[str, str],
) -> list[Term]:
    """The index of one kind. `records` has the pages of each sheet's rows.

    Terms stand in the order of their readings under the rows of the kana table, then those without
    a reading by code point; accounts by their numbers, without headings.
    """
    pages: dict[str, dict[SheetPage, None]] = {}
    for index, (sheet, places) in enumerate(zip(sheets, records, strict=True)):
        for text, record in _terms_of(kind, sheet):
            if text and record in places:
                pages.setdefault(text, {})[SheetPage(index, places[record])] = None
    if kind == "款項目":
        return [Term(text, tuple(pages[text])) for text in sorted(pages, key=_account_key)]
    ordered = sorted(pages, key=lambda text: sort_key(text, readings.get(text, "")))
    return list(_with_headings(ordered, pages, readings))


def _terms_of(kind: IndexKind, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Terms and the records that show them."""
    if kind == "款項目":
        for number, line in enumerate(sheet.budget, 1):
            account = Account(line.kan.strip(), line.ko.strip(), line.moku.strip())
            if any(account):
                yield f"{account.label}　{line.name}", f"予算[{number}]"
    elif kind == "事業名":
        for number, line in enumerate(sheet.budget, 1):
            yield line.name, f"予算[{number}]"
        for number, activity in enumerate(sheet.activities, 1):
            for place, cost in enumerate(activity.costs, 1):
                yield cost.name, f"行政活動[{number}].事業費[{place}]"
    else:
        for name, rows in (("任務目的", sheet.purposes), ("行政活動", sheet.activities)):
            for number, row in enumerate(rows, 1):
                if parse_value(row.indicator).kind is not ValueKind.NONE:
                    yield row.indicator, f"{name}[{number}]"


def _account_key(text: str) -> tuple[tuple[tuple[int, str], ...], str]:
    account, _, name = text.partition("　")
    parts = account.split("-")
    return tuple((int(part) if part.isdecimal() else 10**6, part) for part in parts), name


def _with_headings(
    ordered: Iterable[str], pages: Mapping[str, Iterable[SheetPage]], readings: Mapping[str, str]
) -> Iterator[Term]:
    """The terms, with a heading where the row of the kana table changes."""
    last = ""
    for text in ordered:
        reading = readings.get(text, "")
        row = heading(reading) if reading else NO_READING
        if row != last and (reading or last):
            yield Term(row, ())
        last = row
        yield Term(text, tuple(pages[text]))
