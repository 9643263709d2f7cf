"""Sheet files, YAML and JSON, as `model.sheet_file` reads them: one sheet a file."""

from __future__ import annotations

import re
from collections.abc import Callable

from gyomu_docs.errors import Diagnostic, Place, SheetError
from gyomu_docs.model import Sheet
from gyomu_docs.model.encoding import decode_text
from gyomu_docs.model.plain import Plain, parse_json, parse_yaml
from gyomu_docs.model.sheet_file import KEY_OF_A_SHEET, sheet_from_plain

_KEY_LINE = re.compile(rf"^[\"']?{KEY_OF_A_SHEET}[\"']?[ \t]*:", re.MULTILINE)


def read_yaml(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """Read a YAML sheet file; `file` names it in messages. Raises SourceError, SheetError."""
    return _read(data, file, parse_yaml)


def read_json(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """Read a JSON sheet file; `file` names it in messages. Raises SourceError, SheetError."""
    return _read(data, file, parse_json)


def is_sheet_file(data: bytes, file: str) -> bool:
    """Whether a YAML or JSON file has the key シートNo, and so is a sheet.

    Raises SheetError only for a broken file that may be one.
    """
    text, _ = decode_text(data, file)
    if _KEY_LINE.search(text):
        return True  # The usual case, without reading the file twice.
    is_json = file.lower().endswith(".json")
    if KEY_OF_A_SHEET not in text and not (is_json and "\\u" in text):
        return False
    return _has_key(parse_json(text, file) if is_json else parse_yaml(text, file))


def _read(
    data: bytes, file: str, parse: Callable[[str, str], Plain]
) -> tuple[list[Sheet], list[Diagnostic]]:
    text, found = decode_text(data, file)
    tree = parse(text, file)
    if not _has_key(tree):
        raise SheetError(
            f"シートのファイルではありません（項目「{KEY_OF_A_SHEET}」がありません）。",
            place=Place(file=file),
        )
    sheet, odd = sheet_from_plain(tree, text, file)
    return [sheet], [*found, *odd]


def _has_key(tree: Plain) -> bool:
    return isinstance(tree, dict) and KEY_OF_A_SHEET in tree
