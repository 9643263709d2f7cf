"""What the form of a 新旧対照表 may show, by Japanese names: the root of its paths.

A `ReportView` is one part of the report: the summary, or a sheet. What a part does not have is
empty there, and the form's tables without rows are left out (`table`). 左 and 右 are the new and
the old edition in the order of the options.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, populate_by_name=True)


class RowView(_View):
    """A line of the 新旧対照表."""

    kind: str = Field("item", alias="種類")
    """`head` (with lines of its own below), `whole`, `item`, `omitted`; for styles."""
    item: str = Field("", alias="項目")
    left: str = Field("", alias="左")
    right: str = Field("", alias="右")
    remark: str = Field("", alias="備考")


class SectionView(_View):
    """A part of the sheet: 見出し, 行政活動."""

    name: str = Field("", alias="名称")
    rows: tuple[RowView, ...] = Field((), alias="行")


class CountView(_View):
    """How often something is found, and where."""

    name: str = Field("", alias="名称")
    count: str = Field("", alias="数")
    places: str = Field("", alias="該当")


class SheetView(_View):
    """What became of a sheet."""

    left: str = Field("", alias="左")
    right: str = Field("", alias="右")
    status: str = Field("", alias="区分")
    count: str = Field("", alias="件数")
    remark: str = Field("", alias="備考")


class MarkView(_View):
    """An indicator whose mark changed."""

    sheet: str = Field("", alias="シート")
    code: str = Field("", alias="コード")
    text: str = Field("", alias="内容")
    indicator: str = Field("", alias="指標")
    step: str = Field("", alias="変化")


class FigureView(_View):
    """Budget and staff of a sheet, or of all."""

    kind: str = Field("item", alias="種類")
    """`item`, or `total`."""
    sheet: str = Field("", alias="シート")
    budget_left: str = Field("", alias="予算左")
    budget_right: str = Field("", alias="予算右")
    budget_step: str = Field("", alias="予算増減")
    budget_rate: str = Field("", alias="予算増減率")
    staff_left: str = Field("", alias="人工左")
    staff_right: str = Field("", alias="人工右")
    staff_step: str = Field("", alias="人工増減")
    staff_rate: str = Field("", alias="人工増減率")


class RewrittenView(_View):
    """A figure of the past that the new edition gives otherwise (正誤)."""

    sheet: str = Field("", alias="シート")
    section: str = Field("", alias="区分")
    row: str = Field("", alias="内容")
    field: str = Field("", alias="項目")
    left: str = Field("", alias="左")
    right: str = Field("", alias="右")


class ExecutionView(_View):
    """What was budgeted and what was spent."""

    sheet: str = Field("", alias="シート")
    code: str = Field("", alias="コード")
    name: str = Field("", alias="事業名")
    year: str = Field("", alias="年度")
    budget: str = Field("", alias="予算")
    settled: str = Field("", alias="決算")
    rate: str = Field("", alias="執行率")


class ReportView(_View):
    """A part of the report."""

    part: str = Field("", alias="部")
    """`概要`, or the sheet as messages name it."""
    years: str = Field("", alias="比較")
    """`R2年度とR3年度`; `R3年度の変更` where both are of one year."""
    title: str = Field("", alias="表題")
    subtitle: str = Field("", alias="副題")
    """Of a sheet: what it was before."""
    left: str = Field("", alias="左の見出し")
    right: str = Field("", alias="右の見出し")
    doubts: tuple[str, ...] = Field((), alias="要確認")
    """Of a sheet: why its partner, or that of a row, was not certain."""
    nothing: str = Field("", alias="変更なし")
    """A sentence where nothing changed at all."""
    legend: str = Field("", alias="凡例")
    """On the first page alone."""
    counts: tuple[CountView, ...] = Field((), alias="件数")
    sheets: tuple[SheetView, ...] = Field((), alias="シートの対応")
    marks: tuple[MarkView, ...] = Field((), alias="達成の変化")
    figures: tuple[FigureView, ...] = Field((), alias="予算と人工")
    figures_note: str = Field("", alias="予算の注")
    rewritten: tuple[RewrittenView, ...] = Field((), alias="正誤")
    executions: tuple[ExecutionView, ...] = Field((), alias="執行")
    sections: tuple[SectionView, ...] = Field((), alias="節")
