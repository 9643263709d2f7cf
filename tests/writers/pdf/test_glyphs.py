"""Text to glyph ids, and when the glyphs alone do not read back as the text."""

from __future__ import annotations

import re

import pytest

from gyomu_docs.errors import FontError, MissingGlyphError
from gyomu_docs.writers.pdf.glyphs import GlyphTable, glyph_table, resource_name
from tests.support.paged import BOLD, FONTS, GOTHIC

KUZU = "葛\U000e0100"  # a glyph of its own
KUZU_DEFAULT = "葛\U000e0101"  # the glyph of 葛
KUZU_UNKNOWN = "葛\U000e0105"  # not in the font
FONT = FONTS.by_name(GOTHIC)


@pytest.fixture
def table() -> GlyphTable:
    return GlyphTable(FONT, vertical=False, resource="F1")


def gids_of(string: str) -> list[int]:
    """The two-byte codes of a PDF string's content."""
    codes = re.sub(r"\\(.)", lambda m: "\r" if m[1] == "r" else m[1], string, flags=re.DOTALL)
    data = codes.encode("latin-1")
    return [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]


def test_text_becomes_its_glyphs(table: GlyphTable) -> None:
    string, exact = table.spell("市役所")
    assert gids_of(string) == [FONT.glyph(char) for char in "市役所"]
    assert exact


def test_all_glyphs_survive_the_escapes_of_a_string(table: GlyphTable) -> None:
    text = "".join(chr(code) for code in range(0x4E00, 0x9FA0) if FONT._hb.get_nominal_glyph(code))
    string, exact = table.spell(text)
    assert {"\\(", "\\)", "\\\\", "\\r"} <= set(re.findall(r"\\.", string))
    assert gids_of(string) == [FONT.glyph(char) for char in text]
    assert exact


@pytest.mark.parametrize(
    ("text", "glyphs", "exact"),
    [
        (KUZU, [FONT.variation_glyph("葛", "\U000e0100")], True),
        (KUZU_DEFAULT, [FONT.glyph("葛")], False),
        (KUZU_UNKNOWN, [FONT.glyph("葛")], False),
        ("\U000e0100市", [FONT.glyph("市")], False),
        ("市\u200d役", [FONT.glyph("市"), FONT.glyph("役")], False),
        ("\u02dc", [FONT.glyph("\u02dc")], True),
        ("か\u0303", [FONT.glyph("か"), FONT.glyph("\u02dc")], False),  # one glyph, two characters
        ("", [], True),
    ],
)
def test_what_reads_back_as_itself(
    table: GlyphTable, text: str, glyphs: list[int], exact: bool
) -> None:
    string, is_exact = table.spell(text)
    assert (gids_of(string), is_exact) == (glyphs, exact)
    assert table.spell(text) == (string, is_exact)  # the second time out of the table


def test_columns_take_vertical_forms(table: GlyphTable) -> None:
    columns = GlyphTable(FONT, vertical=True, resource="V1")
    text = "市ー→"
    bar = FONT.vertical_glyph(FONT.glyph("ー"))
    assert gids_of(columns.spell(text)[0]) == [FONT.glyph("市"), bar, FONT.glyph("→")]
    assert columns.spell(text)[1]
    assert gids_of(table.spell(text)[0])[1] == FONT.glyph("ー") != bar


def test_usage_is_of_the_texts_given(table: GlyphTable) -> None:
    for text in ("市役所", KUZU, "他"):
        table.spell(text)
    variation = FONT.variation_glyph("葛", "\U000e0100")
    assert table.usage(["市", "市"]) == (FONT.glyph("市"),)
    # The base of a sequence may come with it: a spare glyph, but the same in every process.
    assert set(table.usage([KUZU])) - {FONT.glyph("葛")} == {variation}
    both = table.usage(["役所市", "\U000e0100"])
    assert both == tuple(sorted(FONT.glyph(char) for char in "市役所"))


def test_missing_character_is_an_error(table: GlyphTable) -> None:
    with pytest.raises(MissingGlyphError, match="U\\+20BB7"):
        table.spell("𠮷野家")


def test_resources_are_named_by_place_in_the_set() -> None:
    assert resource_name(FONTS, GOTHIC, vertical=False) == "F1"
    assert resource_name(FONTS, BOLD, vertical=True) == "V2"
    assert glyph_table(FONTS, BOLD, True).resource == "V2"
    assert glyph_table(FONTS, BOLD, True) is glyph_table(FONTS, BOLD, True)
    with pytest.raises(FontError, match="無い書体"):
        glyph_table(FONTS, "無い書体", False)
