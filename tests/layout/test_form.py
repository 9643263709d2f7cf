"""What a form may say: every fault is named with file, line, grid, row and cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gyomu_docs.errors import FormError
from gyomu_docs.layout import Resolver, load_form
from gyomu_docs.layout.blocks import BesideSpec, GridSpec, HeadingSpec, ParagraphSpec, SpacerSpec
from tests.support.documents import FORM_HEAD, form, form_text

OFFICIAL = Path(__file__).parents[2] / "layouts" / "sheet-a4-landscape.yaml"


def error_of(text: str) -> FormError:
    with pytest.raises(FormError) as caught:
        Resolver(load_form(text, "forms/test.yaml"))
    return caught.value


def line_in(text: str, part: str) -> int:
    """The number of the line that holds `part`."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def one_row(row: str, columns: str = "{name: 一, width: 50mm}, {name: 二, width: 50mm}") -> str:
    return f"- grid: 予算\n  columns: [{columns}]\n  rows:\n    - {row}\n"


GRID_FAULTS = {
    "unknown-key": ("cells: [{label: 款, styl: plain}]", "1 款", "項目「styl」は使えません。"),
    "unknown-key-near": (
        "cells: [{label: 款, styl: plain}]",
        "1 款",
        "「style」ではありませんか。",
    ),
    "unknown-style": ("cells: [{label: 款, style: plan}]", "1 款", "「plain」ではありませんか。"),
    "unknown-field": (
        "cells: [{label: 款, style: plain}, {field: シト名, style: plain}]",
        "2 シト名",
        "項目「シト名」はありません。「シート名」ではありませんか。",
    ),
    "unknown-inner-field": (
        "cells: [{field: 総合計画.基本目標, style: plain, cols: 2}]",
        "1 総合計画.基本目標",
        "「基本目的」ではありませんか。",
    ),
    "field-of-many": (
        "cells: [{field: 総合計画, style: plain, cols: 2}]",
        "1 総合計画",
        "一つの値ではありません。中の項目（名称、基本目的",
    ),
    "field-of-list": (
        "cells: [{field: 予算, style: plain, cols: 2}]",
        "1 予算",
        "「予算」は並びです。each で繰り返してください。",
    ),
    "past-last-column": (
        "cells: [{label: 款, style: plain}, {label: 項, style: plain, cols: 2}]",
        "2 項",
        "セルが最後の列を越えます（2列目から2列、全部で2列）。",
    ),
    "too-short": ("cells: [{label: 款, style: plain}]", "", "セルが足りません（2列のうち1列まで）"),
    "past-last-row": (
        "cells: [{label: 款, style: plain, rows: 2}, {label: 項, style: plain}]",
        "",
        "rows の数が表の最後の行を越えます。",
    ),
    "two-contents": (
        "cells: [{label: 款, field: シート名, style: plain}]",
        "1 シート名",
        "label、field、expr は一つだけ書いてください。",
    ),
    "label-with-suffix": (
        "cells: [{label: 款, style: plain, suffix: 円}]",
        "1 款",
        "format、suffix、default は field か expr と一緒に",
    ),
    "list-with-suffix": (
        "cells: [{field: 総括.本文, style: plain, suffix: 円, cols: 2}]",
        "1 総括.本文",
        "「総括.本文」は並びなので、format と suffix は使えません。",
    ),
    "no-style": ("cells: [{label: 款}]", "1 款", "この項目がありません。"),
    "bad-cols": ("cells: [{label: 款, style: plain, cols: 0}]", "1 款", "値「0」は使えません。"),
    "bad-rows": ("cells: [{label: 款, style: plain, rows: 半分}]", "1 款", "rows:"),
    "no-rows": ("cells: [{label: 款, style: plain, rows: 0}]", "1 款", "rows: 値「0」は使えません"),
    "bad-format": (
        "cells: [{label: 款, style: plain, format: yen}]",
        "1 款",
        "format: text、money のどれかを書いてください。",
    ),
    "each-of-text": (
        "each: シート名\n      cells: [{label: 款, style: plain, cols: 2}]",
        "",
        "each: 「シート名」は並びではありません。",
    ),
    "each-span-outside": (
        "cells: [{label: 款, style: plain, rows: each}, {label: 項, style: plain}]",
        "1 款",
        "rows: each は、each のある行でだけ使えます。",
    ),
    "all-span-repeated": (
        "each: 予算\n"
        "      cells: [{label: 款, style: plain, rows: all}, {field: 項, style: plain}]",
        "1 款",
        "rows: all は、繰り返す行では使えません。",
    ),
    "span-leaves-repetition": (
        "each: 予算\n      cells: [{label: 款, style: plain, rows: 2}, {field: 項, style: plain}]",
        "",
        "rows の数が繰り返しの終わりを越えます。",
    ),
    "each-cell-of-item": (
        "each: 予算\n"
        "      cells: [{field: 款, style: plain, rows: each}, {field: 項, style: plain}]",
        "1 款",
        "項目「款」はありません。",
    ),
    "neither-cells-nor-rows": ("name: 款", "", "cells か rows のどちらか一方を書いてください。"),
    "rows-without-each": (
        "rows: [{cells: [{label: 款, style: plain, cols: 2}]}]",
        "",
        "rows と at_least は each と一緒に使ってください。",
    ),
    "header-repeated": (
        "header: true\n      each: 予算\n      cells: [{label: 款, style: plain, cols: 2}]",
        "",
        "each で繰り返すことはできません。",
    ),
    "by-missing": (
        "cells: [{label: 款, style: {'1': plain}, cols: 2}]",
        "1 款",
        "値ごとの style には、行に by が必要です。",
    ),
    "keep-by-missing": (
        "keep_with_next: ['1']\n      cells: [{label: 款, style: plain, cols: 2}]",
        "",
        "by が必要です。",
    ),
    "year-of-text": (
        "cells: [{field: 'シート名[年度]', style: plain, cols: 2}]",
        "1 シート名[年度]",
        "「シート名」は年度ごとの値ではありません。",
    ),
    "unknown-year-style": (
        "cells: [{label: '{年度:heisei}', style: plain, cols: 2}]",
        "1 {年度:heisei}",
        "「heisei」という年度の書き方はありません",
    ),
    "expression-syntax": (
        "cells: [{expr: '合計(予算,', style: plain, cols: 2}]",
        "1 合計(予算,",
        "を読み取れません",
    ),
    "expression-name": (
        "cells: [{expr: '合計(予散, 1)', style: plain, cols: 2}]",
        "1 合計(予散, 1)",
        "「予算」ではありませんか。",
    ),
}


