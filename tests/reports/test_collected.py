"""The changes of drafts as lists for spreadsheets."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from gyomu_docs.collect import make_report, merge
from gyomu_docs.reports.collected import write_collected
from tests.support.drafts import Body, changed, collector, draft
from tests.support.sheets import sheet


def report() -> dict[str, list[dict[str, Any]]]:
    def change(body: Body) -> None:
        body.cell("1,350 千円").write("１４００ 千円", by="鈴木")
        body.cell("遊具の事故件数").write("=1+1")

    return make_report([merge([collector().read(changed(draft(sheet()), change), "a.docx")])])


def test_every_list_is_there_with_its_heads() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_collected(report())))
    assert book.sheetnames == [
        "変更", "衝突", "取り込めないもの", "コメント", "知らせ", "シート一覧",
    ]  # fmt: skip
    heads = [cell.value for cell in book["変更"][1]]
    assert heads[-4:] == ["変更者", "日時", "変更履歴", "原稿"]
    rows = list(book["変更"].iter_rows(min_row=2, values_only=True))
    assert {row[heads.index("新")] for row in rows} == {1400, "=1+1"}
    assert {row[heads.index("変更者")] for row in rows} == {"鈴木", None}
    formula = next(cell for row in book["変更"].iter_rows() for cell in row if cell.value == "=1+1")
    assert formula.data_type == "s", "what was typed is never computed"


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write_collected(report()) == write_collected(report())
