"""Bytes of a text file to text: UTF-8 first, then the encodings that Windows programs write."""

from __future__ import annotations

import re

from gyomu_docs.errors import Diagnostic, Place, SourceError

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile("[\x01-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f\uf8f0-\uf8f3]")
"""Python's cp932 decodes every single byte; no text of Windows has these characters."""


def decode_text(data: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """Decode the content of `file`; CRLF and CR become LF.

    UTF-8 (with or without a mark), UTF-16 with a mark, and Shift_JIS as Windows has it (cp932) are
    understood; anything but UTF-8 is reported. Raises SourceError for an empty or binary file.
    """
    place = Place(file=file)
    text, name = _decode(data, place)
    if not text.strip():
        raise SourceError("ファイルが空です。", place=place)
    if "\x00" in text or (name == "Shift_JIS" and _BINARY.search(text)):
        raise SourceError("テキストファイルではありません（バイナリです）。", place=place)
    found = []
    if name != "UTF-8":
        found.append(Diagnostic("I", "encoding", f"文字コードを {name} として読みました。", place))
    return text.replace("\r\n", "\n").replace("\r", "\n"), found


def _decode(data: bytes, place: Place) -> tuple[str, str]:
    attempts = [("utf-8-sig", "UTF-8"), ("cp932", "Shift_JIS")]
    if data[:2] in _UTF16_MARKS:
        attempts.insert(0, ("utf-16", "UTF-16"))
    elif b"\x00" in data:
        raise SourceError("テキストファイルではありません（バイナリです）。", place=place)
    for codec, name in attempts:
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise SourceError(
        "文字コードを読み取れません。",
        place=place,
        hint="UTF-8 か Shift_JIS で保存し直してください。",
    )
