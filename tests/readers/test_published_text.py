"""Reading published text: each rule about such texts, and the four sheets of the seed.

Rows are written with `|` for the tab. The small form of these tests has three years.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from gyomu_docs.errors import Diagnostic, SheetError, SourceError
from gyomu_docs.model import Activity, FiscalYear, Sheet, StaffCount
from gyomu_docs.model.sheet_file import load_yaml, to_plain
from gyomu_docs.readers.published_text import read_published_text
from tests.support.published import is_label
from tests.support.shared import ROOT, SEED, needs_seed

HEAD = ("年度|R3", "シートNo.|41", "シート名|公園の管理", "業務棚卸表 (総合計画施策説明表)")
PLAN = (
    "第五次総合計画|基本目的|III 緑",
    "|施策目的 (上位目的)|12 公園",
    "|施策の方向|III-12 整える",
)
STAFFING = ("人工|このシートの行政活動(手段)を遂行するための職員数|正規|会計年度任用|再任用",)
BUDGET = ("款|項|目|事業名|予算額",)
PURPOSES = ("任務目的|指標|過去の実績|||目標|達成|備考", "||H30|R元|R2|||")
ACTIVITIES = (
    "業務コード (2桁・4桁・6桁)|行政活動(手段)|指標|H30実績|R元実績|R2実績|目標|達成|備考",
)
COST = "事業名|公園事業|年度別決算・予算額(千円)|1,200|-|1,300|1,400||"
BOXES = ("令和2年度までの総括", " 事故は減った。", "今後の方針", " 点検を続ける。")


def text_of(*blocks: Iterable[str]) -> bytes:
    """A text of these blocks, `|` standing for the tab."""
    lines = [line for block in blocks for line in block]
    return ("\n".join(lines).replace("|", "\t") + "\n").encode()


def read_blocks(*blocks: Iterable[str]) -> tuple[Sheet, list[Diagnostic]]:
    """Read the only sheet of a text with the usual head and these blocks."""
    (sheet,), found = read_published_text(text_of(HEAD, *blocks), "公表.txt")
    return sheet, found


def read_rows(*rows: str) -> tuple[tuple[Activity, ...], list[Diagnostic]]:
    """Read rows of 行政活動; diagnostics about gaps between codes are not the reader's."""
    sheet, found = read_blocks(ACTIVITIES, rows)
    return sheet.activities, [item for item in found if item.kind != "code"]


def kinds(found: Iterable[Diagnostic]) -> list[str]:
    """Level and kind of each diagnostic: `I repair`."""
    return [f"{item.level} {item.kind}" for item in found]


def unread_lines(found: Iterable[Diagnostic]) -> list[int | None]:
    return [item.place.line for item in found if item.kind == "unread"]


# Rows of 行政活動


@pytest.mark.parametrize(
    ("row", "repair"),
    [
        ("01|直す|件数|1|2|3|→|○|毎年", ""),
        ("01|直す|件数|1|2|3|→|○|毎年|||", ""),
        ("|01|直す|件数|1|2|3|→|○|毎年", "2列目"),
        ("||01|直す|件数|1|2|3|→|○|毎年", "3列目"),
        ("01 直す|件数|1|2|3|→|○|毎年", "分けて"),
        ("|01\u3000直す|件数|1|2|3|→|○|毎年", "分けて"),
        ("０１|直す|件数|1|2|3|→|○|毎年", "全角"),
        ("01|直す||件数|1|2|3|→|○|毎年", "余分な空のセル"),
        ("01||直す|件数|1|2|3|→|○|毎年", "余分な空のセル"),
        ("01|直す|件数|1||2|3|→|○|毎年", "余分な空のセル"),
        ("01|直す||件数|1||2|3|→|○|毎年", "余分な空のセル、空のセル"),
    ],
)
def test_a_shifted_row_reads_like_a_straight_one(row: str, repair: str):
    (activity,), found = read_rows(row)
    assert to_plain(activity) == {
        "コード": "01",
        "手段": "直す",
        "指標": "件数",
        "実績": {"H30": "1", "R元": "2", "R2": "3"},
        "目標": "→",
        "達成": "○",
        "備考": "毎年",
    }
    assert kinds(found) == (["I repair"] if repair else [])
    assert all(repair in item.message for item in found)


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("01|直す|-|-|-|-|→|-|", "- - - - → -"),
        ("01|直す||-|-|-|-|→|-|", "- - - - → -"),
        ("01|直す||-|-|-|→|-|", "_ - - - → -"),
        ("01|直す|-|-|-|→|-|", "_ - - - → -"),
        ("01|直す|-|-|-|-|-|→|-|", "- - - - → -"),
        ("01|直す|-|-|-|-|-|-|", "- - - - - -"),
        ("01|直す||-|-|-|-|-|-|", "- - - - - -"),
        ("01|直す|55.0%|53%|-|↑|×|", "_ 55.0% 53% - ↑ ×"),
        ("01|直す|件数|１|２|１，３００|↓|△|", "件数 １ ２ １，３００ ↓ △"),
        ("01|直す|件数||2||→|○|", "件数 _ 2 _ → ○"),
        ("01|直す||件数||2||→|○|", "件数 _ 2 _ → ○"),
        ("01|直す|件数|||3|80%|達成|", "件数 _ _ 3 80% 達成"),
    ],
)
def test_dashes_and_blanks_keep_their_columns(row: str, values: str):
    (item,), found = read_rows(row)
    read = [item.indicator, *item.results.values(), item.target, item.mark]
    assert [text or "_" for text in read] == values.split()
    assert {item.level for item in found} <= {"I"}


