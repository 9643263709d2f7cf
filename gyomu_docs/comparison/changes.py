"""From paired rows to the list of changes, section by section in the order of the form.

Within a table come the rows that both sheets have, in the order of the new one (moved, then what
changed in them), then the added ones, then the removed ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from gyomu_docs.comparison.fields import FieldChange, changed_extras, changed_texts
from gyomu_docs.comparison.result import Alignment, Change, GroupCost, Kind, News, Pair, Section
from gyomu_docs.comparison.years import Span, new_years, rewritten, rewritten_budgets
from gyomu_docs.model import BudgetLine, Sheet, TextBox
from gyomu_docs.model.sheet import Measured

T = TypeVar("T")


class SheetPair(NamedTuple):
    """Two sheets whose rows are paired, with the years that each prints."""

    old: Sheet
    new: Sheet
    alignment: Alignment
    old_span: Span
    new_span: Span


def find_changes(sheets: SheetPair) -> Iterator[Change]:
    """All entries of the change list of two sheets, in the order of the form."""
    old, new, pairs = sheets.old, sheets.new, sheets.alignment
    yield from _fields("見出し", changed_texts(old, new))
    yield from _fields("総合計画", changed_texts(old.plan, new.plan))
    yield from _paragraphs("総合計画", pairs.directions, field="施策の方向")
    yield from _staffing(old, new)
    yield from _budget(pairs.budget)
    yield from _purposes(sheets)
    yield from _activities(sheets)
    yield from _costs(sheets)
    yield from _paragraphs("注記", pairs.notes)
    yield from _box("総括", old.summary, new.summary, pairs.summary)
    yield from _box("今後の方針", old.outlook, new.outlook, pairs.outlook)
    yield from _extras(sheets)


def find_news(sheets: SheetPair) -> Iterator[News]:
    """The figures of years that only the new sheet has, without those of `execution`."""
    span = sheets.old_span
    for purpose in sheets.alignment.purposes:
        if purpose.old is not None and purpose.new is not None:
            for year, text in new_years(purpose.old.results, purpose.new.results, span):
                index = purpose.new_index
                yield News("任務目的", None, index, None, "実績", str(year), text)
    for row in sheets.alignment.activities:
        if row.old is not None and row.new is not None:
            for year, text in new_years(row.old.results, row.new.results, span):
                yield News("行政活動", row.new.code, None, None, "実績", str(year), text)
    for cost in sheets.alignment.costs:
        if cost.old is not None and cost.new is not None:
            yield from _news_of_cost(cost.old, cost.new, sheets)


def _news_of_cost(old: GroupCost, new: GroupCost, sheets: SheetPair) -> Iterator[News]:
    own, next_own = sheets.old.fiscal_year, sheets.new.fiscal_year
    for year, text in new_years(old.row.settled, new.row.settled, sheets.old_span):
        if year != own or own >= next_own:
            yield News("事業費", new.code, None, new.row.name, "決算", str(year), text)
    for year, text in new.row.budget.items():
        if text and year not in old.row.budget and year not in (own, next_own):
            yield News("事業費", new.code, None, new.row.name, "予算", str(year), text)


def _fields(section: Section, found: Iterable[FieldChange], **where: Any) -> Iterator[Change]:
    for field, old, new in found:
        kind: Kind = "added" if old is None else "removed" if new is None else "changed"
        yield Change(kind, section, field=field, old=old, new=new, **where)


def _paragraphs(
    section: Section, pairs: Iterable[Pair[str]], field: str | None = None
) -> Iterator[Change]:
    for pair in _in_order(pairs):
        if pair.old != pair.new:
            kind: Kind = (
                "added" if pair.old is None else "removed" if pair.new is None else "changed"
            )
            index = pair.new_index or pair.old_index
            yield Change(kind, section, field=field, index=index, old=pair.old, new=pair.new)


def _box(
    section: Section, old: TextBox, new: TextBox, pairs: Iterable[Pair[str]]
) -> Iterator[Change]:
    yield from _fields(section, changed_texts(old, new))
    yield from _paragraphs(section, pairs, field="本文")


def _staffing(old: Sheet, new: Sheet) -> Iterator[Change]:
    both = (
        ("このシート", old.staffing.this_sheet, new.staffing.this_sheet),
        ("すべてのシート", old.staffing.all_sheets, new.staffing.all_sheets),
    )
    for row, was, now in both:
        yield from _fields("人工", changed_texts(was, now), row=row)


def _budget(pairs: Iterable[Pair[BudgetLine]]) -> Iterator[Change]:
    for pair in _in_order(pairs):
        if pair.old is None and pair.new is not None:
            yield Change("added", "予算", name=pair.new.name, new=pair.new.name)
        elif pair.new is None and pair.old is not None:
            yield Change("removed", "予算", name=pair.old.name, old=pair.old.name)
        elif pair.old is not None and pair.new is not None:
            yield from _fields("予算", changed_texts(pair.old, pair.new), name=pair.new.name)


def _purposes(sheets: SheetPair) -> Iterator[Change]:
    for pair in _in_order(sheets.alignment.purposes):
        index = pair.new_index or pair.old_index
        if pair.old is None and pair.new is not None:
            yield Change("added", "任務目的", index=index, new=pair.new.purpose)
        elif pair.new is None and pair.old is not None:
            yield Change("removed", "任務目的", index=index, old=pair.old.purpose)
        elif pair.old is not None and pair.new is not None:
            yield from _measured("任務目的", pair.old, pair.new, sheets, index=index)


def _activities(sheets: SheetPair) -> Iterator[Change]:
    for pair in _in_order(sheets.alignment.activities):
        old, new = pair.old, pair.new
        if old is None and new is not None:
            yield Change("added", "行政活動", code_new=new.code, new=new.means)
        elif new is None and old is not None:
            yield Change("removed", "行政活動", code_old=old.code, old=old.means)
        elif old is not None and new is not None:
            codes: dict[str, Any] = {"code_old": old.code, "code_new": new.code}
            if old.code != new.code:
                yield Change("moved", "行政活動", **codes)
            yield from _measured("行政活動", old, new, sheets, **codes)


def _measured(
    section: Section, old: Measured, new: Measured, sheets: SheetPair, **where: Any
) -> Iterator[Change]:
    """What a purpose and an activity have in common: texts, a mark and results."""
    yield from _fields(section, changed_texts(old, new), **where)
    for year, was, now in rewritten(old.results, new.results, sheets.old_span, sheets.new_span):
        yield Change("changed", section, field="実績", year=year, old=was, new=now, **where)


def _costs(sheets: SheetPair) -> Iterator[Change]:
    for pair in _in_order(sheets.alignment.costs):
        old, new = pair.old, pair.new
        if old is None and new is not None:
            name = new.row.name
            yield Change("added", "事業費", code_new=new.code, name=name, new=name)
        elif new is None and old is not None:
            name = old.row.name
            yield Change("removed", "事業費", code_old=old.code, name=name, old=name)
        elif old is not None and new is not None:
            if pair.new_index in sheets.alignment.moved_costs and old.code != new.code:
                codes: dict[str, Any] = {"code_old": str(old.code), "code_new": str(new.code)}
                yield Change("moved", "事業費", name=new.row.name, **codes)
            yield from _changed_cost(old, new, sheets)


def _changed_cost(old: GroupCost, new: GroupCost, sheets: SheetPair) -> Iterator[Change]:
    where: dict[str, Any] = {"code_new": new.code, "name": new.row.name}
    yield from _fields("事業費", changed_texts(old.row, new.row), **where)
    settled = rewritten(old.row.settled, new.row.settled, sheets.old_span, sheets.new_span)
    budgets = rewritten_budgets(
        old.row.budget, new.row.budget, sheets.old.fiscal_year, sheets.new.fiscal_year
    )
    for field, found in (("決算", settled), ("予算", budgets)):
        for year, was, now in found:
            yield Change("changed", "事業費", field=field, year=year, old=was, new=now, **where)


def _extras(sheets: SheetPair) -> Iterator[Change]:
    """追加項目 of the sheet, and of its rows with what identifies them."""
    yield from _fields("追加項目", changed_extras(sheets.old.extras, sheets.new.extras))
    for purpose in sheets.alignment.purposes:
        if purpose.old is not None and purpose.new is not None:
            found = changed_extras(purpose.old.extras, purpose.new.extras)
            yield from _fields("追加項目", found, index=purpose.new_index)
    for row in sheets.alignment.activities:
        if row.old is not None and row.new is not None:
            found = changed_extras(row.old.extras, row.new.extras)
            codes = {"code_old": row.old.code, "code_new": row.new.code}
            yield from _fields("追加項目", found, **codes)


def _in_order(pairs: Iterable[Pair[T]]) -> list[Pair[T]]:
    """What both sheets have, then what was added, then what was removed."""

    def rank(pair: Pair[T]) -> int:
        return 1 if pair.old is None else 2 if pair.new is None else 0

    return sorted(pairs, key=rank)
