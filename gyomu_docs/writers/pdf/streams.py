"""reportlab's PDFStream as PDF/A wants it."""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFStream

from gyomu_docs.writers.pdf.syntax import deflate


class DeflatedStream(PDFStream):  # type: ignore[misc]  # reportlab has no types
    """A stream to be compressed when it is written; /Filter and /Length are the file's matter."""

    def __init__(self, entries: Mapping[str, object], data: bytes) -> None:
        super().__init__(PDFDictionary({**entries, "Filter": "/FlateDecode"}), deflate(data))


class PlainStream(PDFStream):  # type: ignore[misc]  # reportlab has no types
    """A stream that programs which know nothing of PDF may find in the file: XMP."""

    def __init__(self, entries: Mapping[str, object], data: bytes) -> None:
        super().__init__(PDFDictionary(dict(entries)), data)
