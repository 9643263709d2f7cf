"""Glued cells and stray tabs: put right and listed, or reported; never read silently wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gyomu_docs.errors import Diagnostic, GyomuError, SourceError
from gyomu_docs.model import Sheet
from gyomu_docs.readers import read
from gyomu_docs.readers.published_text import read_published_text
from tests.readers.test_published_text import ACTIVITIES, kinds, read_blocks, read_rows
from tests.support.published import write_published

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples/r3").glob("*.yaml"))
STAFF = (
    "人工|このシートの行政活動(手段)を遂行するための職員数(実配置ベース)|正規|会計年度任用|再任用"
)
ROW = "01|直す|件数|1|2|3|→|○|"
BOXES = ("総括", " 事故は減った。", "総括を踏まえた今後の方針", " 点検を続ける。")


@pytest.mark.parametrize(
    "row",
    [
        "01|直す|件数|1|2|3|→ ○|",
        "01|直す|件数|1 2|3|→|○|",
        "01|直す|件数|1 2 3|→|○|",
        "01|直す|件数 1|2|3|→|○|",
        "01|直す|件数|1|2|3 →|○|",
    ],
)
def test_glued_values_are_cut_and_listed(row: str):
    (expected,), _ = read_rows(ROW)
    (item,), found = read_rows(row)
    assert item == expected
    assert kinds(found) == ["I repair"]


def test_glued_dashes_are_cut():
    (expected,), _ = read_rows("01|直す|-|-|-|-|→|-|")
    (item,), found = read_rows("01|直す|-|- -|-|→|-|")
    assert item == expected
    assert kinds(found) == ["I repair"]


@pytest.mark.parametrize(
    "row",
    [
        "01|直す 件数|1|2|3|→|○|",
        "01|直す 件数|-|-|-|-|-|",
        "01|直す||件数|1|2|3|○|",
        "01|直す||件数 2人|1||3|→|○",
    ],
)
def test_what_cannot_be_cut_for_certain_is_doubtful(row: str):
    _, found = read_rows(row)
    assert "W repair" in kinds(found)


def test_a_remark_glued_to_its_mark_is_cut():
    (expected,), _ = read_rows(f"{ROW}毎年")
    (item,), found = read_rows("01|直す|件数|1|2|3|→|○ 毎年")
    assert item == expected
    assert kinds(found) == ["I repair"]


def test_a_dash_before_an_amount_may_be_a_value_of_its_own():
    _, found = read_rows(ROW, "事業名|橋|年度別決算・予算額(千円)|- 65|892|30")
    assert "W repair" in kinds(found)


def test_a_surplus_cell_beside_a_glued_one_moves_no_year():
    (expected,), _ = read_rows(ROW)
    (item,), found = read_rows("01|直す||件数|1|2 3|→|○|")
    assert item == expected
    assert kinds(found) == ["I repair"]


@pytest.mark.parametrize("values", ["2.0|1.0|0.0", "２．０ 1.0|0.0"])
def test_a_count_glued_to_its_label_is_cut_off(values: str):
    sheet, found = read_blocks([STAFF, "||4.0|1.0|0.0", f"|すべてのシートの合算 {values}"])
    count = sheet.staffing.all_sheets
    assert (count.regular, count.fixed_term, count.reappointed) == ("2.0", "1.0", "0.0")
    assert {item.kind for item in found} == {"repair"}


@pytest.mark.parametrize("row", ["|すべてのシートの合算2.0|1.0|0.0", "|すべてのシート 2.0|1.0"])
def test_counts_behind_a_label_with_digits_are_not_taken_by_their_columns(row: str):
    sheet, found = read_blocks([STAFF, "||4.0|1.0|0.0", row])
    assert sheet.staffing.all_sheets.regular == ""
    assert kinds(found) == ["W unread"]


@pytest.mark.parametrize("amount", ["15,888 千円", "15,888千円"])
def test_name_and_amount_in_one_cell_are_cut(amount: str):
    sheet, found = read_blocks(["款|項|目|事業名|予算額", f"2|1|6|道路 事業 {amount}"])
    (line,) = sheet.budget
    assert (line.name, line.amount) == ("道路 事業", "15888")
    assert kinds(found) == ["I repair"]


def test_a_tab_before_a_heading_is_listed():
    expected, _ = read_blocks(ACTIVITIES, [ROW], BOXES)
    boxes = [text if text.startswith(" ") else f"|{text}" for text in BOXES]
    sheet, found = read_blocks(ACTIVITIES, [ROW], boxes)
    assert sheet == expected
    assert kinds(found) == ["I repair", "I repair"]


def test_a_heading_inside_a_box_stays_there_and_is_reported():
    boxes = [*BOXES[:2], "今後の課題", " 橋が古い。", *BOXES[2:]]
    sheet, found = read_blocks(ACTIVITIES, [ROW], boxes)
    assert sheet.summary.paragraphs == ("事故は減った。", "今後の課題", "橋が古い。")
    assert sheet.outlook.heading == BOXES[2]
    assert kinds(found) == ["W repair"]


def test_long_sentences_without_any_heading_are_doubtful_notes():
    sheet, found = read_blocks(ACTIVITIES, [ROW], [f"{'道' * 40}。", "短い注。"])
    assert len(sheet.notes) == 2
    assert kinds(found) == ["W repair"]


def test_a_header_of_two_columns_in_one_cell_is_reported():
    header = ACTIVITIES[0].replace("目標|達成", "目標 達成")
    assert header != ACTIVITIES[0]
    _, found = read_blocks([header, *ACTIVITIES[1:]], [ROW])
    assert "W unread" in kinds(found)


def test_spaces_for_tabs_are_named_as_the_cause():
    lines = ["年度    R3", "シートNo.    1", "業務コード    行政活動    指標", "01    直す    件数"]
    with pytest.raises(SourceError) as caught:
        _read(lines)
    assert "タブ区切り" in caught.value.hint


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_one_slip_gives_the_same_sheet_or_is_told_with_its_line(path: Path):
    lines = write_published(read([path])[0].sheets).data.decode().splitlines()
    expected, known = _read(lines)
    silent = []
    for index, line in _slips(lines):
        try:
            sheets, found = _read([*lines[:index], line, *lines[index + 1 :]])
        except GyomuError:
            continue
        new = [item for item in found if item not in known]
        told = any(item.level == "W" or item.place.line == index + 1 for item in new)
        if sheets != expected and not told:
            silent.append((index + 1, line))
    assert silent == []


def _read(lines: Sequence[str]) -> tuple[list[Sheet], list[Diagnostic]]:
    return read_published_text("\n".join(lines).encode(), "公表.txt")


def _slips(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each line with two neighbouring cells glued, and with one tab more before it."""
    for index, line in enumerate(lines):
        cells = line.split("\t")
        for at in range(len(cells) - 1):
            if cells[at] and cells[at + 1]:
                glued = f"{cells[at]} {cells[at + 1]}"
                yield index, "\t".join([*cells[:at], glued, *cells[at + 2 :]])
        if line.strip():
            yield index, f"\t{line}"
