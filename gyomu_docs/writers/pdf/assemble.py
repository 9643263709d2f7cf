"""Encoded parts as one PDF file: PDF/A-2a (3a with attachments) and PDF/UA-1.

`Assembly` takes the parts in order and writes their streams at once; what it keeps of a page is a
few numbers. The rest (font subsets, outline, page tree, metadata) follows in `finish`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

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
from gyomu_docs.units import Length
from gyomu_docs.writers.pdf import metadata as meta
from gyomu_docs.writers.pdf.encode import (
    EncodedAttachment,
    EncodedLink,
    EncodedOverlay,
    EncodedPage,
    EncodedPart,
    Metadata,
)
from gyomu_docs.writers.pdf.glyphs import resource_name
from gyomu_docs.writers.pdf.navigation import Bookmark, build_outline, destinations, page_labels
from gyomu_docs.writers.pdf.objects import ObjectFile, ObjectStream, pack
from gyomu_docs.writers.pdf.structure import DOCUMENT
from gyomu_docs.writers.pdf.syntax import points, references, text_string
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


class Dressing(NamedTuple):
    """What a page becomes in a book: its number, its heads, its place between the margins.

    A part is encoded without them, so that it does not change with its place in the book.
    """

    label: str
    overlay: EncodedOverlay | None = None
    shift: tuple[Length, Length] = (0, 0)
    """Moves the page's content to the right and down, as `Page.shift` does."""


class _PageNumbers(NamedTuple):
    """Object numbers of a page, its content stream and its array of elements."""

    page: int
    contents: int
    elements: int


