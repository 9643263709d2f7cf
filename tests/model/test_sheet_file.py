from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from gyomu_docs.errors import Diagnostic
from gyomu_docs.model import (
    Activity,
    BudgetLine,
    CostRow,
    FiscalYear,
    MissionPurpose,
    PlanPosition,
    Sheet,
    StaffCount,
    Staffing,
    TextBox,
)
from gyomu_docs.model.sheet_file import (
    KEY_OF_A_SHEET,
    dump_json,
    dump_yaml,
    load_yaml,
    sheet_from_plain,
    to_plain,
)
from tests.support.sheets import ODD_TEXTS, load_json, sheet, sheets

Load = Callable[[str, str], tuple[Sheet, list[Diagnostic]]]
any_sheet = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])

CONTRACT = """\
年度: R3                       # also 令和3年度, 令和3, 2021
シートNo: 41
シート名: 公園の管理
所属: 都市建設部 緑のまち推進課     # optional
総合計画:
  名称: 第五次総合計画
  基本目的: III 自然と調和した快適なまち
  施策目的: 12 身近に緑と親しめるまちになる
  施策の方向: [III-12 ..., III-12 ...]
人工:
  このシート: {正規: 3.0, 会計年度任用: 1.5, 再任用: 0.0}
  すべてのシート: {正規: 11.0, 会計年度任用: 4.0, 再任用: 1.0}    # optional
予算:                           # thousand yen
  - {款: 8, 項: 4, 目: 3, 事業名: 公園維持管理事業, 予算額: 48200}
  - {事業名: 緑化推進事業, 予算額: 1350}
任務目的:
  - 目的: 市民が安全に公園を利用できる
    指標: 公園利用者の満足度
    実績: {H28: "71%", H29: "70%", H30: "74%", R元: "-", R2: "-"}
    目標: ↑
    達成: ○
    備考: ...
    追加項目: {困難度: A}
行政活動:                        # flat; the code gives the tree
  - コード: "01"
    手段: 公園を安全に保つ
    指標: 遊具の事故件数
    実績: {H28: "2", H29: 1}
    目標: ↓
    達成: ○
    事業費:
      - 事業名: 公園維持管理事業
        決算: {H28: 45100, H29: 45980, H30: 46020, R元: 47300, R2: "-"}
        予算: {R3: 48200}
  - コード: "0101"
    手段: 遊具を点検する
    追加項目: {困難度: B, 目標年度: R5}
注記: [一つ, 二つ]
総括: {見出し: まとめ, 本文: [段落, 段落]}
今後の方針: {見出し: これから, 本文: [段落]}
追加項目: {評価: 3.0}
"""


def test_the_contract_is_read() -> None:
    read, found = load_yaml(CONTRACT, "041.yaml")
    assert found == []
    assert read == Sheet(
        fiscal_year=FiscalYear(2021),
        number="41",
        title="公園の管理",
        department="都市建設部 緑のまち推進課",
        plan=PlanPosition(
            name="第五次総合計画",
            basic_goal="III 自然と調和した快適なまち",
            policy_goal="12 身近に緑と親しめるまちになる",
            directions=("III-12 ...", "III-12 ..."),
        ),
        staffing=Staffing(
            this_sheet=StaffCount(regular="3.0", fixed_term="1.5", reappointed="0.0"),
            all_sheets=StaffCount(regular="11.0", fixed_term="4.0", reappointed="1.0"),
        ),
        budget=(
            BudgetLine(kan="8", ko="4", moku="3", name="公園維持管理事業", amount="48200"),
            BudgetLine(name="緑化推進事業", amount="1350"),
        ),
        purposes=(
            MissionPurpose(
                purpose="市民が安全に公園を利用できる",
                indicator="公園利用者の満足度",
                results={"H28": "71%", "H29": "70%", "H30": "74%", "R元": "-", "R2": "-"},
                target="↑",
                mark="○",
                remarks="...",
                extras={"困難度": "A"},
            ),
        ),
        activities=(
            Activity(
                code="01",
                means="公園を安全に保つ",
                indicator="遊具の事故件数",
                results={"H28": "2", "H29": "1"},
                target="↓",
                mark="○",
                costs=(
                    CostRow(
                        name="公園維持管理事業",
                        settled=dict(
                            zip(
                                ("H28", "H29", "H30", "R元", "R2"),
                                ("45100", "45980", "46020", "47300", "-"),
                                strict=True,
                            )
                        ),
                        budget={"R3": "48200"},
                    ),
                ),
            ),
            Activity(code="0101", means="遊具を点検する", extras={"困難度": "B", "目標年度": "R5"}),
        ),
        notes=("一つ", "二つ"),
        summary=TextBox(heading="まとめ", paragraphs=("段落", "段落")),
        outlook=TextBox(heading="これから", paragraphs=("段落",)),
        extras={"評価": "3.0"},
    )


