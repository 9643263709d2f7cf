"""What a file from outside may be, before anything in it is parsed.

A returned draft went through other people's hands and programs. Everything that a draft has no
need of is refused by name: macros, embedded files, links that a program would follow, archives
that unpack to far more than they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NoReturn

from gyomu_docs.errors import Place, SourceError

MAX_FILE = 100 * 2**20
"""Bytes of a file."""
MAX_PARTS = 2_000
MAX_TOTAL = 200 * 2**20
"""Bytes of all parts, unpacked."""
MAX_RATIO = 200
"""Unpacked to packed size of a part over `RATIO_FROM`; real parts have 18 to 47."""
RATIO_FROM = 2**20

_ACTIVE = re.compile(r"vbaProject|vbaData|/activeX/|/embeddings/|/oleObject|\.exe$|\.js$", re.I)
_CONTENT_TYPES = "[Content_Types].xml"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SAVE_AS_DOCX = "Word で開き、「Word 文書 (*.docx)」として保存し直してください。"
_SEND_AGAIN = "作成した人に、原稿の Word ファイルをもう一度送ってもらってください。"

_HEADS = (
    (b"{\\rtf", "リッチテキスト（.rtf）なので読めません。", _SAVE_AS_DOCX),
    (b"%PDF", "PDF なので読めません。", "返送された Word のファイルを指定してください。"),
)


def open_archive(data: bytes, file: str) -> zipfile.ZipFile:
    """The archive of a .docx whose names and sizes are sound; `file` names it in messages.

    Raises SourceError with one sentence for what is refused.
    """
    _check_head(data, file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        _refuse(file, "Word のファイル（.docx）として読めません。壊れています。", _SEND_AGAIN)
    _check_sizes(archive, file)
    _check_names(archive, file)
    return archive


def _check_head(data: bytes, file: str) -> None:
    if not data:
        _refuse(file, "空のファイルです。", _SEND_AGAIN)
    if len(data) > MAX_FILE:
        _refuse(file, f"大きすぎます（{MAX_FILE >> 20}MB まで）。", "写真などを外してください。")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            hint = "Word で開いてパスワードを外し、保存し直してください。"
            _refuse(file, "パスワードで保護されているので読めません。", hint)
        _refuse(file, "古い形式の Word（.doc）なので読めません。", _SAVE_AS_DOCX)
    for head, message, hint in _HEADS:
        if data.startswith(head):
            _refuse(file, message, hint)
    if not data.startswith(b"PK"):
        _refuse(file, "Word のファイル（.docx）ではありません。", _SAVE_AS_DOCX)


def _check_sizes(archive: zipfile.ZipFile, file: str) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        _refuse(file, f"中の部品が多すぎます（{MAX_PARTS}個まで）。", _SEND_AGAIN)
    if sum(part.file_size for part in parts) > MAX_TOTAL:
        _refuse(file, f"展開すると大きすぎます（{MAX_TOTAL >> 20}MB まで）。", _SEND_AGAIN)
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * part.compress_size:
            _refuse(file, f"部品「{part.filename}」の圧縮率が不自然です。", _SEND_AGAIN)
        if part.flag_bits & _ENCRYPTED:
            hint = "パスワードを外して保存し直してください。"
            _refuse(file, "パスワードで保護されているので読めません。", hint)
        if part.compress_type not in _METHODS:
            _refuse(file, f"部品「{part.filename}」の圧縮方法を扱えません。", _SAVE_AS_DOCX)


def _check_names(archive: zipfile.ZipFile, file: str) -> None:
    names = [part.filename for part in archive.infolist()]
    seen: set[str] = set()
    for name in names:
        # Windows, and so Word, does not tell cases apart.
        if name.lower() in seen:
            _refuse(file, f"部品「{name}」が2度あります。", _SEND_AGAIN)
        seen.add(name.lower())
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            _refuse(file, f"部品の名前「{name}」が不正です。", _SEND_AGAIN)
    for name in names:
        if _ACTIVE.search(f"/{name}"):
            _refuse(
                file,
                f"マクロか、埋め込まれたファイル（{name}）があるので読みません。",
                "埋め込みを消し、「Word 文書 (*.docx)」として保存し直してください。",
            )
    if _CONTENT_TYPES not in names:
        _refuse(file, "Word のファイル（.docx）ではありません。", _SAVE_AS_DOCX)


def _refuse(file: str, message: str, hint: str) -> NoReturn:
    raise SourceError(message, place=Place(file=file), hint=hint)
