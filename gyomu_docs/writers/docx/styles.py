"""Paragraph styles: the styles of the form as Word's own, so that staff can change them there.

Each `tree.Style` becomes one paragraph style with its font, size, line height and alignment; cells
then only name it. Line heights are exact: where the font is missing, the one that stands in for it
breaks the same pages. Headings are the built-in ones, which make Word's outline.
"""

from __future__ import annotations

from gyomu_docs.layout.tree import Align, Style
from gyomu_docs.units import Length
from gyomu_docs.writers.docx.wml import (
    DECLARATION,
    LEAST_LINE,
    NAMESPACES,
    attribute,
    color,
    half_points,
    twips,
)

_FONTS = {"BIZ UDGothic": "BIZ UDゴシック", "BIZ UDMincho": "BIZ UD明朝 Medium"}
"""The names under which Windows has the fonts of the forms."""
_OTHER_NAMES = {
    "BIZ UDゴシック": "BIZ UDGothic",
    "BIZ UD明朝 Medium": "BIZ UDMincho,BIZ UDMincho Medium,BIZ UD明朝",
}
"""What they are called elsewhere, parted by commas (17.8.3.1)."""
_KINDS = {"BIZ UDゴシック": ("modern", "020B0400000000000000"), "BIZ UD明朝 Medium": ("roman", "")}
"""The kind of font that may stand in, and its PANOSE number."""

_ALIGN: dict[Align, str] = {
    "left": "left",
    "center": "center",
    "right": "right",
    "decimal": "right",
    "justify": "both",
    "spread": "center",
}
"""`spread` and `decimal` depend on the text; `text` sets those."""

_NORMAL = (
    '<w:widowControl w:val="0"/><w:kinsoku/><w:wordWrap/><w:overflowPunct/>'
    '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
)
"""Japanese line breaking, no quarter em between Japanese and Latin (as in the PDF), no grid."""


def font_name(family: str) -> str:
    """The family as Word on Windows knows it."""
    return _FONTS.get(family, family)


class StyleSheet:
    """The styles that a document uses, in the order of their first use."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._ids: dict[Style, str] = {}
        # By identity first: styles are shared, and hashing one takes longer than its paragraph.
        self._known: dict[int, tuple[Style, str]] = {}
        self._names: dict[str, int] = {}
        self._styles: list[tuple[str, str, Style]] = []
        self._levels: set[int] = set()
        self._titles: set[int] = set()
        self._contents: dict[int, tuple[Style, int]] = {}

    def id_of(self, style: Style) -> str:
        """The id of the style's paragraph style."""
        known = self._known.get(id(style))
        if known is None:
            known = self._known[id(style)] = (style, self._add(style))
        return known[1]

    def heading(self, level: int) -> str:
        """The id of the built-in heading of a level, from 1."""
        self._levels.add(level)
        return f"Heading{level}"

    def section_title(self, level: int) -> str:
        """The id of the heading of a section that nobody sees, a built-in heading but for that."""
        self._titles.add(level)
        self._levels.add(level)
        return f"SectionTitle{level}"

    def contents(self, level: int, style: Style, stop: int) -> tuple[str, bool]:
        """The id of the built-in style of lines of contents, and whether it looks like `style`.

        It looks as the first line of the level does; `stop` is where its numbers end, in twips.
        """
        known = self._contents.setdefault(level, (style, stop))
        return f"TOC{level}", known == (style, stop)

    def _add(self, style: Style) -> str:
        known = self._ids.get(style)
        if known is None:
            known = self._ids[style] = f"Form{len(self._ids) + 1}"
            # The same name comes again for the numbers of a style, and from a second form.
            count = self._names[style.name] = self._names.get(style.name, 0) + 1
            name = f"様式 {style.name}" + (f" {count}" if count > 1 else "")
            self._styles.append((known, name, style))
        return known

    @property
    def compress(self) -> bool:
        """Whether a style wants marks next to each other to share their blank."""
        return any(style.compress for _, _, style in self._styles)

    def xml(self) -> bytes:
        """The part of the styles (17.7)."""
        parts = [self._defaults(), _built_in()]
        parts += [_heading(level) for level in sorted(self._levels)]
        parts += [_section_title(level) for level in sorted(self._titles)]
        parts += [_contents(level, *one) for level, one in sorted(self._contents.items())]
        parts += [_paragraph_style(*one) for one in self._styles]
        return f"{DECLARATION}<w:styles {NAMESPACES}>{''.join(parts)}</w:styles>".encode()

    def fonts_xml(self) -> bytes:
        """The part of the fonts (17.8): what they are called elsewhere, what may stand in."""
        names = dict.fromkeys(font_name(style.family) for _, _, style in self._styles)
        parts = "".join(map(_font, names))
        return f"{DECLARATION}<w:fonts {NAMESPACES}>{parts}</w:fonts>".encode()

    def _defaults(self) -> str:
        look = _fonts(self._styles[0][2].family) if self._styles else ""
        language = attribute(self._language)
        return (
            f"<w:docDefaults><w:rPrDefault><w:rPr>{look}"
            '<w:sz w:val="16"/><w:szCs w:val="16"/>'
            f'<w:lang w:val="en-US" w:eastAsia="{language}" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        )


def paragraph_properties(style: Style) -> str:
    """Line height, padding, indents and alignment of a style, from `w:spacing` on (17.3.1.26)."""
    before, right, after, left = style.padding
    moved_in = indents(left + style.indent, right, style.first_indent)
    return _spacing(style, before, after) + moved_in + _alignment(style, close=False)


def entry_properties(style: Style, stop: int) -> str:
    """Those of a line of contents or an index, whose page numbers end at `stop`, in twips."""
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{stop}"/></w:tabs>'
    return tab + paragraph_properties(style)


def cell_properties(style: Style) -> str:
    """The same in a cell, whose margins hold the padding across the lines.

    Above and below the lines it is the paragraph's: Word gives the highest margin of a row to all
    its cells, and adds it to the least height of the row.
    """
    top, right, bottom, left = style.padding
    first = style.first_indent
    if style.vertical:
        around, moved_in = _spacing(style, right, left), indents(top + style.indent, bottom, first)
    else:
        around, moved_in = _spacing(style, top, bottom), indents(style.indent, 0, first)
    return around + moved_in + _alignment(style, close=True)


def _spacing(style: Style, before: Length, after: Length) -> str:
    around = f' w:before="{twips(before)}" w:after="{twips(after)}"' if before or after else ""
    return f'<w:spacing{around} w:line="{twips(style.leading)}" w:lineRule="exact"/>'


def _alignment(style: Style, *, close: bool) -> str:
    """Alignment; the paragraphs of a cell are `close`, without the padding between them."""
    spaced = "" if close else ' w:val="0"'
    return f'<w:contextualSpacing{spaced}/><w:jc w:val="{_ALIGN[style.align]}"/>'


def indents(left: Length, right: Length, first: Length = 0) -> str:
    """The indents of a paragraph (17.3.1.12); lengths, not twips. `first` may be negative."""
    if not (left or right or first):
        return ""
    name = "firstLine" if first > 0 else "hanging"
    first_line = f' w:{name}="{twips(abs(first))}"' if first else ""
    return f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}"{first_line}/>'


