"""The contract of the command line: what goes where, under which name, with which exit code."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import gyomu_docs
from gyomu_docs import cli
from gyomu_docs.model import FiscalYear
from gyomu_docs.render import Renderer
from tests.support.cli import clean_environment, files_below, put_sheet, run, run_program
from tests.support.ooxml import Docx, attribute, text_of

SavePdf = Callable[[bytes], Path]

COMMANDS = (
    *(
        "import",
        "render",
        "draft",
        "collect",
        "compare",
        "booklet",
        "schema",
        "layouts",
        "fonts",
        "info",
    ),
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with one sheet: No.41 公園の管理."""
    put_sheet(tmp_path / "令和3年度 原稿/041.yaml")
    return tmp_path / "令和3年度 原稿"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a command shall write; not there yet."""
    return tmp_path / "出力 先"


# import


def test_import_writes_one_yaml_a_sheet(source: Path, out: Path) -> None:
    result = run("import", source, "--out", out)

    assert result.code == 0
    assert files_below(out) == ["041.yaml"]
    assert (out / "041.yaml").read_bytes() == (source / "041.yaml").read_bytes()
    assert result.out == f"{out / '041.yaml'}\n"
    assert "1個のファイルを書き出しました。" in result.err


def test_import_lists_repairs_with_file_and_line(tmp_path: Path, out: Path) -> None:
    text = tmp_path / "公表.txt"
    text.write_text(_PUBLISHED, "utf-8")

    result = run("import", text, "--out", out)

    assert result.code == 0
    assert files_below(out) == ["003.yaml"]
    assert f"知らせ: {text} " in result.err
    assert "行目" in result.err


def test_import_then_render_gives_the_same_yaml(tmp_path: Path, out: Path) -> None:
    text = tmp_path / "公表.txt"
    text.write_text(_PUBLISHED, "utf-8")
    run("import", text, "--out", tmp_path / "r3")

    assert run("render", tmp_path / "r3", "--to", "yaml", "--out", out).code == 0

    assert files_below(out) == ["003.yaml"]
    assert (out / "003.yaml").read_bytes() == (tmp_path / "r3/003.yaml").read_bytes()


def test_import_refuses_to_replace_a_file_that_differs(source: Path, out: Path) -> None:
    run("import", source, "--out", out)
    put_sheet(source / "041.yaml", title="緑の管理")
    put_sheet(source / "042.yaml", number="42")
    before = (out / "041.yaml").read_bytes()

    refused = run("import", source, "--out", out)

    assert refused.code == 2
    assert refused.err.startswith(f"誤り: {out / '041.yaml'}: ")
    assert "--overwrite" in refused.err.splitlines()[1]
    assert files_below(out) == ["041.yaml"]
    assert (out / "041.yaml").read_bytes() == before

    assert run("import", source, "--out", out, "--overwrite").code == 0
    assert files_below(out) == ["041.yaml", "042.yaml"]
    assert (out / "041.yaml").read_bytes() == (source / "041.yaml").read_bytes()


def test_import_may_be_repeated(source: Path, out: Path) -> None:
    assert [run("import", source, "--out", out).code for _ in range(2)] == [0, 0]


# render


def test_render_makes_a_pdf_by_default(source: Path, out: Path, save_pdf: SavePdf) -> None:
    result = run("render", source, "--out", out)

    assert result.code == 0
    assert files_below(out) == ["041-公園の管理.pdf"]
    assert result.out == f"{out / '041-公園の管理.pdf'}\n"
    save_pdf((out / "041-公園の管理.pdf").read_bytes())


def test_render_makes_one_file_a_sheet_and_format(source: Path, out: Path) -> None:
    put_sheet(source / "3.json", number="3", title="組織の方針")

    result = run("render", source, "--out", out, "--to", "pdf, YAML,json,pdf")

    assert result.code == 0
    assert files_below(out) == [
        "003-組織の方針.pdf", "003.json", "003.yaml", "041-公園の管理.pdf", "041.json", "041.yaml"
    ]  # fmt: skip
    assert yaml.safe_load((out / "003.yaml").read_text("utf-8"))["シート名"] == "組織の方針"
    assert json.loads((out / "003.json").read_text("utf-8"))["シート名"] == "組織の方針"


def test_render_replaces_what_it_made(source: Path, out: Path) -> None:
    run("render", source, "--out", out, "--to", "json")
    put_sheet(source / "041.yaml", department="市民部")

    assert run("render", source, "--out", out, "--to", "json").code == 0

    assert json.loads((out / "041.json").read_text("utf-8"))["所属"] == "市民部"
    assert files_below(out) == ["041.json"]


def test_output_mirrors_sub_folders(source: Path, out: Path) -> None:
    put_sheet(source / "市民部/市民課/003.yaml", number="3", title="窓口")
    put_sheet(source / "市民部/税務課/003.yaml", number="3", title="窓口")

    for command in (["import"], ["render", "--to", "pdf"]):
        assert run(*command, source, "--out", out).code == 0

    assert files_below(out) == [
        "041-公園の管理.pdf",
        "041.yaml",
        "市民部/市民課/003-窓口.pdf",
        "市民部/市民課/003.yaml",
        "市民部/税務課/003-窓口.pdf",
        "市民部/税務課/003.yaml",
    ]


def test_files_and_folders_may_be_mixed(source: Path, out: Path) -> None:
    one = put_sheet(source.parent / "別/5.yaml", number="5")
    two = put_sheet(source.parent / "別/6.json", number="6")

    assert run("render", one, source, two, "--out", out, "--to", "yaml").code == 0

    assert files_below(out) == ["005.yaml", "006.yaml", "041.yaml"]


@pytest.mark.parametrize("command", [["import"], ["render"], ["render", "--to", "json"]])
def test_two_sheets_for_one_name_are_an_error_that_names_both(
    source: Path, out: Path, command: list[str]
) -> None:
    other = put_sheet(source / "写し.yaml", department="市民部")

    result = run(*command, source, "--out", out)

    assert result.code == 2
    assert f"{source / '041.yaml'} の No.41 公園の管理" in result.err.splitlines()[0]
    assert f"{other} の No.41 公園の管理" in result.err.splitlines()[0]
    assert not out.exists()


def test_names_that_differ_in_case_only_are_one_name(source: Path, out: Path) -> None:
    put_sheet(source / "2.yaml", number="A", title="x")
    put_sheet(source / "3.yaml", number="a", title="X")

    result = run("render", source, "--out", out)

    assert result.code == 2
    assert "同じファイル名" in result.err


@pytest.mark.parametrize(
    ("again", "message"),
    [
        ("041.yaml", "同じシートが2度あります"),
        (".", "同じシートが2度あります"),
        ("控え.yaml", "二つのシートが同じファイル名になります"),
    ],
)
def test_one_sheet_given_twice(source: Path, out: Path, again: str, message: str) -> None:
    if again == "控え.yaml":
        (source / again).write_bytes((source / "041.yaml").read_bytes())
    result = run("render", source / "041.yaml", source / again, "--out", out)

    assert result.code == 2
    assert message in result.err
    assert not out.exists()


def test_titles_that_no_file_name_can_have(source: Path, out: Path, save_pdf: SavePdf) -> None:
    put_sheet(source / "1.yaml", number="1", title="A/B: 道路\n「橋」?")
    put_sheet(source / "2.yaml", number="CON", title="")

    assert run("render", source, "--out", out).code == 0

    assert files_below(out) == [
        "001-A／B： 道路 「橋」？.pdf", "041-公園の管理.pdf", "_CON.pdf"
    ]  # fmt: skip
    for path in out.iterdir():
        save_pdf(path.read_bytes())


def test_a_folder_may_be_rendered_into_itself(source: Path) -> None:
    for _ in range(2):
        assert run("render", source, "--out", source).code == 0

    assert files_below(source) == ["041-公園の管理.pdf", "041.yaml"]


def test_the_sheet_that_was_read_is_not_written_over(source: Path) -> None:
    sheet_file = source / "041.yaml"
    sheet_file.write_text("# 覚え書き\n" + sheet_file.read_text("utf-8"), "utf-8")

    result = run("render", source, "--out", source, "--to", "pdf,yaml")

    assert result.code == 2
    assert result.err.startswith(f"誤り: {sheet_file}: ")
    assert "別のフォルダー" in result.err
    assert "覚え書き" in sheet_file.read_text("utf-8")
    assert files_below(source) == ["041.yaml"]


def test_options_stand_before_or_after_the_sources(source: Path, out: Path) -> None:
    before = run("render", "--to", "yaml", "--out", out / "a", "--quiet", source)
    after = run("render", source, "-q", f"--out={out / 'b'}", "--to=yaml")

    assert (before.code, after.code) == (0, 0)
    assert files_below(out) == ["a/041.yaml", "b/041.yaml"]


def test_wildcards_are_resolved_since_powershell_does_not(source: Path, out: Path) -> None:
    put_sheet(source / "[案]/5.yaml", number="5")
    put_sheet(source / "[案]/6.json", number="6")

    result = run("render", source / "*.yaml", source / "[案]/?.yaml", "--out", out, "--to", "yaml")

    assert result.code == 0
    assert files_below(out) == ["005.yaml", "041.yaml"]

    nothing = run("render", source / "*.txt", "--out", out)
    assert nothing.code == 2
    assert nothing.err.startswith(f"誤り: {source / '*.txt'}: ")


def test_a_form_file_may_be_given(source: Path, out: Path, save_pdf: SavePdf) -> None:
    form = source.parent / "様式 案.yaml"
    shipped = Path(cli.__file__).parents[2] / "layouts/sheet-a4-landscape.yaml"
    form.write_bytes(b"\xef\xbb\xbf" + shipped.read_bytes())

    assert run("render", source, "--out", out / "a").code == 0
    assert run("render", source, "--out", out / "b", "--layout", form).code == 0

    a, b = (save_pdf(path.read_bytes()) for path in sorted(out.rglob("*.pdf")))
    assert a.read_bytes() == b.read_bytes()


@pytest.mark.parametrize(
    ("layout", "hint"),
    [("sheet-a4-landscap", "「sheet-a4-landscape」ではありませんか"), ("x", "使える様式")],
)
def test_an_unknown_form(source: Path, out: Path, layout: str, hint: str) -> None:
    result = run("render", source, "--out", out, "--layout", layout)

    assert result.code == 2
    assert f"様式「{layout}」はありません" in result.err.splitlines()[0]
    assert hint in result.err.splitlines()[1]


@pytest.mark.parametrize("format_", ["html", "xlsx"])
def test_a_format_that_is_not_built_yet(source: Path, out: Path, format_: str) -> None:
    result = run("render", source, "--out", out, "--to", f"pdf,{format_}")

    assert result.code == 2
    assert result.err == (
        f"誤り: 形式「{format_}」の出力はまだできません（できる形式: pdf、docx、yaml、json）。\n"
    )
    assert not out.exists()


@pytest.mark.parametrize("formats", ["csv", "", ",", "pdf yaml"])
def test_an_unknown_format(source: Path, out: Path, formats: str) -> None:
    result = run("render", source, "--out", out, "--to", formats)

    assert result.code == 2
    assert "ヒント: できる形式: pdf、docx、yaml、json" in result.err


def test_a_file_name_for_out_is_a_mistake(source: Path) -> None:
    result = run("render", source, "--out", source / "公園.pdf")

    assert result.code == 2
    assert result.err.startswith(f"誤り: {source / '公園.pdf'}: --out には")
    assert files_below(source) == ["041.yaml"]


@pytest.mark.parametrize("command", ["import", "render"])
def test_an_empty_name_is_not_the_current_folder(
    source: Path, out: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(source)

    assert run(command, "", "--out", out).code == 2
    assert run(command, source, "--out", "").code == 2
    assert files_below(source) == ["041.yaml"]


def test_attached_data_equals_the_yaml(source: Path, out: Path, save_pdf: SavePdf) -> None:
    pikepdf = pytest.importorskip("pikepdf")

    assert run("render", source, "--out", out, "--to", "pdf,yaml", "--attach-data").code == 0

    path = save_pdf((out / "041-公園の管理.pdf").read_bytes())
    with pikepdf.open(path) as pdf:
        assert list(pdf.attachments) == ["041.yaml"]
        attached = pdf.attachments["041.yaml"].get_file().read_bytes()
    assert attached == (out / "041.yaml").read_bytes()


# --keep-going


@pytest.fixture
def some_bad(source: Path) -> Path:
    """The folder with three more sheets, of which one cannot be read and one not be printed."""
    put_sheet(source / "1.yaml", number="1", title="一")
    (source / "2.yaml").write_text("年度: R3\nシートNo: 2\nシート目: 道路\n", "utf-8")
    put_sheet(source / "課/3.yaml", number="3", title="\U000f0000")
    return source


def test_one_bad_sheet_means_that_nothing_is_written(some_bad: Path, out: Path) -> None:
    unreadable = run("render", some_bad, "--out", out)
    (some_bad / "2.yaml").unlink()
    unprintable = run("render", some_bad, "--out", out)

    assert (unreadable.code, unprintable.code) == (2, 2)
    assert unreadable.err.startswith(f"誤り: {some_bad / '2.yaml'} 3行目: ")
    assert unprintable.err.startswith(f"誤り: {some_bad / '課/3.yaml'} シート「No.3 ")
    assert not out.exists()


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_keep_going_leaves_bad_sheets_out_and_names_them(
    some_bad: Path, out: Path, quiet: list[str]
) -> None:
    result = run("render", some_bad, "--out", out, "--keep-going", "--to", "pdf,yaml", *quiet)

    assert result.code == 1
    assert files_below(out) == [
        "001-一.pdf", "001.yaml", "041-公園の管理.pdf", "041.yaml"
    ]  # fmt: skip
    errors = [line for line in result.err.splitlines() if line.startswith("誤り: ")]
    assert errors[0].startswith(f"誤り: {some_bad / '2.yaml'} 3行目: ")
    # Of a sheet with characters that no font has, all of their places.
    assert len(errors) > 2
    for line in errors[1:]:
        assert line.startswith(f"誤り: {some_bad / '課/3.yaml'} シート「No.3 ")
    assert "2件を除きました" in result.err or quiet


@pytest.mark.parametrize("out_option", ["-", "out"])
def test_keep_going_where_every_sheet_is_bad(tmp_path: Path, out_option: str) -> None:
    put_sheet(tmp_path / "r3/3.yaml", number="3", title="\U000f0000")
    out = out_option if out_option == "-" else tmp_path / out_option
    unreadable = tmp_path / "4.yaml"
    unreadable.write_text("シートNo: 4\n", "utf-8")

    for source in (tmp_path / "r3", unreadable):
        result = run("render", source, "--out", out, "--keep-going")

        assert (result.code, result.data) == (1, b"")
        assert f"誤り: {source}" in result.err
        assert not (tmp_path / "out").exists()


def test_import_keeps_going_too(some_bad: Path, out: Path) -> None:
    result = run("import", some_bad, "--out", out, "--keep-going")

    assert result.code == 1
    assert files_below(out) == ["001.yaml", "041.yaml", "課/003.yaml"]
    assert "誤り: " in result.err


def test_keep_going_without_bad_sheets(source: Path, out: Path) -> None:
    assert run("render", source, "--out", out, "--to", "json", "--keep-going").code == 0


def test_keep_going_does_not_excuse_wrong_usage(source: Path, out: Path) -> None:
    (source / "空").mkdir()

    missing = run("render", source, source / "無い.yaml", "--out", out, "--keep-going")
    empty = run("render", source, source / "空", "--out", out, "--keep-going")

    assert (missing.code, empty.code) == (2, 2)
    assert not out.exists()


# standard output and standard error


def test_standard_output(source: Path, save_pdf: SavePdf) -> None:
    pdf = run("render", source, "--out", "-")
    yaml_ = run("render", source, "--out", "-", "--to", "yaml")
    imported = run("import", source, "--out", "-")

    assert [pdf.code, yaml_.code, imported.code] == [0, 0, 0]
    save_pdf(pdf.data)
    assert yaml_.data == imported.data == (source / "041.yaml").read_bytes()
    assert "書き出しました" not in pdf.err


@pytest.mark.parametrize("command", ["import", "render"])
def test_standard_output_takes_one_sheet(source: Path, command: str) -> None:
    put_sheet(source / "5.yaml", number="5")

    result = run(command, source, "--out", "-")

    assert result.code == 2
    assert "1シートだけ" in result.err
    assert "2シート" in result.err
    assert result.data == b""


def test_standard_output_takes_one_format(source: Path) -> None:
    result = run("render", source, "--out", "-", "--to", "yaml,json")

    assert (result.code, result.data) == (2, b"")
    assert "形式を一つだけ" in result.err


def test_quiet_and_verbose(source: Path, out: Path) -> None:
    path = source / "041.yaml"
    path.write_bytes(path.read_text("utf-8").encode("cp932"))  # which is told, for information

    usual = run("render", source, "--out", out)
    quiet = run("render", source, "--out", out, "--quiet")
    verbose = run("render", source, "--out", out, "--verbose")

    assert quiet.out + quiet.err == ""
    assert "（--verbose で表示）" in usual.err
    assert "知らせ: " not in usual.err
    assert f"知らせ: {path}: " in verbose.err
    assert "（--verbose で表示）" not in verbose.err


def test_warnings_name_their_file(source: Path, out: Path) -> None:
    put_sheet(source / "041.yaml", activities=[{"code": "0101", "means": "親がない"}])

    result = run("render", source, "--out", out)

    assert result.code == 0
    assert result.err.startswith(f"注意: {source / '041.yaml'} ")


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path, out: Path) -> None:
    path = tmp_path / "3.yaml"
    path.write_text('年度: R3\nシートNo: 3\n"\\e[31m赤\\u202e": x\n', "utf-8")

    result = run("render", path, "--out", out)

    assert result.code == 2
    assert "\x1b" not in result.err
    assert "\u202e" not in result.err
    assert "\\x1b[31m赤" in result.err


def test_a_progress_bar_on_a_terminal_only(source: Path, out: Path) -> None:
    put_sheet(source / "5.yaml", number="5")

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def err_of(stream: io.StringIO, *options: str) -> str:
        with contextlib.redirect_stderr(stream), contextlib.redirect_stdout(io.StringIO()):
            assert cli.run(["render", str(source), "--out", str(out), *options]) == 0
        return stream.getvalue()

    assert "作成中" in err_of(Terminal())
    assert "作成中" not in err_of(io.StringIO())
    assert err_of(Terminal(), "--quiet") == ""


def interrupt(*arguments: Any, **options: Any) -> None:
    raise KeyboardInterrupt


def interrupt_within_a_library(*arguments: Any, **options: Any) -> None:
    """As ReportLab does it: `except:` takes Ctrl-C for a fault of what it was given."""
    try:
        interrupt()
    except:  # noqa: E722
        raise ValueError("cannot escape") from None


@pytest.mark.parametrize("way", [interrupt, interrupt_within_a_library])
def test_ctrl_c(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch, way: Callable[..., None]
) -> None:
    monkeypatch.setattr(Renderer, "render", way)

    result = run("render", source, "--out", out)

    assert result.code == 130
    assert result.err == "中断しました。\n"
    assert not out.exists()


def test_a_fault_of_ours_is_one_line(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **options: Any) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(Renderer, "render", fail)
    err = io.StringIO()

    with contextlib.redirect_stderr(err):
        assert cli.run(["render", str(source), "--out", "-"]) == 2

    assert err.getvalue().startswith("誤り: プログラムの内部の誤りです（ZeroDivisionError: oops）")
    monkeypatch.setenv("GYOMU_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.run(["render", str(source), "--out", "-"])


def test_memory_that_does_not_suffice(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **options: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(Renderer, "render", fail)

    result = run("render", source, "--out", "-")

    assert result.code == 2
    assert result.err.startswith("誤り: メモリーが足りません。")


# usage


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_help_lists_the_commands_that_work(arguments: list[str]) -> None:
    result = run(*arguments)

    assert result.code == 0
    lines = [line.split()[0] for line in result.out.split("コマンド:\n")[1].splitlines()]
    assert tuple(lines) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_japanese(command: str) -> None:
    result = run(command, "--help")

    assert result.code == 0
    assert result.out.startswith(f"使い方: gyomu-docs {command} [オプション]")
    for english in ("Usage", "Options", "Arguments", "required", "default", "Show this", "list["):
        assert english not in result.out


def test_version() -> None:
    result = run("--version")

    assert (result.code, result.out) == (0, f"gyomu-docs {gyomu_docs.__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ("nosuch", "コマンド「nosuch」はありません", "使えるコマンド: import、"),
        ("rendr", "コマンド「rendr」はありません", "「render」ではありませんか"),
        ("-x", "gyomu-docs: オプション「-x」はありません", "--help"),
        ("render", "gyomu-docs render: SRC を指定", "gyomu-docs render --help"),
        ("render a.yaml", "gyomu-docs render: --out を指定", "gyomu-docs render --help"),
        ("render --out", "オプション「--out」の後に値が", "--help"),
        ("render a --oot c", "オプション「--oot」はありません", "「--out」ではありませんか"),
        ("render a --quiet=1", "オプション「--quiet」に値は付けられません", "--help"),
        ("schema x", "gyomu-docs schema: コマンドの書き方が違います（余分な引数「x」", "--help"),
        ("info a b", "余分な引数「a b」", "--help"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_two_japanese_lines(arguments: str, message: str, hint: str) -> None:
    result = run(*arguments.split())

    assert result.code == 2
    first, second = result.err.splitlines()
    assert first.startswith("誤り: ")
    assert message in first
    assert second.startswith("  ヒント: ")
    assert hint in second
    assert result.out == ""


@pytest.mark.parametrize("command", ["check", "rollover", "export"])
def test_a_command_that_is_not_built_yet_is_refused_in_one_sentence(command: str) -> None:
    for rest in ([], ["--help"], ["a.yaml", "--out", "b"]):
        result = run(command, *rest)

        assert result.code == 2
        assert result.err.startswith(f"誤り: コマンド {command} はまだ使えません（")
        assert result.err.count("\n") == 1


# compare


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A folder with the sheet of `source` one year earlier, under another name."""
    put_sheet(tmp_path / "R2/041.yaml", fiscal_year=FiscalYear.parse("R2"), title="公園")
    return tmp_path / "R2"


