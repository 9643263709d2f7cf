"""The paragraphs of a cell of a redline, with what was inserted and deleted in them.

A paragraph whose mark is inserted or deleted is joined with the one behind it when the change is
rejected or accepted. Word cannot do that with the last paragraph of a cell, so its mark is never
tracked; a redline gives each of the two views one paragraph at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gyomu_docs.layout.tree import PARAGRAPH_END, Cell, Revision, Span
from gyomu_docs.units import Length
from gyomu_docs.writers.docx.revisions import Revisions
from gyomu_docs.writers.docx.text import OPENING, Paragraphs, own_look, tracked


class CellView(NamedTuple):
    """A cell as it is when all changes are accepted, or rejected."""

    cell: Cell
    keep: bool
    """Its paragraphs stay on the page of the next row."""
    tails: Mapping[int, int]


class _Tracked(NamedTuple):
    """A paragraph of either view or both."""

    spans: list[Span]
    end: Revision
    """What its mark is."""


class TrackedParagraphs:
    """Makes the paragraphs of cells of one document."""

    def __init__(self, paragraphs: Paragraphs, revisions: Revisions) -> None:
        self._paragraphs = paragraphs
        self._revisions = revisions

    def of_cell(self, old: CellView | None, new: CellView | None, width: Length) -> str:
        """The paragraphs of a cell that has both views, or of one in a new row or one gone."""
        parts = []
        place = other_place = 0
        for spans, end in _paragraphs(old, new):
            before = self._properties(old, place, width) if end != "inserted" else None
            after = self._properties(new, other_place, width) if end != "deleted" else None
            properties = after if after is not None else before or ""
            properties += self._revisions.of_paragraph(end)
            if before is not None and after is not None and before != after:
                properties += self._revisions.change("pPr", before)
            parts.append(f"{OPENING}{properties}</w:pPr>{self._runs(spans, old, new)}</w:p>")
            place += end != "inserted"
            other_place += end != "deleted"
        return "".join(parts)

    def _properties(self, view: CellView | None, place: int, width: Length) -> str | None:
        """What a view says of its paragraph at that place; None for no view."""
        if view is None:
            return None
        cell = view.cell
        named = self._paragraphs.opening(cell.style, keep=view.keep).removeprefix(OPENING)
        if place < len(cell.texts):
            named += own_look(cell.texts[place], cell, width, view.tails)
        return named

    def _runs(self, spans: Iterable[Span], old: CellView | None, new: CellView | None) -> str:
        parts = []
        for span in spans:
            kind = tracked(span)
            view = old if kind == "deleted" else new
            if view is not None:
                parts.append(self._paragraphs.runs(span.text, view.cell.style, kind))
        return "".join(parts)


def _paragraphs(old: CellView | None, new: CellView | None) -> list[_Tracked]:
    """The paragraphs of both views, in order; at least one."""
    if old is None and new is not None:
        return _whole(new.cell, "inserted")
    if new is None and old is not None:
        return _whole(old.cell, "deleted")
    assert new is not None
    return _parted(new.cell.spans) if new.cell.spans else _whole(new.cell, "")


def _whole(cell: Cell, revision: Revision) -> list[_Tracked]:
    found = [_Tracked([Span(text, revision)], revision) for text in cell.texts or ("",)]
    return [*found[:-1], found[-1]._replace(end="")]


def _parted(spans: Iterable[Span]) -> list[_Tracked]:
    """Spans as paragraphs; what a mark is says the span that has it."""
    found: list[_Tracked] = []
    begun: list[Span] = []
    for span in spans:
        first, *more = span.text.split(PARAGRAPH_END)
        begun.append(span._replace(text=first))
        for text in more:
            found.append(_Tracked(begun, tracked(span)))
            begun = [span._replace(text=text)]
    return [*found, _Tracked(begun, "")]
