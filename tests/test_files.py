"""Names that Windows accepts, and files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from gyomu_docs.errors import OutputError
from gyomu_docs.files import OutFile, bytes_writer, file_name, safe_name, sheet_stem, write_files
from tests.support.cli import files_below


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("組織の方針", "組織の方針"),
        ('a/b\\c:d*e?f"g<h>i|j', "a／b￥c：d＊e？f”g＜h＞i｜j"),
        ("二行の\n題名", "二行の 題名"),
        ("全角　空白", "全角 空白"),
        ("  前後  ", "前後"),
        ("終わりの点...", "終わりの点"),
        ("点と空白 . .", "点と空白"),
        ("制\x07御\x1b字\u200b", "制御字"),
        (".隠し", "_.隠し"),
        ("~$一時", "_~$一時"),
        ("", "_"),
        ("...", "_"),
        ("\x00", "_"),
        ("CON", "_CON"),
        ("nul", "_nul"),
        ("Lpt9", "_Lpt9"),
        ("COM¹", "_COM¹"),
        ("aux.2021", "_aux.2021"),
        ("prn .x", "_prn .x"),
        ("CONSOLE", "CONSOLE"),
        ("COM10", "COM10"),
        ("𠮷野家", "𠮷野家"),
        ("\U00031350", "\U00031350"),
    ],
)
def test_safe_name(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("text", ["長" * 500, "a" * 500, "𠮷" * 500, "長" * 79 + ". 題名"])
def test_a_long_name_fits_every_file_system(text: str) -> None:
    name = safe_name(text)

    assert len(f"{name}.json".encode()) <= 255
    assert len(f"{name}.json".encode("utf-16-le")) // 2 <= 255
    assert text.startswith(name)
    assert len(name) >= 50
    assert not name.endswith((".", " "))


@pytest.mark.parametrize(
    ("number", "stem"),
    [
        ("3", "003"),
        ("41", "041"),
        ("1234", "1234"),
        ("0005", "0005"),
        ("３", "003"),
        (" 3 ", "003"),
        ("3-1", "3-1"),
        ("1/2", "1／2"),
        ("3.", "3"),
        ("NUL", "_NUL"),
        ("\x00", "_"),
        ("²", "002"),
    ],
)
def test_sheet_stem(number: str, stem: str) -> None:
    assert sheet_stem(number) == stem


@pytest.mark.parametrize(
    ("number", "title", "format_", "name"),
    [
        ("3", "組織の方針", "pdf", "003-組織の方針.pdf"),
        ("3", "組織の方針", "yaml", "003.yaml"),
        ("3", "組織の方針", "json", "003.json"),
        ("3", "", "pdf", "003.pdf"),
        ("3", "　", "pdf", "003.pdf"),
        ("3", "CON", "pdf", "003-CON.pdf"),
        ("3", "道路\n橋", "pdf", "003-道路 橋.pdf"),
        ("3", "v1.0", "pdf", "003-v1.0.pdf"),
        ("CON", "", "pdf", "_CON.pdf"),
    ],
)
def test_file_name(number: str, title: str, format_: str, name: str) -> None:
    assert file_name(number, title, format_) == name


def test_files_and_their_folders_are_written(tmp_path: Path) -> None:
    paths = [tmp_path / "企画 課/003.yaml", tmp_path / "企画 課/下/004.yaml"]

    written = write_files(_file(path, path.stem) for path in paths)

    assert written == paths
    assert [path.read_text("utf-8") for path in paths] == ["003", "004"]
    assert files_below(tmp_path) == ["企画 課/003.yaml", "企画 課/下/004.yaml"]


def test_a_file_is_as_readable_as_the_umask_says(tmp_path: Path) -> None:
    path = tmp_path / "003.yaml"
    before = os.umask(0o022)
    try:
        write_files([_file(path)])
    finally:
        os.umask(before)

    assert path.stat().st_mode & 0o777 == 0o644


def test_nothing_is_written_if_one_file_fails(tmp_path: Path) -> None:
    (tmp_path / "003.yaml").write_text("前", "utf-8")

    def files() -> Iterator[OutFile]:
        yield _file(tmp_path / "003.yaml")
        yield _file(tmp_path / "新しい/下/004.yaml")
        raise ValueError("bad sheet")

    with pytest.raises(ValueError, match="bad sheet"):
        write_files(files())

    assert files_below(tmp_path) == ["003.yaml"]
    assert (tmp_path / "003.yaml").read_text("utf-8") == "前"
    assert not (tmp_path / "新しい").exists()


def test_ctrl_c_while_writing_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(out: BinaryIO) -> None:
        out.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_files([_file(tmp_path / "out/003.yaml"), OutFile(tmp_path / "out/4", interrupt)])

    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_again_does_not_stop_the_clean_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_unlink = Path.unlink
    before = signal.getsignal(signal.SIGINT)

    def interrupt(out: BinaryIO) -> None:
        raise KeyboardInterrupt

    def unlink(path: Path, missing_ok: bool = False) -> None:
        signal.raise_signal(signal.SIGINT)
        really_unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)

    with pytest.raises(KeyboardInterrupt):
        write_files([_file(tmp_path / "out/003.yaml"), OutFile(tmp_path / "out/4", interrupt)])

    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGINT) is before


def test_files_may_be_written_in_a_thread(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        pool.submit(write_files, [_file(tmp_path / "003.yaml")]).result()

    assert files_below(tmp_path) == ["003.yaml"]


def test_a_folder_that_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    def fail(out: BinaryIO) -> None:
        raise OutputError("x")

    with pytest.raises(OutputError):
        write_files([OutFile(tmp_path / "out/課/003.yaml", fail)])

    assert list(tmp_path.rglob("*")) == [tmp_path / "out"]


def test_two_files_of_one_name_are_an_error_that_names_both(tmp_path: Path) -> None:
    files = [
        _file(tmp_path / "003.pdf", source="a.yaml の No.3 道路"),
        _file(tmp_path / "003.PDF", source="b.yaml の No.3 道路"),
    ]

    with pytest.raises(OutputError) as caught:
        write_files(files)

    assert "a.yaml の No.3 道路" in str(caught.value)
    assert "b.yaml の No.3 道路" in str(caught.value)
    assert caught.value.place.file.endswith("003.PDF")
    assert files_below(tmp_path) == []


def test_one_name_in_two_unicode_forms_is_one_name(tmp_path: Path) -> None:
    files = [_file(tmp_path / "が.pdf", source="a"), _file(tmp_path / "か\u3099.pdf", source="b")]

    with pytest.raises(OutputError, match="同じファイル名"):
        write_files(files)


def test_one_sheet_given_twice_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="同じシートが2度") as caught:
        write_files([_file(tmp_path / "3", source="a.yaml の No.3")] * 2)

    assert "SRC" in caught.value.hint


def test_a_file_that_differs_is_kept_where_asked(tmp_path: Path) -> None:
    (tmp_path / "004.yaml").write_text("前", "utf-8")

    with pytest.raises(OutputError) as caught:
        write_files([_file(tmp_path / "003.yaml"), _file(tmp_path / "004.yaml", keep="別に")])

    assert caught.value.hint == "別に"
    assert files_below(tmp_path) == ["004.yaml"]
    assert (tmp_path / "004.yaml").read_text("utf-8") == "前"


def test_a_file_that_is_the_same_may_stay(tmp_path: Path) -> None:
    path = tmp_path / "003.yaml"
    write_files([_file(path, "同じ")])
    os.utime(path, (1, 1))

    assert write_files([_file(path, "同じ", keep="別に")]) == [path]
    assert path.stat().st_mtime == 1
    assert files_below(tmp_path) == ["003.yaml"]


def test_a_file_that_differs_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "003.yaml"
    write_files([_file(path, "前")])

    write_files([_file(path, "後")])

    assert path.read_text("utf-8") == "後"
    assert files_below(tmp_path) == ["003.yaml"]


@pytest.fixture
def three(tmp_path: Path) -> list[OutFile]:
    """Three files to write: one is new, two replace others."""
    for name in ("004", "005"):
        (tmp_path / name).write_text(f"前の{name}", "utf-8")
    return [_file(tmp_path / name, f"後の{name}") for name in ("003", "004", "005")]


def _assert_untouched(folder: Path) -> None:
    assert files_below(folder) == ["004", "005"]
    assert (folder / "004").read_text("utf-8") == "前の004"
    assert (folder / "005").read_text("utf-8") == "前の005"


def test_a_file_open_elsewhere_is_found_before_any_is_replaced(
    tmp_path: Path, three: list[OutFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    really_open = Path.open

    def locked(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "005":
            raise PermissionError(errno.EACCES, "used by another process", str(path))
        return really_open(path, *arguments, **options)

    replaced: list[object] = []
    monkeypatch.setattr(Path, "open", locked)
    monkeypatch.setattr(os, "replace", lambda *paths: replaced.append(paths))

    with pytest.raises(OutputError, match="書き込めません") as caught:
        write_files(three)

    assert caught.value.place.file == str(tmp_path / "005")
    assert "閉じて" in caught.value.hint
    assert replaced == []
    monkeypatch.undo()
    _assert_untouched(tmp_path)


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "locked"), KeyboardInterrupt()])
@pytest.mark.parametrize("links", [True, False])
def test_files_already_replaced_come_back(
    tmp_path: Path,
    three: list[OutFile],
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    links: bool,
) -> None:
    really_replace = os.replace

    def locked(source: Path, target: Path) -> None:
        # As Windows does where a viewer shares the file for writing but not for deletion.
        if target.name == "005" and source.name.startswith(".~") and not failed:
            failed.append(target)
            raise error
        really_replace(source, target)

    def no_links(*paths: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    failed: list[Path] = []
    monkeypatch.setattr(os, "replace", locked)
    if not links:
        monkeypatch.setattr(os, "link", no_links)

    with pytest.raises((OutputError, KeyboardInterrupt)):
        write_files(three)

    assert failed
    _assert_untouched(tmp_path)


def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *arguments: Any, **options: Any) -> None:
        raise PermissionError(errno.EACCES, "denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)

    with pytest.raises(OutputError, match="書き込めません") as caught:
        write_files([_file(tmp_path / "out/003.yaml")])

    assert "権限" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk(tmp_path: Path) -> None:
    def full(out: BinaryIO) -> None:
        out.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="ディスクに空きがありません") as caught:
        write_files([OutFile(tmp_path / "out/003.pdf", full)])

    assert "空き" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_folder_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", "utf-8")

    with pytest.raises(OutputError, match="同じ名前のファイル") as caught:
        write_files([_file(tmp_path / "out/課/003.yaml")])

    assert caught.value.place.file == str(tmp_path / "out")
    assert files_below(tmp_path) == ["out"]


def test_a_file_where_a_folder_is(tmp_path: Path) -> None:
    (tmp_path / "003.yaml").mkdir()

    with pytest.raises(OutputError, match="同じ名前の"):
        write_files([_file(tmp_path / "003.yaml")])

    assert list(tmp_path.rglob("*")) == [tmp_path / "003.yaml"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc")
def test_a_place_where_nobody_can_write() -> None:
    with pytest.raises(OutputError, match="書き込めません"):
        write_files([_file(Path("/proc/gyomu/003.yaml"))])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path) -> None:
    # Like /dev/null. Never try it on a device itself: root can replace one.
    os.mkfifo(tmp_path / "null")

    with pytest.raises(OutputError, match="同じ名前の"):
        write_files([_file(tmp_path / "null")])

    assert (tmp_path / "null").is_fifo()


def _file(path: Path, text: str = "x", *, source: str = "", keep: str = "") -> OutFile:
    return OutFile(path, bytes_writer(text.encode()), source or str(path), keep)


def test_temporary_files_of_a_killed_run_go_when_they_are_old(tmp_path: Path) -> None:
    old, young, other = (
        tmp_path / name
        for name in (".~0123456789ab.tmp", ".~ba9876543210.tmp", ".~lock.booklet.tmp")
    )
    for path in (old, young, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (0, 0))

    write_files([OutFile(tmp_path / "a.pdf", bytes_writer(b"whole"))])

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        young.name,
        other.name,
        "a.pdf",
    ]
