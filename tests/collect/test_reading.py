"""What is a change and what is not: drafts edited by hand, read against their base."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from gyomu_docs.collect import DraftChanges
from gyomu_docs.model import FiscalYear, Sheet
from tests.support.drafts import (
    Body,
    Cell,
    W,
    blank_draft,
    changed,
    collected,
    draft,
    element,
    read,
    run_of,
    unchanged,
    without_bookmarks,
)
from tests.support.sheets import ODD_TEXTS, sheet

Edits = Callable[[Body], object]


def edited(change: Edits, base: Sheet | None = None) -> DraftChanges:
    return read(changed(draft(base or sheet()), change))


def result(change: Edits, base: Sheet | None = None) -> Sheet:
    return collected(changed(draft(base or sheet()), change)).sheet


def edits_of(changes: DraftChanges) -> list[tuple[str, str, str, str]]:
    assert not changes.refused
    return [(one.record, one.field, one.old, one.new) for one in changes.edits]


def activities(body: Body) -> Any:
    """The table of 行政活動."""
    return body.cell("業務コード\n(2・4・6桁)").row.getparent()


def messages(found: list[Any]) -> list[str]:
    return [f"{one.place.table}/{one.place.column}: {one.message}" for one in found]


def test_an_unedited_draft_changes_nothing() -> None:
    made = read(draft(sheet()))
    assert unchanged(made)
    assert made.found == []
    assert collected(draft(sheet())).sheet == sheet()


IN_WORD = [text for text in ODD_TEXTS if not set(text) & set("\r\x85\x0b\x00\x1b\x7f\x9f\uffff")]
"""What a Word file can hold; the writer refuses the rest."""


@pytest.mark.parametrize("text", [*IN_WORD, "R\u2011元", "一　二", "1,234", "0", "次\xadは"])
def test_odd_texts_come_back_as_they_were(text: str) -> None:
    base = sheet(title=text)
    assert unchanged(read(draft(base)))
    assert collected(draft(base)).sheet == base


def test_edits_are_taken_over_and_told_with_who_made_them() -> None:
    def change(body: Body) -> None:
        body.cell("公園の管理").write("公園と緑の管理", by="鈴木")
        body.cell("遊具の事故件数").write("事故の件数")

    title, indicator = edited(change).edits
    assert (title.record, title.field, title.old, title.new) == (
        "", "シート名", "公園の管理", "公園と緑の管理",
    )  # fmt: skip
    assert title.origin[1:] == ("鈴木", "2021-05-01T09:00:00Z", True)
    assert (indicator.record, indicator.field) == ("行政活動[1]", "指標")
    assert indicator.origin[1:] == ("", "", False)


def test_an_edit_that_is_tracked_only_in_part_is_named_untracked() -> None:
    def change(body: Body) -> None:
        cell = body.cell("遊具の事故件数")
        cell.write("遊具の重大事故件数")
        cell.write("重大事故件数", by="鈴木")

    (one,) = edited(change).edits
    assert one.new == "重大事故件数"
    assert not one.origin.tracked


def test_an_edit_taken_back_is_none() -> None:
    def change(body: Body) -> None:
        cell = body.cell("遊具の事故件数")
        cell.write("ほか", by="鈴木")
        for run in [*cell.element.iter(W + "ins")]:
            run.getparent().remove(run)
        cell.element.find(W + "p").append(run_of("遊具の事故件数"))

    assert unchanged(edited(change))


@pytest.mark.parametrize(
    ("typed", "new"),
    [("48,300 千円", "48300"), ("４８，３００", "48300"), ("48300", "48300"), ("未定", "未定")],
)
def test_amounts_come_back_as_the_file_writes_them(typed: str, new: str) -> None:
    made = edited(lambda body: body.cell("48,200 千円").write(typed))
    assert edits_of(made) == [("予算[1]", "予算額", "48200", new)]


@pytest.mark.parametrize("typed", ["48200", "48,200千円", "４８２００ 千円", "48,200 千円 "])
def test_an_amount_written_another_way_is_no_change(typed: str) -> None:
    assert unchanged(edited(lambda body: body.cell("48,200 千円").write(typed)))


def test_results_and_costs_know_their_years() -> None:
    def change(body: Body) -> None:
        body.cell("遊具の事故件数").right(4).write("3")
        body.cell("47,300").write("47,400")

    made = edited(change)
    assert edits_of(made) == [
        ("行政活動[1]", "実績[R元]", "1", "3"),
        ("行政活動[1].事業費[1]", "決算[R元]", "47300", "47400"),
    ]
    after = result(change).activities[0]
    assert after.results["R元"] == "3"
    assert after.costs[0].settled["R元"] == "47400"
    assert list(after.results) == list(sheet().activities[0].results)


def test_a_year_that_the_base_lacks_takes_its_place() -> None:
    base = sheet()
    first = base.activities[0].model_copy(
        update={"results": type(base.activities[0].results)({"H28": "2", "R2": "0"})}
    )
    base = base.model_copy(update={"activities": (first, *base.activities[1:])})
    after = result(lambda body: body.cell("遊具の事故件数").right(3).write("9"), base)
    assert after.activities[0].results.to_plain() == {"H28": "2", "H30": "9", "R2": "0"}


def test_a_cleared_cell_is_blank_again() -> None:
    made = edited(lambda body: body.cell("遊具の事故件数").write(""))
    assert edits_of(made) == [("行政活動[1]", "指標", "遊具の事故件数", "")]


def test_computed_cells_and_labels_are_not_taken_over_but_told() -> None:
    def change(body: Body) -> None:
        body.cell("49,550 千円").write("50,000 千円")
        body.cell("基本目的").write("基本の目的")

    made = edited(change)
    assert unchanged(made)
    plan, total = messages(made.found)
    assert plan.startswith("総合計画/項目: ")
    assert "（「基本目的」→「基本の目的」）は取り込みません" in plan
    assert total.startswith("予算/予算額: ")
    assert "（「49,550 千円」→「50,000 千円」）は取り込みません" in total


def test_paragraphs_change_come_and_go() -> None:
    def change(body: Body) -> None:
        body.cell("事故は減った。\n樹木の老化が進む。").write(
            "はじめに。", "事故は半分に減った。", "樹木の老化が進む。", "以上。", by="鈴木"
        )
        body.cell("点検を続ける。").write("")

    made = result(change)
    assert made.summary.paragraphs == (
        "はじめに。", "事故は半分に減った。", "樹木の老化が進む。", "以上。",
    )  # fmt: skip
    assert made.outlook.paragraphs == ()


def test_blank_lines_between_paragraphs_are_no_paragraphs() -> None:
    cell = "事故は減った。\n樹木の老化が進む。"
    written = ("事故は減った。", "", "樹木の老化が進む。", "")
    assert unchanged(edited(lambda body: body.cell(cell).write(*written)))


def test_notes_change_come_and_go() -> None:
    note = "※ 満足度は市民意識調査による。"

    def change(body: Body) -> None:
        paragraph = body.paragraph(note)
        new = element("p")
        new.append(run_of("※ 速報値。"))
        paragraph.addnext(new)

    assert result(change).notes == (note, "※ 速報値。")
    gone = result(lambda body: body.paragraph(note).getparent().remove(body.paragraph(note)))
    assert gone.notes == ()
    assert result(change, sheet(notes=("※ 満足度は市民意識調査による。",))).notes[1] == "※ 速報値。"


def test_a_first_note_is_found_by_its_place() -> None:
    def change(body: Body) -> None:
        new = element("p")
        new.append(run_of("※ 速報値。"))
        activities(body).addnext(new)

    assert result(change, sheet(notes=())).notes == ("※ 速報値。",)


def test_text_where_the_form_has_none_is_told() -> None:
    def change(body: Body) -> None:
        new = element("p")
        new.append(run_of("企画課へ：急ぎです"))
        body.root.find(W + "body").insert(0, new)

    made = edited(change)
    assert unchanged(made)
    assert messages(made.found) == ["/: 表の外の文は取り込めません（企画課へ：急ぎです）。"]


@pytest.mark.parametrize("by", ["", "鈴木"])
def test_rows_that_come_take_their_place(by: str) -> None:
    base = sheet()
    codes = [str(one.code) for one in base.activities]

    def change(body: Body) -> None:
        body.cell(codes[1]).insert_row(f"{codes[1][:2]}99", "草を刈る", "回数", "1", by=by)

    made = edited(change, base)
    (one,) = made.additions
    assert (one.owner, one.path, one.after) == ("", "行政活動", "行政活動[2]")
    assert dict(one.values) == {
        "コード": f"{codes[1][:2]}99", "手段": "草を刈る", "指標": "回数", "実績[H28]": "1",
    }  # fmt: skip
    assert one.origin.tracked == bool(by)
    after = result(change, base)
    assert [str(a.code) for a in after.activities] == [*codes[:2], f"{codes[1][:2]}99", *codes[2:]]


@pytest.mark.parametrize("by", ["", "鈴木"])
@pytest.mark.parametrize("stripped", [False, True])
def test_rows_that_go(by: str, stripped: bool) -> None:
    codes = [str(one.code) for one in sheet().activities]
    data = changed(draft(sheet()), lambda body: body.cell(codes[1]).delete_row(by=by))
    made = read(without_bookmarks(data) if stripped else data)
    (one,) = made.removals
    assert (one.record, one.origin.tracked) == ("行政活動[2]", bool(by))
    assert [str(a.code) for a in collected(data).sheet.activities] == [codes[0], *codes[2:]]


def test_rows_of_padding_that_are_filled_are_new_items() -> None:
    def change(body: Body) -> None:
        cell = body.cell("緑化推進事業")
        row = cell.row.getnext()
        for number, text in enumerate(("8", "4", "3", "街路樹管理事業", "2,000 千円")):
            body_cell = row.findall(W + "tc")[number]
            type(cell)(body_cell).write(text)

    made = result(change)
    assert [line.name for line in made.budget][-1] == "街路樹管理事業"
    assert made.budget[-1].amount == "2000"


def test_a_row_that_is_emptied_is_gone() -> None:
    def change(body: Body) -> None:
        cell = body.cell("緑化推進事業")
        cell.write("")
        body.cell("1,350 千円").write("")

    assert [line.name for line in result(change).budget] == ["公園維持管理事業"]


def test_directions_grow_and_shrink() -> None:
    def change(body: Body) -> None:
        body.cell("III-12 緑を増やす").insert_row("", "", "III-12 花を植える")
        body.cell("III-12 公園を整える").write("")

    made = result(change)
    assert made.plan.directions == ("III-12 緑を増やす", "III-12 花を植える")


def test_cost_rows_belong_to_the_group_they_stand_in() -> None:
    base = sheet()
    number = next(n for n, a in enumerate(base.activities, 1) if a.costs)
    name = base.activities[number - 1].costs[0].name

    def change(body: Body) -> None:
        body.cell(name, 2).insert_row("事業名", "清掃事業", "年度別決算・予算額(千円)", "1,000")

    made = result(change, base)
    costs = made.activities[number - 1].costs
    assert [cost.name for cost in costs][:2] == [name, "清掃事業"]
    assert costs[1].settled.to_plain() == {"H28": "1000"}


@pytest.mark.parametrize("stripped", [False, True])
def test_a_row_that_moved_is_told_as_moved(stripped: bool) -> None:
    codes = [str(one.code) for one in sheet().activities]

    def change(body: Body) -> None:
        row, target = body.cell(codes[1]).row, body.cell(codes[2]).row
        target.addnext(row)

    data = changed(draft(sheet()), change)
    made = read(without_bookmarks(data) if stripped else data)
    (order,) = made.orders
    assert order.moved in (("行政活動[2]",), ("行政活動[3]",))
    assert not made.edits
    after = [str(a.code) for a in collected(data).sheet.activities]
    assert after == [codes[0], codes[2], codes[1], *codes[3:]]


@pytest.mark.parametrize("stripped", [False, True])
def test_a_tracked_move_is_a_move_and_names_who_did_it(stripped: bool) -> None:
    def change(body: Body) -> None:
        row = body.cell("0101").row
        copied = body.cell("010101").insert_row("0101", "遊具を点検する", by="鈴木")
        assert copied.getprevious() is not row
        Cell(row[1]).delete_row(by="鈴木")

    data = changed(draft(sheet()), change)
    made = read(without_bookmarks(data) if stripped else data)
    (order,) = made.orders
    assert order.moved == ("行政活動[2]",)
    assert (order.origin.author, order.origin.tracked) == ("鈴木", True)
    assert made.edits == made.additions == made.removals == []


def test_header_rows_that_are_gone_are_told() -> None:
    def change(body: Body) -> None:
        table = activities(body)
        for row in table.findall(W + "tr")[:2]:
            table.remove(row)

    made = edited(change)
    assert unchanged(made)
    assert [one.message for one in made.found] == ["行がありません。"] * 2


@pytest.mark.parametrize("stripped", [False, True])
def test_changed_widths_change_nothing(stripped: bool) -> None:
    def change(body: Body) -> None:
        for grid in body.root.iter(W + "tblGrid"):
            for number, column in enumerate(grid):
                column.set(W + "w", str(500 + 137 * number))

    data = changed(draft(sheet()), change)
    made = read(without_bookmarks(data) if stripped else data)
    assert unchanged(made)
    assert made.found == []


def test_a_cost_row_whose_activity_is_gone_stays_in_its_group() -> None:
    made = result(lambda body: body.cell("02").delete_row())
    assert made.activities[-1].code == "0201"
    assert made.activities[-1].costs == sheet().activities[3].costs


@pytest.mark.parametrize("stripped", [False, True])
def test_rows_keep_their_identity_when_codes_move_on(stripped: bool) -> None:
    base = sheet()
    last = base.activities[-1]
    group = str(last.code)[:2]

    def change(body: Body) -> None:
        body.cell(str(last.code)).write(f"{group}98")
        body.cell(f"{group}98").row.addprevious(
            body.cell(f"{group}98").insert_row(str(last.code), "まったく新しい仕事")
        )

    data = changed(draft(base), change)
    made = read(without_bookmarks(data) if stripped else data)
    assert edits_of(made) == [
        (f"行政活動[{len(base.activities)}]", "コード", str(last.code), f"{group}98")
    ]
    (one,) = made.additions
    assert dict(one.values)["コード"] == str(last.code)
    codes = [str(a.code) for a in collected(data).sheet.activities]
    assert codes[-2:] == [str(last.code), f"{group}98"]


@pytest.mark.parametrize("code", ["", "123", "01-02", "あ"])
def test_a_row_without_a_right_code_is_an_error_and_is_not_dropped_in_silence(code: str) -> None:
    made = edited(lambda body: body.cell("0101").insert_row(code, "草を刈る"))
    (one,) = made.refused
    assert one.level == "E"
    assert "草を刈る" in one.place.row
    assert made.additions == []


def test_codes_in_full_width_are_read() -> None:
    made = edited(lambda body: body.cell("0101").insert_row("０１９９", "草を刈る"))
    assert dict(made.additions[0].values)["コード"] == "0199"


def test_a_code_edited_to_nonsense_stays_and_is_told() -> None:
    made = edited(lambda body: body.cell("0101").write("0101a"))
    assert made.edits == []
    assert "0101a" in made.refused[0].message


def test_another_fiscal_year_is_refused() -> None:
    made = edited(lambda body: body.cell("R3").write("R4"))
    assert "R4" in made.refused[0].message
    assert unchanged(edited(lambda body: body.cell("R3").write("令和3年度")))


def test_a_deleted_column_is_told_and_its_values_stay() -> None:
    def change(body: Body) -> None:
        table = activities(body)
        grid = table.find(W + "tblGrid")
        grid.remove(grid[-1])
        for row in table.iterfind(W + "tr"):
            row.remove(row.findall(W + "tc")[-1])

    made = edited(change)
    assert unchanged(made)
    assert messages(made.found) == ["行政活動/備考: 列がありません。元の値を残しました。"]


def test_a_column_whose_deletion_is_tracked_is_told_and_its_values_stay() -> None:
    def delete(body: Body) -> None:
        for row in activities(body).iterfind(W + "tr"):
            cell = row.findall(W + "tc")[-1]
            Cell(cell).write("", by="鈴木")
            cell.find(W + "tcPr").append(element("cellDel", id="902", author="鈴木"))

    made = edited(delete)
    assert unchanged(made)
    assert messages(made.found) == ["行政活動/備考: 列がありません。元の値を残しました。"]


def test_a_row_below_a_heading_that_is_gone_is_not_taken_for_it() -> None:
    made = edited(lambda body: body.cell("総括").delete_row())
    assert unchanged(made)
    (told,) = made.found
    assert (told.place.table, told.place.row) == ("総括", "総括")
    assert told.message == "行がありません。元の値を残しました。"


def test_an_added_column_is_told_with_its_texts() -> None:
    def change(body: Body) -> None:
        table = activities(body)
        grid = table.find(W + "tblGrid")
        grid.insert(2, element("gridCol", w="900"))
        for number, row in enumerate(table.iterfind(W + "tr")):
            cell = element("tc")
            paragraph = element("p")
            paragraph.append(run_of("メモ" if number == 0 else "見直し" if number == 3 else ""))
            cell.append(paragraph)
            row.insert(row.index(row.findall(W + "tc")[2]), cell)

    made = edited(change)
    assert unchanged(made)
    assert messages(made.found) == [
        "行政活動/: 様式にない列の文字（メモ／見直し）は取り込めません。"
    ]


def test_a_deleted_table_is_told_and_its_values_stay() -> None:
    def change(body: Body) -> None:
        table = activities(body)
        table.getparent().remove(table)

    made = edited(change)
    assert unchanged(made)
    assert messages(made.found) == ["行政活動/: 表がありません。元の値を残しました。"]


@pytest.mark.parametrize("stripped", [False, True])
def test_a_table_split_in_two_is_still_one(stripped: bool) -> None:
    def change(body: Body) -> None:
        table = activities(body)
        rows = table.findall(W + "tr")
        second = element("tbl")
        second.append(element("tblPr"))
        second.append(copy.deepcopy(table.find(W + "tblGrid")))
        for row in rows[4:]:
            second.append(row)
        table.addnext(second)
        second.addprevious(element("p"))

    data = changed(draft(sheet()), change)
    made = read(without_bookmarks(data) if stripped else data)
    assert unchanged(made)
    assert made.found == []


def test_merged_cells_are_told_and_their_values_stay() -> None:
    def change(body: Body) -> None:
        cell = body.cell("遊具の事故件数")
        gone = cell.right()
        properties = cell.element.find(W + "tcPr")
        properties.insert(1, element("gridSpan", val="2"))
        cell.row.remove(gone.element)

    made = edited(change)
    assert unchanged(made)
    assert "となりのセルと結合されています（今の文字は「遊具の事故件数」）" in made.found[0].message


def test_a_blank_draft_that_was_filled_is_a_new_sheet() -> None:
    def change(body: Body) -> None:
        body.cell("シートNo.").right().write("7")
        body.cell("シート名").right().write("河川の管理")
        rows = activities(body).findall(W + "tr")[2:]
        texts = ["01", "川を守る", "水位", "1", "2", "3", "4", "5", "↓", "○", "速報"]
        cost = ["事業名", "河川維持事業", "年度別決算・予算額(千円)", "1,000", "", "-"]
        for row, line in ((rows[0], texts), (rows[-2], cost)):
            for cell, text in zip(row.iterfind(W + "tc"), line, strict=False):
                Cell(cell).write(text)

    made = collected(changed(blank_draft("R4"), change))
    after = made.sheet
    assert (after.fiscal_year, after.number, after.title) == (FiscalYear(2022), "7", "河川の管理")
    assert (after.budget, after.purposes, after.notes, after.plan.directions) == ((), (), (), ())
    (activity,) = after.activities
    assert (activity.code, activity.means, activity.indicator) == ("01", "川を守る", "水位")
    assert activity.results.to_plain() == {"H29": "1", "H30": "2", "R元": "3", "R2": "4", "R3": "5"}
    assert (activity.target, activity.mark, activity.remarks) == ("↓", "○", "速報")
    assert activity.costs[0].name == "河川維持事業"
    assert activity.costs[0].settled.to_plain() == {"H29": "1000", "R元": "-"}
    assert len(activity.costs) == 1
    assert made.is_whole


INVISIBLE = "\u200d"


def test_joiners_that_a_program_put_in_are_no_edits() -> None:
    def change(body: Body) -> None:
        for text in [*body.root.iter(W + "t")]:
            text.text = INVISIBLE + (text.text or "")

    assert unchanged(edited(change))


def test_variation_selectors_and_joiners_of_the_base_survive_an_edit() -> None:
    base = sheet(title="葛\U000e0100城市と👨\u200d👩\u200d👧")
    made = result(
        lambda body: body.cell("葛\U000e0100城市と👨\u200d👩\u200d👧").write(
            "新しい葛\U000e0100城市と👨\u200d👩\u200d👧"
        ),
        base,
    )
    assert made.title == "新しい葛\U000e0100城市と👨\u200d👩\u200d👧"
