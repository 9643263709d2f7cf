"""Pages as grey pictures, and how far one may be from the other.

`render` is pdftoppm at a fixed resolution. Pictures are kept as PNG (ISO 15948), written and read
here with the standard library alone: 8-bit grey, no filter.

Two builds of poppler smooth the edges of glyphs differently, so single pixels are no measure. Both
pictures are blurred first; then a smoothed edge is nearly the same, and a glyph that stands a
point elsewhere is not.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import pytest

RESOLUTION = 110
"""Dots an inch: a pixel is 0.65 points."""

MOST_DIFFERENCE = 30
"""Of one blurred pixel, of 255 levels of grey. A glyph moved by a point makes 32 and more."""

MOST_MEAN = 1.0
"""Of all pixels."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Picture(NamedTuple):
    """Grey levels line by line, 0 is black."""

    width: int
    height: int
    pixels: bytes


class Difference(NamedTuple):
    """How far two pictures are apart once both are blurred."""

    mean: float
    most: int
    x: int
    """Where it is most."""
    y: int

    @property
    def too_much(self) -> bool:
        return self.mean > MOST_MEAN or self.most > MOST_DIFFERENCE


def render(pdf: Path, page: int = 1) -> Picture:
    """A page as pdftoppm draws it; skips the test where it is not installed."""
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("pdftoppm is not installed")
    numbers = ["-r", str(RESOLUTION), "-f", str(page), "-l", str(page)]
    command = [program, "-gray", *numbers, str(pdf)]
    result = subprocess.run(command, capture_output=True, check=True)
    return read_pgm(result.stdout)


def read_pgm(data: bytes) -> Picture:
    """The picture of a binary PGM."""
    kind, width, height, most, pixels = data.split(maxsplit=4)
    size = int(width) * int(height)
    if (kind, most) != (b"P5", b"255") or len(data) < size:
        raise ValueError(f"no PGM of 255 levels: {data[:20]!r}")
    # White space after the head is one character; what follows may look like white space.
    return Picture(int(width), int(height), data[-size:])


def write_png(picture: Picture) -> bytes:
    """The picture as a PNG."""
    width, height, pixels = picture
    lines = (b"\0" + pixels[at : at + width] for at in range(0, width * height, width))
    head = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(lines), 9)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def read_png(data: bytes) -> Picture:
    """The picture of a PNG that `write_png` wrote. Raises ValueError for any other."""
    width, height, *form = struct.unpack_from(">2I5B", data, 16)
    (length,) = struct.unpack_from(">I", data, 33)
    if form != [8, 0, 0, 0, 0] or data[37:41] != b"IDAT":
        raise ValueError("no PNG of write_png")
    lines = zlib.decompress(data[41 : 41 + length])
    if len(lines) != (width + 1) * height or any(lines[:: width + 1]):
        raise ValueError("no PNG of write_png")
    starts = range(1, len(lines), width + 1)
    return Picture(width, height, b"".join(lines[at : at + width] for at in starts))


def compare(one: Picture, other: Picture) -> Difference:
    """How far two pictures of one size are apart."""
    ours, theirs = _blurred(one), _blurred(other)
    apart = [abs(a - b) for a, b in zip(ours, theirs, strict=True)]
    most = max(apart)
    y, x = divmod(apart.index(most), one.width)
    return Difference(sum(apart) / len(apart), most, x, y)


def _blurred(picture: Picture) -> list[int]:
    """Each pixel as the mean of the five by five around it; outside, all is white."""
    width, height, pixels = picture
    lines = [_sums(list(pixels[at : at + width])) for at in range(0, width * height, width)]
    columns = [_sums(list(column), 5 * 255) for column in zip(*lines, strict=True)]
    return [total // 25 for line in zip(*columns, strict=True) for total in line]


def _sums(values: list[int], white: int = 255) -> list[int]:
    """Of each value, the sum of it and its two neighbours on either side."""
    reach = list(accumulate([white, white, *values, white, white], initial=0))
    return [after - before for before, after in zip(reach, reach[5:], strict=False)]
