"""LibreOffice under test: Word files to PDF, several in one run, in a profile of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gyomu_docs.layout.tree import Beside, Block, Document, Grid, Heading, Paragraph

_MOST_SECONDS = 180
_MOST_SECONDS_OF_MANY = 600
_FONTS = f"""\
<fontconfig>
<dir>{Path(__file__).parents[2] / "fonts"}</dir>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
"""
"""Our own fonts, whether the machine has them or not."""
_PYTHON = Path("/usr/bin/python3")
"""The Python for which Debian packs `uno`."""
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


def uno_unavailable() -> str:
    """Why LibreOffice cannot be driven here; empty if it can."""
    if missing := unavailable():
        return missing
    found = _PYTHON.is_file() and subprocess.run([_PYTHON, "-c", "import uno"], check=False)
    return "" if found and found.returncode == 0 else f"{_PYTHON} has no uno"


def read_tables(jobs: Sequence[tuple[str, Path]], folder: Path) -> list[Any]:
    """What LibreOffice reads in Word files after a command (`office_tables`), job by job."""
    folder.mkdir(parents=True, exist_ok=True)
    pipe = f"gyomu{os.getpid()}"
    profile = (folder / "profile").resolve().as_uri()
    office = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    office += [f"--accept=pipe,name={pipe};urp;"]
    script = Path(__file__).with_name("office_tables.py")
    silent = subprocess.DEVNULL
    with subprocess.Popen(office, stdout=silent, stderr=silent, start_new_session=True) as running:
        try:
            done = subprocess.run(
                [_PYTHON, str(script), pipe],
                input="".join(f"{command} {path}\n" for command, path in jobs),
                check=True,
                capture_output=True,
                encoding="utf-8",
                timeout=_MOST_SECONDS_OF_MANY,
            )
        finally:
            os.killpg(running.pid, signal.SIGTERM)  # the script and the program it has started
    return [json.loads(line) for line in done.stdout.splitlines()]