@pytest.mark.parametrize(("row", "cell", "message"), GRID_FAULTS.values(), ids=GRID_FAULTS)
def test_a_fault_in_a_grid_names_file_line_grid_row_and_cell(
    row: str, cell: str, message: str
) -> None:
    text = form_text(one_row(row))
    error = error_of(text)
    assert message in error.message
    first, last = line_in(text, "- grid: 予算"), len(text.splitlines())
    assert error.place.file == "forms/test.yaml"
    assert error.place.line is not None
    assert first < error.place.line <= last
    assert (error.place.table, error.place.row, error.place.column) == ("予算", "1", cell)


def test_the_line_is_that_of_the_cell_itself() -> None:
    text = form_text("""\
        - grid: 表
          columns: [{name: 一, width: 50mm}]
          rows:
            - cells:
                - {label: 款, style: plain}
            - cells:
                - {field: 総合計画.基本目標, style: plain}
        """)
    error = error_of(text)
    assert error.place.line == line_in(text, "基本目標")
    assert error.place.row == "2"


def test_the_message_says_where_in_the_file_the_fault_is() -> None:
    text = form_text("- spacer: 1mm\n" + one_row("cells: [{style: plain}, {styl: plain}]"))
    assert error_of(text).message == (
        "blocks[2].rows[1].cells[2].styl: 項目「styl」は使えません。「style」ではありませんか。"
    )


