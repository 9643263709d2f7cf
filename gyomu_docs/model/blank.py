"""An empty sheet, from which a new one begins in Word.

It has rows to fill in, which no sheet file could hold: a row without a code is no activity yet. So
it is for layout alone, and is neither checked nor written as a sheet file.
"""

from __future__ import annotations

from gyomu_docs.model.code import ActivityCode
from gyomu_docs.model.fiscal_year import FiscalYear
from gyomu_docs.model.sheet import (
    Activity,
    BudgetLine,
    CostRow,
    MissionPurpose,
    PlanPosition,
    Sheet,
)

_DIRECTIONS = 2
_BUDGET_LINES = 6
_PURPOSES = 3
_ACTIVITIES = 20
_COSTS = 2


class _NoCode(ActivityCode):
    """The code of a row that is not filled in yet; such rows look like those of 4 digits."""

    __slots__ = ()

    def __new__(cls) -> _NoCode:
        return str.__new__(cls, "")

    @property
    def level(self) -> int:
        return 2

    @property
    def group(self) -> ActivityCode:
        return self


def blank_sheet(year: FiscalYear) -> Sheet:
    """The empty sheet of a fiscal year: no number, no name, rows without content."""
    activities = [Activity.model_construct(code=_NoCode()) for _ in range(_ACTIVITIES)]
    costs = tuple(CostRow() for _ in range(_COSTS))
    activities[-1] = Activity.model_construct(code=_NoCode(), costs=costs)
    return Sheet.model_construct(
        fiscal_year=year,
        number="",
        plan=PlanPosition(directions=("",) * _DIRECTIONS),
        budget=tuple(BudgetLine() for _ in range(_BUDGET_LINES)),
        purposes=tuple(MissionPurpose() for _ in range(_PURPOSES)),
        activities=tuple(activities),
        notes=("",),
    )
