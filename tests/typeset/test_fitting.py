"""Sections on so many pages at the most: the loosest setting that fits, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.layout.tree import Block, Fit, Grid, Section
from gyomu_docs.typeset.canvas import Structure
from gyomu_docs.typeset.fitting import fit_section
from gyomu_docs.typeset.flow import Flow, TrialFlow
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.typeset.squeeze import squeeze
from gyomu_docs.typeset.texts import TextSetter
from tests.support.documents import (
    any_grids,
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
from tests.support.paging import FONTS, content, findings, paginate

ROWS = grid(*(row(f"{number}", height=20) for number in range(10)))
"""200 points high, or 100 where only the texts count: two pages, or one."""


def fitted(*blocks: Block, fit: Fit, **page: Any) -> tuple[int, list[str]]:
    """The pages that a section takes, and what is said of it."""
    made = document(section(*blocks, fit=fit, **page))
    return len(paginate(made).pages), [str(one) for one in findings(made)]


def test_a_section_that_fits_is_left_alone() -> None:
    loose, fit = document(section(ROWS)), document(section(ROWS, fit=Fit(2, 500, 500)))
    assert paginate(fit) == paginate(loose)
    assert findings(fit) == []


def test_heights_give_first_and_no_further_than_they_must() -> None:
    pages, found = fitted(ROWS, fit=Fit(1, 300, 300))
    assert pages == 1
    assert found == ["シート「No.1 試験」: 2ページを1ページに収めました（行の高さ 50%）。"]


def test_sizes_give_where_heights_do_not_suffice() -> None:
    # Two pages of lines; at 5 pt they are half as high, and no line breaks.
    lines = grid(*(row(f"{number}") for number in range(20)))
    pages, found = fitted(lines, fit=Fit(1, 900, 400))
    assert pages == 1
    assert found == ["シート「No.1 試験」: 2ページを1ページに収めました（文字 50%）。"]


def test_both_give_where_neither_suffices() -> None:
    # Rows of 14 points are to be 9.8 high: 8.6 of type, and 1.2 of what was 2 of padding.
    lines = grid(*(row(cell("一", padding=(1, 0, 1, 0), leading=12)) for _ in range(10)))
    pages, found = fitted(lines, fit=Fit(1, 600, 500), height=98)
    assert pages == 1
    assert found == [
        "シート「No.1 試験」: 2ページを1ページに収めました（行の高さ 60%、文字 86%）。"
    ]


def test_a_section_that_does_not_fit_takes_as_few_pages_as_it_can() -> None:
    tall = grid(*(row(f"{number}", height=20) for number in range(25)))
    pages, found = fitted(tall, fit=Fit(1, 500, 1000))
    assert pages == 3
    assert found == [
        "シート「No.1 試験」: 1ページに収まりません（5ページを3ページにしました。行の高さ 55%）。\n"
        "  ヒント: 文を短くするか、様式で、収めるページ数か縮める限度を変えてください。"
    ]


def test_a_section_that_nothing_helps_stays_as_it_is() -> None:
    made = section(*(paragraph("文" * 40 * 10) for _ in range(2)), fit=Fit(1, 500, 1000))
    pages, (said,) = fitted(*made.blocks, fit=Fit(1, 500, 1000))
    assert pages == 2
    assert said.startswith("シート「No.1 試験」: 1ページに収まりません（2ページのまま）。")
    (level, kind), *_ = [(one.level, one.kind) for one in findings(document(made))]
    assert (level, kind) == ("W", "not-fitted")
    loose = document(section(*made.blocks))
    assert paginate(document(made)) == paginate(loose)


def test_no_style_goes_below_its_floor() -> None:
    lines = grid(*(row(cell(f"{number}", floor=8)) for number in range(20)))
    paged = paginate(document(section(lines, fit=Fit(1, 500, 500))))
    sizes = {run.size for page in paged.pages for one in page.content for run in one.runs}
    assert len(paged.pages) == 2
    assert sizes == {10_000}


def test_only_the_section_that_asks_is_squeezed() -> None:
    made = document(section(ROWS), section(ROWS, title="No.2", fit=Fit(1, 300, 300)), section(ROWS))
    paged = paginate(made)
    assert [len(content(page)) for page in paged.pages] == [5, 5, 10, 5, 5]
    assert [one.kind for one in paged.elements].count("Sect") == 3
    assert [str(one.place) for one in findings(made)] == ["シート「No.2」"]


def test_what_a_trial_shrinks_is_not_reported() -> None:
    wide = grid(*(row(cell("あ" * 5, shrink=True), height=20) for _ in range(10)))
    made = document(section(wide, fit=Fit(1, 400, 500)))
    assert [one.kind for one in findings(made)] == ["fitted"]


def test_bookmarks_of_a_fitted_section_stand_once() -> None:
    made = grid(*(row("一", height=20, bookmark=f"行{n}") for n in range(10)), bookmark="表")
    outline = paginate(document(section(made, bookmark="章", fit=Fit(1, 300, 300)))).outline
    assert [entry.title for entry in outline] == ["章", "表", *(f"行{n}" for n in range(10))]


def test_the_fitted_document_gives_the_same_pages() -> None:
    made = document(section(ROWS, fit=Fit(1, 300, 300)), section(ROWS, fit=Fit(2, 300, 300)))
    squeezed, found = Typesetter(FONTS).fit(made)
    assert paginate(squeezed) == paginate(made)
    assert found == findings(made)
    assert findings(squeezed) == []


# The search.


def search(pages: Any, fit: Fit) -> tuple[list[tuple[int, int]], str]:
    """The settings tried for a section that takes `pages(height, size)` pages, and the result."""
    tried: list[tuple[int, int]] = []
    made = section(grid(row(cell("一", size=100, floor=1, leading=1000), height=1000)))

    def count(one: Section) -> int:
        (block,) = one.blocks
        assert isinstance(block, Grid)
        setting = (block.rows[0].height // 1000, block.rows[0].cells[0].style.size // 100)
        tried.append(setting)
        return int(pages(*setting))

    _, said = fit_section(made, fit, int(pages(1000, 1000)), count)
    return tried, said.message


@pytest.mark.parametrize("edge", range(700, 1000, 70))
def test_heights_are_found_by_halving_without_setting_a_text_anew(edge: int) -> None:
    tried, said = search(lambda height, size: 1 + (height > edge), Fit(1, 700, 800))
    assert f"行の高さ {edge / 10:g}%" in said
    assert {size for _, size in tried} == {1000}
    assert len(tried) <= 8


@pytest.mark.parametrize("edge", range(800, 1000, 50))
def test_sizes_are_found_by_halving_and_then_heights_as_loose_as_they_may(edge: int) -> None:
    tried, said = search(lambda height, size: 1 + (size > edge or height > 850), Fit(1, 700, 800))
    assert said == f"2ページを1ページに収めました（行の高さ 85%、文字 {edge / 10:g}%）。"
    assert len({size for _, size in tried}) <= 7
    assert len(tried) == len(set(tried)) <= 14


def test_limits_that_are_no_whole_percents_are_kept() -> None:
    tried, said = search(lambda height, size: 1 + (height > 705), Fit(1, 705, 1000))
    assert "70.5%" in said
    assert min(height for height, _ in tried) == 705


# Trials.


@settings(max_examples=60, deadline=None)
@given(any_grids(), st.sampled_from([100, 230]), st.integers(0, 90))
def test_a_trial_takes_the_pages_that_the_flow_takes(made: Grid, height: int, above: int) -> None:
    blocks = (spacer(3), heading("題"), beside((50, (made,)), (50, (paragraph("文" * 30),))))
    whole = section(grid(row("上", height=above)), made, *blocks, made, height=height)
    setter = TextSetter(FONTS)
    assert len(TrialFlow(whole, setter).run().pages) == len(
        Flow(whole, setter, Structure(), 0).run().pages
    )


def test_a_text_is_broken_anew_only_where_its_size_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: list[int] = []
    original = TextSetter._set

    def counted(self: TextSetter, texts: Any, style: Any, width: int) -> Any:
        broken.append(style.size)
        return original(self, texts, style, width)

    monkeypatch.setattr(TextSetter, "_set", counted)
    rows = grid(*(row("あ" * 8, height=20 + number) for number in range(10)))
    made = section(rows, fit=Fit(1, 300, 1000), height=220)
    Typesetter(FONTS).paginate(document(made))
    assert broken == [10_000]


@settings(max_examples=60, deadline=None)
@given(any_grids(), st.integers(50, 100), st.integers(60, 100))
def test_a_setter_that_knows_a_text_sets_it_squeezed_as_a_new_one(
    made: Grid, height: int, size: int
) -> None:
    setter = TextSetter(FONTS)
    for one in (section(made), squeeze(section(made), 10 * height, 10 * size)):
        (block,) = one.blocks
        assert isinstance(block, Grid)
        for cells in (line.cells for line in block.rows):
            for each in cells:
                width = block.columns[each.column]
                fresh = TextSetter(FONTS).set(each.texts, each.style, width)
                assert setter.set(each.texts, each.style, width) == fresh


@settings(max_examples=40, deadline=None)
@given(any_grids(), st.integers(1, 3), st.integers(50, 100), st.integers(50, 100))
def test_nothing_is_lost_and_no_page_is_added_by_fitting(
    made: Grid, goal: int, height: int, size: int
) -> None:
    loose = paginate(document(section(made)))
    paged = paginate(document(section(made, fit=Fit(goal, 10 * height, 10 * size))))
    assert len(paged.pages) <= max(len(loose.pages), goal)
    if len(loose.pages) <= goal:
        assert paged == loose
    said = [
        sorted("".join(t for page in one.pages for t in content(page))) for one in (loose, paged)
    ]
    assert said[0] == said[1]
