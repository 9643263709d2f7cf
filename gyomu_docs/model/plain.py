"""YAML and JSON text to plain trees of dicts, lists and texts, and places in them to lines.

Every scalar stays the text that stands in the file, whatever YAML or JSON would make of it:
`0101`, `53%`, `3.0`. What could hide or multiply data is refused: keys given twice, YAML aliases,
absurd depth.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn, TypeAlias, TypeVar

import yaml

from gyomu_docs.errors import Place, SheetError

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | None"
Path: TypeAlias = "tuple[str | int, ...]"

T = TypeVar("T")

MAX_DEPTH = 40
"""A sheet file is 5 deep; deeper than this is a mistake or an attack."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_EXTRA_BREAKS = (0x85, 0x2028, 0x2029)
"""Line breaks to YAML 1.1, and only to it: a text with one of them would come back changed."""
_UNREADABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")

_WIDE_COLON = re.compile(r"^[ -]*[^\s:：\"']{1,20}：")
"""A key with a full-width colon, the slip of an input method; only looked for after an error."""

_TOO_DEEP = "入れ子が深すぎます。"
_NO_ALIAS = "YAML の別名（* と &）は使えません。"
_QUOTE_SIGNS = '記号で始まる値は引用符で囲んでください: "*"。'
_LOOK = "字下げ、引用符、コロンの後の空白を確かめてください。"
_TABS = "字下げにタブは使えません。"
_YAML_FAULTS = {
    "tab character": ("字下げにタブがあります", _TABS),
    "block sequence entries": (
        "「-」の置けないところにあります",
        '「-」で始まる値は引用符で囲んでください: "-"。',
    ),
    "mapping values are not allowed": (
        "「: 」の置けないところにあります",
        "「: 」を含む値は引用符で囲んでください。",
    ),
    "cannot start any token": ("値の始めに使えない文字があります", f"{_TABS}{_QUOTE_SIGNS}"),
    "alphabetic or numeric": ("記号で始まる値があります", _QUOTE_SIGNS),
    "expected whitespace or line break": ("記号で始まる値があります", _QUOTE_SIGNS),
    "unexpected end of stream": ("引用符が閉じていません", "引用符を閉じてください。"),
    "expected ',' or": ("かっこの中の区切りか、かっこの終わりがありません", _LOOK),
    "expected <block end>": ("字下げがそろっていません", _LOOK),
    "expected ':'": ("項目名の後のコロンがありません", _LOOK),
    "escape": ("\\ の後の文字が正しくありません", "\\ を含む値は ' ' で囲んでください。"),
}
"""What staff most often get wrong and what helps, by a part of the parser's message."""
_JSON_FAULTS = {
    "Expecting value": "値がありません",
    "Expecting property name": '項目名は " で囲んで書いてください',
    "Expecting ','": "コンマがありません",
    "Expecting ':'": "コロンがありません",
    "Unterminated string": "引用符が閉じていません",
    "Invalid control character": "値の中に改行やタブがあります",
    "Extra data": "終わりの後に余分な文字があります",
    "escape": "\\ の後の文字が正しくありません",
    "trailing comma": "終わりのかっこの前に余分なコンマがあります",
}


def parse_yaml(text: str, file: str) -> Plain:
    """The tree of a YAML text; None for an empty document. Raises SheetError with the line."""
    odd = _UNREADABLE.search(text)
    if odd is not None:
        raise SheetError(
            f"使えない文字（U+{ord(odd[0]):04X}）があります。",
            place=Place(file=file, line=text.count("\n", 0, odd.start()) + 1),
            hint='その文字を消すか、"" の中に \\x0B のように書いてください。',
        )
    stand_ins = _stand_ins(text)
    if not stand_ins:
        return _build(text, file)
    tree = _build(text.translate(stand_ins), file)
    return _put_back(tree, {new: old for old, new in stand_ins.items()})


