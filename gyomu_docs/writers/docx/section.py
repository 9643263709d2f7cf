"""Page set-up of a section (17.6): paper, margins, binding, its header and footer."""

from __future__ import annotations

from gyomu_docs.layout.tree import Section
from gyomu_docs.writers.docx.wml import twips

_PAPER_CODES = {(11906, 16838): 9, (16838, 23811): 8}
"""A4 and A3 as printers know them, by their twips in portrait."""


def section_properties(section: Section, header: str, footer: str) -> str:
    """The set-up of a section that begins on a new page; header and footer by their ids.

    Word puts the blank page before one that must begin on the right.

    The margins of a page hold the gutter already. Word adds it to the margin, so it is taken out
    there; at the top, where Word knows it for the whole document only, it stays in the margin.
    """
    page = section.page
    width, height = twips(page.width), twips(page.height)
    orientation = ' w:orient="landscape"' if width > height else ""
    code = _PAPER_CODES.get((min(width, height), max(width, height)))
    paper = f' w:code="{code}"' if code else ""
    top, right, bottom, left = map(twips, page.margins)
    gutter = twips(page.gutter) if page.binding == "left" else 0
    start = "oddPage" if section.starts_right else "nextPage"
    first = section.first_number
    number = "" if first is None else f'<w:pgNumType w:start="{first}"/>'
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header}"/>'
        f'<w:footerReference w:type="default" r:id="{footer}"/><w:type w:val="{start}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orientation}{paper}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left - gutter}" '
        f'w:header="{twips(page.header_distance)}" w:footer="{twips(page.footer_distance)}" '
        f'w:gutter="{gutter}"/>{number}<w:cols w:space="425"/></w:sectPr>'
    )
