"""What a form leaves out of a sheet: diagnostics for values that nobody would see.

`LeftOut` looks once at what a compiled form prints; each sheet is then asked only for the fields
that are missing. A form says with `left_out` what it does not show on purpose: that is told for
information only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, get_args, get_origin

from pydantic import BaseModel

from gyomu_docs.errors import Diagnostic, Level, Place, Topic, shorten
from gyomu_docs.layout.fields import Use, unknown_name
from gyomu_docs.layout.sums import Uncounted
from gyomu_docs.model import (
    Activity,
    BudgetLine,
    CostRow,
    FiscalYear,
    MissionPurpose,
    Sheet,
    TextsByYear,
)

Rows: TypeAlias = Iterator[tuple[str, Any]]
"""Rows of a sheet, each with its name for messages."""

EXTRAS = "追加項目"
_HINT = (
    "その欄のある様式を使ってください。"
    "載せないと決めた項目は、様式の left_out に書くと知らせになります。"
)


class _Part(NamedTuple):
    """Fields that stand together: those of the sheet itself, or of the rows of a table."""

    table: str
    owner: type[BaseModel]
    rows: Callable[[Sheet], Rows]


class _Gap(NamedTuple):
    """A field, a group of fields, or (without a path) a table that the form does not print."""

    part: _Part
    path: tuple[str, ...]
    get: Callable[[Any], Any]
    shown: frozenset[str] = frozenset()
    """Of 追加項目, those that it prints."""

    @property
    def name(self) -> str:
        """As forms write it: `行政活動.指標`."""
        return ".".join((self.part.table, *self.path)).lstrip(".")


class _Years(NamedTuple):
    """A field by year of which the form prints some years."""

    part: _Part
    name: str
    get: Callable[[Any], TextsByYear]
    years: frozenset[int]


class LeftOut:
    """What a compiled form does not print of any sheet."""

    def __init__(self, form: str, meant: Iterable[str], shown: Iterable[Use]) -> None:
        """`meant` is what the form leaves out on purpose, `shown` what it prints."""
        self._form = form
        self._meant = frozenset(meant)
        self._shown: dict[tuple[Any, tuple[str, ...]], set[int | None]] = {}
        for use in shown:
            self._shown.setdefault((use.owner, use.path), set()).add(use.year)
        self._years: list[_Years] = []
        self._gaps = [gap for part in _PARTS for gap in self._missing(part, part.owner, (), "")]
        tables = {gap.part.table for gap in self._gaps if not gap.path}
        if "行政活動" in tables:  # it says all: their costs go with the activities
            self._gaps = [gap for gap in self._gaps if gap.part.table != "事業費" or gap.path]

    def find(self, sheet: Sheet) -> Iterator[Diagnostic]:
        """What of this sheet is not printed: one diagnostic a field, a table, a year."""
        for gap in self._gaps:
            if gap.path and gap.path[-1] == EXTRAS:
                yield from self._extras(sheet, gap)
            elif gap.path:
                yield from self._field(sheet, gap)
            elif rows := len(list(gap.part.rows(sheet))):
                message = f"{gap.part.table}の表（{rows}行）は、様式に欄がないため印刷されません。"
                place = Place(sheet=sheet.label, table=gap.part.table)
                yield self._told("no-field", message, place, gap.name)
        for field in self._years:
            yield from self._other_years(sheet, field)

    # -- once a form

    def _missing(
        self, part: _Part, model: type[BaseModel], path: tuple[str, ...], below: str
    ) -> list[_Gap]:
        """The fields of a model that are not printed; one gap for all where none is."""
        whole = bool(part.table or path) and not self._names_below(part, path)
        gaps: list[_Gap] = []
        for attribute, info in model.model_fields.items():
            here = (*path, info.alias or attribute)
            get = attrgetter(below + attribute)
            kind = info.annotation
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                found = self._missing(part, kind, here, f"{below}{attribute}.")
            elif get_origin(kind) is tuple and get_args(kind)[0] is not str:
                continue  # a table, which is a part of its own
            else:
                found = list(self._leaf(part, here, get, kind))
            whole &= [gap.path for gap in found] == [here] and not any(gap.shown for gap in found)
            gaps += found
        if not whole:
            return gaps
        return [_Gap(part, path, attrgetter(below.rstrip(".")) if below else _itself)]

    def _leaf(
        self, part: _Part, path: tuple[str, ...], get: Callable[[Any], Any], kind: Any
    ) -> Iterator[_Gap]:
        if path[-1] == EXTRAS:
            uses = (use for owner, use in self._shown if owner is part.owner)
            yield _Gap(part, path, get, frozenset(use[-1] for use in uses if use[:-1] == path))
            return
        years = self._shown.get((part.owner, path))
        if years is None:
            yield _Gap(part, path, get)
        elif isinstance(kind, type) and issubclass(kind, TextsByYear):
            known = frozenset(year for year in years if year is not None)
            self._years.append(_Years(part, path[-1], get, known))

    def _names_below(self, part: _Part, path: tuple[str, ...]) -> bool:
        """Whether the form names something inside of this: then it is told part by part."""
        start = "".join(f"{step}." for step in (part.table, *path) if step)
        return any(name.startswith(start) for name in self._meant)

    # -- once a sheet

    def _field(self, sheet: Sheet, gap: _Gap) -> Iterator[Diagnostic]:
        values = [
            (row, text) for row, owner in gap.part.rows(sheet) for text in _filled(gap.get(owner))
        ]
        if values:
            yield self._told_of(sheet, gap, "no-field", ".".join(gap.path), values)

    def _extras(self, sheet: Sheet, gap: _Gap) -> Iterator[Diagnostic]:
        """One diagnostic for each further field of another city."""
        values: dict[str, list[tuple[str, str]]] = {}
        for row, owner in gap.part.rows(sheet):
            for name, text in gap.get(owner).items():
                if text and name not in gap.shown:
                    values.setdefault(name, []).append((row, text))
        for name, texts in values.items():
            yield self._told_of(sheet, gap, "no-extra", f"{EXTRAS}.{name}", texts)

    def _told_of(
        self, sheet: Sheet, gap: _Gap, kind: str, field: str, values: list[tuple[str, str]]
    ) -> Diagnostic:
        table, row = gap.part.table, values[0][0]
        place = Place(sheet=sheet.label, table=table, row=row, column=field if table else "")
        message = f"{field}の値{_quoted(values)}は、様式に欄がないため印刷されません。"
        return self._told(kind, message, place, f"{table}.{field}" if table else field)

    def _other_years(self, sheet: Sheet, field: _Years) -> Iterator[Diagnostic]:
        hidden: dict[FiscalYear, list[tuple[str, str]]] = {}
        for row, owner in field.part.rows(sheet):
            for year, text in field.get(owner).items():
                if year.year not in field.years and text:
                    hidden.setdefault(year, []).append((row, text))
        for year, values in hidden.items():
            message = (
                f"{field.name}の値{_quoted(values)}は、様式に{year}の欄がないため印刷されません。"
            )
            table = field.part.table
            place = Place(
                sheet=sheet.label, table=table, row=values[0][0], column=f"{field.name} {year}"
            )
            hint = "年度を確かめるか、その年度の欄がある様式を使ってください。"
            name = f"{table}.{field.name}"
            yield self._told("no-column", message, place, name, hint, f"{name} {year}")

    def _told(
        self, kind: str, message: str, place: Place, name: str, hint: str = _HINT, item: str = ""
    ) -> Diagnostic:
        level: Level = "W"
        if any(name == one or name.startswith(f"{one}.") for one in self._meant):
            level, hint = "I", ""
        heading = f"様式「{self._form}」に欄がないため、印刷されないもの"
        return Diagnostic(level, kind, message, place, hint, Topic(heading, item or name))


def left_out_faults(meant: Iterable[str], root: type[BaseModel]) -> Iterator[ValueError]:
    """What is wrong with the `left_out` of a form: names that a sheet does not have."""
    known = set(_known_names()) if root is Sheet else set()
    for name in meant:
        if name not in known and f".{EXTRAS}." not in f".{name}":
            yield unknown_name(name, sorted(known))


def not_counted(sheet: Sheet, uncounted: Iterable[Uncounted]) -> Iterator[Diagnostic]:
    """Texts that a sum of the form left out, once each."""
    for path, text in dict.fromkeys(uncounted):
        yield Diagnostic(
            "W",
            "not-counted",
            f"{path}の値「{shorten(text)}」は数として読めないため、合計に入っていません。",
            Place(sheet=sheet.label),
            "数だけを書いてください（1200、1,200、12.5時間など）。",
        )


def _known_names() -> Iterator[str]:
    """All that `left_out` may name."""

    def walk(model: type[BaseModel], before: str) -> Iterator[str]:
        for attribute, info in model.model_fields.items():
            kind, name = info.annotation, before + (info.alias or attribute)
            if get_origin(kind) is not tuple or get_args(kind)[0] is str:
                yield name
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from walk(kind, f"{name}.")

    for part in _PARTS:
        if part.table:
            yield part.table
        yield from walk(part.owner, f"{part.table}." if part.table else "")


def _itself(owner: Any) -> Any:
    return owner


def _quoted(values: list[tuple[str, str]]) -> str:
    more = f"ほか{len(values) - 1}件" if len(values) > 1 else ""
    return f"「{shorten(values[0][1])}」{more}"


def _filled(value: Any) -> Iterator[str]:
    """The texts in a value that are not blank."""
    match value:
        case str():
            if value:
                yield value
        case tuple():
            yield from filter(None, value)
        case TextsByYear():
            yield from filter(None, value.values())
        case BaseModel():
            for attribute in type(value).model_fields:
                yield from _filled(getattr(value, attribute))
        case FiscalYear():
            yield str(value)


def _itself_alone(sheet: Sheet) -> Rows:
    yield "", sheet


def _budget(sheet: Sheet) -> Rows:
    return ((line.name, line) for line in sheet.budget)


def _purposes(sheet: Sheet) -> Rows:
    return ((purpose.purpose, purpose) for purpose in sheet.purposes)


def _activities(sheet: Sheet) -> Rows:
    return ((str(activity.code), activity) for activity in sheet.activities)


def _costs(sheet: Sheet) -> Rows:
    return ((cost.name, cost) for activity in sheet.activities for cost in activity.costs)


_PARTS = (
    _Part("", Sheet, _itself_alone),
    _Part("予算", BudgetLine, _budget),
    _Part("任務目的", MissionPurpose, _purposes),
    _Part("行政活動", Activity, _activities),
    _Part("事業費", CostRow, _costs),
)
