"""The 事業費 rows inside the 行政活動 table: settled amounts by year, then the budget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gyomu_docs.errors import Place
from gyomu_docs.model import AmountsByYear, CostRow, FiscalYear
from gyomu_docs.model.value import is_dash
from gyomu_docs.readers.published_text import labels
from gyomu_docs.readers.published_text.align import Alignment, align
from gyomu_docs.readers.published_text.columns import Column, Kind
from gyomu_docs.readers.published_text.labels import before_label, behind_label, is_label
from gyomu_docs.readers.published_text.lines import SourceLine, shortened
from gyomu_docs.readers.published_text.log import Log

_PLACE = Place(table="事業費")


class _Parts(NamedTuple):
    """A row cut at its two labels."""

    name: str
    labels: tuple[str, ...]
    """The labels as printed, where they stand in cells of their own."""
    glued: str
    """A cell in which a label and the name stand together; empty where there is none."""
    shifted: bool
    """Whether blank cells have come in before the values, or a label was lost."""
    doubtful: bool
    """Whether the name stands in more than one cell."""
    values: tuple[str, ...]


def is_cost_row(row: SourceLine) -> bool:
    """Whether the row has one of the labels of a 事業費 row."""
    return _has_name_label(row.texts[0]) or any(map(_has_years_label, row.texts))


def read_cost(
    row: SourceLine, years: Sequence[FiscalYear], fiscal_year: FiscalYear, log: Log
) -> CostRow | None:
    """Read a row; None where it says nothing (it is listed) or is not understood (as well)."""
    parts = _parts(row)
    if not parts.name and not any(parts.values):
        log.dropped(row, f"空の事業費の行を除きました（「{row.quoted}」）。", _PLACE)
        return None
    columns = [Column(Kind.AMOUNT, year.text, year) for year in years]
    columns.append(Column(Kind.AMOUNT, "予算"))
    values, behind = _without_dashes_behind(parts.values, len(columns))
    alignment = align(values, columns)
    place = Place(row=parts.name).within(_PLACE)
    if alignment is None:
        log.unread(row, "値の数が年度の数と予算に合わず、事業名だけを読みました", place)
        return CostRow(name=parts.name)
    _note(row, parts, alignment, log)
    if behind:
        message = f"予算額の後ろの「{'」「'.join(behind)}」は値ではないものとして除きました。"
        log.repair(row, message, place)
    *settled, budget = alignment.values
    by_year: dict[FiscalYear | str, str] = dict(zip(years, settled, strict=True))
    return CostRow(
        name=parts.name,
        settled=AmountsByYear(by_year if any(settled) else {}),
        budget=AmountsByYear({fiscal_year: budget} if budget else {}),
    )


def _parts(row: SourceLine) -> _Parts:
    cells = row.cells
    end = next((i for i, cell in enumerate(cells) if _has_years_label(cell)), None)
    if end is None:
        # Without its second label the name is the first cell, or the one behind its label.
        alone = is_label(cells[row.first], labels.COST_NAME)
        end = next((i for i in range(row.first + alone, len(cells)) if cells[i]), row.first)
    before = cells[: end + 1]
    names = [name for name in map(_name_in, before) if name]
    whole = [cell for cell in before if cell and not _name_in(cell)]
    glued = next((cell for cell in before if _name_in(cell) not in {"", cell}), "")
    start = row.first if glued else 0
    shifted = "" in before[start:] or (len(whole) < 2 and not glued)
    more = len(names) > 1
    return _Parts(" ".join(names), tuple(whole), glued, shifted or more, more, cells[end + 1 :])


def _has_name_label(cell: str) -> bool:
    return behind_label(cell, labels.COST_NAME) is not None


def _has_years_label(cell: str) -> bool:
    return is_label(cell, labels.COST_YEARS) or before_label(cell, labels.COST_YEARS) != ""


def _name_in(cell: str) -> str:
    """`cell` without the labels glued to it."""
    if is_label(cell, labels.COST_YEARS):
        return ""
    cell = before_label(cell, labels.COST_YEARS) or cell
    behind = behind_label(cell, labels.COST_NAME)
    return cell if behind is None else behind


def _without_dashes_behind(
    values: tuple[str, ...], most: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values, and the dashes behind them that 達成 and 備考 show for 'not applicable'."""
    end = len(values)
    found: list[str] = []
    while end > most and (not values[end - 1] or is_dash(values[end - 1])):
        end -= 1
        found += [values[end]] if values[end] else []
    return values[:end], tuple(reversed(found))


def _note(row: SourceLine, parts: _Parts, alignment: Alignment, log: Log) -> None:
    place = Place(row=parts.name).within(_PLACE)
    if parts.glued:
        message = (
            f"「{shortened(parts.glued)}」を見出しと事業名「{parts.name}」に分けて読みました。"
        )
        log.repair(row, message, place)
    log.spread(row, parts.labels, place)
    if alignment.glued:
        cells = "」「".join(alignment.glued)
        message = f"一つのセルにつながっていた「{cells}」を分けて読みました。"
        log.repair(row, message, place)
    if parts.shifted or alignment.surplus or alignment.doubtful:
        message = f"「事業名」の行の列がずれていました。事業名「{parts.name}」と読みました。"
        log.repair(row, message, place, doubtful=parts.doubtful or alignment.doubtful)
    log.half_width(row, (value for value in parts.values if value), place)
