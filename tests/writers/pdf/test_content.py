"""Items to operators, read back by pikepdf's content parser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.typeset.pages import Artifact, Element, Fill, Marked, Page, Rule, Stamp
from gyomu_docs.writers.pdf.content import ContentWriter
from tests.support.paged import (
    BOLD,
    DOCUMENT,
    FONTS,
    GOTHIC,
    HEIGHT,
    document,
    page,
    reading,
    run,
    to_bytes,
)

KINDS = ["Document", "P", "TD", "TH"]
FONT = FONTS.by_name(GOTHIC)


def draw(drawn: Page) -> tuple[list[tuple[list[Any], str]], list[int]]:
    """The page's instructions, operands as Python values, and its elements by MCID."""
    content, marks = ContentWriter(FONTS, KINDS).draw_page(drawn)
    pdf = pikepdf.new()
    instructions = pikepdf.parse_content_stream(pdf.make_stream(content))
    return [([_plain(each) for each in i.operands], str(i.operator)) for i in instructions], marks


def _plain(value: Any) -> Any:
    if isinstance(value, pikepdf.Dictionary):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, pikepdf.Array):
        return [_plain(each) for each in value]
    if isinstance(value, pikepdf.String):
        data = bytes(value)
        return data.decode("utf-16") if data.startswith(b"\xfe\xff") else data
    return str(value) if isinstance(value, pikepdf.Name) else float(value)


def operators(drawn: Page, *names: str) -> list[list[Any]]:
    """Operands of the instructions of these names."""
    return [operands for operands, name in draw(drawn)[0] if name in names]


def origins(drawn: Page) -> list[tuple[float, float]]:
    """Where each shown text begins, as a reader of Tm and Td reckons it (9.4.2)."""
    a, b, c, d, x, y = 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    found = []
    for operands, name in draw(drawn)[0]:
        if name == "Tm":
            a, b, c, d, x, y = operands
        elif name == "Td":
            right, up = operands
            x, y = x + a * right + c * up, y + b * right + d * up
        elif name in ("Tj", "TJ"):
            found.append((x, y))
    return found


def sketch(drawn: Page) -> str:
    """Marked content as brackets around shown texts: `TD[ab] Footer[1]`."""
    parts: list[str] = []
    for operands, name in draw(drawn)[0]:
        if name == "BDC":
            tag, properties = operands
            if tag == "/Artifact":
                tag = properties.get("/Subtype", properties["/Type"])
            elif "/ActualText" in properties:
                tag = f"/={properties['/ActualText']}"
            parts.append(f" {tag[1:]}[")
        elif name == "EMC":
            parts.append("]")
        elif name in ("Tj", "TJ"):
            shown = operands[0] if name == "TJ" else operands
            data = b"".join(each for each in shown if isinstance(each, bytes))
            gids = [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]
            parts.append("".join(FONT.text_of(gid, vertical=True) for gid in gids))
    return "".join(parts).strip()


# -- coordinates


def test_one_matrix_scales_thousandths_to_points() -> None:
    instructions, _ = draw(page(Marked(1, (run("市"),))))
    assert instructions[0] == ([0.001, 0, 0, 0.001, 0, 0], "cm")
    assert [name for _, name in instructions].count("cm") == 1


def test_y_runs_up_from_the_bottom() -> None:
    drawn = page(Marked(1, (run("市", 40_000, 60_000), run("役", 50_000, 70_000))))
    assert operators(drawn, "Td") == [[40_000, HEIGHT - 60_000], [10_000, -10_000]]


def test_a_page_may_be_moved_as_a_whole() -> None:
    moved = replace(page(Marked(1, (run("市"),))), shift=(-35_000, 12_500))
    assert operators(moved, "cm") == [[0.001, 0, 0, 0.001, -35, -12.5]]


# -- watermark


STAMP = Stamp(420_000, 300_000, "案内", GOTHIC, 100_000, 0xDDDDDD, 30)


def test_a_watermark_comes_first_and_is_an_artifact() -> None:
    made = replace(page(Marked(1, (run("市"),))), stamp=STAMP)
    assert sketch(made) == "Watermark[案内] P[市]"
    properties = operators(made, "BDC")[0]
    assert properties == ["/Artifact", {"/Type": "/Pagination", "/Subtype": "/Watermark"}]