class Assembly(PDFDocument):  # type: ignore[misc]  # reportlab has no types
    """A PDF in the making, written while it grows.

    Page content and structure go to the file as they come, under numbers of their own. The few
    objects over the whole are reportlab's, registered by `Reference` and written in `finish`.
    """

    def __init__(
        self,
        out: BinaryIO,
        fonts: FontSet,
        options: PdfOptions = DEFAULTS,
        block: int = 1,
    ) -> None:
        """Write the header to `out`, which need not be seekable.

        The object numbers of each part begin at a multiple of `block`: with room to grow, a part
        that changes a little does not change the numbers of those after it, and what was packed
        for them (`place_structure`) serves again.
        """
        # Registers its font dictionary as object 1; invariant, so that it asks for no time.
        super().__init__(invariant=1)
        self._fonts = fonts
        self._options = options
        self._block = block
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
        self._destinations: dict[str, tuple[int, float]] = {}
        self._targets: set[str] = set()
        self._shifting: dict[tuple[Length, Length], int] = {}

    def add(
        self,
        part: EncodedPart,
        dressings: Sequence[Dressing] = (),
        placed: Callable[[int], Sequence[ObjectStream]] | None = None,
    ) -> None:
        """Append a part, its pages dressed as given or as they are.

        `placed` gives its structure as `place_structure` packs it for the number of the part's
        first object; without it, it is packed with what stands around it.
        Raises `OutputError` for a second attachment of one name, ValueError for an anchor given
        twice or another number of dressings than pages.
        """
        self.objectcounter += -(self.objectcounter + 1) % self._block
        base, pages = self._reserve(part.object_count), len(part.pages)
        if self._metadata is None:
            self._metadata = self._choose_metadata(part.metadata)
        worn = dressings or [Dressing(page.label) for page in part.pages]
        for index, (page, dressing) in enumerate(zip(part.pages, worn, strict=True)):
            numbers = _PageNumbers(base + index, base + pages + index, base + 2 * pages + index)
            self._add_page(page, numbers, dressing, base)
        for name, index, top in part.anchors:
            if name in self._destinations:
                raise ValueError(f"anchor {name!r} is there twice")
            height = (top - worn[index].shift[1]) / 1000
            self._destinations[name] = (base + index, height)
        if placed is None:
            first, objects = _structure(part, base)
            self._file.add(range(first, first + len(objects)), objects)
        else:
            for stream in placed(base):
                self._file.add_object_stream(stream)
        self._top_elements += [base + number for number in part.top_elements]
        for level, title, index, top in part.bookmarks:
            shown = points(top - worn[index].shift[1])
            self._bookmarks.append(Bookmark(level, title, base + index, shown))
        for use, gids in part.glyphs.items():
            self._glyphs.setdefault(use, set()).update(gids)
        for attachment in part.attachments:
            self._attach(attachment, self._metadata.date)

    def finish(self, private: bytes = b"") -> None:
        """Write what belongs to the whole, and the trailer.

        `private` is data of our own for the catalog's /PieceInfo (`metadata.piece_info`).
        Raises ValueError without pages, and for a link whose anchor no part has.
        """
        if self._metadata is None:
            raise ValueError("a PDF must have a part")
        if lost := sorted(self._targets - self._destinations.keys()):
            raise ValueError(f"links lead to anchors that are not there: {lost[:5]}")
        self._add_fonts()
        tree_root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        self._document_element["P"] = self.Reference(tree_root)
        self._document_element["K"] = references(self._top_elements)
        tree_root["K"] = self.Reference(self._document_element)
        tree_root["ParentTree"] = self._parent_tree.finish()
        tree_root["ParentTreeNextKey"] = self._parent_tree.next_key
        info = self._number_of(self.Reference(meta.info(self._metadata)))
        catalog = self._catalog_of(self._metadata, tree_root)
        if private:
            catalog["PieceInfo"] = meta.piece_info(self, private, self._metadata.date)
        root = self._number_of(self.Reference(catalog))
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

    def _add_page(
        self, page: EncodedPage, numbers: _PageNumbers, dressing: Dressing, base: int
    ) -> None:
        self._file.add_stream(numbers.contents, b"/Filter/FlateDecode", page.content)
        contents = f"{numbers.contents} 0 R"
        if dressing.overlay is not None or any(dressing.shift):
            contents = self._layered(contents, dressing)
        annotations = ""
        if page.links:
            references_ = " ".join(f"{base + link.number} 0 R" for link in page.links)
            annotations = f"/Annots[{references_}]"
        bodies = [
            f"<</Type/Page/Parent {self._page_tree.add_page(numbers.page)} 0 R"
            f"/MediaBox[0 0 {points(page.width)} {points(page.height)}]"
            f"/Resources {self._resources} 0 R/Contents {contents}{annotations}"
            f"/StructParents {self._parent_tree.add(numbers.elements)}/Tabs/S>>".encode(),
        ]
        bodies += [self._link(link, base, dressing.shift) for link in page.links]
        self._file.add([numbers.page, *[base + link.number for link in page.links]], bodies)
        self._labels.append(dressing.label)

    def _layered(self, contents: str, dressing: Dressing) -> str:
        """The page's content between a stream that moves it and one that is laid over it.

        The streams of a page are one text to a reader (ISO 32000-1, 7.7.3.3).
        """
        shift = dressing.shift
        if shift not in self._shifting:
            self._shifting[shift] = self._new_number()
            moved = f"q 1 0 0 1 {points(shift[0])} {points(-shift[1])} cm"
            self._file.add_stream(self._shifting[shift], b"", moved.encode())
        streams = [f"{self._shifting[shift]} 0 R", contents]
        if dressing.overlay is not None:
            over = self._new_number()
            self._file.add_stream(over, b"", dressing.overlay.content)
            for use, gids in dressing.overlay.glyphs.items():
                self._glyphs.setdefault(use, set()).update(gids)
            streams += [f"{self._restoring} 0 R", f"{self._shifting[shift]} 0 R", f"{over} 0 R"]
        streams.append(f"{self._restoring} 0 R")
        return f"[{' '.join(streams)}]"

    @cached_property
    def _restoring(self) -> int:
        """The stream that puts the graphics state back."""
        restoring = self._new_number()
        self._file.add_stream(restoring, b"", b"Q")
        return restoring

    def _link(self, link: EncodedLink, base: int, shift: tuple[Length, Length]) -> bytes:
        """A link annotation (ISO 32000-1, 12.5.6.5; ISO 14289-1, 7.18.5)."""
        left, bottom, right, top = link.box
        x, y = shift
        self._targets.add(link.target)
        return (
            f"<</Type/Annot/Subtype/Link"
            f"/Rect[{points(left + x)} {points(bottom - y)} {points(right + x)} {points(top - y)}]"
            f"/Border[0 0 0]/F 4/Contents{text_string(link.text)}/Dest({link.target})"
            f"/StructParent {self._parent_tree.add(base + link.element)}>>"
        ).encode()

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
        names = PDFDictionary({})
        if self._destinations:
            names["Dests"] = destinations(self._destinations)
        if has_attachments:
            names["EmbeddedFiles"] = meta.embedded_files(self._attached)
            catalog["AF"] = PDFArray(list(self._attached.values()))
        if names.dict:
            catalog["Names"] = names
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


def place_structure(part: EncodedPart, base: int) -> tuple[ObjectStream, ...]:
    """The structure of a part whose first object has the number `base`, packed for the file."""
    return pack(*_structure(part, base))


def _structure(part: EncodedPart, base: int) -> tuple[int, list[bytes]]:
    """The number of the first object of a part's structure, and all of them."""
    bodies, relative = part.structure
    first = base + 2 * len(part.pages)
    if not bodies:
        return first, []
    filled = bodies % tuple([base + reference for reference in relative])
    return first, filled.split(b"\n")
