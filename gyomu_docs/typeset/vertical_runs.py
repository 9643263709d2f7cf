"""What stands in one em, what upright and what turned in a vertical label (JLREQ 2.3.2, 3.2.5).

In: a label, how its style wants it, its font. Out: a `VerticalText`, which `vertical` breaks into
columns, and the `ColumnRun`s of each of them. Of what is half-width,

1. an era's letter with 元, and a run of up to `Style.combine` letters, digits and signs, stand side
   by side in one em (縦中横): `R元`, `H28`, `10%`;
2. a single letter or digit stands upright;
3. a longer run stands upright, letter by letter, or is turned, as `Style.orientation` says;
4. brackets and dashes are turned, for upright they would be read as something else.

What is full-width stands upright: one em each, in its vertical form.

Columns are broken by the rules of lines. What has to be told apart by more than its character is
replaced by a stand-in: `H28` by `８`, which is one em wide and keeps its 年, 円 or ％ as the run
would. So the stand-in text has one character for each `Token`, and a column of it is a column of
the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from gyomu_docs.layout.tree import Orientation, Style
from gyomu_docs.typeset.jlreq import CLUSTER, break_costs
from gyomu_docs.typeset.lines import Line
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.units import Length

Kind = Literal["upright", "combined", "turned"]

_EM = 1000
_LEAST_NARROW = 500
"""Narrower than that, in thousandths of their width, glyphs are not read: no 縦中横 then."""

_ERAS = frozenset("RHSTM")
_FIRST_YEAR = "元"
_BRACKETS = "()[]{}<>｢｣"
_TURNED_MARKS = frozenset(_BRACKETS + "-~–—−－ｰ")
"""The fonts that ship have no vertical form of them; where a font has one, it looks the same."""
_KATAKANA = frozenset(map(chr, range(0xFF61, 0xFFA0)))
"""Half-width katakana with their marks; they stand upright, one em each."""
_NEVER_IN_RUNS = frozenset(_BRACKETS + " \n")
_FULL_WIDTH = ord("Ａ") - ord("A")
_RUN = re.compile("(?:wa*)+")


class Token(NamedTuple):
    """What stands in a column as one: a character, or those of a combined run."""

    text: str
    kind: Kind
    ems: int
    """What it takes of the column, in thousandths of an em."""
    stand_in: str
    """The one character by which lines are broken in its place."""


class ColumnRun(NamedTuple):
    """A piece of a column of one kind; `placing` makes a `TextRun` of it."""

    text: str
    kind: Kind
    top: Length
    """From the top of the column."""
    left: Length = 0
    """Of a combined run: from the centre line of the column to its left end; negative."""
    narrow: int = 1000
    """Of a combined run: the width of its glyphs in thousandths of their own."""
    spacing: Length = 0
    """Added after every character but the last."""
    kerns: tuple[tuple[int, Length], ...] = ()
    """(index, amount): added after the character at that index."""


class VerticalText:
    """A label as tokens, and as a text and its font (`Metrics`) for `lines.break_lines`."""

    def __init__(self, tokens: Iterable[Token], font: Metrics) -> None:
        self.tokens = tuple(tokens)
        self.text = "".join(token.stand_in for token in self.tokens)
        self.widths: Mapping[str, int] = {token.stand_in: token.ems for token in self.tokens}
        self.name = font.name
        self.ascent = font.ascent
        self.descent = font.descent

    def longest(self) -> int:
        """The longest of the columns that line breaks force, in thousandths of an em."""
        pieces = self.text.split("\n")
        return max(sum(map(self.widths.__getitem__, piece)) for piece in pieces)

    def columns(self, lines: Sequence[Line]) -> Iterator[tuple[Token, ...]]:
        """The tokens of each line that the text was broken into."""
        start = 0
        for line in lines:
            end = start + len(line.text)
            yield self.tokens[start:end]
            start = end + line.last  # a line break is a token too


def read_label(text: str, style: Style, font: Metrics) -> VerticalText:
    """Tell apart what stands how. Raises `MissingGlyphError` for what the font lacks."""
    return VerticalText(_read_tokens(text, style.combine, style.orientation, font), font)


def unit_ends(tokens: Sequence[Token]) -> list[int]:
    """Indices of the tokens after which 均等割付 opens a gap: not inside a turned run."""
    costs = break_costs("".join(token.stand_in for token in tokens))
    return [
        index
        for index in range(len(tokens) - 1)
        if costs[index + 1] != CLUSTER
        and not tokens[index].kind == tokens[index + 1].kind == "turned"
    ]


def column_runs(
    tokens: Sequence[Token], room_after: Mapping[int, Length], size: Length, font: Metrics
) -> tuple[ColumnRun, ...]:
    """The runs of one column, in reading order.

    `room_after` are kerns and gaps by the index of the token before them.
    """
    after = [room_after.get(index, 0) for index in range(len(tokens))]
    ems = list(accumulate((token.ems for token in tokens), initial=0))
    moved = list(accumulate(after, initial=0))
    runs = []
    for start, end in _pieces(tokens):
        text = "".join(token.text for token in tokens[start:end])
        run = ColumnRun(text, tokens[start].kind, ems[start] * size // _EM + moved[start])
        if run.kind == "combined":
            runs.append(_centred(run, size, font))
        else:
            # What follows the run moves the next one; at the end of the column it is a kern.
            own = after[start:end] if end == len(tokens) else [*after[start : end - 1], 0]
            runs.append(_spaced(run, own))
    return tuple(runs)


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Start and end of each piece of one kind; a combined run is a piece of its own."""
    start = 0
    for end in range(1, len(tokens) + 1):
        kind = tokens[start].kind
        if end == len(tokens) or kind == "combined" or tokens[end].kind != kind:
            yield start, end
            start = end


