"""What line breaking needs to know of a font, and no more.

`fonts.Font` fulfils it from a font file; the tests use a font of fixed metrics, so that line
breaks are arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Metrics(Protocol):
    """Advances and heights of one font, in thousandths of an em."""

    @property
    def name(self) -> str:
        """Key of the font in its `FontSet`: `BIZ UDGothic Bold`."""

    @property
    def ascent(self) -> int:
        """Height of the em box above the baseline."""

    @property
    def descent(self) -> int:
        """Depth of the em box below the baseline, positive."""

    @property
    def widths(self) -> Mapping[str, int]:
        """Advance of each character.

        Looking up a character that the font lacks raises `MissingGlyphError`; variation
        selectors and joiners have the advance 0.
        """
