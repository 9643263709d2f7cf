"""The head of a sheet: 年度, シートNo, シート名, 所属, and what other forms print beside them."""

from __future__ import annotations

from typing import NamedTuple

from gyomu_docs.errors import Place, SheetError
from gyomu_docs.model import FiscalYear
from gyomu_docs.readers.published_text.blocks import Block, Field, SheetLines
from gyomu_docs.readers.published_text.labels import plain
from gyomu_docs.readers.published_text.lines import half_width
from gyomu_docs.readers.published_text.log import Log

_PLACE = Place(table=Block.HEADER.value)


class Head(NamedTuple):
    """What identifies a sheet."""

    fiscal_year: FiscalYear
    number: str
    title: str
    department: str
    extras: dict[str, str]


def read_head(sheet: SheetLines, log: Log) -> Head:
    """Read the head. Raises SheetError where 年度 or シートNo is missing or not understood."""
    for field in sheet.fields.values():
        _note(field, log)
    return Head(
        fiscal_year=_fiscal_year(sheet),
        number=half_width(_needed(sheet, "シートNo").value),
        title=_value(sheet, "シート名"),
        department=_value(sheet, "所属"),
        extras=_extras(sheet, log),
    )


def _value(sheet: SheetLines, name: str) -> str:
    field = sheet.fields.get(name)
    return field.value if field else ""


def _needed(sheet: SheetLines, name: str) -> Field:
    field = sheet.fields.get(name)
    if field is None or not field.value:
        line = field.line.number if field else sheet.first_line
        raise SheetError(f"シートの「{name}」がありません。", place=Place(line=line))
    return field


def _fiscal_year(sheet: SheetLines) -> FiscalYear:
    field = _needed(sheet, "年度")
    try:
        return FiscalYear.parse("".join(half_width(field.value).split()))
    except ValueError as error:
        raise SheetError(str(error), place=Place(line=field.line.number)) from None


def _note(field: Field, log: Log) -> None:
    place = Place(row=field.name).within(_PLACE)
    if field.glued:
        message = f"「{field.label}」を項目「{field.name}」と値に分けて読みました。"
        log.repair(field.line, message, place)
    else:
        log.spread(field.line, [field.label], place)
    if len(field.values) > 1:
        message = f"「{field.name}」の値が分かれていました。「{field.value}」とつなげて読みました。"
        log.repair(field.line, message, place)
    if field.name in {"年度", "シートNo"}:
        log.half_width(field.line, field.values, place)
        if field.name == "年度" and len(field.value.split()) > 1:
            message = f"年度「{field.value}」の字間の空白を除いて読みました。"
            log.repair(field.line, message, place)


def _extras(sheet: SheetLines, log: Log) -> dict[str, str]:
    """Pairs of a label and a value that the form does not have."""
    extras: dict[str, str] = {}
    for line in sheet.blocks[Block.HEADER]:
        label = plain(line.texts[0])
        if len(line.texts) != 2 or label in extras:
            log.unread(line, place=_PLACE)
            continue
        extras[label] = line.texts[1]
        log.extra(line, f"様式にない項目「{label}」を追加項目として読みました。", _PLACE)
    return extras
