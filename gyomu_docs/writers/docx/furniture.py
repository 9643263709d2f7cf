"""Headers and footers: three parts on one line, page numbers as fields, a watermark behind.

The footer of a draft also says its form id, at the end that the form leaves free: it survives
copying, printing and everything else that loses properties and bookmarks.
"""

from __future__ import annotations

from math import atan2, cos, degrees, radians, sin
from typing import Literal

from gyomu_docs.layout.tree import Furniture, PageField, PageNumber, PageSetup, Watermark
from gyomu_docs.units import PT
from gyomu_docs.writers.docx.measures import half_ems
from gyomu_docs.writers.docx.styles import font_name
from gyomu_docs.writers.docx.text import Paragraphs
from gyomu_docs.writers.docx.wml import (
    DECLARATION,
    NAMESPACES,
    attribute,
    color,
    field,
    run,
    twips,
)

FORM_ID_LABEL = "様式ID "
_FIELDS: dict[PageField, str] = {"page": "PAGE", "pages": "NUMPAGES"}
_STEEPEST = 45
_VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
_TEXT_ON_PATH = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><v:handles>'
    '<v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)
"""The shape of a text on a straight line (ISO/IEC 29500-4, 19.1.2.20), as Word declares it."""


def header(page: PageSetup, paragraphs: Paragraphs, *, fills: bool = False) -> str:
    """The part of a section's header, the watermark in it.

    One that `fills` its margin has room below it down to the body. Word puts the body at the top
    margin either way, as long as the header does not reach further down (17.6.11); LibreOffice
    forgets the room on the first page of a section that must begin on the right.
    """
    mark = _watermark(page, page.watermark) if page.watermark else ""
    below = _room_below(page) if fills else 0
    return _part("hdr", _line(page.header, page, paragraphs, mark, below))


def footer(page: PageSetup, paragraphs: Paragraphs, form_id: str) -> str:
    """The part of a section's footer; with the form id, if there is one."""
    shown = _with_form_id(page.footer, form_id) if form_id else page.footer
    return _part("ftr", _line(shown, page, paragraphs))


def _part(root: Literal["hdr", "ftr"], content: str) -> str:
    return f"{DECLARATION}<w:{root} {NAMESPACES} {_VML}>{content}</w:{root}>"


def _with_form_id(furniture: Furniture, form_id: str) -> Furniture:
    label = f"{FORM_ID_LABEL}{form_id}"
    left, center, right = furniture.left, furniture.center, furniture.right
    if left and not right:
        right = (label,)
    else:
        left = (*left, f"　{label}") if left else (label,)
    return Furniture(left, center, right, furniture.style)


def _room_below(page: PageSetup) -> int:
    """From the line of the header to the body, in twips; each length rounded as it is written."""
    style = page.header.style
    line = twips(style.padding.top) + twips(style.leading)
    return max(twips(page.margins.top) - twips(page.header_distance) - line, 0)


def _line(
    furniture: Furniture,
    page: PageSetup,
    paragraphs: Paragraphs,
    behind: str = "",
    below: int = 0,
) -> str:
    """One paragraph with tabs in the middle and at the right end; 17.3.1.37."""
    end = twips(page.width - page.margins.left - page.margins.right)
    stops = f'<w:tab w:val="center" w:pos="{end // 2}"/><w:tab w:val="right" w:pos="{end}"/>'
    parts = [_shown(part) for part in (furniture.left, furniture.center, furniture.right)]
    while parts and not parts[-1]:
        parts.pop()
    opening = paragraphs.opening(furniture.style, keep=False)
    content = "<w:r><w:tab/></w:r>".join(parts)
    room = f'<w:spacing w:after="{below}"/>' if below else ""
    return f"{opening}<w:tabs>{stops}</w:tabs>{room}</w:pPr>{behind}{content}</w:p>"


def _shown(part: tuple[str | PageNumber, ...]) -> str:
    # A line has no line ends; the PDF has a blank there too.
    return "".join(
        field(_FIELDS[piece.field], piece.shown or "1")
        if isinstance(piece, PageNumber)
        else run(piece.replace("\n", " "))
        for piece in part
    )


def _watermark(page: PageSetup, watermark: Watermark) -> str:
    """The word across the page, by the name under which Word finds its own watermarks."""
    text = watermark.text.replace("\n", " ").strip()
    if not text:
        return ""
    style = watermark.style
    angle = min(round(degrees(atan2(page.height, page.width))), _STEEPEST)
    along, across = cos(radians(angle)), sin(radians(angle))
    ems = half_ems(text) / 2
    top, right, bottom, left = page.margins
    # The word, an em high and turned, must stay within the margins.
    size = min(
        style.size,
        (page.width - 2 * max(left, right)) / (ems * along + across),
        (page.height - 2 * max(top, bottom)) / (ems * across + along),
    )
    look = (
        f"position:absolute;margin-left:0;margin-top:0;width:{size * ems / PT:.1f}pt;"
        f"height:{size / PT:.1f}pt;rotation:{360 - angle};z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    name = attribute(font_name(style.family))
    return (
        f"<w:r><w:rPr><w:noProof/></w:rPr><w:pict>{_TEXT_ON_PATH}"
        f'<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" '
        f'type="#_x0000_t136" style="{look}" o:allowincell="f" '
        f'fillcolor="#{color(style.color)}" stroked="f">'
        f'<v:textpath style="font-family:&quot;{name}&quot;;font-size:1pt" '
        f'string="{attribute(text)}"/><w10:wrap anchorx="margin" anchory="margin"/>'
        "</v:shape></w:pict></w:r>"
    )
