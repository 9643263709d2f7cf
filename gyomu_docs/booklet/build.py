"""A booklet from an edition: sheets set (here or in other processes), numbered, put together.

In: the sheets, the configuration, a `Setting`, a maker of the other parts, an executor or none, a
cache or none. Out: one PDF, and a `Report` of its pages. The sheets are set once, then only the
parts that print page numbers are set until the numbers agree; the bytes are the same however many
processes there were and whatever was in the cache.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import BinaryIO, NamedTuple

from gyomu_docs.booklet.book import Book, make_book
from gyomu_docs.booklet.cache import Cache, Span, Spool, load, part_key
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.dressing import Dresser
from gyomu_docs.booklet.intake import check_entries, doubts
from gyomu_docs.booklet.manifest import Manifest, PageRecord, dump_manifest, manifest_of
from gyomu_docs.booklet.numbering import BookPage
from gyomu_docs.booklet.part_sections import Parts
from gyomu_docs.booklet.pieces import Piece, pieces_of
from gyomu_docs.booklet.setting import (
    Outcome,
    SetPart,
    Setting,
    SheetSetter,
    blank_page,
    bound,
    packed,
    set_section,
)
from gyomu_docs.booklet.settling import by_piece, settle
from gyomu_docs.booklet.workers import BuildOptions, set_sheets
from gyomu_docs.collector import rare_collections
from gyomu_docs.errors import (
    Diagnostic,
    GyomuError,
    MissingGlyphError,
    Place,
    gather_missing,
)
from gyomu_docs.layout.tree import Section
from gyomu_docs.model import SourcedSheet
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import (
    Assembly,
    Dressing,
    EncodedPart,
    ObjectStream,
    PdfOptions,
    encode_bookmark,
    place_structure,
)

BLOCK = 512
"""Object numbers of a part begin at multiples of this. A sheet has 400 to 1,200 objects, so there
is room for some rows more before the numbers of all later sheets change."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was built."""

    book: Book
    pages: tuple[PageRecord, ...]
    found: tuple[Diagnostic, ...]
    failures: tuple[GyomuError, ...] = ()
    """Of sheets that were left out, each with its place."""
    pieces: tuple[Piece, ...] = ()
    parts: Mapping[str, SetPart] = field(default_factory=dict)
    """Of each piece, by its anchor."""

    @property
    def manifest(self) -> Manifest:
        """What the next booklet must know of this one to replace some of its pages."""
        return manifest_of(self.book, self.pieces, self.pages)


class _Made(NamedTuple):
    """A piece that is set; its encoded part lies in the spool."""

    part: SetPart
    encoded: Span
    structure: Span
    """Empty where it is to be asked of the cache."""
    key: str = ""
    """Of a sheet in the cache."""


def build_pdf(
    entries: Sequence[SourcedSheet],
    config: BookletConfig,
    setting: Setting,
    parts_for: Callable[[Book], Parts],
    out: BinaryIO,
    options: BuildOptions = BuildOptions(),  # noqa: B008 - immutable
) -> Report:
    """Build the booklet and write it to `out`.

    Raises UsageError for sheets that cannot be one book; MissingGlyphError and others for the
    first sheet that is refused, unless `keep_going`.
    """
    check_entries(entries)
    with contextlib.closing(Spool()) as spool, rare_collections():
        report = _Builder(config, setting, options, spool).build(entries, parts_for, out)
    if options.cache:
        options.cache.trim()
        report = replace(report, found=(*report.found, *options.cache.notices()))
    return report


