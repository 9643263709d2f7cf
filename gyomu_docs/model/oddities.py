"""What a sheet survives but a person should see; the full list of checks is `checks`."""

from __future__ import annotations

from collections.abc import Iterator

from gyomu_docs.errors import Diagnostic, Place, shorten
from gyomu_docs.model.code import gaps, orphans
from gyomu_docs.model.money import is_amount
from gyomu_docs.model.sheet import Sheet


def oddities(sheet: Sheet, file: str) -> Iterator[Diagnostic]:
    """Codes without a parent or out of order, and amounts that are no numbers."""
    codes = [activity.code for activity in sheet.activities]
    table = Place(file=file, sheet=sheet.label, table="行政活動")
    for code in orphans(codes):
        place = Place(row=code).within(table)
        yield Diagnostic("W", "code", f"上位の業務コード「{code.parent}」がありません。", place)
    for code, expected in gaps(codes):
        place = Place(row=code).within(table)
        yield Diagnostic(
            "W", "code", f"業務コードが続いていません（「{expected}」のはずです）。", place
        )
    for table_name, row, column, text in _amounts(sheet):
        if not is_amount(text):
            place = Place(file=file, sheet=sheet.label, table=table_name, row=row, column=column)
            yield Diagnostic(
                "W", "money", f"金額「{shorten(text)}」を数として読み取れません。", place
            )


def _amounts(sheet: Sheet) -> Iterator[tuple[str, str, str, str]]:
    for line in sheet.budget:
        yield "予算", line.name, "予算額", line.amount
    for activity in sheet.activities:
        for cost in activity.costs:
            for column, amounts in (("決算", cost.settled), ("予算", cost.budget)):
                for year, text in amounts.items():
                    yield "事業費", cost.name, f"{column} {year}", text
