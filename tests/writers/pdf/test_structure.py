"""Structure objects as a template and the numbers to put in."""

from __future__ import annotations

import pytest

from gyomu_docs.typeset.pages import Element
from gyomu_docs.writers.pdf.structure import (
    check_elements,
    children_of_document,
    encode_structure,
)
from tests.support.paged import DOCUMENT


def objects(elements: list[Element], marks: list[list[int]]) -> list[str]:
    """The objects, their references counted from the part's first object."""
    bodies, references = encode_structure(elements, marks)
    return (bodies % tuple(references)).decode().split("\n")


def test_numbers_follow_pages_contents_and_parent_tree_arrays() -> None:
    elements = [DOCUMENT, Element("Sect", 0), Element("P", 1), Element("P", 1)]
    array0, array1, sect, first, second = objects(elements, [[2, 3], [2]])
    # Two pages: 0 and 1, contents 2 and 3, arrays 4 and 5, elements 6, 7, 8.
    assert (array0, array1) == ("[7 0 R 8 0 R ]", "[7 0 R ]")
    assert sect == "<</S/Sect/P 2 0 R/K[7 0 R 8 0 R ]>>"  # 2: the Document that all parts share
    assert first == "<</S/P/P 6 0 R/Pg 0 0 R/K[0 <</Type/MCR/Pg 1 0 R/MCID 0>>]>>"
    assert second == "<</S/P/P 6 0 R/Pg 0 0 R/K 1>>"


def test_empty_cell_has_no_kids() -> None:
    elements = [DOCUMENT, Element("TD", 0)]
    assert objects(elements, [[]])[1] == "<</S/TD/P 2 0 R>>"


def test_content_on_a_later_page_only() -> None:
    elements = [DOCUMENT, Element("P", 0)]
    assert objects(elements, [[], [1, 1]])[2] == "<</S/P/P 2 0 R/Pg 1 0 R/K[0 1]>>"


def test_content_comes_before_child_elements() -> None:
    elements = [DOCUMENT, Element("TD", 0), Element("P", 1)]
    assert objects(elements, [[1, 2]])[1] == "<</S/TD/P 2 0 R/Pg 0 0 R/K[0 4 0 R]>>"


@pytest.mark.parametrize(
    ("element", "attributes"),
    [
        (Element("TH", 0, "Column"), "/Scope/Column"),
        (Element("TH", 0, "Row", 1, 3), "/Scope/Row/RowSpan 3"),
        (Element("TH", 0, "Both", 2, 3), "/Scope/Both/ColSpan 2/RowSpan 3"),
        (Element("TD", 0, colspan=4), "/ColSpan 4"),
        (Element("Table", 0, summary="100%d"), "/Summary<FEFF00310030003000250064>"),
    ],
)
def test_table_attributes(element: Element, attributes: str) -> None:
    body = objects([DOCUMENT, element], [[]])[1]
    assert body == f"<</S/{element.kind}/P 2 0 R/A<</O/Table{attributes}>>>>"


def test_children_of_the_document() -> None:
    elements = [DOCUMENT, Element("Sect", 0), Element("P", 1), Element("Sect", 0)]
    assert children_of_document(elements, pages=2) == [6, 8]
    assert children_of_document([], pages=2) == []


@pytest.mark.parametrize(
    ("elements", "message"),
    [
        ([Element("Sect", -1)], "element 0 is not a Document"),
        ([Element("Document", 0)], "element 0 is not a Document"),
        ([DOCUMENT, Element("P", -1)], "element 1 has the parent -1"),
        ([DOCUMENT, Element("P", 1)], "element 1 has the parent 1"),
        ([DOCUMENT, Element("P", 2), Element("P", 0)], "element 1 has the parent 2"),
        ([DOCUMENT, Element("Bild", 0)], "'Bild'"),
        ([DOCUMENT, Element("Figure", 0)], "'Figure'"),
        ([DOCUMENT, Element("TH", 0)], "TH without scope"),
    ],
)
def test_trees_that_typesetting_must_not_make(elements: list[Element], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_elements(elements)
