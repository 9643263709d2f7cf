"""Character classes of JLREQ, and what they ask of the places between two characters.

In: a text. Out: where a line may end (`break_costs`), how much blank two neighbouring marks carry
(`blanks`), where a line may be stretched (`stretch_places`). `lines` calls all three and adds the
font's advances; nothing here knows of widths.

JLREQ: Requirements for Japanese Text Layout, https://www.w3.org/TR/jlreq/. Classes are those of
its appendix A (cl-01 opening brackets, ...), with the half-width forms added that office texts
hold. The levels of strictness are three of the four in the addendum of appendix C: very strict,
strict (books) and loose (magazines). Where a line may begin:

    before                                   strict  normal  loose
    々 (of cl-09)                               -      yes    yes
    cl-10 ー, cl-11 small kana                  -      yes    yes
    cl-03 〜‐, ・ (of cl-05)                    -       -     yes
    between two … or two ‥ (of cl-08)           -       -     yes
    cl-02 ）」, cl-06 。, cl-07 、              -       -      -
    cl-04 ？！, ：； (of cl-05), ゝヽ (of cl-09)  -       -      -

cl-01 （「 ends a line at no level. Three choices are stricter than JLREQ because they concern codes
and amounts, which fill the forms: full-width digits and letters hold together like half-width
ones, an amount keeps its 千円, and a number its % when loose too.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Level = Literal["strict", "normal", "loose"]

OPENING = "‘“（〔［｛〈《「『【｟⦅〘〖«〝([{｢"  # cl-01
CLOSING = "’”）〕］｝〉》」』】｠⦆〙〗»〟)]}｣"  # cl-02
HYPHENS = "‐‑–〜～゠－-"  # cl-03
DIVIDING = "！？‼⁇⁈⁉"  # cl-04
MIDDLE_DOTS = "・：；･:;"  # cl-05
FULL_STOPS = "。．.｡"  # cl-06
COMMAS = "、，,､"  # cl-07
ITERATION = "々〻ゝゞヽヾ"  # cl-09
PROLONGED = "ーｰ"  # cl-10
SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"  # cl-11
SMALL_KANA += "ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"  # for Ainu; half-width
SPACES = " \u3000"  # cl-26, cl-14; at a line end they hang, unseen

# cl-12 before a number; the signs of a loss (▲, △) belong to the number just as ￥ does.
_PREFIXED = "￥¥＄￡£＃€№▲△−±"
# cl-13 after a number; the squared abbreviations of Unicode as a whole, without the era names.
_POSTFIXED = "°′″℃℉￠¢％%‰ℓ\u3300-\u3357\u3371-\u337a\u3380-\u33df"
_AMOUNT = "百千万億兆円"
_KANJI_DIGITS = "〇一二三四五六七八九十百千万億兆"
_DIGITS = "0-9０-９"
_LETTERS = "A-Za-zＡ-Ｚａ-ｚ\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u0300-\u036f"
_JOINERS = r"\-_./'&@+=#$%*~\\^|<>`‑－／．＆＠＋＿"

# Spacing voiced marks complete the kana before them, as a combining mark would.
_VOICED = "゛゜ﾞﾟ"
_NEVER_FIRST = CLOSING + DIVIDING + "!?：；:;" + FULL_STOPS + COMMAS + ITERATION[1:] + _VOICED
_FIRST_WHEN_NORMAL = ITERATION[0] + PROLONGED + SMALL_KANA
_FIRST_WHEN_LOOSE = HYPHENS + "・･"
_LEADERS = frozenset("…‥")
_WORD = _LETTERS + _DIGITS + _JOINERS
_GLUE = "\u00a0\u2007\u202f\u2060\ufeff"
_JOINER = "\u200d"
# Combining marks, variation selectors and joiners of the scripts that a Japanese font holds.
_ATTACHED = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\u302a-\u302f\u3099\u309a"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
)

LEGAL, JOINT, WORD, KINSOKU, CLUSTER = range(5)
"""Costs of a line end: allowed; after a joiner inside a word (`https://|`); inside a word or a
number; against 行頭・行末禁則; between a character and what is attached to it."""


def _one_of(*chars: str) -> str:
    return "[" + re.escape("".join(chars)) + "]"


_ATTACHED_RUN = re.compile(f"[{_ATTACHED}](?:[{_ATTACHED}]|(?<={_JOINER}).)*")
"""What belongs to the character before it; a joiner ties the next one to it as well."""
_GLUE_CHAR = re.compile(_one_of(_GLUE))
_NOT_LAST = re.compile(f"{_one_of(OPENING)}[{_ATTACHED}]*{_one_of(SPACES)}*")
# No line end before a space either: spaces stay on the line whose last word they follow.
_NOT_FIRST: dict[Level, re.Pattern[str]] = {
    "strict": re.compile(
        _one_of(_NEVER_FIRST, _FIRST_WHEN_LOOSE, _FIRST_WHEN_NORMAL, SPACES) + "+"
    ),
    "normal": re.compile(_one_of(_NEVER_FIRST, _FIRST_WHEN_LOOSE, SPACES) + "+"),
    "loose": re.compile(_one_of(_NEVER_FIRST, SPACES) + "+"),
}
_UNIT = re.compile(
    rf"""
    (?: [{_PREFIXED}](?=[-+]?[{_DIGITS}]) )?
    [{_WORD}][{_WORD}{_ATTACHED}]*
    (?:                                             # 1,027  10:30  https://  Children’s
        (?: (?<=[{_DIGITS}])[,，](?=[{_DIGITS}])
          | (?<=[{_LETTERS}{_DIGITS}])[:’](?=[{_LETTERS}{_DIGITS}/]) )
        [{_WORD}][{_WORD}{_ATTACHED}]*
    )*
    (?: (?<=[{_DIGITS}])[ \u3000]?(?: [{_POSTFIXED}]+ | [{_AMOUNT}]+ )     # 53％  1,027 千円
      | (?<=[RHSTMＲＨＳＴＭ])元                                            # R元
    )?
  | ([—―─…‥])\1+                                                            # cl-08
  | [〳〴]〵
  | [{_PREFIXED}](?=[{_KANJI_DIGITS}])[{_KANJI_DIGITS}]                       # ￥五
  | [{_KANJI_DIGITS}][{_POSTFIXED}]+                                          # 五％
    """,
    re.VERBOSE,
)
_JOINT = re.compile(
    rf"(?<=[{_LETTERS}{_DIGITS}])(?:[-/_@&=:／－ \u3000]+|[.,，．]+(?![.,，．{_DIGITS}]))"
)
"""Where a unit that is wider than the line parts first; never at the separators of a number."""


def break_costs(text: str, level: Level = "strict") -> bytearray:
    r"""What it costs to begin a line with the character at each index, `LEGAL` where nothing.

    The text is one paragraph, without `\n`; its end, the last index, is always legal.
    Places are painted from the weakest reason to the strongest.
    """
    costs = bytearray(len(text) + 1)
    _paint_units(costs, text, level)
    for match in _NOT_FIRST[level].finditer(text):
        _paint(costs, match.start(), match.end(), KINSOKU)
    for match in _NOT_LAST.finditer(text):
        _paint(costs, match.start() + 1, match.end() + 1, KINSOKU)
    for match in _ATTACHED_RUN.finditer(text):
        _paint(costs, match.start(), match.end(), CLUSTER)
    costs[len(text)] = LEGAL
    return costs


def _paint_units(costs: bytearray, text: str, level: Level) -> None:
    """Character sequences that are not to be divided (3.1.10, 分割禁止)."""
    for match in _UNIT.finditer(text):
        if level == "loose" and match[1] in _LEADERS:
            continue
        _paint(costs, match.start() + 1, match.end(), WORD)
        for joint in _JOINT.finditer(text, match.start(), match.end() - 1):
            costs[joint.end()] = JOINT
    for match in _GLUE_CHAR.finditer(text):
        _paint(costs, match.start(), match.end() + 1, WORD)


def _paint(costs: bytearray, start: int, end: int, cost: int) -> None:
    costs[start:end] = bytes((cost,)) * (end - start)


def clusters(text: str) -> int:
    """Number of characters, each counted together with what is attached to it."""
    return len(text) - sum(match.end() - match.start() for match in _ATTACHED_RUN.finditer(text))


class Blanks(NamedTuple):
    """The blank between two characters, in thousandths of an em, by what may be done to it.

    The blank of a full stop is in none of them: inside a line it is never reduced (3.8.3).
    """

    surplus: int
    """More than two marks in a row have between them (3.1.4), or a bracket and a full-width space
    (table 1 of appendix B); not set at all."""
    dot: int
    """The quarter em beside a middle dot."""
    mark: int
    """The half em before an opening bracket, after a closing one or a comma."""


_DOTS = frozenset(MIDDLE_DOTS)
_STOPS = frozenset(FULL_STOPS)
_OPENERS = frozenset(OPENING)
_WIDE_SPACE = "\u3000"
_SOLID_BEFORE_OPENERS = _OPENERS | _DOTS | {_WIDE_SPACE}
_BRACKET_ENDS = frozenset(CLOSING)
_CLOSERS = frozenset(CLOSING + FULL_STOPS + COMMAS)
_HALF_WIDTH = frozenset("([{｢)]}｣･:;.｡,､")


def _full_width(chars: str, blank: int) -> dict[str, int]:
    return {char: blank for char in chars if char not in _HALF_WIDTH}


BLANK_AFTER = _full_width(CLOSING + FULL_STOPS + COMMAS, 500) | _full_width(MIDDLE_DOTS, 250)
BLANK_BEFORE = _full_width(OPENING, 500) | _full_width(MIDDLE_DOTS, 250)
"""The blank inside a full-width glyph (3.1.2), in thousandths of an em."""
BLANK_CHARS = re.compile(_one_of(*BLANK_AFTER, *BLANK_BEFORE, " "))
_MARK = _one_of(OPENING, CLOSING, MIDDLE_DOTS, FULL_STOPS, COMMAS, _WIDE_SPACE)
NEIGHBOURS = re.compile(f"{_MARK}(?={_MARK})")
"""A mark, or a full-width space, right before another: where `blanks` may find a surplus."""


def blanks(before: str, right: int, after: str, left: int) -> Blanks:
    """Sort the blank `right` of `before` and `left` of `after` by what may be done to it.

    Either is 0 where the glyph is not full-width. Which blanks add up and which do not is table 1
    of appendix B.
    """
    surplus = 0
    if before in _CLOSERS and after in _CLOSERS:  # ）。  。」
        surplus, right = right, 0
    elif after in _OPENERS and before in _SOLID_BEFORE_OPENERS:  # 「（  ・（
        surplus, left = left, 0
    elif after in _OPENERS and before in _CLOSERS:  # 、「  keeps one of the two
        surplus = min(right, left)
        left -= surplus
    elif before in _BRACKET_ENDS and ((after in _DOTS and left) or after == _WIDE_SPACE):  # ）・
        surplus, right = right, 0
    dot = (right if before in _DOTS else 0) + (left if after in _DOTS else 0)
    mark = right + left - dot - (right if before in _STOPS else 0)
    return Blanks(surplus, dot, mark)


class StretchPlaces(NamedTuple):
    """Indices after which space may be added, in the order of 3.8.4."""

    spaces: list[int]
    """Latin word spaces."""
    borders: list[int]
    """Between Japanese and Latin, where JLREQ has a quarter em that we set solid."""
    others: list[int]
    """Between kanji, kana and symbols."""


_UNSTRETCHED = frozenset(
    OPENING + CLOSING + HYPHENS + DIVIDING + "!?" + MIDDLE_DOTS + FULL_STOPS + COMMAS + SPACES
)
_UNSTRETCHED_BEFORE = _UNSTRETCHED | frozenset(_VOICED)
_LATIN = re.compile(f"[{_WORD}]")


def stretch_places(text: str) -> StretchPlaces:
    """Where the visible part of a line may be stretched (3.1.11 and table 6 of appendix E)."""
    costs = break_costs(text)
    visible = text.strip(SPACES)
    first = text.find(visible)
    places = StretchPlaces([], [], [])
    for index in range(first, first + len(visible) - 1):
        before, after = text[index], text[index + 1]
        if costs[index + 1] not in (LEGAL, KINSOKU):  # KINSOKU: ー and small kana may stand apart
            continue
        if before == " ":
            places.spaces.append(index)
        elif before not in _UNSTRETCHED and after not in _UNSTRETCHED_BEFORE:
            latin = bool(_LATIN.match(before)) != bool(_LATIN.match(after))
            (places.borders if latin else places.others).append(index)
    return places