def test_an_inner_row_is_named_by_both_numbers() -> None:
    error = error_of(
        form_text("""\
        - grid: 表
          columns: [{name: 一, width: 50mm}]
          rows:
            - each: 行政活動
              rows:
                - cells: [{field: 手段, style: plain}]
                - cells: [{field: 手だん, style: plain}]
        """)
    )
    assert (error.place.row, error.place.column) == ("1.2", "1 手だん")


def test_overlapping_spans_are_refused() -> None:
    error = error_of(
        form_text("""\
        - grid: 表
          columns: [{name: 一, width: 20mm}, {name: 二, width: 20mm}]
          rows:
            - cells: [{label: 上, style: plain}, {label: 右, style: plain, rows: 2}]
            - cells: [{label: 下, style: plain, cols: 2}]
        """)
    )
    assert error.message == "セルが2列目で上のセルと重なります。"
    assert (error.place.table, error.place.row, error.place.column) == ("表", "2", "1 下")


def test_a_span_into_a_repetition_is_refused() -> None:
    error = error_of(
        form_text("""\
        - grid: 表
          columns: [{name: 一, width: 20mm}, {name: 二, width: 20mm}]
          rows:
            - cells: [{label: 左, style: plain, rows: 2}, {label: 右, style: plain}]
            - each: 予算
              cells: [{field: 款, style: plain}]
        """)
    )
    assert error.message == "rows の数が繰り返しの始まりを越えます。"
    assert error.place.row == "2"


def test_header_rows_stand_first() -> None:
    error = error_of(
        form_text("""\
        - grid: 表
          columns: [{name: 一, width: 20mm}]
          rows:
            - cells: [{label: 左, style: plain}]
            - each: 予算
              rows:
                - header: true
                  cells: [{label: 右, style: plain}]
        """)
    )
    assert error.message == "見出し行（header）は表の先頭に置いてください。"
    assert (error.place.table, error.place.row) == ("表", "2")


WIDTH_FAULTS = {
    "grid": (
        one_row("cells: [{label: 款, style: plain}]", "{name: 一, width: 268mm}"),
        "表の幅（268mm）が、使える幅（267mm）を越えます。",
        "予算",
    ),
    "grid-in-column": (
        "- beside:\n    - width: 40mm\n      blocks:\n"
        "        - grid: 人工\n          columns: [{name: 一, width: 41mm}]\n"
        "          rows: [{cells: [{label: 款, style: plain}]}]\n",
        "表の幅（41mm）が、使える幅（40mm）を越えます。",
        "人工",
    ),
    "beside": (
        "- beside: [{width: 140mm, blocks: []}, {width: 120mm, blocks: []}]\n  gap: 8mm\n",
        "並べた列の幅（268mm）が、使える幅（267mm）を越えます。",
        "",
    ),
    "narrow-cell": (
        one_row("cells: [{label: 款, style: plain}]", "{name: 一, width: 7.9pt}"),
        "幅2.8mmでは1文字も入りません（style「plain」の文字は8pt、"
        "余白と字下げを引いた幅は7.9pt）。",
        "予算",
    ),
}


@pytest.mark.parametrize(("blocks", "message", "grid"), WIDTH_FAULTS.values(), ids=WIDTH_FAULTS)
def test_what_is_too_wide_or_too_narrow_is_refused(blocks: str, message: str, grid: str) -> None:
    error = error_of(form_text(blocks))
    assert error.message == message
    assert error.place.table == grid
    assert error.place.line is not None


def test_columns_may_fill_the_page_to_the_last_unit() -> None:
    columns = ", ".join(f"{{name: 列{i}, width: 2.67mm}}" for i in range(100))
    Resolver(form(one_row("cells: [{label: 款, style: plain, cols: 100}]", columns)))


