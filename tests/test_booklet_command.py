"""The command `booklet`: its files and exit codes, bad sheets, builds that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import clean_environment, files_below, put_sheet, run
from tests.support.finished import FinishedBook

BAD = "\U000f0000"
"""A character that no font has."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An edition of three sheets."""
    for number, title in (("1", "一"), ("2", "二"), ("3", "三")):
        put_sheet(tmp_path / f"r3/{number}.yaml", number=number, title=title)
    return tmp_path / "r3"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out" / "booklet.pdf"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of the user, where no other is named."""
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def text_of(path: Path) -> str:
    book = FinishedBook(path.read_bytes())
    return "".join(book.text(page) for page in range(len(book.labels)))


def test_one_file_whatever_the_jobs_and_the_cache(
    source: Path, out: Path, tmp_path: Path, own_cache: Path
) -> None:
    result = run("booklet", source, "--out", out, "--cache", "none")
    assert (result.code, result.out, files_below(out.parent)) == (0, f"{out}\n", ["booklet.pdf"])
    assert not own_cache.exists()
    data = out.read_bytes()
    for options in (["--jobs", "2"], [], ["--cache", str(tmp_path / "kept")]):
        assert run("booklet", source, "--out", out, *options).code == 0
        assert out.read_bytes() == data
    assert files_below(own_cache)
    assert len(files_below(tmp_path / "kept")) == len(files_below(own_cache))
    assert run("booklet", source, "--out", "-").data == data


def test_the_configuration_lies_in_the_folder_or_is_named(
    source: Path, out: Path, tmp_path: Path
) -> None:
    (source / "booklet.yaml").write_text("市: 見本市\n構成: [表紙]\n", "utf-8")
    (tmp_path / "other.yaml").write_text("市: 別の市\n構成: [表紙]\n", "utf-8")
    assert run("booklet", source, "--out", out).code == 0
    assert "見本市" in text_of(out)
    assert run("booklet", source, "--out", out, "--config", tmp_path / "other.yaml").code == 0
    assert "別の市" in text_of(out)


def test_a_city_has_its_own_cover(source: Path, out: Path) -> None:
    (source / "booklet.yaml").write_text(
        "市: 見本市\n構成: [表紙]\n表紙のひな形: 表紙.txt\n", "utf-8"
    )
    missing = run("booklet", source, "--out", out)
    assert missing.code == 2
    assert missing.err.startswith(f"誤り: {source / '表紙.txt'}: ")
    (source / "表紙.txt").write_text("# {{ 市 }}の棚卸し\n", "utf-8")
    assert run("booklet", source, "--out", out).code == 0
    assert text_of(out) == "見本市の棚卸し"
    (source / "表紙.txt").write_text("{{ 町 }}\n", "utf-8")
    wrong = run("booklet", source, "--out", out)
    assert wrong.code == 2
    assert wrong.err.startswith(f"誤り: {source / '表紙.txt'}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("市: [館林", "2行目"),
        ("市: 館林\n表題名: 棚卸\n", "2行目"),
        ("並び: 五十音順\n", "1行目"),
        ("とじしろ: 広め\n", "とじしろ"),
    ],
)
def test_a_wrong_configuration_is_told_with_its_place(
    source: Path, out: Path, text: str, place: str
) -> None:
    config = source / "booklet.yaml"
    config.write_text(text, "utf-8")
    result = run("booklet", source, "--out", out)
    assert result.code == 2
    assert result.err.startswith(f"誤り: {config} ")
    assert place in result.err.splitlines()[0]
    assert not out.exists()


def test_another_format_is_refused(source: Path, tmp_path: Path) -> None:
    assert run("booklet", source, "--out", tmp_path / "booklet.html").code == 2


# -- sheets that fail