def test_compare_writes_the_change_list(older: Path, source: Path, out: Path) -> None:
    result = run("compare", older, source, "--out", out / "変更.json")

    assert result.code == 0
    assert result.out == f"{out / '変更.json'}\n"
    written = json.loads((out / "変更.json").read_text("utf-8"))
    assert (written["old"], written["new"]) == ("R2", "R3")
    [sheet] = written["sheets"]
    assert sheet["changes"] == [
        {
            "kind": "changed",
            "section": "見出し",
            "field": "シート名",
            "old": "公園",
            "new": "公園の管理",
        }
    ]


def test_compare_to_standard_output_gives_the_same_bytes(older: Path, source: Path, out: Path):
    run("compare", older, source, "--out", out / "x.JSON")
    printed = run("compare", older, source, "--out", "-")

    assert printed.code == 0
    assert printed.data == (out / "x.JSON").read_bytes()


@pytest.mark.parametrize(("name", "start"), [("x.html", b"<!DOCTYPE html>"), ("x.xlsx", b"PK")])
def test_compare_writes_reports(
    older: Path, source: Path, out: Path, name: str, start: bytes
) -> None:
    result = run("compare", older, source, "--out", out / name)

    assert result.code == 0
    assert (out / name).read_bytes().lstrip().startswith(start)
    assert files_below(out) == [name]


