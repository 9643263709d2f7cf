"""Sheets to files: form, typesetting and writer in a row, for the facade and the command line."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import TypeAlias

from gyomu_docs.errors import (
    Diagnostic,
    FormError,
    GyomuError,
    MissingGlyphError,
    OutputError,
    Place,
    UsageError,
    gather_missing,
)
from gyomu_docs.files import OutFile, bytes_writer, sheet_stem, write_files
from gyomu_docs.gaiji import Gaiji
from gyomu_docs.layout import Document, Resolver, load_form
from gyomu_docs.layout.fingerprint import name_taken
from gyomu_docs.layout.tree import Attachment
from gyomu_docs.model import Sheet, SourcedSheet
from gyomu_docs.model.sheet_file import dump_json, dump_yaml
from gyomu_docs.resources import DEFAULT_FORM, Resources, find_resources
from gyomu_docs.typeset.coverage import missing_glyphs
from gyomu_docs.typeset.fonts import Fallback, FontSet, default_font_files
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import write_pdf

FORMATS = ("pdf", "docx", "yaml", "json")
PLANNED_FORMATS = ("html", "xlsx")
"""Formats of the contract that are not built yet."""


Laid: TypeAlias = tuple[Document, list[Diagnostic]]


def font_set(resources: Resources) -> FontSet:
    """The fonts that ship and those of the configuration; none is opened yet."""
    fallbacks = [Fallback(*fallback) for fallback in resources.settings.fallbacks]
    return FontSet(default_font_files(resources.fonts), fallbacks)


class Renderer:
    """Makes files of sheets in one form. Keep one for many sheets: form and fonts load once."""

    def __init__(self, resources: Resources | None = None, form: str = DEFAULT_FORM) -> None:
        """Load the form: a name of layouts/ or a form file. Raises UsageError and FormError."""
        self._resources = resources or find_resources()
        source = self._resources.form_source(form)
        self.resolver = Resolver(load_form(source.text, source.file, self._resources.form_source))
        self._form_file = source.file
        self.fonts = font_set(self._resources)
        gaiji = self._resources.settings.gaiji
        self.gaiji = Gaiji(gaiji) if gaiji else None
        self._typesetter = Typesetter(self.fonts)

    @functools.cached_property
    def name_taken(self) -> FormError | None:
        """What is wrong with a form file that has the name of a form that ships and is another."""
        name = self.resolver.form.form
        if name not in self._resources.form_names():
            return None
        source = self._resources.form_source(name)
        if source.file == self._form_file:
            return None
        shipped = load_form(source.text, source.file, self._resources.form_source)
        return name_taken(self.resolver.form, shipped)

    def document(self, sheet: Sheet, *, attach_data: bool = False) -> Laid:
        """The sheet laid out, without pages."""
        attachments = [_data_of(sheet)] if attach_data else []
        return self.resolver.resolve(sheet, attachments, self._resources.date)

    def printed(self, sheet: Sheet, *, attach_data: bool = False) -> Laid:
        """The sheet laid out as it is printed: with the 外字 of the configuration replaced."""
        document, found = self.document(sheet, attach_data=attach_data)
        if self.gaiji is None:
            return document, found
        replaced = self.gaiji.replace(document)
        return replaced.document, found + replaced.found

    def pdf(self, sheet: Sheet, *, attach_data: bool = False) -> tuple[bytes, list[Diagnostic]]:
        """The sheet as a PDF.

        Raises MissingGlyphError with the place of the first character that no font has; its
        `others` are the rest of the sheet's.
        """
        document, told = self.printed(sheet, attach_data=attach_data)
        try:
            paged, found = self._typesetter.paginate(document)
        except MissingGlyphError as error:
            raise gather_missing(missing_glyphs(document, self.fonts)) or error from None
        out = io.BytesIO()
        write_pdf([paged], out, self.fonts)
        return out.getvalue(), told + found

    def missing(self, sheet: Sheet) -> MissingGlyphError | None:
        """The error that `pdf` would raise for characters without a glyph."""
        return gather_missing(missing_glyphs(self.printed(sheet)[0], self.fonts))

    def docx(self, sheet: Sheet) -> tuple[bytes, list[Diagnostic]]:
        """The sheet as a Word file. Raises MissingGlyphError for a character Word cannot hold."""
        from gyomu_docs.writers.docx import write_docx  # python-docx is not for those who print

        document, left_out = self.document(sheet)
        out = io.BytesIO()
        write_docx(document, out)
        return out.getvalue(), left_out

    def render(
        self, sheet: Sheet, format_: str, *, attach_data: bool = False
    ) -> tuple[bytes, list[Diagnostic]]:
        """The sheet in one of `FORMATS`, as bytes."""
        match format_:
            case "pdf":
                return self.pdf(sheet, attach_data=attach_data)
            case "docx":
                return self.docx(sheet)
            case "yaml":
                return dump_yaml(sheet).encode(), []
            case "json":
                return dump_json(sheet).encode(), []
            case _:
                raise ValueError(f"unknown format {format_!r}")

    def write(
        self, sheet: Sheet, path: str | Path, *, attach_data: bool = False
    ) -> list[Diagnostic]:
        """Write one sheet to a file; its suffix (`.pdf`, `.docx`, `.yaml`, `.json`) is the format.

        The file appears whole or not at all. Raises UsageError for another suffix,
        MissingGlyphError, OutputError.
        """
        target = Path(path)
        data, found = self.render(sheet, _format_of(target), attach_data=attach_data)
        write_files([OutFile(target, bytes_writer(data), sheet.label)])
        return found


def write(
    sheet: Sheet,
    path: str | Path,
    *,
    form: str = DEFAULT_FORM,
    attach_data: bool = False,
    resources: Resources | None = None,
) -> list[Diagnostic]:
    """Write one sheet to a file; its suffix (`.pdf`, `.docx`, `.yaml`, `.json`) is the format.

    `form` names a form of layouts/ or a form file. The file appears whole or not at all. For
    many sheets, keep a `Renderer`. Raises UsageError for another suffix, FormError,
    MissingGlyphError, OutputError.
    """
    _format_of(Path(path))  # before form and fonts are looked at
    return Renderer(resources, form).write(sheet, path, attach_data=attach_data)


def parse_formats(text: str) -> tuple[str, ...]:
    """`pdf,yaml` as a tuple. Raises UsageError for a format that is unknown or not built yet."""
    parts = [part.strip().lower() for part in text.split(",")]
    formats = tuple(dict.fromkeys(part for part in parts if part))
    for one in formats or ("",):
        if one not in FORMATS:
            raise _no_such_format(one)
    return formats


def located(error: GyomuError, entry: SourcedSheet) -> GyomuError:
    """The error with the sheet and the file that it happened in."""
    if isinstance(error, OutputError):
        return error
    return error.within(Place(file=entry.file, sheet=entry.sheet.label))


def _format_of(path: Path) -> str:
    suffix = path.suffix.lower().removeprefix(".")
    format_ = "yaml" if suffix == "yml" else suffix
    if format_ not in FORMATS:
        raise _no_such_format(suffix).within(Place(file=str(path)))
    return format_


def _no_such_format(format_: str) -> GyomuError:
    built = "、".join(FORMATS)
    if format_ in PLANNED_FORMATS:
        return UsageError(f"形式「{format_}」の出力はまだできません（できる形式: {built}）。")
    message = f"形式「{format_}」はありません。" if format_ else "出力する形式がありません。"
    return UsageError(message, hint=f"できる形式: {built}")


def _data_of(sheet: Sheet) -> Attachment:
    return Attachment(
        name=f"{sheet_stem(sheet.number)}.yaml",
        media_type="application/yaml",
        data=dump_yaml(sheet).encode(),
        description="このシートのデータ（業務棚卸表のシートファイル）",
    )
