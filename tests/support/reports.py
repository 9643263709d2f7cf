"""Comparison tables under test: small sheets to a `Document`, and its lines as plain texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from gyomu_docs.layout import Form, load_form
from gyomu_docs.layout.tree import Block, Cell, Document, Grid, Heading, Paragraph, Section
from gyomu_docs.model import Activity, FiscalYear, Sheet
from gyomu_docs.reports.table import comparison_document
from gyomu_docs.resources import find_resources
from tests.support.comparing import compare_sheets
from tests.support.sheets import sheet

RESOURCES = find_resources({})
R2 = FiscalYear.parse("R2")


def form(**options: Any) -> Form:
    """The shipped form, with these options."""
    own = {"form": "own", "title": "試験", "extends": "comparison/table", "options": options}
    return load_form(yaml.safe_dump(own, allow_unicode=True), "own.yaml", RESOURCES.form_source)


def report(old: Iterable[Sheet], new: Iterable[Sheet], **options: Any) -> Document:
    """The report of two lists of sheets."""
    return comparison_document(compare_sheets(old, new), form(**options))


def plain(year: str = "R3", **changes: Any) -> Sheet:
    """A sheet that says nothing but its number, its title and these."""
    empty = dict.fromkeys(("budget", "purposes", "activities", "notes"), ())
    more = {"plan": {}, "staffing": {}, "summary": {}, "outlook": {}, "department": ""}
    return sheet(**{**empty, **more, "fiscal_year": FiscalYear.parse(year), **changes})


def acts(*codes_and_means: str, **of_last: Any) -> tuple[Activity, ...]:
    """Activities from `0101 点検する`; `of_last` are further fields of the last."""
    pairs = [one.split(" ", 1) for one in codes_and_means]
    last = len(pairs) - 1
    return tuple(
        Activity(code=code, means=means, **(of_last if at == last else {}))
        for at, (code, means) in enumerate(pairs)
    )


def lines(document: Document, section: str) -> list[tuple[str, ...]]:
    """The lines of one section of the table of the last sheet, what is underlined in brackets."""
    table = grid(document.sections[-1], "新旧対照表")
    found: list[tuple[str, ...]] = []
    inside = False
    for row in table.rows[1:]:
        if len(row.cells) == 1:
            inside = section in row.cells[0].texts[0].split("、")
        elif inside:
            found.append(tuple(map(shown, row.cells)))
    return found


def shown(cell: Cell) -> str:
    """The text of a cell, what is underlined in brackets."""
    if not cell.spans:
        return "/".join(cell.texts)
    assert "".join(span.text for span in cell.spans) == "".join(cell.texts)
    return "".join(f"[{span.text}]" if span.kind else span.text for span in cell.spans)


def grid(section: Section, name: str) -> Grid:
    return next(one for one in section.blocks if isinstance(one, Grid) and one.name == name)


def names(section: Section) -> list[str]:
    """The tables of a section."""
    return [one.name for one in section.blocks if isinstance(one, Grid)]


def body(section: Section, name: str) -> list[list[str]]:
    """The rows of a table, below its header."""
    table = grid(section, name)
    return [[shown(cell) for cell in row.cells] for row in table.rows[table.header_rows :]]


def said(blocks: Iterable[Block]) -> Iterator[str]:
    """The texts outside of tables."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text
