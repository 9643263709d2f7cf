"""Which returned row shows which row of a grid.

In this order, each pass over what the ones before left: bookmark, the labels of rows that do not
repeat, or their texts where they have none, same content and code, same content under another
code, same code, likeness in the order of the table. Rows that are there count before rows that
are tracked as deleted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from gyomu_docs.collect.columns import Projection
from gyomu_docs.collect.expected import Expected
from gyomu_docs.collect.paths import kind_of
from gyomu_docs.collect.texts import folded, joined, squeezed
from gyomu_docs.layout import tree
from gyomu_docs.layout.identity import record_of
from gyomu_docs.readers.docx import Row

CODE = "コード"
"""The field by which people know an item; it is unique in its list."""

_LIKE = 0.6
"""Likeness of two contents from which one may have become the other."""
_MANY = 20_000
"""Pairs of rows above which likeness is estimated from the letters alone."""
_MANY_VIEWS = 100
"""Rows above which the likeness to one is estimated so."""
_TOO_MANY = 500_000
"""Pairs of rows above which no likeness is looked for: rows then come and go."""

Values = dict[str, str]
"""Field to text, folded; empty ones left out."""


class Returned(NamedTuple):
    """A row of a returned table that shows a grid."""

    row: Row
    projection: Projection

    @property
    def deleted(self) -> bool:
        """Whether it is there only until the deletion is accepted."""
        return self.row.state == "deleted"

    def text(self, cell: tree.Cell, *, new: bool = True) -> str:
        """The text where the grid has a cell, in one of the views."""
        found = self.projection.find(self.row, cell.column, cell.colspan).cell
        if found is None:
            return ""
        return joined(found.text.new if new else found.text.old)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(folded(joined(cell.text.new)) for cell in self.row.cells)


class Matching(NamedTuple):
    """What was found."""

    pairs: dict[int, int]
    """Row of the grid to returned row."""
    added: list[tuple[int, str]]
    """Returned rows without one, not deleted, not empty, with the kind of record they show; the
    kind is empty where the grid repeats no such row."""


class RowMatcher:
    """Matches the rows of one grid."""

    def __init__(self, expected: Expected, number: int, returned: Sequence[Returned]) -> None:
        """`number` is that of the grid, from 0."""
        self._grid = expected.grids[number]
        self._prototypes = expected.prototypes[number]
        self._returned = returned
        rows = list(enumerate(self._grid.rows))
        self._items = [at for at, row in rows if row.record and expected.has(row.record)]
        self._fixed = [at for at, row in rows if not row.record]
        self._records = {self._grid.rows[at].record: at for at in reversed(self._items)}
        self._pairs: dict[int, int] = {}
        self._taken: set[int] = set()
        self._kinds: dict[int, str] = {}
        self._values: dict[tuple[int, str, bool], Values] = {}

    def match(self) -> Matching:
        """Run all passes."""
        live = [at for at, row in enumerate(self._returned) if not row.deleted]
        dead = [at for at, row in enumerate(self._returned) if row.deleted]
        for there in (live, dead):
            self._by_bookmark(there)
            self._by_labels(there)
            self._by_texts(there)
            self._by(there, self._content_and_code)
            self._by(there, self._content)
            self._by(there, self._code)
            self._by_likeness(there)
        self._by_place()
        added = [
            (at, self._kind(at))
            for at in live
            if at not in self._taken
            and not self._returned[at].is_empty
            and not self._is_copy_of_header(at)
        ]
        return Matching(self._pairs, added)

    def _is_copy_of_header(self, at: int) -> bool:
        """Whether a row only repeats a header, as the second part of a split table does."""
        headers = self._grid.rows[: self._grid.header_rows]
        return any(self._label_score(row, self._returned[at]) == 1 for row in headers)

    def _pair(self, base: int, returned: int) -> None:
        self._pairs[base] = returned
        self._taken.add(returned)

    def _left(self, there: Iterable[int]) -> tuple[list[int], list[int]]:
        """Items of the base and returned rows without a partner; empty rows are nobody's."""
        return (
            [at for at in self._items if at not in self._pairs],
            [
                at
                for at in there
                if at not in self._taken
                and (not self._returned[at].is_empty or self._returned[at].deleted)
            ],
        )

    def _by_bookmark(self, there: Iterable[int]) -> None:
        for at in there:
            for mark in self._returned[at].row.bookmarks:
                base = self._records.get(record_of(mark))
                if base is not None and base not in self._pairs and at not in self._taken:
                    self._pair(base, at)

    def _by_labels(self, there: Iterable[int]) -> None:
        for base in self._fixed:
            if base in self._pairs:
                continue
            scores = [
                (self._label_score(self._grid.rows[base], self._returned[at]), -at)
                for at in there
                if at not in self._taken
            ]
            best, at = max(scores, default=(0.0, 0))
            if best > 0.5:
                self._pair(base, -at)

    def _by_texts(self, there: Iterable[int]) -> None:
        """Pair rows that neither repeat nor have labels, by what stands in them.

        So the row below one that was deleted is not taken for it.
        """
        for base in self._fixed:
            wanted = self._base_values(base)
            if base in self._pairs or not wanted:
                continue
            row = self._grid.rows[base]
            views = {
                at: [self._texts(row, at, new=new) for new in (True, False)]
                for at in there
                if at not in self._taken
            }
            same = next((at for at, texts in views.items() if wanted in texts), None)
            if same is None:
                same = self._likest(wanted, views)
            if same is not None:
                self._pair(base, same)

    @staticmethod
    def _likest(wanted: Values, views: dict[int, list[Values]]) -> int | None:
        """The returned row with the likest texts; None where none is like them."""
        quick = len(views) > _MANY_VIEWS
        scores = [
            (max(_likeness(wanted, texts, quick=quick) for texts in both), -at)
            for at, both in views.items()
        ]
        best, at = max(scores, default=(0.0, 0))
        return -at if best > 0 else None

    def _texts(self, row: tree.Row, at: int, *, new: bool) -> Values:
        """What a returned row has in the fields of a row."""
        returned = self._returned[at]
        return {
            cell.field: text
            for cell in row.cells
            if cell.field and (text := folded(returned.text(cell, new=new)))
        }

    def _label_score(self, row: tree.Row, returned: Returned) -> float:
        """The share of a row's labels that a returned row has in their places."""
        labels = [
            (cell, squeezed(joined(cell.texts)))
            for cell in row.cells
            if not cell.field and cell.texts and cell.role != "data"
        ]
        if not labels:
            return 0.0
        same = sum(
            label in (squeezed(returned.text(cell)), squeezed(returned.text(cell, new=False)))
            for cell, label in labels
        )
        return same / len(labels)

    def _kind(self, at: int) -> str:
        """What kind of record a returned row shows; empty for none that the grid repeats."""
        kind = self._kinds.get(at)
        if kind is None:
            kind = self._kinds[at] = self._guess(at)
        return kind

    def _guess(self, at: int) -> str:
        returned = self._returned[at]
        plain = ""
        best, best_score = "", 0.0
        for kind, row in self._prototypes.items():
            score = self._label_score(_own_cells(row), returned)
            if score > best_score:
                best, best_score = kind, score
            plain = plain or (kind if not any(_is_label(c) for c in _own_cells(row).cells) else "")
        return best or plain or next(iter(self._prototypes), "")

    def _values_of(self, at: int, kind: str, *, new: bool) -> Values:
        key = (at, kind, new)
        values = self._values.get(key)
        if values is None:
            values = self._values[key] = self._texts(self._prototypes[kind], at, new=new)
        return values

    def _base_values(self, at: int) -> Values:
        row = self._grid.rows[at]
        return {
            cell.field: text
            for cell in row.cells
            if cell.field and (text := folded(joined(cell.texts)))
        }

    def _by(self, there: Iterable[int], key: Callable[[str, Values], object]) -> None:
        """Pair the rows whose key is the same, and no other's, on both sides."""
        items, rows = self._left(there)
        if not items or not rows:
            return
        wanted: dict[object, list[int]] = {}
        for base in items:
            kind = kind_of(self._grid.rows[base].record)
            found = key(kind, self._base_values(base))
            if found is not None:
                wanted.setdefault(found, []).append(base)
        offered: dict[object, list[int]] = {}
        for at in rows:
            kind = self._kind(at)
            if kind:
                views = (self._values_of(at, kind, new=new) for new in (True, False))
                for found in {key(kind, values) for values in views} - {None}:
                    offered.setdefault(found, []).append(at)
        for found, bases in wanted.items():
            there_are = offered.get(found, [])
            if not len(bases) == 1 == len(there_are) or there_are[0] in self._taken:
                continue
            if key != self._code or self._may_be(bases[0], there_are[0]):
                self._pair(bases[0], there_are[0])

    def _may_be(self, base: int, at: int) -> bool:
        """Whether a row with the base's code is its row.

        A row that was tracked as inserted may have taken over the code of one that was deleted.
        """
        if self._returned[at].row.state != "inserted":
            return True
        kind = kind_of(self._grid.rows[base].record)
        values = self._values_of(at, kind, new=True)
        return _likeness(self._base_values(base), values, quick=False) > 0

    @staticmethod
    def _content_and_code(kind: str, values: Values) -> object:
        return (kind, tuple(sorted(values.items()))) if values else None

    @staticmethod
    def _content(kind: str, values: Values) -> object:
        rest = tuple(sorted((k, v) for k, v in values.items() if k != CODE))
        return (kind, rest) if rest and CODE in values else None

    @staticmethod
    def _code(kind: str, values: Values) -> object:
        code = squeezed(values.get(CODE, ""))
        return (kind, code) if code else None

    def _by_likeness(self, there: Iterable[int]) -> None:
        """Pair in order so that the likeness of all pairs together is the greatest."""
        items, rows = self._left(there)
        if not items or not rows or len(items) * len(rows) > _TOO_MANY:
            return
        likeness = self._likenesses(items, rows)
        best = [[0.0] * (len(rows) + 1) for _ in range(len(items) + 1)]
        for i, scores in enumerate(likeness):
            for j, score in enumerate(scores):
                best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + score)
        i, j = len(items), len(rows)
        while i and j:
            score = likeness[i - 1][j - 1]
            if score > 0 and best[i][j] == best[i - 1][j - 1] + score:
                i, j = i - 1, j - 1
                self._pair(items[i], rows[j])
            elif best[i][j] == best[i - 1][j]:
                i -= 1
            else:
                j -= 1

    def _likenesses(self, items: Sequence[int], rows: Sequence[int]) -> list[list[float]]:
        quick = len(items) * len(rows) > _MANY
        bases = [(kind_of(self._grid.rows[at].record), self._base_values(at)) for at in items]
        table = []
        for kind, values in bases:
            scores = []
            for at in rows:
                score = 0.0
                if self._kind(at) == kind:
                    views = (self._values_of(at, kind, new=new) for new in (True, False))
                    score = max(_likeness(values, view, quick=quick) for view in views)
                scores.append(score)
            table.append(scores)
        return table

    def _by_place(self) -> None:
        """Pair rows by their place: those that do not repeat, and items in which nothing stands."""
        nameless = [*self._fixed, *(at for at in self._items if not self._base_values(at))]
        for base in sorted(at for at in nameless if at not in self._pairs):
            before = max((self._pairs[at] for at in self._pairs if at < base), default=-1)
            after = min(
                (self._pairs[at] for at in self._pairs if at > base), default=len(self._returned)
            )
            free = [at for at in range(before + 1, after) if at not in self._taken]
            if free and self._shape(self._grid.rows[base], self._returned[free[0]]):
                self._pair(base, free[0])

    def _shape(self, row: tree.Row, returned: Returned) -> bool:
        """Whether a returned row has a cell for each cell of a row."""
        return all(
            returned.projection.find(returned.row, cell.column, cell.colspan).cell is not None
            for cell in row.cells
        )


