"""Sheets that belong together: the parts of a split sheet, the sources of a merged one.

They stand in several comparisons with one sheet in common. What is said of that sheet is told once,
and what changed in amount is a matter of all of them: 人工 went from the sum to the one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from gyomu_docs.comparison import Change, Comparison, SheetComparison
from gyomu_docs.comparison.fields import text_fields
from gyomu_docs.model import Sheet, parse_value
from gyomu_docs.model.sheet import StaffCount

THIS_SHEET = "このシート"


def family_key(sheet: SheetComparison) -> int:
    """The same for all members of a family, another for any other sheet."""
    shared = {"split": sheet.old, "merged": sheet.new}.get(sheet.status)
    return id(shared) if shared is not None else id(sheet)


def families(sheets: Iterable[SheetComparison]) -> list[list[SheetComparison]]:
    """The comparisons by family, in their order; most families have one member."""
    found: dict[int, list[SheetComparison]] = {}
    for sheet in sheets:
        found.setdefault(family_key(sheet), []).append(sheet)
    return list(found.values())


def each_once(sheets: Iterable[Sheet | None]) -> tuple[Sheet, ...]:
    """The sheets that there are, each once."""
    return tuple({id(sheet): sheet for sheet in sheets if sheet is not None}.values())


def told_once(comparison: Comparison) -> Comparison:
    """The comparison without changes of a field that an earlier member of the family has told.

    Two sections that were merged both got the new 所属: a reader counts that once. The change list
    keeps them, since it is about pairs of sheets.
    """
    told: dict[int, set[Change]] = {}
    sheets = [
        _without(sheet, told.setdefault(family_key(sheet), set())) for sheet in comparison.sheets
    ]
    return replace(comparison, sheets=tuple(sheets))


def staff_totals(
    sheets: Sequence[SheetComparison],
) -> Callable[[SheetComparison], Mapping[str, str]]:
    """For members of a family what to say of 人工 instead of a step, by the label of the field.

    A step between one of the sources and the sheet that all of them became says nothing.
    """
    totals = {family_key(members[0]): _totals(members) for members in families(sheets)}
    return lambda sheet: totals[family_key(sheet)]


def _without(sheet: SheetComparison, told: set[Change]) -> SheetComparison:
    if sheet.status not in ("split", "merged"):
        return sheet
    own = tuple(one for one in sheet.changes if one not in told)
    told.update(one for one in own if _is_of_the_sheet(one))
    return replace(sheet, changes=own)


def _is_of_the_sheet(change: Change) -> bool:
    """Whether a field of the whole sheet changed, not one of a row."""
    of_a_row = (change.index, change.code_old, change.code_new, change.name)
    return change.kind == "changed" and of_a_row == (None,) * len(of_a_row)


def _totals(members: Sequence[SheetComparison]) -> Mapping[str, str]:
    status = members[0].status
    if len(members) < 2:
        return {}
    merged = status == "merged"
    sheets = each_once(one.old if merged else one.new for one in members)
    label = "統合前の合計" if merged else "分割後の合計"
    return {
        name: f"{label} {_sum(attribute, sheets):,}" for attribute, name in text_fields(StaffCount)
    }


def _sum(attribute: str, sheets: Iterable[Sheet]) -> Decimal:
    texts = (getattr(one.staffing.this_sheet, attribute) for one in sheets)
    return sum((parse_value(text).number or Decimal(0) for text in texts), Decimal("0.0"))