def test_a_row_without_results_has_none_and_a_row_with_one_keeps_all_years():
    (none, one), _ = read_rows("01|直す|件数||||→|○|", "02|植える|本数|||0|→|○|")
    assert none.results.to_plain() == {}
    assert one.results.to_plain() == {"H30": "", "R元": "", "R2": "0"}


def test_a_reading_that_may_be_wrong_asks_for_a_look():
    (item,), found = read_rows("01|直す|随時|随時|随時|実施|→|○|", "")
    assert kinds(found) == []
    (item,), found = read_rows("01|直す|相談会|12|15|→|○|")
    assert item.indicator == "相談会"
    assert kinds(found) == ["W repair"]
    assert found[0].hint
    assert "目標「→」" in found[0].message


@pytest.mark.parametrize("values", ["件数|1|→|2|↑|3|○|", "件数|1|2|3|→|○|毎年|a|b|c|d", "a|" * 99])
def test_a_row_that_fits_nowhere_keeps_code_and_text_and_is_reported(values: str):
    (item,), found = read_rows(f"01|直す|{values}")
    assert to_plain(item) == {"コード": "01", "手段": "直す"}
    assert kinds(found) == ["W unread"]
    assert "直す" in found[0].message


def test_a_code_glued_without_a_space_counts_where_it_can_follow():
    items, found = read_rows(
        "01|直す|||||||", "0101点検する||||||||", "24時間体制||||||||", "02植える"
    )
    assert [(item.code, item.means) for item in items] == [
        ("01", "直す"),
        ("0101", "点検する"),
        ("02", "植える"),
    ]
    assert unread_lines(found) == [8]


def test_a_line_between_rows_is_reported_and_the_rest_is_read():
    items, found = read_rows("01|直す|件数|1|2|3|→|○|", "何かの断片", "a|b|c", "0101|調べる|||||||")
    assert [item.code for item in items] == ["01", "0101"]
    assert unread_lines(found) == [7, 8]
    assert "何かの断片" in found[0].message
    assert str(found[0].place).startswith("公表.txt 7行目 シート「No.41 公園の管理」")


def test_a_code_given_twice_is_reported_and_the_first_one_kept():
    items, found = read_rows("01|直す|||||||", "01|植える|||||||")
    assert [item.means for item in items] == ["直す"]
    assert unread_lines(found) == [7]


def test_columns_of_another_form_are_extra_fields():
    header = ACTIVITIES[0].replace("達成|", "達成|困難度|")
    sheet, found = read_blocks([header, "01|直す|件数|1|2|3|→|○|B|毎年", "0101|調べる|||||||||"])
    first, second = sheet.activities
    assert (first.extras, first.mark, first.remarks) == ({"困難度": "B"}, "○", "毎年")
    assert second.extras == {}
    assert kinds(found) == ["I extra"]


@pytest.mark.parametrize(
    ("header", "years"),
    [
        ("H30実績|R元実績|R2実績", ["H30", "R元", "R2"]),
        ("Ｈ３０ 実績|Ｒ元実績|R2 実績", ["H30", "R元", "R2"]),
        ("平成30年度実績|令和元年度実績|令和２年度実績", ["平成30年度", "令和元年度", "令和2年度"]),
        ("R2実績|R元実績|H30実績", ["R2", "R元", "H30"]),
        ("R元実績|R2実績", ["R元", "R2"]),
        ("2018年度|2019年度|2020年度|2021年度", ["2018年度", "2019年度", "2020年度", "2021年度"]),
    ],
)
def test_years_are_those_of_the_header_as_printed(header: str, years: list[str]):
    results = "|".join("123456"[: len(years)])
    costs = "|".join(f"{n}00" for n in range(len(years) + 1))
    sheet, found = read_blocks(
        [ACTIVITIES[0].replace("H30実績|R元実績|R2実績", header)],
        [f"01|直す|件数|{results}|→|○|", f"事業名|公園|年度別決算・予算額(千円)|{costs}"],
    )
    (item,) = sheet.activities
    assert [year.text for year in item.results] == years
    assert [year.text for year in item.costs[0].settled] == years
    assert item.costs[0].budget.to_plain() == {"R3": f"{len(years)}00"}
    assert {item.level for item in found} <= {"I"}


def test_a_header_that_a_page_repeats_is_dropped_and_listed():
    rows = ("01|直す|件数|1|2|3|→|○|", "業務コード (2桁・4桁・6桁)|行政活動(手段)|指 標|備考")
    items, found = read_rows(*rows, "0101|調べる|||||||")
    assert [item.code for item in items] == ["01", "0101"]
    assert kinds(found) == ["I dropped"]


# Rows of 事業費


