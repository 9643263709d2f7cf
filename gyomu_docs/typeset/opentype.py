"""The parts of a TrueType file that the PDF writer needs and HarfBuzz has no call for.

HarfBuzz maps the file and finds the tables in milliseconds (fontTools takes 80); here the few
fields that it does not offer are read from the tables' bytes. Offsets are those of the OpenType
specification 1.9. Used by `truetype.Font` only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from gyomu_docs.errors import FontError

_REQUIRED = ("head", "hhea", "maxp", "hmtx", "cmap", "OS/2", "post", "name")
_EMBEDDED = ("head", "hhea", "maxp", "hmtx", "loca", "glyf")
"""What a CIDFontType2 needs inside a PDF (ISO 32000-1, 9.9); hinting tables serve no printer."""

_RESTRICTED, _NO_SUBSETTING, _BITMAP_ONLY = 0x0002, 0x0100, 0x0200
_USAGE = 0x000F


class FontFacts(NamedTuple):
    """What a font says about itself; lengths in thousandths of an em."""

    ps_name: str
    ascent: int
    """Of the em box above the baseline."""
    descent: int
    """Of the em box below the baseline, positive."""
    cap_height: int
    bbox: tuple[int, int, int, int]
    weight: int
    """100 to 900, as in CSS."""
    italic_angle: float
    is_fixed: bool
    is_serif: bool


def open_face(path: Path, member: int = 0) -> hb.Face:
    """Map the font file; `member` counts the fonts of a collection from 0.

    Raises `FontError` for one that cannot be embedded as TrueType.
    """
    if not path.is_file():
        raise FontError(f"フォントファイル {path} がありません。")
    try:
        face = hb.Face(hb.Blob.from_file_path(str(path)), member)
        if member >= max(face.count, 1):
            raise FontError(
                f"フォント {path} に{member + 1}番の書体はありません（{face.count}個です）。"
            )
        tags = set(face.table_tags)
        if tags & {"CFF ", "CFF2"}:
            raise FontError(
                f"フォント {path} は CFF アウトラインのため使えません。",
                hint="TrueType アウトラインのフォント（.ttf）を指定してください。",
            )
        if missing := [tag for tag in (*_REQUIRED, "loca", "glyf") if tag not in tags]:
            raise FontError(
                f"フォント {path} は TrueType フォントではないか壊れています"
                f"（表 {missing[0].strip()} がありません）。"
            )
        _check_outlines(face, path)
        _check_licence(face, path)
    except (OSError, struct.error) as error:
        raise FontError(f"フォント {path} が壊れています。") from error
    return face


def read_facts(face: hb.Face, path: Path) -> FontFacts:
    """Read names and metrics. Raises `FontError` for tables that are too short."""
    try:
        head, hhea, os2, post = (
            _table(face, "head"),
            _table(face, "hhea"),
            _table(face, "OS/2"),
            _table(face, "post"),
        )
        em = face.upem
        ascent, descent = _em_box(em, struct.unpack_from(">hh", hhea, 4), _typographic(os2))
        (version,) = struct.unpack_from(">H", os2)
        (cap_height,) = struct.unpack_from(">h", os2, 88) if version >= 2 else (0,)
        x0, y0, x1, y1 = struct.unpack_from(">4h", head, 36)
        angle, _, _, fixed = struct.unpack_from(">ihhI", post, 4)
        return FontFacts(
            ps_name=face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or path.stem,
            ascent=ascent,
            descent=descent,
            cap_height=_thousandths(cap_height, em) or ascent,
            bbox=(
                _thousandths(x0, em),
                _thousandths(y0, em),
                _thousandths(x1, em),
                _thousandths(y1, em),
            ),
            weight=struct.unpack_from(">H", os2, 4)[0],
            italic_angle=angle / 65536,
            is_fixed=bool(fixed),
            # PANOSE: family 2 is Latin text, serif styles 2 to 10 have serifs.
            is_serif=os2[32] == 2 and 2 <= os2[33] <= 10,
        )
    except (struct.error, IndexError) as error:
        raise FontError(f"フォント {path} が壊れています。") from error


def read_vertical(face: hb.Face) -> dict[int, int]:
    """Return the single substitutions of the GSUB feature `vert`: glyph to vertical glyph."""
    if "GSUB" not in face.table_tags:
        return {}
    gsub = _table(face, "GSUB")
    _, _, feature_list, lookup_list = struct.unpack_from(">I3H", gsub)
    lookups = set[int]()
    (count,) = struct.unpack_from(">H", gsub, feature_list)
    for record in range(count):
        tag, offset = struct.unpack_from(">4sH", gsub, feature_list + 2 + 6 * record)
        if tag == b"vert":
            lookups.update(_array(gsub, feature_list + offset + 2))
    offsets = _array(gsub, lookup_list)
    mapping: dict[int, int] = {}
    for index in sorted(lookups):
        for subtable in _single_substitutions(gsub, lookup_list + offsets[index]):
            for glyph, vertical in _substituted(gsub, subtable):
                # The first subtable that covers a glyph wins, as in a shaper.
                mapping.setdefault(glyph, vertical)
    return mapping


def subset(face: hb.Face, gids: Iterable[int]) -> bytes:
    """Return a TrueType file with these glyphs under their old ids, and no more than PDF needs.

    Glyph ids stay because page content holds them; the gaps cost nothing after deflate. Glyph 0
    is always kept. Takes 3 ms for 3,000 glyphs.
    """
    request = hb.SubsetInput()
    request.glyph_set.update([0, *gids])
    request.flags = (
        hb.SubsetFlags.RETAIN_GIDS
        | hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NOTDEF_OUTLINE
    )
    request.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag.encode(), "big") for tag in face.table_tags if tag not in _EMBEDDED
    )
    return bytes(hb.subset(face, request).blob.data)


def _table(face: hb.Face, tag: str) -> bytes:
    return bytes(face.reference_table(tag).data)


def _thousandths(value: int, em: int) -> int:
    return round(value * 1000 / em)


def _typographic(os2: bytes) -> tuple[int, int]:
    ascent, descent = struct.unpack_from(">hh", os2, 68)
    return ascent, descent


def _em_box(em: int, *candidates: tuple[int, ...]) -> tuple[int, int]:
    """Of several (ascender, descender) the first that is one em high, else 880 and 120.

    Japanese fonts state the em box in `hhea` or in `OS/2`, and in the other place what Windows
    needs for its line height.
    """
    for ascent, descent in candidates:
        if abs(ascent - descent - em) * 100 <= em:
            return _thousandths(ascent, em), _thousandths(-descent, em)
    return 880, 120


def _check_outlines(face: hb.Face, path: Path) -> None:
    """Refuse a truncated file: `loca` has an entry more than glyphs, the end of `glyf`."""
    (long,) = struct.unpack_from(">h", _table(face, "head"), 50)
    form, unit = (">I", 1) if long else (">H", 2)
    last = face.glyph_count * struct.calcsize(form)
    (end,) = struct.unpack_from(form, _table(face, "loca"), last)
    if end * unit > len(face.reference_table("glyf")):
        raise FontError(f"フォント {path} が壊れています（途中で切れています）。")


def _check_licence(face: hb.Face, path: Path) -> None:
    (rights,) = struct.unpack_from(">H", _table(face, "OS/2"), 8)
    if rights & _USAGE == _RESTRICTED or rights & (_NO_SUBSETTING | _BITMAP_ONLY):
        raise FontError(
            f"フォント {path} は埋め込みを許可していません（fsType {rights:#06x}）。",
            hint="埋め込みを許可しているフォントを指定してください。",
        )


def _array(data: bytes, offset: int) -> tuple[int, ...]:
    """A count and as many 16-bit numbers."""
    (count,) = struct.unpack_from(">H", data, offset)
    return struct.unpack_from(f">{count}H", data, offset + 2)


def _single_substitutions(gsub: bytes, lookup: int) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", gsub, lookup)
    for offset in _array(gsub, lookup + 4):
        subtable = lookup + offset
        if kind == 1:
            yield subtable
        elif kind == 7:  # an extension: a 32-bit offset to the subtable proper
            _, inner, far = struct.unpack_from(">HHI", gsub, subtable)
            if inner == 1:
                yield subtable + far


def _substituted(gsub: bytes, subtable: int) -> Iterator[tuple[int, int]]:
    form, coverage = struct.unpack_from(">HH", gsub, subtable)
    glyphs = _covered(gsub, subtable + coverage)
    if form == 1:
        (delta,) = struct.unpack_from(">h", gsub, subtable + 4)
        return ((glyph, (glyph + delta) & 0xFFFF) for glyph in glyphs)
    return zip(glyphs, _array(gsub, subtable + 4), strict=True)


def _covered(gsub: bytes, coverage: int) -> list[int]:
    (form,) = struct.unpack_from(">H", gsub, coverage)
    if form == 1:
        return list(_array(gsub, coverage + 2))
    (count,) = struct.unpack_from(">H", gsub, coverage + 2)
    glyphs: list[int] = []
    for index in range(count):
        first, last, _ = struct.unpack_from(">3H", gsub, coverage + 4 + 6 * index)
        glyphs.extend(range(first, last + 1))
    return glyphs
