"""The first page of a report, on the examples and on sheets that were split."""

from __future__ import annotations

from decimal import Decimal

from gyomu_docs.comparison import Comparison, comparison_of
from gyomu_docs.model import Activity, BudgetLine, CostRow, FiscalYear
from gyomu_docs.reports.entries import read_sheets
from gyomu_docs.reports.families import told_once
from gyomu_docs.reports.summary import Summary, summarize
from tests.support.compared_sheets import examples
from tests.support.comparing import compare_sheets
from tests.support.sheets import sheet


def summary_of(comparison: Comparison) -> Summary:
    return summarize(read_sheets(comparison))


def test_sheets_of_the_examples() -> None:
    found = summary_of(examples())

    assert (found.old_sheets, found.new_sheets) == (5, 4)
    assert found.statuses == {"変更": 2, "新設": 1, "統合": 1, "廃止": 1}
    assert [
        ([old.number for old in one.olds], [new.number for new in one.news])
        for one in found.notable
    ] == [(["5"], ["4"]), ([], ["5"]), (["6", "7"], ["6"]), (["4"], [])]
    renamed, *others = found.notable
    assert renamed.is_renamed
    assert renamed.is_renumbered
    assert not any(one.is_renamed or one.is_renumbered for one in others)


def test_marks_and_figures_of_the_examples() -> None:
    found = summary_of(examples())

    assert [one.entry.code for one in found.missed] == ["0402", "0302"]
    assert [one.entry.code for one in found.reached] == ["06", "01"]
    assert [one.entry.code for one in found.rewritten] == [*["0101"] * 4, "0401", "0601", "03"]
    assert (
        found.total
        == sum(len(one.changes) for one in told_once(examples()).sheets)
        == sum(sum(one.counts) for one in found.sections)
    )


def test_a_merged_sheet_is_counted_once() -> None:
    found = summary_of(examples())
    olds, news = (
        {id(sheet): sheet for one in examples().sheets if (sheet := getattr(one, side))}.values()
        for side in ("old", "new")
    )

    assert found.budget_total == (
        sum(one.budget_total for one in olds),
        sum(one.budget_total for one in news),
    )
    [merged] = [one for one in found.budget if one.family.status == "統合"]
    assert merged.steps[0].new == merged.family.news[0].budget_total
    assert [str(step.difference) for step in found.staff_total] == ["-0.5", "0.0", "0", "-0.5"]


def test_execution_adds_up_what_are_numbers() -> None:
    found = summary_of(examples())

    [first, *_] = found.execution
    assert (first.budget, first.settled, first.rate) == (29930, 47204, Decimal("157.7"))
    assert found.execution_total.budget == sum(one.budget for one in found.execution)


def test_a_project_shown_again_is_executed_once() -> None:
    found = summary_of(examples())

    assert [(one.budget, one.settled, one.rate) for one in found.execution[1:]] == [
        (887, 682, Decimal("76.9")),
        (63500, 62912, Decimal("99.1")),
    ]
    total = found.execution_total
    assert (total.budget, total.settled, total.rate) == (94317, 110798, Decimal("117.5"))


def test_projects_of_one_name_with_other_amounts_are_all_executed() -> None:
    def costs(year: str, *amounts: str) -> tuple[Activity, ...]:
        return tuple(
            Activity(code=f"0{at}", means=f"{at}番の公園を守る", costs=(cost(year, amount),))
            for at, amount in enumerate(amounts, 1)
        )

    def cost(year: str, amount: str) -> CostRow:
        return CostRow(name="緑化", **{year: {"R2": amount}})

    old = sheet(fiscal_year=FiscalYear.parse("R2"), activities=costs("budget", "10", "10", "-"))
    found = summary_of(compare_sheets([old], [sheet(activities=costs("settled", "9", "8", "7"))]))

    assert (found.execution_total.budget, found.execution_total.settled) == (20, 17)


def test_the_parts_of_a_split_sheet_are_one_family() -> None:
    rows = tuple(
        Activity(code=f"0{at}", means=f"{what}を点検して直す")
        for at, what in enumerate(("遊具", "園路", "樹木", "花壇", "便所", "街灯"), 1)
    )
    line = BudgetLine(name="公園維持管理事業", amount="100")
    old = sheet(fiscal_year=FiscalYear.parse("R2"), activities=rows, budget=(line,))
    parts = [
        sheet(activities=rows[:3], budget=(line,)),
        sheet(activities=rows[3:], budget=(line,), number="42", title="公園の設備"),
    ]

    found = summary_of(compare_sheets([old], parts))

    assert found.statuses == {"分割": 1}
    [family] = found.families
    assert [one.sheet.number for one in family.shown] == ["41", "42"]
    assert found.budget_total == (100, 200)


def test_nothing_to_compare() -> None:
    found = summary_of(comparison_of([]))

    assert (found.total, found.families, found.budget_total) == (0, (), (None, None))
