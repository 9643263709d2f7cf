"""Lines to sheets, and each sheet to its blocks, by the labels that the form prints.

Sheets may come in any order, and the blocks of a sheet as well: a block lasts until the label of
another one. Page furniture is taken out on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from gyomu_docs.readers.published_text import furniture, labels
from gyomu_docs.readers.published_text.codes import code_head
from gyomu_docs.readers.published_text.labels import behind_label, is_label, plain, year_of
from gyomu_docs.readers.published_text.lines import SourceLine
from gyomu_docs.readers.published_text.log import Log


class Block(Enum):
    """The parts of a sheet, by their names in messages."""

    HEADER = "見出し"
    PLAN = "総合計画"
    STAFFING = "人工"
    BUDGET = "予算"
    PURPOSES = "任務目的"
    ACTIVITIES = "行政活動"
    BOXES = "総括"


class Field(NamedTuple):
    """A label of the sheet's head with its value."""

    name: str
    """The key of the sheet file: 年度, シートNo, シート名, 所属."""
    label: str
    """The label as printed; with the value, where both stand in one cell."""
    values: tuple[str, ...]
    line: SourceLine
    glued: bool
    """Whether label and value stand in one cell."""

    @property
    def value(self) -> str:
        """The value as one text."""
        return " ".join(self.values)

    def repeats(self, known: dict[str, Field]) -> bool:
        """Whether `known` has the same value, perhaps in another width or spacing."""
        return self.name in known and plain(known[self.name].value) == plain(self.value)


