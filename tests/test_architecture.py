"""Which part of the package may import which (DESIGN 3), and what no part may do."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "gyomu_docs"
MODULES = sorted(PACKAGE.rglob("*.py"))

BELOW_LAYOUT = {"errors", "units", "model"}
BELOW_TYPESET = {*BELOW_LAYOUT, "layout", "layout.identity"}
HOST_WRITER = {"errors", "units", "layout", "layout.identity"}
STAGES = {
    "errors": set[str](),
    "units": set[str](),
    "collector": set[str](),  # how often Python looks for cycles
    "files": {"errors"},  # output that appears whole or not at all, and its names
    "settings": {"errors", "model"},  # gyomu-docs.yaml
    "resources": {"errors", "settings"},  # where fonts and layouts are; only facade and cli ask
    "model": {"errors"},
    "readers": {"errors", "model", "layout.identity"},
    "checks": {"errors", "model"},
    "comparison": {"errors", "model"},
    "rollover": {"errors", "model"},
    "collect": {*BELOW_LAYOUT, "layout", "layout.identity", "readers"},  # Word drafts that return
    "reports": {"errors", "units", "model", "comparison", "layout"},  # comparisons for people
    "layout.identity": {"errors", "model"},  # names that writers leave and readers look for
    "layout": {*BELOW_LAYOUT, "layout.identity"},
    "typeset": {"errors", "units", "collector", "layout", "layout.identity"},
    "gaiji": {"errors", "model", "layout", "settings", "typeset"},  # Document to Document
    "writers": set[str](),
    "writers.pdf": {*HOST_WRITER, "collector", "typeset"},
    "writers.docx": HOST_WRITER,
    "writers.html": HOST_WRITER,
    "writers.xlsx": HOST_WRITER,
    "booklet": {*BELOW_TYPESET, "typeset", "writers.pdf", "writers.docx", "collector", "gaiji"},
}
MAY_IMPORT = {
    **STAGES,
    "render": {*STAGES}
    - {"readers", "checks", "comparison", "rollover", "booklet", "collect", "reports"},
    "preview": {
        *("errors", "resources", "model", "layout", "render", "comparison", "reports"),
        "reporting",
    },
    "draft": {"errors", "model", "layout", "layout.identity", "render", "writers.docx"},
    "publishing": {*STAGES, "render"},
    "returned_drafts": {"errors", "model", "layout", "collect", "resources"},
    "inventory": {"errors", "model", "typeset", "render"},
    "reporting": {
        *("errors", "gaiji", "render", "comparison", "layout", "typeset", "reports"),
        "resources",
        *("writers.pdf", "writers.docx"),
    },
    "facade": {*STAGES, "render", "publishing", "returned_drafts"},
    "telling": {"errors"},
    "console": {"errors", "files", "telling"},
    "usage": {"errors"},
    "cli": {
        *STAGES,
        "render",
        "inventory",
        "preview",
        "draft",
        "publishing",
        "reporting",
        "returned_drafts",
        "facade",
        "console",
        "usage",
    },
    "__main__": {"cli"},
}
"""By layer; itself is always allowed. A new module belongs here before it is imported."""

LATE_IMPORTERS = {"facade", "cli", "console", "render"}
"""They import inside functions, so that `import gyomu_docs` and `--help` are fast, and that who
makes one format does not wait for the libraries of another."""

CLOCKS = {"today", "now", "utcnow"}
CLOCKS_OF_TIME = {"time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime"}


def parts(path: Path) -> tuple[str, ...]:
    """A module's path inside the package: `("writers", "pdf", "grid")`."""
    names = path.relative_to(PACKAGE).with_suffix("").parts
    return names[:-1] if names[-1] == "__init__" else names


def layer(names: tuple[str, ...]) -> str:
    """The layer of a module; the modules of a writer are one layer, and so are those of a room."""
    if not names:
        return "facade"
    if names[0] == "writers" or names[:2] == ("layout", "identity"):
        return ".".join(names[:2])
    return names[0]


KNOWN = {parts(path) for path in MODULES}


