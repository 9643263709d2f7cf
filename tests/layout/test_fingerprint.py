"""What of a form counts when a draft is read back."""

from __future__ import annotations

import pytest

from gyomu_docs.layout import Form, load_form
from gyomu_docs.layout.fingerprint import fingerprint, is_fingerprint, name_taken
from gyomu_docs.resources import DEFAULT_FORM, find_resources

RESOURCES = find_resources()


def form(changes: str = "", name: str = "市の様式") -> Form:
    text = f"form: {name}\ntitle: 市\nextends: {DEFAULT_FORM}\n{changes}"
    return load_form(text, "市.yaml", RESOURCES.form_source)


def shipped(name: str = DEFAULT_FORM) -> Form:
    source = RESOURCES.form_source(name)
    return load_form(source.text, source.file, RESOURCES.form_source)


@pytest.mark.parametrize(
    "looks",
    [
        "",
        "page: {margins: 20mm, watermark: {text: 案, style: title}}",
        "styles: {base: {size: 7pt}}",
        "grids: {任務目的: {outer: 1pt, columns: {備考: 30mm}}}",
        "after: {総合計画: [{spacer: 5mm}]}",
    ],
)
def test_looks_do_not_count(looks: str) -> None:
    assert fingerprint(form(looks)) == fingerprint(shipped())
    assert is_fingerprint(fingerprint(form(looks)))


@pytest.mark.parametrize(
    "change",
    [
        "year_style: long",
        "page: {header: {left: '{シート名}'}}",
        "remove: [予算]",
        "after: {総合計画: [{paragraph: '{所属}', style: text}]}",
        "replace: {注記: [{field: 追加項目.注, style: note}]}",
        "grids: {総合計画: {columns: {項目: 19mm, 内容: 244mm}}}",
        "grids: {総括: {rows: [{cells: [{field: 総括.見出し, style: text}]}]}}",
    ],
)
def test_what_stands_where_counts(change: str) -> None:
    assert fingerprint(form(change)) != fingerprint(shipped())


def test_forms_that_ship_are_told_apart_unless_only_their_looks_differ() -> None:
    known = {name: fingerprint(shipped(name)) for name in RESOURCES.form_names()}
    alike = {name for name in known if known[name] == known[DEFAULT_FORM]}
    assert alike == {DEFAULT_FORM, "sheet-a4-landscape-mincho", "sheet-a3-landscape"}
    assert len(set(known.values())) == len(known) - 2


def test_a_name_that_is_taken_is_told_with_its_line() -> None:
    fault = name_taken(form("remove: [予算]", DEFAULT_FORM), shipped())
    assert fault is not None
    assert (fault.place.file, fault.place.line) == ("市.yaml", 1)
    assert name_taken(form("styles: {base: {size: 7pt}}", DEFAULT_FORM), shipped()) is None
    assert name_taken(form("remove: [予算]"), shipped()) is None
