"""A whole Word file: sections one after the other, and the parts around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part

from gyomu_docs.errors import GyomuError, Place
from gyomu_docs.layout.identity import Identity
from gyomu_docs.layout.tree import Document, Revision, Section
from gyomu_docs.writers.docx import furniture, properties
from gyomu_docs.writers.docx.body import Body
from gyomu_docs.writers.docx.marks import Bookmarks
from gyomu_docs.writers.docx.package import Package, relationship_id
from gyomu_docs.writers.docx.references import MAIN_PART, References
from gyomu_docs.writers.docx.revisions import Revisions
from gyomu_docs.writers.docx.section import section_properties
from gyomu_docs.writers.docx.settings import settings_xml
from gyomu_docs.writers.docx.styles import StyleSheet
from gyomu_docs.writers.docx.text import Paragraphs
from gyomu_docs.writers.docx.wml import DECLARATION, LEAST_LINE, NAMESPACES, exact_line


@dataclass(frozen=True, kw_only=True, slots=True)
class DocxOptions:
    """What the caller decides about a Word file."""

    force_tracking: bool = False
    """Word lets nobody switch tracking off in a draft, until the protection (which has no
    password) is taken away."""
    anonymous: bool = False
    """Word removes the names of those who change a draft, and the times, when it is saved."""


DEFAULTS = DocxOptions()
_VIEWS: tuple[Revision, ...] = ("inserted", "deleted")
"""What there is beside the common parts when all changes are accepted, and when rejected."""


def write_docx(document: Document, out: BinaryIO, options: DocxOptions = DEFAULTS) -> None:
    """Write a document to `out` as a .docx; the same document gives the same bytes.

    What changed in a redline is tracked, by the document's author at its date. Headers and footers
    cannot be tracked: Word shows those of the sections, and where the last section is not there,
    those of the last on the one before it.

    Raises MissingGlyphError, with its place, for a character that a Word file cannot hold, and
    ValueError for a document without sections.
    """
    if not document.sections:
        raise ValueError("a Word file must have a section")
    _Assembly(document, options).write(out)


class _Assembly:
    """One Word file while it is put together."""

    def __init__(self, document: Document, options: DocxOptions) -> None:
        self._document = document
        self._options = options
        self._styles = StyleSheet(document.language)
        references = References(document.sections)
        date = properties.utc(document.date) if document.date else ""
        self._revisions = Revisions(document.author or properties.PRODUCER, date)
        self._paragraphs = Paragraphs(self._styles, references, self._revisions)
        bookmarks = Bookmarks(wanted=document.identity is not None)
        self._body = Body(self._paragraphs, bookmarks, references, self._revisions)
        self._main_part = _main_part(document, bookmarks)
        # The parts of headers and footers by their content: sections alike share them.
        self._headers: dict[str, str] = {}
        self._footers: dict[str, str] = {}

    def write(self, out: BinaryIO) -> None:
        """Write the file; the body first, since the styles are those that it uses."""
        body = "".join(self._sections())
        content = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        package = Package()
        main = package.add(
            None, "word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN,
            RELATIONSHIP_TYPE.OFFICE_DOCUMENT, content.encode(),
        )  # fmt: skip
        self._add_parts(package, main)
        self._add_properties(package)
        if self._document.identity is not None:
            _add_identity(package, main, self._document.identity)
        package.pack(out)

    def _sections(self) -> Iterator[str]:
        """The sections; all but the last end with a paragraph that holds their set-up."""
        sections = self._document.sections
        for index, section in enumerate(sections):
            opening, closing = self._main_part.get(index, ("", ""))
            yield opening + self._body.blocks(section) + closing
            following = sections[index + 1 :]
            if following:
                yield self._section_end(section, following)
            else:
                yield exact_line(LEAST_LINE)
                yield self._set_up(section)

    def _section_end(self, section: Section, following: Sequence[Section]) -> str:
        """The paragraph that ends a section, in the views of a redline where others follow it.

        Nothing where none does: a section that is gone, before nothing but new ones.
        """
        views = [
            view
            for view in _VIEWS
            if section.revision in ("", view)
            and any(other.revision in ("", view) for other in following)
        ]
        if not views:
            return ""
        mark = self._revisions.of_paragraph(views[0] if len(views) == 1 else "")
        return exact_line(LEAST_LINE, after=mark + self._set_up(section))

    def _set_up(self, section: Section) -> str:
        identity = self._document.identity
        form_id = identity.form_id if identity else ""
        page = section.page
        try:
            head = furniture.header(page, self._paragraphs, fills=section.starts_right)
            foot = furniture.footer(page, self._paragraphs, form_id)
        except GyomuError as error:
            raise error.within(Place(sheet=section.title, row="ヘッダーとフッター")) from None
        header = self._headers.setdefault(head, f"word/header{len(self._headers) + 1}.xml")
        footer = self._footers.setdefault(foot, f"word/footer{len(self._footers) + 1}.xml")
        return section_properties(section, relationship_id(header), relationship_id(footer))

    def _add_parts(self, package: Package, main: Part) -> None:
        """The parts that the body refers to."""
        styles = self._styles
        settings = settings_xml(
            self._document,
            compress=styles.compress,
            force_tracking=self._options.force_tracking,
            anonymous=self._options.anonymous,
        )
        kinds, uses = CONTENT_TYPE, RELATIONSHIP_TYPE
        package.add(main, "word/styles.xml", kinds.WML_STYLES, uses.STYLES, styles.xml())
        package.add(main, "word/settings.xml", kinds.WML_SETTINGS, uses.SETTINGS, settings)
        fonts = styles.fonts_xml()
        package.add(main, "word/fontTable.xml", kinds.WML_FONT_TABLE, uses.FONT_TABLE, fonts)
        for content, name in self._headers.items():
            package.add(main, name, kinds.WML_HEADER, uses.HEADER, content.encode())
        for content, name in self._footers.items():
            package.add(main, name, kinds.WML_FOOTER, uses.FOOTER, content.encode())

    def _add_properties(self, package: Package) -> None:
        package.add(
            None, "docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES,
            RELATIONSHIP_TYPE.CORE_PROPERTIES, properties.core_xml(self._document),
        )  # fmt: skip
        package.add(
            None, "docProps/app.xml", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
            RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, properties.app_xml(),
        )  # fmt: skip


def _main_part(document: Document, bookmarks: Bookmarks) -> dict[int, tuple[str, str]]:
    """What stands before and after sections so that a bookmark is around those of the main part."""
    main = [index for index, section in enumerate(document.sections) if section.main]
    if not main:
        return {}
    start, end = bookmarks.opened(MAIN_PART)
    if main[0] == main[-1]:
        return {main[0]: (start, end)}
    return {main[0]: (start, ""), main[-1]: ("", end)}


def _add_identity(package: Package, main: Part, identity: Identity) -> None:
    """What a draft carries beside its text."""
    package.add(
        None, "docProps/custom.xml", CONTENT_TYPE.OFC_CUSTOM_PROPERTIES,
        RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, properties.custom_xml(identity),
    )  # fmt: skip
    if identity.snapshot:
        snapshot = package.add(
            main, "customXml/item1.xml", CONTENT_TYPE.XML,
            RELATIONSHIP_TYPE.CUSTOM_XML, identity.snapshot,
        )  # fmt: skip
        package.add(
            snapshot, "customXml/itemProps1.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
            RELATIONSHIP_TYPE.CUSTOM_XML_PROPS, properties.snapshot_properties_xml(),
        )  # fmt: skip
