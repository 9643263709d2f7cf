"""Pages under construction: items collected in reading order, structure elements numbered."""

from __future__ import annotations

from gyomu_docs.layout.tree import Edges, Grid
from gyomu_docs.typeset.pages import (
    Anchor,
    Artifact,
    ArtifactKind,
    Element,
    Fill,
    Link,
    Marked,
    OutlineEntry,
    Page,
    Rule,
    Stamp,
    TextRun,
)
from gyomu_docs.units import Length


class PageCanvas:
    """One page while items are placed on it."""

    def __init__(self, width: Length, height: Length) -> None:
        self.width = width
        self.height = height
        self.fills: list[Fill] = []
        self.rules: list[Rule] = []
        self.links: list[Link] = []
        self._content: list[Marked] = []
        self._artifacts: list[Artifact] = []

    def mark(self, element: int, runs: list[TextRun]) -> None:
        """Add the runs of a structure element, in reading order."""
        if runs:
            self._content.append(Marked(element, tuple(runs)))

    def artifact(self, kind: ArtifactKind, runs: list[TextRun]) -> None:
        """Add runs that a screen reader skips."""
        if runs:
            self._artifacts.append(Artifact(kind, tuple(runs)))

    def finish(
        self, label: str, stamp: Stamp | None = None, shift: tuple[Length, Length] = (0, 0)
    ) -> Page:
        """The page as an immutable value."""
        return Page(
            self.width,
            self.height,
            label,
            tuple(self.fills),
            tuple(self._content),
            tuple(self._artifacts),
            tuple(self.rules),
            stamp,
            shift,
            tuple(self.links),
        )


class Structure:
    """The structure tree and the outline of one document, as they grow."""

    def __init__(self) -> None:
        self.elements: list[Element] = [Element("Document", -1)]
        self.outline: list[OutlineEntry] = []
        self.anchors: list[Anchor] = []
        self.records: list[tuple[str, int]] = []

    def add(self, element: Element) -> int:
        """Add an element; its index."""
        self.elements.append(element)
        return len(self.elements) - 1

    def mark(self) -> tuple[int, int]:
        """How far it has grown, for `rewind`."""
        return len(self.elements), len(self.outline)

    def rewind(self, mark: tuple[int, int]) -> None:
        """Take away what was added since."""
        elements, entries = mark
        del self.elements[elements:], self.outline[entries:]

    def bookmark(self, level: int, title: str, page: int, y: Length) -> None:
        """Add a bookmark where the title is not empty."""
        if title:
            self.outline.append(OutlineEntry(level, title, page, y))


class RuleSet:
    """The rules of one grid on one page: outlines of its cells, drawn once and joined up."""

    def __init__(self, grid: Grid, box: Edges) -> None:
        self._inner = grid.inner
        self._outer = grid.outer
        self._box = box
        self._across: dict[Length, list[tuple[Length, Length]]] = {}
        self._down: dict[Length, list[tuple[Length, Length]]] = {}

    def cell(self, x: Length, y: Length, right: Length, bottom: Length) -> None:
        """Add the right and bottom sides of a cell, unless they lie on the grid's own edge."""
        if right < self._box.right:
            self._down.setdefault(right, []).append((y, bottom))
        if bottom < self._box.bottom:
            self._across.setdefault(bottom, []).append((x, right))

    def rules(self) -> list[Rule]:
        """The inner rules, then the frame; none of no width.

        Rules end where they meet: the writer's projecting caps close the corners.
        """
        rules = [
            Rule(x, start, x, end, self._inner)
            for x, spans in self._down.items()
            for start, end in _joined(spans)
        ]
        rules += [
            Rule(start, y, end, y, self._inner)
            for y, spans in self._across.items()
            for start, end in _joined(spans)
        ]
        top, right, bottom, left = self._box
        rules += [
            Rule(left, top, right, top, self._outer),
            Rule(left, bottom, right, bottom, self._outer),
            Rule(left, top, left, bottom, self._outer),
            Rule(right, top, right, bottom, self._outer),
        ]
        return [rule for rule in rules if rule.width]


def _joined(spans: list[tuple[Length, Length]]) -> list[tuple[Length, Length]]:
    """Lengths of one line, those that meet made one."""
    spans.sort()
    joined = []
    begin, reached = spans[0]
    for start, end in spans:
        if start > reached:
            joined.append((begin, reached))
            begin = start
        reached = max(end, reached)
    joined.append((begin, reached))
    return joined