def test_compare_replaces_its_file_but_not_its_input(tmp_path: Path, source: Path) -> None:
    old = put_sheet(tmp_path / "old.json")
    before = old.read_bytes()

    assert [run("compare", old, source, "--out", tmp_path / "x.json").code for _ in "12"] == [0, 0]
    refused = run("compare", old, source, "--out", old)

    assert refused.code == 2
    assert "入力のファイル" in refused.err
    assert old.read_bytes() == before


def test_compare_tells_what_is_not_certain(tmp_path: Path, source: Path) -> None:
    for number in ("1", "2"):
        put_sheet(tmp_path / f"old/{number}.yaml", number=number, title=f"公園{number}")

    result = run("compare", tmp_path / "old", source, "--out", "-")

    assert result.code == 0
    [doubt] = result.err.splitlines()
    assert "シート「No.41 公園の管理」: 旧年度の「No.1 公園1（" in doubt
    # Copies have one number and title, so that only the files tell them apart.
    assert "old/1.yaml）」と「No.2 公園2（" in doubt
    assert json.loads(result.out)["sheets"][0]["ambiguous"] is True
    assert run("compare", tmp_path / "old", source, "--out", "-", "--quiet").err == ""


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("x.txt", "形式「txt」はありません。"),
        ("x", "--out には拡張子のあるファイルを指定してください。"),
    ],
)
def test_compare_refuses_other_formats(source: Path, name: str, message: str) -> None:
    result = run("compare", source, source, "--out", name)

    assert result.code == 2
    assert result.err.splitlines()[0] == f"誤り: {name}: {message}"


