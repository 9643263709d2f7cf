"""What the file says about itself: XMP, document information, output intent, attached files.

XMP names the standards that the file keeps: PDF/UA-1 always (ISO 14289-1, 5), PDF/A-2a, or
PDF/A-3a where files are attached (ISO 19005-3). Info and XMP say the same (6.6.3).
"""

from __future__ import annotations

import unicodedata
from datetime import datetime
from html import escape
from pathlib import Path

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFString

from gyomu_docs.writers.pdf.encode import EncodedAttachment, Metadata
from gyomu_docs.writers.pdf.streams import DeflatedStream, PlainStream

PRODUCER = "gyomu_docs"
"""Without a version: the same sheet gives the same bytes after an update that changes nothing."""
APPLICATION = "GyomuDocs"
"""The key of our own data in /PieceInfo."""
_NO_DATE = "1970-01-01T00:00:00+00:00"

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
{properties}
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def clean_metadata(metadata: Metadata) -> Metadata:
    """Return the metadata with a blank for each character that XMP cannot hold.

    Raises ValueError for an empty title or language, which PDF/UA does not allow (ISO 14289-1,
    7.1 and 7.2), and for a date that is not ISO 8601 with a zone.
    """
    cleaned = Metadata(*map(_clean, metadata))
    if not cleaned.title or not cleaned.language:
        raise ValueError("a PDF must have a title and a language")
    if cleaned.date and datetime.fromisoformat(cleaned.date).tzinfo is None:
        raise ValueError(f"the date {cleaned.date} has no time zone")
    return cleaned


def xmp(metadata: Metadata, *, has_attachments: bool) -> PlainStream:
    """Return the XMP packet (ISO 19005-2, 6.6), with the extension schema for `pdfuaid`."""
    properties = [
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(metadata.title)}</rdf:li>'
        "</rdf:Alt></dc:title>",
        f"<dc:language><rdf:Bag><rdf:li>{escape(metadata.language)}</rdf:li></rdf:Bag>"
        "</dc:language>",
    ]
    if metadata.author:
        properties.append(
            f"<dc:creator><rdf:Seq><rdf:li>{escape(metadata.author)}</rdf:li></rdf:Seq>"
            "</dc:creator>"
        )
    if metadata.subject:
        properties.append(
            '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">'
            f"{escape(metadata.subject)}</rdf:li></rdf:Alt></dc:description>"
        )
    if metadata.date:
        date = datetime.fromisoformat(metadata.date).isoformat(timespec="seconds")
        properties.append(
            f"<xmp:CreateDate>{date}</xmp:CreateDate>\n<xmp:ModifyDate>{date}</xmp:ModifyDate>"
        )
    packet = _XMP.format(
        properties="\n".join(properties), producer=PRODUCER, part=3 if has_attachments else 2
    )
    entries = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    return PlainStream(entries, packet.encode())


def info(metadata: Metadata) -> PDFDictionary:
    """Return the document information dictionary (ISO 32000-1, 14.3.3)."""
    entries = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Subject": metadata.subject,
        "Producer": PRODUCER,
        "CreationDate": pdf_date(metadata.date),
        "ModDate": pdf_date(metadata.date),
    }
    return PDFDictionary({key: PDFString(value) for key, value in entries.items() if value})


def output_intent(document: PDFDocument, profile: Path) -> PDFDictionary:
    """Return the output intent that gives the colours their meaning (ISO 19005-2, 6.2.3)."""
    stream = DeflatedStream({"N": 3}, profile.read_bytes())
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "RegistryName": PDFString("http://www.color.org"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(stream),
        }
    )


def piece_info(document: PDFDocument, private: bytes, date: str) -> PDFDictionary:
    """Return a page-piece dictionary with data of our own (ISO 32000-1, 14.5).

    It asks for a date even where there is none.
    """
    data = {
        "LastModified": PDFString(pdf_date(date or _NO_DATE)),
        "Private": document.Reference(DeflatedStream({}, private)),
    }
    return PDFDictionary({APPLICATION: PDFDictionary(data)})


def attachment_entries(attachment: EncodedAttachment, date: str) -> PDFDictionary:
    """Return the entries of an embedded file's stream (ISO 32000-1, 7.11.4)."""
    # PDF/A-3 asks for a date even where there is none (6.8; veraPDF does not check it).
    modified = PDFString(pdf_date(date or _NO_DATE))
    params: dict[str, object] = {"Size": attachment.size, "ModDate": modified}
    return PDFDictionary(
        {
            "Type": PDFName("EmbeddedFile"),
            # PDFName leaves a solidus as it is, and a name would end there.
            "Subtype": "/" + PDFName(attachment.media_type)[1:].replace("/", "#2F"),
            "Params": PDFDictionary(params),
            "Filter": PDFName("FlateDecode"),
        }
    )


def file_specification(attachment: EncodedAttachment, stream: object) -> PDFDictionary:
    """Return the file specification of an embedded file: the source of what the pages show."""
    return PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(attachment.name),
            "UF": PDFString(attachment.name),
            "Desc": PDFString(attachment.description or attachment.name),
            "AFRelationship": PDFName("Source"),
            "EF": PDFDictionary({"F": stream, "UF": stream}),
        }
    )


def embedded_files(specifications: dict[str, object]) -> PDFDictionary:
    """Return the name tree of embedded files (7.7.4); its keys are sorted as bytes."""
    names: list[object] = []
    for name in sorted(specifications, key=lambda name: name.encode("utf-16-be")):
        names += [PDFString(name), specifications[name]]
    return PDFDictionary({"Names": PDFArray(names)})


def pdf_date(date: str) -> str:
    """Return an ISO 8601 date with zone as PDF writes it (7.9.4); empty for an empty one."""
    if not date:
        return ""
    moment = datetime.fromisoformat(date)
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _clean(text: str) -> str:
    # XML knows none of these: controls, lone surrogates, U+FFFE and U+FFFF.
    bad = {char for char in text if unicodedata.category(char) in ("Cc", "Cs", "Cn")}
    return text.translate(dict.fromkeys(map(ord, bad), " ")).strip()
