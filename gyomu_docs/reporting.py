"""Reports of comparisons as files: report, typesetting and writer in a row."""

from __future__ import annotations

import io

from gyomu_docs.comparison import Comparison
from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout import load_form
from gyomu_docs.reports.table import comparison_document
from gyomu_docs.reports.table_options import Order
from gyomu_docs.resources import Resources
from gyomu_docs.typeset.fonts import FontSet, default_font_files
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.docx import write_docx
from gyomu_docs.writers.pdf import write_pdf

TABLE_FORM = "comparison/table"


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
    out = io.BytesIO()
    found: list[Diagnostic] = []
    match format_:
        case "pdf":
            fonts = FontSet(default_font_files(resources.fonts))
            paged, found = Typesetter(fonts).paginate(document)
            write_pdf([paged], out, fonts)
        case "docx":
            write_docx(document, out)
        case _:
            raise ValueError(f"unknown format {format_!r}")
    return out.getvalue(), found
