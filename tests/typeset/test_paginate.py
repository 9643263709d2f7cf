"""Documents on pages: the flow of blocks, what stands beside each other, heads and feet."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.errors import FontError, MissingGlyphError
from gyomu_docs.layout import Resolver, load_form
from gyomu_docs.layout.tree import Block, Document, Grid
from gyomu_docs.model import Activity, BudgetLine, Sheet
from gyomu_docs.typeset import paginate as module
from gyomu_docs.typeset.pages import OutlineEntry, PagedDocument
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.typeset.texts import TextSetter
from gyomu_docs.units import pt
from tests.support.documents import (
    beside,
    cell,
    document,
    grid,
    heading,
    paragraph,
    row,
    section,
    spacer,
)
from tests.support.metrics import FixedFont
from tests.support.paging import (
    FONTS,
    FixedFonts,
    content,
    extent,
    findings,
    furniture,
    pages,
    paginate,
)
from tests.support.sheets import sheet, sheets

FORM = Path(__file__).parents[2] / "layouts" / "sheet-a4-landscape.yaml"


@cache
def resolver() -> Resolver:
    return Resolver(load_form(FORM.read_text("utf-8"), str(FORM)))


def official(made: Sheet) -> Document:
    return resolver().resolve(made)[0]


def tops(*blocks: Block, **page: Any) -> list[tuple[int, str, float]]:
    """Of each run: its page from 0, its text, and its distance from the top of the body."""
    return [
        (number, run.text, extent(run).top / 1000 - 20)
        for number, page in enumerate(paginate(document(*blocks, **page)).pages)
        for marked in page.content
        for run in marked.runs
    ]


# Blocks below each other.


def test_blocks_stand_below_each_other() -> None:
    blocks = (heading("題"), spacer(5), grid("一", "二"), paragraph("注"))
    assert tops(*blocks) == [(0, "題", 0), (0, "一", 15), (0, "二", 25), (0, "注", 35)]


def test_a_document_without_blocks_is_a_page() -> None:
    paged = paginate(document())
    assert [furniture(page)["footer"] for page in paged.pages] == [["1 / 1"]]


def test_a_spacer_is_dropped_at_the_head_of_a_page() -> None:
    assert tops(spacer(30), paragraph("一")) == [(0, "一", 0)]
    blocks = (grid(row("一", height=100)), spacer(30), paragraph("二"))
    assert tops(*blocks)[-1] == (1, "二", 0)


def test_a_spacer_ends_with_the_page() -> None:
    blocks = (grid(row("一", height=90)), spacer(30), paragraph("二"), spacer(5), paragraph("三"))
    assert tops(*blocks)[1:] == [(1, "二", 0), (1, "三", 15)]


def test_spacers_alone_make_no_pages() -> None:
    assert len(paginate(document(*[spacer(60)] * 9)).pages) == 1


def test_an_empty_grid_leaves_no_trace() -> None:
    paged = paginate(document(grid(columns=(50,), bookmark="表"), paragraph("注")))
    assert [element.kind for element in paged.elements] == ["Document", "Sect", "P"]
    assert (paged.outline, paged.pages[0].rules) == ((), ())


def test_a_paragraph_moves_rather_than_split() -> None:
    blocks = (grid(row("一", height=85)), paragraph("あ" * 60))
    assert [one[::2] for one in tops(*blocks)[1:]] == [(1, 0), (1, 10)]


def test_a_paragraph_taller_than_a_page_splits() -> None:
    places = tops(grid(row("一", height=85)), paragraph("あ" * 480), paragraph("終"))
    assert [place[::2] for place in places[1:]] == [
        *((1, 10 * line) for line in range(10)),
        *((2, 10 * line) for line in range(2)),
        (2, 20),
    ]


def test_the_padding_of_a_paragraph() -> None:
    assert tops(paragraph("一", padding=(3, 0, 4, 0)), paragraph("二")) == [
        (0, "一", 3),
        (0, "二", 17),
    ]
    # Eight lines and twice the padding fill the page; two go on.
    long = tops(paragraph("あ" * 400, padding=(10, 0, 5, 0)), paragraph("二"))
    assert [place[::2] for place in long] == [
        *((0, 10 + 10 * line) for line in range(8)),
        *((1, 10 + 10 * line) for line in range(2)),
        (1, 35),
    ]


def test_a_split_paragraph_is_one_element() -> None:
    paged = paginate(document(paragraph("あ" * 480)))
    assert [element.kind for element in paged.elements].count("P") == 1
    assert {marked.element for page in paged.pages for marked in page.content} == {2}


def test_blank_lines_and_spaces_in_a_paragraph() -> None:
    assert tops(paragraph("一\n\n二"), paragraph("　"), paragraph("三")) == [
        *((0, "一", 0), (0, "二", 20), (0, "　", 30), (0, "三", 40)),
    ]


def test_an_empty_paragraph_is_a_blank_line_without_an_element() -> None:
    paged = paginate(document(paragraph(""), paragraph("一")))
    assert [element.kind for element in paged.elements] == ["Document", "Sect", "P"]


def test_a_grid_to_be_kept_together_moves_as_a_whole() -> None:
    rows = [row(f"{number}", height=20) for number in range(4)]
    first = grid(row("一", height=40))
    assert pages(document(first, grid(*rows))) == [["一", "0", "1", "2"], ["3"]]
    assert pages(document(first, grid(*rows, keep_together=True))) == [["一"], ["0", "1", "2", "3"]]


def test_a_grid_too_tall_to_be_kept_together_starts_where_it_stands() -> None:
    rows = [row(f"{number}", height=20) for number in range(6)]
    made = document(grid(row("一", height=60)), grid(*rows, keep_together=True))
    assert pages(made) == [["一", "0", "1"], ["2", "3", "4", "5"]]


def test_a_header_alone_stands_once() -> None:
    made = document(grid(row("一", height=95)), grid("頭", header=1, bookmark="表"))
    assert pages(made) == [["一"], ["頭"]]
    assert paginate(made).outline == (OutlineEntry(2, "表", 1, pt(20)),)


# Headings.


def test_a_heading_does_not_stand_alone_at_the_foot() -> None:
    blocks = (grid(row("一", height=75)), heading("題"), spacer(5), grid("頭", "二", header=1))
    assert pages(document(*blocks)) == [["一"], ["題", "頭", "二"]]
    blocks = (grid(row("一", height=65)), *blocks[1:])
    assert pages(document(*blocks)) == [["一", "題", "頭", "二"]]


def test_a_heading_asks_for_the_start_of_what_follows_alone() -> None:
    blocks = (grid(row("一", height=50)), heading("題"), grid("二"), grid(row("三", height=60)))
    assert pages(document(*blocks)) == [["一", "題", "二"], ["三"]]


def test_headings_stay_together() -> None:
    blocks = (grid(row("一", height=75)), heading("題"), heading("副題", level=2), paragraph("文"))
    assert pages(document(*blocks)) == [["一"], ["題", "副題", "文"]]


def test_a_heading_before_a_tall_block_stays_where_it_starts() -> None:
    tall = grid(row(cell("あ" * 55)))
    blocks = (grid(row("一", height=60)), heading("題"), tall)
    assert [len(page) for page in pages(document(*blocks))] == [5, 8]
    blocks = (grid(row("一", height=61)), heading("題"), tall)
    assert [len(page) for page in pages(document(*blocks))] == [1, 10, 2]


def test_a_heading_before_a_paragraph_taller_than_a_page_stays_with_its_first_lines() -> None:
    blocks = (heading("題"), paragraph("あ" * 440))
    start = (grid(row("一", height=60)), *blocks)
    assert [len(page) for page in pages(document(*start))] == [5, 8]
    start = (grid(row("一", height=61)), *blocks)
    assert [len(page) for page in pages(document(*start))] == [1, 10, 2]


def test_a_heading_at_the_end_stands_where_it_is() -> None:
    assert pages(document(grid(row("一", height=85)), heading("題"))) == [["一", "題"]]


def test_a_heading_before_blocks_beside_each_other_goes_with_them() -> None:
    pair = beside((50, (grid("左"),)), (50, (grid(row("右", height=30)),)))
    blocks = (grid(row("一", height=70)), heading("題"), pair)
    assert pages(document(*blocks)) == [["一"], ["題", "左", "右"]]


def test_headings_are_elements_of_their_level_and_bookmarks() -> None:
    blocks = (grid(row("一", height=95)), heading("題", level=3, bookmark="しおり"))
    paged = paginate(document(*blocks))
    assert [element.kind for element in paged.elements if element.kind[0] == "H"] == ["H3"]
    assert paged.outline == (OutlineEntry(2, "しおり", 1, pt(20)),)


# Beside each other.


def test_columns_start_at_the_same_height_and_what_follows_below_the_longest() -> None:
    pair = beside((60, (grid("左"),)), (60, (grid("右", "下"),)), gap=10)
    assert tops(paragraph("上"), pair, paragraph("後")) == [
        *((0, "上", 0), (0, "左", 10), (0, "右", 10), (0, "下", 20), (0, "後", 30)),
    ]
    (page,) = paginate(document(pair)).pages
    lefts = {run.text: run.x for marked in page.content for run in marked.runs}
    assert (lefts["左"], lefts["右"]) == (pt(20), pt(20 + 60 + 10))


def test_a_pair_that_fits_on_a_page_moves_as_a_whole() -> None:
    pair = beside((50, (grid("左"),)), (50, (grid(row("右", height=60)),)))
    assert pages(document(grid(row("上", height=50)), pair)) == [["上"], ["左", "右"]]


def test_a_column_taller_than_a_page_breaks_for_itself() -> None:
    lines = grid("頭", *(row(f"{number}", height=15) for number in range(12)), header=1)
    pair = beside((50, (grid("左"), paragraph("注"))), (50, (lines,)), gap=10)
    assert pages(document(pair, paragraph("後"))) == [
        ["左 頭", "注", "0", "1", "2", "3", "4", "5"],
        ["*頭（続き）", "6", "7", "8", "9", "10", "11"],
        ["後"],
    ]


def test_columns_taller_than_a_page_start_on_the_same_page() -> None:
    tall = grid("頭", *(row(f"{number}", height=30) for number in range(4)), header=1)
    pair = beside((50, (grid("左"),)), (50, (tall,)), gap=10)
    assert pages(document(grid(row("上", height=65)), pair))[:2] == [
        ["上"],
        ["左 頭", "0", "1", "2"],
    ]
    assert pages(document(grid(row("上", height=60)), pair))[0] == ["上", "左 頭", "0"]


def test_both_columns_may_break() -> None:
    def column(name: str, count: int) -> Grid:
        return grid(*(row(f"{name}{number}", height=40) for number in range(count)))

    pair = beside((50, (column("左", 5),)), (50, (column("右", 3),)))
    assert pages(document(pair, paragraph("後"))) == [
        ["左0 右0", "左1 右1"],
        ["左2 右2", "左3"],
        ["左4", "後"],
    ]


def test_the_content_of_a_column_comes_whole_before_the_next() -> None:
    pair = beside((50, (grid("一", "二"),)), (50, (grid("三", "四"),)))
    (page,) = paginate(document(pair)).pages
    assert content(page) == ["一", "二", "三", "四"]


def test_columns_may_nest_and_be_empty() -> None:
    inner = beside((50, (paragraph("一"),)), (50, (paragraph("二"),)))
    assert pages(document(beside((100, (inner,)), (50, ())), beside((10, ())))) == [["一 二"]]


# Outline, sections, heads and feet.


def test_bookmarks_lead_to_their_pages() -> None:
    rows = [row(f"{i}", height=40, bookmark=f"行{i}") for i in range(3)]
    made = grid(*rows, bookmark="表")
    first = section(paragraph("一"), made, bookmark="甲")
    second = section(made, bookmark="乙")
    assert paginate(document(first, second)).outline == (
        OutlineEntry(1, "甲", 0, pt(20)),
        OutlineEntry(2, "表", 0, pt(30)),
        OutlineEntry(3, "行0", 0, pt(30)),
        OutlineEntry(3, "行1", 0, pt(70)),
        OutlineEntry(3, "行2", 1, pt(20)),
        OutlineEntry(1, "乙", 2, pt(20)),
        OutlineEntry(2, "表", 2, pt(20)),
        OutlineEntry(3, "行0", 2, pt(20)),
        OutlineEntry(3, "行1", 2, pt(60)),
        OutlineEntry(3, "行2", 3, pt(20)),
    )


def test_a_split_row_has_one_bookmark_and_a_repeated_header_too() -> None:
    made = grid(
        row("頭", bookmark="頭"), row(cell("あ" * 100), bookmark="行"), header=1, bookmark="表"
    )
    titles = [entry.title for entry in paginate(document(made)).outline]
    assert titles == ["表", "頭", "行"]


def test_sections_start_on_new_pages_with_their_own_head() -> None:
    made = document(
        section(paragraph("一"), title="No.1", left="甲"),
        section(grid(row("二", height=60), row("三", height=60)), title="No.2", left="乙"),
    )
    paged = paginate(made)
    assert [furniture(page) for page in paged.pages] == [
        {"header": ["甲"], "footer": ["1 / 3"]},
        {"header": ["乙"], "footer": ["2 / 3"]},
        {"header": ["乙"], "footer": ["3 / 3"]},
    ]
    assert [page.label for page in paged.pages] == ["1", "2", "3"]
    assert [element.kind for element in paged.elements].count("Sect") == 2


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


def test_what_a_document_says_of_itself_goes_along() -> None:
    paged = paginate(official(sheet()))
    assert (paged.title, paged.author, paged.language) == (
        "業務棚卸表 令和3年度 シートNo.41 公園の管理",
        "都市建設部 緑のまち推進課",
        "ja-JP",
    )


# Messages.


@pytest.mark.parametrize(
    ("made", "place"),
    [
        (document(grid(row("葛", label="0101"), name="表")), "表「表」 行「0101」 列「列1」"),
        (document(heading("葛")), "行「見出し」"),
        (document(paragraph("葛")), "行「本文」"),
        (document(beside((50, (paragraph("葛"),)))), "行「本文」"),
        (document(left="葛"), "行「ヘッダー」"),
    ],
)
def test_a_missing_character_is_an_error_with_its_place(made: Document, place: str) -> None:
    with pytest.raises(MissingGlyphError) as caught:
        Typesetter(FixedFonts(missing="葛")).paginate(made)
    assert str(caught.value.place) == f"シート「No.1 試験」 {place}"


def test_an_unknown_font_is_an_error_with_its_place() -> None:
    class NoFonts(FixedFonts):
        def find(self, family: str, bold: bool) -> FixedFont:
            raise FontError("フォントがありません。")

    with pytest.raises(FontError) as caught:
        Typesetter(NoFonts()).paginate(document(left="一"))
    assert str(caught.value.place) == "シート「No.1 試験」 行「ヘッダー」"


def test_a_vertical_label_that_shrinks_is_reported_once_however_often_it_repeats() -> None:
    label = cell("人工の数", vertical=True, shrink=True, rows=9, role="row")
    made = grid(
        row(label, cell("頭", column=1), height=20),
        *(row(cell(f"{i}", column=1), height=30) for i in range(8)),
        header=1,
    )
    # The label has its full size on the first page; only what is set there counts.
    assert findings(document(made)) == []
    made = grid(row(cell("人工の数", vertical=True, shrink=True)), *["一"] * 30, header=1)
    (found,) = findings(document(made))
    assert found.kind == "shrunk"


def test_a_heading_measured_ahead_is_reported_once() -> None:
    made = grid(row(cell("あいうえおか", shrink=True)))
    assert len(findings(document(heading("題"), beside((50, (made,)))))) == 1


# Long documents.


def test_a_cell_of_5000_characters_goes_on_over_pages() -> None:
    paged = paginate(document(grid(row(cell("あ" * 5000)), columns=(50,))))
    assert len(paged.pages) == 100
    assert sum(len(text) for page in paged.pages for text in content(page)) == 5000


def test_the_work_grows_with_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {count: _set_calls(count, monkeypatch) for count in (300, 3000)}
    assert counts[3000] < 11 * counts[300]


def _set_calls(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    calls = 0
    original = TextSetter.set

    def counted(self: TextSetter, *rest: Any) -> Any:
        nonlocal calls
        calls += 1
        return original(self, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(TextSetter, "set", counted)
        made = grid("款 項", *(row(f"{number}", "値") for number in range(count)), header=1)
        paged = Typesetter(FONTS).paginate(document(made))[0]
    assert sum(len(content(page)) for page in paged.pages) == 2 * count + 2
    return calls


# The official form.


def body(paged: PagedDocument) -> list[str]:
    return [text for page in paged.pages for text in content(page)]


def test_eighty_budget_lines_break_over_pages_beside_the_staff_box() -> None:
    budget = tuple(BudgetLine(name=f"事業その{i}", amount="1") for i in range(1, 81))
    paged = paginate(official(sheet(budget=budget)))
    texts = body(paged)
    assert [text for text in texts if text.startswith("事業その")] == [
        f"事業その{i}" for i in range(1, 81)
    ]
    first = content(paged.pages[0])
    assert "人工" in first
    assert "事業その1" in first
    assert "80 千円" in texts


def test_headers_repeat_on_every_page_of_the_activities() -> None:
    activities = [Activity(code=f"01{i:02d}", means=f"手段{i}") for i in range(1, 90)]
    paged = paginate(official(sheet(activities=tuple(activities))))
    middle = paged.pages[1:-1]
    assert len(middle) >= 2
    for page in middle:
        repeated = [run.text for one in page.artifacts if one.kind == "repeat" for run in one.runs]
        assert repeated[:3] == ["業務コード", "(2桁・4桁・6桁)", "行政活動（手段）"]
        assert repeated[-5:] == ["H28", "H29", "H30", "R元", "R2"]


def test_two_digit_rows_stay_with_their_first_child() -> None:
    for count in range(1, 60):
        activities = [Activity(code="01", means="先頭")]
        activities += [Activity(code=f"01{i:02d}", means="子") for i in range(1, count)]
        activities += [Activity(code="02", means="親"), Activity(code="0201", means="末子")]
        paged = paginate(official(sheet(activities=tuple(activities))))
        homes = [{"親", "末子"} & set(content(page)) for page in paged.pages]
        assert {"親", "末子"} in homes


@settings(max_examples=60, deadline=None)
@given(sheets())
def test_any_sheet_is_set_whole_and_stays_on_its_pages(made: Sheet) -> None:
    laid = official(made)
    paged = paginate(laid)
    for page in paged.pages:
        runs = [run for marked in page.content for run in marked.runs]
        runs += [run for artifact in page.artifacts for run in artifact.runs]
        for run in runs:
            left, top, right, bottom = extent(run)
            assert left >= 0
            assert right <= page.width
            assert top >= 0
            assert bottom <= page.height
    said = sorted(char for text in _texts(laid.sections[0].blocks) for char in text if char != "\n")
    assert sorted(char for text in body(paged) for char in text) == said


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            texts += [text for line in block.rows for one in line.cells for text in one.texts]
        elif hasattr(block, "columns"):
            for column in block.columns:
                texts += _texts(column.blocks)
        elif hasattr(block, "text"):
            texts.append(block.text)
    return texts


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(10, 130), max_size=12), st.data())
def test_blocks_in_any_order_end(heights: list[int], data: st.DataObject) -> None:
    kinds = st.sampled_from(["grid", "heading", "spacer", "beside", "paragraph"])
    blocks: list[Block] = []
    for height in heights:
        made = grid(row("一", height=height), header=data.draw(st.integers(0, 1)))
        blocks.append(
            {
                "grid": made,
                "heading": heading("題" * height),
                "spacer": spacer(height),
                "beside": beside((50, (made,)), (50, (heading("副"), made))),
                "paragraph": paragraph("文" * 4 * height),
            }[data.draw(kinds)]
        )
    paged = paginate(document(*blocks))
    assert len(paged.pages) <= 4 * len(blocks) + 1
    assert "".join(body(paged)).count("一") == "".join(_texts(tuple(blocks))).count("一")


def test_the_module_keeps_no_state_between_documents() -> None:
    typesetter = Typesetter(FONTS)
    first = typesetter.paginate(official(sheet()))
    typesetter.paginate(official(sheet(title="別" * 300)))
    assert typesetter.paginate(official(sheet())) == first
    assert module.Typesetter is Typesetter
