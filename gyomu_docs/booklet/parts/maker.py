"""`PartMaker`: every part of a booklet but its sheets, as a section of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gyomu_docs.booklet.book import Book, Divider, PartLocator, SheetFacts, SheetLocator
from gyomu_docs.booklet.packet.listing import ReplacementFacts
from gyomu_docs.booklet.part_model import DividerFacts, PartFacts, part_facts
from gyomu_docs.booklet.parts.contents import SHEETS, parts_list, sheets_list
from gyomu_docs.booklet.parts.dividers import divider_facts, divider_list
from gyomu_docs.booklet.parts.forms import BookletForms
from gyomu_docs.booklet.parts.terms import Indexing
from gyomu_docs.booklet.prose import prose_blocks, render_prose
from gyomu_docs.booklet.summary import Summary
from gyomu_docs.booklet.summing import Summing
from gyomu_docs.layout import Resolver
from gyomu_docs.layout.tree import Block, EntryList, Grid, Heading, Paragraph, Section, Style

_ROOTS: dict[str, type[PartFacts]] = {
    "summary": Summary,
    "divider": DividerFacts,
    "packet": ReplacementFacts,
}
"""What the form of a part is filled from, where it is more than `PartFacts`."""
_NOTHING = "該当はありません。"


class PartMaker:
    """Makes the sections of a booklet's parts; forms are compiled once.

    Raises FormError for a form or a template that is wrong. Each section has an anchor (`part-` and
    the English name, `part-index`; of a divider its key) and a bookmark.
    """

    def __init__(self, book: Book, forms: BookletForms) -> None:
        self._book = book
        self._forms = forms
        self._summing = Summing(book)
        self._indexing = Indexing(book)
        self._resolvers = {
            name: Resolver(form, _ROOTS.get(name, PartFacts)) for name, form in forms.forms.items()
        }

    def cover(self) -> Section:
        """表紙: city, title, fiscal year, date and publisher."""
        return self._prose("cover", "表紙")

    def legend(self) -> Section:
        """凡例: marks, units, years, and how things are counted."""
        return self._prose("legend", "凡例")

    def colophon(self) -> Section:
        """奥付: title, date, publisher and remarks."""
        return self._prose("colophon", "奥付")

    def divider(self, divider: Divider, at: SheetLocator, at_part: PartLocator) -> Section:
        """扉: a title, and the groups or sheets behind it with their pages."""
        section = self._filled("divider", divider_facts(self._book, divider))
        styles = self._resolvers["divider"].style
        entries = divider_list(self._book, divider, styles, at, at_part)
        return replace(section, blocks=(*section.blocks, entries), anchor=divider.key)

    def summary(self, facts: Sequence[SheetFacts], at: SheetLocator) -> Section:
        """総括: the figures of all sheets."""
        return self._filled("summary", self._summing.summary(facts, at))

    def contents(
        self, facts: Sequence[SheetFacts], at: SheetLocator, at_part: PartLocator
    ) -> Section:
        """目次: the parts, then the sheets in each of the orders that are configured."""
        book, styles = self._book, self._resolvers["contents"].style
        section = self._filled("contents", part_facts(book, "目次"))
        blocks: list[Block] = [*section.blocks, parts_list(book, styles, at, at_part)]
        for order in book.config.contents if SHEETS in book.config.parts else ():
            blocks.append(Heading(2, order, styles("heading"), f"目次（{order}）"))
            blocks.append(sheets_list(book, order, styles, at, at_part))
        return replace(section, blocks=tuple(blocks))

    def index(self, facts: Sequence[SheetFacts], at: SheetLocator) -> Section:
        """索引: each of the kinds that are configured."""
        book, styles = self._book, self._resolvers["index"].style
        section = self._filled("index", part_facts(book, "索引"))
        blocks = [*section.blocks]
        width, _ = self._forms.forms["index"].page.body
        for kind in book.config.indexes:
            blocks.append(Heading(2, kind, styles("heading"), f"索引（{kind}）"))
            entries = self._indexing.terms_list(kind, facts, styles, at, width)
            blocks += _or_nothing(entries, styles("note"))
        return replace(section, blocks=tuple(blocks))

    def replacements(self, facts: ReplacementFacts) -> Section:
        """差し替え表: what to do with the pages of a packet."""
        return self._filled("packet", facts)

    def _filled(self, name: str, facts: PartFacts) -> Section:
        resolver = self._resolvers[name]
        section = resolver.section(facts, self._book.year)
        blocks = tuple(_without_empty(section.blocks, resolver.style("note")))
        return replace(section, blocks=blocks, anchor=f"part-{name}")

    def _prose(self, name: str, part: str) -> Section:
        section = self._filled(name, part_facts(self._book, part))
        template = self._forms.templates[name]
        text = render_prose(template.text, self._values(), template.file)
        width, _ = self._forms.forms[name].page.body
        blocks = prose_blocks(text, self._resolvers[name].style, width, part, template.file)
        return replace(section, blocks=(*section.blocks, *blocks))

    def _values(self) -> dict[str, object]:
        """What templates may show, by Japanese names."""
        config, year = self._book.config, self._book.year
        return {
            "市": config.city,
            "表題": config.title,
            "副題": config.subtitle,
            "年度": year.label("long"),
            "西暦": year.label("western"),
            "発行日": config.date,
            "発行": config.publisher,
            "注意書き": list(config.remarks),
            "シート数": len(self._book.sheets),
        }


def _without_empty(blocks: Iterable[Block], note: Style) -> Iterator[Block]:
    """The blocks of a form; a table without a row says so, and a blank title takes it away."""
    titled = True
    for block in blocks:
        if isinstance(block, Heading):
            titled = bool(block.text)
            if not titled:
                continue
        empty = isinstance(block, Grid) and len(block.rows) == block.header_rows
        if not empty:
            yield block
        elif titled:
            yield Paragraph(_NOTHING, note)


def _or_nothing(entries: EntryList, note: Style) -> Iterator[Block]:
    yield entries if entries.entries else Paragraph(_NOTHING, note)
