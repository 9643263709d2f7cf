"""The sheets of a book by the titles of an order, with names for titles that are missing."""

from __future__ import annotations

from typing import NamedTuple

from gyomu_docs.booklet.book import Book

_UNNAMED = {
    "施策体系順": ("基本目的の記載なし", "施策目的の記載なし"),
    "組織順": ("", ""),
}
"""A section without a department stands for itself; one without a name has one of its own."""


class NamedGroup(NamedTuple):
    """Sheets that have the same titles."""

    titles: tuple[str, ...]
    """As the sheets have them."""
    above: str
    """基本目的 or department, as it is printed; empty for a section without a department."""
    name: str
    """施策目的 or section, as it is printed."""
    sheets: tuple[int, ...]
    """Indices."""


def named_groups(book: Book, order: str) -> list[NamedGroup]:
    """The groups of 施策体系順 or 組織順, in order."""
    no_above, no_name = _UNNAMED[order]
    return [
        NamedGroup(titles, titles[0] or no_above, titles[1] or no_name, tuple(sheets))
        for titles, sheets in book.groups[order]
    ]
