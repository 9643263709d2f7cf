"""A `Book` and what is known of its set sheets to the figures of the 総括."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from gyomu_docs.booklet.book import Book, SheetFacts, SheetLocator
from gyomu_docs.booklet.counting import Reading, Repeat
from gyomu_docs.booklet.grouping import named_groups
from gyomu_docs.booklet.part_model import part_facts, percentage
from gyomu_docs.booklet.rollup import (
    Change,
    Staff,
    Total,
    budget_by_account,
    is_unmeasured,
    largest_changes,
    staff_mismatches,
    total_by,
)
from gyomu_docs.booklet.sections import Affiliation
from gyomu_docs.booklet.summary import (
    AccountLine,
    ChangeLine,
    GroupTotal,
    RepeatedLine,
    RepeatedProject,
    StaffDifference,
    StaffTexts,
    Summary,
    UnmeasuredLine,
)
from gyomu_docs.layout.tree import Reference
from gyomu_docs.model.sheet import Measured, Sheet

PART = "総括"
WHOLE = "計画全体"
_READINGS: dict[Reading, str] = {
    "lead": "代表シートは全体の額なので、残りの額だけ算入",
    "again": "同じ額の再掲なので、1回だけ算入",
    "unclear": "再掲か別の額か確認が必要。すべて算入",
}
_SEVERAL = "複数の課"


def summarize(book: Book, facts: Sequence[SheetFacts], at: SheetLocator) -> Summary:
    """All figures of the 総括. `facts` has what is known of each sheet."""
    return Summing(book).summary(facts, at)


class Summing:
    """The figures of a book. Keep it where pages still move: figures are made once."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def summary(self, facts: Sequence[SheetFacts], at: SheetLocator) -> Summary:
        """All figures of the 総括, with the pages where `at` finds them."""
        return self._figures.model_copy(update=_Paging(self._book, facts, at).fields(self._rows))

    @cached_property
    def _rows(self) -> _Rows:
        """What is shown with its page."""
        changes = largest_changes(self._book.sheets, self._book.config.changes)
        unmeasured = (one for rows in self._unmeasured for one in rows)
        shown = islice(unmeasured, self._book.config.unmeasured)
        return _Rows(tuple(changes), tuple(shown))

    @cached_property
    def _figures(self) -> Summary:
        """All that does not depend on pages."""
        total = self._group_total("0", WHOLE, self._whole)
        return Summary(
            **dict(part_facts(self._book, PART)),
            notes=tuple(self._notes()),
            units=(total, *self._groups("組織順")),
            policies=(total, *self._groups("施策体系順")),
            accounts=tuple(self._accounts()),
            changes_heading=self._changes_heading(len(self._rows.changes)),
            changes=(),
            repeats=(),
            differences=tuple(self._differences()),
            unmeasured_heading=self._unmeasured_heading(),
            unmeasured=(),
        )

    @cached_property
    def _of_sheet(self) -> list[Total]:
        return total_by(self._book.sheets, self._book.counted.lines, str)

    @cached_property
    def _whole(self) -> Total:
        return _together(self._of_sheet)

    def _notes(self) -> Iterator[str]:
        if self._book.counted.repeats:
            yield (
                "予算額は、複数のシートに重ねて載る事業（再掲）を1回だけ数えています。"
                "数え方は「重ねて載る事業（再掲）」のとおりです。"
            )
        unknown = self._book.affiliations.count(Affiliation("", ""))
        if unknown:
            yield (f"所属の記載がないシート{unknown}枚は、一つのまとまりとして数えています。")

    def _groups(self, order: str) -> Iterator[GroupTotal]:
        """Totals of an order: each upper group, and its sub-groups behind it."""
        groups = named_groups(self._book, order)
        members: dict[str, list[int]] = {}
        for group in groups:
            members.setdefault(group.above, []).extend(group.sheets)
        last = ""
        for group in groups:
            if group.above and group.above != last:
                yield self._group_total("1", group.above, self._total(members[group.above]))
            last = group.above
            level = "2" if group.above else "1"
            yield self._group_total(level, group.name, self._total(group.sheets))

    def _total(self, sheets: Iterable[int]) -> Total:
        return _together([self._of_sheet[index] for index in sheets])

    def _accounts(self) -> Iterator[AccountLine]:
        lines = self._book.counted.lines
        printed = {"".join(line.name.split()): line.name for line in reversed(lines)}
        for account, name, amount in budget_by_account(lines):
            yield AccountLine(
                kan=account.kan,
                ko=account.ko,
                moku=account.moku,
                name=printed[name],
                budget=str(amount),
                share=percentage(amount, self._whole.budget),
            )

    def _changes_heading(self, count: int) -> str:
        if not self._book.config.changes:
            return ""
        return f"決算と予算の差が大きい事業（{count}件）" if count else "決算と予算の差"

    def _unmeasured_heading(self) -> str:
        shown = self._book.config.unmeasured
        count = sum(map(len, self._unmeasured))
        if not shown:
            return ""
        if shown < count:
            return f"測定値のない指標（はじめの{shown}件、ほか{count - shown}件、計{count}件）"
        return f"測定値のない指標（{count}件）" if count else "測定値のない指標"

    def _differences(self) -> Iterator[StaffDifference]:
        sections = [unit.label for unit in self._book.affiliations]
        for one in staff_mismatches(self._book.sheets, sections.__getitem__):
            yield StaffDifference(
                section=one.section,
                sheet=one.sheet,
                summed=_staff_texts(one.summed),
                printed=_staff_texts(one.printed),
            )

    def _group_total(self, level: str, name: str, total: Total) -> GroupTotal:
        marks = dict(total.marks)
        rated = marks["○"] + marks["△"] + marks["×"]
        return GroupTotal(
            level=level,
            name=name,
            sheets=str(len(total.sheets)),
            regular=str(total.staff.regular),
            fixed_term=str(total.staff.fixed_term),
            reappointed=str(total.staff.reappointed),
            budget=str(total.budget),
            achieved=str(marks["○"]),
            partly=str(marks["△"]),
            missed=str(marks["×"]),
            none=str(marks["-"]),
            others=str(marks["その他"]),
            share=percentage(marks["○"], rated),
            unmeasured=str(sum(len(self._unmeasured[index]) for index in total.sheets)),
        )

    @cached_property
    def _unmeasured(self) -> list[list[_Unmeasured]]:
        """Of each sheet."""
        return [list(_unmeasured_rows(*numbered)) for numbered in enumerate(self._book.sheets)]


