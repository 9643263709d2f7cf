"""`Document`: a tree of blocks without pages, the first hand-over type.

Made by `layout.resolve` from a form and a sheet; taken by `typeset` (for PDF) and by the Word,
HTML and Excel writers. Every loop is expanded, every style resolved, every length absolute
(`units.Length`, thousandths of a point). After this nobody reads the form or the model again.

    Document
      Section*            one sheet, with its page set-up, header and footer
        Heading | Paragraph | Grid | EntryList | Beside | Spacer | PageBreak
          Grid: Row* > Cell*
          Beside: BesideColumn* > block*

All values are immutable. Cells and rows are named tuples because a booklet has a million of them
and a named tuple is made in a third of the time of a frozen dataclass; styles are few and shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from gyomu_docs.layout.identity import Identity
from gyomu_docs.units import Length

Align = Literal["left", "center", "right", "decimal", "justify", "spread"]
"""`justify` fills every line but the last of a paragraph (両端揃え); `spread` is 均等割付: the
characters of a label fill the width with equal gaps (JLREQ 3.7.3, 字取り処理). `decimal` is for
numbers: those of one column of a grid stand with their decimal points below each other."""
VAlign = Literal["top", "middle", "bottom"]
Role = Literal["data", "column", "row"]
"""What a cell is to a reader: data, or the header of its column or of its row."""
PageField = Literal["page", "pages"]
Kinsoku = Literal["strict", "normal", "loose"]
"""How strictly lines are broken; the levels are tabled in `typeset.jlreq`."""
Orientation = Literal["upright", "rotated"]
"""How half-width runs stand in a vertical cell (JLREQ 2.3.2): each character upright, or the run
turned by 90 degrees to the right."""
Binding = Literal["none", "left", "top"]
Revision = Literal["", "inserted", "deleted"]
"""Of a redline: in both views, only in the new one, or only in the old one. `layout.revisions`
gives either view."""


class Edges(NamedTuple):
    """Four lengths around a box, clockwise from the top."""

    top: Length
    right: Length
    bottom: Length
    left: Length


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set in its box. Resolved: nothing is inherited any more.

    Styles are shared: cells that look alike hold the same object, so a stage may key a cache by
    `id(style)` for as long as it holds the document.
    """

    name: str
    """The style's name in the form, for messages and for Word."""
    family: str
    """Font family, as a `FontSet` knows it: `BIZ UDGothic`, `BIZ UDMincho`."""
    bold: bool
    size: Length
    leading: Length
    """Distance of the baselines of two lines; also the height of a single line."""
    align: Align = "left"
    valign: VAlign = "middle"
    padding: Edges = Edges(0, 0, 0, 0)
    """Between the cell's rules and its text. JLREQ asks for a quarter em at the least."""
    indent: Length = 0
    """Further left padding of every line (codes stepped by level)."""
    first_indent: Length = 0
    """Further indent of the first line of each paragraph (字下げ)."""
    fill: int | None = None
    """Background as 0xRRGGBB; None leaves the paper."""
    color: int = 0x000000
    vertical: bool = False
    """Set from top to bottom (縦組); only for cells."""
    shrink: bool = False
    """Try a smaller size, down to `floor`, before the text breaks into more lines."""
    lines: int = 1
    """With `shrink`: as many lines may the text take before it is made smaller. So a text wraps
    (no `shrink`), shrinks (1 line), or does both (more)."""
    floor: Length = 5000
    """The smallest size that shrinking may reach."""
    kinsoku: Kinsoku = "strict"
    compress: bool = True
    """約物の空きを詰める: marks next to each other share their blank (JLREQ 3.1.4); without it each
    keeps its full width."""
    combine: int = 3
    """縦中横: in a vertical cell, half-width runs of up to so many characters (H28), and an era's
    letter with 元 (R元), stand side by side in one em. 0 for none."""
    orientation: Orientation = "upright"
    """Of longer half-width runs in a vertical cell."""


PARAGRAPH_END = "\u2029"
"""Between two paragraphs in `Span`s, where `\n` is a forced line break."""


class Span(NamedTuple):
    """A piece of a cell's text that is set off from the rest: in a comparison, a redline."""

    text: str
    kind: Literal["", "marked", "inserted", "deleted"] = ""
    """`marked` is underlined (傍線); the others are tracked changes, which Word alone shows."""


