"""Paragraphs are aligned as well as their order allows."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.comparison.paragraphs import match_paragraphs
from gyomu_docs.comparison.similarity import similarity

PARAGRAPHS = ("公園の緑を守る", "公園の花を守る", "道路を直す", "道路の穴を直す", "税を集める")
paragraphs = st.lists(st.sampled_from(PARAGRAPHS), max_size=4)


def worth(pairs: dict[int, int], olds: list[str], news: list[str]) -> float:
    return sum(similarity(olds[old], news[new]) ** 2 for old, new in pairs.items())


@settings(deadline=None)
@given(paragraphs, paragraphs)
def test_no_other_alignment_in_order_is_better(olds: list[str], news: list[str]) -> None:
    pairs = match_paragraphs(olds, news)

    assert sorted(pairs.values()) == [pairs[old] for old in sorted(pairs)]
    best = max(
        worth(
            {o: n for o, n in zip(left, right, strict=True) if like(olds[o], news[n])}, olds, news
        )
        for size in range(min(len(olds), len(news)) + 1)
        for left in itertools.combinations(range(len(olds)), size)
        for right in itertools.combinations(range(len(news)), size)
    )
    assert abs(worth(pairs, olds, news) - best) < 1e-9


def like(old: str, new: str) -> bool:
    return similarity(old, new) >= 0.3


def test_equal_paragraphs_stay_where_they_are() -> None:
    assert match_paragraphs(["同じ", "同じ"], ["同じ", "同じ"]) == {0: 0, 1: 1}
    assert match_paragraphs(["同じ", "同じ"], ["同じ"]) == {0: 0}


def test_a_paragraph_without_anything_in_common_is_another() -> None:
    assert match_paragraphs(["公園の緑を守る"], ["税を集める"]) == {}