def test_a_file_of_a_sheet_is_known_by_a_key_of_the_sheet() -> None:
    assert KEY_OF_A_SHEET in to_plain(sheet())


@pytest.mark.parametrize("load", [load_yaml, load_json])
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_every_text_is_kept_to_the_letter(load: Load, text: str) -> None:
    # JSON in double quotes is YAML too, but for escapes of characters that are none.
    written = json.dumps({"年度": "R3", "シートNo": "1", "シート名": text, "注記": [text]})
    if load is load_yaml:
        written = yaml.safe_dump(json.loads(written))
    read, found = load(written, "001")
    assert (read.title, read.notes, found) == (text, (text,), [])


@pytest.mark.parametrize(
    "scalar",
    ["53%", "1244", "0101", "3.0", "yes", "null", "0x1F", "1_000", "2021-04-01", "~", "-0"],
)
@pytest.mark.parametrize(
    "where",
    [
        "シート名: {}",
        "注記: [{}]",
        "総合計画: {{基本目的: {}}}",
        "総合計画: {{施策の方向: [{}]}}",
        "人工: {{このシート: {{正規: {}}}}}",
        "予算: [{{款: {}, 事業名: {}}}]",
        "任務目的: [{{備考: {}, 実績: {{R2: {}}}, 追加項目: {{x: {}}}}}]",
        "行政活動: [{{コード: 01, 手段: {}, 追加項目: {{{}: {}}}}}]",
        "総括: {{見出し: {}, 本文: [{}]}}",
        "追加項目: {{{}: {}}}",
    ],
)
def test_an_unquoted_scalar_is_text_everywhere(where: str, scalar: str) -> None:
    text = f"年度: 2021\nシートNo: 041\n{where.replace('{}', scalar).format()}\n"
    read, found = load_yaml(text, "041.yaml")
    assert found == []
    assert (read.number, read.fiscal_year.text) == ("041", "2021")
    assert json.dumps(to_plain(read)).count(f'"{scalar}"') == where.count("{}")


@pytest.mark.parametrize(("text", "kept"), [("", None), ("''", None), ("'-'", "-"), ("0", "0")])
def test_blank_dash_and_zero_are_three_things(text: str, kept: str | None) -> None:
    row = f"{{目標: {text}, 実績: {{R2: {text}}}}}"
    read, _ = load_yaml(f"年度: R3\nシートNo: 1\n任務目的: [{row}]\n", "001.yaml")
    assert read.purposes[0].target == (kept or "")
    assert to_plain(read)["任務目的"][0].get("目標") == kept
    assert to_plain(read)["任務目的"][0]["実績"] == {"R2": kept or ""}


@pytest.mark.parametrize(
    ("written", "normal"),
    [("48200", "48200"), ("'48,200 千円'", "48200"), ("４８２００", "48200"), ("'-'", "-")],
)
def test_amounts_are_written_in_their_normal_form(written: str, normal: str) -> None:
    costs = f"[{{決算: {{R2: {written}}}, 予算: {{R3: {written}}}}}]"
    text = f"""\
年度: R3
シートNo: 1
予算: [{{予算額: {written}}}]
行政活動: [{{コード: "01", 事業費: {costs}}}]
"""
    plain = to_plain(load_yaml(text, "001.yaml")[0])
    assert plain["予算"] == [{"予算額": normal}]
    assert plain["行政活動"][0]["事業費"] == [{"決算": {"R2": normal}, "予算": {"R3": normal}}]


