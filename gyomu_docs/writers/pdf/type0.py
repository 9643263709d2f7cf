"""Fonts of the finished document: one subset for all parts (ISO 32000-1, 9.7).

A Type0 font with Identity encoding, its codes the glyph ids of the font file. Vertical text has a
second Type0 font over the same descendant, with /Identity-V and a ToUnicode map of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFString

from gyomu_docs.typeset.fonts import Font
from gyomu_docs.writers.pdf.streams import DeflatedStream

_DEFAULT_WIDTH = 1000
_FIXED, _SERIF, _SYMBOLIC, _ITALIC = 1, 2, 4, 64
_BLOCK = 100
"""Entries that a CMap may have in one block (9.7.5.4, after Adobe's CMap specification)."""
_CMAP = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def add_font(
    document: PDFDocument, font: Font, uses: Mapping[bool, Sequence[int]]
) -> dict[bool, PDFDictionary]:
    """Add a font to the document; return its Type0 dictionaries, False for lines, True for columns.

    `uses` holds the glyphs used in lines, in columns or in both.
    """
    gids = sorted({gid for used in uses.values() for gid in used})
    base = PDFName(f"{_subset_tag(gids)}+{font.ps_name}")
    data = font.subset(gids)
    descriptor = PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": base,
            "Flags": _flags(font),
            "FontBBox": PDFArray(font.bbox),
            "ItalicAngle": font.italic_angle,
            "Ascent": font.ascent,
            "Descent": -font.descent,
            "CapHeight": font.cap_height,
            # No font file states it; this is the customary estimate from the weight.
            "StemV": 50 + round((font.weight / 65) ** 2),
            "FontFile2": document.Reference(DeflatedStream({"Length1": len(data)}, data)),
        }
    )
    descendant = PDFDictionary(
        {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": base,
            "CIDSystemInfo": PDFDictionary(
                {
                    "Registry": PDFString("Adobe"),
                    "Ordering": PDFString("Identity"),
                    "Supplement": 0,
                }
            ),
            "CIDToGIDMap": PDFName("Identity"),
            "FontDescriptor": document.Reference(descriptor),
            "DW": _DEFAULT_WIDTH,
            "W": PDFArray(_widths(font, gids)),
            # Columns: the glyph hangs from the middle of its em box's top (9.7.4.3).
            "DW2": PDFArray([font.ascent, -1000]),
        }
    )
    descendants = PDFArray([document.Reference(descendant)])
    return {
        vertical: PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": base,
                "Encoding": PDFName("Identity-V" if vertical else "Identity-H"),
                "DescendantFonts": descendants,
                "ToUnicode": document.Reference(
                    DeflatedStream({}, to_unicode(font, used, vertical=vertical))
                ),
            }
        )
        for vertical, used in sorted(uses.items())
    }


def to_unicode(font: Font, gids: Iterable[int], *, vertical: bool) -> bytes:
    """Return the CMap from glyphs to their texts (ISO 32000-1, 9.10.3)."""
    lines = []
    for gid in gids:
        text = font.text_of(gid, vertical=vertical).encode("utf-16-be")
        lines.append(f"<{gid:04X}> <{text.hex().upper()}>")
    blocks = []
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return _CMAP.format(blocks="\n".join(blocks)).encode("ascii")


def _widths(font: Font, gids: list[int]) -> list[object]:
    """The array /W: runs of neighbouring glyphs that differ from the default width."""
    widths: list[object] = []
    run: list[int] = []
    previous = -2
    for gid in gids:
        advance = font.advance(gid)
        if advance == _DEFAULT_WIDTH:
            continue
        if gid != previous + 1:
            run = []
            widths += [gid, run]
        run.append(advance)
        previous = gid
    return [PDFArray(entry) if isinstance(entry, list) else entry for entry in widths]


def _flags(font: Font) -> int:
    flags = _SYMBOLIC
    if font.is_fixed:
        flags |= _FIXED
    if font.is_serif:
        flags |= _SERIF
    if font.italic_angle:
        flags |= _ITALIC
    return flags


def _subset_tag(gids: list[int]) -> str:
    """Six letters that differ where subsets do (9.6.4)."""
    digest = hashlib.blake2b(" ".join(map(str, gids)).encode(), digest_size=6).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest)
