"""What the author of a form needs: all its faults at once, and a preview with made-up data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gyomu_docs.comparison import compare_editions
from gyomu_docs.errors import Diagnostic, FontError, FormError, GyomuError, Place
from gyomu_docs.layout import Form, load_form
from gyomu_docs.layout.check import check_form
from gyomu_docs.model import Edition, FiscalYear, Sheet, SourcedSheet
from gyomu_docs.model.plain import parse_yaml
from gyomu_docs.model.sheet_file import load_yaml
from gyomu_docs.render import Renderer
from gyomu_docs.reporting import TABLE_FORM, render_table
from gyomu_docs.reports.view import ReportView
from gyomu_docs.resources import FormSource, Resources

_MOST = 10
"""Forms in a chain of bases; `load_form` refuses more."""


def sample_sheet(resources: Resources) -> Sheet:
    """The made-up sheet that fills every part of a form."""
    text, file = resources.sample_source()
    sheet, _ = load_yaml(text, file)
    return sheet


def preview(resources: Resources, form: str) -> tuple[bytes, list[Diagnostic], str]:
    """A PDF of the made-up sheet in a form, what its making told, and the form's name.

    Raises UsageError, FormError, FontError, MissingGlyphError.
    """
    renderer = Renderer(resources, form)
    pdf, found = renderer.pdf(sample_sheet(resources))
    return pdf, _of_the_form(found), renderer.resolver.form.form


def check_layout(
    resources: Resources, file: str
) -> tuple[list[GyomuError], list[Diagnostic], Form | None]:
    """All faults of a form; if there are none, what the setting of a preview tells, and the form.

    A blank sheet and the made-up one are set, for what shows only then: expressions that cannot be
    computed, characters that no font has. Raises UsageError and SourceError.
    """
    source = resources.form_source(file)
    is_table = _is_table(resources, source)
    root = ReportView if is_table else Sheet
    faults: list[GyomuError] = list(
        check_form(source.text, source.file, resources.form_source, root)
    )
    if faults:
        return faults, [], None
    if is_table:
        return _checked_table(resources, file, source)
    renderer = Renderer(resources, file)
    faults += _missing_fonts(renderer)
    found: list[Diagnostic] = []
    if not faults:
        blank = Sheet(fiscal_year=FiscalYear(2021), number="1")
        for sheet in (blank, sample_sheet(resources)):
            try:
                found += _of_the_form(renderer.pdf(sheet)[1])
            except GyomuError as error:
                faults.append(error.within(Place(file=source.file, sheet=sheet.label)))
    if taken := renderer.name_taken:
        found.append(Diagnostic("W", "name", taken.message, taken.place, taken.hint))
    return faults, found, None if faults else renderer.resolver.form


def _is_table(resources: Resources, source: FormSource) -> bool:
    """Whether a form is one of the 新旧対照表, or based on one."""
    folder = resources.layouts / TABLE_FORM
    for _ in range(_MOST):
        if Path(source.file).resolve().parent == folder.resolve().parent:
            return True
        try:
            tree = parse_yaml(source.text, source.file)
            extends = tree.get("extends") if isinstance(tree, dict) else None
            if not isinstance(extends, str) or not extends:
                return False
            source = resources.form_source(extends, source.file)
        except GyomuError:
            return False  # told when the form is checked
    return False


def _checked_table(
    resources: Resources, file: str, source: FormSource
) -> tuple[list[GyomuError], list[Diagnostic], Form | None]:
    """What setting the made-up sheet beside a changed one tells."""
    sheet = sample_sheet(resources)
    other = sheet.model_copy(update={"title": f"{sheet.title} 新", "activities": ()})
    pair = (Edition((SourcedSheet(one, "", ""),)) for one in (sheet, other))
    try:
        _, found = render_table(compare_editions(*pair), "pdf", resources, form=file)
    except GyomuError as error:
        return [error.within(Place(file=source.file))], [], None
    return [], found, load_form(source.text, source.file, resources.form_source)


def _of_the_form(found: list[Diagnostic]) -> list[Diagnostic]:
    """What is told of a form: not that it lacks the made-up 追加項目 of other cities' forms."""
    return [one for one in found if one.kind != "no-extra"]


def _missing_fonts(renderer: Renderer) -> Iterator[GyomuError]:
    form = renderer.resolver.form
    for name, style in renderer.resolver.styles.items():
        try:
            renderer.fonts.find(style.family, style.bold)
        except FontError as error:
            place = form.place(form.styles[name], "family", table="styles", row=name)
            yield FormError(error.message, place=place, hint=error.hint)
