"""Texts of cells: noise, paragraphs that come and go, rows out of order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gyomu_docs.collect.cells import edited_paragraphs
from gyomu_docs.collect.expected import Shown
from gyomu_docs.collect.rows import moved
from gyomu_docs.collect.texts import cleaned, folded, squeezed
from gyomu_docs.readers.docx import Text

paragraphs = st.lists(st.sampled_from(["一", "二", "三の文", "三の文章", "四"]), max_size=6)


@given(paragraphs, paragraphs)
def test_the_differences_make_the_new_paragraphs(before: list[str], after: list[str]) -> None:
    made: dict[int, list[str]] = {0: []}
    made |= {number: [text] for number, text in enumerate(before, 1)}
    for number, old, new in edited_paragraphs(before, before, Text(tuple(after), ())):
        if old is None:
            assert new is not None
            made[number].append(new)
        else:
            assert made[number][0] == old == before[number - 1]
            made[number][0] = new or ""
    result = [text for number in sorted(made) for text in made[number] if text]
    assert result == after


def test_the_likest_paragraphs_are_the_same_ones() -> None:
    before = ["公園を整える。", "緑を増やす。"]
    after = ("はじめに。", "公園をよく整える。", "緑を増やす。")
    assert edited_paragraphs(before, before, Text(after, ())) == [
        (0, None, "はじめに。"),
        (1, "公園を整える。", "公園をよく整える。"),
    ]


@given(st.permutations(range(1, 9)))
def test_what_moved_is_the_least_that_explains_the_order(order: list[int]) -> None:
    out = moved(order)
    kept = [number for number in order if number not in out]
    assert kept == sorted(kept)
    longest = 0
    lengths: list[int] = []
    for at, number in enumerate(order):
        lengths.append(1 + max((lengths[i] for i in range(at) if order[i] < number), default=0))
        longest = max(longest, lengths[-1])
    assert len(kept) == longest


@pytest.mark.parametrize(
    ("shown", "text", "parsed"),
    [
        (Shown(" 千円", money=True), "1,027 千円", "1027"),
        (Shown(" 千円", money=True), "△５", "-5"),
        (Shown(" 千円", money=True), "－", "-"),
        (Shown(" 千円", money=True), "未定", "未定"),
        (Shown(" 人"), "3.0 人", "3.0"),
        (Shown(" 人"), "3.0人", "3.0"),
        (Shown(" 人"), "担当 人", "担当 人"),
        (Shown(), "1,027", "1,027"),
    ],
)
def test_printed_texts_to_those_of_the_sheet_file(shown: Shown, text: str, parsed: str) -> None:
    assert shown.parse(text) == parsed


@pytest.mark.parametrize(
    ("text", "base", "kept"),
    [
        ("\u200d新しい", "", "新しい"),
        ("新\u200dしい", "", "新しい"),
        ("新\u200dしい", "旧\u200dい", "新\u200dしい"),
        ("👨\u200d👩", "", "👨\u200d👩"),
        ("葛\U000e0100城", "", "葛\U000e0100城"),
        ("　字下げ ", "", "字下げ"),
        ("一 二　三", "", "一 二　三"),
    ],
)
def test_what_is_taken_over_of_an_edited_text(text: str, base: str, kept: str) -> None:
    assert cleaned(text, base) == kept


def test_alike_for_comparing() -> None:
    assert folded("a\xa0b\u2011c\xad ") == folded("a b-c")
    assert folded("53%") != folded("５３%")
    assert squeezed("任 務　目 的") == squeezed("任務目的")
