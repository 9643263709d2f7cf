"""Sheets set and encoded, one by one, in this process or in others.

In: a `Setting` (form, fonts, how the book is printed) and sheets. Out: of each a `SetPart`, which
says what the book must know of it, and its `EncodedPart`. They do not depend on where a sheet
stands in the book, so they can be made anywhere and kept.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from gyomu_docs.booklet.book import BookSheet, SheetFacts
from gyomu_docs.errors import Diagnostic, GyomuError, MissingGlyphError, gather_missing
from gyomu_docs.gaiji import Gaiji
from gyomu_docs.layout import Form, Resolver
from gyomu_docs.layout.tree import Binding, Document, Edges, PageSetup, Section
from gyomu_docs.typeset.coverage import missing_glyphs
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.typeset.furniture import PageNumbers, page_shift
from gyomu_docs.typeset.pages import Anchor, Artifact, Element, Page, PagedDocument
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.units import Length, mm
from gyomu_docs.writers.pdf import NO_STRUCTURE, EncodedPart, encode, encode_overlay

_NO_NUMBER: PageNumbers = {"page": "", "pages": ""}
_LONG_NUMBER: PageNumbers = {"page": "9999", "pages": "9999"}
"""Heads that have no room beside it are told, before the number is known."""
LEAST_MARGIN = mm(8)
"""No binding takes more of a margin. Copiers leave 5 mm blank at the edges of the paper, and of
a book that is glued (無線綴じ) another 3 mm are cut off."""


@dataclass(frozen=True)
class Setting:
    """All that the pages of a sheet depend on, beside the sheet. Travels to worker processes."""

    form: Form
    fonts: FontSet
    version: str
    """Of this program and of what its bytes depend on."""
    binding: Binding
    gutter: Length
    mirrored: bool
    gaiji: Gaiji | None = None
    """The 外字 of the configuration."""
    date: str = ""
    """Of the file (ISO 8601), or empty; no page depends on it."""

    def digest(self) -> str:
        """The same for settings that give the same pages."""
        parts = [self.version, self.binding, str(self.gutter), str(self.mirrored)]
        parts.append(self.form.model_dump_json())
        parts.append(repr(sorted(self.gaiji.mapping.items())) if self.gaiji else "")
        fallbacks = [(name, one.path) for name, one in self.fonts.fallbacks.items()]
        for name, path in (*self.fonts.files.items(), *fallbacks):
            size = path.stat().st_size if path.is_file() else -1
            parts.append(f"{name}:{path.name}:{size}")
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SetPart:
    """A part of the book as far as it can be without its place there."""

    page: PageSetup
    title: str
    """As messages name it."""
    facts: SheetFacts
    digests: tuple[str, ...]
    """Of what is printed on each page but for its number, to see what changed between two books."""
    found: tuple[Diagnostic, ...]


class SheetSetter:
    """Sets sheets; keep one for many."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._resolver = Resolver(setting.form)
        self._typesetter = Typesetter(setting.fonts)

    def set(self, sheet: BookSheet) -> tuple[SetPart, EncodedPart]:
        """Set one sheet. Raises MissingGlyphError with the places of all such characters."""
        section, left_out = self.section(sheet)
        try:
            part, encoded = set_section(section, sheet.anchor, self._typesetter, self._setting)
        except MissingGlyphError as error:
            document = Document(section.title, (section,))
            raise gather_missing(missing_glyphs(document, self._setting.fonts)) or error from None
        return replace(part, found=(*left_out, *part.found)), encoded

    def section(self, placed: BookSheet) -> tuple[Section, list[Diagnostic]]:
        """One sheet laid out for the book, and what the form leaves out of it."""
        sheet = placed.sheet
        document, left_out = self._resolver.resolve(sheet)
        if placed.unit:
            # The heads say whose sheet it is; the sheet itself stays as its section wrote it.
            named = sheet.model_copy(update={"department": placed.unit})
            page = self._resolver.page(named, sheet.fiscal_year)
            (section,) = document.sections
            document = replace(document, sections=(replace(section, page=page),))
        if self._setting.gaiji:
            document, replaced = self._setting.gaiji.replace(document)
            left_out = [*left_out, *replaced]
        return bound(document.sections[0], self._setting), left_out

    def outcome(self, sheet: BookSheet) -> Outcome:
        """What becomes of one sheet."""
        try:
            part, encoded = self.set(sheet)
        except GyomuError as error:
            return Outcome(None, error=error)
        return packed(part, encoded)


