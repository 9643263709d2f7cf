"""Ways into the document: the outline (ISO 32000-1, 12.3.3) and the page labels (12.4.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

from gyomu_docs.writers.pdf.syntax import number

_MANY = 40
"""Entries that an outline may have and still be shown with all levels open."""
_NUMBERED = re.compile(r"(.*?)([1-9]\d{0,8})", re.DOTALL | re.ASCII)


@dataclass(slots=True)
class Bookmark:
    """An outline entry, placed: the page is an object number."""

    level: int
    title: str
    page: int
    top: str
    number: int = 0
    children: list[Bookmark] = field(default_factory=list)


def build_outline(
    bookmarks: Sequence[Bookmark],
    new_number: Callable[[], int],
    add_object: Callable[[int, bytes], None],
) -> int:
    """Hand over the outline's objects, and return the number of its root.

    Entries nest by level; where a level is left out, an entry goes under the one before it. A
    long outline shows its first level only.
    """
    root = Bookmark(0, "", 0, "", new_number())
    path = [root]
    for bookmark in bookmarks:
        while len(path) > 1 and path[-1].level >= bookmark.level:
            path.pop()
        bookmark.number = new_number()
        path[-1].children.append(bookmark)
        path.append(bookmark)
    is_open = len(bookmarks) <= _MANY
    add_object(
        root.number,
        b"<</Type/Outlines%b>>" % _family(root, len(bookmarks) if is_open else len(root.children)),
    )
    pending = [root]
    while pending:
        parent = pending.pop()
        numbers = [child.number for child in parent.children]
        for child, before, after in zip(
            parent.children, [0, *numbers], [*numbers[1:], 0], strict=False
        ):
            count = _descendants(child) if is_open else -len(child.children)
            add_object(
                child.number,
                f"<</Title{child.title}/Parent {parent.number} 0 R"
                f"{f'/Prev {before} 0 R' if before else ''}{f'/Next {after} 0 R' if after else ''}"
                f"/Dest[{child.page} 0 R/XYZ null {child.top} null]".encode()
                + b"%b>>" % _family(child, count),
            )
        pending += parent.children
    return root.number


def page_labels(labels: Sequence[str]) -> PDFDictionary:
    """Return the number tree that gives each page its label, letter by letter.

    A label that ends in a number opens a range, which the following labels of the same prefix
    and the next number continue; any other label is a range of its own, all prefix.
    """
    ranges: list[object] = []
    expected = ""
    for index, label in enumerate(labels):
        match = _NUMBERED.fullmatch(label)
        if label != expected or match is None:
            entry: dict[str, object] = {}
            prefix = match[1] if match else label
            if match:
                entry |= {"S": PDFName("D"), "St": int(match[2])}
            if prefix or not match:
                entry["P"] = PDFString(prefix)
            ranges += [index, PDFDictionary(entry)]
        expected = f"{match[1]}{int(match[2]) + 1}" if match else ""
    return PDFDictionary({"Nums": PDFArray(ranges)})


def destinations(places: Mapping[str, tuple[int, float]]) -> PDFDictionary:
    """Return the name tree of anchors (12.3.2.3): page object and height on it in points."""
    names: list[object] = []
    for name, (page, height) in sorted(places.items()):
        names += [PDFString(name), f"[{page} 0 R/XYZ null {number(height)} null]"]
    return PDFDictionary({"Names": PDFArray(names)})


def _family(parent: Bookmark, count: int) -> bytes:
    if not parent.children:
        return b""
    first, last = parent.children[0].number, parent.children[-1].number
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (first, last, count)


def _descendants(bookmark: Bookmark) -> int:
    return sum(1 + _descendants(child) for child in bookmark.children)
