"""The exceptions that gyomu_docs raises, and the diagnostics that it collects.

GyomuError                  everything below; the command line prints it and exits with 2
├── UsageError              the call itself is wrong: no such file, a format that is not built yet
├── SourceError             a file cannot be read: empty, binary, not the text that it should be
│   └── SheetError          a sheet file is refused: wrong shape, unknown key, bad code or year
├── FormError               a form in layouts/ is wrong
├── SettingsError           gyomu-docs.yaml is wrong, or names a font that cannot be used
├── FontError               a font cannot be used
│   └── MissingGlyphError   a character that no font has
└── OutputError             a file cannot be written

An exception is for what the author of a file must fix before anything can be made of it. A
`Diagnostic` is for what the work survives: a repair made on reading, a text set smaller. Stages
return diagnostics beside their result. Messages are in Japanese, since city staff read them;
programming errors stay ordinary Python exceptions in English.
"""

from __future__ import annotations

import difflib
import errno
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, Self, TypeVar

Level = Literal["E", "W", "I"]
E = TypeVar("E", bound="GyomuError")

_QUOTED = 40
"""Characters of a text that a message quotes at the most."""


_REASONS = {
    errno.ENOENT: "ファイルがありません",
    errno.EACCES: "権限がないか、ほかのプログラムが使っています",
    errno.EPERM: "権限がありません",
    errno.EISDIR: "ファイルではなくフォルダーです",
    errno.ENOTDIR: "フォルダーではないものがパスの途中にあります",
    errno.EEXIST: "同じ名前のものがあります",
    errno.ENOSPC: "ディスクに空きがありません",
    errno.EDQUOT: "使える容量を超えました",
    errno.EIO: "ディスクかネットワークの故障です",
    errno.EFBIG: "ファイルが大きすぎます",
    errno.EROFS: "書き込みのできないディスクです",
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.EINVAL: "使えない名前です",
    errno.EBUSY: "ほかのプログラムが使っています",
    errno.EMFILE: "開いているファイルが多すぎます",
    errno.ELOOP: "リンクがたどれません",
    errno.EIO: "ディスクの読み書きに失敗しました",
    errno.EPIPE: "出力先が閉じています",
    errno.ETIMEDOUT: "応答がありません",
    errno.ENETUNREACH: "ネットワークにつながりません",
    errno.EHOSTUNREACH: "ネットワークにつながりません",
}


def system_reason(error: OSError) -> str:
    """Why the operating system refused something, in Japanese as far as we know it.

    Windows says the rest in its own language.
    """
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


_ALIKE, _ALIKE_IN_LATIN = 0.4, 0.6
"""How much of two names must agree; Japanese names are short, so one letter is much of them."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, whatever its widths and spaces; empty if none is."""
    names = {_folded(one): one for one in known}
    cutoff = _ALIKE_IN_LATIN if name.isascii() else _ALIKE
    near = difflib.get_close_matches(_folded(name), names, n=1, cutoff=cutoff)
    return names[near[0]] if near else ""


def name_hint(name: str, known: Iterable[str], label: str) -> str:
    """The hint for a name that is not there: the nearest that is, else all of them."""
    names = list(dict.fromkeys(known))
    near = nearest(name, names)
    return f"「{near}」ではありませんか。" if near else f"{label}: {'、'.join(names) or 'なし'}"


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def shorten(text: str) -> str:
    """`text` as a message quotes it: on one line, and cut where it is long."""
    line = " ".join(text.split("\n"))
    return line if len(line) <= _QUOTED else line[:_QUOTED] + "…"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is. Only the known parts are given; they print in this order."""

    file: str = ""
    line: int | None = None
    """Line in `file`, from 1."""
    sheet: str = ""
    """As a person names it: `No.3 組織の方針`."""
    table: str = ""
    row: str = ""
    column: str = ""

    def __str__(self) -> str:
        parts = []
        if self.file:
            parts.append(self.file)
        if self.line is not None:
            parts.append(f"{self.line}行目")
        if self.sheet:
            parts.append(f"シート「{shorten(self.sheet)}」")
        if self.table:
            parts.append(f"表「{shorten(self.table)}」")
        if self.row:
            parts.append(f"行「{shorten(self.row)}」")
        if self.column:
            parts.append(f"列「{shorten(self.column)}」")
        return " ".join(parts)

    def within(self, outer: Place) -> Place:
        """This place with the parts that it lacks taken from `outer`; no line of another file."""
        same_file = self.file in ("", outer.file)
        return Place(
            file=self.file or outer.file,
            line=outer.line if self.line is None and same_file else self.line,
            sheet=self.sheet or outer.sheet,
            table=self.table or outer.table,
            row=self.row or outer.row,
            column=self.column or outer.column,
        )


class Topic(NamedTuple):
    """What many sheets may have in common, so that it can be told of all of them in one line."""

    heading: str
    """Of the line, `…に欄がないもの`."""
    item: str
    """What of it this is: `注記`."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something that the work survives and that a person should see."""

    level: Level
    """`E` must be fixed before issue, `W` needs an answer, `I` is for information."""
    kind: str
    """What it is about, one English word: `repair`, `unread`, `shrunk`, `overfull`, `money`."""
    message: str
    place: Place = field(default_factory=Place)
    hint: str = ""
    topic: Topic | None = None

    def __str__(self) -> str:
        return _sentence(self.place, self.message, self.hint)

    def within(self, outer: Place) -> Diagnostic:
        """The same diagnostic, placed inside `outer`."""
        return replace(self, place=self.place.within(outer))