def test_a_watermark_is_centred_turned_and_does_not_move_with_the_page() -> None:
    made = replace(page(Marked(1, (run("市"),))), stamp=STAMP, shift=(-35_000, 0))
    scale, turn, moved = operators(made, "cm")
    assert scale == [0.001, 0, 0, 0.001, 0, 0]
    assert turn == [0.866, 0.5, -0.5, 0.866, 420_000, HEIGHT - 300_000]
    assert moved[4] == -35
    # Two full-width characters, and the em box half above and half below the centre.
    assert operators(made, "Td")[0] == [-100_000, -(FONT.ascent - FONT.descent) * 50]


def test_a_watermark_leaves_no_colour_behind() -> None:
    names = [name for _, name in draw(replace(page(Marked(1, (run("市"),))), stamp=STAMP))[0]]
    assert names.index("q") < names.index("rg") < names.index("Q")
    assert names.count("rg") == 1


def test_the_glyphs_of_a_watermark_are_used() -> None:
    writer = ContentWriter(FONTS, KINDS)
    writer.draw_page(replace(page(), stamp=STAMP))
    assert writer.usage() == {(GOTHIC, False): tuple(sorted(map(FONT.glyph, "案内")))}


# -- text


def test_font_and_size_are_set_when_they_change() -> None:
    runs = (run("市"), run("役"), run("所", size=9_000), run("課", size=9_000, font=BOLD))
    expected = [["/F1", 10_000], ["/F1", 9_000], ["/F2", 9_000]]
    assert operators(page(Marked(1, runs)), "Tf") == expected


def test_columns_have_a_font_of_their_own() -> None:
    runs = (run("市"), run("役", vertical=True), run("所"))
    assert operators(page(Marked(1, runs)), "Tf") == [
        ["/F1", 10_000],
        ["/V1", 10_000],
        ["/F1", 10_000],
    ]


def test_colour_is_set_when_it_changes() -> None:
    runs = (
        run("黒"),
        run("赤", color=0xFF0000),
        run("赤", color=0xFF0000),
        run("灰", color=0x333333),
    )
    assert operators(page(Marked(1, runs)), "rg") == [[1, 0, 0], [0.2, 0.2, 0.2]]


def test_black_text_on_a_fill_is_black() -> None:
    drawn = page(Marked(1, (run("黒"),)), fills=(Fill(0, 0, 9_000, 9_000, 0xFFFFFF),))
    assert operators(drawn, "rg") == [[1, 1, 1], [0, 0, 0]]


def test_spacing_goes_through_tc_and_back() -> None:
    runs = (run("均等", spacing=5_000), run("割付", spacing=5_000), run("普通"))
    drawn = page(Marked(1, runs))
    assert operators(drawn, "Tc") == [[5_000], [0]]
    assert not operators(drawn, "TJ")


