"""Budget lines counted once: parts, lead sheets, lines shown again; and the seed's own case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import gyomu_docs
from gyomu_docs.booklet.counting import Account, Counted, CountedLine, count_lines
from gyomu_docs.booklet.rollup import (
    Staff,
    budget_by_account,
    is_unmeasured,
    largest_changes,
    staff_mismatches,
    total_by,
)
from gyomu_docs.booklet.sections import UNKNOWN, Affiliation, parse_affiliation
from gyomu_docs.model import Activity, BudgetLine, CostRow, Sheet
from tests.support.sheets import sheet

R3 = Path(__file__).parents[2] / "examples" / "r3"
KIKAKU = "政策企画部 企画課"


def budget_sheet(
    *lines: tuple[str, int], costs: tuple[tuple[str, int], ...] = (), **more: str
) -> Sheet:
    """A sheet with these budget lines (account and name, amount) and cost rows of R3."""
    rows = []
    for name, amount in lines:
        account, _, title = name.rpartition(" ")
        kan, ko, moku = account.split("-") if account else ("", "", "")
        rows.append(BudgetLine(kan=kan, ko=ko, moku=moku, name=title, amount=str(amount)))
    made = tuple(
        CostRow(name=name, budget={"R3": str(amount)}, settled={"R2": "0"})
        for name, amount in costs
    )
    activity = Activity(code="01", means="手段", costs=made)
    return sheet(budget=tuple(rows), activities=(activity,), department=KIKAKU, **more)


def affiliations(sheets: Iterable[Sheet], known: dict[str, str]) -> list[Affiliation]:
    return [parse_affiliation(one.department or known.get(one.number, "")) for one in sheets]


def count(*sheets: Sheet, known: dict[str, str] | None = None) -> Counted:
    return count_lines(sheets, affiliations(sheets, known or {}))


def counted(*sheets: Sheet) -> list[int]:
    return [int(line.counted) for line in count(*sheets).lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("政策企画部 企画課 ICT推進係", Affiliation("政策企画部", "企画課")),
        ("政策企画部　企画課", Affiliation("政策企画部", "企画課")),
        ("企画課 企画係", Affiliation("", "企画課")),
        ("教育委員会 教育総務課", Affiliation("教育委員会", "教育総務課")),
        ("市民部 図書館", Affiliation("市民部", "図書館")),
        ("議会事務局", Affiliation("", "議会事務局")),
        ("未来づくりチーム", Affiliation("", "未来づくりチーム")),
        ("", Affiliation("", "")),
    ],
)
def test_department_and_section_are_read_from_the_text(text: str, expected: Affiliation) -> None:
    assert parse_affiliation(text) == expected


def test_sheets_without_a_section_count_as_one_group() -> None:
    assert parse_affiliation("").label == UNKNOWN


def test_a_project_on_one_sheet_counts_as_it_stands() -> None:
    assert counted(budget_sheet(("8-4-3 公園事業", 500), ("緑化事業", 20))) == [500, 20]


def readings(done: Counted) -> list[tuple[str, str, int, int]]:
    return [(one.reading, one.name, int(one.counted), int(one.plain)) for one in done.repeats]


def test_parts_on_several_sheets_that_the_cost_rows_confirm_are_added() -> None:
    parts = [
        budget_sheet(("公園事業", amount), costs=(("公園事業", amount),)) for amount in (500, 20)
    ]
    assert counted(*parts) == [500, 20]
    assert readings(count(*parts)) == []


def test_amounts_that_nothing_confirms_are_added_and_unclear() -> None:
    done = count(budget_sheet(("公園事業", 500)), budget_sheet(("公園事業", 20)))
    assert [int(line.counted) for line in done.lines] == [500, 20]
    assert readings(done) == [("unclear", "公園事業", 520, 520)]


def test_the_same_amount_on_several_sheets_is_one_shown_again() -> None:
    sheets = (budget_sheet(("公園事業", 500)), budget_sheet(("公園事業", 500)))
    done = count(*sheets)
    assert [int(line.counted) for line in done.lines] == [500, 0]
    (repeat,) = done.repeats
    assert (repeat.reading, repeat.counted, repeat.plain) == ("again", 500, 1000)


def test_equal_parts_that_the_cost_rows_confirm_are_added() -> None:
    first = budget_sheet(("公園事業", 500), costs=(("公園事業", 500),))
    costs = CostRow(name="公園事業", budget={"R3": "500"}, settled={"R2": "7"})
    second = sheet(
        budget=(BudgetLine(name="公園事業", amount="500"),),
        activities=(Activity(code="01", means="手段", costs=(costs,)),),
        department=KIKAKU,
    )
    assert counted(first, second) == [500, 500]


def test_a_lead_line_is_the_sum_of_the_cost_rows_and_counts_what_is_left() -> None:
    lead = budget_sheet(("2-1-6 調整事業", 100), costs=(("調整事業", 30),))
    part = budget_sheet(("調整事業", 70), costs=(("調整事業", 70), ("調整事業", 70)))
    done = count(lead, part)
    assert [int(line.counted) for line in done.lines] == [30, 70]
    assert [line.account for line in done.lines] == [Account("2", "1", "6")] * 2
    (repeat,) = done.repeats
    assert (repeat.reading, repeat.counted, repeat.plain) == ("lead", 100, 170)


@pytest.mark.parametrize("whole", [99, 101])
def test_a_lead_line_may_miss_the_sum_by_what_rounding_does(whole: int) -> None:
    lead = budget_sheet(("調整事業", whole), costs=(("調整事業", 30),))
    part = budget_sheet(("調整事業", 70), costs=(("調整事業", 70),))
    done = count(lead, part)
    assert [int(line.counted) for line in done.lines] == [whole - 70, 70]
    assert readings(done) == [("lead", "調整事業", whole, whole + 70)]


def test_a_line_that_misses_the_sum_by_more_is_no_lead() -> None:
    lead = budget_sheet(("調整事業", 102), costs=(("調整事業", 30),))
    part = budget_sheet(("調整事業", 70), costs=(("調整事業", 70),))
    assert readings(count(lead, part)) == [("unclear", "調整事業", 172, 172)]


def test_a_lead_line_may_be_the_sum_of_the_others_and_of_its_own_rows() -> None:
    lead = budget_sheet(("調整事業", 100), costs=(("調整事業", 30),))
    parts = [budget_sheet(("調整事業", amount)) for amount in (50, 20)]
    done = count(lead, *parts)
    assert [int(line.counted) for line in done.lines] == [30, 50, 20]
    assert readings(done) == [("lead", "調整事業", 100, 170)]


def test_amounts_of_which_none_can_be_the_sum_are_parts() -> None:
    assert readings(count(*[budget_sheet(("公園事業", n)) for n in (500, 300, 250)])) == []


def test_two_equal_lines_beside_another_are_added_and_named() -> None:
    done = count(*[budget_sheet(("公園事業", amount)) for amount in (500, 500, 300)])
    assert [int(line.counted) for line in done.lines] == [500, 500, 300]
    assert [repeat.reading for repeat in done.repeats] == ["unclear"]


def test_a_blank_account_joins_no_name_that_has_two_accounts() -> None:
    done = count(
        budget_sheet(("2-1-1 一般事業", 5)),
        budget_sheet(("2-1-2 一般事業", 6)),
        budget_sheet(("一般事業", 7)),
    )
    assert [line.account.label for line in done.lines] == ["2-1-1", "2-1-2", ""]


def test_between_sections_only_a_project_with_an_account_is_the_same() -> None:
    first = budget_sheet(("2-1-1 電算事業", 500), ("一般事務費", 9))
    second = first.model_copy(update={"department": "総務部 総務課"})
    done = count(first, second)
    assert [int(line.counted) for line in done.lines] == [500, 9, 0, 9]
    (repeat,) = done.repeats
    assert (repeat.section, repeat.counted, repeat.plain) == ("", 500, 1000)


def elsewhere(one: Sheet) -> Sheet:
    return one.model_copy(update={"department": "総務部 総務課"})


def test_different_amounts_of_a_project_between_sections_are_added() -> None:
    first, second = (budget_sheet(("2-1-1 電算事業", amount)) for amount in (500, 20))
    assert readings(count(first, elsewhere(second))) == []


def test_a_sum_of_what_other_sections_show_is_unclear() -> None:
    lead = budget_sheet(("2-1-6 調整事業", 1027), costs=(("調整事業", 30),))
    part = budget_sheet(("調整事業", 57))
    other = elsewhere(budget_sheet(("調整事業", 940)))
    done = count(lead, part, other)
    assert [int(line.counted) for line in done.lines] == [1027, 57, 940]
    assert readings(done) == [("unclear", "調整事業", 2024, 2024)]
    assert done.repeats[0].account == Account("2", "1", "6")


def test_equal_amounts_of_sections_of_which_one_gives_no_account_are_unclear() -> None:
    done = count(budget_sheet(("2-1-6 調整事業", 940)), elsewhere(budget_sheet(("調整事業", 940))))
    assert readings(done) == [("unclear", "調整事業", 1880, 1880)]


def whole_of(sheets: Sequence[Sheet], lines: Iterable[CountedLine]) -> Decimal:
    (whole,) = total_by(sheets, lines, lambda _: "全体")
    return whole.budget


def test_every_grouping_has_the_same_sum() -> None:
    sheets = gyomu_docs.read(R3)[0].sheets
    lines = count(*sheets).lines
    whole = whole_of(sheets, lines)
    for label_of in (lambda index: sheets[index].label, lambda index: str(index % 2)):
        assert sum(total.budget for total in total_by(sheets, lines, label_of)) == whole
    assert sum(amount for _, _, amount in budget_by_account(lines)) == whole


def test_the_four_sheets_come_to_92717_and_not_to_93714() -> None:
    sheets = gyomu_docs.read(R3)[0].sheets
    known = dict.fromkeys(("3", "4", "5"), KIKAKU)
    sections = affiliations(sheets, known)
    done = count_lines(sheets, sections)
    (total,) = total_by(sheets, done.lines, lambda index: sections[index].label)
    assert (total.label, total.budget) == (KIKAKU, 92_717)
    assert total.staff == Staff(Decimal("9.0"), Decimal("1.0"), Decimal("0.0"))
    assert sum(sheet.budget_total for sheet in sheets) == 93_714
    (repeat,) = done.repeats
    assert (repeat.counted, repeat.plain) == (1_027, 2_024)
    assert [int(line.amount) for line in repeat.lines] == [1_027, 940, 57]
    assert [int(line.counted) for line in repeat.lines] == [30, 940, 57]
    assert staff_mismatches(sheets, lambda index: sections[index].label) == []


def test_without_a_map_sheets_without_a_section_are_one_group_and_the_total_is_the_same() -> None:
    sheets = gyomu_docs.read(R3)[0].sheets
    sections = affiliations(sheets, {})
    lines = count_lines(sheets, sections).lines
    totals = total_by(sheets, lines, lambda index: sections[index].label)
    assert [(total.label, total.budget) for total in totals] == [
        (UNKNOWN, 31_284),
        (KIKAKU, 61_433),
    ]
    assert whole_of(sheets, lines) == 92_717
    assert {one.section for one in staff_mismatches(sheets, lambda i: sections[i].label)} == {
        UNKNOWN,
        KIKAKU,
    }


@pytest.mark.parametrize(
    ("results", "target", "expected"),
    [
        ({"R元": "-", "R2": ""}, "↑", True),
        ({}, "↑", True),
        ({"R元": "0", "R2": "-"}, "↑", False),
        ({}, "-", False),
        ({}, "", False),
    ],
)
def test_an_indicator_with_a_target_and_no_result_is_unmeasured(
    results: dict[str, str], target: str, expected: bool
) -> None:
    row = Activity(code="01", indicator="満足度", results=results, target=target)
    assert is_unmeasured(row) is expected


def test_the_largest_changes_come_first_and_a_row_shown_again_once() -> None:
    sheets = gyomu_docs.read(R3)[0].sheets
    changes = largest_changes(sheets, 4)
    assert [(one.name, int(one.difference)) for one in changes] == [
        ("ふるさと納税事業", -28_622),
        ("まちひとしごと創生事業", 14_405),
        ("住宅管理費", 1_809),
        ("情報化推進事業", -1_479),
    ]