class Piece(NamedTuple):
    """A part of a text that a form puts together of fixed texts and fields."""

    text: str
    field: str = ""
    """Model field shown, as `Cell.field`; empty for what is fixed or computed."""


class Cell(NamedTuple):
    """One cell, possibly over several columns and rows. Empty cells are cells too."""

    column: int
    """First column, from 0."""
    colspan: int
    rowspan: int
    texts: tuple[str, ...]
    """Its paragraphs; `()` for an empty cell. A text may hold `\\n` (a forced line break)."""
    style: Style
    role: Role = "data"
    field: str = ""
    """Model field shown, by the keys of the sheet file, relative to the row's `record`:
    `手段`, `実績[R2]`, `総合計画.基本目的`; `.` is the record itself. Of a list (本文), one
    paragraph an item, empty ones included. Empty: a label, or a value that is computed or shown
    outside of its record."""
    link: str = ""
    """Name of the anchor that the cell leads to; empty for none."""
    spans: tuple[Span, ...] = ()
    """Where parts of the texts are set off: all of it in pieces, paragraphs parted by
    `PARAGRAPH_END`. Without the deleted ones they are `texts`."""


class Row(NamedTuple):
    """One row; `cells` are those that start in it, from left to right."""

    cells: tuple[Cell, ...]
    height: Length = 0
    """The least height; the texts may ask for more."""
    keep_with_next: bool = False
    """No page break between this row and the next."""
    record: str = ""
    """The model value this row shows: `行政活動[3]`, `予算[1]`; items count from 1."""
    label: str = ""
    """How messages name the row: `0101`, `政策調整推進事業`."""
    bookmark: str = ""
    """Text of a PDF bookmark that leads here; empty for none."""
    revision: Revision = ""
    """Of a redline: the row is new, or is no more."""
    before: Row | None = None
    """Of a redline, in a row of both views: the row as it was, where it was another."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table. Spans are checked: no two cells share a slot, no slot is left out."""

    name: str
    """Its title, for messages and for screen readers: `行政活動`."""
    columns: tuple[Length, ...]
    column_names: tuple[str, ...]
    """How messages name the columns: `備考`, `R2実績`."""
    rows: tuple[Row, ...]
    header_rows: int = 0
    """How many leading rows repeat at the head of each further page."""
    outer: Length = 500
    """Width of the rule around the grid."""
    inner: Length = 250
    bookmark: str = ""
    continued: str = ""
    """Put behind a spanning label that repeats on a further page: `（続き）`."""
    keep_together: bool = False
    """Move the whole grid to the next page rather than break it, where it fits on one page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title outside of a grid. Level 1 is the sheet's."""

    level: int
    text: str
    style: Style
    bookmark: str = ""
    spans: tuple[Span, ...] = ()
    """Where parts of the text are set off: all of it in pieces."""
    revision: Revision = ""
    pieces: tuple[Piece, ...] = ()
    """As `Paragraph.pieces`."""
    number: int = 0
    """As `Paragraph.number`."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text outside of a grid: a note under a table."""

    text: str
    style: Style
    field: str = ""
    spans: tuple[Span, ...] = ()
    """Where parts of the text are set off: all of it in pieces."""
    revision: Revision = ""
    pieces: tuple[Piece, ...] = ()
    """All of the text, where a form puts it together of fixed texts and fields; else `()`."""
    number: int = 0
    """Which of the form's texts outside of grids it is, in the order of the form."""


@dataclass(frozen=True, slots=True)
class Spacer:
    """Vertical space; dropped at the head of a page."""

    height: Length


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page; nothing at the head of a page."""

    anchor: str = ""
    """Name by which links lead to the new page; empty for none."""


class Reference(NamedTuple):
    """A page that an entry leads to."""

    label: str
    """The number printed on that page."""
    target: str
    """Name of an anchor."""
    last: str = ""
    """The number of the last page, where it stands for three pages or more in a row."""
    last_target: str = ""
    """Name of the anchor there."""


TO = "–"
"""Between the first and the last of pages in a row."""


class Entry(NamedTuple):
    """A line of a table of contents or an index."""

    text: str
    references: tuple[Reference, ...]
    """Pages; none for a heading among the entries, which stays with the entry after it."""
    style: Style
    level: int = 0
    """Of a heading of a group: 1, or 2 for one below it. What is in a group has none."""
    new_page: bool = False
    """Starts a new page, where pages were broken already; for lists of one column."""
    breaks: tuple[int, ...] = ()
    """The references that begin a line below the text, where lines were broken already."""


@dataclass(frozen=True, slots=True)
class EntryList:
    """目次 or 索引: texts to the left, page numbers to the right, leaders between them."""

    name: str
    """For messages: `目次（施策体系順）`."""
    kind: Literal["contents", "index"]
    entries: tuple[Entry, ...]
    columns: int = 1
    gap: Length = 0
    """Between two columns."""
    continued: str = ""
    """Put behind a heading that is repeated where its group goes on in a further column or page:
    `（続き）`. Without it none is repeated."""
    outline: bool = False
    """Lists the headings of the booklet's main part in their order: Word can make it anew."""


