"""扉: what stands behind a divider, its sub-groups or its sheets, with their pages."""

from __future__ import annotations

from collections.abc import Iterator

from gyomu_docs.booklet.book import Book, Divider, PartLocator, SheetLocator
from gyomu_docs.booklet.part_model import DividerFacts, part_facts
from gyomu_docs.booklet.parts.contents import Styles, sheet_text
from gyomu_docs.layout.tree import Entry, EntryList, Style

MOST_LINES = 18
"""A divider is one page: of more groups or sheets it tells the number."""


def divider_facts(book: Book, divider: Divider) -> DividerFacts:
    """The divider, and the title of the group that it is a part of."""
    above = next(
        (
            one.title
            for one in book.dividers
            if one.level < divider.level and one.first <= divider.first < one.last
        ),
        "",
    )
    facts = dict(part_facts(book, divider.title))
    return DividerFacts(**facts, level=str(divider.level), above=above)


def divider_list(
    book: Book, divider: Divider, styles: Styles, at: SheetLocator, at_part: PartLocator
) -> EntryList:
    """Its sub-groups; sheets that are in none of them stand for themselves."""
    entries = tuple(_entries(book, divider, styles("entry"), at, at_part))
    if len(entries) > MOST_LINES:
        count = f"業務棚卸表　{divider.last - divider.first}枚"
        entries = (entries[0]._replace(text=count),)
    return EntryList(f"扉（{divider.title}）", "contents", entries)


def _entries(
    book: Book, divider: Divider, style: Style, at: SheetLocator, at_part: PartLocator
) -> Iterator[Entry]:
    groups = {
        one.first: one
        for one in book.dividers
        if one.level > divider.level and divider.first <= one.first < divider.last
    }
    index = divider.first
    while index < divider.last:
        group = groups.get(index)
        if group is None:
            text = sheet_text(book, index, book.config.order)
            yield Entry(text, (at(index, 0),), style)
            index += 1
        else:
            text = f"{group.title}（{group.last - group.first}枚）"
            yield Entry(text, (at_part(group.key),), style)
            index = group.last