STYLE_FAULTS = {
    "extends-unknown": ("a: {extends: plan}", "style「plan」がありません。「plain」では"),
    "extends-nothing-near": ("a: {extends: 見出し}", "style「見出し」がありません。"),
    "extends-loop": ("a: {extends: a}", "extends が輪になっています（a → a）"),
    "leading": ("a: {size: 12pt, leading: 11pt}", "leading（行送り）が size"),
    "inherited-leading": ("a: {extends: plain, size: 12pt}", "leading（行送り）が size"),
    "too-high": ("a: {size: 9pt, leading: 200pt}", "1行の高さがページに対して大きすぎます。"),
    "length": ("a: {size: 8}", "「8」は長さではありません（8pt、12mm、1.5cm のように"),
    "huge": ("a: {size: 9" + "9" * 400 + "pt}", "は長さではありません"),
    "negative": ("a: {indent: -3pt}", "長さを負の数にはできません。"),
    "zero": ("a: {size: 0pt}", "0 より大きい長さを書いてください。"),
    "padding": ("a: {padding: [1pt, 2pt, 3pt]}", "長さを1つ、2つ（上下、左右）、4つ"),
    "negative-padding": ("a: {padding: -1pt}", "長さを負の数にはできません。"),
    "color": ('a: {fill: "#12345G"}', "「#12345G」は色ではありません（#RRGGBB の形"),
    "align": ("a: {align: middle}", "left、center、right、decimal、justify、spread のどれか"),
    "kinsoku": ("a: {kinsoku: strong}", "a.kinsoku: strict、normal、loose のどれかを書いて"),
    "compress": ("a: {compress: 約物}", "値「約物」は使えません。true か false を書いてください。"),
    "lines": ("a: {lines: 二}", "a.lines: 値「二」は使えません。整数を書いてください。"),
    "no-lines": ("a: {lines: 0}", "値「0」は使えません。1 以上の整数を書いてください。"),
    "combine": ("a: {combine: 5}", "値「5」は使えません。4 以下の整数を書いてください。"),
    "orientation": ("a: {orientation: left}", "a.orientation: upright、rotated のどれかを書いて"),
    "key-nothing-near": ("a: {色: 赤}", "項目「色」は使えません。使える項目: extends、family、"),
    "key": ("a: {sise: 8pt}", "項目「sise」は使えません。「size」ではありませんか。"),
}


@pytest.mark.parametrize(("styles", "message"), STYLE_FAULTS.values(), ids=STYLE_FAULTS)
def test_a_fault_in_a_style_names_its_line(styles: str, message: str) -> None:
    text = form_text("- spacer: 1mm", styles)
    error = error_of(text)
    assert message in error.message
    assert error.place.file == "forms/test.yaml"
    assert error.place.line == line_in(text, "  a: {")


@pytest.mark.parametrize(
    "styles",
    [
        "a: {size: 8pt, leading: 8pt}",
        # A quarter of the body: (595.276 - 2 x 42.52) / 4.
        "a: {size: 8pt, leading: 100pt, padding: [13pt, 0pt, 14.559pt, 0pt]}",
    ],
)
def test_a_style_at_the_limit_is_allowed(styles: str) -> None:
    Resolver(form("- spacer: 1mm", styles))


@pytest.mark.parametrize("padding", ["[13.001pt, 0pt, 14.559pt, 0pt]", "[13pt, 0pt, 14.56pt, 0pt]"])
def test_padding_counts_to_the_height_of_a_line(padding: str) -> None:
    error = error_of(form_text("- spacer: 1mm", f"a: {{leading: 100pt, padding: {padding}}}"))
    assert error.message == "1行の高さがページに対して大きすぎます。"


