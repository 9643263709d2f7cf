"""CPU time from the models in memory to Word files, beside what the same XML costs to pack.

    python -m tests.benchmarks.word [--sheets 200]

One file of all sheets, a draft of each, and a booklet with contents, index and our own pages. The
floor is measured in the same run: zlib over the parts of those files, which nobody can avoid;
python-docx making one table of that size, with its cells cached, is what there is to beat. Figures
are for reading: nothing is asserted.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import docx as python_docx

from gyomu_docs import readers
from gyomu_docs.booklet.config import BookletConfig
from gyomu_docs.booklet.workers import BuildOptions
from gyomu_docs.draft import draft
from gyomu_docs.layout.tree import Document, Grid
from gyomu_docs.model import Edition, Sheet
from gyomu_docs.publishing import Publisher
from gyomu_docs.render import Renderer
from gyomu_docs.resources import find_resources
from gyomu_docs.writers.docx import write_docx
from tests.benchmarks.corpus import ROOT, make_corpus
from tests.benchmarks.ours import Clock

EXAMPLES = ROOT / "examples/r3"


def measure_booklet(renderer: Renderer, sheets: Sequence[Sheet], clock: Clock) -> bytes:
    """One Word file of all sheets."""
    documents = [renderer.document(sheet)[0] for sheet in sheets]
    clock.lap("resolve")
    sections = tuple(section for one in documents for section in one.sections)
    out = io.BytesIO()
    write_docx(replace(documents[0], sections=sections), out)
    clock.lap("write")
    return out.getvalue()


def measure_drafts(renderer: Renderer, sheets: Sequence[Sheet], clock: Clock) -> list[bytes]:
    """A draft of each sheet, with its identity."""
    made = [draft(renderer, sheet)[0] for sheet in sheets]
    clock.lap("drafts")
    return made


def measure_published(edition: Edition, clock: Clock) -> tuple[bytes, int]:
    """A booklet in Word, the same as a PDF, and the number of their pages."""
    publisher = Publisher(find_resources(), BookletConfig())
    word, pdf = io.BytesIO(), io.BytesIO()
    clock.lap("prepare")
    report = publisher.write_docx(edition.entries, word, BuildOptions())
    clock.lap("booklet in Word")
    publisher.write_pdf(edition.entries, pdf, BuildOptions())
    clock.lap("booklet as PDF")
    return word.getvalue(), len(report.pages)


def packing(data: bytes) -> float:
    """CPU seconds that zlib takes over the parts of a file, at the level at which they are."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = [archive.read(name) for name in archive.namelist()]
    start = time.process_time()
    for part in parts:
        zlib.compress(part, 6)
    return time.process_time() - start


def with_python_docx(document: Document) -> float:
    """CPU seconds that python-docx takes for the texts of the largest table of a sheet alone."""
    grids = [block for block in document.sections[0].blocks if isinstance(block, Grid)]
    grid = max(grids, key=lambda one: len(one.rows))
    start = time.process_time()
    table = python_docx.Document().add_table(len(grid.rows), len(grid.columns))
    for row, made in zip(grid.rows, table.rows, strict=True):
        cells = made.cells
        for cell in row.cells:
            cells[cell.column].text = "\n".join(cell.texts)
    return time.process_time() - start


def report(count: int, sheets_folder: Path | None = None) -> None:
    """Measure, and print all figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = sheets_folder or make_corpus(Path(name), count)
        edition, _ = readers.read([folder])
    sheets = edition.sheets
    renderer = Renderer(find_resources())
    renderer.document(sheets[0])  # the form of the year is compiled once
    clock = Clock()
    booklet = measure_booklet(renderer, sheets, clock)
    drafts = measure_drafts(renderer, sheets, clock)
    published, pages = measure_published(edition, clock)
    seconds = clock.seconds
    whole = seconds["resolve"] + seconds["write"]
    floor, floor_of_drafts = packing(booklet), sum(map(packing, drafts))
    theirs = with_python_docx(renderer.document(sheets[0])[0])
    each = 1000 / len(sheets)
    print(f"{len(sheets)} sheets in one file: {whole:.2f} s CPU, {len(booklet) / 1e6:.1f} MB")
    print(f"  resolve {seconds['resolve']:.2f} s, write {seconds['write']:.2f} s")
    print(f"  write / zlib over the same XML = {seconds['write'] / floor:.2f}")
    print(f"{len(drafts)} drafts: {seconds['drafts'] * each:.1f} ms CPU each")
    print(f"  draft / zlib over the same XML = {seconds['drafts'] / floor_of_drafts:.2f}")
    in_word = seconds["booklet in Word"]
    print(
        f"a booklet of {pages} pages: {in_word:.2f} s CPU, {1000 * in_word / pages:.1f} ms a page"
    )
    print(f"  booklet in Word / as PDF = {in_word / seconds['booklet as PDF']:.2f}")
    print(f"  booklet in Word / zlib over the same XML = {in_word / packing(published):.2f}")
    print(
        f"  python-docx / draft = {1000 * theirs / (seconds['drafts'] * each):.1f} "
        f"(python-docx for the texts of one table: {1000 * theirs:.0f} ms)"
    )


def main() -> None:
    """Read the arguments and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=200)
    report(parser.parse_args().sheets)


if __name__ == "__main__":
    main()
