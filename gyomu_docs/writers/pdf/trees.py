"""The two trees over all pages: page tree and parent tree, grown as pages come in.

Both are of leaves under inner nodes, so that a reader finds a page among thousands in few steps.
"""

from __future__ import annotations

from collections.abc import Callable

from gyomu_docs.writers.pdf.syntax import references

NewNumber = Callable[[], int]
AddObject = Callable[[int, bytes], None]

_PAGE_FAN = 32
_PARENT_FAN = 64


class PageTree:
    """Balanced page tree (ISO 32000-1, 7.7.3)."""

    def __init__(self, new_number: NewNumber) -> None:
        self._new_number = new_number
        self._leaves: list[tuple[int, list[int]]] = []
        self.count = 0

    def add_page(self, number: int) -> int:
        """Enter a page and return the number of its parent node."""
        if self.count % _PAGE_FAN == 0:
            self._leaves.append((self._new_number(), []))
        parent, kids = self._leaves[-1]
        kids.append(number)
        self.count += 1
        return parent

    def finish(self, add_object: AddObject) -> int:
        """Hand over the nodes, and return the number of the root."""
        if not self._leaves:
            raise ValueError("a PDF must have a page")
        nodes = [(number, kids, len(kids)) for number, kids in self._leaves]
        while len(nodes) > 1:
            level = []
            for start in range(0, len(nodes), _PAGE_FAN):
                parent, children = self._new_number(), nodes[start : start + _PAGE_FAN]
                for child in children:
                    add_object(child[0], _page_node(child, parent))
                numbers = [number for number, _, _ in children]
                level.append((parent, numbers, sum(count for _, _, count in children)))
            nodes = level
        add_object(nodes[0][0], _page_node(nodes[0], None))
        return nodes[0][0]


class ParentTree:
    """Number tree from /StructParents of pages and /StructParent of annotations (14.7.4.4)."""

    def __init__(self, new_number: NewNumber, add_object: AddObject) -> None:
        self._new_number = new_number
        self._add_object = add_object
        self._entries: list[tuple[int, int]] = []
        self._leaves: list[tuple[int, int, int]] = []
        self.next_key = 0

    def add(self, number: int) -> int:
        """Enter a page's array of elements, or an annotation's element; the key it gets."""
        key = self.next_key
        self.next_key += 1
        self._entries.append((key, number))
        if len(self._entries) == _PARENT_FAN:
            self._flush()
        return key

    def finish(self) -> bytes:
        """Hand over what is left, and return the root node."""
        if self._entries:
            self._flush()
        return b"<</Kids%b>>" % references([number for number, _, _ in self._leaves])

    def _flush(self) -> None:
        number, first, last = self._new_number(), self._entries[0][0], self._entries[-1][0]
        nums = b" ".join(b"%d %d 0 R" % entry for entry in self._entries)
        self._add_object(number, b"<</Limits[%d %d]/Nums[%b]>>" % (first, last, nums))
        self._leaves.append((number, first, last))
        self._entries = []


def _page_node(node: tuple[int, list[int], int], parent: int | None) -> bytes:
    _, kids, count = node
    above = b"" if parent is None else b"/Parent %d 0 R" % parent
    return b"<</Type/Pages%b/Count %d/Kids%b>>" % (above, count, references(kids))
