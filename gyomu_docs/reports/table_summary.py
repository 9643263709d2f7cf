"""The summary of a 新旧対照表: what became of each sheet, and the lists that readers ask for.

Marks that turned, budget and staff, the rewritten past (正誤), and how the old budgets were spent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from gyomu_docs.comparison import Change, Comparison, Pair, SheetComparison
from gyomu_docs.model import Activity, MissionPurpose, Sheet, parse_value
from gyomu_docs.model.money import format_amount
from gyomu_docs.reports.families import each_once, families
from gyomu_docs.reports.outcomes import (
    BUDGETS_ALONE,
    RENAMED,
    STATUSES,
    has_other_budgets,
    is_rewritten,
    is_unchanged,
    outcome,
    plain_mark,
    renamed,
    status_label,
)
from gyomu_docs.reports.sides import joined, share, shown_amount, signed
from gyomu_docs.reports.table_options import TableOptions
from gyomu_docs.reports.view import (
    CountView,
    ExecutionView,
    FigureView,
    MarkView,
    ReportView,
    RewrittenView,
    SheetView,
)

_RowPair: TypeAlias = Pair[MissionPurpose] | Pair[Activity]
_TURNED = ("○ → ×", "× → ○")
_NO_MARK = "空欄"
_DOUBTFUL = "対応は要確認"
_FIGURES_NOTE = (
    "予算額は各シートの予算欄の合計、人工は「このシート」の正規・会計年度任用・再任用の計。"
    "全シートの予算額は、複数のシートに載る事業を重ねて数えた単純な合計。"
)


def summary_view(
    comparison: Comparison, options: TableOptions, head: ReportView, what: str
) -> ReportView:
    """The part of the summary; `head` has the heads of the columns, `what` is what it sums up."""
    sheets = comparison.sheets
    marks = sorted(
        (mark for sheet in sheets for mark in _marks(sheet)),
        key=lambda mark: _TURNED.index(mark.step) if mark.step in _TURNED else len(_TURNED),
    )
    rewritten = [one for sheet in sheets for one in _rewritten(sheet, options)]
    return head.model_copy(
        update={
            "part": "概要",
            "subtitle": f"{what}　概要" if what else "",
            "counts": tuple(_counts(sheets, marks, rewritten)),
            "sheets": tuple(_outcomes(sheets, options)),
            "marks": tuple(marks),
            "figures": tuple(_figures(sheets, options)),
            "figures_note": _FIGURES_NOTE,
            "rewritten": tuple(rewritten),
            "executions": tuple(one for sheet in sheets for one in _executions(sheet)),
        }
    )


def _counts(
    sheets: Sequence[SheetComparison],
    marks: Sequence[MarkView],
    rewritten: Sequence[RewrittenView],
) -> Iterator[CountView]:
    """How often each thing is found, none of them left out: 0 says that it was looked for."""
    for label in STATUSES.values():
        yield _count_of(f"シート：{label}", _distinct(sheets, label))
    for label in RENAMED:
        yield _count_of(f"シート：{label}", [one.label for one in sheets if label in renamed(one)])
    for step in _TURNED:
        places = [f"{mark.sheet} {mark.code}" for mark in marks if mark.step == step]
        yield _count_of(f"達成：{step}", places)
    places = list(dict.fromkeys(one.sheet for one in rewritten))
    yield CountView(
        name="過去の値の訂正（正誤）", count=str(len(rewritten)), places="、".join(places)
    )


def _count_of(name: str, places: Sequence[str]) -> CountView:
    return CountView(name=name, count=str(len(places)), places="、".join(places))


def _distinct(sheets: Sequence[SheetComparison], label: str) -> list[str]:
    """Sheets of a status, each once: what a split one was, what merged ones became."""
    found = (one for one in sheets if status_label(one) == label)
    chosen = (one.old if one.status == "split" else one.new or one.old for one in found)
    return list({id(sheet): sheet.label for sheet in chosen if sheet is not None}.values())


def _outcomes(sheets: Iterable[SheetComparison], options: TableOptions) -> Iterator[SheetView]:
    """All sheets but those that surely are what they were."""
    for sheet in sheets:
        if is_unchanged(sheet) and not sheet.ambiguous:
            continue
        left, right = options.ordered(_label(sheet.new), _label(sheet.old))
        whole = sheet.old is None or sheet.new is None
        budgets_alone = has_other_budgets(sheet) and not sheet.changes
        yield SheetView(
            left=left,
            right=right,
            status=outcome(sheet),
            count="" if whole else str(len(sheet.changes)),
            remark=joined(
                (_DOUBTFUL if sheet.ambiguous else "", BUDGETS_ALONE if budgets_alone else "")
            ),
        )


def _marks(sheet: SheetComparison) -> Iterator[MarkView]:
    """The rows whose mark changed; another spelling of the same mark is none."""
    pairs: list[_RowPair] = [*sheet.alignment.purposes, *sheet.alignment.activities]
    for pair in pairs:
        old, new = pair.old, pair.new
        if old is None or new is None:
            continue
        was, now = plain_mark(old.mark), plain_mark(new.mark)
        if was != now:
            yield MarkView(
                sheet=sheet.label,
                code=_row_name(pair),
                text=new.means if isinstance(new, Activity) else new.purpose,
                indicator=new.indicator,
                step=f"{was or _NO_MARK} → {now or _NO_MARK}",
            )


def _row_name(pair: _RowPair) -> str:
    return str(pair.new.code) if isinstance(pair.new, Activity) else f"目的{pair.new_index}"


def _rewritten(sheet: SheetComparison, options: TableOptions) -> Iterator[RewrittenView]:
    rows = {str(row.code): row for row in sheet.new.activities} if sheet.new else {}
    for change in sheet.changes:
        if not is_rewritten(change, sheet):
            continue
        money = change.section == "事業費"
        old, new = (
            (shown_amount(text or "") if money else text or "") or options.blank
            for text in (change.old, change.new)
        )
        left, right = options.ordered(new, old)
        yield RewrittenView(
            sheet=sheet.label,
            section=change.section,
            row=_rewritten_row(change, rows, sheet.new),
            field=f"{change.year or ''}{change.field or ''}",
            left=left,
            right=right,
        )


def _rewritten_row(change: Change, rows: Mapping[str, Activity], sheet: Sheet | None) -> str:
    if change.name is not None:
        return joined((change.code_new or "", change.name))
    if change.code_new is not None:
        row = rows.get(change.code_new)
        return joined((change.code_new, (row.indicator or row.means) if row else ""))
    if change.index is not None and sheet is not None:
        row_of = sheet.purposes[change.index - 1]
        return joined((f"目的{change.index}", row_of.indicator or row_of.purpose))
    return ""


def _executions(sheet: SheetComparison) -> Iterator[ExecutionView]:
    for one in sheet.execution:
        yield ExecutionView(
            sheet=sheet.label,
            code=one.code_new,
            name=one.name,
            year=one.year,
            budget=format_amount(one.budget),
            settled=format_amount(one.settled),
            rate=one.rate or "",
        )


def _figures(sheets: Sequence[SheetComparison], options: TableOptions) -> Iterator[FigureView]:
    """Budget and staff of each group of sheets that became each other, and of all."""
    groups = [
        (each_once(one.old for one in members), each_once(one.new for one in members))
        for members in families(sheets)
    ]
    for olds, news in groups:
        names = dict.fromkeys(one.label for one in (news or olds))
        yield _figure("item", "、".join(names), olds, news, options)
    if len(groups) > 1:
        olds, news = (tuple(one for group in groups for one in group[at]) for at in (0, 1))
        yield _figure("total", "全シート", olds, news, options)


def _figure(
    kind: str, name: str, olds: Sequence[Sheet], news: Sequence[Sheet], options: TableOptions
) -> FigureView:
    was, now = (sum((one.budget_total for one in side), Decimal(0)) for side in (olds, news))
    before, after = (sum((_staff(one) for one in side), Decimal(0)) for side in (olds, news))
    budgets = options.ordered(*(_amount(it, side) for it, side in ((now, news), (was, olds))))
    staff = options.ordered(*(_count(it, side) for it, side in ((after, news), (before, olds))))
    counted = all(map(_has_staff, (olds, news)))
    return FigureView(
        kind=kind,
        sheet=name,
        budget_left=budgets[0],
        budget_right=budgets[1],
        budget_step=signed(now - was),
        budget_rate=share(now - was, was),
        staff_left=staff[0],
        staff_right=staff[1],
        staff_step=signed(after - before) if counted else "",
        staff_rate=share(after - before, before) if counted else "",
    )


def _staff(sheet: Sheet) -> Decimal:
    """人工 of a sheet, all kinds together; what is no number counts nothing."""
    numbers = (parse_value(text).number for text in _staff_texts(sheet))
    return sum((one for one in numbers if one is not None), Decimal(0))


def _amount(value: Decimal, sheets: Sequence[Sheet]) -> str:
    return format_amount(str(value)) if sheets else ""


def _count(value: Decimal, sheets: Sequence[Sheet]) -> str:
    return f"{value:,}" if _has_staff(sheets) else ""


def _has_staff(sheets: Sequence[Sheet]) -> bool:
    """Whether any sheet says something of 人工; a blank is not 0."""
    return any(any(_staff_texts(one)) for one in sheets)


def _staff_texts(sheet: Sheet) -> tuple[str, str, str]:
    count = sheet.staffing.this_sheet
    return count.regular, count.fixed_term, count.reappointed


def _label(sheet: Sheet | None) -> str:
    return sheet.label if sheet is not None else ""
