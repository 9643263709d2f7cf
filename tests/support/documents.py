"""Documents by hand for tests of typesetting, and forms from a few lines of YAML.

Lengths are in points where a test writes them. The style of tests is 10 pt on 10 pt without
padding, so with the fixed font a cell 30 pt wide holds three full-width characters a line.
"""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent, indent
from typing import Any

from hypothesis import strategies as st

from gyomu_docs.layout import Form, Resolver, load_form
from gyomu_docs.layout.tree import (
    Beside,
    BesideColumn,
    Block,
    Cell,
    Document,
    Edges,
    Furniture,
    Grid,
    Heading,
    PageBreak,
    PageNumber,
    PageSetup,
    Paragraph,
    Row,
    Section,
    Spacer,
    Style,
)
from gyomu_docs.model import Sheet
from gyomu_docs.units import pt

STYLE = Style("文", "fixed", False, pt(10), pt(10))
_LENGTHS = ("size", "leading", "indent", "first_indent", "floor")
_STYLES: dict[str, Style] = {}


def style(**changes: Any) -> Style:
    """The style of tests, changed: `style(align="right", padding=(1, 2, 1, 2))`, in points."""
    lengths = {name: pt(changes.pop(name)) for name in _LENGTHS if name in changes}
    if "padding" in changes:
        changes["padding"] = Edges(*(pt(side) for side in changes["padding"]))
    made = replace(STYLE, **lengths, **changes)
    return _STYLES.setdefault(repr(made), made)


def cell(*texts: str, column: int = 0, cols: int = 1, rows: int = 1, **more: Any) -> Cell:
    """A cell; what is neither `role` nor `field` changes its style."""
    role, field = more.pop("role", "data"), more.pop("field", "")
    return Cell(column, cols, rows, texts, style(**more), role, field)


def row(*cells: Cell | str, height: float = 0, keep: bool = False, **more: Any) -> Row:
    """A row; a text is a cell in the column of its place, and `""` is an empty cell."""
    made = tuple(
        cell(*([one] if one else []), column=number) if isinstance(one, str) else one
        for number, one in enumerate(cells)
    )
    return Row(made, pt(height), keep, **more)


def grid(*rows: Row | str, columns: tuple[float, ...] = (), header: int = 0, **more: Any) -> Grid:
    """A grid; a row may be a text, its cells parted by spaces. Columns are 50 pt wide."""
    made = tuple(row(*one.split(" ")) if isinstance(one, str) else one for one in rows)
    count = max(
        (one.column + one.colspan for line in made for one in line.cells), default=len(columns)
    )
    widths = columns or (50,) * count
    names = tuple(f"列{number}" for number in range(1, len(widths) + 1))
    return Grid(
        name=more.pop("name", "表"),
        columns=tuple(pt(width) for width in widths),
        column_names=more.pop("column_names", names),
        rows=made,
        header_rows=header,
        **{"continued": "（続き）", **more},
    )


def heading(text: str, level: int = 1, bookmark: str = "", **changes: Any) -> Heading:
    return Heading(level, text, style(**changes), bookmark)


def paragraph(text: str, **changes: Any) -> Paragraph:
    return Paragraph(text, style(**changes))


def spacer(height: float) -> Spacer:
    return Spacer(pt(height))


def page_break() -> PageBreak:
    return PageBreak()


def beside(*columns: tuple[float, tuple[Block, ...]], gap: float = 0) -> Beside:
    """Columns of a width and their blocks."""
    return Beside(tuple(BesideColumn(pt(width), blocks) for width, blocks in columns), pt(gap))


_BINDING = ("binding", "gutter", "mirrored", "watermark")
NUMBERS = (PageNumber("page"), " / ", PageNumber("pages"))


def setup(width: float = 400, height: float = 100, **furniture: Any) -> PageSetup:
    """A page whose body is `width` by `height` points, with margins of 20 points around it.

    `margins` are others, in points; `binding`, `gutter` and the like are as in a `PageSetup`.
    `left`, `center`, `right` fill the header; the footer has `n / N` in its middle.
    """
    changes = furniture.pop("style", {})
    binding = {name: furniture.pop(name) for name in _BINDING if name in furniture}
    margins = Edges(*(pt(side) for side in furniture.pop("margins", [20] * 4)))
    head = [(furniture[side],) if side in furniture else () for side in ("left", "center", "right")]
    return PageSetup(
        width=pt(width) + margins.left + margins.right,
        height=pt(height) + margins.top + margins.bottom,
        margins=margins,
        header=Furniture(*head, style(**changes)),
        footer=Furniture((), NUMBERS, (), STYLE),
        header_distance=pt(5),
        footer_distance=pt(5),
        **binding,
    )


