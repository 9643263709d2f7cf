"""The sheet file: `Sheet` from and to YAML and JSON (the keys are the labels of the form)."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml
from pydantic import ValidationError

from gyomu_docs.errors import Diagnostic, Place, SheetError
from gyomu_docs.model.by_year import TextsByYear
from gyomu_docs.model.oddities import oddities
from gyomu_docs.model.plain import Plain, parse_yaml
from gyomu_docs.model.refusal import sheet_error
from gyomu_docs.model.sheet import Model, Sheet

KEY_OF_A_SHEET = "シートNo"
"""A YAML or JSON file with this key is a sheet; booklet.yaml and checks.yaml have none."""

_LEADING_KEYS = ("コード", "目的", "手段")
"""Written first in a row, though pydantic lists the fields of a base class before them."""

_FLOW_KEYS = frozenset({"このシート", "すべてのシート", "実績", "決算", "予算"})
_FLOW_LISTS = frozenset({"予算"})
_NUMBER_IN_YAML_1_2 = re.compile(
    r"[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|\.(?i:inf|nan)"
    r"|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
)
"""Texts that another YAML reader takes for numbers though ours, of YAML 1.1, does not: `08`."""
_BREAKS_IN_YAML_1_1 = re.compile("[\x85\u2028\u2029]")
_EMPTY: tuple[Any, ...] = ("", [], {})


def load_yaml(text: str, file: str) -> tuple[Sheet, list[Diagnostic]]:
    """Read a sheet from YAML text; `file` names it in messages. Raises SheetError."""
    return sheet_from_plain(parse_yaml(text, file), text, file)


def sheet_from_plain(tree: Plain, text: str, file: str) -> tuple[Sheet, list[Diagnostic]]:
    """Check a plain tree against the model; `text` is only read for the lines of errors.

    Raises SheetError for the first fault, with the rest as its `others`.
    """
    if not isinstance(tree, dict):
        raise SheetError(
            "シートのファイルではありません（年度、シートNo などの項目が要ります）。",
            place=Place(file=file, line=1),
        )
    try:
        # The English names are for Python: in a file they would be keys that nobody documents.
        sheet = Sheet.model_validate(tree, by_alias=True, by_name=False)
    except ValidationError as error:
        raise sheet_error(error, text, file) from None
    return sheet, list(oddities(sheet, file))


def dump_yaml(sheet: Sheet) -> str:
    """The sheet as YAML: one key order, quotes where YAML would misread a text, no folding."""
    tree = to_plain(sheet)
    dumper = _PyDumper if _has_astral(tree) else _CDumper
    return str(
        yaml.dump(
            _flow(tree),
            Dumper=dumper,
            allow_unicode=True,
            sort_keys=False,
            width=1_000_000,
            default_flow_style=False,
        )
    )


def dump_json(sheet: Sheet) -> str:
    """The sheet as JSON: the same tree, indented, with a final line end."""
    return json.dumps(to_plain(sheet), ensure_ascii=False, indent=2) + "\n"


def to_plain(sheet: Sheet) -> dict[str, Any]:
    """The sheet as a tree of dicts, lists and texts; what is empty is left out."""
    plain: dict[str, Any] = _plain(sheet)
    return plain


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the sheet file; titles are the keys, descriptions in Japanese."""
    schema = Sheet.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_any_scalar(schema)}


def _any_scalar(node: Any) -> Any:
    # To an editor `予算額: 48200` is a number and `備考:` a null; to us both are texts. A code
    # stays a string, so that an editor asks for the quotes that other programs need.
    if isinstance(node, list):
        return [_any_scalar(item) for item in node]
    if not isinstance(node, dict):
        return node
    keys = sorted(node, key=lambda key: key not in _LEADING_KEYS)
    node = {key: _any_scalar(node[key]) for key in keys}
    if node.get("type") == "string" and "pattern" not in node:
        node["type"] = ["string", "number", "boolean", "null"]
    return node


def _plain(value: object) -> Any:
    if isinstance(value, Model):
        plain = {
            field.alias or name: _plain(getattr(value, name))
            for name, field in type(value).model_fields.items()
        }
        keys = sorted(plain, key=lambda key: key not in _LEADING_KEYS)
        return {key: plain[key] for key in keys if plain[key] not in _EMPTY}
    if isinstance(value, TextsByYear):
        # A year without a text is blank, which differs from a year that is not there: keep it.
        return value.to_plain()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return dict(value)
    return str(value)


class _Flow(dict[str, Any]):
    """A mapping that YAML writes on one line."""


def _flow(tree: Any, key: str = "") -> Any:
    """Mark the small mappings of the tree that stand on one line each."""
    if isinstance(tree, dict):
        plain = {name: _flow(item, name) for name, item in tree.items()}
        return _Flow(plain) if key in _FLOW_KEYS else plain
    if isinstance(tree, list):
        items = [_flow(item) for item in tree]
        return [_Flow(item) for item in items] if key in _FLOW_LISTS else items
    return tree


def _represent_flow(dumper: yaml.representer.SafeRepresenter, value: _Flow) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


def _represent_text(dumper: yaml.representer.SafeRepresenter, value: str) -> yaml.Node:
    style = '"' if _BREAKS_IN_YAML_1_1.search(value) else "|" if "\n" in value else None
    if _NUMBER_IN_YAML_1_2.fullmatch(value):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style)


class _PyDumper(yaml.SafeDumper):
    pass


class _CDumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    pass


for _dumper in (_PyDumper, _CDumper):
    _dumper.add_representer(_Flow, _represent_flow)
    _dumper.add_representer(str, _represent_text)


def _has_astral(tree: Any) -> bool:
    # libyaml escapes characters beyond U+FFFF (𠮷), which staff could not read any more.
    if isinstance(tree, dict):
        return any(_has_astral(key) or _has_astral(item) for key, item in tree.items())
    if isinstance(tree, list):
        return any(_has_astral(item) for item in tree)
    return any(char > "\uffff" for char in tree)
