"""Reports of comparisons as files: report, typesetting and writer in a row."""

from __future__ import annotations

import io

from gyomu_docs.comparison import Comparison
from gyomu_docs.errors import Diagnostic, UsageError
from gyomu_docs.gaiji import Gaiji, Replaced
from gyomu_docs.layout import Document, Resolver, load_form
from gyomu_docs.render import font_set
from gyomu_docs.reports.redline import redline_document
from gyomu_docs.reports.table import comparison_document
from gyomu_docs.reports.table_options import Order
from gyomu_docs.resources import DEFAULT_FORM, Resources
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.docx import write_docx
from gyomu_docs.writers.pdf import write_pdf

TABLE_FORM = "comparison/table"
REDLINE_AUTHOR = "年度比較"
"""By whom the changes are, in Word."""


def render_table(
    comparison: Comparison,
    format_: str,
    resources: Resources,
    *,
    form: str = "",
    order: Order | None = None,
) -> tuple[bytes, list[Diagnostic]]:
    """The 新旧対照表 as `pdf` or `docx`, in the form of that name or file.

    Raises UsageError, SourceError and FormError for the form, MissingGlyphError for a character
    that no font has, ValueError for another format.
    """
    source = resources.form_source(form or TABLE_FORM)
    loaded = load_form(source.text, source.file, resources.form_source)
    document = comparison_document(comparison, loaded, order=order, date=resources.date)
    document, found = _printed(document, resources)
    out = io.BytesIO()
    match format_:
        case "pdf":
            fonts = font_set(resources)
            paged, told = Typesetter(fonts).paginate(document)
            found += told
            write_pdf([paged], out, fonts)
        case "docx":
            write_docx(document, out)
        case _:
            raise ValueError(f"unknown format {format_!r}")
    return out.getvalue(), found


def render_redline(
    comparison: Comparison, resources: Resources, *, form: str = ""
) -> tuple[bytes, list[Diagnostic]]:
    """The sheets that changed with tracked changes, as a Word file, in that form.

    Raises UsageError if no sheet changed, UsageError, SourceError and FormError for the form,
    MissingGlyphError for a character that Word cannot hold.
    """
    source = resources.form_source(form or DEFAULT_FORM)
    resolver = Resolver(load_form(source.text, source.file, resources.form_source))
    redline = redline_document(comparison, resolver, REDLINE_AUTHOR, resources.date)
    if not redline.document.sections:
        raise UsageError(
            "新旧で違うシートがないため、変更履歴のファイルはできません。",
            hint="比べるフォルダーが正しいか確かめてください。",
        )
    document, found = _printed(redline.document, resources)
    out = io.BytesIO()
    write_docx(document, out)
    return out.getvalue(), redline.left_out + found


def _printed(document: Document, resources: Resources) -> Replaced:
    """The report with the 外字 of the configuration replaced. Raises SettingsError."""
    gaiji = resources.settings.gaiji
    return Gaiji(gaiji).replace(document) if gaiji else Replaced(document, [])
