"""What the model refuses, as a sentence for staff: the line, the key, the nearest known key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from gyomu_docs.errors import (
    Place,
    SheetError,
    name_hint,
)
from gyomu_docs.model.by_year import ByYearError
from gyomu_docs.model.plain import line_of
from gyomu_docs.model.sheet import CODE_TWICE, Sheet

_CUT_AT_COMMA = re.compile("[0-9]{3}(千円| 千円)?")
"""The key that YAML makes of `{予算額: 1,027}`."""


_MOST = 20
"""Faults of one file that are told; behind them stands how many there are more."""


def sheet_error(error: ValidationError, text: str, file: str) -> SheetError:
    """All faults, in Japanese, each with its line and the nearest known key, by their lines."""
    faults = [one for fault in error.errors() for one in _single(fault)]
    told = [_fault(fault, text, file) for fault in faults[:_MOST]]
    told.sort(key=lambda one: one.place.line or 0)
    if more := len(faults) - len(told):
        told.append(SheetError(f"ほかに{more}件の誤りがあります。", place=Place(file=file)))
    first = told[0]
    first.others = tuple(told[1:])
    return first


def _single(fault: Any) -> Iterator[Any]:
    """A fault; one of several codes that are given twice as one for each."""
    if fault["type"] != CODE_TWICE:
        yield fault
        return
    for code, index in fault["ctx"]["twice"]:
        message = f"業務コード「{code}」が2度あります。"
        yield {**fault, "msg": message, "ctx": {"index": index}}


def _fault(fault: Any, text: str, file: str) -> SheetError:
    path = tuple(fault["loc"])
    if fault["type"] == CODE_TWICE:
        path = ("行政活動", fault["ctx"]["index"], "コード")
    where = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    message, hint = _fault_message(fault, where.lstrip("."), _model_at(path[:-1]))
    cause = fault.get("ctx", {}).get("error")
    if isinstance(cause, ByYearError):
        path = (*path, cause.key)
    if _CUT_AT_COMMA.fullmatch(str(path[-1]) if path else ""):
        hint = 'コンマのある値は引用符で囲んでください: {予算額: "1,027"}。'
    return SheetError(message, place=Place(file=file, line=line_of(text, path)), hint=hint)


def _fault_message(fault: Any, where: str, model: type[BaseModel] | None) -> tuple[str, str]:
    key = str(fault["loc"][-1]) if fault["loc"] else ""
    match fault["type"]:
        case "extra_forbidden":
            known = (
                [field.alias or name for name, field in model.model_fields.items()] if model else []
            )
            return f"項目「{where}」は使えません。", name_hint(key, known, "使える項目")
        case "missing":
            return f"項目「{where}」がありません。", ""
        case "value_error":
            detail = str(fault["ctx"]["error"])
            return (f"「{where}」: {detail}" if where else detail), ""
        case "code_twice":
            return fault["msg"], ""
        case "string_pattern_mismatch":
            return f"項目「{where}」が空です。", ""
        case "string_type":
            return f"「{where}」は一つの文字列で書いてください。", ""
        case "tuple_type":
            return f"「{where}」は「- 」で始まる行の並びで書いてください。", ""
        case _:
            return f"「{where}」は「項目: 値」の並びで書いてください。", ""


def _model_at(path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model whose keys stand at `path`."""
    model: type[BaseModel] | None = Sheet
    for step in path:
        if model is None or isinstance(step, int):
            continue
        field = _fields(model).get(step)
        model = _model_in(field.annotation) if field else None
    return model


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    candidates = (annotation, *getattr(annotation, "__args__", ()))
    return next(
        (item for item in candidates if isinstance(item, type) and issubclass(item, BaseModel)),
        None,
    )
