"""Returned Word drafts as sources, and the forms that they were made in.

What `collect` needs from outside: a draft names its form, and forms lie where `resources` says.
"""

from __future__ import annotations

from gyomu_docs.collect import Collector, Forms
from gyomu_docs.errors import Diagnostic
from gyomu_docs.layout import Resolver, load_form
from gyomu_docs.model import Sheet
from gyomu_docs.resources import DEFAULT_FORM, find_resources


def forms_of_drafts(layout: str = "") -> Forms:
    """Forms by the names that drafts carry; `layout` (a name or a file) is taken for all of them.

    A draft may come from anywhere, so it names one of our forms, never a file.
    """
    resources = find_resources()

    def form(name: str) -> Resolver:
        if not layout and name and name not in resources.form_names():
            raise KeyError(name)
        source = resources.form_source(layout or name or DEFAULT_FORM)
        return Resolver(load_form(source.text, source.file, resources.form_source))

    return form


def read_draft(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """A returned draft as a source, in one of our own forms (`readers.Reader`).

    Raises SourceError for a file that is refused.
    """
    return Collector(forms_of_drafts()).read_sheets(data, file)
