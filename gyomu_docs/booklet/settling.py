"""The parts of a booklet set until the page numbers that they print agree with their pages.

In: a book with its sheets set, a maker of the other parts, and a function that sets one and tells
its pages. Out: all pages in order, each with its label. What a part is set for (a PDF, a Word file)
is of no concern here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from gyomu_docs.booklet.book import (
    Book,
    Divider,
    PartLocator,
    SheetFacts,
    SheetLocator,
)
from gyomu_docs.booklet.numbering import BookPage, Numbering, number_pages
from gyomu_docs.booklet.pieces import PART_ANCHORS, Piece, chapters_of
from gyomu_docs.booklet.setting import page_anchor
from gyomu_docs.errors import Diagnostic, Place
from gyomu_docs.layout.tree import Furniture, PageNumber, PageSetup, Reference, Section

MOST_ROUNDS = 6
"""The contents are set again until page numbers agree, but not more often."""


class Parts(Protocol):
    """Makes the sections of all parts but the sheets."""

    def cover(self) -> Section: ...  # noqa: D102
    def legend(self) -> Section: ...  # noqa: D102
    def colophon(self) -> Section: ...  # noqa: D102
    def divider(self, divider: Divider) -> Section: ...  # noqa: D102
    def summary(self, facts: Sequence[SheetFacts], at: SheetLocator) -> Section: ...  # noqa: D102
    def contents(  # noqa: D102
        self, facts: Sequence[SheetFacts], at: SheetLocator, at_part: PartLocator
    ) -> Section: ...
    def index(self, facts: Sequence[SheetFacts], at: SheetLocator) -> Section: ...  # noqa: D102


def settle(
    book: Book,
    pieces: list[Piece],
    parts: Parts,
    facts: Sequence[SheetFacts],
    set_part: Callable[[Piece, Section], int],
) -> tuple[list[BookPage], list[Diagnostic]]:
    """Set the parts until their page numbers agree with their pages; `facts` are of the sheets.

    Parts that print no numbers are set once. Where the numbers do not settle, the last are taken,
    and a diagnostic says so.
    """
    counts = {anchor: one.pages for anchor, one in zip(book.anchors, facts, strict=True)}
    fixed = {"表紙": parts.cover, "凡例": parts.legend, "奥付": parts.colophon}
    moving = []
    for piece in pieces:
        if piece.kind == "divider":
            counts[piece.anchor] = set_part(piece, parts.divider(book.dividers[piece.position]))
        elif piece.kind == "part" and piece.name in fixed:
            counts[piece.anchor] = set_part(piece, fixed[piece.name]())
        elif piece.kind == "part":
            moving.append(piece)
            counts[piece.anchor] = 1
    for _ in range(MOST_ROUNDS):
        pages = _number(book, pieces, counts)
        at, at_part = _locators(book, pieces, pages)
        before = dict(counts)
        for piece in moving:
            if piece.name == "目次":
                section = parts.contents(facts, at, at_part)
            elif piece.name == "総括":
                section = parts.summary(facts, at)
            else:
                section = parts.index(facts, at)
            counts[piece.anchor] = set_part(piece, section)
        if counts == before:
            return pages, []
    return _number(book, pieces, counts), _unsettled(pieces, before, counts)


def _number(book: Book, pieces: list[Piece], counts: dict[str, int]) -> list[BookPage]:
    config = book.config
    kind: Numbering = "continuous" if config.numbers.kind == "通し" else "by-part"
    return number_pages(chapters_of(pieces, counts, book), kind, both_sides=config.both_sides)


def by_piece(pieces: list[Piece], pages: list[BookPage]) -> Iterator[tuple[Piece, list[BookPage]]]:
    """Each piece with its pages, the blank ones behind it included."""
    own: list[list[BookPage]] = [[] for _ in pieces]
    for page in pages:
        own[page.chapter].append(page)
    return zip(pieces, own, strict=True)


def _locators(
    book: Book, pieces: list[Piece], pages: list[BookPage]
) -> tuple[SheetLocator, PartLocator]:
    names: dict[str, str] = dict(PART_ANCHORS.items())
    labels = {
        (pieces[page.chapter].anchor, page.page): page.label
        for page in pages
        if page.page is not None
    }

    def at(sheet: int, page: int) -> Reference:
        anchor = book.anchors[sheet]
        return Reference(labels[anchor, page], page_anchor(anchor, page))

    def at_part(key: str) -> Reference:
        anchor = names.get(key, key)
        return Reference(labels[anchor, 0], anchor)

    return at, at_part


def without_total(setup: PageSetup) -> PageSetup:
    """The page with `12` where its form prints `12 / 340`."""

    def plain(furniture: Furniture) -> Furniture:
        left, center, right = (
            part[: part.index(_TOTAL) - 1] if _TOTAL in part and part.index(_TOTAL) else part
            for part in (furniture.left, furniture.center, furniture.right)
        )
        return replace(furniture, left=left, center=center, right=right)

    return replace(setup, header=plain(setup.header), footer=plain(setup.footer))


_TOTAL = PageNumber("pages")


def _unsettled(
    pieces: list[Piece], before: dict[str, int], after: dict[str, int]
) -> list[Diagnostic]:
    """Say which parts still changed their number of pages."""
    return [
        Diagnostic(
            "W",
            "page-numbers",
            f"ページ数が定まりません（{before[piece.anchor]}ページと{after[piece.anchor]}ページ）。",
            Place(sheet=piece.name),
            "目次や索引の行を増やすか減らすかすると、定まることがあります。",
        )
        for piece in pieces
        if before[piece.anchor] != after[piece.anchor]
    ]
