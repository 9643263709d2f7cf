"""The configuration file: where it is found, what it may say, what is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gyomu_docs.errors import Place, SettingsError
from gyomu_docs.resources import find_resources
from gyomu_docs.settings import FallbackFile, Settings, find_settings, read_settings

TWO_FONTS = """\
# 書体
予備の書体:
- 書体/甲.ttf
- {書体: 乙.ttc, 番号: 2}
外字: 外字.yaml
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that `TWO_FONTS` names."""
    for name in ("書体/甲.ttf", "乙.ttc", "外字.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def put(path: Path, text: str = "予備の書体: []\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def refused(folder: Path, text: str) -> SettingsError:
    file = put(folder / "gyomu-docs.yaml", text)
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    assert caught.value.place.file == str(file)
    return caught.value


# -- what it says


def test_fonts_in_order_and_the_mapping_beside_the_file(folder: Path) -> None:
    file = put(folder / "gyomu-docs.yaml", TWO_FONTS)
    assert read_settings(file) == Settings(
        file,
        (
            FallbackFile(folder / "書体/甲.ttf", 0, Place(str(file), 3)),
            FallbackFile(folder / "乙.ttc", 1, Place(str(file), 4)),
        ),
        folder / "外字.yaml",
    )


def test_the_folder_of_own_forms(folder: Path) -> None:
    file = put(folder / "gyomu-docs.yaml", "予備の書体: []\n様式のフォルダー: 書体\n")
    assert read_settings(file).forms == folder / "書体"


def test_a_folder_that_is_not_there_is_refused(folder: Path) -> None:
    for name in ("無い", "乙.ttc"):
        error = refused(folder, f"様式のフォルダー: {name}\n")
        assert error.message == f"フォルダー「{name}」がありません。"
        assert error.place.line == 1


@pytest.mark.parametrize("text", ["", "# 何もない\n", "外字:\n"])
def test_what_it_does_not_say_holds_as_without_it(folder: Path, text: str) -> None:
    file = put(folder / "gyomu-docs.yaml", text)
    installed = (FallbackFile(Path("ipamjm.ttf")),)
    assert read_settings(file, installed) == Settings(file, installed)


def test_an_empty_list_switches_fallbacks_off(folder: Path) -> None:
    file = put(folder / "gyomu-docs.yaml", "予備の書体: []\n")
    assert read_settings(file, (FallbackFile(Path("ipamjm.ttf")),)).fallbacks == ()


def test_a_byte_order_mark_is_no_part_of_it(folder: Path) -> None:
    file = put(folder / "gyomu-docs.yaml", "\ufeff外字: 外字.yaml\n")
    assert read_settings(file).gaiji == folder / "外字.yaml"


# -- what is refused


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("\n予備書体: []\n", 2, "項目「予備書体」は使えません", "「予備の書体」ではありませんか"),
        ("文字: a\n", 1, "項目「文字」は使えません", "外字"),
        ("予備の書体:\n- {書体: 乙.ttc,\n   番: 1}\n", 3, "項目「番」", "「番号」ではありません"),
        ("予備の書体: 乙.ttc\n", 1, "「- 」で始まる行の並び", ""),
        ("予備の書体:\n- 乙.ttc\n- 丙.ttf\n", 3, "ファイル「丙.ttf」がありません", "フォルダー"),
        ("予備の書体:\n- {番号: 1}\n", 2, "ファイルの名前", ""),
        ("予備の書体:\n- [乙.ttc]\n", 2, "ファイルの名前", ""),
        ("予備の書体:\n- {書体: 乙.ttc, 番号: 0}\n", 2, "「番号」は1からの整数", ""),
        ("予備の書体:\n- {書体: 乙.ttc, 番号: 二}\n", 2, "「番号」は1からの整数", ""),
        ("外字: ない.yaml\n", 1, "ファイル「ない.yaml」がありません", ""),
        ("外字: [外字.yaml]\n", 1, "ファイルの名前", ""),
        ("- a\n", 1, "「項目: 値」の並び", ""),
        ("外字: 外字.yaml\n外字: 外字.yaml\n", 2, "2度あります", ""),
        ("外字： 外字.yaml\n予備の書体: []\n", 1, "コロンが全角", "半角"),
    ],
)
def test_faults_are_named_with_their_line(
    folder: Path, text: str, line: int, message: str, hint: str
) -> None:
    error = refused(folder, text)
    assert error.place.line == line
    assert message in error.message
    assert hint in error.hint


def test_another_encoding_is_refused(folder: Path) -> None:
    file = folder / "gyomu-docs.yaml"
    file.write_bytes("外字: 外字.yaml\n".encode("cp932"))
    with pytest.raises(SettingsError, match="UTF-8"):
        read_settings(file)


# -- where it is found


def test_the_variable_comes_before_the_folder_and_the_home(tmp_path: Path) -> None:
    named = put(tmp_path / "設定.yaml")
    here = put(tmp_path / "今/gyomu-docs.yaml")
    home = put(tmp_path / "家/.config/gyomu-docs/gyomu-docs.yaml")
    environment = {"HOME": str(tmp_path / "家")}

    def file_of(folder: str, **more: str) -> Path | None:
        return find_settings({**environment, **more}, tmp_path / folder, "linux").file

    assert file_of("今", GYOMU_CONFIG=str(named)) == named
    assert file_of("今") == here
    assert file_of("他") == home
    assert find_settings({}, tmp_path / "他", "linux").file is None


def test_the_users_folder_on_windows(tmp_path: Path) -> None:
    file = put(tmp_path / "gyomu-docs/gyomu-docs.yaml")
    environment = {"APPDATA": str(tmp_path), "WINDIR": str(tmp_path)}
    assert find_settings(environment, tmp_path, "win32").file == file


def test_a_variable_that_names_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="GYOMU_CONFIG") as caught:
        find_settings({"GYOMU_CONFIG": "ない.yaml"}, tmp_path)
    assert caught.value.place.file == "ない.yaml"
    assert "環境変数を消してください" in caught.value.hint


@pytest.mark.parametrize(
    ("platform", "variable", "font"),
    [
        ("win32", "LOCALAPPDATA", "Microsoft/Windows/Fonts/ipamjm.ttf"),
        ("win32", "WINDIR", "Fonts/ipamjm.ttf"),
        ("darwin", "HOME", "Library/Fonts/ipamjm.ttf"),
        ("linux", "HOME", ".local/share/fonts/ipamjm.ttf"),
        ("linux", "HOME", ".fonts/ipamjm.ttf"),
    ],
)
def test_ipamj_is_found_where_installers_put_it(
    tmp_path: Path, platform: str, variable: str, font: str
) -> None:
    file = put(tmp_path / font)
    found = find_settings({variable: str(tmp_path)}, tmp_path / "他", platform)
    assert found == Settings(None, (FallbackFile(file),))
    assert str(found.fallbacks[0].place) == ""


def test_resources_have_the_settings(tmp_path: Path) -> None:
    file = put(tmp_path / "a.yaml")
    assert find_resources({"GYOMU_CONFIG": str(file)}).settings.file == file
