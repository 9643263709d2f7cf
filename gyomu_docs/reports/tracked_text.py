"""What changed in the texts of a cell or a paragraph, as spans.

Joined without the inserted spans they are the old text, without the deleted ones the new text, the
ends of paragraphs included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from gyomu_docs.comparison import word_changes
from gyomu_docs.comparison.words import SegmentKind
from gyomu_docs.layout.tree import PARAGRAPH_END, Revision, Span

_KINDS: dict[SegmentKind, Revision] = {"equal": "", "removed": "deleted", "added": "inserted"}


def text_spans(old: str, new: str, *, whole: bool = False) -> tuple[Span, ...]:
    """The words that changed in a text; `whole` sets off all of it."""
    if whole and old != new:
        return tuple(_joined([Span(old, "deleted"), Span(new, "inserted")]))
    return tuple(Span(one.text, _KINDS[one.kind]) for one in word_changes(old, new))


def paragraph_spans(
    olds: Sequence[str], news: Sequence[str], pairs: Sequence[tuple[int, int]], *, whole: bool
) -> tuple[Span, ...]:
    """What changed in paragraphs. `pairs` are those that became each other, in order, from 0.

    Paragraphs that are gone stand before those that are new in their place. A deleted or inserted
    paragraph takes the end that parts it from the last pair.
    """
    if not pairs:
        removed, added = PARAGRAPH_END.join(olds), PARAGRAPH_END.join(news)
        return tuple(_joined([Span(removed, "deleted"), Span(added, "inserted")]))
    spans: list[Span] = []
    for (old, new), (next_old, next_new) in pairwise([(-1, -1), *pairs]):
        if old >= 0:
            spans.append(Span(PARAGRAPH_END))
        spans += [Span(text + PARAGRAPH_END, "deleted") for text in olds[old + 1 : next_old]]
        spans += [Span(text + PARAGRAPH_END, "inserted") for text in news[new + 1 : next_new]]
        spans += text_spans(olds[next_old], news[next_new], whole=whole)
    last_old, last_new = pairs[-1]
    spans += [Span(PARAGRAPH_END + text, "deleted") for text in olds[last_old + 1 :]]
    spans += [Span(PARAGRAPH_END + text, "inserted") for text in news[last_new + 1 :]]
    return tuple(_joined(spans))


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    """Neighbours of one kind as one; empty ones are left out."""
    for kind, alike in groupby((span for span in spans if span.text), key=attrgetter("kind")):
        yield Span("".join(span.text for span in alike), kind)
