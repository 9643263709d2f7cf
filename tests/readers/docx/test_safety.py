"""Files that are refused before anything in them is parsed, each with one sentence and a hint."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from gyomu_docs.errors import SourceError
from gyomu_docs.readers.docx import read_returned, safety
from tests.support.drafts import packed
from tests.support.wml import MAIN, NAMESPACES, docx, p, parts, relationships, table, tr


def refusal(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_returned(data, "課/返送.docx")
    assert caught.value.place.file == "課/返送.docx"
    assert caught.value.hint
    assert "\n" not in caught.value.message
    return caught.value


def with_body(xml: str) -> bytes:
    """A file whose main part is this whole text."""
    return packed({**parts(), "word/document.xml": xml.encode()})


def test_a_sound_file_is_read() -> None:
    assert len(read_returned(docx(p("文")), "x.docx").blocks) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "空のファイル"),
        (b"{\\rtf1 }", ".rtf"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".doc）"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(50) + "EncryptedPackage".encode("utf-16-le"),
            "パスワード",
        ),
        ("年度: R3".encode(), "ではありません"),
        (b"PK\x03\x04 and no more", "壊れています"),
    ],
)
def test_other_formats_are_refused_by_name(data: bytes, message: str) -> None:
    assert message in refusal(data).message


def test_another_archive_is_refused() -> None:
    assert "ではありません" in refusal(packed({"mimetype": b"text"})).message


def test_macros_are_refused_by_type_and_by_part() -> None:
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert ".docm" in refusal(packed(parts(kind=macro))).message
    assert "word/vbaProject.bin" in refusal(docx(**{"word/vbaProject.bin": b"x"})).message


@pytest.mark.parametrize("name", ["word/embeddings/a.xlsx", "word/activeX/activeX1.bin"])
def test_embedded_files_are_refused_by_name(name: str) -> None:
    assert name in refusal(docx(**{name: b"x"})).message


def test_a_template_is_refused() -> None:
    template = MAIN.replace("document.main", "template.main")
    assert "ではありません" in refusal(packed(parts(kind=template))).message


@pytest.mark.parametrize(
    ("rels", "kind"),
    [
        ("word/_rels/settings.xml.rels", "attachedTemplate"),
        ("word/_rels/document.xml.rels", "image"),
        ("_rels/other.rels", "frame"),
    ],
)
def test_links_that_are_followed_by_themselves_are_refused(rels: str, kind: str) -> None:
    link = relationships(kind, "https://example.com/a", "External").encode()
    error = refusal(docx(**{rels: link}))
    assert kind in error.message
    assert "https://example.com/a" in error.message


def test_a_hyperlink_is_no_such_link() -> None:
    link = relationships("hyperlink", "https://example.com/", "External").encode()
    read_returned(docx(p("文"), **{"word/_rels/document.xml.rels": link}), "x.docx")


@pytest.mark.parametrize("name", ["/etc/passwd", "word/../../a.xml", "a\\b.xml", "C:a.xml"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert "不正" in refusal(docx(**{name: b"x"})).message


def test_a_part_given_twice_is_refused() -> None:
    assert "2度" in refusal(docx(**{"Word/Document.XML": b"x"})).message


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_PARTS", 5)
    assert "多すぎます" in refusal(docx(**{f"{n}.xml": b"" for n in range(3)})).message


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_TOTAL", 1000)
    assert "大きすぎます" in refusal(docx(p("文" * 500))).message
    monkeypatch.setattr(safety, "MAX_FILE", 100)
    assert "大きすぎます" in refusal(docx()).message


def test_a_zip_bomb_is_refused_unopened() -> None:
    assert "圧縮率" in refusal(docx(**{"word/bomb.xml": bytes(3 << 20)})).message


def test_a_part_larger_than_it_says_is_refused() -> None:
    data = docx(p("文" * 100))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    false = data.replace(struct.pack("<L", size), struct.pack("<L", 40))
    assert "壊れています" in refusal(false).message


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(docx())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "パスワード" in refusal(bytes(data)).message


def test_an_unknown_compression_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("[Content_Types].xml", b"x")
    assert "圧縮方法" in refusal(out.getvalue()).message


BOMB = '<!DOCTYPE a [<!ENTITY b "文">]><w:document {}><w:body>&b;</w:body></w:document>'


def test_a_document_type_is_refused_in_any_encoding() -> None:
    text = BOMB.format(NAMESPACES)
    assert "DTD" in refusal(with_body(text)).message
    wide = packed({**parts(), "word/document.xml": text.encode("utf-16")})
    assert "DTD" in refusal(wide).message


def test_an_external_entity_is_refused() -> None:
    text = f'<!DOCTYPE a SYSTEM "file:///etc/passwd"><w:document {NAMESPACES}/>'
    assert "DTD" in refusal(with_body(text)).message


def test_absurd_depth_is_refused() -> None:
    deep = "<w:p>" + "<w:smartTag>" * 2000 + "</w:smartTag>" * 2000 + "</w:p>"
    assert "XML" in refusal(docx(deep)).message


def test_tables_within_tables_end_somewhere() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80
    read_returned(docx(deep), "x.docx")


def test_broken_xml_and_a_missing_body_are_refused() -> None:
    assert "XML" in refusal(with_body("<w:document")).message
    assert "本文" in refusal(with_body(f"<w:document {NAMESPACES}/>")).message


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gyomu_docs.readers.docx.tables.MAX_ROWS", 3)
    assert "行が多すぎます" in refusal(docx(table(*[tr("一")] * 4))).message