def bound(section: Section, setting: Setting) -> Section:
    """The section with room for the binding of the book, whatever its form says of one.

    A gutter at the left moves the page as far as the right margin allows, since tables are as wide
    as they are (those of a form that is bound at the left leave room for it already); one at the
    top makes the page lower.
    """
    page = section.page
    top, right, bottom, left = page.margins
    head = page.header_distance
    gutter = setting.gutter if setting.binding != "none" else 0
    if page.binding == "top":
        top, head = top - page.gutter, head - page.gutter
    if setting.binding == "top":
        top, head = top + gutter, head + gutter
    own = page.gutter if page.binding == "left" else 0
    if setting.binding == "left":
        gutter = max(min(gutter, own + right - LEAST_MARGIN), 0)
        left, right = left - own + gutter, right + own - gutter
    else:
        left, right = left - own + own // 2, right + own // 2
    margins = Edges(top, right, bottom, left)
    changed = replace(
        page,
        margins=margins,
        header_distance=head,
        binding=setting.binding,
        gutter=gutter,
        mirrored=setting.mirrored,
    )
    return replace(section, page=changed)


def set_section(
    section: Section, anchor: str, typesetter: Typesetter, setting: Setting
) -> tuple[SetPart, EncodedPart]:
    """Set a section as a part of the book."""
    paged, found = paginate_part(section, anchor, typesetter)
    part = encode(paged, setting.fonts)
    plain, widest = typesetter.dress(section.page, section.title, (_NO_NUMBER, _LONG_NUMBER))
    digests = tuple(_digests(section.page, plain[0], part, setting.fonts))
    found += [one for one in widest[1] if one not in found]
    # Rows have the same names on all sheets.
    records = {sys.intern(record): page for record, page in paged.records}
    facts = SheetFacts(len(paged.pages), records)
    return SetPart(section.page, section.title, facts, digests, tuple(found)), part


def paginate_part(
    section: Section, anchor: str, typesetter: Typesetter
) -> tuple[PagedDocument, list[Diagnostic]]:
    """The pages of a part without heads and numbers; each has an anchor (`page_anchor`)."""
    paged, found = typesetter.paginate(Document(section.title, (section,)), bare=True)
    anchors = tuple(
        Anchor(page_anchor(anchor, number), number, 0) for number in range(len(paged.pages))
    )
    return replace(paged, anchors=anchors), found


def _digests(
    setup: PageSetup, artifacts: tuple[Artifact, ...], part: EncodedPart, fonts: FontSet
) -> Iterator[str]:
    """Of each page, with heads that have no number yet.

    Operators as they are drawn, not as some version of zlib packs them, so that pages compare
    between versions of this program.
    """
    heads = encode_overlay(setup.width, setup.height, artifacts, fonts)
    shifts = repr([page_shift(setup, number) for number in (1, 2)])
    common = shifts.encode() + heads.content
    for page in part.pages:
        digest = hashlib.blake2b(common, digest_size=12)
        digest.update(f"{page.width} {page.height} ".encode())
        digest.update(zlib.decompress(page.content))
        yield digest.hexdigest()


def page_anchor(anchor: str, page: int) -> str:
    """The anchor of a page of a part, by its index in it."""
    return anchor if page == 0 else f"{anchor}-{page + 1}"


def blank_page(setup: PageSetup, fonts: FontSet) -> EncodedPart:
    """A part of one empty page, of the paper of another."""
    page = Page(setup.width, setup.height, "", (), (), (), ())
    return encode(PagedDocument("", (page,), (Element("Document", -1),), ()), fonts)


# -- in worker processes


class Task(NamedTuple):
    """Some sheets to be set with one setting."""

    setting: bytes
    """Pickled, so that a worker makes a setter once for all its tasks."""
    sheets: tuple[BookSheet, ...]


class Outcome(NamedTuple):
    """What became of one sheet: it is set, or it was refused."""

    part: SetPart | None
    encoded: bytes = b""
    """The `EncodedPart` without its structure, pickled: it is needed only when the book is put
    together."""
    structure: bytes = b""
    """Its structure, four fifths of all: not even then, where it was placed before. Empty out of a
    cache, which gives it by itself."""
    error: GyomuError | None = None
    key: str = ""
    """Under which it is kept; empty without a cache."""


def packed(part: SetPart, encoded: EncodedPart) -> Outcome:
    """The outcome of a sheet or another part that is set."""
    bare = replace(encoded, structure=NO_STRUCTURE)
    return Outcome(
        part, pickle.dumps(bare, protocol=5), pickle.dumps(encoded.structure, protocol=5)
    )


def run(task: Task) -> list[Outcome]:
    """Set the sheets of a task. Called in worker processes: everything here can be pickled."""
    if _own.setter is None or _own.setting != task.setting:
        _own.setter, _own.setting = SheetSetter(pickle.loads(task.setting)), task.setting
    return [_own.setter.outcome(sheet) for sheet in task.sheets]


class _Own(threading.local):
    """Of each thread: a typesetter is not made for several at once."""

    setting = b""
    setter: SheetSetter | None = None


_own = _Own()
