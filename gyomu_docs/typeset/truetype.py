"""One TrueType font: advances for line breaking, glyphs and subsets for the PDF writer.

In: a font file, mapped and not read. `Font` fulfils `metrics.Metrics`; which fonts there are and
which of them a character takes is decided in `fonts` and `fallback`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.typeset import opentype

_UPRIGHT_BLOCKS = (range(0x2190, 0x2200), range(0x2500, 0x2580))
"""Arrows and box drawing. Their vertical forms turn them by 90 degrees, so → would point down;
in a form they mean a direction on the paper or a rule, and stay as typed."""

_UNMAPPABLE = "\ufeff\ufffe"
"""A PDF must not map a glyph to them (ISO 14289-1, 7.21.7)."""


def is_joiner(char: str) -> bool:
    """Whether the character has no glyph of its own: a variation selector or U+200D."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or char == "\u200d"


def check_printable(char: str) -> None:
    """Raise `MissingGlyphError` for a character that no font can print, whatever it has."""
    code = ord(char)
    match unicodedata.category(char):
        case "Cc" | "Cs":
            raise MissingGlyphError(f"制御文字 U+{code:04X} は印刷できません。")
        case "Co":
            # A reader elsewhere cannot know what the private character is, and PDF/A-2a
            # (ISO 19005-2, 6.2.11.7.3) forbids it without a replacement text.
            raise MissingGlyphError(
                f"外字（私用領域の文字）U+{code:04X} は、外字の対応表にないため印刷できません。",
                hint="設定ファイル gyomu-docs.yaml の「外字」で指定した対応表に、代わりの字を"
                "書いてください。",
            )


def missing_glyph(char: str, names: Sequence[str]) -> MissingGlyphError:
    """The error for a character that none of these fonts has."""
    fonts = "、".join(f"「{name}」" for name in names)
    return MissingGlyphError(
        f"書体{fonts}に文字「{char}」（U+{ord(char):04X}）がありません。",
        hint="別の字に置き換えるか、設定ファイル gyomu-docs.yaml の「予備の書体」にその字のある"
        "書体を足してください。ない字の一覧は gyomu-docs fonts SRC で出せます。",
    )


class Font:
    """One TrueType font, read through HarfBuzz. Metrics in thousandths of an em."""

    def __init__(self, name: str, path: Path, member: int = 0) -> None:
        """Map the file; `member` counts the fonts of a collection (`.ttc`) from 0.

        Raises `FontError` if it is missing, broken or not to be embedded.
        """
        self.name = name
        self.path = path
        self.member = member
        self._face = opentype.open_face(path, member)
        self._hb = hb.Font(self._face)
        self._em: int = self._face.upem
        facts = opentype.read_facts(self._face, path)
        self.ps_name = facts.ps_name
        self.ascent = facts.ascent
        self.descent = facts.descent
        self.cap_height = facts.cap_height
        self.bbox = facts.bbox
        self.weight = facts.weight
        self.italic_angle = facts.italic_angle
        self.is_fixed = facts.is_fixed
        self.is_serif = facts.is_serif
        self.widths: Mapping[str, int] = _Widths(self)
        self._glyphs: dict[str, int] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return (Font, (self.name, self.path, self.member))

    def __repr__(self) -> str:
        return f"Font({self.name!r}, {str(self.path)!r})"

    def glyph(self, char: str) -> int:
        """Glyph id of a character. Raises `MissingGlyphError` if there is none to print."""
        gid = self._glyphs.get(char)
        if gid is None:
            check_printable(char)
            if not self.has(char):
                raise missing_glyph(char, [self.name])
            gid = self._glyphs[char] = self._hb.get_nominal_glyph(ord(char))
        return gid

    def has(self, char: str) -> bool:
        """Whether the font has a glyph for a character, and it may be printed."""
        return bool(self._hb.get_nominal_glyph(ord(char))) and char not in _UNMAPPABLE

    def variation_glyph(self, base: str, selector: str) -> int | None:
        """Glyph id of a variation sequence (cmap format 14), None where the font lacks it."""
        gid: int | None = self._hb.get_variation_glyph(ord(base), ord(selector))
        return gid or None

    def vertical_glyph(self, gid: int) -> int:
        """Return the glyph that stands for `gid` in vertical text (GSUB `vert`), else `gid`."""
        return self._vertical.get(gid, gid)

    def advance(self, gid: int) -> int:
        """Horizontal advance of a glyph."""
        units: int = self._hb.get_glyph_h_advance(gid)
        return round(units * 1000 / self._em)

    def text_of(self, gid: int, *, vertical: bool = False) -> str:
        """Return the text that a glyph stands for when nothing else says so.

        It depends on the font alone, so that parts of one PDF that are made apart agree on it:
        the lowest character, else the lowest variation sequence. A vertical form stands for the
        text of the upright glyph. Raises KeyError for a glyph that no text leads to.
        """
        if vertical and gid in self._upright:
            gid = self._upright[gid]
        text = self._characters.get(gid)
        return self._sequences[gid] if text is None else text

    def subset(self, gids: Iterable[int]) -> bytes:
        """Return a TrueType file with these glyphs under the same ids, for ISO 32000-1, 9.9."""
        return opentype.subset(self._face, gids)

    @cached_property
    def _vertical(self) -> dict[int, int]:
        mapping = opentype.read_vertical(self._face)
        for block in _UPRIGHT_BLOCKS:
            for code in block:
                mapping.pop(self._hb.get_nominal_glyph(code) or 0, None)
        return mapping

    @cached_property
    def _upright(self) -> dict[int, int]:
        upright: dict[int, int] = {}
        for gid, vertical in self._vertical.items():
            upright.setdefault(vertical, gid)
        return upright

    @cached_property
    def _characters(self) -> dict[int, str]:
        codes = sorted(self._face.unicodes, reverse=True)  # so that the lowest comes last and wins
        return dict(zip(map(self._hb.get_nominal_glyph, codes), map(chr, codes), strict=True))

    @cached_property
    def _sequences(self) -> dict[int, str]:
        sequences: dict[int, str] = {}
        for selector in sorted(self._face.variation_selectors):
            for base in sorted(self._face.variation_unicodes(selector)):
                gid = self._hb.get_variation_glyph(base, selector)
                sequences.setdefault(gid, chr(base) + chr(selector))
        return sequences


class _Widths(dict[str, int]):
    """Advances, measured when a character is first looked up."""

    __slots__ = ("_font",)

    def __init__(self, font: Font) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> int:
        font = self._font
        width = self[char] = 0 if is_joiner(char) else font.advance(font.glyph(char))
        return width
