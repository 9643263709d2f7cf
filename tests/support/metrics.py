"""A font of fixed metrics: full-width characters 1 em, half-width ones half an em.

With it a line break is arithmetic: at 10 pt, `市役所` is 30 pt wide and `R3` is 10 pt.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from gyomu_docs.errors import MissingGlyphError


class _Widths(dict[str, int]):
    def __init__(self, missing: str) -> None:
        super().__init__()
        self._missing_characters = missing

    def __missing__(self, char: str) -> int:
        if char in self._missing_characters:
            raise MissingGlyphError(f"文字「{char}」がありません。")
        if 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF or char == "\u200d":
            width = 0
        else:
            width = 500 if unicodedata.east_asian_width(char) in ("Na", "H") else 1000
        self[char] = width
        return width


class FixedFont:
    """Fulfils `typeset.metrics.Metrics`; `missing` lists characters that it lacks."""

    ascent = 880
    descent = 120

    def __init__(self, name: str = "fixed", missing: str = "") -> None:
        self.name = name
        self.widths: Mapping[str, int] = _Widths(missing)


FIXED = FixedFont()
