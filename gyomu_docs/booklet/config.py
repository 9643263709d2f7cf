"""`booklet.yaml`: what a booklet holds and how it is numbered. Every key is optional.

In: the text of the file. Out: `BookletConfig`. Keys are Japanese, as staff write them; a wrong one
is told with file, line and the nearest known key.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, ValidationError

from gyomu_docs.booklet.sections import plain_keys
from gyomu_docs.errors import FormError, Place, SheetError, gather
from gyomu_docs.layout.faults import schema_faults
from gyomu_docs.layout.origins import FormTree, mark, origins_of
from gyomu_docs.layout.spec import Spec
from gyomu_docs.model.plain import parse_yaml
from gyomu_docs.units import mm, parse_length

PartName = Literal["表紙", "凡例", "総括", "目次", "本体", "索引", "奥付"]
PARTS: tuple[PartName, ...] = ("表紙", "凡例", "総括", "目次", "本体", "索引", "奥付")
Order = Literal["施策体系順", "組織順", "番号順"]
IndexName = Literal["事業名", "款項目", "指標"]


MOST_GUTTER = 40
"""Millimetres."""
_Names = TypeVar("_Names", bound=tuple[str, ...])


def _once(names: _Names) -> _Names:
    """A part, a contents or an index stands in the booklet once."""
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"「{name}」が{names.count(name)}回あります。1回だけ書いてください。")
    return names


def _checked_gutter(text: str) -> str:
    try:
        length = parse_length(text)
    except ValueError:
        raise ValueError(f"「{text}」は長さではありません。8mm のように書いてください。") from None
    if not 0 <= length <= mm(MOST_GUTTER):
        raise ValueError(f"とじしろは 0mm から {MOST_GUTTER}mm までです。")
    return text


class NumberConfig(Spec):
    """ページ番号."""

    kind: Literal["通し", "部ごと"] = Field("通し", alias="形式")
    """`12`, or `3-2`: the second page of the third sheet."""
    total: bool = Field(True, alias="総数")
    """`12 / 340` rather than `12`, where the forms print `{pages}`."""


class BookletConfig(Spec):
    """All of booklet.yaml."""

    city: str = Field("", alias="市")
    title: str = Field("業務棚卸表", alias="表題")
    subtitle: str = Field("総合計画施策説明表", alias="副題")
    date: str = Field("", alias="発行日")
    """As printed: `令和3年8月`."""
    publisher: str = Field("", alias="発行")
    """The responsible section, as printed."""
    remarks: tuple[str, ...] = Field((), alias="注意書き")
    """Printed in the 奥付."""
    cover_template: str = Field("", alias="表紙のひな形")
    """A file beside booklet.yaml with the text of the 表紙; empty for the one that ships."""
    legend_template: str = Field("", alias="凡例のひな形")
    colophon_template: str = Field("", alias="奥付のひな形")
    form: str = Field("", alias="様式")
    """Of the sheets: a name of layouts/ or a file; empty for the default."""
    parts: Annotated[tuple[PartName, ...], AfterValidator(_once)] = Field(
        PARTS, alias="構成", min_length=1
    )
    """The parts, in order."""
    order: Order = Field("施策体系順", alias="並び")
    """Of the sheets."""
    dividers: bool = Field(True, alias="扉")
    """A page before each 基本目的 and 施策目的, or each department and section in 組織順."""
    contents: Annotated[tuple[Literal["施策体系順", "組織順"], ...], AfterValidator(_once)] = Field(
        ("施策体系順", "組織順"), alias="目次"
    )
    indexes: Annotated[tuple[IndexName, ...], AfterValidator(_once)] = Field(
        ("事業名", "款項目", "指標"), alias="索引"
    )
    numbers: NumberConfig = Field(NumberConfig(), alias="ページ番号")
    both_sides: bool = Field(True, alias="両面")
    """Printed on both sides: mirrored margins, and chapters that start on the right."""
    start_right: tuple[Literal["部", "扉", "シート"], ...] = Field(("部", "扉"), alias="改丁")
    """What starts on a right-hand page, where both sides are printed."""
    binding: Literal["左", "上", "なし"] = Field("左", alias="とじ")
    gutter: Annotated[str, AfterValidator(_checked_gutter)] = Field("8mm", alias="とじしろ")
    affiliations: Annotated[dict[str, str], AfterValidator(plain_keys)] = Field({}, alias="所属")
    """By シートNo., for sheets that do not say."""
    readings: dict[str, str] = Field({}, alias="読み")
    """By 事業名 or 指標, in kana."""
    changes: int = Field(10, alias="増減の件数", ge=0, le=100)
    """How many of the largest changes the 総括 lists."""
    unmeasured: int = Field(100, alias="測定値なしの件数", ge=0)
    """How many of the indicators without a result the 総括 lists; it counts them all."""


def load_config(text: str, file: str) -> BookletConfig:
    """Read booklet.yaml. Raises FormError with file and line for what is wrong in it."""
    try:
        tree: Any = parse_yaml(text, file)
    except SheetError as error:
        raise FormError(error.message, place=error.place, hint=error.hint) from None
    if tree in (None, ""):
        return BookletConfig()
    if not isinstance(tree, dict):
        raise FormError("冊子の設定ファイルではありません。", place=Place(file=file))
    try:
        return BookletConfig.model_validate(tree)
    except ValidationError as error:
        source = FormTree(tree, origins_of(mark(tree, file, text)))
        faults = [fault.error for fault in schema_faults(error, source)]
        raise gather(faults) or faults[0] from None
