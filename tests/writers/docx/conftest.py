"""`word`: blocks to a Word file, which is validated when the session ends."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gyomu_docs.layout.tree import Block, Document, Section
from gyomu_docs.writers.docx import DocxOptions, write_docx
from tests.support.documents import document
from tests.support.ooxml import Docx

SaveDocx = Callable[..., Path]
Word = Callable[..., Docx]


@pytest.fixture
def word(save_docx: SaveDocx) -> Word:
    """A function that writes a document, or one of these blocks, and opens the file."""

    def made(*blocks: Block | Section | Document, options: DocxOptions | None = None, **page: Any):
        first = blocks[0] if blocks else None
        whole = first if isinstance(first, Document) else document(*blocks, **page)
        out = io.BytesIO()
        write_docx(whole, out, options or DocxOptions())
        save_docx(out.getvalue(), whole)
        return Docx(out.getvalue())

    return made
