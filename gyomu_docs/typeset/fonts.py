"""The fonts of a run: those that ship, by family, and the fallbacks of the configuration.

A `FontSet` is handed from the facade down to typesetting, which gets a `FontChain` for each
family, and to the PDF writer, which gets each font by its name. Files open when first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from gyomu_docs.errors import FontError, Place, SettingsError
from gyomu_docs.typeset.fallback import FontChain
from gyomu_docs.typeset.truetype import Font, is_joiner

__all__ = ["Fallback", "Font", "FontSet", "default_font_files", "is_joiner"]

_FILES = {
    "BIZ UDGothic": "BIZUDGothic-Regular.ttf",
    "BIZ UDGothic Bold": "BIZUDGothic-Bold.ttf",
    "BIZ UDMincho": "BIZUDMincho-Regular.ttf",
}
_BOLD = " Bold"


def default_font_files(folder: Path) -> dict[str, Path]:
    """Return the files of the fonts that ship in `fonts/`, by their keys in a `FontSet`."""
    return {key: folder / file for key, file in _FILES.items()}


class Fallback(NamedTuple):
    """A font for the characters that a family lacks."""

    path: Path
    member: int = 0
    """In a collection (`.ttc`), from 0."""
    place: Place = Place()
    """Where the configuration names it; an empty place for a font found on the machine."""


class FontSet:
    """Fonts by key: `BIZ UDGothic`, `BIZ UDGothic Bold`. Cheap to pickle: only paths travel.

    A fallback has the name of its file without the suffix for a key: `ipamjm`.
    """

    def __init__(self, files: Mapping[str, Path], fallbacks: Sequence[Fallback] = ()) -> None:
        self.files = {key: Path(path) for key, path in files.items()}
        self.fallbacks: dict[str, Fallback] = {}
        for fallback in fallbacks:
            self.fallbacks[self._free_name(fallback)] = fallback
        self.chains: dict[str, FontChain] = {}
        """The chains that `find` gave out, by the name of their main font."""
        self._loaded: dict[str, Font] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return (FontSet, (self.files, tuple(self.fallbacks.values())))

    def __repr__(self) -> str:
        return f"FontSet({self.files!r}, {tuple(self.fallbacks.values())!r})"

    @property
    def names(self) -> tuple[str, ...]:
        """Keys, in the order given, the fallbacks behind the families."""
        return (*self.files, *self.fallbacks)

    @property
    def families(self) -> tuple[str, ...]:
        """Keys without the bold cuts and the fallbacks."""
        return tuple(
            key
            for key in self.files
            if not (key.endswith(_BOLD) and key.removesuffix(_BOLD) in self.files)
        )

    def find(self, family: str, bold: bool) -> FontChain:
        """Return the font of a family with its fallbacks; the regular one where there is no bold.

        Raises `FontError` for a family that is not in the set.
        """
        key = family + _BOLD
        name = key if bold and key in self.files else family
        chain = self.chains.get(name)
        if chain is None:
            if name not in self.files:
                raise self._unknown(name)
            chain = FontChain(self.by_name(name), tuple(self.fallbacks), self)
            self.chains[name] = chain
        return chain

    def by_name(self, name: str) -> Font:
        """Return the font of a key, loaded at the first call.

        Raises `FontError`, and `SettingsError` with its line for a fallback of the configuration.
        """
        font = self._loaded.get(name)
        if font is None:
            font = self._loaded[name] = self._load(name)
        return font

    def beside(self, name: str) -> Path:
        """Return a file that lies beside one of the fonts: `sRGB2014.icc`.

        Raises `FontError` if it lies in none of their folders.
        """
        folders = list(dict.fromkeys(path.parent for path in self.files.values()))
        for folder in folders:
            if (folder / name).is_file():
                return folder / name
        places = "、".join(map(str, folders))
        raise FontError(f"{name} が書体のフォルダー（{places}）にありません。")

    def _load(self, name: str) -> Font:
        if name in self.files:
            return Font(name, self.files[name])
        if name not in self.fallbacks:
            raise self._unknown(name)
        path, member, place = self.fallbacks[name]
        try:
            return Font(name, path, member)
        except FontError as error:
            if not place.file:
                raise
            raise SettingsError(error.message, place=place, hint=error.hint) from None

    def _unknown(self, name: str) -> FontError:
        return FontError(
            f"書体「{name}」がありません。", hint=f"使える書体: {'、'.join(self.families)}"
        )

    def _free_name(self, fallback: Fallback) -> str:
        """A key that no other font has; the number of a font in its collection belongs to it."""
        stem = fallback.path.stem + (f" {fallback.member + 1}" if fallback.member else "")
        name, number = stem, 2
        while name in self.names:
            name, number = f"{stem} ({number})", number + 1
        return name
