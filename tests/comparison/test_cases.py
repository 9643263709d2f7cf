"""One file a kind of change: the old sheets, the new ones, and the change list between them.

A case is `tests/cases/compare/NAME.yaml`: `old` and `new` are a sheet or a list of sheets (年度 R3,
シートNo 1, シート名 公園 where not given). `expect` is the list of changes of the only sheet, or,
where other keys are needed, the sheets of the change list with `old` and `new` as numbers. Entries
must have the keys in the order of the contract.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from gyomu_docs.model import Sheet
from gyomu_docs.model.sheet_file import sheet_from_plain
from tests.support.cli import ROOT
from tests.support.comparing import in_short, plain_sheets

CASES = sorted((ROOT / "tests/cases/compare").glob("*.yaml"))
HEADING = {"年度": "R3", "シートNo": "1", "シート名": "公園"}


def sheets_of(tree: Any) -> list[Sheet]:
    trees = tree if isinstance(tree, list) else [tree]
    return [sheet_from_plain({**HEADING, **one}, "", "case")[0] for one in trees]


def with_order(tree: Any) -> Any:
    """The tree with mappings as lists, so that the order of keys counts."""
    if isinstance(tree, dict):
        return [[key, with_order(value)] for key, value in tree.items()]
    return [with_order(one) for one in tree] if isinstance(tree, list) else tree


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    # The loader without types: values are texts, but for counts and the null of a missing side.
    case = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    expected = _with_nulls(case["expect"])
    if not any("status" in entry for entry in expected):
        whole = {"status": "changed" if expected else "unchanged", "old": "1", "new": "1"}
        expected = [{**whole, **({"changes": expected} if expected else {})}]

    sheets = in_short(plain_sheets(sheets_of(case["old"]), sheets_of(case["new"])))

    assert sheets == expected
    assert with_order(sheets) == with_order(expected)


_THREE = ("changed", "added", "removed")
EVERY_KIND = {
    *((name, "changed") for name in ("見出し", "総括", "人工")),
    *((name, kind) for name in ("総合計画", "予算", "任務目的", "注記") for kind in _THREE),
    *(("追加項目", kind) for kind in _THREE),
    *(("総括", kind) for kind in ("added", "removed")),
    *((name, kind) for name in ("行政活動", "事業費") for kind in (*_THREE, "moved")),
}


def test_every_kind_of_change_and_of_sheet_has_a_case() -> None:
    """What the four published sheets of the examples have no room for, such as a split sheet."""
    sheets = [
        sheet
        for path in CASES
        for case in [yaml.load(path.read_text("utf-8"), yaml.BaseLoader)]
        for sheet in plain_sheets(sheets_of(case["old"]), sheets_of(case["new"]))
    ]

    kinds = {(one["section"], one["kind"]) for sheet in sheets for one in sheet["changes"]}
    assert kinds >= EVERY_KIND
    assert {sheet["status"] for sheet in sheets} == {
        *("unchanged", "changed", "added", "removed", "split", "merged")
    }
    assert any("ambiguous" in sheet for sheet in sheets)
    assert all(any(sheet[name] for sheet in sheets) for name in ("execution", "news", "budget"))


def _with_nulls(tree: Any, key: str = "") -> Any:
    if isinstance(tree, dict):
        return {name: _with_nulls(value, name) for name, value in tree.items()}
    if isinstance(tree, list):
        return [_with_nulls(one) for one in tree]
    if key == "index":
        return int(tree)
    return {"null": None, "true": True}.get(tree, tree)
