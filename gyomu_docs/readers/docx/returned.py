"""What a returned Word file says, as immutable values.

Named tuples, as in `layout.tree`: a file has a thousand cells. `new` is everything with the tracked
changes accepted, `old` with them rejected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout.identity import Snapshot

RowState = Literal["", "inserted", "deleted"]


class Mark(NamedTuple):
    """Who tracked a change, and when (ISO 8601, as the file says it)."""

    author: str
    date: str


class Text(NamedTuple):
    """The paragraphs of a place in both views; a line end in one is a forced line break.

    A place without text has no paragraphs or empty ones, as the program wrote it.
    """

    new: tuple[str, ...]
    old: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    """Of the tracked changes in it, each once, in the order of the text."""
    comments: tuple[str, ...] = ()
    """Ids of the comments anchored in it."""


class Cell(NamedTuple):
    """A cell; `left` and `right` are its edges in the units of the table's own grid."""

    left: int
    right: int
    text: Text
    tables: tuple[Table, ...] = ()
    lines: tuple[Line | Table, ...] = ()
    """Paragraphs and tables in their order, for cells that hold tables; `()` in others."""
    continues: bool = False
    """Part of the cell above (vMerge): it shows nothing of its own."""


class Row(NamedTuple):
    """A row; a tracked one is `inserted` or `deleted`."""

    cells: tuple[Cell, ...]
    state: RowState = ""
    marks: tuple[Mark, ...] = ()
    """Of the tracked insertion or deletion of the row itself."""
    bookmarks: tuple[str, ...] = ()
    header: bool = False


class Table(NamedTuple):
    """A table; `edges` are those of its grid columns, from 0, in twips."""

    rows: tuple[Row, ...]
    edges: tuple[int, ...]
    bookmarks: tuple[str, ...] = ()
    """Those between its rows; most stand in the rows themselves."""


class Line(NamedTuple):
    """A paragraph outside of tables."""

    text: Text
    bookmarks: tuple[str, ...] = ()


Block: TypeAlias = Line | Table


class Comment(NamedTuple):
    """A comment; where it is anchored is known to the texts."""

    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class ReturnedDocument:
    """A whole file."""

    file: str
    blocks: tuple[Block, ...]
    properties: dict[str, str]
    """Custom properties by name."""
    snapshot: Snapshot | None
    form_id: str
    """As printed in a footer or header; empty where there is none."""
    comments: dict[str, Comment]
    """By id, in the order of the file."""
    furniture: tuple[str, ...]
    """The lines of headers and footers, as they are."""
    found: tuple[Diagnostic, ...]
    """What the file holds that was not read: pictures, text boxes, unknown symbols."""
