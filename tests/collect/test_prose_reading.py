"""Texts outside of tables: every one goes to the field that it shows, or a person is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gyomu_docs.errors import Diagnostic
from gyomu_docs.model import Sheet
from tests.support.documents import form_text
from tests.support.drafts import (
    Body,
    W,
    changed,
    collected,
    draft,
    element,
    packed,
    read,
    run_of,
    unpacked,
    without_bookmarks,
    wrap,
)
from tests.support.sheets import sheet

GRID = """\
- grid: 表
  columns: [{name: 名前, width: 60mm}, {name: 値, width: 60mm}]
  rows:
    - cells: [{label: 名前, style: plain}, {field: シート名, style: plain}]
"""
TWO = form_text(
    GRID
    + """\
- {field: 追加項目.主管, style: plain}
- {field: 追加項目.作成日, style: plain}
"""
)
NOTES = form_text(
    GRID
    + """\
- {heading: 注記, style: plain}
- {field: 追加項目.主管, style: plain}
- {field: 注記, style: plain}
- {field: 追加項目.作成日, style: plain}
"""
)
TEMPLATE = form_text(
    GRID
    + """\
- {paragraph: "担当: {所属}　作成日: {追加項目.作成日}", style: plain}
- {field: 注記, style: plain}
"""
)
UNIT, DATE = "総務班", "令和3年5月1日"


def base(**more: Any) -> Sheet:
    extras = more.pop("extras", {"主管": UNIT, "作成日": DATE})
    more.setdefault("notes", ("注一　市民意識調査による", "注二　速報値"))
    return sheet(extras=extras, **more)


def paragraph(text: str) -> Any:
    made = element("p")
    made.append(run_of(text))
    return made


def write(found: Any, text: str, by: str = "") -> None:
    """Another text in a paragraph."""
    runs = [*found.iterfind(W + "r")]
    for run in runs:
        if by:
            for one in run.iterfind(W + "t"):
                one.tag = W + "delText"
            wrap(run, "del", by)
        else:
            found.remove(run)
    found.append(run_of(text))
    if by:
        wrap(found[-1], "ins", by)


def put_after(body: Body, text: str, new: str) -> None:
    body.paragraph(text).addnext(paragraph(new))


def drop(body: Body, text: str) -> None:
    found = body.paragraph(text)
    found.getparent().remove(found)


def told(found: list[Diagnostic]) -> str:
    return "\n".join(map(str, found))


@pytest.mark.parametrize("form", [TWO, NOTES, TEMPLATE], ids=["two", "notes", "template"])
@pytest.mark.parametrize("strip", [bytes, without_bookmarks])
def test_an_unedited_draft_changes_nothing(form: str, strip: Callable[[bytes], bytes]) -> None:
    """Each field got the texts of all the others, and nothing was said."""
    for one in (base(), base(extras={}), base(notes=()), base(notes=("", "注", ""))):
        data = strip(draft(one, form))
        made = read(data, form)
        assert (made.edits, made.found, made.refused) == ([], [], [])
        assert collected(data, form=form).sheet == one


@pytest.mark.parametrize("by", ["", "鈴木"])
@pytest.mark.parametrize("form", [TWO, NOTES], ids=["two", "notes"])
@pytest.mark.parametrize(
    ("old", "new", "extras"),
    [
        (UNIT, "企画課の管理班", {"主管": "企画課の管理班", "作成日": DATE}),
        (DATE, "令和3年6月1日", {"主管": UNIT, "作成日": "令和3年6月1日"}),
    ],
)
def test_an_edit_goes_to_its_own_field(
    form: str, old: str, new: str, extras: dict[str, str], by: str
) -> None:
    data = changed(draft(base(), form), lambda body: write(body.paragraph(old), new, by))
    made = collected(data, form=form)
    if form == NOTES and not by and old == UNIT:
        # A new note could stand there as well: only tracking tells.
        assert not made.is_whole
        assert made.sheet == base()
        return
    assert made.is_whole
    assert made.sheet == base(extras=extras)
    assert [(edit.origin.author, edit.origin.tracked) for edit in made.edits] == [(by, bool(by))]


def test_both_edited_keep_their_places() -> None:
    def change(body: Body) -> None:
        write(body.paragraph(UNIT), "土木班")
        write(body.paragraph(DATE), "五月")

    made = collected(changed(draft(base(), TWO), change), form=TWO)
    assert made.sheet.extras == {"主管": "土木班", "作成日": "五月"}


def test_a_paragraph_that_is_gone_clears_its_own_field() -> None:
    for form in (TWO, NOTES):
        made = collected(changed(draft(base(), form), lambda b: drop(b, UNIT)), form=form)
        assert made.is_whole
        assert made.sheet == base(extras={"主管": "", "作成日": DATE})


def test_of_two_equal_ones_nobody_knows_which_is_gone() -> None:
    one = base(extras={"主管": "－", "作成日": "－"})
    made = collected(changed(draft(one, TWO), lambda body: drop(body, "－")), form=TWO)
    assert not made.is_whole
    assert made.sheet == one
    assert "追加項目.主管、追加項目.作成日" in told(made.drafts[0].refused)


@pytest.mark.parametrize("form", [TWO, NOTES], ids=["two", "notes"])
@pytest.mark.parametrize("after", [UNIT, DATE])
def test_a_paragraph_too_many_is_nobodys(form: str, after: str) -> None:
    data = changed(draft(base(), form), lambda body: put_after(body, after, "至急"))
    made = collected(data, form=form)
    if form == NOTES and after == UNIT:
        assert made.sheet == base(notes=("至急", *base().notes)), "a list grows by paragraphs"
        return
    assert not made.is_whole
    assert made.sheet == base()
    (one,) = made.drafts[0].refused
    assert (one.place.table, one.level) == ("表", "E")
    assert "追加項目.主管" in one.place.column
    assert "「至急」は、どの項目の文か分からない" in one.message


def test_two_that_changed_places_are_told() -> None:
    def change(body: Body) -> None:
        body.paragraph(UNIT).addprevious(body.paragraph(DATE))

    made = collected(changed(draft(base(), TWO), change), form=TWO)
    assert not made.is_whole
    assert made.sheet == base()


def test_a_text_where_a_field_was_blank_is_told() -> None:
    one = base(extras={"主管": UNIT})
    made = collected(changed(draft(one, TWO), lambda body: put_after(body, UNIT, DATE)), form=TWO)
    assert not made.is_whole
    assert made.sheet == one


def test_one_field_alone_may_have_several_paragraphs() -> None:
    form = form_text(GRID + "- {field: 所属, style: plain}\n")
    department = base().department
    data = changed(draft(base(), form), lambda body: put_after(body, department, "兼務あり"))
    made = collected(data, form=form)
    assert not made.is_whole, "it came back as it was, and there is one more"

    def split(body: Body) -> None:
        write(body.paragraph(department), "都市建設部")
        put_after(body, "都市建設部", "緑のまち推進課")

    made = collected(changed(draft(base(), form), split), form=form)
    assert made.is_whole
    assert made.sheet.department == "都市建設部\n緑のまち推進課"


def test_notes_among_other_texts_change_come_and_go() -> None:
    def change(body: Body) -> None:
        write(body.paragraph("注二　速報値"), "注二　確定値")
        put_after(body, "注一　市民意識調査による", "注　あらたに")

    made = collected(changed(draft(base(), NOTES), change), form=NOTES)
    assert made.is_whole
    assert made.sheet.notes == ("注一　市民意識調査による", "注　あらたに", "注二　確定値")
    gone = collected(
        changed(draft(base(), NOTES), lambda body: drop(body, "注二　速報値")), form=NOTES
    )
    assert gone.sheet == base(notes=base().notes[:1])


def test_a_heading_that_was_edited_is_no_note() -> None:
    made = read(
        changed(draft(base(), NOTES), lambda body: write(body.paragraph("注記"), "注記など")), NOTES
    )
    assert (made.edits, made.additions, made.removals) == ([], [], [])
    assert "「注記」→「注記など」" in told(made.found)


BESIDE = form_text(
    """\
