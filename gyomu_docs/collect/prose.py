"""Which returned paragraph shows which text outside of tables.

The paragraphs between two tables are laid beside the texts that the form printed there, in their
order; each is given away once. What came back as it was, in either view of its tracked changes,
is certain. Between two such paragraphs a text belongs to a field where no other could stand
there, or where it is like what the field said. All else is nobody's, and a person is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from gyomu_docs.collect.cells import is_same
from gyomu_docs.collect.expected import Prose, Slot
from gyomu_docs.collect.templates import read_template
from gyomu_docs.collect.texts import folded, joined
from gyomu_docs.readers.docx import Text

_LIKE = 0.6
"""Likeness of two texts from which one may have become the other."""
_MANY = 20_000
"""Pairs of texts above which only those are looked for that say the same."""
_FIRST, _LAST = -1, 1_000_000
"""Numbers of slots before and behind all of a form."""


@dataclass(slots=True)
class Attribution:
    """Who gets which paragraph of a gap; texts of the form by their places in the list given."""

    pairs: dict[int, list[int]] = field(default_factory=dict)
    """Fields, templates and fixed texts to their paragraphs."""
    lists: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """By the number of a list's slot: what stands there now, each a paragraph, or (with -1 for
    it) an item that stays as it was."""
    gone: list[int] = field(default_factory=list)
    """Texts of the form that are not there any more."""
    unsure: list[int] = field(default_factory=list)
    """Paragraphs that nobody can be given."""
    likely: set[int] = field(default_factory=set)
    """Those of `pairs` that are known by likeness alone."""


def attribute(slots: Sequence[Slot], prose: Sequence[Prose], texts: Sequence[Text]) -> Attribution:
    """Give the paragraphs of a gap to the texts that the form has there."""
    found = Attribution()
    _Attributing(slots, prose, texts, found).run()
    return found


def _certain(one: Prose, text: Text) -> float:
    """How surely a paragraph shows a text of the form; 0 for not surely."""
    if is_same((one.text,), text.old):
        return 4 if is_same((one.text,), text.new) else 3
    if is_same((one.text,), text.new):
        return 3
    new = joined(text.new)
    certain = one.slot.kind == "template" and read_template(one.pieces, new) is not None
    return 2 if certain and folded(new) else 0


def _likely(one: Prose, text: Text) -> float:
    matcher = SequenceMatcher(None, folded(one.text), folded(joined(text.new)), autojunk=False)
    if matcher.quick_ratio() <= _LIKE:
        return 0
    ratio = matcher.ratio()
    return ratio if ratio > _LIKE else 0


class _Attributing:
    """The paragraphs of one gap while they are given away."""

    def __init__(
        self,
        slots: Sequence[Slot],
        prose: Sequence[Prose],
        texts: Sequence[Text],
        found: Attribution,
    ) -> None:
        self._slots = slots
        self._prose = prose
        self._texts = texts
        self._found = found

    def run(self) -> None:
        """Pair what is certain, and settle what lies between."""
        items = list(range(len(self._prose)))
        texts = [at for at, text in enumerate(self._texts) if _says_something(text)]
        pairs = self._pairs(self._shown(items), texts, _certain)
        left, before, after = _FIRST, 0, 0
        for item, text in pairs:
            slot = self._prose[item].slot
            at_item, at_text = items.index(item), texts.index(text)
            self._settle(items[before:at_item], texts[after:at_text], (left, _before(slot)))
            self._pair(item, text)
            left, before, after = _behind(slot), at_item + 1, at_text + 1
        self._settle(items[before:], texts[after:], (left, _LAST))

    def _shown(self, items: Sequence[int]) -> list[int]:
        """Those in which something stands; empty items of lists cannot be found again."""
        return [item for item in items if folded(self._prose[item].text)]

    def _pairs(
        self, items: Sequence[int], texts: Sequence[int], score: Callable[[Prose, Text], float]
    ) -> list[tuple[int, int]]:
        if len(items) * len(texts) > _MANY:
            return self._same(items, texts)
        return _in_order(
            items, texts, lambda item, text: score(self._prose[item], self._texts[text])
        )

    def _same(self, items: Sequence[int], texts: Sequence[int]) -> list[tuple[int, int]]:
        """The pairs that say the same; what a file from outside asks for must stay cheap."""
        was = [folded(self._prose[item].text) for item in items]
        now = [folded(joined(self._texts[text].new)) for text in texts]
        matcher = SequenceMatcher(None, was, now, autojunk=False)
        return [
            (items[i + offset], texts[j + offset])
            for i, j, size in matcher.get_matching_blocks()
            for offset in range(size)
        ]

    def _pair(self, item: int, text: int) -> None:
        slot = self._prose[item].slot
        if slot.kind == "list":
            self._found.lists.setdefault(slot.number, []).append((item, text))
        else:
            self._found.pairs[item] = [text]

    def _settle(self, items: Sequence[int], texts: Sequence[int], between: tuple[int, int]) -> None:
        """What stands between two paragraphs that are certain, or at an end of the gap."""
        shown = self._shown(items)
        # What was deleted with tracking says nothing any more.
        texts = [text for text in texts if folded(joined(self._texts[text].new))]
        if not texts:
            self._keep(items, blank_only=True)
            self._found.gone += shown
        elif not self._belongs_to_one(items, shown, texts, between) and not self._one_for_each(
            items, shown, texts, between
        ):
            self._keep(items)
            self._found.unsure += texts

    def _possible(self, between: tuple[int, int]) -> list[Slot]:
        """The slots of fields that could show between two numbers."""
        return [
            slot for slot in self._slots if between[0] < slot.number < between[1] and slot.fields
        ]

    def _belongs_to_one(
        self,
        items: Sequence[int],
        shown: Sequence[int],
        texts: Sequence[int],
        between: tuple[int, int],
    ) -> bool:
        """Give the paragraphs to the only slot that could show here, if there is only one."""
        possible = self._possible(between)
        if len(possible) != 1 or any(self._prose[item].slot != possible[0] for item in shown):
            return False
        (slot,) = possible
        if slot.kind == "list":
            self._keep(items, blank_only=True)
            self._found.lists.setdefault(slot.number, []).extend((-1, text) for text in texts)
            return True
        if not shown or (slot.kind == "template" and len(texts) > 1):
            return False
        self._found.pairs[shown[0]] = [*texts]
        return True

    def _one_for_each(
        self,
        items: Sequence[int],
        shown: Sequence[int],
        texts: Sequence[int],
        between: tuple[int, int],
    ) -> bool:
        """Give one paragraph to each text of the form, where their likeness does not object.

        Where anything else could show here, each must be like what it was; only items of lists
        need not.
        """
        if len(shown) != len(texts):
            return False
        alike = self._pairs(shown, texts, _likely)
        if not {*alike} <= {*zip(shown, texts, strict=True)}:
            return False
        slots = [self._prose[item].slot for item in shown]
        known = {item for item, _ in alike}
        if slots != self._possible(between) or any(slot.kind == "list" for slot in slots):
            single = [item for item in shown if self._prose[item].slot.kind != "list"]
            if not known.issuperset(single):
                return False
        there = dict(zip(shown, texts, strict=True))
        for item in items:
            if item in there:
                self._pair(item, there[item])
            else:
                self._keep((item,))
        self._found.likely |= {*shown}
        return True

    def _keep(self, items: Sequence[int], *, blank_only: bool = False) -> None:
        """Leave items of lists as they were; `blank_only` those in which nothing stands."""
        for item in items:
            slot, text = self._prose[item].slot, self._prose[item].text
            if slot.kind == "list" and not (blank_only and folded(text)):
                self._found.lists.setdefault(slot.number, []).append((item, -1))


def _before(slot: Slot) -> int:
    """The number below which slots can show before a text of this one; a list has more items."""
    return slot.number + (slot.kind == "list")


def _behind(slot: Slot) -> int:
    return slot.number - (slot.kind == "list")


def _says_something(text: Text) -> bool:
    return bool(folded(joined(text.new)) or folded(joined(text.old)))


def _in_order(
    items: Sequence[int], texts: Sequence[int], score: Callable[[int, int], float]
) -> list[tuple[int, int]]:
    """The pairs, in the order of both, whose scores together are the greatest."""
    scores = [[score(item, text) for text in texts] for item in items]
    best = [[0.0] * (len(texts) + 1) for _ in range(len(items) + 1)]
    for i, row in enumerate(scores):
        for j, value in enumerate(row):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + value)
    pairs = []
    i, j = len(items), len(texts)
    while i and j:
        value = scores[i - 1][j - 1]
        if value > 0 and best[i][j] == best[i - 1][j - 1] + value:
            i, j = i - 1, j - 1
            pairs.append((items[i], texts[j]))
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
