"""`import gyomu_docs` as a library: its names, and how little it loads."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import gyomu_docs
from tests.support.cli import ROOT, clean_environment, put_sheet


def test_all_is_sorted() -> None:
    assert gyomu_docs.__all__ == sorted(gyomu_docs.__all__)


def test_all_equals_the_public_names() -> None:
    for name in gyomu_docs.__all__:
        getattr(gyomu_docs, name)
    public = {
        name
        for name, value in vars(gyomu_docs).items()
        if not name.startswith("_") and not inspect.ismodule(value)
        if getattr(value, "__module__", "").startswith("gyomu_docs")
    }

    assert public == set(gyomu_docs.__all__)


@pytest.mark.parametrize("name", gyomu_docs.__all__)
def test_every_name_is_listed_and_has_a_docstring(name: str) -> None:
    value = getattr(gyomu_docs, name)

    assert name in dir(gyomu_docs)
    assert value.__name__ == name
    assert inspect.getdoc(value)


def test_dir_lists_names_that_are_not_loaded_yet() -> None:
    code = "import gyomu_docs; print(set(gyomu_docs.__all__) <= set(dir(gyomu_docs)))"

    assert _python(code) == "True"


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'gyomu_docs' has no attribute 'nosuch'"):
        gyomu_docs.nosuch  # noqa: B018


def test_importing_loads_no_library() -> None:
    code = "import sys, gyomu_docs; print(*sorted(name.split('.')[0] for name in sys.modules))"
    loaded = set(_python(code).split())

    assert not loaded & {"pydantic", "reportlab", "yaml", "jinja2", "typer", "uharfbuzz", "docx"}


def test_help_loads_no_stage() -> None:
    code = (
        "import sys; from gyomu_docs.cli import run; run(['--help']);"
        "print(*sorted(name for name in sys.modules if name.startswith('gyomu_docs.')))"
    )

    loaded = _python(code).splitlines()[-1].split()
    assert [name for name in loaded if not name.startswith("gyomu_docs.cli")] == [
        "gyomu_docs.console",
        "gyomu_docs.errors",
        "gyomu_docs.usage",
    ]


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        ("import", {"gyomu_docs.render", "gyomu_docs.layout", "reportlab", "uharfbuzz", "jinja2"}),
        ("schema", {"gyomu_docs.render", "gyomu_docs.readers", "reportlab", "uharfbuzz"}),
        ("layouts", {"gyomu_docs.render", "gyomu_docs.readers", "reportlab", "uharfbuzz"}),
        ("compare", {"gyomu_docs.render", "gyomu_docs.layout", "reportlab", "uharfbuzz", "jinja2"}),
        ("render", {"rich", "docx", "http", "asyncio"}),
    ],
)
def test_a_command_loads_what_it_needs(tmp_path: Path, command: str, unwanted: set[str]) -> None:
    source = put_sheet(tmp_path / "3.yaml", number="3")
    arguments = [command]
    if command in ("import", "render"):
        arguments += [str(source), "--out", str(tmp_path / "out")]
    if command == "compare":
        arguments += [str(source), str(source), "--out", str(tmp_path / "out.json")]
    code = (
        "import sys; from gyomu_docs.cli import run; "
        f"assert run({arguments!r}) == 0; print(*sys.modules)"
    )

    assert not unwanted & set(_python(code).splitlines()[-1].split())


def test_the_example_of_the_docstring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_sheet(tmp_path / "examples/r3/3.yaml", number="3")
    monkeypatch.chdir(tmp_path)
    lines = inspect.getdoc(gyomu_docs) or ""
    code = "\n".join(line[4:] for line in lines.splitlines() if line.startswith("    "))

    exec(code, {"gyomu_docs": gyomu_docs})

    assert (tmp_path / "3.pdf").read_bytes().startswith(b"%PDF-")


def test_read_takes_one_source_or_many(tmp_path: Path) -> None:
    one = put_sheet(tmp_path / "1.yaml", number="1")
    two = put_sheet(tmp_path / "2.json", number="2")

    for edition, found in (gyomu_docs.read(one), gyomu_docs.read(str(one))):
        assert ([sheet.number for sheet in edition], found) == (["1"], [])
    for edition, found in (gyomu_docs.read([one, str(two)]), gyomu_docs.read(tmp_path)):
        assert ([sheet.number for sheet in edition], found) == (["1", "2"], [])


def test_compare_stays_a_function_whatever_is_imported(tmp_path: Path) -> None:
    edition, _ = gyomu_docs.read(put_sheet(tmp_path / "1.yaml", number="1"))
    importlib.import_module("gyomu_docs.comparison.change_list")

    comparison = gyomu_docs.compare(edition, edition)

    assert isinstance(comparison, gyomu_docs.Comparison)
    assert [one.status for one in comparison.sheets] == ["unchanged"]


def test_write_booklet_takes_sources_or_an_edition(tmp_path: Path) -> None:
    source = put_sheet(tmp_path / "r3/1.yaml", number="1", title="一").parent
    config = source / "booklet.yaml"
    config.write_text("市: 見本市\n構成: [本体, 表紙]\n扉: false\n両面: false\n", "utf-8")
    edition, _ = gyomu_docs.read(source)
    out = tmp_path / "out.pdf"

    report = gyomu_docs.write_booklet(source, out)
    assert list(dict.fromkeys(page.title for page in report.pages)) == ["No.1 一", "表紙"]
    data = out.read_bytes()
    for sources, known in (
        ([str(source / "1.yaml")], config),
        (edition, str(config)),
        (edition, report.book.config),
    ):
        gyomu_docs.write_booklet(sources, out, config=known)
        assert out.read_bytes() == data
    assert len(gyomu_docs.write_booklet(edition, out).pages) > len(report.pages)


def test_write_booklet_refuses_what_it_cannot_write(tmp_path: Path) -> None:
    source = put_sheet(tmp_path / "1.yaml", number="1")
    with pytest.raises(gyomu_docs.UsageError, match=r"\.pdf"):
        gyomu_docs.write_booklet(source, tmp_path / "out.html")
    with pytest.raises(gyomu_docs.UsageError, match="シートがありません"):
        gyomu_docs.write_booklet(gyomu_docs.Edition(), tmp_path / "out.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.yaml"]


def test_write_booklet_reports_what_reading_found(tmp_path: Path) -> None:
    source = put_sheet(tmp_path / "1.yaml", number="1", activities=())
    source.write_text(source.read_text("utf-8").replace("48200", "四万円"), "utf-8")
    _, found = gyomu_docs.read(source)
    report = gyomu_docs.write_booklet(source, tmp_path / "out.pdf")
    assert found
    assert report.found[: len(found)] == tuple(found)


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert gyomu_docs.__version__ == project["version"]


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=clean_environment(),
    )
    return done.stdout.strip()
