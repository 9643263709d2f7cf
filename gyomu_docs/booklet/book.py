"""`Book`: the sheets of a booklet in their order, with all that its parts are made from.

In: an edition and the configuration. The sheets are put in order and counted here, once; what is
known only when they are set (pages, and where each row stands) comes as `SheetFacts`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.counting import Counted, count_lines
from gyomu_docs.booklet.sections import (
    UNKNOWN,
    Affiliation,
    assigned_unit,
    parse_affiliation,
)
from gyomu_docs.layout.tree import Reference
from gyomu_docs.model import FiscalYear, Sheet, SourcedSheet

SheetLocator: TypeAlias = Callable[[int, int], Reference]
"""What is printed on a page of a sheet, and the anchor there; both by index."""
PartLocator: TypeAlias = Callable[[str], Reference]
"""The same for the first page of a part or a divider, by its key (`Divider.key`, `総括`)."""
NOWHERE = Reference("", "")
"""Where a page is that the booklet does not have: nothing is printed, and nothing links."""


class Divider(NamedTuple):
    """A page before a group of sheets (扉)."""

    key: str
    """Known in the booklet; ASCII, an anchor."""
    level: int
    """1: 基本目的 or department; 2: 施策目的 or section."""
    title: str
    first: int
    """Index of the first sheet behind it."""
    last: int
    """Index after the last sheet of its group."""


class BookSheet(NamedTuple):
    """A sheet with what it has from its book, to be set."""

    sheet: Sheet
    anchor: str
    unit: str = ""
    """所属 by the configuration, for the heads of a sheet that does not say it."""


class SheetFacts(NamedTuple):
    """What is known of a sheet when it has been set."""

    pages: int
    records: Mapping[str, int]
    """Of each row, by record (`行政活動[3]`), the index of the page where it begins."""


@dataclass(frozen=True)
class Book:
    """The sheets of a booklet in order."""

    config: BookletConfig
    entries: tuple[SourcedSheet, ...]
    sheets: tuple[Sheet, ...]
    affiliations: tuple[Affiliation, ...]
    units: tuple[str, ...]
    """Of each sheet that does not say its 所属, what the configuration gives; else empty."""
    counted: Counted
    anchors: tuple[str, ...]
    """Of each sheet; page 2 is at `anchor-2`, and so on."""
    dividers: tuple[Divider, ...]
    places: tuple[int, ...]
    """Of each sheet, its place in the edition."""

    @property
    def year(self) -> FiscalYear:
        """The fiscal year of the booklet: the latest of its sheets."""
        return max(sheet.fiscal_year for sheet in self.sheets)

    @property
    def title(self) -> str:
        """Of the file: city, title and fiscal year."""
        return f"{self.config.city} {self.config.title} {self.year.label('long')}".strip()

    def sheet_at(self, index: int) -> BookSheet:
        """A sheet with what it has from its book."""
        return BookSheet(self.sheets[index], self.anchors[index], self.units[index])

    @cached_property
    def groups(self) -> Mapping[str, list[tuple[tuple[str, ...], list[int]]]]:
        """The sheets by the titles of an order, those of equal titles together.

        For `施策体系順` the titles are 基本目的 and 施策目的, for `組織順` department and section.
        """
        return {order: _groups(self, keys) for order, keys in _KEYS.items() if keys}


def make_book(entries: Sequence[SourcedSheet], config: BookletConfig) -> Book:
    """Order and count the sheets of an edition. There must be one."""
    units = [assigned_unit(entry, config.affiliations) for entry in entries]
    sections = [
        parse_affiliation(entry.sheet.department or unit)
        for entry, unit in zip(entries, units, strict=True)
    ]
    keys = _KEYS[config.order]
    order = _ordered(entries, sections, keys, range(len(entries)))
    ordered = [entries[index] for index in order]
    sheets = tuple(entry.sheet for entry in ordered)
    belongs = [sections[index] for index in order]
    return Book(
        config=config,
        entries=tuple(ordered),
        sheets=sheets,
        affiliations=tuple(belongs),
        units=tuple(units[index] for index in order),
        counted=count_lines(sheets, belongs),
        anchors=tuple(_anchors(ordered)),
        dividers=tuple(_dividers(sheets, belongs, keys)) if config.dividers else (),
        places=tuple(order),
    )


_Key: TypeAlias = Callable[[Sheet, Affiliation], str]
_BY_PLAN: tuple[_Key, ...] = (
    lambda sheet, _: sheet.plan.basic_goal,
    lambda sheet, _: sheet.plan.policy_goal,
)
_BY_UNIT: tuple[_Key, ...] = (
    lambda _, unit: unit.department,
    lambda _, unit: unit.section or unit.label,
)
_KEYS: dict[str, tuple[_Key, ...]] = {
    "施策体系順": _BY_PLAN,
    "組織順": _BY_UNIT,
    "番号順": (),
}


def _groups(book: Book, keys: tuple[_Key, ...]) -> list[tuple[tuple[str, ...], list[int]]]:
    groups: dict[tuple[str, ...], list[int]] = {}
    for index in _ordered(book.entries, book.affiliations, keys, book.places):
        titles = tuple(key(book.sheets[index], book.affiliations[index]) for key in keys)
        groups.setdefault(titles, []).append(index)
    return list(groups.items())


def _ordered(
    entries: Sequence[SourcedSheet],
    sections: Sequence[Affiliation],
    keys: Iterable[_Key],
    places: Sequence[int],
) -> list[int]:
    """Indices of the sheets by their groups, and by number within one.

    Goals go by their number (`VIII`, `27`), units in the order in which the sources have them:
    a city lists its departments in an order of its own. Sheets that do not say come last, as do
    units without a department.
    """
    levels = []
    for key in keys:
        titles = [key(entry.sheet, unit) for entry, unit in zip(entries, sections, strict=True)]
        first: dict[str, int] = {}
        for title, place in zip(titles, places, strict=True):
            first[title] = min(first.get(title, place), place)
        levels.append([(title in _MISSING, _goal_number(title), first[title]) for title in titles])
    return sorted(
        range(len(entries)),
        key=lambda index: (
            *(level[index] for level in levels),
            _natural(entries[index].sheet.number),
            places[index],
        ),
    )


_MISSING = ("", UNKNOWN)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_GOAL = re.compile(r"([IVXL]+|\d+)(?![A-Za-z])")


def _goal_number(title: str) -> int:
    """The number that a goal begins with, in Latin or Roman digits; 0 where there is none."""
    plain = title.translate({ord("Ⅰ") + n: roman for n, roman in enumerate(_ROMANS)})
    match = _GOAL.match(plain)
    if match is None:
        return 0
    if match[1].isdecimal():
        return int(match[1])
    values = [_ROMAN[letter] for letter in match[1]]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _natural(number: str) -> tuple[tuple[int, str], ...]:
    """A sheet number as people order them: `9` before `10`, `3-2` after `3`."""
    parts = re.findall(r"\d+|\D+", number)
    return tuple((int(part), "") if part.isdecimal() else (10**9, part) for part in parts)


def _anchors(entries: Iterable[SourcedSheet]) -> Iterable[str]:
    """A name for each sheet that does not change when others come or go."""
    seen: dict[str, int] = {}
    for entry in entries:
        sheet = entry.sheet
        identity = "\n".join((entry.folder, sheet.department, sheet.number, sheet.title))
        name = "s" + hashlib.sha256(identity.encode()).hexdigest()[:12]
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}x{seen[name]}"


def _dividers(
    sheets: Sequence[Sheet], sections: Sequence[Affiliation], keys: Sequence[_Key]
) -> Iterable[Divider]:
    """A divider wherever the title of a level changes."""
    before: tuple[str, ...] = ("",) * len(keys)
    titles = [
        tuple(key(sheet, unit) for key in keys)
        for sheet, unit in zip(sheets, sections, strict=True)
    ]
    for index, now in enumerate(titles):
        for level, title in enumerate(now):
            if title and (index == 0 or now[: level + 1] != before[: level + 1]):
                end = next(
                    (
                        later
                        for later in range(index, len(titles))
                        if titles[later][: level + 1] != now[: level + 1]
                    ),
                    len(titles),
                )
                yield Divider(f"d{level + 1}-{index + 1}", level + 1, title, index, end)
        before = now
