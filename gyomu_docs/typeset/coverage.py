"""Characters of a document that its fonts lack, found before anything is set."""

from __future__ import annotations

from collections.abc import Iterator

from gyomu_docs.errors import MissingGlyphError, Place
from gyomu_docs.layout.tree import (
    Beside,
    Block,
    Document,
    EntryList,
    Grid,
    Heading,
    PageNumber,
    Paragraph,
    Section,
    Style,
)
from gyomu_docs.typeset.grids import place_of
from gyomu_docs.typeset.texts import Fonts


def missing_characters(document: Document, fonts: Fonts) -> Iterator[tuple[Place, str]]:
    """Each character without a glyph, with its place, in the order of the document.

    A line break inside a text is none; every other character must have a glyph to be printed.
    """
    for section in document.sections:
        for place, text, style in (*_furniture(section), *_texts(section.blocks)):
            widths = fonts.find(style.family, style.bold).widths
            for char in dict.fromkeys(text.replace("\n", "")):
                try:
                    widths[char]
                except MissingGlyphError:
                    yield place.within(Place(sheet=section.title)), char


def _furniture(section: Section) -> Iterator[tuple[Place, str, Style]]:
    for row, furniture in (("ヘッダー", section.page.header), ("フッター", section.page.footer)):
        parts = (*furniture.left, *furniture.center, *furniture.right)
        text = "".join("0123456789" if isinstance(part, PageNumber) else part for part in parts)
        yield Place(row=row), text, furniture.style


def _texts(blocks: tuple[Block, ...]) -> Iterator[tuple[Place, str, Style]]:
    for block in blocks:
        match block:
            case Grid():
                for row in block.rows:
                    for cell in row.cells:
                        for text in cell.texts:
                            yield place_of(block, row, cell), text, cell.style
            case Beside():
                for column in block.columns:
                    yield from _texts(column.blocks)
            case EntryList():
                for entry in block.entries:
                    texts = [entry.text, *(reference.label for reference in entry.references)]
                    yield Place(table=block.name), "".join(texts), entry.style
            case Heading() | Paragraph():
                row_name = "見出し" if isinstance(block, Heading) else "本文"
                yield Place(row=row_name), block.text, block.style