@pytest.mark.parametrize("year", ["R3", "令和3年度", "令和3", "2021", "Ｒ３"])
def test_a_year_is_written_as_it_was_read(year: str) -> None:
    read, _ = load_yaml(
        f"年度: {year}\nシートNo: 1\n任務目的: [{{実績: {{{year}: 1}}}}]", "001.yaml"
    )
    assert read.fiscal_year == FiscalYear(2021)
    assert to_plain(read)["年度"] == year
    assert to_plain(read)["任務目的"][0]["実績"] == {year: "1"}


def test_null_in_json_is_blank_as_nothing_is_in_yaml() -> None:
    tree: dict[str, Any] = {
        **{"年度": "R3", "シートNo": 1, "予算": None, "総括": {"本文": ["a", None]}},
        **{"追加項目": {"x": None}, "任務目的": [{"実績": {"R2": None}, "備考": None}]},
    }
    from_json, _ = load_json(json.dumps(tree), "001.json")
    from_yaml, _ = load_yaml(yaml.safe_dump(tree).replace("null", ""), "001.yaml")
    assert from_json == from_yaml
    assert from_json.summary.paragraphs == ("a", "")
    assert from_json.purposes[0].results.to_plain() == {"R2": ""}


@any_sheet
@given(sheets())
def test_yaml_gives_the_sheet_back(one: Sheet) -> None:
    text = dump_yaml(one)
    read, _ = load_yaml(text, "041.yaml")
    assert read == one
    assert to_plain(read) == to_plain(one)
    assert dump_yaml(read) == text


@any_sheet
@given(sheets())
def test_json_gives_the_sheet_back(one: Sheet) -> None:
    text = dump_json(one)
    read, _ = load_json(text, "041.json")
    assert read == one
    assert to_plain(read) == to_plain(one)
    assert dump_json(read) == text


@any_sheet
@given(sheets())
def test_other_programs_read_the_same_texts_from_the_yaml(one: Sheet) -> None:
    assert yaml.safe_load(dump_yaml(one)) == to_plain(one)


@any_sheet
@given(sheets())
def test_the_plain_tree_gives_the_sheet_back(one: Sheet) -> None:
    assert sheet_from_plain(to_plain(one), "", "041.yaml")[0] == one


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_odd_texts_survive_in_every_kind_of_place(odd: str) -> None:
    one = sheet(
        title=odd,
        staffing=Staffing(this_sheet=StaffCount(regular=odd)),
        budget=(BudgetLine(name=odd),),
        purposes=(MissionPurpose(results={"R2": odd, "R3": odd}),),
        notes=(odd, "後"),
        summary=TextBox(paragraphs=("前", odd)),
        extras={odd: odd},
    )
    text = dump_yaml(one)
    assert load_yaml(text, "041.yaml") == (one, [])
    assert yaml.safe_load(text) == to_plain(one)
    assert load_json(dump_json(one), "041.json") == (one, [])


def test_keys_stand_in_the_order_of_the_contract() -> None:
    full, _ = load_yaml(CONTRACT.replace("達成: ○\n    事", "達成: ○\n    備考: x\n    事"), "")
    full = full.model_copy(update={"activities": (_with_extras(full.activities[0]),)})
    plain = to_plain(full)
    assert " ".join(plain) == (
        "年度 シートNo シート名 所属 総合計画 人工 予算 任務目的 行政活動 注記 総括 "
        "今後の方針 追加項目"
    )
    assert " ".join(plain["総合計画"]) == "名称 基本目的 施策目的 施策の方向"
    assert " ".join(plain["人工"]) == "このシート すべてのシート"
    assert " ".join(plain["人工"]["このシート"]) == "正規 会計年度任用 再任用"
    assert " ".join(plain["予算"][0]) == "款 項 目 事業名 予算額"
    assert " ".join(plain["任務目的"][0]) == "目的 指標 実績 目標 達成 備考 追加項目"
    row = plain["行政活動"][0]
    assert " ".join(row) == "コード 手段 指標 実績 目標 達成 備考 事業費 追加項目"
    assert " ".join(row["事業費"][0]) == "事業名 決算 予算"
    assert " ".join(plain["総括"]) == "見出し 本文"
    assert list(yaml.safe_load(dump_yaml(full))["行政活動"][0]) == list(row)


def _with_extras(activity: Activity) -> Activity:
    return activity.model_copy(update={"extras": {"困難度": "B"}})


