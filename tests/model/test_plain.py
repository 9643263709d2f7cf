from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from gyomu_docs.errors import SheetError
from gyomu_docs.model.plain import MAX_DEPTH, Plain, line_of, parse_json, parse_yaml
from tests.support.sheets import ODD_TEXTS

UNQUOTED = (
    *("53%", "1244", "R元", "0101", "3.0", "yes", "No", "true", "null", "~", "0x1F", "1_000"),
    *(
        "2021-04-01",
        "12:30:45",
        "-5",
        ".5",
        "1e3",
        "=",
        "<<",
        "○",
        "↑",
        "a b",
        "a　b",
        "1,027",
    ),
    *(
        "𠮷野家",
        "葛\U000e0100城",
        "👨‍👩‍👧",
        "a\tb",
        "字" * 5000,
        "　字下げ　",
        "5:30",
        "a#b",
        "http://x",
    ),
    *("\x85改", "改\x85行", "行\u2028区切り", "段\u2029落", "\u2028", "\ufdd0\x85"),
)


@pytest.mark.parametrize("scalar", UNQUOTED)
def test_a_bare_yaml_scalar_is_its_text(scalar: str) -> None:
    assert parse_yaml(f"値: {scalar}\n次: x\n", "a.yaml") == {"値": scalar, "次": "x"}
    assert parse_yaml(f"- {scalar}\n- x", "a.yaml") == [scalar, "x"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('" 53% "', " 53% "),
        ("' 前後 '", " 前後 "),
        ("  53%  ", "53%"),
        ("|\n  一\n  二\n", "一\n二\n"),
        (">\n  一\n  二\n", "一 二\n"),
        ("|-\n  一\n\n   二", "一\n\n 二"),
        ('"a\\x0Bb\\N\\L\\P\\0"', "a\x0bb\x85\u2028\u2029\x00"),
        ('"改\x85行"', "改\x85行"),
        ("", ""),
        ('""', ""),
    ],
)
def test_quoted_and_block_scalars(written: str, text: str) -> None:
    assert parse_yaml(f"値: {written}", "a.yaml") == {"値": text}


def test_keys_are_texts_too() -> None:
    written = "1: a\nyes: b\n~: c\n<<: d\n? 長い\n: e\n'': f\nキ\u2028ー: g"
    keys = ["1", "yes", "~", "<<", "長い", "", "キ\u2028ー"]
    assert parse_yaml(written, "a.yaml") == dict(zip(keys, "abcdefg", strict=True))


