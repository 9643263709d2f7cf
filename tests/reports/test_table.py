"""The 新旧対照表 of a sheet: what stands on either side, what is underlined, what is left out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gyomu_docs import readers
from gyomu_docs.comparison import compare_editions
from gyomu_docs.errors import FormError
from gyomu_docs.layout.tree import Document
from gyomu_docs.model import BudgetLine, CostRow, TextBox
from gyomu_docs.reporting import render_table
from tests.support.cli import ROOT
from tests.support.reports import RESOURCES, acts, form, grid, lines, names, plain, report, said


def compared(old: dict[str, Any], new: dict[str, Any], **options: Any) -> Document:
    return report([plain("R2", **old)], [plain(**new)], **options)


def activities(old: Any, new: Any, **options: Any) -> list[tuple[str, ...]]:
    return lines(compared({"activities": old}, {"activities": new}, **options), "行政活動")


def test_the_words_that_changed_are_underlined_on_both_sides() -> None:
    found = activities(acts("01 遊具を点検する"), acts("01 遊具を毎月更新する"))
    assert found == [
        ("手段", "01　遊具を[毎月更新]する", "01　遊具を[点検]する", "変更"),
    ]


def test_old_to_new_puts_the_old_edition_to_the_left() -> None:
    document = compared(
        {"notes": ["一"]},
        {"notes": ["一二"]},
        order="old-new",
        old_label="現行",
        new_label="改正案",
    )
    assert lines(document, "注記") == [("注記 1", "[一]", "[一二]", "変更")]
    head = grid(document.sections[0], "新旧対照表").rows[0]
    assert [cell.texts[0] for cell in head.cells] == ["項目", "現行", "改正案", "備考"]


def test_the_heads_of_the_columns_have_the_years_of_the_editions() -> None:
    document = compared({}, {"title": "公園"})
    head = grid(document.sections[0], "新旧対照表").rows[0]
    assert [cell.texts[0] for cell in head.cells][1:3] == ["改正後（R3年度）", "改正前（R2年度）"]


def test_what_did_not_change_is_a_range_of_codes() -> None:
    old = acts("01 守る", "0101 点検", "0102 清掃", "0103 枝を剪定する", "0104 更新")
    new = acts("01 守る", "0101 点検", "0102 清掃", "0103 枝を伐採する", "0104 更新")
    assert [line[1] for line in activities(old, new)] == [
        "01　（略）",
        "0101〜0102　（略）",
        "0103　枝を[伐採]する",
        "0104　（略）",
    ]
    assert [line[1] for line in activities(old, new, omitted="")] == ["0103　枝を[伐採]する"]


def test_a_row_without_a_change_covers_the_rows_below_it() -> None:
    codes = (
        "01 守る",
        "0101 点検",
        "010101 遊具を見る",
        "0102 清掃",
        "02 直す",
        "0201 舗装",
        "03 知らせる",
    )
    old = acts(*codes, mark="○")
    new = acts(*codes, mark="×")
    assert [line[1] for line in activities(old, new)] == [
        "01〜02　（略）",
        "03　知らせる",
        "[×]",
    ]


def test_a_range_is_of_one_level_below_one_row() -> None:
    codes = ("01 守る", "0101 点検", "010101 遊具を見る", "010102 園路を見る", "0102 清掃")
    old = (*acts(*codes, mark="○"), *acts("02 直す"))
    new = (*acts(*codes, mark="×"), *acts("02 直す"))
    assert [line[1] for line in activities(old, new)] == [
        "01　（略）",
        "0101　（略）",
        "0102　清掃",
        "[×]",
        "02　（略）",
    ]


def test_what_moved_has_its_codes_underlined() -> None:
    old = acts("01 公園を守る", "0101 芝を刈る")
    new = acts("01 公園を守る", "0101 樹木医に診てもらう", "0102 芝を刈る")
    assert activities(old, new)[1:] == [
        ("手段", "[0101　樹木医に診てもらう]", "（新設）", "新設"),
        ("手段", "[0102]　芝を刈る", "[0101]　芝を刈る", "移動（旧0101）"),
    ]


def test_what_is_gone_stands_with_all_that_it_said() -> None:
    old = acts(
        "01 公園を守る", "0101 芝を刈る", indicator="回数", target="↑", extras={"困難度": "B"}
    )
    assert activities(old, acts("01 公園を守る"))[1] == (
        "手段",
        "（削る）",
        "[0101　芝を刈る\n指標：回数　目標：↑\n困難度：B]",
        "削除",
    )
    assert activities(old, acts("01 公園を守る"), removed="")[1][1] == ""


def test_fields_of_a_row_stand_below_it_with_their_difference() -> None:
    old = acts("01 公園を守る", mark="○", remarks="", results={"R元": "58.2%"})
    new = acts("01 公園を守る", mark="×", remarks="雨", results={"R元": "51.6%", "R2": "60%"})
    assert activities(old, new) == [
        ("手段", "01　公園を守る", "01　公園を守る", ""),
        ("達成", "[×]", "[○]", "変更"),
        ("備考", "[雨]", "（空欄）", "変更"),
        ("実績（R元）", "[51.6%]", "[58.2%]", "変更　△6.6ポイント"),
    ]


def test_budget_lines_have_amounts_as_forms_print_them() -> None:
    old = [BudgetLine(name="緑化事業", amount="1200"), BudgetLine(name="記念事業", amount="5")]
    new = [BudgetLine(name="緑化事業", amount="1350")]
    assert lines(compared({"budget": old}, {"budget": new}), "予算") == [
        ("事業名", "緑化事業", "緑化事業", ""),
        ("予算額", "[1,350] 千円", "[1,200] 千円", "変更　＋150 千円（＋12.5%）"),
        ("事業名", "（削る）", "[記念事業\n予算額：5 千円]", "削除"),
    ]


def test_cost_rows_show_the_budget_step_and_the_execution() -> None:
    old = acts("01 守る", costs=(CostRow(name="緑化", budget={"R2": "1000"}),))
    new = acts(
        "01 守る", costs=(CostRow(name="緑化", settled={"R2": "900"}, budget={"R3": "800"}),)
    )
    document = compared({"activities": old}, {"activities": new, "title": "緑"})
    assert lines(document, "事業費") == [
        ("事業名", "01　緑化", "01　緑化", ""),
        ("予算額", "[800] 千円", "[1,000] 千円", "変更　△200 千円（△20.0%）"),
        ("R2の執行", "決算 900 千円", "予算 1,000 千円", "執行率 90.0%"),
    ]


def test_a_cost_row_of_another_group_is_moved_and_executed() -> None:
    settled = {"H29": "45980", "H30": "46020", "R元": "47300"}
    old = CostRow(name="緑化", settled=settled, budget={"R2": "48200"})
    new = CostRow(name="緑化", settled={**settled, "R2": "48000"}, budget={"R3": "48200"})
    sides = (
        (*acts("01 守る", costs=(old,)), *acts("02 直す")),
        (*acts("01 守る"), *acts("02 直す", costs=(new,))),
    )
    document = compared({"activities": sides[0]}, {"activities": sides[1]})
    assert lines(document, "事業費") == [
        ("事業名", "[02]　緑化", "[01]　緑化", "移動（旧01）"),
        ("R2の執行", "決算 48,000 千円", "予算 48,200 千円", "執行率 99.6%"),
    ]


def test_two_cost_rows_of_one_name_keep_their_own_figures() -> None:
    old, new = (
        acts("01 守る", costs=tuple(CostRow(name="緑化", budget={year: one}) for one in amounts))
        for year, amounts in (("R2", ("10", "500")), ("R3", ("20", "600")))
    )
    found = lines(compared({"activities": old}, {"activities": new, "title": "緑"}), "事業費")
    amounts = [line[1:3] for line in found if line[0] == "予算額"]
    assert amounts == [("[20] 千円", "[10] 千円"), ("[600] 千円", "[500] 千円")]


def test_staff_and_paragraphs() -> None:
    document = compared(
        {
            "staffing": {"this_sheet": {"regular": "3.0", "fixed_term": "1.0"}},
            "summary": TextBox(heading="総括", paragraphs=("減った。", "老いた。")),
        },
        {
            "staffing": {"this_sheet": {"regular": "2.5", "fixed_term": "1.0"}},
            "summary": TextBox(heading="総括", paragraphs=("減った。", "老いた。", "植えた。")),
        },
    )
    assert lines(document, "人工") == [
        ("このシート　正規", "[2.5]", "[3.0]", "変更　△0.5"),
        ("このシート", "（略）", "（略）", ""),
    ]
    assert lines(document, "総括") == [
        ("見出し、本文", "（略）", "（略）", ""),
        ("本文 3", "[植えた。]", "（新設）", "新設"),
    ]


def test_sections_without_a_change_are_one() -> None:
    same = {"notes": ["一"], "outlook": TextBox(heading="方針", paragraphs=("続ける。",))}
    document = compared(same, {**same, "title": "公園"})
    assert (
        lines(document, "注記") == lines(document, "今後の方針") == [("", "（略）", "（略）", "")]
    )
    assert len(lines(document, "見出し")) == 2


def test_padding_puts_blanks_beside_what_only_one_side_has() -> None:
    document = compared({"notes": ["公園を守る"]}, {"notes": ["公園をR3で守る"]}, pad=True)
    assert lines(document, "注記") == [("注記 1", "公園を[R3で]守る", "公園を[  　]守る", "変更")]


def test_a_replaced_word_is_not_padded() -> None:
    document = compared({"notes": ["公園を点検"]}, {"notes": ["公園を更新"]}, pad=True)
    assert lines(document, "注記") == [("注記 1", "公園を[更新]", "公園を[点検]", "変更")]


def test_a_new_sheet_says_so_once_for_its_plain_fields() -> None:
    document = report([plain("R2")], [plain(), plain(number="9", title="森")])
    assert lines(document, "見出し") == [
        ("シートNo", "[9]", "", ""),
        ("シート名", "[森]", "", ""),
    ]
    assert list(said(document.sections[-1].blocks))[:2] == ["No.9 森", "新設"]


def test_a_renamed_sheet_says_what_it_was() -> None:
    document = compared({"title": "公園"}, {"title": "公園の管理"})
    assert "名称変更（旧 No.41 公園）" in said(document.sections[0].blocks)


def test_one_sheet_without_a_change_says_so() -> None:
    (section,) = compared({}, {}).sections
    assert "R2年度とR3年度のシートに、変更はありません。" in said(section.blocks)
    assert names(section) == []


def test_rows_of_an_item_stay_together() -> None:
    old, new = (acts("01 守る", mark=mark) for mark in "○×")
    table = grid(compared({"activities": old}, {"activities": new}).sections[0], "新旧対照表")
    kept = {row.cells[0].texts[0]: row.keep_with_next for row in table.rows if row.cells[0].texts}
    assert kept == {
        "項目": False,
        "見出し": True,
        "行政活動": True,
        "手段": True,
        "達成": False,
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"order": "new"}, "options.order: new-old か old-new と書いてください。"),
        ({"pad": "often"}, "options.pad: true か false と書いてください。"),
        (
            {"ordr": "new-old"},
            "options.ordr: 項目「ordr」は使えません。「order」ではありませんか。",
        ),
    ],
)
def test_a_wrong_option_names_the_form_and_the_key(options: dict[str, Any], message: str) -> None:
    with pytest.raises(FormError) as caught:
        report([plain("R2")], [plain()], **options)
    assert caught.value.message == message
    assert (caught.value.place.file, bool(caught.value.place.line)) == ("own.yaml", True)


def test_options_of_a_form_are_added_to_those_that_it_extends() -> None:
    assert form(pad=True).options["removed"] == "（削る）"


EDITIONS = [readers.read([ROOT / f"examples/{year}"])[0] for year in ("r2", "r3")]


@pytest.mark.parametrize("name", ["comparison/table", "comparison/table-plain"])
def test_the_examples_as_pdf(name: str, save_pdf: Callable[[bytes], Path]) -> None:
    comparison = compare_editions(*EDITIONS)
    data, found = render_table(comparison, "pdf", RESOURCES, form=name)
    assert save_pdf(data).is_file()
    assert [one for one in found if one.level != "I"] == []
    assert render_table(comparison, "pdf", RESOURCES, form=name)[0] == data


def test_the_examples_as_word(save_docx: Callable[..., Path]) -> None:
    data, _ = render_table(compare_editions(*EDITIONS), "docx", RESOURCES)
    save_docx(data)
    assert io.BytesIO(data).read(2) == b"PK"


def test_every_text_of_a_change_stands_in_the_report() -> None:
    old, new = EDITIONS
    document = report(old.sheets, new.sheets)
    texts = {
        text
        for section in document.sections
        for row in grid_rows(section)
        for cell in row.cells
        for text in cell.texts
    }
    printed = "\n".join(texts)
    whole = printed + printed.replace(",", "")  # the change list has amounts without commas
    changes = [change for one in compare_editions(old, new).sheets for change in one.changes]
    assert len(changes) > 80
    lost = [side for one in changes for side in (one.old, one.new) if side and side not in whole]
    assert lost == []


def grid_rows(section: Any) -> list[Any]:
    found = [name for name in names(section) if name == "新旧対照表"]
    return [row for name in found for row in grid(section, name).rows]