def test_compare_writes_the_table(
    older: Path,
    source: Path,
    out: Path,
    save_pdf: Callable[[bytes], Path],
    save_docx: Callable[..., Path],
) -> None:
    for name in ("新旧.pdf", "新旧.docx"):
        assert run("compare", older, source, "--out", out / name).code == 0
    save_pdf((out / "新旧.pdf").read_bytes())
    save_docx((out / "新旧.docx").read_bytes())
    before = (out / "新旧.docx").read_bytes()
    run("compare", older, source, "--out", out / "新旧.docx", "--order", "old-new")
    assert (out / "新旧.docx").read_bytes() != before


@pytest.mark.parametrize(
    ("option", "value"), [("--order", "new"), ("--style", "list"), ("--layout", "nosuch")]
)
def test_compare_refuses_what_it_does_not_know(
    option: str, value: str, source: Path, tmp_path: Path
) -> None:
    result = run("compare", source, source, "--out", tmp_path / "x.pdf", option, value)

    assert result.code == 2
    assert f"「{value}」" in result.err
    assert not (tmp_path / "x.pdf").exists()


def test_compare_writes_a_redline(older: Path, source: Path, out: Path) -> None:
    result = run("compare", older, source, "--style", "redline", "--out", out / "履歴.docx")

    assert result.code == 0
    assert result.out == f"{out / '履歴.docx'}\n"
    data = (out / "履歴.docx").read_bytes()
    assert run("compare", older, source, "--style", "redline", "--out", "-").data == data
    docx = Docx(data)
    assert ["".join(one.itertext()) for one in docx.find(".//w:del")][:2] == ["R2", "H27"]
    assert {attribute(one, "author") for one in docx.find(".//w:ins")} == {"年度比較"}


