"""A font with those that stand in for it: which font each character takes.

In: the font of a family, the fallback fonts of the configuration in their order. A `FontChain`
fulfils `metrics.Metrics`, so line breaking sees one font; `runs` asks it afterwards which parts of
a text are of which font. Fallback fonts open when a character first needs them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from gyomu_docs.typeset.truetype import Font, check_printable, is_joiner, missing_glyph

_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class FontSource(Protocol):
    """Fonts by name, opened at the first call: a `fonts.FontSet`."""

    def by_name(self, name: str) -> Font:
        """The font of a name. Raises FontError."""


class Piece(NamedTuple):
    """A part of a text that one font sets."""

    start: int
    end: int
    font: str


class FontChain:
    """The font of a family and its fallbacks, seen as one font of the family's heights."""

    def __init__(self, main: Font, fallbacks: tuple[str, ...], fonts: FontSource) -> None:
        self.name = main.name
        self.ascent = main.ascent
        self.descent = main.descent
        self.widths: Mapping[str, int] = _ChainWidths(self)
        self.marked: set[str] = set()
        """Characters met so far that may take another font: those that the main font lacks, and
        variation selectors. A text without them is all of the main font."""
        self._main = main
        self._fallbacks = fallbacks
        self._fonts = fonts
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}

    def font_of(self, char: str) -> Font:
        """The first font that has a character. Raises `MissingGlyphError` if none has."""
        check_printable(char)
        for font in self._chain():
            if font.has(char):
                return font
        raise missing_glyph(char, [self.name, *self._fallbacks])

    def pieces(self, text: str) -> list[Piece]:
        """The text by fonts, each piece as long as it can be.

        A variation sequence takes the first font that has it, else that of its base character;
        combining marks stay with their base where a font has both. Raises `MissingGlyphError`.
        """
        pieces: list[Piece] = []
        start = 0
        for cluster in _clusters(text):
            for part, font in self._fonts_of(cluster):
                end = start + len(part)
                if pieces and pieces[-1].font == font:
                    pieces[-1] = pieces[-1]._replace(end=end)
                else:
                    pieces.append(Piece(start, end, font))
                start = end
        return pieces

    def borrowed(self, text: str) -> list[tuple[str, str]]:
        """The parts of a text that are not of the main font, each a cluster with its font.

        Raises `MissingGlyphError`.
        """
        return [
            (part, font)
            for cluster in _clusters(text)
            for part, font in self._fonts_of(cluster)
            if font != self.name
        ]

    def ignored_sequences(self, text: str) -> list[str]:
        """The variation sequences of a text that no font has: they print as the base character."""
        if not _SELECTOR.search(text):
            return []
        return [cluster for cluster in _clusters(text) if self._is_ignored(cluster)]

    def _chain(self) -> Iterator[Font]:
        yield self._main
        for name in self._fallbacks:
            yield self._fonts.by_name(name)

    def _fonts_of(self, cluster: str) -> tuple[tuple[str, str], ...]:
        known = self._known.get(cluster)
        if known is None:
            known = self._known[cluster] = tuple(self._choose(cluster))
        return known

    def _choose(self, cluster: str) -> Iterator[tuple[str, str]]:
        """The parts of a cluster with their fonts: one, unless no font has all of it."""
        visible = [char for char in cluster if not is_joiner(char)]
        if not visible:
            yield cluster, self.name
            return
        selector = _SELECTOR.match(cluster, 1)
        complete: Font | None = None
        for font in self._chain():
            if all(map(font.has, visible)):
                if selector is None or font.variation_glyph(cluster[0], selector[0]):
                    yield cluster, font.name
                    return
                complete = complete or font
        if complete is not None:
            yield cluster, complete.name
            return
        name = self.name
        for char in cluster:
            name = name if is_joiner(char) else self.font_of(char).name
            yield char, name

    def _is_ignored(self, cluster: str) -> bool:
        """Whether a variation selector of a cluster has no effect."""
        selectors = [match.start() for match in _SELECTOR.finditer(cluster)]
        if selectors != [1]:
            return bool(selectors)  # only one right behind its base can have an effect
        ((_, name), *_) = self._fonts_of(cluster)
        return self._fonts.by_name(name).variation_glyph(cluster[0], cluster[1]) is None


class _ChainWidths(dict[str, int]):
    """Advances, measured when a character is first looked up."""

    __slots__ = ("_chain",)

    def __init__(self, chain: FontChain) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, char: str) -> int:
        chain = self._chain
        if is_joiner(char):
            width = 0
            chain.marked.add(char)
        else:
            font = chain.font_of(char)
            width = font.widths[char]
            if font.name != chain.name:
                chain.marked.add(char)
        self[char] = width
        return width


def _clusters(text: str) -> Iterator[str]:
    """Each character with the joiners and combining marks behind it."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _is_attached(text[index]):
            yield text[start:index]
            start = index


def _is_attached(char: str) -> bool:
    return is_joiner(char) or unicodedata.category(char) in ("Mn", "Me", "Mc")
