"""Styles of the form as paragraph styles."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from gyomu_docs.layout.tree import Style
from gyomu_docs.writers.docx.styles import StyleSheet
from tests.support.documents import style
from tests.support.ooxml import NAMESPACES, attribute, value_of


def sheet_of(*styles: Style) -> etree._Element:
    sheet = StyleSheet("ja-JP")
    for one in styles:
        sheet.id_of(one)
    return etree.fromstring(sheet.xml())


def only(root: etree._Element, path: str) -> etree._Element:
    (found,) = root.iterfind(path, NAMESPACES)
    return found


def custom(root: etree._Element) -> list[etree._Element]:
    return [
        one
        for one in root.iterfind("w:style", NAMESPACES)
        if attribute(one, "styleId").startswith("Form")
    ]


def look(**changes: Any) -> etree._Element:
    (made,) = custom(sheet_of(style(**changes)))
    return made


def test_a_style_has_font_size_and_exact_lines() -> None:
    made = look(family="BIZ UDGothic", size=8, leading=10.5, bold=True, color=0x123456)

    fonts = only(made, "w:rPr/w:rFonts")
    assert {attribute(fonts, side) for side in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "BIZ UDゴシック"
    }
    assert value_of(only(made, "w:rPr/w:sz")) == "16"
    assert value_of(only(made, "w:rPr/w:color")) == "123456"
    assert only(made, "w:rPr/w:b") is not None
    spacing = only(made, "w:pPr/w:spacing")
    assert (attribute(spacing, "line"), attribute(spacing, "lineRule")) == ("210", "exact")


@pytest.mark.parametrize(
    ("align", "word"),
    [
        ("left", "left"),
        ("center", "center"),
        ("right", "right"),
        ("justify", "both"),
        ("decimal", "right"),
        ("spread", "center"),
    ],
)
def test_alignment(align: str, word: str) -> None:
    assert value_of(only(look(align=align), "w:pPr/w:jc")) == word


def test_padding_above_and_below_belongs_to_the_paragraph() -> None:
    spacing = only(look(padding=(1, 2, 3, 4)), "w:pPr/w:spacing")
    assert (attribute(spacing, "before"), attribute(spacing, "after")) == ("20", "60")


def test_padding_of_a_vertical_text_turns_with_it() -> None:
    made = look(padding=(1, 2, 3, 4), vertical=True)
    spacing, moved_in = only(made, "w:pPr/w:spacing"), only(made, "w:pPr/w:ind")
    assert (attribute(spacing, "before"), attribute(spacing, "after")) == ("40", "80")
    assert (attribute(moved_in, "left"), attribute(moved_in, "right")) == ("20", "60")


def test_indents() -> None:
    moved_in = only(look(indent=6, first_indent=9), "w:pPr/w:ind")
    assert (attribute(moved_in, "left"), attribute(moved_in, "firstLine")) == ("120", "180")


def test_equal_styles_are_one_and_names_are_unique() -> None:
    root = sheet_of(style(), style(align="right"), style(), style(size=9))
    names = [value_of(only(one, "w:name")) for one in custom(root)]
    assert names == ["様式 文", "様式 文 2", "様式 文 3"]


def test_japanese_is_set_as_japanese() -> None:
    root = sheet_of(style())
    language = only(root, "w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    assert attribute(language, "eastAsia") == "ja-JP"
    normal = next(root.iterfind("w:style", NAMESPACES))
    assert {"kinsoku", "overflowPunct"} <= {etree.QName(one).localname for one in normal[-1]}


def test_loose_line_breaking_goes_without_kinsoku() -> None:
    assert value_of(only(look(kinsoku="loose"), "w:pPr/w:kinsoku")) == "0"


def test_headings_are_the_built_in_ones() -> None:
    sheet = StyleSheet("ja-JP")
    assert [sheet.heading(2), sheet.heading(1)] == ["Heading2", "Heading1"]
    root = etree.fromstring(sheet.xml())
    headings = [
        (value_of(only(one, "w:name")), value_of(only(one, "w:pPr/w:outlineLvl")))
        for one in root.iterfind("w:style", NAMESPACES)
        if attribute(one, "styleId").startswith("Heading")
    ]
    assert headings == [("heading 1", "0"), ("heading 2", "1")]


def test_fonts_are_known_by_their_other_names() -> None:
    sheet = StyleSheet("ja-JP")
    sheet.id_of(style(family="BIZ UDMincho"))
    sheet.id_of(style(family="明朝"))
    root = etree.fromstring(sheet.fonts_xml())
    names = [attribute(one, "name") for one in root]
    assert names == ["BIZ UD明朝 Medium", "明朝"]
    others = [value_of(one) for one in root.iterfind(".//w:altName", NAMESPACES)]
    assert others == ["BIZ UDMincho,BIZ UDMincho Medium,BIZ UD明朝"]
