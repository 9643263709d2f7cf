"""Lines by arithmetic: at 10 pt a full-width character is 10 pt wide, a half-width one 5.

Widths in tests are in ems. `may_end`, `shared` and `least` say slowly and literally what the fast
code must come to, for the characters of `japanese`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gyomu_docs.typeset.jlreq import Level
from gyomu_docs.typeset.lines import Line, break_lines, natural_width
from gyomu_docs.units import pt
from tests.support.metrics import FIXED

SIZE = pt(10)
VS = "\U000e0100"
JOINED = "👩\u200d👧"
LEVELS: tuple[Level, ...] = ("strict", "normal", "loose")


def em(count: float) -> int:
    return round(count * SIZE)


def broken(text: str, ems: float, **options: Any) -> tuple[Line, ...]:
    return break_lines(text, em(ems), SIZE, FIXED, **options)


def wrap(text: str, ems: float, **options: Any) -> list[str]:
    return [line.text for line in broken(text, ems, **options)]


def only_line(text: str, ems: float, **options: Any) -> Line:
    (line,) = broken(text, ems, **options)
    return line


def kerns_in_em(line: Line) -> dict[int, float]:
    return {index: amount / SIZE for index, amount in line.kerns}


# Random Japanese, of tokens rather than characters, so that a selector always has its kanji.
TOKENS = [
    *"市役所あのーっ々・：？、。）」（「〜…—・、。）（",
    *"AbR019.-/,()  円",
    *("\u3000", f"葛{VS}", "か\u3099", JOINED, "千円", "1,027", "￥100", "53％", "LGWAN"),
]
japanese = st.lists(st.sampled_from(TOKENS), max_size=60).map("".join)
half_ems = st.integers(0, 24).map(lambda halves: em(halves / 2))
levels = st.sampled_from(LEVELS)

ATTACHED = VS + "\u3099\u200d"
SPACES = " \u3000"
_FIRST_WHEN = {"strict": "", "normal": "ーっ々", "loose": "ーっ々・〜-"}
_NOT_FIRST = "ーっ々・：？、。）」〜.-,)" + SPACES + ATTACHED
_NOT_LAST = "（「("
_DIGITS = "0123579"
_DIGIT_COMMAS = tuple(f"{digit}," for digit in _DIGITS)
WORD = "AbRLGWN.-/" + _DIGITS


def may_end(text: str, index: int, level: Level = "strict") -> bool:
    """Whether a line may end before `index`: 3.1.7, 3.1.8, 3.1.10 and the levels."""
    before, after = text[index - 1], text[index]
    visible = text[:index].rstrip(SPACES + ATTACHED)
    number = text[:index].rstrip("千円")
    number = number[:-1] if number.endswith((" ", "\u3000")) else number
    return not (
        (after in _NOT_FIRST and after not in _FIRST_WHEN[level])
        or visible.endswith(tuple(_NOT_LAST))
        or before == "\u200d"
        or (before in WORD and after in WORD)
        or (before == after == "—")
        or (before == after == "…" and level != "loose")
        or (before == "," and after in _DIGITS and text[:index].endswith(_DIGIT_COMMAS))
        or before == "￥"
        or after == "％"
        or (after in "千円" and number.endswith(tuple(_DIGITS)))
    )


_BLANK_AFTER = {**dict.fromkeys("、。）」", 0.5), **dict.fromkeys("・：", 0.25)}
_BLANK_BEFORE = {**dict.fromkeys("（「", 0.5), **dict.fromkeys("・：", 0.25)}
_OPENING, _CLOSING, _STOPS, _DOTS = "（「(", "）」)", "。.、,", "・："


def blank(text: str, index: int) -> float:
    """All the blank that the glyphs of FIXED have between `index` and the next character."""
    return _BLANK_AFTER.get(text[index], 0) + _BLANK_BEFORE.get(text[index + 1 : index + 2], 0)


def shared(text: str, index: int) -> float:
    """What 3.1.4 takes away between `index` and the next character."""
    before, after = text[index], text[index + 1]
    right, left = _BLANK_AFTER.get(before, 0), _BLANK_BEFORE.get(after, 0)
    if after in _OPENING:
        if before in _OPENING + _DOTS + "\u3000":
            return left
        return min(left, right) if before in _CLOSING + _STOPS else 0
    solid = before in _CLOSING + _STOPS and after in _CLOSING + _STOPS
    return right if solid or (before in _CLOSING and after in _DOTS + "\u3000") else 0


def head(text: str, start: int) -> float:
    """What 3.1.5 takes away at the head of a line that goes on."""
    return _BLANK_BEFORE.get(text[start], 0) if start and text[start] in _OPENING else 0


def natural(text: str) -> int:
    """The visible width of a line, nothing taken away."""
    return natural_width(text.rstrip(SPACES), SIZE, FIXED)


def closest(text: str, start: int, end: int) -> int:
    """The width of a line that gives up nothing more than 3.1.4 and 3.1.5 ask for."""
    visible = start + len(text[start:end].rstrip(SPACES))
    if visible == start:
        return 0
    taken = sum(shared(text, index) for index in range(start, visible - 1))
    return natural(text[start:end]) - em(taken + head(text, start))


def least(text: str, start: int, end: int) -> int:
    """The width of a line that gives up all that 3.8.3 allows."""
    visible = start + len(text[start:end].rstrip(SPACES))
    if visible == start:
        return 0
    indent = start + len(text[start:end]) - len(text[start:end].lstrip(SPACES))
    taken = _BLANK_AFTER.get(text[visible - 1], 0) + head(text, start)
    for index in range(start, visible - 1):
        # A full stop keeps its blank before all but a closing mark, with which it shares it.
        kept = text[index] == "。" and text[index + 1] not in _CLOSING + _STOPS
        taken += blank(text, index) - (0.5 if kept else 0)
        if text[index] == " " and index >= indent:
            taken += 0.25
    return natural(text[start:end]) - em(taken)


def for_all(*strategies: st.SearchStrategy[Any]) -> Callable[..., Any]:
    """`given` without a time limit, since the machine may be busy with other tests."""
    return lambda test: settings(deadline=None)(given(*strategies)(test))


def spans(lines: Iterable[Line]) -> Iterator[tuple[int, int, Line]]:
    """(start, end, line) of each line in its text."""
    end = 0
    for line in lines:
        start, end = end, end + len(line.text)
        yield start, end, line
