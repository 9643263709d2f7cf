"""Files and folders to one edition: what is found, in which order, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gyomu_docs.errors import GyomuError, SheetError, SourceError, UsageError
from gyomu_docs.model.sheet_file import dump_json, dump_yaml
from gyomu_docs.readers import READERS, read
from tests.support.sheets import sheet

PUBLISHED = "年度\tR3\nシートNo.\t{number}\nシート名\t道路\n"


def put(path: Path, number: str = "1", text: str | None = None) -> Path:
    """Write a sheet with this number in the format of the suffix, or the given text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        dump = dump_json if path.suffix == ".json" else dump_yaml
        text = dump(sheet(number=number))
        text = PUBLISHED.format(number=number) if path.suffix == ".txt" else text
    path.write_text(text, "utf-8")
    return path


def numbers(*sources: str | Path) -> list[str]:
    edition, _ = read(sources)
    return [item.number for item in edition]


@pytest.mark.parametrize("name", ["a.yaml", "a.YML", "a.json", "a.txt", "課 の 表.yaml"])
def test_a_file_is_read_by_its_suffix(tmp_path: Path, name: str):
    file = put(tmp_path / name.lower(), "7").rename(tmp_path / name)
    edition, found = read([file])
    (entry,) = edition.entries
    assert (entry.sheet.number, entry.file, entry.folder) == ("7", str(file), "")
    assert found == []


def test_a_folder_gives_its_sheets_by_path_and_by_number(tmp_path: Path):
    for name in ("10.yaml", "9.json", "道路課/2.yaml", "公園課/係/1.yml"):
        put(tmp_path / name, name.split("/")[-1].split(".")[0])
    edition, _ = read([tmp_path])
    assert [(entry.folder, entry.sheet.number) for entry in edition.entries] == [
        ("", "9"),
        ("", "10"),
        ("公園課/係", "1"),
        ("道路課", "2"),
    ]


def test_files_and_folders_mix_and_keep_their_order(tmp_path: Path):
    put(tmp_path / "b" / "2.yaml", "2")
    one, three = put(tmp_path / "1.json", "1"), put(tmp_path / "3.txt", "3")
    assert numbers(three, str(tmp_path / "b"), one, three) == ["3", "2", "1", "3"]


def test_messages_name_files_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    put(tmp_path / "r3" / "課" / "3.yaml", "3")
    monkeypatch.chdir(tmp_path)
    edition, _ = read(["r3"])
    assert edition.entries[0].file == os.path.join("r3", "課", "3.yaml")


def test_other_files_of_a_folder_are_no_sheets(tmp_path: Path):
    put(tmp_path / "3.yaml", "3")
    put(tmp_path / "booklet.yaml", text="表紙: {年度: R3}\n順: &a [1, 2]\n裏: *a\n")
    put(tmp_path / "checks.json", text='{"checks": {"シートNo": "C39"}}')
    put(tmp_path / "notes.yaml", text="- シートNo は連番にする\n")
    put(tmp_path / "published.txt", "9")
    put(tmp_path / "~$3.yaml", text="シートNo: [")
    put(tmp_path / ".git" / "4.yaml", "4")
    put(tmp_path / "form.pdf", text="%PDF")
    assert numbers(tmp_path) == ["3"]


def test_an_empty_file_in_a_folder_is_told_and_skipped(tmp_path: Path):
    put(tmp_path / "3.yaml", "3")
    empty = put(tmp_path / "4.yaml", text="\n")
    edition, found = read([tmp_path])
    assert len(edition) == 1
    assert [(item.level, item.place.file) for item in found] == [("W", str(empty))]


@pytest.mark.parametrize(
    "text",
    ['{シートNo: "5", 年度: R3}', '"シートNo": 5\n年度: R3', "年度: R3\nシートNo : 5"],
)
def test_the_key_is_found_however_it_is_written(tmp_path: Path, text: str):
    put(tmp_path / "a.yaml", text=text)
    put(tmp_path / "b.json", text='{"\\u30b7\\u30fc\\u30c8No": "6", "\\u5e74\\u5ea6": "R3"}')
    assert numbers(tmp_path) == ["5", "6"]


def test_two_sheets_with_one_number_are_both_kept(tmp_path: Path):
    put(tmp_path / "a.yaml", "3")
    put(tmp_path / "b.yaml", "3")
    assert numbers(tmp_path) == ["3", "3"]


@pytest.mark.parametrize("suffix", [".xlsx", ".pdf"])
def test_a_format_that_is_not_built_yet_is_refused_in_one_sentence(tmp_path: Path, suffix: str):
    with pytest.raises(UsageError, match="まだできません") as error:
        read([put(tmp_path / f"a{suffix}", text="x")])
    assert all(known in error.value.message for known in (suffix, *READERS))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["a.doc", "a", "a.yaml.bak", "a.docx"])
