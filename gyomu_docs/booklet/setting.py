"""Sheets set and encoded, one by one, in this process or in others.

In: a `Setting` (form, fonts, how the book is printed) and sheets. Out: of each a `SetPart`, which
says what the book must know of it, and its `EncodedPart`. They do not depend on where a sheet
stands in the book, so they can be made anywhere and kept.
"""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from gyomu_docs.booklet.book import SheetFacts
from gyomu_docs.errors import Diagnostic, GyomuError
from gyomu_docs.gaiji import Gaiji
from gyomu_docs.layout import Form, Resolver
from gyomu_docs.layout.tree import Binding, Document, Edges, PageSetup, Section
from gyomu_docs.model import Sheet
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.typeset.pages import Anchor, Element, Page, PagedDocument
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.units import Length
from gyomu_docs.writers.pdf import EncodedPart, encode

LEAST_MARGIN = 14_173
"""5 mm, what a printer cannot reach: no binding takes more of a margin."""


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
    """Of the content of each page, to see what changed between two books."""
    found: tuple[Diagnostic, ...]


class SheetSetter:
    """Sets sheets; keep one for many."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._resolver = Resolver(setting.form)
        self._typesetter = Typesetter(setting.fonts)

    def section(self, sheet: Sheet) -> tuple[Section, list[Diagnostic]]:
        """A sheet laid out for the book, and what its form leaves out."""
        document, left_out = self._resolver.resolve(sheet)
        if self._setting.gaiji:
            document, replaced = self._setting.gaiji.replace(document)
            left_out = [*left_out, *replaced]
        return bound(document.sections[0], self._setting), left_out

    def set(self, sheet: Sheet, anchor: str) -> tuple[SetPart, EncodedPart]:
        """Set one sheet. Raises MissingGlyphError with the place of the character."""
        section, left_out = self.section(sheet)
        part, encoded = set_section(section, anchor, self._typesetter, self._setting)
        return replace(part, found=(*left_out, *part.found)), encoded


def bound(section: Section, setting: Setting) -> Section:
    """The section with room for the binding of the book, whatever its form says of one.

    A gutter at the left moves the page as far as the right margin allows, since tables are as wide
    as they are; one at the top makes the page lower.
    """
    page = section.page
    top, right, bottom, left = page.margins
    head = page.header_distance
    if page.binding == "left":
        left -= page.gutter
    elif page.binding == "top":
        top, head = top - page.gutter, head - page.gutter
    gutter = setting.gutter if setting.binding != "none" else 0
    if setting.binding == "left":
        gutter = min(gutter, max(right - LEAST_MARGIN, 0))
        left, right = left + gutter, right - gutter
    elif setting.binding == "top":
        top, head = top + gutter, head + gutter
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
    """Set a section as a part of the book; each of its pages gets an anchor (`page_anchor`)."""
    paged, found = typesetter.paginate(Document(section.title, (section,)), bare=True)
    anchors = tuple(
        Anchor(page_anchor(anchor, number), number, 0) for number in range(len(paged.pages))
    )
    part = encode(replace(paged, anchors=anchors), setting.fonts)
    digests = (hashlib.blake2b(page.content, digest_size=12).hexdigest() for page in part.pages)
    facts = SheetFacts(len(paged.pages), dict(paged.records))
    return SetPart(section.page, section.title, facts, tuple(digests), tuple(found)), part


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
    sheets: tuple[tuple[Sheet, str], ...]
    """Each with its anchor."""


class Outcome(NamedTuple):
    """What became of one sheet: it is set, or it was refused."""

    part: SetPart | None
    encoded: bytes
    """The `EncodedPart`, pickled: it is needed only when the book is put together."""
    error: GyomuError | None
    key: str = ""
    """Under which it is kept; empty without a cache."""


def run(task: Task) -> list[Outcome]:
    """Set the sheets of a task. Called in worker processes: everything here can be pickled."""
    setter = _setter(task.setting)
    return [_outcome(setter, sheet, anchor) for sheet, anchor in task.sheets]


def _outcome(setter: SheetSetter, sheet: Sheet, anchor: str) -> Outcome:
    try:
        part, encoded = setter.set(sheet, anchor)
    except GyomuError as error:
        return Outcome(None, b"", error)
    return Outcome(part, pickle.dumps(encoded, protocol=5), None)


@lru_cache(maxsize=4)
def _setter(setting: bytes) -> SheetSetter:
    return SheetSetter(pickle.loads(setting))
