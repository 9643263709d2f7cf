"""`Comparison`: what changed from one edition to the next. Immutable; all that reports need.

A `Comparison` has one `SheetComparison` for each pair of sheets. Its `alignment` says which row
became which, in reading order, changed or not; `changes` says what differs, entry by entry as the
change list of the contract has it; `execution`, `news` and `budgets` are what a new year brings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

from gyomu_docs.comparison.words import Segment, word_changes
from gyomu_docs.errors import Diagnostic
from gyomu_docs.model import Activity, ActivityCode, BudgetLine, CostRow, MissionPurpose, Sheet

T = TypeVar("T")

Kind = Literal["changed", "moved", "added", "removed"]
Status = Literal["unchanged", "changed", "added", "removed", "split", "merged"]
Section = Literal[
    "見出し",
    "総合計画",
    "人工",
    "予算",
    "任務目的",
    "行政活動",
    "事業費",
    "注記",
    "総括",
    "今後の方針",
    "追加項目",
]


class GroupCost(NamedTuple):
    """A cost row and the 2-digit code of the group that it is printed after."""

    code: ActivityCode
    row: CostRow


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """An item of the old sheet and the item of the new one that it became; one may be None."""

    old: T | None
    new: T | None
    old_index: int | None = None
    """Its place in the old sheet, from 1."""
    new_index: int | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every row and paragraph of two sheets, paired.

    In reading order: that of the new sheet, with what was removed behind what stood before it.
    """

    directions: tuple[Pair[str], ...] = ()
    budget: tuple[Pair[BudgetLine], ...] = ()
    purposes: tuple[Pair[MissionPurpose], ...] = ()
    activities: tuple[Pair[Activity], ...] = ()
    costs: tuple[Pair[GroupCost], ...] = ()
    moved_costs: frozenset[int] = frozenset()
    """Places in the new sheet, from 1, of cost rows that left their group of activities; those of
    a group that was renumbered only went along.
    """
    notes: tuple[Pair[str], ...] = ()
    summary: tuple[Pair[str], ...] = ()
    outlook: tuple[Pair[str], ...] = ()
    doubts: tuple[Diagnostic, ...] = ()
    """Rows whose partner was not certain, each with its rival."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the change list.

    What does not apply is None, and so is the side that a row added or removed does not have; a
    blank field is an empty text.
    """

    kind: Kind
    section: Section
    row: str | None = None
    """人工 only: このシート, すべてのシート."""
    code_old: str | None = None
    code_new: str | None = None
    name: str | None = None
    """予算 and 事業費: the project, as the new edition names it (the old one if removed)."""
    index: int | None = None
    """From 1, in the new sheet (in the old one if removed)."""
    field: str | None = None
    year: str | None = None
    """As the edition prints it: R元."""
    old: str | None = None
    new: str | None = None

    def segments(self) -> tuple[Segment, ...]:
        """The change word by word; joined without `added` it is `old`, without `removed` `new`."""
        return word_changes(self.old or "", self.new or "")


@dataclass(frozen=True, slots=True)
class Execution:
    """執行: what was budgeted for the old edition's year, and what the new one says was spent."""

    code_new: str
    name: str
    year: str
    budget: str
    settled: str
    rate: str | None
    """執行率 to one decimal, `99.6%`; None where one of the two is no number or nothing was
    budgeted.
    """


@dataclass(frozen=True, slots=True)
class News:
    """A figure of a year that only the new edition has."""

    section: Section
    code_new: str | None
    index: int | None
    """任務目的 only: the row, from 1."""
    name: str | None
    field: str
    year: str
    new: str


@dataclass(frozen=True, slots=True)
class BudgetStep:
    """The budgets of a cost row for the years of the two editions."""

    code_new: str
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SheetComparison:
    """Two sheets, or one that was added or removed.

    A sheet that was split stands in several comparisons, with each of its parts; so does one that
    was merged, with each of its sources. What went to another part is not removed from this one.
    """

    status: Status
    old: Sheet | None
    new: Sheet | None
    alignment: Alignment
    changes: tuple[Change, ...] = ()
    execution: tuple[Execution, ...] = ()
    news: tuple[News, ...] = ()
    budgets: tuple[BudgetStep, ...] = ()
    doubts: tuple[Diagnostic, ...] = ()
    """Why the sheet's partner, or that of a row, was not certain."""

    @property
    def ambiguous(self) -> bool:
        """Whether a person should look at which sheet or row became which."""
        return bool(self.doubts)

    @property
    def label(self) -> str:
        """As messages name the sheet: as the new edition does, if it is there."""
        sheet = self.new or self.old
        return sheet.label if sheet else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions, compared. Sheets in the order of the new edition, then the removed ones."""

    old: str
    """The fiscal year of the old edition, as its sheets print it; empty if it has none."""
    new: str
    sheets: tuple[SheetComparison, ...]

    @property
    def doubts(self) -> tuple[Diagnostic, ...]:
        """All that was not certain, sheet by sheet."""
        return tuple(doubt for sheet in self.sheets for doubt in sheet.doubts)
