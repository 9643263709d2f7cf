"""Parts and relationships as one file (ISO 29500-2), the same bytes each time.

Parts, relationships and content types are python-docx's. Packing is ours: python-docx stamps each
entry with the time. So are the parts themselves: its template brings a thumbnail, an author and
dates of 2013, its styles take a millisecond each, and its sections look through all parts for each
new header, which takes seconds in a booklet.
"""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from docx.opc.constants import CONTENT_TYPE
from docx.opc.oxml import CT_Types, serialize_part_xml
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part
from docx.package import Package as OpcPackage

_LEVEL = 6
_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can say."""


class Package:
    """A Word file in the making: parts are packed in the order in which they are added."""

    def __init__(self) -> None:
        self._package = OpcPackage()
        self._parts: list[Part] = []

    def add(
        self, owner: Part | None, name: str, content_type: str, use: str, content: bytes
    ) -> Part:
        """Add a part to what needs it, the package itself for None.

        The relationship between the two has the name of the part, without folder and suffix, for
        its id (`relationship_id`).
        """
        part = Part(PackURI(f"/{name}"), content_type, content, self._package)
        self._parts.append(part)
        # Not `relate_to`, which compares a new part with all that are there.
        (owner or self._package).rels.add_relationship(use, part, relationship_id(name))
        return part

    def pack(self, out: BinaryIO) -> None:
        """Write all parts to `out`."""
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            _put(archive, CONTENT_TYPES_URI, self._content_types())
            _put(archive, PACKAGE_URI.rels_uri, self._package.rels.xml)
            for part in self._parts:
                _put(archive, part.partname, part.blob)
                if part.rels:
                    _put(archive, part.partname.rels_uri, part.rels.xml)

    def _content_types(self) -> bytes:
        types = CT_Types.new()  # type: ignore[no-untyped-call]
        types.add_default("rels", CONTENT_TYPE.OPC_RELATIONSHIPS)
        types.add_default("xml", CONTENT_TYPE.XML)
        for part in self._parts:
            if part.content_type != CONTENT_TYPE.XML:
                types.add_override(part.partname, part.content_type)
        return bytes(serialize_part_xml(types))


def relationship_id(name: str) -> str:
    """The id by which its owner refers to a part: `header1` for `word/header1.xml`."""
    return name.rpartition("/")[2].partition(".")[0]


def _put(archive: zipfile.ZipFile, uri: PackURI, content: bytes | str) -> None:
    entry = zipfile.ZipInfo(uri.membername, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    entry.external_attr = 0
    archive.writestr(entry, content, compresslevel=_LEVEL)
