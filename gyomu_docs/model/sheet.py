"""`Sheet`: what one 業務棚卸表 says. The attribute names are English, the file's keys the labels.

Everything is text as printed; parsed values stand beside it (`TextsByYear.value`,
`amount_value`). All models are frozen. A model is built from a file's keys or from the English
names alike: `BudgetLine(**{"事業名": "..."})` and `BudgetLine(name="...")`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from gyomu_docs.model.by_year import AmountsByYear, TextsByYear
from gyomu_docs.model.code import ActivityCode
from gyomu_docs.model.fiscal_year import FiscalYear
from gyomu_docs.model.money import Amount, amount_value

CODE_TWICE = "code_twice"
"""Type of the validation error for a code given twice; its context has them as `twice`,
each with its index."""


_AMOUNT_RULE = "千円単位。桁区切りと単位は書かない。該当なしは - と書く。"
_YEAR_RULE = "R3、R元、令和3年度、2021 のように、元号か西暦で書く。"


def _about(title: str, description: str) -> ConfigDict:
    """How the JSON Schema names a model, in Japanese."""
    return ConfigDict(title=title, json_schema_extra={"description": description})


def _text(key: str, description: str) -> Any:
    """A text that may be blank, by its key in the sheet file."""
    return Field("", alias=key, description=description)


def _extra_fields() -> Any:
    """追加項目: fields that another city's form has, by their names there."""
    return Field({}, alias="追加項目", description="ほかの様式にある項目。名前と値を自由に書く。")


@functools.cache
def _names(model: type[BaseModel]) -> frozenset[str]:
    """The keys of a model, in the file and in Python."""
    fields = model.model_fields
    return frozenset(fields) | {field.alias or name for name, field in fields.items()}


class Model(BaseModel):
    """Base of all models of a sheet: frozen, no unknown keys, file keys as aliases."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        coerce_numbers_to_str=True,
        serialize_by_alias=True,
        field_title_generator=lambda name, field: field.alias or name,
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, value: object) -> object:
        # `予算:` with nothing behind it is an empty text in YAML, a null in JSON.
        if isinstance(value, dict):
            known = _names(cls)
            return {
                key: item
                for key, item in value.items()
                if (item is not None and item != "") or key not in known
            }
        return value


class PlanPosition(Model):
    """Where the sheet stands in the city's plan (総合計画)."""

    model_config = _about("総合計画", "このシートが総合計画のどこに当たるか。")

    name: str = _text("名称", "計画の名称。例: 第五次総合計画")
    basic_goal: str = _text("基本目的", "計画の基本目的。例: III 自然と調和した快適なまち")
    policy_goal: str = _text("施策目的", "施策目的（上位目的）。例: 12 緑と親しめるまちになる")
    directions: tuple[str, ...] = Field(
        (), alias="施策の方向", description="施策の方向を1項目ずつ並べる。"
    )


class StaffCount(Model):
    """Staff in full-time equivalents, as printed (`2.0`)."""

    model_config = _about("人数", "職員数（常勤換算）。印刷するとおりに書く。例: 2.0")

    regular: str = _text("正規", "正規職員の人数。例: 3.0")
    fixed_term: str = _text("会計年度任用", "会計年度任用職員の人数。例: 1.5")
    reappointed: str = _text("再任用", "再任用職員の人数。例: 0.0")


class Staffing(Model):
    """人工: of this sheet, and the sum over the section's sheets where the source prints it."""

    model_config = _about("人工", "このシートの業務に当たる職員数。")

    this_sheet: StaffCount = Field(
        StaffCount(), alias="このシート", description="このシートの人工。"
    )
    all_sheets: StaffCount = Field(
        StaffCount(), alias="すべてのシート", description="課のすべてのシートの合算。なくてもよい。"
    )


class BudgetLine(Model):
    """One line of the budget box: account numbers, project, amount in thousand yen."""

    model_config = _about("予算の行", "予算欄の1行。合計は様式が計算するので書かない。")

    kan: str = _text("款", "款の番号。")
    ko: str = _text("項", "項の番号。")
    moku: str = _text("目", "目の番号。")
    name: str = _text("事業名", "予算書の事業名。")
    amount: Amount = Field("", alias="予算額", description=f"予算額。{_AMOUNT_RULE}")


class CostRow(Model):
    """事業費: settled amounts of past years and the budget of this year, in thousand yen."""

    model_config = _about("事業費の行", "1つの事業の年度別の決算額と予算額（千円）。")

    name: str = _text("事業名", "予算書の事業名。")
    settled: AmountsByYear = Field(
        AmountsByYear(), alias="決算", description=f"年度ごとの決算額。{_AMOUNT_RULE}"
    )
    budget: AmountsByYear = Field(
        AmountsByYear(), alias="予算", description=f"この年度の予算額。{_AMOUNT_RULE}"
    )


