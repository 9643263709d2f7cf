"""Small Word files, written by hand: `docx("<w:p/>")` is a whole file with that body.

Elements are written without declarations; `p("文")` is a paragraph, `ins(...)` and `dele(...)` are
tracked runs, `table(...)` is a table of rows of cells.
"""

from __future__ import annotations

from gyomu_docs.readers.docx import Line, ReturnedDocument, Table, read_returned
from tests.support.drafts import packed

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BY = 'w:author="鈴木" w:date="2021-05-01T09:00:00Z"'


def parts(body: str = "", *, kind: str = MAIN) -> dict[str, bytes]:
    """The parts of a file with that body."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    made = {
        "[Content_Types].xml": f'<Types xmlns="{types}">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": relationships("officeDocument", "word/document.xml"),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    return {name: text.encode() for name, text in made.items()}


def relationships(kind: str, target: str, mode: str = "") -> str:
    """A part with one relationship."""
    external = f' TargetMode="{mode}"' if mode else ""
    return (
        f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/{kind}" Target="{target}"{external}/></Relationships>'
    )


def docx(body: str = "", **more: bytes) -> bytes:
    return packed({**parts(body), **more})


def returned(body: str) -> ReturnedDocument:
    """A file with that body, read."""
    return read_returned(docx(body), "test.docx")


def first_line(body: str) -> Line:
    line = returned(body).blocks[0]
    assert isinstance(line, Line)
    return line


def first_table(body: str) -> Table:
    made = returned(body).blocks[0]
    assert isinstance(made, Table)
    return made


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*content: str, mark: str = "") -> str:
    """A paragraph of runs (or texts); `mark` (`ins`, `del`) tracks its end."""
    look = f'<w:pPr><w:rPr><w:{mark} w:id="1" {BY}/></w:rPr></w:pPr>' if mark else ""
    return f"<w:p>{look}{''.join(one if one.startswith('<') else r(one) for one in content)}</w:p>"


def ins(*content: str, by: str = BY) -> str:
    return f'<w:ins w:id="1" {by}>{"".join(r(one) for one in content)}</w:ins>'


def dele(*content: str, by: str = BY) -> str:
    runs = "".join(f"<w:r><w:delText>{one}</w:delText></w:r>" for one in content)
    return f'<w:del w:id="1" {by}>{runs}</w:del>'


def tc(*content: str, properties: str = "") -> str:
    look = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    inner = "".join(one if one.startswith("<") else p(one) for one in content) or "<w:p/>"
    return f"<w:tc>{look}{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    look = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{look}{''.join(one if one.startswith('<') else tc(one) for one in cells)}</w:tr>"


def table(*rows: str, columns: tuple[int, ...] = (1000, 1000)) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