def run_properties(style: Style) -> str:
    """Font, weight, colour and size of a style (17.3.2.28)."""
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    ink = f'<w:color w:val="{color(style.color)}"/>' if style.color else ""
    size = half_points(style.size)
    return f'{_fonts(style.family)}{bold}{ink}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _fonts(family: str) -> str:
    name = attribute(font_name(family))
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _paragraph_style(id_: str, name: str, style: Style) -> str:
    kinsoku = "" if style.kinsoku != "loose" else '<w:kinsoku w:val="0"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id_}">'
        f'<w:name w:val="{attribute(name)}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{kinsoku}{cell_properties(style)}</w:pPr>"
        f"<w:rPr>{run_properties(style)}</w:rPr></w:style>"
    )


def _heading(level: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}">'
        f'<w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
        '<w:uiPriority w:val="9"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
    )


def _section_title(level: int) -> str:
    """A line of a point, in white: only the outline shows it."""
    line = f'<w:spacing w:line="{LEAST_LINE}" w:lineRule="exact"/>'
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="SectionTitle{level}">'
        f'<w:name w:val="様式 部の見出し {level}"/><w:basedOn w:val="Heading{level}"/>'
        f'<w:next w:val="Normal"/><w:pPr><w:keepNext w:val="0"/>{line}</w:pPr>'
        '<w:rPr><w:color w:val="FFFFFF"/><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>'
    )


def _contents(level: int, style: Style, stop: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="TOC{level}"><w:name w:val="toc {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="39"/>'
        f"<w:pPr>{entry_properties(style, stop)}</w:pPr>"
        f"<w:rPr>{run_properties(style)}</w:rPr></w:style>"
    )


def _built_in() -> str:
    spacer = f'<w:spacing w:line="{LEAST_LINE}" w:lineRule="exact"/>'
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{_NORMAL}</w:pPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Spacer">'
        '<w:name w:val="様式 空き"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr>{spacer}</w:pPr><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>'
    )


def _font(name: str) -> str:
    other = _OTHER_NAMES.get(name)
    alternative = f'<w:altName w:val="{attribute(other)}"/>' if other else ""
    family, panose = _KINDS.get(name, ("auto", ""))
    number = f'<w:panose1 w:val="{panose}"/>' if panose else ""
    return (
        f'<w:font w:name="{attribute(name)}">{alternative}{number}<w:charset w:val="80"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="fixed"/></w:font>'
    )
