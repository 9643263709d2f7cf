"""Paragraphs in both views: with the tracked changes accepted, and rejected."""

from __future__ import annotations

import pytest

from gyomu_docs.readers.docx import Mark
from tests.support.wml import dele, first_line, first_table, ins, p, r, returned, table, tc, tr

SUZUKI = Mark("鈴木", "2021-05-01T09:00:00Z")


def views(*content: str) -> tuple[str, str]:
    """New and old text of a cell with these paragraphs; `/` parts the paragraphs."""
    text = first_table(table(tr(tc(*content)))).rows[0].cells[0].text
    return "/".join(text.new), "/".join(text.old)


def test_a_plain_text_is_the_same_in_both_views() -> None:
    assert views(p("公園を", "整える")) == ("公園を整える", "公園を整える")


def test_tracked_runs_are_in_one_view_each() -> None:
    assert views(p("公園を", dele("直す"), ins("整える"))) == ("公園を整える", "公園を直す")


def test_who_tracked_is_known() -> None:
    text = first_line(p(ins("一"), "二", dele("三"))).text
    assert text.marks == (SUZUKI,)


def test_a_text_inserted_and_deleted_again_is_in_no_view() -> None:
    inner = dele("消")
    assert views(p("残る", f'<w:ins w:id="1">{inner}</w:ins>')) == ("残る", "残る")


def test_moved_runs_count_like_deleted_and_inserted_ones() -> None:
    gone = f'<w:moveFrom w:id="1" w:author="鈴木">{r("移")}</w:moveFrom>'
    came = f'<w:moveTo w:id="2" w:author="鈴木">{r("移")}</w:moveTo>'
    assert views(p(gone, "中", came)) == ("中移", "移中")


def test_a_deleted_paragraph_mark_joins_paragraphs_in_the_new_view() -> None:
    assert views(p("一", mark="del"), p("二")) == ("一二", "一/二")


def test_an_inserted_paragraph_mark_joins_paragraphs_in_the_old_view() -> None:
    assert views(p("一", mark="ins"), p("二")) == ("一/二", "一二")


def test_an_inserted_paragraph_is_none_in_the_old_view() -> None:
    assert views(p("一"), p(ins("二"), mark="ins"), p("三")) == ("一/二/三", "一/三")


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:smartTag>{}</w:smartTag>",
        '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
        '<w:fldSimple w:instr="PAGE">{}</w:fldSimple>',
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback/></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
        '<w:proofErr w:type="spellStart"/>{}<w:proofErr w:type="spellEnd"/>',
    ],
)
def test_wrappers_are_looked_through(wrapped: str) -> None:
    assert views(p("前", wrapped.format(r("中")), "後"))[0] == "前中後"


def test_a_placeholder_of_a_control_is_no_text() -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert views(p(control.format(r("ここをクリック")))) == ("", "")


def test_of_a_field_only_the_result_is_text() -> None:
    marks = [f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end")]
    code = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    assert views(p("前", marks[0], code, r("隠"), marks[1], r("3"), marks[2], "後"))[0] == "前3後"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("<w:tab/>", "\t"),
        ("<w:br/>", "\n"),
        ("<w:cr/>", "\n"),
        ('<w:br w:type="page"/>', ""),
        ("<w:noBreakHyphen/>", "-"),
        ("<w:softHyphen/>", ""),
        ('<w:sym w:font="Symbol" w:char="F0AD"/>', "↑"),
        ('<w:sym w:font="Wingdings" w:char="F0A1"/>', "○"),
        ('<w:sym w:font="BIZ UDGothic" w:char="25CB"/>', "○"),
        ("<w:ruby><w:rt><w:r><w:t>よ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>読</w:t></w:r>"
         "</w:rubyBase></w:ruby>", "読"),
    ],
)  # fmt: skip
def test_what_stands_for_a_character(element: str, text: str) -> None:
    assert views(p("a", f"<w:r>{element}</w:r>", "b"))[0] == f"a{text}b"


def test_an_unknown_symbol_is_a_geta_and_is_reported() -> None:
    made = returned(p('<w:r><w:sym w:font="外字" w:char="F042"/></w:r>'))
    assert [one.message for one in made.found] == [
        "書体「外字」の記号（F042、「〓」にしました）は読み取れません。"
    ]


def test_spaces_count_only_where_they_are_preserved() -> None:
    assert first_line("<w:p><w:r><w:t>\n  文 </w:t></w:r></w:p>").text.new == ("文",)
    assert first_line(p(" 文 ")).text.new == (" 文 ",)


def test_variation_selectors_and_joiners_stay() -> None:
    assert first_line(p("葛\U000e0100城👨\u200d👩")).text.new == ("葛\U000e0100城👨\u200d👩",)


def test_what_is_no_text_is_reported_with_the_text_in_it() -> None:
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>メモ</w:t></w:r></w:p></w:txbxContent>"
    made = returned(p("文", f"{box}</w:pict></w:r>", "<w:r><w:footnoteReference w:id='1'/></w:r>"))
    assert [one.message for one in made.found] == [
        "「文」の後の図か文字枠「メモ」は読み取れません。",
        "「文」の後の脚注は読み取れません。",
    ]


def test_an_equation_and_the_sign_of_a_list_are_reported() -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    equation = f'<m:oMath xmlns:m="{math}"><m:r><m:t>x=1</m:t></m:r></m:oMath>'
    listed = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
    made = returned(p("式", equation) + p(listed.format(3), "点検") + p(listed.format(0), "清掃"))
    assert [one.message for one in made.found] == [
        "「式」の後の数式「x=1」は読み取れません。",
        "「点検」の前の箇条書きの記号か番号は読み取れません。",
    ]
