"""The first page of a report: what happened to the sheets, marks, budgets, staff, execution.

Sheets that were split or merged stand in several comparisons; here they are a `Family`, so that
nothing is counted twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from gyomu_docs.comparison import Execution
from gyomu_docs.model import Sheet, parse_value
from gyomu_docs.model.money import amount_value
from gyomu_docs.reports.entries import KINDS, REWRITTEN, SECTIONS, Entry, SheetEntries
from gyomu_docs.reports.families import each_once, family_key
from gyomu_docs.reports.figures import percentage

_REACHED, _MISSED = "○◯〇", "×✕✖"
"""The marks of 達成, in the spellings that sheets print."""
_NOBODY = Decimal("0.0")
STAFF = {"正規": "regular", "会計年度任用": "fixed_term", "再任用": "reappointed"}


class Step(NamedTuple):
    """A sum in the old edition and in the new one; None where no sheet says anything of it."""

    old: Decimal | None
    new: Decimal | None

    @property
    def difference(self) -> Decimal:
        """New minus old."""
        return (self.new or Decimal(0)) - (self.old or Decimal(0))

    @property
    def rate(self) -> Decimal | None:
        """The difference in percent of the old sum; None where that is nothing."""
        return percentage(self.difference, self.old) if self.old else None


@dataclass(frozen=True, slots=True)
class Family:
    """Sheets that belong together: one of each, one alone, or several on one side."""

    members: tuple[SheetEntries, ...]

    @property
    def olds(self) -> tuple[Sheet, ...]:
        """The old sheets, each once."""
        return each_once(member.comparison.old for member in self.members)

    @property
    def news(self) -> tuple[Sheet, ...]:
        """The new sheets, each once."""
        return each_once(member.comparison.new for member in self.members)

    @property
    def shown(self) -> tuple[SheetEntries, ...]:
        """The members to name it by: the parts of a split sheet, else the first."""
        return self.members[: len(self.news) or 1]

    @property
    def status(self) -> str:
        """That of its members."""
        return self.members[0].status

    @property
    def is_renamed(self) -> bool:
        """Whether one sheet became one of another name."""
        return self._differs("title")

    @property
    def is_renumbered(self) -> bool:
        """Whether one sheet became one of another number."""
        return self._differs("number")

    def step(self, measure: Callable[[Sheet], Decimal | None]) -> Step:
        """What the sheets of either side come to."""
        return Step(_told(map(measure, self.olds)), _told(map(measure, self.news)))

    def _differs(self, field: str) -> bool:
        one_of_each = len(self.olds) == len(self.news) == 1
        return one_of_each and getattr(self.olds[0], field) != getattr(self.news[0], field)


class SteppedFamily(NamedTuple):
    """A family whose sums differ."""

    family: Family
    steps: tuple[Step, ...]


class ExecutedFamily(NamedTuple):
    """Execution of the old budgets: of a family, or of all."""

    family: Family | None
    budget: Decimal
    settled: Decimal

    @property
    def rate(self) -> Decimal | None:
        """執行率 in percent, to one decimal."""
        return percentage(self.settled, self.budget)


class Found(NamedTuple):
    """An entry and the sheet that it is in."""

    sheet: SheetEntries
    entry: Entry


class CountedSection(NamedTuple):
    """How many changes of each of `KINDS` a section has."""

    section: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reader must know first."""

    families: tuple[Family, ...]
    old_sheets: int
    new_sheets: int
    statuses: dict[str, int]
    """How many families of each status there are; only those that there are."""
    notable: tuple[Family, ...]
    """Added, dropped, renamed, renumbered, split and merged ones."""
    sections: tuple[CountedSection, ...]
    counts: tuple[int, ...]
    """How many changes of each of `KINDS` there are."""
    missed: tuple[Found, ...]
    """達成 from ○ to ×."""
    reached: tuple[Found, ...]
    """達成 from × to ○."""
    rewritten: tuple[Found, ...]
    budget: tuple[SteppedFamily, ...]
    budget_total: Step
    """Of all sheets, in thousand yen."""
    staff: tuple[SteppedFamily, ...]
    """正規, 会計年度任用, 再任用 and their sum."""
    staff_total: tuple[Step, ...]
    execution: tuple[ExecutedFamily, ...]
    execution_total: ExecutedFamily
    """Of the cost rows whose budget and settled amount are both numbers, repeated ones once."""

    @property
    def total(self) -> int:
        """How many changes there are."""
        return sum(self.counts)


