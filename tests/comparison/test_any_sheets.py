"""Whatever two sheets say: equal ones have no changes, and others are compared without a fault."""

from __future__ import annotations

import json

from hypothesis import given, settings

from gyomu_docs.comparison.change_list import dump_json
from gyomu_docs.model import Sheet
from tests.support.comparing import LISTS, compare_sheets, plain_sheets
from tests.support.sheets import sheets


@settings(max_examples=60, deadline=None)
@given(sheets())
def test_a_sheet_is_itself(sheet: Sheet) -> None:
    [plain] = plain_sheets([sheet], [sheet])

    assert plain["status"] == "unchanged"
    assert not any(plain[name] for name in LISTS)
    assert "ambiguous" not in plain


@settings(max_examples=60, deadline=None)
@given(sheets(), sheets())
def test_every_row_is_in_one_pair(old: Sheet, new: Sheet) -> None:
    comparison = compare_sheets([old], [new])

    for sheet in comparison.sheets:
        for part in ("budget", "purposes", "activities", "notes", "costs"):
            pairs = getattr(sheet.alignment, part)
            for place in ("old_index", "new_index"):
                places = [getattr(pair, place) for pair in pairs if getattr(pair, place)]
                assert sorted(places) == list(range(1, len(places) + 1))
        if sheet.old and sheet.new:
            pairs = sheet.alignment.activities
            assert [pair.new for pair in pairs if pair.new] == list(new.activities)
            assert {pair.old.code for pair in pairs if pair.old} == {
                row.code for row in old.activities
            }
    text = dump_json(comparison)
    assert dump_json(compare_sheets([old], [new])) == text
    assert json.loads(text)["new"] == str(new.fiscal_year)
