"""Redlines for tests: random pairs of sheets, and Word files of both views."""

from __future__ import annotations

import io
from functools import cache
from random import Random
from typing import NamedTuple

from gyomu_docs import readers
from gyomu_docs.comparison import SheetComparison
from gyomu_docs.comparison.editions import compare_sheets
from gyomu_docs.layout import Document, Resolver, load_form
from gyomu_docs.layout.tree import Section
from gyomu_docs.model import Activity, CostRow, FiscalYear, Sheet, TextsByYear
from gyomu_docs.resources import DEFAULT_FORM, find_resources
from gyomu_docs.writers.docx import write_docx
from tests.support.cli import ROOT
from tests.support.edits import Editor
from tests.support.ooxml import Docx
from tests.support.sheets import sheet


class SheetPair(NamedTuple):
    """A sheet and what became of it."""

    old: Sheet
    new: Sheet

    def compared(self) -> SheetComparison:
        return compare_sheets(self.old, self.new)


@cache
def resolver(form: str = DEFAULT_FORM) -> Resolver:
    resources = find_resources({})
    source = resources.form_source(form)
    return Resolver(load_form(source.text, source.file, resources.form_source))


@cache
def examples() -> tuple[Sheet, ...]:
    return readers.read([ROOT / "examples/r3"])[0].sheets


def random_pair(seed: int) -> SheetPair:
    """A sheet edited by a random editor; each eighth a long one, each third a year later."""
    random = Random(seed)
    base = examples()[seed // 8 % 4] if seed % 8 == 0 else sheet()
    editor = Editor(base, random)
    for _ in range(random.randint(0, 20)):
        editor.edit()
    new = editor.new()
    return SheetPair(base, a_year_later(new) if seed % 3 == 0 else new)


def a_year_later(sheet: Sheet) -> Sheet:
    """The sheet of the next year, each row with a result or an amount for the year that is new."""
    year = sheet.fiscal_year

    def later(texts: TextsByYear, text: str) -> dict[str, str]:
        return {**dict(list(texts.to_plain().items())[1:]), str(year): text} if texts else {}

    def cost(row: CostRow) -> CostRow:
        return CostRow(
            name=row.name, settled=later(row.settled, "1234"), budget={str(year + 1): "88"}
        )

    def activity(row: Activity) -> Activity:
        costs = tuple(map(cost, row.costs))
        return row.model_copy(
            update={"costs": costs, "results": TextsByYear(later(row.results, "5%"))}
        )

    purposes = tuple(
        row.model_copy(update={"results": TextsByYear(later(row.results, "-"))})
        for row in sheet.purposes
    )
    return sheet.model_copy(
        update={
            "activities": tuple(map(activity, sheet.activities)),
            "purposes": purposes,
            "fiscal_year": FiscalYear(year.year + 1),
        }
    )


def section_of(sheet: Sheet, form: str = DEFAULT_FORM) -> Section:
    """The sheet as its form has it."""
    return resolver(form).section(sheet, sheet.fiscal_year)


def written(*sections: Section, date: str = "") -> bytes:
    """A Word file of these sections, by 企画課."""
    out = io.BytesIO()
    write_docx(Document("試験", sections, author="企画課", date=date), out)
    return out.getvalue()


def opened(*sections: Section, date: str = "") -> Docx:
    return Docx(written(*sections, date=date))
