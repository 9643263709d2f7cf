"""What a result says: the text as printed beside its parsed value.

Results are kept verbatim (`53%`, `1,355`, `随時`, `-`). Blank, `-` and `0` are three different
things: nothing entered, nothing applicable, and zero.
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

DASHES = frozenset("-‐‑‒–—―−－ーｰ─")
"""Characters that stand for `nothing applicable` when they stand alone."""
NEGATIVE_SIGNS = "△▲−－-"
"""The hyphen stands last: the string goes into character classes."""

_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""Only what has an ASCII twin: NFKC would also make `㎡` into `m2`, and a number of `①`."""
_NUMBER = re.compile(
    rf"(?P<sign>[+{NEGATIVE_SIGNS}]?)\s?(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<fraction>\.\d+)?"
    r"\s?(?P<unit>[^\d\s.,][^\d\s]{0,3})?"
)


class ValueKind(StrEnum):
    """What kind of thing a text says."""

    BLANK = "blank"
    NONE = "none"
    NUMBER = "number"
    PERCENT = "percent"
    WORDS = "words"


class Value(NamedTuple):
    """A text with what it says; `number` and `unit` only for numbers and percentages."""

    text: str
    kind: ValueKind
    number: Decimal | None = None
    unit: str = ""


@functools.lru_cache(maxsize=65536)
def parse_value(text: str) -> Value:
    """Parse a result. Full-width digits, separators and a short unit (`12件`) are understood."""
    plain = text.translate(_HALF_WIDTH).strip()
    if not plain:
        return Value(text, ValueKind.BLANK)
    if is_dash(text.strip()):
        return Value(text, ValueKind.NONE)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return Value(text, ValueKind.WORDS)
    number = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    if match["sign"] in tuple(NEGATIVE_SIGNS):
        number = -number
    unit = match["unit"] or ""
    kind = ValueKind.PERCENT if unit == "%" else ValueKind.NUMBER
    return Value(text, kind, number, unit)


def is_dash(text: str) -> bool:
    """Whether `text` is a single dash of any kind."""
    return len(text) == 1 and text in DASHES