BLOCK_FAULTS = {
    "no-kind": ("- style: plain", "ブロックの種類がありません（grid、heading、"),
    "not-a-mapping": ("- 表", "ブロックは「grid: 名前」のように書いてください。"),
    "heading-style": ("- {heading: 題, style: titel}", "style「titel」がありません。"),
    "heading-field": (
        "- {heading: '{シートめい}', style: plain}",
        "項目「シートめい」はありません",
    ),
    "paragraph-field": ("- {field: 注意, style: plain}", "項目「注意」はありません。"),
    "paragraph-many": ("- {field: 予算, style: plain}", "「予算」は並びです。"),
    "paragraph-twice": (
        "- {field: 注記, paragraph: 注, style: plain}",
        "paragraph、field は一つだけ",
    ),
    "no-columns": ("- beside: []", "beside: 1つ以上書いてください。"),
    "no-rows": ("- {grid: 表, columns: [{name: 一, width: 9mm}], rows: []}", "rows: 1つ以上"),
    "rows-no-list": ("- {grid: 表, columns: [{name: 一, width: 9mm}], rows: 一}", "並びで書いて"),
    "spacer": ("- spacer: -1mm", "長さを負の数にはできません。"),
    "vertical": ("- {heading: 題, style: tate}", "表のセルでだけ使えます。"),
    "narrow": (
        "- beside: [{width: 7pt, blocks: [{heading: 題, style: plain}]}]",
        "1文字も入りません",
    ),
    "column-name": (
        "- {grid: 表, columns: [{name: '{シート名}', width: 9mm}],"
        " rows: [{cells: [{style: plain}]}]}",
        "項目「シート名」はありません。",
    ),
}


@pytest.mark.parametrize(("blocks", "message"), BLOCK_FAULTS.values(), ids=BLOCK_FAULTS)
def test_a_fault_in_a_block_names_its_line(blocks: str, message: str) -> None:
    text = form_text(blocks, "tate: {extends: plain, vertical: true}")
    error = error_of(text)
    assert message in error.message
    assert error.place.line == line_in(text, "blocks:") + 1


PAGE_FAULTS: dict[str, tuple[str, str, str]] = {
    "size": ("size: A4", "size: B4", "size: A3、A4 のどれかを書いてください。"),
    "margins": ("margins: 15mm", "margins: 150mm", "余白が広すぎて、本文の場所が残りません。"),
    "header-style": ('left: "{シート名}", style: plain', "style: plane", "「plain」では"),
    "header-field": ('left: "{シート名}"', 'left: "{シート銘}"', "項目「シート銘」はありません"),
    "header-height": (
        "distance: 5mm}\n  footer",
        "distance: 12mm}\n  footer",
        "余白（15mm）に収まら",
    ),
    "title": ('document_title: "{シート名}"', 'document_title: "{名}"', "項目「名」はありません。"),
    "title-list": (
        'document_title: "{シート名}"',
        'document_title: "{予算}"',
        "「予算」は並びです",
    ),
    "year-style": ("form: test", "form: test\nyear_style: heisei", "のどれかを書いてください。"),
    "missing": ("title: 試験の様式\n", "", "title: この項目がありません。"),
    "alias": (
        "title: 試験の様式",
        "title: &a 試\nauthor: *a",
        "YAML の別名（* と &）は使えません。",
    ),
    "twice": ("title: 試験の様式", "title: 一\ntitle: 二", "項目「title」が2度あります。"),
    "syntax": ("title: 試験の様式", "title: [", "YAML として読めません"),
}


@pytest.mark.parametrize(("old", "new", "message"), PAGE_FAULTS.values(), ids=PAGE_FAULTS)
def test_a_fault_in_the_head_of_a_form_names_its_line(old: str, new: str, message: str) -> None:
    text = form_text("- spacer: 1mm")
    assert old in text
    error = error_of(text.replace(old, new, 1))
    assert message in error.message
    assert error.place.file == "forms/test.yaml"
    assert error.place.line is not None


@pytest.mark.parametrize("text", ["", "# 空\n", "- 一\n- 二\n", "様式\n"])
def test_a_file_that_is_no_form_is_refused(text: str) -> None:
    error = error_of(text)
    assert (str(error.place), error.message) == (
        "forms/test.yaml",
        "様式のファイルではありません。",
    )
    assert "extends: もとの様式" in error.hint


def test_the_first_line_of_an_error_is_place_and_fault() -> None:
    text = form_text(one_row("cells: [{label: 款, style: plan, cols: 2}]"))
    assert str(error_of(text)) == (
        f"forms/test.yaml {line_in(text, 'plan,')}行目 表「予算」 行「1」 列「1 款」: "
        "style「plan」がありません。「plain」ではありませんか。"
    )


