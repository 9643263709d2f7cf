"""A form: what a YAML file in layouts/ says, checked before anything is set.

In: the text of a form, and a way to find the form that it extends. Out: `Form`, whose lengths are
`units.Length`; paths and spans are checked when a `Resolver` compiles it. README, "様式を作る",
shows one in use.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from pydantic import Field, PrivateAttr, ValidationError

from gyomu_docs.errors import Place
from gyomu_docs.layout.blocks import BlockSpec
from gyomu_docs.layout.faults import Faults, schema_faults
from gyomu_docs.layout.inheritance import CHANGES, FindForm, read_form
from gyomu_docs.layout.measures import Color, EdgesField, LengthField, PositiveLength
from gyomu_docs.layout.origins import FormTree, Origins
from gyomu_docs.layout.page import FitSpec, PageSpec
from gyomu_docs.layout.spec import Spec
from gyomu_docs.layout.tree import Align, Kinsoku, Orientation, VAlign
from gyomu_docs.model.fiscal_year import YearStyle


class StyleSpec(Spec):
    """A named style; what it leaves out comes from `extends`."""

    extends: str | None = None
    family: str | None = None
    bold: bool | None = None
    size: PositiveLength | None = None
    leading: PositiveLength | None = None
    align: Align | Literal["number"] | None = None
    valign: VAlign | None = None
    padding: EdgesField | None = None
    indent: LengthField | None = None
    first_indent: LengthField | None = None
    fill: Color | None = None
    color: Color | None = None
    vertical: bool | None = None
    shrink: bool | None = None
    lines: int | None = Field(None, ge=1, le=100)
    floor: PositiveLength | None = None
    kinsoku: Kinsoku | None = None
    compress: bool | None = None
    combine: int | None = Field(None, ge=0, le=4)
    orientation: Orientation | None = None


class Form(Spec):
    """A whole form, with all that it takes from others."""

    told_keys: ClassVar[tuple[str, ...]] = CHANGES

    form: str
    """Its name: that of the file without `.yaml`."""
    title: str
    """What it is, for the list of forms."""
    extends: str = ""
    """The form that it is based on."""
    year_style: YearStyle = "short"
    page: PageSpec
    fit: FitSpec | None = None
    document_title: str
    section_title: str
    bookmark: str = ""
    author: str = ""
    subject: str = ""
    left_out: list[str] = []
    """What of a sheet it does not show on purpose, by path (`人工`, `行政活動.備考`)."""
    styles: dict[str, StyleSpec]
    blocks: list[BlockSpec]
    options: dict[str, Any] = {}
    """What else the maker of a report lets its form decide; the report knows the keys."""

    _origins: Origins = PrivateAttr(default_factory=Origins)

    def place(self, at: Spec, key: str = "", **names: str) -> Place:
        """Where a part of this form stands: file and line of its `key`, with the names given.

        What was taken from another form stands in that one's file.
        """
        path = _path_to(self, at) or ()
        place = self._origins.place((*path, key) if key else path)
        return Place(file=place.file or self.form, line=place.line, **names)


def _path_to(value: object, target: Spec) -> tuple[str | int, ...] | None:
    """The keys and indices that lead from `value` to `target`, the very same object."""
    if value is target:
        return ()
    steps: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Spec):
        steps = ((name, getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, dict):
        steps = value.items()
    elif isinstance(value, list):
        steps = enumerate(value)
    for step, inner in steps:
        path = _path_to(inner, target)
        if path is not None:
            return (step, *path)
    return None


def load_form(text: str, file: str, find: FindForm | None = None) -> Form:
    """Read and check a form; `find` gets the forms that it extends.

    Raises FormError that names file, line, grid and cell of the first fault.
    """
    faults = Faults()
    source = read_form(text, file, find, faults)
    faults.raise_first()
    form = form_of(source, faults)
    faults.raise_first()
    assert form is not None
    return form


def form_of(source: FormTree, faults: Faults) -> Form | None:
    """The form of a tree; None where it has faults, which are added."""
    try:
        form = Form.model_validate(source.tree)
    except ValidationError as error:
        for fault in schema_faults(error, source):
            faults.add(fault.error)
        return None
    form._origins = source.origins
    return form