def test_an_unknown_format_is_refused_in_one_sentence(tmp_path: Path, name: str):
    with pytest.raises(UsageError, match="読めません"):
        read([put(tmp_path / name, text="x")])


@pytest.mark.parametrize("name", ["ない.yaml", "ない/ない.txt", "a\0b.yaml"])
def test_a_missing_file_is_wrong_usage(tmp_path: Path, name: str):
    with pytest.raises(UsageError, match="ありません"):
        read([tmp_path / name])


def test_nothing_at_all_is_wrong_usage():
    with pytest.raises(UsageError, match="指定"):
        read([])


@pytest.mark.parametrize(
    ("name", "hint"),
    [("published.txt", "gyomu-docs import"), ("原稿.docx", "gyomu-docs collect"), ("a.png", "")],
)
def test_a_folder_without_sheets_is_wrong_usage(tmp_path: Path, name: str, hint: str):
    put(tmp_path / name, "9")
    with pytest.raises(UsageError, match="シートがありません") as error:
        read([tmp_path])
    assert hint in error.value.hint
    assert bool(hint) == bool(error.value.hint)


def test_published_texts_of_a_folder_are_read_where_they_are_wanted(tmp_path: Path):
    put(tmp_path / "3.yaml", "3")
    put(tmp_path / "課/9.txt", "9")
    edition, _ = read([tmp_path], texts=True)
    assert [(entry.folder, entry.sheet.number) for entry in edition.entries] == [
        ("", "3"),
        ("課", "9"),
    ]


@pytest.mark.parametrize("text", ["表紙: R3\n", "- 1\n", "年度: R3\nシートNO: 3\n"])
def test_a_file_named_directly_must_be_a_sheet(tmp_path: Path, text: str):
    with pytest.raises(SheetError, match="シートNo") as error:
        read([put(tmp_path / "a.yaml", text=text)])
    assert error.value.place.file == str(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    "text", ["シートNo: [", "シートNo: 3\n年度: いつか\n", "シートNo: 3\n所在: x\n"]
)
def test_a_faulty_sheet_in_a_folder_is_refused(tmp_path: Path, text: str):
    put(tmp_path / "3.yaml", "3")
    put(tmp_path / "4.yaml", text=text)
    with pytest.raises(SheetError) as error:
        read([tmp_path])
    assert error.value.place.file == str(tmp_path / "4.yaml")


def test_all_refused_files_are_told_at_once(tmp_path: Path):
    for name in ("3", "4", "5"):
        put(tmp_path / f"{name}.yaml", text=f"シートNo: {name}\n所在: x\n")
    with pytest.raises(SheetError) as error:
        read([tmp_path, put(tmp_path / "別.json", text="{")])
    told = [error.value, *error.value.others]
    assert [(Path(one.place.file).name, one.place.line) for one in told] == [
        *(("3.yaml", 1), ("3.yaml", 2), ("4.yaml", 1), ("4.yaml", 2)),
        *(("5.yaml", 1), ("5.yaml", 2), ("別.json", 1)),
    ]


def test_refused_files_can_be_left_out(tmp_path: Path):
    put(tmp_path / "3.yaml", "3")
    put(tmp_path / "4.yaml", text="シートNo: [")
    refused: list[GyomuError] = []
    edition, _ = read([tmp_path], refused=refused)
    assert [item.number for item in edition] == ["3"]
    assert [error.place.file for error in refused] == [str(tmp_path / "4.yaml")]


def test_a_file_that_another_program_keeps_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = put(tmp_path / "3.yaml", "3")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match=r"[ぁ-ん]") as error:
        read([file])
    assert error.value.place.file == str(file)


def test_a_name_that_the_system_refuses_is_refused_in_japanese(tmp_path: Path):
    with pytest.raises(SourceError, match="読み取れません"):
        read([tmp_path / f"{'a' * 5000}.yaml"])


def test_a_folder_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(path: str) -> None:
        raise PermissionError(13, "denied", path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SourceError) as error:
        read([tmp_path])
    assert error.value.place.file == str(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_what_is_no_ordinary_file_is_refused(tmp_path: Path):
    os.mkfifo(tmp_path / "a.yaml")
    with pytest.raises(SourceError, match="ファイル"):
        read([tmp_path / "a.yaml"])


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.txt"])
@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"\xff\xff\xff"])
def test_what_is_no_text_is_refused(tmp_path: Path, name: str, data: bytes):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=r"[ぁ-ん]"):
        read([tmp_path / name])
