"""Hidden bookmarks of a draft, by which its tables and rows are known again (`layout.identity`)."""

from __future__ import annotations

from gyomu_docs.layout.identity import row_bookmark, table_bookmark


class Bookmarks:
    """Hands out the bookmarks of one document; without an identity, none."""

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

    def _point(self, name: str) -> str:
        """A bookmark without content (17.13.6.2). Names and ids are unique in a document."""
        if not self._wanted or not name or name in self._used:
            return ""
        self._used.add(name)
        number = len(self._used)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'
