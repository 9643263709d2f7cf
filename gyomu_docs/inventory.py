"""What `gyomu-docs fonts` says: the fonts there are, and what the texts of sheets need of them."""

from __future__ import annotations

from collections.abc import Iterator

from gyomu_docs.errors import Diagnostic, MissingGlyphError, Place
from gyomu_docs.model import SourcedSheet
from gyomu_docs.render import Renderer
from gyomu_docs.typeset.coverage import (
    Loan,
    borrowed_characters,
    ignored_sequences,
    missing_glyphs,
)


class GlyphInventory:
    """The characters of sheets that no font has, that a fallback lends, and mapped 外字."""

    def __init__(self, renderer: Renderer) -> None:
        self.missing: list[MissingGlyphError] = []
        """One for each character and text, with its file, sheet, table, row and column."""
        self._renderer = renderer
        self._found: list[Diagnostic] = []
        self._loans: dict[Loan, list[Place]] = {}

    def add(self, entry: SourcedSheet) -> None:
        """Look through a sheet as it would be printed.

        Raises SettingsError for a font or a mapping file of the configuration that is wrong.
        """
        file = Place(file=entry.file)
        fonts = self._renderer.fonts
        document, told = self._renderer.printed(entry.sheet)
        mapped = [one for one in told if one.kind == "gaiji"]
        ignored = ignored_sequences(document, fonts)
        self._found += [one.within(file) for one in (*mapped, *ignored)]
        for loan, places in borrowed_characters(document, fonts).items():
            self._loans.setdefault(loan, []).extend(place.within(file) for place in places)
        self.missing += [one.within(file) for one in missing_glyphs(document, fonts)]

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Loans of fallback fonts, then replaced 外字 and ignored selectors with their places."""
        for (text, font), places in self._loans.items():
            codes = " ".join(f"U+{ord(char):04X}" for char in text)
            message = (
                f"「{text}」（{codes}）は予備の書体「{font}」で印刷します（{len(places)}か所）。"
            )
            yield Diagnostic("I", "glyph", message, places[0])
        yield from self._found


def font_list(renderer: Renderer) -> Iterator[str]:
    """Each font with its file and, for a fallback, where it comes from; all are opened.

    Raises FontError and SettingsError for one that cannot be used.
    """
    fonts = renderer.fonts
    for name in fonts.names:
        path = fonts.by_name(name).path
        if name in fonts.fallbacks:
            origin = str(fonts.fallbacks[name].place) or "この PC の書体"
            yield f"{name}  {path}（予備の書体、{origin}）"
        else:
            yield f"{name}  {path}"
