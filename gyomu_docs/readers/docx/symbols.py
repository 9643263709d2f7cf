"""Characters of symbol fonts (`w:sym`), which Word writes by their place in the font."""

from __future__ import annotations

UNKNOWN = "〓"
"""The geta: what a printer sets for a character that is missing."""

_PRIVATE = range(0xF000, 0xF100)
"""Where symbol fonts put their characters (ECMA-376 part 1, 17.3.3.30)."""
_FONTS = {
    "symbol": {
        0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
        0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xA3: "≤",
    },
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0xA1: "○", 0xA8: "□", 0xA7: "▪",
        0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
}  # fmt: skip
"""The marks that such sheets use; the rest is reported."""


def symbol(font: str, char: str) -> str | None:
    """The character at hexadecimal `char` of a font; None where it is not known what it shows."""
    try:
        code = int(char, 16)
        shown = chr(code)
    except (ValueError, OverflowError):
        return None
    table = _FONTS.get(font.lower())
    if table is None:
        return shown if shown.isprintable() and code not in _PRIVATE else None
    return table.get(code - 0xF000 if code in _PRIVATE else code)
