"""傍線: rules under the parts of a text that are set off (`Span` of kind `marked`).

In: the spans of a cell and the runs that its lines became. Out: one `Rule` for each line that a
part stands on. The characters are counted as they were set, so the rules follow them over line
ends, kerns and alignments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gyomu_docs.layout.tree import PARAGRAPH_END, Span
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.pages import Rule, TextRun
from gyomu_docs.typeset.texts import SetLine
from gyomu_docs.units import Length

_WIDTH, _GAP = 50, 40
"""Of a rule, and its distance from the em box, in thousandths of an em."""


class _Part(NamedTuple):
    """A range of characters of one paragraph, forced line breaks not counted."""

    paragraph: int
    start: int
    end: int


def underlines(
    spans: Sequence[Span],
    lines: Sequence[SetLine],
    first: int,
    runs: Sequence[TextRun],
    font: Metrics,
    right: Length,
) -> Iterator[Rule]:
    """The rules under the marked parts of a text, of which the lines from `first` on were placed.

    `runs` are what these lines became, without the empty ones. No rule goes beyond `right`: spaces
    at the end of a line may hang out of the cell.
    """
    parts = [part for part in _marked(spans) if part.start < part.end]
    placed = iter(runs)
    paragraph, start = -1, 0
    for number, (line, _, own) in enumerate(lines):
        if own != paragraph:
            paragraph, start = own, 0
        end = start + len(line.text)
        run = next(placed, None) if line.text and number >= first else None
        if run is not None:
            for part in parts:
                begin, stop = max(part.start, start), min(part.end, end)
                if part.paragraph == paragraph and begin < stop:
                    yield _rule(run, line.head, begin - start, stop - start, font, right)
        start = end


def _marked(spans: Sequence[Span]) -> Iterator[_Part]:
    """The marked parts, by paragraph. What is deleted is no part of the text."""
    paragraph = at = 0
    for span in spans:
        if span.kind == "deleted":
            continue
        for number, piece in enumerate(span.text.split(PARAGRAPH_END)):
            if number:
                paragraph, at = paragraph + 1, 0
            start, at = at, at + len(piece) - piece.count("\n")
            if span.kind == "marked":
                yield _Part(paragraph, start, at)


def _rule(run: TextRun, head: Length, start: int, end: int, font: Metrics, right: Length) -> Rule:
    """The rule under some characters of a run; `head` is the blank before a bracket at its head."""
    left = run.x + (_advance(run, start, font) if start else head)
    width = run.size * _WIDTH // 1000
    y = run.y + (font.descent + _GAP) * run.size // 1000 + width // 2
    stop = run.x + _advance(run, end, font) - run.spacing
    return Rule(min(left, right), y, min(stop, right), y, width)


def _advance(run: TextRun, end: int, font: Metrics) -> Length:
    """From the beginning of a run to where the character at `end` begins."""
    natural = sum(map(font.widths.__getitem__, run.text[:end])) * run.size // 1000
    return natural + run.spacing * end + sum(amount for index, amount in run.kerns if index < end)
