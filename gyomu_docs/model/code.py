"""Activity codes (業務コード): 2, 4 or 6 digits that form a tree by their prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}")


class ActivityCode(str):
    """A code of 2, 4 or 6 ASCII digits. Raises ValueError, in Japanese, for anything else."""

    __slots__ = ()

    def __new__(cls, text: str) -> ActivityCode:
        """Check `text` and keep it as it is."""
        if _CODE.fullmatch(text) is None:
            raise ValueError(
                f"業務コード「{text}」は使えません。半角数字の2桁、4桁、6桁で書いてください。"
            )
        return super().__new__(cls, text)

    @property
    def level(self) -> int:
        """1, 2 or 3 for 2, 4 or 6 digits."""
        return len(self) // 2

    @property
    def parent(self) -> ActivityCode | None:
        """The code one level up; None for 2 digits."""
        return ActivityCode(self[:-2]) if len(self) > 2 else None

    @property
    def group(self) -> ActivityCode:
        """The 2-digit code at the top of this code's branch."""
        return ActivityCode(self[:2])

    @property
    def ordinal(self) -> int:
        """Its number among its siblings: 3 for `010203`."""
        return int(self[-2:])

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": "^[0-9]{2}([0-9]{2}){0,2}$",
            "title": "業務コード",
            "description": '2桁・4桁・6桁の半角数字。引用符で囲む（"0101"）。',
        }


def orphans(codes: Iterable[ActivityCode]) -> Iterator[ActivityCode]:
    """The codes whose parent does not stand before them."""
    seen: set[ActivityCode] = set()
    for code in codes:
        if code.parent is not None and code.parent not in seen:
            yield code
        seen.add(code)


def gaps(codes: Iterable[ActivityCode]) -> Iterator[tuple[ActivityCode, ActivityCode]]:
    """Codes that do not follow their elder sibling: (the code, the code expected there)."""
    siblings: dict[str, list[int]] = {}
    for code in codes:
        elder = siblings.setdefault(code[:-2], [])
        expected = elder[-1] + 1 if elder else 1
        if expected > 99:
            # Nothing follows 99; what is missing is the first number not used yet.
            expected = next((free for free in range(1, 100) if free not in elder), code.ordinal)
        if code.ordinal != expected:
            yield code, ActivityCode(f"{code[:-2]}{expected:02d}")
        elder.append(code.ordinal)
