"""Amounts in thousand yen (千円): plain digits in the file, commas and units read as well."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from gyomu_docs.model.value import NEGATIVE_SIGNS, is_dash

_AMOUNT = re.compile(
    rf"(?P<sign>[{NEGATIVE_SIGNS}]?)\s?(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<fraction>\.\d+)?"
    r"\s*(?:千円)?"
)


def normalize_amount(text: str) -> str:
    """Write an amount as the sheet file does: `１，０２７ 千円` becomes `1027`, `△5` becomes `-5`.

    A dash becomes `-`, with or without 千円; an empty text and a lone 千円 become the empty text.
    What is no amount (`未定`) is returned unchanged: it is kept and reported, never dropped.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("千円").rstrip()
    if not plain:
        return ""
    if is_dash(plain):
        return "-"
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        return text
    sign = "-" if match["sign"] else ""
    return f"{sign}{match['digits'].replace(',', '')}{match['fraction'] or ''}"


def amount_value(text: str) -> Decimal | None:
    """The amount in thousand yen; None for blank, `-` and what is no amount."""
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    value = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    return -value if match["sign"] else value


def is_amount(text: str) -> bool:
    """Whether `text` is blank, `-` or an amount as the sheet file writes it."""
    return text in ("", "-") or amount_value(text) is not None


def format_amount(text: str) -> str:
    """An amount as forms print it: `1027` as `1,027`, `-5` as `△5`; other texts unchanged."""
    value = amount_value(text)
    if value is None:
        return text
    sign = "△" if value < 0 else ""
    return f"{sign}{abs(value):,}"


def _as_text(value: object) -> object:
    return normalize_amount(value) if isinstance(value, str) else value


Amount = Annotated[
    str,
    BeforeValidator(_as_text),
    Field(description="千円単位の金額。桁区切りと単位は書かない。該当なしは - と書く。"),
]
"""A text field that holds an amount in thousand yen, written as the sheet file does."""
