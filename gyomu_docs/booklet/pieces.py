"""The pieces of a booklet in order: its parts, and within the main part dividers and sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from gyomu_docs.booklet.book import Book, Divider
from gyomu_docs.booklet.config import PartName
from gyomu_docs.booklet.numbering import Chapter

PART_ANCHORS: dict[PartName, str] = {
    "表紙": "part-cover",
    "凡例": "part-legend",
    "総括": "part-summary",
    "目次": "part-contents",
    "索引": "part-index",
    "奥付": "part-colophon",
}


_NUMBER = re.compile(r"[0-9]+(-[0-9]+)*")


class Piece(NamedTuple):
    """Something that has pages of its own."""

    kind: Literal["part", "divider", "sheet"]
    name: str
    """Of a part its name; of a divider its title; of a sheet its label."""
    anchor: str
    position: int = 0
    """Of a divider or sheet, its index in the book."""
    level: int = 1
    """Of its bookmark."""
    opens: str = ""
    """Of the first of the main part, the title of that part: a bookmark above it."""


def pieces_of(book: Book) -> list[Piece]:
    """All pieces in the order in which they are bound."""
    made: list[Piece] = []
    for name in book.config.parts:
        if name == "本体":
            first, *others = _main_part(book)
            made += [first._replace(opens=main_title(book)), *others]
        else:
            made.append(Piece("part", name, PART_ANCHORS[name]))
    return made


def main_title(book: Book) -> str:
    """What the main part is called in contents and bookmarks."""
    return f"業務棚卸表（{len(book.sheets)}枚）"


def _main_part(book: Book) -> Iterator[Piece]:
    first: dict[int, list[tuple[int, Divider]]] = {}
    for index, divider in enumerate(book.dividers):
        first.setdefault(divider.first, []).append((index, divider))
    above: list[Divider] = []
    for index, sheet in enumerate(book.sheets):
        above = [divider for divider in above if index < divider.last]
        for number, divider in first.get(index, ()):
            above.append(divider)
            yield Piece("divider", divider.title, divider.key, number, len(above) + 1)
        yield Piece("sheet", sheet.label, book.anchors[index], index, len(above) + 2)


def chapters_of(pieces: list[Piece], counts: dict[str, int], book: Book) -> list[Chapter]:
    """The pieces as numbering sees them; `counts` has the pages of each, by anchor."""
    right = book.config.start_right
    kinds = {"part": "部", "divider": "扉", "sheet": "シート"}
    numbers = _sheet_numbers(book)
    made = []
    for piece in pieces:
        made.append(
            Chapter(
                counts[piece.anchor],
                _prefix(piece, numbers),
                starts_right=kinds[piece.kind] in right,
                cover=piece.name == "表紙" and piece.kind == "part",
            )
        )
    return made


def _sheet_numbers(book: Book) -> list[str]:
    """What the pages of each sheet are counted under: its own number, so that `3-2` is of No.3.

    Where several sheets have one number, or none, all are counted in their order.
    """
    numbers = [sheet.number for sheet in book.sheets]
    if all(map(_NUMBER.fullmatch, numbers)) and len(set(numbers)) == len(numbers):
        return numbers
    return [str(place) for place in range(1, len(numbers) + 1)]


def _prefix(piece: Piece, numbers: list[str]) -> str:
    """What pages are counted under, where each part is numbered for itself."""
    if piece.kind == "part":
        return piece.name
    return f"扉{piece.position + 1}" if piece.kind == "divider" else numbers[piece.position]
