"""The loop of page numbers: what is set how often, and with which numbers."""

from __future__ import annotations

from gyomu_docs.booklet.book import Book
from gyomu_docs.booklet.numbering import BookPage
from gyomu_docs.booklet.pieces import Piece, pieces_of
from gyomu_docs.booklet.settling import MOST_ROUNDS, settle
from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.tree import EntryList, Section
from tests.support.booklets import book, facts_of, maker, placed_sheet

BOOK = book(
    placed_sheet("1", "I 環境", "1 緑"),
    placed_sheet("2", "I 環境", "2 水"),
    構成=["目次", "本体"],
    両面=False,
)
"""目次 (1), 扉 (2), 扉 (3), No.1 (4, 5), 扉 (6), No.2 (7, 8)."""


class Setter:
    """Sets parts without setting them: of each it tells a number of pages, and what was printed."""

    def __init__(self, **pages: int) -> None:
        self._pages = pages
        self.printed: dict[str, list[str]] = {}

    def __call__(self, piece: Piece, section: Section) -> int:
        numbers = [
            one.label
            for block in section.blocks
            if isinstance(block, EntryList)
            for entry in block.entries
            for one in entry.references
        ]
        self.printed.setdefault(piece.anchor, []).append(" ".join(numbers))
        return self._pages.get(piece.anchor.replace("-", "_"), 1)

    def settle(self, made: Book = BOOK) -> tuple[list[BookPage], list[Diagnostic]]:
        return settle(made, pieces_of(made), maker(made), facts_of(made), self)


def test_dividers_are_set_once_with_numbers_that_have_settled() -> None:
    setter = Setter(part_contents=3)
    pages, found = setter.settle()
    assert len(setter.printed["part-contents"]) == 2
    assert setter.printed["d1-1"] == ["5 8"]
    assert setter.printed["d2-1"] == ["6"]
    assert setter.printed["d2-2"] == ["9"]
    assert [page.label for page in pages] == [str(n) for n in range(1, 11)]
    assert found == []


def test_a_divider_of_several_pages_moves_what_is_behind_it() -> None:
    setter = Setter(d2_1=2)
    pages, found = setter.settle()
    assert setter.printed["d1-1"] == ["3 6", "3 7"]
    assert setter.printed["d2-1"] == ["4", "5"]
    assert len(pages) == 9
    assert found == []


def test_where_nothing_settles_dividers_are_set_all_the_same() -> None:
    class Restless(Setter):
        def __call__(self, piece: Piece, section: Section) -> int:
            pages = super().__call__(piece, section)
            again = len(self.printed[piece.anchor]) % 2
            return pages + again if piece.kind == "part" else pages

    setter = Restless()
    _, found = setter.settle()
    assert len(setter.printed["part-contents"]) == MOST_ROUNDS
    assert len(setter.printed["d1-1"]) == 1
    assert [one.place.sheet for one in found] == ["目次"]
