r"""The configuration file `gyomu-docs.yaml`: fallback fonts, 外字, and the city's own forms.

    予備の書体:
    - C:\Windows\Fonts\ipamjm.ttf
    - {書体: msmincho.ttc, 番号: 2}
    外字: 外字の対応表.yaml
    様式のフォルダー: 様式

Paths are relative to the file. Without 予備の書体, IPAmj明朝 is used where it is installed in one
of the usual places; an empty list switches that off. Found by `resources.find_resources`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from gyomu_docs.errors import (
    GyomuError,
    Place,
    SettingsError,
    name_hint,
    system_reason,
)
from gyomu_docs.model.plain import Plain, line_of, parse_yaml

FILE_NAME = "gyomu-docs.yaml"
VARIABLE = "GYOMU_CONFIG"
"""Environment variable with the path of the configuration file."""

_FALLBACKS, _GAIJI, _FORMS = "予備の書体", "外字", "様式のフォルダー"
_FONT, _NUMBER = "書体", "番号"
_IPAMJ = "ipamjm.ttf"
_DEBIAN_FOLDER = "/usr/share/fonts/truetype/ipamj"


class FallbackFile(NamedTuple):
    """A font file for characters that the fonts of the form lack."""

    path: Path
    member: int = 0
    """In a collection (`.ttc`), from 0."""
    place: Place = Place()
    """Where the configuration names it; empty for one found on this machine."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration file says, or what holds without one."""

    file: Path | None = None
    fallbacks: tuple[FallbackFile, ...] = ()
    """In the order in which they are asked."""
    gaiji: Path | None = None
    """The mapping file of 外字."""
    forms: Path | None = None
    """The folder of the city's own forms."""


def find_settings(
    environment: Mapping[str, str], folder: Path, platform: str = sys.platform
) -> Settings:
    """The settings of this run.

    The file is the one that GYOMU_CONFIG names, else `gyomu-docs.yaml` in `folder` (where the
    command runs), else in the user's folder. Raises SettingsError.
    """
    file = _find_file(environment, folder, platform)
    installed = _installed(environment, platform)
    if file is None:
        return Settings(None, installed)
    return read_settings(file, installed)


def read_settings(file: Path, installed: tuple[FallbackFile, ...] = ()) -> Settings:
    """The settings in a file; `installed` are the fallbacks where it names none.

    Raises SettingsError with the line.
    """
    tree = read_mapping(file)
    text = file.read_text("utf-8-sig")
    checker = _Checker(file, text)
    checker.check_keys(tree, (_FALLBACKS, _GAIJI, _FORMS), ())
    fallbacks = installed
    if _FALLBACKS in tree:
        fallbacks = tuple(checker.fallbacks(tree[_FALLBACKS]))
    gaiji = checker.path(tree[_GAIJI], (_GAIJI,)) if tree.get(_GAIJI) else None
    forms = checker.path(tree[_FORMS], (_FORMS,), folder=True) if tree.get(_FORMS) else None
    return Settings(file, fallbacks, gaiji, forms)


def read_mapping(file: Path) -> dict[str, Plain]:
    """The tree of a configuration file. Raises SettingsError for what is no mapping."""
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(
            "設定ファイルは UTF-8 ではないため、読めません。",
            place=Place(file=str(file)),
            hint="文字コードを UTF-8 にして保存し直してください。",
        ) from None
    except OSError as error:
        raise SettingsError(
            f"設定ファイルを読めません（{system_reason(error)}）。", place=Place(file=str(file))
        ) from None
    try:
        tree = parse_yaml(text, str(file))
    except GyomuError as error:
        raise SettingsError(error.message, place=error.place, hint=error.hint) from None
    if tree is None:
        return {}
    if not isinstance(tree, dict):
        raise SettingsError(
            "設定ファイルは「項目: 値」の並びで書いてください。", place=Place(str(file), 1)
        )
    return tree


