"""Hidden bookmarks: where links lead, and by what a draft's tables and rows are known again.

Those of a draft have their names from `layout.identity`, those of a booklet from its anchors.
"""

from __future__ import annotations

from gyomu_docs.layout.identity import row_bookmark, table_bookmark


class Bookmarks:
    """Hands out the bookmarks of one document; those of tables and rows only if they are wanted."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._used: set[str] = set()
        self._grids = 0

    def next_grid(self) -> str:
        """The bookmark of the next grid, in the order of the document."""
        self._grids += 1
        return self._point(table_bookmark(self._grids))

    def of_row(self, record: str) -> str:
        """The bookmark of a row by its record; of several rows of one record the first has it."""
        return self._point(row_bookmark(record)) if record else ""

    def of_anchor(self, anchor: str) -> str:
        """The bookmark of an anchor; empty for none."""
        return self._point_at(bookmark_name(anchor)) if anchor else ""

    def opened(self, name: str) -> tuple[str, str]:
        """Beginning and end of a bookmark around what stands between (17.13.6.2)."""
        self._used.add(name)
        number = len(self._used)
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return start, f'<w:bookmarkEnd w:id="{number}"/>'

    def _point(self, name: str) -> str:
        return self._point_at(name) if self._wanted and name else ""

    def _point_at(self, name: str) -> str:
        """A bookmark without content. Names and ids are unique in a document."""
        return "".join(self.opened(name)) if name not in self._used else ""


def bookmark_name(anchor: str) -> str:
    """The bookmark of an anchor; one that begins with `_` is hidden, and `-` is not allowed."""
    return "_" + anchor.replace("-", "_")
