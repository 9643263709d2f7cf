"""Tracked changes in Word files: what is marked, and what the marks say."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest

from gyomu_docs.errors import MissingGlyphError, Place
from gyomu_docs.layout.tree import PARAGRAPH_END, Block, Document, Row, Section, Span
from gyomu_docs.writers.docx import write_docx
from tests.support.documents import (
    beside,
    cell,
    document,
    grid,
    heading,
    page_break,
    paragraph,
    row,
    section,
    setup,
    spacer,
)
from tests.support.ooxml import Docx, attribute, text_of
from tests.support.tracked import canonical, count_changes
from tests.writers.docx.conftest import Word
from tests.writers.docx.test_document import opened

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def spans(text: str) -> tuple[Span, ...]:
    """`同じ[-旧][+新]` as spans, `/` the end of a paragraph."""
    kinds = {"-": "deleted", "+": "inserted"}
    pieces = re.split(r"(\[[-+][^]]*\])", text.replace("/", PARAGRAPH_END))
    return tuple(
        Span(piece[2:-1], kinds[piece[1]]) if piece.startswith("[") else Span(piece)
        for piece in pieces
        if piece
    )


def changed(text: str, old: dict[str, Any] | None = None, **look: Any) -> Row:
    """A row of one cell with these spans; `old` is the look that it had."""
    parts = spans(text)
    olds, news = (
        "".join(span.text for span in parts if span.kind != kind).split(PARAGRAPH_END)
        for kind in ("inserted", "deleted")
    )
    before = row(cell(*olds, **(look if old is None else old)))
    return row(cell(*news, **look)._replace(spans=parts), before=before)


def marked(docx: Docx) -> str:
    """The first cell as text: `[-…]`, `[+…]`, `/` behind a paragraph with its mark in brackets."""
    (first, *_) = docx.find(".//w:tc")
    parts = []
    for one in docx.find("w:p", first):
        for run in one:
            sign = {"ins": "[+", "del": "[-"}.get(run.tag.removeprefix(W), "")
            text = "".join(run.itertext())
            parts.append(f"{sign}{text}]" if sign else text)
        mark = [
            {"ins": "[+/]", "del": "[-/]"}[end.tag.removeprefix(W)]
            for end in docx.find("w:pPr/w:rPr/*", one)
        ]
        parts.append(mark[0] if mark else "/")
    return "".join(parts)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("同じ[-旧][+新]", "同じ[-旧][+新]/"),
        ("一[+/二]", "一[+/][+二]/"),
        ("[-一/]二", "[-一][-/]二/"),
        ("一[-/二][+/三]", "一[-/][-二][+/][+三]/"),
        ("[-一/二][+三/四]", "[-一][-/][-二][+三][+/][+四]/"),
        ("[+新]", "[+新]/"),
    ],
)
def test_what_changed_in_a_cell(word: Word, text: str, shown: str) -> None:
    assert marked(word(grid(changed(text)))) == shown


def test_deleted_lines_and_tabs(word: Word) -> None:
    docx = word(grid(changed("[-一\n二\t三]")))
    (run,) = docx.find(".//w:del/w:r")
    names = [one.tag.removeprefix(W) for one in run]
    assert names == ["delText", "br", "delText", "tab", "delText"]


def test_rows_that_are_new_or_gone_are_so_with_all_their_texts(word: Word) -> None:
    docx = word(
        grid("一 二", row("新", "", revision="inserted"), row("旧", "", revision="deleted"))
    )
    rows = docx.find(".//w:tr")
    marks = [[one.tag.removeprefix(W) for one in docx.find("w:trPr/*", each)] for each in rows]
    assert marks == [["cantSplit"], ["cantSplit", "ins"], ["cantSplit", "del"]]
    assert ["".join(one.itertext()) for one in docx.find(".//w:tc//w:ins")] == ["新"]
    assert ["".join(one.itertext()) for one in docx.find(".//w:tc//w:del")] == ["旧"]


def test_paragraphs_of_a_new_row_are_new_but_for_the_last_mark(word: Word) -> None:
    assert marked(word(grid(row(cell("一", "二"), revision="inserted")))) == "[+一][+/][+二]/"


def test_every_change_has_a_number_an_author_and_the_date_of_the_document() -> None:
    made = grid(changed("[-一][+二]"), row("新", revision="inserted"))
    dated = replace(document(made), author='企画課 & "係"', date="2021-04-01T09:00:00+09:00")
    changes = opened(dated).find(".//*[@w:author]")

    numbers = [attribute(one, "id") for one in changes]
    assert len(numbers) == len(set(numbers)) == 4
    assert {attribute(one, "author") for one in changes} == {'企画課 & "係"'}
    assert {attribute(one, "date") for one in changes} == {"2021-04-01T00:00:00Z"}
    undated = opened(document(made)).find(".//*[@w:author]")
    assert {(attribute(one, "author"), attribute(one, "date")) for one in undated} == {
        ("gyomu_docs", "")
    }


def both_views(new: Block, old: Block, redline: Block) -> tuple[Docx, int]:
    """The redline, when its views are the two blocks alone; with how many changes it has."""
    docx = opened(document(redline))
    assert canonical(docx, accept=True) == canonical(opened(document(new)))
    assert canonical(docx, accept=False) == canonical(opened(document(old)))
    return docx, count_changes(docx)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ({"align": "center"}, {"align": "right"}, ["pPr"]),
        ({"fill": 0xF4F6FA}, {}, ["tcPr", "pPr"]),
        ({"padding": (0, 9, 0, 9)}, {}, ["tblPr", "pPr"]),
    ],
)
def test_a_look_that_was_another_is_tracked(
    old: dict[str, Any], new: dict[str, Any], kinds: list[str], word: Word
) -> None:
    made = grid(changed("[-一][+2]", old=old, **new))
    docx, _ = both_views(grid(row(cell("2", **new))), grid(row(cell("一", **old))), made)
    tags = [one.tag.removeprefix(W) for one in docx.find(".//*[@w:author]")]
    assert [tag for tag in tags if tag.endswith("Change")] == [f"{kind}Change" for kind in kinds]
    word(made)


def test_numbers_keep_their_places_below_each_other_in_both_views() -> None:
    look = {"align": "decimal"}
    one, other = changed("[-1.25][+5]", **look), row(cell("3", **look))
    both_views(
        grid(row(cell("5", **look)), other),
        grid(row(cell("1.25", **look)), other),
        grid(one, other._replace(before=other)),
    )


def test_heights_and_what_keeps_rows_together_are_those_of_each_view(word: Word) -> None:
    label = cell("縦書きの見出し", rows=3, vertical=True)
    was = row(label._replace(rowspan=2), cell("一", column=1), keep=True)
    last = row(cell("三", column=1))
    new_row = row(cell("二", column=1), revision="inserted")
    made = grid(row(label, cell("一", column=1), before=was), new_row, last)
    old = grid(was, last)
    new = grid(row(label, cell("一", column=1)), new_row._replace(revision=""), last)
    docx, _ = both_views(new, old, made)
    assert docx.values(".//w:vMerge") == ["restart", "continue", "continue"]
    assert len(docx.find(".//w:trPrChange")) == 1
    word(made)


def test_texts_outside_of_tables(word: Word) -> None:
    note = replace(paragraph("一三"), spans=spans("一[-二][+三]"))
    new = replace(paragraph("新"), revision="inserted")
    gone = replace(heading("旧"), revision="deleted")
    docx = word(note, new, gone, spacer(3))

    assert canonical(docx, accept=True) == canonical(
        opened(document(paragraph("一三"), paragraph("新"), spacer(3)))
    )
    assert canonical(docx, accept=False) == canonical(
        opened(document(paragraph("一二"), heading("旧"), spacer(3)))
    )


def sections(*revisions: str) -> list[Section]:
    """Sections that hold one of each block."""
    return [
        replace(
            section(
                heading("題"),
                beside((50, (heading("左"),)), (50, (grid("右"),)), gap=3),
                grid(f"{number} 二"),
                page_break(),
                paragraph("注"),
                spacer(2),
                grid("一"),
                title=f"No.{number}",
            ),
            revision=revision,
        )
        for number, revision in enumerate(revisions)
    ]


@pytest.mark.parametrize(
    "revisions",
    [
        ["", "inserted", "deleted", ""],
        ["inserted", "", "deleted"],
        ["", "inserted", "inserted"],
        ["deleted", "deleted", "inserted"],
        ["inserted", "deleted"],
    ],
)
def test_sections_that_are_new_or_gone_leave_nothing_behind(
    word: Word, revisions: list[str]
) -> None:
    made = sections(*revisions)
    docx = word(Document("試験", tuple(made)))
    for accept, dropped in ((True, "deleted"), (False, "inserted")):
        left = tuple(replace(one, revision="") for one in made if one.revision != dropped)
        alone = opened(Document("試験", left))
        assert canonical(docx, accept=accept) == canonical(alone)


def test_a_section_that_is_new_has_all_its_texts_inserted() -> None:
    docx = opened(Document("試験", tuple(sections("inserted", ""))))
    inserted = "".join("".join(one.itertext()) for one in docx.find(".//w:ins"))
    assert inserted == "題左右0二注一"
    assert text_of(docx.body).count("題") == 2


def test_headers_are_those_of_the_sections() -> None:
    made = replace(sections("")[0], page=setup(left="新しい題"))
    docx = opened(Document("試験", (made,)))
    assert "新しい題" in docx.text("word/header1.xml")


def test_the_same_redline_gives_the_same_bytes() -> None:
    made = Document("試験", tuple(sections("inserted", "", "deleted")), author="企画課")
    files = [io.BytesIO(), io.BytesIO()]
    for out in files:
        write_docx(made, out)
    assert files[0].getvalue() == files[1].getvalue()


def test_a_deleted_character_that_word_cannot_hold_is_named_with_its_place() -> None:
    made = grid(row("一", "二\x00", revision="deleted", label="0101"))
    with pytest.raises(MissingGlyphError) as caught:
        opened(document(made))
    assert caught.value.place == Place("", None, "No.1 試験", "表", "0101", "列2")
