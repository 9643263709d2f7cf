"""Budget lines counted once (再掲): what each line adds to a total.

The same 事業 may stand on several sheets: as a part of it on each, as the same amount shown again,
or as the whole on a lead sheet and the parts on the others. In: the sheets of an edition with their
sections. Out: each line with the amount that it adds, so that totals over sections, policies or
accounts are plain sums; and every 事業 that the sources count twice, with both readings.

A project is known by its account (款項目) and name. A line without an account joins the account
that the same name has in its section, if there is one alone. Between sections only lines with an
account are the same project: names like 一般事務費 are common to many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from gyomu_docs.booklet.sections import Affiliation
from gyomu_docs.model import BudgetLine, CostRow, Sheet
from gyomu_docs.model.money import amount_value

Reading = Literal["lead", "again", "unclear"]
"""Why lines are not simply added: one of them is the sum of the cost rows of all (代表シート);
all show the same amount (再掲); or neither can be told, and they are added."""


class Account(NamedTuple):
    """款, 項 and 目; all empty for a line that names none."""

    kan: str
    ko: str
    moku: str

    @property
    def label(self) -> str:
        """As tables print it: `2-1-6`."""
        return "-".join(filter(None, self))


class CountedLine(NamedTuple):
    """A budget line, and what it adds to totals."""

    sheet: int
    """Index of its sheet."""
    name: str
    account: Account
    """With that of the lines it joins, where it has none of its own."""
    amount: Decimal
    """In thousand yen, as printed."""
    counted: Decimal
    """In thousand yen, what it adds to a total."""


class Repeat(NamedTuple):
    """A project that the sources show more than once."""

    reading: Reading
    name: str
    account: Account
    section: str
    """Of the section whose sheets show it, or empty for several sections."""
    lines: tuple[CountedLine, ...]
    counted: Decimal
    plain: Decimal
    """The sum of all lines: the other reading."""


class Counted(NamedTuple):
    """All budget lines of an edition."""

    lines: tuple[CountedLine, ...]
    repeats: tuple[Repeat, ...]


def count_lines(sheets: Sequence[Sheet], sections: Sequence[Affiliation]) -> Counted:
    """Count each project once. `sections` has the affiliation of each sheet."""
    lines: list[CountedLine] = []
    repeats: list[Repeat] = []
    for section, members in _by_section(sections).items():
        own = _with_accounts(_lines_of(sheets, members))
        costs = _distinct_costs(sheets, members)
        for group in _by_project(own).values():
            counted, reading = _count(group, costs.get(_plain(group[0].name)))
            lines += counted
            if reading:
                repeats.append(_repeat(reading, counted, section.label))
    return _once_between_sections(lines, repeats, sections)


def _by_section(sections: Sequence[Affiliation]) -> dict[Affiliation, list[int]]:
    members: dict[Affiliation, list[int]] = {}
    for index, section in enumerate(sections):
        members.setdefault(section, []).append(index)
    return members


def _lines_of(sheets: Sequence[Sheet], members: Iterable[int]) -> list[CountedLine]:
    return [
        CountedLine(index, line.name, _account(line), amount, amount)
        for index in members
        for line in sheets[index].budget
        if (amount := amount_value(line.amount)) is not None
    ]


def _account(line: BudgetLine) -> Account:
    return Account(line.kan.strip(), line.ko.strip(), line.moku.strip())


def _plain(name: str) -> str:
    return "".join(name.split())


def _with_accounts(lines: list[CountedLine]) -> list[CountedLine]:
    """The lines without an account, under that of their name where it has one alone."""
    known: dict[str, set[Account]] = {}
    for line in lines:
        if any(line.account):
            known.setdefault(_plain(line.name), set()).add(line.account)
    joined = []
    for line in lines:
        accounts = known.get(_plain(line.name), set())
        if not any(line.account) and len(accounts) == 1:
            line = line._replace(account=next(iter(accounts)))
        joined.append(line)
    return joined


def _distinct_costs(sheets: Sequence[Sheet], members: Iterable[int]) -> dict[str, Decimal]:
    """By name, the budget of this year in the cost rows of a section, equal rows once."""
    seen: set[CostRow] = set()
    sums: dict[str, Decimal] = {}
    for index in members:
        year = sheets[index].fiscal_year.year
        for activity in sheets[index].activities:
            for cost in activity.costs:
                amount = amount_value(cost.budget.at(year))
                if cost in seen or amount is None:
                    continue
                seen.add(cost)
                name = _plain(cost.name)
                sums[name] = sums.get(name, Decimal(0)) + amount
    return sums


def _by_project(lines: Iterable[CountedLine]) -> dict[tuple[Account, str], list[CountedLine]]:
    groups: dict[tuple[Account, str], list[CountedLine]] = {}
    for line in lines:
        groups.setdefault((line.account, _plain(line.name)), []).append(line)
    return groups


def _count(
    lines: list[CountedLine], costs: Decimal | None
) -> tuple[list[CountedLine], Reading | None]:
    """The lines of one project in one section, counted, and how they were read."""
    if len(lines) == 1:
        return lines, None
    amounts = [line.amount for line in lines]
    if sum(amounts) == costs:
        return lines, None  # the parts of it, as its cost rows confirm
    if len(set(amounts)) == 1:
        return _first_alone(lines), "again"
    if costs in amounts:
        lead = amounts.index(costs)
        parts = [0 if amount == costs else amount for amount in amounts]
        own = costs - sum(parts)
        if own >= 0:
            counted = [
                line._replace(counted=own if index == lead else Decimal(part))
                for index, (line, part) in enumerate(zip(lines, parts, strict=True))
            ]
            return counted, "lead"
    if len(set(amounts)) < len(amounts):
        return lines, "unclear"
    return lines, None


def _first_alone(lines: list[CountedLine]) -> list[CountedLine]:
    return [lines[0], *(line._replace(counted=Decimal(0)) for line in lines[1:])]


def _repeat(reading: Reading, lines: Sequence[CountedLine], section: str) -> Repeat:
    return Repeat(
        reading,
        lines[0].name,
        lines[0].account,
        section,
        tuple(lines),
        sum((line.counted for line in lines), Decimal(0)),
        sum((line.amount for line in lines), Decimal(0)),
    )


def _once_between_sections(
    lines: list[CountedLine],
    repeats: list[Repeat],
    sections: Sequence[Affiliation],
) -> Counted:
    """A project with the same total in several sections is one shown again, and counts once."""
    done: list[CountedLine] = []
    for (account, _), group in _by_project(lines).items():
        by_section: dict[Affiliation, list[CountedLine]] = {}
        for line in group:
            by_section.setdefault(sections[line.sheet], []).append(line)
        totals = {sum(line.counted for line in part) for part in by_section.values()}
        if any(account) and len(by_section) > 1 and len(totals) == 1 and totals != {0}:
            first, *others = by_section.values()
            counted = [*first]
            for part in others:
                counted += [line._replace(counted=Decimal(0)) for line in part]
            repeats.append(_repeat("again", counted, ""))
            done += counted
        else:
            done += group
    done.sort(key=lambda line: line.sheet)
    return Counted(tuple(done), tuple(repeats))
