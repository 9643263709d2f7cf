"""examples/r2 against examples/r3: every kind of change, and the facts of examples/README.md."""

from __future__ import annotations

from typing import Any

from gyomu_docs import readers
from tests.support.cli import ROOT
from tests.support.comparing import plain_sheets

OLD, FOUND = readers.read([ROOT / "examples/r2"])
NEW, FOUND_IN_NEW = readers.read([ROOT / "examples/r3"])
SHEETS = plain_sheets(OLD, NEW)
CHANGES: list[dict[str, Any]] = [change for sheet in SHEETS for change in sheet["changes"]]


def test_the_old_edition_reads_as_clean_as_the_new_one() -> None:
    assert (FOUND, FOUND_IN_NEW) == ([], [])


def test_what_became_of_each_sheet() -> None:
    numbers = [
        (one["status"], *(side and side["シートNo"] for side in (one["old"], one["new"])))
        for one in SHEETS
    ]

    assert numbers == [
        ("changed", "3", "3"),
        ("changed", "5", "4"),
        ("added", None, "5"),
        ("merged", "6", "6"),
        ("merged", "7", "6"),
        ("removed", "4", None),
    ]
    assert not any("ambiguous" in one for one in SHEETS)


def test_every_kind_of_change_is_there() -> None:
    kinds = {(change["section"], change["kind"]) for change in CHANGES}

    # What the published sheets of R3 have no room for has a case of its own (test_cases).
    assert kinds == {
        *((name, "changed") for name in ("見出し", "人工", "注記", "総括", "今後の方針", "事業費")),
        *(("予算", kind) for kind in ("changed", "added", "removed")),
        *(("行政活動", kind) for kind in ("changed", "added", "removed", "moved")),
        *(("総合計画", kind) for kind in ("changed", "removed")),
        *(("総括", kind) for kind in ("changed", "added", "removed")),
        *(("任務目的", kind) for kind in ("changed", "removed")),
        ("注記", "removed"),
        ("今後の方針", "removed"),
        ("追加項目", "removed"),
    }
    marks = {(change["old"], change["new"]) for change in CHANGES if change.get("field") == "達成"}
    assert marks == {("○", "×"), ("×", "○")}
    names = [(one["section"], one["name"]) for one in CHANGES if one.get("field") == "事業名"]
    assert names == [
        ("予算", "まちひとしごと創生推進事業"),
        ("事業費", "まちひとしごと創生事業"),
        ("予算", "事業"),
    ]


def test_the_past_is_rewritten_only_where_the_readme_says_so() -> None:
    rewritten = [
        (one["code_new"], one["field"], one["year"], one["old"], one["new"])
        for one in CHANGES
        if "year" in one
    ]

    assert rewritten == [
        *(("0101", "実績", year, "", "-") for year in ("H28", "H29", "H30", "R元")),
        ("0401", "実績", "R元", "58.2%", "51.6%"),
        ("0601", "実績", "H30", "29", "30"),
        ("03", "決算", "R元", "60", "45"),
    ]


def test_budgets_of_the_old_edition_are_executed() -> None:
    [first, *_] = SHEETS

    assert [(one["name"], one["rate"]) for one in first["execution"]] == [
        ("政策調整推進事業", "0.0%"),
        ("まちひとしごと創生事業", "82.4%"),
        ("住宅管理費", "56.8%"),
        ("政策調整推進事業", "96.6%"),
        ("ふるさと納税事業", "189.6%"),
    ]
