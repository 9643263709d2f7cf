"""Sheets whose partners are known: what `collect` takes back, for the reports of comparisons."""

from __future__ import annotations

from gyomu_docs.comparison import comparison_of
from gyomu_docs.comparison.change_list import to_plain
from tests.support.sheets import sheet


def test_a_draft_and_what_came_back_of_it() -> None:
    base, other = sheet(), sheet(number="42", title="緑化")
    back = sheet(number="43", title="緑化の推進")

    found = comparison_of([(base, base), (other, back), (None, sheet(number="44"))])

    assert (found.old, found.new) == ("R3", "R3")
    plain = to_plain(found)["sheets"]
    assert [one["status"] for one in plain] == ["unchanged", "changed", "added"]
    assert [(one["field"], one["old"], one["new"]) for one in plain[1]["changes"]] == [
        ("シートNo", "42", "43"),
        ("シート名", "緑化", "緑化の推進"),
    ]
    assert found.sheets[1].old is other


def test_no_sheets() -> None:
    assert to_plain(comparison_of([])) == {"old": "", "new": "", "sheets": []}
