from __future__ import annotations

import pytest

from gyomu_docs.errors import SheetError
from gyomu_docs.model.sheet_file import load_yaml
from tests.support.sheets import load_json

HEAD = "年度: R3\nシートNo: 41\n"
LONG = """\
年度: R3
シートNo: 41
総合計画:
  名称: 計画
  {plan}
人工:
  このシート:
    正規: 3.0
    {count}
  {staffing}
予算:
  - 款: 8
    {line}
任務目的:
  - 目的: a
    実績:
      H30: 1
      {year}
    {purpose}
行政活動:
  - コード: "01"
    事業費:
      - 事業名: b
        決算:
          R2: 5
          {settled}
        {cost}
    {activity}
総括:
  見出し: c
  {box}
{sheet}
"""


def refused(text: str) -> SheetError:
    with pytest.raises(SheetError) as error:
        load_yaml(text, "緑 課/041.yaml")
    assert error.value.place.file == "緑 課/041.yaml"
    return error.value


def with_line(where: str, line: str) -> tuple[str, int]:
    """The long sheet with `line` at `where` only, and the number of that line."""
    rows = [row for row in LONG.splitlines() if "{" not in row or f"{{{where}}}" in row]
    number = next(number for number, row in enumerate(rows, 1) if "{" in row)
    return "\n".join(rows).replace(f"{{{where}}}", line), number


def test_the_long_sheet_is_sound() -> None:
    load_yaml(with_line("sheet", "シート名: x")[0], "041.yaml")


def test_all_faults_of_a_file_are_told_by_their_lines() -> None:
    text = HEAD + "シート目: 道路\n総合計画:\n  基本目標: I\n所属: [a]\n人工: 2\n"
    first = refused(text)
    assert [(one.place.line, one.message) for one in (first, *first.others)] == [
        (3, "項目「シート目」は使えません。"),
        (5, "項目「総合計画.基本目標」は使えません。"),
        (6, "「所属」は一つの文字列で書いてください。"),
        (7, "「人工」は「項目: 値」の並びで書いてください。"),
    ]


def test_every_code_that_is_given_twice_is_told() -> None:
    rows = "".join(f'- コード: "{code}"\n' for code in ("01", "02", "01", "02", "01"))
    first = refused(f"{HEAD}行政活動:\n{rows}")
    assert [(one.place.line, one.message) for one in (first, *first.others)] == [
        (6, "業務コード「01」が2度あります。"),
        (7, "業務コード「02」が2度あります。"),
        (8, "業務コード「01」が2度あります。"),
    ]


def test_of_very_many_faults_the_rest_is_counted() -> None:
    first = refused(HEAD + "".join(f"疑{number}: 1\n" for number in range(25)))
    assert len(first.others) == 20
    assert first.others[-1].message == "ほかに5件の誤りがあります。"


@pytest.mark.parametrize(
    ("where", "key", "path", "near"),
    [
        ("sheet", "シート番", "シート番", "シート名"),
        ("sheet", "シートＮＯ．", "シートＮＯ．", "シートNo"),
        ("sheet", "今後の方向", "今後の方向", "今後の方針"),
        ("sheet", "年", "年", "年度"),
        ("plan", "基本目標", "総合計画.基本目標", "基本目的"),
        ("count", "会計年度任用職員", "人工.このシート.会計年度任用職員", "会計年度任用"),
        ("staffing", "全てのシート", "人工.全てのシート", "すべてのシート"),
        ("line", "予算", "予算[1].予算", "予算額"),
        ("purpose", "達成度", "任務目的[1].達成度", "達成"),
        ("activity", "手　段", "行政活動[1].手　段", "手段"),
        ("activity", "目的", "行政活動[1].目的", "目標"),
        ("cost", "決算額", "行政活動[1].事業費[1].決算額", "決算"),
        ("box", "見だし", "総括.見だし", "見出し"),
    ],
)
def test_an_unknown_key_names_its_line_and_the_nearest(
    where: str, key: str, path: str, near: str
) -> None:
    for value in (" x", "", " [x]"):
        text, line = with_line(where, f"{key}:{value}")
        error = refused(text)
        assert (error.message, error.place.line) == (f"項目「{path}」は使えません。", line)
        assert error.hint == f"「{near}」ではありませんか。"


