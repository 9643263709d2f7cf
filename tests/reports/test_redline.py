"""Redlines as documents: which sheets and paragraphs are in them, and their two views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from gyomu_docs import readers
from gyomu_docs.comparison import compare_editions
from gyomu_docs.comparison.editions import compare_sheets
from gyomu_docs.layout.revisions import accepted, has_changes, rejected
from gyomu_docs.layout.tree import Beside, Block, Grid, Paragraph, Section
from gyomu_docs.model import Sheet, TextsByYear
from gyomu_docs.reports.redline import Redline, redline_document, redline_section
from tests.support.cli import ROOT
from tests.support.comparing import edition
from tests.support.redlines import a_year_later, resolver, section_of
from tests.support.sheets import sheet, sheets

YOKKAICHI = "yokkaichi-a4-landscape"


def blocks(section: Section | None) -> list[Block]:
    """What a section shows, in a row; without the names of columns and fields."""
    return list(_flat(section.blocks)) if section else []


def _flat(found: Iterable[Block]) -> Iterator[Block]:
    for block in found:
        match block:
            case Beside():
                for column in block.columns:
                    yield from _flat(column.blocks)
            case Grid():
                yield replace(block, column_names=())
            case Paragraph():
                yield replace(block, field="")
            case _:
                yield block


def redline(olds: Iterable[Sheet], news: Iterable[Sheet]) -> Redline:
    comparison = compare_editions(edition(olds), edition(news))
    return redline_document(comparison, resolver(), "企画課", "2021-04-01T00:00:00+09:00")


def notes(old: tuple[str, ...], new: tuple[str, ...]) -> list[str]:
    """The notes of a redline, `+` a new one, `-` one that is gone, `~` one with changes in it."""
    section = redline_section(compare_sheets(sheet(notes=old), sheet(notes=new)), resolver())[0]
    signs = {"": "", "inserted": "+", "deleted": "-"}
    return [
        ("~" if block.spans else signs[block.revision]) + block.text
        for block in section.blocks
        if isinstance(block, Paragraph)
    ]


@pytest.mark.parametrize("form", ["sheet-a4-landscape", YOKKAICHI])
def test_both_views_of_the_examples_are_their_sheets(form: str) -> None:
    editions = [readers.read([ROOT / "examples" / year])[0] for year in ("r2", "r3")]
    found = compare_editions(*editions).sheets
    for one in found:
        section = redline_section(one, resolver(form))[0]
        assert blocks(accepted(section)) == (blocks(section_of(one.new, form)) if one.new else [])
        assert blocks(rejected(section)) == (blocks(section_of(one.old, form)) if one.old else [])
    assert len(found) == 6


@given(old=sheets(), new=sheets())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_views_of_any_two_sheets_are_those_sheets(old: Sheet, new: Sheet) -> None:
    section = redline_section(compare_sheets(old, new), resolver())[0]
    assert blocks(accepted(section)) == blocks(section_of(new))
    assert blocks(rejected(section)) == blocks(section_of(old))


def test_notes_are_new_or_gone_as_whole_paragraphs() -> None:
    was, now = "満足度は調査による。", "満足度は意識調査による。"
    assert notes((was, "消える一文"), (now, "まったく別のこと")) == [
        f"~{now}",
        "-消える一文",
        "+まったく別のこと",
    ]
    assert notes((), (now,)) == [f"+{now}"]
    assert notes((was,), ()) == [f"-{was}"]


def test_a_heading_of_a_column_becomes_the_one_that_stands_there_now() -> None:
    old = sheet()
    section = redline_section(compare_sheets(old, a_year_later(old)), resolver())[0]
    (years,) = [
        block.rows[1] for block in section.blocks if getattr(block, "name", "") == "行政活動"
    ]
    changed = [[(span.kind, span.text) for span in cell.spans] for cell in years.cells]
    assert changed[0] == [("deleted", "H28"), ("inserted", "H29")]
    assert changed[-1] == [("deleted", "R2"), ("inserted", "R3")]


def test_sheets_that_do_not_differ_are_left_out() -> None:
    same, other = sheet(), sheet(number="7", title="別の仕事", notes=())
    assert redline([same], [same]).document.sections == ()
    (only,) = redline([same, other], [same, sheet(**{**dict(other), "notes": ("注",)})])[0].sections
    assert only.title == "No.7 別の仕事"
    assert has_changes(only)


def test_the_document_says_what_it_is() -> None:
    made = redline([sheet()], [a_year_later(sheet())]).document
    assert made.title == "業務棚卸表の変更履歴（R3→R4）"
    assert (made.author, made.date) == ("企画課", "2021-04-01T00:00:00+09:00")


def test_what_the_form_leaves_out_is_told_of_both_sheets() -> None:
    old = sheet()
    odd = old.purposes[0].model_copy(update={"results": TextsByYear({"H20": "古い値"})})
    found = redline([old.model_copy(update={"purposes": (odd,)})], [old]).left_out
    assert ["H20" in one.message for one in found if one.kind == "no-column"] == [True]


def test_each_sheet_of_a_split_stands_once() -> None:
    old = readers.read([ROOT / "examples/r3/003.yaml"])[0].sheets[0]
    groups = [one for one in old.activities if one.code[:2] in ("01", "02", "03")]
    rest = [one for one in old.activities if one.code[:2] not in ("01", "02", "03")]
    part = sheet(number="93", title="移住と納税", activities=tuple(rest))
    news = [old.model_copy(update={"activities": tuple(groups)}), part]

    split = redline([old], news).document.sections
    assert [(one.title, one.revision) for one in split] == [
        ("No.3 組織の方針", ""),
        ("No.93 移住と納税", "inserted"),
    ]
    assert blocks(rejected(split[0])) == blocks(section_of(old))
    joined = redline(news, [old]).document.sections
    assert [(one.title, one.revision) for one in joined] == [
        ("No.93 移住と納税", "deleted"),
        ("No.3 組織の方針", ""),
    ]
