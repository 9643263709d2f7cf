"""The parts of a booklet set until the page numbers that they print agree with their pages.

In: a book with its sheets set, a maker of the other parts, and a function that sets one and tells
its pages. Out: all pages in order, each with its label. What a part is set for (a PDF, a Word file)
is of no concern here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from gyomu_docs.booklet.book import Book, SheetFacts
from gyomu_docs.booklet.numbering import BookPage, Numbering, number_pages
from gyomu_docs.booklet.part_sections import Parts, fixed_section, is_numbered, numbered_section
from gyomu_docs.booklet.pieces import Piece, chapters_of
from gyomu_docs.errors import Diagnostic, Place
from gyomu_docs.layout.tree import Furniture, PageNumber, PageSetup, Section

MOST_ROUNDS = 6
"""The contents are set again until page numbers agree, but not more often."""


def settle(
    book: Book,
    pieces: list[Piece],
    parts: Parts,
    facts: Sequence[SheetFacts],
    set_part: Callable[[Piece, Section], int],
) -> tuple[list[BookPage], list[Diagnostic]]:
    """Set the parts until their page numbers agree with their pages; `facts` are of the sheets.

    Parts that print no numbers are set once, and dividers, which are one page as a rule, when the
    numbers of the others have settled; what such a page says does not move any. Where the numbers
    do not settle, the last are taken, and a diagnostic says so.
    """
    counts = {anchor: one.pages for anchor, one in zip(book.anchors, facts, strict=True)}
    dividers = [piece for piece in pieces if piece.kind == "divider"]
    moving = [piece for piece in pieces if piece.kind == "part" and is_numbered(piece)]
    for piece in pieces:
        if is_numbered(piece):
            counts[piece.anchor] = 1
        elif piece.kind != "sheet":
            counts[piece.anchor] = set_part(piece, fixed_section(parts, piece))

    def set_group(group: list[Piece]) -> None:
        for piece in group:
            section = numbered_section(parts, book, piece, facts, labels)
            counts[piece.anchor] = set_part(piece, section)

    for number in range(MOST_ROUNDS):
        pages = _number(book, pieces, counts)
        labels = labels_of(pieces, pages)
        before = dict(counts)
        set_group(moving)
        if counts == before or number == MOST_ROUNDS - 1:
            set_group(dividers)
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


def labels_of(pieces: list[Piece], pages: list[BookPage]) -> dict[tuple[str, int], str]:
    """What is printed on each page, by the anchor of its piece and its index there."""
    return {
        (pieces[page.chapter].anchor, page.page): page.label
        for page in pages
        if page.page is not None
    }


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