@pytest.mark.parametrize(
    ("text", "tree"),
    [("", None), ("# 覚え書き\n", None), ("---\n", ""), ("{}", {}), ("[]", []), ("- {}", [{}])],
)
def test_documents_without_content(text: str, tree: Plain) -> None:
    assert parse_yaml(text, "a.yaml") == tree


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3", 3, "項目「a」が2度あります"),
        ("a:\n  - x: 1\n    x: 1", 3, "項目「x」が2度あります"),
        ("a: 1\nb: &x [1]", 2, "別名"),
        ("a: 1\nb: &1 位", 2, "別名"),
        ("a: 1\n&x b: 2", 2, "別名"),
        ("a: 1\nb: *x", 2, "別名"),
        ("a: 1\nb: !x y", 2, "型の指定"),
        ("a: 1\nb: !!int '3'", 2, "型の指定"),
        ("a: 1\nb: ! x", 2, "型の指定"),
        ("a: 1\nb: !!map {}", 2, "型の指定"),
        ("a: 1\n*x : 2", 2, "別名"),
        ("a: 1\n? [b]\n: 2", 2, "項目名は一つの文字列"),
        ("a: 1\n---\na: 2", 2, "2つの文書"),
        ("a: 1\nb: [1, 2\nc: 3", 3, "YAML として読めません"),
        ("a: 1\n\tb: 2", 2, "YAML として読めません（字下げにタブがあります）"),
        ("a:\n  b: 2\n\tc: 3", 3, "YAML として読めません（字下げにタブがあります）"),
        ("a: 1\nb: x: y", 2, "YAML として読めません"),
        ('a: "1\nb: 2', 2, "YAML として読めません"),
        ("a: 1\nb: @x", 2, "YAML として読めません"),
        ("a: 1\nb: x\x0by", 2, "U\\+000B"),
        ("a: 1\n\nb: \x00", 3, "U\\+0000"),
        ("a: \ud800", 1, "U\\+D800"),
        ('a: "\\ud800"', 1, "YAML として読めません"),
    ],
)
def test_yaml_that_is_refused_names_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(SheetError, match=message) as error:
        parse_yaml(text, "緑 課/041.yaml")
    assert (error.value.place.file, error.value.place.line) == ("緑 課/041.yaml", line)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("-", '「-」で始まる値は引用符で囲んでください: "-"。'),
        ("- 千円", '「-」で始まる値は引用符で囲んでください: "-"。'),
        ("期間: 3年", "「: 」を含む値は引用符で囲んでください。"),
        ("@課", "字下げにタブは使えません。記号で始まる値は引用符で囲んでください"),
        ("*", "記号で始まる値は引用符で囲んでください"),
        ("!重要", "記号で始まる値は引用符で囲んでください"),
        ("'開いたまま", "引用符を閉じてください。"),
        ("[1, 2", "字下げ、引用符、コロンの後の空白"),
    ],
)
def test_the_hint_says_what_to_quote(value: str, hint: str) -> None:
    with pytest.raises(SheetError) as error:
        parse_yaml(f"目標: {value}\n達成: ○\n", "a.yaml")
    assert error.value.hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("年度： R3\nシートNo: 4\n", 1),
        ("年度：R3\nシートNo：41\nシート名: x\n", 1),
        ("年度: R3\n所属：課\n総括:\n  見出し：x\n", 2),
        ("総括:\n  見出し：x\n  本文: [a]\n", 2),
        ("予算:\n  - 款：8\n    項: 4\n", 2),
        ("年度: R3\n所属：課", 2),
        ("注記:\n  - 注：R2から\n年度: R3\n所属：課\n", 4),
    ],
)
def test_a_wide_colon_behind_a_key_is_named(text: str, line: int) -> None:
    with pytest.raises(SheetError, match="コロンが全角です") as error:
        parse_yaml(text, "a.yaml")
    assert error.value.place.line == line
    assert error.value.hint.startswith("項目名の後のコロン（:）は半角に")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("注記:\n  - 注：R2から\n年度: R3\n目標: -\n", 4),
        ("注記:\n  - 注：R2から\n年度: R3\n期間: 3年: 4年\n", 4),
        ("注記: [注：R2から\n", 2),
    ],
)
def test_a_wide_colon_in_a_text_is_not_blamed(text: str, line: int) -> None:
    with pytest.raises(SheetError) as error:
        parse_yaml(text, "a.yaml")
    assert "全角" not in error.value.message
    assert error.value.place.line == line


def test_a_dash_needs_no_quotes_within_brackets() -> None:
    assert parse_yaml("{R元: -, R2: -}", "a.yaml") == {"R元": "-", "R2": "-"}


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_any_line_end_counts_as_one_line(breaks: str) -> None:
    text = breaks.join(["a: 改\x85行\u2028区切り", "b: |", "  一", "  二", "c: [", ""])
    with pytest.raises(SheetError) as error:
        parse_yaml(text, "a.yaml")
    assert error.value.place.line == 6


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('{"a": 3.0, "b": 1e3, "c": -0, "d": 1244}', ["3.0", "1e3", "-0", "1244"]),
        ('{"a": true, "b": false, "c": null}', ["true", "false", ""]),
        ('{"a": NaN, "b": -Infinity}', ["NaN", "-Infinity"]),
        ('{"a": "\\ud842\\udfb7", "b": "\\u0000"}', ["𠮷", "\x00"]),
        ('{"a": [null, 1.50], "b": {"x": null}}', [["", "1.50"], {"x": ""}]),
        ('{"a": ' + "9" * 5000 + "}", ["9" * 5000]),
        ("{}", []),
    ],
)
def test_json_scalars_stay_as_written(text: str, tree: list[Plain]) -> None:
    assert parse_json(text, "a.json") == dict(zip("abcd", tree, strict=False))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"a": 1,\n "b": 2,\n "a": 3}', 3, "項目「a」が2度あります"),
        ('{"a": [{"x": 1,\n\t"x": 2}]}', 2, "項目「x」が2度あります"),
        ('{"a": 1,\n "b": }', 2, "JSON として読めません"),
        ('{"a": 1,\n "b": 2,}', 2, "JSON として読めません"),
        ("{\n'a': 1}", 2, "JSON として読めません"),
        ('{"a": "一\n二"}', 1, "JSON として読めません"),
        ("", 1, "JSON として読めません"),
        ('{"a": "\\ud83d\\ude00",\n "b": ["x",\n "\\ud800"]}', 3, "サロゲート"),
        ('{"a": 1,\n "b": {"\\udfff": 1}}', 2, "サロゲート"),
        ('{"\\ud800": 1}', 1, "サロゲート"),
    ],
)
def test_json_that_is_refused_names_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(SheetError, match=message) as error:
        parse_json(text, "a.json")
    assert (error.value.place.file, error.value.place.line) == ("a.json", line)


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = ["a0: &a0 [" + "x," * 9 + "x]"]
    bomb += [f"a{n}: &a{n} [" + f"*a{n - 1}," * 9 + f"*a{n - 1}]" for n in range(1, 30)]
    start = time.perf_counter()
    with pytest.raises(SheetError, match="別名"):
        parse_yaml("\n".join(bomb), "a.yaml")
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("opened", "closed"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("a:\n", "")]
)
def test_the_depth_has_a_limit(opened: str, closed: str) -> None:
    def nested(levels: int) -> str:
        lines = [" " * level * opened.endswith("\n") + opened for level in range(levels)]
        return "".join(lines) + " " * levels + "x" + closed * levels

    assert parse_yaml(nested(MAX_DEPTH), "a.yaml")
    with pytest.raises(SheetError, match="入れ子が深すぎます"):
        parse_yaml(nested(MAX_DEPTH + 1), "a.yaml")