def summarize(sheets: Sequence[SheetEntries]) -> Summary:
    """The summary of a comparison whose entries are `sheets`."""
    families = _families(sheets)
    found = [Found(sheet, entry) for sheet in sheets for entry in sheet.entries]
    measures = [_staff(name) for name in STAFF.values()]
    counted = [tuple(family.step(measure) for measure in measures) for family in families]
    staff = [(*steps, _sum(steps)) for steps in counted]
    budget = [family.step(lambda sheet: sheet.budget_total) for family in families]
    executed = tuple(_executed(families))
    return Summary(
        families=families,
        old_sheets=sum(len(family.olds) for family in families),
        new_sheets=sum(len(family.news) for family in families),
        statuses=dict(Counter(family.status for family in families)),
        notable=tuple(family for family in families if _is_notable(family)),
        sections=tuple(_counted(found)),
        counts=tuple(sum(one.entry.kind == kind for one in found) for kind in KINDS),
        missed=tuple(one for one in found if _turned(one.entry, _REACHED, _MISSED)),
        reached=tuple(one for one in found if _turned(one.entry, _MISSED, _REACHED)),
        rewritten=tuple(one for one in found if one.entry.kind == REWRITTEN),
        budget=tuple(
            SteppedFamily(family, (step,))
            for family, step in zip(families, budget, strict=True)
            if step.difference
        ),
        budget_total=_sum(budget),
        staff=tuple(
            SteppedFamily(family, steps)
            for family, steps in zip(families, staff, strict=True)
            if any(step.difference for step in steps)
        ),
        staff_total=tuple(_sum(steps) for steps in zip(*staff, strict=True)) or (_sum(()),) * 4,
        execution=executed,
        execution_total=ExecutedFamily(
            None, _total(one.budget for one in executed), _total(one.settled for one in executed)
        ),
    )


def _families(sheets: Sequence[SheetEntries]) -> tuple[Family, ...]:
    families: dict[int, list[SheetEntries]] = {}
    for sheet in sheets:
        families.setdefault(family_key(sheet.comparison), []).append(sheet)
    return tuple(Family(tuple(members)) for members in families.values())


def _is_notable(family: Family) -> bool:
    one_alone = not (family.olds and family.news)
    several = len(family.olds) > 1 or len(family.news) > 1
    return one_alone or several or family.is_renamed or family.is_renumbered


def _counted(found: Sequence[Found]) -> Iterable[CountedSection]:
    counter = Counter[tuple[str, str]]((one.entry.change.section, one.entry.kind) for one in found)
    for section in SECTIONS:
        counts = tuple(counter[section, kind] for kind in KINDS)
        if any(counts):
            yield CountedSection(section, counts)


def _turned(entry: Entry, old: str, new: str) -> bool:
    change = entry.change
    is_mark = change.field == "達成" and change.section in ("任務目的", "行政活動")
    both = bool(change.old and change.new)
    return is_mark and both and (change.old or "") in old and (change.new or "") in new


def _staff(field: str) -> Callable[[Sheet], Decimal | None]:
    def measure(sheet: Sheet) -> Decimal | None:
        text = getattr(sheet.staffing.this_sheet, field)
        return (parse_value(text).number or _NOBODY) if text else None

    return measure


def _sum(steps: Sequence[Step]) -> Step:
    return Step(_told(step.old for step in steps), _told(step.new for step in steps))


def _told(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is told; None where nothing is: a blank is not 0."""
    told = [number for number in numbers if number is not None]
    return _total(told) if told else None


def _total(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


def _executed(families: Iterable[Family]) -> Iterable[ExecutedFamily]:
    for family in families:
        rows = [row for member in family.members for row in member.comparison.execution]
        if rows:
            yield _execution(family, rows)


def _execution(family: Family, rows: Iterable[Execution]) -> ExecutedFamily:
    """The sums of a family; a project shown again with the same amounts counts once."""
    budget = settled = Decimal(0)
    for _, planned_text, spent_text in {(row.name, row.budget, row.settled) for row in rows}:
        planned, spent = amount_value(planned_text), amount_value(spent_text)
        if planned is not None and spent is not None:
            budget, settled = budget + planned, settled + spent
    return ExecutedFamily(family, budget, settled)
