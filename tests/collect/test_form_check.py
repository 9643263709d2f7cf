"""A draft is read in the form that it was made in, or not at all."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gyomu_docs.errors import SourceError
from gyomu_docs.layout.fingerprint import fingerprint
from gyomu_docs.model import Edition, SourcedSheet
from gyomu_docs.resources import DEFAULT_FORM
from tests.support.drafts import (
    blank_draft,
    changed,
    draft,
    packed,
    read,
    resolver,
    unpacked,
    without_bookmarks,
)
from tests.support.sheets import sheet

BASED = f"form: {DEFAULT_FORM}\ntitle: 市の様式\nextends: {DEFAULT_FORM}\n"
WITHOUT_BUDGET = BASED + "remove: [予算]\n"
PORTRAIT = "sheet-a4-portrait"

TWO_COLUMNS = """\
form: 二列
title: 二列
extends: sheet-a4-landscape
remove: [任務目的]
replace:
  行政活動:
    - grid: 行政活動
      columns: [{{name: 手段, width: 90mm}}, {{name: 一, width: 30mm}}, {{name: 二, width: 30mm}}]
      rows:
        - header: true
          cells:
            - {{label: 手段, style: label}}
            - {{label: 目標値, style: label}}
            - {{label: 達成値, style: label}}
        - each: 行政活動
          cells:
            - {{field: 手段, style: text}}
            - {{field: {0}, style: text}}
            - {{field: {1}, style: text}}
"""
"""A form whose labels do not tell which of two fields stands below them."""


def refusal(data: bytes, form: str = "", **options: Any) -> str:
    with pytest.raises(SourceError) as caught:
        read(data, form, **options)
    assert caught.value.place.file == "returned.docx"
    assert "--layout" in caught.value.hint
    return caught.value.message


def without_fingerprint(data: bytes) -> bytes:
    """A draft as the first version made it."""
    parts = unpacked(data)
    name = "docProps/custom.xml"
    pattern = rb'<property [^>]*name="gyomu-docs.form-fingerprint".*?</property>'
    parts[name], count = re.subn(pattern, b"", parts[name])
    assert count == 1
    for part in [one for one in parts if one == "customXml/item1.xml"]:
        parts[part] = re.sub(rb' form-fingerprint="[^"]*"', b"", parts[part])
    return packed(parts)


@pytest.mark.parametrize(
    ("made", "read_in"),
    [
        (WITHOUT_BUDGET, ""),
        ("", PORTRAIT),
        (TWO_COLUMNS.format("目標", "達成"), TWO_COLUMNS.format("達成", "目標")),
    ],
    ids=["a table less", "another order of fields", "columns swapped"],
)
def test_a_draft_of_another_form_is_refused(made: str, read_in: str) -> None:
    """An unedited one came back with texts in other fields, and nothing was said."""
    data = draft(sheet(), made)
    message = refusal(data, read_in)
    assert message.startswith("原稿を作った様式と、読み取る様式が違います")
    for form in (made, read_in):
        assert fingerprint(resolver(form).form) in message
    assert not read(data, made).edits


def test_a_blank_draft_of_another_form_is_refused() -> None:
    data = changed(
        blank_draft("R4", PORTRAIT), lambda body: body.cell("シートNo.").right().write("8")
    )
    assert "様式が違います" in refusal(data)


def test_the_properties_tell_where_the_snapshot_is_gone() -> None:
    parts = unpacked(draft(sheet(), PORTRAIT))
    parts["customXml/item1.xml"] = b"<other/>"
    base = Edition((SourcedSheet(sheet()),))
    assert "様式が違います" in refusal(packed(parts), base=base)


@pytest.mark.parametrize(
    ("made", "read_in"),
    [("", "sheet-a4-landscape-mincho"), ("", BASED + "styles: {base: {size: 7.5pt}}\n")],
)
def test_a_form_that_only_looks_different_reads_the_draft(made: str, read_in: str) -> None:
    one = read(draft(sheet(), made), read_in)
    assert (one.edits, one.removals, one.found) == ([], [], [])


def test_a_draft_without_a_fingerprint_is_read_and_told() -> None:
    (one,) = read(without_fingerprint(draft(sheet()))).found
    assert one.level == "W"
    assert "様式の控えがない原稿" in one.message


@pytest.mark.parametrize("known", [b"1-", b"2-4025a822c0de", b"=cmd"])
def test_a_fingerprint_that_cannot_be_compared_is_none(known: bytes) -> None:
    parts = unpacked(draft(sheet()))
    for name in ("docProps/custom.xml", "customXml/item1.xml"):
        parts[name] = re.sub(rb"1-[0-9a-f]{12}", known, parts[name])
    assert "様式の控えがない原稿" in read(packed(parts)).found[0].message


@pytest.mark.parametrize("strip", [bytes, without_bookmarks])
@pytest.mark.parametrize(
    ("made", "read_in", "why"),
    [
        ("", PORTRAIT, "見出し「所属」の場所に「シート名」があります。"),
        (PORTRAIT, "", "見出し「シート名」の場所に「所属」があります。"),
    ],
)
def test_without_a_fingerprint_labels_in_other_places_tell(
    made: str, read_in: str, why: str, strip: Any
) -> None:
    assert why in refusal(strip(without_fingerprint(draft(sheet(), made))), read_in)


def test_without_a_fingerprint_tables_of_another_kind_tell() -> None:
    data = without_fingerprint(draft(sheet(), WITHOUT_BUDGET))
    assert "表の見出しが" in refusal(data)
    data = without_fingerprint(draft(sheet()))
    assert "様式が違います" in refusal(data, WITHOUT_BUDGET)
