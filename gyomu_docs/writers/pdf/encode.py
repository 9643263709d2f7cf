"""One `PagedDocument` as an `EncodedPart`: all that does not depend on the rest of the PDF.

Pure and picklable, so worker processes may encode the parts of a booklet; `assemble` puts the
parts together in order, with the same bytes however many processes there were.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gyomu_docs.layout.tree import Attachment
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.typeset.pages import Artifact, Link, Page, PagedDocument
from gyomu_docs.units import Length
from gyomu_docs.writers.pdf.content import ContentWriter
from gyomu_docs.writers.pdf.glyphs import Usage
from gyomu_docs.writers.pdf.structure import (
    Template,
    check_elements,
    children_of_document,
    encode_structure,
)
from gyomu_docs.writers.pdf.syntax import deflate, text_string


class EncodedLink(NamedTuple):
    """A link annotation without its object numbers."""

    number: int
    """Of the annotation, in its part."""
    element: int
    """Number of its structure element, in its part."""
    box: tuple[Length, Length, Length, Length]
    """Left, bottom, right and top on the page, measured from its lower left corner."""
    target: str
    text: str
    """What is said of it. An index has tens of thousands: it becomes a PDF string late."""


class EncodedPage(NamedTuple):
    """A page without its object numbers."""

    width: Length
    height: Length
    label: str
    content: bytes
    """The content stream, deflated."""
    links: tuple[EncodedLink, ...] = ()


class EncodedAnchor(NamedTuple):
    """A named destination whose page is an index in its part."""

    name: str
    page: int
    top: Length
    """Height on the page, from its bottom edge."""


class EncodedOverlay(NamedTuple):
    """What is laid over a page when its place in a book is known: running heads and number."""

    content: bytes
    """A content stream as it is: so short a one would gain nothing deflated but time lost."""
    glyphs: Usage


class EncodedBookmark(NamedTuple):
    """An outline entry whose page is an index in its part."""

    level: int
    title: str
    """As a PDF text string."""
    page: int
    top: Length
    """Height on the page, from its bottom edge."""


class EncodedAttachment(NamedTuple):
    """A file to embed."""

    name: str
    media_type: str
    description: str
    size: int
    data: bytes
    """Deflated."""


class Metadata(NamedTuple):
    """What a PDF says about itself."""

    title: str
    author: str
    subject: str
    language: str
    date: str


@dataclass(frozen=True, slots=True)
class EncodedPart:
    """The pages of one `PagedDocument`, ready to be assembled.

    Its objects are numbered from 0: the pages, their content streams, those of `structure`, the
    annotations of links.
    """

    metadata: Metadata
    pages: tuple[EncodedPage, ...]
    structure: Template
    top_elements: tuple[int, ...]
    """Numbers of the elements under the Document element that all parts share."""
    object_count: int
    glyphs: Usage
    bookmarks: tuple[EncodedBookmark, ...]
    attachments: tuple[EncodedAttachment, ...]
    anchors: tuple[EncodedAnchor, ...] = ()


def encode(part: PagedDocument, fonts: FontSet) -> EncodedPart:
    """Encode the pages and the structure of a part.

    Raises `MissingGlyphError` for a character that its font lacks, `FontError` for a font that
    cannot be used, and ValueError for content or a tree that typesetting must not make.
    """
    check_elements(part.elements)
    writer = ContentWriter(fonts, [element.kind for element in part.elements])
    pages, marks = [], []
    places: list[tuple[int, int]] = []
    first = 3 * len(part.pages) - 1  # the number of element 1 less one, see `encode_structure`
    for index, page in enumerate(part.pages):
        content, marked = writer.draw_page(page)
        links = tuple(
            _encode_link(link, page, first + len(part.elements) + len(places) + offset, first)
            for offset, link in enumerate(page.links)
        )
        places += [(index, link.element) for link in page.links]
        pages.append(EncodedPage(page.width, page.height, page.label, deflate(content), links))
        marks.append(marked)
    return EncodedPart(
        metadata=Metadata(part.title, part.author, part.subject, part.language, part.date),
        pages=tuple(pages),
        structure=encode_structure(part.elements, marks, places),
        top_elements=tuple(children_of_document(part.elements, len(pages))),
        object_count=3 * len(pages) + max(len(part.elements) - 1, 0) + len(places),
        glyphs=writer.usage(),
        bookmarks=tuple(_encode_outline(part)),
        attachments=tuple(map(_encode_attachment, part.attachments)),
        anchors=tuple(_encode_anchors(part)),
    )


def encode_overlay(
    width: Length, height: Length, artifacts: tuple[Artifact, ...], fonts: FontSet
) -> EncodedOverlay:
    """Encode what is laid over one page of that size. Raises as `encode` does."""
    writer = ContentWriter(fonts, ())
    content, _ = writer.draw_page(Page(width, height, "", (), (), artifacts, ()))
    return EncodedOverlay(content, writer.usage())


def encode_bookmark(level: int, title: str, top: Length) -> EncodedBookmark:
    """An outline entry that leads to a height on the first page of a part."""
    return EncodedBookmark(level, text_string(title), 0, top)


def _encode_link(link: Link, page: Page, number: int, first: int) -> EncodedLink:
    element, x, y, width, height, target, text = link
    right, down = page.shift
    left, bottom = x + right, page.height - y - down - height
    box = (left, bottom, left + width, bottom + height)
    return EncodedLink(number, first + element, box, target, text)


def _encode_anchors(part: PagedDocument) -> list[EncodedAnchor]:
    anchors = []
    for name, page, y in part.anchors:
        if not 0 <= page < len(part.pages):
            raise ValueError(f"anchor {name!r} is on page {page} of {len(part.pages)}")
        _, down = part.pages[page].shift
        anchors.append(EncodedAnchor(name, page, part.pages[page].height - y - down))
    return anchors


def _encode_outline(part: PagedDocument) -> list[EncodedBookmark]:
    bookmarks = []
    for level, title, page, y in part.outline:
        if not 0 <= page < len(part.pages):
            raise ValueError(f"the outline names page {page} of {len(part.pages)}")
        _, down = part.pages[page].shift
        top = part.pages[page].height - y - down
        bookmarks.append(EncodedBookmark(level, text_string(title), page, top))
    return bookmarks


def _encode_attachment(attachment: Attachment) -> EncodedAttachment:
    return EncodedAttachment(
        attachment.name,
        attachment.media_type,
        attachment.description,
        len(attachment.data),
        deflate(attachment.data),
    )