def test_kerns_go_through_tj_in_thousandths_of_the_size() -> None:
    drawn = page(Marked(1, (run("あ、い（う", kerns=((1, -5_000), (2, 2_500)), spacing=100),)))
    ((items,),) = operators(drawn, "TJ")
    assert [item for item in items if isinstance(item, float)] == [500, -250]
    assert [len(item) // 2 for item in items if isinstance(item, bytes)] == [2, 1, 2]
    assert operators(drawn, "Tc") == [[100]]


def test_kern_that_is_no_whole_thousandth() -> None:
    ((items,),) = operators(page(Marked(1, (run("あい", size=9_000, kerns=((0, 1),)),))), "TJ")
    assert items[1] == pytest.approx(-1000 / 9000, abs=1e-4)


def test_kern_inside_a_variation_sequence_comes_after_it() -> None:
    drawn = page(Marked(1, (run("葛\U000e0100城", kerns=((0, -2_000),)),)))
    ((items,),) = operators(drawn, "TJ")
    gid = FONT.variation_glyph("葛", "\U000e0100")
    assert gid is not None
    assert items == [gid.to_bytes(2, "big"), 200, FONT.glyph("城").to_bytes(2, "big")]


def test_room_in_columns_moves_down() -> None:
    drawn = page(Marked(1, (run("縦書き", vertical=True, spacing=3_000, kerns=((1, 1_000),)),)))
    ((items,),) = operators(drawn, "TJ")
    assert [item for item in items if isinstance(item, float)] == [300, 400]
    assert not operators(drawn, "Tc")


def test_room_in_columns_is_not_for_joiners() -> None:
    text = "葛\U000e0100城葛\U000e0100"
    ((items,),) = operators(page(Marked(1, (run(text, vertical=True, spacing=3_000),))), "TJ")
    assert [item for item in items if isinstance(item, float)] == [300, 300]


def test_narrow_glyphs_go_through_tz_and_back() -> None:
    runs = (run("H28", narrow=666), run("R元", narrow=666), run("年度", vertical=True), run("普通"))
    drawn = page(Marked(1, runs))
    assert operators(drawn, "Tz") == [[66.6], [100]]
    assert not operators(page(Marked(1, (run("普通"),))), "Tz", "Tm")


def test_a_turned_run_stands_on_the_centre_line_of_its_column() -> None:
    """Rotated to the right, 9.4.2: x of the text goes down the page, its y to the right."""
    drawn = page(Marked(1, (run("ICT", 100_000, 60_000, rotated=True),)))
    turned, back = operators(drawn, "Tm")
    # The em box reaches from 120 below the baseline to 880 above it.
    assert turned == [0, -1, 1, 0, 100_000 - 3_800, HEIGHT - 60_000]
    assert back == [1, 0, 0, 1, 100_000, HEIGHT - 60_000]
    assert operators(drawn, "Tf") == [["/F1", 10_000]]


def test_runs_after_a_turned_run_stand_where_they_should() -> None:
    runs = (
        run("前", 10_000, 20_000),
        run("ICT", 100_000, 60_000, rotated=True),
        run("後", 30_000, 70_000),
    )
    assert origins(page(Marked(1, runs)))[::2] == [
        (10_000, HEIGHT - 20_000),
        (30_000, HEIGHT - 70_000),
    ]


def test_kerns_in_a_turned_run_go_through_tj() -> None:
    ((items,),) = operators(
        page(Marked(1, (run("A b", rotated=True, kerns=((1, -2_000),)),))), "TJ"
    )
    assert [item for item in items if isinstance(item, float)] == [200]


@given(
    st.lists(st.tuples(st.integers(0, 800_000), st.integers(0, 500_000), st.booleans()), max_size=8)
)
def test_any_mixture_of_turned_runs_stands_where_it_should(
    places: list[tuple[int, int, bool]],
) -> None:
    runs = tuple(run("ICT", x, y, rotated=turned) for x, y, turned in places)
    expected = [(x - 3_800 * turned, HEIGHT - y) for x, y, turned in places]
    assert origins(page(Marked(1, runs))) == expected


def test_missing_character_is_an_error() -> None:
    with pytest.raises(MissingGlyphError, match="𠮷"):
        draw(page(Marked(1, (run("𠮷"),))))


# -- marked content


def test_groups_carry_their_element() -> None:
    drawn = page(Marked(2, (run("市"),)), Marked(1, (run("役"), run("所"))))
    assert sketch(drawn) == "TD[市] P[役所]"
    assert draw(drawn)[1] == [2, 1]
    ids = [operands[1]["/MCID"] for operands in operators(drawn, "BDC")]
    assert ids == [0, 1]


def test_neighbouring_groups_of_one_element_are_one() -> None:
    content = (
        Marked(1, (run("市"),)),
        Marked(1, ()),
        Marked(1, (run("役"),)),
        Marked(2, (run("所"),)),
        Marked(1, (run("課"),)),
    )
    assert sketch(page(*content)) == "P[市役] TD[所] P[課]"
    assert draw(page(*content))[1] == [1, 2, 1]


def test_spread_text_is_replaced_inside_its_element() -> None:
    drawn = page(Marked(3, (run("任務目的", spacing=9_000, spread=True),)))
    assert sketch(drawn) == "TH[ =任務目的[任務目的]]"


def test_text_after_replaced_text_begins_a_new_sequence() -> None:
    """Poppler would take it for untagged."""
    drawn = page(Marked(3, (run("前"), run("任務", spread=True), run("後"), run("末"))))
    assert sketch(drawn) == "TH[前 =任務[任務]] TH[後末]"
    assert draw(drawn)[1] == [3, 3]


def test_neighbouring_spread_runs_are_one_text() -> None:
    label = (run("H28", spread=True), run("年度", vertical=True, spread=True))
    drawn = page(Marked(3, (*label, run("後"))), Marked(3, label))
    assert sketch(drawn) == "TH[ =H28年度[H28年度]] TH[後 =H28年度[H28年度]]"
    # Of two groups each is a text of its own, be they of one element.
    drawn = page(Marked(3, label[:1]), Marked(3, label[1:]))
    assert sketch(drawn) == "TH[ =H28[H28]] TH[ =年度[年度]]"


def test_a_text_of_several_runs_may_hold_what_glyphs_do_not_spell() -> None:
    label = (run("葛\U000e0105", spread=True), run("H28", spread=True))
    assert sketch(page(Marked(1, label))) == "P[ =葛\U000e0105H28[葛H28]]"


def test_readers_get_a_label_of_several_runs_whole(save_pdf: Callable[[bytes], Path]) -> None:
    runs = (
        run("H28", 95_000, 68_800, narrow=666, spread=True),
        run("年度", 100_000, 70_000, vertical=True, spread=True),
        run("ICT", 100_000, 90_000, rotated=True, spread=True),
        run("案", 100_000, 120_000, vertical=True, spread=True),
    )
    after = run("後", 200_000, 130_000)
    elements = [DOCUMENT, Element("P", 0), Element("P", 0)]
    made = document([page(Marked(1, runs), Marked(2, (after,)))], elements)
    path = save_pdf(to_bytes(made))
    assert reading("pdftotext", path).split() == ["H28年度ICT案", "後"]
    told = reading("pdfinfo", path, "-struct-text")
    assert [line.strip().strip('"') for line in told.splitlines() if '"' in line] == [
        "H28年度ICT案",
        "後",
    ]


def test_text_that_glyphs_do_not_spell_is_replaced() -> None:
    assert sketch(page(Marked(1, (run("か\u0303"),)))) == "P[ =か\u0303[か\u02dc]]"
    assert sketch(page(Marked(1, (run("葛\U000e0105"),)))) == "P[ =葛\U000e0105[葛]]"
    assert sketch(page(Marked(1, (run("葛\U000e0100"),)))) == "P[葛\U000e0100]"


def test_artifacts_come_after_the_content() -> None:
    artifacts = (
        Artifact("header", (run("令和3年度"),)),
        Artifact("footer", (run("1", spread=True),)),
        Artifact("repeat", (run("指標"),)),
        Artifact("footer", ()),
    )
    drawn = page(Marked(1, (run("市"),)), artifacts=artifacts)
    assert sketch(drawn) == "P[市] Header[令和3年度] Footer[1] Pagination[指標]"
    assert draw(drawn)[1] == [1]


@pytest.mark.parametrize("element", [-1, 0, 4])
def test_content_of_an_element_that_is_not_there(element: int) -> None:
    with pytest.raises(ValueError, match=f"element {element} of 4"):
        draw(page(Marked(element, (run("市"),))))


# -- fills and rules


def test_fills_of_one_colour_are_one_path() -> None:
    fills = (
        Fill(10_000, 20_000, 30_000, 5_000, 0xEEEEEE),
        Fill(10_000, 30_000, 30_000, 5_000, 0xEEEEEE),
        Fill(10_000, 40_000, 30_000, 5_000, 0),
    )
    drawn = page(fills=fills)
    assert operators(drawn, "re")[0] == [10_000, HEIGHT - 25_000, 30_000, 5_000]
    names = [name for _, name in draw(drawn)[0]]
    assert names == ["cm", "BDC", "rg", "re", "re", "f", "rg", "re", "f", "EMC"]
    assert sketch(drawn) == "Layout[]"


def test_rules_of_one_width_are_one_stroke() -> None:
    rules = (
        Rule(0, 10_000, 90_000, 10_000, 500),
        Rule(0, 20_000, 90_000, 20_000, 250),
        Rule(0, 10_000, 0, 20_000, 500),
    )
    drawn = page(rules=rules)
    names = [name for _, name in draw(drawn)[0]]
    assert names == ["cm", "BDC", "J", "w", "m", "l", "m", "l", "S", "w", "m", "l", "S", "EMC"]
    assert operators(drawn, "w") == [[500], [250]]
    assert operators(drawn, "m", "l")[2:4] == [[0, HEIGHT - 10_000], [0, HEIGHT - 20_000]]
    assert sketch(drawn) == "Layout[]"


def test_fills_are_below_text_and_rules_above() -> None:
    drawn = page(
        Marked(1, (run("市"),)),
        fills=(Fill(0, 0, 1, 1, 0),),
        rules=(Rule(0, 0, 1, 0, 250),),
        artifacts=(Artifact("footer", (run("1"),)),),
    )
    names = [name for _, name in draw(drawn)[0]]
    assert names.index("f") < names.index("BT") < names.index("ET") < names.index("S")
    assert sketch(drawn) == "Layout[] P[市] Footer[1] Layout[]"


def test_empty_page() -> None:
    assert draw(page()) == ([([0.001, 0, 0, 0.001, 0, 0], "cm")], [])
