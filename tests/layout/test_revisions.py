"""The views of a redline: rows, cells over rows, texts."""

from __future__ import annotations

from dataclasses import replace

from gyomu_docs.layout.revisions import accepted, accepted_grid, has_changes, rejected
from gyomu_docs.layout.tree import Span
from tests.support.documents import (
    beside,
    cell,
    grid,
    heading,
    paragraph,
    row,
    section,
    spacer,
    texts_of,
)

SPANS = (Span("一"), Span("二", "deleted"), Span("三", "inserted"))


def marked_up():
    """A grid with a row of each kind beside a label that spans them."""
    before = row(cell("縦", rows=2), cell("一二", column=1))
    return grid(
        row(
            cell("縦", rows=3),
            cell("一三", column=1)._replace(spans=SPANS),
            before=before,
        ),
        row(cell("新", column=1), revision="inserted"),
        row(cell("旧", column=1), revision="deleted"),
    )


def test_each_view_has_its_rows_texts_and_spans() -> None:
    made = section(beside((100, (marked_up(),))))
    new, old = (view.blocks[0].columns[0].blocks[0] for view in (accepted(made), rejected(made)))

    assert texts_of(new) == [["縦", "一三"], ["新"]]
    assert texts_of(old) == [["縦", "一二"], ["旧"]]
    assert [view.rows[0].cells[0].rowspan for view in (new, old)] == [2, 2]
    for view in (new, old):
        assert not has_changes(section(view))
        assert not any(one.spans for line in view.rows for one in line.cells)


def test_a_cell_over_rows_that_go_spans_one_row() -> None:
    made = marked_up()
    gone = replace(made, rows=(made.rows[0], made.rows[2], made.rows[2]))
    assert accepted_grid(gone).rows[0].cells[0].rowspan == 1


def test_texts_outside_of_grids() -> None:
    changed = replace(paragraph("一三"), spans=SPANS)
    new = replace(heading("新"), revision="inserted")
    gone = replace(paragraph("旧"), revision="deleted")
    made = section(changed, new, gone, spacer(3))

    assert accepted(made).blocks == (paragraph("一三"), heading("新"), spacer(3))
    assert rejected(made).blocks == (paragraph("一二"), paragraph("旧"), spacer(3))


def test_a_section_may_be_new_as_a_whole() -> None:
    made = replace(section(paragraph("新")), revision="inserted")
    assert has_changes(made)
    assert rejected(made) is None
    assert accepted(made) == section(paragraph("新"))


def test_what_has_no_changes_is_either_view() -> None:
    plain = section(grid("一 二"), paragraph("三"), spacer(1))
    assert not has_changes(plain)
    assert accepted(plain) == rejected(plain) == plain
