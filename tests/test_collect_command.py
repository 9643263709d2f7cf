"""`gyomu-docs collect`, and returned drafts as sources of the other commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import gyomu_docs
from gyomu_docs.model import Sheet
from gyomu_docs.model.sheet_file import dump_yaml, load_yaml
from gyomu_docs.resources import find_resources
from tests.support.cli import files_below, put_sheet, run
from tests.support.drafts import (
    Body,
    W,
    blank_draft,
    changed,
    draft,
    element,
    packed,
    unpacked,
    without_identity,
)
from tests.support.sheets import sheet
from tests.support.wml import NAMESPACES, p


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def edited(**texts: str) -> bytes:
    """A draft of the small sheet with other texts, tracked by 鈴木: `old="new"`."""

    def change(body: Body) -> None:
        for old, new in texts.items():
            body.cell(old).write(new, by="鈴木")

    return changed(draft(sheet()), change)


def sheet_in(path: Path) -> Sheet:
    return load_yaml(path.read_text("utf-8"), str(path))[0]


def test_an_unchanged_draft_gives_the_sheet_again(tmp_path: Path) -> None:
    made = run("collect", put(tmp_path / "a.docx", draft(sheet())), "--out", tmp_path / "out")
    assert made.code == 0
    assert made.out == f"{tmp_path / 'out' / '041.yaml'}\n"
    assert "No.41 公園の管理: 変更はありません。" in made.err
    assert (tmp_path / "out/041.yaml").read_text("utf-8") == dump_yaml(sheet())


def test_folders_are_mirrored_and_lock_files_ignored(tmp_path: Path) -> None:
    put(tmp_path / "in/土木課/a.docx", edited(公園の管理="緑の管理"))
    put(tmp_path / "in/ほか/b.docx", draft(sheet(department="ほかの課")))
    put(tmp_path / "in/ほか/~$b.docx", b"locked")
    put(tmp_path / "in/ほか/.~lock.b.docx#", b"locked")
    put(tmp_path / "in/ほか/memo.txt", b"memo")
    made = run("collect", tmp_path / "in", "--out", tmp_path / "out")
    assert made.code == 0
    assert files_below(tmp_path / "out") == ["ほか/041.yaml", "土木課/041.yaml"]
    assert sheet_in(tmp_path / "out/土木課/041.yaml").title == "緑の管理"


def test_a_lock_file_alone_is_no_draft(tmp_path: Path) -> None:
    made = run("collect", put(tmp_path / "~$a.docx", b"x"), "--out", tmp_path / "out")
    assert (made.code, files_below(tmp_path)) == (2, ["~$a.docx"])
    assert "原稿（.docx）がありません" in made.err


def test_what_changed_is_told_with_who_did_it(tmp_path: Path) -> None:
    made = run(
        "collect", put(tmp_path / "a.docx", edited(遊具の事故件数="事故")), "--out", tmp_path
    )
    assert (
        "表「行政活動」 行「01」 列「指標」: 「遊具の事故件数」→「事故」（鈴木、2021-05-01"
        in made.err
    )
    quiet = run("collect", tmp_path / "a.docx", "--out", tmp_path / "b", "--quiet")
    assert (quiet.out, quiet.err) == ("", "")


def report_of(tmp_path: Path, *drafts: bytes, code: int = 0) -> dict[str, Any]:
    paths = [put(tmp_path / f"{n}.docx", data) for n, data in enumerate(drafts, 1)]
    out, report = tmp_path / "out", tmp_path / "report.json"
    made = run("collect", *paths, "--out", out, "--report", report, "--overwrite")
    assert made.code == code, made.err
    loaded: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return loaded


def test_the_report_as_json(tmp_path: Path) -> None:
    def change(body: Body) -> None:
        body.cell("遊具の事故件数").right(4).write("3", by="鈴木")
        body.cell("1,350 千円").write("1,400 千円")
        body.cell("0101").insert_row("0199", "草を刈る", by="佐藤")
        body.cell("0201").delete_row()

    report = report_of(tmp_path, changed(draft(sheet()), change))
    file = str(tmp_path / "1.docx")
    amount, result = (one for one in report["entries"] if one["kind"] == "changed")
    assert result == {
        "sheet": "No.41 公園の管理", "kind": "changed", "section": "行政活動", "code": "01",
        "row": "", "index": 1, "field": "実績", "year": "R元", "old": "1", "new": "3",
        "author": "鈴木", "date": "2021-05-01T09:00:00Z", "tracked": True, "draft": file,
    }  # fmt: skip
    assert (amount["section"], amount["row"], amount["field"]) == ("予算", "緑化推進事業", "予算額")
    assert (amount["old"], amount["new"], amount["tracked"]) == ("1350", "1400", False)
    removed, added = (one for one in report["entries"] if one["kind"] in ("removed", "added"))
    assert (removed["code"], removed["old"], removed["new"]) == ("0201", "苗木を配る", None)
    assert (added["code"], added["old"], added["new"]) == ("0199", None, "草を刈る")
    assert added["author"] == "佐藤"
    assert report["sheets"][0]["changed"]


def test_conflicts_end_with_1_and_show_both_texts(tmp_path: Path) -> None:
    drafts = (edited(公園の管理="緑の管理"), edited(公園の管理="公園管理", 遊具の事故件数="事故"))
    report = report_of(tmp_path, *drafts, code=1)
    (conflict,) = report["conflicts"]
    assert (conflict["section"], conflict["field"], conflict["old"]) == (
        "見出し", "シート名", "公園の管理",
    )  # fmt: skip
    assert [one["new"] for one in conflict["choices"]] == ["緑の管理", "公園管理"]
    after = sheet_in(tmp_path / "out/041.yaml")
    assert (after.title, after.activities[0].indicator) == ("公園の管理", "事故")
    made = run("collect", tmp_path / "1.docx", tmp_path / "2.docx", "--out", tmp_path / "q", "-q")
    assert made.code == 1
    assert "緑の管理" in made.err
    assert "公園管理" in made.err


def test_a_row_that_is_refused_ends_with_1_and_is_told(tmp_path: Path) -> None:
    data = changed(draft(sheet()), lambda body: body.cell("0101").insert_row("1", "草を刈る"))
    report = report_of(tmp_path, data, code=1)
    (one,) = report["refused"]
    assert "草を刈る" in one["row"]
    assert sheet_in(tmp_path / "out/041.yaml") == sheet()
    made = run("collect", tmp_path / "1.docx", "--out", tmp_path / "again")
    assert "No.41 公園の管理: 取り込んだ変更はありません。" in made.err


def test_comments_are_told_with_their_cells(tmp_path: Path) -> None:
    parts = unpacked(draft(sheet()))
    comment = f'<w:comment w:id="3" w:author="佐藤" w:date="2021-05-03">{p("なぜ減ったか")}'
    parts["word/comments.xml"] = (
        f"<w:comments {NAMESPACES}>{comment}</w:comment></w:comments>".encode()
    )
    rels = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    link = f'<Relationship Id="c9" Type="{kind}" Target="comments.xml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())

    def change(body: Body) -> None:
        run_ = element("r")
        run_.append(element("commentReference", id="3"))
        body.cell("遊具の事故件数").element.find(W + "p").append(run_)

    report = report_of(tmp_path, changed(packed(parts), change))
    (one,) = report["comments"]
    assert (one["section"], one["code"], one["field"]) == ("行政活動", "01", "指標")
    assert (one["author"], one["text"]) == ("佐藤", "なぜ減ったか")


def test_the_report_as_a_page_holds_texts_as_texts(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    path = put(tmp_path / "a.docx", edited(公園の管理=bad))
    other = put(tmp_path / "b.docx", edited(公園の管理="ほか"))
    page = tmp_path / "r.html"
    assert run("collect", path, other, "--out", tmp_path / "out", "--report", page).code == 1
    text = page.read_text("utf-8")
    assert bad not in text
    assert "a.docx: 「&lt;script&gt;alert(1)&lt;/script&gt;」（鈴木、2021-05-01T09:00:00Z）" in text
    assert "http" not in text
    assert 'lang="ja"' in text


def test_a_file_that_differs_is_not_replaced(tmp_path: Path) -> None:
    path = put(tmp_path / "a.docx", edited(公園の管理="緑の管理"))
    out = put_sheet(tmp_path / "out/041.yaml")
    before = out.read_bytes()
    made = run("collect", path, "--out", tmp_path / "out")
    assert (made.code, out.read_bytes()) == (2, before)
    assert "--overwrite" in made.err
    assert run("collect", path, "--out", tmp_path / "out", "--overwrite").code == 0
    assert sheet_in(out).title == "緑の管理"


def test_one_refused_draft_means_that_nothing_is_written(tmp_path: Path) -> None:
    good = put(tmp_path / "in/a.docx", draft(sheet()))
    put(tmp_path / "in/b.doc", b"\xd0\xcf\x11\xe0" + bytes(100))
    made = run("collect", tmp_path / "in", "--out", tmp_path / "out")
    assert made.code == 2
    assert "b.doc: 古い形式の Word（.doc）" in made.err
    assert not (tmp_path / "out").exists()
    made = run("collect", tmp_path / "in", "--out", tmp_path / "out", "--keep-going")
    assert made.code == 1
    assert files_below(tmp_path / "out") == ["041.yaml"]
    assert good.exists()


def test_the_base_is_given_where_the_draft_lost_it(tmp_path: Path) -> None:
    path = put(tmp_path / "a.docx", without_identity(edited(公園の管理="緑の管理")))
    made = run("collect", path, "--out", tmp_path / "out")
    assert made.code == 2
    assert "--base" in made.err
    base = put_sheet(tmp_path / "base/041.yaml").parent
    assert run("collect", path, "--base", base, "--out", tmp_path / "out").code == 0
    assert sheet_in(tmp_path / "out/041.yaml").title == "緑の管理"


def test_a_draft_of_another_base_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path / "a.docx", draft(sheet()))
    base = put_sheet(tmp_path / "base/042.yaml", number="42")
    made = run("collect", path, "--base", base, "--out", tmp_path / "out")
    assert made.code == 2
    assert "シートNo.41 の原稿" in made.err


def test_a_blank_draft_becomes_a_new_sheet(tmp_path: Path) -> None:
    def change(body: Body) -> None:
        body.cell("シートNo.").right().write("7", by="鈴木")

    path = put(tmp_path / "a.docx", changed(blank_draft("R4"), change))
    assert run("collect", path, "--out", tmp_path / "out").code == 0
    assert (tmp_path / "out/007.yaml").read_text("utf-8") == "年度: R4\nシートNo: '7'\n"


@pytest.mark.parametrize("report", ["r.txt", "r"])
def test_a_report_of_another_kind_is_refused(tmp_path: Path, report: str) -> None:
    path = put(tmp_path / "a.docx", draft(sheet()))
    made = run("collect", path, "--out", tmp_path / "out", "--report", tmp_path / report)
    assert made.code == 2
    assert "--report には .json、.html、" in made.err


def test_a_draft_made_by_draft_is_collected(tmp_path: Path) -> None:
    source = put_sheet(tmp_path / "in/041.yaml")
    assert run("draft", source, "--out", tmp_path / "drafts").code == 0
    assert run("collect", tmp_path / "drafts", "--out", tmp_path / "out").code == 0
    assert (tmp_path / "out/041.yaml").read_bytes() == source.read_bytes()


@pytest.mark.parametrize("form", find_resources().form_names())
def test_a_draft_in_any_form_that_is_shipped(tmp_path: Path, form: str) -> None:
    source = Path(__file__).parents[1] / "examples/r3/003.yaml"
    drafts, out = tmp_path / "原稿 1", tmp_path / "回収"
    assert run("draft", source, "--layout", form, "--out", drafts).code == 0
    made = run("collect", drafts, "--out", out)
    assert (made.code, made.err.count("変更はありません")) == (0, 1), made.err
    assert (out / "003.yaml").read_bytes() == source.read_bytes()


def test_a_scrubbed_draft_needs_its_base(tmp_path: Path) -> None:
    source = put_sheet(tmp_path / "in/041.yaml")
    assert run("draft", source, "--out", tmp_path / "drafts", "--scrub").code == 0
    assert run("collect", tmp_path / "drafts", "--out", tmp_path / "out").code == 2
    made = run("collect", tmp_path / "drafts", "--base", source, "--out", tmp_path / "out")
    assert made.code == 0
    assert (tmp_path / "out/041.yaml").read_bytes() == source.read_bytes()


def test_a_returned_draft_is_a_source(tmp_path: Path) -> None:
    path = put(tmp_path / "a.docx", edited(公園の管理="緑の管理"))
    assert run("render", path, "--out", tmp_path / "out", "--to", "yaml").code == 0
    assert sheet_in(tmp_path / "out/041.yaml").title == "緑の管理"


def test_the_library_reads_a_returned_draft(tmp_path: Path) -> None:
    path = put(tmp_path / "a.docx", edited(公園の管理="緑の管理"))
    edition, found = gyomu_docs.read(path)
    assert [one.title for one in edition] == ["緑の管理"]
    assert found == []


def test_the_same_drafts_give_the_same_bytes(tmp_path: Path) -> None:
    drafts = (edited(公園の管理="緑の管理"), edited(公園の管理="公園管理", 遊具の事故件数="事故"))
    report_of(tmp_path, *drafts, code=1)
    first = {name: (tmp_path / name).read_bytes() for name in ("report.json", "out/041.yaml")}
    report_of(tmp_path, *drafts, code=1)
    assert first == {name: (tmp_path / name).read_bytes() for name in first}


def test_hidden_parts_of_the_file_are_not_needed(tmp_path: Path) -> None:
    parts = unpacked(draft(sheet()))
    for name in ("docProps/app.xml", "word/fontTable.xml"):
        parts.pop(name)
    path = put(tmp_path / "a.docx", packed(parts))
    assert run("collect", path, "--out", tmp_path / "out").code == 0


@pytest.mark.parametrize(("suffix", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_the_changes_as_the_reports_of_a_comparison(
    tmp_path: Path, suffix: str, start: bytes
) -> None:
    put(tmp_path / "a.docx", edited(公園を安全に保つ="公園を守る"))
    report = tmp_path / f"一覧.{suffix}"
    result = run("collect", tmp_path / "a.docx", "--out", tmp_path / "out", "--report", report)
    assert result.code == 0
    assert report.read_bytes().startswith(start)


def test_an_untouched_blank_draft_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "in/041.docx", edited(公園の管理="緑の管理"))
    blank = put(tmp_path / "in/R4-新規.docx", blank_draft("R4"))
    made = run("collect", tmp_path / "in", "--out", tmp_path / "out")
    assert made.code == 0, made.err
    assert f"注意: {blank}: 空の様式のままで、何も書かれていない" in made.err
    assert files_below(tmp_path / "out") == ["041.yaml"]
    alone = run("collect", blank, "--out", tmp_path / "alone")
    assert alone.code == 2
    assert "空の様式のままの原稿しかありません" in alone.err
    begun = changed(blank_draft("R4"), lambda body: body.cell("シート名").right().write("緑"))
    put(blank, begun)
    made = run("collect", tmp_path / "in", "--out", tmp_path / "new")
    assert made.code == 2
    assert "シートNo が書かれていません" in made.err


def test_digits_in_full_width_are_read_and_told(tmp_path: Path) -> None:
    def change(body: Body) -> None:
        body.cell("シートNo.").right().write("７")

    path = put(tmp_path / "a.docx", changed(blank_draft("R4"), change))
    made = run("collect", path, "--out", tmp_path / "out")
    assert made.code == 0
    assert "シートNo「７」を「7」と読みました。" in made.err
    assert (tmp_path / "out/007.yaml").read_text("utf-8") == "年度: R4\nシートNo: '7'\n"

    path = put(
        tmp_path / "b.docx",
        changed(draft(sheet()), lambda body: body.cell("0101").write("０１０２")),
    )
    made = run("collect", path, "--out", tmp_path / "codes")
    assert "業務コード「０１０２」を「0102」と読みました。" in made.err
    letters = changed(draft(sheet()), lambda body: body.cell("41").write("教１"))
    path = put(tmp_path / "c.docx", letters)
    assert run("collect", path, "--out", tmp_path / "letters").code == 0
    assert sheet_in(tmp_path / "letters/教１.yaml").number == "教１"


def lists_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The lists of a workbook: each row by the heads of its columns."""
    book = openpyxl.load_workbook(path)
    lists = {}
    for one in book:
        heads, *rows = one.iter_rows(values_only=True)
        lists[one.title] = [dict(zip(heads, row, strict=True)) for row in rows]
    return lists


