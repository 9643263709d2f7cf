"""Fallback fonts, 外字 and missing characters as the command line and the library show them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gyomu_docs import Renderer, find_resources
from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.model import Sheet
from tests.support.cli import files_below, put_sheet, run
from tests.support.paged import reading
from tests.support.sheets import sheet
from tests.support.tiny_fonts import LACKING, OTHER_SEQUENCE, tiny_font

SavePdf = Callable[[bytes], Path]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with the font `tiny` (𠮷, a sequence of 葛) and U+E000 for 𠮷."""
    folder = tmp_path / "設定"
    folder.mkdir()
    tiny_font(folder / "tiny.ttf", "𠮷葛", sequences=[OTHER_SEQUENCE])
    (folder / "外字.yaml").write_text("U+E000: 𠮷\n", "utf-8")
    file = folder / "gyomu-docs.yaml"
    file.write_text("予備の書体:\n- tiny.ttf\n外字: 外字.yaml\n", "utf-8")
    monkeypatch.setenv("GYOMU_CONFIG", str(file))
    return file


def odd_sheet() -> Sheet:
    """Notes with a character of the fallback, a mapped 外字 and an unknown selector."""
    return sheet(notes=[f"{LACKING}野と{LACKING}", "外\ue000字", "葛\U000e01ef"])


def test_fonts_are_listed_with_where_they_come_from(config: Path) -> None:
    result = run("fonts")
    assert (result.code, result.err) == (0, "")
    path = config.parent / "tiny.ttf"
    assert result.out.splitlines()[-1] == f"tiny  {path}（予備の書体、{config} 2行目）"


def test_info_names_the_configuration(config: Path) -> None:
    lines = run("info").out.splitlines()
    assert f"設定ファイル: {config}" in lines
    assert f"予備の書体: {config.parent / 'tiny.ttf'}（{config} 2行目）" in lines
    assert f"外字の対応表: {config.parent / '外字.yaml'}" in lines


def test_info_without_fallbacks() -> None:
    lines = run("info").out.splitlines()
    assert not any(line.startswith("予備の書体") for line in lines)
    assert "外字の対応表: （ありません）" in lines


def test_fonts_tells_what_is_borrowed_mapped_and_ignored(tmp_path: Path, config: Path) -> None:
    put_sheet(tmp_path / "r3/041.yaml", notes=odd_sheet().notes)
    result = run("fonts", tmp_path / "r3")
    assert result.code == 0
    borrowed, mapped, ignored, _, end = result.out.splitlines()
    assert borrowed.startswith(f"知らせ: {tmp_path / 'r3/041.yaml'} シート「No.41")
    assert "「𠮷」（U+20BB7）は予備の書体「tiny」で印刷します（2か所）" in borrowed
    assert mapped.endswith("外字 U+E000 を「𠮷」で印刷します（1字）。")
    assert ignored.startswith("注意: ")
    assert "U+845B U+E01EF" in ignored
    assert end == "書体にない文字はありません。"


def test_the_pdf_has_the_characters_and_the_data_keeps_the_private_one(
    config: Path, save_pdf: SavePdf
) -> None:
    renderer = Renderer(find_resources())
    data, found = renderer.pdf(odd_sheet(), attach_data=True)
    text = reading("pdftotext", save_pdf(data))
    assert "𠮷野と𠮷" in text
    assert "外𠮷字" in text
    assert [(one.level, one.kind) for one in found if one.kind in ("glyph", "gaiji")] == [
        ("I", "gaiji"),
        ("W", "glyph"),
    ]
    for format_ in ("yaml", "json"):
        assert "\ue000" in renderer.render(odd_sheet(), format_)[0].decode()


def test_render_names_all_missing_characters_before_it_writes(tmp_path: Path) -> None:
    for number, notes in (("1", ["☐済", "☑"]), ("2", ["市"]), ("3", ["\ue000", "☐"])):
        put_sheet(tmp_path / f"r3/{number}.yaml", number=number, notes=notes)
    result = run("render", tmp_path / "r3", "--out", tmp_path / "out")
    assert (result.code, files_below(tmp_path / "out")) == (2, [])
    errors = [line for line in result.err.splitlines() if line.startswith("誤り: ")]
    assert [(line.split("/")[-1][:6], line.split("U+")[1][:4]) for line in errors] == [
        ("1.yaml", "2610"),
        ("1.yaml", "2611"),
        ("3.yaml", "E000"),
        ("3.yaml", "2610"),
    ]
    hints = [line for line in result.err.splitlines() if "ヒント" in line]
    assert len(hints) == len(set(hints)) == 2


def test_the_library_raises_all_of_a_sheet_at_once() -> None:
    renderer = Renderer(find_resources())
    with pytest.raises(MissingGlyphError) as caught:
        renderer.pdf(sheet(notes=["☐", "☑☑"]))
    assert "U+2610" in caught.value.message
    assert ["U+2611" in one.message for one in caught.value.others] == [True]
    missing = renderer.missing(sheet(notes=["☐"]))
    assert missing is not None
    assert missing.others == ()
    assert renderer.missing(sheet()) is None


def test_a_wrong_configuration_is_named_with_its_line(
    tmp_path: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (config.parent / "tiny.ttf").write_bytes(b"no font")
    put_sheet(tmp_path / "r3/1.yaml", number="1")
    put_sheet(tmp_path / "r3/2.yaml", number="2", notes=[LACKING])
    for command in (["fonts"], ["render", tmp_path / "r3", "--out", tmp_path / "out"]):
        result = run(*command)
        assert result.code == 2
        assert result.err.startswith(f"誤り: {config} 2行目: フォント ")
    config.write_text("予備書体: []\n", "utf-8")
    result = run("render", tmp_path / "r3", "--out", tmp_path / "out")
    assert result.code == 2
    assert result.err == (
        f"誤り: {config} 1行目: 項目「予備書体」は使えません。\n"
        "  ヒント: 「予備の書体」ではありませんか。\n"
    )
