"""The sections of a booklet's parts and dividers, given what is printed on each page.

In: a `Book`, a maker of parts, and the label of each page by the anchor of its piece. For the
booklet itself and for a packet that keeps the labels of another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol

from gyomu_docs.booklet.book import (
    NOWHERE,
    Book,
    Divider,
    PartLocator,
    SheetFacts,
    SheetLocator,
)
from gyomu_docs.booklet.pieces import PART_ANCHORS, Piece
from gyomu_docs.booklet.setting import page_anchor
from gyomu_docs.layout.tree import Reference, Section

NUMBERED = ("総括", "目次", "索引")
"""The parts that print page numbers of others, as dividers do."""


class Parts(Protocol):
    """Makes the sections of all parts but the sheets."""

    def cover(self) -> Section: ...  # noqa: D102
    def legend(self) -> Section: ...  # noqa: D102
    def colophon(self) -> Section: ...  # noqa: D102
    def divider(  # noqa: D102
        self, divider: Divider, at: SheetLocator, at_part: PartLocator
    ) -> Section: ...
    def summary(self, facts: Sequence[SheetFacts], at: SheetLocator) -> Section: ...  # noqa: D102
    def contents(  # noqa: D102
        self, facts: Sequence[SheetFacts], at: SheetLocator, at_part: PartLocator
    ) -> Section: ...
    def index(self, facts: Sequence[SheetFacts], at: SheetLocator) -> Section: ...  # noqa: D102


def is_numbered(piece: Piece) -> bool:
    """Whether a piece must be set again when page numbers change."""
    return piece.kind == "divider" or (piece.kind == "part" and piece.name in NUMBERED)


def fixed_section(parts: Parts, piece: Piece) -> Section:
    """A part that prints no page numbers of others."""
    return {"表紙": parts.cover, "凡例": parts.legend, "奥付": parts.colophon}[piece.name]()


def numbered_section(
    parts: Parts,
    book: Book,
    piece: Piece,
    facts: Sequence[SheetFacts],
    labels: Mapping[tuple[str, int], str],
) -> Section:
    """What prints page numbers; `labels` has them by anchor of a piece and page in it."""
    at, at_part = _locators(book, labels)
    if piece.kind == "divider":
        return parts.divider(book.dividers[piece.position], at, at_part)
    if piece.name == "目次":
        return parts.contents(facts, at, at_part)
    if piece.name == "総括":
        return parts.summary(facts, at)
    return parts.index(facts, at)


def _locators(
    book: Book, labels: Mapping[tuple[str, int], str]
) -> tuple[SheetLocator, PartLocator]:
    names: dict[str, str] = dict(PART_ANCHORS.items())

    @cache  # an index refers to each page many times
    def found(anchor: str, page: int) -> Reference:
        label = labels.get((anchor, page))  # a booklet may be without 本体
        return NOWHERE if label is None else Reference(label, page_anchor(anchor, page))

    def at(sheet: int, page: int) -> Reference:
        return found(book.anchors[sheet], page)

    def at_part(key: str) -> Reference:
        return found(names.get(key, key), 0)

    return at, at_part