def test_json_has_the_same_limit() -> None:
    assert parse_json("[" * MAX_DEPTH + "]" * MAX_DEPTH, "a.json")
    with pytest.raises(SheetError, match="入れ子が深すぎます"):
        parse_json("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2), "a.json")


DEEP = {
    "yaml-brackets": "'[' * 100_000",
    "yaml-closed-brackets": "'[' * 100_000 + ']' * 100_000",
    "yaml-braces": "'{a: ' * 100_000",
    "yaml-dashes": "'- ' * 100_000 + 'x'",
    "yaml-question-marks": "'? ' * 100_000 + 'x'",
    "yaml-questions-and-dashes": "'? - ' * 100_000 + 'x'",
    "yaml-indentation": "chr(10).join(' ' * n + 'a:' for n in range(10_000))",
    "yaml-indented-questions": "chr(10).join(' ' * n + '?' for n in range(10_000))",
    "json-brackets": "'[' * 100_000",
    "json-closed-brackets": "'[' * 100_000 + ']' * 100_000",
    "json-braces": "'{\"a\":' * 100_000",
    "json-twice-and-deep": "'{\"a\":1,\"a\":' + '[' * 900 + ']' * 900 + '}'",
}


@pytest.mark.parametrize("case", DEEP)
def test_deep_nesting_does_not_crash_the_interpreter(case: str) -> None:
    # In a process of its own: a stack overflow in C would take the test run down with it.
    script = (
        "from gyomu_docs.errors import SheetError\n"
        f"from gyomu_docs.model.plain import parse_{case[:4]} as parse\n"
        f"try: parse({DEEP[case]}, 'a')\n"
        "except SheetError as error: print('refused', error.message)"
    )
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stdout[:7]) == (0, "refused"), run.stderr[-500:]


YAML = """\
年度: R3
人工:
  このシート: {正規: 1,
    再任用: 2}
行政活動:
  - コード: "01"
    手段:
      x
  -
    コード: "02"
    事業費:
    - 事業名: a
    - 事業名: b
"""
JSON = """\
{"年度": "R3",
"行政活動":
 [{"コード": "01"},
\t{"コード":"02"},
 {"a": "\\ud842\\udfb7"}]}"""


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        (YAML, [], 1),
        (YAML, ["年度"], 1),
        (YAML, ["人工", "このシート", "正規"], 3),
        (YAML, ["人工", "このシート", "再任用"], 4),
        (YAML, ["行政活動"], 5),
        (YAML, ["行政活動", 0], 6),
        (YAML, ["行政活動", 0, "手段"], 7),
        (YAML, ["行政活動", 1, "コード"], 10),
        (YAML, ["行政活動", 1, "事業費"], 11),
        (YAML, ["行政活動", 1, "事業費", 1, "事業名"], 13),
        (YAML, ["行政活動", 1, "ない"], 10),
        (YAML, ["行政活動", 5, "コード"], 5),
        (YAML, ["ない"], 1),
        (YAML + "壊: [", ["行政活動", 0, "手段"], 7),
        (JSON, ["行政活動"], 2),
        (JSON, ["行政活動", 0, "コード"], 3),
        (JSON, ["行政活動", 1, "コード"], 4),
        (JSON, ["行政活動", 2], 5),
        ("", [], None),
        ("[", ["a"], 1),
        ("? [a]\n: b", ["c"], 1),
    ],
)
def test_line_of_a_key_or_an_item(text: str, path: list[str | int], line: int | None) -> None:
    assert line_of(text, path) == line


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_no_odd_text_hides_the_lines_below_it_in_json(odd: str) -> None:
    text = json.dumps({"値": odd, "次": 1}, ensure_ascii=False, indent=0)
    assert line_of(text, ["次"]) == 3
