"""Some pages of a document: structure, links, bookmarks and anchors of what is left."""

from __future__ import annotations

from gyomu_docs.booklet.packet.selection import select_pages
from gyomu_docs.typeset.pages import (
    Anchor,
    Element,
    Link,
    Marked,
    OutlineEntry,
    Page,
    PagedDocument,
)

ELEMENTS = (
    Element("Document", -1),
    Element("Sect", 0),
    Element("H1", 1),  # 2: page 0
    Element("Table", 1, summary="一"),
    Element("TR", 3),
    Element("TD", 4),  # 5: page 0
    Element("TR", 3),
    Element("TD", 6),  # 7: page 1
    Element("Table", 1, summary="二"),
    Element("TR", 8),
    Element("TD", 9),  # 10: page 0
    Element("P", 1),
    Element("Link", 11),  # 12: page 1
)


def page(*elements: int, links: tuple[Link, ...] = ()) -> Page:
    content = tuple(Marked(element, ()) for element in elements)
    return Page(100, 100, "", (), content, (), (), links=links)


def link(target: str) -> Link:
    return Link(12, 0, 0, 1, 1, target, "p")


DOCUMENT = PagedDocument(
    "表題",
    (page(2, 5, 10), page(7, 12, links=(link("there"),)), page()),
    ELEMENTS,
    (OutlineEntry(1, "No.3", 0, 5), OutlineEntry(2, "二", 1, 7)),
    anchors=(Anchor("a", 0, 0), Anchor("a-2", 1, 0)),
    records=(("行政活動[1]", 0),),
)


def tree(document: PagedDocument) -> list[str]:
    return [f"{one.kind}<{one.parent}" for one in document.elements]


def test_all_pages_are_the_document_again() -> None:
    every = select_pages(DOCUMENT, [0, 1, 2], {"there"}, "")
    assert every.elements == DOCUMENT.elements
    assert every.pages == DOCUMENT.pages
    assert (every.outline, every.anchors) == (DOCUMENT.outline, DOCUMENT.anchors)


def test_a_table_with_content_keeps_its_rows_and_one_without_goes() -> None:
    second = select_pages(DOCUMENT, [1], {"there"}, "")
    assert tree(second) == [
        *("Document<-1", "Sect<0", "Table<1", "TR<2", "TD<3", "TR<2", "TD<5"),
        *("P<1", "Link<7"),
    ]
    assert [one.element for one in second.pages[0].content] == [6, 8]
    assert second.pages[0].links == (link("there")._replace(element=8),)


def test_a_link_that_leads_nowhere_is_text() -> None:
    second = select_pages(DOCUMENT, [1], {"elsewhere"}, "")
    assert second.pages[0].links == ()
    assert second.elements[8].kind == "Span"


def test_anchors_and_bookmarks_of_the_pages_that_are_there() -> None:
    second = select_pages(DOCUMENT, [1], set(), "No.3 続き")
    assert second.anchors == (Anchor("a-2", 0, 0),)
    assert second.outline == (OutlineEntry(1, "No.3 続き", 0, 0), OutlineEntry(2, "二", 0, 7))


def test_the_first_page_keeps_its_own_bookmark() -> None:
    first = select_pages(DOCUMENT, [0], set(), "")
    assert first.outline == (OutlineEntry(1, "No.3", 0, 5),)


def test_a_page_without_content() -> None:
    assert tree(select_pages(DOCUMENT, [2], set(), "")) == ["Document<-1"]
