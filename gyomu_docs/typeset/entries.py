"""Contents and index: entries set, flowed through the columns of their pages, linked.

In: an `EntryList`. Each entry is its text, broken into lines, and its page numbers at the right end
of the last one, with a leader between; numbers that would take more than half of the line stand on
lines of their own below it, moved in by an em. Every number is a link (ISO 32000-1, 12.5.6.5). A
screen reader gets TOC > TOCI > Link or Index > L > LI > LBody > Link (14.8.4.3); leaders, and what
is repeated, are for the eye alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gyomu_docs.layout.tree import TO, Entry, EntryList, Reference, Style
from gyomu_docs.typeset.canvas import PageCanvas, Structure
from gyomu_docs.typeset.lines import Line, break_lines, natural_width
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.pages import Element, Link, TextRun
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.units import Length

LEADER = "…"
SEPARATOR = "、"
_GAP = 500
"""Between a text, a leader and a number at the least, in thousandths of an em."""


class PlacedReference(NamedTuple):
    """A page number on its line; the separator before it stands with it."""

    line: int
    x: Length
    """From the left edge of the column."""
    text: str
    width: Length
    reference: Reference


class MeasuredEntry(NamedTuple):
    """An entry with its lines."""

    entry: Entry
    lines: tuple[Line, ...]
    references: tuple[PlacedReference, ...]
    total_lines: int
    """Lines, those of references included."""
    kept: bool
    """Whether it must not be the last of its column: a heading, the first but not the only one of
    a group, the last but one."""

    @property
    def height(self) -> Length:
        """With its padding."""
        style = self.entry.style
        return self.total_lines * style.leading + style.padding.top + style.padding.bottom


def measure_entries(block: EntryList, width: Length, setter: TextSetter) -> list[MeasuredEntry]:
    """Set the entries of a list that is `width` wide, all columns together."""
    column = column_width(block, width)
    return [
        _measure(entry, column, setter.font(entry.style), kept)
        for entry, kept in zip(block.entries, _kept(block.entries), strict=True)
    ]


def measure_again(
    measured: MeasuredEntry, block: EntryList, width: Length, setter: TextSetter
) -> MeasuredEntry | None:
    """A heading as it is repeated in a further column, which is `width` wide; None where none is.

    It has no number: it leads to where it stood first.
    """
    if not block.continued:
        return None
    entry = measured.entry
    again = entry._replace(text=entry.text + block.continued, references=())
    return _measure(again, width, setter.font(entry.style), kept=True)


def _kept(entries: Sequence[Entry]) -> list[bool]:
    """Of each entry, whether it stays with the one after it."""
    made = [bool(entry.level) or not entry.references for entry in entries]
    groups = [index for index, entry in enumerate(entries) if entry.level]
    for heading, end in pairwise([*groups, len(entries)]):
        members = range(heading + 1, end)
        for index in (*members[:-1][:1], *members[:-1][-1:]):
            made[index] = True
    return made


def column_width(block: EntryList, width: Length) -> Length:
    """The width of one column of the list."""
    return (width - block.gap * (block.columns - 1)) // block.columns


def _measure(entry: Entry, column: Length, font: Metrics, kept: bool) -> MeasuredEntry:
    style = entry.style
    left = style.padding.left + style.indent
    room = column - left - style.padding.right
    texts = _reference_texts(entry.references)
    widths = [natural_width(text, style.size, font) for text in texts]
    total, gap = sum(widths), _GAP * style.size // 1000
    if total <= room // 2:
        taken = total + 2 * gap if texts else 0
        lines = break_lines(entry.text, room - taken, style.size, font, level=style.kinsoku)
        line, x = len(lines) - 1, left + room - total
        placed = []
        for text, width, reference in zip(texts, widths, entry.references, strict=True):
            placed.append(PlacedReference(line, x, text, width, reference))
            x += width
        return MeasuredEntry(entry, lines, tuple(placed), len(lines), kept)
    lines = break_lines(entry.text, room, style.size, font, level=style.kinsoku)
    placed, last = _lines_of_references(entry, texts, widths, room, len(lines))
    shifted = tuple(one._replace(x=one.x + left) for one in placed)
    return MeasuredEntry(entry, lines, shifted, last + 1, kept)


def _reference_texts(references: Sequence[Reference]) -> list[str]:
    return [
        printed(reference) + (SEPARATOR if index < len(references) else "")
        for index, reference in enumerate(references, 1)
    ]


def printed(reference: Reference) -> str:
    """What stands for a page, or for pages in a row."""
    return reference.label + (TO + reference.last if reference.last else "")


def _lines_of_references(
    entry: Entry, texts: list[str], widths: list[Length], room: Length, first: int
) -> tuple[list[PlacedReference], int]:
    """Many page numbers, filled into lines below the text; and the last line."""
    start = min(entry.style.size, room // 4)
    line, x = first, start
    placed = []
    for text, width, reference in zip(texts, widths, entry.references, strict=True):
        if x > start and x + width > room:
            line, x = line + 1, start
        placed.append(PlacedReference(line, x, text, width, reference))
        x += width
    return placed, line


class EntryPlacer:
    """Places measured entries; keeps the structure elements of one list."""

    def __init__(
        self, block: EntryList, setter: TextSetter, structure: Structure, parent: int
    ) -> None:
        self._setter = setter
        self._structure = structure
        self._contents = block.kind == "contents"
        self._list = structure.add(Element("TOC" if self._contents else "Index", parent))
        self._items: int | None = None

    def place(self, measured: MeasuredEntry, page: PageCanvas, x: Length, y: Length) -> None:
        """Place an entry with its top left corner at (x, y)."""
        entry, style = measured.entry, measured.entry.style
        font = self._setter.font(style)
        left, baseline = _origin(measured, font, x, y)
        runs = _text_runs(measured, font, left, baseline)
        holder = self._holder(bool(entry.references))
        if not self._contents or not entry.references:
            page.mark(holder, runs)
            runs = []
        for placed in measured.references:
            number_y = baseline + placed.line * style.leading
            run = TextRun(x + placed.x, number_y, placed.text, font.name, style.size, style.color)
            element = self._structure.add(Element("Link", holder))
            page.mark(element, [*runs, run])
            runs = []
            top = y + style.padding.top + placed.line * style.leading
            box = (x + placed.x, top, placed.width, style.leading)
            if self._contents:  # the whole entry, as wide as it is
                end = x + placed.x + placed.width
                box = (left, y, end - left, measured.height)
            said = f"{entry.text} {printed(placed.reference)}ページ"
            page.links.append(Link(element, *box, placed.reference.target, said))
        self._lead(measured, page, x, left, baseline, font)

    def repeat(self, measured: MeasuredEntry, page: PageCanvas, x: Length, y: Length) -> None:
        """Place a heading that a reader has had before."""
        font = self._setter.font(measured.entry.style)
        page.artifact("repeat", _text_runs(measured, font, *_origin(measured, font, x, y)))

    def _holder(self, leads: bool) -> int:
        """The element of one entry; headings of an index stand between its lists."""
        add = self._structure.add
        if self._contents:
            item = add(Element("TOCI", self._list))
            return item if leads else add(Element("P", item))
        if not leads:
            self._items = None
            return add(Element("P", self._list))
        if self._items is None:
            self._items = add(Element("L", self._list))
        return add(Element("LBody", add(Element("LI", self._items))))

    def _lead(
        self,
        measured: MeasuredEntry,
        page: PageCanvas,
        x: Length,
        left: Length,
        baseline: Length,
        font: Metrics,
    ) -> None:
        """Dots from the end of the text to the first number, where both are on one line."""
        last = len(measured.lines) - 1
        first = next((one for one in measured.references if one.line == last), None)
        if first is None:
            return
        style = measured.entry.style
        gap = _GAP * style.size // 1000
        dot = natural_width(LEADER, style.size, font)
        start = left + measured.lines[last].width + gap
        end = x + first.x - gap
        count = max(end - start, 0) // dot
        if count:
            y = baseline + last * style.leading
            # From the right, so that the dots of all entries stand below each other.
            run = TextRun(end - count * dot, y, LEADER * count, font.name, style.size, style.color)
            page.artifact("leader", [run])


def _origin(measured: MeasuredEntry, font: Metrics, x: Length, y: Length) -> tuple[Length, Length]:
    """Where the text of an entry begins whose top left corner is at (x, y): left, baseline."""
    style = measured.entry.style
    baseline = y + style.padding.top + (style.leading - style.size) // 2
    return x + style.padding.left + style.indent, baseline + font.ascent * style.size // 1000


def _text_runs(
    measured: MeasuredEntry, font: Metrics, left: Length, baseline: Length
) -> list[TextRun]:
    style = measured.entry.style
    return [
        _run(left, baseline + number * style.leading, line, font, style)
        for number, line in enumerate(measured.lines)
    ]


def _run(x: Length, y: Length, line: Line, font: Metrics, style: Style) -> TextRun:
    return TextRun(x, y, line.text, font.name, style.size, style.color, kerns=line.kerns)
