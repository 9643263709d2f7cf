"""A `Document` to a `PagedDocument`: sections flow down the pages, then heads and feet are set."""

from __future__ import annotations

from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.tree import Document, Section
from gyomu_docs.typeset.canvas import PageCanvas, Structure
from gyomu_docs.typeset.flow import Flow
from gyomu_docs.typeset.furniture import place_furniture
from gyomu_docs.typeset.pages import PagedDocument
from gyomu_docs.typeset.texts import Fonts, TextSetter


class Typesetter:
    """Makes pages with the fonts given. Keep one for many documents: it remembers set texts."""

    def __init__(self, fonts: Fonts) -> None:
        self._setter = TextSetter(fonts)

    def paginate(self, document: Document) -> tuple[PagedDocument, list[Diagnostic]]:
        """Set a document; what was shrunk or does not fit comes beside it.

        Raises MissingGlyphError, with sheet, table, row and column, for a character without a
        glyph, and FontError for a family that is not there.
        """
        structure = Structure()
        found: list[Diagnostic] = []
        pages: list[tuple[PageCanvas, Section]] = []
        for section in document.sections:
            flow = Flow(section, self._setter, structure, len(pages), found)
            flow.run()
            pages += [(page, section) for page in flow.pages]
        cut: dict[Diagnostic, None] = {}
        for number, (page, section) in enumerate(pages, 1):
            cut |= dict.fromkeys(place_furniture(page, section, number, len(pages), self._setter))
        found += cut
        paged = PagedDocument(
            title=document.title,
            pages=tuple(page.finish(str(number)) for number, (page, _) in enumerate(pages, 1)),
            elements=tuple(structure.elements),
            outline=tuple(structure.outline),
            author=document.author,
            subject=document.subject,
            language=document.language,
            date=document.date,
            attachments=document.attachments,
            anchors=tuple(structure.anchors),
            records=tuple(structure.records),
        )
        return paged, found