def test_an_unknown_key_is_placed_at_the_key_not_at_its_value() -> None:
    assert refused(f"{HEAD}予箅:\n\n  - 款: 8\n").place.line == 3


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (f"{HEAD}zzz: 1", "使える項目: 年度、シートNo、シート名、所属、総合計画"),
        (f"{HEAD}title: x", "使える項目: 年度、シートNo"),
        (f"{HEAD}予算: [{{name: x}}]", "使える項目: 款、項、目、事業名、予算額"),
    ],
)
def test_without_a_near_key_all_are_listed(text: str, hint: str) -> None:
    error = refused(text)
    assert error.place.line == 3
    assert error.hint.startswith(hint)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("シート名: [a]", "「シート名」は一つの文字列で書いてください。"),
        ("シート名: {a: b}", "「シート名」は一つの文字列で書いてください。"),
        ("所属:\n  - a", "「所属」は一つの文字列で書いてください。"),
        ("予算: 多い", "「予算」は「- 」で始まる行の並びで書いてください。"),
        ("予算: {款: 8}", "「予算」は「- 」で始まる行の並びで書いてください。"),
        ("予算: [多い]", "「予算[1]」は「項目: 値」の並びで書いてください。"),
        ("人工: []", "「人工」は「項目: 値」の並びで書いてください。"),
        ("人工: {このシート: 3}", "「人工.このシート」は「項目: 値」の並びで書いてください。"),
        ("注記: 一つだけ", "「注記」は「- 」で始まる行の並びで書いてください。"),
        ("注記: [{a: b}]", "「注記[1]」は一つの文字列で書いてください。"),
        ("総括: [段落]", "「総括」は「項目: 値」の並びで書いてください。"),
        ("総括: {本文: 段落}", "「総括.本文」は「- 」で始まる行の並びで書いてください。"),
        ("追加項目: [a]", "「追加項目」は「項目: 値」の並びで書いてください。"),
        ("追加項目: {a: [b]}", "「追加項目.a」は一つの文字列で書いてください。"),
        ("任務目的: [{実績: [1]}]", "「任務目的[1].実績」: 年度ごとの値は {R2: 値, R3: 値} の形"),
        ("任務目的: [{実績: {R2: [1]}}]", "「任務目的[1].実績」: R2 の値は一つの文字列"),
        ("任務目的: [{実績: 5}]", "「任務目的[1].実績」: 年度ごとの値は"),
    ],
)
def test_wrong_shapes(line: str, message: str) -> None:
    error = refused(HEAD + line)
    assert error.message.startswith(message)
    assert error.place.line == 3


@pytest.mark.parametrize("text", ["", "# 空", "- a", "年度", "---", "[]", '""'])
def test_what_is_no_sheet_at_all(text: str) -> None:
    error = refused(text)
    assert error.message.startswith("シートのファイルではありません")
    assert error.place.line == 1


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("シートNo: 1", "項目「年度」がありません。", 1),
        ("年度:\nシートNo: 1", "項目「年度」がありません。", 1),
        ("シート名: x\n年度: R3", "項目「シートNo」がありません。", 1),
        ("年度: R3\nシートNo:", "項目「シートNo」がありません。", 2),
        ("年度: R3\nシートNo: '　'", "項目「シートNo」が空です。", 2),
        (
            f"{HEAD}行政活動:\n- コード: '01'\n- 手段: x",
            "項目「行政活動[2].コード」がありません。",
            5,
        ),
        ("{}", "項目「年度」がありません。", 1),
    ],
)
def test_what_is_missing(text: str, message: str, line: int) -> None:
    error = refused(text)
    assert (error.message, error.place.line) == (message, line)


