"""The rows and paragraphs of sheets that belong together, paired table by table.

In: the old sheets and the new ones of one match; one of each, or several on one side where a sheet
was split or merged. Out: an `Alignment` for each pair of sheets. Several sheets are matched as one
long sheet, so a row that went to another part is neither removed here nor added there; what is
truly gone or new stands with the first sheet of the other side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from gyomu_docs.comparison.activities import match_activities
from gyomu_docs.comparison.assignment import Rival
from gyomu_docs.comparison.lines import (
    LineMatches,
    match_budget_lines,
    match_costs,
    match_moved_costs,
    match_purposes,
)
from gyomu_docs.comparison.paragraphs import match_paragraphs
from gyomu_docs.comparison.result import Alignment, GroupCost, Pair, Section
from gyomu_docs.errors import Diagnostic, Place, shorten
from gyomu_docs.model import Activity, Sheet

T = TypeVar("T")

_Group = tuple[int, str]
"""Index of a sheet, and a 2-digit code."""


class Column(Generic[T]):
    """The items of one table over all sheets of a side, in a row."""

    def __init__(self, sheets: Sequence[Sequence[T]]) -> None:
        self.items: list[T] = [item for items in sheets for item in items]
        self.sheets: list[int] = [at for at, items in enumerate(sheets) for _ in items]
        self.places: list[int] = [at for items in sheets for at in range(1, len(items) + 1)]


class Table(Generic[T]):
    """One table of both sides, matched."""

    def __init__(
        self, old: Column[T], new: Column[T], pairs: dict[int, int], rivals: Sequence[Rival] = ()
    ) -> None:
        self.old, self.new = old, new
        self.pairs = pairs
        self.rivals = rivals
        self._owners = {new: old for old, new in pairs.items()}

    def between(self, old_sheet: int, new_sheet: int) -> tuple[Pair[T], ...]:
        """What the table says about two of the sheets, in reading order."""
        return tuple(self._reading_order(old_sheet, new_sheet))

    def doubts(
        self, section: Section, name: Callable[[T], str], news: Sequence[Sheet]
    ) -> Iterator[tuple[tuple[int, int], Diagnostic]]:
        """The pairs that might as well be others, by the sheets that they are from."""
        for rival in self.rivals:
            place = Place(
                sheet=news[self.new.sheets[rival.new]].label,
                table=section,
                row=name(self.new.items[rival.new]),
            )
            old = shorten(name(self.old.items[rival.old]))
            if rival.other_new is not None:
                other = shorten(name(self.new.items[rival.other_new]))
                message = (
                    f"旧年度の「{old}」が、この行と「{other}」のどちらになったか決めきれません。"
                )
            else:
                other = shorten(name(self.old.items[rival.other_old or 0]))
                message = f"旧年度の「{old}」と「{other}」のどちらがこの行か決めきれません。"
            sheets = self.old.sheets[rival.old], self.new.sheets[rival.new]
            yield sheets, Diagnostic("W", "ambiguous", message, place)

    def _reading_order(self, old_sheet: int, new_sheet: int) -> Iterator[Pair[T]]:
        owners = self._owners_between(old_sheet, new_sheet)
        removed = self._removed_behind(owners, old_sheet, new_sheet)
        yield from removed.get(None, ())
        for new, sheet in enumerate(self.new.sheets):
            if sheet != new_sheet:
                continue
            item, place, old = self.new.items[new], self.new.places[new], owners.get(new)
            if old is not None:
                yield Pair(self.old.items[old], item, self.old.places[old], place)
                yield from removed.get(new, ())
            elif old_sheet == 0 and new not in self._owners:
                yield Pair(None, item, None, place)

    def _owners_between(self, old_sheet: int, new_sheet: int) -> dict[int, int]:
        """The pairs of two of the sheets, new to old.

        A text that stands in all parts, or in all sources, is what it was in each of them.
        """
        owners = {
            new: old
            for new, old in self._owners.items()
            if self.new.sheets[new] == new_sheet and self.old.sheets[old] == old_sheet
        }
        taken = set(owners.values())
        texts = {
            item: old
            for old, item in enumerate(self.old.items)
            if isinstance(item, str) and self.old.sheets[old] == old_sheet and old not in taken
        }
        for new, item in enumerate(self.new.items):
            if new in owners or self.new.sheets[new] != new_sheet or not isinstance(item, str):
                continue
            old = texts.get(item)
            if old is not None and (new in self._owners or old in self.pairs):
                owners[new] = texts.pop(item)
        return owners

    def _removed_behind(
        self, owners: dict[int, int], old_sheet: int, new_sheet: int
    ) -> dict[int | None, list[Pair[T]]]:
        """What is gone, by the new item that stands before it; None for the start."""
        heirs = {old: new for new, old in owners.items()}
        behind: dict[int | None, list[Pair[T]]] = {}
        last: int | None = None
        for old, sheet in enumerate(self.old.sheets):
            if sheet != old_sheet:
                continue
            if old in heirs:
                last = heirs[old]
            elif old not in self.pairs and new_sheet == 0:
                gone = Pair(self.old.items[old], None, self.old.places[old], None)
                behind.setdefault(last, []).append(gone)
        return behind


class CostTable(Table[GroupCost]):
    """The cost rows, and which of them moved on their own."""

    def __init__(
        self,
        old: Column[GroupCost],
        new: Column[GroupCost],
        pairs: dict[int, int],
        rivals: Sequence[Rival],
        moved: frozenset[int],
    ) -> None:
        super().__init__(old, new, pairs, rivals)
        self._moved = moved

    def moved_in(self, new_sheet: int) -> frozenset[int]:
        """The places in a new sheet of rows that left their group of activities."""
        return frozenset(
            self.new.places[at] for at in self._moved if self.new.sheets[at] == new_sheet
        )


def align(olds: Sequence[Sheet], news: Sequence[Sheet]) -> dict[tuple[int, int], Alignment]:
    """Pair everything in the sheets; by index of the old sheet and of the new one."""
    activities = _activity_table(olds, news)
    costs = _cost_table(olds, news, activities)
    budget = _line_table(olds, news, lambda sheet: sheet.budget, match_budget_lines)
    purposes = _line_table(olds, news, lambda sheet: sheet.purposes, match_purposes)
    directions = _text_table(olds, news, lambda sheet: sheet.plan.directions)
    notes = _text_table(olds, news, lambda sheet: sheet.notes)
    summary = _text_table(olds, news, lambda sheet: sheet.summary.paragraphs)
    outlook = _text_table(olds, news, lambda sheet: sheet.outlook.paragraphs)
    doubts = [
        *budget.doubts("予算", lambda line: line.name, news),
        *purposes.doubts("任務目的", lambda row: row.purpose, news),
        *activities.doubts("行政活動", lambda row: row.code, news),
        *costs.doubts("事業費", lambda cost: f"{cost.code} {cost.row.name}", news),
    ]
    return {
        (old, new): Alignment(
            directions=directions.between(old, new),
            budget=budget.between(old, new),
            purposes=purposes.between(old, new),
            activities=activities.between(old, new),
            costs=costs.between(old, new),
            moved_costs=costs.moved_in(new),
            notes=notes.between(old, new),
            summary=summary.between(old, new),
            outlook=outlook.between(old, new),
            doubts=tuple(doubt for sheets, doubt in doubts if sheets == (old, new)),
        )
        for old in range(len(olds))
        for new in range(len(news))
    }


def _activity_table(olds: Sequence[Sheet], news: Sequence[Sheet]) -> Table[Activity]:
    old, new = ([sheet.activities for sheet in sheets] for sheets in (olds, news))
    matches = match_activities(old, new)
    return Table(Column(old), Column(new), matches.pairs, matches.rivals)


def _line_table(
    olds: Sequence[Sheet],
    news: Sequence[Sheet],
    part: Callable[[Sheet], Sequence[T]],
    match: Callable[[Sequence[T], Sequence[T]], LineMatches],
) -> Table[T]:
    old, new = (Column([part(sheet) for sheet in sheets]) for sheets in (olds, news))
    matches = match(old.items, new.items)
    return Table(old, new, matches.pairs, matches.rivals)


def _text_table(
    olds: Sequence[Sheet], news: Sequence[Sheet], part: Callable[[Sheet], Sequence[str]]
) -> Table[str]:
    """Paragraphs keep their order only within a sheet: with several, equal ones come first."""
    old, new = (Column([part(sheet) for sheet in sheets]) for sheets in (olds, news))
    if len(olds) == len(news) == 1:
        return Table(old, new, match_paragraphs(old.items, new.items))
    pairs: dict[int, int] = {}
    for at, text in enumerate(old.items):
        same = (to for to, other in enumerate(new.items) if other == text)
        free = next((to for to in same if to not in pairs.values()), None)
        if free is not None:
            pairs[at] = free
    for old_sheet in range(len(olds)):
        for new_sheet in range(len(news)):
            left = [a for a, s in enumerate(old.sheets) if s == old_sheet and a not in pairs]
            taken = set(pairs.values())
            right = [a for a, s in enumerate(new.sheets) if s == new_sheet and a not in taken]
            found = match_paragraphs([old.items[a] for a in left], [new.items[a] for a in right])
            pairs |= {left[one]: right[other] for one, other in found.items()}
    return Table(old, new, pairs)


def _cost_table(
    olds: Sequence[Sheet], news: Sequence[Sheet], activities: Table[Activity]
) -> CostTable:
    """Cost rows are matched within the groups of activities that became each other.

    What is left may have moved to another group.
    """
    old, new = (Column([_costs(sheet) for sheet in sheets]) for sheets in (olds, news))
    homes, others = _by_group(old), _by_group(new)
    pairs: dict[int, int] = {}
    found: list[Rival] = []
    for group, target in _groups(activities, homes, others).items():
        left, right = homes.get(group, []), others.get(target, [])
        matches = match_costs(
            [old.items[at].row for at in left], [new.items[at].row for at in right]
        )
        pairs |= {left[one]: right[other] for one, other in matches.pairs.items()}
        found += _placed(matches.rivals, left, right)
    left = [at for at in range(len(old.items)) if at not in pairs]
    taken = set(pairs.values())
    right = [at for at in range(len(new.items)) if at not in taken]
    matches = match_moved_costs(
        [old.items[at].row for at in left], [new.items[at].row for at in right]
    )
    moved = {left[one]: right[other] for one, other in matches.pairs.items()}
    found += _placed(matches.rivals, left, right)
    return CostTable(old, new, pairs | moved, found, frozenset(moved.values()))


def _placed(rivals: Iterable[Rival], olds: Sequence[int], news: Sequence[int]) -> Iterator[Rival]:
    """Rivals among some rows as rivals among all."""
    for rival in rivals:
        yield Rival(
            olds[rival.old],
            news[rival.new],
            None if rival.other_old is None else olds[rival.other_old],
            None if rival.other_new is None else news[rival.other_new],
        )


def _costs(sheet: Sheet) -> list[GroupCost]:
    return [GroupCost(group.code, row) for group in sheet.activity_groups() for row in group.costs]


def _by_group(column: Column[GroupCost]) -> dict[_Group, list[int]]:
    groups: dict[_Group, list[int]] = {}
    for at, cost in enumerate(column.items):
        groups.setdefault((column.sheets[at], str(cost.code)), []).append(at)
    return groups


def _groups(
    activities: Table[Activity],
    homes: dict[_Group, list[int]],
    others: dict[_Group, list[int]],
) -> dict[_Group, _Group]:
    """Which group became which: as its 2-digit row did, else as most of its rows did.

    Each new group is taken once. Groups without any pair of rows stay what they are by code.
    """
    votes: Counter[tuple[_Group, _Group]] = Counter()
    for old, new in activities.pairs.items():
        one, other = activities.old.items[old].code, activities.new.items[new].code
        heads = one.level == other.level == 1
        group = activities.old.sheets[old], one[:2]
        target = activities.new.sheets[new], other[:2]
        votes[group, target] += 1000 if heads else 1
    groups: dict[_Group, _Group] = {}
    taken: set[_Group] = set()
    for (group, target), _ in votes.most_common():
        if group not in groups and target not in taken:
            groups[group] = target
            taken.add(target)
    for group in homes:
        if group not in groups and group in others and group not in taken:
            groups[group] = group
    return groups