@pytest.mark.parametrize(
    ("row", "repairs"),
    [
        (COST, []),
        ("事業名||公園事業|年度別決算・予算額(千円)|1,200|-|1,300|1,400|", ["ずれて"]),
        ("|事業名||公園事業|年度別決算・予算額(千円)|1,200|-|1,300|1,400", ["ずれて"]),
        ("事業名 公園事業|年度別決算・予算額(千円)|1,200|-|1,300|1,400", ["分けて"]),
        ("|事業名\u3000公園事業|年度別決算・予算額（千円）|1,200|-|1,300|1,400", ["分けて"]),
        ("|事業名|公園事業 年度別決算・予算額(千円)|1,200|-|1,300|1,400", ["分けて"]),
        ("事業名 公園事業 年度別決算・予算額(千円)|1,200|-|1,300|1,400", ["分けて"]),
        ("|公園事業|年度別決算・予算額(千円)|1,200|-|1,300|1,400", ["ずれて"]),
        ("事業名|公園事業|1,200|-|1,300|1,400", ["ずれて"]),
        ("事 業 名|公園事業|年度別決算・予算額(千円)|1,200|-|1,300|1,400", ["字間"]),
        ("事業名|公園事業|年度別決算・予算額(千円)|１，２００|-|1,300|1,400", ["全角"]),
        ("事業名|公園事業|年度別決算・予算額(千円)|1,200|-|1,300|1,400|-|-", ["値ではない"]),
        ("事業名|公園事業|年度別決算・予算額(千円)||1,200|-|1,300|1,400", ["ずれて"]),
    ],
)
def test_a_cost_row_in_any_shape(row: str, repairs: list[str]):
    (item,), found = read_rows("01|直す|||||||", row)
    assert to_plain(item)["事業費"] == [
        {
            "事業名": "公園事業",
            "決算": {"H30": "1200", "R元": "-", "R2": "1300"},
            "予算": {"R3": "1400"},
        }
    ]
    assert kinds(found) == ["I repair"] * len(repairs)
    assert all(word in item.message for word, item in zip(repairs, found, strict=True))


def test_cost_rows_belong_to_the_two_digit_code_that_they_are_printed_after():
    rows = ("01|直す|||||||", "0101|調べる|||||||", COST, COST, "0201|植える|||||||", COST)
    items, found = read_rows(*rows)
    assert [len(item.costs) for item in items] == [2, 0, 1]
    assert found == []


def test_a_cost_row_before_any_activity_is_reported():
    assert unread_lines(read_rows(COST, "01|直す|||||||")[1]) == [6]


def test_a_cost_row_with_too_many_values_keeps_its_name_and_is_reported():
    (item,), found = read_rows("01|直す|||||||", COST.replace("1,400", "1,400|1,500"))
    assert to_plain(item)["事業費"] == [{"事業名": "公園事業"}]
    assert unread_lines(found) == [7]


def test_a_cost_row_that_says_nothing_is_dropped_and_listed():
    (item,), found = read_rows("01|直す|||||||", "事業名||年度別決算・予算額(千円)||||||")
    assert item.costs == ()
    assert kinds(found) == ["I dropped"]


# 人工


THIS = ("3.0", "1.5", "0.0")
ALL = ("11.0", "4.0", "1.0")


@pytest.mark.parametrize(
    ("rows", "read", "repairs"),
    [
        (["||3.0|1.5|0.0"], [THIS], 0),
        (["|このシートの職員数|3.0|1.5|0.0"], [THIS], 0),
        (["||3.0|1.5|0.0", "|すべてのシートの合算|11.0|4.0|1.0"], [THIS, ALL], 0),
        (["||3.0|1.5|0.0", "すべてのシートの合算||11.0|4.0|1.0"], [THIS, ALL], 0),
        (["|すべてのシートの合算|3.0|1.5|0.0"], [THIS], 1),
        (["|すべてのシートの合算|3.0|1.5|0.0", "||11.0|4.0|1.0"], [THIS, ALL], 2),
        (["||3.0|1.5|0.0", "||11.0|4.0|1.0"], [THIS, ALL], 1),
        (["|すべてのシートの合算|11.0|4.0|1.0", "|このシート|3.0|1.5|0.0"], [THIS, ALL], 0),
        (["|すべてのシートの合算", "||3.0|1.5|0.0", "||11.0|4.0|1.0"], [THIS, ALL], 1),
        (["||３．０|1.5|0.0"], [THIS], 1),
        (["3.0|1.5|0.0"], [THIS], 1),
        (["||3.0||0.0"], [("3.0", "", "0.0")], 0),
        ([], [], 0),
    ],
)
def test_the_rows_of_staff_count_and_not_their_labels(rows, read, repairs):
    sheet, found = read_blocks(STAFFING, rows)
    staffing = [sheet.staffing.this_sheet, sheet.staffing.all_sheets]
    wanted = [StaffCount(regular=a, fixed_term=b, reappointed=c) for a, b, c in read]
    assert staffing == [*wanted, *[StaffCount()] * (2 - len(wanted))]
    assert kinds(found) == ["I repair"] * repairs


