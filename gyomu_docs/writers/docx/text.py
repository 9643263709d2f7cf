"""Texts of cells, headings and notes as paragraphs.

A paragraph names its style and says no more, except where the look depends on the text: a label
that is spread (均等割付), a number whose decimal point stands below the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gyomu_docs.layout.tree import Cell, Entry, Heading, Paragraph, Revision, Span, Style
from gyomu_docs.units import Length
from gyomu_docs.writers.docx.measures import half_ems, spread_margin
from gyomu_docs.writers.docx.revisions import Revisions
from gyomu_docs.writers.docx.styles import (
    StyleSheet,
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

    def __init__(self, styles: StyleSheet, revisions: Revisions | None = None) -> None:
        self._styles = styles
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
        parts = []
        for text in cell.texts:
            look = own_look(text, cell, width, tails)
            runs = self.runs(text, style)
            if mark and text:
                runs, mark = mark + runs, ""
            parts.append(f"{opening}{look}</w:pPr>{runs}</w:p>")
        return "".join(parts)

    def opening(self, style: Style, *, keep: bool) -> str:
        """The beginning of a paragraph of that style, its properties still open."""
        key = (id(style), keep)
        known = self._openings.get(key)
        if known is None:
            kept = "<w:keepNext/>" if keep else ""
            id_ = self._styles.id_of(style)
            known = self._openings[key] = f'{OPENING}<w:pStyle w:val="{id_}"/>{kept}'
        return known

    def runs(self, text: str, style: Style, revision: Revision = "") -> str:
        """The runs of a text in a cell."""
        element = _ELEMENTS[revision]
        made = (
            self._vertical_runs(text, style, element)
            if style.vertical
            else run(text, element=element)
        )
        return self._revisions.around(revision, made) if revision else made

    def heading(self, heading: Heading, revision: Revision = "") -> str:
        """A heading, with its outline level and the look of its style.

        Its `revision` is that of its section, if it has none itself.
        """
        id_ = self._styles.heading(heading.level)
        opening = f'{OPENING}<w:pStyle w:val="{id_}"/>{paragraph_properties(heading.style)}'
        return self._flowing(heading, opening, run_properties(heading.style), revision)

    def paragraph(self, paragraph: Paragraph, revision: Revision = "") -> str:
        """Running text outside of a grid; its padding is its own."""
        look = paragraph_properties(paragraph.style)
        opening = self.opening(paragraph.style, keep=False)
        return self._flowing(paragraph, f"{opening}{look}", "", revision)

    def _flowing(
        self, block: Heading | Paragraph, opening: str, look: str, revision: Revision
    ) -> str:
        """A text outside of a grid; what changed in it is tracked, or all of it."""
        revision = block.revision or revision
        spans = (Span(block.text, revision),) if revision else block.spans or (Span(block.text),)
        runs = "".join(
            self._revisions.around(tracked(span), run(span.text, look, _ELEMENTS[tracked(span)]))
            for span in spans
        )
        mark = self._revisions.of_paragraph(revision)
        return f"{opening}{mark}</w:pPr>{runs}</w:p>"

    def entry(self, entry: Entry, width: Length) -> str:
        """A line of contents or an index: dots up to the page numbers at the right end."""
        end = twips(width - entry.style.padding.right)
        tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{end}"/></w:tabs>'
        opening = self.opening(entry.style, keep=not entry.references)
        pages = "、".join(reference.label for reference in entry.references)
        tail = f"<w:r><w:tab/></w:r>{run(pages)}" if pages else ""
        return f"{opening}{tab}</w:pPr>{run(entry.text)}{tail}</w:p>"

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