def test_compare_writes_a_redline_in_another_form(older: Path, source: Path, out: Path) -> None:
    form = ("--layout", "yokkaichi-a4-landscape")
    run("compare", older, source, "--style", "redline", "--out", out / "x.docx", *form)
    assert "業務棚卸表　総括表" in text_of(Docx((out / "x.docx").read_bytes()).body)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("x.json", "redline"), "x.json: --style redline で書き出せるのは Word（.docx）だけです。"),
        (("出力", "redline"), "出力: --style redline で書き出せるのは Word（.docx）だけです。"),
        (("x.docx", "赤"), "--style に「赤」は指定できません。"),
        (("x.docx", "redline"), "新旧で違うシートがないため、変更履歴のファイルはできません。"),
    ],
)
def test_compare_refuses_what_is_no_redline(
    source: Path, options: tuple[str, str], message: str
) -> None:
    name, style = options
    result = run("compare", source, source, "--out", name, "--style", style)

    assert result.code == 2
    assert f"誤り: {message}" in result.err.splitlines()


def test_compare_of_a_missing_edition(source: Path, tmp_path: Path) -> None:
    result = run("compare", tmp_path / "nosuch", source, "--out", tmp_path / "x.json")

    assert result.code == 2
    assert "ヒント: 名前と場所を確かめてください。" in result.err
    assert not (tmp_path / "x.json").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("x.html", "--layout", "nosuch"), "--layout は html には使えません。"),
        (("x.xlsx", "--layout", "comparison/table"), "--layout は xlsx には使えません。"),
        (("x.json", "--layout", "nosuch"), "--layout は json には使えません。"),
        (("x.json", "--order", "old-new"), "--order は json には使えません。"),
        (("x.xlsx", "--order", "new-old"), "--order は xlsx には使えません。"),
        (
            ("x.docx", "--style", "redline", "--order", "new-old"),
            "--order は --style redline には使えません。",
        ),
    ],
)
def test_compare_refuses_an_option_that_it_would_not_heed(
    older: Path, source: Path, options: tuple[str, ...], message: str
) -> None:
    result = run("compare", older, source, "--out", *options)

    assert result.code == 2
    first, hint = result.err.splitlines()
    assert first == f"誤り: {options[0]}: {message}"
    assert hint.startswith("  ヒント: ")


