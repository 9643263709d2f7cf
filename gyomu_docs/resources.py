"""Fonts, forms, settings and the date, found once and passed down.

No stage looks for a file or asks for the date: the command line and the facade make a
`Resources` and hand its parts on. In a wheel the folders lie inside the package, in a clone
beside it.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from gyomu_docs.errors import (
    GyomuError,
    Place,
    SourceError,
    UsageError,
    name_hint,
    system_reason,
)
from gyomu_docs.settings import Settings, find_settings

DEFAULT_FORM = "sheet-a4-landscape"

_FORM_LINE = re.compile(rb"^form[ \t]*:", re.MULTILINE)
_PACKAGE = Path(__file__).resolve().parent


class FormSource(NamedTuple):
    """The text of a form, and the file that messages name."""

    text: str
    file: str


@dataclass(frozen=True, slots=True)
class Resources:
    """Where fonts and forms lie, the settings, and the date to print (ISO 8601, or empty)."""

    fonts: Path
    layouts: Path
    date: str = ""
    settings: Settings = field(default_factory=Settings)

    def sample_source(self) -> FormSource:
        """The made-up sheet that previews of forms show: its text and file."""
        path = self.layouts / "samples" / "preview.yaml"
        return FormSource(path.read_text(encoding="utf-8-sig"), str(path))

    def template_source(self, name: str) -> FormSource:
        """A text template that ships, by its place below layouts/: `booklet/cover.txt`.

        An absolute path is one of the user's own. Raises SourceError.
        """
        path = self.layouts / name
        try:
            return FormSource(path.read_text(encoding="utf-8-sig"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(path, error) from None

    def report_templates(self) -> dict[str, str]:
        """The template of the web page of comparisons, its style and its script, by file name."""
        folder = self.layouts / "comparison"
        names = ("report.html.j2", "report.css", "report.js")
        return {name: (folder / name).read_text(encoding="utf-8") for name in names}

    def form_names(self) -> tuple[str, ...]:
        """The forms of sheets that ship, then the city's own, by name."""
        return (*self._shipped_names(), *self._own_names())

    def _shipped_names(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in self.layouts.glob("*.yaml")))

    def _own_names(self) -> tuple[str, ...]:
        """Of the files in the folder of own forms, those that are forms."""
        folder = self.settings.forms
        files = folder.glob("*.yaml") if folder is not None else ()
        return tuple(sorted(path.stem for path in files if _is_form(path)))

    def _named(self, form: str) -> Path:
        """The file of a form by its name. Raises UsageError."""
        folders = [self.layouts] + ([self.settings.forms] if self.settings.forms else [])
        found = [path for folder in folders if (path := folder / f"{form}.yaml").is_file()]
        if not found:
            raise _unknown_form(form, self.form_names())
        if len(found) > 1:
            raise UsageError(
                f"様式「{form}」は、付いている様式の名前と同じです。",
                place=Place(file=str(found[1])),
                hint="自分の様式に別の名前を付けてください。",
            )
        return found[0]

    def form_source(self, form: str, asked_by: str = "") -> FormSource:
        """The form of that name, or in that file. Raises UsageError, SourceError.

        A file that another form names (`asked_by`, its file) lies where that one lies.
        """
        path = Path(form)
        if path.suffix.lower() in (".yaml", ".yml"):
            path = Path(os.path.normpath(Path(asked_by).parent / path)) if asked_by else path
        else:
            path = self._named(form)
        try:
            return FormSource(path.read_text(encoding="utf-8-sig"), str(path))
        except FileNotFoundError:
            raise UsageError(
                "様式のファイルがありません。",
                place=Place(file=form),
                hint=f"使える様式の名前: {'、'.join(self.form_names())}",
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(path, error) from None


def find_resources(environment: Mapping[str, str] = os.environ) -> Resources:
    """The resources of this installation; the date comes from SOURCE_DATE_EPOCH alone.

    Settings are looked for as `settings.find_settings` says. Raises UsageError, SettingsError.
    """
    return Resources(
        fonts=_folder("fonts"),
        layouts=_folder("layouts"),
        date=_date(environment.get("SOURCE_DATE_EPOCH", "")),
        settings=find_settings(environment, Path.cwd()),
    )


def _folder(name: str) -> Path:
    inside, beside = _PACKAGE / name, _PACKAGE.parent / name
    return inside if inside.is_dir() else beside


def _date(epoch: str) -> str:
    if not epoch:
        return ""
    try:
        moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"環境変数 SOURCE_DATE_EPOCH の値「{epoch}」を日時として読めません。",
            hint="1970年1月1日からの秒数（半角数字）を設定するか、設定を消してください。",
        ) from None
    return moment.isoformat()


def _is_form(path: Path) -> bool:
    """Whether a YAML file is a form; booklet.yaml and others may lie beside them."""
    try:
        return _FORM_LINE.search(path.read_bytes()) is not None
    except OSError:
        return False


def _unknown_form(form: str, names: tuple[str, ...]) -> UsageError:
    return UsageError(f"様式「{form}」はありません。", hint=name_hint(form, names, "使える様式"))


def _unreadable(path: Path, error: OSError | UnicodeDecodeError) -> GyomuError:
    if isinstance(error, OSError):
        message = f"様式のファイルを読めません（{system_reason(error)}）。"
        hint = "ファイルの名前と、読み取る権限があるかを確かめてください。"
    else:
        message = "様式のファイルは UTF-8 ではないため、読めません。"
        hint = "文字コードを UTF-8 にして保存し直してください。"
    return SourceError(message, place=Place(file=str(path)), hint=hint)
