"""Texts with fields in them, taken apart again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.collect.templates import read_template
from gyomu_docs.layout.tree import Piece

PIECES = (Piece("担当: "), Piece("甲", "所属"), Piece("　作成日: "), Piece("乙", "追加項目.作成日"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("担当: 公園課　作成日: 五月", ("公園課", "五月")),
        ("担当: 　作成日: ", ("", "")),
        ("担当:公園課 作成日:五月", ("公園課", "五月")),
        ("担当: 公 園 課　作成日: 五\n月", ("公 園 課", "五\n月")),
        ("担当者: 公園課　作成日: 五月", None),
        ("担当: 一　作成日: 二　作成日: 三", None),
        ("公園課　五月", None),
        ("", None),
    ],
)
def test_values_between_fixed_texts(text: str, values: tuple[str, ...] | None) -> None:
    assert read_template(PIECES, text) == values


def test_fields_with_nothing_but_a_blank_between_them() -> None:
    pieces = (Piece("甲", "所属"), Piece(" "), Piece("乙", "シート名"))
    assert read_template(pieces, "公園課 緑") == ("公園課", "緑")
    assert read_template(pieces, "公園課　緑") == ("公園課", "緑")
    assert read_template(pieces, "都市部 公園課 緑") is None, "two ways to part them"
    assert read_template((*pieces, Piece(" 課")), "　公園 課") is None, "which of them is empty?"
    touching = (Piece("甲", "所属"), Piece("乙", "シート名"))
    assert read_template(touching, "公園課緑") is None
    assert read_template(touching, "") == ("", "")


def test_many_ways_to_part_a_text_are_seen_at_once() -> None:
    """A pattern of the whole would be tried for longer than anybody waits."""
    pieces = [piece for n in range(6) for piece in (Piece("値", f"追加項目.{n}"), Piece("・"))]
    assert read_template(pieces, "・" * 5000) is None


@given(st.text("甲乙: 　", max_size=8), st.text("甲乙: 　", max_size=8))
def test_what_is_read_prints_as_the_text_again(one: str, other: str) -> None:
    """Up to blanks at the ends of values, which are no data."""
    text = f"担当: {one}　作成日: {other}"
    values = read_template(PIECES, text)
    if values is not None:
        assert values == (one.strip(), other.strip())
