"""A `Manifest` out of a file: a booklet's PDF, or the JSON beside it.

The only module that reads PDFs; the command line imports it when it is asked to. A PDF may be
anybody's: only its catalog is looked at, and what is unpacked has a limit.
"""

from __future__ import annotations

import contextlib
import logging
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import StreamObject

from gyomu_docs.booklet.manifest import MOST_BYTES, Manifest, not_a_booklet, parse_manifest
from gyomu_docs.errors import (
    Place,
    SourceError,
    system_reason,
)

_KEYS = ("/PieceInfo", "/GyomuDocs", "/Private")


def read_manifest(path: Path) -> Manifest:
    """The manifest of a booklet. Raises SourceError for a file that is none, or cannot be read."""
    file = str(path)
    try:
        if path.suffix.lower() != ".json":
            return parse_manifest(_private_data(path), file)
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(file)
        return parse_manifest(path.read_bytes(), file)
    except OSError as error:
        raise SourceError(
            f"前の冊子を読めません（{system_reason(error)}）。",
            place=Place(file=file),
            hint="ファイルの名前と、読み取る権限があるかを確かめてください。",
        ) from None


def _private_data(path: Path) -> bytes:
    """Our data in the catalog of a PDF (ISO 32000-1, 14.5)."""
    file = str(path)
    try:
        with _silent(), PdfReader(path) as reader:
            found: Any = reader.trailer["/Root"].get_object()
            for key in _KEYS:
                found = found[key].get_object()
            if not isinstance(found, StreamObject):
                raise not_a_booklet(file)
            return _unpacked(found, file)
    except (KeyError, TypeError, AttributeError):
        raise not_a_booklet(file) from None
    except (PyPdfError, ValueError, RecursionError, zlib.error):
        raise SourceError(
            "PDF として読めません。",
            place=Place(file=file),
            hint="booklet が書き出した PDF か、--manifest の JSON ファイルを指定してください。",
        ) from None


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """What pypdf logs of a broken file we say ourselves."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _unpacked(stream: StreamObject, file: str) -> bytes:
    """The bytes of a stream; pypdf would unpack any amount."""
    packed: bytes = stream._data
    filters = stream.get("/Filter", [])
    names = filters if isinstance(filters, list) else [filters]
    if names not in ([], ["/FlateDecode"]):
        raise not_a_booklet(file)
    if not names:
        return packed
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(packed, MOST_BYTES)
    if unpacker.unconsumed_tail:
        raise _too_large(file)
    return data


def _too_large(file: str) -> SourceError:
    return SourceError(
        "冊子の控えが大きすぎます。",
        place=Place(file=file),
        hint="冊子を分けて作ってください。",
    )
