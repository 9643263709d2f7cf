"""Staff, budget and achievements summed up over any grouping of the sheets.

In: the sheets, their counted budget lines (`counting`), and a label for each. Out: `Total`s, which
add up: every grouping has the same sum, since a project counts once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from gyomu_docs.booklet.counting import Account, CountedLine
from gyomu_docs.model import Sheet, StaffCount, ValueKind, parse_value
from gyomu_docs.model.money import amount_value
from gyomu_docs.model.sheet import Measured

MARKS = ("○", "△", "×", "-")
_SAME_MARKS = {"〇": "○", "◯": "○", "✕": "×", "✖": "×", "▲": "△"}
_BLANK = frozenset((ValueKind.BLANK, ValueKind.NONE))


class Staff(NamedTuple):
    """人工 by kind, in full-time equivalents."""

    regular: Decimal = Decimal("0.0")
    fixed_term: Decimal = Decimal("0.0")
    reappointed: Decimal = Decimal("0.0")

    def plus(self, other: Staff) -> Staff:
        """Both together."""
        return Staff(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class Total(NamedTuple):
    """What the sheets of a group come to."""

    label: str
    sheets: tuple[int, ...]
    staff: Staff
    budget: Decimal
    """In thousand yen, each project once."""
    marks: tuple[tuple[str, int], ...]
    """達成 of purposes and activities: how many of each of `MARKS`, and of others (その他)."""


class StaffMismatch(NamedTuple):
    """A section whose sheets do not add up to what they print as すべてのシート."""

    section: str
    summed: Staff
    printed: Staff
    sheet: str


def staff_of(count: StaffCount) -> Staff:
    """The numbers of a row of 人工; what is no number counts nothing."""
    texts = (count.regular, count.fixed_term, count.reappointed)
    return Staff(*(parse_value(text).number or Decimal("0.0") for text in texts))


def total_by(
    sheets: Sequence[Sheet], lines: Iterable[CountedLine], label_of: Callable[[int], str]
) -> list[Total]:
    """One `Total` for each label, in the order in which the labels first come up."""
    members: dict[str, list[int]] = {}
    for index in range(len(sheets)):
        members.setdefault(label_of(index), []).append(index)
    budgets: dict[str, Decimal] = dict.fromkeys(members, Decimal(0))
    for line in lines:
        budgets[label_of(line.sheet)] += line.counted
    return [
        _total(label, indices, [sheets[index] for index in indices], budgets[label])
        for label, indices in members.items()
    ]


def budget_by_account(lines: Iterable[CountedLine]) -> list[tuple[Account, str, Decimal]]:
    """Account, project and budget in thousand yen, by account number; those without one last."""
    sums: dict[tuple[Account, str], Decimal] = {}
    for line in lines:
        key = (line.account, "".join(line.name.split()))
        sums[key] = sums.get(key, Decimal(0)) + line.counted
    ordered = sorted(sums.items(), key=lambda item: (_account_order(item[0][0]), item[0][1]))
    return [(account, name, amount) for (account, name), amount in ordered]


def _account_order(account: Account) -> tuple[bool, tuple[tuple[int, str], ...]]:
    numbers = tuple((int(part) if part.isdecimal() else 10**6, part) for part in account)
    return not any(account), numbers


def staff_mismatches(
    sheets: Sequence[Sheet], section_of: Callable[[int], str]
) -> list[StaffMismatch]:
    """Sections whose sheets print another sum in すべてのシート than they come to."""
    sums: dict[str, Staff] = {}
    for index, sheet in enumerate(sheets):
        section = section_of(index)
        own = staff_of(sheet.staffing.this_sheet)
        sums[section] = sums.get(section, Staff()).plus(own)
    found = []
    for index, sheet in enumerate(sheets):
        printed = sheet.staffing.all_sheets
        if printed == StaffCount():
            continue
        section = section_of(index)
        if staff_of(printed) != sums[section]:
            found.append(StaffMismatch(section, sums[section], staff_of(printed), sheet.label))
    return found


def _total(label: str, indices: Iterable[int], sheets: Sequence[Sheet], budget: Decimal) -> Total:
    staff = Staff()
    printed: Counter[str] = Counter()
    for sheet in sheets:
        staff = staff.plus(staff_of(sheet.staffing.this_sheet))
        printed.update([row.mark for row in (*sheet.purposes, *sheet.activities) if row.mark])
    marks: Counter[str] = Counter()
    for text, count in printed.items():  # a handful of different ones, in any number of rows
        marks[_mark(text)] += count
    counts = tuple((mark, marks[mark]) for mark in (*MARKS, "その他"))
    return Total(label, tuple(indices), staff, budget, counts)


def _mark(text: str) -> str:
    plain = _SAME_MARKS.get(text.strip(), text.strip())
    if parse_value(plain).kind is ValueKind.NONE:
        return "-"
    return plain if plain in MARKS else "その他"


def is_unmeasured(row: Measured) -> bool:
    """Whether an indicator has a target (↑ → ↓ or a value) but no result in any year."""
    # Most rows have a result in their first year: asked for first.
    for text in row.results.values():
        if parse_value(text).kind not in _BLANK:
            return False
    return (
        parse_value(row.indicator).kind not in _BLANK and parse_value(row.target).kind not in _BLANK
    )


class Change(NamedTuple):
    """A cost row's budget against the last settled amount, in thousand yen."""

    sheet: int
    name: str
    settled: Decimal
    budget: Decimal

    @property
    def difference(self) -> Decimal:
        """What the budget is more."""
        return self.budget - self.settled


def largest_changes(sheets: Sequence[Sheet], most: int) -> list[Change]:
    """The cost rows with the largest difference between budget and last year's settled amount.

    Equal rows shown again count once.
    """
    changes: dict[tuple[object, ...], Change] = {}
    for index, sheet in enumerate(sheets):
        year = sheet.fiscal_year.year
        for activity in sheet.activities:
            for cost in activity.costs:
                settled = amount_value(cost.settled.at(year - 1))
                budget = amount_value(cost.budget.at(year))
                if settled is not None and budget is not None and settled != budget:
                    change = Change(index, cost.name, settled, budget)
                    changes.setdefault((cost, sheet.department), change)
    ordered = sorted(changes.values(), key=lambda one: (-abs(one.difference), one.sheet, one.name))
    return ordered[:most]
