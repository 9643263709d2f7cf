"""References within a file: links to bookmarks, page numbers as fields, the field of contents.

Numbers were counted before (`Reference.label`), and are what the fields show; Word counts anew when
somebody asks it to (F9), and not before. A label that is no number (`3-2`, `表紙`) is one that Word
could not count, so it stays text. Where no place has the name of an anchor, there is no link.
"""

from __future__ import annotations

from collections.abc import Iterable

from gyomu_docs.layout.tree import TO, PageBreak, Reference, Section
from gyomu_docs.writers.docx.marks import bookmark_name
from gyomu_docs.writers.docx.wml import field, field_opening, run

MAIN_PART = "_main_part"
"""The bookmark around the sections that contents list."""
LOWEST_LEVEL = 9
"""Of a heading in Word."""


class References:
    """Knows where links between the sections of a document may lead."""

    def __init__(self, sections: Iterable[Section] = ()) -> None:
        self._anchors: set[str] = set()
        self._levels: dict[str, int] = {}
        for section in sections:
            self._anchors.add(section.anchor)
            if section.main and section.level:
                self._levels[section.anchor] = section.level
            for block in section.blocks:
                if isinstance(block, PageBreak):
                    self._anchors.add(block.anchor)
        self._anchors.discard("")

    def level(self, anchor: str) -> int:
        """The level of the section of the main part at an anchor; 0 where there is none."""
        return self._levels.get(anchor, 0)

    def link(self, anchor: str, runs: str) -> str:
        """Runs that lead to an anchor (17.16.22)."""
        if anchor not in self._anchors or not runs:
            return runs
        name = bookmark_name(anchor)
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{runs}</w:hyperlink>'

    def page(self, reference: Reference) -> str:
        """The number of a page, or the first and the last of pages in a row.

        As fields where Word can count them (17.16.5.45).
        """
        first = self._number(reference.label, reference.target)
        if not reference.last:
            return first
        return first + run(TO) + self._number(reference.last, reference.last_target)

    def _number(self, label: str, target: str) -> str:
        if target not in self._anchors or not label.isdecimal():
            return run(label)
        return field(f"PAGEREF {bookmark_name(target)} \\h", label)

    def contents_opening(self) -> str:
        """The beginning of the field of contents (17.16.5.68), up to its result.

        It lists the outline of the main part, so that Word finds what we found.
        """
        deepest = min(max(self._levels.values(), default=1), LOWEST_LEVEL)
        return field_opening(f'TOC \\o "1-{deepest}" \\h \\z \\u \\b {MAIN_PART}')
