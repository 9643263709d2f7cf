"""Which sheet became which: by 所属 and number, by title, and by what the sheets say.

A sheet keeps its identity through a new number or name. A new sheet whose rows come from a sheet
that lives on is a part of it (split); an old sheet whose rows went into a sheet that has another
predecessor was merged into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gyomu_docs.comparison.assignment import assign, rivals
from gyomu_docs.comparison.similarity import grams, similar_pairs, similarity
from gyomu_docs.errors import Diagnostic, Place
from gyomu_docs.model import Edition, Sheet, SourcedSheet

_NUMBER, _TITLE, _SAME_TITLE, _CONTENT = 0.3, 0.35, 0.5, 0.6
_OTHER_DEPARTMENT = 0.25
_LEAST_SCORE = 0.45
"""So much has a sheet of the same title, or of the same number and a fourth of the content."""
_SURE_CONTENT = 0.3
"""With number and title as they were, less says that the number was given to another sheet."""
_LEAST_CONTENT, _FEW_ROWS = 0.15, 3
"""A number and a name that is only similar are not enough, unless there are few rows to judge."""
_UNRELATED = 0.4
"""Sheets that share fewer pairs of characters have hardly a row in common."""
_PART, _SURE_PART = 0.5, 0.6
"""A sheet of which so many rows come from another is a part of that one."""
_LIKELY = 6
"""So many sheets are read closely to find the partner of one."""
_LEAST_ROWS = 2
_LEAST_EQUAL = 0.2
"""Rows are only compared text by text where so many are equal as they stand."""
_SAME_ROW = 0.7


class SheetMatch(NamedTuple):
    """Sheets that belong together, by their index: one of each, or several on one side."""

    olds: tuple[int, ...]
    news: tuple[int, ...]
    doubts: dict[int, list[Diagnostic]]
    """Why a new sheet's partner was not certain."""


@dataclass(eq=False)
class Profile:
    """What a sheet is known by."""

    sheet: Sheet
    department: str
    file: str
    rows: Counter[str]
    """The texts of its activities and purposes."""
    _grams: frozenset[str] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, entry: SourcedSheet) -> Profile:
        """The profile of a sheet; where it prints no 所属, its folder stands for it."""
        sheet = entry.sheet
        texts = [row.means for row in sheet.activities] + [row.purpose for row in sheet.purposes]
        rows = Counter(text for text in texts if text)
        return cls(sheet, sheet.department or entry.folder, entry.file, rows)

    @property
    def name(self) -> str:
        """As messages name it; copies in two files have the same number and title."""
        return f"{self.sheet.label}（{self.file}）" if self.file else self.sheet.label

    @property
    def grams(self) -> frozenset[str]:
        """All pairs of characters in its rows."""
        if self._grams is None:
            self._grams = frozenset().union(*(grams(text) for text in self.rows))
        return self._grams


def match_sheets(old: Edition, new: Edition) -> list[SheetMatch]:
    """Match the sheets of two editions: in the order of the new one, then the removed ones."""
    match = _Match(
        [Profile.of(one) for one in old.entries], [Profile.of(one) for one in new.entries]
    )
    match.take_sure_pairs()
    match.take_best_pairs()
    match.take_parts()
    match.take_sources()
    return match.matches()


