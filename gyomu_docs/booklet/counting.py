"""Budget lines counted once (再掲): what each line adds to a total.

The same 事業 may stand on several sheets: as a part of it on each, as the same amount shown again,
or as the whole on a lead sheet and the parts on the others. In: the sheets of an edition with their
sections. Out: each line with the amount that it adds, so that totals over sections, policies or
accounts are plain sums; and every 事業 that the sources count twice, with both readings.

A project is known by its account (款項目) and name. A line without an account joins the account
that the same name has in its section, if there is one alone. Between sections only lines with an
account are the same project: names like 一般事務費 are common to many. Amounts that may be sums of
each other, or equal, and that no cost rows confirm as parts, are added and named as unclear.

Amounts are rounded to thousand yen one by one, so a sum of n rows may miss by n halves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from gyomu_docs.booklet.sections import Affiliation
from gyomu_docs.model import BudgetLine, CostRow, Sheet
from gyomu_docs.model.money import amount_value

Reading = Literal["lead", "again", "unclear"]
"""Why lines are no simple parts: one is the sum of all (代表シート) and adds what the others leave
of it; all show the same amount (再掲), added once; or nothing tells, and all are added."""


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
    costs: dict[Affiliation, dict[str, _Costs]] = {}
    for section, members in _by_section(sections).items():
        own = _with_accounts(_lines_of(sheets, members))
        costs[section] = _distinct_costs(sheets, members)
        for group in _by_project(own).values():
            counted, reading = _count(group, costs[section].get(_plain(group[0].name), _Costs()))
            lines += counted
            if reading:
                repeats.append(_repeat(reading, counted, section.label))
    done, again = _once_between_sections(lines, sections)
    repeats += again
    wider = list(_alike_between_sections(done, sections, costs.values(), again))
    told = [*(one for one in repeats if not _is_within(one, wider)), *wider]
    return Counted(tuple(done), tuple(told))


def _is_within(repeat: Repeat, wider: Iterable[Repeat]) -> bool:
    """Whether what is unclear is so among more lines."""
    return repeat.reading == "unclear" and any(
        set(repeat.lines) <= set(other.lines) for other in wider
    )


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


@dataclass
class _Costs:
    """The budget of this year in the cost rows of one project in a section, equal rows once."""

    total: Decimal = Decimal(0)
    rows: int = 0
    of_sheet: dict[int, Decimal] = field(default_factory=dict)

    def add(self, sheet: int, amount: Decimal) -> None:
        """Count a row of a sheet."""
        self.total += amount
        self.rows += 1
        self.of_sheet[sheet] = self.of_sheet.get(sheet, Decimal(0)) + amount


def _distinct_costs(sheets: Sequence[Sheet], members: Iterable[int]) -> dict[str, _Costs]:
    """By name, the cost rows of a section."""
    seen: set[CostRow] = set()
    found: dict[str, _Costs] = {}
    for index in members:
        year = sheets[index].fiscal_year.year
        for activity in sheets[index].activities:
            for cost in activity.costs:
                amount = amount_value(cost.budget.at(year))
                if cost in seen or amount is None:
                    continue
                seen.add(cost)
                found.setdefault(_plain(cost.name), _Costs()).add(index, amount)
    return found


def _by_project(lines: Iterable[CountedLine]) -> dict[tuple[Account, str], list[CountedLine]]:
    groups: dict[tuple[Account, str], list[CountedLine]] = {}
    for line in lines:
        groups.setdefault((line.account, _plain(line.name)), []).append(line)
    return groups


def _count(lines: list[CountedLine], costs: _Costs) -> tuple[list[CountedLine], Reading | None]:
    """The lines of one project in one section, counted, and how they were read."""
    if len(lines) == 1:
        return lines, None
    amounts = [line.amount for line in lines]
    if costs.rows and _close(sum(amounts, Decimal(0)), costs.total, costs.rows):
        return lines, None  # the parts of it, as its cost rows confirm
    if len(set(amounts)) == 1:
        return _first_alone(lines), "again"
    lead = _lead_of(lines, costs)
    if lead is None:
        may_be_sum = 2 * max(amounts) >= sum(amounts)
        has_equals = len(set(amounts)) < len(amounts)
        return lines, "unclear" if may_be_sum or has_equals else None
    # A lead that is shown on several sheets counts once.
    parts = [line._replace(counted=_part(line, lead)) for line in lines]
    own = lead.amount - sum(line.counted for line in parts)
    parts[lines.index(lead)] = lead._replace(counted=own)
    return parts, "lead"


def _lead_of(lines: list[CountedLine], costs: _Costs) -> CountedLine | None:
    """The line that is the sum of all: of the cost rows, or of the other lines and its own rows."""
    top = max(line.amount for line in lines)
    others = [line.amount for line in lines if line.amount != top]
    if top < sum(others):
        return None
    for line in lines:
        if line.amount == top:
            if costs.rows and _close(top, costs.total, costs.rows):
                return line
            own = costs.of_sheet.get(line.sheet, Decimal(0))
            if (own or len(others) > 1) and _close(top, sum(others, own), len(others) + costs.rows):
                return line
    return None


def _part(line: CountedLine, lead: CountedLine) -> Decimal:
    return Decimal(0) if line.amount == lead.amount else line.amount


def _close(amount: Decimal, total: Decimal, rows: int) -> bool:
    """Whether a sum of so many rounded rows may be printed as this amount."""
    return 2 * abs(amount - total) <= rows


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
    lines: list[CountedLine], sections: Sequence[Affiliation]
) -> tuple[list[CountedLine], list[Repeat]]:
    """A project with the same total in several sections is one shown again, and counts once."""
    done: list[CountedLine] = []
    repeats: list[Repeat] = []
    for (account, _), group in _by_project(lines).items():
        by_section = _lines_by_section(group, sections)
        if any(account) and len(by_section) > 1 and _have_one_total(by_section.values()):
            first, *others = by_section.values()
            again = (line._replace(counted=Decimal(0)) for own in others for line in own)
            group = [*first, *again]
            repeats.append(_repeat("again", group, ""))
        done += group
    done.sort(key=lambda line: line.sheet)
    return done, repeats


def _have_one_total(groups: Iterable[Iterable[CountedLine]]) -> bool:
    totals = {sum((line.counted for line in group), Decimal(0)) for group in groups}
    return len(totals) == 1 and totals != {0}


def _lines_by_section(
    lines: Iterable[CountedLine], sections: Sequence[Affiliation]
) -> dict[Affiliation, list[CountedLine]]:
    found: dict[Affiliation, list[CountedLine]] = {}
    for line in lines:
        found.setdefault(sections[line.sheet], []).append(line)
    return found


def _alike_between_sections(
    lines: Iterable[CountedLine],
    sections: Sequence[Affiliation],
    costs: Iterable[Mapping[str, _Costs]],
    again: Iterable[Repeat],
) -> Iterator[Repeat]:
    """Names of several sections whose amounts look as if one showed the others: they are added.

    Either one of the lines is the sum of all, or sections show the same total and one of them
    gives no account.
    """
    read = {_plain(repeat.name) for repeat in again}
    by_name: dict[str, list[CountedLine]] = {}
    for line in lines:
        by_name.setdefault(_plain(line.name), []).append(line)
    for name, group in by_name.items():
        by_section = _lines_by_section(group, sections)
        accounts = {line.account for line in group if any(line.account)}
        if name in read or len(by_section) == 1 or len(accounts) != 1:
            continue
        is_blank = not all(any(line.account) for line in group)
        together = _together(each[name] for each in costs if name in each)
        if (is_blank and _have_one_total(by_section.values())) or _lead_of(group, together):
            group.sort(key=lambda line: not any(line.account))
            yield _repeat("unclear", group, "")


def _together(costs: Iterable[_Costs]) -> _Costs:
    whole = _Costs()
    for one in costs:
        whole.total += one.total
        whole.rows += one.rows
        whole.of_sheet.update(one.of_sheet)
    return whole