@pytest.mark.parametrize(
    "options",
    [
        ("x.pdf", "--style", "redline"),
        ("x.pdf", "--layout", "sheet-a4-landscape"),
        ("x.docx", "--style", "redline", "--layout", "comparison/table"),
    ],
)
def test_compare_hints_at_what_to_give_instead(
    older: Path, source: Path, options: tuple[str, ...]
) -> None:
    result = run("compare", older, source, "--out", *options)

    assert result.code == 2
    assert result.err.splitlines()[1].startswith("  ヒント: --")


def test_compare_hints_at_sources_that_it_can_read(tmp_path: Path, source: Path) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    for name in ("空", "x.pdf"):
        result = run("compare", tmp_path / name, source, "--out", tmp_path / "x.json")
        assert result.code == 2
        assert "  ヒント: " in result.err


def test_compare_tells_of_exchanged_editions(older: Path, source: Path, out: Path) -> None:
    result = run("compare", source, older, "--out", out / "x.json")

    assert result.code == 0
    assert "OLD（R3年度）が NEW（R2年度）より新しい年度です。" in result.err


# schema, layouts, fonts, info


def test_schema_to_standard_output_and_to_a_file(out: Path) -> None:
    printed = run("schema")
    written = run("schema", "--out", out / "schema.json")

    assert (printed.code, written.code) == (0, 0)
    assert (out / "schema.json").read_bytes() == printed.data
    assert "シートNo" in json.loads(printed.data)["properties"]


