"""Sheets for tests: a small one to change, and any sheet at all for hypothesis.

`sheet(title="公園")` is a small valid sheet with that title. `sheets()` draws sheets with arbitrary
texts: line ends, control characters, everything that YAML gives a meaning to.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

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
from gyomu_docs.model.plain import parse_json
from gyomu_docs.model.sheet_file import sheet_from_plain

ODD_TEXTS = (
    *("53%", "1244", "R元", "0101", "-", "0", "3.0", "1_000", "0x1F", "0o17", "1e3", ".5", "+1"),
    *("yes", "No", "on", "true", "null", "Null", "~", "=", "<<", ".nan", "-.inf", "12:30:45"),
    *("2021-04-01", "2021-04-01 12:00:00", "---", "...", "- a", "-a", "? a", ": a", "a: b", "a:"),
    *("a # b", "#a", "'a'", '"a"', "it's", "\\n", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a"),
    *("[a]", "{a: b}", "a, b", ",", "]", " a", "a ", "　字下げ", "字　", " ", "　", "\t", "a\tb"),
    *(
        "一\n二",
        "一\n",
        "\n一",
        "一\n\n二\n\n",
        " 一\n 二",
        "一 \n二",
        "\n",
        "\n\n",
        "a\n#b",
        "a\n- b",
    ),
    *("a\rb", "a\r\nb", "a\x85b", "a\u2028b", "\u2029", "a\x0bb", "\x00", "\x1b", "\x7f", "\x9f"),
    *(
        "𠮷野家",
        "葛\U000e0100城",
        "👨‍👩‍👧",
        "\ufeff頭",
        "\ufdd0",
        "\uffff",
        "\U0010ffff",
        "\xa0",
        "\xad",
    ),
    *("長" * 5000, "長い 文 " * 300, "a" * 200),
)
"""Texts that YAML or JSON would make something else of, and texts that are hard to write."""

SPELLED_YEARS = ("H28", "平成29年度", "R元", "R1", "令和2", "2021", "Ｒ４", "S63")


def sheet(**changes: Any) -> Sheet:
    """A small valid sheet with two groups of activities; `changes` by the English names."""
    return Sheet(**{**_small(), **changes})


def _small() -> dict[str, Any]:
    return {
        "fiscal_year": FiscalYear.parse("R3"),
        "number": "41",
        "title": "公園の管理",
        "department": "都市建設部 緑のまち推進課",
        "plan": PlanPosition(
            name="第五次総合計画",
            basic_goal="III 自然と調和した快適なまち",
            policy_goal="12 身近に緑と親しめるまちになる",
            directions=("III-12 公園を整える", "III-12 緑を増やす"),
        ),
        "staffing": Staffing(
            this_sheet=StaffCount(regular="3.0", fixed_term="1.5", reappointed="0.0"),
            all_sheets=StaffCount(regular="11.0", fixed_term="4.0", reappointed="1.0"),
        ),
        "budget": (
            BudgetLine(kan="8", ko="4", moku="3", name="公園維持管理事業", amount="48200"),
            BudgetLine(name="緑化推進事業", amount="1350"),
        ),
        "purposes": (
            MissionPurpose(
                purpose="市民が安全に公園を利用できる",
                indicator="公園利用者の満足度",
                results=_years("71%", "70%", "74%", "-", "-"),
                target="↑",
                mark="○",
            ),
        ),
        "activities": _activities(),
        "notes": ("※ 満足度は市民意識調査による。",),
        "summary": TextBox(heading="総括", paragraphs=("事故は減った。", "樹木の老化が進む。")),
        "outlook": TextBox(heading="今後の方針", paragraphs=("点検を続ける。",)),
    }


def _activities() -> tuple[Activity, ...]:
    park = CostRow(
        name="公園維持管理事業",
        settled=_years("45100", "45980", "46020", "47300", "-"),
        budget={"R3": "48200"},
    )
    green = CostRow(
        name="緑化推進事業",
        settled=_years("1200", "1200", "1100", "1150", "1300"),
        budget={"R3": "1350"},
    )
    return (
        Activity(
            code="01",
            means="公園を安全に保つ",
            indicator="遊具の事故件数",
            results=_years("2", "1", "0", "1", "0"),
            target="↓",
            mark="○",
            costs=(park,),
        ),
        Activity(code="0101", means="遊具を点検する", extras={"困難度": "B", "目標年度": "R5"}),
        Activity(code="010101", means="点検を委託する", remarks="年2回"),
        Activity(code="02", means="緑を増やす", costs=(green,)),
        Activity(code="0201", means="苗木を配る", results=_years("1,200", "1,244", "-", "", "0")),
    )


def _years(*texts: str) -> dict[str, str]:
    return dict(zip(("H28", "H29", "H30", "R元", "R2"), texts, strict=True))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Any text that a sheet can hold: all characters but lone surrogates."""
    yaml_signs = "\n\r\t :#-?'\"&*|>%@`{}[],!~=<\\\x85\u2028\ufeff\x00\x7fa0あ𠮷"
    anything = st.characters(exclude_categories=["Cs"])
    return draw(
        st.one_of(
            st.sampled_from(ODD_TEXTS),
            st.text(yaml_signs, max_size=12),
            st.text(anything, max_size=20),
        )
    )