def test_the_report_as_xlsx_says_who_changed_what(tmp_path: Path) -> None:
    def change(body: Body) -> None:
        body.cell("遊具の事故件数").right(4).write("3", by="鈴木")
        body.cell("1,350 千円").write("1,400 千円")
        body.cell("0101").insert_row("0199", "草を刈る", by="佐藤")
        body.cell("0101").insert_row("1", "読めない行")

    first = put(tmp_path / "a.docx", changed(draft(sheet()), change))
    second = put(tmp_path / "b.docx", edited(公園の管理="緑の管理"))
    third = put(tmp_path / "c.docx", edited(公園の管理="公園"))
    report = tmp_path / "r.xlsx"
    made = run("collect", first, second, third, "--out", tmp_path / "out", "--report", report)
    assert made.code == 1
    lists = lists_of(report)
    by_kind = {(one["区分"], one["項目"]): one for one in lists["変更"]}
    result = by_kind["変更", "実績"]
    place = ("シート", "欄", "業務コード", "年度（和暦）", "年度（西暦）")
    assert [result[key] for key in place] == ["No.41 公園の管理", "行政活動", "01", "R元", 2019]
    assert (result["旧"], result["新"]) == (1, 3)
    assert [result[key] for key in ("変更者", "日時", "変更履歴", "原稿")] == [
        "鈴木", "2021-05-01T09:00:00Z", "あり", str(first),
    ]  # fmt: skip
    amount = by_kind["変更", "予算額"]
    assert (amount["旧"], amount["新"], amount["変更者"], amount["変更履歴"]) == (
        1350, 1400, None, "なし",
    )  # fmt: skip
    added = by_kind["追加", None]
    assert (added["業務コード"], added["新"], added["変更者"]) == ("0199", "草を刈る", "佐藤")
    assert "手段：草を刈る" in added["増えた行の値"]
    assert [(one["旧"], one["原稿の文字"], one["原稿"]) for one in lists["衝突"]] == [
        ("公園の管理", "緑の管理", str(second)),
        ("公園の管理", "公園", str(third)),
    ]
    assert "読めない行" in lists["取り込めないもの"][0]["行"]
    assert lists["シート一覧"][0]["取り込めないもの"] == "あり"


