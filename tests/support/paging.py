"""Documents typeset with fonts of fixed metrics, and what stands where as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.tree import Document
from gyomu_docs.typeset.pages import Page, PagedDocument, TextRun
from gyomu_docs.typeset.paginate import Typesetter
from tests.support.metrics import FixedFont


class FixedFonts:
    """Any family is the fixed font; `missing` lists characters that it lacks."""

    def __init__(self, missing: str = "") -> None:
        self._fonts = {bold: FixedFont("bold" if bold else "fixed", missing) for bold in (0, 1)}

    def find(self, family: str, bold: bool) -> FixedFont:
        return self._fonts[bold]


FONTS = FixedFonts()


def paginate(document: Document) -> PagedDocument:
    return Typesetter(FONTS).paginate(document)[0]


def findings(document: Document) -> list[Diagnostic]:
    return Typesetter(FONTS).paginate(document)[1]


def pages(document: Document) -> list[list[str]]:
    """What stands on each page below the header and above the footer, line by line.

    Runs on one baseline are parted by a space; `*` marks what repeats for the eye alone.
    """
    return [rows(page) for page in paginate(document).pages]


def rows(page: Page) -> list[str]:
    """The lines of one page, as `pages` gives them."""
    lines: dict[int, list[tuple[int, str]]] = {}
    for run, mark in _body_runs(page):
        lines.setdefault(run.y, []).append((run.x, mark + run.text))
    return [" ".join(text for _, text in sorted(lines[y])) for y in sorted(lines)]


def _body_runs(page: Page) -> Iterator[tuple[TextRun, str]]:
    for marked in page.content:
        for run in marked.runs:
            yield run, ""
    for artifact in page.artifacts:
        if artifact.kind == "repeat":
            for run in artifact.runs:
                yield run, "*"


def furniture(page: Page) -> dict[str, list[str]]:
    """Header and footer of a page, each as its texts from left to right."""
    parts: dict[str, list[TextRun]] = {"header": [], "footer": []}
    for artifact in page.artifacts:
        if artifact.kind != "repeat":
            parts[artifact.kind] += artifact.runs
    return {kind: [run.text for run in sorted(runs)] for kind, runs in parts.items()}


def content(page: Page) -> list[str]:
    """The texts of a page that a reader gets, in reading order."""
    return [run.text for marked in page.content for run in marked.runs]


class Extent(NamedTuple):
    """The rectangle that a run inks at the most; spaces at its end are not seen."""

    left: int
    top: int
    right: int
    bottom: int


def extent(run: TextRun) -> Extent:
    widths = FixedFont().widths
    text = run.text.rstrip(" \u3000")
    ems = [widths[char] for char in text]
    if run.vertical:
        ems = [1000 if width else 0 for width in ems]
    length = sum(ems) * run.size // 1000
    length += run.spacing * max(sum(1 for width in ems if width) - 1, 0)
    length += sum(amount for index, amount in run.kerns if index < len(text))
    if run.vertical:
        left = run.x - run.size // 2
        return Extent(left, run.y, left + run.size, run.y + length)
    top = run.y - 880 * run.size // 1000
    return Extent(run.x, top, run.x + length, top + run.size)
