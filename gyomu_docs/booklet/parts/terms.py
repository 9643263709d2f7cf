"""索引: each kind of term as a list of entries in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gyomu_docs.booklet.book import Book, SheetFacts, SheetLocator
from gyomu_docs.booklet.config import IndexName
from gyomu_docs.booklet.index import Term, index_terms
from gyomu_docs.booklet.parts.contents import SHEETS, Styles
from gyomu_docs.layout.tree import Entry, EntryList, Reference, Style
from gyomu_docs.units import Length, mm

LEAST_COLUMN = mm(70)
GAP = mm(7)
LEAST_ROW = 3
"""Two pages in a row stand for themselves."""


class Indexing:
    """The indexes of a book. Keep it while page numbers move: terms are gathered once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._facts: Sequence[SheetFacts] = ()
        self._terms: dict[IndexName, list[Term]] = {}

    def terms_list(
        self,
        kind: IndexName,
        facts: Sequence[SheetFacts],
        styles: Styles,
        at: SheetLocator,
        width: Length,
    ) -> EntryList:
        """The index of one kind in as many columns as the `width` has room for.

        There are no entries where the booklet has no pages with such terms.
        """
        term_style, row_style = styles("entry-term"), styles("entry-row")
        entries = tuple(
            _entry(term, term_style if term.pages else row_style, at)
            for term in self._terms_of(kind, facts)
        )
        columns = max((width + GAP) // (LEAST_COLUMN + GAP), 1)
        return EntryList(f"索引（{kind}）", "index", entries, columns, GAP)

    def _terms_of(self, kind: IndexName, facts: Sequence[SheetFacts]) -> list[Term]:
        book = self._book
        if SHEETS not in book.config.parts:
            return []
        if facts is not self._facts:
            self._facts, self._terms = facts, {}
        if kind not in self._terms:
            records = [one.records for one in facts]
            self._terms[kind] = index_terms(kind, book.sheets, records, book.config.readings)
        return self._terms[kind]


def _entry(term: Term, style: Style, at: SheetLocator) -> Entry:
    references = [at(sheet, page) for sheet, page in term.pages]
    return Entry(term.text, tuple(in_rows(references)), style)


def in_rows(references: Iterable[Reference]) -> Iterator[Reference]:
    """The references, those to three pages or more in a row as one: `10–14`.

    Only numbers follow each other: between `12` and `13` there may be `12の2`, and the last page of
    a part (`3-4`) is not told from others.
    """
    for row in _rows(references):
        if len(row) < LEAST_ROW:
            yield from row
        else:
            yield row[0]._replace(last=row[-1].label, last_target=row[-1].target)


def _rows(references: Iterable[Reference]) -> Iterator[list[Reference]]:
    row: list[Reference] = []
    for reference in references:
        if row and not _follows(row[-1].label, reference.label):
            yield row
            row = []
        row.append(reference)
    if row:
        yield row


def _follows(before: str, label: str) -> bool:
    return before.isdecimal() and label.isdecimal() and int(label) == int(before) + 1