def parse_json(text: str, file: str) -> Plain:
    """The tree of a JSON text; numbers stay as written, null is blank. Raises SheetError."""

    def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        tree = dict(pairs)
        if len(tree) != len(pairs):
            counts = Counter(key for key, _ in pairs)
            _refuse_twice(counts.most_common(1)[0][0], text, file)
        return tree

    try:
        tree = json.loads(
            text,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
            object_pairs_hook=no_key_twice,
        )
    except json.JSONDecodeError as error:
        raise SheetError(
            f"JSON として読めません（{_known(_JSON_FAULTS, error.msg) or error.msg}）。",
            place=Place(file=file, line=error.lineno),
            hint="引用符、コンマ、かっこの対応を確かめてください。",
        ) from None
    except RecursionError:
        raise SheetError(_TOO_DEEP, place=Place(file=file)) from None
    return _plain_json(tree, text, file, ())


def line_of(text: str, path: Iterable[str | int]) -> int | None:
    """The line, from 1, of the key or the item at `path` in a YAML or JSON text; None if unknown.

    Follows the path as far as it goes, so a missing key gives the line of its parent.
    """
    target = tuple(path)
    line = None
    for here, start in _walk(_as_yaml(text)):
        if here == target[: len(here)]:  # parents come before their children
            line = start
    return line


def _build(text: str, file: str) -> Plain:
    # From events, without recursion: the C composer overflows the stack on deep nesting.
    top: list[Plain] = []
    holders: list[Any] = [top]
    keys: list[str | None] = [None]
    for event in _events(text, file):
        kind = type(event)
        value: Any
        if kind is yaml.ScalarEvent:
            value = event.value
        elif kind is yaml.MappingStartEvent:
            value = {}
        elif kind is yaml.SequenceStartEvent:
            value = []
        elif kind in _ENDS:
            holders.pop()
            keys.pop()
            continue
        elif kind is yaml.DocumentStartEvent and top:
            _refuse("1つのファイルに2つの文書があります（--- で区切れません）。", event, file)
        elif kind is yaml.AliasEvent:
            _refuse(_NO_ALIAS, event, file, _QUOTE_SIGNS)
        else:
            continue
        # Read as YAML means them, `!注意` and `&1 x` would lose a part of their text.
        if event.anchor is not None:
            _refuse(_NO_ALIAS, event, file, _QUOTE_SIGNS)
        if event.tag is not None:
            _refuse("YAML の型の指定（!）は使えません。", event, file, _QUOTE_SIGNS)
        holder, key = holders[-1], keys[-1]
        if holder.__class__ is list:
            holder.append(value)
        elif key is not None:
            holder[key] = value
            keys[-1] = None
        elif value.__class__ is not str:
            _refuse("項目名は一つの文字列で書いてください。", event, file)
        elif value in holder:
            _refuse(_twice(value), event, file)
        else:
            keys[-1] = value
        if value.__class__ is not str:
            if len(holders) > MAX_DEPTH:
                _refuse(_TOO_DEEP, event, file)
            holders.append(value)
            keys.append(None)
    return top[0] if top else None


