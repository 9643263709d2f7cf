"""Room for the gaps that LibreOffice sets between Japanese and Latin letters, whatever a file says.

Word leaves them out where the file says so; LibreOffice (7.4) sets a fifth of an em. A text that
just fits would take a line more there, and its row push another off the page. Such a text is set a
little smaller. Arithmetic over the lines that were set; nothing is broken again.
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
    borders: int
    """Places where a gap is."""

    def fits(self, room: Length, size: Length, set_at: Length) -> bool:
        """Whether it keeps its lines at a size, having been set at another."""
        gaps = (_GAP * self.borders + _LOSS * (self.lines - 1)) * size // 1000
        return self.used * size // set_at + gaps <= self.lines * room


def size_with_gaps(measured: MeasuredCell, height: Length, unit: Length) -> Length:
    """The size at which a text keeps its lines, gaps and all, in a row of that height.

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
    tight = [one for one in _paragraphs(done) if one.borders and not one.fits(room, size, size)]
    while tight and size > 2 * unit:
        size = (size - 1) // unit * unit
        tight = [one for one in tight if not one.fits(room, size, done.size)]
    return size


def _paragraphs(done: SetText) -> Iterator[_Paragraph]:
    for _, group in groupby(done.lines, key=lambda one: one.paragraph):
        lines = list(group)
        used = sum(one.line.width + one.indent for one in lines)
        borders = sum(len(_BORDER.findall(one.line.text)) for one in lines)
        yield _Paragraph(len(lines), used, borders)
