"""The forms and the text templates of a booklet's parts, loaded once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gyomu_docs.layout import Form, load_form
from gyomu_docs.layout.inheritance import FindForm

FOLDER = "booklet"
"""Below layouts/."""
PORTRAIT = "portrait"
"""Below that: the same parts on paper that stands."""
FORM_NAMES = ("cover", "legend", "summary", "contents", "divider", "index", "colophon", "packet")
TEXT_NAMES = ("cover", "legend", "colophon")
"""Parts that a template says the text of."""


class TextTemplate(NamedTuple):
    """A Jinja2 template, and the file that messages name."""

    text: str
    file: str


@dataclass(frozen=True, slots=True)
class BookletForms:
    """What the parts look like, by the names of their files."""

    forms: Mapping[str, Form]
    templates: Mapping[str, TextTemplate]


def load_booklet_forms(
    find_form: FindForm, find_text: Callable[[str], tuple[str, str]], *, portrait: bool = False
) -> BookletForms:
    """Load what layouts/booklet/ holds; `portrait`, for a book whose sheets are.

    `find_form` gets text and file of a form, as for `load_form`, and `find_text` those of a
    template (`booklet/cover.txt`): `Resources.form_source` and `Resources.template_source`.
    Raises FormError for a form that is wrong, and what the finders raise.
    """
    forms = {}
    folder = f"{FOLDER}/{PORTRAIT}" if portrait else FOLDER
    for name in FORM_NAMES:
        text, file = find_form(f"{folder}/{name}", "")
        forms[name] = load_form(text, file, find_form)
    templates = {name: TextTemplate(*find_text(f"{FOLDER}/{name}.txt")) for name in TEXT_NAMES}
    return BookletForms(forms, templates)
