"""Figures by year in two editions: what was rewritten, what is new, and how budgets were spent.

An edition prints the results and settled amounts of the years before its own. A year that both
have is the past: where it differs, it was rewritten. A year that only the new one has is news. A
year that fell out is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from gyomu_docs.comparison.result import BudgetStep, Execution, GroupCost, Pair
from gyomu_docs.model import FiscalYear, Sheet, TextsByYear
from gyomu_docs.model.money import amount_value

_USUAL_YEARS = 5


class Rewritten(NamedTuple):
    """A figure of the same year that differs."""

    year: str
    old: str
    new: str


class Span:
    """The years whose results and settled amounts a sheet prints.

    From the earliest that any of its rows has, to the one before its own; a row without a figure
    in one of these years is blank there.
    """

    def __init__(self, sheet: Sheet) -> None:
        years = [year.year for texts in _by_year(sheet) for year in texts]
        self.own = sheet.fiscal_year.year
        self.first = min(years, default=self.own - _USUAL_YEARS)

    def has(self, year: int, texts: TextsByYear) -> bool:
        """Whether the sheet says something of that year in that row; blank is something too."""
        return self.first <= year < self.own or texts.at(year) != ""


def rewritten(
    old: TextsByYear, new: TextsByYear, old_span: Span, new_span: Span
) -> Iterator[Rewritten]:
    """The years that both sheets have and in which the figures differ."""
    for year, was, now in _differences(old, new):
        if old_span.has(year.year, old) and new_span.has(year.year, new):
            yield Rewritten(str(year), was, now)


def new_years(
    old: TextsByYear, new: TextsByYear, old_span: Span
) -> Iterator[tuple[FiscalYear, str]]:
    """The years that only the new sheet has, with what it says of them."""
    for year in new:
        text = new.at(year.year)
        if text and not old_span.has(year.year, old):
            yield year, text


def rewritten_budgets(
    old: TextsByYear, new: TextsByYear, old_own: FiscalYear, new_own: FiscalYear
) -> Iterator[Rewritten]:
    """Budgets of the same year that differ; a sheet has that of its own year, and what it lists."""
    for year, was, now in _differences(old, new):
        if (year in old or year == old_own) and (year in new or year == new_own):
            yield Rewritten(str(year), was, now)


def executions(costs: Iterable[Pair[GroupCost]], old: Sheet, new: Sheet) -> Iterator[Execution]:
    """The old edition's budgets beside what the new one says was spent."""
    own = old.fiscal_year.year
    if own >= new.fiscal_year.year:
        return
    for pair in costs:
        if pair.old is not None and pair.new is not None:
            budget, settled = pair.old.row.budget.at(own), pair.new.row.settled.at(own)
            if budget or settled:
                year = next((str(y) for y in pair.new.row.settled if y.year == own), "")
                yield Execution(
                    code_new=str(pair.new.code),
                    name=pair.new.row.name,
                    year=year or str(old.fiscal_year),
                    budget=budget,
                    settled=settled,
                    rate=_rate(budget, settled),
                )


def budget_steps(costs: Iterable[Pair[GroupCost]], old: Sheet, new: Sheet) -> Iterator[BudgetStep]:
    """The budgets of the two editions' years."""
    if old.fiscal_year == new.fiscal_year:
        return
    for pair in costs:
        if pair.old is not None and pair.new is not None:
            was = pair.old.row.budget.at(old.fiscal_year.year)
            now = pair.new.row.budget.at(new.fiscal_year.year)
            if was or now:
                yield BudgetStep(str(pair.new.code), pair.new.row.name, was, now)


def _by_year(sheet: Sheet) -> Iterator[TextsByYear]:
    for purpose in sheet.purposes:
        yield purpose.results
    for activity in sheet.activities:
        yield activity.results
        for cost in activity.costs:
            yield cost.settled


def _differences(old: TextsByYear, new: TextsByYear) -> Iterable[tuple[FiscalYear, str, str]]:
    """The years in which the texts differ, as the new one spells them, the earliest first."""
    found = [
        (year, old.at(year.year), new.at(year.year))
        for year in new
        if old.at(year.year) != new.at(year.year)
    ]
    gone = [year for year in old if not new.at(year.year) and old.at(year.year)]
    found += [(year, old.at(year.year), "") for year in gone if year not in new]
    return sorted(found, key=lambda difference: difference[0].year)


def _rate(budget: str, settled: str) -> str | None:
    planned, spent = amount_value(budget), amount_value(settled)
    if not planned or spent is None:
        return None
    rate = (100 * spent / planned).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rate}%"
