"""What stands below the tables: loose notes, then the text boxes 総括 and 今後の方針."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gyomu_docs.errors import Place
from gyomu_docs.model import TextBox
from gyomu_docs.readers.published_text.blocks import is_outlook, is_summary, may_be_heading
from gyomu_docs.readers.published_text.labels import plain
from gyomu_docs.readers.published_text.lines import SourceLine
from gyomu_docs.readers.published_text.log import Log

_PLAINLY_OUTLOOK = (re.compile("総括を踏まえ"), re.compile("方針|考え"))
"""What a heading of 今後の方針 says, and a heading inside of a box hardly ever."""
_LONG_SENTENCE = 40
_NOTE_SIGNS = ("※", "(注", "（注", "注", "*", "＊")


class Below(NamedTuple):
    """The texts below the tables."""

    notes: tuple[str, ...]
    summary: TextBox
    outlook: TextBox


def read_below(lines: Sequence[SourceLine], log: Log) -> Below:
    """Read notes and boxes. Headings are known by their words, or else by their order."""
    summaries = _where(lines, is_summary)
    summary = next(iter(summaries), None)
    outlooks = _where(lines, is_outlook)
    outlook = max(outlooks, key=lambda index: (_plainness(lines[index]), index), default=None)
    for index in sorted({*summaries, *outlooks} - {summary, outlook}):
        message = f"「{lines[index].quoted}」も見出しに見えますが、本文として読みました。"
        log.repair(lines[index], message, Place(), doubtful=True)
    if summary is None:
        summary = next((i for i in _openings(lines) if outlook is None or i < outlook), None)
    if outlook is None and summary is not None:
        outlook = next((i for i in _openings(lines) if i > summary), None)
    starts = sorted(index for index in (summary, outlook) if index is not None)
    notes = lines[: starts[0]] if starts else lines
    if not starts:
        _doubt_sentences(notes, log)
    return Below(
        notes=tuple(_texts(notes, Place(table="注記"), log)),
        summary=_box(lines, summary, starts, Place(table="総括"), log),
        outlook=_box(lines, outlook, starts, Place(table="今後の方針"), log),
    )


def _where(lines: Sequence[SourceLine], wanted: Callable[[SourceLine], bool]) -> list[int]:
    return [index for index, line in enumerate(lines) if wanted(line)]


def _plainness(line: SourceLine) -> int:
    """How plainly the words are those of a heading of 今後の方針."""
    return sum(pattern.search(plain(line.alone)) is not None for pattern in _PLAINLY_OUTLOOK)


def _doubt_sentences(notes: Sequence[SourceLine], log: Log) -> None:
    """Report long sentences among notes where no box was found: they may be its paragraphs."""
    for line in notes:
        if len(line.alone) >= _LONG_SENTENCE and line.alone.endswith("。"):
            message = (
                "「総括」も「今後の方針」も見出しが見つかりません。"
                f"注記として読みました（「{line.quoted}」）。"
            )
            log.repair(line, message, Place(table="注記"), doubtful=True)


def _openings(lines: Sequence[SourceLine]) -> Iterator[int]:
    """Where a line that looks like a heading is followed by a paragraph."""
    for index, (line, following) in enumerate(pairwise(lines)):
        text = following.alone
        is_paragraph = text and (following.indented or text.endswith("。"))
        signed = line.alone.startswith(_NOTE_SIGNS) or text.startswith(_NOTE_SIGNS)
        if is_paragraph and not signed and may_be_heading(line):
            yield index


def _box(
    lines: Sequence[SourceLine], start: int | None, starts: Sequence[int], place: Place, log: Log
) -> TextBox:
    if start is None:
        return TextBox()
    heading = lines[start]
    if heading.first > 0:
        message = f"見出し「{heading.quoted}」が{heading.first + 1}列目にありました。"
        log.repair(heading, f"{message}1列目のものとして読みました。", place)
    end = next((index for index in starts if index > start), len(lines))
    paragraphs = tuple(_texts(lines[start + 1 : end], place, log))
    return TextBox(heading=heading.alone, paragraphs=paragraphs)


def _texts(lines: Sequence[SourceLine], place: Place, log: Log) -> Iterator[str]:
    for line in lines:
        if line.alone:
            yield line.alone
        else:
            log.unread(line, place=place)
