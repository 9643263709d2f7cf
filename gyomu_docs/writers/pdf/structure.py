"""The structure tree of one part (ISO 32000-1, 14.7 and 14.8), ready but for object numbers.

A part does not know its object numbers while it is encoded, so its objects come as one template
with a `%d` for each reference, beside the numbers to put in, counted from the part's first one.
The assembler adds the base and formats once: no object is parsed or built twice.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gyomu_docs.typeset.pages import Element
from gyomu_docs.writers.pdf.syntax import text_string

DOCUMENT = 2
"""Object number of the Document element, which all parts share; fixed, so that parts can name it.
Number 1 is reportlab's font dictionary."""

_KINDS = frozenset(
    ["Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"]
    + ["NonStruct", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody"]
    + ["Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Link"]
)
"""Standard structure types that hold text (14.8.4); others would need a role map or /Alt."""


class Template(NamedTuple):
    """Objects of a part without their numbers."""

    bodies: bytes
    """One object a line: the parent tree array of each page, then the elements but the first."""
    references: array[int]
    """What the `%d` stand for, in order, counted from the part's first object."""


NO_STRUCTURE = Template(b"", array("I"))
"""Of a part whose structure is kept elsewhere."""


def check_elements(elements: Sequence[Element]) -> None:
    """Raise ValueError for a tree that typesetting must not make (a fault of the program)."""
    for index, element in enumerate(elements):
        if element.kind not in _KINDS:
            raise ValueError(f"element {index} is {element.kind!r}, no structure type")
        if index == 0 and (element.kind != "Document" or element.parent != -1):
            raise ValueError("element 0 is not a Document without parent")
        if index and not 0 <= element.parent < index:
            raise ValueError(f"element {index} has the parent {element.parent}")
        if element.kind == "TH" and not element.scope:
            raise ValueError(f"element {index} is a TH without scope (ISO 14289-1, 7.5)")


def encode_structure(
    elements: Sequence[Element],
    marks: Sequence[Sequence[int]],
    links: Sequence[tuple[int, int]] = (),
) -> Template:
    """Return the parent tree and the elements; `marks[page][mcid]` is an element's index.

    The part's objects are numbered: its pages, their content streams, their parent tree arrays,
    the elements from 1, the annotations of its links. Element 0 is the Document that all parts
    share. `links` has the page and the element of each annotation.
    """
    pages = len(marks)
    first = 3 * pages - 1  # so that element 1 follows the parent tree arrays
    references: list[int] = []
    bodies: list[str] = []
    content: dict[int, list[tuple[int, int]]] = {}
    for page, marked in enumerate(marks):
        bodies.append(f"[{'%d 0 R ' * len(marked)}]")
        references += [first + index for index in marked]
        for mcid, index in enumerate(marked):
            content.setdefault(index, []).append((page, mcid))
    children: dict[int, list[int]] = {}
    for index in range(1, len(elements)):
        children.setdefault(elements[index].parent, []).append(first + index)

    annotations: dict[int, list[tuple[int, int]]] = {}
    for number, (page, index) in enumerate(links, first + len(elements)):
        annotations.setdefault(index, []).append((page, number))
    for index in range(1, len(elements)):
        kind, parent, scope, colspan, rowspan, summary = elements[index]
        above = f"{DOCUMENT}"
        if parent:
            above = "%d"
            references.append(first + parent)
        kids = _refer_to_kids(
            content.get(index, []), annotations.get(index, []), children.get(index, []), references
        )
        attributes = ""
        if scope or colspan > 1 or rowspan > 1 or summary:
            attributes = _attributes(scope, colspan, rowspan, summary)
        bodies.append(f"<</S/{kind}/P {above} 0 R{kids}{attributes}>>")
    return Template("\n".join(bodies).encode("ascii"), array("I", references))


def children_of_document(elements: Sequence[Element], pages: int) -> list[int]:
    """Return the numbers of the elements right under the Document, counted as in the template."""
    return [3 * pages - 1 + i for i, element in enumerate(elements) if element.parent == 0 and i]


def _refer_to_kids(
    content: Sequence[tuple[int, int]],
    annotations: Sequence[tuple[int, int]],
    children: Sequence[int],
    references: list[int],
) -> str:
    """The entries /Pg and /K: content, on one page or on several, annotations, child elements."""
    if not content:
        references += children
        if not children:
            return ""  # an empty cell
        return f"/K[{'%d 0 R ' * len(children)}]"
    home, mcid = content[0]
    references.append(home)
    if len(content) == 1 and not children and not annotations:
        return f"/Pg %d 0 R/K {mcid}"
    kids = []
    for page, mcid in content:
        if page == home:
            kids.append(f"{mcid}")
        else:
            kids.append(f"<</Type/MCR/Pg %d 0 R/MCID {mcid}>>")
            references.append(page)
    for page, number in annotations:
        kids.append("<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>")
        references += [page, number]
    references += children
    return f"/Pg %d 0 R/K[{' '.join(kids)}{' %d 0 R' * len(children)}]"


@lru_cache(maxsize=1024)
def _attributes(scope: str, colspan: int, rowspan: int, summary: str) -> str:
    """Table attributes (ISO 32000-1, 14.8.5.7). Holds no `%`: the text is in hexadecimal."""
    entries = [
        f"/Scope/{scope}" if scope else "",
        f"/ColSpan {colspan}" if colspan > 1 else "",
        f"/RowSpan {rowspan}" if rowspan > 1 else "",
        f"/Summary{text_string(summary)}" if summary else "",
    ]
    attributes = "".join(entries)
    return f"/A<</O/Table{attributes}>>" if attributes else ""