@st.composite
def by_year(draw: st.DrawFn) -> dict[str, str]:
    """Texts by years in any spelling, each year once."""
    entries = st.tuples(st.sampled_from(SPELLED_YEARS), texts())
    return dict(draw(st.lists(entries, max_size=5, unique_by=_year_of)))


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any valid sheet."""
    lines = st.lists(texts(), max_size=3)
    count = _models(StaffCount, regular=texts(), fixed_term=texts(), reappointed=texts())
    box = _models(TextBox, heading=texts(), paragraphs=lines)
    line = _models(BudgetLine, kan=texts(), ko=texts(), moku=texts(), name=texts(), amount=texts())
    plan = _models(
        PlanPosition, name=texts(), basic_goal=texts(), policy_goal=texts(), directions=lines
    )
    return draw(
        _models(
            Sheet,
            fiscal_year=st.sampled_from(["R3", "R元", "令和３年度", "2021", "H31"]),
            number=texts().filter(str.strip),
            title=texts(),
            department=texts(),
            plan=plan,
            staffing=_models(Staffing, this_sheet=count, all_sheets=count),
            budget=st.lists(line, max_size=2),
            purposes=st.lists(_models(MissionPurpose, purpose=texts(), **_measured()), max_size=2),
            activities=st.lists(_activity(), max_size=3, unique_by=lambda row: row.code),
            notes=lines,
            summary=box,
            outlook=box,
            extras=_extras(),
        )
    )


def _activity() -> st.SearchStrategy[Activity]:
    cost = _models(CostRow, name=texts(), settled=by_year(), budget=by_year())
    return _models(
        Activity,
        code=st.from_regex(r"[0-9]{2}([0-9]{2}){0,2}", fullmatch=True),
        means=texts(),
        costs=st.lists(cost, max_size=2),
        **_measured(),
    )


def _measured() -> dict[str, st.SearchStrategy[Any]]:
    names = ("indicator", "target", "mark", "remarks")
    return {**{name: texts() for name in names}, "results": by_year(), "extras": _extras()}


def _extras() -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(texts(), texts(), max_size=2)


def _models(model: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(fields).map(lambda values: model(**values))


def _year_of(entry: tuple[str, str]) -> FiscalYear:
    return FiscalYear.parse(entry[0])


def load_json(text: str, file: str) -> tuple[Sheet, list[Diagnostic]]:
    """A sheet from JSON text, as `readers.read_json` reads it from a file."""
    return sheet_from_plain(parse_json(text, file), text, file)