class _Checker:
    """Checks the tree of one configuration file; `text` is read for the lines of errors."""

    def __init__(self, file: Path, text: str) -> None:
        self._file = file
        self._text = text

    def check_keys(
        self, tree: Mapping[str, Plain], known: Sequence[str], path: tuple[str | int, ...]
    ) -> None:
        """Refuse a key that is not known, with the nearest that is."""
        for key in tree:
            if key not in known:
                hint = name_hint(key, known, "使える項目")
                raise self._error(f"項目「{key}」は使えません。", (*path, key), hint)

    def fallbacks(self, value: Plain) -> Iterator[FallbackFile]:
        """The fonts of 予備の書体: each a path, or a path and a number."""
        if value in (None, ""):
            return
        if not isinstance(value, list):
            raise self._error(
                f"「{_FALLBACKS}」は「- 」で始まる行の並びで書いてください。", (_FALLBACKS,)
            )
        for index, item in enumerate(value):
            path = (_FALLBACKS, index)
            number: Plain = "1"
            name = item
            if isinstance(item, dict):
                self.check_keys(item, (_FONT, _NUMBER), path)
                name, number = item.get(_FONT), item.get(_NUMBER, "1")
            place = Place(str(self._file), line_of(self._text, path))
            yield FallbackFile(self.path(name, path), self._index(number, path), place)

    def path(self, value: Plain, path: tuple[str | int, ...], *, folder: bool = False) -> Path:
        """The file or the folder that a value names, which must be there."""
        kind = "フォルダー" if folder else "ファイル"
        if not isinstance(value, str) or not value.strip():
            raise self._error(f"{kind}の名前を書いてください。", path)
        found = self._file.parent / Path(value).expanduser()
        if not (found.is_dir() if folder else found.is_file()):
            raise self._error(
                f"{kind}「{value}」がありません。",
                path,
                "パスは設定ファイルのあるフォルダーから書きます。",
            )
        return found

    def _index(self, number: Plain, path: tuple[str | int, ...]) -> int:
        if not isinstance(number, str) or not number.isdecimal() or int(number) < 1:
            raise self._error(f"「{_NUMBER}」は1からの整数で書いてください。", (*path, _NUMBER))
        return int(number) - 1

    def _error(self, message: str, path: tuple[str | int, ...], hint: str = "") -> SettingsError:
        place = Place(str(self._file), line_of(self._text, path))
        return SettingsError(message, place=place, hint=hint)


def _find_file(environment: Mapping[str, str], folder: Path, platform: str) -> Path | None:
    named = environment.get(VARIABLE, "")
    if named:
        if not Path(named).is_file():
            raise SettingsError(
                f"環境変数 {VARIABLE} の設定ファイルがありません。",
                place=Place(file=named),
                hint="値を設定ファイルのパスに直すか、環境変数を消してください。",
            )
        return Path(named)
    home = _home(environment)
    if platform == "win32":
        user = _folder(environment.get("APPDATA"), "gyomu-docs")
    else:
        config = environment.get("XDG_CONFIG_HOME")
        user = _folder(config, "gyomu-docs") or _folder(home, ".config/gyomu-docs")
    candidates = [folder / FILE_NAME] + ([user / FILE_NAME] if user else [])
    return next((file for file in candidates if file.is_file()), None)


def _installed(environment: Mapping[str, str], platform: str) -> tuple[FallbackFile, ...]:
    """IPAmj明朝 in the first of the folders where installers put it: a few questions, no search."""
    folders = _font_folders(environment, platform)
    files = (folder / _IPAMJ for folder in folders)
    found = next((file for file in files if file.is_file()), None)
    return (FallbackFile(found),) if found else ()


def _font_folders(environment: Mapping[str, str], platform: str) -> list[Path]:
    home = _home(environment)
    if platform == "win32":
        folders = [
            _folder(environment.get("LOCALAPPDATA"), "Microsoft/Windows/Fonts"),
            _folder(environment.get("WINDIR", "C:/Windows"), "Fonts"),
        ]
    elif platform == "darwin":
        folders = [_folder(home, "Library/Fonts"), Path("/Library/Fonts")]
    else:
        folders = [
            _folder(home, ".local/share/fonts"),
            _folder(home, ".fonts"),
            Path("/usr/local/share/fonts"),
            Path(_DEBIAN_FOLDER),
            Path("/usr/share/fonts"),
        ]
    return [folder for folder in folders if folder is not None]


def _home(environment: Mapping[str, str]) -> str | None:
    return environment.get("HOME") or environment.get("USERPROFILE")


def _folder(parent: str | None, name: str) -> Path | None:
    return Path(parent) / name if parent else None
