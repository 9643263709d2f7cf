"""The two sides of a line of a 新旧対照表: texts, and what is underlined in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from gyomu_docs.comparison import Segment, word_changes
from gyomu_docs.layout.tree import Span
from gyomu_docs.model import ValueKind, parse_value
from gyomu_docs.model.money import amount_value, format_amount
from gyomu_docs.reports.figures import percentage, shown_rate

UNIT = " 千円"
_NUMBERS = (ValueKind.NUMBER, ValueKind.PERCENT)


class Side(NamedTuple):
    """A cell of the new or the old edition."""

    text: str = ""
    spans: tuple[Span, ...] = ()
    """All of the text in pieces; none where nothing is underlined."""

    def behind(self, head: str, *, marked: bool = False) -> Side:
        """The side with a code and a blank before it."""
        start = (Span(head, "marked" if marked else ""), Span("　"))
        spans = (*start, *(self.spans or (Span(self.text),))) if marked or self.spans else ()
        return Side(f"{head}　{self.text}", spans)


class Sides(NamedTuple):
    """Both cells of a line."""

    new: Side = Side()
    old: Side = Side()


def changed(old: str, new: str, *, blank: str, pad: bool) -> Sides:
    """A text that both editions have, underlined where it changed; `blank` stands for no text."""
    if old == new:
        return Sides(Side(new), Side(old))
    segments = word_changes(old, new)
    return Sides(
        _side(segments, "added", pad=pad) if new else Side(blank),
        _side(segments, "removed", pad=pad) if old else Side(blank),
    )


def whole(text: str) -> Side:
    """A text underlined from end to end."""
    return Side(text, (Span(text, "marked"),) if text else ())


def _side(segments: Sequence[Segment], own: Literal["added", "removed"], *, pad: bool) -> Side:
    spans = tuple(_spans(segments, own, pad=pad))
    text = "".join(span.text for span in spans)
    return Side(text, spans if any(span.kind for span in spans) else ())


def _spans(
    segments: Sequence[Segment], own: Literal["added", "removed"], *, pad: bool
) -> Iterator[Span]:
    """The pieces of one side; with `pad`, blanks stand for what only the other side has."""
    replaced = {
        at
        for at, (one, other) in enumerate(pairwise(segments))
        if (one.kind, other.kind) == ("removed", "added")
    }
    for at, segment in enumerate(segments):
        if segment.kind == "equal":
            yield Span(segment.text)
        elif segment.kind == own:
            yield Span(segment.text, "marked")
        elif pad and at not in replaced and at - 1 not in replaced:
            yield Span(_blanks(segment.text), "marked")


def _blanks(text: str) -> str:
    """As many blanks as a text is long, full-width and half-width ones."""
    return "".join(
        "\n" if char == "\n" else "　" if unicodedata.east_asian_width(char) in "WFA" else " "
        for char in text
    )


def shown_amount(text: str) -> str:
    """An amount as forms print it, in thousand yen."""
    return f"{format_amount(text)}{UNIT}" if amount_value(text) is not None else text


def signed(value: Decimal, unit: str = "") -> str:
    """A difference as offices print it: `＋150`, `△6.6`, `±0`."""
    sign = "＋" if value > 0 else "△" if value < 0 else "±"
    return f"{sign}{abs(value):,}{unit}"


def share(step: Decimal, base: Decimal) -> str:
    """How much a step is of what was before, `＋12.5%`; empty where that says nothing."""
    return shown_rate(percentage(step, base)).replace("+", "＋")


def amount_step(old: str, new: str) -> str:
    """What an amount became more or less, with its share; empty for what is no amount."""
    was, now = amount_value(old), amount_value(new)
    if was is None or now is None or was == now:
        return ""
    rate = share(now - was, was)
    return signed(now - was, UNIT) + (f"（{rate}）" if rate else "")


def value_step(old: str, new: str) -> str:
    """What a result became more or less; empty where one is no number, or has another unit."""
    was, now = parse_value(old), parse_value(new)
    if was.number is None or now.number is None or was.kind not in _NUMBERS:
        return ""
    if (was.kind, was.unit) != (now.kind, now.unit) or was.number == now.number:
        return ""
    unit = "ポイント" if now.kind is ValueKind.PERCENT else now.unit
    return signed(now.number - was.number, unit)


def joined(parts: Iterable[str], separator: str = "　") -> str:
    """What is not empty of several texts, in one."""
    return separator.join(filter(None, parts))
