"""The summary: what became of the sheets, marks, budget and staff, the rewritten past."""

from __future__ import annotations

from typing import Any

import pytest

from gyomu_docs.layout.tree import Section
from gyomu_docs.model import Activity, BudgetLine, CostRow, Sheet
from tests.support.reports import acts, body, grid, names, plain, report, said


def two(number: str, title: str, year: str = "R3", **more: Any) -> Sheet:
    return plain(year, number=number, title=title, **more)


def summary(old: list[Sheet], new: list[Sheet], **options: Any) -> Section:
    return report(old, new, **options).sections[0]


def counts(section: Section) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in body(section, "変更の数")}


def test_what_became_of_each_sheet() -> None:
    rows = {name: [Activity(code="01", means=f"{name}を守る")] for name in "山川海空"}
    old = [
        two(n, name, "R2", activities=rows[name])
        for n, name in (("1", "山"), ("2", "川"), ("3", "海"))
    ]
    new = [
        two("1", "山", activities=rows["山"]),
        two("5", "川", activities=rows["川"]),
        two("6", "空", activities=rows["空"]),
    ]
    section = summary(old, new)
    found = counts(section)
    assert {
        name: found[f"シート：{name}"] for name in ("変更なし", "新設", "廃止", "番号変更")
    } == {
        "変更なし": ["1", "No.1 山"],
        "新設": ["1", "No.6 空"],
        "廃止": ["1", "No.3 海"],
        "番号変更": ["1", "No.5 川"],
    }
    assert body(section, "シートの対応") == [
        ["No.5 川", "No.2 川", "番号変更", "1", ""],
        ["No.6 空", "", "新設", "", ""],
        ["", "No.3 海", "廃止", "", ""],
    ]


def marked(year: str, *marks: str) -> Sheet:
    rows = [
        Activity(code=f"0{at}", means=f"活動{at}をする", indicator=f"指標{at}", mark=mark)
        for at, mark in enumerate(marks, 1)
    ]
    return two("1", "山", year, activities=rows)


def test_marks_that_turned_bad_come_first() -> None:
    other = two("2", "川"), two("2", "川", "R2")
    section = summary(
        [marked("R2", "×", "○", "", "◯"), other[1]], [marked("R3", "○", "×", "-", "○"), other[0]]
    )
    assert body(section, "達成の印の変化") == [
        ["No.1 山", "02", "活動2をする", "指標2", "○ → ×"],
        ["No.1 山", "01", "活動1をする", "指標1", "× → ○"],
        ["No.1 山", "03", "活動3をする", "指標3", "空欄 → -"],
    ]
    assert counts(section)["達成：○ → ×"] == ["1", "No.1 山 02"]


def budgeted(number: str, year: str, amount: str, staff: str) -> Sheet:
    return two(
        number,
        f"業務{number}",
        year,
        budget=[BudgetLine(name="事業", amount=amount)],
        staffing={"this_sheet": {"regular": staff, "fixed_term": "0.5"}},
    )


@pytest.mark.parametrize("order", ["new-old", "old-new"])
def test_budget_and_staff_of_each_sheet_and_of_all(order: str) -> None:
    old = [budgeted("1", "R2", "1000", "2.0"), budgeted("2", "R2", "500", "1.0")]
    new = [budgeted("1", "R3", "1250", "1.5"), budgeted("2", "R3", "500", "1.0")]
    _, *first = body(summary(old, new, order=order), "予算と人工の増減")[0]
    total = body(summary(old, new, order=order), "予算と人工の増減")[-1]
    sides = [["1,250", "1,000"], ["2.0", "2.5"]]
    if order == "old-new":
        sides = [side[::-1] for side in sides]
    assert first == [*sides[0], "＋250", "＋25.0%", *sides[1], "△0.5", "△20.0%"]
    assert (total[0], total[3:5]) == ("全シート", ["＋250", "＋16.7%"])


def test_blank_staff_is_not_nothing() -> None:
    old, new = ([two("1", "山", year), two("2", "川", year)] for year in ("R2", "R3"))
    rows = body(summary(old, new), "予算と人工の増減")
    assert {tuple(row[5:]) for row in rows} == {("", "", "", "")}


