"""A cell of the base and the text that came back in its place, to edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from gyomu_docs.collect.changes import Origin
from gyomu_docs.collect.expected import Shown
from gyomu_docs.collect.texts import cleaned, folded, joined
from gyomu_docs.model.money import normalize_amount
from gyomu_docs.readers.docx import Mark, Text


class Difference(NamedTuple):
    """What became of an item of a list, or (with `old` None) of the place behind it."""

    number: int
    """Of the item, from 1; 0 for the head of the list."""
    old: str | None
    new: str | None
    """None for an item that is gone."""


def origin_of(draft: str, marks: Iterable[Mark], *, tracked: bool) -> Origin:
    """Where a change comes from that these people tracked."""
    if not tracked:
        return Origin(draft)
    marks = list(marks)
    authors = "、".join(dict.fromkeys(mark.author for mark in marks if mark.author))
    return Origin(draft, authors, max((mark.date for mark in marks), default=""), tracked=True)


def is_same(printed: Iterable[str], returned: Iterable[str]) -> bool:
    """Whether a cell came back as it was printed."""
    return folded(joined(printed)) == folded(joined(returned))


def edited_text(base: str, printed: Sequence[str], returned: Text, how: Shown) -> str | None:
    """The new text of a field as the sheet file writes it; None where it did not change."""
    if is_same(printed, returned.new):
        return None
    new = how.parse(cleaned(joined(returned.new), base))
    if new == base or (how.money and normalize_amount(new) == base):
        return None
    return new


def edited_paragraphs(
    items: Sequence[str], printed: Sequence[str], returned: Text
) -> list[Difference]:
    """How a list with one paragraph an item changed."""
    if is_same(printed, returned.new):
        return []
    before = [folded(item) for item in items]
    blanks = "" in before
    after = [text for text in returned.new if blanks or folded(text)]
    if blanks and not folded(joined(after)):
        after = []
    matcher = SequenceMatcher(None, before, [folded(text) for text in after], autojunk=False)
    differences: list[Difference] = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag != "equal":
            differences += _replaced(items, i, i_end, after[j:j_end])
    return differences


def _replaced(
    items: Sequence[str], start: int, end: int, new: Sequence[str]
) -> Iterator[Difference]:
    """Some items became some others: the likest ones changed, the rest went or came."""
    old = items[start:end]
    partner = _partners(old, new)
    last = start
    came = iter(range(len(new)))
    done = 0
    for offset, item in enumerate(old):
        number = start + offset + 1
        at = partner.get(offset)
        if at is None:
            yield Difference(number, item, None)
        else:
            while done < at:
                yield Difference(last, None, cleaned(new[next(came)]))
                done += 1
            next(came)
            done += 1
            yield Difference(number, item, cleaned(new[at], item))
        last = number
    for at in came:
        yield Difference(last, None, cleaned(new[at]))


def _partners(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Old to new, in order; all where there are as many, else the likest ones."""
    if len(old) == len(new):
        return {at: at for at in range(len(old))}
    fewer, more = (old, new) if len(old) < len(new) else (new, old)
    chosen: dict[int, int] = {}
    start = 0
    for at, text in enumerate(fewer):
        room = len(more) - (len(fewer) - at) + 1
        start = max(range(start, room), key=lambda other: (_ratio(text, more[other]), -other))
        chosen[at] = start
        start += 1
    return chosen if fewer is old else {other: at for at, other in chosen.items()}


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
