"""Several drafts of one sheet: what is taken over, and what they disagree about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gyomu_docs.collect import Merged, fault_lines, group_drafts, make_report
from gyomu_docs.errors import SourceError
from tests.support.drafts import Body, W, blank_draft, changed, collected, collector, draft
from tests.support.sheets import sheet

Change = Callable[[Body], object]


def merged(*changes: Change) -> Merged:
    return collected(*(changed(draft(sheet()), change) for change in changes))


def set_(old: str, new: str) -> Change:
    return lambda body: body.cell(old).write(new)


def conflicts(made: Merged) -> list[tuple[str, str, list[str | None]]]:
    return [(c.record, c.field, [choice.text for choice in c.choices]) for c in made.conflicts]


def test_changes_to_different_cells_are_all_taken_over() -> None:
    made = merged(set_("公園の管理", "緑の管理"), set_("遊具の事故件数", "事故の件数"))
    assert made.is_whole
    assert made.sheet.title == "緑の管理"
    assert made.sheet.activities[0].indicator == "事故の件数"


def test_the_same_change_twice_is_no_conflict() -> None:
    made = merged(set_("公園の管理", "緑の管理"), set_("公園の管理", "緑の管理"))
    assert made.is_whole
    assert made.sheet.title == "緑の管理"


def test_of_two_changes_to_one_cell_none_is_taken_over() -> None:
    made = merged(set_("公園の管理", "緑の管理"), set_("公園の管理", "公園管理"))
    assert conflicts(made) == [("", "シート名", ["緑の管理", "公園管理"])]
    assert [c.origin.draft for c in made.conflicts[0].choices] == ["1.docx", "2.docx"]
    assert made.conflicts[0].old == "公園の管理"
    assert made.sheet == sheet()
    assert not made.is_whole


def test_paragraphs_are_merged_one_by_one() -> None:
    cell = "事故は減った。\n樹木の老化が進む。"

    def first(body: Body) -> None:
        body.cell(cell).write("事故は大きく減った。", "樹木の老化が進む。")

    def second(body: Body) -> None:
        body.cell(cell).write("事故は減った。", "樹木の老化がさらに進む。", "予算が足りない。")

    made = merged(first, second)
    assert made.is_whole
    assert made.sheet.summary.paragraphs == (
        "事故は大きく減った。", "樹木の老化がさらに進む。", "予算が足りない。",
    )  # fmt: skip


def test_a_row_deleted_here_and_edited_there_stays_as_it_was() -> None:
    made = merged(
        lambda body: body.cell("0101").delete_row(),
        lambda body: body.cell("0101").right().write("遊具を毎月点検する"),
    )
    assert conflicts(made) == [("行政活動[2]", ".", [None, "遊具を毎月点検する"])]
    assert made.sheet == sheet()


def test_rows_that_two_drafts_add_are_both_there_in_order() -> None:
    made = merged(
        lambda body: body.cell("0101").insert_row("0197", "草を刈る"),
        lambda body: body.cell("0101").insert_row("0198", "水をまく"),
    )
    assert made.is_whole
    codes = [str(one.code) for one in made.sheet.activities]
    assert codes[codes.index("0101") :][:3] == ["0101", "0197", "0198"]


def test_the_same_row_added_twice_is_one() -> None:
    def add(body: Body) -> None:
        body.cell("0101").insert_row("0197", "草を刈る")

    made = merged(add, add)
    assert made.is_whole
    assert [str(one.code) for one in made.sheet.activities].count("0197") == 1


def test_one_code_for_two_new_rows_is_a_conflict() -> None:
    made = merged(
        lambda body: body.cell("0101").insert_row("0197", "草を刈る"),
        lambda body: body.cell("0101").insert_row("0197", "水をまく"),
    )
    assert conflicts(made) == [("行政活動", ".", ["0197 草を刈る", "0197 水をまく"])]
    assert made.sheet == sheet()


def test_a_copied_row_is_a_conflict_of_codes_and_is_shown() -> None:
    made = merged(lambda body: body.cell("0101").insert_row("0101", "遊具を点検する"))
    assert conflicts(made) == [("行政活動", ".", ["0101 遊具を点検する"])]
    assert made.sheet == sheet()
    assert [*fault_lines(make_report([made]))] == [
        "衝突: シート「No.41 公園の管理」 表「行政活動」 行「0101」: "
        "増えた行の業務コード「0101」は、ほかの行にもあります。増えた行は取り込んでいません。",
        "  1.docx: 「0101 遊具を点検する」（変更履歴なし）",
    ]


def test_a_row_behind_one_that_is_refused_keeps_its_place() -> None:
    def add(body: Body) -> None:
        row = body.cell("0101").insert_row("0101", "遊具を点検する")
        assert row.getnext() is not None
        body.cell("0101", 2).insert_row("0199", "草を刈る")

    codes = [str(one.code) for one in merged(add).sheet.activities]
    assert codes[codes.index("0101") + 1] == "0199"


def test_a_code_that_is_not_free_is_not_taken_over() -> None:
    made = merged(lambda body: body.cell("0201").write("0101"))
    assert conflicts(made) == [("行政活動[5]", "コード", ["0101"])]
    assert made.sheet == sheet()


def test_a_gap_that_an_edit_makes_is_told() -> None:
    made = merged(lambda body: body.cell("0201").write("0203"))
    assert [one.message for one in made.found] == [
        "業務コードが続いていません（「0201」のはずです）。"
    ]
    assert collected(draft(sheet())).found == []


def test_codes_may_change_places() -> None:
    def swap(body: Body) -> None:
        first, second = body.cell("0101"), body.cell("0201")
        first.write("0201")
        second.write("0101")

    made = merged(swap)
    assert made.is_whole
    codes = [str(one.code) for one in made.sheet.activities]
    assert codes == ["01", "0201", "010101", "02", "0101"]


def test_a_code_freed_by_one_draft_may_be_used_by_another() -> None:
    made = merged(
        lambda body: body.cell("0201").delete_row(),
        lambda body: body.cell("0101").insert_row("0201", "まったく違う仕事をする"),
    )
    assert made.is_whole
    assert [one.means for one in made.sheet.activities if one.code == "0201"] == [
        "まったく違う仕事をする"
    ]


def test_two_orders_are_a_conflict_and_one_is_not() -> None:
    def down(body: Body) -> None:
        body.cell("010101").row.addnext(body.cell("0101").row)

    def to_the_end(body: Body) -> None:
        rows = body.cell("0101").row.getparent().findall(W + "tr")
        rows[-1].addnext(body.cell("0101").row)

    assert merged(down, lambda body: None).is_whole
    made = merged(down, to_the_end)
    assert [c.record for c in made.conflicts] == ["行政活動"]
    assert made.sheet == sheet()


def test_drafts_are_grouped_by_their_sheets() -> None:
    reader = collector()
    drafts = [
        reader.read(draft(sheet(number="3")), "a.docx", folder="土木課"),
        reader.read(draft(sheet(number="4")), "b.docx", folder="土木課"),
        reader.read(draft(sheet(number="3")), "c.docx", folder="ほか"),
        reader.read(draft(sheet(number="3", department="別の課")), "d.docx"),
    ]
    groups = [[one.file for one in group] for group in group_drafts(drafts)]
    assert groups == [["a.docx", "c.docx"], ["b.docx"], ["d.docx"]]


def test_every_blank_draft_is_a_sheet_of_its_own() -> None:
    def fill(number: str) -> bytes:
        return changed(blank_draft(), lambda body: body.cell("シートNo.").right().write(number))

    drafts = [collector().read(fill(number), f"{number}.docx") for number in ("7", "8")]
    assert [len(group) for group in group_drafts(drafts)] == [1, 1]


def test_drafts_of_different_bases_do_not_merge() -> None:
    reader = collector()
    drafts = [
        reader.read(draft(sheet()), "a.docx"),
        reader.read(draft(sheet(title="古い名前")), "b.docx"),
    ]
    with pytest.raises(SourceError, match="元の内容が違います"):
        group_drafts(drafts)