@dataclass
class _Builder:
    """One build, from sheets to bytes."""

    config: BookletConfig
    setting: Setting
    options: BuildOptions
    spool: Spool
    made: dict[str, _Made] = field(default_factory=dict)
    """By anchor."""

    def build(
        self, entries: Sequence[SourcedSheet], parts_for: Callable[[Book], Parts], out: BinaryIO
    ) -> Report:
        """Set, number, assemble."""
        book = make_book(entries, self.config)
        failures = self._set_sheets(book)
        if failures:
            kept = [e for e, a in zip(book.entries, book.anchors, strict=True) if a in self.made]
            if not kept:
                missing = [one for one in failures if isinstance(one, MissingGlyphError)]
                raise gather_missing(missing) or failures[0]
            book = make_book(kept, self.config)
        self._typesetter = Typesetter(self.setting.fonts)
        self._dresser = Dresser(self.setting, self._typesetter, totals=self.config.numbers.total)
        pieces = pieces_of(book)
        facts = [self.made[anchor].part.facts for anchor in book.anchors]
        pages, unsettled = settle(book, pieces, parts_for(book), facts, self._set)
        records = self._assemble(book, pieces, pages, out)
        found = [one for piece in pieces for one in self._found(book, piece)]
        parts = {piece.anchor: self.made[piece.anchor].part for piece in pieces}
        return Report(
            book,
            tuple(records),
            (*doubts(book), *found, *unsettled),
            tuple(failures),
            tuple(pieces),
            parts,
        )

    # -- sheets

    def _set_sheets(self, book: Book) -> list[GyomuError]:
        """Set what is not in the cache; what is refused, in order."""
        failures: list[GyomuError] = []
        for index, outcome in enumerate(set_sheets(book, self.setting, self.options)):
            if outcome.part is None:
                error = outcome.error or GyomuError("unknown")
                entry = book.entries[index]
                located = error.within(Place(file=entry.file, sheet=entry.sheet.label))
                if not self.options.keep_going:
                    raise located
                failures.append(located)
            else:
                self.made[book.anchors[index]] = self._kept(outcome.part, outcome)
            self.options.progress(index + 1, len(book.sheets))
        return failures

    def _set(self, piece: Piece, section: Section) -> int:
        """Set a part; the number of its pages."""
        own = bound(section, self.setting)
        cache = self.options.cache
        key = part_key(self._digest, own, piece.anchor) if cache else ""
        known = cache.find(key) if cache else None
        structure = cache.find_structure(key) if cache and known else b""
        if known is not None and known.part is not None and structure:
            part, known = known.part, known._replace(structure=structure)
        else:
            part, encoded = set_section(own, piece.anchor, self._typesetter, self.setting)
            known = packed(part, encoded)
            if cache:
                cache.keep(key, known)
        self.made[piece.anchor] = self._kept(part, known)
        return part.facts.pages

    def _kept(self, part: SetPart, outcome: Outcome) -> _Made:
        encoded, structure = map(self.spool.put, (outcome.encoded, outcome.structure))
        return _Made(part, encoded, structure, outcome.key)

    @cached_property
    def _digest(self) -> str:
        return self.setting.digest()

    # -- the whole

    def _assemble(
        self, book: Book, pieces: list[Piece], pages: list[BookPage], out: BinaryIO
    ) -> list[PageRecord]:
        assembly = Assembly(out, self.setting.fonts, pdf_options(book, self.setting), BLOCK)
        records = []
        for piece, own in by_piece(pieces, pages):
            made = self.made[piece.anchor]
            encoded: EncodedPart = load(self.spool.get(made.encoded))
            numbered = [page for page in own if page.page is not None]
            assembly.add(
                _with_bookmarks(encoded, piece),
                self._dresser.dress(made.part, numbered),
                partial(self._placed, book, piece, encoded),
            )
            for page in numbered:
                number = page.page or 0
                records.append(
                    PageRecord(
                        page.label,
                        piece.anchor,
                        number,
                        made.part.digests[number],
                        piece.name,
                        page.total,
                    )
                )
            for page in own[len(numbered) :]:
                blank = blank_page(made.part.page, self.setting.fonts)
                assembly.add(blank, [Dressing(page.label)])
                records.append(PageRecord(page.label, "", 0, "", "", page.total))
        assembly.finish(dump_manifest(manifest_of(book, pieces, records)))
        return records

    def _placed(
        self, book: Book, piece: Piece, encoded: EncodedPart, base: int
    ) -> Sequence[ObjectStream]:
        """The structure of a part for its place in the file, kept for the next build."""
        made = self.made[piece.anchor]
        cache = self.options.cache if made.key else None
        streams = cache.find_placed(made.key, base) if cache else None
        if streams is None:
            structure = self.spool.get(made.structure)
            if cache and not structure:
                structure = cache.find_structure(made.key) or self._set_again(book, piece, cache)
            streams = place_structure(replace(encoded, structure=load(structure)), base)
            if cache:
                cache.keep_placed(made.key, base, streams)
        return streams

    def _set_again(self, book: Book, piece: Piece, cache: Cache) -> bytes:
        """The structure of a sheet that the cache has lost since it was looked up; kept again."""
        outcome = SheetSetter(self.setting).outcome(book.sheet_at(piece.position))
        key = self.made[piece.anchor].key
        cache.keep(key, outcome._replace(key=key))
        return outcome.structure

    def _found(self, book: Book, piece: Piece) -> list[Diagnostic]:
        found = self.made[piece.anchor].part.found
        file = book.entries[piece.position].file if piece.kind == "sheet" else ""
        return [one.within(Place(file=file)) for one in found]


def _with_bookmarks(encoded: EncodedPart, piece: Piece) -> EncodedPart:
    """The part with its bookmarks moved down to its level, and that of the part it opens."""
    moved = [one._replace(level=one.level + piece.level - 1) for one in encoded.bookmarks]
    if piece.opens:
        moved.insert(0, encode_bookmark(1, piece.opens, encoded.pages[0].height))
    return replace(encoded, bookmarks=tuple(moved))


def pdf_options(book: Book, setting: Setting, title: str = "") -> PdfOptions:
    """What the PDF of a booklet says about itself; `title` is that of the booklet or another."""
    config = book.config
    title = f"{config.city} {title or config.title} {book.year.label('long')}".strip()
    return PdfOptions(
        title=title, author=config.publisher, subject=config.subtitle, date=setting.date
    )
