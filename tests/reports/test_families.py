"""Sheets that were split or merged: what they share is told once, and 人工 as a sum."""

from __future__ import annotations

from gyomu_docs.model import Sheet
from gyomu_docs.reports.entries import read_sheets
from gyomu_docs.reports.families import families, staff_totals, told_once
from tests.support.compared_sheets import examples
from tests.support.comparing import compare_sheets
from tests.support.reports import acts, body, lines, plain, report


def part(year: str, number: str, title: str, name: str, regular: str) -> Sheet:
    rows = acts(f"01 {name}を守る", f"0101 {name}を点検する", f"0102 {name}を清掃する")
    staff = {"this_sheet": {"regular": regular}}
    return plain(
        year, number=number, title=title, activities=rows, staffing=staff, department=f"{year}課"
    )


def whole(year: str, regular: str) -> Sheet:
    rows = acts(
        *("01 公園を守る", "0101 公園を点検する", "0102 公園を清掃する"),
        *("02 道路を守る", "0201 道路を点検する", "0202 道路を清掃する"),
    )
    staff = {"this_sheet": {"regular": regular}}
    return plain(year, activities=rows, staffing=staff, department=f"{year}課")


def parts(year: str) -> list[Sheet]:
    return [
        part(year, "41", "公園の管理", "公園", "3.0"),
        part(year, "42", "道路の管理", "道路", "1.5"),
    ]


def test_merged_sheets_have_no_step_of_their_own() -> None:
    olds, new = parts("R2"), whole("R3", "4.0")
    document = report(olds, [new])

    assert [lines_of(olds, new, at) for at in (0, 1)] == [
        [("変更", "統合前の合計 4.5"), ("変更", "")],
        [("変更", "統合前の合計 4.5")],
    ]
    assert lines(document, "人工")[0] == (
        *("このシート　正規", "[4.0]", "[1.5]"),
        "変更　統合前の合計 4.5",
    )


def lines_of(olds: list[Sheet], new: Sheet, at: int) -> list[tuple[str, str]]:
    """Kind and note of what changed in 人工 and 所属."""
    found = read_sheets(compare_sheets(olds, [new]))[at]
    rows = [one for one in found.entries if one.change.field in ("正規", "所属")]
    return [(one.kind, one.note) for one in sorted(rows, key=lambda one: one.note, reverse=True)]


def test_split_sheets_have_the_sum_of_the_parts() -> None:
    comparison = compare_sheets([whole("R2", "4.0")], parts("R3"))

    totals = staff_totals(comparison.sheets)
    assert [totals(one)["正規"] for one in comparison.sheets] == ["分割後の合計 4.5"] * 2
    assert [len(members) for members in families(comparison.sheets)] == [2]


def test_what_merged_sheets_share_is_counted_once_everywhere() -> None:
    comparison = compare_sheets(parts("R2"), [whole("R3", "4.0")])
    told = [[one.field for one in sheet.changes] for sheet in told_once(comparison).sheets]

    assert [fields.count("所属") for fields in told] == [1, 0]
    assert [[one.field for one in s.changes].count("所属") for s in comparison.sheets] == [1, 1]
    counts = [len(fields) for fields in told]
    assert [len(one.entries) for one in read_sheets(comparison)] == counts
    (summary, *_) = report(parts("R2"), [whole("R3", "4.0")]).sections
    assert [row[3] for row in body(summary, "シートの対応")] == list(map(str, counts))


def test_other_sheets_keep_their_steps() -> None:
    totals = staff_totals(examples().sheets)
    told = {one.label: totals(one) for one in examples().sheets if one.status != "merged"}
    assert set(map(bool, told.values())) == {False}
