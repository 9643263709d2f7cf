"""What the file says about itself, in Info and in XMP."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gyomu_docs.errors import OutputError
from gyomu_docs.layout.tree import Attachment
from gyomu_docs.writers.pdf.metadata import pdf_date
from tests.support.paged import lines, reopen, to_bytes

SavePdf = Callable[[bytes], Path]
DATE = "2021-04-01T09:30:00+09:00"
YAML = Attachment("公園.yaml", "application/yaml", "年度: R3\n".encode(), "元のデータ")


def xmp_of(pdf: Any) -> dict[str, object]:
    with pdf.open_metadata() as metadata:
        return dict(metadata.items())


def test_info_and_xmp_agree(save_pdf: SavePdf) -> None:
    title = "業務棚卸表 <R3> & 「公園」"
    data = to_bytes(lines("市", title=title, author="企画課", subject="令和3年度", date=DATE))
    save_pdf(data)
    pdf = reopen(data)
    assert {key: str(value) for key, value in pdf.docinfo.items()} == {
        "/Title": title,
        "/Author": "企画課",
        "/Subject": "令和3年度",
        "/Producer": "gyomu_docs",
        "/CreationDate": "D:20210401093000+09'00'",
        "/ModDate": "D:20210401093000+09'00'",
    }
    xmp = xmp_of(pdf)
    assert xmp["{http://purl.org/dc/elements/1.1/}title"] == title
    assert xmp["{http://purl.org/dc/elements/1.1/}creator"] == ["企画課"]
    assert xmp["{http://purl.org/dc/elements/1.1/}description"] == "令和3年度"
    assert xmp["{http://ns.adobe.com/pdf/1.3/}Producer"] == "gyomu_docs"
    assert xmp["{http://ns.adobe.com/xap/1.0/}CreateDate"] == DATE
    assert xmp["{http://ns.adobe.com/xap/1.0/}ModifyDate"] == DATE


def test_what_is_empty_is_left_out(save_pdf: SavePdf) -> None:
    data = to_bytes(lines("市"))
    save_pdf(data)
    pdf = reopen(data)
    assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
    names = {str(key).rpartition("}")[2] for key in xmp_of(pdf)}
    assert names == {"format", "title", "language", "Producer", "part", "conformance", "schemas"}


def test_standards_are_declared() -> None:
    pdf = reopen(to_bytes(lines("市")))
    xmp = xmp_of(pdf)
    assert xmp["{http://www.aiim.org/pdfa/ns/id/}part"] == "2"
    assert xmp["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert str(pdf.Root.Lang) == "ja-JP"
    assert pdf.Root.MarkInfo.Marked is True
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert b"sRGB2014" in intent.DestOutputProfile.read_bytes()


def test_options_stand_before_the_first_part() -> None:
    part = lines("市", title="部分", author="企画課", date=DATE)
    data = to_bytes(part, title="全体", date="", language="ja", subject="冊子")
    pdf = reopen(data)
    assert str(pdf.docinfo["/Title"]) == "全体"
    assert str(pdf.docinfo["/Author"]) == "企画課"
    assert str(pdf.docinfo["/Subject"]) == "冊子"
    assert "/ModDate" not in pdf.docinfo
    assert str(pdf.Root.Lang) == "ja"


def test_another_profile(tmp_path: Path) -> None:
    profile = tmp_path / "p.icc"
    profile.write_bytes(b"profile")
    pdf = reopen(to_bytes(lines("市"), profile=profile))
    assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes() == b"profile"


def test_metadata_is_readable_without_a_pdf_reader() -> None:
    assert '<rdf:li xml:lang="x-default">題</rdf:li>'.encode() in to_bytes(lines("市", title="題"))


def test_characters_that_xml_does_not_know(save_pdf: SavePdf) -> None:
    data = to_bytes(lines("市", title=" 題\x0b名\n副題\ufffe"))
    save_pdf(data)
    pdf = reopen(data)
    assert str(pdf.docinfo["/Title"]) == "題 名 副題"
    assert xmp_of(pdf)["{http://purl.org/dc/elements/1.1/}title"] == "題 名 副題"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"title": " "}, "title"),
        ({"language": ""}, "language"),
        ({"date": "2021-04-01T00:00:00"}, "time zone"),
        ({"date": "令和3年"}, "isoformat"),
    ],
)
def test_metadata_that_the_standards_do_not_allow(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        to_bytes(lines("市"), **options)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("", ""),
        (DATE, "D:20210401093000+09'00'"),
        ("2021-04-01T00:30:00Z", "D:20210401003000+00'00'"),
        ("2021-04-01T00:30:00-03:30", "D:20210401003000-03'30'"),
    ],
)
def test_dates_as_pdf_writes_them(date: str, expected: str) -> None:
    assert pdf_date(date) == expected


# -- attachments


def test_attachments_read_back_byte_for_byte(save_pdf: SavePdf) -> None:
    binary = Attachment("b.bin", "application/octet-stream", bytes(range(256)) * 9)
    data = to_bytes(lines("市", attachments=(YAML, binary), date=DATE))
    save_pdf(data)
    pdf = reopen(data)
    assert {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()} == {
        YAML.name: YAML.data,
        binary.name: binary.data,
    }
    spec = pdf.attachments[YAML.name]
    assert (spec.filename, spec.description) == (YAML.name, "元のデータ")
    assert spec.get_file().mime_type == "application/yaml"
    assert spec.get_file().size == len(YAML.data)
    assert str(spec.obj.AFRelationship) == "/Source"
    assert str(spec.obj.EF.F.Params.ModDate) == "D:20210401093000+09'00'"
    assert len(pdf.Root.AF) == 2
    assert xmp_of(pdf)["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"


def test_attachments_without_a_date(save_pdf: SavePdf) -> None:
    data = to_bytes(lines("市", attachments=(YAML,)))
    save_pdf(data)
    pdf = reopen(data)
    # PDF/A-3 asks for a date; where there is none, it says that it is none.
    params = pdf.attachments[YAML.name].obj.EF.F.Params
    assert str(params.ModDate) == "D:19700101000000+00'00'"
    assert "/ModDate" not in pdf.docinfo


def test_attachments_of_all_parts_are_in_the_file(save_pdf: SavePdf) -> None:
    names = ["い.yaml", "あ.yaml", "a.yaml"]
    parts = [
        lines("市", attachments=(Attachment(name, "application/yaml", name.encode()),))
        for name in names
    ]
    data = to_bytes(*parts)
    save_pdf(data)
    pdf = reopen(data)
    assert [str(key) for key in list(pdf.Root.Names.EmbeddedFiles.Names)[::2]] == sorted(names)
    assert {name: bytes(pdf.attachments[name].get_file().read_bytes()) for name in names} == {
        name: name.encode() for name in names
    }


def test_two_attachments_of_one_name_are_refused() -> None:
    part = lines("市", attachments=(YAML,))
    with pytest.raises(OutputError, match="公園.yaml"):
        to_bytes(part, part)
