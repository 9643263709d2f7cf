"""Vertical labels: one column, smaller, several columns, and the height that they need."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.typeset.texts import Fit
from gyomu_docs.typeset.vertical import SetVertical, least_height, set_vertical
from gyomu_docs.typeset.vertical_runs import ColumnRun
from gyomu_docs.units import pt
from tests.support.documents import style
from tests.support.metrics import FIXED


def vertical(**changes: Any) -> Any:
    return style(vertical=True, **changes)


def put(text: str, width: float, height: float, **changes: Any) -> SetVertical:
    return set_vertical(text, vertical(**changes), FIXED, pt(width), pt(height))


def columns(done: SetVertical) -> tuple[str, ...]:
    return tuple(column.text for column in done.columns)


def need(text: str, width: float, **changes: Any) -> float | None:
    height = least_height(text, vertical(**changes), FIXED, pt(width))
    return None if height is None else height / 1000


def test_a_label_is_one_column() -> None:
    done = put("人工", 20, 50)
    assert (columns(done), done.size, done.fit) == (("人工",), pt(10), Fit.FITS)


@pytest.mark.parametrize("label", ["第5次", "ｱｲｳ", "第一ー", "人\ufe00工数"])
def test_every_character_takes_one_em_whatever_its_width(label: str) -> None:
    assert need(label, 10) == 30


def test_a_label_that_may_not_shrink_needs_one_column() -> None:
    assert need("第五次総合計画", 100) == 70
    assert need("第五次総合計画", 100, padding=(3, 1, 2, 1)) == 75


@pytest.mark.parametrize(
    ("height", "size", "texts"),
    [
        (70, 10, ("第五次総合計画",)),
        (69, 9.8, ("第五次総合計画",)),
        (50, 7.1, ("第五次総合計画",)),
        (35, 5, ("第五次総合計画",)),
        (34, 5, ("第五次総合計", "画")),
        (20, 5, ("第五次総", "合計画")),
        (15, 5, ("第五次", "総合計", "画")),
    ],
)
def test_a_label_that_may_shrink_gets_smaller_then_has_more_columns(
    height: float, size: float, texts: tuple[str, ...]
) -> None:
    done = put("第五次総合計画", 20, height, shrink=True, floor=5)
    assert (done.size, columns(done)) == (pt(size), texts)
    assert done.fit is (Fit.SHRUNK if size < 10 else Fit.FITS)


def test_columns_that_do_not_fit_are_told() -> None:
    assert put("第五次総合計画", 9, 20, shrink=True, floor=5).fit is Fit.OVERFULL
    assert put("第五次総合計画", 20, 60).fit is Fit.FITS
    assert put("第五次総合計画", 10, 60).fit is Fit.OVERFULL
    assert put("第五次", 10, 9).fit is Fit.OVERFULL


def test_the_pitch_of_columns_is_the_leading_at_their_size() -> None:
    assert put("第五次総合計画", 20, 20, shrink=True, floor=5, leading=14).pitch == pt(7)


@pytest.mark.parametrize(
    ("width", "height"),
    [(5, 35), (9, 35), (10, 20), (15, 15), (100, 5)],
)
def test_the_least_height_fills_the_columns_that_fit(width: float, height: float) -> None:
    assert need("第五次総合計画", width, shrink=True, floor=5) == height


def test_line_breaks_make_columns() -> None:
    assert columns(put("総合\n計画", 20, 50)) == ("総合", "計画")
    assert need("総合\n計画等", 20) == 30
    assert need("総合\n計画等", 19) is None
    assert need("総合\n計画等", 19, shrink=True, floor=8) == 24


def test_forced_columns_shrink_until_they_fit_side_by_side() -> None:
    done = put("一\n二\n三", 24, 100, shrink=True, floor=5)
    assert (done.size, columns(done), done.fit) == (pt(8), ("一", "二", "三"), Fit.SHRUNK)


def test_marks_do_not_start_a_column() -> None:
    assert columns(put("総合計。画", 20, 30)) == ("総合", "計。画")
    assert need("総合計。画", 10, shrink=True, floor=5) == 15


def the_run(done: SetVertical) -> ColumnRun:
    """The only run of the only column."""
    (column,) = done.columns
    (run,) = column.runs
    return run


@pytest.mark.parametrize(("height", "spacing"), [(20, 0), (24, 4), (30, 10), (100, 10)])
def test_a_spread_label_fills_the_height(height: float, spacing: float) -> None:
    done = put("人工", 20, height, align="spread")
    assert the_run(done).spacing == pt(spacing)
    assert done.columns[0].height == pt(20 + spacing)
    assert done.spread == (spacing > 0)


def test_a_single_character_is_not_spread() -> None:
    done = put("人", 20, 100, align="spread")
    assert (the_run(done).spacing, done.spread) == (0, False)


def test_a_mark_stays_with_its_character() -> None:
    done = put("か\u3099人", 20, 100, align="spread")
    assert the_run(done).kerns == ((1, pt(10)),)
    assert done.columns[0].height == pt(40)


def test_columns_keep_to_the_level_of_their_style() -> None:
    assert columns(put("総合々画", 20, 20)) == ("総", "合々", "画")
    assert columns(put("総合々画", 20, 20, kinsoku="normal")) == ("総合", "々画")


def test_marks_keep_their_room_where_the_style_does_not_compress() -> None:
    assert need("工（案）", 20) == 30
    assert need("工（案）", 20, compress=False) == 40
    ((run,),) = (column.runs for column in put("工（案）", 20, 30).columns)
    assert run.kerns == ((0, pt(-5)), (3, pt(-5)))


ALPHABET = "総合計画、。（）ーA1H8元(-) \n"


@given(
    st.text(ALPHABET, min_size=1, max_size=40).filter(str.strip),
    st.integers(5, 60),
    st.booleans(),
    st.integers(0, 4),
    st.sampled_from(["upright", "rotated"]),
)
def test_the_least_height_is_enough(
    text: str, width: int, shrink: bool, combine: int, orientation: str
) -> None:
    look = {"shrink": shrink, "floor": 5, "combine": combine, "orientation": orientation}
    height = need(text, width, **look)
    if height is None:
        assert "\n" in text or width < 10
        return
    done = put(text, width, height, **look)
    assert done.fit < Fit.OVERFULL
    assert "".join(columns(done)) == text.replace("\n", "")
    across = (len(done.columns) - 1) * done.pitch + done.size
    assert across <= pt(width)
    assert all(column.height <= pt(height) for column in done.columns)


@given(st.text("総合計画年度", min_size=1, max_size=60), st.integers(5, 60))
def test_less_than_the_least_height_is_not_enough(text: str, width: int) -> None:
    height = need(text, width, shrink=True, floor=5)
    assert height is not None
    if height > 5:
        assert put(text, width, height - 5, shrink=True, floor=5).fit is Fit.OVERFULL
