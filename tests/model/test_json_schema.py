"""The JSON Schema against a small validator of our own: only what the schema uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from gyomu_docs.model import Sheet
from gyomu_docs.model.sheet_file import json_schema, load_yaml, to_plain
from tests.model.test_sheet_file import CONTRACT
from tests.support.sheets import sheet, sheets

SCHEMA = json_schema()
TYPES = {
    "string": str,
    "object": dict,
    "array": list,
    "number": int | float,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
KNOWN_WORDS = {
    *("$schema", "$defs", "$ref", "title", "description", "default", "examples", "type"),
    *("properties", "required", "items", "additionalProperties", "pattern"),
}


def faults(value: Any, schema: Any = SCHEMA, path: str = "") -> Iterator[str]:
    """What the schema does not allow in `value`."""
    if "$ref" in schema:
        yield from faults(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], path)
        return
    allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, TYPES[name]) for name in allowed):
        yield f"{path}: type"
    elif isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{path}: pattern"
    elif isinstance(value, list):
        for item in value:
            yield from faults(item, schema["items"], f"{path}[]")
    elif isinstance(value, dict):
        properties, others = schema.get("properties", {}), schema["additionalProperties"]
        yield from (f"{path}: no {key}" for key in schema.get("required", ()) if key not in value)
        for key, item in value.items():
            if key in properties or others:
                yield from faults(item, properties.get(key, others), f"{path}.{key}")
            else:
                yield f"{path}.{key}: unknown"


def objects() -> list[tuple[str, Any]]:
    return [("Sheet", SCHEMA), *SCHEMA["$defs"].items()]


@pytest.mark.parametrize(("name", "schema"), objects(), ids=lambda item: str(item)[:20])
def test_titles_and_descriptions_are_japanese(name: str, schema: Any) -> None:
    japanese = re.compile(r"[ぁ-んァ-ヶ一-龠]")
    for text in (schema["title"], schema["description"]):
        assert japanese.search(text), name
    for key, item in schema["properties"].items():
        assert item.get("title", key) == key
        assert japanese.search(item["description"]), f"{name}.{key}"
        assert item["description"].endswith(("。", '"', "-")) or "例: " in item["description"]


@pytest.mark.parametrize(("name", "schema"), objects(), ids=lambda item: str(item)[:20])
def test_unknown_keys_are_forbidden(name: str, schema: Any) -> None:
    assert schema["type"] == "object", name
    assert schema["additionalProperties"] is False


def test_every_key_of_the_contract_is_known() -> None:
    keys = {name: " ".join(schema["properties"]) for name, schema in objects()}
    assert keys == {
        "Sheet": "年度 シートNo シート名 所属 総合計画 人工 予算 任務目的 行政活動 注記 総括 "
        "今後の方針 追加項目",
        "PlanPosition": "名称 基本目的 施策目的 施策の方向",
        "Staffing": "このシート すべてのシート",
        "StaffCount": "正規 会計年度任用 再任用",
        "BudgetLine": "款 項 目 事業名 予算額",
        "MissionPurpose": "目的 指標 実績 目標 達成 備考 追加項目",
        "Activity": "コード 手段 指標 実績 目標 達成 備考 事業費 追加項目",
        "CostRow": "事業名 決算 予算",
        "TextBox": "見出し 本文",
    }
    assert SCHEMA["required"] == ["年度", "シートNo"]
    assert SCHEMA["$defs"]["Activity"]["required"] == ["コード"]


def test_the_schema_says_which_draft_it_follows() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["title"] == "業務棚卸表シート"


def test_the_validator_here_knows_every_word_of_the_schema() -> None:
    def words(node: Any) -> Iterator[str]:
        if isinstance(node, list):
            for item in node:
                yield from words(item)
        elif isinstance(node, dict):
            yield from node
            for key, item in node.items():
                if key in ("properties", "$defs"):
                    yield from words(list(item.values()))
                elif key not in ("default", "examples"):
                    yield from words(item)

    assert set(words(SCHEMA)) <= KNOWN_WORDS


def test_the_contract_conforms_as_an_editor_reads_it() -> None:
    # An editor sees numbers, dates and nulls where we see texts.
    assert list(faults(yaml.safe_load(CONTRACT))) == []
    assert list(faults(to_plain(load_yaml(CONTRACT, "041.yaml")[0]))) == []
    assert list(faults({"年度": 2021, "シートNo": 41, "所属": None})) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=30)
@given(sheets())
def test_every_sheet_conforms(one: Sheet) -> None:
    assert list(faults(to_plain(one))) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"シート番号": "1"}, [".シート番号: unknown"]),
        ({"title": "x"}, [".title: unknown"]),
        ({"シートNo": " "}, [".シートNo: pattern"]),
        ({"年度": ["R3"]}, [".年度: type"]),
        ({"年度": None}, [".年度: type"]),
        ({"シートNo": None}, [".シートNo: type"]),
        ({"予算": {"款": "8"}}, [".予算: type"]),
        ({"予算": [{"項目": "8"}]}, [".予算[].項目: unknown"]),
        ({"行政活動": [{"手段": "x"}]}, [".行政活動[]: no コード"]),
        ({"行政活動": [{"コード": "010"}]}, [".行政活動[].コード: pattern"]),
        ({"行政活動": [{"コード": 101}]}, [".行政活動[].コード: type"]),
        ({"任務目的": [{"実績": {"R2": ["1"]}}]}, [".任務目的[].実績.R2: type"]),
        ({"人工": {"このシート": {"正職員": "1"}}}, [".人工.このシート.正職員: unknown"]),
        ({"追加項目": {"x": {}}}, [".追加項目.x: type"]),
        ({"総括": {"本文": "段落"}}, [".総括.本文: type"]),
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(change: Any, found: list[str]) -> None:
    assert list(faults({**to_plain(sheet()), **change})) == found
