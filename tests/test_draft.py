"""Word drafts: what they carry, from the library and from the command line."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from gyomu_docs.draft import DraftOptions, draft, draft_blank
from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.layout.identity import (
    BASE_PROPERTY,
    FINGERPRINT_PROPERTY,
    FORM_ID_PROPERTY,
    FORM_PROPERTY,
    find_form_id,
    is_blank,
    read_snapshot,
    record_of,
)
from gyomu_docs.model import FiscalYear, Sheet
from gyomu_docs.model.sheet_file import dump_yaml
from gyomu_docs.render import Renderer
from gyomu_docs.resources import find_resources
from tests.support.cli import files_below, put_sheet, run
from tests.support.office import texts_of_document
from tests.support.ooxml import Docx, attribute, lint, text_of
from tests.support.sheets import sheet, sheets

SaveDocx = Callable[..., Path]
YEAR = FiscalYear.parse("R4")


@cache
def shared_renderer() -> Renderer:
    return Renderer(find_resources({"SOURCE_DATE_EPOCH": "1617235200"}))


@pytest.fixture
def renderer() -> Renderer:
    return shared_renderer()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with one sheet: No.41 公園の管理."""
    put_sheet(tmp_path / "原稿/041.yaml")
    return tmp_path / "原稿"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "出力 先"


def properties(docx: Docx) -> dict[str, str]:
    return {one.get("name", ""): one[0].text or "" for one in docx.part("docProps/custom.xml")}


def test_a_draft_carries_the_sheet_that_it_was_made_from(
    renderer: Renderer, save_docx: SaveDocx
) -> None:
    data, left_out = draft(renderer, sheet())
    save_docx(data)
    docx = Docx(data)

    assert {one.kind for one in left_out} == {"no-extra"}
    snapshot = read_snapshot(ElementTree.fromstring(docx.archive.read("customXml/item1.xml")))
    assert snapshot is not None
    assert snapshot.yaml == dump_yaml(sheet())
    assert snapshot.form == properties(docx)[FORM_PROPERTY] == "sheet-a4-landscape"
    assert snapshot.form_id == properties(docx)[FORM_ID_PROPERTY]
    assert find_form_id(text_of(docx.part("word/footer1.xml"))) == snapshot.form_id
    assert len(properties(docx)[BASE_PROPERTY]) == 64


def test_every_activity_and_cost_is_marked(renderer: Renderer) -> None:
    docx = Docx(draft(renderer, sheet())[0])
    records = [record_of(attribute(one, "name")) for one in docx.find(".//w:bookmarkStart")]
    marked = [record for record in records if record.startswith("行政活動")]
    assert marked == [
        "行政活動[1]",
        "行政活動[2]",
        "行政活動[3]",
        "行政活動[1].事業費[1]",
        "行政活動[4]",
        "行政活動[5]",
        "行政活動[4].事業費[1]",
    ]


def test_a_draft_tracks_changes_and_locks_nothing(renderer: Renderer) -> None:
    docx = Docx(draft(renderer, sheet())[0])
    settings = docx.text("word/settings.xml")
    assert "<w:trackRevisions/>" in settings
    assert "documentProtection" not in settings
    assert docx.find(".//w:sdt") == []


def test_tracking_can_be_forced(renderer: Renderer) -> None:
    data, _ = draft(renderer, sheet(), DraftOptions(force_tracking=True))
    assert 'w:edit="trackedChanges"' in Docx(data).text("word/settings.xml")


def test_a_scrubbed_draft_hides_nothing(renderer: Renderer, save_docx: SaveDocx) -> None:
    hidden = sheet(extras={"内部": "見せない値"})
    data, _ = draft(renderer, hidden, DraftOptions(scrub=True))
    save_docx(data)
    docx = Docx(data)

    parts = {name: docx.archive.read(name).decode() for name in docx.names}
    assert [name for name in docx.names if name.startswith("customXml")] == []
    assert [name for name, text in parts.items() if "見せない値" in text] == []
    assert "緑のまち推進課" not in parts["docProps/core.xml"]
    assert "dcterms" not in parts["docProps/core.xml"].partition("<dc:title>")[2]
    assert "<w:removePersonalInformation/>" in parts["word/settings.xml"]
    # It still says what it is, so that it can be compared with a base.
    assert set(properties(docx)) == {
        *(FORM_PROPERTY, FINGERPRINT_PROPERTY, FORM_ID_PROPERTY, BASE_PROPERTY)
    }


def test_a_draft_that_is_not_scrubbed_has_author_and_date(renderer: Renderer) -> None:
    core = Docx(draft(renderer, sheet())[0]).text("docProps/core.xml")
    assert "緑のまち推進課" in core
    assert "2021-04-01T00:00:00Z" in core


def test_a_blank_draft(renderer: Renderer, save_docx: SaveDocx) -> None:
    data = draft_blank(renderer, YEAR)
    save_docx(data)
    docx = Docx(data)

    assert is_blank(properties(docx)[FORM_ID_PROPERTY])
    assert properties(docx)[BASE_PROPERTY] == ""
    assert [name for name in docx.names if name.startswith("customXml")] == []
    # Last of all tables but the two text boxes: two header rows, 20 activities, 2 cost rows.
    assert [len(docx.find("w:tr", one)) for one in docx.find("w:tbl")[-3:]] == [24, 2, 2]


def test_the_same_sheet_gives_the_same_bytes(renderer: Renderer) -> None:
    another = Renderer(find_resources({"SOURCE_DATE_EPOCH": "1617235200"}))
    assert draft(renderer, sheet()) == draft(another, sheet())


