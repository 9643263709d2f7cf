"""`Font` and `FontSet` against fontTools, an independent reader of the same files."""

from __future__ import annotations

import hashlib
import io
import pickle
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from gyomu_docs.errors import FontError, MissingGlyphError
from gyomu_docs.typeset.fonts import Font, FontSet, default_font_files
from gyomu_docs.typeset.metrics import Metrics
from tests.support.paged import BOLD, FONTS, GOTHIC, MINCHO, ROOT

FOLDER = ROOT / "fonts"
FILES = default_font_files(FOLDER)
ARROWS_AND_BOXES = [*range(0x2190, 0x2200), *range(0x2500, 0x2580)]


@pytest.fixture(scope="module")
def gothic() -> Font:
    return FONTS.by_name(GOTHIC)


@pytest.fixture(scope="module")
def reference() -> Iterator[TTFont]:
    with TTFont(FILES[GOTHIC], lazy=True) as font:
        yield font


# -- the files that ship


def test_checksums_are_those_of_the_readme() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    stated = {name: digest for digest, name in re.findall(r"([0-9a-f]{64})  (\S+)", readme)}
    files = [path for path in FOLDER.iterdir() if path.suffix in (".ttf", ".icc")]
    assert stated == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("key", FILES)
def test_licence_begins_with_the_copyright_of_the_font(key: str) -> None:
    with TTFont(FILES[key], lazy=True) as font:
        notice = font["name"].getDebugName(0)
    licence = "OFL-BIZUDMincho.txt" if key == MINCHO else "OFL-BIZUDGothic.txt"
    text = (FOLDER / licence).read_text("utf-8")
    assert text.startswith(f"{notice}\n\nThis Font Software is licensed under the SIL Open Font")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert not re.search(r"^ ", text, re.MULTILINE)


# -- metrics


def test_font_gives_line_breaking_its_metrics(gothic: Font) -> None:
    metrics: Metrics = gothic
    assert (metrics.name, metrics.ascent, metrics.descent) == (GOTHIC, 880, 120)
    assert [metrics.widths[char] for char in "あａaｱ①"] == [1000, 1000, 500, 500, 1000]


def test_all_widths_are_those_of_the_file(gothic: Font, reference: TTFont) -> None:
    advances = reference["hmtx"].metrics
    cmap = reference.getBestCmap()
    sample = [code for code in list(cmap)[::7] if chr(code).isprintable()]
    assert len(sample) > 1000
    expected = {code: round(advances[cmap[code]][0] * 1000 / 2048) for code in sample}
    assert {code: gothic.widths[chr(code)] for code in sample} == expected


def test_descriptor_values() -> None:
    regular, bold, mincho = (FONTS.by_name(name) for name in (GOTHIC, BOLD, MINCHO))
    assert [font.weight for font in (regular, bold)] == [400, 700]
    assert [font.is_serif for font in (regular, mincho)] == [False, True]
    assert (regular.ps_name, regular.cap_height) == ("BIZUDGothic-Regular", 765)
    assert (regular.bbox, regular.italic_angle) == ((0, -120, 1000, 880), 0)
    assert regular.is_fixed


@pytest.mark.parametrize("char", ["\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef", "\u200d"])
def test_joiners_take_no_width(gothic: Font, char: str) -> None:
    assert gothic.widths[char] == 0


def test_missing_character_is_named_with_the_font(gothic: Font) -> None:
    with pytest.raises(MissingGlyphError) as caught:
        gothic.widths["𠮷"]
    assert caught.value.message == "書体「BIZ UDGothic」に文字「𠮷」（U+20BB7）がありません。"
    assert "gyomu-docs fonts SRC" in caught.value.hint


@pytest.mark.parametrize(
    ("char", "message"),
    [
        ("\n", "制御文字 U+000A"),
        ("\x7f", "制御文字 U+007F"),
        ("\ud800", "制御文字 U+D800"),
        ("\ue000", "外字（私用領域の文字）U+E000"),
        ("\ufeff", "U+FEFF"),
    ],
)
def test_unprintable_characters_are_refused(gothic: Font, char: str, message: str) -> None:
    with pytest.raises(MissingGlyphError, match=re.escape(message)):
        gothic.glyph(char)


# -- glyphs


def test_glyphs_are_those_of_the_cmap(gothic: Font, reference: TTFont) -> None:
    cmap = reference.getBestCmap()
    for char in "髙﨑鷗邑㈱①Ⅷ～〜−㋿A":
        assert gothic.glyph(char) == reference.getGlyphID(cmap[ord(char)])


def test_variation_sequences(gothic: Font, reference: TTFont) -> None:
    (table,) = [sub for sub in reference["cmap"].tables if sub.format == 14]
    pairs = dict(table.uvsDict[0xE0100])
    assert pairs[ord("葛")] is not None
    glyph = reference.getGlyphID(pairs[ord("葛")])
    assert gothic.variation_glyph("葛", "\U000e0100") == glyph != gothic.glyph("葛")
    assert gothic.variation_glyph("葛", "\U000e0101") == gothic.glyph("葛")
    assert gothic.variation_glyph("葛", "\U000e0105") is None