class SheetLines:
    """The lines of one sheet, by block. Filled line by line."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.fields: dict[str, Field] = {}
        self.blocks: dict[Block, list[SourceLine]] = {block: [] for block in Block}
        self.block = Block.HEADER


_NEEDED = frozenset({"年度", "シートNo"})
_BLOCKS_OF_FIRST_PAGE = frozenset({Block.PLAN, Block.STAFFING, Block.BUDGET})
_FIELDS = {
    "年度": labels.YEAR,
    "シートNo": labels.NUMBER,
    "シート名": labels.TITLE,
    "所属": labels.DEPARTMENT,
}
_PLAN_LABELS = (labels.BASIC_GOAL, labels.POLICY_GOAL, labels.DIRECTIONS)
_STAFF_LABELS = ("正規", "会計年度任用", "再任用")
_MEASURED_LABELS = frozenset({"指標", "目標", "達成"})
_LONGEST_HEAD = 20
_LONGEST_NUMBER = 8
_LONGEST_HEADING = 80
_BULLETS = ("・", "･", "-")
_SENTENCE_END = re.compile(r"[。．!?！？]")
_SUMMARY = re.compile(r"(?:総括|振り返り|ふりかえり)(?:等|など)?[)\]】〕」』]*$")
_OUTLOOK = re.compile(
    r"(?:総括を踏まえ|今後|次期|次年度|来年度|これから).*"
    r"(?:方針|考え方?|方向性?|展望|展開|取り?組み?|課題|対応)(?:等|など)?[)\]】〕」』]*$"
)


def split_sheets(lines: Sequence[SourceLine], log: Log) -> list[SheetLines]:
    """The sheets of a text, in its order. What stands before the first one is reported."""
    carried = furniture.page_furniture(lines)
    sheets: list[SheetLines] = []
    for index, line in enumerate(lines):
        current = sheets[-1] if sheets else None
        in_header = current is not None and current.block is Block.HEADER
        if line in carried:
            if not (furniture.is_form_title(line) and (in_header or current is None)):
                message = "ページの飾り（ページ番号、柱など）を除きました"
                log.dropped(line, f"{message}（「{line.quoted}」）。")
        elif fields := header_fields(line, in_header):
            following = lines[index + 1 : index + _LONGEST_HEAD]
            behind = [later for later in following if later not in carried]
            if current is None or _begins_sheet(fields, current, behind):
                current = SheetLines(line.number)
                sheets.append(current)
            _add_fields(fields, current, log)
        elif current is None:
            log.unread(line, "最初のシートより前にあります")
        else:
            current.block = opened_block(line, current.block) or current.block
            current.blocks[current.block].append(line)
    return sheets


def header_fields(line: SourceLine, in_header: bool) -> tuple[Field, ...]:
    """The labels of the sheet's head in `line` with their values; nothing for other lines.

    Outside of the head fewer lines count, since a sentence may begin like a label.
    """
    found: list[Field] = []
    for text in line.texts:
        name, behind = _field(text)
        if name:
            found.append(Field(name, text, (behind,) if behind else (), line, bool(behind)))
        elif found:
            last = found.pop()
            found.append(last._replace(values=(*last.values, text)))
        else:
            return ()
    return tuple(found) if all(_is_sound(field, in_header) for field in found) else ()


def opened_block(line: SourceLine, current: Block) -> Block | None:
    """The block that `line` is the first line of, None where it opens none."""
    texts = {plain(text) for text in line.texts}
    if _is_plan(line, current):
        return Block.PLAN
    if is_label(line.texts[0], labels.STAFFING) or _count(texts, _STAFF_LABELS) > 1:
        return Block.STAFFING
    if "事業名" in texts and _count(texts, ("予算額",)):
        return Block.BUDGET
    if texts & _MEASURED_LABELS and _count(texts, ("業務コード", "行政活動")):
        return Block.ACTIVITIES
    if texts & _MEASURED_LABELS and _count(texts, ("任務目的",)):
        return Block.PURPOSES
    if current in {Block.PURPOSES, Block.ACTIVITIES} and (is_summary(line) or is_outlook(line)):
        return Block.BOXES
    return None


def _is_plan(line: SourceLine, current: Block) -> bool:
    if current is Block.HEADER and plain(line.alone).endswith("計画"):
        return True
    # Further down a sentence may begin like a label.
    glued = {Block.HEADER, Block.PLAN} & {current}
    found = (behind_label(text, label) for text in line.texts for label in _PLAN_LABELS)
    return any(behind == "" or (behind and glued) for behind in found)


def is_summary(line: SourceLine) -> bool:
    """Whether the words of `line` are those of a heading of 総括."""
    return _is_phrase(line) and _SUMMARY.search(plain(line.alone)) is not None


def is_outlook(line: SourceLine) -> bool:
    """Whether the words of `line` are those of a heading of 今後の方針."""
    return _is_phrase(line) and _OUTLOOK.search(plain(line.alone)) is not None


def may_be_heading(line: SourceLine) -> bool:
    """Whether `line` looks like a heading, whatever its words: a short phrase, not indented."""
    return _is_phrase(line) and not line.indented


def _is_phrase(line: SourceLine) -> bool:
    text = line.alone
    return (
        0 < len(text) <= _LONGEST_HEADING
        and not text.startswith(_BULLETS)
        and _SENTENCE_END.search(text) is None
        and code_head(text) is None
    )


def _field(text: str) -> tuple[str, str]:
    for name, spellings in _FIELDS.items():
        behind = behind_label(text, spellings)
        if behind is not None:
            return name, behind
    return "", ""


def _is_sound(field: Field, in_header: bool) -> bool:
    """Whether this is a label of the head and not a text that begins like one."""
    if field.name in {"年度", "シートNo"} and len(field.values) > 1:
        return False
    if not field.glued:
        return in_header or bool(field.values)
    match field.name:
        case "年度":
            return year_of(field.value) is not None
        case "シートNo":
            return len(field.value) <= _LONGEST_NUMBER
        case _:
            return in_header


def _begins_sheet(
    fields: Sequence[Field], current: SheetLines, behind: Iterable[SourceLine]
) -> bool:
    """Whether a line with these fields is the first of a sheet.

    Below the head of a sheet it may also be that head once more, as each page repeats it, or
    something stray.
    """
    if current.block is Block.HEADER:
        return not all(f.name not in current.fields or f.repeats(current.fields) for f in fields)
    head, following = _head_from(fields, behind)
    if not _NEEDED & {field.name for field in head if field.values}:
        return False
    if not all(field.repeats(current.fields) for field in head):
        return True
    return following is not None and opened_block(following, Block.HEADER) in _BLOCKS_OF_FIRST_PAGE


def _head_from(
    fields: Sequence[Field], behind: Iterable[SourceLine]
) -> tuple[list[Field], SourceLine | None]:
    """The fields of the head that begins with `fields`, and the line behind the head."""
    head = list(fields)
    for line in behind:
        more = header_fields(line, in_header=True)
        is_pair = len(line.texts) == 2 and opened_block(line, Block.HEADER) is None
        if not (more or is_pair):
            return head, line
        head += more
    return head, None


def _add_fields(fields: Iterable[Field], sheet: SheetLines, log: Log) -> None:
    for field in fields:
        if field.name not in sheet.fields:
            sheet.fields[field.name] = field
        elif field.repeats(sheet.fields):
            log.dropped(field.line, f"ページごとに繰り返された「{field.name}」を除きました。")
        else:
            log.unread(field.line, f"「{field.name}」が2度あります")


def _count(texts: Iterable[str], starts: tuple[str, ...]) -> int:
    return sum(text.startswith(starts) for text in texts)
