"""The changes of a comparison as people read them, for the web page and the spreadsheet.

In: a `Comparison`. Out: `SheetEntries` for each of its sheets, with an `Entry` for each change of
the change list, none left out and none twice; of sheets that were split or merged what they share
is told once (`families`). Entries stand in the order of the form, what was added and removed where
it stands or stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, get_args

from gyomu_docs.comparison import Change, Comparison, News, Pair, Segment, SheetComparison
from gyomu_docs.comparison.result import Alignment, Section
from gyomu_docs.model import Activity, MissionPurpose, Sheet
from gyomu_docs.model.money import amount_value, format_amount
from gyomu_docs.reports.families import THIS_SHEET, staff_totals, told_once
from gyomu_docs.reports.figures import (
    PERSONS,
    THOUSAND_YEN,
    Difference,
    difference,
    in_words,
)
from gyomu_docs.reports.outcomes import (
    SPELLING_ALONE,
    are_siblings,
    is_rewritten,
    is_spelling_alone,
    is_unchanged,
    status_label,
)

REWRITTEN = "正誤"
KINDS = ("変更", "新設", "削除", "移動", REWRITTEN)
"""As a person filters them; 正誤 is a figure of a past year that the new edition has otherwise."""
SECTIONS: tuple[str, ...] = get_args(Section)

_KINDS = {"changed": "変更", "added": "新設", "removed": "削除", "moved": "移動"}
_AMOUNTS = {("予算", "予算額"), ("事業費", "決算"), ("事業費", "予算")}
_WHAT_ROWS_SAY = {"予算": "事業名", "任務目的": "目的", "行政活動": "手段", "事業費": "事業名"}

_TEXTS = ("総合計画", "注記", "総括", "今後の方針")
"""Sections without rows that have a name."""

_Place = tuple[str, bool, str | None, str | None, int | None]
"""Section, whether it is a place of the old sheet only, code, name, index."""


@dataclass(frozen=True)
class Entry:
    """One change."""

    change: Change
    key: str
    """`1-12`: the sheet and the place in it, from 1."""
    kind: str
    """One of `KINDS`."""
    subject: str
    """The row that was changed: a 手段, a 目的, a project; empty where it is the change itself."""
    item: str
    """What of it: 達成, 予算額, 第2段落."""
    position: int
    """Of the row in its table, -1 for what stands in no row."""
    family_total: str = ""
    """人工 of a sheet that was split or merged: the sum of the parts or sources, in words."""
    line_amount: str = ""
    """予算額 of a line of the budget that is new or gone, as the sheet file writes it."""

    @property
    def code(self) -> str:
        """業務コード as the new edition has it, or the old one if removed; empty if none."""
        return self.change.code_new or self.change.code_old or ""

    @property
    def is_amount(self) -> bool:
        """Whether old and new are amounts in thousand yen."""
        return (self.change.section, self.change.field) in _AMOUNTS

    @property
    def unit(self) -> str | None:
        """The unit of figures that print none; None where old and new are no quantities."""
        if self.is_amount:
            return THOUSAND_YEN
        if self.change.section == "人工":
            return PERSONS
        return "" if self.change.field == "実績" and self.change.section != "追加項目" else None

    @property
    def difference(self) -> Difference | None:
        """New minus old, for quantities of one sheet that became one."""
        change = self.change
        if self.family_total or self.unit is None or change.old is None or change.new is None:
            return None
        return difference(change.old, change.new, self.unit)

    @property
    def note(self) -> str:
        """What the change comes to, or the amount of a line that is new or gone; else empty."""
        if self.line_amount:
            return f"予算額 {amount_in_words(self.line_amount)}"
        if is_spelling_alone(self.change.old or "", self.change.new or ""):
            return SPELLING_ALONE
        if self.family_total:
            return self.family_total
        found = self.difference
        return in_words(found) if found else ""

    @property
    def old(self) -> str | None:
        """What the old edition says, as printed; None where it has no such thing."""
        return self._printed(self.change.code_old, self.change.old)

    @property
    def new(self) -> str | None:
        """What the new edition says, as printed; None where it has no such thing."""
        return self._printed(self.change.code_new, self.change.new)

    @property
    def is_replaced(self) -> bool:
        """Whether nothing of the old text is left in the new one: `○` to `×`, `950` to `1,027`."""
        kept = any(part.kind == "equal" for part in self.segments)
        return bool(self.old and self.new) and not kept

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Word by word; codes and amounts change as a whole."""
        if not self.is_amount and self.kind != "移動":
            return self.change.segments()
        sides = (Segment("removed", self.old or ""), Segment("added", self.new or ""))
        return tuple(side for side in sides if side.text)

    def _printed(self, code: str | None, text: str | None) -> str | None:
        if self.kind == "移動":
            return code
        if self.is_amount and text is not None:
            return amount_in_words(text)
        return text