def test_kinds_of_staff_go_by_their_labels_whatever_their_order_and_spacing():
    header = "人工|このシートの職員数|再任用職員|会計 年度 任用|正規"
    sheet, found = read_blocks([header, "||0.0|1.5|3.0", "|謎の値|9.9"])
    assert sheet.staffing.this_sheet == StaffCount(
        regular="3.0", fixed_term="1.5", reappointed="0.0"
    )
    assert kinds(found) == ["I repair", "W unread"]


def test_staff_that_is_not_understood_is_reported():
    sheet, found = read_blocks([f"{STAFFING[0]}|応援"], ["||3.0|1.5|0.0|9.9"])
    assert sheet.staffing.this_sheet == StaffCount()
    assert unread_lines(found) == [5, 6]


# 予算


@pytest.mark.parametrize(
    ("row", "read", "found_kinds"),
    [
        ("8|4|3|公園事業|1,027 千円", ("8", "4", "3", "公園事業", "1027"), []),
        ("|||公園事業|１，０２７千円", ("", "", "", "公園事業", "1027"), ["I repair"]),
        ("８|４|３|公園事業|1027", ("8", "4", "3", "公園事業", "1027"), ["I repair"]),
        ("公園事業|1,027 千円", ("", "", "", "公園事業", "1027"), ["I repair"]),
        ("8|4|3||公園事業|1,027 千円", ("8", "4", "3", "公園事業", "1027"), ["I repair"]),
        ("|||公園事業|千円", ("", "", "", "公園事業", ""), []),
        ("|||公園事業|-", ("", "", "", "公園事業", "-"), []),
        ("|||事業|1,027 千円", ("", "", "", "事業", "1027"), []),
        ("|||公園事業|未定", ("", "", "", "公園事業", "未定"), ["W money"]),
        ("||||千円", None, ["I dropped"]),
        ("|||事業|千円", None, ["I dropped"]),
        ("|||事 業|", None, ["I dropped"]),
        ("何かの断片", None, ["W unread"]),
        ("a|b|c|d|e", None, ["W unread"]),
    ],
)
def test_a_budget_row(row: str, read: tuple[str, ...] | None, found_kinds: list[str]):
    sheet, found = read_blocks(BUDGET, [row])
    lines = [(b.kan, b.ko, b.moku, b.name, b.amount) for b in sheet.budget]
    assert lines == ([read] if read else [])
    assert kinds(found) == found_kinds


def test_a_budget_column_that_is_not_understood_is_reported_with_its_values():
    sheet, found = read_blocks([f"{BUDGET[0]}|会計"], ["8|4|3|公園|100|特別", "|||緑|5"])
    assert [(line.name, line.amount) for line in sheet.budget] == [("公園", "100"), ("緑", "5")]
    assert unread_lines(found) == [5, 6]
    assert ["会計" in found[0].message, "特別" in found[1].message] == [True, True]


@pytest.mark.parametrize(
    ("total", "found_kinds"),
    [
        ("合計||||1,100 千円", []),
        ("|||合計|1,100 千円", ["I repair"]),
        ("|合 計|||1,100 千円", ["I repair", "I repair"]),
        ("合計 1,100 千円", ["I repair"]),
        ("合計||||１，１００千円", ["I repair"]),
        ("合計||||", []),
        ("合計||||1,000 千円", ["W total"]),
        ("合計||||-", ["W total"]),
        ("合計||||不明", ["W unread"]),
    ],
)
def test_a_total_in_any_column_is_checked_and_not_kept(total: str, found_kinds: list[str]):
    sheet, found = read_blocks(BUDGET, ["|||公園|1,000 千円", "|||緑|100 千円", "|||川|-", total])
    assert [line.name for line in sheet.budget] == ["公園", "緑", "川"]
    assert kinds(found) == found_kinds


def test_a_wrong_total_is_told_with_both_figures():
    _, found = read_blocks(BUDGET, ["|||公園|1,000 千円", "合計||||1,200 千円"])
    assert "「1,200 千円」" in found[0].message
    assert "「1,000千円」" in found[0].message
    assert found[0].place.line == 7


# Head, plan, 任務目的


def test_the_head_in_any_order_glued_spread_or_on_one_line():
    text = text_of(
        ["年度|Ｒ３|シートNo. ４１", "所属|都市建設部 緑のまち推進課", "シ ー ト 名|公園 緑地"]
    )
    (sheet,), found = read_published_text(text, "公表.txt")
    assert (sheet.fiscal_year.text, sheet.number) == ("R3", "41")
    assert (sheet.department, sheet.title) == ("都市建設部 緑のまち推進課", "公園 緑地")
    assert Counter(item.place.line for item in found) == {1: 3, 3: 1}


def test_a_value_in_several_cells_is_joined():
    (sheet,), found = read_published_text(
        text_of(["年度|R3", "シートNo.|1", "所属|建設部|公園課"]), "公表.txt"
    )
    assert sheet.department == "建設部 公園課"
    assert kinds(found) == ["I repair"]


