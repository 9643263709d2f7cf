"""A returned .docx to a `ReturnedDocument`: its body, its comments, and its identity."""

from __future__ import annotations

from collections.abc import Iterator

from gyomu_docs.errors import Diagnostic, Place, SourceError
from gyomu_docs.layout.identity import Snapshot, find_form_id, read_snapshot
from gyomu_docs.readers.docx.package import Package
from gyomu_docs.readers.docx.returned import Comment, Line, ReturnedDocument
from gyomu_docs.readers.docx.tables import MAX_ROWS, BlockReader, TooManyRowsError
from gyomu_docs.readers.docx.wml import W

_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"

_SEND_AGAIN = "作成した人に、原稿の Word ファイルをもう一度送ってもらってください。"


def read_returned(data: bytes, file: str) -> ReturnedDocument:
    """Read a .docx; `file` names it in messages. Raises SourceError for what is refused."""
    package = Package(data, file)
    try:
        return _read(package)
    except RecursionError:
        raise SourceError(
            "入れ子が深すぎます。", place=Place(file=file), hint=_SEND_AGAIN
        ) from None
    except TooManyRowsError:
        message = f"表の行が多すぎます（{MAX_ROWS}行まで）。"
        raise SourceError(message, place=Place(file=file), hint=_SEND_AGAIN) from None


def _read(package: Package) -> ReturnedDocument:
    root = package.xml(package.main)
    body = root.find(W + "body")
    if body is None:
        raise SourceError(
            "Word の本文を読み取れません。",
            place=Place(file=package.file),
            hint="Word で開き、「Word 文書 (*.docx)」として保存し直してください。",
        )
    found: dict[str, None] = {}
    reader = BlockReader(lambda what: found.setdefault(what))
    blocks = tuple(reader.blocks(body))
    return ReturnedDocument(
        file=package.file,
        blocks=blocks,
        properties=_properties(package),
        snapshot=_snapshot(package),
        form_id=_form_id(package),
        comments=dict(_comments(package)),
        furniture=tuple(_furniture(package)),
        found=tuple(_unread(what, package.file) for what in found),
    )


def _unread(what: str, file: str) -> Diagnostic:
    return Diagnostic("W", "unread", f"{what}は読み取れません。", Place(file=file))


def _properties(package: Package) -> dict[str, str]:
    properties = {}
    for name in package.related_of_package("custom-properties"):
        for one in package.xml(name).iter(_PROPERTY):
            properties[one.get("name", "")] = "".join(one.itertext())
    return properties


def _snapshot(package: Package) -> Snapshot | None:
    for name in (*package.related("customXml"), *package.related_of_package("customXml")):
        if snapshot := read_snapshot(package.xml(name)):
            return snapshot
    return None


def _form_id(package: Package) -> str:
    for kind in ("footer", "header"):
        for name in package.related(kind):
            # A paragraph at a time: an id does not go on in the next one.
            for paragraph in package.xml(name).iter(W + "p"):
                text = "".join(one.text or "" for one in paragraph.iter(W + "t"))
                if form_id := find_form_id(text):
                    return form_id
    return ""


def _furniture(package: Package) -> Iterator[str]:
    for kind in ("header", "footer"):
        for name in package.related(kind):
            for block in BlockReader(lambda what: None).blocks(package.xml(name)):
                if isinstance(block, Line) and any(block.text.new):
                    yield "".join(block.text.new)


def _comments(package: Package) -> Iterator[tuple[str, Comment]]:
    for name in package.related("comments"):
        for one in package.xml(name).iter(W + "comment"):
            reader = BlockReader(lambda what: None)
            lines = [line for line in reader.blocks(one) if isinstance(line, Line)]
            text = "\n".join(part for line in lines for part in line.text.new)
            author, date = (one.get(W + key, "") for key in ("author", "date"))
            yield one.get(W + "id", ""), Comment(author, date, text)
