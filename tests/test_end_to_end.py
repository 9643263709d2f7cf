"""From the published text to the PDF and back: every text of the four sheets, in order."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gyomu_docs import Renderer, find_resources, read
from gyomu_docs.layout.tree import Beside, Block, Document, Grid, Heading, Paragraph
from gyomu_docs.model import Sheet
from tests.support.shared import SEED, needs_seed

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SOURCES = [
    pytest.param(EXAMPLES / "r3", id="examples"),
    pytest.param(SEED, id="seed", marks=needs_seed),
]

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler (pdftotext, pdfinfo) is not here"
)


def squeezed(text: str) -> str:
    """The text without white space: where lines break is no matter of content."""
    return re.sub(r"\s", "", text)


def texts_of(blocks: tuple[Block, ...]) -> list[str]:
    """All texts of a document in reading order."""
    texts: list[str] = []
    for block in blocks:
        match block:
            case Grid():
                texts += [text for row in block.rows for cell in row.cells for text in cell.texts]
            case Beside():
                for column in block.columns:
                    texts += texts_of(column.blocks)
            case Heading() | Paragraph():
                texts.append(block.text)
    return texts


def all_texts(document: Document) -> list[str]:
    return [text for section in document.sections for text in texts_of(section.blocks)]


def run(*command: str | Path) -> str:
    # pdfinfo prints table summaries as the raw bytes of a PDF string; texts are UTF-8.
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode("utf-8", errors="replace")


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(find_resources())


def sheets(source: Path) -> tuple[Sheet, ...]:
    edition, _ = read([source])
    assert len(edition) == 4
    return edition.sheets


@needs_poppler
@pytest.mark.parametrize("source", SOURCES)
def test_every_text_is_read_aloud_in_order(
    source: Path, renderer: Renderer, save_pdf: Callable[[bytes], Path]
):
    for sheet in sheets(source):
        document, _ = renderer.document(sheet)
        path = save_pdf(renderer.pdf(sheet)[0])
        spoken = re.findall(r'^\s*"(.*)"$', run("pdfinfo", "-struct-text", path), re.M)
        assert squeezed("".join(spoken)) == squeezed("".join(all_texts(document)))


@needs_poppler
@pytest.mark.parametrize("source", SOURCES)
def test_every_text_is_found_by_pdftotext(
    source: Path, renderer: Renderer, save_pdf: Callable[[bytes], Path]
):
    for sheet in sheets(source):
        document, _ = renderer.document(sheet)
        path = save_pdf(renderer.pdf(sheet)[0])
        found = squeezed(run("pdftotext", "-raw", path, "-"))
        missing = [text for text in all_texts(document) if squeezed(text) not in found]
        assert missing == []


@needs_poppler
def test_spread_labels_read_back_without_spaces(
    renderer: Renderer, save_pdf: Callable[[bytes], Path]
):
    path = save_pdf(renderer.pdf(sheets(EXAMPLES / "r3")[0])[0])
    lines = run("pdftotext", "-raw", path, "-")
    for label in ("任務目的", "目標", "達成", "備考", "基本目的", "施策の方向", "会計年度任用"):
        assert label in lines


@pytest.mark.parametrize("source", SOURCES)
def test_no_sheet_of_the_city_needs_a_smaller_type_or_a_longer_row(
    source: Path, renderer: Renderer
):
    for sheet in sheets(source):
        _, found = renderer.pdf(sheet)
        assert found == []