def test_glued_labels_of_the_head_are_split_there_but_not_in_sentences():
    head = ["年度 R3", "シートNo.：41", "シート名 公園の管理"]
    sentences = [" 年度 末に点検した。", " シートNo. 41の続きを書く。", " シート名 は変えない。"]
    text = text_of(head, ACTIVITIES, ["01|直す|||||||"], BOXES[:2], sentences, BOXES[2:])
    (sheet,), found = read_published_text(text, "公表.txt")
    assert sheet.label == "No.41 公園の管理"
    assert [item.place.line for item in found] == [1, 2, 3]
    assert sheet.summary.paragraphs[1:] == tuple(text.strip() for text in sentences)


@pytest.mark.parametrize("year", ["R3", "令和3年度", "令和 3 年度", "２０２１年度", "2021"])
def test_the_fiscal_year_is_kept_as_printed_but_for_width_and_spacing(year: str):
    (sheet,), _ = read_published_text(text_of([f"年度|{year}", "シートNo.|1"]), "公表.txt")
    assert sheet.fiscal_year == FiscalYear(2021)
    assert sheet.fiscal_year.text == year.replace(" ", "").replace("２０２１", "2021")


def test_other_labels_of_the_head_are_extra_fields():
    text = text_of(["年度|R3", "作成者|企画 太郎", "シートNo.|1", "ひとりごと"])
    (sheet,), found = read_published_text(text, "公表.txt")
    assert sheet.extras == {"作成者": "企画 太郎"}
    assert kinds(found) == ["I extra", "W unread"]


@pytest.mark.parametrize(
    ("lines", "fault", "line"),
    [
        (["", "年度|R3", "シート名|公園"], "「シートNo」", 2),
        (["シートNo.|1", "シート名|公園"], "「年度」", 1),
        (["シートNo.|1", "年度|"], "「年度」", 2),
        (["シートNo.|1", "年度|いつか"], "「いつか」", 2),
    ],
)
def test_a_sheet_without_year_or_number_is_refused_with_its_line(
    lines: list[str], fault: str, line: int
):
    with pytest.raises(SheetError, match=fault) as error:
        read_published_text(text_of(lines), "公表.txt")
    assert str(error.value.place) == f"公表.txt {line}行目"


@pytest.mark.parametrize(
    ("lines", "repairs"),
    [
        (PLAN, 0),
        (("第五次 総合計画|基 本 目 的|III 緑", *PLAN[1:]), 2),
        (("|基本目的|III 緑", "第五次総合計画|施策目的（上位目的）|12 公園", PLAN[2]), 1),
        (("第五次総合計画", "基本目的|III 緑", "施策目的|12 公園", "施策の方向|III-12 整える"), 1),
        (("第五次総合計画|基本目的 III 緑", *PLAN[1:]), 1),
        (("第五次総合計画|基本目的|III|緑", *PLAN[1:]), 1),
    ],
)
def test_the_plan_in_any_shape(lines: tuple[str, ...], repairs: int):
    sheet, found = read_blocks(lines)
    assert to_plain(sheet.plan) == {
        "名称": "第五次総合計画",
        "基本目的": "III 緑",
        "施策目的": "12 公園",
        "施策の方向": ["III-12 整える"],
    }
    assert kinds(found) == ["I repair"] * repairs


def test_a_line_without_a_label_is_one_more_direction_if_it_looks_like_one():
    sheet, found = read_blocks(PLAN, ["||III-12 増やす", "III-12 つなぐ", "何かの断片"])
    assert sheet.plan.directions == ("III-12 整える", "III-12 増やす", "III-12 つなぐ")
    assert unread_lines(found) == [10]


@pytest.mark.parametrize(
    "header",
    [
        PURPOSES,
        ("任務目的|指標|H30|R元|R2|目標|達成|備考",),
        ("任 務 目 的|指 標|過去の実績|||目 標|達 成|備 考", "H30|R元|R2"),
    ],
)
def test_purposes_under_any_header(header: tuple[str, ...]):
    rows = ["憩える|満足度|71%|70%||↑|○|", "集える|参加|||||→|○|"]
    sheet, _ = read_blocks(header, rows)
    assert [to_plain(item) for item in sheet.purposes] == [
        {
            "目的": "憩える",
            "指標": "満足度",
            "実績": {"H30": "71%", "R元": "70%", "R2": ""},
            "目標": "↑",
            "達成": "○",
        },
        {"目的": "集える", "指標": "参加", "目標": "→", "達成": "○"},
    ]


def test_what_is_no_row_of_the_purposes_is_reported():
    rows = ["憩える|満足度|1|2|3|↑|○|", "何かの断片", "01|直す|||||||", "集う|参加|1|→|2|↑|3"]
    sheet, found = read_blocks(PURPOSES, rows)
    assert [item.purpose for item in sheet.purposes] == ["憩える"]
    assert unread_lines(found) == [8, 9, 10]


def test_a_row_of_another_table_asks_for_a_look():
    sheet, found = read_blocks(PURPOSES, ["2|1|6|公園事業|57 千円"])
    assert sheet.purposes[0].purpose == "2"
    assert kinds(found) == ["W repair"]


def test_a_row_of_years_is_no_head_of_a_sheet():
    header = (PURPOSES[0], "年度|H30|R元|R2")
    sheet, found = read_blocks(header, ["憩える|満足度|1|2|3|↑|○|"], ACTIVITIES)
    assert [item.results.to_plain() for item in sheet.purposes] == [
        {"H30": "1", "R元": "2", "R2": "3"}
    ]
    assert found == []


