"""Word drafts for revision: a sheet laid out, with its identity, in a file that tracks changes.

What comes back is known by that identity (`layout.identity`) and compared with the snapshot of the
sheet that the draft carries.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout import Form
from gyomu_docs.layout.fingerprint import fingerprint
from gyomu_docs.layout.identity import Identity, identify, identify_blank
from gyomu_docs.layout.tree import Document
from gyomu_docs.model import FiscalYear, Sheet, blank_sheet
from gyomu_docs.render import Renderer
from gyomu_docs.writers.docx import DocxOptions, write_docx


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftOptions:
    """How drafts are made."""

    force_tracking: bool = False
    """Nobody can switch the tracking of changes off by accident; there is no password."""
    scrub: bool = False
    """For readers outside of the city: no author, date and snapshot in the file, and Word forgets
    who made a change when it is saved. What comes back is compared with a base given to it."""


DEFAULTS = DraftOptions()


def own_form(renderer: Renderer) -> Form:
    """The form of drafts. Raises FormError for one with the name of another that ships."""
    if renderer.name_taken is not None:
        raise renderer.name_taken
    return renderer.resolver.form


def draft(
    renderer: Renderer, sheet: Sheet, options: DraftOptions = DEFAULTS
) -> tuple[bytes, list[Diagnostic]]:
    """The draft of a sheet as a Word file, and what its form leaves out of it.

    Raises MissingGlyphError, with its place, for a character that a Word file cannot hold, and
    FormError for a form that would be taken for another when the draft comes back.
    """
    form = own_form(renderer)
    document, left_out = renderer.document(sheet)
    identity = identify(sheet, form.form, fingerprint(form))
    return _written(document, identity, options), left_out


def draft_blank(renderer: Renderer, year: FiscalYear, options: DraftOptions = DEFAULTS) -> bytes:
    """The draft of a new sheet: the form of that year with empty rows. Raises as `draft` does."""
    form = own_form(renderer)
    sheet = blank_sheet(year)
    document, _ = renderer.document(sheet)
    return _written(document, identify_blank(sheet, form.form, fingerprint(form)), options)


def _written(document: Document, identity: Identity, options: DraftOptions) -> bytes:
    if options.scrub:
        identity = replace(identity, snapshot=b"")
        document = replace(document, author="", date="")
    out = io.BytesIO()
    write_docx(
        replace(document, identity=identity),
        out,
        DocxOptions(force_tracking=options.force_tracking, anonymous=options.scrub),
    )
    return out.getvalue()
