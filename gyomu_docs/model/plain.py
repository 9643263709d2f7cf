"""YAML and JSON text to plain trees of dicts, lists and texts, and places in them to lines.

Every scalar stays the text that stands in the file, whatever YAML or JSON would make of it:
`0101`, `53%`, `3.0`. What could hide or multiply data is refused: keys given twice, YAML aliases,
absurd depth.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NoReturn, TypeAlias

import yaml

from gyomu_docs.errors import Place, SheetError

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | None"

MAX_DEPTH = 40
"""A sheet file is 5 deep; deeper than this is a mistake or an attack."""

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def parse_yaml(text: str, file: str) -> Plain:
    """The tree of a YAML text. Raises SheetError with the line."""
    node = _compose(text, file)
    return _from_node(node, file, set(), 0)


def parse_json(text: str, file: str) -> Plain:
    """The tree of a JSON text; numbers stay as written. Raises SheetError with the line."""

    def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        tree = dict(pairs)
        if len(tree) != len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise SheetError(f"項目「{twice}」が2度あります。", place=Place(file=file))
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
            f"JSON として読めません（{error.msg}）。", place=Place(file=file, line=error.lineno)
        ) from None
    except RecursionError:
        raise SheetError("入れ子が深すぎます。", place=Place(file=file)) from None
    return _plain_json(tree, file, 0)


def line_of(text: str, path: Iterable[str | int]) -> int | None:
    """The line, from 1, of the value at `path` in a YAML (or JSON) text; None where unknown.

    Follows the path as far as it goes, so a missing key gives the line of its parent.
    """
    try:
        node = yaml.compose(text, _Loader)
    except (yaml.YAMLError, RecursionError):
        return None
    for step in path:
        child = _child(node, step)
        if child is None:
            break
        node = child
    return node.start_mark.line + 1 if node is not None else None


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def _compose(text: str, file: str) -> Any:
    _check_depth(text, file)
    try:
        return yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        _refuse(error, file)
    except RecursionError:
        raise SheetError("入れ子が深すぎます。", place=Place(file=file)) from None


def _check_depth(text: str, file: str) -> None:
    # The composer is recursive C code without a limit: count brackets and indents before it runs.
    brackets = text.count("[") + text.count("{")
    dashes = max((len(line) - len(line.lstrip(" -")) for line in text.splitlines()), default=0)
    if brackets < 1000 and dashes < 1000:
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise SheetError("入れ子が深すぎます。", place=Place(file=file))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError as error:
        _refuse(error, file)


def _refuse(error: yaml.YAMLError, file: str) -> NoReturn:
    mark = getattr(error, "problem_mark", None)
    place = Place(file=file, line=mark.line + 1 if mark else None)
    detail = getattr(error, "problem", None) or getattr(error, "reason", None) or "書き方の誤り"
    raise SheetError(
        f"YAML として読めません（{detail}）。",
        place=place,
        hint="字下げ、引用符、コロンの後の空白を確かめてください。",
    ) from None


def _from_node(node: Any, file: str, seen: set[int], depth: int) -> Plain:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if node is None:
        return None
    place = Place(file=file, line=node.start_mark.line + 1)
    if id(node) in seen:
        raise SheetError("YAML の別名（* と &）は使えません。", place=place)
    if depth > MAX_DEPTH:
        raise SheetError("入れ子が深すぎます。", place=place)
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_from_node(item, file, seen, depth + 1) for item in node.value]
    tree: dict[str, Plain] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise SheetError("項目名は一つの文字列で書いてください。", place=place)
        if key.value in tree:
            line = key.start_mark.line + 1
            raise SheetError(
                f"項目「{key.value}」が2度あります。", place=Place(file=file, line=line)
            )
        tree[key.value] = _from_node(value, file, seen, depth + 1)
    return tree


def _plain_json(tree: Any, file: str, depth: int) -> Plain:
    if depth > MAX_DEPTH:
        raise SheetError("入れ子が深すぎます。", place=Place(file=file))
    if isinstance(tree, dict):
        return {key: _plain_json(value, file, depth + 1) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain_json(value, file, depth + 1) for value in tree]
    if isinstance(tree, bool):
        return "true" if tree else "false"
    if isinstance(tree, str) and any("\ud800" <= char <= "\udfff" for char in tree):
        raise SheetError("文字として正しくない値があります（サロゲート）。", place=Place(file=file))
    return None if tree is None else str(tree)
