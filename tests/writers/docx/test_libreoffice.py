"""Word files as LibreOffice shows them: every text is there, pages break sensibly.

All files are converted in one run, since a start takes seconds.
"""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gyomu_docs import readers
from gyomu_docs.draft import draft, draft_blank
from gyomu_docs.layout.identity import find_form_id, identify
from gyomu_docs.layout.tree import Document, Watermark
from gyomu_docs.model import FiscalYear, Sheet
from gyomu_docs.render import Renderer
from gyomu_docs.resources import find_resources
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.docx import write_docx
from tests.support import office
from tests.support.cli import ROOT
from tests.support.documents import cell, document, grid, row, style

pytestmark = pytest.mark.skipif(bool(office.unavailable()), reason=office.unavailable())

SHEETS = readers.read([ROOT / "examples/r3"])[0].sheets
GOTHIC = {"family": "BIZ UDGothic", "padding": (1, 3, 1, 3)}
GREY = 0xD0
each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.number)


def long_text() -> Document:
    """A text that takes three pages, in a row below a header; a watermark."""
    text = "".join(f"第{number}文、" for number in range(900))
    made = document(
        grid(
            row(cell("本文の見出し", **GOTHIC)),
            row(cell(text, **GOTHIC)),
            header=1,
            columns=(400,),
        ),
        height=300,
    )
    (only,) = made.sections
    mark = Watermark("案", style(family="BIZ UDGothic", size=200, color=GREY * 0x010101))
    return replace(made, sections=(replace(only, page=replace(only.page, watermark=mark)),))


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(find_resources({}))


@pytest.fixture(scope="module")
def shown(renderer: Renderer, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The PDF of a file by its name: the number of a sheet, `blank`, `long`."""
    folder = tmp_path_factory.mktemp("libreoffice")
    data = {sheet.number: draft(renderer, sheet)[0] for sheet in SHEETS}
    data["blank"] = draft_blank(renderer, FiscalYear.parse("R4"))
    out = io.BytesIO()
    write_docx(long_text(), out)
    data["long"] = out.getvalue()
    for name, content in data.items():
        (folder / f"{name}.docx").write_bytes(content)
    office.convert([folder / f"{name}.docx" for name in data], folder / "pdf")
    return lambda name: folder / "pdf" / f"{name}.pdf"


@each_sheet
def test_every_text_of_a_sheet_is_there(
    sheet: Sheet, renderer: Renderer, shown: Callable[[str], Path]
) -> None:
    document, _ = renderer.document(sheet)
    wanted = Counter(map(office.squeezed, office.texts_of_document(document)))
    text = office.text_of_pdf(shown(sheet.number))

    assert len(wanted) > 50
    assert [one for one, count in wanted.items() if text.count(one) < count] == []


@each_sheet
def test_a_sheet_has_as_many_pages_as_in_our_own_pdf(
    sheet: Sheet, renderer: Renderer, shown: Callable[[str], Path]
) -> None:
    paged, _ = Typesetter(renderer.fonts).paginate(renderer.document(sheet)[0])
    assert office.count_pages(shown(sheet.number)) == len(paged.pages)


@each_sheet
def test_every_page_says_its_form_id_and_number(sheet: Sheet, shown: Callable[[str], Path]) -> None:
    pdf = shown(sheet.number)
    pages = office.count_pages(pdf)
    for page in range(1, pages + 1):
        text = office.text_of_pdf(pdf, page)
        assert find_form_id(text) == identify(sheet, "x").form_id
        assert f"{page}/{pages}" in text


def test_header_rows_repeat(shown: Callable[[str], Path]) -> None:
    second = office.text_of_pdf(shown(SHEETS[0].number), page=2)
    assert "行政活動（手段）指標" in second


def test_a_row_taller_than_a_page_goes_on_on_the_next(shown: Callable[[str], Path]) -> None:
    text = office.text_of_pdf(shown("long"))
    pages = office.count_pages(shown("long"))

    assert pages > 2
    assert text.count("本文の見出し") == pages
    # A page may end within a sentence.
    lost = [number for number in range(900) if f"第{number}文" not in text]
    assert len(lost) < pages


def test_the_watermark_is_drawn(shown: Callable[[str], Path]) -> None:
    command = ["pdftoppm", "-r", "20", "-gray", "-f", "1", "-l", "1", str(shown("long"))]
    pixels = subprocess.run(command, check=True, capture_output=True).stdout
    assert pixels.count(GREY) > 100


def test_a_blank_draft_has_two_pages_and_a_form_id(shown: Callable[[str], Path]) -> None:
    assert office.count_pages(shown("blank")) == 2
    assert find_form_id(office.text_of_pdf(shown("blank"), 1)) == "R4-新規-00000000"
