"""The 総合計画 box: the plan's name, 基本目的, 施策目的, and one or more 施策の方向."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gyomu_docs.errors import Place
from gyomu_docs.model import PlanPosition
from gyomu_docs.readers.published_text import labels
from gyomu_docs.readers.published_text.labels import behind_label, plain
from gyomu_docs.readers.published_text.lines import SourceLine
from gyomu_docs.readers.published_text.log import Log

_PLACE = Place(table="総合計画")
_LABELS = {
    "基本目的": labels.BASIC_GOAL,
    "施策目的": labels.POLICY_GOAL,
    "施策の方向": labels.DIRECTIONS,
}


class _Parts(NamedTuple):
    """A line of the box: what stands before its label, the label's key, and what follows."""

    before: tuple[str, ...]
    key: str
    label: str
    values: tuple[str, ...]
    glued: bool


def read_plan(lines: Sequence[SourceLine], log: Log) -> PlanPosition:
    """Read the box; a line without a label is one more 施策の方向, or the plan's name."""
    names: list[str] = []
    texts: dict[str, list[str]] = {key: [] for key in _LABELS}
    last = ""
    for line in lines:
        parts = _parts(line)
        if not parts.key and last == "施策の方向" and _is_direction(line, texts[last]):
            texts[last] += parts.values
            continue
        name = parts.before or (() if parts.key else parts.values)
        if not _takes(parts, name, names, texts):
            log.unread(line, place=_PLACE)
            continue
        names += name
        last = parts.key or last
        if parts.key:
            texts[parts.key].append(" ".join(parts.values))
        _note(line, parts, name, log)
    return PlanPosition(
        name="".join("".join(names).split()),
        basic_goal="".join(texts["基本目的"]),
        policy_goal="".join(texts["施策目的"]),
        directions=tuple(text for text in texts["施策の方向"] if text),
    )


def _parts(line: SourceLine) -> _Parts:
    for index, text in enumerate(line.texts):
        for key, spellings in _LABELS.items():
            behind = behind_label(text, spellings)
            if behind is not None:
                values = (*((behind,) if behind else ()), *line.texts[index + 1 :])
                return _Parts(line.texts[:index], key, text, values, bool(behind))
    return _Parts((), "", "", line.texts, False)


def _is_direction(line: SourceLine, directions: Sequence[str]) -> bool:
    """Whether a line without a label is one more 施策の方向: indented, or numbered alike."""
    numbers = [text.split()[0] for text in directions if text]
    return line.alone != "" and (line.first > 0 or line.alone.split()[0] in numbers)


def _takes(
    parts: _Parts, name: Sequence[str], names: Sequence[str], texts: dict[str, list[str]]
) -> bool:
    """Whether the box still lacks what the line says."""
    if name and (names or len(name) > 1 or not (parts.key or plain(name[0]).endswith("計画"))):
        return False
    return parts.key in {"", "施策の方向"} or not texts[parts.key]


def _note(line: SourceLine, parts: _Parts, name: Sequence[str], log: Log) -> None:
    place = Place(row=parts.key).within(_PLACE)
    if name and len(name[0].split()) > 1:
        message = f"計画の名称「{name[0]}」の字間の空白を除いて読みました。"
        log.repair(line, message, Place(row="名称").within(_PLACE))
    if parts.key not in {"", "基本目的"} and name or not parts.key:
        message = (
            f"計画の名称「{name[0]}」が「基本目的」の行から外れていました。名称として読みました。"
        )
        log.repair(line, message, Place(row="名称").within(_PLACE))
    if parts.glued:
        message = f"「{parts.key}」と値が一つのセルにつながっていました。分けて読みました。"
        log.repair(line, message, place)
    else:
        log.spread(line, [parts.label], place)
    if len(parts.values) > 1:
        message = f"「{parts.key}」の値が分かれていました。空白でつなげて読みました。"
        log.repair(line, message, place)
