"""Tracked changes under test: accepting and rejecting them all, written without the writer.

`resolved(body, accept=...)` does to the XML what Word does to a document. `canonical(docx)` is a
document's XML such that documents which look alike compare equal: styles by what they say and not
by their number, neighbouring runs of equal looks as one.
"""

from __future__ import annotations

import functools
import hashlib

from lxml import etree

from tests.support.ooxml import NAMESPACES, Docx

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OF_MANY_RUNS = etree.XPath(".//w:p[w:r[2]]", namespaces=NAMESPACES)
_OF_MANY_TEXTS = etree.XPath(".//w:r[w:t[2]]", namespaces=NAMESPACES)
_MARKED = etree.XPath(".//w:p[w:pPr/w:rPr]", namespaces=NAMESPACES)
_SINGLE_MERGES = etree.XPath(
    ".//w:tr[not(following-sibling::w:tr[1]/w:tc/w:tcPr/w:vMerge[@w:val='continue'])]"
    "/w:tc/w:tcPr/w:vMerge[@w:val='restart']",
    namespaces=NAMESPACES,
)
"""Cells that begin to span rows where no row goes on."""
_CHANGES = tuple(f"{_W}{kind}PrChange" for kind in ("p", "tc", "tr", "tbl"))


def canonical(docx: Docx, *, accept: bool | None = None) -> bytes:
    """The body as bytes, with its changes accepted or rejected first, if that is asked for."""
    body = docx.body
    if accept is not None:
        resolve(body, accept=accept)
    looks = _looks_of(docx.archive.read("word/styles.xml"))
    for named in body.iter(f"{_W}pStyle"):
        named.set(f"{_W}val", looks[named.get(f"{_W}val")])
    _drop_ids(body)
    for paragraph in _OF_MANY_RUNS(body):
        _join_runs(paragraph)
    for run in _OF_MANY_TEXTS(body):
        _join_texts(run)
    return bytes(etree.tostring(body, method="c14n"))


def count_changes(docx: Docx) -> int:
    """How many insertions, deletions and changes of properties a document has."""
    return len(list(docx.body.iter(f"{_W}ins", f"{_W}del", *_CHANGES)))


def resolve(body: etree._Element, *, accept: bool) -> None:
    """Accept or reject all changes, in place."""
    kept, dropped = (f"{_W}ins", f"{_W}del") if accept else (f"{_W}del", f"{_W}ins")
    for change in list(body.iter(*_CHANGES)):
        _resolve_properties(change, accept=accept)
    for row in list(body.iter(f"{_W}tr")):
        _resolve_row(row, kept, dropped)
    for run in list(body.iter(dropped)):
        if run.getparent().tag != f"{_W}rPr":
            run.getparent().remove(run)
    for run in list(body.iter(kept)):
        if run.getparent().tag != f"{_W}rPr":
            _unwrap(run)
    for paragraph in _MARKED(body):
        _resolve_mark(paragraph, kept, dropped)
    for text in body.iter(f"{_W}delText"):
        text.tag = f"{_W}t"


def _resolve_properties(change: etree._Element, *, accept: bool) -> None:
    properties = change.getparent()
    properties.remove(change)
    if not accept:
        # The mark of a paragraph and whether a row is new are changes of their own.
        own = [one for one in properties if one.tag in (f"{_W}rPr", f"{_W}ins", f"{_W}del")]
        properties[:] = [*change[0], *own]


def _resolve_row(row: etree._Element, kept: str, dropped: str) -> None:
    properties = row.find(f"{_W}trPr")
    if properties is None:
        return
    if properties.find(dropped) is not None:
        table = row.getparent()
        table.remove(row)
        if table.find(f"{_W}tr") is None:
            table.getparent().remove(table)
        return
    for mark in properties.findall(kept):
        properties.remove(mark)
    if not len(properties):
        row.remove(properties)


def _resolve_mark(paragraph: etree._Element, kept: str, dropped: str) -> None:
    """A paragraph whose mark goes is joined with the one behind it, which keeps its look."""
    properties = paragraph.find(f"{_W}pPr")
    mark = properties.find(f"{_W}rPr")
    if mark.find(dropped) is None:
        mark.remove(mark.find(kept))
        if not len(mark):
            properties.remove(mark)
        return
    content = [one for one in paragraph if one is not properties]
    if content:
        following = paragraph.getnext()
        assert following.tag == f"{_W}p", "a paragraph that ends nowhere"
        start = 1 if following.find(f"{_W}pPr") is not None else 0
        following[start:start] = content
    paragraph.getparent().remove(paragraph)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    at = parent.index(element)
    parent[at : at + 1] = list(element)


@functools.lru_cache(maxsize=16)
def _looks_of(styles: bytes) -> dict[str, str]:
    """What styles say by their ids, which count the styles of a document; built-in ones by name."""
    looks = {}
    for style in etree.fromstring(styles).iterfind(f"{_W}style"):
        name = style.get(f"{_W}styleId")
        says = [one for one in style if one.tag in (f"{_W}pPr", f"{_W}rPr")]
        digest = hashlib.sha256(b"".join(map(etree.tostring, says))).hexdigest()
        looks[name] = digest if name.startswith("Form") else name
    return looks


def _drop_ids(body: etree._Element) -> None:
    """Drop what tells nothing: numbers of parts and runs, merging of a single cell, and the
    description of a table, which names the sheet as a header does."""
    for reference in body.iter(f"{_W}headerReference", f"{_W}footerReference"):
        del reference.attrib[f"{_R}id"]
    for layout in body.iter(f"{_W}eastAsianLayout"):
        del layout.attrib[f"{_W}id"]
    for description in list(body.iter(f"{_W}tblDescription")):
        description.getparent().remove(description)
    for merge in _SINGLE_MERGES(body):
        merge.getparent().remove(merge)


def _join_runs(paragraph: etree._Element) -> None:
    last: etree._Element | None = None
    for run in list(paragraph):
        if run.tag != f"{_W}r":
            last = None
        elif last is not None and _look(last) == _look(run):
            last.extend(one for one in run if one.tag != f"{_W}rPr")
            paragraph.remove(run)
        else:
            last = run


def _join_texts(run: etree._Element) -> None:
    last: etree._Element | None = None
    for text in list(run):
        if text.tag == f"{_W}t" and last is not None:
            last.text += text.text
            run.remove(text)
        else:
            last = text if text.tag == f"{_W}t" else None


def _look(run: etree._Element) -> bytes:
    properties = run.find(f"{_W}rPr")
    return b"" if properties is None else etree.tostring(properties)
