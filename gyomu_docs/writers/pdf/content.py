"""A page's items as the operators of its content stream (ISO 32000-1, 8 and 9).

Operators are written directly: a page of 600 texts takes 1 ms so, and 5 ms through a Canvas.
One matrix scales thousandths of a point to points, so every coordinate is a whole number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import dropwhile, takewhile
from math import cos, radians, sin

from gyomu_docs.typeset.fonts import FontSet, is_joiner
from gyomu_docs.typeset.pages import Artifact, Fill, Marked, Page, Rule, Stamp, TextRun
from gyomu_docs.units import Length
from gyomu_docs.writers.pdf.glyphs import GlyphTable, Usage, glyph_table
from gyomu_docs.writers.pdf.syntax import number, text_string

_WATERMARK = "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC"
_LAYOUT = "/Artifact<</Type/Layout>>BDC"
_ARTIFACTS = {
    "header": "/Artifact<</Type/Pagination/Subtype/Header>>BDC",
    "footer": "/Artifact<</Type/Pagination/Subtype/Footer>>BDC",
    "repeat": "/Artifact<</Type/Pagination>>BDC",
    "leader": _LAYOUT,
}


class ContentWriter:
    """Draws the pages of one part, and keeps account of the glyphs that they use."""

    def __init__(self, fonts: FontSet, kinds: Sequence[str]) -> None:
        """`kinds` are the structure types of the part's elements."""
        self._fonts = fonts
        self._kinds = kinds
        self._texts: dict[tuple[str, bool], list[str]] = {}

    def draw_page(self, page: Page) -> tuple[bytes, list[int]]:
        """Return the content stream, and of each MCID on the page the index of its element.

        Raises ValueError for content of an element that the part does not have.
        """
        marks = _Marks(self._kinds)
        groups: list[Marked | Artifact] = [*page.content, *page.artifacts]
        ink = page.fills[-1].color if page.fills else 0
        operators = self._draw_stamp(page.stamp, page.height) if page.stamp else []
        operators.append(_matrix(page.shift))
        operators += _draw_fills(page.fills, page.height)
        if groups:
            operators += self._draw_text(groups, marks, page.height, ink)
        operators += _draw_rules(page.rules, page.height)
        return "\n".join(operators).encode("latin-1"), marks

    def usage(self) -> Usage:
        """Return the glyphs that the pages drawn so far use."""
        return {
            (name, vertical): glyph_table(self._fonts, name, vertical).usage(texts)
            for (name, vertical), texts in self._texts.items()
        }

    def _draw_stamp(self, stamp: Stamp, height: Length) -> list[str]:
        """The watermark, in a graphics state of its own (ISO 32000-1, 14.8.2.2.2)."""
        x, y, text, name, size, color, angle = stamp
        font = self._fonts.by_name(name)
        table = glyph_table(self._fonts, name, False)
        self._texts.setdefault((name, False), []).append(text)
        along, across = number(cos(radians(angle))), number(sin(radians(angle)))
        width = sum(map(font.widths.__getitem__, text)) * size // 1000
        rise = (font.ascent - font.descent) * size // 2000
        return [
            f"{_WATERMARK}\nq",
            _matrix((0, 0)),
            f"{along} {across} {number(-sin(radians(angle)))} {along} {x} {height - y} cm",
            f"{_fill_color(color)}\nBT\n/{table.resource} {size} Tf",
            f"{-width // 2} {-rise} Td({table.spell(text)[0]})Tj",
            "ET\nQ\nEMC",
        ]

    def _draw_text(
        self, groups: Iterable[Marked | Artifact], marks: _Marks, height: Length, ink: int
    ) -> list[str]:
        """One text object for the page; `ink` is the colour that is set before it.

        Neighbouring groups of one element or kind share a marked-content sequence.

        Told in one loop, with the graphics state in local names: it runs for every text of a
        booklet, and names cost a tenth of attributes and calls.
        """
        operators = ["BT"]
        add = operators.append
        left, top = 0, height
        font_set: str | None = None
        size_set, vertical_set, spacing_set, narrow_set = 0, False, 0, 1000
        table: GlyphTable
        texts: list[str]
        owner_open: int | str | None = None
        span_left = 0  # runs that the open replacement text stands for
        for owner, runs in groups:
            for run in runs:
                x, y, text, font, size, color, vertical, spacing, kerns, spread, turned, narrow = (
                    run
                )
                if owner != owner_open:
                    if owner_open is not None:
                        add("EMC")
                    add(_ARTIFACTS[owner] if isinstance(owner, str) else marks.open(owner))
                    owner_open = owner
                if font != font_set or size != size_set or vertical != vertical_set:
                    table = glyph_table(self._fonts, font, vertical)
                    texts = self._texts.setdefault((font, vertical), [])
                    add(f"/{table.resource} {size} Tf")
                    font_set, size_set, vertical_set = font, size, vertical
                if color != ink:
                    add(_fill_color(color))
                    ink = color
                string, exact = table.spell(text)
                shown = f"({string})Tj"
                texts.append(text)
                replaced = (spread or not exact) and not isinstance(owner, str)
                if replaced and not span_left:
                    together = _together(runs, run) if spread else [run]
                    span_left = len(together)
                    said = "".join(each.text for each in together)
                    add(f"/Span<</ActualText{text_string(said)}>>BDC")
                if kerns or (vertical and spacing):
                    shown = _show_adjusted(text, table, _adjustments(run), vertical, size)
                    if vertical:
                        spacing = 0  # it is in the adjustments
                if spacing != spacing_set:
                    add(f"{spacing} Tc")
                    spacing_set = spacing
                if narrow != narrow_set:
                    add(f"{number(narrow / 10)} Tz")
                    narrow_set = narrow
                if turned:
                    add(self._turn(run, shown, height))
                else:
                    add(f"{x - left} {top - y} Td{shown}")
                left, top = x, y
                if replaced:
                    span_left -= 1
                    if not span_left:
                        # Poppler takes the end of the inner sequence for that of the outer one,
                        # and what follows for untagged; so the next run opens one of its own.
                        add("EMC\nEMC")
                        owner_open = None
        add("ET" if owner_open is None else "EMC\nET")
        return operators

    def _turn(self, run: TextRun, shown: str, height: Length) -> str:
        """Show a run that is turned to the right, its em box on the centre line of its column.

        Td moves in the coordinates of the matrix that Tm sets (ISO 32000-1, 9.4.2), so a second
        Tm puts the next run back into those of the page, at this run's (x, y).
        """
        font = self._fonts.by_name(run.font)
        baseline = run.x - (font.ascent - font.descent) * run.size // 2000
        y = height - run.y
        return f"0 -1 1 0 {baseline} {y} Tm{shown}\n1 0 0 1 {run.x} {y} Tm"


