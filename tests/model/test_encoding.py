from __future__ import annotations

import gzip

import pytest

from gyomu_docs.errors import SourceError
from gyomu_docs.model.encoding import decode_text

TEXT = "年度: R3\nシート名: 公園～①㈱髙\n"


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", None),
        ("utf-8-sig", b"", None),
        ("cp932", b"", "Shift_JIS"),
        ("utf-16", b"", "UTF-16"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
    ],
)
def test_encodings_of_windows_programs(codec: str, mark: bytes, name: str | None) -> None:
    text, found = decode_text(mark + TEXT.encode(codec), "a.yaml")
    assert text == TEXT
    assert [(one.level, one.kind, one.place.file) for one in found] == (
        [("I", "encoding", "a.yaml")] if name else []
    )
    assert all(f"{name} として" in one.message for one in found)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\n"])
def test_every_line_end_becomes_a_line_feed(codec: str, breaks: str) -> None:
    text, _ = decode_text(breaks.join(["年度: R3", "", "所属: 課"]).encode(codec), "a.yaml")
    assert text == "年度: R3\n\n所属: 課"


def test_only_line_ends_are_touched() -> None:
    odd = "\x85\u2028\x0b\x0c　 𠮷葛\U000e0100\ufeff"
    assert decode_text(odd.encode(), "a.txt") == (odd, [])


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\xef\xbb\xbf", b" \r\n\t\n", "　\n".encode(), b"\xff\xfe", b"\xfe\xff"),
        *("\r\n".encode("utf-16"), "　".encode("cp932")),
    ],
)
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^空\.yaml: ファイルが空です。$"):
        decode_text(data, "空.yaml")


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x06\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nstream\n\x12\x8a\x00",
        b"a\x00b",
        b"\x80\xa0\xfd",
        "年度\n".encode("utf-16-le"),
        "a\x00b".encode("utf-16"),
        "年度".encode("euc-jisx0213") + b"\xff",
        b"\xff\xfe\x00",
    ],
)
def test_a_binary_file_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        decode_text(data, "a.yaml")
    assert error.value.message == "テキストファイルではありません（バイナリです）。"


@pytest.mark.parametrize(
    "data",
    [
        b"\x81",
        b"\x0c\x95\x92\x8b\x03\x01\x02",
        gzip.compress(b"x" * 30, mtime=0).replace(b"\x00", b"\x01"),
    ],
)
def test_what_no_encoding_fits_is_refused_with_a_hint(data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        decode_text(data, "a.yaml")
    assert error.value.place.file == "a.yaml"
    assert error.value.message == "文字コードを読み取れません。"
    assert "UTF-8 か Shift_JIS" in error.value.hint
