"""Which line became which in the tables without codes: 任務目的, 予算, 事業費.

Lines are known by their names (or texts), by their figures and by their place. Equal lines come
first, then the best set of pairs among those that are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from gyomu_docs.comparison.assignment import Rival, assign, rivals
from gyomu_docs.comparison.figures import agreement
from gyomu_docs.comparison.similarity import similarity
from gyomu_docs.model import BudgetLine, CostRow, MissionPurpose

T = TypeVar("T")

_PLACE = 0.1
_LEAST_NAME, _LEAST_NAME_IN_PLACE = 0.55, 0.3
"""How alike the names of one project are, which may have been renamed."""
_LEAST_NAME_ELSEWHERE = 0.8
"""How alike they are in another group of activities."""
_LEAST_PURPOSE, _LEAST_PURPOSE_IN_PLACE = 0.5, 0.3
_SIGNS_OF_A_NAME = 0.3
"""Equal figures make up for so much of a name."""


class LineMatches(NamedTuple):
    """Pairs of indices, old to new, and the pairs that might as well be others."""

    pairs: dict[int, int]
    rivals: tuple[Rival, ...]


def match_purposes(olds: Sequence[MissionPurpose], news: Sequence[MissionPurpose]) -> LineMatches:
    """Match the rows of the 任務目的 table."""

    def score(old: MissionPurpose, new: MissionPurpose, in_place: bool) -> float:
        text = similarity(old.purpose, new.purpose)
        figures = agreement(old.results, new.results)
        same_indicator = bool(old.indicator and old.indicator == new.indicator)
        same = text + _SIGNS_OF_A_NAME * max(figures, 0.0) + 0.1 * same_indicator
        if same < (_LEAST_PURPOSE_IN_PLACE if in_place else _LEAST_PURPOSE):
            return 0.0
        return text + 0.4 * figures + 0.15 * same_indicator

    return _match(olds, news, score)


def match_budget_lines(olds: Sequence[BudgetLine], news: Sequence[BudgetLine]) -> LineMatches:
    """Match the lines of the budget box."""

    def score(old: BudgetLine, new: BudgetLine, in_place: bool) -> float:
        name = similarity(old.name, new.name)
        if name < (_LEAST_NAME_IN_PLACE if in_place else _LEAST_NAME):
            return 0.0
        account, other = (old.kan, old.ko, old.moku), (new.kan, new.ko, new.moku)
        known = any(account) and any(other)
        signs = (0.2 if account == other else -0.1) * known
        return name + signs + 0.1 * (old.amount == new.amount)

    return _match(olds, news, score)


def match_costs(olds: Sequence[CostRow], news: Sequence[CostRow]) -> LineMatches:
    """Match the cost rows of one group of activities."""

    def score(old: CostRow, new: CostRow, in_place: bool) -> float:
        name = similarity(old.name, new.name)
        figures = agreement(old.settled, new.settled)
        # Amounts of several years that are equal say as much as a name.
        same = name + (2 * _SIGNS_OF_A_NAME) * max(figures, 0.0)
        if same < (_LEAST_NAME_IN_PLACE if in_place else _LEAST_NAME):
            return 0.0
        return name + 0.5 * figures

    return _match(olds, news, score)


def match_moved_costs(olds: Sequence[CostRow], news: Sequence[CostRow]) -> LineMatches:
    """Match cost rows of different groups: those that moved without the activities around them.

    One project stands in several groups, so a name alone decides only where no figure speaks
    against it, and a name that is only much alike needs figures that agree.
    """

    def score(old: CostRow, new: CostRow, in_place: bool) -> float:
        name = similarity(old.name, new.name)
        figures = agreement(old.settled, new.settled)
        sure = figures >= 0 if name == 1 else figures > 0
        return name + 0.5 * figures if sure and name >= _LEAST_NAME_ELSEWHERE else 0.0

    return _match(olds, news, score)


def _match(
    olds: Sequence[T], news: Sequence[T], score: Callable[[T, T, bool], float]
) -> LineMatches:
    """Equal lines in the same place, then the best pairs; `score` is 0 for no pair."""
    pairs = {at: at for at, (old, new) in enumerate(zip(olds, news, strict=False)) if old == new}
    weights: dict[tuple[int, int], float] = {}
    for old, line in enumerate(olds):
        for new, other in enumerate(news):
            if old not in pairs and new not in pairs:
                fit = score(line, other, old == new)
                if fit > 0:
                    near = 1 - abs(old / len(olds) - new / len(news))
                    weights[old, new] = fit + _PLACE * (near + (old == new)) / 2
    chosen = assign(weights)
    return LineMatches(pairs | chosen, tuple(rivals(chosen, weights)))