class _Marks(list[int]):
    """The elements of a page's marked-content sequences, by MCID."""

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__()
        self._kinds = kinds

    def open(self, element: int) -> str:
        """Return the operator that begins the next sequence, of this element."""
        # Element 0 is the Document, which holds elements only; parts share it.
        if not 0 < element < len(self._kinds):
            raise ValueError(f"content names element {element} of {len(self._kinds)}")
        self.append(element)
        return f"/{self._kinds[element]}<</MCID {len(self) - 1}>>BDC"


def _matrix(shift: tuple[Length, Length]) -> str:
    """The operator that makes units thousandths of a point and moves all by `shift`."""
    right, down = shift
    return f".001 0 0 .001 {number(right / 1000)} {number(-down / 1000)} cm"


def _together(runs: Sequence[TextRun], first: TextRun) -> list[TextRun]:
    """The runs from `first` on that are read as one text."""
    from_first = dropwhile(lambda run: run is not first, runs)
    return list(takewhile(lambda run: run.spread, from_first))


def _adjustments(run: TextRun) -> list[tuple[int, Length]]:
    """Room to add after single characters; in vertical text the letter-spacing is part of it.

    Tc would serve there too, but with the sign turned (ISO 32000-1, 9.3.2), which readers get
    wrong; an adjustment in TJ moves by the same rule in both directions.
    """
    amounts = dict(run.kerns)
    if run.vertical:
        for index, following in enumerate(run.text[1:]):
            if not is_joiner(following):
                amounts[index] = amounts.get(index, 0) + run.spacing
    return sorted(amounts.items())


def _show_adjusted(
    text: str,
    table: GlyphTable,
    adjustments: Iterable[tuple[int, Length]],
    vertical: bool,
    size: Length,
) -> str:
    """A TJ that shows the text in pieces, with room after each."""
    # TJ subtracts from the advance: to the left in a line, and upwards from a negative advance.
    unit = (1000 if vertical else -1000) / size
    parts, start = [], 0
    for index, amount in adjustments:
        end = index + 1
        while end < len(text) and is_joiner(text[end]):
            end += 1
        parts.append(f"({table.spell(text[start:end])[0]}){number(amount * unit)}")
        start = end
    return f"[{''.join(parts)}({table.spell(text[start:])[0]})]TJ"


def _draw_fills(fills: Sequence[Fill], height: Length) -> list[str]:
    if not fills:
        return []
    operators = [_LAYOUT]
    color_set = None
    for x, y, width, high, color in fills:
        if color != color_set:
            if color_set is not None:
                operators.append("f")
            operators.append(_fill_color(color))
            color_set = color
        operators.append(f"{x} {height - y - high} {width} {high} re")
    return [*operators, "f", "EMC"]


def _draw_rules(rules: Sequence[Rule], height: Length) -> list[str]:
    """All rules of one width as one stroke.

    Projecting caps (ISO 32000-1, 8.4.3.3) close the corners where two rules end in one point.
    """
    if not rules:
        return []
    paths: dict[Length, list[str]] = {}
    for x0, y0, x1, y1, width in rules:
        paths.setdefault(width, []).append(f"{x0} {height - y0} m {x1} {height - y1} l")
    operators = [_LAYOUT, "2 J"]
    for width, path in paths.items():
        operators += [f"{width} w", *path, "S"]
    return [*operators, "EMC"]


@lru_cache(maxsize=256)
def _fill_color(color: int) -> str:
    parts = (number(part / 255) for part in color.to_bytes(3, "big"))
    return f"{' '.join(parts)} rg"
