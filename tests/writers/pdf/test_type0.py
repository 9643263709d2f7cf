"""Font dictionaries of the finished file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from tests.support.paged import BOLD, FONTS, GOTHIC, lines, reopen, run, to_bytes

SavePdf = Callable[[bytes], Path]
FONT = FONTS.by_name(GOTHIC)


def fonts_of(pdf: Any) -> dict[str, Any]:
    return dict(pdf.pages[0].Resources.Font.items())


def texts_of(font: Any) -> dict[int, str]:
    """The ToUnicode map."""
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    blocks = "".join(re.findall(r"beginbfchar\n(.*?)endbfchar", cmap, re.DOTALL))
    pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", blocks)
    return {int(gid, 16): bytes.fromhex(text).decode("utf-16-be") for gid, text in pairs}


def widths_of(descendant: Any) -> dict[int, int]:
    widths: dict[int, int] = {}
    entries = list(descendant.W)
    for first, run_ in zip(entries[::2], entries[1::2], strict=True):
        widths |= {int(first) + index: int(width) for index, width in enumerate(run_)}
    return widths


def test_lines_and_columns_share_one_font_file(save_pdf: SavePdf) -> None:
    data = to_bytes(lines("市ー", run("町ー", y=200_000, vertical=True), run("太", font=BOLD)))
    save_pdf(data)
    fonts = fonts_of(reopen(data))
    assert sorted(fonts) == ["/F1", "/F2", "/V1"]
    assert [fonts[name].Encoding for name in ("/F1", "/V1")] == ["/Identity-H", "/Identity-V"]
    (lines_below,), (columns_below,) = fonts["/F1"].DescendantFonts, fonts["/V1"].DescendantFonts
    assert lines_below.objgen == columns_below.objgen
    assert [int(value) for value in lines_below.DW2] == [880, -1000]
    assert texts_of(fonts["/F1"]) == {FONT.glyph("市"): "市", FONT.glyph("ー"): "ー"}
    bar = FONT.vertical_glyph(FONT.glyph("ー"))
    assert texts_of(fonts["/V1"]) == {FONT.glyph("町"): "町", bar: "ー"}


def test_columns_alone(save_pdf: SavePdf) -> None:
    data = to_bytes(lines(run("町ー", vertical=True)))
    save_pdf(data)
    assert list(fonts_of(reopen(data))) == ["/V1"]


def test_widths_and_program_are_those_of_the_glyphs_used() -> None:
    text = "市aｱ①b"
    (descendant,) = fonts_of(reopen(to_bytes(lines(text))))["/F1"].DescendantFonts
    widths = widths_of(descendant)
    assert int(descendant.DW) == 1000
    assert widths == {FONT.glyph(char): 500 for char in "aｱb"}
    assert len(descendant.W) == 2 * 2  # a and b are neighbours
    program = descendant.FontDescriptor.FontFile2.read_bytes()
    assert int(descendant.FontDescriptor.FontFile2.Length1) == len(program)
    with TTFont(io.BytesIO(program)) as font:
        order = font.getGlyphOrder()
        inked = {gid for gid, name in enumerate(order) if font["glyf"][name].numberOfContours}
    assert inked == {0, *map(FONT.glyph, text)}


def test_descriptor_is_of_the_font_file() -> None:
    fonts = fonts_of(
        reopen(to_bytes(lines("市", run("太", font=BOLD), run("明", font="BIZ UDMincho"))))
    )
    descriptors = [fonts[name].DescendantFonts[0].FontDescriptor for name in sorted(fonts)]
    assert [int(each.Flags) for each in descriptors] == [5, 5, 7]
    assert [int(each.CapHeight) for each in descriptors] == [765, 765, 765]
    assert [int(descriptors[0][key]) for key in ("/Ascent", "/Descent")] == [880, -120]
    names = [str(each.FontName) for each in descriptors]
    assert [name.partition("+")[2] for name in names] == [
        "BIZUDGothic-Regular",
        "BIZUDGothic-Bold",
        "BIZUDMincho-Regular",
    ]


def test_subset_names_differ_where_subsets_do() -> None:
    def name(text: str) -> str:
        return str(fonts_of(reopen(to_bytes(lines(text))))["/F1"].BaseFont)

    assert name("市役所") == name("所役市")
    assert name("市役所") != name("市役")
    assert re.fullmatch(r"/[A-Z]{6}\+BIZUDGothic-Regular", name("市"))


def test_many_glyphs_need_several_blocks() -> None:
    text = "".join(chr(code) for code in range(0x4E00, 0x5000) if _has(chr(code)))
    font = fonts_of(reopen(to_bytes(lines(text, "葛\U000e0100"))))["/F1"]
    cmap = font.ToUnicode.read_bytes().decode()
    counts = [int(count) for count in re.findall(r"(\d+) beginbfchar", cmap)]
    assert max(counts) == 100
    assert len(counts) > 1
    variation = FONT.variation_glyph("葛", "\U000e0100")
    assert {*text, "葛\U000e0100"} <= set(texts_of(font).values())
    assert variation in texts_of(font)


def _has(char: str) -> bool:
    return bool(FONT._hb.get_nominal_glyph(ord(char)))
