"""A `Document` to a `PagedDocument`: sections flow down the pages, then heads and feet are set."""

from __future__ import annotations

from collections.abc import Iterable

from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.tree import Document, Section
from gyomu_docs.typeset.canvas import PageCanvas, Structure
from gyomu_docs.typeset.flow import Flow
from gyomu_docs.typeset.furniture import page_shift, place_furniture, set_watermark
from gyomu_docs.typeset.pages import Page, PagedDocument
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
        canvases: list[tuple[PageCanvas, Section]] = []
        for section in document.sections:
            flow = Flow(section, self._setter, structure, len(canvases), found)
            flow.run()
            canvases += [(canvas, section) for canvas in flow.pages]
        pages, cut = self._finish(canvases)
        found += cut
        paged = PagedDocument(
            title=document.title,
            pages=tuple(pages),
            elements=tuple(structure.elements),
            outline=tuple(structure.outline),
            author=document.author,
            subject=document.subject,
            language=document.language,
            date=document.date,
            attachments=document.attachments,
        )
        return paged, found

    def _finish(
        self, canvases: list[tuple[PageCanvas, Section]]
    ) -> tuple[list[Page], Iterable[Diagnostic]]:
        """The pages with what depends on their numbers; messages that repeat are told once."""
        pages = []
        found: dict[Diagnostic, None] = {}
        marked, stamp = None, None
        for number, (canvas, section) in enumerate(canvases, 1):
            if section is not marked:
                marked, stamp = section, set_watermark(section, self._setter)
            cut = place_furniture(canvas, section, number, len(canvases), self._setter)
            found |= dict.fromkeys(cut)
            pages.append(canvas.finish(str(number), stamp, page_shift(section.page, number)))
        return pages, found
