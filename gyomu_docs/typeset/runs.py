"""Runs by fonts: characters that a family lacks become runs of a fallback font.

In: pages whose runs are each of one family, as lines were broken. Out: the same pages, where each
run is of the font that has its glyphs. This is done once, when the pages are made, because every
run passes there, of lines, columns, heads and feet alike; and documents without such characters,
nearly all, are given back untouched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from gyomu_docs.errors import MissingGlyphError, Place
from gyomu_docs.typeset.fallback import FontChain
from gyomu_docs.typeset.pages import Artifact, Marked, Page, PagedDocument, Stamp, TextRun
from gyomu_docs.typeset.truetype import is_joiner

_Group = TypeVar("_Group", Marked, Artifact)

Chains = Mapping[str, FontChain]
"""The chains of a document by the name of their main font."""


class SplitDocument(NamedTuple):
    """A document whose runs each have the font that has their glyphs."""

    paged: PagedDocument
    ignored: bool
    """Whether it has a variation sequence that no font has."""


def split_fonts(paged: PagedDocument, chains: Chains) -> SplitDocument:
    """Give each run of a document its font. Raises `MissingGlyphError` for a watermark."""
    splitter = _splitter(chains)
    if splitter.chains:
        paged = replace(paged, pages=tuple(map(splitter.page, paged.pages)))
    return SplitDocument(paged, splitter.ignored)


def split_page(page: Page, chains: Chains) -> Page:
    """Give each run of one page its font, as `split_fonts` does."""
    splitter = _splitter(chains)
    return splitter.page(page) if splitter.chains else page


def _splitter(chains: Chains) -> _Splitter:
    return _Splitter({name: chain for name, chain in chains.items() if chain.marked})


class _Splitter:
    """Splits runs, and notes whether a variation selector had no effect."""

    def __init__(self, chains: Chains) -> None:
        self.chains = chains
        self.ignored = False

    def page(self, page: Page) -> Page:
        """The page with its runs split."""
        content = tuple(map(self._group, page.content))
        artifacts = tuple(map(self._group, page.artifacts))
        stamp = self._stamp(page.stamp) if page.stamp else None
        return replace(page, content=content, artifacts=artifacts, stamp=stamp)

    def _group(self, group: _Group) -> _Group:
        if not any(map(self._is_marked, group.runs)):
            return group
        runs = tuple(part for run in group.runs for part in self._parts(run))
        return group._replace(runs=runs)

    def _is_marked(self, run: TextRun) -> bool:
        chain = self.chains.get(run.font)
        return chain is not None and not chain.marked.isdisjoint(run.text)

    def _parts(self, run: TextRun) -> list[TextRun]:
        if not self._is_marked(run):
            return [run]
        chain = self.chains[run.font]
        self.ignored = self.ignored or bool(chain.ignored_sequences(run.text))
        return split_run(run, chain)

    def _stamp(self, stamp: Stamp) -> Stamp:
        """The watermark in the first font that has all of its word: it is one piece."""
        chain = self.chains.get(stamp.font)
        if chain is None or chain.marked.isdisjoint(stamp.text):
            return stamp
        fonts = {piece.font for piece in chain.pieces(stamp.text)}
        if len(fonts) > 1:
            raise MissingGlyphError(
                f"透かし「{stamp.text}」の字が、一つの書体にそろっていません。",
                place=Place(row="透かし"),
                hint="透かしには、一つの書体にある字だけを使ってください。",
            )
        return stamp._replace(font=fonts.pop())


def split_run(run: TextRun, chain: FontChain) -> list[TextRun]:
    """The run as runs of one font each, every character where it stood."""
    pieces = chain.pieces(run.text)
    if len(pieces) == 1:
        return [run._replace(font=pieces[0].font)]
    advance = _advances(run, chain)
    kerns = dict(run.kerns)
    parts: list[TextRun] = []
    offset = ems = 0
    for start, end, font in pieces:
        along = ems * run.size // 1000 + offset
        x, y = (run.x, run.y + along) if run.vertical or run.rotated else (run.x + along, run.y)
        inside = tuple((i - start, kerns[i]) for i in range(start, end) if i in kerns)
        parts.append(run._replace(x=x, y=y, text=run.text[start:end], font=font, kerns=inside))
        ems += sum(advance[start:end])
        gaps = sum(1 for char in run.text[start:end] if not is_joiner(char))
        offset += gaps * run.spacing + sum(kerns.get(i, 0) for i in range(start, end))
    return parts


def _advances(run: TextRun, chain: FontChain) -> list[int]:
    """Of each character, in thousandths of an em, along the run."""
    widths = [chain.widths[char] for char in run.text]
    if run.vertical:
        return [1000 if width else 0 for width in widths]
    return [width * run.narrow // 1000 for width in widths]
