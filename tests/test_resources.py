"""Fonts, forms and the date, found once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gyomu_docs.errors import SourceError, UsageError
from gyomu_docs.resources import DEFAULT_FORM, Resources, find_resources
from gyomu_docs.settings import Settings


@pytest.fixture
def resources(tmp_path: Path) -> Resources:
    """Resources with two forms, `横` and `縦`."""
    for name in ("縦", "横"):
        (tmp_path / f"{name}.yaml").write_text(f"form: {name}\n", "utf-8")
    return Resources(fonts=tmp_path, layouts=tmp_path)


def test_this_installation_has_fonts_and_forms() -> None:
    found = find_resources({})

    assert DEFAULT_FORM in found.form_names()
    assert (found.fonts / "BIZUDGothic-Regular.ttf").is_file()
    assert (found.fonts / "OFL-BIZUDGothic.txt").is_file()


@pytest.mark.parametrize(
    ("epoch", "date"),
    [
        ("", ""),
        ("0", "1970-01-01T00:00:00+00:00"),
        ("1617235200", "2021-04-01T00:00:00+00:00"),
    ],
)
def test_the_date_comes_from_the_environment_alone(epoch: str, date: str) -> None:
    assert find_resources({"SOURCE_DATE_EPOCH": epoch}).date == date
    assert find_resources({}).date == ""


@pytest.mark.parametrize("epoch", ["今日", "1.5", "9" * 20, "-" + "9" * 20])
def test_a_date_that_is_none_is_refused(epoch: str) -> None:
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH") as caught:
        find_resources({"SOURCE_DATE_EPOCH": epoch})

    assert epoch in str(caught.value)
    assert caught.value.hint


def test_forms_are_listed_in_order(resources: Resources) -> None:
    assert resources.form_names() == ("横", "縦")


def test_a_form_by_name(resources: Resources) -> None:
    source = resources.form_source("縦")

    assert source.text == "form: 縦\n"
    assert source.file == str(resources.layouts / "縦.yaml")


@pytest.mark.parametrize("name", ["案 1.yaml", "案.yml", "案.YAML"])
def test_a_form_by_file(resources: Resources, tmp_path: Path, name: str) -> None:
    path = tmp_path / "別の場所" / name
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbfform: x\r\n")

    assert resources.form_source(str(path)) == ("form: x\n", str(path))


def test_an_unknown_name_gives_the_nearest(resources: Resources) -> None:
    (resources.layouts / "sheet-a4.yaml").write_text("form: x\n", "utf-8")

    with pytest.raises(UsageError) as caught:
        resources.form_source("sheet-a3")

    assert caught.value.hint == "「sheet-a4」ではありませんか。"


def test_an_unknown_name_gives_all_names_if_none_is_near(resources: Resources) -> None:
    with pytest.raises(UsageError, match="「x」はありません") as caught:
        resources.form_source("x")

    assert caught.value.hint == "使える様式: 横、縦"


def test_a_file_that_is_not_there(resources: Resources, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ありません") as caught:
        resources.form_source(str(tmp_path / "無い.yaml"))

    assert caught.value.place.file == str(tmp_path / "無い.yaml")
    assert "横、縦" in caught.value.hint


def test_a_file_in_another_encoding(resources: Resources, tmp_path: Path) -> None:
    path = tmp_path / "案.yaml"
    path.write_bytes("form: 様式\n".encode("cp932"))

    with pytest.raises(SourceError, match="UTF-8") as caught:
        resources.form_source(str(path))

    assert caught.value.place.file == str(path)


def test_a_folder_is_no_form(resources: Resources, tmp_path: Path) -> None:
    (tmp_path / "案.yaml").mkdir()

    with pytest.raises(SourceError, match="読めません"):
        resources.form_source(str(tmp_path / "案.yaml"))


def test_a_form_that_another_names_lies_beside_it(resources: Resources) -> None:
    folder = resources.layouts / "市"
    folder.mkdir()
    (folder / "案.yaml").write_text("form: 案\n", "utf-8")

    asked_by = str(folder / "別.yaml")
    assert resources.form_source("案.yaml", asked_by).text == "form: 案\n"
    assert resources.form_source("../市/案.yaml", asked_by).file == str(folder / "案.yaml")
    assert resources.form_source("縦", asked_by).text == "form: 縦\n"


def test_the_sheet_of_previews_ships() -> None:
    assert "架空" in find_resources({}).sample_source().text


def test_a_template_by_its_place(resources: Resources) -> None:
    (resources.layouts / "表紙.txt").write_text("{{ 市 }}\n", "utf-8")

    source = resources.template_source("表紙.txt")

    assert source == ("{{ 市 }}\n", str(resources.layouts / "表紙.txt"))
    with pytest.raises(SourceError, match="読めません") as caught:
        resources.template_source("無い.txt")
    assert caught.value.place.file == str(resources.layouts / "無い.txt")


def test_the_forms_of_booklet_parts_are_no_forms_of_sheets() -> None:
    found = find_resources({})

    assert found.form_source("booklet/summary").file.endswith("summary.yaml")
    assert not [name for name in found.form_names() if "booklet" in name or name == "summary"]


# -- the city's own forms


@pytest.fixture
def own(resources: Resources, tmp_path: Path) -> Resources:
    """With a folder of own forms, in which other files lie as well."""
    folder = tmp_path / "市"
    folder.mkdir()
    (folder / "市の様式.yaml").write_text("title: 市\nform: 市の様式\n", "utf-8")
    (folder / "booklet.yaml").write_text("様式: 市の様式\n", "utf-8")
    return replace(resources, settings=Settings(forms=folder))


def test_own_forms_are_found_by_name(own: Resources) -> None:
    assert own.form_names() == ("横", "縦", "市の様式")
    assert own.form_source("市の様式").file == str(own.settings.forms / "市の様式.yaml")
    assert own.form_source("縦").file == str(own.layouts / "縦.yaml")


def test_an_unknown_name_gives_own_forms_too(own: Resources) -> None:
    with pytest.raises(UsageError) as caught:
        own.form_source("市様式")
    assert caught.value.hint == "「市の様式」ではありませんか。"


def test_an_own_form_with_the_name_of_one_that_ships_is_refused(own: Resources) -> None:
    (own.settings.forms / "縦.yaml").write_text("form: 縦\n", "utf-8")
    with pytest.raises(UsageError, match="同じ") as caught:
        own.form_source("縦")
    assert caught.value.place.file == str(own.settings.forms / "縦.yaml")
