"""`Sheet`: what one 業務棚卸表 says. The attribute names are English, the file's keys the labels.

Everything is text as printed; parsed values stand beside it (`TextsByYear.value`,
`amount_value`). All models are frozen. A model is built from a file's keys or from the English
names alike: `BudgetLine(**{"事業名": "..."})` and `BudgetLine(name="...")`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from gyomu_docs.model.by_year import AmountsByYear, TextsByYear
from gyomu_docs.model.code import ActivityCode
from gyomu_docs.model.fiscal_year import FiscalYear
from gyomu_docs.model.money import Amount, amount_value

CODE_TWICE = "code_twice"
"""Type of the validation error for a code given twice; its context has `code` and `index`."""


class Model(BaseModel):
    """Base of all models of a sheet: frozen, no unknown keys, file keys as aliases."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        coerce_numbers_to_str=True,
        serialize_by_alias=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, value: object) -> object:
        # `予算:` with nothing behind it is an empty text in YAML, a null in JSON.
        if isinstance(value, dict):
            return {key: item for key, item in value.items() if item is not None and item != ""}
        return value


class PlanPosition(Model):
    """Where the sheet stands in the city's plan (総合計画)."""

    name: str = Field("", alias="名称", description="例: 第五次総合計画")
    basic_goal: str = Field("", alias="基本目的")
    policy_goal: str = Field("", alias="施策目的", description="上位目的")
    directions: tuple[str, ...] = Field((), alias="施策の方向")


class StaffCount(Model):
    """Staff in full-time equivalents, as printed (`2.0`)."""

    regular: str = Field("", alias="正規")
    fixed_term: str = Field("", alias="会計年度任用")
    reappointed: str = Field("", alias="再任用")


class Staffing(Model):
    """人工: of this sheet, and the sum over the section's sheets where the source prints it."""

    this_sheet: StaffCount = Field(StaffCount(), alias="このシート")
    all_sheets: StaffCount = Field(StaffCount(), alias="すべてのシート")


class BudgetLine(Model):
    """One line of the budget box: account numbers, project, amount in thousand yen."""

    kan: str = Field("", alias="款")
    ko: str = Field("", alias="項")
    moku: str = Field("", alias="目")
    name: str = Field("", alias="事業名")
    amount: Amount = Field("", alias="予算額")


class CostRow(Model):
    """事業費: settled amounts of past years and the budget of this year, in thousand yen."""

    name: str = Field("", alias="事業名")
    settled: AmountsByYear = Field(AmountsByYear(), alias="決算")
    budget: AmountsByYear = Field(AmountsByYear(), alias="予算")


class Measured(Model):
    """What a purpose and an activity have in common: an indicator with results and a mark."""

    indicator: str = Field("", alias="指標")
    results: TextsByYear = Field(TextsByYear(), alias="実績")
    target: str = Field("", alias="目標", description="↑ → ↓ または -")
    mark: str = Field("", alias="達成", description="○ × または -")
    remarks: str = Field("", alias="備考")


class MissionPurpose(Measured):
    """One row of the 任務目的 table."""

    purpose: str = Field("", alias="目的")
    extras: dict[str, str] = Field({}, alias="追加項目")


class Activity(Measured):
    """One row of the 行政活動 table; its code gives its place in the tree."""

    code: ActivityCode = Field(alias="コード")
    means: str = Field("", alias="手段")
    costs: tuple[CostRow, ...] = Field((), alias="事業費")
    extras: dict[str, str] = Field({}, alias="追加項目")

    @property
    def level(self) -> int:
        """1, 2 or 3 by the length of the code."""
        return self.code.level


class TextBox(Model):
    """A text with its heading: 総括, 今後の方針."""

    heading: str = Field("", alias="見出し")
    paragraphs: tuple[str, ...] = Field((), alias="本文")


class ActivityGroup(NamedTuple):
    """The activities under one 2-digit code, in order, and the cost rows printed after them."""

    code: ActivityCode
    activities: tuple[Activity, ...]
    costs: tuple[CostRow, ...]


class Sheet(Model):
    """One 業務棚卸表 of one fiscal year."""

    fiscal_year: FiscalYear = Field(alias="年度")
    number: str = Field(alias="シートNo", min_length=1)
    title: str = Field("", alias="シート名")
    department: str = Field("", alias="所属")
    plan: PlanPosition = Field(PlanPosition(), alias="総合計画")
    staffing: Staffing = Field(Staffing(), alias="人工")
    budget: tuple[BudgetLine, ...] = Field((), alias="予算")
    purposes: tuple[MissionPurpose, ...] = Field((), alias="任務目的")
    activities: tuple[Activity, ...] = Field((), alias="行政活動")
    notes: tuple[str, ...] = Field((), alias="注記")
    summary: TextBox = Field(TextBox(), alias="総括")
    outlook: TextBox = Field(TextBox(), alias="今後の方針")
    extras: dict[str, str] = Field({}, alias="追加項目")

    @model_validator(mode="after")
    def _no_code_twice(self) -> Sheet:
        seen: set[str] = set()
        for index, activity in enumerate(self.activities):
            if activity.code in seen:
                raise PydanticCustomError(
                    CODE_TWICE,
                    "業務コード「{code}」が2度あります。",
                    {"code": str(activity.code), "index": index},
                )
            seen.add(activity.code)
        return self

    @property
    def label(self) -> str:
        """As messages and bookmarks name the sheet: `No.3 組織の方針`."""
        return f"No.{self.number} {self.title}".rstrip()

    @property
    def budget_total(self) -> Decimal:
        """合計: the sum of the budget lines in thousand yen, as the form prints it."""
        return sum((amount_value(line.amount) or Decimal(0) for line in self.budget), Decimal(0))

    def activity_groups(self) -> Iterator[ActivityGroup]:
        """The activities by 2-digit code, in the order of the sheet.

        A run of rows with the same first two digits is one group, so a row out of order starts a
        group of its own rather than being moved.
        """
        run: list[Activity] = []
        for activity in self.activities:
            if run and activity.code[:2] != run[0].code[:2]:
                yield _group(run)
                run = []
            run.append(activity)
        if run:
            yield _group(run)


def _group(run: list[Activity]) -> ActivityGroup:
    costs = tuple(cost for activity in run for cost in activity.costs)
    return ActivityGroup(run[0].code.group, tuple(run), costs)