- beside:
    - width: 60mm
      blocks:
        - {field: 追加項目.主管, style: plain}
        - {field: 追加項目.作成日, style: plain}
    - width: 60mm
      blocks:
        - {heading: 表題, style: plain}
"""
    + GRID
)


@pytest.mark.parametrize("by", ["", "鈴木"])
def test_paragraphs_of_a_column_are_told_apart(by: str) -> None:
    """They stand in one cell of a table, which has one text for all of them."""

    def change(body: Body) -> None:
        write(body.paragraph(DATE), "六月", by)

    data = draft(base(), BESIDE)
    assert collected(data, form=BESIDE).sheet == base()
    made = collected(changed(data, change), form=BESIDE)
    assert made.sheet == base(extras={"主管": UNIT, "作成日": "六月"})
    assert made.edits[0].origin.tracked == bool(by)

    def insert(body: Body) -> None:
        new = paragraph("")
        write(new, "至急", by)
        body.paragraph(UNIT).addprevious(new)

    made = collected(changed(data, insert), form=BESIDE)
    assert not made.is_whole
    assert made.sheet == base()


def test_texts_in_a_table_that_nobody_knows_are_not_cleared() -> None:
    def split(body: Body) -> None:
        row = body.paragraph(UNIT).getparent().getparent()
        row.append(element("tc"))
        row[-1].append(paragraph("メモ"))

    made = collected(changed(draft(base(), BESIDE), split), form=BESIDE)
    assert made.sheet == base()
    said = told(made.drafts[0].found)
    assert "様式にない表は取り込めません" in said
    assert "元の値を残しました" in said


SHOWN = "担当: 都市建設部 緑のまち推進課　作成日: 令和3年5月1日"


@pytest.mark.parametrize("by", ["", "鈴木"])
@pytest.mark.parametrize(
    ("text", "department", "date"),
    [
        ("担当: 公園課　作成日: 令和3年5月1日", "公園課", DATE),
        ("担当: 都市建設部 緑のまち推進課　作成日: 六月", base().department, "六月"),
        ("担当:公園課 作成日:六月 ", "公園課", "六月"),
        ("担当: 都市建設部 緑のまち推進課　作成日:", base().department, ""),
    ],
)
def test_fields_in_a_text_are_read_back(text: str, department: str, date: str, by: str) -> None:
    data = changed(draft(base(), TEMPLATE), lambda body: write(body.paragraph(SHOWN), text, by))
    made = collected(data, form=TEMPLATE)
    assert made.is_whole
    after = base(department=department, extras={"主管": UNIT, "作成日": date})
    assert made.sheet == after
    assert {edit.origin.tracked for edit in made.edits} == {bool(by)}


@pytest.mark.parametrize(
    "text",
    [
        "担当者: 公園課　作成日: 六月",
        "担当: 甲　作成日: 乙　作成日: 丙",
        "緑のまち推進課（五月）",
    ],
)
def test_what_is_not_certain_in_a_text_is_refused_by_name(text: str) -> None:
    data = changed(draft(base(), TEMPLATE), lambda body: write(body.paragraph(SHOWN), text))
    made = collected(data, form=TEMPLATE)
    assert not made.is_whole
    assert made.sheet == base(), "no bogus note either"
    (one,) = made.drafts[0].refused
    assert one.place.table == "表"
    assert "所属" in one.place.column
    assert "追加項目.作成日" in one.place.column
    assert text in one.message


def test_a_text_with_fields_that_is_gone_is_told_and_its_fields_stay() -> None:
    made = read(changed(draft(base(), TEMPLATE), lambda body: drop(body, SHOWN)), TEMPLATE)
    assert made.edits == []
    assert "元の値を残しました" in told(made.found)


def test_fields_in_headings_are_read_back() -> None:
    form = form_text('- {heading: "{シート名} の概要", style: plain}\n' + GRID)
    data = draft(base(), form)
    made = changed(data, lambda body: write(body.paragraph("公園の管理 の概要"), "緑の要点"))
    assert not collected(made, form=form).is_whole
    made = changed(data, lambda body: write(body.paragraph("公園の管理 の概要"), "緑 の概要"))
    assert collected(made, form=form).sheet.title == "緑"

    def apart(body: Body) -> None:
        write(body.paragraph("公園の管理 の概要"), "緑 の概要")
        body.cell("公園の管理").write("花")

    assert not collected(changed(data, apart), form=form).is_whole, "two texts for one field"


def test_edits_in_header_and_footer_are_told() -> None:
    parts = unpacked(draft(base()))
    assert read(packed(parts)).found == []
    name = "word/header1.xml"
    parts[name] = parts[name].replace("公園の管理".encode(), "緑の管理".encode())
    made = read(packed(parts))
    assert made.edits == []
    (one,) = made.found
    assert "ヘッダーかフッターの文字の書き換え" in one.message
    assert "緑の管理" in one.message


TEXTS = st.sampled_from(["", "至急", "総務課", "令和3年6月1日", "注三", "注一", UNIT, DATE])


@given(st.data(), st.sampled_from([TWO, NOTES, TEMPLATE]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_edit_is_lost_or_given_to_another_field(
    data: st.DataObject, form: str, tracked: bool
) -> None:
    """Whatever was done to the paragraphs: what is taken over is what was typed there."""
    shown = {
        TWO: [UNIT, DATE],
        NOTES: [UNIT, *base().notes, DATE],
        TEMPLATE: [SHOWN, *base().notes],
    }[form]
    edits: dict[str, str] = {}
    for text in shown:
        if data.draw(st.booleans()):
            edits[text] = data.draw(TEXTS)
    # The old text of another field, typed without tracking, cannot be told from that field.
    assume(tracked or not {*edits.values()} & {*shown})

    def change(body: Body) -> None:
        found = {text: body.paragraph(text) for text in shown}
        for text, new in edits.items():
            write(found[text], new, "鈴木" if tracked else "")

    made = collected(changed(draft(base(), form), change), form=form)
    after = made.sheet

    def typed(text: str) -> str:
        return edits.get(text, text)

    notes = tuple(note for note in map(typed, base().notes) if note)
    if made.is_whole:
        if form == TWO:
            assert after.extras == {"主管": typed(UNIT), "作成日": typed(DATE)}
        elif form == NOTES:
            assert (after.extras["主管"], after.extras["作成日"]) == (typed(UNIT), typed(DATE))
            assert after.notes == notes
        else:
            assert after.notes == notes
            assert (after.extras, after.department) == (base().extras, base().department)
            if typed(SHOWN) != SHOWN:
                assert made.drafts[0].found
    else:
        assert made.drafts[0].refused


@given(st.data(), st.sampled_from([TWO, NOTES]))
@settings(max_examples=150, deadline=None)
def test_paragraphs_that_come_and_go_are_not_lost(data: st.DataObject, form: str) -> None:
    """What is taken over says, from top to bottom, exactly what stands in the draft."""
    shown = [UNIT, *(base().notes if form == NOTES else ()), DATE]
    lines = [text for text in shown if not data.draw(st.booleans())]
    for _ in range(data.draw(st.integers(0, 2))):
        lines.insert(data.draw(st.integers(0, len(lines))), data.draw(TEXTS))

    def change(body: Body) -> None:
        mark = paragraph("")
        body.paragraph(shown[0]).addprevious(mark)
        for text in shown:
            drop(body, text)
        for text in reversed(lines):
            mark.addnext(paragraph(text))

    made = collected(changed(draft(base(), form), change), form=form)
    if not made.is_whole:
        assert made.drafts[0].refused
        return
    after = made.sheet
    notes = after.notes if form == NOTES else ()
    values = [after.extras["主管"], *notes, after.extras["作成日"]]
    assert "\n".join(filter(None, values)) == "\n".join(filter(None, lines))
