"""The characters of a document that its fonts lack or lend, with their places.

Looked for where a person asks (`gyomu-docs fonts`), or where typesetting met such a character:
going through a document costs more than a sheet without any should pay.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gyomu_docs.errors import Diagnostic, MissingGlyphError, Place
from gyomu_docs.layout.tree import (
    Beside,
    Block,
    Cell,
    Document,
    EntryList,
    Grid,
    Heading,
    PageNumber,
    Paragraph,
    Row,
    Section,
    Style,
)
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.typeset.grids import place_of
from gyomu_docs.typeset.texts import Fonts


class PlacedText(NamedTuple):
    """A text of a document and what it stands in; its place is worked out when asked for."""

    text: str
    style: Style
    sheet: str
    outside: Place = Place()
    """Of a text outside of grids: a place without its sheet."""
    cell: tuple[Grid, Row, Cell] | None = None

    @property
    def place(self) -> Place:
        """Sheet, table, row and column, as far as the text has them."""
        inner = place_of(*self.cell) if self.cell else self.outside
        return inner.within(Place(sheet=self.sheet))


def placed_texts(document: Document) -> Iterator[PlacedText]:
    """All texts of a document, in its order; of a page number its digits."""
    for section in document.sections:
        yield from _furniture(section)
        yield from _texts(section.blocks, section.title)


def missing_glyphs(document: Document, fonts: Fonts) -> Iterator[MissingGlyphError]:
    """An error for each character without a glyph, with its place, in the document's order.

    A character is named once a text. A line break inside a text is none; every other character
    must have a glyph to be printed.
    """
    for one in placed_texts(document):
        widths = fonts.find(one.style.family, one.style.bold).widths
        for char in dict.fromkeys(one.text.replace("\n", "")):
            try:
                widths[char]
            except MissingGlyphError as error:
                yield MissingGlyphError(error.message, place=one.place, hint=error.hint)


def ignored_sequences(document: Document, fonts: FontSet) -> list[Diagnostic]:
    """The variation sequences that no font has, which print as their base characters."""
    return [
        Diagnostic(
            "W",
            "glyph",
            f"異体字「{sequence}」（{_codes(sequence)}）はどの書体にもないため、"
            f"「{sequence[0]}」の字形で印刷します。",
            one.place,
            "その異体字のある書体を gyomu-docs.yaml の「予備の書体」に足してください。",
        )
        for one in placed_texts(document)
        for sequence in dict.fromkeys(
            fonts.find(one.style.family, one.style.bold).ignored_sequences(one.text)
        )
    ]


class Loan(NamedTuple):
    """A character, or one with its variation selector, that a fallback font prints."""

    text: str
    font: str


def borrowed_characters(document: Document, fonts: FontSet) -> dict[Loan, list[Place]]:
    """What fallback fonts print, each with the places of its texts in their order.

    Texts with a character that no font has are left out: `missing_glyphs` names them.
    """
    found: dict[Loan, list[Place]] = {}
    for one in placed_texts(document):
        chain = fonts.find(one.style.family, one.style.bold)
        try:
            clusters = chain.borrowed(one.text.replace("\n", ""))
        except MissingGlyphError:
            continue
        for cluster, font in dict.fromkeys(clusters):
            found.setdefault(Loan(cluster, font), []).append(one.place)
    return found


def _codes(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text)


def _furniture(section: Section) -> Iterator[PlacedText]:
    page = section.page
    for row, furniture in (("ヘッダー", page.header), ("フッター", page.footer)):
        parts = (*furniture.left, *furniture.center, *furniture.right)
        text = "".join("0123456789" if isinstance(part, PageNumber) else part for part in parts)
        yield PlacedText(text, furniture.style, section.title, Place(row=row))
    if page.watermark:
        yield PlacedText(
            page.watermark.text, page.watermark.style, section.title, Place(row="透かし")
        )


def _texts(blocks: tuple[Block, ...], sheet: str) -> Iterator[PlacedText]:
    for block in blocks:
        match block:
            case Grid():
                for row in block.rows:
                    for cell in row.cells:
                        for text in cell.texts:
                            yield PlacedText(text, cell.style, sheet, cell=(block, row, cell))
            case Beside():
                for column in block.columns:
                    yield from _texts(column.blocks, sheet)
            case EntryList():
                for entry in block.entries:
                    labels = (reference.label for reference in entry.references)
                    place = Place(table=block.name)
                    yield PlacedText("".join((entry.text, *labels)), entry.style, sheet, place)
            case Heading() | Paragraph():
                row_name = "見出し" if isinstance(block, Heading) else "本文"
                yield PlacedText(block.text, block.style, sheet, Place(row=row_name))
