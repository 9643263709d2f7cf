"""The 予算 box: account numbers, project and amount; its 合計 is checked, not kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from gyomu_docs.errors import Place
from gyomu_docs.model import BudgetLine
from gyomu_docs.model.money import amount_value, format_amount, normalize_amount
from gyomu_docs.readers.published_text import labels
from gyomu_docs.readers.published_text.align import align
from gyomu_docs.readers.published_text.columns import Column, Kind, budget_table
from gyomu_docs.readers.published_text.labels import behind_label, plain
from gyomu_docs.readers.published_text.lines import SourceLine, half_width
from gyomu_docs.readers.published_text.log import Log

_PLACE = Place(table="予算")
_PLACEHOLDERS = frozenset({"", "事業", "千円"})
_NAME_AND_AMOUNT = re.compile(r"(\S.*?\D)\s+((?:[-△▲]?[\d０-９][\d０-９,，]*\s*)?千円)")
_FIELDS = {"款": "kan", "項": "ko", "目": "moku"}


def read_budget(lines: Sequence[SourceLine], log: Log) -> tuple[BudgetLine, ...]:
    """Read the box. Rows that only pad it are dropped and listed."""
    if not lines:
        return ()
    table = budget_table(lines, log, _PLACE)
    found: list[BudgetLine] = []
    totals: list[SourceLine] = []
    for row in table.rows:
        if _total_label(row) is not None:
            totals.append(row)
        elif len(row.cells) == 1:
            log.unread(row, place=_PLACE)
        elif line := _budget_line(row, table.columns, log):
            found.append(line)
    for row in totals:
        _check_total(row, found, log)
    return tuple(found)


def _budget_line(row: SourceLine, columns: Sequence[Column], log: Log) -> BudgetLine | None:
    cells = tuple(text for cell in row.cells for text in _name_and_amount(cell))
    alignment = align(cells, columns)
    if alignment is None:
        log.unread(row, place=_PLACE)
        return None
    values = dict(zip(columns, alignment.values, strict=True))
    others = [text for column, text in values.items() if column.kind is Kind.EXTRA and text]
    if others:
        log.unread(row, f"「{others[0]}」の列が分かりません", _PLACE)
    accounts = {c.label: text for c, text in values.items() if c.kind is Kind.ACCOUNT}
    name = next((text for c, text in values.items() if c.kind is Kind.NAME), "")
    amount = next((text for c, text in values.items() if c.kind is Kind.AMOUNT), "")
    if _is_padding(name, amount, accounts.values()):
        log.dropped(row, f"金額のない空の行を除きました（「{row.quoted}」）。", _PLACE)
        return None
    place = Place(row=name).within(_PLACE)
    glued = [cell for cell in row.cells if len(_name_and_amount(cell)) > 1]
    if glued := [*glued, *alignment.glued]:
        message = f"一つのセルにつながっていた「{'」「'.join(glued)}」を分けて読みました。"
        log.repair(row, message, place)
    if alignment.surplus or alignment.skipped or alignment.doubtful:
        message = f"列がずれていました。事業名「{name}」、予算額「{amount}」と読みました。"
        log.repair(row, message, place, doubtful=alignment.doubtful)
    log.half_width(row, [*accounts.values(), amount], place)
    numbers = {_FIELDS[label]: half_width(text) for label, text in accounts.items()}
    return BudgetLine(name=name, amount=amount, **numbers)


def _name_and_amount(cell: str) -> tuple[str, ...]:
    """A cell in which name and amount were glued, cut in two; other cells as they are."""
    match = _NAME_AND_AMOUNT.fullmatch(cell)
    return match.groups() if match else (cell,)


def _is_padding(name: str, amount: str, accounts: Iterable[str]) -> bool:
    blank = plain(name) in _PLACEHOLDERS and not normalize_amount(amount)
    return blank and not any(accounts)


def _total_label(row: SourceLine) -> tuple[str, str] | None:
    """The label 合計 as printed and what is glued to it; None for a row of another kind."""
    behind = behind_label(row.texts[0], labels.TOTAL)
    if behind is None or (behind and amount_value(normalize_amount(behind)) is None):
        return None
    return row.texts[0], behind


def _check_total(row: SourceLine, lines: Iterable[BudgetLine], log: Log) -> None:
    label, glued = _total_label(row) or ("", "")
    place = Place(row="合計").within(_PLACE)
    printed = [text for text in (glued, *row.texts[1:]) if normalize_amount(text)]
    if glued:
        log.repair(row, f"「{label}」を「合計」と金額に分けて読みました。", place)
    else:
        log.spread(row, [label], place)
    if row.first > 0:
        message = f"「合計」が{row.first + 1}列目にありました。1列目のものとして読みました。"
        log.repair(row, message, place)
    log.half_width(row, printed, place)
    amount = amount_value(normalize_amount(printed[0])) if len(printed) == 1 else None
    total = sum((amount_value(line.amount) or Decimal(0) for line in lines), Decimal(0))
    shown = format_amount(str(total))
    if len(printed) > 1 or (printed and amount is None and normalize_amount(printed[0]) != "-"):
        log.unread(row, "合計の金額が分かりません", place)
    elif printed and (amount or Decimal(0)) != total:
        message = f"印刷された合計「{printed[0]}」が、予算額の和「{shown}千円」と違います。"
        log.total(row, message, place)
