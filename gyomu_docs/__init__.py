"""業務棚卸表 (activity inventory sheets) as typed models, print forms and comparisons.

    edition, diagnostics = gyomu_docs.read("examples/r3")
    for sheet in edition:
        gyomu_docs.write(sheet, f"{sheet.number}.pdf")

The stages behind these calls can be used one by one: `layout.Resolver` (form and sheet to a
`Document`), `typeset.paginate.Typesetter` (to a `PagedDocument`), `writers.pdf.write_pdf`.
Importing this module loads none of them. For many sheets, keep a `Renderer`: it loads the form and
the fonts once.
"""

from __future__ import annotations

import importlib
from os import PathLike
from typing import TYPE_CHECKING, Any

from gyomu_docs.errors import (
    Diagnostic,
    FontError,
    FormError,
    GyomuError,
    MissingGlyphError,
    OutputError,
    Place,
    SettingsError,
    SheetError,
    SourceError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Executor
    from pathlib import Path

    from gyomu_docs.booklet.build import Report
    from gyomu_docs.booklet.config import BookletConfig
    from gyomu_docs.comparison import Comparison
    from gyomu_docs.model import Edition, FiscalYear, Sheet
    from gyomu_docs.render import Renderer, write
    from gyomu_docs.resources import Resources, find_resources

__version__ = "0.1.0"

__all__ = [
    "Comparison",
    "Diagnostic",
    "Edition",
    "FiscalYear",
    "FontError",
    "FormError",
    "GyomuError",
    "MissingGlyphError",
    "OutputError",
    "Place",
    "Renderer",
    "Resources",
    "SettingsError",
    "Sheet",
    "SheetError",
    "SourceError",
    "UsageError",
    "compare",
    "find_resources",
    "read",
    "write",
    "write_booklet",
]

_HOMES = {
    "Comparison": "gyomu_docs.comparison",
    "Edition": "gyomu_docs.model",
    "FiscalYear": "gyomu_docs.model",
    "Renderer": "gyomu_docs.render",
    "Resources": "gyomu_docs.resources",
    "Sheet": "gyomu_docs.model",
    "find_resources": "gyomu_docs.resources",
    "write": "gyomu_docs.render",
}
"""Where the names live that load pydantic or reportlab; they are fetched when first used."""


def read(
    sources: str | Path | Iterable[str | Path],
) -> tuple[Edition, list[Diagnostic]]:
    """Read one or more files and folders, as `readers.read` does, in any readable format.

    From a folder, sub-folders included, come its YAML and JSON files with the key シートNo. Raises
    UsageError for what is not there or has a format that cannot be read, SourceError or
    SheetError for a file that is refused.
    """
    from gyomu_docs import readers

    paths = [sources] if isinstance(sources, str | PathLike) else sources
    return readers.read(paths, more={".docx": _read_draft})


def _read_draft(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
    from gyomu_docs.returned_drafts import read_draft

    return read_draft(data, file)


def compare(old: Edition, new: Edition) -> Comparison:
    """Compare two editions: which sheet and row became which, and what changed.

    `comparison.change_list.dump_json` writes the result as the change list. What could not be
    matched with certainty is in `doubts`; nothing is raised.
    """
    from gyomu_docs import comparison

    return comparison.compare_editions(old, new)


def write_booklet(
    sources: Edition | str | Path | Iterable[str | Path],
    path: str | Path,
    *,
    config: BookletConfig | str | Path = "",
    executor: Executor | None = None,
    cache: str | Path | None = None,
    keep_going: bool = False,
    resources: Resources | None = None,
) -> Report:
    """Write all sheets as one book, with contents, roll-ups and index, to a PDF.

    `sources` are an edition or what `read` takes. `config` is a booklet.yaml, or what was read
    from one; without it, booklet.yaml in the first of the folders that has it. `executor` is any
    of `concurrent.futures`, or of a cluster (Dask's `client.get_executor()`): the bytes are the
    same as without. `cache` is a folder where set sheets are kept for the next time.

    The file appears whole or not at all. What was found, and with `keep_going` which sheets were
    refused and left out, is in the report. Raises UsageError, SourceError, FormError,
    MissingGlyphError, OutputError.
    """
    from gyomu_docs import publishing
    from gyomu_docs.model import Edition

    paths: list[str | Path] = []
    found: list[Diagnostic] = []
    if isinstance(sources, Edition):
        edition = sources
    else:
        paths = [sources] if isinstance(sources, str | PathLike) else list(sources)
        edition, found = read(paths)
    publisher = publishing.make_publisher(config, paths, resources)
    options = publishing.build_options(executor, cache, keep_going=keep_going)
    return publisher.write_file(edition.entries, path, options, found)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
