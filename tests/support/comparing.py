"""Comparisons of sheets in the words of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gyomu_docs.comparison import Comparison, compare_editions
from gyomu_docs.comparison.change_list import to_plain
from gyomu_docs.model import Edition, Sheet, SourcedSheet

LISTS = ("changes", "execution", "news", "budget")


def edition(sheets: Iterable[Sheet]) -> Edition:
    """Sheets as an edition, without files."""
    return Edition(tuple(SourcedSheet(sheet) for sheet in sheets))


def compare_sheets(old: Iterable[Sheet], new: Iterable[Sheet]) -> Comparison:
    """Compare two lists of sheets as editions."""
    return compare_editions(edition(old), edition(new))


def plain_sheets(old: Iterable[Sheet], new: Iterable[Sheet]) -> list[dict[str, Any]]:
    """The sheets of the change list."""
    sheets: list[dict[str, Any]] = to_plain(compare_sheets(old, new))["sheets"]
    return sheets


def in_short(sheets: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sheets of a change list as case files write them: numbers only, without empty lists."""
    return [
        {
            "status": one["status"],
            **({"ambiguous": True} if "ambiguous" in one else {}),
            "old": one["old"] and one["old"]["シートNo"],
            "new": one["new"] and one["new"]["シートNo"],
            **{key: one[key] for key in LISTS if one[key]},
        }
        for one in sheets
    ]
