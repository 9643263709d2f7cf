"""Templates of text parts: what their lines become, and what they may not do."""

from __future__ import annotations

import pytest

from gyomu_docs.booklet.prose import prose_blocks, render_prose
from gyomu_docs.errors import FormError, Place
from gyomu_docs.layout.tree import Block, Grid, Heading, PageBreak, Paragraph, Spacer, Style
from gyomu_docs.units import mm
from tests.support.documents import style


def blocks(text: str) -> tuple[Block, ...]:
    return prose_blocks(text, lambda name: style(align="left"), 100_000, "凡例")


def test_lines_are_headings_items_and_paragraphs() -> None:
    made = blocks("# 凡例\n\n一行目\n二行目\n\n- 項目\n## 記号\n")
    assert [(type(one), getattr(one, "text", "")) for one in made] == [
        (Heading, "凡例"),
        (Paragraph, "一行目二行目"),
        (Paragraph, "・項目"),
        (Heading, "記号"),
    ]
    assert [one.level for one in made if isinstance(one, Heading)] == [1, 2]


def test_space_page_breaks_and_named_styles() -> None:
    names = []
    made = prose_blocks(
        "~ 20mm\n@large 令和3年度\n---\n", lambda name: names.append(name) or style(), 9, ""
    )
    assert made == (Spacer(mm(20)), Paragraph("令和3年度", style()), PageBreak())
    assert names == ["large"]


def test_rows_of_a_table_belong_together_and_have_equal_columns() -> None:
    (table,) = blocks("| ○ | 達成した |\n| × |\n")
    assert isinstance(table, Grid)
    assert table.columns == (20_000, 80_000)
    assert [[cell.texts for cell in row.cells] for row in table.rows] == [
        [("○",), ("達成した",)],
        [("×",), ()],
    ]
    assert [cell.role for cell in table.rows[0].cells] == ["row", "data"]


def test_a_template_shows_what_it_is_given() -> None:
    template = "{{ 市 }}\n{% for 課 in 課の一覧 %}\n- {{ 課 }}\n{% endfor %}"
    assert (
        render_prose(template, {"市": "見本市", "課の一覧": ["企画課"]}, "a")
        == "見本市\n- 企画課\n"
    )


@pytest.mark.parametrize(
    "template",
    [
        "{{ ない項目 }}",
        "{% for x in 市 %}",
        "{{ ().__class__.__bases__ }}",
        "{{ 市.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% include 'a' %}",
    ],
)
def test_a_template_that_is_wrong_or_reaches_out_is_refused(template: str) -> None:
    with pytest.raises(FormError, match="文章のひな形"):
        render_prose(template, {"市": "見本市"}, "cover.txt")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (
            "一行目\n{{ ない項目 }}",
            "a.txt 2行目: 文章のひな形を読み取れません（項目「ない項目」はありません）",
        ),
        (
            "{{ ''.__class__ }}",
            "a.txt 1行目: 文章のひな形を読み取れません（使えないものを使っています）",
        ),
        ("{{ 'あ' * 10**9 }}", "「**」は使えません"),
        ("{{ 10**6 }}", "「**」は使えません"),
        ("{{ 市.xx.yy }}", "ない項目を使っています"),
        ("{% if %}", "a.txt 1行目: 文章のひな形を読み取れません（{{ }} か {% %} の書き方が"),
        ("一\n{{ 1 / 0 }}", "a.txt 2行目: 文章のひな形を読み取れません（{{ }} か {% %} の中を"),
        ("{{ 市 + 1 }}", "の中を計算できません"),
        ("{{ 市() }}", "の中を計算できません"),
        ("{% include 'x' %}", "ほかのひな形は取り込めません"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "自分を呼び続けています"),
        ("{{ 'a'|center(1000000000) }}", "の書き方が正しくありません"),
        ("{{ 'あ' * 1000000000 }}", "「*」は数どうしにだけ使えます"),
        ("{{ '%1000000000d' % 1 }}", "「%」は数どうしにだけ使えます"),
        ("{% for n in range(90000) %}あいう{% endfor %}", "200,000字を超えます"),
    ],
)
def test_what_is_wrong_is_said_in_japanese_and_texts_stay_small(template: str, said: str) -> None:
    with pytest.raises(FormError) as caught:
        render_prose(template, {"市": "見本市"}, "a.txt")
    assert said in str(caught.value)


def test_numbers_may_be_multiplied() -> None:
    assert render_prose("{{ 3 * 4 % 5 }}", {}, "a.txt") == "2"


def test_a_line_that_says_nothing_names_the_template() -> None:
    with pytest.raises(FormError) as caught:
        prose_blocks("~ abc", lambda _: style(), 9, "", "表紙.txt")
    assert str(caught.value).startswith("表紙.txt: 「~ abc」: 空きの長さを読み取れません。")

    def unknown(name: str) -> Style:
        raise FormError(
            f"スタイル「{name}」はありません。", place=Place(file="cover.yaml", line=11)
        )

    with pytest.raises(FormError) as caught:
        prose_blocks("@dai 令和3年度", unknown, 9, "", "表紙.txt")
    assert str(caught.value).startswith(
        "表紙.txt: 「@dai 令和3年度」: スタイル「dai」はありません。"
    )
