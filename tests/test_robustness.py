"""Bad input on every command that takes SRC: a clear error with its place, exit code 2, no file.

And input that is odd but can be read: it is read, with a diagnostic where something is odd.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gyomu_docs.model.sheet_file import dump_yaml
from tests.support.cli import files_below, put_sheet, run, run_program
from tests.support.sheets import sheet

COMMANDS = {
    "import": ("import", "SRC", "--out", "OUT"),
    "import to stdout": ("import", "SRC", "--out", "-"),
    "render": ("render", "SRC", "--out", "OUT"),
    "render all": ("render", "--to", "pdf,yaml,json", "--out", "OUT", "SRC"),
    "render to stdout": ("render", "SRC", "--out", "-"),
    "draft": ("draft", "SRC", "--out", "OUT"),
    "fonts": ("fonts", "SRC"),
}

HEAD = "年度: R3\nシートNo: 3\nシート名: 組織の方針\n"


class Bad(NamedTuple):
    """A file that is refused."""

    name: str
    content: bytes | str
    line: int | None
    says: str


BAD = {
    "empty file": Bad("3.yaml", b"", None, "空"),
    "blank file": Bad("3.yaml", b" \r\n\n", None, "空"),
    "empty text": Bad("3.txt", b"", None, "空"),
    "binary file": Bad("3.yaml", bytes(range(256)) * 9, None, "バイナリ"),
    "binary text": Bad("3.txt", b"%PDF-1.7\n\x00\x01\x02", None, "バイナリ"),
    "unknown encoding": Bad("3.yaml", HEAD.encode() + b"\x81 ", None, "文字コード"),
    "unknown key": Bad("3.yaml", f"{HEAD}行政活同: []\n", 4, "行政活動"),
    "unknown key inside": Bad(
        "3.yaml", f"{HEAD}行政活動:\n  - コード: '01'\n    手順: x\n", 6, "手段"
    ),
    "12-digit code": Bad(
        "3.yaml", f"{HEAD}行政活動:\n  - コード: '010203040506'\n", 5, "010203040506"
    ),
    "code twice": Bad("3.yaml", f"{HEAD}行政活動:\n  - コード: '01'\n  - コード: '01'\n", 6, "01"),
    "year without era": Bad("3.yaml", HEAD.replace("R3", "3"), 1, "「3」"),
    "results of no year": Bad(
        "3.yaml", f"{HEAD}任務目的:\n  - 目的: x\n    実績: {{去年: 1}}\n", 6, "去年"
    ),
    "alias bomb": Bad(
        "3.yaml",
        f"{HEAD}a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n",
        4,
        "別名",
    ),
    "deep nesting": Bad("3.yaml", f"{HEAD}注記: {'[' * 9000}", 4, "入れ子"),
    "deep json": Bad("3.json", b'{"\\u6ce8": ' + b"[" * 200_000, None, "入れ子"),
    "key twice": Bad("3.yaml", f"{HEAD}シート名: x\n", 4, "シート名"),
    "two documents": Bad("3.yaml", f"{HEAD}---\n{HEAD}", 4, "文書"),
    "broken yaml": Bad("3.yaml", f"{HEAD}注記: [a\n", 5, "YAML"),
    "tab": Bad("3.yaml", f"{HEAD}総合計画:\n\t名称: x\n", 5, "YAML"),
    "broken json": Bad("3.json", '{"年度": "R3",\n "シートNo": }', 2, "JSON"),
    "list": Bad("3.yaml", "- 年度: R3\n", None, "シート"),
    "no number": Bad("3.yaml", "年度: R3\nシート名: x\n", None, "シートNo"),
    "no year": Bad("3.yaml", "シートNo: 3\n", 1, "年度"),
    "list for a text": Bad("3.yaml", f"{HEAD}所属: [a, b]\n", 4, "所属"),
    "another text": Bad("3.txt", "議事録\n出席者 9名\n", None, "業務棚卸表"),
    "csv": Bad("3.csv", b"a,b\n", None, ".yaml"),
    "no suffix": Bad("3", b"a\n", None, ".yaml"),
}
NOT_BUILT = (".xlsx", ".pdf")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused(tmp_path: Path, bad: str, command: str) -> None:
    name, content, line, says = BAD[bad]
    path = tmp_path / "原 稿" / name
    path.parent.mkdir()
    path.write_bytes(content.encode() if isinstance(content, str) else content)

    refusal = _refused(tmp_path, command, path)

    place = f"{path} {line}行目" if line is not None else str(path)
    assert refusal.first.startswith(f"誤り: {place}: ")
    assert says in "".join(refusal)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("suffix", NOT_BUILT)
def test_a_format_that_is_not_built_yet(tmp_path: Path, suffix: str, command: str) -> None:
    path = tmp_path / f"3{suffix}"
    path.write_bytes(b"PK\x03\x04")

    first, hint = _refused(tmp_path, command, path)

    assert first.startswith(f"誤り: {path}: {suffix} の読み込みはまだできません")
    assert hint == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_word_file_that_is_none(tmp_path: Path, command: str) -> None:
    path = tmp_path / "3.docx"
    path.write_bytes(b"PK\x03\x04")

    first, hint = _refused(tmp_path, command, path)

    assert first.startswith(f"誤り: {path}: Word のファイル（.docx）として読めません")
    assert hint


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_not_there(tmp_path: Path, command: str) -> None:
    for missing in (tmp_path / "無い.yaml", tmp_path / "無い課/3.yaml"):
        assert _refused(tmp_path, command, missing).first.startswith(f"誤り: {missing}: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_without_sheets(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "空の課"
    folder.mkdir()
    (folder / "checks.yaml").write_text("規則: []\n", "utf-8")

    assert _refused(tmp_path, command, folder).first.startswith(f"誤り: {folder}: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_one_bad_file_in_a_folder(tmp_path: Path, command: str) -> None:
    put_sheet(tmp_path / "r3/1.yaml", number="1")
    bad = tmp_path / "r3/課/2.yaml"
    bad.parent.mkdir()
    bad.write_text(f"{HEAD}行政活同: []\n", "utf-8")

    assert _refused(tmp_path, command, tmp_path / "r3").first.startswith(f"誤り: {bad} 4行目: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_cannot_be_read(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_sheet(tmp_path / "3.yaml")
    really_read = Path.read_bytes

    def locked(self: Path) -> bytes:
        if self.name == "3.yaml":
            raise PermissionError(errno.EACCES, "used by another process", str(self))
        return really_read(self)

    monkeypatch.setattr(Path, "read_bytes", locked)

    assert _refused(tmp_path, command, path).first.startswith(f"誤り: {path}: ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_source_that_is_no_ordinary_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "3.yaml")

    assert _refused(tmp_path, "render", tmp_path / "3.yaml").first.startswith("誤り: ")


WRITING = [("import",), ("render",), ("draft",), ("render", "--to", "yaml,json")]


@pytest.mark.parametrize("command", WRITING)
def test_an_unwritable_folder(tmp_path: Path, command: tuple[str, ...]) -> None:
    source = put_sheet(tmp_path / "3.yaml", number="3")
    (tmp_path / "out").write_text("x", "utf-8")
    before = files_below(tmp_path)

    for out in (tmp_path / "out", tmp_path / "out/課"):
        _, *rest = command
        result = run(command[0], source, *rest, "--out", out)

        assert result.code == 2
        first, second = result.err.splitlines()[-2:]
        assert first.startswith(f"誤り: {tmp_path / 'out'}: ")
        assert second.startswith("  ヒント: ")
    assert files_below(tmp_path) == before


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc")
def test_a_place_where_nobody_can_write(tmp_path: Path) -> None:
    source = put_sheet(tmp_path / "3.yaml", number="3")

    result = run("import", source, "--out", "/proc/出力")

    assert result.code == 2
    assert result.err.startswith(f"誤り: {Path('/proc/出力/003.yaml')}: 書き込めません")


@pytest.mark.parametrize("command", WRITING)
def test_a_folder_without_permission(
    tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = put_sheet(tmp_path / "3.yaml", number="3")
    out = tmp_path / "out"
    out.mkdir()
    _lock(monkeypatch, lambda path, mode: path.parent == out and "x" in mode)

    result = run(*command, source, "--out", out)

    assert result.code == 2
    assert result.err.splitlines()[-2].startswith(f"誤り: {out / '003'}")
    assert "権限" in result.err.splitlines()[-1]
    monkeypatch.undo()
    assert files_below(out) == []


def test_a_file_open_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "r3"
    for number in ("1", "2", "3"):
        put_sheet(source / f"{number}.yaml", number=number, title="前")
    out = tmp_path / "out"
    assert run("render", source, "--out", out, "--to", "json").code == 0
    before = [path.read_bytes() for path in sorted(out.iterdir())]
    for number in ("1", "2", "3", "4"):
        put_sheet(source / f"{number}.yaml", number=number, title="後")
    _lock(monkeypatch, lambda path, mode: path == out / "002.json" and "+" in mode)

    result = run("render", source, "--out", out, "--to", "json")

    assert result.code == 2
    assert result.err.splitlines()[-2].startswith(f"誤り: {out / '002.json'}: ")
    assert "閉じて" in result.err.splitlines()[-1]
    monkeypatch.undo()
    assert files_below(out) == ["001.json", "002.json", "003.json"]
    assert [path.read_bytes() for path in sorted(out.iterdir())] == before


def test_a_name_longer_than_the_file_system_takes(tmp_path: Path) -> None:
    source = put_sheet(tmp_path / "3.yaml", number="3")

    result = run("import", source, "--out", tmp_path / ("長" * 300))

    assert result.code == 2
    assert "書き込めません" in result.err.splitlines()[-2]
    assert files_below(tmp_path) == ["3.yaml"]


@pytest.mark.parametrize("epoch", ["yesterday", "9" * 30])
def test_a_date_that_is_none(tmp_path: Path, epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = put_sheet(tmp_path / "3.yaml")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    result = run("render", source, "--out", tmp_path / "out")

    assert result.code == 2
    assert "SOURCE_DATE_EPOCH" in result.err
    assert not (tmp_path / "out").exists()


def test_bad_input_to_the_program(tmp_path: Path) -> None:
    path = tmp_path / "3.yaml"
    path.write_text(f"{HEAD}行政活同: []\n", "utf-8")

    for command in ("import", "render"):
        result = run_program(command, path, "--out", tmp_path / "out")

        assert result.code == 2
        assert result.err.startswith(f"誤り: {path} 4行目: ")
        assert result.err.count("\n") == 2
    assert not (tmp_path / "out").exists()


# odd, but read


def test_a_code_without_its_parent(tmp_path: Path) -> None:
    path = put_sheet(tmp_path / "3.yaml", activities=[{"code": "0101", "means": "点検する"}])

    result = run("render", path, "--out", tmp_path / "out")

    assert result.code == 0
    assert "注意: " in result.err
    assert "「01」がありません" in result.err


def test_a_cell_of_5000_characters(tmp_path: Path, save_pdf: Callable[[bytes], Path]) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    path = put_sheet(tmp_path / "3.yaml", purposes=[{"purpose": "長い目的。" * 1000}])

    result = run("render", path, "--out", "-")

    assert result.code == 0
    with pikepdf.open(save_pdf(result.data)) as pdf:
        assert len(pdf.pages) > 1


@pytest.mark.parametrize("codec", ["cp932", "utf-16", "utf-8-sig"])
def test_other_encodings(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "3.yaml"
    path.write_bytes(dump_yaml(sheet(number="3")).encode(codec))

    result = run("render", path, "--out", tmp_path / "out", "--to", "yaml", "--verbose")

    assert result.code == 0
    assert (tmp_path / "out/003.yaml").read_text("utf-8") == dump_yaml(sheet(number="3"))
    named = {"cp932": "Shift_JIS", "utf-16": "UTF-16"}.get(codec)
    assert (f"知らせ: {path}: 文字コードを {named}" in result.err) == bool(named)


def test_json_is_read_back(tmp_path: Path) -> None:
    path = put_sheet(tmp_path / "3.json", number="3")

    result = run("render", path, "--out", "-", "--to", "json")

    assert result.code == 0
    assert json.loads(result.data) == json.loads(path.read_text("utf-8"))


class Refusal(NamedTuple):
    """The two lines of an error."""

    first: str
    hint: str


def _refused(tmp_path: Path, command: str, source: Path) -> Refusal:
    """Run a command on a bad source; what it says."""
    out = tmp_path / "out"
    words = {"SRC": source, "OUT": out}
    result = run(*(words.get(word, word) for word in COMMANDS[command]))
    assert result.code == 2
    assert result.data == b""
    assert not out.exists()
    first, *hints = result.err.splitlines()
    assert len(hints) <= 1
    assert all(hint.startswith("  ヒント: ") for hint in hints)
    return Refusal(first, "".join(hints))


def _lock(monkeypatch: pytest.MonkeyPatch, is_locked: Callable[[Path, str], bool]) -> None:
    """Let `Path.open` be refused, as Windows does for a file that is open elsewhere."""
    really_open = Path.open

    def locked(self: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if is_locked(self, mode):
            raise PermissionError(errno.EACCES, "locked", str(self))
        return really_open(self, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", locked)
