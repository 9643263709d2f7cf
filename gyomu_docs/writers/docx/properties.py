"""What the file says about itself: core and extended properties, and those of a draft."""

from __future__ import annotations

from datetime import UTC, datetime

from gyomu_docs.layout.identity import NAMESPACE, Identity
from gyomu_docs.layout.tree import Document
from gyomu_docs.writers.docx.wml import DECLARATION, attribute, escape

PRODUCER = "gyomu_docs"
"""Without a version: the same sheet gives the same bytes after an update that changes nothing."""

_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_ITEM_ID = "{6C0B4B0E-5D0C-4D0B-9B52-8C5A3E4F7D01}"
"""Of the snapshot among the XML parts of a document; any number that is always the same."""


def core_xml(document: Document) -> bytes:
    """Title, author, subject, language, and the date where the document has one (ISO 29500-2).

    Raises ValueError for a date that is not ISO 8601 with a zone.
    """
    entries = {
        "dc:title": document.title,
        "dc:subject": document.subject,
        "dc:creator": document.author,
        "dc:language": document.language,
        "cp:lastModifiedBy": document.author,
    }
    parts = [f"<{name}>{escape(text)}</{name}>" for name, text in entries.items() if text]
    if document.date:
        moment = utc(document.date)
        parts += [
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
            for name in ("created", "modified")
        ]
    return f"{DECLARATION}<cp:coreProperties {_CORE}>{''.join(parts)}</cp:coreProperties>".encode()


def app_xml() -> bytes:
    """The program that wrote the file."""
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        f"<Application>{PRODUCER}</Application></Properties>"
    ).encode()


def custom_xml(identity: Identity) -> bytes:
    """The custom properties of a draft; their numbers begin with 2."""
    parts = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" '
        f'name="{attribute(name)}"><vt:lpwstr>{escape(text)}</vt:lpwstr></property>'
        for number, (name, text) in enumerate(identity.properties, 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/custom-properties" '
        f'xmlns:vt="{_OFFICE}/docPropsVTypes">{parts}</Properties>'
    ).encode()


def snapshot_properties_xml() -> bytes:
    """What the snapshot is, for programs that look through the XML parts of a document."""
    return (
        f'{DECLARATION}<ds:datastoreItem ds:itemID="{_ITEM_ID}" xmlns:ds="{_OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def utc(date: str) -> str:
    """A moment as Word writes it. Raises ValueError for one that is not ISO 8601 with a zone."""
    moment = datetime.fromisoformat(date)
    if moment.tzinfo is None:
        raise ValueError(f"the date {date} has no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
