"""The web page: what it says, that nothing breaks out of it, that every link leads somewhere."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given, settings
from lxml import html

from gyomu_docs.comparison import comparison_of
from gyomu_docs.model import Activity, BudgetLine, FiscalYear, Sheet
from gyomu_docs.reports.entries import read_sheets
from gyomu_docs.reports.html import write_html
from tests.support.compared_sheets import TEMPLATES, examples, page_of, texts
from tests.support.comparing import compare_sheets
from tests.support.reports import plain
from tests.support.sheets import sheet, sheets

HOSTILE = '<script>alert(1)</script><img src=x onerror="a"> & {{ 7 * 7 }} \'"></td>'


def last_year(**changes: object) -> Sheet:
    return sheet(fiscal_year=FiscalYear.parse("R2"), **changes)


def changed_rows(page: html.HtmlElement) -> list[html.HtmlElement]:
    return page.xpath("//tr[contains(@class, 'change') and @data-kind]")


def test_every_change_of_the_examples_is_there_once() -> None:
    page = page_of(examples())
    expected = Counter(
        (entry.kind, entry.change.section, entry.new, entry.old)
        for one in read_sheets(examples())
        for entry in one.entries
    )

    def side(cell: html.HtmlElement) -> str | None:
        text = cell.text_content()
        return {"（空欄）": "", "（新設）": None, "（削る）": None}.get(text, text)

    found = Counter(
        (row.get("data-kind"), row.get("data-section"), side(row[2]), side(row[3]))
        for row in changed_rows(page)
    )
    assert found == expected
    assert found.total() == 94  # what merged sheets share counts once


def test_every_link_leads_somewhere_and_every_name_is_unique() -> None:
    page = page_of(examples())
    names = page.xpath("//@id")
    links = page.xpath("//@href")

    assert len(names) == len(set(names))
    assert len(links) > 20
    assert {link for link in links if link.removeprefix("#") not in names} == set()


def test_the_page_needs_nothing_else() -> None:
    text = write_html(examples(), TEMPLATES).decode()
    page = html.document_fromstring(text)

    assert page.xpath("//@src | //link | //@style | //iframe | //object") == []
    assert not re.search(r"https?://|url\(|@import", text)
    assert [name for name in page.xpath("//@*/..") for key in name.attrib if key[:2] == "on"] == []
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_hostile_texts_stay_texts() -> None:
    [park, *rows] = sheet().activities
    attack = Activity(code="01", means=HOSTILE, remarks=HOSTILE, mark=HOSTILE)
    new = sheet(
        title=HOSTILE,
        department=HOSTILE,
        activities=(attack, *rows),
        budget=(BudgetLine(name=HOSTILE, amount=HOSTILE),),
        notes=(HOSTILE, "</style></script>"),
        extras={HOSTILE: HOSTILE},
    )

    page = page_of(comparison_of([(last_year(activities=(park, *rows)), new), (None, new)]))

    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert page.xpath("//img | //@onerror") == []
    assert HOSTILE in texts(page, "//tr[@data-section='行政活動']/td[contains(@class, 'text')]")
    assert [name for name in page.xpath("//@data-department") if name != HOSTILE] == []


@settings(max_examples=10, deadline=None)
@given(sheets(), sheets())
def test_any_sheets_make_a_page_with_all_their_changes(old: Sheet, new: Sheet) -> None:
    comparison = compare_sheets([old], [new])

    page = page_of(comparison)

    assert len(changed_rows(page)) == sum(len(one.changes) for one in comparison.sheets)
    assert len(page.xpath("//article")) == len(comparison.sheets)


def test_words_are_marked_on_their_own_side() -> None:
    page = page_of(comparison_of([(last_year(title="公園"), sheet(title="公園の管理"))]))

    [row] = changed_rows(page)
    new, old = row[2], row[3]
    assert (new.text_content(), texts(new, "ins")) == ("公園の管理", ["の管理"])
    assert (old.text_content(), texts(old, "del")) == ("公園", [])
    assert texts(page, "//table[@class='changes']/thead/tr/th") == [
        *("区分", "項目", "R3年度", "R2年度", "備考"),
    ]


def test_the_old_edition_on_the_left() -> None:
    pair = (last_year(title="公園"), sheet(title="公園の管理"))
    page = page_of(comparison_of([pair]), order="old-new")

    [row] = changed_rows(page)
    assert [cell.text_content() for cell in row[2:4]] == ["公園", "公園の管理"]
    assert texts(page, "//article//thead/tr/th")[2:4] == ["R2年度", "R3年度"]


def test_a_mark_that_was_replaced_is_not_struck_through() -> None:
    page = page_of(examples())
    marks = page.xpath("//tr[@data-section='行政活動'][th/span[@class='item']='達成']")

    assert [[row[2].text_content(), row[3].text_content()] for row in marks] == [
        *(["×", "○"], ["○", "×"], ["○", "×"], ["×", "○"]),
    ]
    assert {name for row in marks for name in row[3].xpath("del/@class")} == {"whole"}


def test_headings_are_in_order_and_tables_are_named() -> None:
    page = page_of(examples())
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4")]

    assert page.get("lang") == "ja"
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert page.xpath("//table[not(caption)] | //thead//th[not(@scope)]") == []
    assert page.xpath("//form//*[self::input or self::select][not(ancestor::label)]") == []


def test_figures_of_the_past_and_the_budget_are_on_the_first_page() -> None:
    page = page_of(examples())
    budget = rows_of(page, "予算の増減")
    assert budget["全シートの合計"] == ["93,714", "92,957", "+757", "+0.8%"]
    assert "No.6 情報化推進（旧 No.6 情報システム、No.7 情報セキュリティ）" in budget
    assert rows_of(page, "執行（R2年度の予算と決算）")["No.3 組織の方針"][-1] == "157.7%"
    assert len(page.xpath("//h3[.='過去の数値の正誤']/following::table[1]/tbody/tr")) == 7


def rows_of(page: html.HtmlElement, heading: str) -> dict[str, list[str]]:
    """The rows of the table behind a heading, by their first cell."""
    rows = page.xpath(f"//h3[.='{heading}']/following::table[1]/tbody/tr")
    return {row[0].text_content(): [cell.text_content() for cell in row[1:]] for row in rows}


def test_two_drafts_of_one_year() -> None:
    page = page_of(comparison_of([(sheet(title="公園"), sheet())]))

    assert texts(page, "//p[@class='editions']") == ["R3年度 変更前 → 変更後"]
    assert texts(page, "//article//thead/tr/th")[2:4] == ["変更後", "変更前"]
    assert texts(page, "//h3[.='過去の数値の正誤']") == []


def test_nothing_to_compare_makes_a_page_too() -> None:
    page = page_of(comparison_of([]))

    assert page.xpath("//article") == []


def test_doubts_are_told() -> None:
    olds = [last_year(number=number, title=f"公園{number}") for number in "12"]
    page = page_of(compare_sheets(olds, [sheet()]))

    assert any(
        "どちらか決めきれません。" in text for text in texts(page, "//div[@class='doubts']//li")
    )


def test_control_characters_are_seen() -> None:
    page = page_of(comparison_of([(last_year(title="公園"), sheet(title="公\x00園\x1b"))]))

    [row] = changed_rows(page)
    assert row[2].text_content() == "公␀園␛"


def test_colours_have_enough_contrast() -> None:
    style = TEMPLATES["report.css"]
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", style))
    badges = re.findall(r"background: (#\w{6}); color: (#\w{6})", style)

    pairs = [("ink", "paper"), ("ink", "head"), ("soft", "paper"), ("soft", "head")]
    pairs += [("accent", "paper"), ("added", "added-back"), ("removed", "removed-back")]
    found = [(colours[one], colours[two]) for one, two in pairs] + badges
    assert len(badges) == 2
    assert {pair: contrast(*pair) for pair in found if contrast(*pair) < 4.5} == {}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` (WCAG 2.2, definition)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_side_that_is_not_there_has_no_figures() -> None:
    def staffed(number: str, what: str, year: str, regular: str, **more: str) -> Sheet:
        return plain(
            year,
            number=number,
            title=what,
            activities=(Activity(code="01", means=f"{what}を守る"),),
            staffing={"this_sheet": {"regular": regular, **more}},
            budget=(BudgetLine(name=f"{what}事業", amount="1,200"),),
        )

    page = page_of(
        compare_sheets(
            [staffed("2", "川", "R2", "0.5"), staffed("3", "海", "R2", "3.0")],
            [
                staffed("1", "山", "R3", "2.0", reappointed="0.0"),
                staffed("3", "海", "R3", "0", fixed_term="1.0"),
            ],
        )
    )

    def rows(start: str) -> list[list[str]]:
        found = page.xpath(f"//table[caption[starts-with(., '{start}')]]/tbody/tr")
        return [[" ".join(cell.text_content().split()) for cell in row][1:] for row in found]

    assert rows("このシートの人工") == [
        ["— → 2.0 （+2.0）", "—", "0.0", "— → 2.0 （+2.0）", ""],
        ["3.0 → 0.0 （△3.0）", "— → 1.0 （+1.0）", "—", "3.0 → 1.0 （△2.0）", "△66.7%"],
        ["0.5 → — （△0.5）", "—", "—", "0.5 → — （△0.5）", "△100.0%"],
        ["3.5 → 2.0 （△1.5）", "— → 1.0 （+1.0）", "0.0", "3.5 → 3.0 （△0.5）", "△14.3%"],
    ]
    assert rows("予算欄の合計") == [
        ["1,200", "—", "+1,200", ""],
        ["—", "1,200", "△1,200", "△100.0%"],
        ["2,400", "2,400", "±0", "±0.0%"],
    ]
