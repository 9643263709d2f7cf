"""`PagedDocument`: pages of placed items with their structure, the second hand-over type.

Made by `typeset`; taken by `writers.pdf`, which only writes: every decision about lines, sizes
and pages is made here. Lengths are `units.Length` (thousandths of a point); x runs right from the
left edge of the paper, y runs **down from its top edge**.

Structure is one flat tuple of `Element`; an element names its parent by index, and parents come
before children. Content is in reading order: a page lists `Marked` groups, each the runs that
belong to one element. What repeats for the eye alone (header rows on a further page, running
heads, rules, fills) is no content: PDF/UA-1 (ISO 14289-1, 7.1) asks for artifacts there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from gyomu_docs.layout.tree import Attachment
from gyomu_docs.units import Length

ArtifactKind = Literal["header", "footer", "repeat", "leader"]
Scope = Literal["", "Column", "Row", "Both"]


class TextRun(NamedTuple):
    """Characters of one font and size on one line.

    Horizontal: (x, y) is the left end of the baseline. Vertical (`vertical=True`): x is the
    centre line of the column, y the top of the first character; the writer takes the font's
    vertical glyphs (GSUB `vert`).
    """

    x: Length
    y: Length
    text: str
    font: str
    """Key of the font in the `FontSet`: `BIZ UDGothic`, `BIZ UDGothic Bold`."""
    size: Length
    color: int = 0x000000
    vertical: bool = False
    spacing: Length = 0
    """Added after every character but the last (均等割付, 追い出し)."""
    kerns: tuple[tuple[int, Length], ...] = ()
    """(index, amount): the amount is added after the character at that index; negative pulls in
    (追い込み). Sorted by index; on top of `spacing`."""
    spread: bool = False
    """The gaps are for the eye: a reader must get `text` without spaces (PDF /ActualText).
    Neighbouring runs of a group that say so are one text: `H28` and `年度` of a vertical label."""
    rotated: bool = False
    """A horizontal run in a vertical cell, turned by 90 degrees to the right: x is the centre line
    of the column, y the top of the first character. Never together with `vertical`."""
    narrow: int = 1000
    """Width of the glyphs in thousandths of their own (縦中横 of three letters in one em)."""


class Rule(NamedTuple):
    """A straight black line, horizontal or vertical."""

    x0: Length
    y0: Length
    x1: Length
    y1: Length
    width: Length


class Fill(NamedTuple):
    """A filled rectangle behind the text; (x, y) is its top left corner."""

    x: Length
    y: Length
    width: Length
    height: Length
    color: int


class Stamp(NamedTuple):
    """A word across the page, behind everything (透かし); (x, y) is its centre."""

    x: Length
    y: Length
    text: str
    font: str
    size: Length
    color: int
    angle: int
    """In degrees, against the clock."""


class Marked(NamedTuple):
    """The runs on this page that belong to one structure element, in reading order."""

    element: int
    runs: tuple[TextRun, ...]


class Link(NamedTuple):
    """A rectangle that leads to an anchor; (x, y) is its top left corner."""

    element: int
    """The structure element of kind Link, whose content it lies over (ISO 14289-1, 7.18.5)."""
    x: Length
    y: Length
    width: Length
    height: Length
    target: str
    """Name of an anchor, in this document or another part of the same file."""
    text: str
    """What a screen reader says of it."""


class Artifact(NamedTuple):
    """Runs that a screen reader skips."""

    kind: ArtifactKind
    runs: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page, finished. Drawn in the order fills, content, artifacts, rules."""

    width: Length
    height: Length
    label: str
    """The printed page number, which is also the PDF page label: `1`, `12-1`, `iv`."""
    fills: tuple[Fill, ...]
    content: tuple[Marked, ...]
    artifacts: tuple[Artifact, ...]
    rules: tuple[Rule, ...]
    stamp: Stamp | None = None
    """Drawn first; a screen reader skips it."""
    shift: tuple[Length, Length] = (0, 0)
    """Everything but the stamp is moved by this (right, down): even pages of a mirrored book."""
    links: tuple[Link, ...] = ()


class Element(NamedTuple):
    """One node of the structure tree (ISO 32000-1, 14.7 and 14.8)."""

    kind: str
    """Standard structure type: Document, Sect, H1, H2, P, Table, TR, TH, TD."""
    parent: int
    """Index of the parent; -1 for the root of this document."""
    scope: Scope = ""
    """Of a TH: what it heads."""
    colspan: int = 1
    rowspan: int = 1
    summary: str = ""
    """Of a Table: its name, read aloud before its cells."""


class OutlineEntry(NamedTuple):
    """A bookmark: its level from 1, and where it leads."""

    level: int
    title: str
    page: int
    """Index of the page in this document, from 0."""
    y: Length


class Anchor(NamedTuple):
    """A place that links lead to."""

    name: str
    """Known in the whole file; ASCII."""
    page: int
    """Index of the page in this document, from 0."""
    y: Length


@dataclass(frozen=True, slots=True)
class PagedDocument:
    """Pages ready to be written, with what a PDF says about itself."""

    title: str
    pages: tuple[Page, ...]
    elements: tuple[Element, ...]
    outline: tuple[OutlineEntry, ...]
    author: str = ""
    subject: str = ""
    language: str = "ja-JP"
    date: str = ""
    attachments: tuple[Attachment, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    records: tuple[tuple[str, int], ...] = ()
    """Of each row that shows a model value, its record (`行政活動[3]`) and the index of the page
    on which it starts: for an index."""
