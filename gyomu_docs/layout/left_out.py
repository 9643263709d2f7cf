"""What a form leaves out of a sheet: diagnostics for values that nobody would see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gyomu_docs.errors import Diagnostic, Place, shorten
from gyomu_docs.layout.fields import YearUse
from gyomu_docs.layout.sums import Uncounted
from gyomu_docs.model import Activity, CostRow, FiscalYear, MissionPurpose, Sheet, TextsByYear


def hidden_years(sheet: Sheet, shown: set[YearUse]) -> Iterator[Diagnostic]:
    """Values by year that the form has no column for: one diagnostic a table and year."""
    hidden: dict[tuple[str, str, FiscalYear], list[tuple[str, str]]] = {}
    for table, row, owner, name, texts in _by_year(sheet):
        for year, text in texts.items():
            if text and YearUse(owner, name, year.year) not in shown:
                hidden.setdefault((table, name, year), []).append((row, text))
    for (table, name, year), values in hidden.items():
        row, text = values[0]
        more = f"ほか{len(values) - 1}件" if len(values) > 1 else ""
        yield Diagnostic(
            "W",
            "no-column",
            f"{name}の値「{shorten(text)}」{more}は、様式に{year}の欄がないため印刷されません。",
            Place(sheet=sheet.label, table=table, row=row, column=f"{name} {year}"),
            "年度を確かめるか、その年度の欄がある様式を使ってください。",
        )


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


def _by_year(sheet: Sheet) -> Iterator[tuple[str, str, type, str, TextsByYear]]:
    for purpose in sheet.purposes:
        yield "任務目的", purpose.purpose, MissionPurpose, "実績", purpose.results
    for activity in sheet.activities:
        yield "行政活動", activity.code, Activity, "実績", activity.results
        for cost in activity.costs:
            yield "事業費", cost.name, CostRow, "決算", cost.settled
            yield "事業費", cost.name, CostRow, "予算", cost.budget
