"""The whole file: its parts, its properties, the identity of a draft, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx as python_docx
import pytest

from gyomu_docs.errors import MissingGlyphError, Place
from gyomu_docs.layout.identity import (
    Identity,
    find_form_id,
    identify,
    read_snapshot,
    record_of,
    table_number,
)
from gyomu_docs.layout.tree import Document
from gyomu_docs.writers.docx import DocxOptions, write_docx
from tests.support.documents import beside, cell, document, grid, heading, paragraph, row, section
from tests.support.ooxml import Docx, attribute, text_of
from tests.support.sheets import sheet
from tests.writers.docx.conftest import Word

IDENTITY = identify(sheet(), "sheet-a4-landscape")


def written(made: Document, options: DocxOptions | None = None) -> bytes:
    out = io.BytesIO()
    write_docx(made, out, options or DocxOptions())
    return out.getvalue()


def opened(made: Document, options: DocxOptions | None = None) -> Docx:
    """The file of a document, opened without being validated: where only its looks are asked."""
    return Docx(written(made, options))


def draft(*blocks: object, identity: Identity = IDENTITY, **page: str) -> Document:
    return replace(document(*blocks, **page), identity=identity)


def test_parts_in_a_fixed_order_without_dates() -> None:
    archive = zipfile.ZipFile(io.BytesIO(written(draft(paragraph("一")))))

    assert archive.namelist() == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/fontTable.xml",
        "word/header1.xml",
        "word/footer1.xml",
        "docProps/core.xml",
        "docProps/app.xml",
        "docProps/custom.xml",
        "customXml/item1.xml",
        "customXml/_rels/item1.xml.rels",
        "customXml/itemProps1.xml",
    ]
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {one.create_system for one in archive.infolist()} == {0}


def test_the_same_document_gives_the_same_bytes() -> None:
    made = draft(grid("一 二"), heading("題"))
    assert written(made) == written(made)


def test_a_document_must_have_a_section() -> None:
    with pytest.raises(ValueError, match="section"):
        written(Document("題", ()))


def test_core_properties() -> None:
    made = replace(
        document(paragraph("一")),
        title="業務棚卸表 <3>",
        author="緑のまち推進課 & 他",
        subject="緑",
        date="2021-04-01T00:00:00+09:00",
    )
    found = python_docx.Document(io.BytesIO(written(made))).core_properties

    assert (found.title, found.author, found.subject) == (
        "業務棚卸表 <3>",
        "緑のまち推進課 & 他",
        "緑",
    )
    assert found.language == "ja-JP"
    assert found.created is not None
    assert found.created.isoformat() == "2021-03-31T15:00:00+00:00"


def test_without_a_date_the_file_has_none() -> None:
    core = Docx(written(document(paragraph("一")))).text("docProps/core.xml")
    assert "dcterms:created" not in core
    assert "creator" not in core


def test_a_date_must_have_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        written(replace(document(), date="2021-04-01"))


def test_python_docx_reads_the_table() -> None:
    data = written(document(grid(row(cell("縦", rows=2), "一"), row(cell("二", column=1)))))
    (table,) = python_docx.Document(io.BytesIO(data)).tables
    assert [[one.text for one in line.cells] for line in table.rows] == [["縦", "一"], ["縦", "二"]]


def test_a_header_that_word_cannot_hold_is_named_with_its_sheet() -> None:
    with pytest.raises(MissingGlyphError) as caught:
        written(document(paragraph("一"), left="公園\x1b"))
    assert caught.value.place == Place(sheet="No.1 試験", row="ヘッダーとフッター")


# identity


def bookmarks(docx: Docx) -> list[str]:
    return [attribute(one, "name") for one in docx.find(".//w:bookmarkStart")]


def marked(docx: Docx) -> dict[str, str]:
    """The text of the paragraph in which each bookmark stands."""
    return {
        attribute(one, "name"): text_of(one.getparent()) for one in docx.find(".//w:bookmarkStart")
    }


def test_only_a_draft_has_bookmarks_and_a_form_id(word: Word) -> None:
    docx = word(document(grid(row("一", record="予算[1]"))))
    assert bookmarks(docx) == []
    assert "docProps/custom.xml" not in docx.names
    assert find_form_id(text_of(docx.part("word/footer1.xml"))) == ""


def test_tables_are_numbered_in_the_order_of_the_document(word: Word) -> None:
    docx = word(
        draft(
            grid("一"),
            beside((100, (grid("二"),)), (100, (grid("三"),)), gap=5),
            grid(row("")),
            grid(row("", "五")),
        )
    )
    numbers = {table_number(name): text for name, text in marked(docx).items()}
    # The fourth grid has no text that a bookmark could stand in.
    assert numbers == {1: "一", 2: "二", 3: "三", 5: "五"}


def test_rows_are_marked_in_their_first_text(word: Word) -> None:
    docx = word(
        draft(
            grid(
                "コード 手段",
                row("", "点検する", record="行政活動[1]"),
                row("0101", "剪定する", record="行政活動[2]"),
                row("事業名", "公園", record="行政活動[2].事業費[1]"),
                row("", "", record="行政活動[3]"),
                header=1,
            )
        )
    )
    texts = {record_of(name): text for name, text in marked(docx).items() if record_of(name)}
    assert texts == {
        "行政活動[1]": "点検する",
        "行政活動[2]": "0101",
        "行政活動[2].事業費[1]": "事業名",
    }


def test_a_bookmark_stands_in_a_paragraph_with_text(word: Word) -> None:
    docx = word(draft(grid(row(cell("", "本文", column=0), record="予算[1]"))))
    assert set(marked(docx).values()) == {"本文"}


def test_several_rows_of_one_record_are_marked_once(word: Word) -> None:
    docx = word(draft(grid(row("一", record="予算[1]"), row("二", record="予算[1]"))))
    assert [record_of(name) for name in bookmarks(docx)] == ["", "予算[1]"]


@pytest.mark.parametrize(
    ("furniture", "shown"),
    [
        ({}, "様式ID R3-041-{}\t1 / 1"),
        ({"left": "控"}, "控\t1 / 1\t様式ID R3-041-{}"),
        ({"left": "控", "right": "課"}, "控　様式ID R3-041-{}\t1 / 1\t課"),
        ({"right": "課"}, "様式ID R3-041-{}\t1 / 1\t課"),
    ],
)
def test_the_footer_says_the_form_id(furniture: dict[str, str], shown: str) -> None:
    made = document(paragraph("一"))
    (only,) = made.sections
    parts = {side: (text,) for side, text in furniture.items()}
    page = replace(only.page, footer=replace(only.page.footer, **parts))
    docx = Docx(written(replace(draft(), sections=(replace(only, page=page),))))

    text = text_of(docx.part("word/footer1.xml"))
    assert find_form_id(text) == IDENTITY.form_id
    assert text == shown.format(IDENTITY.form_id[-8:])


def test_custom_properties_and_snapshot_come_back(word: Word) -> None:
    docx = word(draft(paragraph("一")))

    properties = {one.get("name"): one[0].text for one in docx.part("docProps/custom.xml")}
    assert properties == dict(IDENTITY.properties)
    snapshot = read_snapshot(docx.part("customXml/item1.xml"))
    assert snapshot == read_snapshot(ElementTree.fromstring(IDENTITY.snapshot))
    assert snapshot is not None
    assert snapshot.form_id == IDENTITY.form_id


def test_a_blank_draft_has_no_snapshot(word: Word) -> None:
    docx = word(draft(paragraph("一"), identity=replace(IDENTITY, snapshot=b"")))
    assert "docProps/custom.xml" in docx.names
    assert not [name for name in docx.names if name.startswith("customXml")]


def test_sections_of_one_title_have_no_bookmark_twice(word: Word) -> None:
    made = replace(
        document(*[section(grid(row("一", record="予算[1]"))) for _ in range(2)]), identity=IDENTITY
    )
    names = bookmarks(word(made))
    assert len(names) == len(set(names)) == 3
