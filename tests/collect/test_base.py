"""Which sheet a draft was made from, and drafts of anything else."""

from __future__ import annotations

import re

import pytest

from gyomu_docs.collect import Collector
from gyomu_docs.errors import SourceError
from gyomu_docs.model import Edition, FiscalYear, Sheet, SourcedSheet
from tests.support.drafts import (
    blank_draft,
    changed,
    draft,
    packed,
    read,
    resolver,
    unchanged,
    unpacked,
    without_identity,
)
from tests.support.sheets import sheet
from tests.support.wml import docx, p


def edition(*sheets: Sheet) -> Edition:
    return Edition(tuple(SourcedSheet(one) for one in sheets))


def refusal(data: bytes, *base: Sheet) -> str:
    with pytest.raises(SourceError) as caught:
        read(data, base=edition(*base) if base else None)
    assert caught.value.place.file == "returned.docx"
    return caught.value.message


def test_the_snapshot_is_the_base() -> None:
    assert read(draft(sheet())).base == sheet()


def test_without_a_snapshot_the_edition_has_the_base() -> None:
    bare = without_identity(draft(sheet()))
    made = read(bare, base=edition(sheet(number="7"), sheet()))
    assert made.base == sheet()
    assert unchanged(made)
    assert [one.kind for one in made.found] == ["form"], "the footer does not tell the form"


def test_without_both_the_draft_is_refused() -> None:
    assert "元のシートが分かりません" in refusal(without_identity(draft(sheet())))


def test_any_other_word_file_is_refused() -> None:
    assert "原稿ではありません" in refusal(docx(p("会議の記録")))


def test_drafts_of_another_sheet_year_or_text_are_refused_by_name() -> None:
    data = draft(sheet(title="公園"))
    assert refusal(data, sheet(number="7")).startswith("シートNo.41 の原稿")
    next_year = sheet(fiscal_year=FiscalYear(2022))
    assert refusal(data, next_year) == "R3年度の原稿です（--base は R4年度）。"
    assert "No.41 公園の管理" in refusal(data, sheet())


HIDDEN = ("docProps/custom.xml", "customXml/item1.xml")


def with_form_id(data: bytes, form_id: str, *names: str) -> bytes:
    """A draft with another form id in these parts."""
    known = re.compile(r"[A-Z]\d+-[^-<>\"]+-[0-9a-f]{8}")
    parts = unpacked(data)
    for name in names:
        parts[name] = known.sub(form_id, parts[name].decode()).encode()
    return packed(parts)


@pytest.mark.parametrize("spoilt", ["R3041", "R3", "", "R3-041-4025a8221"])
def test_a_form_id_that_is_none_is_sought_in_the_next_place(spoilt: str) -> None:
    data = with_form_id(draft(sheet()), spoilt, *HIDDEN)
    assert unchanged(read(data, base=edition(sheet())))
    everywhere = with_form_id(data, "様式", "word/footer1.xml")
    assert "原稿ではありません" in refusal(everywhere, sheet())


def test_a_blank_draft_of_no_year_is_refused() -> None:
    data = with_form_id(blank_draft(), "X9-新規-00000000", HIDDEN[0])
    assert "「X9-新規-00000000」の年度" in refusal(data)


def test_a_blank_draft_without_a_number_is_refused() -> None:
    assert "シートNo" in refusal(blank_draft())


def test_a_blank_draft_needs_no_base() -> None:
    data = changed(blank_draft("R4"), lambda body: body.cell("シートNo.").right().write("8"))
    assert read(without_identity(data)).base.fiscal_year == FiscalYear(2022)


def test_a_draft_names_a_form_of_ours_never_a_file() -> None:
    def forms(name: str) -> object:
        asked.append(name)
        raise KeyError(name)

    asked: list[str] = []
    parts = unpacked(draft(sheet()))
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(
        b"sheet-a4-landscape", b"/etc/passwd.yaml"
    )
    with pytest.raises(SourceError, match="様式「/etc/passwd.yaml」がありません"):
        Collector(forms).read(packed(parts), "x.docx")  # type: ignore[arg-type]
    assert asked == ["/etc/passwd.yaml"]


def test_forms_are_compiled_once() -> None:
    count = []

    def forms(name: str) -> object:
        count.append(name)
        return resolver()

    collector = Collector(forms)  # type: ignore[arg-type]
    for number in ("1", "2"):
        collector.read(draft(sheet(number=number)), "x.docx")
    assert count == ["sheet-a4-landscape"]
