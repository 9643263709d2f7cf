"""索引: the entries of each kind, their headings and pages."""

from __future__ import annotations

import pytest

from gyomu_docs.booklet.parts.terms import Indexing, in_rows
from gyomu_docs.layout.tree import Reference
from gyomu_docs.model import BudgetLine
from gyomu_docs.units import mm
from tests.support.booklets import at, book, facts_of, placed_sheet, plain, shown

LINES = (
    BudgetLine(kan="8", ko="4", moku="3", name="公園事業", amount="1"),
    BudgetLine(kan="8", ko="2", moku="1", name="道路事業", amount="1"),
)
BOOK = book(
    placed_sheet("1", budget=LINES, activities=()),
    placed_sheet("2", budget=LINES[:1], activities=()),
    読み={"公園事業": "こうえんじぎょう"},
)


def test_projects_stand_under_the_rows_of_the_kana_table_with_all_their_pages() -> None:
    made = Indexing(BOOK).terms_list("事業名", facts_of(BOOK), plain, at, mm(257))
    assert shown(made) == [
        "row: か",
        "term: 公園事業 … 10,20",
        "row: 読みの指定なし",
        "term: 道路事業 … 10",
    ]
    assert made.kind == "index"


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        ("1 2", "1 2"),
        ("1 2 3", "1-3"),
        ("1 3 4 5 6 8", "1 3-6 8"),
        ("2 1 2 3", "2 1-3"),
        ("5 5の2 6 7", "5 5の2 6 7"),
        ("3-1 3-2 3-3", "3-1 3-2 3-3"),
        ("", ""),
    ],
)
def test_three_pages_or_more_in_a_row_are_one_reference(labels: str, shown: str) -> None:
    made = list(in_rows(Reference(label, f"p{label}") for label in labels.split()))
    assert " ".join(one.label + (one.last and f"-{one.last}") for one in made) == shown
    assert all(one.target == f"p{one.label}" for one in made)
    assert all(one.last_target == (one.last and f"p{one.last}") for one in made)


@pytest.mark.parametrize(("width", "columns"), [(257, 3), (178, 2), (140, 1), (60, 1)])
def test_there_are_as_many_columns_as_have_room(width: int, columns: int) -> None:
    made = Indexing(BOOK).terms_list("事業名", facts_of(BOOK), plain, at, mm(width))
    assert made.columns == columns


def test_accounts_and_indicators_have_lists_of_their_own() -> None:
    facts = facts_of(BOOK)
    assert shown(Indexing(BOOK).terms_list("款項目", facts, plain, at, mm(257))) == [
        "term: 8-2-1　道路事業 … 10",
        "term: 8-4-3　公園事業 … 10,20",
    ]
    assert shown(Indexing(BOOK).terms_list("指標", facts, plain, at, mm(257))) == [
        "term: 公園利用者の満足度 … 10,20"
    ]
