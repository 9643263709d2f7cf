"""What stands on a page around its content: heads and feet, binding, watermark."""

from __future__ import annotations

from typing import Any

import pytest

from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.layout.tree import Watermark
from gyomu_docs.typeset.pages import Stamp
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.units import pt
from tests.support.documents import document, grid, paragraph, row, section, style
from tests.support.paging import FixedFonts, extent, findings, furniture, paginate


def head(width: float = 400, **parts: Any) -> list[tuple[str, float, float]]:
    """The header's texts with where they begin and end, in points from the left margin."""
    (page,) = paginate(document(width=width, **parts)).pages
    runs = [run for one in page.artifacts if one.kind == "header" for run in one.runs]
    return [(run.text, extent(run).left / 1000 - 20, extent(run).right / 1000 - 20) for run in runs]


def test_a_header_stands_left_in_the_middle_and_right() -> None:
    assert head(left="一", center="二三", right="四") == [
        ("一", 0, 10),
        ("二三", 190, 210),
        ("四", 390, 400),
    ]


def test_neighbouring_marks_of_a_header_close_up() -> None:
    # 3.1.4: a closing bracket and an opening one have half an em between them.
    texts = {"left": "（一）「二」", "center": "（案）、改", "right": "三」（四）"}
    assert head(**texts) == [
        ("（一）「二」", 0, 55),
        ("（案）、改", 177.5, 222.5),
        ("三」（四）", 355, 400),
    ]
    assert head(**texts, style={"compress": False})[0] == ("（一）「二」", 0, 60)


def test_a_header_that_fits_with_its_marks_closed_up_is_not_cut() -> None:
    assert head(width=55, left="（一）「二」") == [("（一）「二」", 0, 55)]


def test_the_padding_of_a_header() -> None:
    style = {"padding": (1, 3, 2, 4)}
    made = document(left="一", center="二", right="三", style=style)
    (page,) = paginate(made).pages
    places = [extent(run) for one in page.artifacts if one.kind == "header" for run in one.runs]
    assert [place.left for place in places] == [pt(20 + 4), pt(20 + 195.5), pt(20 + 387)]
    assert {place.top for place in places} == {pt(5 + 1)}


def test_the_middle_makes_way() -> None:
    assert head(width=100, left="一二三四五", center="六七", right="八") == [
        ("一二三四五", 0, 50),
        ("六七", 60, 80),
        ("八", 90, 100),
    ]


def test_the_middle_makes_way_to_the_left_too() -> None:
    assert head(width=100, center="六七", right="一二三四五六")[0] == ("六七", 10, 30)


def test_a_header_stands_in_the_middle_of_its_line() -> None:
    (page,) = paginate(document(left="一", style={"leading": 14})).pages
    (run,) = next(one.runs for one in page.artifacts if one.kind == "header")
    assert extent(run).top == pt(5 + 2)


def test_a_header_shrinks_by_tenths_and_not_below_its_floor() -> None:
    texts = {"left": "あ" * 6, "right": "い" * 5}
    assert head(width=100, style={"shrink": True, "floor": 5}, **texts) == [
        ("あ" * 6, 0, 49.8),
        ("い" * 5, 58.5, 100),
    ]
    assert head(width=100, style={"shrink": True, "floor": 9}, **texts) == [
        ("あ" * 4 + "…", 0, 45),
        ("い" * 5, 55, 100),
    ]


def test_a_header_shrinks_where_it_may() -> None:
    style = {"shrink": True, "floor": 5}
    assert head(width=100, left="あ" * 10, right="い" * 9, style=style) == [
        ("あ" * 10, 0, 50),
        ("い" * 9, 55, 100),
    ]


def test_a_header_that_shrinks_is_reported_once() -> None:
    rows = grid(row("一", height=60), row("二", height=60))
    look = {"shrink": True, "floor": 5}
    (found,) = findings(document(rows, width=100, left="あ" * 10, right="い" * 9, style=look))
    assert (found.level, found.kind) == ("I", "shrunk")
    assert str(found) == (
        "シート「No.1 試験」 行「ヘッダー」: 「ああああああああああ」の10ptを5ptに縮小しました。"
    )


