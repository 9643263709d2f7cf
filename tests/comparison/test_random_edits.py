"""What a random editor did is found, all of it and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs import readers
from gyomu_docs.comparison import compare_editions
from gyomu_docs.comparison.change_list import to_plain
from gyomu_docs.model import Activity, Edition, Sheet, SourcedSheet
from tests.support.cli import ROOT
from tests.support.edits import Editor

EXAMPLES = readers.read([ROOT / "examples/r3"])[0]


def edition(sheets: Iterable[Sheet]) -> Edition:
    return Edition(tuple(SourcedSheet(sheet) for sheet in sheets))


def found(old: Edition, new: Edition) -> list[list[str]]:
    """The changes of each sheet, sorted; every sheet must have kept its place."""
    plain = to_plain(compare_editions(old, new))["sheets"]
    assert [one["new"] for one in plain] == [
        {"シートNo": sheet.number, "シート名": sheet.title} for sheet in new
    ]
    assert all(one["status"] in ("changed", "unchanged") for one in plain)
    return [in_any_order(one["changes"]) for one in plain]


def in_any_order(changes: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(one, ensure_ascii=False, sort_keys=True) for one in changes)


@settings(max_examples=120, deadline=None)
@given(seed=st.integers(0, 2**32), edits=st.integers(0, 12))
def test_what_was_edited_is_found_and_nothing_else(seed: int, edits: int) -> None:
    random = Random(seed)
    editors = [Editor(with_twins(sheet, random), random) for sheet in EXAMPLES]
    for editor in editors:
        for _ in range(edits):
            editor.edit()

    changes = found(edition(one.old for one in editors), edition(one.new() for one in editors))

    assert changes == [in_any_order(one.expected()) for one in editors]


def with_twins(sheet: Sheet, random: Random) -> Sheet:
    """The sheet with a few rows twice: the same text, other figures, at the end of its siblings."""
    rows = list(sheet.activities)
    for row in random.sample(rows, 2):
        if row.results and any(text.isdigit() for text in row.results.values()) and row.level > 1:
            siblings = [one for one in rows if one.code[:-2] == row.code[:-2]]
            last = max(one.code for one in siblings if one.level == row.level)
            code = f"{row.code[:-2]}{int(last[-2:]) + 1:02d}"
            figures = {year: str(random.randint(1000, 9999)) for year in row.results}
            twin = Activity(code=code, means=row.means, results=figures)
            below = [at for at, one in enumerate(rows) if one.code.startswith(last)]
            rows.insert(below[-1] + 1, twin)
    return sheet.model_copy(update={"activities": tuple(rows)})


@pytest.mark.parametrize("sheet", EXAMPLES.sheets, ids=lambda sheet: sheet.title)
def test_nothing_changed(sheet: Sheet) -> None:
    one = edition([sheet])

    [plain] = to_plain(compare_editions(one, one))["sheets"]

    heading = {"シートNo": sheet.number, "シート名": sheet.title}
    lists: dict[str, list[Any]] = {"changes": [], "execution": [], "news": [], "budget": []}
    assert plain == {"status": "unchanged", "old": heading, "new": heading, **lists}