def drafted(renderer: Renderer, made: Sheet) -> bytes | MissingGlyphError:
    try:
        return draft(renderer, made)[0]
    except MissingGlyphError as refused:
        return refused


@given(sheets())
@settings(max_examples=30, deadline=None)
def test_any_sheet_is_a_draft_with_all_its_texts_or_is_refused(made: Sheet) -> None:
    renderer = shared_renderer()
    document, _ = renderer.document(made)
    texts = texts_of_document(document)
    data = drafted(renderer, made)
    if isinstance(data, MissingGlyphError):
        assert "Word のファイルに入れられません" in data.message
        return
    docx = Docx(data)
    shown = [
        text_of(one)
        for one in docx.find(".//w:p")
        if docx.values("w:pPr/w:pStyle", one) != ["Spacer"]
    ]
    assert lint(data) == []
    assert [one for one in shown if one] == [text.replace("\n", "|") for text in texts if text]


# the command line


def test_draft_writes_one_file_a_sheet(source: Path, out: Path) -> None:
    put_sheet(source / "緑地課/3.json", number="3", title="組織の方針")

    result = run("draft", source, "--out", out)

    assert result.code == 0
    assert files_below(out) == ["041-公園の管理.docx", "緑地課/003-組織の方針.docx"]
    assert "2個のファイルを書き出しました。" in result.err


def test_draft_makes_a_blank_form(out: Path) -> None:
    assert run("draft", "--blank", "--year", "令和4年度", "--out", out).code == 0
    assert files_below(out) == ["R4-新規.docx"]


def test_draft_replaces_nothing_that_differs(source: Path, out: Path) -> None:
    run("draft", source, "--out", out)
    assert run("draft", source, "--out", out).code == 0

    refused = run("draft", source, "--out", out, "--force-tracking")
    assert refused.code == 2
    assert "内容の異なるファイルが既にあります" in refused.err
    assert "--overwrite" in refused.err

    assert run("draft", source, "--out", out, "--force-tracking", "--overwrite").code == 0


def test_draft_leaves_out_what_word_cannot_hold(source: Path, out: Path) -> None:
    put_sheet(source / "042.yaml", number="42", title="制御\x07文字")

    refused = run("draft", source, "--out", out)
    assert refused.code == 2
    assert "042.yaml シート「No.42" in refused.err
    assert "U+0007 は Word のファイルに入れられません" in refused.err
    assert not out.exists()

    kept = run("draft", source, "--out", out, "--keep-going")
    assert kept.code == 1
    assert files_below(out) == ["041-公園の管理.docx"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--with-findings", "x.yaml"],
            "--with-findings は、点検（check）がまだないため使えません",
        ),
        ([], "SRC を指定してください"),
        (["--year", "R4", "x.yaml"], "--year は --blank と一緒に"),
        (["--blank"], "--blank には年度が要ります"),
        (["--blank", "--year", "4"], "年度「4」を読み取れません"),
        (["--blank", "--year", "R4", "x.yaml"], "--blank と SRC は一緒に使えません"),
    ],
)
def test_wrong_usage_of_draft(out: Path, arguments: list[str], message: str) -> None:
    result = run("draft", *arguments, "--out", out)
    assert result.code == 2
    assert result.err.startswith(f"誤り: {message}")
    assert not out.exists()


def test_draft_goes_to_standard_output(source: Path, tmp_path: Path) -> None:
    result = run("draft", source, "--out", "-")
    assert result.code == 0
    assert Docx(result.data).find(".//w:tbl") != []


OWN = "form: {}\ntitle: 市\nextends: sheet-a4-landscape\nremove: [予算]\n"


def test_a_form_file_with_the_name_of_another_form_makes_no_drafts(tmp_path: Path) -> None:
    source = put_sheet(tmp_path / "in/041.yaml")
    file = tmp_path / "市.yaml"
    for options in ([source], ["--blank", "--year", "R4"]):
        file.write_text(OWN.format("sheet-a4-landscape"), "utf-8")
        made = run("draft", *options, "--layout", file, "--out", tmp_path / "out")
        assert made.code == 2
        assert f"{file} 1行目: form: 「sheet-a4-landscape」は付いている様式の名前" in made.err
        assert not (tmp_path / "out").exists()
    checked = run("layouts", "--check", file)
    assert checked.code == 0
    assert checked.err.count("付いている様式の名前ですが、その様式と内容が違います") == 1
    file.write_text(OWN.format("市の様式"), "utf-8")
    assert run("draft", source, "--layout", file, "--out", tmp_path / "out").code == 0
    assert "付いている様式" not in run("layouts", "--check", file).err


def test_a_draft_in_an_own_form_is_collected_in_that_form_alone(tmp_path: Path) -> None:
    source = put_sheet(tmp_path / "in/041.yaml")
    file = tmp_path / "市.yaml"
    file.write_text(OWN.format("市の様式"), "utf-8")
    assert run("draft", source, "--layout", file, "--out", tmp_path / "drafts").code == 0
    made = run("collect", tmp_path / "drafts", "--layout", file, "--out", tmp_path / "out")
    assert made.code == 0
    assert (tmp_path / "out/041.yaml").read_bytes() == source.read_bytes()
    file.write_text(OWN.format("市の様式").replace("[予算]", "[注記]"), "utf-8")
    for layout in (file, "sheet-a4-landscape"):
        made = run("collect", tmp_path / "drafts", "--layout", layout, "--out", tmp_path / "new")
        assert made.code == 2
        assert "原稿を作った様式と、読み取る様式が違います" in made.err
        assert not (tmp_path / "new").exists()
