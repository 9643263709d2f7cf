"""Rows of two grids as one: both views are their grids, and cells span what they must."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.layout.revisions import accepted_grid, rejected_grid
from gyomu_docs.layout.tree import PARAGRAPH_END, Cell, Grid, Row
from gyomu_docs.reports.partners import Partners
from gyomu_docs.reports.tracked_rows import TrackedRows
from tests.support.documents import any_grids, cell, document, grid, row
from tests.support.ooxml import lint
from tests.writers.docx.test_document import written


def merged(old: Grid, new: Grid, **heirs: str) -> Grid:
    """The grids as one; `heirs` are the records of the new one by those of the old one."""
    return replace(new, rows=TrackedRows(Partners(heirs)).merged(old.rows, new.rows))


def in_short(made: Grid) -> list[str]:
    """The rows, `+` a new one, `-` one that is gone; cells that span rows with how many."""
    signs = {"": " ", "inserted": "+", "deleted": "-"}
    return [signs[one.revision] + " ".join(map(_cell, one.cells)) for one in made.rows]


def _cell(one: Cell) -> str:
    marks = {"": "", "deleted": "-", "inserted": "+"}
    text = "".join(f"{marks[span.kind]}{span.text}" for span in one.spans) or "".join(one.texts)
    return text + (f"*{one.rowspan}" if one.rowspan > 1 else "")


def item(record: str, *texts: str) -> Row:
    """A row that shows a record, in one column or more."""
    cells = (cell(*[text] * bool(text), column=at, field=f"f{at}") for at, text in enumerate(texts))
    return row(*cells, record=record)


def spanned(label: str, *items: str) -> list[Row]:
    """Rows of records `r` beside a label that spans them."""
    first, *more = items
    head = cell(label, rows=len(items))
    rows = [row(head, cell(first, column=1, field="f"), record=first)]
    return rows + [row(cell(one, column=1, field="f"), record=one) for one in more]


def test_rows_that_are_new_and_gone_stand_in_their_places() -> None:
    old = grid("見出し 値", item("a", "一", "1"), item("b", "二", "2"), item("c", "三", "3"))
    new = grid("見出し 値", item("a", "一", "5"), item("b", "新", "6"), item("c", "三", "3"))
    assert in_short(merged(old, new, a="a", c="c")) == [
        " 見出し 値",
        " 一 -1+5",
        "-二 2",
        "+新 6",
        " 三 3",
    ]


def test_a_row_that_moved_is_gone_here_and_new_there() -> None:
    old = grid(item("a", "一"), item("b", "二"), item("c", "三"))
    new = grid(item("a", "二"), item("b", "三"), item("c", "一"))
    made = merged(old, new, a="c", b="a", c="b")
    assert in_short(made) == ["-一", " 二", " 三", "+一"]


def test_blank_rows_take_what_is_new_and_stay_for_what_is_gone() -> None:
    old = grid(item("a", "一"), item("b", ""), "合計")
    assert in_short(merged(old, grid(item("a", "一"), item("b", "二"), "合計"), a="a")) == [
        " 一",
        " +二",
        " 合計",
    ]
    assert in_short(merged(old, grid(item("a", ""), item("b", ""), "合計"))) == [
        " -一",
        " ",
        " 合計",
    ]


def test_a_label_spans_rows_that_are_new_and_gone() -> None:
    old = grid(*spanned("方向", "a", "b", "c"), "次 x")
    new = grid(*spanned("方向", "a", "d", "e"), "次 x")
    made = merged(old, new, a="a")
    assert in_short(made) == [" 方向*5 a", "-b", "-c", "+d", "+e", " 次 x"]
    assert accepted_grid(made).rows == new.rows
    assert rejected_grid(made).rows == old.rows


def test_the_first_rows_of_a_label_are_always_a_pair() -> None:
    old = grid(*spanned("方向", "a", "b"))
    new = grid(*spanned("方向", "b", "c"))
    assert in_short(merged(old, new, b="b")) == [" 方向*3 -a+b", "-b", "+c"]


def test_what_follows_a_label_never_comes_between_its_rows() -> None:
    old = grid(*spanned("方向", "a"), item("x", "次", "x"))
    new = grid(*spanned("方向", "a", "b"))
    assert in_short(merged(old, new, a="a")) == [" 方向*2 a", "+b", "-次 x"]


def test_groups_that_are_new_and_gone_are_so_as_a_whole() -> None:
    old = grid(*spanned("01", "a", "b"), *spanned("02", "c", "d"))
    new = grid(*spanned("01", "a", "b"), *spanned("03", "e", "f"))
    made = merged(old, new, a="a", b="b")
    assert in_short(made) == [" 01*2 a", " b", "-02*2 c", "-d", "+03*2 e", "+f"]


def test_rows_of_other_cells_are_no_pair() -> None:
    old = grid(row(cell("広い", cols=2), record="a"))
    new = grid(item("a", "広い", "狭い"))
    assert in_short(merged(old, new, a="a")) == ["-広い", "+広い 狭い"]


def test_a_text_that_holds_the_sign_between_paragraphs_is_not_lost() -> None:
    old, new = grid(item("a", f"一{PARAGRAPH_END}二")), grid(item("a", "一二"))
    made = merged(old, new, a="a")
    assert [one.revision for one in made.rows] == ["deleted", "inserted"]
    assert rejected_grid(made).rows == old.rows


@given(any_grids(), any_grids(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_both_views_of_any_two_grids_are_those_grids(old: Grid, new: Grid, random) -> None:
    olds, news = (
        replace(one, rows=tuple(r._replace(record=f"r{at}") for at, r in enumerate(one.rows)))
        for one in (old, new)
    )
    records = [f"r{random.randint(0, 14)}" for _ in range(14)]
    heirs = {f"r{at}": record for at, record in enumerate(records) if random.random() < 0.7}
    made = merged(olds, news, **heirs)

    assert accepted_grid(made).rows == news.rows
    assert rejected_grid(made).rows == olds.rows
    assert lint(written(document(replace(made, header_rows=0)))) == []
