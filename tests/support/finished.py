"""A finished booklet as its readers find it: pikepdf for objects, poppler for words."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import pikepdf
import pypdf

from gyomu_docs.layout.tree import TO
from gyomu_docs.typeset.entries import SEPARATOR

_WORD = re.compile(
    r'<page|<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<'
)

_BETWEEN = SEPARATOR.strip()


class Word(NamedTuple):
    """A word and its place, in points from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class PageLink(NamedTuple):
    """A link on a page: the words that it covers, and the index of the page it leads to."""

    words: tuple[str, ...]
    number: str
    """The page number that it shows: its last word, or its own part of `8, 13`."""
    before: str
    """The word on the same line before it, dots aside."""
    target: int
    last: str = ""
    """Of pages in a row the last one: `14` of `10–14`."""


class Bookmark(NamedTuple):
    """An outline entry."""

    depth: int
    title: str
    page: int


class FinishedBook:
    """Pages are known by their index."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._pdf = pikepdf.open(io.BytesIO(data))
        self._index = {page.objgen: index for index, page in enumerate(self._pdf.pages)}
        self.labels: list[str] = pypdf.PdfReader(io.BytesIO(data)).page_labels

    @cached_property
    def words(self) -> list[list[Word]]:
        """Of each page, as poppler sees them."""
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(self.data)
            file.flush()
            command = ["pdftotext", "-bbox", file.name, "-"]
            text = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        pages: list[list[Word]] = []
        for *box, word in _WORD.findall(text):
            if word:
                pages[-1].append(Word(*map(float, box), word))
            else:
                pages.append([])
        return pages

    def text(self, page: int) -> str:
        """All words of a page."""
        return "".join(word.text for word in self.words[page])

    def printed_number(self, page: int) -> str:
        """The lowest line of a page, in the middle of its foot: `12/34`, `12`, or nothing."""
        height = float(self._pdf.pages[page].mediabox[3])
        width = float(self._pdf.pages[page].mediabox[2])
        foot = [
            word
            for word in self.words[page]
            if word.top > height - 55 and abs(word.left + word.right - width) < 200
        ]
        lowest = max((word.bottom for word in foot), default=0)
        return "".join(word.text for word in sorted(foot) if word.bottom > lowest - 2)

    def links(self, page: int) -> list[PageLink]:
        """The links of a page, in order."""
        height = float(self._pdf.pages[page].mediabox[3])
        made = []
        taken: Counter[Word] = Counter()
        for annotation in self._pdf.pages[page].get("/Annots", []):
            left, bottom, right, top = (float(side) for side in annotation.Rect)
            line = [
                word
                for word in sorted(self.words[page])
                if height - top - 1 < (word.top + word.bottom) / 2 < height - bottom + 1
                if word.text.strip("…")
            ]
            covered = [word for word in line if word.left < right - 1 and word.right > left + 1]
            # Poppler takes the numbers of several links for one word.
            numbers = covered[-1].text.strip(_BETWEEN).split(_BETWEEN)
            number, _, last = numbers[min(taken[covered[-1]], len(numbers) - 1)].partition(TO)
            taken[covered[-1]] += 1
            before = [word.text for word in line if word.right < left + 1]
            texts = tuple(word.text for word in covered)
            target = self._destinations[str(annotation.Dest)]
            made.append(PageLink(texts, number, before[-1] if before else "", target, last))
        return made

    @cached_property
    def bookmarks(self) -> list[Bookmark]:
        """The outline, from top to bottom."""
        with self._pdf.open_outline() as outline:
            return list(self._entries(outline.root, 0))

    def _entries(self, items: Any, depth: int) -> Iterator[Bookmark]:
        for item in items:
            yield Bookmark(depth, item.title, self._index[item.destination[0].objgen])
            yield from self._entries(item.children, depth + 1)

    @cached_property
    def _destinations(self) -> dict[str, int]:
        names = pikepdf.NameTree(self._pdf.Root.Names.Dests)
        return {name: self._index[place[0].objgen] for name, place in names.items()}

    def is_blank(self, page: int) -> bool:
        """Whether nothing is drawn on a page."""
        content = pikepdf.parse_content_stream(self._pdf.pages[page])
        return {str(one.operator) for one in content} <= {"q", "Q", "cm", "BMC", "EMC"}
