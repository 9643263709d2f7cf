"""Pages of a form: binding and gutter, head and foot that may be absent, watermark, fit."""

from __future__ import annotations

from typing import Any

import pytest

from gyomu_docs.errors import FormError
from gyomu_docs.layout import Resolver, load_form
from gyomu_docs.layout.tree import Fit, PageBreak, PageSetup, Section, Watermark
from gyomu_docs.units import mm
from tests.support.documents import FORM_HEAD, form_text
from tests.support.sheets import sheet

TOO_HIGH = "1行の高さがページに対して大きすぎます。"
HEADER = '  header: {left: "{シート名}", style: plain, distance: 5mm}\n'
FOOTER = '  footer: {center: "{page} / {pages}", style: plain, distance: 5mm}\n'


def section(
    page: str = "",
    top: str = "",
    blocks: str = "- spacer: 1mm",
    styles: str = "",
    **changes: Any,
) -> Section:
    """The section of a sheet in a form with these lines in `page` and at its top level."""
    text = form_text(blocks, styles)
    text = text.replace("  margins", f"  {page}\n  margins" if page else "  margins")
    made = load_form(f"{top}\n{text}", "forms/test.yaml")
    return Resolver(made).resolve(sheet(**changes))[0].sections[0]


def page(lines: str = "", **changes: Any) -> PageSetup:
    return section(lines, **changes).page


def error_of(*parts: str, **more: str) -> FormError:
    with pytest.raises(FormError) as caught:
        section(*parts, **more)
    return caught.value


def test_a_form_is_not_bound_unless_it_says_so() -> None:
    made = page()
    assert (made.binding, made.gutter, made.mirrored, made.watermark) == ("none", 0, False, None)


def test_the_gutter_is_part_of_the_margin_at_the_binding() -> None:
    left = page("binding: left\n  gutter: 10mm\n  mirrored: true")
    assert left.margins == (mm(15), mm(15), mm(15), mm(15) + mm(10))
    assert (left.binding, left.gutter, left.mirrored) == ("left", mm(10), True)
    assert left.header_distance == mm(5)


def test_bound_at_the_top_the_header_hangs_below_the_gutter() -> None:
    top = page("binding: top\n  gutter: 10mm")
    assert top.margins == (mm(15) + mm(10), mm(15), mm(15), mm(15))
    assert (top.header_distance, top.footer_distance) == (mm(5) + mm(10), mm(5))


def test_grids_must_fit_beside_the_gutter() -> None:
    wide = "- {grid: 表, columns: [{name: 一, width: 267mm}], rows: [{cells: [{style: plain}]}]}"
    section(blocks=wide)
    error = error_of("binding: left\n  gutter: 1mm", blocks=wide)
    assert error.message == "表の幅（267mm）が、使える幅（266mm）を越えます。"


@pytest.mark.parametrize(("line", "part"), [(HEADER, "header"), (FOOTER, "footer")])
def test_header_and_footer_may_be_left_out(line: str, part: str) -> None:
    text = f"{FORM_HEAD.replace(line, '')}blocks: []\n"
    made = Resolver(load_form(text, "x")).resolve(sheet())[0].sections[0].page
    furniture = getattr(made, part)
    assert (furniture.left, furniture.center, furniture.right) == ((), (), ())
    assert getattr(made, f"{part}_distance") == 0


def test_a_watermark_may_hold_fields() -> None:
    mark = page('watermark: {text: "{年度}案", style: plain}').watermark
    assert isinstance(mark, Watermark)
    assert (mark.text, mark.style.name) == ("R3案", "plain")


def test_a_watermark_without_a_text_is_none() -> None:
    line = 'watermark: {text: "{追加項目.透かし}", style: plain}'
    assert page(line).watermark is None
    marked = page(line, extras={"透かし": "案"}).watermark
    assert marked is not None
    assert marked.text == "案"


HUGE = "huge: {extends: plain, size: 200pt, leading: 200pt}"


def test_a_watermark_may_be_larger_than_any_line() -> None:
    assert error_of(blocks="- spacer: 1mm", styles=HUGE).message == TOO_HIGH
    line = "watermark: {text: 案, style: huge}"
    mark = section(line, styles=HUGE).page.watermark
    assert mark is not None
    assert mark.style.size == 200_000
    for block in (
        "- {heading: 題, style: huge}",
        "- {grid: 表, columns: [{name: 一, width: 90mm}], rows: [{cells: [{style: huge}]}]}",
    ):
        assert error_of(line, blocks=block, styles=HUGE).message == TOO_HIGH


def test_a_sheet_may_have_to_fit_on_so_many_pages() -> None:
    assert section().fit is None
    assert section(top="fit: {pages: 2, height: 80%, size: 87.5%}").fit == Fit(2, 800, 875)
    assert section(top="fit: {pages: 1}").fit == Fit(1, 1000, 1000)


def test_a_page_break_is_a_block() -> None:
    made = section(blocks="- {heading: 一, style: plain}\n- page_break: true\n- spacer: 1mm")
    assert made.blocks[1] == PageBreak()


FAULTS = {
    "gutter": (
        {"page": "gutter: 5mm"},
        "page: gutter（とじしろ）は binding: left か top と一緒に書いてください。",
    ),
    "binding": ({"page": "binding: right"}, "page.binding: none、left、top のどれかを書いて"),
    "mirrored": ({"page": "mirrored: 両面"}, "値「両面」は使えません。true か false を書いて"),
    "too-wide": ({"page": "binding: left\n  gutter: 270mm"}, "余白が広すぎて"),
    "mark-style": ({"page": "watermark: {text: 案, style: plane}"}, "「plain」ではありませんか。"),
    "mark-field": ({"page": "watermark: {text: '{案}', style: plain}"}, "項目「案」はありません。"),
    "mark-text": ({"page": "watermark: {style: plain}"}, "page.watermark.text: この項目がありま"),
    "fit-pages": ({"top": "fit: {pages: 0}"}, "fit.pages: 値「0」は使えません。"),
    "fit-no-pages": ({"top": "fit: {size: 80%}"}, "fit.pages: この項目がありません。"),
    "fit-size": ({"top": "fit: {pages: 1, size: 8pt}"}, "「8pt」は割合ではありません（85% の"),
    "fit-more": ({"top": "fit: {pages: 1, size: 101%}"}, "0% より大きく 100% までの割合"),
    "fit-nothing": ({"top": "fit: {pages: 1, height: 0%}"}, "0% より大きく 100% までの割合"),
    "break": ({"blocks": "- page_break: false"}, "page_break: true と書くか、このブロックを消し"),
    "break-beside": (
        {"blocks": "- beside: [{width: 9mm, blocks: [{page_break: true}]}]"},
        "並べた列（beside）の中では、ページを改められません。",
    ),
}


@pytest.mark.parametrize(("parts", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_its_line(parts: dict[str, str], message: str) -> None:
    error = error_of(**parts)
    assert message in error.message
    assert error.place.file == "forms/test.yaml"
    assert error.place.line is not None
