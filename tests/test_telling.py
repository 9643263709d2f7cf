"""What many sheets have in common is told once."""

from __future__ import annotations

from gyomu_docs.errors import Diagnostic, Level, Place, Topic
from gyomu_docs.telling import told_together


def lacks(item: str, sheet: str, level: Level = "W") -> Diagnostic:
    place = Place(file=f"{sheet}.yaml", sheet=f"No.{sheet}")
    return Diagnostic(level, "no-field", f"{item} なし", place, "直す", Topic("ないもの", item))


def other(sheet: str) -> Diagnostic:
    return Diagnostic("W", "overfull", "あふれ", Place(sheet=sheet))


def test_what_several_sheets_lack_is_one_line_with_its_hint() -> None:
    found = [lacks("注記", "1"), lacks("所属", "1"), lacks("注記", "2"), lacks("所属", "2")]
    (told,) = told_together([*found, lacks("注記", "3")])
    assert told == Diagnostic(
        "W",
        "no-field",
        "ないもの: 注記（No.1 など3シート）、所属（No.1 など2シート）",
        hint="直す",
    )


def test_what_one_sheet_lacks_keeps_its_place_and_value() -> None:
    found = [lacks("注記", "1"), lacks("所属", "2"), lacks("注記", "2")]
    assert told_together(found)[1] == lacks("所属", "2")
    assert len(told_together(found)) == 2


def test_a_value_told_twice_of_one_sheet_is_not_of_several() -> None:
    assert told_together([lacks("注記", "1"), lacks("注記", "1")]) == [lacks("注記", "1")] * 2


def test_levels_stay_apart_and_other_diagnostics_as_they_are() -> None:
    found = [other("1"), lacks("注記", "1"), lacks("人工", "1", "I"), other("2")]
    told = told_together([*found, lacks("人工", "2", "I"), lacks("注記", "2")])
    assert [(one.level, one.kind) for one in told] == [
        ("W", "overfull"),
        ("W", "no-field"),
        ("I", "no-field"),
        ("W", "overfull"),
    ]