def imported_modules(tree: ast.AST, here: tuple[str, ...], package: bool) -> Iterator[tuple]:
    """The modules of gyomu_docs that a module imports, as `parts`; `here` resolves `from . `."""
    for node in ast.walk(tree):
        names: list[list[str]] = []
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module.split(".") if node.module else []
            if node.level:
                up = node.level - package
                base = ["gyomu_docs", *here[: len(here) - up], *base]
            names = [[*base, alias.name] for alias in node.names]
        for first, *rest in names:
            if first == "gyomu_docs":
                # The last name of `from a import b` is a module or something in one.
                is_module = isinstance(node, ast.Import) or tuple(rest) in KNOWN
                yield tuple(rest if is_module else rest[:-1])


def late_imports(tree: ast.AST) -> Iterator[int]:
    """Lines of imports inside functions, and of imports by name anywhere."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    for function in ast.walk(tree):
        if isinstance(function, functions):
            inner = ast.walk(function)
            yield from (n.lineno for n in inner if isinstance(n, ast.Import | ast.ImportFrom))
    for name, call in calls(tree):
        if name in ("import_module", "__import__"):
            yield call.lineno


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of what is called: `read_text` for `path.read_text()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            yield name, node


def clocks(tree: ast.AST) -> Iterator[int]:
    """Lines that read the clock; measuring how long something takes is another thing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            of_time = isinstance(node.value, ast.Name) and node.value.id == "time"
            if node.attr in CLOCKS or (of_time and node.attr in CLOCKS_OF_TIME):
                yield node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for one in node.names if one.name in CLOCKS_OF_TIME)


def texts_without_encoding(tree: ast.AST) -> Iterator[int]:
    """Lines that open a text file in whatever encoding the machine prefers."""
    for name, call in calls(tree):
        given = [keyword.arg for keyword in call.keywords]
        if "encoding" in given:
            continue
        if name == "read_text":
            unsafe = not call.args
        elif name == "write_text":
            unsafe = len(call.args) < 2
        elif name in ("open", "fdopen"):
            unsafe = opens_a_text(call)
        else:
            unsafe = False
        if unsafe:
            yield call.lineno


def opens_a_text(call: ast.Call) -> bool:
    """Whether `open(path)` or `path.open()` has a text mode; `archive.open(name)` has none."""
    of_object = isinstance(call.func, ast.Attribute) and call.func.attr == "open"
    position = 0 if of_object else 1
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    modes += call.args[position : position + 1]
    if not modes:
        return len(call.args) == position
    mode = getattr(modes[0], "value", None)
    if not isinstance(mode, str):
        return not of_object
    return "b" not in mode and set(mode) <= set("rwxat+")


def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


every_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


@every_module
def test_imports_point_down(path: Path) -> None:
    here = parts(path)
    own = layer(here)
    assert own in MAY_IMPORT, f"decide what `{own}` may import, in MAY_IMPORT"
    found = imported_modules(read(path), here, path.name == "__init__.py")
    upward = {layer(names) for names in found} - {own} - MAY_IMPORT[own]
    assert not upward, f"`{own}` must not import {sorted(upward)}"


def test_no_two_layers_import_each_other() -> None:
    for name, below in MAY_IMPORT.items():
        assert not [other for other in below if name in MAY_IMPORT[other]], name


def test_writers_know_neither_each_other_nor_the_model() -> None:
    for name in MAY_IMPORT:
        if name.startswith("writers"):
            others = {other for other in MAY_IMPORT if other.startswith("writers")}
            assert not MAY_IMPORT[name] & {*others, "model", "comparison", "booklet"}


@every_module
def test_imports_stand_at_the_top(path: Path) -> None:
    # An import inside a function hides a cycle: what is imported sits one layer too high.
    if layer(parts(path)) not in LATE_IMPORTERS:
        assert list(late_imports(read(path))) == []


@every_module
def test_only_the_console_prints(path: Path) -> None:
    if layer(parts(path)) != "console":
        printing = ("print", "echo", "secho")
        assert [call.lineno for name, call in calls(read(path)) if name in printing] == []


@every_module
def test_nobody_asks_for_the_date(path: Path) -> None:
    assert list(clocks(read(path))) == []


@every_module
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(read(path))


@every_module
def test_every_text_file_has_an_encoding(path: Path) -> None:
    assert list(texts_without_encoding(read(path))) == []


def test_import_is_light() -> None:
    # What the interpreter itself loads (site, and hooks in the environment) does not count.
    script = "import sys; before = set(sys.modules); import gyomu_docs\n"
    script += "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        cwd=PACKAGE.parent,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(run.stdout.split())
    assert "gyomu_docs" in loaded
    heavy = {"reportlab", "typer", "docx", "pydantic", "jinja2", "uharfbuzz", "lxml"}
    assert not loaded & heavy


