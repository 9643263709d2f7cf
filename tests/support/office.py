"""LibreOffice under test: Word files to PDF, several in one run, in a profile of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from gyomu_docs.layout.tree import Beside, Block, Document, Grid, Heading, Paragraph

_MOST_SECONDS = 180
_FONTS = f"""\
<fontconfig>
<dir>{Path(__file__).parents[2] / "fonts"}</dir>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
"""
"""Our own fonts, whether the machine has them or not."""
_PROGRAMS = ("soffice", "pdftotext", "pdfinfo")


def unavailable() -> str:
    """Why LibreOffice cannot be asked here; empty if it can."""
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    return f"{missing[0]} is not here" if missing else ""


_WITH_BLANK_PAGES = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'


def convert(
    files: Sequence[Path], folder: Path, format_: str = "pdf", *, keep_blank_pages: bool = False
) -> list[Path]:
    """The files as LibreOffice makes them in another format, below `folder`.

    `keep_blank_pages` writes those that it puts in before a right-hand page, as a printer does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").resolve().as_uri()
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    filter_ = _WITH_BLANK_PAGES if keep_blank_pages else format_
    command += ["--convert-to", filter_, "--outdir", str(folder), *map(str, files)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, check=True, capture_output=True, timeout=_MOST_SECONDS, env=environment)
    made = [folder / f"{path.stem}.{format_}" for path in files]
    assert [path for path in made if not path.is_file()] == []
    return made


def text_of_pdf(path: Path, page: int | None = None) -> str:
    """The text of a PDF in the order in which it was drawn, without blanks and line ends."""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    command = ["pdftotext", "-raw", "-enc", "UTF-8", *pages, str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return squeezed(done.stdout)


def count_pages(path: Path) -> int:
    done = subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, encoding="utf-8")
    match = re.search(r"^Pages:\s+(\d+)", done.stdout, re.MULTILINE)
    assert match
    return int(match[1])


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def texts_of_document(document: Document) -> list[str]:
    """Every text of the blocks of a document, in order."""
    return [text for section in document.sections for text in _texts(section.blocks)]


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Grid():
                for row in block.rows:
                    for cell in row.cells:
                        yield from cell.texts
            case Beside():
                for column in block.columns:
                    yield from _texts(column.blocks)
            case Heading() | Paragraph():
                yield block.text
