"""Texts of cells, headings and notes as paragraphs.

A paragraph names its style and says no more, except where the look depends on the text: a label
that is spread (均等割付), a number whose decimal point stands below the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gyomu_docs.layout.tree import (
    PARAGRAPH_END,
    Cell,
    Entry,
    Heading,
    Paragraph,
    Revision,
    Span,
    Style,
)
from gyomu_docs.units import Length
from gyomu_docs.writers.docx.measures import half_ems, spread_margin
from gyomu_docs.writers.docx.references import References
from gyomu_docs.writers.docx.revisions import Revisions
from gyomu_docs.writers.docx.styles import (
    StyleSheet,
    entry_properties,
    indents,
    paragraph_properties,
    run_properties,
)
from gyomu_docs.writers.docx.wml import run, twips

_WHOLE = re.compile("[^0-9０-９]*[0-9０-９,，]*")
"""A number up to its decimal point."""
_ERA_YEAR = "[MTSHR]元"
_ELEMENTS: dict[Revision, str] = {"": "t", "inserted": "t", "deleted": "delText"}
OPENING = "<w:p><w:pPr>"


def decimal_tail(text: str) -> int:
    """How far a number reaches to the right of its decimal point, in halves of an em."""
    match = _WHOLE.match(text)
    return half_ems(text[match.end() :]) if match else 0


class Paragraphs:
    """Makes the paragraphs of one document."""

    def __init__(
        self,
        styles: StyleSheet,
        references: References | None = None,
        revisions: Revisions | None = None,
    ) -> None:
        self._styles = styles
        self._references = references or References()
        self._revisions = revisions or Revisions()
        self._openings: dict[tuple[int, bool], str] = {}
        self._combined = 0

    def of_cell(
        self,
        cell: Cell,
        width: Length,
        *,
        keep: bool,
        mark: str = "",
        tails: Mapping[int, int] | None = None,
    ) -> str:
        """The paragraphs of a cell; at least one, since Word wants one in each cell.

        `mark` goes into the first with a text; `keep` holds them on the page of the next row;
        `tails` are the longest `decimal_tail`s of the grid's columns.
        """
        style = cell.style
        opening = self.opening(style, keep=keep)
        if not cell.texts:
            return f"{opening}</w:pPr></w:p>"
        if cell.spans:
            return self._set_off(cell.spans, opening, mark)
        parts = []
        for text in cell.texts:
            look = own_look(text, cell, width, tails)
            runs = self.runs(text, style)
            if cell.link:
                runs = self._references.link(cell.link, runs)
            if mark and text:
                runs, mark = mark + runs, ""
            parts.append(f"{opening}{look}</w:pPr>{runs}</w:p>")
        return "".join(parts)

    def _set_off(self, spans: Sequence[Span], opening: str, mark: str) -> str:
        """The paragraphs of a text of which parts are set off, each part in a run of its own."""
        paragraphs = [""]
        for span in spans:
            if span.kind == "deleted":
                continue
            look = '<w:u w:val="single"/>' if span.kind == "marked" else ""
            first, *more = (run(text, look) for text in span.text.split(PARAGRAPH_END))
            paragraphs[-1] += first
            paragraphs += more
        paragraphs[0] = mark + paragraphs[0]
        return "".join(f"{opening}</w:pPr>{runs}</w:p>" for runs in paragraphs)

    def opening(self, style: Style, *, keep: bool) -> str:
        """The beginning of a paragraph of that style, its properties still open."""
        key = (id(style), keep)
        known = self._openings.get(key)
        if known is None:
            kept = "<w:keepNext/>" if keep else ""
            id_ = self._styles.id_of(style)
            known = self._openings[key] = f'{OPENING}<w:pStyle w:val="{id_}"/>{kept}'
        return known

    def section_title(self, text: str, level: int, mark: str) -> str:
        """The heading of a section whose own title stands in a table, where none is found.

        It is for the outline and for contents; nobody sees it.
        """
        id_ = self._styles.section_title(level)
        return f'<w:p><w:pPr><w:pStyle w:val="{id_}"/></w:pPr>{mark}{run(text)}</w:p>'

    def runs(self, text: str, style: Style, revision: Revision = "") -> str:
        """The runs of a text in a cell."""
        element = _ELEMENTS[revision]
        made = (
            self._vertical_runs(text, style, element)
            if style.vertical
            else run(text, element=element)
        )
        return self._revisions.around(revision, made) if revision else made

    def heading(self, heading: Heading, level: int, mark: str = "", revision: Revision = "") -> str:
        """A heading, with an outline level and the look of its style; `mark` is a bookmark.

        Its `revision` is that of its section, if it has none itself.
        """
        id_ = self._styles.heading(level)
        opening = f'{OPENING}<w:pStyle w:val="{id_}"/>{paragraph_properties(heading.style)}'
        return self._flowing(heading, opening, run_properties(heading.style), revision, mark)

    def paragraph(self, paragraph: Paragraph, revision: Revision = "") -> str:
        """Running text outside of a grid; its padding is its own."""
        look = paragraph_properties(paragraph.style)
        opening = self.opening(paragraph.style, keep=False)
        return self._flowing(paragraph, f"{opening}{look}", "", revision)

    def _flowing(
        self,
        block: Heading | Paragraph,
        opening: str,
        look: str,
        revision: Revision,
        bookmark: str = "",
    ) -> str:
        """A text outside of a grid; what changed in it is tracked, or all of it."""
        revision = block.revision or revision
        spans = (Span(block.text, revision),) if revision else block.spans or (Span(block.text),)
        runs = "".join(
            self._revisions.around(tracked(span), run(span.text, look, _ELEMENTS[tracked(span)]))
            for span in spans
        )
        mark = self._revisions.of_paragraph(revision)
        return f"{opening}{mark}</w:pPr>{bookmark}{runs}</w:p>"

    def entry(self, entry: Entry, width: Length, *, outline: bool = False, before: str = "") -> str:
        """A line of contents or an index: dots up to the page numbers at the right end.

        In contents of the `outline` it has Word's own style of such lines, which Word uses when it
        makes the contents anew. `before` comes before its text.
        """
        references, style = entry.references, entry.style
        stop = twips(width - style.padding.right)
        opening, look = self.opening(style, keep=not references), ""
        level = self._references.level(references[0].target) if outline and references else 0
        if level:
            id_, same = self._styles.contents(level, style, stop)
            opening = f'<w:p><w:pPr><w:pStyle w:val="{id_}"/>'
            look = "" if same else run_properties(style)
        new_page = "<w:pageBreakBefore/>" if entry.new_page else ""
        if entry.breaks:  # the numbers are moved in by an em, and need no tab
            style = replace(style, indent=style.indent + style.size, first_indent=-style.size)
            properties = new_page + paragraph_properties(style)
        else:
            properties = new_page + entry_properties(style, stop)
        return f"{opening}{properties}</w:pPr>{before}{self._led(entry, look)}</w:p>"

    def _led(self, entry: Entry, look: str) -> str:
        """The text of an entry and where it leads; in contents all of it leads there."""
        text = run(entry.text, look)
        if entry.breaks:
            return text + "".join(self._broken(entry))
        if len(entry.references) == 1:
            (reference,) = entry.references
            page = self._references.page(reference)
            return self._references.link(reference.target, f"{text}<w:r><w:tab/></w:r>{page}")
        pages = (
            self._references.link(reference.target, self._references.page(reference))
            for reference in entry.references
        )
        joined = run("、").join(pages)
        return f"{text}<w:r><w:tab/></w:r>{joined}" if joined else text

    def _broken(self, entry: Entry) -> Iterator[str]:
        """The page numbers below the text of an entry, in lines that were broken already."""
        for index, reference in enumerate(entry.references):
            if index:
                yield run("、")
            if index in entry.breaks:
                yield "<w:r><w:br/></w:r>"
            yield self._references.link(reference.target, self._references.page(reference))

    def _vertical_runs(self, text: str, style: Style, element: str) -> str:
        """Runs of a vertical label: short half-width ones stand side by side (縦中横)."""
        if not style.combine:
            return run(text, element=element)
        pieces = re.split(f"({_ERA_YEAR}|[!-~]+)", text)
        return "".join(self._vertical_run(piece, style, element) for piece in pieces)

    def _vertical_run(self, piece: str, style: Style, element: str) -> str:
        half_width = piece.isascii() and len(piece) <= style.combine
        if not piece or not (half_width or re.fullmatch(_ERA_YEAR, piece)):
            return run(piece, element=element)
        self._combined += 1
        look = f'<w:eastAsianLayout w:id="{self._combined}" w:vert="1" w:vertCompress="1"/>'
        return run(piece, look, element)


def tracked(span: Span) -> Revision:
    """The change that a span is, if it is one."""
    return "" if span.kind == "marked" else span.kind


def own_look(text: str, cell: Cell, width: Length, tails: Mapping[int, int] | None = None) -> str:
    """What a paragraph of a cell says of its look beside its style, where that depends on it."""
    style = cell.style
    if style.align == "spread":
        return _spread(text, style, width)
    if style.align == "decimal" and tails and text:
        return _on_point(text, style, tails.get(cell.column, 0))
    return ""


def _spread(text: str, style: Style, width: Length) -> str:
    """均等割付 as Word has it, which fills the line; the indents keep the gaps small."""
    margin = None if style.vertical else spread_margin(text, style, width)
    if margin is None:
        return ""
    return f'{indents(style.indent + margin, margin)}<w:jc w:val="distribute"/>'


def _on_point(text: str, style: Style, longest: int) -> str:
    """The indent that puts the decimal point below those of the column.

    Word has decimal tabs for it, but LibreOffice does not follow them in a cell.
    """
    lack = longest - decimal_tail(text)
    return indents(style.indent, lack * style.size // 2) if lack > 0 else ""