class _Match:
    """The pairs found so far; a sheet has several partners where it was split or merged."""

    def __init__(self, olds: Sequence[Profile], news: Sequence[Profile]) -> None:
        self.olds, self.news = olds, news
        self.targets: dict[int, list[int]] = {}
        self.sources: dict[int, list[int]] = {}
        self.doubts: dict[int, list[Diagnostic]] = {}

    def take_sure_pairs(self) -> None:
        """Pair sheets of which one thing is unique in either edition and the rest agrees."""

        def by_number(one: Profile) -> tuple[str, ...]:
            return one.department, one.sheet.number, one.sheet.title

        def by_title(one: Profile) -> tuple[str, ...]:
            return one.department, one.sheet.title

        self._take_unique(by_number, _SURE_CONTENT)
        self._take_unique(by_title, 2 * _SURE_CONTENT)

    def take_best_pairs(self) -> None:
        """Pair what is left so that all in all it fits best."""
        weights = {}
        for old, new in self._likely_pairs():
            score = _score(self.olds[old], self.news[new])
            if score > _LEAST_SCORE:
                weights[old, new] = score - _LEAST_SCORE
        chosen = assign(weights)
        for old, new in chosen.items():
            self._take(old, new)
        for rival in rivals(chosen, weights):
            was = self.olds[rival.old].name
            if rival.other_new is not None:
                other = self.news[rival.other_new].name
                self._doubt(rival.new, f"旧年度の「{was}」は「{other}」になったとも考えられます。")
            elif rival.other_old is not None:
                other = self.olds[rival.other_old].name
                self._doubt(rival.new, f"旧年度の「{was}」と「{other}」のどちらか決めきれません。")

    def take_parts(self) -> None:
        """Give a new sheet without a predecessor to the old one that its rows come from."""
        gone = _remainders(self.olds, self.targets, self.news, self.sources)
        for new in self._free_news():
            old, share = _best_share(self.news[new].rows, gone)
            if share >= _PART:
                self._take(old, new)
                gone[old] -= self.news[new].rows
                if share < _SURE_PART:
                    was = self.olds[old].name
                    self._doubt(new, f"旧年度の「{was}」から分かれたか、新しいか決めきれません。")

    def take_sources(self) -> None:
        """Give an old sheet without a successor to the new one that its rows went into."""
        come = _remainders(self.news, self.sources, self.olds, self.targets)
        for old in self._free_olds():
            new, share = _best_share(self.olds[old].rows, come)
            if share >= _PART:
                self._take(old, new)
                come[new] -= self.olds[old].rows
                if share < _SURE_PART:
                    was = self.olds[old].name
                    message = f"旧年度の「{was}」を統合したか、廃止したか決めきれません。"
                    self._doubt(new, message)

    def matches(self) -> list[SheetMatch]:
        """All sheets; a split one stands where its first part does, with all its parts."""
        found: list[SheetMatch] = []
        for new in range(len(self.news)):
            olds = tuple(self.sources.get(new, ()))
            news = tuple(self.targets[olds[0]]) if len(olds) == 1 else (new,)
            if new == min(news):
                found.append(SheetMatch(olds, news, self.doubts))
        return found + [SheetMatch((old,), (), {}) for old in self._free_olds()]

    def _likely_pairs(self) -> list[tuple[int, int]]:
        """Pairs that look best at a glance, some for each sheet; only these are read closely."""
        glances = {
            (old, new): _glance(self.olds[old], self.news[new])
            for old in self._free_olds()
            for new in self._free_news()
        }
        best = sorted(glances, key=lambda pair: -glances[pair])
        seen: Counter[tuple[str, int]] = Counter()
        likely = []
        for old, new in best:
            if min(seen["old", old], seen["new", new]) < _LIKELY:
                seen["old", old] += 1
                seen["new", new] += 1
                likely.append((old, new))
        return likely

    def _take(self, old: int, new: int) -> None:
        self.targets.setdefault(old, []).append(new)
        self.sources.setdefault(new, []).append(old)

    def _doubt(self, new: int, message: str) -> None:
        place = Place(file=self.news[new].file, sheet=self.news[new].sheet.label)
        self.doubts.setdefault(new, []).append(Diagnostic("W", "ambiguous", message, place))

    def _free_olds(self) -> list[int]:
        return [at for at in range(len(self.olds)) if at not in self.targets]

    def _free_news(self) -> list[int]:
        return [at for at in range(len(self.news)) if at not in self.sources]

    def _take_unique(self, key: Callable[[Profile], tuple[str, ...]], least: float) -> None:
        olds: dict[tuple[str, ...], list[int]] = {}
        news: dict[tuple[str, ...], list[int]] = {}
        for old in self._free_olds():
            olds.setdefault(key(self.olds[old]), []).append(old)
        for new in self._free_news():
            news.setdefault(key(self.news[new]), []).append(new)
        for name, (old, *more) in olds.items():
            others = news.get(name, [])
            if name[-1] and not more and len(others) == 1:
                new = others[0]
                if _content(self.olds[old], self.news[new]) >= least:
                    self._take(old, new)


