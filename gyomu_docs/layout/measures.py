"""What stands for a length, a share or a colour in a form: texts to numbers, with their faults.

Annotated types for the specs. Lengths become `units.Length` (thousandths of a point), shares
thousandths, colours 0xRRGGBB. Messages are Japanese, as the author of a form reads them.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from gyomu_docs.layout.tree import Edges
from gyomu_docs.units import Length, parse_length

_COLOR = re.compile("#[0-9A-Fa-f]{6}")
_PERCENT = re.compile(r"(\d{1,4}(?:\.\d)?)\s*[%％]")


def _length(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return parse_length(value)
    except (ValueError, OverflowError):
        raise ValueError(
            f"「{value}」は長さではありません（8pt、12mm、1.5cm のように書いてください）。"
        ) from None


def _not_negative(value: int) -> int:
    if value < 0:
        raise ValueError("長さを負の数にはできません。")
    return value


def _positive(value: int) -> int:
    if value <= 0:
        raise ValueError("0 より大きい長さを書いてください。")
    return value


def _edges(value: object) -> object:
    """One length for all sides, two for vertical and horizontal, or four from the top."""
    parts = value if isinstance(value, list) else [value]
    lengths = [_length(part) for part in parts]
    if any(isinstance(length, int) and length < 0 for length in lengths):
        raise ValueError("長さを負の数にはできません。")
    match lengths:
        case [every]:
            return (every, every, every, every)
        case [vertical, horizontal]:
            return (vertical, horizontal, vertical, horizontal)
        case [_, _, _, _]:
            return tuple(lengths)
        case _:
            raise ValueError(
                "長さを1つ、2つ（上下、左右）、4つ（上、右、下、左）で書いてください。"
            )


def _color(value: object) -> object:
    if isinstance(value, str) and _COLOR.fullmatch(value):
        return int(value[1:], 16)
    raise ValueError(f"「{value}」は色ではありません（#RRGGBB の形で書いてください）。")


def _share(value: object) -> object:
    match = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"「{value}」は割合ではありません（85% のように書いてください）。")
    return round(float(match[1]) * 10)


def _at_most_whole(value: int) -> int:
    if not 1 <= value <= 1000:
        raise ValueError("0% より大きく 100% までの割合を書いてください。")
    return value


def _scale(value: int) -> int:
    if not 100 <= value <= 10_000:
        raise ValueError("10% から 1000% までの倍率を書いてください。")
    return value


LengthField = Annotated[Length, BeforeValidator(_length), AfterValidator(_not_negative)]
PositiveLength = Annotated[Length, BeforeValidator(_length), AfterValidator(_positive)]
EdgesField = Annotated[Edges, BeforeValidator(_edges)]
Color = Annotated[int, BeforeValidator(_color)]
Share = Annotated[int, BeforeValidator(_share), AfterValidator(_at_most_whole)]
"""Thousandths, up to the whole: `85%` is 850."""
Scale = Annotated[int, BeforeValidator(_share), AfterValidator(_scale)]
"""Thousandths: `141.4%` is 1414."""
