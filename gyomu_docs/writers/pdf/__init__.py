"""The PDF writer: `PagedDocument`s to one PDF/A-2a and PDF/UA-1 file.

With attachments it is PDF/A-3a. Every decision about lines and pages has been made before; here
it is only written. `write_pdf` does all; `encode` and `Assembly` are its two halves, for callers
that encode parts in several processes: the bytes are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from gyomu_docs.collector import rare_collections
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.typeset.pages import PagedDocument
from gyomu_docs.writers.pdf.assemble import (
    DEFAULTS,
    Assembly,
    Dressing,
    PdfOptions,
    place_structure,
)
from gyomu_docs.writers.pdf.encode import (
    EncodedOverlay,
    EncodedPart,
    encode,
    encode_bookmark,
    encode_overlay,
)
from gyomu_docs.writers.pdf.objects import ObjectStream
from gyomu_docs.writers.pdf.structure import NO_STRUCTURE

__all__ = [
    "NO_STRUCTURE",
    "Assembly",
    "Dressing",
    "EncodedOverlay",
    "EncodedPart",
    "ObjectStream",
    "PdfOptions",
    "encode",
    "encode_bookmark",
    "encode_overlay",
    "place_structure",
    "write_pdf",
]


def write_pdf(
    parts: Iterable[PagedDocument],
    out: BinaryIO,
    fonts: FontSet,
    options: PdfOptions = DEFAULTS,
) -> None:
    """Write the parts, in order, as one PDF to `out`, from its present position on.

    Title, author, subject, language and date are those of the first part where `options` do not
    give them. The same parts and fonts give the same bytes. Raises `FontError`,
    `MissingGlyphError`, and `OutputError` for two attachments of one name; what has been written
    to `out` by then is no PDF. Parts may be made as they are asked for (a generator); Python's
    search for cycles is made rare meanwhile.
    """
    assembly = Assembly(out, fonts, options)
    with rare_collections():
        for part in parts:
            assembly.add(encode(part, fonts))
        assembly.finish()