def _own_cells(row: tree.Row) -> tree.Row:
    """The row without cells that span several: a row that is added later has none of those."""
    return row._replace(cells=tuple(cell for cell in row.cells if cell.rowspan == 1))


def _is_label(cell: tree.Cell) -> bool:
    return not cell.field and bool(cell.texts)


def _likeness(one: Values, other: Values, *, quick: bool) -> float:
    """How much two rows say the same, above what rows have in common anyway; 0 for too little."""
    if not one or not other:
        return 0.0
    fields = one.keys() | other.keys()
    same = sum(one.get(field) == other.get(field) for field in fields) / len(fields)
    first, second = ("\n".join(values[key] for key in sorted(values)) for values in (one, other))
    if quick:
        shared = sum((Counter(first) & Counter(second)).values())
        ratio = 2 * shared / (len(first) + len(second))
    else:
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        if matcher.quick_ratio() < _LIKE:
            return 0.0
        ratio = matcher.ratio()
    return ratio - _LIKE + 0.3 * same if ratio > _LIKE else 0.0


def moved(numbers: Sequence[int]) -> list[int]:
    """Those of the numbers, each there once, that are not in the longest rising sequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        place = bisect_right(tails, number)
        tails[place : place + 1] = [number]
        ends[place : place + 1] = [at]
        before.append(ends[place - 1] if place else -1)
    kept = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(numbers[at])
        at = before[at]
    return [number for number in numbers if number not in kept]
