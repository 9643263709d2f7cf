"""Texts on their way into XML: nothing is lost, nothing breaks the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gyomu_docs.errors import MissingGlyphError
from gyomu_docs.units import mm, pt
from gyomu_docs.writers.docx.wml import NAMESPACES, attribute, escape, half_points, run, twips
from tests.support.ooxml import text_of

FORBIDDEN = ("\x00", "\x0b", "\x1f", "\r", "\x7f", "\x85", "\x9f", "\ud800", "\ufffe", "\uffff")


def parsed(xml: str) -> etree._Element:
    return etree.fromstring(f"<root {NAMESPACES}>{xml}</root>".encode())


def kinds(xml: str) -> list[str]:
    return [etree.QName(element).localname for element in parsed(xml)[0]]


@pytest.mark.parametrize("length", [(pt(1), 20), (pt(10.5), 210), (mm(210), 11906), (1, 0)])
def test_twips(length: tuple[int, int]) -> None:
    assert twips(length[0]) == length[1]


@pytest.mark.parametrize(("size", "halves"), [(8, 16), (7.5, 15), (6.3, 13), (6.2, 12)])
def test_sizes_are_in_half_points(size: float, halves: int) -> None:
    assert half_points(pt(size)) == halves


def test_a_run_parts_its_lines_and_tabs() -> None:
    assert kinds(run("一\n二\t三")) == ["t", "br", "t", "tab", "t"]
    assert kinds(run("\n\n一\n")) == ["br", "br", "t", "br"]
    assert run("") == ""


def test_a_run_has_its_properties_first() -> None:
    assert kinds(run("一", "<w:b/>")) == ["rPr", "t"]


@pytest.mark.parametrize("char", FORBIDDEN)
def test_a_character_that_a_word_file_cannot_hold_is_refused(char: str) -> None:
    with pytest.raises(MissingGlyphError, match=f"U\\+{ord(char):04X} は Word のファイルに"):
        escape(f"公園{char}の管理")


legal = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff|")


@given(st.text(st.one_of(legal, st.sampled_from("\n\t &<>\"'　")), max_size=30))
def test_every_other_text_comes_back(text: str) -> None:
    assert text_of(parsed(run(text))) == text.replace("\n", "|")
    read = etree.fromstring(f'<a b="{attribute(text)}"/>'.encode())
    assert read.get("b") == text
