"""What a draft carries of its identity, and its comments."""

from __future__ import annotations

from gyomu_docs.layout.fingerprint import fingerprint
from gyomu_docs.layout.identity import FORM_PROPERTY, identify
from gyomu_docs.model.sheet_file import dump_yaml
from gyomu_docs.readers.docx import Comment, read_returned
from tests.support.drafts import draft, resolver, unpacked, without_identity
from tests.support.sheets import sheet
from tests.support.wml import NAMESPACES, docx, p, relationships


def test_a_draft_says_what_it_was_made_from() -> None:
    made = read_returned(draft(sheet()), "x.docx")
    form = resolver().form
    identity = identify(sheet(), form.form, fingerprint(form))
    assert made.properties == dict(identity.properties)
    assert made.properties[FORM_PROPERTY] == "sheet-a4-landscape"
    assert made.snapshot is not None
    assert made.snapshot.yaml == dump_yaml(sheet())
    assert made.form_id == identity.form_id


def test_the_footer_is_left_when_all_else_is_gone() -> None:
    bare = without_identity(draft(sheet()))
    assert not any(name.startswith("customXml") for name in unpacked(bare))
    made = read_returned(bare, "x.docx")
    assert (made.properties, made.snapshot) == ({}, None)
    assert made.form_id == identify(sheet(), "").form_id


def test_comments() -> None:
    comment = f'<w:comment w:id="3" w:author="佐藤" w:date="2021-05-03">{p("なぜ")}{p("減る")}'
    parts = {
        "word/comments.xml": f"<w:comments {NAMESPACES}>{comment}</w:comment></w:comments>",
        "word/_rels/document.xml.rels": relationships("comments", "comments.xml"),
    }
    made = read_returned(docx(p("文"), **{k: v.encode() for k, v in parts.items()}), "x.docx")
    assert made.comments == {"3": Comment("佐藤", "2021-05-03", "なぜ\n減る")}
