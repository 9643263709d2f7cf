"""`booklet --previous`: which files appear, what is said, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from gyomu_docs.booklet.manifest_file import read_manifest
from tests.support.cli import Result, files_below, put_sheet, run

CONFIG = "構成: [目次, 本体]\n扉: false\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with two sheets, and the booklet of them beside it: `前.pdf` and `前.json`."""
    folder = tmp_path / "原稿"
    for number in ("1", "2"):
        put_sheet(folder / f"{number}.yaml", number=number, title=f"名{number}")
    (folder / "booklet.yaml").write_text(CONFIG, "utf-8")
    assert booklet(folder, "前.pdf", "--manifest", tmp_path / "前.json").code == 0
    return folder


def booklet(source: Path, out: str, *options: object) -> Result:
    return run("booklet", source, "--out", source.parent / out, "--cache", "none", *options)


def files(source: Path) -> list[str]:
    return [name for name in files_below(source.parent) if not name.startswith("原稿")]


def test_the_manifest_beside_the_booklet_is_that_inside(source: Path) -> None:
    inside, beside = (read_manifest(source.parent / f"前.{one}") for one in ("pdf", "json"))
    assert inside == beside


@pytest.mark.parametrize("previous", ["前.pdf", "前.json"])
def test_a_packet_beside_the_booklet(source: Path, previous: str) -> None:
    put_sheet(source / "2.yaml", number="2", title="名2", notes=("※ 改めた。",))
    done = booklet(source, "新.pdf", "--previous", source.parent / previous)
    assert done.code == 0
    assert files(source) == ["前.json", "前.pdf", "新-差し替え.pdf", "新.pdf"]
    assert "前の冊子から変わったページ: 差し替え1ページ、追加0ページ、抜き取り0ページ。" in done.err


def test_without_a_change_there_is_no_packet(source: Path) -> None:
    done = booklet(source, "新.pdf", "--previous", source.parent / "前.pdf")
    assert done.code == 0
    assert files(source) == ["前.json", "前.pdf", "新.pdf"]
    assert "変わったページはありません。" in done.err
    assert (source.parent / "新.pdf").read_bytes() == (source.parent / "前.pdf").read_bytes()


def test_a_booklet_with_sheets_left_out_gives_no_packet(source: Path) -> None:
    (source / "2.yaml").write_text("年度: R3\nシートNo: '2'\n知らない項目: 1\n", "utf-8")
    done = booklet(source, "新.pdf", "--previous", source.parent / "前.pdf", "--keep-going")
    assert done.code == 1
    assert files(source) == ["前.json", "前.pdf", "新.pdf"]
    assert "除いたシートがあるため、差し替えは作りませんでした。" in done.err


@pytest.mark.parametrize(
    ("out", "options", "message"),
    [
        ("新.pdf", ["--previous", "原稿/1.yaml"], "1.yaml: PDF として読めません"),
        ("新.pdf", ["--previous", "無い.pdf"], "無い.pdf: 前の冊子を読めません"),
        ("前.pdf", ["--previous", "前.pdf"], "書き出すファイルに置き換えられてしまいます"),
        ("新.pdf", ["--previous", "新-差し替え.pdf"], "置き換えられてしまいます"),
        ("新.pdf", ["--manifest", "控え.txt"], ".json のファイルを指定してください"),
    ],
)
@pytest.mark.filterwarnings("ignore:.*:UserWarning")
def test_what_is_refused(source: Path, out: str, options: list[str], message: str) -> None:
    before = files(source)
    option, name = options
    done = booklet(source, out, option, source.parent / name)
    assert done.code == 2
    assert message in done.err
    assert files(source) == before


def test_standard_output_has_no_room_for_a_packet(source: Path) -> None:
    done = run("booklet", source, "--out", "-", "--previous", source.parent / "前.pdf")
    assert done.code == 2
    assert "--out - とともに" in done.err
    assert done.out == ""


def test_another_numbering_is_refused(source: Path) -> None:
    (source / "booklet.yaml").write_text(CONFIG + "ページ番号: {形式: 部ごと}\n", "utf-8")
    done = booklet(source, "新.pdf", "--previous", source.parent / "前.pdf")
    assert done.code == 2
    assert "「ページ番号の形式」の設定が違うため" in done.err