class GyomuError(Exception):
    """Base of all errors that a user of gyomu_docs can cause and cure."""

    others: tuple[GyomuError, ...] = ()
    """More of the same run or file: staff should see them all at once."""

    def __init__(self, message: str, *, place: Place | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place or Place()
        self.hint = hint

    def __str__(self) -> str:
        return _sentence(self.place, self.message, self.hint)

    def __reduce__(self) -> tuple[Any, ...]:
        # The default reduction would call the class with positional arguments only, which loses
        # the place when an error crosses a process boundary.
        return (_rebuild, (type(self), self.message, self.place, self.hint, self.others))

    def within(self, outer: Place) -> Self:
        """The same error and the others, placed inside `outer`."""
        place = self.place.within(outer)
        others = tuple(other.within(outer) for other in self.others)
        return _rebuild(type(self), self.message, place, self.hint, others)


class UsageError(GyomuError):
    """The call itself is wrong: no such file, or a format that is not built yet."""


class SourceError(GyomuError):
    """A file cannot be read as what it should be."""


class SheetError(SourceError):
    """A sheet file is refused: wrong shape, unknown key, bad code or year."""


class FormError(GyomuError):
    """A form in layouts/ is wrong; the place names form, grid and cell."""


class SettingsError(GyomuError):
    """The configuration file, the mapping file of 外字 or a font that they name is wrong."""

    def within(self, outer: Place) -> Self:
        """The same error: it is in the configuration, whichever sheet it was met in."""
        return self if self.place.file else super().within(outer)


class FontError(GyomuError):
    """A font file is missing, broken, or may not be embedded."""


class MissingGlyphError(FontError):
    """A character that no font has; the place names sheet, table, row and column."""


class OutputError(GyomuError):
    """A file cannot be written: no permission, open in another program, a name used twice."""


def _rebuild(
    kind: type[E], message: str, place: Place, hint: str, others: tuple[GyomuError, ...]
) -> E:
    error = kind(message, place=place, hint=hint)
    error.others = others
    return error


def gather(errors: Iterable[E]) -> E | None:
    """One error for all: the first, with the rest as its `others`; None for no error.

    A hint is given once for all errors that share it.
    """
    hints: set[str] = set()
    made: list[GyomuError] = []
    flat: list[GyomuError] = []
    for error in errors:
        flat += [error, *error.others]
    for one in flat:
        hint = "" if one.hint in hints else one.hint
        hints.add(one.hint)
        made.append(_rebuild(type(one), one.message, one.place, hint, ()))
    if not made:
        return None
    first: Any = made[0]
    first.others = tuple(made[1:])
    gathered: E = first
    return gathered


def gather_missing(errors: Iterable[MissingGlyphError]) -> MissingGlyphError | None:
    """One error for all characters that no font has; None where there is none."""
    return gather(errors)


def _sentence(place: Place, message: str, hint: str) -> str:
    # One line each: a text quoted in the message may have line ends of its own.
    where = str(place)
    text = _one_line(f"{where}: {message}" if where else message)
    return f"{text}\n  ヒント: {_one_line(hint)}" if hint else text


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
