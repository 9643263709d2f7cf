"""Which paragraph became which: texts stay in their order, so the best alignment is found."""

from __future__ import annotations

from collections.abc import Sequence

from gyomu_docs.comparison.similarity import similarity

_LEAST = 0.3
"""Two paragraphs that have less in common are two paragraphs."""


def match_paragraphs(olds: Sequence[str], news: Sequence[str]) -> dict[int, int]:
    """Pairs of indices, old to new, that do not cross and are most alike all in all."""
    start = 0
    while start < min(len(olds), len(news)) and olds[start] == news[start]:
        start += 1
    end = 0
    while end < min(len(olds), len(news)) - start and olds[-1 - end] == news[-1 - end]:
        end += 1
    pairs = {at: at for at in range(start)}
    middle = _aligned(olds[start : len(olds) - end], news[start : len(news) - end])
    pairs |= {start + old: start + new for old, new in middle.items()}
    return pairs | {len(olds) - back: len(news) - back for back in range(end, 0, -1)}


def _aligned(olds: Sequence[str], news: Sequence[str]) -> dict[int, int]:
    """The alignment with the greatest sum of likenesses, by dynamic programming."""
    likeness = [[_likeness(old, new) for new in news] for old in olds]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for old in reversed(range(len(olds))):
        for new in reversed(range(len(news))):
            paired = likeness[old][new] + best[old + 1][new + 1] if likeness[old][new] else 0.0
            best[old][new] = max(paired, best[old + 1][new], best[old][new + 1])
    pairs: dict[int, int] = {}
    old = new = 0
    while old < len(olds) and new < len(news):
        like = likeness[old][new]
        if like and best[old][new] == like + best[old + 1][new + 1]:
            pairs[old] = new
            old, new = old + 1, new + 1
        elif best[old][new] == best[old + 1][new]:
            old += 1
        else:
            new += 1
    return pairs


def _likeness(old: str, new: str) -> float:
    """How much a pair is worth: an equal one more than two that are half alike."""
    alike = similarity(old, new)
    return alike * alike if alike >= _LEAST else 0.0
