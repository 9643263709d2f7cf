"""A `Document` to a `PagedDocument`: sections flow down the pages, then heads and feet are set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from gyomu_docs.collector import rare_collections
from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.tree import Document, PageSetup, Section
from gyomu_docs.typeset.canvas import PageCanvas, Structure
from gyomu_docs.typeset.coverage import ignored_sequences
from gyomu_docs.typeset.cutting import CutSection, cut_section
from gyomu_docs.typeset.fitting import fit_section
from gyomu_docs.typeset.flow import Flow, TrialFlow
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.typeset.furniture import PageNumbers, RunningHeads, page_shift, set_watermark
from gyomu_docs.typeset.grid_pieces import SetStyles
from gyomu_docs.typeset.pages import Artifact, Page, PagedDocument
from gyomu_docs.typeset.runs import split_fonts, split_page
from gyomu_docs.typeset.texts import Fonts, TextSetter


class Typesetter:
    """Makes pages with the fonts given. Keep one for many documents: it remembers set texts."""

    def __init__(self, fonts: Fonts) -> None:
        self._setter = TextSetter(fonts)
        self._styles = SetStyles()
        self._fonts = fonts

    def paginate(
        self, document: Document, *, bare: bool = False
    ) -> tuple[PagedDocument, list[Diagnostic]]:
        """Set a document; what was shrunk or does not fit comes beside it.

        A `bare` document is a part of a book: its pages have no heads and feet yet (`dress` makes
        them) and are not moved for the binding, since their numbers are not known.
        Raises MissingGlyphError, with sheet, table, row and column, for a character without a
        glyph, and FontError for a family that is not there.
        """
        with rare_collections():
            return self._paginate(document, bare)

    def dress(
        self, setup: PageSetup, title: str, pages: Iterable[PageNumbers]
    ) -> Iterator[tuple[tuple[Artifact, ...], list[Diagnostic]]]:
        """Head and foot of each page of a part of a book."""
        heads = RunningHeads(setup, title, self._setter)
        for numbers in pages:
            canvas = PageCanvas(setup.width, setup.height)
            found = heads.place(canvas, numbers)
            made = canvas.finish("")
            if isinstance(self._fonts, FontSet):
                made = split_page(made, self._fonts.chains)
            yield made.artifacts, found

    def _paginate(self, document: Document, bare: bool) -> tuple[PagedDocument, list[Diagnostic]]:
        structure = Structure()
        found: list[Diagnostic] = []
        canvases: list[tuple[PageCanvas, Section]] = []
        for section in document.sections:
            flow = self._flow(section, structure, len(canvases))
            found += flow.found
            canvases += [(canvas, section) for canvas in flow.pages]
        pages, cut = self._finish(canvases, bare)
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
            anchors=tuple(structure.anchors),
            records=tuple(structure.records),
        )
        if isinstance(self._fonts, FontSet):
            paged, ignored = split_fonts(paged, self._fonts.chains)
            found += ignored_sequences(document, self._fonts) if ignored else []
        return paged, found

    def fit(self, document: Document) -> tuple[Document, list[Diagnostic]]:
        """The document with the sections squeezed that are to fit on fewer pages.

        `paginate` does so by itself; this is for writers whose host breaks the pages.
        """
        fitted = [self._fitted(section) for section in document.sections]
        sections = tuple(section for section, _ in fitted)
        return replace(document, sections=sections), [one for _, found in fitted for one in found]

    def cut(self, section: Section, name_page: Callable[[int], str]) -> CutSection:
        """The section cut at the page breaks that `paginate` finds, fitted.

        For writers whose host breaks the pages; `name_page` gives the anchor of a page by its
        index. Raises as `paginate` does.
        """
        with rare_collections():
            made = cut_section(section, self._setter, self._styles, name_page)
            if section.fit is None or made.pages <= section.fit.pages:
                return made
            squeezed, said = fit_section(section, section.fit, made.pages, self._count)
            made = cut_section(squeezed, self._setter, self._styles, name_page)
            return replace(made, found=(said, *made.found))

    def _fitted(self, section: Section) -> tuple[Section, list[Diagnostic]]:
        if section.fit is None:
            return section, []
        pages = self._count(section)
        if pages <= section.fit.pages:
            return section, []
        squeezed, said = fit_section(section, section.fit, pages, self._count)
        return squeezed, [said]

    def _count(self, section: Section) -> int:
        return len(TrialFlow(section, self._setter).run().pages)

    def _flow(self, section: Section, structure: Structure, first_page: int) -> Flow:
        """The pages of a section, fitted."""
        mark = structure.mark()
        flow = Flow(section, self._setter, structure, first_page).run()
        if section.fit is None or len(flow.pages) <= section.fit.pages:
            return flow
        structure.rewind(mark)
        squeezed, said = fit_section(section, section.fit, len(flow.pages), self._count)
        flow = Flow(squeezed, self._setter, structure, first_page).run()
        flow.found.insert(0, said)
        return flow

    def _finish(
        self, canvases: list[tuple[PageCanvas, Section]], bare: bool
    ) -> tuple[list[Page], Iterable[Diagnostic]]:
        """The pages with what depends on their numbers; messages that repeat are told once."""
        pages = []
        found: dict[Diagnostic, None] = {}
        marked, stamp, heads = None, None, None
        for number, (canvas, section) in enumerate(canvases, 1):
            if section is not marked:
                marked, stamp, heads = section, set_watermark(section, self._setter), None
            if bare:
                pages.append(canvas.finish("", stamp))
                continue
            heads = heads or RunningHeads(section.page, section.title, self._setter)
            cut = heads.place(canvas, {"page": str(number), "pages": str(len(canvases))})
            found |= dict.fromkeys(cut)
            pages.append(canvas.finish(str(number), stamp, page_shift(section.page, number)))
        return pages, found
