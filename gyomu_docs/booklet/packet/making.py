"""A packet of replacement pages: what changed since an older booklet, as a PDF of its own.

In: the manifest of the booklet that people have, and the `Report` of the one that was built now.
The parts that print page numbers are set again with the numbers of the old book; then every page
is compared, and the leaves that differ are written behind a list of them. The packet carries the
manifest of the book as it is with its pages put in, so that the next packet can follow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import BinaryIO, Protocol

from gyomu_docs.booklet.build import Report, pdf_options
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.dressing import Dresser
from gyomu_docs.booklet.manifest import Manifest, OldPage, dump_manifest, old_piece
from gyomu_docs.booklet.numbering import BookPage
from gyomu_docs.booklet.packet.listing import (
    TITLE,
    Lister,
    ReplacementFacts,
    ReplacementLine,
    count_leaves,
)
from gyomu_docs.booklet.packet.patching import Leaf, NewPiece, Patch, Side, patch_book
from gyomu_docs.booklet.packet.selection import select_pages
from gyomu_docs.booklet.part_model import part_facts
from gyomu_docs.booklet.part_sections import Parts, fixed_section, is_numbered, numbered_section
from gyomu_docs.booklet.pieces import Piece, chapters_of
from gyomu_docs.booklet.setting import (
    Setting,
    SheetSetter,
    blank_page,
    bound,
    page_anchor,
    paginate_part,
    set_section,
)
from gyomu_docs.booklet.settling import MOST_ROUNDS
from gyomu_docs.errors import Diagnostic, Place, UsageError
from gyomu_docs.layout.tree import Section
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import Assembly, Dressing, encode

_LIST_ANCHOR = "part-packet"


class PacketParts(Parts, Protocol):
    """Makes the parts of a booklet, and the list of a packet."""

    def replacements(self, facts: ReplacementFacts) -> Section: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Packet:
    """What differs between two booklets; without lines there is nothing to write."""

    lines: tuple[ReplacementLine, ...]
    leaves: tuple[Leaf, ...]
    """Those that are put in, exchanged or taken out."""
    manifest: Manifest
    """Of the old book with the packet's pages put in."""
    found: tuple[Diagnostic, ...]

    def count(self, *kinds: str) -> int:
        """How many pages are of these kinds (区分)."""
        return sum(1 for line in self.lines if line.kind in kinds)


def check_comparable(old: Manifest, config: BookletConfig, year: str) -> None:
    """Raise UsageError where pages of one booklet cannot stand in the other, of that year."""
    if old.year and old.year != year:
        raise UsageError(
            f"前の冊子は{old.year}年度のもので、今度の冊子は{year}年度のものです。",
            hint="差し替えは、同じ年度の前の冊子に対して作ります。",
        )
    differences = (
        ("ページ番号の形式", old.numbering, config.numbers.kind),
        ("ページ番号の総数", _yes_no(old.totals), _yes_no(config.numbers.total)),
        ("両面", _yes_no(old.both_sides), _yes_no(config.both_sides)),
    )
    for key, before, now in differences:
        if before != now:
            raise UsageError(
                f"前の冊子と「{key}」の設定が違うため、差し替えを作れません"
                f"（前は{before}、今は{now}）。",
                hint="booklet.yaml の設定を前の冊子に合わせてください。",
            )


def _yes_no(value: bool) -> str:
    return "はい" if value else "いいえ"


