"""The manifest of a booklet: written, read again, refused."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gyomu_docs.booklet import manifest_file
from gyomu_docs.booklet.manifest import Manifest, dump_manifest, parse_manifest
from gyomu_docs.booklet.manifest_file import read_manifest
from gyomu_docs.errors import SourceError
from tests.support.packets import old

BOOK = old("A2 _ B1")


def changed(**values: Any) -> bytes:
    return json.dumps({**json.loads(dump_manifest(BOOK)), **values}).encode()


def put_pdf(path: Path, private: bytes | None, **entries: Any) -> Path:
    with pikepdf.new() as pdf:
        if private is not None:
            stream = pdf.make_stream(private, **entries)
            data = pikepdf.Dictionary(Private=stream)
            pdf.Root.PieceInfo = pikepdf.Dictionary(GyomuDocs=data)
        pdf.save(path, compress_streams=False)
    return path


def test_it_comes_back_as_it_was() -> None:
    assert parse_manifest(dump_manifest(BOOK), "alt.json") == BOOK


def test_from_a_pdf_and_from_json(tmp_path: Path) -> None:
    beside = tmp_path / "控え.json"
    beside.write_bytes(dump_manifest(BOOK))
    packed = zlib.compress(dump_manifest(BOOK))
    inside = put_pdf(tmp_path / "冊子.pdf", packed, Filter=pikepdf.Name("/FlateDecode"))
    plain = put_pdf(tmp_path / "別.pdf", dump_manifest(BOOK))
    assert [read_manifest(path) for path in (beside, inside, plain)] == [BOOK] * 3


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "冊子の控えを読めません。"),
        (b"\xff", "冊子の控えを読めません。"),
        (b"[" * 100_000, "冊子の控えを読めません。"),
        (b"[]", "gyomu-docs の冊子ではありません。"),
        (b'{"program": "other"}', "gyomu-docs の冊子ではありません。"),
        (changed(version=2), "新しい版の gyomu-docs で作られた冊子のため、読めません。"),
        (changed(both_sides="はい"), "冊子の控えが壊れています（both_sides）。"),
        (changed(more=1), "冊子の控えが壊れています（more）。"),
        (changed(pieces=[]), "冊子の控えが壊れています（pages）。"),
    ],
)
def test_what_is_wrong_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_manifest(data, "alt.json")
    assert caught.value.message == message
    assert caught.value.place.file == "alt.json"
    assert caught.value.hint


def test_two_pages_of_one_label_are_refused() -> None:
    pages = json.loads(dump_manifest(BOOK))["pages"]
    pages[1]["label"] = pages[0]["label"]
    with pytest.raises(SourceError, match="壊れています"):
        parse_manifest(changed(pages=pages), "alt.json")


def test_a_pdf_that_is_no_booklet(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gyomu-docs の冊子ではありません。"):
        read_manifest(put_pdf(tmp_path / "a.pdf", None))
    with pytest.raises(SourceError, match=r"gyomu-docs の冊子ではありません。"):
        read_manifest(put_pdf(tmp_path / "b.pdf", b"00>", Filter=pikepdf.Name("/ASCIIHexDecode")))


@pytest.mark.filterwarnings("ignore")  # what pypdf says of broken files
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no PDF at all " * 100, b"\0" * 5000])
def test_a_file_that_is_no_pdf(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "前.pdf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="PDF として読めません"):
        read_manifest(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="前の冊子を読めません"):
        read_manifest(tmp_path / "前.pdf")


def test_a_stream_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest_file, "MOST_BYTES", 1000)
    packed = zlib.compress(b" " * 100_000)
    path = put_pdf(tmp_path / "前.pdf", packed, Filter=pikepdf.Name("/FlateDecode"))
    with pytest.raises(SourceError, match="大きすぎます"):
        read_manifest(path)
    beside = tmp_path / "前.json"
    beside.write_bytes(b" " * 2000)
    with pytest.raises(SourceError, match="大きすぎます"):
        read_manifest(beside)


def test_a_broken_stream(tmp_path: Path) -> None:
    path = put_pdf(tmp_path / "前.pdf", b"no zlib", Filter=pikepdf.Name("/FlateDecode"))
    with pytest.raises(SourceError, match="PDF として読めません"):
        read_manifest(path)


def test_the_model_is_strict() -> None:
    with pytest.raises(ValueError, match="piece"):
        Manifest.model_validate_json(changed(pages=[{"piece": -1}]))
