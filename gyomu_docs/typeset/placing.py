"""Set texts and measured grids put on a page: runs, fills, rules, structure elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.tree import Cell, Edges, Style
from gyomu_docs.typeset.breaks import Fragment, RowPart
from gyomu_docs.typeset.canvas import PageCanvas, RuleSet, Structure
from gyomu_docs.typeset.grids import MeasuredCell, MeasuredGrid, again_texts, fit_diagnostic
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.pages import Element, Fill, Link, Scope, TextRun
from gyomu_docs.typeset.texts import Fit, SetText, TextSetter
from gyomu_docs.typeset.underlines import underlines
from gyomu_docs.typeset.vertical import SetVertical, set_vertical
from gyomu_docs.units import Length

_SCOPES: dict[str, Scope] = {"column": "Column", "row": "Row"}


class Box(NamedTuple):
    """A rectangle on a page; y runs down."""

    x: Length
    y: Length
    width: Length
    height: Length


def place_text(
    done: SetText,
    style: Style,
    box: Box,
    setter: TextSetter,
    first: int = 0,
    last: int | None = None,
) -> list[list[TextRun]]:
    """Lines `first` to `last` of a set text in a box, as runs, one list a paragraph."""
    lines = done.lines[first:last]
    font = setter.font(style)
    height = len(lines) * done.leading
    top, right, bottom, left = style.padding
    room = box.width - left - right - style.indent
    y = box.y + top
    if style.valign == "middle":
        y += (box.height - top - bottom - height) // 2
    elif style.valign == "bottom":
        y = box.y + box.height - bottom - height
    # The em box stands in the middle of its line.
    y += (done.leading - done.size) // 2 + font.ascent * done.size // 1000
    x = box.x + left + style.indent
    name, size, color = font.name, done.size, style.color
    paragraphs: list[list[TextRun]] = []
    current = -1
    for line, indent, paragraph in lines:
        if paragraph != current:
            paragraphs.append([])
            current = paragraph
        if line.text:
            start = x + indent
            if style.align in ("right", "decimal"):
                start = x + room - done.shift - line.width
            elif style.align in ("center", "spread"):
                start = x + (room - line.width) // 2
            paragraphs[-1].append(
                TextRun(
                    start - line.head,
                    y,
                    line.text,
                    name,
                    size,
                    color,
                    False,
                    done.spacing,
                    line.kerns,
                    done.spread,
                )  # fmt: skip
            )
        y += done.leading
    return paragraphs


def place_vertical(done: SetVertical, style: Style, box: Box, font: Metrics) -> list[TextRun]:
    """The columns of a vertical label in a box, as runs in reading order."""
    top, right, bottom, left = style.padding
    room = box.height - top - bottom
    center = box.x + left + (box.width - left - right) // 2
    center += (len(done.columns) - 1) * done.pitch // 2
    name, size, color = font.name, done.size, style.color
    # From the places of runs in several directions no reader can see that they are one text.
    kinds = {run.kind for column in done.columns for run in column.runs}
    as_one = done.spread or len(kinds) > 1 or "combined" in kinds
    runs = []
    for column in done.columns:
        y = box.y + top
        if style.align in ("center", "spread"):
            y += max(room - column.height, 0) // 2
        for text, kind, down, left_end, narrow, spacing, kerns in column.runs:
            made = TextRun(
                center, y + down, text, name, size, color, False, spacing, kerns, as_one
            )  # fmt: skip
            if kind == "combined":
                baseline = made.y + font.ascent * size // 1000
                made = made._replace(x=center + left_end, y=baseline, narrow=narrow)
            else:
                made = made._replace(vertical=kind == "upright", rotated=kind == "turned")
            runs.append(made)
        center -= done.pitch
    return runs


class GridPlacer:
    """Places the fragments of one grid on their pages."""

    def __init__(
        self,
        measured: MeasuredGrid,
        x: Length,
        setter: TextSetter,
        structure: Structure,
        parent: int,
    ) -> None:
        self._measured = measured
        self._x = x
        self._setter = setter
        self._structure = structure
        self._table = structure.add(Element("Table", parent, summary=measured.grid.name))
        self._rows: dict[int, int] = {}
        self._cells: dict[tuple[int, int], int] = {}
        self._paragraphs: dict[tuple[int, int, int], int] = {}
        self._fragments = 0
        self.found: list[Diagnostic] = []

    def place(self, fragment: Fragment, page: PageCanvas, number: int, y: Length) -> Length:
        """Place header rows and a fragment with its top at `y` on page `number`; the bottom."""
        measured = self._measured
        grid = measured.grid
        parts = [RowPart(i, measured.rows[i].height) for i in range(measured.header_rows)]
        parts += fragment.parts
        tops = {}
        bottom = y
        for part in parts:
            tops[part.row] = bottom
            bottom += part.height
        box = Edges(y, self._x + measured.width, bottom, self._x)
        rules = RuleSet(grid, box)
        bottoms = {part.row: tops[part.row] + part.height for part in parts}
        again = self._fragments > 0
        if again and fragment.parts:
            self._place_open(fragment.parts[0], page, rules, tops, bottoms)
        for part in parts:
            repeated = again and part.row < measured.header_rows
            self._place_row(part, page, rules, tops, bottoms, repeated=repeated)
            row = measured.rows[part.row].row
            if part.first and not repeated:
                self._structure.bookmark(3, row.bookmark, number, tops[part.row])
                if row.record:
                    self._structure.records.append((row.record, number))
        page.rules += rules.rules()
        self._fragments += 1
        return bottom

    def _place_row(
        self,
        part: RowPart,
        page: PageCanvas,
        rules: RuleSet,
        tops: dict[int, Length],
        bottoms: dict[int, Length],
        *,
        repeated: bool,
    ) -> None:
        measured = self._measured.rows[part.row]
        top = tops[part.row]
        if not repeated:
            row_element = self._row_element(part.row)
        for number, cell in enumerate(measured.cells):
            last = part.row + cell.cell.rowspan - 1
            bottom = bottoms[part.row] if last == part.row else _last(bottoms, last)
            box = Box(self._x + cell.x, top, cell.width, bottom - top)
            if cell.cell.style.fill is not None:
                _fill(cell.cell.style.fill, box, page)
            rules.cell(box.x, top, box.x + box.width, bottom)
            if repeated:
                page.artifact("repeat", self._repeat_runs(part.row, cell, box))
                continue
            if part.lines is None:
                element = self._structure.add(_element(cell.cell, row_element))
            else:
                element = self._cell_element(part.row, number, cell.cell, row_element)
            if cell.cell.texts:
                self._place_cell(part, number, cell, box, page, element)

    def _place_open(
        self,
        first: RowPart,
        page: PageCanvas,
        rules: RuleSet,
        tops: dict[int, Length],
        bottoms: dict[int, Length],
    ) -> None:
        """Cells that span into this page from the one before: their box, and a repeated label."""
        for cell, end in self._open_cells(first):
            top = tops[first.row]
            bottom = _last(bottoms, end - 1)
            box = Box(self._x + cell.x, top, cell.width, bottom - top)
            if cell.cell.style.fill is not None:
                _fill(cell.cell.style.fill, box, page)
            rules.cell(box.x, top, box.x + box.width, bottom)
            if cell.cell.role != "data":
                page.artifact("repeat", self._runs_again(cell, box, cell.cell.style))

    def _open_cells(self, first: RowPart) -> Iterator[tuple[MeasuredCell, int]]:
        """Cells of earlier body rows that reach row `first`, with the row after their last."""
        for begin, end, cell, _ in self._measured.spans:
            if self._measured.header_rows <= begin < first.row < end:
                yield cell, end

    def _place_cell(
        self,
        part: RowPart,
        number: int,
        cell: MeasuredCell,
        box: Box,
        page: PageCanvas,
        element: int,
    ) -> None:
        style = cell.cell.style
        start, end = part.lines[number] if part.lines else (0, None)
        if part.lines:
            # The parts of a split row read on from page to page: short cells stand at the top.
            style = self._setter.top_aligned(style)
            done = not part.first and start == len(cell.set.lines)
            if done and cell.cell.role == "row":
                page.artifact("repeat", self._runs_again(cell, box, style))
        if cell.vertical:
            if part.first:
                page.mark(element, self._vertical(part.row, cell, box))
            return
        paragraphs = place_text(cell.set, style, box, self._setter, start, end)
        if cell.cell.spans:
            self._underline(cell, paragraphs, start, box, page)
        if cell.cell.link and any(paragraphs):
            element = self._linked(cell.cell, box, page, element)
        if len(cell.cell.texts) == 1:
            for runs in paragraphs:
                page.mark(element, runs)
            return
        at = cell.set.lines[start].paragraph if start < len(cell.set.lines) else 0
        for offset, runs in enumerate(paragraphs):
            if runs:
                page.mark(self._paragraph_element(part.row, number, at + offset, element), runs)

    def _underline(
        self,
        cell: MeasuredCell,
        paragraphs: list[list[TextRun]],
        start: int,
        box: Box,
        page: PageCanvas,
    ) -> None:
        """Draw the rules under what is set off in a text whose lines from `start` on stand here."""
        runs = [run for part in paragraphs for run in part]
        right = box.x + box.width - cell.cell.style.padding.right
        font = self._setter.font(cell.cell.style)
        page.rules += underlines(cell.cell.spans, cell.set.lines, start, runs, font, right)

    def _linked(self, cell: Cell, box: Box, page: PageCanvas, element: int) -> int:
        """A link over the whole cell; its text goes into an element of its own."""
        inner = self._structure.add(Element("Link", element))
        page.links.append(Link(inner, *box, cell.link, "".join(cell.texts)))
        return inner

    def _vertical(self, index: int, cell: MeasuredCell, box: Box) -> list[TextRun]:
        text = "\n".join(cell.cell.texts)
        font = self._setter.font(cell.cell.style)
        done = set_vertical(text, cell.cell.style, font, box.width, box.height)
        if done.fit:
            row = self._measured.rows[index].row
            self.found.append(
                fit_diagnostic(done.fit, done.size, self._measured.grid, row, cell.cell)
            )
        return place_vertical(done, cell.cell.style, box, font)

    def _repeat_runs(self, index: int, cell: MeasuredCell, box: Box) -> list[TextRun]:
        """A header cell on a further page; a title over the whole width says that it goes on."""
        whole = cell.cell.colspan == len(self._measured.grid.columns)
        spans_body = index + cell.cell.rowspan > self._measured.header_rows
        if whole or spans_body:
            return self._runs_again(cell, box, cell.cell.style)
        return self._runs_that_fit(cell.cell.texts, cell, cell.cell.style, box)

    def _runs_again(self, cell: MeasuredCell, box: Box, style: Style) -> list[TextRun]:
        """The label of a cell with （続き） behind it, or without where it has no room."""
        if not any(cell.cell.texts):
            return []
        continued = again_texts(self._measured.grid, cell, self._setter)
        return self._runs_that_fit(continued, cell, style, box) or self._runs_that_fit(
            cell.cell.texts, cell, style, box
        )

    def _runs_that_fit(
        self, texts: tuple[str, ...], cell: MeasuredCell, style: Style, box: Box
    ) -> list[TextRun]:
        if cell.vertical:
            font = self._setter.font(style)
            text = "\n".join(texts)
            upright = set_vertical(text.replace("\n", ""), style, font, box.width, box.height)
            if len(upright.columns) > 1:
                upright = set_vertical(text, style, font, box.width, box.height)
            return place_vertical(upright, style, box, font) if upright.fit < Fit.OVERFULL else []
        # A cell's own text is set already: a number may have been moved to its decimal point.
        own = texts is cell.cell.texts
        done = cell.set if own else self._setter.set(texts, style, box.width)
        if done.height + style.padding.top + style.padding.bottom > box.height:
            return []
        return [run for runs in place_text(done, style, box, self._setter) for run in runs]

    def _row_element(self, index: int) -> int:
        element = self._rows.get(index)
        if element is None:
            element = self._rows[index] = self._structure.add(Element("TR", self._table))
        return element

    def _cell_element(self, index: int, number: int, cell: Cell, row: int) -> int:
        """The element of a cell whose row is in parts, the same for all of them."""
        element = self._cells.get((index, number))
        if element is None:
            element = self._structure.add(_element(cell, row))
            self._cells[index, number] = element
        return element

    def _paragraph_element(self, index: int, number: int, paragraph: int, cell: int) -> int:
        key = (index, number, paragraph)
        element = self._paragraphs.get(key)
        if element is None:
            element = self._paragraphs[key] = self._structure.add(Element("P", cell))
        return element


def _last(bottoms: dict[int, Length], last: int) -> Length:
    """The bottom of row `last`, or of the last row before it that stands on this page."""
    while last not in bottoms:
        last -= 1
    return bottoms[last]


def _element(cell: Cell, row: int) -> Element:
    scope = _SCOPES.get(cell.role, "")
    return Element("TH" if scope else "TD", row, scope, cell.colspan, cell.rowspan)


def _fill(color: int, box: Box, page: PageCanvas) -> None:
    """Fill a box, together with the one before it where that is its neighbour."""
    before = page.fills[-1] if page.fills else None
    if (
        before is not None
        and before.color == color
        and (before.y, before.height) == (box.y, box.height)
        and before.x + before.width == box.x
    ):
        page.fills[-1] = before._replace(width=before.width + box.width)
    else:
        page.fills.append(Fill(*box, color))