class Unchanged(NamedTuple):
    """Activities of one level in a row in which nothing changed: `0102〜0105（略）`."""

    position: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class SheetEntries:
    """A sheet of the comparison with its entries."""

    number: int
    """From 1, in the order of the comparison."""
    comparison: SheetComparison
    entries: tuple[Entry, ...]

    @property
    def sheet(self) -> Sheet:
        """The new sheet, or the old one where there is no new one."""
        sheet = self.comparison.new or self.comparison.old
        assert sheet is not None
        return sheet

    @property
    def status(self) -> str:
        """As readers are told: 新設, 変更."""
        return status_label(self.comparison)

    @property
    def is_unchanged(self) -> bool:
        """Whether a reader finds nothing that differs."""
        return is_unchanged(self.comparison)

    def sections(self) -> dict[str, list[Entry | Unchanged]]:
        """The entries by section; among the activities, what did not change is told in short."""
        found: dict[str, list[Entry | Unchanged]] = {}
        for entry in self.entries:
            found.setdefault(entry.change.section, []).append(entry)
        if "行政活動" in found:
            rows = [*found["行政活動"], *self._unchanged()]
            found["行政活動"] = sorted(rows, key=lambda row: row.position)
        return found

    def news(self) -> Iterator[tuple[News, str]]:
        """The figures that are new with this edition, each with what its row says."""
        rows = _Rows(self.comparison)
        for news in self.comparison.news:
            yield news, rows.name(news)

    def _unchanged(self) -> Iterator[Unchanged]:
        changed = {e.position for e in self.entries if e.change.section == "行政活動"}
        run: list[tuple[int, Activity]] = []
        for position, pair in enumerate(self.comparison.alignment.activities):
            same = pair.new if position not in changed else None
            if run and (same is None or not are_siblings(run[-1][1].code, same.code)):
                yield _run(run)
                run = []
            if same is not None:
                run.append((position, same))
        if run:
            yield _run(run)


def read_sheets(comparison: Comparison) -> tuple[SheetEntries, ...]:
    """All sheets of a comparison with their entries, what a family shares told once."""
    sheets = told_once(comparison).sheets
    totals = staff_totals(sheets)
    return tuple(
        SheetEntries(number, sheet, tuple(_entries(number, sheet, totals(sheet))))
        for number, sheet in enumerate(sheets, 1)
    )


def amount_in_words(text: str) -> str:
    """An amount of the sheet file as forms print it: `1,027 千円`; other texts unchanged."""
    return text if amount_value(text) is None else f"{format_amount(text)} {THOUSAND_YEN}"


def year_label(year: str) -> str:
    """A fiscal year as the edition prints it, with 年度 behind it."""
    return f"{year.removesuffix('年度').removesuffix('年')}年度" if year else ""


