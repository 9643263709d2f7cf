"""The figures of the 総括, from the published sheets and from made-up ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gyomu_docs.booklet.book import Book
from gyomu_docs.booklet.part_model import percentage
from gyomu_docs.booklet.summary import GroupTotal, Summary
from gyomu_docs.booklet.summing import summarize
from gyomu_docs.model import Activity, BudgetLine, CostRow, StaffCount, Staffing
from tests.support.booklets import KIKAKU, at, book, facts_of, placed_sheet, seed_book


def summary(made: Book) -> Summary:
    return summarize(made, facts_of(made), at)


def staff(total: GroupTotal) -> tuple[str, str, str]:
    return total.regular, total.fixed_term, total.reappointed


def cost(name: str, settled: str, budget: str) -> Activity:
    row = CostRow(name=name, settled={"R2": settled}, budget={"R3": budget})
    return Activity(code="01", means="手段", costs=(row,))


def test_the_published_sheets_come_to_92717_and_9_people() -> None:
    made = summary(seed_book())
    whole, department, section = made.units
    assert (whole.name, department.name, section.name) == ("計画全体", "政策企画部", "企画課")
    for total in (*made.units, *made.policies):
        assert (total.sheets, total.budget) == ("4", "92717")
        assert staff(total) == ("9.0", "1.0", "0.0")
    assert sum(int(line.budget) for line in made.accounts) == 92_717


def test_achievements_are_those_that_the_sheets_print() -> None:
    rows = [row.mark for one in seed_book().sheets for row in (*one.purposes, *one.activities)]
    whole = summary(seed_book()).units[0]
    assert (whole.achieved, whole.partly, whole.missed, whole.none, whole.others) == tuple(
        str(count) for count in (rows.count("○"), 0, rows.count("×"), rows.count("-"), 0)
    )
    assert whole.share == percentage(rows.count("○"), rows.count("○") + rows.count("×"))


def test_both_readings_of_what_is_on_several_sheets() -> None:
    (project,) = summary(seed_book()).repeats
    assert (project.name, project.account, project.section) == (
        "政策調整推進事業", "2-1-6", KIKAKU,
    )  # fmt: skip
    assert (project.counted, project.plain) == ("1027", "2024")
    assert [(line.sheet, line.printed, line.counted) for line in project.lines] == [
        ("No.3 組織の方針", "1027", "30"),
        ("No.4 行政改革", "940", "940"),
        ("No.5 広域行政", "57", "57"),
    ]
    assert "代表シート" in project.reading


def test_a_project_of_several_sections_names_them() -> None:
    line = BudgetLine(kan="2", ko="1", moku="1", name="電算事業", amount="500")
    sheets = [
        placed_sheet(number, unit=f"総務部 {unit}", budget=(line,))
        for number, unit in (("1", "総務課"), ("2", "人事課"))
    ]
    (project,) = summary(book(*sheets)).repeats
    assert project.section == "複数の課"
    assert [(line.sheet, line.counted) for line in project.lines] == [
        ("No.1 名1（総務部 総務課）", "500"),
        ("No.2 名2（総務部 人事課）", "0"),
    ]


def test_indicators_without_a_result_say_where_they_stand() -> None:
    made = summary(seed_book())
    assert [(line.sheet, line.code, line.indicator, line.page) for line in made.unmeasured] == [
        ("No.3 組織の方針", "任務目的", "まち・ひと・しごと総合戦略の計画的推進", "10"),
        ("No.5 広域行政", "01", "適正対応", "31"),
        ("No.5 広域行政", "0101", "合併協議会との連携", "31"),
        ("No.6 情報化推進", "任務目的", "市民評価", "40"),
        ("No.6 情報化推進", "01", "市民満足度", "41"),
        ("No.6 情報化推進", "02", "システム簡素化・効率化・合理化推進", "41"),
    ]
    assert made.unmeasured[1].anchor == "sheet-2"
    assert made.units[0].unmeasured == str(len(made.unmeasured))


@pytest.mark.parametrize(
    ("most", "heading", "shown"),
    [
        (100, "測定値のない指標（6件）", 6),
        (6, "測定値のない指標（6件）", 6),
        (4, "測定値のない指標（はじめの4件、ほか2件、計6件）", 4),
        (0, "", 0),
    ],
)
def test_a_long_list_is_cut_and_says_of_how_many(most: int, heading: str, shown: int) -> None:
    made = summary(book(*seed_book().sheets, 測定値なしの件数=most))
    assert made.unmeasured_heading == heading
    assert len(made.unmeasured) == shown
    assert made.units[0].unmeasured == "6"  # all of them are counted


def test_a_row_that_the_form_does_not_show_is_on_the_first_page() -> None:
    made = book(placed_sheet("1", activities=(Activity(code="01", indicator="率", target="↑"),)))
    facts = [one._replace(records={}) for one in facts_of(made)]
    assert [line.page for line in summarize(made, facts, at).unmeasured] == ["10"]


def test_the_largest_changes_come_with_rates() -> None:
    sheets = [
        placed_sheet(number, activities=(cost(name, *amounts),))
        for number, name, amounts in (
            ("1", "道路", ("300", "100")),
            ("2", "公園", ("0", "50")),
            ("3", "学校", ("40", "0")),
            ("4", "会館", ("3", "4")),
        )
    ]
    made = summary(book(*sheets, 増減の件数=4))
    assert [(one.name, one.difference, one.rate) for one in made.changes] == [
        ("道路", "-200", "△66.7%"),
        ("公園", "50", "皆増"),
        ("学校", "-40", "皆減"),
        ("会館", "1", "33.3%"),
    ]
    assert [one.page for one in made.changes] == ["10", "20", "30", "40"]
    assert made.changes_heading == "決算と予算の差が大きい事業（4件）"
    assert summary(book(*sheets, 増減の件数=0)).changes_heading == ""


def test_departments_add_up_to_the_whole_and_sections_to_their_department() -> None:
    units = ("都市部 公園課", "都市部 道路課", "議会事務局", "")
    made = summary(
        book(*(placed_sheet(str(number), unit=unit) for number, unit in enumerate(units, 1)))
    )
    whole, *others = made.units
    assert [(total.level, total.name, total.sheets) for total in others] == [
        ("1", "都市部", "2"),
        ("2", "公園課", "1"),
        ("2", "道路課", "1"),
        ("1", "議会事務局", "1"),
        ("1", "所属の記載なし", "1"),
    ]
    for key in ("sheets", "regular", "budget", "achieved", "unmeasured"):
        upper = [Decimal(getattr(total, key)) for total in others if total.level == "1"]
        assert sum(upper) == Decimal(getattr(whole, key)), key
        lower = [Decimal(getattr(total, key)) for total in others if total.level == "2"]
        assert sum(lower) == upper[0], key


def test_sheets_without_a_section_are_told_of() -> None:
    made = summary(book(placed_sheet("1"), placed_sheet("2"), placed_sheet("3", unit=KIKAKU)))
    assert [note for note in made.notes if "所属" in note] == [
        "所属の記載がないシート2枚は、一つのまとまりとして数えています。"
    ]
    assert not [note for note in summary(seed_book()).notes if "所属" in note]


def test_staff_that_does_not_add_up_is_told_with_both_figures() -> None:
    staffing = Staffing(
        this_sheet=StaffCount(regular="2.0", fixed_term="0.0", reappointed="0.0"),
        all_sheets=StaffCount(regular="3.0", fixed_term="0.0", reappointed="0.0"),
    )
    made = summary(book(placed_sheet("1", unit=KIKAKU, staffing=staffing)))
    (one,) = made.differences
    assert (one.section, one.sheet) == (KIKAKU, "No.1 名1")
    assert (one.summed.regular, one.printed.regular) == ("2.0", "3.0")
    assert summary(seed_book()).differences == ()


def test_the_name_of_a_project_stays_as_it_is_printed() -> None:
    line = BudgetLine(kan="2", ko="1", moku="1", name="IT 推進 事業", amount="500")
    made = summary(book(placed_sheet("1", budget=(line,))))
    assert [(one.name, one.budget, one.share) for one in made.accounts] == [
        ("IT 推進 事業", "500", "100.0%")
    ]


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (40, 47, "85.1%"),
        (1, 8, "12.5%"),
        (Decimal("0.25"), 200, "0.1%"),
        (-28_622, 39_820, "△71.9%"),
        (14_405, 1_483, "971.3%"),
        (4_000, 30, "13,333.3%"),
        (0, 5, "0.0%"),
        (0, 0, "-"),
    ],
)
def test_percentages(part: int, whole: int, expected: str) -> None:
    assert percentage(part, whole) == expected