def test_vertical_glyphs_are_those_of_vert(gothic: Font, reference: TTFont) -> None:
    expected: dict[int, int] = {}
    gsub = reference["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "vert":
            for index in record.Feature.LookupListIndex:
                for subtable in gsub.LookupList.Lookup[index].SubTable:
                    expected |= {
                        reference.getGlyphID(glyph): reference.getGlyphID(vertical)
                        for glyph, vertical in subtable.mapping.items()
                    }
    cmap = reference.getBestCmap()
    kept = {reference.getGlyphID(cmap[code]) for code in ARROWS_AND_BOXES if code in cmap}
    for gid in range(reference["maxp"].numGlyphs):
        assert gothic.vertical_glyph(gid) == (gid if gid in kept else expected.get(gid, gid))
    assert gothic.vertical_glyph(gothic.glyph("ー")) != gothic.glyph("ー")


def test_arrows_and_box_rules_stay_upright(gothic: Font) -> None:
    for char in "→←↑↓─│┌":
        assert gothic.vertical_glyph(gothic.glyph(char)) == gothic.glyph(char)


def test_text_of_a_glyph(gothic: Font) -> None:
    sequence = gothic.variation_glyph("葛", "\U000e0100")
    assert sequence is not None
    assert gothic.text_of(gothic.glyph("あ")) == "あ"
    assert gothic.text_of(sequence) == "葛\U000e0100"
    assert gothic.text_of(gothic.vertical_glyph(gothic.glyph("（")), vertical=True) == "（"


def test_text_of_a_glyph_with_two_characters_is_the_lower_one(gothic: Font) -> None:
    assert gothic.glyph("\u02dc") == gothic.glyph("\u0303")
    assert gothic.text_of(gothic.glyph("\u0303")) == "\u02dc"


# -- subsets


def test_subset_keeps_ids_and_outlines_and_drops_tables(gothic: Font, reference: TTFont) -> None:
    gids = [gothic.glyph(char) for char in "市A髙"]
    with TTFont(io.BytesIO(gothic.subset(gids))) as subset:
        assert set(subset.keys()) - {"GlyphOrder"} == {
            "head",
            "hhea",
            "maxp",
            "hmtx",
            "loca",
            "glyf",
        }
        inked = [g for g in range(len(subset.getGlyphOrder())) if _points(subset, g)]
        assert inked == sorted([0, *gids])
        for gid in gids:
            assert _points(subset, gid) == _points(reference, gid)
        assert not any(_program(subset, gid) for gid in gids)


def _points(font: TTFont, gid: int) -> list[tuple[int, int]]:
    glyph = font["glyf"][font.getGlyphOrder()[gid]]
    return list(glyph.coordinates) if glyph.numberOfContours else []


def _program(font: TTFont, gid: int) -> bytes:
    glyph = font["glyf"][font.getGlyphOrder()[gid]]
    return bytes(glyph.program.getBytecode())


# -- fonts that are built here


def build_font(path: Path, features: str = "", **changes: Any) -> Path:
    """A font of four squares, `a` to `d`, 1000 units an em."""
    names = [".notdef", "a", "b", "c", "d"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(name): name for name in "abcd"})
    pen = TTGlyphPen(None)
    for point in ((0, 0), (0, 500), (500, 500), (500, 0)):
        (pen.lineTo if pen.points else pen.moveTo)(point)
    pen.closePath()
    glyph = pen.glyph()
    builder.setupGlyf(dict.fromkeys(names, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(**{"ascent": 1160, "descent": -288} | changes.pop("hhea", {}))
    builder.setupNameTable({"familyName": "Four", "styleName": "Regular", "psName": "Four-Regular"})
    os2 = {"sTypoAscender": 860, "sTypoDescender": -140, "fsType": 0} | changes
    builder.setupOS2(**os2)
    builder.setupPost()
    if features:
        addOpenTypeFeaturesFromString(builder.font, features)
    builder.save(path)
    return path


def test_em_box_is_sought_in_the_tables_that_may_hold_it(tmp_path: Path) -> None:
    font = Font("Four", build_font(tmp_path / "a.ttf"))
    assert (font.ascent, font.descent) == (860, 140)
    font = Font("Four", build_font(tmp_path / "b.ttf", sTypoAscender=1100, sTypoDescender=-300))
    assert (font.ascent, font.descent) == (880, 120)
    assert font.widths["a"] == 600


@pytest.mark.parametrize(
    "features",
    [
        "feature vert { sub a by b; sub c by d; } vert;",
        "lookup L useExtension { sub a by b; sub c by d; } L; feature vert { lookup L; } vert;",
        "feature liga { sub b by c; } liga; feature vert { sub [a c] by [b d]; } vert;",
        # One step from each glyph to its substitute, over a range of glyphs (both formats 1, 2).
        "feature vert { sub [a b c] by [b c d]; } vert;",
    ],
)
def test_vertical_glyphs_in_all_forms_of_the_table(tmp_path: Path, features: str) -> None:
    font = Font("Four", build_font(tmp_path / "a.ttf", features))
    a, b, c, d = map(font.glyph, "abcd")
    assert [font.vertical_glyph(gid) for gid in (a, c, d)] == [b, d, d]


def test_font_without_vertical_forms(tmp_path: Path) -> None:
    font = Font("Four", build_font(tmp_path / "a.ttf"))
    assert font.vertical_glyph(font.glyph("a")) == font.glyph("a")


def _write_cff(path: Path) -> None:
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({ord("a"): "a"})
    strings = {name: T2CharStringPen(600, None).getCharString() for name in (".notdef", "a")}
    builder.setupCFF("Four", {}, strings, {})
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", "a"], (600, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"psName": "Four"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def _without_table(tag: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(build_font(path).read_bytes().replace(tag, b"zzzz", 1))


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "がありません"),
    "folder": (lambda path: path.mkdir(), "がありません"),
    "empty": (lambda path: path.write_bytes(b""), "TrueType フォントではないか壊れています"),
    "text": (lambda path: path.write_bytes(b"R3"), "TrueType フォントではないか壊れています"),
    "cff": (_write_cff, "CFF アウトライン"),
    "truncated": (
        lambda path: path.write_bytes(FILES[GOTHIC].read_bytes()[:3_000_000]),
        "壊れています",
    ),
    "no metrics": (_without_table(b"hmtx"), "壊れています（表 hmtx がありません）"),
    "no outlines": (_without_table(b"glyf"), "壊れています（表 glyf がありません）"),
    "restricted": (lambda path: build_font(path, fsType=2), "埋め込みを許可していません"),
    "no subset": (lambda path: build_font(path, fsType=0x108), "埋め込みを許可していません"),
    "bitmaps": (lambda path: build_font(path, fsType=0x204), "埋め込みを許可していません"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_fonts_that_cannot_be_embedded_are_refused(tmp_path: Path, case: str) -> None:
    make, message = REFUSED[case]
    path = tmp_path / "字.ttf"
    make(path)
    with pytest.raises(FontError) as caught:
        Font("字", path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("rights", [0, 4, 8, 6])
def test_fonts_that_may_be_embedded_are_taken(tmp_path: Path, rights: int) -> None:
    # 6: older fonts set several bits, and the most liberal one holds.
    assert Font("Four", build_font(tmp_path / "a.ttf", fsType=rights)).widths["a"] == 600


@pytest.mark.parametrize("table", [b"post", b"glyf", b"loca", b"OS/2"])
def test_short_tables_are_a_broken_font(tmp_path: Path, table: bytes) -> None:
    path = build_font(tmp_path / "a.ttf")
    data = bytearray(path.read_bytes())
    entry = data.index(table)
    data[entry + 12 : entry + 16] = struct.pack(">I", 2)
    path.write_bytes(data)
    with pytest.raises(FontError, match="壊れています"):
        Font("Four", path)


# -- font sets


def test_find_by_family_and_weight() -> None:
    fonts = FontSet(FILES)
    assert fonts.find("BIZ UDGothic", bold=False).name == GOTHIC
    assert fonts.find("BIZ UDGothic", bold=True).name == BOLD
    assert fonts.find("BIZ UDGothic", bold=True) is fonts.find("BIZ UDGothic", bold=True)


def test_family_without_bold_gives_the_regular_font() -> None:
    assert FONTS.find("BIZ UDMincho", bold=True).name == MINCHO


def test_unknown_family_names_those_that_there_are() -> None:
    with pytest.raises(FontError) as caught:
        FONTS.find("MS ゴシック", bold=False)
    assert str(caught.value) == (
        "書体「MS ゴシック」がありません。\n  ヒント: 使える書体: BIZ UDGothic、BIZ UDMincho"
    )


def test_fonts_load_when_asked_for(tmp_path: Path) -> None:
    fonts = FontSet({"ない": tmp_path / "no.ttf", GOTHIC: FILES[GOTHIC]})
    assert fonts.names == ("ない", GOTHIC)
    assert fonts.by_name(GOTHIC).widths["あ"] == 1000
    with pytest.raises(FontError, match=re.escape(str(tmp_path / "no.ttf"))):
        fonts.by_name("ない")


def test_font_sets_and_fonts_travel_as_paths() -> None:
    fonts = FontSet(FILES)
    fonts.by_name(GOTHIC).widths["あ"]
    travelled = pickle.dumps(fonts)
    assert len(travelled) < 1000
    copy = pickle.loads(travelled)
    assert (copy.names, copy.files) == (fonts.names, fonts.files)
    assert copy.by_name(GOTHIC).widths["あ"] == 1000
    assert pickle.loads(pickle.dumps(fonts.by_name(GOTHIC))).glyph("あ") > 0


def test_files_beside_the_fonts(tmp_path: Path) -> None:
    fonts = FontSet({"他": tmp_path / "other.ttf", **FILES})
    assert fonts.beside("sRGB2014.icc") == FOLDER / "sRGB2014.icc"
    with pytest.raises(FontError, match="no-such.icc"):
        fonts.beside("no-such.icc")
