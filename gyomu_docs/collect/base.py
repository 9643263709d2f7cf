"""Which sheet a returned draft was made from."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from gyomu_docs.collect.expected import Expectation, Expected
from gyomu_docs.collect.form_check import check_form, form_name
from gyomu_docs.errors import Diagnostic, Place, SourceError
from gyomu_docs.layout import Resolver
from gyomu_docs.layout.identity import (
    FORM_ID_PROPERTY,
    identify,
    is_blank,
    is_form_id,
)
from gyomu_docs.model import Edition, FiscalYear, Sheet, blank_sheet
from gyomu_docs.model.sheet_file import load_yaml
from gyomu_docs.readers.docx import ReturnedDocument

Forms = Callable[[str], Resolver]
"""A form by its name; the default one for the empty name. Raises UsageError."""


class Hints(NamedTuple):
    """How to help those whose draft is refused; that depends on the command that reads it."""

    form: str = (
        "原稿を作ったときの様式のファイルを --layout で指定するか、今の様式で原稿を作り直して"
        "ください。"
    )
    base: str = "原稿を作ったときのシートを --base で指定してください。"


DEFAULT_HINTS = Hints()


class Base(NamedTuple):
    """What a draft was made from."""

    sheet: Sheet
    expected: Expected
    blank: bool
    found: list[Diagnostic]
    """What a person must know of how it was found."""


class Bases:
    """Finds the base of each draft."""

    def __init__(self, forms: Forms, edition: Edition | None, hints: Hints) -> None:
        """`edition` is what `--base` gives: drafts of anything else are refused."""
        self._forms = forms
        self._hints = hints
        self._edition = edition
        self._expectations: dict[str, Expectation] = {}
        self._by_form_id: dict[str, Sheet] = {}
        for sheet in edition or ():
            self._by_form_id[identify(sheet, "").form_id] = sheet

    def find(self, returned: ReturnedDocument) -> Base:
        """The base of a draft.

        Raises SourceError where it is unknown, or not in the edition, and for a draft that was
        made in another form than it is read in.
        """
        form_id = _form_id(returned)
        expectation = self._expectation(form_name(returned), returned.file)
        blank = is_blank(form_id)
        if blank:
            # It has rows to fill in, but no items yet, and no number.
            year = _year(returned, form_id)
            sheet = Sheet.model_construct(fiscal_year=year, number="")
            expected = expectation.of(sheet, blank_sheet(year))
        else:
            sheet = self._sheet(returned, form_id)
            expected = expectation.of(sheet)
        found = check_form(returned, expected, expectation.form, self._hints.form)
        return Base(sheet, expected, blank, found)

    def _sheet(self, returned: ReturnedDocument, form_id: str) -> Sheet:
        if self._edition is not None:
            return self._of_edition(returned, form_id)
        snapshot = returned.snapshot
        if snapshot is None:
            raise SourceError(
                "原稿の元のシートが分かりません（ファイルの中の控えが失われています）。",
                place=Place(file=returned.file),
                hint=self._hints.base,
            )
        return load_yaml(snapshot.yaml, returned.file)[0]

    def _of_edition(self, returned: ReturnedDocument, form_id: str) -> Sheet:
        """The sheet of the edition that the draft was made from, known by its form id."""
        sheet = self._by_form_id.get(form_id)
        if sheet is not None:
            return sheet
        raise SourceError(
            self._why_not(form_id),
            place=Place(file=returned.file),
            hint=self._hints.base,
        )

    def _why_not(self, form_id: str) -> str:
        year, number, _ = form_id.split("-", 2)
        same = [one for one in self._by_form_id if one.startswith(f"{year}-{number}-")]
        if same:
            label = self._by_form_id[same[0]].label
            return f"--base の {label} は、原稿（様式ID {form_id}）の元のシートと内容が違います。"
        years = {one.partition("-")[0] for one in self._by_form_id}
        if year not in years:
            return f"{year}年度の原稿です（--base は {'、'.join(sorted(years))}年度）。"
        return f"シートNo.{number.lstrip('0')} の原稿ですが、--base にそのシートがありません。"

    def _expectation(self, form: str, file: str) -> Expectation:
        expectation = self._expectations.get(form)
        if expectation is None:
            try:
                resolver = self._forms(form)
            except KeyError:
                raise SourceError(
                    f"原稿の様式「{form}」がありません。",
                    place=Place(file=file),
                    hint=self._hints.form,
                ) from None
            expectation = self._expectations[form] = Expectation(resolver)
        return expectation


def _form_id(returned: ReturnedDocument) -> str:
    """The form id, from the first place that has one. Raises SourceError where none has."""
    snapshot = returned.snapshot
    said = (
        snapshot.form_id if snapshot else "",
        returned.properties.get(FORM_ID_PROPERTY, ""),
        returned.form_id,
    )
    found = next(filter(is_form_id, said), "")
    if not found:
        raise SourceError(
            "業務棚卸表の原稿ではありません（様式ID がありません）。",
            place=Place(file=returned.file),
            hint="draft で作り、各課から返送された Word のファイルを指定してください。",
        )
    return found


def _year(returned: ReturnedDocument, form_id: str) -> FiscalYear:
    """The year of a blank draft."""
    try:
        return FiscalYear.parse(form_id.partition("-")[0])
    except ValueError as fault:
        raise SourceError(
            f"様式ID「{form_id}」の年度が読めません（{fault}）。", place=Place(file=returned.file)
        ) from None
