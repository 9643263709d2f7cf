"""Page numbers of a book: which page is which, where blank ones go in, what is printed on each.

In: the parts with their numbers of pages. Out: all pages in order, each with its label, which is
both what is printed and the PDF page label. Arithmetic over counts, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Numbering = Literal["continuous", "by-part"]
"""通し番号 `12`, or 部ごとの番号 `3-2`: part 3, page 2."""


class Chapter(NamedTuple):
    """A part of the book, as numbering sees it."""

    pages: int
    prefix: str = ""
    """Before the hyphen, where pages are numbered by part: `3`, `目次`."""
    starts_right: bool = False
    """改丁: begins on a right-hand page, where the book is printed on both sides."""
    cover: bool = False
    """Its pages have no number and are not counted: 表紙."""


class BookPage(NamedTuple):
    """One page of the book."""

    chapter: int
    """Index of the part; of a blank page, that of the part before it."""
    page: int | None
    """Index of the page in the part; None for a blank page that was put in."""
    label: str
    total: str
    """What stands behind the slash of `n / N`; empty on a cover."""
    leaf: int
    """Number of the page in the printed book, from 1: odd ones are right-hand pages."""


def number_pages(
    chapters: Sequence[Chapter], numbering: Numbering, *, both_sides: bool
) -> list[BookPage]:
    """All pages in order.

    Printed on both sides, odd numbers are right-hand pages (JLREQ 2.6): what follows a cover, and
    every part that `starts_right`, begins on one, after a blank page where that is needed.
    """
    pages = list(_pages(chapters, both_sides))
    totals: dict[str, int] = {}
    for chapter, _, _ in pages:
        if not chapters[chapter].cover:
            key = _counter(chapters, chapter, numbering)
            totals[key] = totals.get(key, 0) + 1
    counts: dict[str, int] = {}
    covers = 0
    made = []
    for chapter, page, leaf in pages:
        if chapters[chapter].cover:
            covers += 1
            made.append(BookPage(chapter, page, _cover_label(covers), "", leaf))
            continue
        key = _counter(chapters, chapter, numbering)
        counts[key] = counts.get(key, 0) + 1
        label = f"{key}-{counts[key]}" if numbering == "by-part" else str(counts[key])
        made.append(BookPage(chapter, page, label, str(totals[key]), leaf))
    return made


def _cover_label(number: int) -> str:
    return "表紙" if number == 1 else f"表紙{number}"


def _counter(chapters: Sequence[Chapter], chapter: int, numbering: Numbering) -> str:
    """What a page is counted under."""
    return chapters[chapter].prefix if numbering == "by-part" else ""


def _pages(chapters: Sequence[Chapter], both_sides: bool) -> Iterator[tuple[int, int | None, int]]:
    """Chapter, page in it (None for a blank one) and number of the page in the printed book."""
    leaf = 0
    for index, chapter in enumerate(chapters):
        after_cover = index > 0 and chapters[index - 1].cover and not chapter.cover
        if both_sides and leaf % 2 and (chapter.starts_right or after_cover):
            leaf += 1
            yield index - 1, None, leaf
        for page in range(chapter.pages):
            leaf += 1
            yield index, page, leaf
