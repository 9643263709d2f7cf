"""Changes as people read them."""

from __future__ import annotations

from hypothesis import given, settings

from gyomu_docs.comparison import comparison_of
from gyomu_docs.model import Activity, BudgetLine, CostRow, FiscalYear, Sheet, TextBox, TextsByYear
from gyomu_docs.reports.entries import Entry, Unchanged, read_sheets, year_label
from tests.support.compared_sheets import examples
from tests.support.comparing import compare_sheets
from tests.support.sheets import sheet, sheets


def entries(old: Sheet, new: Sheet) -> list[Entry]:
    [found] = read_sheets(comparison_of([(old, new)]))
    return list(found.entries)


def last_year(**changes: object) -> Sheet:
    return sheet(fiscal_year=FiscalYear.parse("R2"), **changes)


@settings(max_examples=15, deadline=None)
@given(sheets(), sheets())
def test_every_change_has_one_entry(old: Sheet, new: Sheet) -> None:
    comparison = compare_sheets([old], [new])

    for one, read in zip(comparison.sheets, read_sheets(comparison), strict=True):
        assert sorted(map(repr, one.changes)) == sorted(repr(e.change) for e in read.entries)
        shown = [row for rows in read.sections().values() for row in rows]
        assert sorted(e.key for e in shown if isinstance(e, Entry)) == sorted(
            e.key for e in read.entries
        )


def test_what_was_removed_stands_where_it_stood() -> None:
    first, *_ = read_sheets(examples())
    rows = first.sections()["行政活動"]
    told = [row.code if isinstance(row, Entry) else f"{row.first}〜{row.last}" for row in rows]

    at = told.index("030203")
    assert told[at - 1 : at + 2] == ["030201〜030202", "030203", "04〜04"]
    assert told.count("030203") == 1
    assert isinstance(rows[0], Unchanged)


def test_a_range_of_what_did_not_change_is_of_one_level_below_one_parent() -> None:
    codes = ("01", "0101", "0102", "010201", "010202", "0103", "02", "03", "0301", "0302")
    rows = tuple(Activity(code=code, means=f"{code}をする") for code in codes)
    changed = rows[-1].model_copy(update={"means": "0302をやめる"})

    [found] = read_sheets(
        comparison_of([(last_year(activities=rows), sheet(activities=(*rows[:-1], changed)))])
    )

    *told, last = found.sections()["行政活動"]
    assert [(one.first, one.last) for one in told if isinstance(one, Unchanged)] == [
        *(("01", "01"), ("0101", "0102"), ("010201", "010202"), ("0103", "0103")),
        *(("02", "03"), ("0301", "0301")),
    ]
    assert isinstance(last, Entry)


def test_a_figure_of_the_past_is_corrected_only_between_years() -> None:
    park = sheet().activities[0]
    was = park.model_copy(update={"results": TextsByYear({"H28": "3"})})
    changed = {"activities": (was, *sheet().activities[1:])}

    [between_years] = [e for e in entries(last_year(**changed), sheet()) if e.change.year == "H28"]
    [within_a_year] = [e for e in entries(sheet(**changed), sheet()) if e.change.year == "H28"]

    assert (between_years.kind, within_a_year.kind) == ("正誤", "変更")
    assert (between_years.code, between_years.subject) == ("01", "公園を安全に保つ")
    assert (between_years.item, between_years.note) == ("実績", "△1（△33.3%）")


def test_amounts_are_told_as_forms_print_them() -> None:
    old = last_year(budget=(BudgetLine(name="緑化推進事業", amount="1200"),))
    new = sheet(
        budget=(
            BudgetLine(name="緑化推進事業", amount="1350"),
            BudgetLine(name="樹木診断事業", amount="-"),
            BudgetLine(name="剪定枝活用事業", amount="3000"),
        )
    )

    changed, blank, added = entries(old, new)

    assert (changed.old, changed.new) == ("1,200 千円", "1,350 千円")
    assert (changed.subject, changed.item) == ("緑化推進事業", "予算額")
    assert changed.note == "+150 千円（+12.5%）"
    assert (blank.kind, blank.old, blank.new) == ("新設", None, "樹木診断事業")
    assert (blank.note, added.note) == ("予算額 -", "予算額 3,000 千円")


def test_paragraphs_are_counted() -> None:
    old = last_year(summary=TextBox(heading="総括", paragraphs=("事故は減った。",)))
    new = sheet(
        summary=TextBox(heading="期間の総括", paragraphs=("事故は減った。", "樹が老いた。"))
    )

    assert [(e.kind, e.item, e.subject) for e in entries(old, new)] == [
        ("変更", "見出し", ""),
        ("新設", "第2段落", ""),
    ]


def test_a_moved_activity_shows_its_codes() -> None:
    first, *_ = read_sheets(examples())
    [moved] = [e for e in first.entries if e.kind == "移動" and e.code == "0501"]

    assert (moved.old, moved.new, moved.item) == ("0601", "0501", "業務コード")
    assert moved.subject == "計画の在り方を検討する"


def test_a_moved_cost_row_shows_its_codes() -> None:
    def park(at: int) -> tuple[Activity, ...]:
        costs = (CostRow(name="緑化", settled={"H29": "5", "H30": "6", "R元": "7"}),)
        return tuple(
            Activity(code=f"0{code}", means=f"{code}番を守る", costs=costs if code == at else ())
            for code in (1, 2)
        )

    [moved] = entries(sheet(activities=park(1)), sheet(activities=park(2)))

    assert (moved.kind, moved.old, moved.new) == ("移動", "01", "02")
    assert (moved.subject, moved.item, moved.position) == ("緑化", "業務コード", 0)


def test_years_as_editions_print_them() -> None:
    assert [year_label(text) for text in ("R3", "R元", "令和3年度", "令和3年", "2021", "")] == [
        *("R3年度", "R元年度", "令和3年度", "令和3年度", "2021年度"),
        "",
    ]
