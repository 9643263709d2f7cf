"""Tracked changes (17.13.5): what was inserted and deleted, and properties that were others.

Each change has a number of its own, an author, and a date where the document has one. So the same
document gives the same bytes, and Word shows whose changes they are.
"""

from __future__ import annotations

from typing import Literal

from gyomu_docs.layout.tree import Revision
from gyomu_docs.writers.docx.wml import attribute

Properties = Literal["pPr", "tcPr", "trPr", "tblPr"]
"""Of paragraphs, cells, rows and tables."""
_ELEMENTS: dict[Revision, str] = {"inserted": "ins", "deleted": "del"}


class Revisions:
    """Makes the tracked changes of one document."""

    def __init__(self, author: str = "", date: str = "") -> None:
        """`date` is ISO 8601 in UTC (`2021-04-01T00:00:00Z`), or empty."""
        dated = f' w:date="{date}"' if date else ""
        self._by = f'w:author="{attribute(author)}"{dated}'
        self._count = 0

    def around(self, revision: Revision, runs: str) -> str:
        """Runs as inserted (17.13.5.18) or deleted ones (17.13.5.14)."""
        if not revision or not runs:
            return runs
        element = _ELEMENTS[revision]
        return f"<w:{element} {self._next()}>{runs}</w:{element}>"

    def of_row(self, revision: Revision) -> str:
        """The property of a row that is new or gone (17.13.5.17, 17.13.5.13)."""
        return f"<w:{_ELEMENTS[revision]} {self._next()}/>" if revision else ""

    def of_paragraph(self, revision: Revision) -> str:
        """The property of a paragraph whose mark is new or gone (17.13.5.20, 17.13.5.15).

        It comes behind all others but a section's set-up and `change`.
        """
        return f"<w:rPr>{self.of_row(revision)}</w:rPr>" if revision else ""

    def change(self, kind: Properties, old: str) -> str:
        """The last property: what the properties were before (17.13.5.29, .36, .37, .34)."""
        return f"<w:{kind}Change {self._next()}><w:{kind}>{old}</w:{kind}></w:{kind}Change>"

    def _next(self) -> str:
        self._count += 1
        return f'w:id="{self._count}" {self._by}'
