"""What the form of a 新旧対照表 decides beside its looks: `options` of the form.

Authorities disagree on every point, so each is an option. The texts that are blank by default are
those of the form that ships: a form that extends it leaves one out by a key with nothing behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias, TypeVar

from pydantic import ValidationError

from gyomu_docs.errors import FormError
from gyomu_docs.layout import Form
from gyomu_docs.layout.spec import Spec
from gyomu_docs.model import FiscalYear

Order: TypeAlias = Literal["new-old", "old-new"]
T = TypeVar("T")

_YEAR = "{年度}"


class TableOptions(Spec):
    """How a 新旧対照表 is made."""

    order: Order = "new-old"
    """Which edition stands to the left."""
    new_label: str = "改正後（{年度}年度）"
    """Head of the column of the new edition; `{年度}` is its year. 新, 改正案 and the like."""
    old_label: str = "改正前（{年度}年度）"
    within_year_new_label: str = "変更後"
    """Head of the same column where both editions are of one year and `new_label` has the year."""
    within_year_old_label: str = "変更前"
    added: str = ""
    """Beside what is new: （新設）."""
    removed: str = ""
    """Beside what is gone: （削る）."""
    omitted: str = ""
    """For what did not change: （略）; blank leaves it out."""
    blank: str = ""
    """For a field that is blank on one side alone, so that it is not taken for an oversight."""
    pad: bool = False
    """Blanks of the same length, underlined, stand where the other side has something more."""
    changed_remark: str = "変更"
    moved_remark: str = "移動"
    added_remark: str = "新設"
    removed_remark: str = "削除"
    legend: str = ""
    """How the report is to be read, on its first page."""

    def ordered(self, new: T, old: T) -> tuple[T, T]:
        """What stands to the left, and what to the right."""
        return (new, old) if self.order == "new-old" else (old, new)

    def heads(
        self, news: Sequence[FiscalYear], olds: Sequence[FiscalYear], form: Form
    ) -> tuple[str, str]:
        """The heads of the columns, the left one first, for editions of these years."""
        new, old = self.new_label, self.old_label
        if news and tuple(news) == tuple(olds):
            # Two heads with one year would be the same, or tell of two years where there is one.
            new = self.within_year_new_label if _YEAR in new else new
            old = self.within_year_old_label if _YEAR in old else old
        return self.ordered(with_years(new, news, form), with_years(old, olds, form))


def table_options(form: Form, order: Order | None = None) -> TableOptions:
    """The options of a form; `order` is that of the command line, if one is given there.

    Raises FormError with file and line of the key that is wrong.
    """
    given = form.options if order is None else {**form.options, "order": order}
    try:
        return TableOptions.model_validate(given)
    except ValidationError as error:
        fault = error.errors()[0]
        key = str(fault["loc"][0]) if fault["loc"] else ""
        message = f"options.{key}: {_reason(fault['type'], fault['msg'])}"
        raise FormError(message, place=form.place(form, "options")) from None


def with_years(label: str, years: Sequence[FiscalYear], form: Form) -> str:
    """The head of a column: the years as the form prints years, nothing where there is none."""
    if not years:
        return label.replace(f"（{_YEAR}年度）", "").replace(_YEAR, "")
    plain = "・".join(year.label(form.year_style) for year in years)
    return label.replace(f"{_YEAR}年度", in_full(years, form)).replace(_YEAR, plain)


def in_full(years: Sequence[FiscalYear], form: Form) -> str:
    """Years with 年度 behind each of them: `R2年度・R3年度`."""
    return "・".join(_in_full(year.label(form.year_style)) for year in years)


def _in_full(year: str) -> str:
    return year if year.endswith("年度") else f"{year}年度"


def _reason(kind: str, message: str) -> str:
    match kind:
        case "literal_error":
            return "new-old か old-new と書いてください。"
        case "bool_parsing" | "bool_type":
            return "true か false と書いてください。"
        case "string_type":
            return "文字で書いてください。"
        case _:
            return message