def test_purposes_take_the_years_of_the_other_table_when_their_own_are_lost():
    sheet, _ = read_blocks([PURPOSES[0], "憩える|満足度|1|2|3|↑|○|"], ACTIVITIES)
    assert sheet.purposes[0].results.to_plain() == {"H30": "1", "R元": "2", "R2": "3"}


# Below the tables


def test_notes_stand_between_the_table_and_the_first_box():
    rows = ["01|直す|||||||", "※ 市の調べによる", "R2.3.31時点の本数"]
    sheet, found = read_blocks(ACTIVITIES, rows, BOXES)
    assert sheet.notes == ("※ 市の調べによる", "R2.3.31時点の本数")
    assert to_plain(sheet.summary) == {"見出し": "令和2年度までの総括", "本文": ["事故は減った。"]}
    assert to_plain(sheet.outlook) == {"見出し": "今後の方針", "本文": ["点検を続ける。"]}
    assert found == []


@pytest.mark.parametrize("indent", ["", " ", "\u3000", "|"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "第五次総合計画 後期基本計画【H28年度～R2年度】期間におけるシートの総括",
            "総括を踏まえた、第6次総合計画につながる今後の考えや方針等",
        ),
        ("計画期間の振り返り", "次期計画への考え方"),
        ("成果と反省", "明日へ"),
    ],
)
def test_boxes_are_known_by_their_words_or_by_their_order(first: str, second: str, indent: str):
    boxes = [
        first,
        f"{indent}今後も総括する。",
        f"{indent}よかった。",
        "",
        second,
        f"{indent}続ける。",
    ]
    sheet, found = read_blocks(ACTIVITIES, ["01|直す|||||||"], boxes)
    assert (sheet.summary.heading, sheet.outlook.heading) == (first, second)
    assert sheet.summary.paragraphs == ("今後も総括する。", "よかった。")
    assert sheet.outlook.paragraphs == ("続ける。",)
    assert sheet.notes == ()
    assert found == []


def test_indented_headings_are_known_by_their_words():
    boxes = [f"{indent}{text}" for indent, text in zip(" \u3000| ", BOXES, strict=True)]
    sheet, found = read_blocks(ACTIVITIES, ["01|直す|||||||"], [*boxes, " ・今後の課題"])
    assert (sheet.summary.heading, sheet.outlook.heading) == (BOXES[0], BOXES[2])
    assert sheet.outlook.paragraphs == ("点検を続ける。", "・今後の課題")
    assert {item.level for item in found} <= {"I"}


def test_a_sheet_may_have_one_box_only():
    sheet, _ = read_blocks(ACTIVITIES, ["01|直す|||||||", "注意書き", "今後の方針", "続ける。"])
    assert sheet.summary.heading == ""
    assert sheet.outlook.paragraphs == ("続ける。",)
    assert sheet.notes == ("注意書き",)


def test_a_table_line_among_the_paragraphs_is_reported():
    sheet, found = read_blocks(ACTIVITIES, ["01|直す|||||||"], BOXES[:2], ["a|b"], BOXES[2:])
    assert sheet.summary.paragraphs == ("事故は減った。",)
    assert unread_lines(found) == [9]


# Pages and sheets


@pytest.mark.parametrize(
    "line",
    ["- 3 -", "－３－", "3", "3 / 12", "3/12ページ", "P.3", "第3頁", "\f3", "業務棚卸表 R3"]
    + [
        "令和3年度 業務棚卸表",
        "館林市業務棚卸表（令和3年度） 3",
        "業務棚卸表 (総合計画施策説明表)",
    ],
)
def test_what_a_page_carries_is_dropped_and_listed_wherever_it_stands(line: str):
    rows = ["01|直す|||||||", line, "02|植える|||||||"]
    sheet, found = read_blocks(ACTIVITIES, rows, BOXES[:2], [line], BOXES[2:])
    assert [item.code for item in sheet.activities] == ["01", "02"]
    assert sheet.summary.paragraphs == ("事故は減った。",)
    assert sheet.notes == ()
    assert kinds(found) == ["I dropped", "I dropped"]


def test_a_running_header_is_known_by_its_repetition():
    rows = [
        "01|直す|||||||",
        "企画課の帳票 1",
        "02|植える|||||||",
        "企画課の帳票 2",
        "03|配る|||||||",
    ]
    items, found = read_rows(*rows)
    assert [item.code for item in items] == ["01", "02", "03"]
    assert kinds(found) == ["I dropped"] * 2


def test_a_page_may_repeat_the_head_of_its_sheet():
    page = ["年度|R3", "シートNo.|41", "シート名|公園の管理", *ACTIVITIES]
    rows = ["01|直す|||||||", *page, "02|植える|||||||", *page[:2], *BOXES]
    sheet, found = read_blocks(PLAN, ACTIVITIES, rows)
    assert [item.code for item in sheet.activities] == ["01", "02"]
    assert sheet.outlook.heading == "今後の方針"
    assert kinds(found) == ["I dropped"] * 6


