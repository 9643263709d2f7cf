"""Encoded parts as one PDF file: PDF/A-2a (3a with attachments) and PDF/UA-1.

`Assembly` takes the parts in order and writes their streams at once; what it keeps of a page is a
few numbers. The rest (font subsets, outline, page tree, metadata) follows in `finish`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFString,
)
from reportlab.pdfbase.pdfdoc import format as format_object

from gyomu_docs.errors import OutputError
from gyomu_docs.typeset.fonts import FontSet
from gyomu_docs.writers.pdf import metadata as meta
from gyomu_docs.writers.pdf.encode import EncodedAttachment, EncodedPage, EncodedPart, Metadata
from gyomu_docs.writers.pdf.glyphs import resource_name
from gyomu_docs.writers.pdf.navigation import Bookmark, build_outline, page_labels
from gyomu_docs.writers.pdf.objects import ObjectFile
from gyomu_docs.writers.pdf.structure import DOCUMENT
from gyomu_docs.writers.pdf.syntax import number, references
from gyomu_docs.writers.pdf.trees import PageTree, ParentTree
from gyomu_docs.writers.pdf.type0 import add_font

_PROFILE = "sRGB2014.icc"


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfOptions:
    """What the caller decides about a PDF; None takes it from the first part."""

    title: str | None = None
    author: str | None = None
    subject: str | None = None
    language: str | None = None
    date: str | None = None
    """ISO 8601 with zone; empty leaves the dates out."""
    profile: Path | None = None
    """sRGB profile of the output intent; None takes `sRGB2014.icc` from beside the fonts."""


DEFAULTS = PdfOptions()


class Assembly(PDFDocument):  # type: ignore[misc]  # reportlab has no types
    """A PDF in the making, written while it grows.

    Page content and structure go to the file as they come, under numbers of their own. The few
    objects over the whole are reportlab's, registered by `Reference` and written in `finish`.
    """

    def __init__(self, out: BinaryIO, fonts: FontSet, options: PdfOptions = DEFAULTS) -> None:
        """Write the header to `out`, which need not be seekable."""
        # Registers its font dictionary as object 1; invariant, so that it asks for no time.
        super().__init__(invariant=1)
        self._fonts = fonts
        self._options = options
        self._file = ObjectFile(out, self._new_number)
        self._document_element = PDFDictionary({"S": PDFName("Document")})
        self.Reference(self._document_element)
        if self.objectcounter != DOCUMENT:
            raise RuntimeError("reportlab registers other objects than it did")
        resources = PDFDictionary({"Font": self.Reference(self.idToObject[BasicFonts])})
        self._resources = self._number_of(self.Reference(resources))
        self._page_tree = PageTree(self._new_number)
        self._parent_tree = ParentTree(self._new_number, self._add_object)
        self._metadata: Metadata | None = None
        self._top_elements: list[int] = []
        self._labels: list[str] = []
        self._bookmarks: list[Bookmark] = []
        self._glyphs: dict[tuple[str, bool], set[int]] = {}
        self._attached: dict[str, object] = {}

    def add(self, part: EncodedPart) -> None:
        """Append a part. Raises `OutputError` for a second attachment of one name."""
        base, pages = self._reserve(part.object_count), len(part.pages)
        if self._metadata is None:
            self._metadata = self._choose_metadata(part.metadata)
        for index, page in enumerate(part.pages):
            self._add_page(page, base + index, base + pages + index, base + 2 * pages + index)
        self._add_structure(part, base)
        self._top_elements += [base + number for number in part.top_elements]
        for level, title, index, top in part.bookmarks:
            self._bookmarks.append(Bookmark(level, title, base + index, top))
        for use, gids in part.glyphs.items():
            self._glyphs.setdefault(use, set()).update(gids)
        for attachment in part.attachments:
            self._attach(attachment, self._metadata.date)

    def finish(self) -> None:
        """Write what belongs to the whole, and the trailer. Raises ValueError without pages."""
        if self._metadata is None:
            raise ValueError("a PDF must have a part")
        self._add_fonts()
        tree_root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        self._document_element["P"] = self.Reference(tree_root)
        self._document_element["K"] = references(self._top_elements)
        tree_root["K"] = self.Reference(self._document_element)
        tree_root["ParentTree"] = self._parent_tree.finish()
        tree_root["ParentTreeNextKey"] = self._parent_tree.next_key
        info = self._number_of(self.Reference(meta.info(self._metadata)))
        root = self._number_of(self.Reference(self._catalog_of(self._metadata, tree_root)))
        self.format()
        self._file.close(root, info)

    def format(self) -> None:
        """Write the registered objects; formatting one may register more."""
        written = 0
        while written < len(self.numberToId):
            for object_number, name in list(self.numberToId.items())[written:]:
                body = self.idToObject[name]
                if isinstance(body, PDFStream):
                    entries = _entries(format_object(body.dictionary, self))
                    self._file.add_stream(object_number, entries, body.content)
                else:
                    self._add_object(object_number, format_object(body, self, toplevel=1))
                written += 1

    def _choose_metadata(self, given: Metadata) -> Metadata:
        chosen = {
            field: value
            for field in given._fields
            if (value := getattr(self._options, field)) is not None
        }
        return meta.clean_metadata(given._replace(**chosen))

    def _add_page(self, page: EncodedPage, this: int, contents: int, elements: int) -> None:
        self._file.add_stream(contents, b"/Filter/FlateDecode", page.content)
        self._add_object(
            this,
            f"<</Type/Page/Parent {self._page_tree.add_page(this)} 0 R"
            f"/MediaBox[0 0 {number(page.width / 1000)} {number(page.height / 1000)}]"
            f"/Resources {self._resources} 0 R/Contents {contents} 0 R"
            f"/StructParents {self._parent_tree.add_page(elements)}/Tabs/S>>".encode(),
        )
        self._labels.append(page.label)

    def _add_structure(self, part: EncodedPart, base: int) -> None:
        bodies, relative = part.structure
        if bodies:
            filled = bodies % tuple([base + reference for reference in relative])
            first, end = base + 2 * len(part.pages), base + part.object_count
            self._file.add(range(first, end), filled.split(b"\n"))

    def _attach(self, attachment: EncodedAttachment, date: str) -> None:
        if attachment.name in self._attached:
            raise OutputError(f"添付ファイルの名前「{attachment.name}」が2回使われています。")
        stream = self._new_number()
        entries = format_object(meta.attachment_entries(attachment, date), self)
        self._file.add_stream(stream, _entries(entries), attachment.data)
        specification = meta.file_specification(attachment, b"%d 0 R" % stream)
        self._attached[attachment.name] = self.Reference(specification)

    def _add_fonts(self) -> None:
        resources = self.idToObject[BasicFonts]
        for name in self._fonts.names:
            uses = {
                vertical: sorted(gids)
                for (used, vertical), gids in self._glyphs.items()
                if used == name and gids
            }
            if uses:
                for vertical, font in add_font(self, self._fonts.by_name(name), uses).items():
                    resource = resource_name(self._fonts, name, vertical)
                    resources[resource] = self.Reference(font)

    def _catalog_of(self, metadata: Metadata, tree_root: PDFDictionary) -> PDFDictionary:
        profile = self._options.profile or self._fonts.beside(_PROFILE)
        has_attachments = bool(self._attached)
        pages = self._page_tree.finish(self._add_object)
        catalog = PDFDictionary(
            {
                "Type": PDFName("Catalog"),
                "Pages": f"{pages} 0 R",
                "Lang": PDFString(metadata.language),
                "MarkInfo": PDFDictionary({"Marked": "true"}),
                "ViewerPreferences": PDFDictionary({"DisplayDocTitle": "true"}),
                "StructTreeRoot": self.Reference(tree_root),
                "PageLabels": page_labels(self._labels),
                "Metadata": self.Reference(meta.xmp(metadata, has_attachments=has_attachments)),
                "OutputIntents": PDFArray([meta.output_intent(self, profile)]),
            }
        )
        if self._bookmarks:
            outline = build_outline(self._bookmarks, self._new_number, self._add_object)
            catalog["Outlines"] = f"{outline} 0 R"
            catalog["PageMode"] = PDFName("UseOutlines")
        if has_attachments:
            catalog["Names"] = meta.embedded_files(self._attached)
            catalog["AF"] = PDFArray(list(self._attached.values()))
        return catalog

    def _new_number(self) -> int:
        return self._reserve(1)

    def _reserve(self, count: int) -> int:
        """Return the first of `count` object numbers that are now taken."""
        first: int = self.objectcounter + 1
        self.objectcounter += count
        return first

    def _number_of(self, reference: Any) -> int:
        object_number: int = self.idToObjectNumberAndVersion[reference.name][0]
        return object_number

    def _add_object(self, object_number: int, body: bytes) -> None:
        self._file.add([object_number], [body])


def _entries(dictionary: bytes) -> bytes:
    """Return what stands between the double angle brackets."""
    return dictionary.removeprefix(b"<<").removesuffix(b">>")
