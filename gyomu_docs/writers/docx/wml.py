"""WordprocessingML as text: names, lengths, escaped texts, small builders.

A sheet has a thousand cells, so their XML is put together as text; everything that comes from the
document passes through `escape` or `attribute` on its way in. Element order follows the schema
(ISO/IEC 29500-1, annex A), which Word insists on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.units import Length

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}/relationships"'
)
"""What the root of a part declares."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

LEAST_LINE = 20
"""The lowest line in twips: a paragraph that must be there takes one point."""

FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

_TWIP = 50
_SPECIAL = re.compile("[&<>\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, and the controls that Word does not show."""


def twips(length: Length) -> int:
    """A length in twentieths of a point, rounded."""
    return (length + _TWIP // 2) // _TWIP


def half_points(size: Length) -> int:
    """A type size as Word counts it, in halves of a point."""
    return (2 * size + 500) // 1000


def color(value: int) -> str:
    """A colour as six hexadecimal digits."""
    return f"{value:06X}"


def escape(text: str) -> str:
    """A text as the content of an element; a line end and a tab stay.

    Raises MissingGlyphError, as the PDF writer does, for a character that a Word file cannot hold:
    controls, lone surrogates, U+FFFE and U+FFFF.
    """
    if _SPECIAL.search(text) is None:
        return text
    if match := _FORBIDDEN.search(text):
        code = ord(match[0])
        raise MissingGlyphError(
            f"文字 U+{code:04X} は Word のファイルに入れられません。",
            hint="目に見えない文字（制御文字など）です。この文字を消してください。",
        )
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """A text as the value of an attribute, between double quotes; its line ends are kept."""
    escaped = escape(text).replace('"', "&quot;")
    return escaped.replace("\t", "&#9;").replace("\n", "&#10;")


def run(text: str, properties: str = "", element: str = "t") -> str:
    """A run (17.3.2.25) of a text, whose line ends and tabs become elements; empty for none.

    The `element` is `t`, or `delText` for a text that was deleted.
    """
    if not text:
        return ""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    start, end = f'<w:{element} xml:space="preserve">', f"</w:{element}>"
    content = f"{start}{escape(text)}{end}"
    if "\n" in text or "\t" in text:
        content = content.replace("\n", f"{end}<w:br/>{start}")
        content = content.replace("\t", f"{end}<w:tab/>{start}").replace(start + end, "")
    return f"<w:r>{look}{content}</w:r>"


def field(instruction: str, shown: str) -> str:
    """A field (17.16) with the result that it shows until it is computed anew."""
    return f"{field_opening(instruction)}{run(shown)}{FIELD_END}"


def field_opening(instruction: str) -> str:
    """A field up to its result, which may go on for many paragraphs, up to `FIELD_END`."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def table_grid(edges: Sequence[int]) -> str:
    """The columns of a table (17.4.48) by their edges in twips."""
    widths = (end - start for start, end in pairwise(edges))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def exact_line(height: int, *, before: str = "", after: str = "", content: str = "") -> str:
    """An empty paragraph of so many twips, and not less than the lowest line.

    `before` and `after` are properties that come before and after `w:spacing`; `content` is
    something that is not seen.
    """
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Spacer"/>{before}'
        f'<w:spacing w:line="{max(height, LEAST_LINE)}" w:lineRule="exact"/>{after}</w:pPr>'
        f"{content}</w:p>"
    )