# The rules above are only as good as the code that looks: each helper on a text of its own.


@pytest.mark.parametrize(
    ("source", "layers"),
    [
        ("from gyomu_docs.model import Sheet", {"model"}),
        ("from gyomu_docs.model.sheet import Sheet", {"model"}),
        ("import gyomu_docs.model.sheet", {"model"}),
        ("import gyomu_docs.writers.pdf.objects as o, gyomu_docs.units", {"writers.pdf", "units"}),
        ("from gyomu_docs import model, errors", {"model", "errors"}),
        ("from gyomu_docs import render_sheet", {"facade"}),
        ("import gyomu_docs", {"facade"}),
        ("from gyomu_docs.writers import pdf", {"writers.pdf"}),
        ("from gyomu_docs.writers.pdf import write_pdf", {"writers.pdf"}),
        ("def f():\n    from gyomu_docs.units import mm", {"units"}),
        ("if TYPE_CHECKING:\n    import gyomu_docs.typeset.pages", {"typeset"}),
        ("from . import tree", {"layout"}),
        ("from .tree import Cell", {"layout"}),
        ("from ..model import Sheet", {"model"}),
        ("from .. import units", {"units"}),
        ("import json\nfrom docx import Document\nfrom gyomu_docs_tools import x", set()),
    ],
)
def test_imports_are_found_in_every_form(source: str, layers: set[str]) -> None:
    found = imported_modules(ast.parse(source), ("layout", "grid"), package=False)
    assert {layer(names) for names in found} == layers


def test_a_package_resolves_one_dot_to_itself() -> None:
    found = imported_modules(ast.parse("from . import tree"), ("layout",), package=True)
    assert list(found) == [("layout", "tree")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("__init__.py", "facade"),
        ("cli/render.py", "cli"),
        ("errors.py", "errors"),
        ("model/__init__.py", "model"),
        ("readers/published_text/codes.py", "readers"),
        ("layout/identity.py", "layout.identity"),
        ("layout/tree.py", "layout"),
        ("writers/__init__.py", "writers"),
        ("writers/pdf/__init__.py", "writers.pdf"),
        ("writers/pdf/objects.py", "writers.pdf"),
        ("writers/zip.py", "writers.zip"),
    ],
)
def test_layers(name: str, expected: str) -> None:
    assert layer(parts(PACKAGE / name)) == expected


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import json", False),
        ("class A:\n    import json", False),
        ("def f():\n    import json", True),
        ("class A:\n    async def f(self):\n        from x import y", True),
        ("from importlib import import_module\nx = import_module('y')", True),
        ("x = __import__('y')", True),
    ],
)
def test_late_imports_are_found(source: str, found: bool) -> None:
    assert bool(list(late_imports(ast.parse(source)))) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("date.today()", True),
        ("datetime.datetime.now(tz)", True),
        ("clock = datetime.now", True),
        ("time.time()", True),
        ("from time import time", True),
        ("time.perf_counter()", False),
        ("datetime.fromtimestamp(epoch, tz)", False),
        ("self.time.time", False),
        ("from time import perf_counter", False),
    ],
)
def test_clocks_are_found(source: str, found: bool) -> None:
    assert bool(list(clocks(ast.parse(source)))) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("open(p)", True),
        ("open(p, 'w')", True),
        ("open(p, mode='r')", True),
        ("p.open()", True),
        ("p.open('w', newline='')", True),
        ("p.read_text()", True),
        ("p.write_text(t)", True),
        ("p.write_text(t, newline='')", True),
        ("os.fdopen(n, 'w')", True),
        ("open(p, 'rb')", False),
        ("p.open('xb')", False),
        ("open(p, 'w', encoding='utf-8')", False),
        ("p.read_text('utf-8')", False),
        ("p.read_text(encoding='utf-8')", False),
        ("p.write_text(t, 'utf-8')", False),
        ("archive.open('word/document.xml')", False),
        ("Image.open(data)", False),
        ("os.open(os.devnull, os.O_WRONLY)", False),
        ("open(p, mode)", True),
        ("os.fdopen(n, 'wb')", False),
    ],
)
def test_texts_without_encoding_are_found(source: str, found: bool) -> None:
    assert bool(list(texts_without_encoding(ast.parse(source)))) == found
