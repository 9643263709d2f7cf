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
    paginate,
)
from tests.support.sheets import sheet, sheets

FORM = Path(__file__).parents[2] / "layouts" / "sheet-a4-landscape.yaml"


@cache
def resolver() -> Resolver:
    return Resolver(load_form(FORM.read_text("utf-8"), str(FORM)))


def official(made: Sheet) -> Document:
    return resolver().resolve(made)[0]


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
        assert repeated[:3] == ["業務コード", "(2・4・6桁)", "行政活動（手段）"]
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
