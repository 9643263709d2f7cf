"""What the author of a form needs: all its faults at once, and a preview with made-up data."""

from __future__ import annotations

from collections.abc import Iterator

from gyomu_docs.errors import Diagnostic, FontError, FormError, GyomuError, Place
from gyomu_docs.layout import Form
from gyomu_docs.layout.check import check_form
from gyomu_docs.model import FiscalYear, Sheet
from gyomu_docs.model.sheet_file import load_yaml
from gyomu_docs.render import Renderer
from gyomu_docs.resources import Resources


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
    faults: list[GyomuError] = list(check_form(source.text, source.file, resources.form_source))
    if faults:
        return faults, [], None
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
    return faults, found, None if faults else renderer.resolver.form


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
