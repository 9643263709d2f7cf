"""The change list as JSON: the contract that other programs read.

Keys stand in one order: what identifies the entry, then the field, then the values. Values are the
texts of the sheets; null is the side that a row, a paragraph or a sheet does not have.
"""

from __future__ import annotations

import json
from typing import Any

from gyomu_docs.comparison.result import (
    BudgetStep,
    Change,
    Comparison,
    Execution,
    News,
    SheetComparison,
)
from gyomu_docs.model import Sheet

_IDENTITY = ("kind", "section", "row", "code_old", "code_new", "name")
_LISTS_OF_TEXTS = ("総合計画", "総括", "今後の方針")
"""Sections where `index` counts the texts of a field rather than the rows of the table."""


def dump_json(comparison: Comparison) -> str:
    """The change list as JSON text, indented, with a final line end."""
    return json.dumps(to_plain(comparison), ensure_ascii=False, indent=2) + "\n"


def to_plain(comparison: Comparison) -> dict[str, Any]:
    """The change list as a tree of dicts, lists and texts."""
    sheets = [_sheet(sheet) for sheet in comparison.sheets]
    return {"old": comparison.old, "new": comparison.new, "sheets": sheets}


def _sheet(sheet: SheetComparison) -> dict[str, Any]:
    return {
        "status": sheet.status,
        **({"ambiguous": True} if sheet.ambiguous else {}),
        "old": _heading(sheet.old),
        "new": _heading(sheet.new),
        "changes": [_change(one) for one in sheet.changes],
        "execution": [_execution(one) for one in sheet.execution],
        "news": [_news(one) for one in sheet.news],
        "budget": [_budget(one) for one in sheet.budgets],
    }


def _heading(sheet: Sheet | None) -> dict[str, str] | None:
    return None if sheet is None else {"シートNo": sheet.number, "シート名": sheet.title}


def _change(change: Change) -> dict[str, Any]:
    counted = ("field", "index") if change.section in _LISTS_OF_TEXTS else ("index", "field")
    entry = _given(change, (*_IDENTITY, *counted, "year"))
    if change.kind != "moved":
        entry |= {"old": change.old, "new": change.new}
    return entry


def _execution(one: Execution) -> dict[str, Any]:
    entry = {"code_new": one.code_new, "name": one.name, "year": one.year}
    return entry | {"budget": one.budget, "settled": one.settled, "rate": one.rate}


def _news(one: News) -> dict[str, Any]:
    return _given(one, ("section", "code_new", "name", "index", "field", "year", "new"))


def _budget(one: BudgetStep) -> dict[str, Any]:
    return {"code_new": one.code_new, "name": one.name, "old": one.old, "new": one.new}


def _given(entry: Change | News, keys: tuple[str, ...]) -> dict[str, Any]:
    """The values of an entry under their keys, without what does not apply."""
    values = ((key, getattr(entry, key)) for key in keys)
    return {key: value for key, value in values if value is not None}
