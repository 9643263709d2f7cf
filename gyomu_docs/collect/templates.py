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
        found = _only(pieces, text, pattern)
        if found is not None:
            return found
    return None


def _only(
    pieces: Sequence[Piece], text: str, fixed: Callable[[str], str]
) -> tuple[str, ...] | None:
    # The shortest and the longest way to match are the same where there is only one.
    ways = [_values(pieces, text, fixed, any_text) for any_text in ("(.*?)", "(.*)")]
    return ways[0] if ways[0] == ways[1] else None


def _values(
    pieces: Sequence[Piece], text: str, fixed: Callable[[str], str], any_text: str
) -> tuple[str, ...] | None:
    pattern = "".join(any_text if one.field else fixed(_plain(one.text)) for one in pieces)
    match = re.fullmatch(pattern, _plain(text), re.DOTALL)
    return tuple(map(cleaned, match.groups())) if match else None


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