@dataclass(frozen=True, slots=True)
class BesideColumn:
    """One column of a `Beside`, its blocks from top to bottom."""

    width: Length
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks next to each other, tops aligned; moved as a whole to a page that has the room.

    A column taller than a page breaks like blocks that stand alone, each for itself.
    """

    columns: tuple[BesideColumn, ...]
    gap: Length


Block: TypeAlias = Heading | Paragraph | Grid | EntryList | Beside | Spacer | PageBreak


@dataclass(frozen=True, slots=True)
class Furniture:
    """A header or footer: three parts, each a sequence of texts and page-number fields."""

    left: tuple[str | PageNumber, ...]
    center: tuple[str | PageNumber, ...]
    right: tuple[str | PageNumber, ...]
    style: Style


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A place in a header or footer that shows a number known only when pages are made."""

    field: PageField
    shown: str = ""
    """What stands there until a host counts itself; empty where nobody has counted yet."""


@dataclass(frozen=True, slots=True)
class PageSetup:
    """Paper and margins. The header hangs in the top margin, the footer in the bottom one."""

    width: Length
    height: Length
    margins: Edges
    header: Furniture
    footer: Furniture
    header_distance: Length
    """From the paper's top edge to the top of the header line."""
    footer_distance: Length
    """From the paper's bottom edge to the bottom of the footer line."""
    binding: Binding = "none"
    """The edge that is stapled or glued (とじしろ)."""
    gutter: Length = 0
    """Room for the binding; it is part of the margins (and distances) above already."""
    mirrored: bool = False
    """Printed on both sides: on even pages left and right margins change places, and with binding
    at the top the gutter is at the bottom."""
    watermark: Watermark | None = None


@dataclass(frozen=True, slots=True)
class Watermark:
    """A large word across each page, behind everything: 案, 修正用原稿."""

    text: str
    style: Style
    """Its size is the largest that is used; a long word is made smaller to fit."""


class Fit(NamedTuple):
    """A sheet is to take so many pages at the most; how far it may be squeezed for that."""

    pages: int
    least_height: int
    """Of paddings, least row heights, spacers and line feeds, in thousandths; they give first."""
    least_size: int
    """Of type sizes, in thousandths; a style's `floor` holds here too."""


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet (or one part of a booklet): starts on a new page, has its own header."""

    title: str
    """As messages name it: `No.3 組織の方針`."""
    page: PageSetup
    blocks: tuple[Block, ...]
    bookmark: str = ""
    fit: Fit | None = None
    anchor: str = ""
    """Name by which links of other parts lead to its first page; ASCII."""
    level: int = 0
    """Of a section of a booklet: the level of its heading in the whole, from 1."""
    main: bool = False
    """Of a booklet: belongs to the main part (本体), which contents list."""
    first_number: int | None = None
    """The number of its first page, where it does not follow from the section before."""
    starts_right: bool = False
    """Begins on a page with an odd number, after a blank page where that is needed (改丁)."""
    revision: Revision = ""
    """Of a redline: all of the section is new, or is no more."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """Data that the file carries along, as bytes: the sheet's YAML inside a PDF."""

    name: str
    media_type: str
    data: bytes
    description: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, without pages."""

    title: str
    sections: tuple[Section, ...]
    author: str = ""
    subject: str = ""
    language: str = "ja-JP"
    date: str = ""
    """ISO 8601 with zone (`2021-04-01T00:00:00+09:00`); empty leaves dates out of the file."""
    attachments: tuple[Attachment, ...] = ()
    identity: Identity | None = None
    """Of a draft that is to come back."""