def _centred(run: ColumnRun, size: Length, font: Metrics) -> ColumnRun:
    """A combined run in the middle of its em, narrowed where it is wider."""
    width = _width(run.text, font)
    narrow = min(_EM * _EM // width, _EM)
    return run._replace(left=-(width * narrow * size // (2 * _EM * _EM)), narrow=narrow)


def _spaced(run: ColumnRun, after: Sequence[Length]) -> ColumnRun:
    """A run with room after its characters: as spacing where it is the same after all but one."""
    *inside, last = after
    if len(set(inside)) == 1 and not last:
        return run._replace(spacing=inside[0])
    return run._replace(kerns=tuple((at, room) for at, room in enumerate(after) if room))


def _read_tokens(
    text: str, combine: int, orientation: Orientation, font: Metrics
) -> Iterator[Token]:
    at = 0
    for match in _RUN.finditer(_shape(text, font)):
        start, end = match.span()
        yield from _lone_tokens(text[at:start], orientation, font)
        if combine > 1 and text[start:end] in _ERAS and text[end : end + 1] == _FIRST_YEAR:
            end += 1
            yield Token(text[start:end], "combined", _EM, _FIRST_YEAR)
        else:
            yield from _run_tokens(text[start:end], match[0], combine, orientation, font)
        at = end
    yield from _lone_tokens(text[at:], orientation, font)


def _run_tokens(
    run: str, shape: str, combine: int, orientation: Orientation, font: Metrics
) -> Iterator[Token]:
    """The tokens of a half-width run."""
    count = shape.count("w")
    named = [char for char in run if char.isalnum()]
    narrow_enough = _width(run, font) * _LEAST_NARROW <= _EM * _EM
    if named and 2 <= count <= combine and narrow_enough:
        yield Token(run, "combined", _EM, _full_width(named[-1]))
    elif named and count == 1:
        yield Token(run[0], "upright", _EM, _full_width(run[0]))
        yield from _lone_tokens(run[1:], orientation, font)
    elif orientation == "rotated":
        yield from (Token(char, "turned", font.widths[char], char) for char in run)
    else:
        yield from _lone_tokens(run, orientation, font)


def _lone_tokens(text: str, orientation: Orientation, font: Metrics) -> Iterator[Token]:
    """The tokens of characters that stand for themselves."""
    for char in text:
        if char == "\n":
            yield Token(char, "upright", 0, char)
            continue
        width = font.widths[char]
        # A space may be one between two turned words.
        if char in _TURNED_MARKS or (char == " " and orientation == "rotated"):
            yield Token(char, "turned", width, char)
        else:
            yield Token(char, "upright", _EM if width else 0, char)


def _shape(text: str, font: Metrics) -> str:
    """A letter for each character: `w` may be part of a run, `a` is attached, `-` is neither."""
    costs = break_costs(text)
    return "".join(
        "a" if cost == CLUSTER else "w" if _is_western(char, font) else "-"
        for char, cost in zip(text, costs, strict=False)
    )


def _is_western(char: str, font: Metrics) -> bool:
    return not (char in _NEVER_IN_RUNS or char in _KATAKANA) and font.widths[char] < _EM


def _full_width(char: str) -> str:
    """The full-width form of a letter or digit; of one that has none, some letter."""
    return chr(ord(char) + _FULL_WIDTH) if char.isascii() else "Ａ"


def _width(text: str, font: Metrics) -> int:
    return sum(map(font.widths.__getitem__, text))
