"""One `PagedDocument` as an `EncodedPart`: all that does not depend on the rest of the PDF.

Pure and picklable, so worker processes may encode the parts of a booklet; `assemble` puts the
parts together in order, with the same bytes however many processes there were.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gyomu_docs.layout.tree import Attachment
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.typeset.pages import PagedDocument
from gyomu_docs.units import Length
from gyomu_docs.writers.pdf.content import ContentWriter
from gyomu_docs.writers.pdf.glyphs import Usage
from gyomu_docs.writers.pdf.structure import (
    Template,
    check_elements,
    children_of_document,
    encode_structure,
)
from gyomu_docs.writers.pdf.syntax import deflate, number, text_string


class EncodedPage(NamedTuple):
    """A page without its object numbers."""

    width: Length
    height: Length
    label: str
    content: bytes
    """The content stream, deflated."""


class EncodedBookmark(NamedTuple):
    """An outline entry whose page is an index in its part."""

    level: int
    title: str
    """As a PDF text string."""
    page: int
    top: str
    """Height on the page in points, from its bottom edge, as a PDF number."""


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

    Its objects are numbered from 0: the pages, their content streams, then those of `structure`.
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


def encode(part: PagedDocument, fonts: FontSet) -> EncodedPart:
    """Encode the pages and the structure of a part.

    Raises `MissingGlyphError` for a character that its font lacks, `FontError` for a font that
    cannot be used, and ValueError for content or a tree that typesetting must not make.
    """
    check_elements(part.elements)
    writer = ContentWriter(fonts, [element.kind for element in part.elements])
    pages, marks = [], []
    for page in part.pages:
        content, marked = writer.draw_page(page)
        pages.append(EncodedPage(page.width, page.height, page.label, deflate(content)))
        marks.append(marked)
    return EncodedPart(
        metadata=Metadata(part.title, part.author, part.subject, part.language, part.date),
        pages=tuple(pages),
        structure=encode_structure(part.elements, marks),
        top_elements=tuple(children_of_document(part.elements, len(pages))),
        object_count=3 * len(pages) + max(len(part.elements) - 1, 0),
        glyphs=writer.usage(),
        bookmarks=tuple(_encode_outline(part)),
        attachments=tuple(map(_encode_attachment, part.attachments)),
    )


def _encode_outline(part: PagedDocument) -> list[EncodedBookmark]:
    bookmarks = []
    for level, title, page, y in part.outline:
        if not 0 <= page < len(part.pages):
            raise ValueError(f"the outline names page {page} of {len(part.pages)}")
        _, down = part.pages[page].shift
        top = number((part.pages[page].height - y - down) / 1000)
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
