"""索引: each kind of term as a list of entries in columns."""

from __future__ import annotations

from collections.abc import Sequence

from gyomu_docs.booklet.book import Book, SheetFacts, SheetLocator
from gyomu_docs.booklet.config import IndexName
from gyomu_docs.booklet.index import Term, index_terms
from gyomu_docs.booklet.parts.contents import Styles
from gyomu_docs.layout.tree import Entry, EntryList, Style
from gyomu_docs.units import mm

COLUMNS = 3
GAP = mm(7)


def terms_list(
    book: Book, kind: IndexName, facts: Sequence[SheetFacts], styles: Styles, at: SheetLocator
) -> EntryList:
    """The index of one kind; no entries where the sheets have no such terms."""
    records = [one.records for one in facts]
    terms = index_terms(kind, book.sheets, records, book.config.readings)
    term_style, row_style = styles("entry-term"), styles("entry-row")
    entries = tuple(_entry(term, term_style if term.pages else row_style, at) for term in terms)
    return EntryList(f"索引（{kind}）", "index", entries, COLUMNS, GAP)


def _entry(term: Term, style: Style, at: SheetLocator) -> Entry:
    return Entry(term.text, tuple(at(sheet, page) for sheet, page in term.pages), style)
