"""Sheets to files: form, typesetting and writer in a row, for the facade and the command line."""

from __future__ import annotations

import io
from pathlib import Path

from gyomu_docs.errors import Diagnostic, GyomuError, OutputError, Place, UsageError
from gyomu_docs.files import OutFile, bytes_writer, safe_name, sheet_stem, write_files
from gyomu_docs.layout import Document, Resolver, load_form
from gyomu_docs.layout.tree import Attachment
from gyomu_docs.model import Sheet, SourcedSheet
from gyomu_docs.model.sheet_file import dump_json, dump_yaml
from gyomu_docs.resources import DEFAULT_FORM, Resources, find_resources
from gyomu_docs.typeset.fonts import FontSet, default_font_files
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import write_pdf

FORMATS = ("pdf", "yaml", "json")
PLANNED_FORMATS = ("docx", "html", "xlsx")
"""Formats of the contract that are not built yet."""


class Renderer:
    """Makes files of sheets in one form. Keep one for many sheets: form and fonts load once."""

    def __init__(self, resources: Resources, form: str = DEFAULT_FORM) -> None:
        """Load the form. Raises UsageError and FormError."""
        self._resources = resources
        source = resources.form_source(form)
        self.resolver = Resolver(load_form(source.text, source.file))
        self.fonts = FontSet(default_font_files(resources.fonts))
        self._typesetter = Typesetter(self.fonts)

    def document(
        self, sheet: Sheet, *, attach_data: bool = False
    ) -> tuple[Document, list[Diagnostic]]:
        """The sheet laid out, without pages."""
        attachments = [_data_of(sheet)] if attach_data else []
        return self.resolver.resolve(sheet, attachments, self._resources.date)

    def pdf(self, sheet: Sheet, *, attach_data: bool = False) -> tuple[bytes, list[Diagnostic]]:
        """The sheet as a PDF. Raises MissingGlyphError with the place of the character."""
        document, left_out = self.document(sheet, attach_data=attach_data)
        paged, found = self._typesetter.paginate(document)
        out = io.BytesIO()
        write_pdf([paged], out, self.fonts)
        return out.getvalue(), left_out + found

    def render(
        self, sheet: Sheet, format_: str, *, attach_data: bool = False
    ) -> tuple[bytes, list[Diagnostic]]:
        """The sheet in one of `FORMATS`, as bytes."""
        match format_:
            case "pdf":
                return self.pdf(sheet, attach_data=attach_data)
            case "yaml":
                return dump_yaml(sheet).encode(), []
            case "json":
                return dump_json(sheet).encode(), []
            case _:
                raise ValueError(f"unknown format {format_!r}")


def write(
    sheet: Sheet,
    path: str | Path,
    *,
    form: str = DEFAULT_FORM,
    attach_data: bool = False,
    resources: Resources | None = None,
) -> list[Diagnostic]:
    """Write one sheet to a file; the suffix (`.pdf`, `.yaml`, `.json`) gives the format.

    `form` names a form of layouts/ or a form file. The file appears whole or not at all. Raises
    UsageError for another suffix, FormError, MissingGlyphError, OutputError.
    """
    target = Path(path)
    (format_,) = parse_formats(target.suffix.lstrip("."))
    renderer = Renderer(resources or find_resources(), form)
    data, found = renderer.render(sheet, format_, attach_data=attach_data)
    write_files([OutFile(target, bytes_writer(data), sheet.label)])
    return found


def parse_formats(text: str) -> tuple[str, ...]:
    """`pdf,yaml` as a tuple. Raises UsageError for a format that is unknown or not built yet."""
    formats = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    for one in formats:
        if one in PLANNED_FORMATS:
            raise UsageError(f"形式「{one}」の出力はまだできません（できる形式: {_LIST}）。")
        if one not in FORMATS:
            raise UsageError(f"形式「{one}」はありません（できる形式: {_LIST}）。")
    if not formats:
        raise UsageError(f"形式を指定してください（できる形式: {_LIST}）。")
    return formats


_LIST = "、".join(FORMATS)


def file_name(sheet: Sheet, format_: str) -> str:
    """`003-組織の方針.pdf`; `003.yaml` for the data formats."""
    stem = sheet_stem(sheet.number)
    if format_ in ("yaml", "json") or not sheet.title:
        return f"{stem}.{format_}"
    return f"{stem}-{safe_name(sheet.title)}.{format_}"


def out_file(entry: SourcedSheet, out: Path, format_: str, data: bytes) -> OutFile:
    """A file of one sheet below `out`, in the sheet's own sub-folder."""
    return OutFile(
        out / entry.folder / file_name(entry.sheet, format_),
        bytes_writer(data),
        f"{entry.file} の {entry.sheet.label}",
    )


def located(error: GyomuError, entry: SourcedSheet) -> GyomuError:
    """The error with the sheet and the file that it happened in."""
    if isinstance(error, OutputError):
        return error
    return error.within(Place(file=entry.file, sheet=entry.sheet.label))


def _data_of(sheet: Sheet) -> Attachment:
    return Attachment(
        name=f"{sheet_stem(sheet.number)}.yaml",
        media_type="application/yaml",
        data=dump_yaml(sheet).encode(),
        description="このシートのデータ（業務棚卸表のシートファイル）",
    )
