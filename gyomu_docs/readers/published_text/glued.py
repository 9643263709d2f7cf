"""Cells that the extraction glued into one: how they can be cut at their spaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from gyomu_docs.model import ValueKind, parse_value

_ARROWS = frozenset("→↑↓↗↘⇒⇑⇓⇗⇘➡⬆⬇")
_MARKS = frozenset("○◯〇×✕✖△▲◎●☆★")


class Look(Enum):
    """What a cell looks like, whatever its column."""

    BLANK = auto()
    ARROW = auto()
    MARK = auto()
    DASH = auto()
    NUMBER = auto()
    WORDS = auto()


SIGNS = frozenset({Look.ARROW, Look.MARK})


class Cut(NamedTuple):
    """The cells of a row, some of them cut."""

    cells: tuple[str, ...]
    glued: tuple[str, ...] = ()
    """The cells that were cut."""
    weight: int = 0


def look_of(cell: str) -> Look:
    """What `cell` looks like."""
    if not cell:
        return Look.BLANK
    if cell in _ARROWS:
        return Look.ARROW
    if cell in _MARKS:
        return Look.MARK
    match parse_value(cell).kind:
        case ValueKind.NONE:
            return Look.DASH
        case ValueKind.NUMBER | ValueKind.PERCENT:
            return Look.NUMBER
        case _:
            return Look.WORDS


def is_glued(cell: str) -> bool:
    """Whether `cell` can be no single value: signs and numbers only, but more than one."""
    return look_of(cell) is Look.WORDS and _only_values(cell)


def has_sign_beside_words(cell: str) -> bool:
    """Whether an arrow or a mark stands at one end of `cell`, with a space before the rest."""
    parts = cell.split()
    return len(parts) > 1 and not SIGNS.isdisjoint({look_of(parts[0]), look_of(parts[-1])})


def has_dash_apart(cell: str) -> bool:
    """Whether `cell` is a dash and a number behind a space: negative, or two values."""
    return _only_values(cell) and look_of(cell.split()[0]) is Look.DASH


def cuts(cells: Sequence[str]) -> Iterator[Cut]:
    """The cells as they are, with the glued values cut, and with one more cell cut.

    That one is a text with a value at its end or its beginning, or what may be a dash and a
    number; so it weighs a little.
    """
    yield Cut(tuple(cells))
    certain = _cut(cells, [i for i, cell in enumerate(cells) if is_glued(cell)])
    if certain.glued:
        yield certain
    for index, cell in enumerate(certain.cells):
        if len(cut_values(cell)) > 1:
            more = _cut(certain.cells, [index])
            yield Cut(more.cells, certain.glued + more.glued, weight=1)


def _cut(cells: Sequence[str], where: Sequence[int]) -> Cut:
    parts = (cut_values(cell) if i in where else [cell] for i, cell in enumerate(cells))
    return Cut(tuple(text for part in parts for text in part), tuple(cells[i] for i in where))


def cut_values(cell: str) -> list[str]:
    """The values at both ends of `cell`, each by itself, and the words between them."""
    parts = cell.split()
    if _only_values(cell):
        return parts
    start = next((i for i, part in enumerate(parts) if look_of(part) is Look.WORDS), 0)
    behind = next((i for i, part in enumerate(reversed(parts)) if look_of(part) is Look.WORDS), 0)
    end = len(parts) - behind
    # Between the cuts the spaces stay as they were printed.
    words = cell.split(maxsplit=start)[-1] if start else cell
    words = words.rsplit(maxsplit=behind)[0] if behind else words
    return [*parts[:start], words, *parts[end:]] if words else [cell]


def _only_values(cell: str) -> bool:
    parts = cell.split()
    return len(parts) > 1 and all(look_of(part) is not Look.WORDS for part in parts)
