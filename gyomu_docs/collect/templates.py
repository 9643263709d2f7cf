"""Texts that a form puts together of fixed texts and fields, taken apart again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gyomu_docs.collect.texts import cleaned, folded
from gyomu_docs.layout.tree import Piece

_SPACE = re.compile(r"(\s+)")


def read_template(pieces: Sequence[Piece], text: str) -> tuple[str, ...] | None:
    """What stands in each field of a template; None where that is not certain.

    It is certain where the fixed texts are found, and in one way only. Spaces in them may have
    changed, as people and programs change them; but first they are taken as they are.
    """
    for pattern in (_exact, _loose):
        ways = _ways(pieces, text, pattern)
        if ways:
            return ways.pop() if len(ways) == 1 else None
    return None


def _ways(pieces: Sequence[Piece], text: str, fixed: Callable[[str], str]) -> set[tuple[str, ...]]:
    """The values, once where the fixed texts stand in one way only, else two ways or none.

    Each is looked for from the left and from the right: where both find the same places, there
    are no others. A pattern of the whole would try all ways, which a file from outside can make
    too many.
    """
    first, *between, last = (re.compile(one, re.DOTALL) for one in _around(pieces, fixed))
    text = _plain(text)
    head, tail = first.match(text), re.compile(f"(?:{last.pattern})\\Z").search(text)
    if head is None or tail is None or head.end() > tail.start():
        return set()
    start, end = head.end(), tail.start()
    left, right = _leftmost(between, text, start, end), _rightmost(between, text, start, end)
    if left is None or right is None:
        return set()
    ways = {_values(spans, text, start, end) for spans in (left, right)}
    # Where blanks alone part fields, and may have changed, another field could be the empty one.
    blank = any(not piece.field and piece.text.isspace() for piece in pieces)
    doubtful = fixed is _loose and blank and any("" in way for way in ways)
    return set() if doubtful else ways


def _around(pieces: Sequence[Piece], fixed: Callable[[str], str]) -> list[str]:
    """The patterns before, between and behind the fields of a template, which has one at least."""
    patterns = [""]
    for piece in pieces:
        if piece.field:
            patterns.append("")
        else:
            patterns[-1] += fixed(_plain(piece.text))
    return patterns


def _leftmost(
    patterns: Sequence[re.Pattern[str]], text: str, start: int, end: int
) -> list[tuple[int, int]] | None:
    spans = []
    for pattern in patterns:
        found = pattern.search(text, start, end)
        if found is None:
            return None
        spans.append(found.span())
        start = found.end()
    return spans


def _rightmost(
    patterns: Sequence[re.Pattern[str]], text: str, start: int, end: int
) -> list[tuple[int, int]] | None:
    spans: list[tuple[int, int]] = []
    for pattern in reversed(patterns):
        places = (pattern.match(text, at, end) for at in range(end, start - 1, -1))
        found = next(filter(None, places), None)
        if found is None:
            return None
        spans.insert(0, found.span())
        end = found.start()
    return spans


def _values(spans: Sequence[tuple[int, int]], text: str, start: int, end: int) -> tuple[str, ...]:
    starts = [start, *(after for _, after in spans)]
    ends = [*(before for before, _ in spans), end]
    return tuple(cleaned(text[a:b]) for a, b in zip(starts, ends, strict=True))


def _plain(text: str) -> str:
    """The text without what programs change, but with the blanks at its ends."""
    # An end that is no blank keeps `folded` from taking them away.
    return folded(f"|{text}|")[1:-1]


def _exact(text: str) -> str:
    return re.escape(text)


def _loose(text: str) -> str:
    """A pattern of a fixed text with any blanks; between other characters at least one."""
    parts = _SPACE.split(text)
    if not text.strip():
        return r"\s+"
    return "".join(r"\s*" if part.isspace() else re.escape(part) for part in parts if part)