@pytest.mark.parametrize("code", ["1", "010", "01010", "01010101", "０１", "0a", "1.0", "01 "])
def test_a_code_not_of_2_4_or_6_digits(code: str) -> None:
    error = refused(f"{HEAD}行政活動:\n  - コード: '01'\n  - 手段: x\n    コード: '{code}'\n")
    assert error.message == (
        f"「行政活動[2].コード」: 業務コード「{code}」は使えません。"
        "半角数字の2桁、4桁、6桁で書いてください。"
    )
    assert error.place.line == 6


def test_a_code_given_twice_names_the_line_of_the_second() -> None:
    rows = "".join(f"  - 手段: x\n    コード: '{code}'\n" for code in ("01", "02", "01", "02"))
    error = refused(f"{HEAD}行政活動:\n{rows}")
    assert (error.message, error.place.line) == ("業務コード「01」が2度あります。", 9)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("年度: 3", "「年度」: 年度「3」を読み取れません"),
        ("年度: R0", "「年度」: 年度「R0」を読み取れません"),
        ("年度: [R3]", "「年度」: 年度は一つの文字列で書いてください"),
        ("年度: {R3: x}", "「年度」: 年度は一つの文字列で書いてください"),
    ],
)
def test_a_year_of_the_sheet_not_understood(line: str, message: str) -> None:
    error = refused(f"シートNo: 1\n{line}")
    assert error.message.startswith(message)
    assert error.place.line == 2


@pytest.mark.parametrize(
    ("where", "line", "message"),
    [
        ("year", "3: 2", "「任務目的[1].実績」: 年度「3」を読み取れません"),
        ("year", "H３０: 2", "年度「H３０」が2度あります（「H30」と同じ年度です）"),
        ("year", "R2: [2]", "R2 の値は一つの文字列"),
        ("settled", "2020: 2", "「行政活動[1].事業費[1].決算」: 年度「2020」が2度あります"),
        ("settled", "合計: 2", "年度「合計」を読み取れません"),
    ],
)
def test_a_year_of_a_value_names_its_own_line(where: str, line: str, message: str) -> None:
    text, number = with_line(where, line)
    error = refused(text)
    assert message in error.message
    assert error.place.line == number


def test_one_year_under_two_spellings() -> None:
    error = refused(f"{HEAD}任務目的:\n- 実績: {{R元: 1, R1: 1}}")
    assert "年度「R1」が2度あります（「R元」と同じ年度です）" in error.message


@pytest.mark.parametrize(
    "line",
    [
        "予算: [{予算額: 1,027}]",
        "予算: [{予算額: 48,200 千円, 事業名: x}]",
        "行政活動: [{コード: '01', 事業費: [{決算: {R2: 45,100, R3: 1}}]}]",
    ],
)
def test_a_comma_that_cut_an_amount_is_recognised(line: str) -> None:
    assert refused(HEAD + line).hint.startswith("コンマのある値は引用符で囲んでください")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            '{"年度": "R3",\n "シートNo": 1,\n "シートめい": "x"}',
            3,
            "項目「シートめい」は使えません",
        ),
        ('{"年度": "R3",\n "シートNo": 1,\n "注記":\n ["a",\n ["b"]]}', 5, "「注記[2]」は一つの"),
        ('{"シートNo": "\\ud842\\udfb7",\n "年度": 3}', 2, "年度「3」を読み取れません"),
        ('{"年度": "R3",\n "シートNo": null}', 2, "項目「シートNo」がありません"),
        ("[1]", 1, "シートのファイルではありません"),
        ("null", 1, "シートのファイルではありません"),
    ],
)
def test_json_is_refused_with_lines_too(text: str, line: int, message: str) -> None:
    with pytest.raises(SheetError, match=message.replace("[2]", r"\[2\]")) as error:
        load_json(text, "041.json")
    assert error.value.place.line == line


def test_an_error_is_one_line_and_one_for_the_hint() -> None:
    error = refused(HEAD + '"シート\\n名": x\n')
    assert str(error) == (
        "緑 課/041.yaml 3行目: 項目「シート 名」は使えません。\n"
        "  ヒント: 「シート名」ではありませんか。"
    )
