"""Returned Word drafts as sources, and the forms that they were made in.

What `collect` needs from outside: a draft names its form, and forms lie where `resources` says.
"""

from __future__ import annotations

from gyomu_docs.collect import Collector, Forms, Hints
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


_FIRST_COLLECT = "先に collect で YAML にし、その YAML を指定してください（"
_AS_SOURCES = Hints(
    form=f"{_FIRST_COLLECT}collect には、原稿を作った様式を --layout で指定します）。",
    base=f"{_FIRST_COLLECT}collect には、原稿を作ったときのシートを --base で指定します）。",
)


def read_draft(data: bytes, file: str, layout: str = "") -> tuple[list[Sheet], list[Diagnostic]]:
    """A returned draft as a source (`readers.Reader`): in one of our own forms, or in `layout`.

    That is the form in which the sheet will be printed, so it is taken only for the drafts that
    name it. Raises SourceError for a file that is refused.
    """
    return Collector(_forms_of_sources(layout), hints=_AS_SOURCES).read_sheets(data, file)


def _forms_of_sources(layout: str) -> Forms:
    ours = forms_of_drafts()

    def form(name: str) -> Resolver:
        try:
            return ours(name)
        except KeyError:
            given = forms_of_drafts(layout)(name) if layout else None
            if given is None or given.form.form != name:
                raise
            return given

    return form