def test_merged_sheets_count_once() -> None:
    rows = [
        [Activity(code=f"0{n}", means=f"{name}の点検をする") for n, name in enumerate(names, 1)]
        for names in ("山川海", "池沼湖")
    ]
    together = [
        row.model_copy(update={"code": type(row.code)(f"{at:02d}")})
        for at, row in enumerate([*rows[0], *rows[1]], 1)
    ]
    line = {"budget": [BudgetLine(name="事業", amount="100")]}
    old = [
        two("1", "山", "R2", activities=rows[0], **line),
        two("2", "池", "R2", activities=rows[1], **line),
    ]
    section = summary(old, [two("1", "山", activities=together, **line)])
    (only,) = body(section, "予算と人工の増減")
    assert only[:4] == ["No.1 山", "100", "200", "△100"]
    assert counts(section)["シート：統合"] == ["1", "No.1 山"]


def test_the_rewritten_past_and_the_execution_are_lists() -> None:
    def sheet_of(year: str, settled: dict[str, str], budget: str) -> list[Sheet]:
        cost = CostRow(name="緑化", settled=settled, budget={year: budget})
        row = Activity(
            code="01", means="守る", indicator="件数", results={"R元": settled["R元"]}, costs=[cost]
        )
        return [two("1", "山", year, activities=[row]), two("2", "川", year)]

    section = summary(
        sheet_of("R2", {"R元": "1060"}, "2000"),
        sheet_of("R3", {"R元": "1045", "R2": "1500"}, "2100"),
    )
    assert body(section, "過去の値の訂正") == [
        ["No.1 山", "行政活動", "01　件数", "R元実績", "1045", "1060"],
        ["No.1 山", "事業費", "01　緑化", "R元決算", "1,045 千円", "1,060 千円"],
    ]
    assert body(section, "予算の執行") == [
        ["No.1 山", "01", "緑化", "R2", "2,000", "1,500", "75.0%"]
    ]


def test_without_any_change_the_report_says_so() -> None:
    old, new = ([two("1", "山", year), two("2", "川", year)] for year in ("R2", "R3"))
    document = report(old, new)
    (section,) = document.sections
    assert "R2年度とR3年度のシートに、変更はありません。" in said(section.blocks)
    assert counts(section)["シート：変更なし"] == ["2", "No.1 山、No.2 川"]
    assert names(section) == ["変更の数", "予算と人工の増減"]
    assert "予算の執行" not in said(section.blocks)


def test_without_any_sheet_there_is_a_report() -> None:
    (section,) = report([], []).sections
    assert "シートがありません。" in said(section.blocks)


def test_two_drafts_of_one_year_rewrite_no_past() -> None:
    def draft(figure: str) -> list[Sheet]:
        row = Activity(code="01", means="守る", indicator="件数", results={"H30": figure})
        return [two("1", "山", activities=[row]), two("2", "川")]

    section = summary(draft("3"), draft("4"))
    assert "過去の値の訂正" not in names(section)
    assert counts(section)["過去の値の訂正（正誤）"] == ["0", ""]
    assert "R3年度の変更　概要" in said(section.blocks)


def test_an_unchanged_sheet_with_a_doubtful_partner_is_listed() -> None:
    rows = acts("01 遊具を点検する", "0101 委託する", "0102 更新する")
    twins = [two("41", "公園の管理", year, activities=rows) for year in ("R2", "R3")]
    document = report(twins, [twins[1]])
    listed, *sheets = document.sections
    assert body(listed, "シートの対応") == [
        ["No.41 公園の管理", "No.41 公園の管理", "変更なし", "0", "対応は要確認"],
        ["", "No.41 公園の管理", "廃止", "", ""],
    ]
    assert [text for text in said(sheets[0].blocks) if text.startswith("要確認")] == [
        "要確認　旧年度の「No.41 公園の管理」と「No.41 公園の管理」のどちらか決めきれません。"
    ]


def test_a_doubtful_partner_is_told() -> None:
    rows = acts("01 遊具を点検する", "0101 委託する", "0102 更新する")
    old = [two(n, f"公園{n}", "R2", activities=rows) for n in "12"]
    section = summary(old, [two("41", "公園の管理", activities=rows)])
    assert [row[4] for row in body(section, "シートの対応")] == ["対応は要確認", ""]


def test_each_sheet_is_headed_by_its_own_years() -> None:
    old = [two("1", "山", "R2"), two("2", "川", notes=["一"])]
    new = [two("1", "山", notes=["一"]), two("2", "川", notes=["一", "二"])]
    listed, *sheets = report(old, new).sections
    heads = [[cell.texts[0] for cell in table_head(one)][1:3] for one in sheets]
    assert heads == [["改正後（R3年度）", "改正前（R2年度）"], ["変更後", "変更前"]]
    assert "R2年度・R3年度とR3年度の比較　概要" in said(listed.blocks)


def table_head(section: Section) -> Any:
    return grid(section, "新旧対照表").rows[0].cells