def section(*blocks: Block, title: str = "No.1 試験", bookmark: str = "", **page: Any) -> Section:
    fit = page.pop("fit", None)
    return Section(title, setup(**page), blocks, bookmark, fit)


def document(*blocks: Block | Section, **page: Any) -> Document:
    """A document of one section with these blocks, or of these sections."""
    sections = tuple(block for block in blocks if isinstance(block, Section))
    rest = tuple(block for block in blocks if not isinstance(block, Section))
    return Document("試験", sections or (section(*rest, **page),))


@st.composite
def any_grids(draw: st.DrawFn) -> Grid:
    """Grids of two columns, the first with labels that span; all cells have the same padding."""
    padding = (draw(st.integers(0, 3)),) * 4

    def one(char: str, counts: list[int], **more: Any) -> Cell:
        length = draw(st.sampled_from(counts))
        look = {
            "align": draw(st.sampled_from(["left", "center", "right", "justify", "spread"])),
            "valign": draw(st.sampled_from(["top", "middle", "bottom"])),
            "leading": draw(st.sampled_from([10, 13, 25])),
            "shrink": draw(st.booleans()),
            "floor": draw(st.sampled_from([5, 8])),
        }
        return cell(*[char * length] * bool(length), padding=padding, **look, **more)

    count = draw(st.integers(1, 14))
    header = draw(st.integers(0, min(3, count)))
    made: list[Row] = []
    while len(made) < count:
        span = draw(st.integers(1, count - len(made)))
        role = draw(st.sampled_from(["row", "data"]))
        first = one("あ", [0, 1, 3, 9, 24, 70], rows=span, vertical=draw(st.booleans()), role=role)
        for number in range(span):
            other = one("い", [0, 1, 9, 49, 51, 130], column=1)
            cells = [first, other] if number == 0 else [other]
            height, keep = draw(st.sampled_from([0, 30, 55, 120])), draw(st.booleans())
            made.append(row(*cells, height=height, keep=keep))
    return grid(*made, header=header)


FORM_HEAD = """\
form: test
title: 試験の様式
document_title: "{シート名}"
section_title: "No.{シートNo} {シート名}"
page:
  size: A4
  orientation: landscape
  margins: 15mm
  header: {left: "{シート名}", style: plain, distance: 5mm}
  footer: {center: "{page} / {pages}", style: plain, distance: 5mm}
styles:
  plain: {family: fixed, size: 8pt, leading: 10pt, padding: 0pt}
  number: {extends: plain, align: number}
"""


def form_text(blocks: str, styles: str = "", extra: str = "") -> str:
    """The text of a form with these blocks, and with these styles beside `plain` and `number`.

    `extra` are lines more.
    """
    more = indent(dedent(styles).strip("\n"), "  ")
    shown = indent(dedent(blocks).strip("\n"), "  ")
    return f"{FORM_HEAD}{more}\n{extra}\nblocks:\n{shown}\n"


def form(blocks: str, styles: str = "", extra: str = "") -> Form:
    return load_form(form_text(blocks, styles, extra), "forms/test.yaml")


def resolve(blocks: str, sheet: Sheet, styles: str = "") -> Document:
    """The document of a sheet in a form with these blocks."""
    return Resolver(form(blocks, styles)).resolve(sheet)[0]


def first_grid(blocks: str, sheet: Sheet, styles: str = "") -> Grid:
    """The first block of the sheet's document, a grid."""
    made = resolve(blocks, sheet, styles).sections[0].blocks[0]
    assert isinstance(made, Grid)
    return made


def texts_of(made: Grid) -> list[list[str]]:
    """The texts of all cells, row by row; paragraphs are parted by `/`."""
    return [["/".join(one.texts) for one in line.cells] for line in made.rows]