class Measured(Model):
    """What a purpose and an activity have in common: an indicator with results and a mark."""

    indicator: str = _text("指標", "成果を測る指標。")
    results: TextsByYear = Field(
        TextsByYear(),
        alias="実績",
        description="年度ごとの実績。印刷するとおりに書く。該当なしは -、未記入は空。",
    )
    target: str = _text("目標", "目標の向き。↑ → ↓ または -")
    mark: str = _text("達成", "達成の印。○ × または -")
    remarks: str = _text("備考", "備考。")


class MissionPurpose(Measured):
    """One row of the 任務目的 table."""

    model_config = _about("任務目的の行", "任務目的の表の1行。")

    purpose: str = _text("目的", "任務の目的。例: 市民が安全に公園を利用できる")
    extras: dict[str, str] = _extra_fields()


class Activity(Measured):
    """One row of the 行政活動 table; its code gives its place in the tree."""

    model_config = _about("行政活動の行", "行政活動の表の1行。コードの桁数が階層を表す。")

    code: ActivityCode = Field(
        alias="コード", description='業務コード。半角数字の2桁、4桁、6桁。例: "0101"'
    )
    means: str = _text("手段", "行政活動（手段）。例: 遊具を点検する")
    costs: tuple[CostRow, ...] = Field(
        (), alias="事業費", description="2桁コードのまとまりの最後に印刷する事業費。"
    )
    extras: dict[str, str] = _extra_fields()

    @property
    def level(self) -> int:
        """1, 2 or 3 by the length of the code."""
        return self.code.level


class TextBox(Model):
    """A text with its heading: 総括, 今後の方針."""

    model_config = _about("文章欄", "見出しと本文のある文章の欄。")

    heading: str = _text("見出し", "欄の見出し。")
    paragraphs: tuple[str, ...] = Field((), alias="本文", description="本文を1段落ずつ並べる。")


class ActivityGroup(NamedTuple):
    """The activities under one 2-digit code, in order, and the cost rows printed after them."""

    code: ActivityCode
    activities: tuple[Activity, ...]
    costs: tuple[CostRow, ...]


class Sheet(Model):
    """One 業務棚卸表 of one fiscal year."""

    model_config = _about("業務棚卸表シート", "業務棚卸表1枚。1つのファイルに1枚を書く。")

    fiscal_year: FiscalYear = Field(alias="年度", description=_YEAR_RULE)
    number: str = Field(
        alias="シートNo",
        pattern=r"\S",
        description="シートの番号。例: 41",
        json_schema_extra={"type": ["string", "number"]},
    )
    title: str = _text("シート名", "シートの名前。例: 公園の管理")
    department: str = _text("所属", "部と課の名前。例: 都市建設部 緑のまち推進課")
    plan: PlanPosition = Field(
        PlanPosition(), alias="総合計画", description="総合計画での位置づけ。"
    )
    staffing: Staffing = Field(Staffing(), alias="人工", description="業務に当たる職員数。")
    budget: tuple[BudgetLine, ...] = Field((), alias="予算", description="予算欄の行（千円）。")
    purposes: tuple[MissionPurpose, ...] = Field(
        (), alias="任務目的", description="任務目的の表の行。"
    )
    activities: tuple[Activity, ...] = Field(
        (), alias="行政活動", description="行政活動の表の行。印刷する順に並べる。"
    )
    notes: tuple[str, ...] = Field((), alias="注記", description="表の下に印刷する注記。")
    summary: TextBox = Field(TextBox(), alias="総括", description="期間の総括。")
    outlook: TextBox = Field(TextBox(), alias="今後の方針", description="今後の方針。")
    extras: dict[str, str] = _extra_fields()

    @model_validator(mode="after")
    def _no_code_twice(self) -> Sheet:
        seen: set[str] = set()
        twice = []
        for index, activity in enumerate(self.activities):
            if activity.code in seen:
                twice.append((str(activity.code), index))
            seen.add(activity.code)
        if twice:
            codes = "」「".join(code for code, _ in twice)
            raise PydanticCustomError(
                CODE_TWICE, "業務コード「{codes}」が2度あります。", {"codes": codes, "twice": twice}
            )
        return self

    @property
    def label(self) -> str:
        """As messages and bookmarks name the sheet: `No.3 組織の方針`."""
        return f"No.{self.number} {self.title}".rstrip()

    @property
    def budget_total(self) -> Decimal:
        """合計: the sum of the budget lines in thousand yen, as the form prints it."""
        return sum((amount_value(line.amount) or Decimal(0) for line in self.budget), Decimal(0))

    def activity_groups(self) -> Iterator[ActivityGroup]:
        """The activities by 2-digit code, in the order of the sheet.

        A run of rows with the same first two digits is one group, so a row out of order starts a
        group of its own rather than being moved.
        """
        run: list[Activity] = []
        for activity in self.activities:
            if run and activity.code[:2] != run[0].code[:2]:
                yield _group(run)
                run = []
            run.append(activity)
        if run:
            yield _group(run)


def _group(run: list[Activity]) -> ActivityGroup:
    costs = tuple(cost for activity in run for cost in activity.costs)
    return ActivityGroup(run[0].code.group, tuple(run), costs)