class PacketMaker:
    """Makes the packet between two booklets: first `plan`, then `write`."""

    def __init__(self, old: Manifest, report: Report, setting: Setting, parts: PacketParts) -> None:
        self._old = old
        self._book = report.book
        self._pieces = report.pieces
        self._setting = setting
        self._maker = parts
        self._typesetter = Typesetter(setting.fonts)
        self._parts = dict(report.parts)
        self._sections: dict[str, Section] = {}

    @cached_property
    def _setter(self) -> SheetSetter:
        return SheetSetter(self._setting)

    def plan(self) -> Packet:
        """Find out what differs. Raises what typesetting raises for parts that are set again."""
        patch, unsettled = self._settle()
        names = {piece.anchor: piece.name for piece in self._pieces}
        lister = Lister(self._old, self._parts, names)
        moved = [_moved(names[anchor]) for anchor in patch.moved]
        return Packet(
            lines=tuple(lister.lines(patch.leaves)),
            leaves=tuple(leaf for leaf in patch.leaves if lister.differs(leaf)),
            manifest=self._manifest(patch, lister),
            found=(*moved, *unsettled),
        )

    def write(self, packet: Packet, out: BinaryIO) -> None:
        """Write the list and the pages of a packet that has lines."""
        title = f"{self._book.config.title} {TITLE}"
        options = pdf_options(self._book, self._setting, title)
        assembly = Assembly(out, self._setting.fonts, options)
        self._add_list(packet, assembly)
        sides = [
            (side, number) for leaf in packet.leaves for number, side in enumerate(leaf.sides, 1)
        ]
        targets = {page_anchor(side.anchor, side.number) for side, _ in sides if side.anchor}
        pieces = {piece.anchor: piece for piece in self._pieces}
        for anchor, run in groupby(sides, key=lambda one: one[0].anchor):
            if anchor:
                self._add_pages(pieces[anchor], list(run), targets, assembly)
            else:
                self._add_blanks([side.label for side, _ in run], assembly)
        assembly.finish(dump_manifest(packet.manifest))

    # -- what differs

    def _settle(self) -> tuple[Patch, list[Diagnostic]]:
        """Set the parts with page numbers until these agree with their pages."""
        facts = [self._parts[anchor].facts for anchor in self._book.anchors]
        moving = [piece for piece in self._pieces if is_numbered(piece)]
        for _ in range(MOST_ROUNDS):
            before = self._counts()
            patch = self._patch(before)
            labels = patch.labels()
            for piece in moving:
                section = numbered_section(self._maker, self._book, piece, facts, labels)
                own = bound(section, self._setting)
                if own == self._sections.get(piece.anchor):
                    continue
                self._sections[piece.anchor] = own
                part, _ = set_section(own, piece.anchor, self._typesetter, self._setting)
                self._parts[piece.anchor] = part
            if self._counts() == before:
                return patch, []
        return self._patch(self._counts()), [_UNSETTLED]

    def _counts(self) -> dict[str, int]:
        return {anchor: len(part.digests) for anchor, part in self._parts.items()}

    def _patch(self, counts: dict[str, int]) -> Patch:
        chapters = chapters_of(list(self._pieces), counts, self._book)
        new = [
            NewPiece(old_piece(self._book, piece), one.pages, one.starts_right, one.cover)
            for piece, one in zip(self._pieces, chapters, strict=True)
        ]
        return patch_book(self._old, new)

    def _manifest(self, patch: Patch, lister: Lister) -> Manifest:
        index = {piece.anchor: number for number, piece in enumerate(self._pieces)}
        pages = [
            OldPage(
                label=side.label,
                total=side.total,
                piece=index.get(side.anchor),
                number=side.number,
                digest=lister.digest(side),
            )
            for leaf in patch.leaves
            for side in leaf.sides
        ]
        pieces = tuple(old_piece(self._book, piece) for piece in self._pieces)
        return self._old.model_copy(update={"pieces": pieces, "pages": tuple(pages)})

    # -- the file

    def _add_list(self, packet: Packet, assembly: Assembly) -> None:
        section = bound(self._maker.replacements(self._list_facts(packet)), self._setting)
        part, encoded = set_section(section, _LIST_ANCHOR, self._typesetter, self._setting)
        self._parts[_LIST_ANCHOR] = part
        count = len(encoded.pages)
        numbers = range(1, count + 1)
        dresser = Dresser(self._setting, self._typesetter, totals=True)
        labels = [BookPage(0, n - 1, f"{TITLE}-{n}", str(count), n) for n in numbers]
        assembly.add(encoded, dresser.dress(part, labels))
        if self._old.both_sides and count % 2:  # what follows begins on a leaf of its own
            self._add_blanks([f"{TITLE}-{count + 1}"], assembly)

    def _list_facts(self, packet: Packet) -> ReplacementFacts:
        exchanged, added, removed = count_leaves(packet.leaves)
        return ReplacementFacts(
            **dict(part_facts(self._book, TITLE)),
            exchanged=str(exchanged),
            added=str(added),
            removed=str(removed),
            printing="両面" if self._old.both_sides else "片面",
            lines=packet.lines,
        )

    def _add_pages(
        self,
        piece: Piece,
        run: Sequence[tuple[Side, int]],
        targets: Iterable[str],
        assembly: Assembly,
    ) -> None:
        """Pages of one piece; each comes with its number on the leaf, 1 or 2."""
        paged, _ = paginate_part(self._section(piece), piece.anchor, self._typesetter)
        chosen = [side.number for side, _ in run]
        encoded = encode(select_pages(paged, chosen, set(targets), piece.name), self._setting.fonts)
        part = self._parts[piece.anchor]
        dresser = Dresser(self._setting, self._typesetter, totals=self._old.totals)
        pages = [BookPage(0, side.number, side.label, side.total, leaf) for side, leaf in run]
        assembly.add(encoded, dresser.dress(part, pages))

    def _section(self, piece: Piece) -> Section:
        if piece.kind == "sheet":
            return self._setter.section(self._book.sheet_at(piece.position))[0]
        if piece.anchor in self._sections:
            return self._sections[piece.anchor]
        return bound(fixed_section(self._maker, piece), self._setting)

    def _add_blanks(self, labels: Iterable[str], assembly: Assembly) -> None:
        blank = blank_page(self._parts[_LIST_ANCHOR].page, self._setting.fonts)
        for label in labels:
            assembly.add(blank, [Dressing(label)])


def _moved(name: str) -> Diagnostic:
    return Diagnostic(
        "W",
        "place",
        "並びが変わりましたが、差し替えでは前の冊子の場所のままです。",
        Place(sheet=name),
        "並びも改めるには、冊子の全体を配り直してください。",
    )


_UNSETTLED = Diagnostic(
    "W",
    "page-numbers",
    "差し替えのページ数が定まりません。",
    hint="目次や索引の行を増やすか減らすかすると、定まることがあります。",
)
