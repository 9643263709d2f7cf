"""The old book with pages replaced, put in and taken out: labels and leaves, no content.

In: the manifest of the old book, and the pieces of the new one with their numbers of pages. Out:
every leaf of the patched book. A page that was there keeps its label and its side of the paper;
what is new gets sub-numbers. Arithmetic, nothing else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from gyomu_docs.booklet.manifest import Manifest, OldPage, OldPiece
from gyomu_docs.booklet.packet.labels import next_label
from gyomu_docs.booklet.packet.matching import match_pieces


class NewPiece(NamedTuple):
    """A piece of the new book."""

    piece: OldPiece
    pages: int
    starts_right: bool
    """改丁, where the book is printed on both sides."""
    cover: bool


class Side(NamedTuple):
    """One side of a leaf."""

    label: str
    total: str
    anchor: str
    """Of its piece in the new book; empty for a blank side."""
    number: int
    """Index of the page in its piece."""
    old: int | None
    """Index of the old page whose place it has; None for a side that is put in."""


class Leaf(NamedTuple):
    """A leaf of the patched book, with one side or two; none for a leaf that is taken out."""

    sides: tuple[Side, ...]
    old: tuple[int, ...]
    """The old pages on the leaf that it takes the place of; none for a leaf that is put in."""
    gone: tuple[int, ...] = ()
    """Old pages of that leaf that are nowhere any more."""


class Patch(NamedTuple):
    """The patched book."""

    leaves: tuple[Leaf, ...]
    moved: tuple[str, ...]
    """Anchors of pieces that stand elsewhere in the new book, but keep their old place here."""

    def labels(self) -> dict[tuple[str, int], str]:
        """What is printed on each page, by the anchor of its piece and its index there."""
        sides = (side for leaf in self.leaves for side in leaf.sides)
        return {(side.anchor, side.number): side.label for side in sides if side.anchor}


class _Page(NamedTuple):
    """A page of the new book."""

    anchor: str
    number: int
    starts_right: bool
    cover: bool


_Slot: TypeAlias = "_Page | OldPage | None"
"""What an old page becomes: a page of the new book, itself if it is blank, or nothing."""


def patch_book(old: Manifest, new: Sequence[NewPiece]) -> Patch:
    """Plan the patched book."""
    slots, added, moved = _place(old, new)
    _fill_blanks(slots, added)
    paper = _Paper(old)
    paper.put_in(added.get(-1, []))
    per_leaf = 2 if old.both_sides else 1
    for first in range(0, len(slots), per_leaf):
        group = range(first, min(first + per_leaf, len(slots)))
        paper.set_leaf({index: slots[index] for index in group}, added)
    return Patch(tuple(paper.leaves), tuple(moved))


def _place(
    old: Manifest, new: Sequence[NewPiece]
) -> tuple[list[_Slot], dict[int, list[_Page]], list[str]]:
    """What becomes of each old page, the pages that are put in behind one, and moved pieces."""
    places: list[list[int]] = [[] for _ in old.pieces]
    for index, printed in enumerate(old.pages):
        if printed.piece is not None:
            places[printed.piece].append(index)
    slots: list[_Slot] = [page if page.piece is None else None for page in old.pages]
    added: dict[int, list[_Page]] = {}
    kept: list[tuple[int, str]] = []
    matches = match_pieces(old.pieces, [one.piece for one in new])
    after = -1
    for index, (piece, count, starts_right, cover) in enumerate(new):
        pages = [
            _Page(piece.anchor, number, starts_right and number == 0, cover)
            for number in range(count)
        ]
        own = places[matches[index]] if index in matches else []
        for place, page in zip(own, pages, strict=False):
            slots[place] = page
        if own:
            after = own[min(count, len(own)) - 1]
            kept.append((after, piece.anchor))
        if pages[len(own) :]:
            added.setdefault(after, []).extend(pages[len(own) :])
    moved = _out_of_order([place for place, _ in kept])
    return slots, added, [kept[index][1] for index in sorted(moved)]


def _fill_blanks(slots: list[_Slot], added: dict[int, list[_Page]]) -> None:
    """Let pages that are put in have the blank sides right behind their place.

    Sides that they cannot have stay behind the page before them.
    """
    for place in sorted(added.keys() - {-1}):
        pages = added.pop(place)
        after = place
        while pages and after + 1 < len(slots) and isinstance(slots[after + 1], OldPage):
            after += 1
            if _may_be_on(slots[after], after, pages[0]):
                slots[after] = pages.pop(0)
        if pages:
            added[after] = pages + added.get(after, [])


def _may_be_on(blank: _Slot, index: int, page: _Page) -> bool:
    """Whether a page may be on that blank side: not on a left one, not on the back of a cover."""
    numbered = isinstance(blank, OldPage) and bool(blank.total)
    return (numbered or page.cover) and not (page.starts_right and index % 2)


def _out_of_order(places: Sequence[int]) -> set[int]:
    """Indices of the fewest places without which the others rise."""
    ends: list[int] = []  # of the rising sequences of each length, the lowest last place
    last: list[int] = []  # its index
    before: list[int] = []  # of each index, the one before it in its sequence
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [index]
    rising = set()
    index = last[-1] if last else -1
    while index >= 0:
        rising.add(index)
        index = before[index]
    return set(range(len(places))) - rising


@dataclass
class _Paper:
    """Leaves in the making."""

    old: Manifest
    leaves: list[Leaf] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._taken = {page.label for page in self.old.pages}
        self._before = ""
        self._following = self.old.pages[0].label if self.old.pages else ""
        self._total = next((page.total for page in self.old.pages if page.total), "1")
        self._cover = True  # whether only a cover came before
        self._sides: list[Side] = []

    def put_in(self, pages: Iterable[_Page]) -> None:
        """Put leaves in before the first."""
        self._add(pages)
        self._pad()
        self._cut((), ())

    def set_leaf(self, slots: Mapping[int, _Slot], added: Mapping[int, list[_Page]]) -> None:
        """One old leaf, with what is put in behind its sides."""
        group = tuple(slots)
        if all(slot is None or isinstance(slot, OldPage) for slot in slots.values()) and None in (
            slots.values()
        ):
            slots = dict.fromkeys(group)  # nothing is printed on it: it goes as a whole
        stay = [index for index in group if slots[index] is not None]
        free = [index for index in group if slots[index] is None]
        for index in group:
            slot = slots[index]
            following = self.old.pages[index + 1 : index + 2]
            if slot is not None:
                self._pad_to(index - group[0], free)
                self._keep(index, slot)
            self._following = following[0].label if following else ""
            self._add(added.get(index, ()))
        if not stay:
            self._pad()
        elif free or group[-1] + 1 < len(self.old.pages):
            self._pad(free)
        self._cut(group, tuple(free))

    def _keep(self, index: int, slot: _Page | OldPage) -> None:
        page = self.old.pages[index]
        anchor, number = (slot.anchor, slot.number) if isinstance(slot, _Page) else ("", 0)
        cover = isinstance(slot, _Page) and slot.cover
        total = page.total or ("" if cover or not anchor else self._total)
        self._sides.append(Side(page.label, total, anchor, number, index))
        self._cover = self._cover and (cover or not anchor)
        self._before = page.label
        self._total = page.total or self._total

    def _add(self, pages: Iterable[_Page]) -> None:
        for page in pages:
            if page.starts_right:
                self._pad()
            total = "" if page.cover else self._total
            label = self._new_label(cover=page.cover)
            self._sides.append(Side(label, total, page.anchor, page.number, None))

    def _pad(self, free: list[int] | None = None) -> None:
        """Fill the leaf with a blank side, where two are printed and one is there."""
        if self.old.both_sides and len(self._sides) % 2:
            self._blank(free)

    def _pad_to(self, offset: int, free: list[int]) -> None:
        """Let the next side be the front (0) or the back (1) of a leaf."""
        if self.old.both_sides and len(self._sides) % 2 != offset:
            self._blank(free)

    def _blank(self, free: list[int] | None) -> None:
        """A blank side, in the place of an old page of this leaf if one is free."""
        if free:
            index = free.pop(0)
            page = self.old.pages[index]
            self._sides.append(Side(page.label, page.total, "", 0, index))
            self._before = page.label
        else:
            label = self._new_label(cover=self._cover)
            self._sides.append(Side(label, self._total, "", 0, None))

    def _new_label(self, *, cover: bool) -> str:
        before = "" if self._cover and not cover else self._before
        if cover and not before and "表紙" not in self._taken:
            label = "表紙"
        else:
            label = next_label(before, self._following, self._taken)
            self._cover = self._cover and cover
        self._taken.add(label)
        self._before = label
        return label

    def _cut(self, group: tuple[int, ...], gone: tuple[int, ...]) -> None:
        """Make leaves of the sides; the first takes the place of the old leaf."""
        size = 2 if self.old.both_sides else 1
        for first in range(0, len(self._sides), size):
            sides = tuple(self._sides[first : first + size])
            self.leaves.append(Leaf(sides, () if first else group, () if first else gone))
        if group and not self._sides:
            self.leaves.append(Leaf((), group, gone))
        self._sides = []
