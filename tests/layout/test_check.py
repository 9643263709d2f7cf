"""All faults of a form at once."""

from __future__ import annotations

import pytest

from gyomu_docs.errors import FormError
from gyomu_docs.layout import Resolver, load_form
from gyomu_docs.layout.check import check_form
from tests.layout.test_form import BLOCK_FAULTS, GRID_FAULTS, OFFICIAL, PAGE_FAULTS, one_row
from tests.support.documents import form_text


def faults(blocks: str, styles: str = "") -> list[FormError]:
    return check_form(form_text(blocks, styles), "forms/test.yaml")


def test_a_good_form_has_no_faults() -> None:
    assert check_form(OFFICIAL.read_text("utf-8"), "x") == []


def test_faults_of_schema_paths_spans_and_styles_are_told_together() -> None:
    found = faults(
        """\
        - grid: 甲
          columns: [{name: 一, width: 50mm}, {name: 二, width: 50mm}]
          rows:
            - cells: [{label: 款, styl: plain}, {field: シート銘, style: plan}]
            - cells: [{label: 款, style: plain, colls: 2}, {label: 項, style: plain, cols: 2}]
            - cells: [{label: 款, style: plain}]
            - {each: 予散, cells: [{field: 款, style: plain, cols: 2}]}
            - cells: [{field: 総合計画, style: plain}, {expr: "合計(予算, '疑')", style: plain}]
        - {heading: "{題名}", style: titel}
        - {spacer: 5}
        - grid: 乙
          columns: [{name: 一, width: 300mm}]
          rows: [{cells: [{label: 款, style: plain, width: 3mm}]}]
        """,
        "a: {sise: 8pt, align: middle}\nb: {extends: c}",
    )
    told = [f"{one.place.table} {one.place.row} {one.place.column}: {one.message}" for one in found]
    expected = [
        (": styles.a.sise", "「size」ではありませんか。"),
        (": styles.a.align", "のどれかを書いてください。"),
        ("styles b", "style「c」がありません。"),
        ("甲 1 1 款", "「style」ではありませんか。"),
        ("甲 1 2 シート銘", "「シート名」ではありませんか。"),
        ("甲 1 2 シート銘", "「plain」ではありませんか。"),
        ("甲 2 1 款", "「cols」ではありませんか。"),
        ("甲 2 2 項", "セルが最後の列を越えます"),
        ("甲 4", "項目「予散」はありません。"),
        ("甲 5 1 総合計画", "一つの値ではありません。"),
        ("甲 5 2 合計", "項目「疑」はありません。"),
        (": 項目「題名」", "はありません。"),
        (": style「titel」", "がありません。"),
        ("blocks[3].spacer", "「5」は長さではありません"),
        ("乙", "表の幅（300mm）"),
        ("乙 1 1 款", "項目「width」は使えません。"),
    ]
    assert len(told) == len(expected), "\n".join(told)
    for place, message in expected:
        assert [one for one in told if place in one and message in one], (place, message)
    lines = [one.place.line for one in found]
    assert None not in lines
    assert lines == sorted(lines, key=lambda line: line or 0)


PAGES = {
    "binding": "binding: topp",
    "gutter": "gutter: 8m",
    "binding-and-gutter": "binding: topp, gutter: 8mm",
    "misspelt-gutter": "guter: 8mm",
    "misspelt-size": "sise: A3",
    "size": "size: A5",
    "margins": "margins: [1m]",
    "mirrored": "mirrored: 両面",
    "header": "header: なし",
    "header-style": "header: {left: 題, style: [a], distance: 5mm}",
    "header-distance": "header: {left: 題, style: plain, distance: 近い}",
    "header-text": "header: {left: [題], style: plain, distance: 5mm}",
    "watermark": "watermark: {text: 案}",
    "no-mapping": None,
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_fault_of_the_page_hides_no_later_one(page: str | None) -> None:
    good = form_text("- {paragraph: '{シート銘}', style: plan}")
    whole = "page:\n  size: A4\n  orientation: landscape\n  margins: 15mm\n"
    if page is None:
        head, rest = good.split("page:\n")
        text = f"{head}page: A4\nstyles:{rest.split('styles:')[1]}"
    else:
        kept = [line for line in whole.splitlines() if line.split(":")[0].strip() not in page]
        text = good.replace(whole, "\n".join(kept) + f"\n  {page}\n")
        text = text.replace("binding: topp, gutter", "binding: topp\n  gutter")
        if page.startswith("header"):
            lines = text.splitlines()
            text = "\n".join(one for one in lines if 'header: {left: "' not in one)
    found = check_form(text, "forms/test.yaml")
    told = [one.message for one in found]
    assert [one for one in told if "シート銘" in one], told
    assert [one for one in told if "plan" in one and "plain" in one], told
    assert len(found) == 3, told


@pytest.mark.parametrize("line", ["fit: 3", "fit: {pages: 0}", "year_style: 和暦", "options: 1"])
def test_a_fault_elsewhere_hides_no_later_one(line: str) -> None:
    found = check_form(form_text("- {paragraph: '{シート銘}', style: plain}", extra=line), "x")
    assert len(found) == 2


VERTICAL = "tate: {extends: plain, vertical: true}"
EACH_FAULT = [
    *(form_text(one_row(row)) for row, _, _ in GRID_FAULTS.values()),
    *(form_text(blocks, VERTICAL) for blocks, _ in BLOCK_FAULTS.values()),
    *(form_text("- spacer: 1mm").replace(old, new, 1) for old, new, _ in PAGE_FAULTS.values()),
]


@pytest.mark.parametrize("text", EACH_FAULT)
def test_the_fault_that_loading_stops_at_is_among_all_faults(text: str) -> None:
    with pytest.raises(FormError) as caught:
        Resolver(load_form(text, "forms/test.yaml"))
    assert str(caught.value) in map(str, check_form(text, "forms/test.yaml"))


def test_a_style_that_many_extend_is_told_of_once() -> None:
    styles = "a: {size: 9pt, leading: 8pt}\n" + "\n".join(f"s{i}: {{extends: a}}" for i in range(5))
    assert [one.place.row for one in faults("- spacer: 1mm", styles)] == ["a"]


def test_a_cell_of_five_years_is_told_of_once() -> None:
    cell = "cells: [{field: '実跡[年]', style: plain, years: 5}]"
    columns = "{name: '{年}', width: 10mm, years: 5}"
    assert len(faults(one_row(f"each: 行政活動\n      {cell}", columns))) == 1