def test_the_yaml_is_laid_out_for_people() -> None:
    one = sheet(
        notes=("一行目\n二行目", "幅" * 200),
        purposes=(MissionPurpose(remarks="𠮷野 👨‍👩‍👧"),),
        activities=sheet().activities[:2],
    )
    assert (
        dump_yaml(one).replace("幅" * 200, "幅…")
        == """\
年度: R3
シートNo: '41'
シート名: 公園の管理
所属: 都市建設部 緑のまち推進課
総合計画:
  名称: 第五次総合計画
  基本目的: III 自然と調和した快適なまち
  施策目的: 12 身近に緑と親しめるまちになる
  施策の方向:
  - III-12 公園を整える
  - III-12 緑を増やす
人工:
  このシート: {正規: '3.0', 会計年度任用: '1.5', 再任用: '0.0'}
  すべてのシート: {正規: '11.0', 会計年度任用: '4.0', 再任用: '1.0'}
予算:
- {款: '8', 項: '4', 目: '3', 事業名: 公園維持管理事業, 予算額: '48200'}
- {事業名: 緑化推進事業, 予算額: '1350'}
任務目的:
- 備考: 𠮷野 👨‍👩‍👧
行政活動:
- コード: '01'
  手段: 公園を安全に保つ
  指標: 遊具の事故件数
  実績: {H28: '2', H29: '1', H30: '0', R元: '1', R2: '0'}
  目標: ↓
  達成: ○
  事業費:
  - 事業名: 公園維持管理事業
    決算: {H28: '45100', H29: '45980', H30: '46020', R元: '47300', R2: '-'}
    予算: {R3: '48200'}
- コード: '0101'
  手段: 遊具を点検する
  追加項目:
    困難度: B
    目標年度: R5
注記:
- |-
  一行目
  二行目
- 幅…
総括:
  見出し: 総括
  本文:
  - 事故は減った。
  - 樹木の老化が進む。
今後の方針:
  見出し: 今後の方針
  本文:
  - 点検を続ける。
"""
    )


@pytest.mark.parametrize("text", ["一\n二", "長 い" * 400, "a\u2028b", "'\""])
def test_small_maps_stay_on_one_line_whatever_they_hold(text: str) -> None:
    one = Sheet(
        fiscal_year="R3",
        number="1",
        staffing=Staffing(this_sheet=StaffCount(regular=text, fixed_term=text)),
        budget=(BudgetLine(kan=text, name=text),),
        purposes=(MissionPurpose(results={"R元": text, "R2": text}),),
    )
    lines = dump_yaml(one).split("\n")
    assert [line.split("{")[0].strip() for line in lines] == [
        *("年度: R3", "シートNo: '1'", "人工:", "このシート:", "予算:", "-", "任務目的:"),
        *("- 実績:", ""),
    ]


def test_what_is_empty_is_left_out_but_for_empty_rows_and_years() -> None:
    bare = Sheet(
        fiscal_year="R3",
        number="1",
        budget=(BudgetLine(),),
        purposes=(MissionPurpose(results={"R2": ""}),),
    )
    assert to_plain(bare) == {
        **{"年度": "R3", "シートNo": "1"},
        **{"予算": [{}], "任務目的": [{"実績": {"R2": ""}}]},
    }
    assert load_yaml(dump_yaml(bare), "001.yaml")[0] == bare


def test_the_json_is_indented_and_readable() -> None:
    text = dump_json(Sheet(fiscal_year="R3", number="1", title="𠮷"))
    assert text == '{\n  "年度": "R3",\n  "シートNo": "1",\n  "シート名": "𠮷"\n}\n'


@pytest.mark.parametrize("dump", [dump_yaml, dump_json])
def test_the_same_sheet_gives_the_same_bytes(dump: Callable[[Sheet], str]) -> None:
    one = sheet(title="𠮷")
    assert dump(one) == dump(sheet(title="𠮷")) == dump(one.model_copy(deep=True))


@pytest.mark.parametrize("text", ["08", "0208", "0o17", "1e3", ".5", "1.", "+7", "-0", ".NaN"])
def test_numbers_of_other_yaml_readers_are_quoted(text: str) -> None:
    # YAML 1.2 (core schema) takes `08` for 8; the library that writes knows only YAML 1.1.
    assert f"シート名: '{text}'\n" in dump_yaml(sheet(title=text))
