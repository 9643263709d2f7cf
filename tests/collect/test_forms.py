"""Any form can be read back: what a cell shows comes from the form's own document."""

from __future__ import annotations

from gyomu_docs.model import Activity, MissionPurpose, Sheet, Staffing
from gyomu_docs.model.sheet import StaffCount
from tests.support.documents import form_text
from tests.support.drafts import Body, changed, collected, draft, read, unchanged, without_bookmarks
from tests.support.sheets import sheet

CARDS = form_text(
    """
    - heading: "{シート名} の概要"
      style: plain
    - grid: 概要
      columns: [{name: 見出し, width: 40mm}, {name: 内容, width: 60mm}]
      rows:
        - cells: [{label: 番号, style: plain}, {field: シートNo, style: plain}]
        - cells:
            - {label: 職員, style: plain}
            - {field: 人工.このシート.正規, style: plain, suffix: " 人"}
        - cells:
            - {label: 重点, style: plain}
            - {field: 追加項目.重点, style: plain, default: なし}
        - cells: [{label: 行数, style: plain}, {expr: "件数(行政活動)", style: plain}]
    - grid: 仕事
      columns: [{name: 内容, width: 90mm}, {name: 記号, width: 30mm}, {name: 難, width: 30mm}]
      rows:
        - header: true
          cells:
            - {label: "何をするか", style: plain}
            - {label: 記号, style: plain}
            - {label: 困難度, style: plain}
        - each: 行政活動
          at_least: 3
          cells:
            - {field: 手段, style: plain}
            - {field: コード, style: plain}
            - {field: 追加項目.困難度, style: plain, suffix: 点}
    - field: 所属
      style: plain
    """
)
"""Codes on the right, fields of another city, suffixes, a text below that is no list."""


def base() -> Sheet:
    return sheet(
        staffing=Staffing(this_sheet=StaffCount(regular="2.0")),
        extras={"重点": "はい"},
        activities=(
            Activity(code="01", means="公園を守る", extras={"困難度": "3"}),
            Activity(code="0101", means="見回る"),
        ),
    )


def test_unedited() -> None:
    for data in (draft(base(), CARDS), without_bookmarks(draft(base(), CARDS))):
        made = read(data, CARDS)
        assert unchanged(made)
        assert made.found == []
        assert collected(data, form=CARDS).sheet == base()


def test_edits_of_such_a_form() -> None:
    def change(body: Body) -> None:
        body.cell("2.0 人").write("３ 人")
        body.cell("はい").write("いいえ")
        body.cell("3点").write("4点")
        body.cell("見回る").insert_row("草を刈る", "0102", "難しい")
        body.paragraph("都市建設部 緑のまち推進課").findall("*")[-1][-1].text = "公園課"

    made = collected(changed(draft(base(), CARDS), change), form=CARDS)
    after = made.sheet
    assert after.staffing.this_sheet.regular == "３"
    assert after.extras == {"重点": "いいえ"}
    assert after.department == "公園課"
    assert [(str(a.code), a.means, a.extras) for a in after.activities] == [
        ("01", "公園を守る", {"困難度": "4"}),
        ("0101", "見回る", {}),
        ("0102", "草を刈る", {"困難度": "難しい"}),
    ]
    assert after.purposes == base().purposes, "what the form does not show stays"
    assert made.is_whole


def test_a_default_is_no_value() -> None:
    plain = base().model_copy(update={"extras": {}})
    assert collected(draft(plain, CARDS), form=CARDS).sheet == plain
    made = changed(draft(plain, CARDS), lambda body: body.cell("なし").write("はい"))
    assert collected(made, form=CARDS).sheet.extras == {"重点": "はい"}


TWICE = form_text(
    """
    - grid: 目的
      columns: [{name: 目的, width: 60mm}, {name: 指標, width: 60mm}]
      rows:
        - each: 任務目的
          cells: [{field: 目的, style: plain}, {field: 指標, style: plain}]
    - grid: 成績
      columns: [{name: 目的, width: 60mm}, {name: 達成, width: 60mm}]
      rows:
        - each: 任務目的
          cells: [{field: 目的, style: plain}, {field: 達成, style: plain}]
    """
)


def test_tables_without_labels_are_found_by_what_stands_in_them() -> None:
    two = sheet(
        purposes=(
            MissionPurpose(purpose="歩ける", indicator="距離", mark="○"),
            MissionPurpose(purpose="休める", indicator="ベンチ", mark="×"),
        )
    )
    data = without_bookmarks(draft(two, TWICE))
    assert unchanged(read(data, TWICE))
    made = collected(changed(data, lambda body: body.cell("×").write("○")), form=TWICE)
    assert [one.mark for one in made.sheet.purposes] == ["○", "○"]


PLAIN_AMOUNTS = form_text(
    """
    - grid: 予算
      columns: [{name: 事業名, width: 60mm}, {name: 予算額, width: 60mm}]
      rows:
        - each: 予算
          cells: [{field: 事業名, style: plain}, {field: 予算額, style: plain}]
    """
)


def test_an_amount_printed_without_commas_is_an_amount_still() -> None:
    data = draft(sheet(), PLAIN_AMOUNTS)
    assert read(changed(data, lambda b: b.cell("48200").write("48,200")), PLAIN_AMOUNTS).edits == []
    (one,) = read(changed(data, lambda b: b.cell("48200").write("50,000")), PLAIN_AMOUNTS).edits
    assert one.new == "50000"
