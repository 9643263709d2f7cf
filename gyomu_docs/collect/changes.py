"""What one returned draft changed, against its base; addressed by the records of the base."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from gyomu_docs.errors import Diagnostic
from gyomu_docs.model import Sheet

Values = tuple[tuple[str, str], ...]
"""Fields of a new item and their texts, as the sheet file writes them; without empty ones."""


class Origin(NamedTuple):
    """Where a change comes from."""

    draft: str
    """The file, as messages name it."""
    author: str = ""
    """Who tracked it; several are parted by `、`."""
    date: str = ""
    """When it was tracked last (ISO 8601)."""
    tracked: bool = False


class Edit(NamedTuple):
    """A field with another text; both as the sheet file writes them."""

    record: str
    field: str
    old: str
    new: str
    origin: Origin


class Addition(NamedTuple):
    """A new item of a list."""

    key: str
    """By which others refer to it: `+1`."""
    owner: str
    """The record or the key of the item that has the list; empty for the sheet."""
    path: str
    """Of the list in its owner: `行政活動`, `事業費`, `総合計画.施策の方向`."""
    after: str
    """The record or the key of the item before it; empty where it is the first."""
    values: Values
    """Of an item that is a text itself, the one field `.`."""
    origin: Origin


class Removal(NamedTuple):
    """An item that is gone."""

    record: str
    label: str
    """Its text, for people."""
    origin: Origin


class Order(NamedTuple):
    """Another order of the items of a list."""

    owner: str
    path: str
    records: tuple[str, ...]
    """All items that are left, in their order."""
    moved: tuple[str, ...]
    """Those of them that changed their places."""
    origin: Origin


class Remark(NamedTuple):
    """A comment, with the table and the cell it is anchored to where they are known."""

    section: str
    record: str
    field: str
    author: str
    date: str
    text: str
    draft: str


@dataclass(slots=True)
class DraftChanges:
    """One draft, read against its base."""

    file: str
    folder: str
    base: Sheet
    blank: bool
    """Whether the draft went out empty: what comes back is a new sheet."""
    edits: list[Edit] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    """Losses of structure, what was not taken over, texts that were not read."""
    refused: list[Diagnostic] = field(default_factory=list)
    """Rows that cannot be taken over; each must be put right by a person."""

    @property
    def is_untouched_blank(self) -> bool:
        """Whether the draft went out empty, and nobody put anything in it."""
        changed = self.edits or self.additions or self.removals or self.orders or self.refused
        told = any(one.kind != "form" for one in self.found)
        return self.blank and not (changed or self.remarks or told)
