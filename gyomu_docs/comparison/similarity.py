"""How alike two texts are, by the pairs of neighbouring characters that they share.

Japanese has no spaces to cut at, so pairs of characters stand for words. Sets of them are compared
by the interpreter itself: a few hundred rows against a few hundred cost milliseconds, which a
character-by-character alignment would not.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

_START, _END = "\x02", "\x03"


@functools.lru_cache(maxsize=1 << 16)
def grams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters, with the ends of the text as characters.

    The second occurrence of a pair has a number behind it, so the set counts.
    """
    framed = f"{_START}{text}{_END}"
    pairs = [framed[at : at + 2] for at in range(len(framed) - 1)]
    once = frozenset(pairs)
    if len(once) == len(pairs):
        return once
    seen: Counter[str] = Counter()
    counted = []
    for pair in pairs:
        counted.append(f"{pair}{seen[pair] or ''}")
        seen[pair] += 1
    return frozenset(counted)


def similarity(one: str, other: str) -> float:
    """From 0, nothing in common, to 1, equal (Dice's coefficient of `grams`).

    An empty text is like an empty one only.
    """
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    these, those = grams(one), grams(other)
    return 2 * len(these & those) / (len(these) + len(those))


def overlap(these: Counter[str], those: Counter[str]) -> float:
    """The share of equal texts in two bags of texts; 0 where one is empty."""
    total = these.total() + those.total()
    if not these or not those:
        return 0.0
    return 2 * sum(min(count, those[text]) for text, count in these.items()) / total


def similar_pairs(
    olds: Sequence[str], news: Sequence[str], least: float
) -> Iterator[tuple[int, int, float]]:
    """Index pairs of texts that are at least so similar, with their similarity.

    Only texts that share a pair of characters are looked at, and each old text once.
    """
    holders = _holders(news)
    for index, old in enumerate(olds):
        these = grams(old)
        shared = Counter(holder for gram in these for holder in holders.get(gram, ()))
        for holder in sorted(shared):
            new = news[holder]
            alike = 1.0 if old == new else 2 * shared[holder] / (len(these) + len(grams(new)))
            if alike >= least:
                yield index, holder, alike


def _holders(texts: Iterable[str]) -> dict[str, list[int]]:
    """Which texts hold a pair of characters."""
    holders: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        for gram in grams(text):
            holders.setdefault(gram, []).append(index)
    return holders
