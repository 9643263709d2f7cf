"""What changed inside a text, word by word, as a person would mark it.

Numbers stay whole (`15,888` becomes `16,188`, not `1[5→6],[8→1]88`), and so do Latin and katakana
words. Of a run of kanji what both sides have at its ends is left out, but never so that a single
kanji of a word is marked (`政策評価` becomes `施策評価`, `月曜日` is not `金` and the rest). The
segments are exact: joined, they are the old and the new text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

SegmentKind = Literal["equal", "removed", "added"]

_FOLLOWERS = "\u0300-\u036f\u200d\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Characters that belong to the one before: accents, voiced marks, variation selectors."""
_DIGIT = "0-9０-９"
_LETTER = "A-Za-zＡ-Ｚａ-ｚ"
_KATAKANA = "ァ-ヺーｦ-ﾟ"
_KANJI = "一-鿿㐀-䶿豈-﫿\U00020000-\U0003fffd々〆ヶ"
_WORD, _SHORT_RUN = 2, 4
"""Kanji of a usual word, and of a run that is read as one word."""
_TOKEN = re.compile(
    rf"[+\-−△▲]?[{_DIGIT}][{_DIGIT},，.．]*[%％]?"
    rf"|[{_LETTER}][{_LETTER}{_DIGIT}._-]*"
    rf"|[{_KATAKANA}][{_KATAKANA}{_FOLLOWERS}]*"
    rf"|[{_KANJI}][{_KANJI}{_FOLLOWERS}]*"
    r"|[ \t　]+"
    rf"|.[{_FOLLOWERS}]*",
    re.DOTALL,
)
_WHOLE = re.compile(rf"[{_LETTER}{_DIGIT},，.．%％+\-−△▲_]")
_WHOLE_KATAKANA = re.compile(f"[{_KATAKANA}]")
_ONE_KANJI = re.compile(f"[{_KANJI}][{_FOLLOWERS}]*")
_KANJI_RUN = re.compile(f"[{_KANJI}][{_KANJI}{_FOLLOWERS}]*")
_UNCUT = (_WHOLE, _WHOLE_KATAKANA)
_FOLLOWER = re.compile(f"[{_FOLLOWERS}]")


class Segment(NamedTuple):
    """A part of a text: in both editions, only in the old one, or only in the new one."""

    kind: SegmentKind
    text: str


def word_changes(old: str, new: str) -> tuple[Segment, ...]:
    """The parts of two texts; where one replaced another, the removed one comes first."""
    if old == new:
        return (Segment("equal", old),) if old else ()
    return tuple(_joined(_without_islands(list(_joined(_trimmed(_blocks(old, new)))))))


def _blocks(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Pieces of the old text and of the new one, side by side; equal ones are the same."""
    olds, news = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        yield "".join(olds[start:end]), "".join(news[new_start:new_end])


def _trimmed(blocks: Iterable[tuple[str, str]]) -> Iterator[Segment]:
    """Segments, with what a replacement has in common at its ends taken out."""
    for old, new in blocks:
        if old == new:
            yield Segment("equal", old)
            continue
        start = _common_start(old, new)
        end = _common_end(old[start:], new[start:])
        for text, other in ((old, new), (new, old)):
            before, behind = _rest_of_word(text, start, end, alone=start + end == len(other))
            start, end = start - before, end - behind
        yield Segment("equal", old[:start])
        yield Segment("removed", old[start : len(old) - end])
        yield Segment("added", new[start : len(new) - end])
        yield Segment("equal", old[len(old) - end :])


def _rest_of_word(text: str, start: int, end: int, *, alone: bool) -> tuple[int, int]:
    """How much belongs to the word of a single kanji that is left, before and behind it.

    `alone` says that the other side has nothing there: in a long run the kanji is a part that was
    added to words that stay (`総合計画`, `新総合計画`).
    """
    if not _ONE_KANJI.fullmatch(text, start, len(text) - end):
        return 0, 0
    run = next(one for one in _KANJI_RUN.finditer(text) if one.start() <= start < one.end())
    kanji = [one.start() for one in _ONE_KANJI.finditer(text, run.start(), run.end())]
    first, last = 0, len(kanji)
    if len(kanji) > _SHORT_RUN:
        if alone:
            return 0, 0
        # Long runs are words of two kanji, one behind the other, and perhaps a suffix (計画課).
        at = kanji.index(start)
        first, last = at - at % _WORD, at - at % _WORD + _WORD
        if last > len(kanji):
            first, last = first - _WORD, len(kanji)
    stop = kanji[last] if last < len(kanji) else run.end()
    return start - kanji[first], stop - (len(text) - end)


def _common_start(old: str, new: str) -> int:
    length = 0
    while length < min(len(old), len(new)) and old[length] == new[length]:
        length += 1
    while length and not (_may_cut(old, length) and _may_cut(new, length)):
        length -= 1
    return length


def _common_end(old: str, new: str) -> int:
    length = 0
    while length < min(len(old), len(new)) and old[-1 - length] == new[-1 - length]:
        length += 1
    while length and not (_may_cut(old, len(old) - length) and _may_cut(new, len(new) - length)):
        length -= 1
    return length


def _may_cut(text: str, at: int) -> bool:
    """Whether a cut there goes through no number, no Latin or katakana word, no composed character.

    Kanji are looked at when it is known what is left (`_rest_of_word`).
    """
    if not 0 < at < len(text):
        return True
    if _FOLLOWER.match(text[at]) or text[at - 1] == "\u200d":
        return False
    return not any(whole.match(text[at - 1]) and whole.match(text[at]) for whole in _UNCUT)


def _without_islands(segments: list[Segment]) -> Iterator[Segment]:
    """The segments, with a single equal character between two changes made part of them."""
    last = len(segments) - 1
    for index, segment in enumerate(segments):
        island = segment.kind == "equal" and len(segment.text) == 1 and segment.text != "\n"
        if island and 0 < index < last:
            yield Segment("removed", segment.text)
            yield Segment("added", segment.text)
        else:
            yield segment


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours of one kind as one; in a change what was removed before what was added."""
    equal = removed = added = ""
    for kind, text in segments:
        if kind == "equal" and text and (removed or added):
            yield from _told(equal, removed, added)
            equal, removed, added = text, "", ""
        elif kind == "equal":
            equal += text
        elif kind == "removed":
            removed += text
        else:
            added += text
    yield from _told(equal, removed, added)


def _told(equal: str, removed: str, added: str) -> Iterator[Segment]:
    if equal:
        yield Segment("equal", equal)
    if removed:
        yield Segment("removed", removed)
    if added:
        yield Segment("added", added)