@pytest.fixture
def some_bad(source: Path) -> Path:
    """Two sheets more: one that cannot be read, one that cannot be printed."""
    (source / "4.yaml").write_text("シートNo: '4'\n", "utf-8")
    put_sheet(source / "5.yaml", number="5", title=f"{BAD}五", department=BAD)
    return source


def test_a_bad_sheet_ends_the_run_and_nothing_is_written(some_bad: Path, out: Path) -> None:
    unreadable = run("booklet", some_bad, "--out", out)
    assert unreadable.code == 2
    assert unreadable.err.startswith(f"誤り: {some_bad / '4.yaml'} 1行目")
    (some_bad / "4.yaml").unlink()
    for jobs in ("1", "2"):
        unprintable = run("booklet", some_bad, "--out", out, "--jobs", jobs)
        assert unprintable.code == 2
        assert unprintable.err.startswith(f"誤り: {some_bad / '5.yaml'} シート「No.5 ")
        assert not out.parent.exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_keep_going_makes_the_book_of_the_others(some_bad: Path, out: Path, jobs: str) -> None:
    result = run("booklet", some_bad, "--out", out, "--keep-going", "--jobs", jobs)
    assert result.code == 1
    errors = [line for line in result.err.splitlines() if line.startswith("誤り: ")]
    assert errors[0].startswith(f"誤り: {some_bad / '4.yaml'} 1行目")
    # Of a sheet with characters that no font has, all of their places.
    assert len(errors) > 2
    assert all(line.startswith(f"誤り: {some_bad / '5.yaml'} シート「No.5 ") for line in errors[1:])
    assert "2件を除きました" in result.err
    titles = [mark.title for mark in FinishedBook(out.read_bytes()).bookmarks]
    assert "業務棚卸表（3枚）" in titles
    assert {"No.1 一", "No.2 二", "No.3 三"} <= set(titles)


def test_keep_going_where_every_sheet_is_bad(tmp_path: Path, out: Path) -> None:
    bad = tmp_path / "bad"
    for number in ("5", "6"):
        put_sheet(bad / f"{number}.yaml", number=number, title=BAD)
    (bad / "4.yaml").write_text("シートNo: '4'\n", "utf-8")
    result = run("booklet", bad, "--out", out, "--keep-going")
    assert result.code == 2
    for file in ("4.yaml", "5.yaml", "6.yaml"):
        assert f"誤り: {bad / file} " in result.err
    assert not out.exists()


# -- builds that are killed

KILLED = """
import os, signal, sys
from gyomu_docs.booklet import build
from gyomu_docs.cli import run

add = build.Assembly.add

def add_three(self, *arguments):
    self.parts = getattr(self, "parts", 0) + 1
    if self.parts == 4:
        self._file._out.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    add(self, *arguments)

build.Assembly.add = add_three
run(sys.argv[1:])
"""
"""A build that dies when three parts are in the file."""


def kill_in_the_middle(source: Path, out: Path) -> None:
    command = [sys.executable, "-c", KILLED, "booklet", str(source), "--out", str(out)]
    done = subprocess.run(command, check=False, capture_output=True, env=clean_environment())
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_build_that_is_killed_leaves_no_half_file(source: Path, out: Path) -> None:
    kill_in_the_middle(source, out)
    (temporary,) = out.parent.iterdir()
    assert temporary.suffix == ".tmp"
    assert temporary.stat().st_size

    assert run("booklet", source, "--out", out, "--cache", "none").code == 0
    whole = out.read_bytes()
    # A file so young may be another run's.
    assert temporary.exists()
    put_sheet(source / "9.yaml", number="9", title="九")
    kill_in_the_middle(source, out)
    assert out.read_bytes() == whole

    for path in out.parent.glob("*.tmp"):
        os.utime(path, (0, 0))
    assert run("booklet", source, "--out", out).code == 0
    assert files_below(out.parent) == ["booklet.pdf"]
    assert "No.9 九" in [mark.title for mark in FinishedBook(out.read_bytes()).bookmarks]
