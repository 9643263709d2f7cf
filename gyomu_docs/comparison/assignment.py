"""The best set of pairs: who belongs to whom where several candidates compete.

In: weights of the pairs that are possible. Out: pairs with the greatest sum of weights, each
item in one pair at the most, and the pairs whose rivals are as good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

Weights = Mapping[tuple[int, int], float]
"""Index in the old items and in the new ones to how well they fit; all greater than 0."""

_MOST_FOR_OPTIMUM = 120
"""Items on the smaller side; the optimum takes the third power of them, the best pair first not."""
_CLOSE = 0.06
"""A difference of weights that decides nothing."""


class Rival(NamedTuple):
    """A pair that was chosen, and another end that one of its items fits as well."""

    old: int
    new: int
    other_old: int | None = None
    other_new: int | None = None


def assign(weights: Weights) -> dict[int, int]:
    """The pairs with the greatest sum of weights, old to new."""
    chosen: dict[int, int] = {}
    for component in _components(weights):
        olds = list(dict.fromkeys(old for old, _ in component))
        news = list(dict.fromkeys(new for _, new in component))
        if len(component) == 1 or min(len(olds), len(news)) > _MOST_FOR_OPTIMUM:
            chosen.update(_best_first(component))
        else:
            chosen.update(_optimum(component, olds, news))
    return chosen


def rivals(chosen: Mapping[int, int], weights: Weights) -> Iterator[Rival]:
    """Chosen pairs that another choice of one pair, or an exchange between two, equals.

    Each pair is told once, with the first of its rivals.
    """
    owners = {new: old for old, new in chosen.items()}
    told: set[tuple[int, int]] = set()
    for (old, new), weight in weights.items():
        mine, holder = chosen.get(old), owners.get(new)
        if mine == new:
            continue
        lost, gained = 0.0, weight
        if mine is not None:
            lost += weights[old, mine]
        if holder is not None:
            lost += weights[holder, new]
        if mine is not None and holder is not None:
            gained += weights.get((holder, mine), 0.0)
        if lost - gained >= _CLOSE:
            continue
        if mine is not None and (old, mine) not in told:
            told.add((old, mine))
            yield Rival(old, mine, other_new=new)
        elif mine is None and holder is not None and (holder, new) not in told:
            told.add((holder, new))
            yield Rival(holder, new, other_old=old)


def _components(weights: Weights) -> Iterator[dict[tuple[int, int], float]]:
    """The pairs that compete with each other, directly or through others, together."""
    by_old: dict[int, list[int]] = {}
    by_new: dict[int, list[int]] = {}
    for old, new in weights:
        by_old.setdefault(old, []).append(new)
        by_new.setdefault(new, []).append(old)
    seen: set[int] = set()
    for first in by_old:
        if first in seen:
            continue
        seen.add(first)
        reached = [first]
        for old in reached:
            for new in by_old[old]:
                found = [other for other in by_new.pop(new, ()) if other not in seen]
                seen.update(found)
                reached += found
        yield {(old, new): weights[old, new] for old in reached for new in by_old[old]}


def _best_first(weights: Weights) -> dict[int, int]:
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for old, new in sorted(weights, key=lambda pair: (-weights[pair], pair)):
        if old not in chosen and new not in taken:
            chosen[old] = new
            taken.add(new)
    return chosen


def _optimum(weights: Weights, olds: list[int], news: list[int]) -> dict[int, int]:
    """The Hungarian method with potentials; a column of its own lets each row stay alone."""
    if len(olds) > len(news):
        turned = {(new, old): weight for (old, new), weight in weights.items()}
        return {old: new for new, old in _optimum(turned, news, olds).items()}
    alone = [0.0] * len(olds)
    costs = [[-weights.get((old, new), 0.0) for new in news] + alone for old in olds]
    return {
        olds[row]: news[column]
        for row, column in enumerate(_cheapest_columns(costs))
        if column < len(news) and (olds[row], news[column]) in weights
    }


def _cheapest_columns(costs: list[list[float]]) -> list[int]:
    """For each row a column of its own, with the least sum of costs.

    Row after row takes its place along the cheapest chain of exchanges (Kuhn and Munkres).
    """
    width = len(costs[0])
    row_of: list[int | None] = [None] * width
    by_row, by_column = [0.0] * len(costs), [0.0] * width
    for start in range(len(costs)):
        least = [float("inf")] * width
        came_from: list[int | None] = [None] * width
        used: list[int] = []
        free = set(range(width))
        row: int | None = start
        column: int | None = None
        while row is not None:
            for at in free:
                reduced = costs[row][at] - by_row[row] - by_column[at]
                if reduced < least[at]:
                    least[at], came_from[at] = reduced, column
            nearest = min(free, key=lambda at: (least[at], at))
            step = least[nearest]
            by_row[start] += step
            for at in used:
                by_row[row_of[at]] += step  # type: ignore[index]
                by_column[at] -= step
            for at in free:
                least[at] -= step
            free.remove(nearest)
            used.append(nearest)
            row, column = row_of[nearest], nearest
        while column is not None:
            before = came_from[column]
            row_of[column] = row_of[before] if before is not None else start
            column = before
    columns = [0] * len(costs)
    for column, row in enumerate(row_of):
        if row is not None:
            columns[row] = column
    return columns