def test_a_form_with_every_construct_loads() -> None:
    text = form_text(
        """\
        - {heading: "{シート名}", level: 2, style: plain, bookmark: 題}
        - spacer: 2mm
        - {paragraph: 注, style: plain}
        - {field: 総括.本文, style: plain}
        - beside:
            - {width: 100mm, blocks: [{field: 所属, style: plain}]}
            - {width: 100mm, blocks: []}
          gap: 5mm
        - grid: 表
          columns: [{name: 一, width: 40mm}, {name: "{年}", width: 15mm, years: 3}]
          outer: 1pt
          inner: 0.5pt
          bookmark: 表
          continued: つづき
          keep_together: true
          keep_rows: 2
          rows:
            - header: true
              cells: [{label: 行, style: plain}, {label: "{年:long}", style: plain, years: 3}]
            - each: 行政活動
              at_least: 4
              by: 段階
              keep_with_next: ["1"]
              keep_with_previous: false
              height: 12pt
              name: "{コード}"
              bookmark: {"1": "{手段}"}
              cells:
                - {field: コード, style: {"1": deep, "2": plain, "3": plain}, heads: row}
                - {field: "実績[年]", style: number, years: 3, suffix: 件, default: 未}
            - cells:
                - {expr: "件数(予算)", style: plain, heads: none}
                - {expr: "合計(予算, '予算額')", style: plain, cols: 3, format: money}
        """,
        "deep: {extends: plain, bold: true, valign: top, indent: 2pt, first_indent: 8pt,"
        ' fill: "#ABCDEF", color: "#010203", vertical: false, shrink: true, floor: 5pt}',
    )
    made = load_form(text, "forms/test.yaml")
    kinds = [HeadingSpec, SpacerSpec, ParagraphSpec, ParagraphSpec, BesideSpec, GridSpec]
    assert [type(block) for block in made.blocks] == kinds
    Resolver(made)


def test_a_style_says_how_lines_are_broken_and_set() -> None:
    made = form(
        "- spacer: 1mm",
        "a: {extends: plain, kinsoku: loose, compress: false, lines: 2, combine: 0,"
        " orientation: rotated, align: decimal}",
    )
    styles = Resolver(made).styles
    style = styles["a"]
    assert (style.kinsoku, style.compress, style.lines) == ("loose", False, 2)
    assert (style.combine, style.orientation) == (0, "rotated")
    assert (styles["plain"].kinsoku, styles["plain"].compress) == ("strict", True)


def test_a_length_may_be_nothing() -> None:
    Resolver(form("- spacer: 0mm", "a: {padding: 0pt, indent: 0pt}"))


def test_lengths_are_thousandths_of_a_point() -> None:
    made = form("- spacer: 1mm")
    assert made.page.paper == (841_890, 595_276)
    assert made.page.margins == (42_520,) * 4
    assert made.page.body == (841_890 - 85_040, 595_276 - 85_040)
    assert made.styles["plain"].size == 8_000


@pytest.mark.parametrize(
    ("padding", "edges"),
    [
        ("1pt", (1, 1, 1, 1)),
        ("[1pt, 2pt]", (1, 2, 1, 2)),
        ("[1pt, 2pt, 3pt, 4pt]", (1, 2, 3, 4)),
    ],
)
def test_padding_is_one_two_or_four_lengths(padding: str, edges: Any) -> None:
    made = form("- spacer: 1mm", f"a: {{padding: {padding}}}")
    assert made.styles["a"].padding == tuple(1000 * edge for edge in edges)


def test_portrait_and_landscape() -> None:
    landscape, portrait = (
        load_form(FORM_HEAD.replace("landscape", way) + "blocks: []\n", "x").page.paper
        for way in ("landscape", "portrait")
    )
    assert landscape == tuple(reversed(portrait))


def test_a_form_does_not_change_after_reading() -> None:
    made = form("- spacer: 1mm")
    with pytest.raises(ValueError, match="frozen"):
        made.title = "別"


def test_the_official_form_compiles() -> None:
    Resolver(load_form(OFFICIAL.read_text("utf-8"), str(OFFICIAL)))