def test_a_stray_label_of_the_head_is_no_sheet():
    rows = ["01|直す|||||||", "シート名|道路", "年度|", "02|植える|||||||"]
    items, found = read_rows(*rows)
    assert [item.code for item in items] == ["01", "02"]
    assert unread_lines(found) == [7, 8]


def test_sheets_follow_each_other_in_any_order():
    second = ["年度|R3", "シートNo.|2", "シート名|道路", *PLAN, *ACTIVITIES, "01|舗装する|||||||"]
    text = text_of(HEAD, PLAN, ACTIVITIES, ["01|直す|||||||"], BOXES, second)
    (first, other), found = read_published_text(text, "公表.txt")
    assert (first.number, first.outlook.paragraphs) == ("41", ("点検を続ける。",))
    assert (other.number, other.activities[0].means) == ("2", "舗装する")
    assert found == []


def test_a_line_before_the_first_sheet_is_reported():
    _, found = read_published_text(text_of(["目次", "業務棚卸表"], HEAD), "公表.txt")
    assert unread_lines(found) == [1]


# What is no such text


@pytest.mark.parametrize(
    "data",
    [b"", b" \n\t\n", b"\x00\x01\x02", b"%PDF-1.7\x00", b"\xff\xff\xff", "市長の挨拶\n".encode()],
)
def test_what_holds_no_sheet_is_refused_in_japanese(data: bytes):
    with pytest.raises(SourceError, match=r"[ぁ-ん]") as error:
        read_published_text(data, "公表.txt")
    assert error.value.place.file == "公表.txt"


@pytest.mark.parametrize("line", ["長" * 100_000, "|".join("x" * 50_000), " |a" * 5_000])
def test_an_endless_line_is_reported_shortly_and_the_rest_is_read(line: str):
    items, found = read_rows("01|直す|||||||", line, "02|植える|||||||")
    assert [item.code for item in items] == ["01", "02"]
    assert unread_lines(found) == [7]
    assert len(found[0].message) < 200


# The seed


def seed_sheets() -> tuple[dict[str, Sheet], list[Diagnostic]]:
    read, found = read_published_text(SEED.read_bytes(), "seed.txt")
    return {sheet.number: sheet for sheet in read}, found


@needs_seed
def test_the_seed_has_its_sheets_activities_and_cost_rows():
    sheets, found = seed_sheets()
    assert [sheet.label for sheet in sheets.values()] == [
        "No.3 組織の方針",
        "No.4 行政改革",
        "No.5 広域行政",
        "No.6 情報化推進",
    ]
    activities = [item for sheet in sheets.values() for item in sheet.activities]
    assert Counter(item.level for item in activities) == {1: 14, 2: 39, 3: 65}
    assert sum(len(item.costs) for item in activities) == 13
    assert Counter(kinds(found)) == {"I repair": 79, "I dropped": 15}


@needs_seed
def test_the_seed_says_its_staff_and_totals():
    sheets, _ = seed_sheets()

    def counts(sheet: Sheet) -> list[tuple[str, str, str]]:
        staff = (sheet.staffing.this_sheet, sheet.staffing.all_sheets)
        return [(c.regular, c.fixed_term, c.reappointed) for c in staff if c != StaffCount()]

    assert counts(sheets["3"]) == [("2.0", "1.0", "0.0")]
    assert counts(sheets["4"]) == [("2.0", "0.0", "0.0"), ("9.0", "1.0", "0.0")]
    assert counts(sheets["5"]) == [("1.0", "0.0", "0.0")]
    assert counts(sheets["6"]) == [("4.0", "0.0", "0.0"), ("9.0", "1.0", "0.0")]
    assert [sheet.budget_total for sheet in sheets.values()] == [31284, 940, 57, 61433]
    assert [len(sheet.budget) for sheet in sheets.values()] == [4, 1, 1, 1]


@needs_seed
@pytest.mark.parametrize(
    ("number", "code", "values"),
    [
        ("3", "0101", "_ - - - - - → ○"),
        ("3", "0301", "指標達成率 55.0% 46.8% 56.8% 53% - ↑ ×"),
        ("3", "0403", "_ _ _"),
        ("3", "040301", "空き家登録件数 - 0 3 6 8 ↑ ○"),
        ("3", "05", "- - - - - - → -"),
        ("3", "0503", "- - - - - - → -"),
        ("3", "050305", "_ _ _"),
        ("3", "06", "ふるさと納税の件数 1244 903 636 787 1,355 ↑ ○"),
        ("3", "0601", "返礼品の種類 22 27 30 37 144 ↑ ○"),
        ("6", "0102", "- - - - - - - -"),
        ("6", "0204", "進捗管理 - - - - - - -"),
        ("6", "020402", "_ _ _"),
    ],
)
def test_the_awkward_rows_of_the_seed(number: str, code: str, values: str):
    sheets, _ = seed_sheets()
    item = next(item for item in sheets[number].activities if item.code == code)
    read = [item.indicator, *item.results.values(), item.target, item.mark]
    assert [text or "_" for text in read] == values.split()


