"""Some pages of a `PagedDocument` as a document of their own, with a structure that is regular.

Content of pages that are left out goes, and with it every element that is then empty; but a
table that has content left keeps all its rows and cells, since taking some out could make it
irregular (ISO 14289-1, 7.5). Links to places that are not there become plain text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from gyomu_docs.typeset.pages import Element, Marked, OutlineEntry, Page, PagedDocument

_TABLE_PARTS = ("TR", "TH", "TD")


def select_pages(
    document: PagedDocument, chosen: Sequence[int], targets: Collection[str], title: str
) -> PagedDocument:
    """The pages with these indices; `targets` are the anchors that links may lead to.

    The first page has a bookmark of level 1: its own, or the title.
    """
    pages = [document.pages[index] for index in chosen]
    number = {index: position for position, index in enumerate(chosen)}
    linked = {link.element for page in pages for link in page.links if link.target in targets}
    kept = _kept_elements(document.elements, pages)
    renumbered = {index: position for position, index in enumerate(kept)}
    elements = [_plain(document.elements[index], index in linked) for index in kept]
    outline = [
        one._replace(page=number[one.page]) for one in document.outline if one.page in number
    ]
    if not outline or outline[0].page or outline[0].level > 1:
        outline.insert(0, OutlineEntry(1, title, 0, 0))
    return replace(
        document,
        pages=tuple(_renumbered(page, renumbered, targets) for page in pages),
        elements=tuple(
            one._replace(parent=renumbered.get(one.parent, one.parent)) for one in elements
        ),
        outline=tuple(outline),
        anchors=tuple(
            one._replace(page=number[one.page]) for one in document.anchors if one.page in number
        ),
        records=(),
    )


def _kept_elements(elements: Sequence[Element], pages: Sequence[Page]) -> list[int]:
    """Indices of the elements with content on these pages, of those above, and of whole tables."""
    kept = {0}
    for page in pages:
        for marked in page.content:
            index = marked.element
            while index not in kept and index >= 0:
                kept.add(index)
                index = elements[index].parent
    for index, element in enumerate(elements):  # parents come before children
        if element.kind in _TABLE_PARTS and element.parent in kept:
            kept.add(index)
    return sorted(kept)


def _plain(element: Element, is_link: bool) -> Element:
    """The element; a Link without an annotation is none (ISO 14289-1, 7.18.5)."""
    return element._replace(kind="Span") if element.kind == "Link" and not is_link else element


def _renumbered(page: Page, elements: dict[int, int], targets: Collection[str]) -> Page:
    return replace(
        page,
        content=tuple(Marked(elements[one.element], one.runs) for one in page.content),
        links=tuple(
            one._replace(element=elements[one.element])
            for one in page.links
            if one.target in targets
        ),
    )
