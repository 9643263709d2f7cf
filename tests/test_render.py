"""Sheets to files through the library: formats, determinism, dates, attached data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gyomu_docs.errors import MissingGlyphError, OutputError, Place, SheetError, UsageError
from gyomu_docs.model import SourcedSheet
from gyomu_docs.model.sheet_file import dump_json, dump_yaml, load_yaml
from gyomu_docs.readers import read
from gyomu_docs.render import FORMATS, Renderer, located, parse_formats, write
from gyomu_docs.resources import find_resources
from tests.support.cli import ROOT, files_below, put_sheet, run, run_program
from tests.support.sheets import load_json, sheet

SavePdf = Callable[[bytes], Path]
EXAMPLES = sorted((ROOT / "examples/r3").glob("*.yaml"))


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(find_resources({}))


def test_pdf(renderer: Renderer, save_pdf: SavePdf) -> None:
    data, found = renderer.pdf(sheet())

    save_pdf(data)
    assert data.startswith(b"%PDF-1.7")
    assert [one for one in found if one.level == "E"] == []


def test_every_format_comes_as_bytes(renderer: Renderer) -> None:
    made = {format_: renderer.render(sheet(), format_)[0] for format_ in FORMATS}

    assert made["pdf"] == renderer.pdf(sheet())[0]
    assert made["docx"] == renderer.docx(sheet())[0]
    assert made["yaml"].decode() == dump_yaml(sheet())
    assert made["json"].decode() == dump_json(sheet())


def test_a_format_that_there_is_not_is_a_programming_error(renderer: Renderer) -> None:
    with pytest.raises(ValueError, match="unknown format 'html'"):
        renderer.render(sheet(), "html")


@pytest.mark.parametrize(
    ("text", "formats"),
    [
        ("pdf", ("pdf",)),
        ("yaml,pdf", ("yaml", "pdf")),
        (" PDF , json,", ("pdf", "json")),
        ("pdf,pdf", ("pdf",)),
    ],
)
def test_parse_formats(text: str, formats: tuple[str, ...]) -> None:
    assert parse_formats(text) == formats


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("html", "「html」の出力はまだできません"),
        ("pdf,xlsx", "「xlsx」の出力はまだできません"),
        ("png", "「png」はありません"),
        ("", "出力する形式がありません"),
    ],
)
def test_parse_formats_refuses(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_formats(text)


# write


@pytest.mark.parametrize(
    "name", ["公園.pdf", "3.PDF", "3.docx", "3.yaml", "3.yml", "3.json", "新しい/3.json"]
)
def test_write_takes_the_format_from_the_suffix(
    tmp_path: Path, renderer: Renderer, name: str, save_pdf: SavePdf
) -> None:
    path = tmp_path / name

    write(sheet(), str(path), resources=find_resources({}))

    format_ = {"yml": "yaml"}.get(path.suffix.lower()[1:], path.suffix.lower()[1:])
    assert path.read_bytes() == renderer.render(sheet(), format_)[0]
    assert files_below(tmp_path) == [name]
    if format_ == "pdf":
        save_pdf(path.read_bytes())


@pytest.mark.parametrize("name", ["3.html", "3.txt", "3", ".pdf"])
def test_write_refuses_another_suffix(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        write(sheet(), tmp_path / name)

    assert caught.value.place == Place(file=str(tmp_path / name))
    assert files_below(tmp_path) == []


def test_write_gives_the_diagnostics(tmp_path: Path, renderer: Renderer) -> None:
    long = sheet(title="長い題名" * 30)

    found = write(long, tmp_path / "3.pdf")

    assert found == renderer.pdf(long)[1] != []
    assert write(long, tmp_path / "3.yaml") == []


def test_write_leaves_nothing_of_a_sheet_that_cannot_be_printed(tmp_path: Path) -> None:
    with pytest.raises(MissingGlyphError):
        write(sheet(title="\U000f0000"), tmp_path / "新しい/3.pdf")

    assert list(tmp_path.iterdir()) == []


def test_a_renderer_writes_many(tmp_path: Path, renderer: Renderer) -> None:
    for number in ("1", "2"):
        renderer.write(sheet(number=number), tmp_path / f"{number}.json")

    assert files_below(tmp_path) == ["1.json", "2.json"]
    write(sheet(number="2"), tmp_path / "3.json")
    assert (tmp_path / "2.json").read_bytes() == (tmp_path / "3.json").read_bytes()


def test_an_unknown_form(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="様式「x」はありません"):
        write(sheet(), tmp_path / "3.pdf", form="x")


# places


def test_located_adds_file_and_sheet() -> None:
    entry = SourcedSheet(sheet(number="3", title="窓口"), "3.yaml")

    error = located(SheetError("x", place=Place(row="01")), entry)

    assert error.place == Place(file="3.yaml", sheet="No.3 窓口", row="01")
    about_a_file = OutputError("x", place=Place(file="out"))
    assert located(about_a_file, entry).place == Place(file="out")


# the same input gives the same bytes


def test_two_renders_give_the_same_bytes(save_pdf: SavePdf) -> None:
    first, second = (
        Renderer(find_resources({})).pdf(sheet(), attach_data=True)[0] for _ in range(2)
    )

    assert first == second
    save_pdf(first)


def test_what_was_rendered_before_does_not_matter(renderer: Renderer) -> None:
    fresh = Renderer(find_resources({}))
    renderer.pdf(sheet(title="鬱蒼とした森", fiscal_year="R4"))

    assert renderer.pdf(sheet())[0] == fresh.pdf(sheet())[0]


def test_hash_seeds_do_not_matter(tmp_path: Path, save_pdf: SavePdf) -> None:
    source = put_sheet(tmp_path / "041.yaml", extras={"困難度": "B", "主管": "x", "区分": "y"})
    outs = [
        run_program("render", source, "--out", tmp_path / seed, "--to", "pdf,docx,yaml,json",
                    "--attach-data", "-q", PYTHONHASHSEED=seed)
        for seed in ("1", "2")
    ]  # fmt: skip

    assert [result.code for result in outs] == [0, 0]
    assert len(files_below(tmp_path / "1")) == 4
    for name in files_below(tmp_path / "1"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    save_pdf((tmp_path / "1/041-公園の管理.pdf").read_bytes())


def test_dates_come_from_source_date_epoch_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save_pdf: SavePdf
) -> None:
    source = put_sheet(tmp_path / "041.yaml")

    def made(epoch: str) -> bytes:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        result = run("render", source, "--out", "-", "--attach-data")
        assert result.code == 0
        save_pdf(result.data)
        return result.data

    undated, dated, other = made(""), made("1617235200"), made("1617235201")

    assert undated != dated != other
    assert b"/CreationDate" not in undated
    assert re.findall(rb"D:20\d+", dated)
    assert set(re.findall(rb"D:20\d+", dated)) == {b"D:20210401000000"}
    assert b"2021-04-01T00:00:00" in dated
    assert b"2021-04-01" not in undated


# attached data


def test_attached_data_comes_back(renderer: Renderer, save_pdf: SavePdf) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    made, _ = renderer.pdf(sheet(number="3"), attach_data=True)

    with pikepdf.open(save_pdf(made)) as pdf:
        assert list(pdf.attachments) == ["003.yaml"]
        data = pdf.attachments["003.yaml"].get_file().read_bytes()

    assert load_yaml(data.decode(), "003.yaml")[0] == sheet(number="3")


# the examples


def test_the_examples(tmp_path: Path, save_pdf: SavePdf) -> None:
    result = run("render", ROOT / "examples/r3", "--to", "pdf,yaml,json", "--out", tmp_path)

    assert result.code == 0
    edition, _ = read([ROOT / "examples/r3"])
    assert len(edition) == len(EXAMPLES)
    for entry in edition.entries:
        stem = entry.sheet.number.zfill(3)
        text = (tmp_path / f"{stem}.yaml").read_text("utf-8")
        assert text == Path(entry.file).read_text("utf-8")
        as_json = (tmp_path / f"{stem}.json").read_text("utf-8")
        assert load_yaml(text, "")[0] == load_json(as_json, "")[0] == entry.sheet
        assert json.loads(as_json)["シートNo"] == entry.sheet.number
        save_pdf((tmp_path / f"{stem}-{entry.sheet.title}.pdf").read_bytes())
    assert len(files_below(tmp_path)) == 3 * len(edition)


def test_the_example_of_the_readme(tmp_path: Path) -> None:
    run("render", ROOT / "examples/r3", "--to", "pdf,yaml,json", "--out", tmp_path)

    names = files_below(tmp_path)
    assert {"003-組織の方針.pdf", "003.yaml", "003.json"} <= set(names)
