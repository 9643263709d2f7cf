"""総括: the whole edition in figures, as its form (layouts/booklet/summary.yaml) is filled from it.

Everything is counted from the sheets: staff and achievements by `rollup`, money by `counting`,
each project once. `summing` makes it.
"""

from __future__ import annotations

from pydantic import Field

from gyomu_docs.booklet.part_model import PartFacts, PartModel


class GroupTotal(PartModel):
    """What the sheets of a group come to: a section, a department, a goal, or all of them."""

    level: str = Field(alias="段")
    """`1`: a group with its sub-groups behind it, `2`: a sub-group, `0`: all sheets."""
    name: str = Field(alias="名称")
    sheets: str = Field(alias="シート数")
    regular: str = Field(alias="正規")
    fixed_term: str = Field(alias="会計年度任用")
    reappointed: str = Field(alias="再任用")
    budget: str = Field(alias="予算額")
    """Thousand yen, each project once."""
    achieved: str = Field(alias="○")
    partly: str = Field(alias="△")
    missed: str = Field(alias="×")
    none: str = Field(alias="該当なし")
    """Rows marked `-`."""
    others: str = Field(alias="その他")
    """Rows with any other mark."""
    share: str = Field(alias="○の割合")
    """○ of all ○, △ and ×."""
    unmeasured: str = Field(alias="測定値なし")


class AccountLine(PartModel):
    """A project and what it costs, under its 款, 項 and 目."""

    kan: str = Field(alias="款")
    ko: str = Field(alias="項")
    moku: str = Field(alias="目")
    name: str = Field(alias="事業名")
    budget: str = Field(alias="予算額")
    share: str = Field(alias="構成比")


class ChangeLine(PartModel):
    """A cost row whose budget differs much from what was settled the year before."""

    name: str = Field(alias="事業名")
    sheet: str = Field(alias="シート")
    settled: str = Field(alias="決算額")
    budget: str = Field(alias="予算額")
    difference: str = Field(alias="増減額")
    rate: str = Field(alias="増減率")
    """`皆増` from nothing, `皆減` to nothing."""
    page: str = Field(alias="ページ")
    anchor: str = Field(alias="目印")


class RepeatedLine(PartModel):
    """One line of a project that the sheets show more than once."""

    sheet: str = Field(alias="シート")
    printed: str = Field(alias="記載額")
    counted: str = Field(alias="算入額")
    """What it adds to the totals of this part."""
    page: str = Field(alias="ページ")
    anchor: str = Field(alias="目印")


class RepeatedProject(PartModel):
    """A project that the sheets show more than once, with both readings."""

    name: str = Field(alias="事業名")
    account: str = Field(alias="款項目")
    section: str = Field(alias="所属")
    reading: str = Field(alias="数え方")
    counted: str = Field(alias="算入額")
    plain: str = Field(alias="単純合計")
    """The other reading: all lines added."""
    lines: tuple[RepeatedLine, ...] = Field(alias="行")


class StaffTexts(PartModel):
    """人工 by kind."""

    regular: str = Field(alias="正規")
    fixed_term: str = Field(alias="会計年度任用")
    reappointed: str = Field(alias="再任用")


class StaffDifference(PartModel):
    """A section whose sheets add up to other 人工 than one of them prints for all."""

    section: str = Field(alias="所属")
    sheet: str = Field(alias="シート")
    summed: StaffTexts = Field(alias="合算")
    printed: StaffTexts = Field(alias="記載")


class UnmeasuredLine(PartModel):
    """An indicator that has a target and not one result."""

    sheet: str = Field(alias="シート")
    code: str = Field(alias="コード")
    """業務コード; `任務目的` for a row of that table."""
    text: str = Field(alias="内容")
    """The means or the purpose."""
    indicator: str = Field(alias="指標")
    target: str = Field(alias="目標")
    page: str = Field(alias="ページ")
    anchor: str = Field(alias="目印")


class Summary(PartFacts):
    """All of it."""

    notes: tuple[str, ...] = Field(alias="注記")
    """What a reader of the figures must know of how they were counted."""
    units: tuple[GroupTotal, ...] = Field(alias="組織別")
    """All sheets first, then departments, each with its sections behind it."""
    policies: tuple[GroupTotal, ...] = Field(alias="施策別")
    accounts: tuple[AccountLine, ...] = Field(alias="款項目別")
    changes_heading: str = Field(alias="増減の見出し")
    """Empty where the configuration wants no such list."""
    changes: tuple[ChangeLine, ...] = Field(alias="増減")
    repeats: tuple[RepeatedProject, ...] = Field(alias="重複")
    differences: tuple[StaffDifference, ...] = Field(alias="人工の相違")
    unmeasured_heading: str = Field(alias="測定値なしの見出し")
    """With the number of all, and of those that the list leaves out; empty where the
    configuration wants no such list."""
    unmeasured: tuple[UnmeasuredLine, ...] = Field(alias="測定値なし")
