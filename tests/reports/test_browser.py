"""The web page in Chromium: filters, jumps, print, and a console without complaints."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from gyomu_docs.reports.entries import read_sheets
from gyomu_docs.reports.html import write_html
from tests.support import browser as support
from tests.support.compared_sheets import TEMPLATES, examples

pytestmark = pytest.mark.skipif(bool(support.unavailable()), reason=support.unavailable())


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for all tests of this module."""
    driver = support.start(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the examples as a file."""
    path = tmp_path_factory.mktemp("page") / "変更.html"
    path.write_bytes(write_html(examples(), TEMPLATES))
    return path.as_uri()


@pytest.fixture
def page(browser: Chrome, address: str) -> Iterator[Chrome]:
    """The page, opened anew; whatever is done to it, the console stays empty."""
    open_page(browser, address)
    yield browser
    assert browser.get_log("browser") == []


def open_page(browser: Chrome, address: str) -> None:
    # Another hash alone would not load the page again.
    browser.get("about:blank")
    browser.get(address)


def shown(page: Chrome, css: str) -> list[str]:
    """The texts of the elements that are not hidden, on the screen or off it."""
    script = "return [...document.querySelectorAll(arguments[0])].filter(e => e.offsetParent)"
    texts = page.execute_script(f"{script}.map(e => e.textContent)", css)
    return [" ".join(text.split()) for text in texts]


def top_of(page: Chrome, name: str) -> float:
    """How far below the top of the window an element begins, after twenty frames of layout."""
    script = """
        const [name, done] = arguments;
        const wait = (frames) => frames ? requestAnimationFrame(() => wait(frames - 1))
            : done(document.getElementById(name).getBoundingClientRect().top);
        wait(20);
    """
    return page.execute_async_script(script, name)


def test_all_is_shown_at_first(page: Chrome) -> None:
    assert len(shown(page, "tr.change")) == 94
    assert shown(page, "#shown") == ["94件をすべて表示"]


def test_filter_by_kind_and_section(page: Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "input[value=新設]").click()
    page.find_element(By.CSS_SELECTOR, "input[value=削除]").click()
    Select(page.find_element(By.NAME, "section")).select_by_visible_text("行政活動")

    assert len(shown(page, "tr.change")) == 5
    assert {text[:2] for text in shown(page, "tr.change td:first-child")} == {"新設", "削除"}
    assert shown(page, "#shown") == ["94件のうち5件を表示（3シート。新設・削除、行政活動）"]
    assert shown(page, ".unchanged") == []
    assert "section=%E8%A1%8C" in page.current_url


def test_new_and_dropped_sheets_are_of_their_kind(page: Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "input[value=新設]").click()

    titles = [text.split("\n")[0] for text in shown(page, "article h3")]
    assert "No.5 広域行政 新設" in titles
    assert not any("市制施行" in title for title in titles)


def test_search_finds_words_across_marks_and_widths(page: Chrome) -> None:
    page.find_element(By.NAME, "q").send_keys("政策評価　ｖｉｉｉ-27")

    [row] = shown(page, "tr.change")
    assert "施策の方向 1" in row


def test_a_row_shows_what_it_is_about_where_the_one_before_is_hidden(page: Chrome) -> None:
    def has_hidden_subject() -> bool:
        row = "tr.change[data-kind=正誤].again"
        rows = page.find_elements(By.CSS_SELECTOR, row)
        return any("0401" in one.get_attribute("textContent") for one in rows)

    before = has_hidden_subject()
    page.find_element(By.CSS_SELECTOR, "input[value=正誤]").click()

    assert (before, has_hidden_subject()) == (True, False)


def test_filter_by_department(page: Chrome) -> None:
    name = "政策企画部 企画課 ICT推進係"
    Select(page.find_element(By.NAME, "department")).select_by_visible_text(name)

    assert len(shown(page, "article")) == 2
    assert len(shown(page, "#contents li[data-sheet]")) == 2
    assert len(shown(page, "tr.change")) == 28


def test_a_view_can_be_sent_on(page: Chrome, address: str) -> None:
    page.find_element(By.CSS_SELECTOR, "input[value=移動]").click()
    page.find_element(By.NAME, "q").send_keys("総合計画")
    rows, view = shown(page, "tr.change"), page.current_url

    open_page(page, view)

    assert view.startswith(f"{address}#kind=")
    assert shown(page, "tr.change") == rows
    assert 0 < len(rows) < 19
    page.find_element(By.ID, "clear").click()
    assert len(shown(page, "tr.change")) == 94
    assert page.current_url == address


@pytest.mark.parametrize("hash_", ["#kind=%E0%A4%A&q=%", "#section=無い欄", "#no-such", "#at=x"])
def test_addresses_that_ask_for_nothing(page: Chrome, address: str, hash_: str) -> None:
    open_page(page, address + hash_)

    assert len(shown(page, "tr.change")) == 94


def test_links_jump_and_keep_the_filter(page: Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "input[value=変更]").click()
    page.find_element(By.CSS_SELECTOR, "#contents a[href='#sheet-4']").click()

    assert page.switch_to.active_element.get_attribute("id") == "sheet-4"
    assert page.current_url.endswith("&at=sheet-4")
    assert 0 <= top_of(page, "sheet-4") < 300


def test_a_link_to_what_is_filtered_out_shows_it(page: Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "input[value=移動]").click()
    link = page.find_element(By.CSS_SELECTOR, "#summary a[href^='#change-']")
    page.execute_script("arguments[0].scrollIntoView()", link)
    link.click()

    row = page.switch_to.active_element
    assert "達成" in row.text
    assert 0 <= top_of(page, row.get_attribute("id")) < 700
    page.back()
    assert len(shown(page, "tr.change")) == 19


def test_the_filters_are_reached_by_keyboard(page: Chrome) -> None:
    page.find_element(By.CSS_SELECTOR, "input[value=変更]").send_keys(Keys.SPACE)
    names = []
    for _ in range(8):
        element = page.switch_to.active_element
        names.append(element.get_attribute("name") or element.get_attribute("id"))
        element.send_keys(Keys.TAB)

    assert names == ["kind"] * 5 + ["section", "department", "q"]


@pytest.mark.parametrize("width", [1280, 768])
def test_nothing_is_wider_than_the_screen(page: Chrome, width: int) -> None:
    metrics = {"width": width, "height": 1024, "deviceScaleFactor": 1, "mobile": False}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        script = "return [document.documentElement.scrollWidth, ...[...document"
        script += ".querySelectorAll('.wide')].map(e => e.scrollWidth - e.clientWidth)]"
        whole, *tables = page.execute_script(script)
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})

    assert whole <= width
    assert set(tables) == {0}


def test_print_has_every_sheet_on_a_page_of_its_own(page: Chrome) -> None:
    printed = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pdf = pypdf.PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    texts = [one.extract_text() for one in pdf.pages]
    # The number of the page comes first.
    firsts = [text.split("\n")[1] for text in texts]

    width, height = pdf.pages[0].mediabox[2:]
    assert (round(width), round(height)) == (842, 595)
    later = [one.sheet.label for one in read_sheets(examples())][1:]
    for label in later:
        assert any(first.startswith(label) for first in firsts), label
    assert "No.3 組織の方針" in "".join(texts)
    assert not any("絞り込みをやめる" in text for text in texts)


def test_the_page_works_without_its_script(browser: Chrome, address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        open_page(browser, address)
        rows = browser.find_elements(By.CSS_SELECTOR, "tr.change")
        filters = browser.find_element(By.ID, "filters")

        assert len(rows) == 94
        assert rows[0].is_displayed()
        assert not filters.is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_page_fetches_nothing(page: Chrome, tmp_path: Path) -> None:
    script = "return performance.getEntriesByType('resource').map(e => e.name)"

    assert page.execute_script(script) == []
