"""By what a Word draft that comes back is known again; written by the writer, read by the reader.

Four layers, the strongest first; each survives what destroys the one before it:

1. Custom properties of the document (`PROPERTIES`) and the snapshot of the sheet as it went out, an
   XML part of its own (`write_snapshot`).
2. The form id, printed in the footer: it survives copying into a new document, and paper.
3. Hidden bookmarks: `table_bookmark` in the first cell of a grid that has a text, `row_bookmark`
   in the first cell of a row that has one. Points, in a paragraph with text: in an empty one
   LibreOffice writes them twice.
4. What stands there: business codes, header labels, likeness. That is the reader's own work.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from xml.etree import ElementTree

from gyomu_docs.model import Sheet
from gyomu_docs.model.sheet_file import dump_yaml

NAMESPACE = "urn:gyomu-docs:draft:1"
FORM_PROPERTY = "gyomu-docs.form"
FINGERPRINT_PROPERTY = "gyomu-docs.form-fingerprint"
"""`layout.fingerprint` of the form: drafts are read back in a form with the same one alone."""
FORM_ID_PROPERTY = "gyomu-docs.form-id"
BASE_PROPERTY = "gyomu-docs.base"
"""SHA-256 of the sheet file (YAML) that the draft was made from; empty for a blank draft."""

_PREFIX = "_gd_"
"""Bookmarks that begin with an underscore are hidden in Word."""
_LONGEST = 40
"""Characters that Word allows in the name of a bookmark."""
_CODES = {
    "総合計画": "plan",
    "施策の方向": "dir",
    "予算": "bud",
    "任務目的": "mis",
    "行政活動": "act",
    "事業費": "cost",
    "注記": "note",
}
_NAMES = {code: name for name, code in _CODES.items()}
_STEP = re.compile(r"(?P<name>[^.\[\]]+)(?:\[(?P<number>\d+)\])?")
_FORM_ID = re.compile(r"[A-Z]\d{1,2}-[^\s-]{1,20}-[0-9a-f]{8}")
_BLANK = "00000000"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a draft carries of it; `Document.identity` takes it to the writer."""

    form_id: str
    """Printed in the footer: `R3-003-4025a822`."""
    properties: tuple[tuple[str, str], ...]
    """Custom properties of the document: name and text."""
    snapshot: bytes
    """XML of the sheet as it went out; empty for a blank draft."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a returned draft says of the sheet that it was made from."""

    yaml: str
    form: str
    form_id: str
    fingerprint: str = ""
    """Of the form; drafts of the first version do not have it."""


def identify(sheet: Sheet, form: str, fingerprint: str = "") -> Identity:
    """The identity of a draft of `sheet` in the form of that name and fingerprint."""
    yaml = dump_yaml(sheet)
    digest = hashlib.sha256(yaml.encode()).hexdigest()
    name = _form_id(sheet, digest[:8])
    properties = _properties(form, fingerprint, name, digest)
    return Identity(name, properties, write_snapshot(yaml, form, name, fingerprint))


def identify_blank(sheet: Sheet, form: str, fingerprint: str = "") -> Identity:
    """The identity of an empty draft, from which a new sheet begins; it has no base."""
    name = _form_id(sheet, _BLANK)
    return Identity(name, _properties(form, fingerprint, name, ""), b"")


def is_blank(form_id: str) -> bool:
    """Whether the form id is that of a draft without a base."""
    return form_id.endswith(f"-{_BLANK}")


def find_form_id(text: str) -> str:
    """The form id in a text (of a footer); empty where there is none."""
    match = _FORM_ID.search(text)
    return match[0] if match else ""


def is_form_id(text: str) -> bool:
    """Whether a text is a form id; a property of a file from outside may say anything."""
    return _FORM_ID.fullmatch(text) is not None


def _form_id(sheet: Sheet, digest: str) -> str:
    number = re.sub(r"[\s-]", "", sheet.number)[:20] or "新規"
    number = number.zfill(3) if number.isdecimal() else number
    return f"{sheet.fiscal_year.label('short-digit')}-{number}-{digest}"


def _properties(
    form: str, fingerprint: str, form_id: str, base: str
) -> tuple[tuple[str, str], ...]:
    known = ((FINGERPRINT_PROPERTY, fingerprint),) if fingerprint else ()
    return ((FORM_PROPERTY, form), *known, (FORM_ID_PROPERTY, form_id), (BASE_PROPERTY, base))


def table_bookmark(number: int) -> str:
    """The bookmark of the grid of that number, from 1 in the order of the document."""
    return f"{_PREFIX}t{number}"


def table_number(bookmark: str) -> int | None:
    """The grid that a bookmark names; None for any other bookmark."""
    match = re.fullmatch(f"{_PREFIX}t([1-9][0-9]{{0,3}})", bookmark)
    return int(match[1]) if match else None


def row_bookmark(record: str) -> str:
    """The bookmark of a row by its record (`行政活動[3].事業費[1]`); empty for one without."""
    steps = []
    for step in record.split("."):
        match = _STEP.fullmatch(step)
        if match is None or match["name"] not in _CODES:
            return ""
        steps.append(_CODES[match["name"]] + (match["number"] or ""))
    name = _PREFIX + "_".join(steps)
    return name if len(name) <= _LONGEST else ""


def record_of(bookmark: str) -> str:
    """The record that a row's bookmark names; empty for any other bookmark."""
    if not bookmark.startswith(_PREFIX):
        return ""
    steps = []
    for step in bookmark.removeprefix(_PREFIX).split("_"):
        match = re.fullmatch(r"([a-z]+)(\d*)", step)
        if match is None or match[1] not in _NAMES:
            return ""
        steps.append(_NAMES[match[1]] + (f"[{match[2]}]" if match[2] else ""))
    return ".".join(steps)


def write_snapshot(yaml: str, form: str, form_id: str, fingerprint: str = "") -> bytes:
    """The XML part that carries the sheet as it went out."""
    about = {"form": form, "form-id": form_id}
    if fingerprint:
        about["form-fingerprint"] = fingerprint
    element = ElementTree.Element(f"{{{NAMESPACE}}}draft", about)
    element.text = yaml
    ElementTree.register_namespace("gd", NAMESPACE)
    return bytes(ElementTree.tostring(element, encoding="utf-8", xml_declaration=True))


def read_snapshot(root: ElementTree.Element) -> Snapshot | None:
    """The snapshot in the root element of an XML part, lxml's or the library's; None in others."""
    if root.tag != f"{{{NAMESPACE}}}draft":
        return None
    form, form_id, made = (root.get(key, "") for key in ("form", "form-id", "form-fingerprint"))
    return Snapshot(root.text or "", form, form_id, made)
