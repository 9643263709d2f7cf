"""The code at the head of an activity row, by itself or glued to its text."""

from __future__ import annotations

import re
from typing import NamedTuple

from gyomu_docs.model import ActivityCode
from gyomu_docs.readers.published_text.lines import half_width

_HEAD = re.compile(r"([0-9]{6}|[0-9]{4}|[0-9]{2})(?![0-9])(\s*)")


class CodeHead(NamedTuple):
    """A cell that begins with a code."""

    code: ActivityCode
    printed: str
    """The code as printed, perhaps in full-width digits."""
    text: str
    """What follows in the same cell; empty where the code stands alone."""


def code_head(cell: str, previous: ActivityCode | None = None) -> CodeHead | None:
    """The code that `cell` begins with, None where it begins with none.

    A text glued to the code without a space (`010101情報収集`) counts only where that code can
    follow `previous`: `24時間体制` is no code.
    """
    match = _HEAD.match(half_width(cell))
    if match is None:
        return None
    head = CodeHead(ActivityCode(match[1]), cell[: match.end(1)], cell[match.end() :])
    if head.text and not match[2] and (previous is None or head.code not in followers(previous)):
        return None
    return head


def followers(code: ActivityCode) -> set[ActivityCode]:
    """The codes that can come next: the first child, the next sibling, that of each parent."""
    found = {ActivityCode(f"{code}01")} if code.level < 3 else set()
    above: ActivityCode | None = code
    while above is not None:
        if above.ordinal < 99:
            found.add(ActivityCode(f"{above[:-2]}{above.ordinal + 1:02d}"))
        above = above.parent
    return found
