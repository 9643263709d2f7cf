"""How alike texts are, and that the index finds what looking at all pairs finds."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.comparison.similarity import grams, overlap, similar_pairs, similarity

texts = st.text("公園の緑を守る点検", max_size=10)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 1.0),
        ("", "公園", 0.0),
        ("公園", "公園", 1.0),
        ("公園", "道路", 0.0),
        # three of the four pairs of 公園緑: |公 公園 園緑 緑|, three of 公園: |公 公園 園|
        ("公園", "公園緑", 2 * 2 / (3 + 4)),
        # the second of two equal pairs counts once more
        ("点点点", "点点", 2 * 3 / (4 + 3)),
    ],
)
def test_similarity(one: str, other: str, expected: float) -> None:
    assert similarity(one, other) == pytest.approx(expected)


def test_a_renamed_project_is_more_alike_than_another_project() -> None:
    renamed = similarity("まちひとしごと創生推進事業", "まちひとしごと創生事業")

    assert renamed > 0.8 > 0.5 > similarity("政策調整推進事業", "情報化推進事業")


@settings(deadline=None)
@given(texts, texts)
def test_similarity_is_symmetric(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert (similarity(one, other) == 1) == (grams(one) == grams(other))


@settings(deadline=None)
@given(st.lists(texts, max_size=6), st.lists(texts, max_size=6), st.sampled_from([0.2, 0.5, 1.0]))
def test_the_index_finds_all_similar_pairs(olds: list[str], news: list[str], least: float) -> None:
    found = {(old, new): alike for old, new, alike in similar_pairs(olds, news, least)}

    assert found == {
        (old, new): pytest.approx(similarity(one, other))
        for old, one in enumerate(olds)
        for new, other in enumerate(news)
        if similarity(one, other) >= least
    }


def test_overlap_counts_equal_texts() -> None:
    assert overlap(Counter("あいう"), Counter("あいえ")) == pytest.approx(4 / 6)
    assert overlap(Counter("ああ"), Counter("あ")) == pytest.approx(2 / 3)
    assert overlap(Counter(), Counter()) == 0