def test_a_header_too_long_ends_with_an_ellipsis_and_is_reported_once() -> None:
    made = document(
        grid(row("一", height=60), row("二", height=60)), width=100, left="あ" * 30, right="課"
    )
    paged = paginate(made)
    assert [furniture(page)["header"] for page in paged.pages] == [["あああああああ…", "課"]] * 2
    (found,) = findings(made)
    assert (found.level, found.kind) == ("W", "overfull")
    assert str(found.place) == "シート「No.1 試験」 行「ヘッダー」"


def test_both_sides_of_a_header_share_what_there_is() -> None:
    texts = [text for text, _, _ in head(width=110, left="あ" * 30, right="い" * 30)]
    assert texts == ["ああああ…", "いいいい…"]


def test_line_breaks_do_not_pass_into_the_header() -> None:
    assert [text for text, _, _ in head(left="一\n二")] == ["一 二"]


def test_head_and_foot_stand_in_the_margins() -> None:
    (page,) = paginate(document(left="甲")).pages
    places = {
        artifact.kind: [extent(run)[1::2] for run in artifact.runs] for artifact in page.artifacts
    }
    assert places == {"header": [(pt(5), pt(15))], "footer": [(pt(125), pt(135))]}


# Binding.


def shifts(pages: int = 3, **page: Any) -> list[tuple[float, float]]:
    """How far each page is moved (right, down), in points."""
    rows = [row(f"{number}", height=100) for number in range(pages)]
    paged = paginate(document(grid(*rows), margins=[20, 10, 20, 45], **page))
    return [(right / 1000, down / 1000) for right, down in (page.shift for page in paged.pages)]


def test_without_mirrored_pages_nothing_moves() -> None:
    assert shifts(binding="left", gutter=pt(15)) == [(0, 0)] * 3


@pytest.mark.parametrize("binding", ["none", "left"])
def test_even_pages_of_a_mirrored_book_change_left_and_right_margin(binding: str) -> None:
    moved = shifts(4, binding=binding, gutter=pt(15), mirrored=True)
    assert moved == [(0, 0), (-35, 0), (0, 0), (-35, 0)]


def test_a_gutter_at_the_top_is_at_the_bottom_of_even_pages() -> None:
    assert shifts(binding="top", gutter=pt(15), mirrored=True) == [(0, 0), (0, -15), (0, 0)]


def test_pages_are_odd_or_even_in_the_document_and_not_in_their_section() -> None:
    one = section(paragraph("一"), mirrored=True, margins=[20, 20, 20, 30])
    paged = paginate(document(one, one, one))
    assert [page.shift[0] for page in paged.pages] == [0, pt(-10), 0]


# Watermark.


def stamp(text: str, size: float = 20, width: float = 400, **page: Any) -> Stamp | None:
    mark = Watermark(text, style(size=size, color=0xDDDDDD))
    (made,) = paginate(document(watermark=mark, width=width, **page)).pages
    return made.stamp


def test_a_watermark_stands_in_the_middle_of_the_paper() -> None:
    made = stamp("案", margins=[10, 20, 30, 40])
    assert made == Stamp(pt(230), pt(70), "案", "fixed", pt(20), 0xDDDDDD, 17)


def test_every_page_of_its_section_has_the_watermark() -> None:
    mark = Watermark("案", style(size=20))
    rows = grid(row("一", height=100), row("二", height=100))
    paged = paginate(document(section(rows, watermark=mark), section(paragraph("三"))))
    assert [page.stamp is not None for page in paged.pages] == [True, True, False]


@pytest.mark.parametrize(("width", "height", "angle"), [(802, 555, 35), (555, 802, 45)])
def test_a_watermark_rises_with_the_diagonal_and_no_steeper_than_45_degrees(
    width: float, height: float, angle: int
) -> None:
    made = stamp("案", width=width, height=height)
    assert made is not None
    assert made.angle == angle


def test_a_long_watermark_is_made_smaller_to_fit_the_margins() -> None:
    # At 45 degrees a word of n ems at size s is (n + 1) * s / √2 wide and high.
    made = stamp("修正用原稿", size=500, width=400, height=400)
    assert made is not None
    assert made.size == pt(94.2)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_watermark_without_a_word_is_none(text: str) -> None:
    assert stamp(text) is None


def test_a_watermark_with_a_missing_character_is_an_error_with_its_place() -> None:
    made = document(watermark=Watermark("葛", style()))
    with pytest.raises(MissingGlyphError) as caught:
        Typesetter(FixedFonts(missing="葛")).paginate(made)
    assert str(caught.value.place) == "シート「No.1 試験」 行「透かし」"
