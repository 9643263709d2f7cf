"""The text as lines of cells: what comes in is the decoded file, what goes out is `SourceLine`s.

Nothing is judged here. Cells are trimmed, since the spaces around a cell only lay it out; lines
without any text are left out, since such texts have them anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_QUOTED = 40


class SourceLine(NamedTuple):
    """One line of the text that says something."""

    number: int
    """Line in the file, from 1."""
    cells: tuple[str, ...]
    """Between the tabs, trimmed; blank ones at the end are kept, since they count."""
    indented: bool = False
    """Whether the line begins with a space, as paragraphs do."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells that are not blank."""
        return tuple(cell for cell in self.cells if cell)

    @property
    def first(self) -> int:
        """Index of the first cell that is not blank."""
        return next(index for index, cell in enumerate(self.cells) if cell)

    @property
    def alone(self) -> str:
        """The text of a line with one text only; empty for other lines."""
        return self.texts[0] if len(self.texts) == 1 else ""

    @property
    def quoted(self) -> str:
        """The line as messages quote it, shortened."""
        return shortened(" ".join(self.texts))


def source_lines(text: str) -> Iterator[SourceLine]:
    """The lines of `text` that are not blank. A form feed ends a line, but does not count one."""
    for number, row in enumerate(text.split("\n"), start=1):
        for part in row.split("\f"):
            cells = tuple(cell.strip() for cell in part.split("\t"))
            if any(cells):
                yield SourceLine(number, cells, indented=part[0].isspace() and part[0] != "\t")


def half_width(text: str) -> str:
    """`text` with full-width letters, digits and signs as ASCII; its length stays the same."""
    return text.translate(_HALF_WIDTH)


def shortened(text: str) -> str:
    """`text`, cut to a length that a message can quote."""
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
