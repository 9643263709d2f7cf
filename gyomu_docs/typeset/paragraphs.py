r"""One paragraph measured with a font, for breaking it into lines.

In: a text without `\n` and a font's advances. Out: a `Paragraph`, which knows how far each
character reaches, marks next to each other set closer already (JLREQ 3.1.4). `lines` breaks it,
`reduction` looks for what else a line can give up. Lengths here are thousandths of an em, so that
nothing is lost by rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

from gyomu_docs.typeset.jlreq import (
    BLANK_AFTER,
    BLANK_BEFORE,
    NEIGHBOURS,
    OPENING,
    SPACES,
    Level,
    blanks,
    break_costs,
)
from gyomu_docs.units import Length

_SPACES = frozenset(SPACES)
_OPENERS = frozenset(OPENING)
_FULL = 1000


class Paragraph(NamedTuple):
    """A text, measured, and where its lines may end."""

    text: str
    size: Length
    widths: Mapping[str, int]
    reach: list[int]
    """Advance of all characters before each index, without what marks share."""
    shared: dict[int, int]
    """What marks share with the next, by the index of the first."""
    costs: bytearray
    """`jlreq.break_costs`; left out for a text that fits on one line."""
    flush_from: int
    """Lines that begin at this index or later have no blank before an opening bracket."""

    def visible_end(self, start: int, end: int) -> int:
        """The end of a line without the spaces that hang there, unseen."""
        while end > start and self.text[end - 1] in _SPACES:
            end -= 1
        return end

    def hanging_end(self, end: int) -> int:
        """`end` moved past the spaces that follow it."""
        while end < len(self.text) and self.text[end] in _SPACES:
            end += 1
        return end

    def head(self, start: int) -> int:
        """The blank before an opening bracket that a line beginning at `start` does not have."""
        if start < self.flush_from or self.text[start] not in _OPENERS:
            return 0
        return self.blank_before(start)

    def origin(self, start: int) -> int:
        """Where the reach of a line that begins at `start` is counted from."""
        return self.reach[start] + self.head(start) - self.shared.get(start - 1, 0)

    def blank_before(self, index: int) -> int:
        """The blank in the left of the glyph at `index`."""
        return _blank(self.text[index], self.widths, BLANK_BEFORE)

    def blank_after(self, index: int) -> int:
        """The blank in the right of the glyph at `index`."""
        return _blank(self.text[index], self.widths, BLANK_AFTER)

    def length(self, thousandths: int) -> Length:
        """Thousandths of an em as a length."""
        return thousandths * self.size // 1000


def measure_paragraph(
    text: str,
    size: Length,
    widths: Mapping[str, int],
    room: Length,
    *,
    level: Level,
    share: bool,
    flush_from: int,
) -> Paragraph:
    """Measure a text; its line ends are not looked for where one line of `room` holds it.

    `share` tells whether marks next to each other share their blank. Raises `MissingGlyphError`.
    """
    shared = _shared(text, widths) if share else {}
    reach = _reach(text, widths, shared)
    costs = bytearray() if reach[-1] * size <= room * 1000 else break_costs(text, level)
    return Paragraph(text, size, widths, reach, shared, costs, flush_from)


def longest_line(text: str, widths: Mapping[str, int], *, share: bool) -> int:
    r"""The widest line of a text that is broken at its `\n` alone, trailing spaces counted."""
    if text.isascii() or not share or not NEIGHBOURS.search(text):
        return max(sum(map(widths.__getitem__, piece)) for piece in text.split("\n"))
    return max(_reach(piece, widths, _shared(piece, widths))[-1] for piece in text.split("\n"))


def _reach(text: str, widths: Mapping[str, int], shared: Mapping[int, int]) -> list[int]:
    """Advance before each index; what two marks share is taken off the second."""
    advances = list(map(widths.__getitem__, text))
    for index, amount in shared.items():
        advances[index + 1] -= amount
    return list(accumulate(advances, initial=0))


def _shared(text: str, widths: Mapping[str, int]) -> dict[int, int]:
    """After which characters marks share their blank (3.1.4), and how much, in order."""
    shared = {}
    for match in NEIGHBOURS.finditer(text):
        index = match.start()
        before, after = text[index], text[index + 1]
        right, left = _blank(before, widths, BLANK_AFTER), _blank(after, widths, BLANK_BEFORE)
        surplus = blanks(before, right, after, left).surplus
        if surplus:
            shared[index] = surplus
    return shared


def _blank(char: str, widths: Mapping[str, int], blank_of: Mapping[str, int]) -> int:
    """The blank of a glyph; only full-width glyphs hold one."""
    return blank_of.get(char, 0) if widths[char] >= _FULL else 0
