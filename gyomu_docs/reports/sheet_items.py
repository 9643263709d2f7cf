"""A compared sheet as the lines of a 新旧対照表, section by section in the order of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from gyomu_docs.comparison import Change, GroupCost, Pair, SheetComparison
from gyomu_docs.comparison.fields import FieldChange, changed_texts
from gyomu_docs.comparison.result import Section as SectionName
from gyomu_docs.comparison.years import (
    Span,
    budget_steps,
    executions,
    rewritten,
    rewritten_budgets,
)
from gyomu_docs.model import (
    Activity,
    AmountsByYear,
    BudgetLine,
    CostRow,
    MissionPurpose,
    TextsByYear,
)
from gyomu_docs.model.sheet import Measured, Model
from gyomu_docs.reports.families import THIS_SHEET
from gyomu_docs.reports.items import Item, ItemMaker, Omitted, Section, given_texts, labelled
from gyomu_docs.reports.sides import amount_step, joined, shown_amount, value_step

_Line = Item | Omitted
_AMOUNT = "予算額"


def sheet_sections(
    sheet: SheetComparison, maker: ItemMaker, staff_totals: Mapping[str, str]
) -> list[Section]:
    """The sections of a sheet that say something; neighbours without a change are one.

    `staff_totals` is what to say of 人工 in place of a step (`families`), by field.
    """
    rows = _SheetItems(sheet, maker, staff_totals)
    made = [section for section in rows.sections() if section.items or section.changed]
    return list(_joined_unchanged(made, maker))


def _joined_unchanged(sections: Sequence[Section], maker: ItemMaker) -> Iterator[Section]:
    """Sections without a change run together, with one line （略）, or none at all."""
    names: list[str] = []
    line = maker.omission()

    def run() -> Iterator[Section]:
        if names and line is not None:
            yield Section("、".join(names), (line,), changed=False)
        names.clear()

    for section in sections:
        if section.changed:
            yield from run()
            yield section
        else:
            names.append(section.name)
    yield from run()


class _SheetItems:
    """The lines of one sheet."""

    def __init__(
        self, sheet: SheetComparison, maker: ItemMaker, staff_totals: Mapping[str, str]
    ) -> None:
        self._sheet = sheet
        self._staff_totals = staff_totals
        self._changes = frozenset(sheet.changes)
        self._old, self._new = sheet.old, sheet.new
        self._maker = maker
        self._spans = tuple(Span(side) if side else None for side in (sheet.old, sheet.new))

    def sections(self) -> Iterator[Section]:
        old, new, pairs, maker = self._old, self._new, self._sheet.alignment, self._maker
        yield maker.section("見出し", self._fields("見出し", old, new))
        yield maker.section("総合計画", self._plan())
        yield maker.section("人工", self._staffing())
        yield maker.section("予算", self._budget())
        yield maker.section("任務目的", self._purposes())
        yield maker.section("行政活動", self._activities())
        yield maker.section("事業費", self._costs())
        yield maker.section("注記", self._paragraphs("注記", pairs.notes))
        yield maker.section("総括", self._box("総括", "summary", pairs.summary))
        outlook = self._box("今後の方針", "outlook", pairs.outlook)
        yield maker.section("今後の方針", outlook)
        extras = maker.extras(old.extras if old else {}, new.extras if new else {})
        yield maker.section("追加項目", extras)

    def _plan(self) -> Iterator[_Line]:
        yield from self._fields("総合計画", *self._parts("plan"))
        yield from self._paragraphs("施策の方向", self._sheet.alignment.directions)

    def _box(
        self, section: SectionName, attribute: str, pairs: Sequence[Pair[str]]
    ) -> Iterator[_Line]:
        yield from self._fields(section, *self._parts(attribute))
        yield from self._paragraphs("本文", pairs)

    def _fields(
        self, section: SectionName, old: Model | None, new: Model | None, row: str | None = None
    ) -> Iterator[_Line]:
        """The fields of a part, without changes that another sheet of the family tells."""

        def is_told(one: FieldChange) -> bool:
            field, was, now = one
            return Change("changed", section, row, field=field, old=was, new=now) in self._changes

        return self._maker.fields(old, new, is_told)

    def _parts(self, attribute: str) -> tuple[Model | None, Model | None]:
        """A part of the old sheet and of the new one: `plan`, `staffing.this_sheet`."""
        get = attrgetter(attribute)
        old, new = (get(side) if side is not None else None for side in (self._old, self._new))
        return old, new

    def _paragraphs(self, label: str, pairs: Sequence[Pair[str]]) -> Iterator[_Line]:
        for pair in pairs:
            number = pair.new_index or pair.old_index
            if pair.old is not None and pair.old == pair.new:
                yield Omitted(label=label)
            else:
                yield self._maker.head(f"{label} {number}", pair.old, pair.new, kind="item")

    def _staffing(self) -> Iterator[_Line]:
        rows = ((THIS_SHEET, "this_sheet"), ("すべてのシート", "all_sheets"))
        for label, attribute in rows:
            was, now = self._parts(f"staffing.{attribute}")
            for line in self._fields("人工", was, now, label):
                if isinstance(line, Omitted):
                    yield Omitted(label=label)
                    continue
                step = value_step(line.sides.old.text, line.sides.new.text)
                if label == THIS_SHEET:
                    step = self._staff_totals.get(line.label, step)
                remark = joined((line.remark, step))
                yield line._replace(label=f"{label}　{line.label}", remark=remark)

    def _budget(self) -> Iterator[_Line]:
        for pair in self._sheet.alignment.budget:
            old, new = pair.old, pair.new
            if old is not None and old == new:
                yield Omitted()
                continue
            was, now = (_budget_text(side, pair) for side in (old, new))
            lines = self._budget_parts(old, new) if old and new else ()
            yield from self._with_lines("事業名", was, now, ("", ""), list(lines))

    def _budget_parts(self, old: BudgetLine, new: BudgetLine) -> Iterator[Item]:
        for change in changed_texts(old, new):
            if change.field == _AMOUNT:
                yield self._amount(_AMOUNT, change.old or "", change.new or "")
            elif change.field != "事業名":
                yield self._maker.field(change)

    def _with_lines(
        self,
        label: str,
        old: str | None,
        new: str | None,
        codes: tuple[str, str],
        lines: Sequence[Item],
    ) -> Iterator[Item]:
        """An item with the lines that belong to it."""
        yield self._maker.head(label, old, new, codes, "head" if lines else "whole")
        yield from lines

    def _amount(self, label: str, old: str, new: str) -> Item:
        change = FieldChange(label, shown_amount(old), shown_amount(new))
        return self._maker.field(change, amount_step(old, new))

    def _purposes(self) -> Iterator[_Line]:
        for pair in self._sheet.alignment.purposes:
            numbers = tuple(f"（{at}）" if at else "" for at in (pair.old_index, pair.new_index))
            codes = numbers if None in (pair.old, pair.new) else (numbers[1], numbers[1])
            yield from self._measured(pair, "目的", "purpose", (codes[0], codes[1]))

    def _activities(self) -> Iterator[_Line]:
        lines: list[tuple[str, list[_Line]]] = []
        for pair in self._sheet.alignment.activities:
            was, now = (str(row.code) if row else "" for row in (pair.old, pair.new))
            lines.append((now or was, list(self._measured(pair, "手段", "means", (was, now)))))
        yield from _without_covered(lines)

    def _measured(
        self,
        pair: Pair[MissionPurpose] | Pair[Activity],
        label: str,
        attribute: str,
        codes: tuple[str, str],
    ) -> Iterator[_Line]:
        """A purpose or an activity: what it says, then what changed of it; or all of it at once."""
        old, new = pair.old, pair.new
        if old is None or new is None:
            was, now = (_whole_text(row, label, attribute) if row else None for row in (old, new))
            yield self._maker.head(label, was, now, codes)
            return
        lines = list(self._parts_of(old, new, label))
        was, now = getattr(old, attribute), getattr(new, attribute)
        if not lines and was == now and codes[0] == codes[1]:
            yield Omitted(codes[1], codes[0])
            return
        yield from self._with_lines(label, was, now, codes, lines)

    def _parts_of(
        self, old: MissionPurpose | Activity, new: MissionPurpose | Activity, but: str
    ) -> Iterator[Item]:
        """What changed in a row, without what it says."""
        for change in changed_texts(old, new):
            if change.field != but:
                yield self._maker.field(change)
        yield from self._results(old, new)
        yield from self._maker.extras(old.extras, new.extras)

    def _results(self, old: Measured, new: Measured) -> Iterator[Item]:
        old_span, new_span = self._spans
        if old_span is not None and new_span is not None:
            for year, was, now in rewritten(old.results, new.results, old_span, new_span):
                change = FieldChange(f"実績（{year}）", was, now)
                yield self._maker.field(change, value_step(was, now))

    def _costs(self) -> Iterator[_Line]:
        for pair in self._sheet.alignment.costs:
            old, new = pair.old, pair.new
            codes = (str(old.code) if old else "", str(new.code) if new else "")
            if old is None or new is None:
                was, now = (_whole_cost(one.row) if one else None for one in (old, new))
                yield self._maker.head("事業名", was, now, codes)
                continue
            lines = [*self._rewritten_costs(old.row, new.row), *self._years_of_cost(pair)]
            if not lines and old.row.name == new.row.name and codes[0] == codes[1]:
                yield Omitted(codes[1], codes[0])
                continue
            yield from self._with_lines("事業名", old.row.name, new.row.name, codes, lines)

    def _rewritten_costs(self, old: CostRow, new: CostRow) -> Iterator[Item]:
        old_span, new_span = self._spans
        if self._old is None or self._new is None or old_span is None or new_span is None:
            return
        settled = rewritten(old.settled, new.settled, old_span, new_span)
        years = self._old.fiscal_year, self._new.fiscal_year
        budgets = rewritten_budgets(old.budget, new.budget, *years)
        for field, found in (("決算", settled), ("予算", budgets)):
            for year, was, now in found:
                yield self._amount(f"{field}（{year}）", was, now)

    def _years_of_cost(self, pair: Pair[GroupCost]) -> Iterator[Item]:
        """The budget beside that of the year before, and how that was spent."""
        if self._old is None or self._new is None:
            return
        for budget in budget_steps([pair], self._old, self._new):
            if budget.old != budget.new:
                yield self._amount(_AMOUNT, budget.old, budget.new)
        for spent in executions([pair], self._old, self._new):
            yield self._maker.plain(
                f"{spent.year}の執行",
                _labelled("決算", spent.settled),
                _labelled("予算", spent.budget),
                f"執行率 {spent.rate}" if spent.rate else "",
            )


def _without_covered(rows: Sequence[tuple[str, Sequence[_Line]]]) -> Iterator[_Line]:
    """The lines of activities by code, without what a row above it that did not change covers.

    A row covers those below it if none of them changed: `02　（略）` is all of 02.
    """
    changed = {
        code[:length]
        for code, lines in rows
        if any(isinstance(line, Item) for line in lines)
        for length in (2, 4, 6)
    }
    covering = {code for code, _ in rows} - changed
    for code, lines in rows:
        if code in changed or not {code[:2], code[:4]} & (covering - {code}):
            yield from lines


def _budget_text(line: BudgetLine | None, pair: Pair[BudgetLine]) -> str | None:
    """The name of a budget line; of one that is new or gone, all that it says."""
    if line is None:
        return None
    if pair.old is not None and pair.new is not None:
        return line.name
    printed = line.model_copy(update={"amount": shown_amount(line.amount)})
    rest = labelled(field for field in given_texts(printed) if field[0] != "事業名")
    return joined((line.name, rest), "\n")


def _whole_text(row: MissionPurpose | Activity, label: str, attribute: str) -> str:
    """All that a purpose or an activity says, line by line."""
    fields = labelled(field for field in given_texts(row) if field[0] != label)
    results = labelled((("実績", _by_year(row.results)),)) if _by_year(row.results) else ""
    extras = labelled((name, text) for name, text in row.extras.items() if text)
    return joined((getattr(row, attribute), fields, results, extras), "\n")


def _whole_cost(row: CostRow) -> str:
    """All that a cost row says, line by line."""
    figures = (("決算", _by_year(row.settled)), ("予算", _by_year(row.budget)))
    return joined((row.name, *(labelled([one]) for one in figures if one[1])), "\n")


def _by_year(texts: TextsByYear) -> str:
    """The figures of a row in one line; amounts as forms print them."""
    money = isinstance(texts, AmountsByYear)
    shown = ((year, shown_amount(text) if money else text) for year, text in texts.items() if text)
    return "、".join(f"{year} {text}" for year, text in shown)


def _labelled(label: str, amount: str) -> str:
    return f"{label} {shown_amount(amount)}" if amount else ""
