"""索引: the entries of each kind, their headings and pages."""

from __future__ import annotations

from gyomu_docs.booklet.parts.terms import Indexing
from gyomu_docs.model import BudgetLine
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
    made = Indexing(BOOK).terms_list("事業名", facts_of(BOOK), plain, at)
    assert shown(made) == [
        "row: か",
        "term: 公園事業 … 10,20",
        "row: 読みの指定なし",
        "term: 道路事業 … 10",
    ]
    assert made.kind == "index"


def test_accounts_and_indicators_have_lists_of_their_own() -> None:
    facts = facts_of(BOOK)
    assert shown(Indexing(BOOK).terms_list("款項目", facts, plain, at)) == [
        "term: 8-2-1　道路事業 … 10",
        "term: 8-4-3　公園事業 … 10,20",
    ]
    assert shown(Indexing(BOOK).terms_list("指標", facts, plain, at)) == [
        "term: 公園利用者の満足度 … 10,20"
    ]
