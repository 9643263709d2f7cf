"""Each part as a section: what is written in it, its anchor and its bookmarks; and all on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gyomu_docs.booklet.book import Book
from gyomu_docs.booklet.parts import PartMaker, TextTemplate
from gyomu_docs.errors import FormError
from gyomu_docs.layout.tree import (
    Document,
    EntryList,
    Grid,
    Heading,
    PageNumber,
    Reference,
    Section,
)
from gyomu_docs.render import Renderer
from gyomu_docs.resources import find_resources
from gyomu_docs.typeset.paginate import Typesetter
from gyomu_docs.writers.pdf import write_pdf
from tests.support.booklets import (
    at,
    at_part,
    book,
    facts_of,
    forms,
    maker,
    placed_sheet,
    seed_book,
    table,
    written,
)


def sections(made: Book) -> list[Section]:
    """All parts of a book but its sheets."""
    parts, facts = maker(made), facts_of(made)
    return [
        parts.cover(),
        parts.legend(),
        parts.summary(facts, at),
        parts.contents(facts, at, at_part),
        *(parts.divider(one, at, at_part) for one in made.dividers),
        parts.index(facts, at),
        parts.colophon(),
    ]


def summary(made: Book) -> Section:
    return maker(made).summary(facts_of(made), at)


def headings(section: Section) -> list[str]:
    return [block.text for block in section.blocks if isinstance(block, Heading)]


def grid_names(section: Section) -> list[str]:
    return [block.name for block in section.blocks if isinstance(block, Grid)]


def test_every_part_has_its_anchor_and_its_bookmark() -> None:
    assert [(one.anchor, one.bookmark) for one in sections(seed_book())] == [
        ("part-cover", "表紙"),
        ("part-legend", "凡例"),
        ("part-summary", "総括"),
        ("part-contents", "目次"),
        ("d1-1", "VIII まちづくりのしくみが整い発展できるまち"),
        ("d2-1", "27 高品質で生産性の高い行政活動が展開されているまちになる"),
        ("part-index", "索引"),
        ("part-colophon", "奥付"),
    ]


def test_all_but_the_cover_have_page_numbers() -> None:
    numbers = [PageNumber("page") in one.page.footer.center for one in sections(seed_book())]
    assert numbers == [False, *[True] * 7]


def test_heads_begin_with_the_city_or_else_with_the_title() -> None:
    heads = [
        maker(book(placed_sheet("1"), 市=city)).legend().page.header.left for city in ("見本市", "")
    ]
    assert heads == [("見本市　業務棚卸表　令和3年度",), ("業務棚卸表　令和3年度",)]


def test_the_cover_shows_the_configuration_line_by_line() -> None:
    made = book(
        placed_sheet("1"),
        市="見本市",
        表題="業務\n棚卸表",
        発行日="令和3年8月",
        発行="企画課\n行革係",
    )
    assert written(maker(made).cover()) == [
        *("令和3年度", "業務", "棚卸表", "（総合計画施策説明表）"),
        *("令和3年8月", "見本市", "企画課", "行革係"),
    ]


def test_what_is_not_configured_leaves_no_trace() -> None:
    parts = maker(book(placed_sheet("1"), 副題=""))
    assert written(parts.cover()) == ["令和3年度", "業務棚卸表"]
    assert written(parts.colophon()) == ["業務棚卸表", "令和3年度"]


def test_the_colophon_has_date_publisher_and_remarks() -> None:
    made = book(
        placed_sheet("1"), 市="見本市", 発行="企画課", 発行日="令和3年8月", 注意書き=["一", "二"]
    )
    assert written(maker(made).colophon())[2:] == [
        "発行日　令和3年8月", "発　行　見本市　企画課", "・一", "・二",
    ]  # fmt: skip


def test_the_legend_explains_every_mark() -> None:
    text = "\n".join(written(maker(seed_book()).legend()))
    for words in ("○|", "△|", "×|", "↑　→　↓|", "0|", "-|", "空欄|", "千円", "四捨五入"):
        assert words in text, words
    for words in ("令和元年度", "2019年4月", "人工", "再掲", "業務棚卸表4枚"):
        assert words in text, words


def test_the_summary_prints_amounts_with_commas_and_triangles() -> None:
    made = summary(seed_book())
    assert table(made, "組織別")[0] == [
        *("計画全体", "4", "9.0", "1.0", "0.0", "92,717"),
        *("40", "0", "7", "12", "0", "85.1%", "6"),
    ]
    assert table(made, "決算と予算の差")[0] == [
        *("ふるさと納税事業", "No.3 組織の方針", "39,820", "11,198", "△28,622", "△71.9%", "10"),
    ]
    assert table(made, "款項目別の予算")[0] == ["2", "1", "6", "政策調整推進事業", "1,027", "1.1%"]
    assert table(made, "款項目別の予算")[-1] == ["合計", "92,717", ""]


def test_the_summary_prints_both_readings() -> None:
    rows = table(summary(seed_book()), "重ねて載る事業（再掲）")
    assert rows[0][4:] == ["2,024", "1,027", "No.3 組織の方針", "1,027", "30", "10"]
    assert rows[1:] == [["No.4 行政改革", "940", "940", "20"], ["No.5 広域行政", "57", "57", "30"]]


def test_pages_in_the_summary_are_links() -> None:
    grid = next(
        one
        for one in summary(seed_book()).blocks
        if isinstance(one, Grid) and one.name == "測定値のない指標"
    )
    assert [row.cells[-1].link for row in grid.rows[1:]] == [
        *("sheet-0", "sheet-2", "sheet-2", "sheet-3", "sheet-3", "sheet-3")
    ]


def test_a_table_without_a_row_says_so() -> None:
    made = summary(seed_book())
    texts = written(made)
    at_heading = texts.index("人工の合算とシートの記載との相違")
    assert texts[at_heading + 1] == "該当はありません。"
    assert "人工の相違" not in grid_names(made)


@pytest.mark.parametrize(
    ("key", "name"), [("増減の件数", "決算と予算の差"), ("測定値なしの件数", "測定値のない指標")]
)
def test_a_list_that_nobody_wants_is_not_there_at_all(key: str, name: str) -> None:
    made = summary(book(*seed_book().sheets, **{key: 0}))
    assert "" not in headings(made)
    assert "該当はありません。" not in written(made)
    assert name not in grid_names(made)


def test_tables_of_the_summary_repeat_their_headers() -> None:
    grids = [one for one in summary(seed_book()).blocks if isinstance(one, Grid)]
    assert len(grids) == 6
    assert all(grid.header_rows for grid in grids)


def test_contents_have_both_orders_with_bookmarks() -> None:
    made = maker(seed_book()).contents(facts_of(seed_book()), at, at_part)
    marks = [one.bookmark for one in made.blocks if isinstance(one, Heading) and one.bookmark]
    assert marks == ["目次（施策体系順）", "目次（組織順）"]
    assert [one.name for one in made.blocks if isinstance(one, EntryList)] == [
        *("この冊子の構成", "目次（施策体系順）", "目次（組織順）")
    ]


def test_contents_of_a_booklet_without_sheets_list_the_parts_alone() -> None:
    made = book(placed_sheet("1"), 構成=["目次", "総括"])
    section = maker(made).contents(facts_of(made), at, at_part)
    assert written(section) == ["目次", "総括"]


def test_an_index_without_a_term_says_so() -> None:
    made = book(placed_sheet("1", budget=(), purposes=(), activities=()), 索引=["款項目"])
    assert written(maker(made).index(facts_of(made), at)) == [
        "索引",
        "款項目",
        "該当はありません。",
    ]


def test_contents_and_index_of_a_thousand_sheets_leave_none_out() -> None:
    sheets = [placed_sheet(str(n), f"{n % 9 + 1} 目的", f"{n % 40} 施策") for n in range(1000)]
    made = book(*sheets)
    parts, facts = maker(made), facts_of(made)
    contents = written(parts.contents(facts, at, at_part))
    assert [contents.count(f"No.{n} 名{n}") for n in range(1000)] == [2] * 1000  # in two orders
    index = parts.index(facts, at)
    pages = [
        len(entry.references)
        for block in index.blocks
        if isinstance(block, EntryList)
        for entry in block.entries
        if entry.text == "公園維持管理事業"
    ]
    assert pages == [2000]  # a budget line and a cost row of each sheet


def test_a_template_that_is_wrong_is_named() -> None:
    shipped = forms()
    templates = {**shipped.templates, "cover": TextTemplate("{{ 町 }}", "表紙.txt")}
    with pytest.raises(FormError, match="町") as caught:
        PartMaker(seed_book(), replace(shipped, templates=templates)).cover()
    assert caught.value.place.file == "表紙.txt"


def test_all_parts_are_set_with_their_sheets(save_pdf: Callable[[bytes], Path]) -> None:
    made = seed_book()
    renderer = Renderer(find_resources({}))
    sheets = [
        replace(renderer.document(one)[0].sections[0], anchor=anchor)
        for one, anchor in zip(made.sheets, made.anchors, strict=True)
    ]
    parts, facts = maker(made), facts_of(made)

    def to_sheet(index: int, page: int) -> Reference:
        return Reference(str(index + page), made.anchors[index])

    names = {"凡例": "legend", "総括": "summary", "索引": "index", "奥付": "colophon"}

    def to_part(key: str) -> Reference:
        return Reference("1", f"part-{names[key]}" if key in names else key)

    whole = (
        parts.cover(),
        parts.legend(),
        parts.summary(facts, to_sheet),
        parts.contents(facts, to_sheet, to_part),
        *(parts.divider(one, to_sheet, to_part) for one in made.dividers),
        *sheets,
        parts.index(facts, to_sheet),
        parts.colophon(),
    )
    paged, found = Typesetter(renderer.fonts).paginate(Document("冊子", whole))
    assert [str(one) for one in found if one.level != "I"] == []
    out = io.BytesIO()
    write_pdf([paged], out, renderer.fonts)
    save_pdf(out.getvalue())
    starts = [page for level, _, page, _ in paged.outline if level == 1]
    assert starts[:6] == [0, 1, 2, 4, 5, 6]  # only the summary takes two pages
