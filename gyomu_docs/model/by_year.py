"""Texts by fiscal year: an immutable mapping that keeps the order and the spelling of its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from gyomu_docs.model.fiscal_year import FiscalYear
from gyomu_docs.model.money import normalize_amount
from gyomu_docs.model.value import Value, parse_value


class TextsByYear(Mapping[FiscalYear, str]):
    """Results (実績) by year. Look up by `FiscalYear` or by any spelling: `results["R元"]`."""

    __slots__ = ("_texts",)
    _schema_title = "年度ごとの値"

    def __init__(self, texts: Mapping[FiscalYear | str, str] | None = None) -> None:
        """Read the years. Raises ValueError for a year not understood or given twice."""
        self._texts: dict[FiscalYear, str] = {}
        for key, text in (texts or {}).items():
            year = key if isinstance(key, FiscalYear) else FiscalYear.parse(key)
            if year in self._texts:
                raise ValueError(f"年度「{key}」が2度あります。")
            self._texts[year] = self._read(text)

    @classmethod
    def _read(cls, text: str) -> str:
        return text

    def __getitem__(self, year: FiscalYear | str) -> str:
        return self._texts[year if isinstance(year, FiscalYear) else FiscalYear.parse(year)]

    def __iter__(self) -> Iterator[FiscalYear]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.to_plain()})"

    def value(self, year: FiscalYear | str) -> Value:
        """The parsed value of that year; blank where the year is missing."""
        return parse_value(self.get(_year(year), ""))

    def to_plain(self) -> dict[str, str]:
        """The mapping as the sheet file writes it."""
        return {year.text: text for year, text in self._texts.items()}

    @classmethod
    def _validate(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if not isinstance(value, Mapping):
            raise ValueError("年度ごとの値は {R2: 値, R3: 値} の形で書いてください。")
        for year, text in value.items():
            if not isinstance(text, str | int | float | None):
                raise ValueError(f"{year} の値は一つの文字列で書いてください。")
        return cls({key: "" if text is None else str(text) for key, text in value.items()})

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(
                cls.to_plain, return_schema=core_schema.dict_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "object",
            "title": cls._schema_title,
            "additionalProperties": {"type": "string"},
            "examples": [{"R元": "12", "R2": "-"}],
        }


class AmountsByYear(TextsByYear):
    """Settled or budgeted amounts by year, in thousand yen, written as the sheet file does."""

    __slots__ = ()
    _schema_title = "年度ごとの金額（千円）"

    @classmethod
    def _read(cls, text: str) -> str:
        return normalize_amount(text)


def _year(year: FiscalYear | str) -> FiscalYear:
    return year if isinstance(year, FiscalYear) else FiscalYear.parse(year)
