"""What reports say in the same words of sheets and changes."""

from __future__ import annotations

import pytest

from gyomu_docs.comparison import Comparison, SheetComparison
from gyomu_docs.model import CostRow, Sheet
from gyomu_docs.reports.entries import read_sheets
from gyomu_docs.reports.outcomes import is_rewritten, is_spelling_alone, is_unchanged, outcome
from tests.support.compared_sheets import page_of, texts
from tests.support.comparing import compare_sheets
from tests.support.reports import acts, body, lines, plain, report, said


def budgeted(year: str, amount: str) -> Sheet:
    costs = (CostRow(name="公園維持管理事業", budget={year: amount}),)
    return plain(year, activities=acts("01 公園を守る", costs=costs))


def other_budget() -> Comparison:
    return compare_sheets([budgeted("R2", "10")], [budgeted("R3", "48200")])


def only(comparison: Comparison) -> SheetComparison:
    [sheet] = comparison.sheets
    return sheet


def test_a_sheet_whose_budgets_alone_differ_is_not_unchanged_in_print() -> None:
    sheet = only(other_budget())

    assert sheet.status == "unchanged"  # as the change list has it
    assert not is_unchanged(sheet)
    assert outcome(sheet) == "変更"
    same = only(compare_sheets([budgeted("R2", "10")], [budgeted("R3", "10")]))
    assert (is_unchanged(same), outcome(same)) == (True, "変更なし")


def test_a_budget_that_differs_alone_is_printed() -> None:
    document = report([budgeted("R2", "10")], [budgeted("R3", "48200")])

    assert list(said(document.sections[0].blocks))[:2] == ["No.41 公園の管理", "変更"]
    # An increase to many times the amount has no rate: it would say less than the amount.
    assert lines(document, "事業費")[:2] == [
        ("事業名", "01　公園維持管理事業", "01　公園維持管理事業", ""),
        ("予算額", "[48,200] 千円", "[10] 千円", "変更　＋48,190 千円"),
    ]


def test_a_budget_that_differs_alone_is_in_the_list_of_sheets() -> None:
    other = plain("R2", number="42"), plain(number="42")
    document = report([budgeted("R2", "10"), other[0]], [budgeted("R3", "48200"), other[1]])
    summary, sheet = document.sections

    assert body(summary, "シートの対応") == [
        ["No.41 公園の管理", "No.41 公園の管理", "変更", "0", "事業費の予算額のみ"]
    ]
    assert not any("変更はありません" in text for text in said(summary.blocks))


def test_a_budget_that_differs_alone_is_on_the_page() -> None:
    page = page_of(other_budget())

    assert texts(page, "//article//p")[1:] == ["事業費の予算額だけが変わりました。"]
    assert "+48,190 千円" in texts(page, "//article//td")
    assert texts(page, "//article//h3/span") == ["変更"]


def results(year: str, figure: str) -> Sheet:
    row = acts("01 公園を守る", indicator="件数", results={"H30": figure})
    return plain(year, activities=row)


def test_only_another_year_rewrites_the_past() -> None:
    for year, is_correction in (("R2", True), ("R3", False)):
        sheet = only(compare_sheets([results(year, "3")], [results("R3", "4")]))
        [change] = sheet.changes
        [entry] = read_sheets(Comparison("", "", (sheet,)))[0].entries
        assert is_rewritten(change, sheet) is is_correction
        assert entry.kind == ("正誤" if is_correction else "変更")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("が", "か\u3099"),  # composed or not
        ("ｶﾞｽ", "ガス"),
        ("第12回", "第１２回"),
        ("A 案", "A案"),
        ("一行\n二行", "一行 二行"),
        ("○", "〇"),
        ("×", "✕ "),
    ],
)
def test_texts_that_differ_in_spelling_alone(old: str, new: str) -> None:
    assert is_spelling_alone(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [("○", "○"), ("○", "×"), ("①", "1"), ("10²", "102"), ("", " "), ("葛\U000e0100", "葛")],
)
def test_texts_that_are_equal_or_say_another_thing(old: str, new: str) -> None:
    assert not is_spelling_alone(old, new)


def test_a_change_of_spelling_is_named_in_the_remarks() -> None:
    old, new = (
        acts("01 守る", mark=mark, remarks=text) for mark, text in (("○", "12"), ("〇", "１２"))
    )
    document = report([plain("R2", activities=old)], [plain(activities=new)])
    [sheet] = read_sheets(compare_sheets([plain("R2", activities=old)], [plain(activities=new)]))

    assert [line[3] for line in lines(document, "行政活動")[1:]] == ["変更（字体・空白のみ）"] * 2
    assert [entry.note for entry in sheet.entries] == ["字体・空白のみ"] * 2
