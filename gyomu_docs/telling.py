"""What many sheets have in common, told in one line instead of once for each sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gyomu_docs.errors import Diagnostic


class _Line(NamedTuple):
    """What makes one line: diagnostics that agree in this are told together."""

    level: str
    heading: str
    hint: str


def told_together(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics, with those of one topic in several sheets as a single one.

    It comes in the place of the first of them. What only one sheet has stays as it is, with the
    value and its place.
    """
    known = list(found)
    items: dict[_Line, dict[str, list[Diagnostic]]] = {}
    for one in known:
        if one.topic is not None:
            items.setdefault(_line(one), {}).setdefault(one.topic.item, []).append(one)
    told: list[Diagnostic] = []
    done: set[_Line] = set()
    for one in known:
        if one.topic is None or _sheets(items[_line(one)][one.topic.item]) == 1:
            told.append(one)
        elif _line(one) not in done:
            done.add(_line(one))
            told.append(_summary(one, items[_line(one)]))
    return told


def _line(one: Diagnostic) -> _Line:
    return _Line(one.level, one.topic.heading if one.topic else "", one.hint)


def _sheets(found: list[Diagnostic]) -> int:
    return len({(one.place.file, one.place.sheet) for one in found})


def _summary(first: Diagnostic, items: dict[str, list[Diagnostic]]) -> Diagnostic:
    shared = {item: found for item, found in items.items() if _sheets(found) > 1}
    shown = "、".join(f"{item}（{_whose(found)}）" for item, found in shared.items())
    heading = first.topic.heading if first.topic else ""
    return Diagnostic(first.level, first.kind, f"{heading}: {shown}", hint=first.hint)


def _whose(found: list[Diagnostic]) -> str:
    return f"{found[0].place.sheet} など{_sheets(found)}シート"
