"""Tiny TrueType fonts to stand in for fallback fonts, and IPAmj明朝 where it is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from gyomu_docs.settings import find_settings
from gyomu_docs.typeset.fonts import Fallback, FontSet
from tests.support.paged import FILES

KUZU = "葛"
BIZ_SEQUENCE = KUZU + "\U000e0100"
"""A variation sequence that BIZ UDGothic has."""
OTHER_SEQUENCE = KUZU + "\U000e0103"
"""One that it lacks, and IPAmj明朝 has."""
LACKING = "𠮷"
"""A character that BIZ UDGothic lacks."""


def tiny_font(
    path: Path,
    chars: str,
    *,
    sequences: Sequence[str] = (),
    shared: Mapping[str, str] | None = None,
    widths: Mapping[str, int] | None = None,
    vertical: Mapping[str, str] | None = None,
    rights: int = 0,
) -> Path:
    """Write a font of squares for these characters, 1000 units an em and 1 em wide.

    `sequences` are variation sequences with a glyph of their own; `shared` characters have the
    glyph of another one; `vertical` gives the character whose glyph is the vertical form.
    """
    names = {char: f"u{ord(char):X}" for char in chars}
    varied = {text: f"v{index}" for index, text in enumerate(sequences)}
    builder = FontBuilder(1000, isTTF=True)
    order = [".notdef", *names.values(), *varied.values()]
    builder.setupGlyphOrder(order)
    mapping = {ord(char): name for char, name in names.items()}
    mapping |= {ord(char): names[other] for char, other in (shared or {}).items()}
    pairs = [(ord(text[0]), ord(text[1]), name) for text, name in varied.items()]
    builder.setupCharacterMap(mapping, uvs=pairs)
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (900, 700), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(order, pen.glyph()))
    advances = {names[char]: width for char, width in (widths or {}).items()}
    builder.setupHorizontalMetrics({name: (advances.get(name, 1000), 100) for name in order})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": path.stem, "styleName": "Regular", "psName": "Tiny"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, fsType=rights)
    builder.setupPost()
    for char, other in (vertical or {}).items():
        feature = f"feature vert {{ sub {names[char]} by {names[other]}; }} vert;"
        addOpenTypeFeaturesFromString(builder.font, feature)
    builder.save(path)
    return path


def collection(path: Path, *files: Path) -> Path:
    """Write a TrueType collection of these fonts."""
    made = TTCollection()
    made.fonts = [TTFont(file) for file in files]
    made.save(path)
    return path


def with_fallbacks(*paths: Path) -> FontSet:
    """The fonts that ship, and these behind them."""
    return FontSet(FILES, [Fallback(path) for path in paths])


def ipamj() -> FontSet:
    """The fonts that ship, and IPAmj明朝; skips the test where it is not installed."""
    found = find_settings({}, Path("no such folder")).fallbacks
    if not found:
        pytest.skip("IPAmj明朝 is not installed (fonts-ipamj-mincho)")
    return with_fallbacks(found[0].path)