def test_layouts() -> None:
    result = run("layouts")

    assert result.code == 0
    assert any(
        line.startswith("sheet-a4-landscape ") and line.endswith("（既定）")
        for line in result.out.splitlines()
    )


def test_layouts_checks_a_file(tmp_path: Path) -> None:
    form = tmp_path / "様式.yaml"
    shipped = Path(cli.__file__).parents[2] / "layouts/sheet-a4-landscape.yaml"
    form.write_bytes(shipped.read_bytes())

    good = run("layouts", "--check", form)
    form.write_text(form.read_text("utf-8").replace("{シート名}", "{シート目}"), "utf-8")
    bad = run("layouts", "--check", form)
    form.write_text(shipped.read_text("utf-8").replace("BIZ UDGothic,", "Times,"), "utf-8")
    font = run("layouts", "--check", form)
    missing = run("layouts", "--check", tmp_path / "無い.yaml")

    assert good.code == 0
    assert good.out.startswith(f"{form}: 誤りはありません")
    assert (bad.code, missing.code) == (2, 2)
    assert "シート目" in bad.err
    assert font.code == 2
    assert font.err.startswith(f"誤り: {form} ")
    assert "「Times」" in font.err
    assert missing.err.startswith(f"誤り: {tmp_path / '無い.yaml'}: ")


def test_layouts_checks_for_everything_at_once(tmp_path: Path) -> None:
    form = tmp_path / "様式.yaml"
    form.write_text(
        "form: 様式\ntitle: 市の様式\nextends: sheet-a4-landscape\nremove: [注意]\n"
        "replace: {注記: {field: 中記, style: nota}}\n"
        "styles: {base: {family: Times}, x: {siz: 8pt}}\n",
        "utf-8",
    )
    result = run("layouts", "--check", form)
    form.write_text(form.read_text("utf-8").replace("remove: [注意]\n", ""), "utf-8")

    assert result.code == 2
    lines = [line for line in result.err.splitlines() if line.startswith("誤り: ")]
    assert [line.split(" ")[2].removesuffix(":") for line in lines] == [
        "4行目",
        "5行目",
        "5行目",
        "6行目",
    ]
    assert all(line.startswith(f"誤り: {form} ") for line in lines)
    assert result.err.endswith(f"{form}: 誤りが4件あります。\n")


def test_layouts_checks_every_font(tmp_path: Path) -> None:
    form = tmp_path / "様式.yaml"
    form.write_text(
        "form: 様式\ntitle: 市の様式\nextends: sheet-a4-landscape\n"
        "styles:\n  note: {family: Times}\n  mark: {family: 明朝}\n",
        "utf-8",
    )
    result = run("layouts", "--check", form)

    assert result.code == 2
    assert [f"{form} 5行目" in result.err, f"{form} 6行目" in result.err] == [True, True]


def test_a_form_file_may_extend_one_beside_it(tmp_path: Path, source: Path, out: Path) -> None:
    folder = tmp_path / "様式"
    folder.mkdir()
    (folder / "もと.yaml").write_text(
        "form: もと\ntitle: もと\nextends: sheet-a4-landscape\n", "utf-8"
    )
    (folder / "案.yaml").write_text("form: 案\ntitle: 案\nextends: もと.yaml\n", "utf-8")

    assert run("render", source, "--out", out, "--layout", folder / "案.yaml").code == 0


def test_layouts_previews_a_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save_pdf: SavePdf
) -> None:
    monkeypatch.chdir(tmp_path)
    default = run("layouts", "--preview", "sheet-a4-portrait")
    named = run("layouts", "--preview", "sheet-a4-portrait", "--out", "見本.pdf")
    printed = run("layouts", "--preview", "sheet-a4-portrait", "--out", "-")

    assert (default.code, default.out) == (0, "sheet-a4-portrait-preview.pdf\n")
    assert (named.code, named.out) == (0, "見本.pdf\n")
    data = save_pdf((tmp_path / "sheet-a4-portrait-preview.pdf").read_bytes()).read_bytes()
    assert data == (tmp_path / "見本.pdf").read_bytes() == printed.data


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--out", "x.pdf"), "--out は --preview と一緒に"),
        (("--preview", "sheet-a4-portrait", "--out", "x.docx"), ".pdf のファイルを指定して"),
        (("--preview", "無い"), "様式「無い」はありません。"),
    ],
)
def test_a_preview_that_cannot_be_made(arguments: tuple[str, ...], message: str) -> None:
    result = run("layouts", *arguments)

    assert result.code == 2
    assert message in result.err


