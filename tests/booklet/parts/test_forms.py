"""The forms of the parts: those of paper that stands beside those of paper that lies."""

from __future__ import annotations

import pytest

from gyomu_docs.booklet.parts import BookletForms, PartMaker, load_booklet_forms
from gyomu_docs.booklet.parts.forms import FORM_NAMES
from gyomu_docs.layout.tree import Grid, Section
from gyomu_docs.resources import find_resources
from tests.support.booklets import at, at_part, facts_of, forms, seed_book


def portrait() -> BookletForms:
    resources = find_resources({})
    return load_booklet_forms(resources.form_source, resources.template_source, portrait=True)


def sections(found: BookletForms) -> list[Section]:
    made = seed_book()
    parts, facts = PartMaker(made, found), facts_of(made)
    return [
        parts.cover(),
        parts.legend(),
        parts.summary(facts, at),
        parts.contents(facts, at, at_part),
        parts.divider(made.dividers[0], at, at_part),
        parts.index(facts, at),
        parts.colophon(),
    ]


def test_every_part_stands_where_the_sheets_do() -> None:
    found = portrait()
    assert list(found.forms) == list(FORM_NAMES)
    assert {form.page.orientation for form in found.forms.values()} == {"portrait"}
    assert {form.page.orientation for form in forms().forms.values()} == {"landscape"}
    assert all(section.page.width < section.page.height for section in sections(found))


@pytest.mark.parametrize("found", [forms(), portrait()], ids=["landscape", "portrait"])
def test_tables_are_as_wide_as_the_body(found: BookletForms) -> None:
    for section in sections(found):
        margins = section.page.margins
        body = section.page.width - margins.left - margins.right
        grids = [block for block in section.blocks if isinstance(block, Grid)]
        assert all(abs(sum(grid.columns) - body) <= len(grid.columns) for grid in grids)
