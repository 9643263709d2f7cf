"""The redline: the new sheets with their changes tracked, for Word (変更履歴, 見消し).

With all changes accepted each section is the new sheet as its form prints it, with all changes
rejected the old one (`layout.revisions` gives both views). Cells are compared by their place in the
form: what the old sheet printed in a column becomes what the new one prints there, the years at the
heads of the columns included. Header, footer and the name of a section cannot be tracked; they are
the new sheet's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

from gyomu_docs.comparison import Comparison, SheetComparison
from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout import Document, Resolver
from gyomu_docs.layout.revisions import has_changes
from gyomu_docs.layout.tree import (
    Beside,
    Block,
    Grid,
    Heading,
    Paragraph,
    Revision,
    Section,
)
from gyomu_docs.reports.partners import Partners, increasing, partners_of
from gyomu_docs.reports.tracked_rows import TrackedRows
from gyomu_docs.reports.tracked_text import text_spans

_Text = TypeVar("_Text", Heading, Paragraph)


class Redline(NamedTuple):
    """A redline, and what its form leaves out of the sheets."""

    document: Document
    left_out: list[Diagnostic]


def redline_document(
    comparison: Comparison, resolver: Resolver, author: str, date: str = ""
) -> Redline:
    """All sheets that differ in print, a section each, in the order of the new edition.

    `author` is who the changes are by, `date` when (ISO 8601 with zone; empty leaves it out).
    A new sheet is inserted as a whole, and one that is gone deleted; those stand before the last
    sheet of the new edition, since Word takes the header of what is left from the last section.
    Of a sheet that was split the first part has its changes, the others are new; of sheets that
    were merged the first one has become the new one, the others are gone. The document has no
    sections if no sheet differs.
    """
    left_out: list[Diagnostic] = []
    sections = []
    for one in _in_order(_each_once(comparison.sheets)):
        section, found = redline_section(one, resolver)
        left_out += found
        if has_changes(section):
            sections.append(section)
    title = f"業務棚卸表の変更履歴（{comparison.old}→{comparison.new}）"
    return Redline(Document(title, tuple(sections), author=author, date=date), left_out)


def redline_section(
    comparison: SheetComparison, resolver: Resolver
) -> tuple[Section, list[Diagnostic]]:
    """A sheet, with a `revision` if it is new or gone as a whole, and what the form leaves out."""
    sections: list[Section] = []
    left_out: list[Diagnostic] = []
    for sheet in (comparison.old, comparison.new):
        if sheet is not None:
            document, found = resolver.resolve(sheet)
            sections += document.sections
            left_out += found
    if len(sections) == 2:
        return _Merging(partners_of(comparison)).section(*sections), left_out
    revision: Revision = "deleted" if comparison.new is None else "inserted"
    return replace(sections[0], revision=revision), left_out


def _each_once(sheets: Sequence[SheetComparison]) -> Iterator[SheetComparison]:
    """The comparisons, with a sheet that stands in several of them in the first one only."""
    seen: set[int] = set()
    for one in sheets:
        old = one.old if id(one.old) not in seen else None
        new = one.new if id(one.new) not in seen else None
        seen |= {id(sheet) for sheet in (old, new) if sheet is not None}
        if old is not None or new is not None:
            yield replace(one, old=old, new=new)


def _in_order(sheets: Iterator[SheetComparison]) -> list[SheetComparison]:
    """The comparisons, with those that are gone at the end before the last that is there."""
    ordered = list(sheets)
    last = max((at for at, one in enumerate(ordered) if one.new is not None), default=-1)
    return ordered if last < 0 else [*ordered[:last], *ordered[last + 1 :], ordered[last]]


class _Merging:
    """Two sections of one form on their way to one."""

    def __init__(self, partners: Partners) -> None:
        self._partners = partners
        self._rows = TrackedRows(partners)

    def section(self, old: Section, new: Section) -> Section:
        """The new section with the changes from the old one."""
        return replace(new, blocks=tuple(self._blocks(old.blocks, new.blocks)))

    def _blocks(self, olds: Sequence[Block], news: Sequence[Block]) -> Iterator[Block]:
        """Blocks of the form in pairs, and between them the paragraphs that a sheet may have."""
        fixed, others = _fixed(olds), _fixed(news)
        ends, other_ends = [-1, *fixed, len(olds)], [-1, *others, len(news)]
        for (start, end), (other_start, other_end) in zip(
            pairwise(ends), pairwise(other_ends), strict=True
        ):
            yield from self._texts(olds[start + 1 : end], news[other_start + 1 : other_end])
            if end < len(olds):
                yield self._block(olds[end], news[other_end])

    def _block(self, old: Block, new: Block) -> Block:
        match old, new:
            case Grid(), Grid():
                return replace(new, rows=self._rows.merged(old.rows, new.rows))
            case Beside(), Beside():
                columns = (
                    replace(column, blocks=tuple(self._blocks(was.blocks, column.blocks)))
                    for was, column in zip(old.columns, new.columns, strict=True)
                )
                return replace(new, columns=tuple(columns))
            case Heading(), Heading():
                return _text(old, new)
            case Paragraph(), Paragraph():
                return _text(old, new)
            case _:
                return new

    def _texts(self, olds: Sequence[Block], news: Sequence[Block]) -> Iterator[Block]:
        """Paragraphs of fields, those that are gone before those that are new in their place."""
        left = [block for block in olds if isinstance(block, Paragraph)]
        right = [block for block in news if isinstance(block, Paragraph)]
        places = {paragraph.field: at for at, paragraph in enumerate(right)}
        heirs = ((at, self._heir(paragraph.field)) for at, paragraph in enumerate(left))
        pairs = increasing((at, places[heir]) for at, heir in heirs if heir in places)
        ends = [(-1, -1), *pairs, (len(left), len(right))]
        for (start, other_start), (end, other_end) in pairwise(ends):
            yield from (replace(one, revision="deleted") for one in left[start + 1 : end])
            new = right[other_start + 1 : other_end]
            yield from (replace(one, revision="inserted") for one in new)
            if end < len(left):
                yield _text(left[end], right[other_end])

    def _heir(self, field: str) -> str | None:
        """A text of a list became what the comparison says, a single one what it is."""
        return self._partners.heir(field) if field.endswith("]") else field


def _fixed(blocks: Sequence[Block]) -> list[int]:
    """Where the blocks are that a form has for every sheet."""
    return [
        at for at, block in enumerate(blocks) if not (isinstance(block, Paragraph) and block.field)
    ]


def _text(old: _Text, new: _Text) -> _Text:
    if old.text == new.text:
        return new
    return replace(new, spans=text_spans(old.text, new.text))
