"""Text as the glyph ids that page content holds, and what of a font was used.

A code in a page stream is the glyph id itself (Type0 font with Identity encoding), so content
depends on the font file alone and not on the document: pages can be encoded anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from gyomu_docs.typeset.fonts import Font, FontSet, is_joiner

Usage: TypeAlias = dict[tuple[str, bool], tuple[int, ...]]
"""Of each font (its key, whether set vertically) the glyphs used, in order. Their texts are the
font's to tell (`Font.text_of`)."""

_JOINER = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200d]")
_CLUSTER = re.compile(f".{_JOINER.pattern}*", re.DOTALL)
_INEXACT = "\uffff"
_ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\r": r"\r"})


class GlyphTable(dict[int, str]):
    """A table for `str.translate`: text becomes the content of a PDF string, as Latin-1.

    Two bytes a glyph (ISO 32000-1, 7.3.4.2): against hexadecimal digits that halves the time of
    deflate. The table fills itself, so a character costs a look-up in the font once a process.
    Where the glyph alone would not read back as the character, the entry has a mark in it.
    """

    __slots__ = ("_font", "_gids", "_vertical", "resource")

    def __init__(self, font: Font, vertical: bool, resource: str) -> None:
        super().__init__()
        self._font = font
        self._vertical = vertical
        self._gids: dict[str, int] = {}
        self.resource = resource
        """The font's name in content streams."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        # A joiner belongs to the character before it, which `spell` has to look at again.
        entry = _INEXACT if is_joiner(char) else self._enter(char, self._font.glyph(char))
        self[code] = entry
        return entry

    def spell(self, text: str) -> tuple[str, bool]:
        """Return the string for a text, and whether it reads back as this very text.

        It does not where a glyph stands for another text (`Font.text_of`), or where the font
        lacks a variation sequence and shows the base character instead.
        """
        string = text.translate(self)
        if _INEXACT not in string:
            return string, True
        string = "".join(map(self._spell_cluster, _CLUSTER.findall(text)))
        exact = string.replace(_INEXACT, "")
        return exact, len(exact) == len(string)

    def usage(self, texts: Iterable[str]) -> tuple[int, ...]:
        """Return the glyphs of texts that have been spelt."""
        joined = "".join(texts)
        clusters = set(joined)
        if _JOINER.search(joined):
            clusters.update(*map(_CLUSTER.findall, texts))
        found = {*map(self._gids.get, clusters)}
        return tuple(sorted(gid for gid in found if gid is not None))

    def _spell_cluster(self, cluster: str) -> str:
        if len(cluster) == 1 or is_joiner(cluster[0]):
            return self[ord(cluster[0])]
        gid = self._font.variation_glyph(cluster[0], cluster[1])
        return self._enter(cluster, gid or self._font.glyph(cluster[0]))

    def _enter(self, text: str, gid: int) -> str:
        if self._vertical:
            gid = self._font.vertical_glyph(gid)
        self._gids[text] = gid
        string = gid.to_bytes(2, "big").decode("latin-1").translate(_ESCAPES)
        exact = self._font.text_of(gid, vertical=self._vertical) == text
        return string if exact else string + _INEXACT


@lru_cache(maxsize=32)
def glyph_table(fonts: FontSet, name: str, vertical: bool) -> GlyphTable:
    """Return the table of a font; the same one for all parts that a process encodes.

    Raises `FontError` for a key that is not in the set.
    """
    return GlyphTable(fonts.by_name(name), vertical, resource_name(fonts, name, vertical))


def resource_name(fonts: FontSet, name: str, vertical: bool) -> str:
    """Name of a font in the resource dictionary: by its place in the set, so known everywhere."""
    return f"{'V' if vertical else 'F'}{fonts.names.index(name) + 1}"
