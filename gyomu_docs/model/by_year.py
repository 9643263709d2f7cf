"""Texts by fiscal year: an immutable mapping that keeps the order and the spelling of its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from gyomu_docs.model.fiscal_year import FiscalYear
from gyomu_docs.model.money import normalize_amount
from gyomu_docs.model.value import Value, parse_value


class ByYearError(ValueError):
    """A year or its text that cannot be read; `key` is the year as the file spells it."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


class TextsByYear(Mapping[FiscalYear, str]):
    """Results (実績) by year. Look up by `FiscalYear` or by any spelling: `results["R元"]`."""

    __slots__ = ("_by_number", "_texts")
    _schema_title = "年度ごとの値"

    def __init__(self, texts: Mapping[FiscalYear | str, str] | None = None) -> None:
        """Read the years. Raises ValueError for a year not understood or given twice."""
        self._texts: dict[FiscalYear, str] = {}
        for key, text in (texts or {}).items():
            year = _read_year(key)
            if year in self._texts:
                known = next(known for known in self._texts if known == year)
                raise ByYearError(
                    str(key), f"年度「{key}」が2度あります（「{known}」と同じ年度です）。"
                )
            self._texts[year] = self._read(text)
        self._by_number = {year.year: text for year, text in self._texts.items()}

    @classmethod
    def _read(cls, text: str) -> str:
        return text

    def __getitem__(self, year: FiscalYear | str) -> str:
        return self._texts[_year(year)]

    def __iter__(self) -> Iterator[FiscalYear]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def values(self) -> ValuesView[str]:
        """The texts, without a look-up by year for each."""
        return self._texts.values()

    def __hash__(self) -> int:
        # Equality is a mapping's, whatever the order of the years; so must be the hash.
        return hash(frozenset(self._texts.items()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.to_plain()})"

    def value(self, year: FiscalYear | str) -> Value:
        """The parsed value of that year; blank where the year is missing."""
        return parse_value(self.get(_year(year), ""))

    def at(self, year: int) -> str:
        """The text of a fiscal year given as a western number; empty where there is none.

        Much cheaper than a look-up by `FiscalYear`, for printing forms.
        """
        return self._by_number.get(year, "")

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
                raise ByYearError(str(year), f"{year} の値は一つの文字列で書いてください。")
        return cls({_key(key): "" if text is None else str(text) for key, text in value.items()})

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


def _key(key: object) -> FiscalYear | str:
    return key if isinstance(key, FiscalYear) else str(key)


def _read_year(key: FiscalYear | str) -> FiscalYear:
    try:
        return _year(key)
    except ValueError as error:
        raise ByYearError(str(key), str(error)) from None
