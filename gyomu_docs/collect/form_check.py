"""Whether a returned draft is read in the form that it was made in.

What stands in which cell is known from the form alone: read in another one, texts would move to
other fields without a sign. So a draft carries the fingerprint of its form, and is refused where
that of the form it is read with is another. Drafts of the first version carry none, nor do texts
that were copied into a new file: there the labels must stand where the form has them, and a
person is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from gyomu_docs.collect.columns import Projection
from gyomu_docs.collect.expected import Expected
from gyomu_docs.collect.rows import Returned, RowMatcher
from gyomu_docs.collect.tables import match_tables
from gyomu_docs.collect.texts import joined, squeezed
from gyomu_docs.errors import Diagnostic, Place, SourceError, shorten
from gyomu_docs.layout import Form
from gyomu_docs.layout.fingerprint import fingerprint, is_fingerprint
from gyomu_docs.layout.identity import FINGERPRINT_PROPERTY, FORM_PROPERTY, table_number
from gyomu_docs.layout.tree import Cell, Grid, Row
from gyomu_docs.readers.docx import ReturnedDocument

_OTHER_FORM = "原稿を作った様式と、読み取る様式が違います"
_ENOUGH = 0.5
"""The share of a table's labels that must stand in their places."""


def form_name(returned: ReturnedDocument) -> str:
    """The form that a draft names; empty where it names none."""
    snapshot = returned.snapshot
    return returned.properties.get(FORM_PROPERTY, "") or (snapshot.form if snapshot else "")


def check_form(
    returned: ReturnedDocument, expected: Expected, form: Form, hint: str
) -> list[Diagnostic]:
    """What a person must see to. Raises SourceError, with the hint, for a draft of another form."""
    made, read = _fingerprint(returned), fingerprint(form)
    if made == read:
        return []
    name = form_name(returned)
    place = Place(file=returned.file)
    if made:
        said = f"原稿は「{name}」（{made}）、読み取りは「{form.form}」（{read}）"
        raise SourceError(f"{_OTHER_FORM}（{said}）。", place=place, hint=hint)
    fault = next(_contradictions(returned, expected), None)
    if fault is not None:
        at, why = fault
        said = f"{f'原稿は「{name}」、' if name else ''}読み取りは「{form.form}」"
        raise SourceError(f"{_OTHER_FORM}（{said}）。{why}", place=at.within(place), hint=hint)
    message = f"様式の控えがない原稿なので、様式「{form.form}」（{read}）の原稿として読みました。"
    advice = "変更の一覧を見て、原稿を作ったときの様式か確かめてください。"
    return [Diagnostic("W", "form", message, place, advice)]


def _fingerprint(returned: ReturnedDocument) -> str:
    """The fingerprint of the form that a draft was made in; empty where it is not known."""
    snapshot = returned.snapshot
    said = (
        snapshot.fingerprint if snapshot else "",
        returned.properties.get(FINGERPRINT_PROPERTY, ""),
    )
    return next(filter(is_fingerprint, said), "")


def _contradictions(returned: ReturnedDocument, expected: Expected) -> Iterator[tuple[Place, str]]:
    """Where a draft cannot have been made in this form, and why."""
    layout = match_tables(expected, returned.blocks)
    for number, tables in enumerate(layout.tables):
        grid = expected.grids[number]
        marks = [mark for table in tables for row in table.rows for mark in row.bookmarks]
        beyond = [at for mark in marks if (at := table_number(mark)) and at > len(expected.grids)]
        if beyond:
            yield (
                Place(),
                f"様式の表は{len(expected.grids)}個ですが、原稿に{beyond[0]}個目の表があります。",
            )
        rows = [Returned(row, Projection(grid, table)) for table in tables for row in table.rows]
        if rows:
            pairs = RowMatcher(expected, number, rows).match().pairs
            yield from _labels_elsewhere(grid, rows, pairs)


def _labels_elsewhere(
    grid: Grid, rows: list[Returned], pairs: dict[int, int]
) -> Iterator[tuple[Place, str]]:
    """Labels of a grid that stand in the places of others, and tables that have too few of them."""
    fixed = [(base, row, cell) for base, row in enumerate(grid.rows) for cell in _labels(row)]
    known = {squeezed(joined(cell.texts)) for _, _, cell in fixed}
    found = 0
    for base, row, cell in fixed:
        label = squeezed(joined(cell.texts))
        texts = (
            [rows[pairs[base]].text(cell, new=new) for new in (True, False)]
            if base in pairs
            else []
        )
        if label in map(squeezed, texts):
            found += 1
        elif texts and squeezed(texts[0]) in known:
            said = f"見出し「{joined(cell.texts)}」の場所に「{shorten(texts[0])}」があります。"
            column = grid.column_names[cell.column]
            yield Place(table=grid.name, row=row.label, column=column), said
    if found < _ENOUGH * len(fixed):
        yield Place(table=grid.name), f"表の見出しが、{len(fixed)}個のうち{found}個しかありません。"


def _labels(row: Row) -> Iterator[Cell]:
    """The labels of a row that does not repeat."""
    if not row.record:
        yield from (
            cell
            for cell in row.cells
            if not cell.field and squeezed(joined(cell.texts)) and cell.role != "data"
        )
