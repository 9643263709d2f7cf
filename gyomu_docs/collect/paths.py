"""Records and fields of a `Document` (`行政活動[3]`, `実績[R2]`) as places in a plain tree."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from gyomu_docs.layout.fields import ITSELF
from gyomu_docs.model import FiscalYear

_STEP = re.compile(r"(?P<name>[^.\[\]]+)(?:\[(?P<index>[^\]]+)\])?")
_NUMBER = re.compile(r"\[\d+\]")
EXTRAS = "追加項目"


class Where(NamedTuple):
    """A field as a report names it (DESIGN, the change list)."""

    section: str
    field: str
    year: str = ""
    row: str = ""
    """Which one, where the section has several: `このシート`."""
    number: int | None = None
    """Which item of a list, from 1."""


def kind_of(record: str) -> str:
    """What a record is one of: `行政活動.事業費` for `行政活動[3].事業費[1]`."""
    return _NUMBER.sub("", record)


def list_of(record: str) -> tuple[str, str, int]:
    """The record around a list, the list's path inside of it, and the item's number from 1.

    `("行政活動[3]", "事業費", 1)`, `("", "総合計画.施策の方向", 2)`.
    """
    path, _, number = record.rpartition("[")
    owner = path.rfind("]")
    return path[: owner + 1], path[owner + 1 :].lstrip("."), int(number[:-1])


def value_at(tree: Any, record: str, field: str = ITSELF) -> Any:
    """What stands at a record's field in a plain tree; None where there is nothing."""
    for step in _steps(record, field):
        if isinstance(tree, dict):
            tree = tree.get(_key(tree, step))
        elif isinstance(tree, list) and isinstance(step, int) and 0 < step <= len(tree):
            tree = tree[step - 1]
        else:
            return None
    return tree


def put(tree: Any, record: str, field: str, value: Any) -> None:
    """Put a value at a record's field, making what is not there on the way.

    The items of a list that the record goes through must be there.
    """
    steps = _steps(record, field)
    for step, after in zip(steps, steps[1:], strict=False):
        if isinstance(tree, list):
            tree = tree[_number(step) - 1]
            continue
        key = _key(tree, step)
        tree = tree.setdefault(key, [] if isinstance(after, int) else {})
    last = steps[-1]
    if isinstance(tree, list):
        tree[_number(last) - 1] = value
    elif isinstance(last, FiscalYear):
        _put_year(tree, last, value)
    else:
        tree[last] = value


def where(record: str, field: str) -> Where:
    """How a report names a field."""
    name, year = _split_year(field)
    if record:
        owner, path, number = list_of(record)
        section = path.partition(".")[0] if not owner else path
        if field == ITSELF:
            return Where(section, path.rpartition(".")[2], number=number)
        return Where(section, name.removeprefix(f"{EXTRAS}."), year, number=number)
    section, _, rest = name.partition(".")
    if not rest:
        return Where("見出し", name, year)
    row, _, last = rest.rpartition(".")
    return Where(section, last, year, row)


def _number(step: str | int | FiscalYear) -> int:
    if not isinstance(step, int):
        raise TypeError(f"{step!r} is no number of an item")
    return step


def _split_year(field: str) -> tuple[str, str]:
    name, _, year = field.partition("[")
    return name, year.rstrip("]")


def _steps(record: str, field: str) -> list[str | int | FiscalYear]:
    path = record if field == ITSELF else ".".join(part for part in (record, field) if part)
    steps: list[str | int | FiscalYear] = []
    for match in _STEP.finditer(path):
        steps.append(match["name"])
        index = match["index"]
        if index is not None:
            number = index.isascii() and index.isdecimal()
            steps.append(int(index) if number else FiscalYear.parse(index))
    return steps


def _key(tree: dict[str, Any], step: str | int | FiscalYear) -> str:
    """The key of a step; a year is known in every spelling."""
    if isinstance(step, FiscalYear):
        return next((key for key in tree if FiscalYear.parse(key) == step), str(step))
    return str(step)


def _put_year(by_year: dict[str, Any], year: FiscalYear, value: Any) -> None:
    """Put a year's value in its place among the others."""
    key = _key(by_year, year)
    if key in by_year or not by_year:
        by_year[key] = value
        return
    later = [(other, by_year.pop(other)) for other in [*by_year] if FiscalYear.parse(other) > year]
    by_year[key] = value
    by_year.update(later)
