"""The list of changes as a spreadsheet, read back with openpyxl and as a zip file."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from gyomu_docs.comparison import Comparison, comparison_of
from gyomu_docs.errors import OutputError
from gyomu_docs.model import Activity, FiscalYear, Sheet
from gyomu_docs.reports.entries import read_sheets
from gyomu_docs.reports.sheet import write_xlsx
from tests.support.cli import ROOT, clean_environment
from tests.support.compared_sheets import examples
from tests.support.comparing import compare_sheets
from tests.support.sheets import sheet, sheets

TITLES = ["変更", "正誤", "執行", "事業費の予算", "新しい数値", "シート一覧"]


def book_of(comparison: Comparison) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(comparison)))


def rows_of(book: Any, title: str) -> list[dict[str, Any]]:
    """The rows of a list by the titles of its columns, without empty cells."""
    header, *rows = book[title].iter_rows(values_only=True)
    return [
        {name: value for name, value in zip(header, row, strict=True) if value is not None}
        for row in rows
    ]


def unescaped(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def last_year(**changes: object) -> Sheet:
    return sheet(fiscal_year=FiscalYear.parse("R2"), **changes)


def test_a_sheet_that_is_new_or_gone_is_a_row() -> None:
    rows = [row for row in rows_of(book_of(examples()), "変更") if row["欄"] == "シート"]

    assert [(row["区分"], row.get("旧"), row.get("新")) for row in rows] == [
        ("新設", None, "No.5 広域行政"),
        ("削除", "No.4 市制施行記念事業", None),
    ]


def test_one_row_a_change() -> None:
    book = book_of(examples())

    assert book.sheetnames == TITLES
    rows = [row for row in rows_of(book, "変更") if row["欄"] != "シート"]
    assert len(rows) == sum(len(one.entries) for one in read_sheets(examples())) == 94
    assert rows_of(book, "正誤") == [row for row in rows if row["区分"] == "正誤"]
    assert {
        "シートNo.": "3",
        "シート名": "組織の方針",
        "旧シートNo.": "3",
        "区分": "正誤",
        "欄": "行政活動",
        "旧業務コード": "0401",
        "新業務コード": "0401",
        "行": "総合戦略として効果的な事業計画を推進する",
        "項目": "実績",
        "年度（和暦）": "R元",
        "年度（西暦）": 2019,
        "旧": 58.2,
        "新": 51.6,
        "単位": "%",
        "差（新－旧）": -6.6,
        "差の単位": "ポイント",
    } in rows


def test_amounts_are_numbers_in_thousand_yen() -> None:
    [row] = [r for r in rows_of(book_of(examples()), "変更") if r.get("旧") == 21000]

    assert (row["新"], row["単位"], row["差（新－旧）"]) == (11198, "千円", -9802)
    assert row["増減率（％）"] == -46.7


def test_execution_and_sheets() -> None:
    book = book_of(examples())

    first = rows_of(book, "執行")[1]
    assert (first["予算額（千円）"], first["決算額（千円）"]) == (1800, 1483)
    assert (first["差（決算－予算）（千円）"], first["執行率（％）"]) == (-317, 82.4)
    assert [row["状態"] for row in rows_of(book, "シート一覧")] == [
        *("変更", "変更", "新設", "統合", "統合", "廃止"),
    ]
    count = sum(len(one.news) for one in examples().sheets)
    assert len(rows_of(book, "新しい数値")) == count > 0


def test_lists_are_plain_tables() -> None:
    for one in book_of(examples()):
        assert one.freeze_panes == "A2"
        assert one.auto_filter.ref == one.dimensions
        assert list(one.merged_cells.ranges) == []
        header = [cell.value for cell in one[1]]
        assert all(header)
        assert len(set(header)) == len(header)


@pytest.mark.parametrize(
    ("old", "new", "cells"),
    [
        ("12", "15", (12, 15, None, 3)),
        ("12件", "15件", (12, 15, "件", 3)),
        ("1,200", "随時", (1200, "随時", None, None)),
        ("12件", "12人", ("12件", "12人", None, None)),
        ("12", "１２", (12, "１２", None, None)),
        ("63.2%", "63.20%", ("63.2%", "63.20%", None, None)),
        ("", "0", (None, 0, None, None)),
        ("-", "0", ("-", 0, None, None)),
    ],
)
def test_results_are_numbers_where_nothing_is_lost(
    old: str, new: str, cells: tuple[object, ...]
) -> None:
    def with_result(text: str) -> tuple[Activity, ...]:
        return (Activity(code="01", means="遊具を点検する", results={"H30": text}),)

    pair = (last_year(activities=with_result(old)), sheet(activities=with_result(new)))
    [row] = [r for r in rows_of(book_of(comparison_of([pair])), "変更") if r["欄"] == "行政活動"]

    assert tuple(row.get(name) for name in ("旧", "新", "単位", "差（新－旧）")) == cells


@pytest.mark.parametrize(
    "text", ["=1+1", "#N/A", "+1", "@x", "0101", "_x0041_", "公\x00園\r\n\x1b", "\uffff", " 字 "]
)
def test_odd_texts_stay_what_they_are(text: str) -> None:
    book = book_of(comparison_of([(last_year(title="公園"), sheet(title=text))]))

    [cell] = [row[13] for row in book["変更"].iter_rows(min_row=2)]
    assert cell.data_type == "s"
    assert unescaped(cell.value) == text


@settings(max_examples=10, deadline=None)
@given(sheets(), sheets())
def test_any_sheets_make_a_list_with_all_their_changes(old: Sheet, new: Sheet) -> None:
    comparison = compare_sheets([old], [new])

    rows = rows_of(book_of(comparison), "変更")

    lone = sum(one.old is None or one.new is None for one in comparison.sheets)
    assert len(rows) == lone + sum(len(one.changes) for one in comparison.sheets)


def test_the_same_bytes_without_a_time() -> None:
    data = write_xlsx(examples())

    assert data == write_xlsx(examples())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        properties = archive.read("docProps/core.xml").decode()
    assert "dcterms" not in properties
    assert "openpyxl" not in properties


def test_a_text_that_no_cell_can_hold_is_refused() -> None:
    pair = (last_year(), sheet(notes=("長" * 32768,)))

    with pytest.raises(OutputError, match="32,768文字") as caught:
        write_xlsx(comparison_of([pair]))

    assert str(caught.value.place) == "表「変更」 行「3」 列「新」"


def test_without_the_library_a_sentence_says_what_to_do() -> None:
    script = "import sys; sys.modules['openpyxl'] = None; from gyomu_docs import cli\n"
    script += "sys.exit(cli.run(['compare', 'examples/r2', 'examples/r3', '--out', 'no.xlsx']))"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 2
    assert "openpyxl が要りますが、入っていません。" in done.stderr
    assert not (ROOT / "no.xlsx").exists()
