"""A form that extends another: what it takes, what it changes, and whose file a fault names."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from gyomu_docs.errors import FormError, Place, UsageError
from gyomu_docs.layout import Form, Resolver, load_form
from gyomu_docs.layout.blocks import BesideSpec, GridSpec, SpacerSpec, block_name
from gyomu_docs.units import mm, pt
from tests.support.documents import form_text

BASE = form_text(
    """\
    - {heading: 題, style: plain}
    - spacer: 2mm
    - beside:
        - width: 60mm
          blocks:
            - grid: 人工
              columns: [{name: 正規, width: 30mm}]
              rows: [{height: 10pt, cells: [{field: 人工.このシート.正規, style: plain}]}]
        - width: 60mm
          blocks: []
      gap: 5mm
    - spacer: 3mm
    - grid: 予算
      columns: [{name: 款, width: 20mm}, {name: "{年}", width: 10mm, years: 2}]
      outer: 1pt
      rows:
        - cells: [{label: 款, style: plain}, {label: "{年}", style: plain, years: 2}]
    - {field: 注記, style: plain}
    """,
    "label: {extends: plain, fill: '#112233', padding: [1pt, 2pt], floor: 5pt}",
)
HEAD = "form: mine\ntitle: 自分の様式\nextends: base\n"


def load(child: str, **forms: str) -> Form:
    """The form of `child`; `forms` are what it can find, `base` among them."""
    known = {"base": BASE, **forms}

    def find(name: str, asked_by: str) -> tuple[str, str]:
        if name not in known:
            raise UsageError(f"様式「{name}」はありません。", hint="ヒント")
        return known[name], f"forms/{name}.yaml"

    made = load_form(HEAD + dedent(child), "forms/mine.yaml", find)
    Resolver(made)
    return made


def error_of(child: str, **forms: str) -> FormError:
    with pytest.raises(FormError) as caught:
        load(child, **forms)
    return caught.value


def line_in(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def names(form: Form) -> list[str]:
    """The names of the blocks, `-` for a space."""
    return [
        "-" if isinstance(block, SpacerSpec) else block_name(block.model_dump(exclude_none=True))
        for block in form.blocks
    ]


def grid(form: Form, name: str) -> GridSpec:
    blocks: list[Any] = list(form.blocks)
    for block in form.blocks:
        if isinstance(block, BesideSpec):
            blocks += [inner for column in block.beside for inner in column.blocks]
    return next(one for one in blocks if isinstance(one, GridSpec) and one.grid == name)


def test_a_form_takes_everything_but_its_name() -> None:
    made, base = load(""), load_form(BASE, "forms/base.yaml")
    assert (made.form, made.title, made.extends) == ("mine", "自分の様式", "base")
    same = ("page", "styles", "blocks", "document_title", "section_title")
    assert [getattr(made, key) for key in same] == [getattr(base, key) for key in same]


def test_a_form_must_have_a_name_of_its_own() -> None:
    with pytest.raises(FormError, match=r"^forms/b.yaml 1行目: title: この項目がありません。"):
        load_form("form: b\nextends: base\n", "forms/b.yaml", lambda name, by: (BASE, "base.yaml"))


def test_mappings_are_merged_key_by_key() -> None:
    made = load("""
        document_title: 別の題
        page: {orientation: portrait, header: {left: 左}}
        styles: {label: {size: 9pt}, new: {extends: label}}
        """)
    assert made.document_title == "別の題"
    assert (made.page.size, made.page.orientation) == ("A4", "portrait")
    assert made.page.header is not None
    assert (made.page.header.left, made.page.header.distance) == ("左", mm(5))
    label = made.styles["label"]
    assert (label.size, label.fill, label.extends) == (pt(9), 0x112233, "plain")
    assert list(made.styles) == ["plain", "number", "label", "new"]


def test_a_key_with_nothing_behind_it_takes_away_what_the_base_has() -> None:
    made = load("page: {header: }\nstyles: {label: {fill: , floor: }}")
    assert made.page.header is None
    assert (made.styles["label"].fill, made.styles["label"].floor) == (None, None)


def test_blocks_are_replaced_as_a_whole() -> None:
    assert names(load("blocks: [{paragraph: 文, style: plain}]")) == ["文"]


BLOCK_CHANGES = {
    "replace": (
        "replace: {予算: {paragraph: 文, style: plain}}",
        ["題", "-", "", "-", "文", "注記"],
    ),
    "replace-by-many": (
        "replace: {題: [{spacer: 1mm}, {spacer: 1mm}]}",
        ["-", "-", "-", "", "-", "予算", "注記"],
    ),
    "remove-with-its-space": ("remove: [予算]", ["題", "-", "", "注記"]),
    "remove-without-space": ("remove: [題, 注記]", ["-", "", "-", "予算"]),
    "before": ("before: {予算: {page_break: true}}", ["題", "-", "", "-", "", "予算", "注記"]),
    "after": (
        "after: {予算: [{spacer: 1mm}, {paragraph: 文, style: plain}]}",
        ["題", "-", "", "-", "予算", "-", "文", "注記"],
    ),
    "together": (
        "remove: [予算]\nafter: {予算: {paragraph: 文, style: plain}}",
        ["題", "-", "", "文", "注記"],
    ),
}


@pytest.mark.parametrize(("child", "expected"), BLOCK_CHANGES.values(), ids=BLOCK_CHANGES)
def test_single_blocks_are_changed_by_name(child: str, expected: list[str]) -> None:
    assert names(load(child)) == expected


def test_a_block_beside_others_is_found_as_well() -> None:
    (beside,) = (one for one in load("remove: [人工]").blocks if isinstance(one, BesideSpec))
    assert [len(column.blocks) for column in beside.beside] == [0, 0]


def test_parts_of_a_grid_are_changed() -> None:
    changed = grid(
        load("""
        grids:
          予算: {columns: {"{年}": 15mm}, outer: 2pt, bookmark: しおり}
          人工:
            columns: [{name: 一, width: 20mm}, {name: 二, width: 20mm}]
            rows: [{cells: [{label: 一, style: plain}, {label: 二, style: plain}]}]
        """),
        "予算",
    )
    assert [column.width for column in changed.columns] == [mm(20), mm(15)]
    assert (changed.outer, changed.bookmark, len(changed.rows)) == (pt(2), "しおり", 1)
    staff = grid(load("grids: {人工: {columns: [{name: 一, width: 25mm}]}}"), "人工")
    assert [(column.name, column.width) for column in staff.columns] == [("一", mm(25))]


def test_all_lengths_of_the_base_are_scaled_but_rules() -> None:
    made, base = load("scale: 50%\nstyles: {label: {floor: 7pt}}"), load("")
    assert made.page.margins == (42_520 // 2,) * 4
    assert made.page.header is not None
    assert made.page.header.distance == 7_086  # 14,173 / 2, to the even
    assert (made.styles["plain"].size, made.styles["label"].padding) == (4_000, (500, 1000) * 2)
    assert made.styles["label"].floor == pt(7)
    assert grid(made, "人工").rows[0].height == pt(5)
    assert grid(made, "予算").outer == grid(base, "予算").outer == pt(1)
    widths = [[column.width for column in grid(one, "予算").columns] for one in (base, made)]
    assert widths[1] == [round(width / 2) for width in widths[0]]


def test_forms_may_be_based_on_forms_that_are_based_on_others() -> None:
    middle = "form: middle\ntitle: 中\nextends: base\nscale: 200%\nremove: [人工]\n"
    made = load("extends: middle\nscale: 50%".replace("extends: middle\n", ""), middle=middle)
    assert made.styles["plain"].size == pt(4)
    chained = load_form(
        "form: mine\ntitle: 孫\nextends: middle\nscale: 50%\n",
        "forms/mine.yaml",
        lambda name, by: ({"base": BASE, "middle": middle}[name], f"forms/{name}.yaml"),
    )
    assert chained.styles["plain"].size == pt(8)
    assert "人工" not in names(chained)


FAULTS = {
    "no-such-form": ("extends: bas", "extends: 様式「bas」はありません。", 3),
    "list": ("extends: [base]", "extends: 様式の名前かファイルを一つ書いてください。", 3),
    "itself": ("extends: mine", "輪になっています（mine.yaml → mine.yaml）。", 3),
    "block": ("remove: [注意]", "remove.注意: もとの様式に「注意」はありません。「注記」では", 4),
    "block-far": ("remove: [xyz]", "「xyz」はありません。あるもの: 題、人工、予算、注記", 4),
    "column": ("grids: {予算: {columns: {項: 1mm}}}", "grids.予算: 列「項」はありません。", 4),
    "no-grid": ("grids: {注記: {outer: 1pt}}", "grids.注記: 表（grid）ではありません。", 4),
    "grid-key": ("grids: {予算: {width: 1pt}}", "grids.予算.width: 項目「width」は使えません。", 4),
    "grid-width": ("grids: {予算: {columns: {款: 1}}}", "「1」は長さではありません", 4),
    "remove-shape": ("remove: 予算", "remove: 「- 」で始まる並びで書いてください。", 4),
    "scale": ("scale: 2", "scale: 「2」は割合ではありません", 4),
    "scale-huge": ("scale: 9999%", "scale: 10% から 1000% までの倍率", 4),
    "inserted": ("after: {予算: {grid: 表}}", "after.予算.columns: この項目がありません。", 4),
    "misspelt": ("replase: {}", "項目「replase」は使えません。「replace」ではありませんか。", 4),
}


@pytest.mark.parametrize(("child", "message", "line"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_changes_names_the_form_and_its_line(
    child: str, message: str, line: int
) -> None:
    head = HEAD.replace("extends: base\n", "") if child.startswith("extends") else HEAD
    text = head + child

    def find(name: str, asked_by: str) -> tuple[str, str]:
        if name == "mine":
            return text, "forms/mine.yaml"
        if name != "base":
            raise UsageError(f"様式「{name}」はありません。")
        return BASE, "forms/base.yaml"

    with pytest.raises(FormError) as caught:
        Resolver(load_form(text, "forms/mine.yaml", find))
    assert message in caught.value.message
    assert (caught.value.place.file, caught.value.place.line) == ("forms/mine.yaml", line)


def test_bases_in_a_loop_are_refused() -> None:
    other = "form: other\ntitle: 他\nextends: base\n"
    error = error_of("", base=BASE + "extends: other\n", other=other)
    assert error.message == (
        "extends: もとの様式が輪になっています（base.yaml → other.yaml → base.yaml）。"
    )
    assert error.place == Place("forms/other.yaml", 3)
    assert "extends" in error.hint


def test_bases_without_end_are_refused() -> None:
    count = iter(range(100))
    with pytest.raises(FormError, match="もとの様式が10段を越えて続いています。"):
        load_form(HEAD, "mine.yaml", lambda name, by: (HEAD, f"{next(count)}.yaml"))


def test_a_name_that_two_blocks_have_is_refused() -> None:
    twice = BASE + "  - {field: 注記, style: plain}\n"
    error = error_of("remove: [注記]", base=twice)
    assert error.message.endswith("もとの様式に「注記」が2つあり、どれか決まりません。")


def test_a_table_may_have_the_name_of_its_heading() -> None:
    titled = BASE + "  - {heading: 予算, level: 2, style: plain}\n"
    made = load("grids: {予算: {outer: 2pt}}", base=titled)
    assert grid(made, "予算").outer == pt(2)


def test_changes_without_a_base_are_refused() -> None:
    with pytest.raises(FormError, match="scale: extends（もとにする様式）と一緒に使ってください。"):
        load_form(BASE + "scale: 50%\n", "forms/base.yaml")


def test_without_a_finder_no_form_can_be_extended() -> None:
    with pytest.raises(FormError, match="ここではほかの様式を読めません。"):
        load_form(HEAD, "forms/mine.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("label: 款, style: plain", "label: 款, style: plane"),  # seen when it is compiled
        ("label: 款, style", "label: 款, styl"),  # seen by the schema
    ],
)
def test_a_fault_in_an_inherited_part_names_the_file_and_line_of_the_base(
    old: str, new: str
) -> None:
    base = BASE.replace(old, new)
    error = error_of("remove: [題]\nstyles: {label: {size: 9pt}}", base=base)
    place = error.place
    assert (place.file, place.line) == ("forms/base.yaml", line_in(base, new))
    assert (place.table, place.row) == ("予算", "1")


def test_a_syntax_error_in_the_base_names_the_base() -> None:
    assert error_of("", base="form: [").place.file == "forms/base.yaml"


def test_a_fault_in_a_replaced_row_names_the_form_that_replaces() -> None:
    child = "grids:\n  予算:\n    rows:\n      - cells: [{label: 款, style: plane, cols: 3}]\n"
    error = error_of(child)
    assert (error.place.file, error.place.line) == ("forms/mine.yaml", 7)
    assert (error.place.table, error.place.row, error.place.column) == ("予算", "1", "1 款")
