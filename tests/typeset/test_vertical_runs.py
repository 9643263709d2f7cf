"""What stands upright, turned or together in one em of a vertical label, and where.

A column is written as its runs: `[H28]` is 縦中横, `<ICT>` is turned, the rest is upright.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.layout.tree import Style
from gyomu_docs.typeset.pages import TextRun
from gyomu_docs.typeset.placing import Box, place_vertical
from gyomu_docs.typeset.vertical import SetVertical, least_height, set_vertical
from gyomu_docs.typeset.vertical_runs import read_label
from gyomu_docs.units import pt
from tests.support.documents import style
from tests.support.metrics import FIXED, FixedFont

_SIGNS = {"upright": "{}", "combined": "[{}]", "turned": "<{}>"}


def look(**changes: Any) -> Style:
    return style(vertical=True, **changes)


def put(text: str, width: float = 20, height: float = 500, **changes: Any) -> SetVertical:
    return set_vertical(text, look(**changes), FIXED, pt(width), pt(height))


def drawn(done: SetVertical) -> str:
    """The columns, parted by `|`."""
    return "|".join(
        "".join(_SIGNS[run.kind].format(run.text) for run in column.runs) for column in done.columns
    )


def placed(text: str, width: float = 20, height: float = 500, **changes: Any) -> list[TextRun]:
    made = look(**changes)
    done = set_vertical(text, made, FIXED, pt(width), pt(height))
    return place_vertical(done, made, Box(0, 0, pt(width), pt(height)), FIXED)


def tops(text: str, **changes: Any) -> list[float]:
    (column,) = put(text, **changes).columns
    return [run.top / 1000 for run in column.runs]


def need(text: str, width: float = 10, **changes: Any) -> float:
    height = least_height(text, look(**changes), FIXED, pt(width))
    assert height is not None
    return height / 1000


# -- which characters


@pytest.mark.parametrize(
    ("label", "combine", "expected"),
    [
        pytest.param("H28年度", 3, "[H28]年度", id="3.2.5 an era year"),
        pytest.param("第10次", 2, "第[10]次", id="3.2.5 two digits"),
        pytest.param("10%以上", 3, "[10%]以上", id="3.2.5 signs belong to the run"),
        pytest.param("H28～R2", 3, "[H28]～[R2]", id="3.2.5 two runs"),
        pytest.param("2021年", 4, "[2021]年", id="3.2.5 four digits"),
        pytest.param("2021年", 3, "2021年", id="3.2.5 too long"),
        pytest.param("H28年度", 2, "H28年度", id="3.2.5 longer than the style says"),
        pytest.param("H28年度", 0, "H28年度", id="3.2.5 not wanted"),
        pytest.param("R元年度", 3, "[R元]年度", id="3.2.5 the first year of an era"),
        pytest.param("R元～R2", 2, "[R元]～[R2]", id="3.2.5 the first year, at two"),
        pytest.param("R元年度", 1, "R元年度", id="3.2.5 the first year is two"),
        pytest.param("X元素", 3, "X元素", id="3.2.5 no era"),
        pytest.param("令和3年度", 3, "令和3年度", id="2.3.2 one digit"),
        pytest.param("ＩＣＴ２０", 3, "ＩＣＴ２０", id="2.3.2 full-width"),
        pytest.param("ｱｲｳ", 3, "ｱｲｳ", id="2.3.2 half-width katakana"),
        pytest.param("計画(案)", 3, "計画<(>案<)>", id="2.3.2 brackets are turned"),
        pytest.param("総-画", 3, "総<->画", id="2.3.2 dashes are turned"),
        pytest.param("総－画", 3, "総<－>画", id="2.3.2 a full-width dash too"),
        pytest.param("H28-R2", 3, "H28<->R2", id="2.3.2 dashes in an upright run"),
        pytest.param("総..画", 3, "総..画", id="2.3.2 signs alone are not combined"),
        pytest.param("A\ufe0001", 3, "[A\ufe0001]", id="joiners do not count"),
        pytest.param("A\ufe00案", 3, "A\ufe00案", id="a joiner stays with its letter"),
    ],
)
def test_upright_and_combined(label: str, combine: int, expected: str) -> None:
    assert drawn(put(label, combine=combine)) == expected


@pytest.mark.parametrize(
    ("label", "combine", "expected"),
    [
        pytest.param("ICT活用", 2, "<ICT>活用", id="2.3.2 a run"),
        pytest.param("ICT活用", 3, "[ICT]活用", id="3.2.5 before 2.3.2"),
        pytest.param("令和3年度", 0, "令和3年度", id="2.3.2 one digit stays upright"),
        pytest.param("R元年度", 0, "R元年度", id="2.3.2 one letter stays upright"),
        pytest.param("PDCA cycle推進", 3, "<PDCA cycle>推進", id="2.3.2 words"),
        pytest.param("ISO-9001(新)", 3, "<ISO-9001(>新<)>", id="2.3.2 with its dash"),
        pytest.param("ＩＣＴ", 0, "ＩＣＴ", id="2.3.2 full-width"),
    ],
)
def test_rotated(label: str, combine: int, expected: str) -> None:
    assert drawn(put(label, combine=combine, orientation="rotated")) == expected


def test_a_run_that_would_get_too_narrow_is_not_combined() -> None:
    class Wide(FixedFont):
        def __init__(self) -> None:
            super().__init__()
            self.widths = dict.fromkeys("WMH", 700)

    tokens = [read_label(text, look(), Wide()).tokens[0] for text in ("WM", "WMH")]
    assert [token.kind for token in tokens] == ["combined", "upright"]


def test_a_missing_character_is_an_error_in_any_run() -> None:
    for label in ("葛", "H2", "R元", "ICT20"):
        for char in label:
            with pytest.raises(MissingGlyphError):
                read_label(label, look(), FixedFont(missing=char))


# -- where they stand


def test_a_combined_run_takes_one_em() -> None:
    assert tops("第H28次R2") == [0, 10, 20, 30]
    assert need("H28年度") == 30


@pytest.mark.parametrize(
    ("label", "narrow", "left"),
    [
        pytest.param("10", 1000, -5, id="3.2.5 one em wide"),
        pytest.param("H28", 666, -4.995, id="3.2.5 three letters"),
        pytest.param("R元", 666, -4.995, id="3.2.5 letter and kanji"),
        pytest.param("2021", 500, -5, id="3.2.5 four letters"),
    ],
)
def test_a_combined_run_is_narrowed_into_its_em(label: str, narrow: int, left: float) -> None:
    (run,) = placed(label, combine=4)
    assert (run.narrow, run.x, run.y) == (narrow, pt(10 + left), pt(8.8))
    assert (run.vertical, run.rotated, run.spread) == (False, False, True)


def test_a_turned_run_is_as_high_as_it_is_wide() -> None:
    assert tops("計ICT画", orientation="rotated", combine=0) == [0, 10, 25]
    assert need("ICT活用", orientation="rotated", combine=0) == 40  # in whole ems
    _, turned, _ = placed("計ICT画", orientation="rotated", combine=0)
    assert (turned.x, turned.y, turned.rotated, turned.vertical) == (pt(10), pt(10), True, False)


def test_half_width_brackets_take_half_an_em() -> None:
    assert tops("計(案)") == [0, 10, 15, 25]


def test_runs_are_in_reading_order_and_lose_nothing() -> None:
    runs = placed("H28年度(案)\nICT活用", combine=3, orientation="rotated")
    assert [run.text for run in runs] == ["H28", "年度", "(", "案", ")", "ICT", "活用"]
    assert [run.x for run in runs[1::5]] == [pt(15), pt(5)]


@pytest.mark.parametrize(
    ("label", "as_one"),
    [("総合計画", False), ("第5次", False), ("H28年度", True), ("H28", True), ("計画(案)", True)],
)
def test_runs_of_one_label_are_read_as_one_text(label: str, as_one: bool) -> None:
    assert {run.spread for run in placed(label)} == {as_one}


def test_a_kern_before_a_run_moves_it() -> None:
    # The blank before （ goes, so that all fits.
    (column,) = put("工（H28", height=25).columns
    assert [(run.text, run.top) for run in column.runs] == [("工（", 0), ("H28", pt(15))]


# -- columns


@pytest.mark.parametrize(
    ("label", "height", "expected"),
    [
        pytest.param("第H28次", 20, "第[H28]|次", id="3.2.5 one em of the column"),
        pytest.param("第H28次", 10, "第|[H28]|次", id="3.2.5 never divided"),
        pytest.param("計画100％", 30, "計画|[100]％", id="3.1.10 a number keeps its ％"),
        pytest.param("計画10円", 30, "計画|[10]円", id="3.1.10 an amount keeps its 円"),
        pytest.param("計画R元年", 30, "計画[R元]|年", id="3.2.5 元 is part of the run"),
        pytest.param("計画（H28）", 30, "計画|（[H28]）", id="3.1.7 no （ at the end"),
        pytest.param(
            "計画 ICT20", 40, "計画 |ICT2|0", id="3.1.10 only what is too long is divided"
        ),
    ],
)
def test_breaks(label: str, height: float, expected: str) -> None:
    assert drawn(put(label, 50, height)) == expected


@pytest.mark.parametrize(
    ("label", "height", "expected"),
    [
        pytest.param("計画ICT推進", 30, "計画|<ICT>推|進", id="2.3.2 a turned run is whole"),
        pytest.param("計画PDCA cycle", 30, "計画|<PDCA >|<cycle>", id="2.3.2 parted at a space"),
        pytest.param("計画INTERNET", 20, "計画|<INTE>|<RNET>", id="2.3.2 longer than the column"),
    ],
)
def test_breaks_of_turned_runs(label: str, height: float, expected: str) -> None:
    assert drawn(put(label, 50, height, combine=0, orientation="rotated")) == expected


def test_a_label_with_runs_shrinks() -> None:
    done = put("H28年度計画", 20, 40, shrink=True, floor=5)
    assert (drawn(done), done.size) == ("[H28]年度計画", pt(8))


def test_the_least_height_keeps_words_whole() -> None:
    shrink = {"shrink": True, "floor": 5, "combine": 0}
    assert need("ICT活用", 100, **shrink) == 15
    assert need("ICT活用", 100, orientation="rotated", **shrink) == 10
    assert need("H28活用", 100, shrink=True, floor=5) == 5


# -- 均等割付


def test_gaps_stand_between_units() -> None:
    """3.7.3: 縦中横 is a unit, and so is a turned run."""
    (column,) = put("H28年度", height=40, align="spread").columns
    assert [(run.top, run.spacing) for run in column.runs] == [(0, 0), (pt(15), pt(5))]
    assert column.height == pt(40)
    turned = put("ICT活用", height=45, align="spread", combine=0, orientation="rotated")
    (column,) = turned.columns
    assert [(run.text, run.top) for run in column.runs] == [("ICT", 0), ("活用", pt(20))]
    assert [run.spacing for run in column.runs] == [0, pt(5)]


def test_letters_of_an_upright_run_are_units() -> None:
    (column,) = put("ICT", height=36, align="spread", combine=0).columns
    assert [(run.text, run.spacing) for run in column.runs] == [("ICT", pt(3))]


def test_a_turned_run_alone_is_not_spread() -> None:
    done = put("ICT", height=90, align="spread", combine=0, orientation="rotated")
    assert (done.spread, done.columns[0].height) == (False, pt(15))


# -- anything


@given(
    st.text("総（）、。ーA1H28R元(-). %ｱ\ufe00\u3099\n", max_size=25),
    st.integers(8, 90),
    st.integers(0, 4),
    st.sampled_from(["upright", "rotated"]),
    st.sampled_from(["center", "spread"]),
)
def test_runs_follow_each_other_and_are_the_label(
    text: str, height: int, combine: int, orientation: str, align: str
) -> None:
    done = put(text, 60, height, combine=combine, orientation=orientation, align=align)
    assert "".join(column.text for column in done.columns) == text.replace("\n", "")
    for column in done.columns:
        tops = [run.top for run in column.runs]
        assert tops == sorted(tops)
        for run in column.runs:
            assert (run.kind == "combined") == (run.left < 0)
            assert all(0 <= index < len(run.text) for index, _ in run.kerns)
