"""`Edition`: the sheets of one fiscal year, each with where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gyomu_docs.model.sheet import Sheet


@dataclass(frozen=True, slots=True)
class SourcedSheet:
    """A sheet with its origin."""

    sheet: Sheet
    file: str = ""
    """The file it was read from, as messages name it."""
    folder: str = ""
    """Sub-folder below the folder that was read, `/` between parts; output mirrors it."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Sheets in the order of their sources. Iterating gives the sheets themselves."""

    entries: tuple[SourcedSheet, ...] = ()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets without their origins."""
        return tuple(entry.sheet for entry in self.entries)

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)

    def __len__(self) -> int:
        return len(self.entries)