def _events(text: str, file: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or getattr(error, "reason", None) or "書き方の誤り"
        if "nesting" in detail:  # some releases of libyaml count for themselves
            place = Place(file=file, line=mark.line + 1 if mark else None)
            raise SheetError(_TOO_DEEP, place=place) from None
        if mark and (wide := _wide_colon(text, mark.line, detail)):
            raise SheetError(
                "YAML として読めません（コロンが全角です）。",
                place=Place(file=file, line=wide),
                hint="項目名の後のコロン（:）は半角にし、後に半角の空白を入れてください。",
            ) from None
        reason, hint = _known(_YAML_FAULTS, detail) or (detail, _LOOK)
        raise SheetError(
            f"YAML として読めません（{reason}）。",
            place=Place(file=file, line=mark.line + 1 if mark else None),
            hint=hint,
        ) from None


def _known(faults: Mapping[str, T], detail: str) -> T | None:
    """What is known of a message of a parser."""
    return next((fault for part, fault in faults.items() if part in detail), None)


def _wide_colon(text: str, index: int, detail: str) -> int | None:
    """The first line, from 1, of those with a wide colon that end at the line of the error."""
    if "mapping values" not in detail and "expected ':'" not in detail:
        return None  # A wide colon elsewhere is an ordinary text (`- 注：R2年度から`).
    lines = text.split("\n")
    last = next((n for n in (index, index - 1) if _WIDE_COLON.match("".join(lines[n : n + 1]))), -1)
    while last > 0 and _WIDE_COLON.match(lines[last - 1]):
        last -= 1
    return last + 1 if last >= 0 else None


def _walk(text: str) -> Iterator[tuple[Path, int]]:
    """Path and line of each node, as far as the text can be read; a value has its key's line."""
    steps: list[str | int] = []  # of each open collection, the key or the index reached
    lines: list[int] = []  # where that key or item stands
    wants: list[str] = []  # what comes next in it: an `item`, a `key` or a `value`
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionEndEvent):
                del steps[-1], lines[-1], wants[-1]
            if not isinstance(event, yaml.NodeEvent) or event.start_mark is None:
                continue
            line = event.start_mark.line + 1
            if wants and wants[-1] == "key":
                if not isinstance(event, yaml.ScalarEvent):
                    return
                steps[-1], lines[-1], wants[-1] = event.value, line, "value"
                continue
            if wants and wants[-1] == "value":
                wants[-1] = "key"
            elif wants:
                steps[-1], lines[-1] = int(steps[-1]) + 1, line
            yield tuple(steps), lines[-1] if lines else line
            if isinstance(event, yaml.CollectionStartEvent):
                steps.append(-1)
                lines.append(line)
                wants.append("key" if isinstance(event, yaml.MappingStartEvent) else "item")
    except yaml.YAMLError:
        return


def _as_yaml(text: str) -> str:
    """A JSON or YAML text with its lines, without what the YAML parser would stop at."""
    text = _SURROGATE_ESCAPE.sub(r"\\uFFFD", text)
    return _UNREADABLE.sub("\ufffd", text).translate(dict.fromkeys(_EXTRA_BREAKS, "\ufffd"))


def _stand_ins(text: str) -> dict[int, int]:
    """For each extra line break in `text`, a noncharacter that is not in it."""
    breaks = [char for char in _EXTRA_BREAKS if chr(char) in text]
    free = (char for char in range(0xFDD0, 0xFDF0) if chr(char) not in text)
    return dict(zip(breaks, free, strict=False)) if breaks else {}


def _put_back(tree: Plain, breaks: dict[int, int]) -> Plain:
    if isinstance(tree, dict):
        return {key.translate(breaks): _put_back(item, breaks) for key, item in tree.items()}
    if isinstance(tree, list):
        return [_put_back(item, breaks) for item in tree]
    return tree.translate(breaks) if tree is not None else None


def _plain_json(tree: Any, text: str, file: str, path: Path) -> Plain:
    if len(path) > MAX_DEPTH:
        raise SheetError(_TOO_DEEP, place=Place(file=file))
    if isinstance(tree, dict):
        for key in tree:
            _check_surrogates(key, text, file, path)
        return {key: _plain_json(item, text, file, (*path, key)) for key, item in tree.items()}
    if isinstance(tree, list):
        return [_plain_json(item, text, file, (*path, index)) for index, item in enumerate(tree)]
    if isinstance(tree, bool):
        return "true" if tree else "false"
    if tree is None:
        return ""
    _check_surrogates(tree, text, file, path)
    return str(tree)


def _check_surrogates(scalar: str, text: str, file: str, path: Path) -> None:
    if _LONE_SURROGATE.search(scalar):
        place = Place(file=file, line=line_of(text, path))
        raise SheetError("文字として正しくない値があります（サロゲート）。", place=place)


def _twice(key: str) -> str:
    return f"項目「{key}」が2度あります。"


def _refuse_twice(key: str, text: str, file: str) -> NoReturn:
    """Refuse a key that a JSON text has twice. The JSON parser gives no line, so YAML looks."""
    try:
        _build(_as_yaml(text), file)
    except SheetError as error:
        if error.message == _twice(key):
            raise
    raise SheetError(_twice(key), place=Place(file=file))


def _refuse(message: str, event: Any, file: str, hint: str = "") -> NoReturn:
    raise SheetError(message, place=Place(file=file, line=event.start_mark.line + 1), hint=hint)