def test_what_the_making_of_the_report_finds_is_told(tmp_path: Path) -> None:
    path = put(tmp_path / "a.docx", edited(公園の管理="葛\U000e01efの管理"))
    report = tmp_path / "r.pdf"
    made = run("collect", path, "--out", tmp_path / "out", "--report", report)
    assert made.code == 0
    assert f"注意: {report}" in made.err


OWN = "form: 市の様式\ntitle: 市\nextends: sheet-a4-landscape\nremove: [予算]\n"


def test_a_draft_in_an_own_form_is_a_source_where_the_form_is_given(tmp_path: Path) -> None:
    source = put_sheet(tmp_path / "in/041.yaml")
    form = put(tmp_path / "市.yaml", OWN.encode())
    assert run("draft", source, "--layout", form, "--out", tmp_path / "drafts").code == 0
    (path,) = (tmp_path / "drafts").iterdir()
    made = run("render", path, "--layout", form, "--to", "yaml", "--out", tmp_path / "out")
    assert made.code == 0, made.err
    assert (tmp_path / "out/041.yaml").read_bytes() == source.read_bytes()
    config = put(tmp_path / "booklet.yaml", f"様式: {form}\n構成: [本体]\n".encode())
    book = tmp_path / "book.pdf"
    made = run("booklet", path, "--config", config, "--cache", "none", "--out", book)
    assert made.code == 0, made.err
    for command in (
        ("render", path, "--out", tmp_path / "new"),
        ("render", path, "--layout", "sheet-a4-portrait", "--out", tmp_path / "new"),
        ("import", path, "--out", tmp_path / "new"),
        ("booklet", path, "--cache", "none", "--out", tmp_path / "new.pdf"),
        ("compare", path, source, "--out", tmp_path / "new.pdf"),
    ):
        made = run(*command)
        assert made.code == 2, command
        assert "原稿の様式「市の様式」がありません。" in made.err
        assert "先に collect で YAML にし" in made.err


def test_a_draft_in_a_form_of_ours_is_a_source_of_any_form(tmp_path: Path) -> None:
    path = put(tmp_path / "a.docx", draft(sheet()))
    made = run("render", path, "--layout", "sheet-a4-portrait", "--out", tmp_path, "--to", "yaml")
    assert made.code == 0, made.err
    assert sheet_in(tmp_path / "041.yaml") == sheet()