class _Unmeasured(NamedTuple):
    """A row whose indicator nobody measured."""

    sheet: int
    record: str
    row: Measured
    code: str
    text: str


def _unmeasured_rows(index: int, sheet: Sheet) -> Iterator[_Unmeasured]:
    for number, purpose in enumerate(sheet.purposes, 1):
        if is_unmeasured(purpose):
            record = f"任務目的[{number}]"
            yield _Unmeasured(index, record, purpose, "任務目的", purpose.purpose)
    for number, activity in enumerate(sheet.activities, 1):
        if is_unmeasured(activity):
            record = f"行政活動[{number}]"
            yield _Unmeasured(index, record, activity, activity.code, activity.means)


class _Rows(NamedTuple):
    """Rows of a book that are shown with the pages where they stand."""

    changes: tuple[Change, ...]
    unmeasured: tuple[_Unmeasured, ...]


class _Paging:
    """The figures that are shown with pages, while it is known where these are."""

    def __init__(self, book: Book, facts: Sequence[SheetFacts], at: SheetLocator) -> None:
        self._book = book
        self._facts = facts
        self._at = at

    def fields(self, rows: _Rows) -> dict[str, object]:
        """The fields of a `Summary` that name pages."""
        return {
            "changes": tuple(map(self._change, rows.changes)),
            "repeats": tuple(map(self._repeat, self._book.counted.repeats)),
            "unmeasured": tuple(map(self._unmeasured, rows.unmeasured)),
        }

    def _change(self, change: Change) -> ChangeLine:
        page = self._at(change.sheet, 0)
        return ChangeLine(
            name=change.name,
            sheet=self._book.sheets[change.sheet].label,
            settled=str(change.settled),
            budget=str(change.budget),
            difference=str(change.difference),
            rate=_rate(change),
            page=page.label,
            anchor=page.target,
        )

    def _repeat(self, repeat: Repeat) -> RepeatedProject:
        return RepeatedProject(
            name=repeat.name,
            account=repeat.account.label,
            section=repeat.section or _SEVERAL,
            reading=_READINGS[repeat.reading],
            counted=str(repeat.counted),
            plain=str(repeat.plain),
            lines=tuple(self._repeated_lines(repeat)),
        )

    def _repeated_lines(self, repeat: Repeat) -> Iterator[RepeatedLine]:
        for line in repeat.lines:
            page = self._at(line.sheet, 0)
            name = self._book.sheets[line.sheet].label
            if not repeat.section:
                name += f"（{self._book.affiliations[line.sheet].label}）"
            yield RepeatedLine(
                sheet=name,
                printed=str(line.amount),
                counted=str(line.counted),
                page=page.label,
                anchor=page.target,
            )

    def _unmeasured(self, one: _Unmeasured) -> UnmeasuredLine:
        page = self._page(one.sheet, one.record)
        return UnmeasuredLine(
            sheet=self._book.sheets[one.sheet].label,
            code=one.code,
            text=one.text,
            indicator=one.row.indicator,
            target=one.row.target,
            page=page.label,
            anchor=page.target,
        )

    def _page(self, sheet: int, record: str) -> Reference:
        """Where a row stands; a form may not show it, then the first page of its sheet."""
        return self._at(sheet, self._facts[sheet].records.get(record, 0))


def _together(totals: Sequence[Total]) -> Total:
    """The sum of totals of sheets, each counted once already."""
    staff = Staff()
    marks = dict.fromkeys((mark for mark, _ in totals[0].marks), 0)
    for total in totals:
        staff = staff.plus(total.staff)
        for mark, count in total.marks:
            marks[mark] += count
    return Total(
        label="",
        sheets=tuple(index for total in totals for index in total.sheets),
        staff=staff,
        budget=sum((total.budget for total in totals), Decimal(0)),
        marks=tuple(marks.items()),
    )


def _staff_texts(staff: Staff) -> StaffTexts:
    regular, fixed_term, reappointed = map(str, staff)
    return StaffTexts(regular=regular, fixed_term=fixed_term, reappointed=reappointed)


def _rate(change: Change) -> str:
    if not change.settled:
        return "皆増"
    if not change.budget:
        return "皆減"
    return percentage(change.difference, change.settled)
