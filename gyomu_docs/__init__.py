"""業務棚卸表 (activity inventory sheets) as typed models, print forms and comparisons.

    edition, diagnostics = gyomu_docs.read("examples/r3")
    for sheet in edition:
        gyomu_docs.write(sheet, f"{sheet.number}.pdf")

The stages behind these calls can be used one by one: `layout.Resolver` (form and sheet to a
`Document`), `typeset.paginate.Typesetter` (to a `PagedDocument`), `writers.pdf.write_pdf`.
Importing this module loads none of them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from gyomu_docs.errors import (
    Diagnostic,
    FontError,
    FormError,
    GyomuError,
    MissingGlyphError,
    OutputError,
    Place,
    SheetError,
    SourceError,
    UsageError,
)

if TYPE_CHECKING:
    from gyomu_docs.model import Edition, FiscalYear, Sheet
    from gyomu_docs.readers import read
    from gyomu_docs.render import Renderer, write
    from gyomu_docs.resources import Resources, find_resources

__version__ = "0.1.0"

__all__ = [
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
    "Sheet",
    "SheetError",
    "SourceError",
    "UsageError",
    "find_resources",
    "read",
    "write",
]

_HOMES = {
    "Edition": "gyomu_docs.model",
    "FiscalYear": "gyomu_docs.model",
    "Renderer": "gyomu_docs.render",
    "Resources": "gyomu_docs.resources",
    "Sheet": "gyomu_docs.model",
    "find_resources": "gyomu_docs.resources",
    "read": "gyomu_docs.readers",
    "write": "gyomu_docs.render",
}
"""Where the names live that load pydantic or reportlab; they are fetched when first used."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
