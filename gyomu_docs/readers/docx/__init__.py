"""Word files that come back: their tables and texts, as they are and as they were.

In: the bytes of a .docx, from anywhere. Out: `ReturnedDocument`, plain immutable values: what
stands in which cell with all tracked changes accepted and with all rejected, who changed it and
when, and what a draft carries of its identity. What it means is for `collect` to find out.

`safety` refuses before anything is parsed; `package` finds the parts; `texts` and `tables` walk
the WordprocessingML (ECMA-376 part 1, clause 17).
"""

from gyomu_docs.readers.docx.document import read_returned
from gyomu_docs.readers.docx.returned import (
    Cell,
    Comment,
    Line,
    Mark,
    ReturnedDocument,
    Row,
    Table,
    Text,
)

__all__ = [
    "Cell",
    "Comment",
    "Line",
    "Mark",
    "ReturnedDocument",
    "Row",
    "Table",
    "Text",
    "read_returned",
]