def _remainders(
    ours: Sequence[Profile],
    partners: dict[int, list[int]],
    theirs: Sequence[Profile],
    backs: dict[int, list[int]],
) -> dict[int, Counter[str]]:
    """The rows of each sheet that no partner has; without those that have to share a partner."""
    left = {}
    for at, profile in enumerate(ours):
        mine = partners.get(at, [])
        if all(len(backs[partner]) == 1 for partner in mine):
            left[at] = profile.rows.copy()
            for partner in mine:
                left[at] -= theirs[partner].rows
    return left


def _best_share(part: Counter[str], wholes: dict[int, Counter[str]]) -> tuple[int, float]:
    """Which of several has most of a sheet's rows, and what share of them; the first of equals."""
    best, most = -1, 0.0
    for at, whole in wholes.items():
        share = _share(part, whole)
        if share > most:
            best, most = at, share
    return best, most


def _glance(old: Profile, new: Profile) -> float:
    """`_score`, without a look at each row."""
    alike = _alike(old.grams, new.grams) if old.rows and new.rows else 0.5
    return _heading_score(old, new) + _CONTENT * alike


def _score(old: Profile, new: Profile) -> float:
    """How well two sheets fit."""
    content = _content(old, new)
    few = min(old.rows.total(), new.rows.total()) < _FEW_ROWS
    if old.sheet.title != new.sheet.title and content < _LEAST_CONTENT and not few:
        return 0.0
    return _heading_score(old, new) + _CONTENT * content


def _heading_score(old: Profile, new: Profile) -> float:
    """What number, title and department say."""
    title = similarity(old.sheet.title, new.sheet.title) if new.sheet.title else 0.0
    score = _SAME_TITLE if title == 1 else _TITLE * title
    score += _NUMBER * (old.sheet.number == new.sheet.number)
    if old.department and new.department:
        score -= _OTHER_DEPARTMENT * (1 - similarity(old.department, new.department))
    return score


def _content(old: Profile, new: Profile) -> float:
    """How much two sheets say the same; where one says nothing, nothing can be told."""
    if not old.rows or not new.rows:
        return 0.5
    total = old.rows.total() + new.rows.total()
    equal = 2 * (old.rows & new.rows).total()
    if equal >= 2 * _SURE_CONTENT * total or _alike(old.grams, new.grams) < _UNRELATED:
        return equal / total
    return (equal + sum(_reworded(old.rows, new.rows))) / total


def _share(part: Counter[str], whole: Counter[str]) -> float:
    """The share of the rows of a sheet that are among others, perhaps a little changed."""
    total = part.total()
    if total < _LEAST_ROWS or whole.total() < _PART * total:
        return 0.0
    equal = (part & whole).total()
    if equal < _LEAST_EQUAL * total:
        return 0.0
    return (equal + _reworded(part, whole)[0]) / total


def _reworded(these: Counter[str], those: Counter[str]) -> tuple[int, int]:
    """How many rows on either side have no equal on the other, but one much like them."""
    left, right = list((these - those).elements()), list((those - these).elements())
    pairs = list(similar_pairs(left, right, _SAME_ROW))
    return len({one for one, _, _ in pairs}), len({other for _, other, _ in pairs})


def _alike(these: frozenset[str], those: frozenset[str]) -> float:
    return 2 * len(these & those) / (len(these) + len(those))