def _entries(number: int, sheet: SheetComparison, totals: Mapping[str, str]) -> Iterator[Entry]:
    places: dict[_Place, int] = {}
    for position, place in _places(sheet.alignment):
        places.setdefault(place, position)
    positions = [places.get(_place_of(change), -1) for change in sheet.changes]
    order = sorted(
        range(len(positions)),
        key=lambda at: (SECTIONS.index(sheet.changes[at].section), positions[at]),
    )
    rows = _Rows(sheet)
    for count, at in enumerate(order, 1):
        change = sheet.changes[at]
        yield Entry(
            change=change,
            key=f"{number}-{count}",
            kind=rows.kind(change),
            subject=rows.subject(change),
            item=_item(change),
            position=positions[at],
            family_total=totals.get(change.field or "", "") if change.row == THIS_SHEET else "",
            line_amount=rows.amount(change),
        )


def _places(alignment: Alignment) -> Iterator[tuple[int, _Place]]:
    """Where each row stands in its table, under what changes call it."""
    for at, row in enumerate(alignment.activities):
        code = row.new.code if row.new else row.old.code if row.old else None
        yield at, ("行政活動", row.new is None, code, None, None)
    for at, cost in enumerate(alignment.costs):
        there = cost.new or cost.old
        assert there is not None
        yield at, ("事業費", cost.new is None, there.code, there.row.name, None)
    for at, line in enumerate(alignment.budget):
        named = line.new or line.old
        assert named is not None
        yield at, ("予算", line.new is None, None, named.name, None)
    counted: dict[str, Sequence[Pair[str] | Pair[MissionPurpose]]] = {
        "総合計画": alignment.directions,
        "任務目的": alignment.purposes,
        "注記": alignment.notes,
        "総括": alignment.summary,
        "今後の方針": alignment.outlook,
    }
    for section, pairs in counted.items():
        for at, pair in enumerate(pairs):
            index = pair.new_index or pair.old_index
            yield at, (section, pair.new is None, None, None, index)


def _place_of(change: Change) -> _Place:
    code = change.code_new or change.code_old
    return change.section, change.kind == "removed", code, change.name, change.index


class _Rows:
    """The rows that the changes of a sheet are about."""

    def __init__(self, sheet: SheetComparison) -> None:
        self._sheet = sheet
        self._means = {
            str(pair.new.code): pair.new.means for pair in sheet.alignment.activities if pair.new
        }
        self._purposes = {
            pair.new_index: pair.new.purpose for pair in sheet.alignment.purposes if pair.new
        }
        self._amounts = {
            (pair.new is None, line.name): line.amount
            for pair in sheet.alignment.budget
            if (line := pair.new or pair.old)
        }

    def kind(self, change: Change) -> str:
        """The kind as a person filters it."""
        return REWRITTEN if is_rewritten(change, self._sheet) else _KINDS[change.kind]

    def subject(self, change: Change) -> str:
        """What the changed row says, where the change itself does not say it."""
        itself = change.field is None or change.field == _WHAT_ROWS_SAY.get(change.section)
        if itself and change.kind != "moved":
            return ""
        if change.row is not None:
            return change.row
        return "" if change.section in _TEXTS else self.name(change)

    def name(self, of: Change | News) -> str:
        """The project, 手段 or 目的 that a row of the new sheet is known by."""
        if of.name is not None:
            return of.name
        if of.code_new is not None:
            return self._means.get(of.code_new, "")
        return self._purposes.get(of.index, "")

    def amount(self, change: Change) -> str:
        """予算額 of a line that is new or gone."""
        if change.section != "予算" or change.field is not None:
            return ""
        return self._amounts.get((change.kind == "removed", change.name or ""), "")


def _item(change: Change) -> str:
    if change.kind == "moved":
        return "業務コード"
    if change.field == "本文":
        return f"第{change.index}段落"
    if change.section == "注記":
        return f"注記 {change.index}"
    if change.section == "総合計画" and change.index is not None:
        return f"{change.field} {change.index}"
    return change.field or _WHAT_ROWS_SAY.get(change.section, "")


def _run(run: list[tuple[int, Activity]]) -> Unchanged:
    return Unchanged(run[0][0], run[0][1].code, run[-1][1].code)
