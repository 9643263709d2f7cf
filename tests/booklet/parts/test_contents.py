"""目次: its entries, their order and levels, and where they lead."""

from __future__ import annotations

from gyomu_docs.booklet.book import Book
from gyomu_docs.booklet.parts.contents import parts_list, sheets_list
from tests.support.booklets import at, at_part, book, placed_sheet, plain, shown

SHEETS = (
    placed_sheet("1", "I 環境", "1 緑", "都市部 公園課"),
    placed_sheet("2", "I 環境", "2 水", "都市部 下水道課"),
    placed_sheet("1", "II 学び", "3 学校", "教育局 学校課"),
    placed_sheet("9", "II 学び", "3 学校", ""),
)


def contents(made: Book, order: str) -> list[str]:
    return shown(sheets_list(made, order, plain, at, at_part))


def test_in_the_order_of_the_plan_headings_lead_to_their_dividers() -> None:
    assert contents(book(*SHEETS), "施策体系順") == [
        "1: I 環境 … p.d1-1",
        "2: 1 緑 … p.d2-1",
        "sheet-2: No.1 名1（都市部 公園課） … 10",
        "2: 2 水 … p.d2-2",
        "sheet-2: No.2 名2（都市部 下水道課） … 20",
        "1: II 学び … p.d1-3",
        "2: 3 学校 … p.d2-3",
        "sheet-2: No.1 名1（教育局 学校課） … 30",
        "sheet-2: No.9 名9 … 40",
    ]


def test_in_another_order_than_the_book_s_headings_lead_nowhere() -> None:
    assert contents(book(*SHEETS), "組織順") == [
        "1: 都市部",
        "2: 公園課",
        "sheet-2: No.1 名1 … 10",
        "2: 下水道課",
        "sheet-2: No.2 名2 … 20",
        "1: 教育局",
        "2: 学校課",
        "sheet-2: No.1 名1 … 30",
        "1: 所属の記載なし",
        "sheet-1: No.9 名9 … 40",
    ]


def test_in_the_order_of_sections_their_dividers_are_found() -> None:
    made = contents(book(*SHEETS, 並び="組織順"), "組織順")
    assert [line for line in made if "p." in line] == [
        "1: 都市部 … p.d1-1",
        "2: 公園課 … p.d2-1",
        "2: 下水道課 … p.d2-2",
        "1: 教育局 … p.d1-3",
        "2: 学校課 … p.d2-3",
        "1: 所属の記載なし … p.d2-4",
    ]


def test_without_dividers_headings_lead_nowhere() -> None:
    assert not [line for line in contents(book(*SHEETS, 扉=False), "施策体系順") if "p." in line]


def test_every_entry_leads_to_the_anchor_of_its_page() -> None:
    made = sheets_list(book(*SHEETS), "施策体系順", plain, at, at_part)
    targets = [one.target for entry in made.entries for one in entry.references]
    assert targets[:3] == ["at-d1-1", "at-d2-1", "sheet-0"]


def test_headings_go_on_in_further_columns() -> None:
    made = sheets_list(book(*SHEETS), "組織順", plain, at, at_part)
    assert made.continued == "（続き）"
    levels = [entry.level for entry in made.entries]
    assert levels == [1, 2, 0, 2, 0, 1, 2, 0, 1, 0]


def test_the_parts_are_listed_in_their_order() -> None:
    assert shown(parts_list(book(*SHEETS), plain, at, at_part)) == [
        "part: 凡例 … p.凡例",
        "part: 総括 … p.総括",
        "part: 業務棚卸表（4枚） … p.d1-1",
        "part: 索引 … p.索引",
        "part: 奥付 … p.奥付",
    ]


def test_parts_that_are_left_out_are_not_listed() -> None:
    made = book(*SHEETS, 構成=["目次", "本体", "総括"], 扉=False)
    assert shown(parts_list(made, plain, at, at_part)) == [
        "part: 業務棚卸表（4枚） … 10",
        "part: 総括 … p.総括",
    ]
