"""目次: the parts of the booklet, and its sheets in one or two orders.

In: a `Book` and where its sheets, parts and dividers are. Out: lists of entries; whatever a page
number says comes from the locators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from gyomu_docs.booklet.book import Book, PartLocator, SheetLocator
from gyomu_docs.booklet.grouping import NamedGroup, named_groups
from gyomu_docs.booklet.pieces import main_title
from gyomu_docs.layout.tree import Entry, EntryList, Reference, Style

Styles: TypeAlias = Callable[[str], Style]

SHEETS = "本体"
CONTINUED = "（続き）"
_UNLISTED = ("表紙", "目次")


def parts_list(book: Book, styles: Styles, at: SheetLocator, at_part: PartLocator) -> EntryList:
    """The parts of the booklet in their order; 本体 is where its first sheet or divider is."""
    entries = []
    for name in book.config.parts:
        if name in _UNLISTED:
            continue
        if name != SHEETS:
            entries.append(Entry(name, (at_part(name),), styles("entry-part")))
            continue
        first = at_part(book.dividers[0].key) if book.dividers else at(0, 0)
        entries.append(Entry(main_title(book), (first,), styles("entry-part")))
    return EntryList("この冊子の構成", "contents", tuple(entries))


def sheets_list(
    book: Book, order: str, styles: Styles, at: SheetLocator, at_part: PartLocator
) -> EntryList:
    """The sheets in an order under their groups; headings lead to dividers where there are any."""
    groups = named_groups(book, order)
    pages = _divider_pages(book, groups, at_part) if order == book.config.order else {}
    entries: list[Entry] = []
    above = ""
    for group in groups:
        if group.above and group.above != above:
            reference = pages.get(group.titles[:1])
            entries.append(_heading(group.above, reference, 1, styles))
        above = group.above
        level = 2 if above else 1
        reference = pages.get(group.titles)
        entries.append(_heading(group.name, reference, level, styles))
        style = styles(f"entry-sheet-{level}")
        for index in group.sheets:
            entries.append(Entry(sheet_text(book, index, order), (at(index, 0),), style))
    # Word can make anew what stands in the order of the book, as long as it can count its pages.
    outline = order == book.config.order and book.config.numbers.kind == "通し"
    return EntryList(
        f"目次（{order}）", "contents", tuple(entries), continued=CONTINUED, outline=outline
    )


def _divider_pages(
    book: Book, groups: Iterable[NamedGroup], at_part: PartLocator
) -> dict[tuple[str, ...], Reference]:
    """Where the dividers of the book are, by the titles that lead to them."""
    titles = {index: group.titles for group in groups for index in group.sheets}
    return {
        titles[divider.first][: divider.level]: at_part(divider.key) for divider in book.dividers
    }


def _heading(text: str, reference: Reference | None, level: int, styles: Styles) -> Entry:
    return Entry(text, (reference,) if reference else (), styles(f"entry-{level}"), level)


def sheet_text(book: Book, index: int, order: str) -> str:
    """What an entry says of a sheet; its section too, where that is no heading above it."""
    label = book.sheets[index].label
    unit = book.affiliations[index]
    if order == "組織順" or not unit.section:
        return label
    return f"{label}（{unit.label}）"
