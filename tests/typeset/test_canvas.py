"""Pages under construction: the order of items, structure, and the rules of a grid."""

from __future__ import annotations

import pytest

from gyomu_docs.layout.tree import Edges
from gyomu_docs.typeset.canvas import PageCanvas, RuleSet, Structure
from gyomu_docs.typeset.pages import Artifact, Element, Fill, Marked, OutlineEntry, TextRun
from tests.support.documents import grid

RUN = TextRun(1, 2, "市", "fixed", 10_000)


def rules(*cells: tuple[int, int, int, int]) -> list[tuple[int, int, int, int]]:
    """The inner rules of cells (left, top, right, bottom) that fill a box of 30 by 20."""
    ruled = RuleSet(grid("一"), Edges(0, 30, 20, 0))
    for one in cells:
        ruled.cell(*one)
    return [rule[:4] for rule in ruled.rules()[:-4]]


def test_a_single_cell_has_the_frame_alone() -> None:
    assert rules((0, 0, 30, 20)) == []


def test_cells_side_by_side_share_a_rule() -> None:
    assert rules((0, 0, 10, 20), (10, 0, 30, 20)) == [(10, 0, 10, 20)]


def test_rules_that_meet_are_one() -> None:
    cells = [(0, 0, 10, 10), (10, 0, 30, 10), (0, 10, 10, 20), (10, 10, 30, 20)]
    assert rules(*cells) == [(10, 0, 10, 20), (0, 10, 30, 10)]


@pytest.mark.parametrize("order", [1, -1])
def test_they_are_one_in_whatever_order_the_cells_come(order: int) -> None:
    #  A B C      A ends below the first row, B with C below the second of three.
    cells = [(0, 0, 10, 10), (10, 0, 20, 10), (20, 0, 30, 10), (0, 10, 30, 20)]
    assert (0, 10, 30, 10) in rules(*cells[::order])


def test_a_spanning_cell_interrupts_a_rule() -> None:
    cells = [(0, 0, 10, 20), (10, 0, 30, 10), (10, 10, 30, 20)]
    assert rules(*cells) == [(10, 0, 10, 20), (10, 10, 30, 10)]


def test_the_frame_closes_at_its_corners() -> None:
    made = grid("一", outer=2, inner=1)
    frame = RuleSet(made, Edges(0, 30, 20, 0)).rules()
    assert [rule[:4] for rule in frame] == [
        *((0, 0, 30, 0), (0, 20, 30, 20), (0, 0, 0, 20), (30, 0, 30, 20)),
    ]
    assert {rule.width for rule in frame} == {2}


def test_inner_rules_have_their_own_width() -> None:
    ruled = RuleSet(grid("一", outer=2, inner=1), Edges(0, 30, 20, 0))
    ruled.cell(0, 0, 10, 20)
    ruled.cell(10, 0, 30, 20)
    assert ruled.rules()[0].width == 1


def test_a_rule_of_no_width_is_none() -> None:
    # PDF draws a line of width 0 as thin as the device can, not at all is another thing.
    ruled = RuleSet(grid("一", outer=0, inner=1), Edges(0, 30, 20, 0))
    ruled.cell(0, 0, 10, 20)
    assert len(ruled.rules()) == 1


def test_a_page_keeps_the_order_of_its_items() -> None:
    canvas = PageCanvas(100, 50)
    canvas.mark(2, [RUN])
    canvas.mark(1, [RUN, RUN])
    canvas.artifact("footer", [RUN])
    canvas.fills.append(Fill(0, 0, 1, 1, 0))
    page = canvas.finish("iv")
    assert (page.width, page.height, page.label) == (100, 50, "iv")
    assert page.content == (Marked(2, (RUN,)), Marked(1, (RUN, RUN)))
    assert page.artifacts == (Artifact("footer", (RUN,)),)
    assert page.fills == (Fill(0, 0, 1, 1, 0),)


def test_nothing_is_added_without_runs() -> None:
    canvas = PageCanvas(100, 50)
    canvas.mark(1, [])
    canvas.artifact("header", [])
    page = canvas.finish("1")
    assert (page.content, page.artifacts) == ((), ())


def test_the_structure_starts_with_the_document() -> None:
    structure = Structure()
    assert structure.add(Element("Sect", 0)) == 1
    assert structure.elements == [Element("Document", -1), Element("Sect", 0)]


def test_bookmarks_need_a_title() -> None:
    structure = Structure()
    structure.bookmark(1, "", 0, 10)
    structure.bookmark(2, "予算", 3, 20)
    assert structure.outline == [OutlineEntry(2, "予算", 3, 20)]
