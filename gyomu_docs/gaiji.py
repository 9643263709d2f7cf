"""外字: private-use characters of a document replaced by the characters that they stand for.

In: a `Document`, and the mapping file of the configuration. Out: the document as it is printed.
The sheet itself keeps its characters: YAML, JSON and drafts that come back say what was typed.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from gyomu_docs.errors import Diagnostic, Place, SettingsError
from gyomu_docs.layout.tree import Document
from gyomu_docs.model.plain import Plain, line_of
from gyomu_docs.settings import read_mapping
from gyomu_docs.typeset.coverage import PlacedText, placed_texts

_PRIVATE = "[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
_PRIVATE_CHARACTER = re.compile(_PRIVATE)
_CODE = re.compile("[Uu]\\+([0-9A-Fa-f]{4,6})")
_REPLACEMENT = re.compile(f"(?!{_PRIVATE}).[\ufe00-\ufe0f\U000e0100-\U000e01ef]?")
_UNTOUCHED = frozenset({"field", "record", "identity", "attachments"})
"""Parts of a document that name the data and do not print."""

GaijiMap = Mapping[str, str]
"""Of each private-use character, one character, with a variation selector where it needs one."""


class Replaced(NamedTuple):
    """A document as it is printed, and what to tell about it."""

    document: Document
    found: list[Diagnostic]
    """One for each private-use character that was replaced."""


class Gaiji:
    """The mapping of 外字, read when a document first has one."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @cached_property
    def mapping(self) -> GaijiMap:
        """What the file says. Raises SettingsError with the line."""
        return read_gaiji(self.file)

    def replace(self, document: Document) -> Replaced:
        """The document with the private-use characters replaced that the mapping has.

        Others stay, and typesetting refuses them. Raises SettingsError.
        """
        if not any(_PRIVATE_CHARACTER.search(one.text) for one in placed_texts(document)):
            return Replaced(document, [])
        table = str.maketrans(dict(self.mapping))
        return Replaced(_translated(document, table), list(self._told(document)))

    def _told(self, document: Document) -> Iterator[Diagnostic]:
        counts: Counter[str] = Counter()
        first: dict[str, PlacedText] = {}
        for one in placed_texts(document):
            for char in _PRIVATE_CHARACTER.findall(one.text):
                if char in self.mapping:
                    counts[char] += 1
                    first.setdefault(char, one)
        for char, count in counts.items():
            shown = f"外字 U+{ord(char):04X} を「{self.mapping[char]}」で印刷します（{count}字）。"
            yield Diagnostic("I", "gaiji", shown, first[char].place)


def read_gaiji(file: Path) -> GaijiMap:
    """The mapping file: `U+E000: 𠮷` a line, or the character itself for a key.

    Raises SettingsError with the line.
    """
    tree = read_mapping(file)
    mapping: dict[str, str] = {}
    for key, value in tree.items():
        try:
            char = _private_character(key)
            if char in mapping:
                raise SettingsError(f"外字 U+{ord(char):04X} が2度あります。")
            mapping[char] = _replacement(value)
        except SettingsError as error:
            line = line_of(file.read_text("utf-8-sig"), (key,))
            raise error.within(Place(str(file), line)) from None
    return mapping


def _translated(value: Any, table: dict[int, str]) -> Any:
    """A part of a document with its texts translated; the same object where nothing changes.

    Styles are shared by identity, and stay so.
    """
    if isinstance(value, str):
        return value.translate(table) if _PRIVATE_CHARACTER.search(value) else value
    if isinstance(value, tuple):
        names = getattr(value, "_fields", ())
        made = [
            item if names and names[index] in _UNTOUCHED else _translated(item, table)
            for index, item in enumerate(value)
        ]
        if all(new is old for new, old in zip(made, value, strict=True)):
            return value
        return type(value)(*made) if names else tuple(made)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in dataclasses.fields(value):
            old = getattr(value, field.name)
            new = old if field.name in _UNTOUCHED else _translated(old, table)
            if new is not old:
                changes[field.name] = new
        return dataclasses.replace(value, **changes) if changes else value
    return value


def _private_character(key: str) -> str:
    code = _CODE.fullmatch(key)
    char = key
    if code and int(code[1], 16) <= 0x10FFFF:
        char = chr(int(code[1], 16))
    if len(char) != 1 or not _PRIVATE_CHARACTER.fullmatch(char):
        raise SettingsError(
            f"「{key}」は外字（私用領域の文字）ではありません。",
            hint="U+E000 のような文字番号か、外字そのものを書いてください。",
        )
    return char


def _replacement(value: Plain) -> str:
    if isinstance(value, str) and _REPLACEMENT.fullmatch(value):
        return value
    raise SettingsError(
        "外字の代わりには、1字か、1字に異体字セレクタを付けたものを書いてください。"
    )