@needs_seed
def test_the_cost_rows_of_the_seed_stand_under_their_groups():
    sheets, _ = seed_sheets()
    costs = {
        n: [(a.code, len(a.costs)) for a in s.activities if a.costs] for n, s in sheets.items()
    }
    assert costs == {
        "3": [("03", 1), ("04", 2), ("05", 1), ("06", 1)],
        "4": [("01", 1), ("02", 1), ("03", 1)],
        "5": [("01", 1), ("02", 1)],
        "6": [("01", 1), ("02", 1), ("03", 1)],
    }
    fifth = next(item for item in sheets["3"].activities if item.code == "05")
    assert to_plain(fifth)["事業費"] == [
        {
            "事業名": "政策調整推進事業",
            "決算": {"H28": "3397", "H29": "-", "H30": "-", "R元": "3658", "R2": "4539"},
            "予算": {"R3": "-"},
        }
    ]


SURPLUS_DASH = 194
"""A 事業名 row with a dash behind its budget, in the column 達成."""


def printed_texts(text: str) -> Iterator[str]:
    """All texts of the seed in order, without labels, totals and rows that only pad."""
    for number, line in enumerate(text.split("\n"), start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        is_padding = "千円" in cells and set(cells) <= {"", "事業", "千円"}
        if "合計" in cells or is_padding:
            continue
        if number == SURPLUS_DASH:
            cells.remove("-")
        for cell in cells:
            parts = re.fullmatch(r"(\d{6}|事業名) (.*)", cell)
            for part in parts.groups() if parts else [cell]:
                if part and not is_label(part) or part == "R3":
                    is_amount = "千円" in line
                    yield part.removesuffix(" 千円").replace(",", "") if is_amount else part


def read_texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from read_texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from read_texts(item)
    elif value:
        yield str(value)


def in_printed_order(sheet: Sheet) -> Iterator[str]:
    """All texts of a sheet in the order in which the published text has them."""
    plain = to_plain(sheet)
    keys = ("年度", "シートNo", "所属", "シート名", "総合計画", "人工", "予算")
    yield from read_texts([plain.get(key, "") for key in keys])
    order = ("コード", "手段", "目的", "指標", "実績", "目標", "達成", "備考")
    yield from read_texts([[row.get(key, "") for key in order] for row in plain["任務目的"]])
    rows = {row["コード"]: row for row in plain["行政活動"]}
    for group in sheet.activity_groups():
        for activity in group.activities:
            yield from read_texts([rows[activity.code].get(key, "") for key in order])
        yield from read_texts([to_plain(cost) for cost in group.costs])
    yield from read_texts([plain.get(key, "") for key in ("注記", "総括", "今後の方針")])


@needs_seed
def test_every_text_of_the_seed_is_read_in_order_and_nothing_is_added():
    sheets, _ = seed_sheets()
    printed = list(printed_texts(SEED.read_text("utf-8")))
    # The plan's name is spread on three of the sheets.
    printed = ["第五次総合計画" if text == "第五次 総合計画" else text for text in printed]
    assert [text for sheet in sheets.values() for text in in_printed_order(sheet)] == printed


@needs_seed
def test_every_cell_of_the_seed_is_read_as_the_examples_have_it():
    sheets, _ = seed_sheets()
    for number, sheet in sheets.items():
        file = ROOT / "examples" / "r3" / f"{int(number):03d}.yaml"
        example, _ = load_yaml(file.read_text("utf-8"), file.name)
        read, shown = to_plain(sheet), to_plain(example)
        for box in ("総括", "今後の方針"):
            published, ours = read[box].pop("本文"), shown[box].pop("本文")
            assert len(published) == len(ours)
            sentences = {text for paragraph in published for text in paragraph.split("。") if text}
            assert not [text for text in sentences if text in "".join(ours)]
        assert shown == read


@needs_seed
@pytest.mark.parametrize("change", ["cp932", "crlf", "no blank lines", "blank lines", "no tabs"])
def test_the_seed_reads_the_same_in_other_clothes(change: str):
    text = SEED.read_text("utf-8")
    texts = {
        "cp932": text.encode("cp932"),
        "crlf": text.replace("\n", "\r\n").encode(),
        "no blank lines": re.sub("\n+", "\n", text).encode(),
        "blank lines": text.replace("\n", "\n\n").encode(),
        "no tabs": re.sub("\t+\n", "\n", text).encode(),
    }
    read, _ = read_published_text(texts[change], "seed.txt")
    assert read == list(seed_sheets()[0].values())


@needs_seed
def test_full_width_digits_of_the_seed_stay_in_texts_only():
    wide = SEED.read_text("utf-8").translate({ord("0") + n: ord("０") + n for n in range(10)})
    read, found = read_published_text(wide.encode(), "seed.txt")
    narrow = seed_sheets()[0]
    for sheet in read:
        known = narrow[sheet.number]
        assert [item.code for item in sheet.activities] == [item.code for item in known.activities]
        assert (sheet.staffing, sheet.budget_total) == (known.staffing, known.budget_total)
        costs = [[item.costs for item in each.activities] for each in (sheet, known)]
        assert costs[0] == costs[1]
    assert read[0].activities[-3].results.to_plain()["H28"] == "１２４４"
    assert {item.level for item in found} == {"I"}