def test_fonts_are_listed() -> None:
    result = run("fonts")

    assert result.code == 0
    assert any(
        line.startswith("BIZ UDGothic  ") and line.endswith("BIZUDGothic-Regular.ttf")
        for line in result.out.splitlines()
    )


def test_fonts_lists_characters_that_no_font_has(source: Path) -> None:
    assert run("fonts", source).code == 0

    put_sheet(source / "041.yaml", notes=["鬼\U00031350", "\U000f0000"])
    result = run("fonts", source)

    assert result.code == 1
    lines = result.out.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{source / '041.yaml'} シート「No.41 公園の管理」")
    assert "（U+31350）" in lines[0]
    assert "外字（私用領域の文字）U+F0000" in lines[1]


def test_info_works_without_installed_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)

    result = run("info")

    assert result.code == 0
    assert result.out.startswith(f"gyomu-docs {gyomu_docs.__version__}\nPython 3.")
    assert "reportlab （ありません）" in result.out
    assert "BIZ UDGothic: BIZUDGothic-Regular.ttf" in result.out


# as a program of its own


def test_the_program(source: Path, out: Path, save_pdf: SavePdf) -> None:
    result = run_program("render", source, "--out", out, "--to", "pdf,docx,yaml,json")

    assert result.code == 0
    assert files_below(out) == [
        "041-公園の管理.docx",
        "041-公園の管理.pdf",
        "041.json",
        "041.yaml",
    ]
    save_pdf((out / "041-公園の管理.pdf").read_bytes())
    assert run_program("render", source, "--out", out, "--to", "html").code == 2
    assert run_program("check").code == 2


def test_the_program_in_a_japanese_windows_console(source: Path, out: Path) -> None:
    put_sheet(source / "041.yaml", title="鷗の公園", activities=[{"code": "0101"}])

    result = run_program("import", source, "--out", out, PYTHONIOENCODING="cp932")
    printed = run_program("render", source, "--out", out, PYTHONIOENCODING="cp932")
    wrong = run_program("render", source / "鷗𠮷.yaml", "--out", out, PYTHONIOENCODING="cp932")

    assert result.code == 0
    assert result.err.startswith("注意: ")
    assert r"\u9dd7の公園" in result.err
    assert printed.code == 0
    assert printed.out.rstrip().endswith(r"041-\u9dd7の公園.pdf")
    assert wrong.code == 2
    assert wrong.err.startswith("誤り: ")


_ENDLESS = """\
import time

from gyomu_docs import cli
from gyomu_docs.render import Renderer

once = Renderer.render

def endless(renderer, sheet, *more, **options):
    made = once(renderer, sheet, *more, **options)
    end = time.monotonic() + 60
    while sheet.number == "42" and time.monotonic() < end:
        made = once(renderer, sheet, *more, **options)
    return made

Renderer.render = endless
cli.main()
"""
"""The program, but sheet No.42 is made again and again: it is at work until the signal comes."""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path, out: Path) -> None:
    for number in ("41", "42"):
        put_sheet(tmp_path / f"r3/{number}.yaml", number=number)
    with subprocess.Popen(
        [sys.executable, "-c", _ENDLESS, "render", tmp_path / "r3", "--out", out],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_environment(),
    ) as process:
        # The file of No.41 lies there under its temporary name.
        while process.poll() is None and not (out.exists() and any(out.iterdir())):
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        printed, errors = process.communicate()

    assert process.returncode == 130
    assert printed == b""
    assert errors.decode().endswith("中断しました。\n")
    assert b"Traceback" not in errors
    assert not out.exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_a_reader_that_goes_away_is_no_error(source: Path, out: Path) -> None:
    environment = clean_environment()
    for arguments in (["schema"], ["info"], ["render", str(source), "--out", str(out)], []):
        process = subprocess.Popen(
            [sys.executable, "-m", "gyomu_docs", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read().decode()
        process.stderr.close()
        process.wait()
        assert "Traceback" not in errors
        assert "Exception ignored" not in errors
        assert "誤り" not in errors
    assert files_below(out) == ["041-公園の管理.pdf"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", ["schema", "info", "--help"])
def test_standard_output_that_takes_nothing(command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gyomu_docs", command],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=clean_environment(),
        )

    assert done.returncode == 2
    assert done.stderr.decode().startswith("誤り: ")
    assert b"Traceback" not in done.stderr


_PUBLISHED = """\
年度\tR3
シートNo.\t3
シート名\t組織の 方針

業務棚卸表 (総合計画施策説明表)

第五次 総合計画\t基本目的\tVIII まちづくりのしくみが整い発展できるまち
\t施策目的 (上位目的)\t27 高品質で生産性の高い行政活動が展開されているまちになる
\t施策の方向\tVIII-27 総合計画の適切な進捗管理を行います。

款\t項\t目\t事業名\t予算額
2\t1\t6\t政策調整推進事業\t1,027 千円
\t\t\t\t千円
合計\t\t\t\t1,027 千円
"""
