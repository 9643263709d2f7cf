"""Room for what hosts set wider than we do: texts that just fit, set a little smaller.

LibreOffice (7.4) sets a fifth of an em between Japanese and Latin letters, whatever a file says,
and neither it nor Word takes as much from the blanks of marks as we do to get a word onto a line
(追い込み). A text that just fits would take a line more there, and its row push another off the
page. Arithmetic over the lines that were set; nothing is broken again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from gyomu_docs.typeset.grids import MeasuredCell
from gyomu_docs.typeset.texts import SetText
from gyomu_docs.units import Length

_GAP = 200
"""In thousandths of an em."""
_LOSS = 500
"""What a line may lose at its end, since words and marks are not parted; as above."""
_LETTER = "[ぁ-ゖァ-ヺー㐀-鿿豈-﫿々〇]"
_BORDER = re.compile(f"(?<={_LETTER})(?=[0-9A-Za-z%])|(?<=[0-9A-Za-z%])(?={_LETTER})")


class _Paragraph(NamedTuple):
    """What the lines of a paragraph take."""

    lines: int
    used: Length
    """Without what was taken from the blanks of marks."""
    borders: int
    """Places where a gap is."""
    wider: bool
    """Whether a host sets it wider."""

    def fits(self, room: Length, size: Length, set_at: Length) -> bool:
        """Whether it keeps its lines at a size, having been set at another."""
        gaps = (_GAP * self.borders + _LOSS * (self.lines - 1)) * size // 1000
        return self.used * size // set_at + gaps <= self.lines * room


def host_size(measured: MeasuredCell, height: Length, unit: Length) -> Length:
    """The size at which a host keeps the lines of a text, in a row of that height.

    It is that at which the text was set, or a multiple of `unit` below it; 0 for no text.
    """
    done = measured.set
    lines, size = done.lines, done.size
    if not lines or measured.need + done.leading <= height:
        return size
    style = measured.cell.style
    room = measured.width - style.padding.left - style.padding.right - style.indent
    if len(lines) == 1:
        line = lines[0].line
        if line.text.isascii() or 5 * line.width < 4 * room:
            return size
    tight = [one for one in _paragraphs(done) if one.wider and not one.fits(room, size, size)]
    while tight and size > 2 * unit:
        size = (size - 1) // unit * unit
        tight = [one for one in tight if not one.fits(room, size, done.size)]
    return size


def _paragraphs(done: SetText) -> Iterator[_Paragraph]:
    for _, group in groupby(done.lines, key=lambda one: one.paragraph):
        lines = list(group)
        used = sum(one.line.width + one.indent for one in lines)
        taken = sum(-amount for one in lines for _, amount in one.line.kerns if amount < 0)
        borders = sum(len(_BORDER.findall(one.line.text)) for one in lines)
        yield _Paragraph(len(lines), used + taken, borders, bool(borders or taken))
