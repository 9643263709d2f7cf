"""Word drafts for tests: written by the Word writer, changed as people and programs change them.

`draft(sheet)` is a draft as it goes out; `changed(data, change)` the same file after `change` was
done to its body (an lxml element); `Body` finds cells and rows in it as a person would.
"""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lxml import etree

from gyomu_docs.collect import Collector, DraftChanges, Merged, merge
from gyomu_docs.layout import Resolver, load_form
from gyomu_docs.layout.fingerprint import fingerprint
from gyomu_docs.layout.identity import identify, identify_blank
from gyomu_docs.model import FiscalYear, Sheet, blank_sheet
from gyomu_docs.resources import DEFAULT_FORM, find_resources
from gyomu_docs.writers.docx import write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"


@functools.cache
def resolver(form: str = "") -> Resolver:
    """The form of that name, or (a text with line ends) of that text; the default one if empty."""
    if "\n" in form:
        return Resolver(load_form(form, "forms/test.yaml", find_resources().form_source))
    resources = find_resources()
    source = resources.form_source(form or DEFAULT_FORM)
    return Resolver(load_form(source.text, source.file, resources.form_source))


def draft(sheet: Sheet, form: str = "") -> bytes:
    """The draft of a sheet, as it goes out."""
    made = resolver(form)
    document, _ = made.resolve(sheet)
    return _written(
        replace(document, identity=identify(sheet, made.form.form, fingerprint(made.form)))
    )


def blank_draft(year: str = "R4", form: str = "") -> bytes:
    """An empty draft."""
    made = resolver(form)
    sheet = blank_sheet(FiscalYear.parse(year))
    document, _ = made.resolve(sheet)
    return _written(
        replace(document, identity=identify_blank(sheet, made.form.form, fingerprint(made.form)))
    )


def _written(document: Any) -> bytes:
    out = io.BytesIO()
    write_docx(document, out)
    return out.getvalue()


def collector(form: str = "", **options: Any) -> Collector:
    return Collector(lambda name: resolver(form), **options)


def read(data: bytes, form: str = "", **options: Any) -> DraftChanges:
    """The changes of a returned draft."""
    return collector(form, **options).read(data, "returned.docx")


def unchanged(made: DraftChanges) -> bool:
    """Whether a draft came back as it went out."""
    return not (made.edits or made.additions or made.removals or made.orders or made.refused)


def collected(*drafts: bytes, form: str = "") -> Merged:
    """The sheet that several drafts of one sheet make."""
    reader = collector(form)
    return merge([reader.read(data, f"{number}.docx") for number, data in enumerate(drafts, 1)])


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """A file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, change: Callable[[Body], object]) -> bytes:
    """The file after something was done to its body."""
    parts = unpacked(data)
    root = etree.fromstring(parts[BODY])
    change(Body(root))
    parts[BODY] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed(parts)


def without_bookmarks(data: bytes) -> bytes:
    return changed(data, lambda body: body.drop("bookmarkStart", "bookmarkEnd"))


def without_identity(data: bytes) -> bytes:
    """The file as it is after its text was copied into a new one: only the footer is left."""
    parts = unpacked(without_bookmarks(data))
    gone = [name for name in parts if name.startswith("customXml/") or name.endswith("custom.xml")]
    for name in gone:
        del parts[name]
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        root = etree.fromstring(parts[name])
        for child in [*root]:
            target = (child.get("PartName") or child.get("Target") or "").lstrip("/.")
            if target in gone:
                root.remove(child)
        parts[name] = etree.tostring(root)
    return packed(parts)


class Body:
    """The body of a Word file, as a person works on it."""

    def __init__(self, root: Any) -> None:
        self.root = root

    def cell(self, text: str, number: int = 1) -> Cell:
        """The cell, of the `number`-th one, whose whole text this is."""
        found = [tc for tc in self.root.iter(W + "tc") if Cell(tc).text == text]
        if len(found) < number:
            raise LookupError(f"no cell {number} with the text {text!r}")
        return Cell(found[number - 1])

    def paragraph(self, text: str) -> Any:
        """The paragraph with that text."""
        return next(p for p in self.root.iter(W + "p") if _text(p) == text)

    def drop(self, *names: str) -> None:
        """Take elements out, wherever they are."""
        for element in [*self.root.iter(*(W + name for name in names))]:
            element.getparent().remove(element)


class Cell:
    """A cell with its row."""

    def __init__(self, element: Any) -> None:
        self.element = element

    @property
    def text(self) -> str:
        return "\n".join(_text(p) for p in self.element.iterfind(W + "p"))

    @property
    def row(self) -> Any:
        return self.element.getparent()

    def right(self, count: int = 1) -> Cell:
        """The cell so many cells to the right."""
        cells = [*self.row.iterfind(W + "tc")]
        return Cell(cells[cells.index(self.element) + count])

    def write(self, *paragraphs: str, by: str = "") -> None:
        """Replace the text; tracked where somebody is named. A `\\n` is a forced line break."""
        first, *rest = self.element.iterfind(W + "p")
        for paragraph in rest:
            self.element.remove(paragraph)
        old = [*first.iterfind(W + "r")]
        if by:
            for run in old:
                for text in run.iterfind(W + "t"):
                    text.tag = W + "delText"
                wrap(run, "del", by)
        else:
            for run in old:
                first.remove(run)
        last = first
        for number, text in enumerate(paragraphs):
            if number:
                paragraph = element("p")
                last.addnext(paragraph)
                last = paragraph
            if text:
                last.append(run_of(text))
                if by:
                    wrap(last[-1], "ins", by)

    def delete_row(self, by: str = "") -> None:
        if by:
            mark(self.row, "del", by)
        else:
            self.row.getparent().remove(self.row)

    def insert_row(self, *texts: str, by: str = "") -> Any:
        """A new row below, with as many cells as this one has, and these texts in them."""
        copy = etree.fromstring(etree.tostring(self.row))
        for name in ("bookmarkStart", "bookmarkEnd", "commentReference"):
            for one in [*copy.iter(W + name)]:
                one.getparent().remove(one)
        self.row.addnext(copy)
        cells = [*copy.iterfind(W + "tc")]
        for number, tc in enumerate(cells):
            Cell(tc).write(texts[number] if number < len(texts) else "")
            if by:
                for run in [*tc.iter(W + "r")]:
                    wrap(run, "ins", by)
        if by:
            mark(copy, "ins", by)
        return copy


def element(name: str, /, **attributes: str) -> Any:
    made = etree.Element(W + name)
    for key, value in attributes.items():
        made.set(W + key, value)
    return made


def run_of(text: str) -> Any:
    """A run with a text; its line ends are forced breaks."""
    run = element("r")
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(element("br"))
        made = element("t")
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.text = line
        run.append(made)
    return run


def wrap(run: Any, kind: str, by: str) -> None:
    """Put a run into `w:ins` or `w:del`."""
    holder = element(kind, id="900", author=by, date="2021-05-01T09:00:00Z")
    run.addprevious(holder)
    holder.append(run)


def mark(row: Any, kind: str, by: str) -> None:
    """Track a row as inserted or deleted."""
    properties = row.find(W + "trPr")
    if properties is None:
        properties = element("trPr")
        row.insert(0, properties)
    properties.append(element(kind, id="901", author=by, date="2021-05-02T09:00:00Z"))


def _text(paragraph: Any) -> str:
    """The text of a paragraph, without what is tracked as deleted."""
    return "".join(
        "\n" if one.tag == W + "br" else one.text or "" for one in paragraph.iter(W + "t", W + "br")
    )
