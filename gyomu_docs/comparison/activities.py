"""Which activity became which: by text, place in the tree, figures and code.

A text that stands once in either edition is the same activity wherever it went. The rest is
decided from the top of the tree down, so that the children of a renumbered group follow it: rows
of one level compete, and the best set of pairs wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gyomu_docs.comparison.assignment import Rival, assign, rivals
from gyomu_docs.comparison.figures import agreement
from gyomu_docs.comparison.similarity import overlap, similar_pairs, similarity
from gyomu_docs.model import Activity

_CHILDREN, _FIGURES, _INDICATOR, _PARENT, _PLACE, _NEAR = 0.5, 0.4, 0.15, 0.25, 0.15, 0.05
"""What the signs weigh beside the text, which weighs 1."""
_LEAST_SCORE = 0.5
_LEAST_IN_PLACE, _LEAST_BELOW_PARENT, _LEAST_ELSEWHERE, _LEAST_AT_OTHER_LEVEL = 0.35, 0.5, 0.6, 0.75
"""How much two rows must say the same, by how far apart they stand."""
_OTHER_FIGURES, _ALL_OTHER_FIGURES = -0.5, -0.9
"""A row elsewhere that says something like this one, or the same, is another with such figures."""
_TWO_BLANKS = 0.3
"""How alike two rows without a text are, unless they stand in the same place."""
_LEAST_SHARED = 0.15
"""Texts with less in common are only looked at in the same place of the tree."""


class RowMatches(NamedTuple):
    """Pairs of indices, old to new, and the pairs that might as well be others."""

    pairs: dict[int, int]
    rivals: tuple[Rival, ...]


class Side:
    """The activities of one or more sheets of an edition, in a row, as a tree."""

    def __init__(self, sheets: Sequence[Sequence[Activity]]) -> None:
        self.rows: list[Activity] = [row for rows in sheets for row in rows]
        self.sheets: list[int] = [at for at, rows in enumerate(sheets) for _ in rows]
        self.parents: list[int | None] = list(self._parents())
        self._below: list[Counter[str]] | None = None

    @property
    def below(self) -> list[Counter[str]]:
        """For each row the texts of all rows below it."""
        if self._below is None:
            self._below = [Counter() for _ in self.rows]
            for at, row in enumerate(self.rows):
                parent = self.parents[at]
                while parent is not None:
                    self._below[parent][row.means] += 1
                    parent = self.parents[parent]
        return self._below

    def _parents(self) -> Iterator[int | None]:
        places = {(sheet, str(row.code)): at for at, (sheet, row) in enumerate(self)}
        for sheet, row in self:
            # Without a parent a row belongs to the next above that there is.
            above = (places.get((sheet, row.code[:length])) for length in (4, 2))
            yield next(
                (at for at in above if at is not None and at != places[sheet, row.code]), None
            )

    def __iter__(self) -> Iterator[tuple[int, Activity]]:
        return zip(self.sheets, self.rows, strict=True)


def match_activities(
    olds: Sequence[Sequence[Activity]], news: Sequence[Sequence[Activity]]
) -> RowMatches:
    """Match the rows of sheets that belong together (more than one: split or merged)."""
    match = _Match(Side(olds), Side(news))
    match.take_unique_texts()
    for level in (1, 2, 3):
        match.take_same_places(level)
        match.take_best(level)
    match.take_from_other_levels()
    return RowMatches(match.pairs, tuple(match.rivals))


class _Match:
    """The pairs found so far."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.pairs: dict[int, int] = {}
        self.rivals: list[Rival] = []
        self._taken: set[int] = set()

    def take_unique_texts(self) -> None:
        """Pair rows whose text stands once in either edition."""
        olds, news = _places_by_text(self.old.rows), _places_by_text(self.new.rows)
        for text, places in olds.items():
            if text and len(places) == 1 and len(news.get(text, ())) == 1:
                self._take(places[0], news[text][0])

    def take_same_places(self, level: int) -> None:
        """Pair rows that nothing tells apart: text, figures, parent and number are the same."""
        news = {
            (self.new.parents[new], self.new.rows[new].code[-2:], self.new.rows[new].means): new
            for new in reversed(self._free_news(level))
        }
        for old in self._free_olds(level):
            row, parent = self.old.rows[old], self.old.parents[old]
            above = self.pairs.get(parent, -1) if parent is not None else None
            new = news.get((above, row.code[-2:], row.means))
            if new is not None and new not in self._taken and self._same_figures(old, new):
                self._take(old, new)

    def take_best(self, level: int) -> None:
        """Pair what is left at a level so that all in all it fits best."""
        olds, news = self._free_olds(level), self._free_news(level)
        weights = {}
        for old, new in self._candidates(olds, news):
            score = self._score(old, new)
            if score > _LEAST_SCORE:
                weights[old, new] = score - _LEAST_SCORE
        self._take_all(weights)

    def take_from_other_levels(self) -> None:
        """Pair what moved up or down in the tree."""
        olds, news = self._free_olds(), self._free_news()
        texts = [self.old.rows[at].means for at in olds], [self.new.rows[at].means for at in news]
        weights = {}
        for one, other, alike in similar_pairs(*texts, least=_LEAST_AT_OTHER_LEVEL):
            old, new = olds[one], news[other]
            was, now = self.old.rows[old], self.new.rows[new]
            if was.means and not _is_another(alike, agreement(was.results, now.results)):
                weights[old, new] = alike + self._other_signs(old, new) - _LEAST_SCORE
        self._take_all({pair: weight for pair, weight in weights.items() if weight > 0})

    def _take(self, old: int, new: int) -> None:
        self.pairs[old] = new
        self._taken.add(new)

    def _take_all(self, weights: dict[tuple[int, int], float]) -> None:
        chosen = assign(weights)
        for old, new in chosen.items():
            self._take(old, new)
        self.rivals += rivals(chosen, weights)

    def _free_olds(self, level: int = 0) -> list[int]:
        rows = self.old.rows
        return [
            at for at in range(len(rows)) if at not in self.pairs and level in (0, rows[at].level)
        ]

    def _free_news(self, level: int = 0) -> list[int]:
        rows = self.new.rows
        return [
            at for at in range(len(rows)) if at not in self._taken and level in (0, rows[at].level)
        ]

    def _candidates(self, olds: list[int], news: list[int]) -> Iterable[tuple[int, int]]:
        """Pairs worth a look: alike in text, or in the same place, or above the same children."""
        texts = [self.old.rows[at].means for at in olds], [self.new.rows[at].means for at in news]
        found = {
            (olds[one], news[other]): None
            for one, other, _ in similar_pairs(*texts, least=_LEAST_SHARED)
        }
        children: dict[str, list[int]] = {}
        for new in news:
            for text in self.new.below[new]:
                children.setdefault(text, []).append(new)
        codes = {(self.new.parents[new], self.new.rows[new].code[-2:]): new for new in news}
        for old in olds:
            parent = self.old.parents[old]
            above = self.pairs.get(parent, -1) if parent is not None else None
            place = codes.get((above, self.old.rows[old].code[-2:]))
            if place is not None:
                found[old, place] = None
            for text in self.old.below[old]:
                found.update(((old, new), None) for new in children.get(text, ()))
        return found

    def _score(self, old: int, new: int) -> float:
        """How well two rows fit; 0 where they are not the same activity at all."""
        was, now = self.old.rows[old], self.new.rows[new]
        below_parent = self._parents_are_paired(old, new)
        in_place = below_parent and was.code[-2:] == now.code[-2:]
        text = similarity(was.means, now.means)
        if not was.means and not now.means and not in_place:
            text = _TWO_BLANKS
        children = _CHILDREN * overlap(self.old.below[old], self.new.below[new])
        same = text + children
        figures = agreement(was.results, now.results)
        if not in_place and _is_another(text, figures):
            return 0.0
        if text < 1:
            same += 0.3 * max(figures, 0.0)
            same += 0.1 * bool(was.indicator and was.indicator == now.indicator)
        least = _LEAST_BELOW_PARENT if below_parent else _LEAST_ELSEWHERE
        if same < (_LEAST_IN_PLACE if in_place else least):
            return 0.0
        place = _PARENT * below_parent + _PLACE * in_place
        return text + children + place + self._other_signs(old, new)

    def _other_signs(self, old: int, new: int) -> float:
        was, now = self.old.rows[old], self.new.rows[new]
        score = _FIGURES * agreement(was.results, now.results)
        if was.indicator and now.indicator:
            score += _INDICATOR if was.indicator == now.indicator else -_INDICATOR / 2
        apart = abs(old / len(self.old.rows) - new / len(self.new.rows))
        return score + _NEAR * (1 - apart)

    def _parents_are_paired(self, old: int, new: int) -> bool:
        above, below = self.old.parents[old], self.new.parents[new]
        return below is None if above is None else self.pairs.get(above) == below

    def _same_figures(self, old: int, new: int) -> bool:
        results, others = self.old.rows[old].results, self.new.rows[new].results
        return all(year not in others or text == others[year] for year, text in results.items())


def _is_another(text: float, figures: float) -> bool:
    """Whether a row elsewhere is another one by its figures, though its text is alike or equal."""
    return figures <= (_OTHER_FIGURES if text < 1 else _ALL_OTHER_FIGURES)


def _places_by_text(rows: Sequence[Activity]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        places.setdefault(row.means, []).append(at)
    return places
