from __future__ import annotations

import errno
import inspect
import os
import pickle
import re
from dataclasses import FrozenInstanceError

import pytest

from gyomu_docs import errors
from gyomu_docs.errors import (
    Diagnostic,
    GyomuError,
    MissingGlyphError,
    Place,
    SettingsError,
    SheetError,
    SourceError,
    gather_missing,
    name_hint,
    nearest,
    shorten,
    system_reason,
)
from gyomu_docs.model import ActivityCode

FULL = Place("003.yaml", 12, "No.3 組織", "行政活動", "0101", "備考")
EXCEPTIONS = sorted(
    (
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, Exception)
    ),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (FULL, "003.yaml 12行目 シート「No.3 組織」 表「行政活動」 行「0101」 列「備考」"),
        (Place(), ""),
        (Place(file="緑 課/003.yaml"), "緑 課/003.yaml"),
        (Place(line=1), "1行目"),
        (Place(table="予算", row="緑化"), "表「予算」 行「緑化」"),
        (Place(file="a", column="R2"), "a 列「R2」"),
    ],
)
def test_a_place_prints_what_it_knows(place: Place, text: str) -> None:
    assert str(place) == text


@pytest.mark.parametrize("name", ["file", "line", "sheet", "table", "row", "column"])
def test_within_fills_only_what_is_lacking(name: str) -> None:
    outer = Place("003.yaml", 99, "外", "外", "外", "外")
    without = Place(**{part: getattr(FULL, part) for part in FULL.__slots__ if part != name})
    filled = without.within(outer)
    for part in FULL.__slots__:
        expected = outer if part == name else FULL
        assert getattr(filled, part) == getattr(expected, part)


@pytest.mark.parametrize(
    ("inner", "outer", "line"),
    [
        (Place("a", None), Place("a", 5), 5),
        (Place("", None), Place("a", 5), 5),
        (Place("b", None), Place("a", 5), None),
        (Place("b", None), Place("", 5), None),
        (Place("b", 3), Place("a", 5), 3),
        (Place("", 3), Place("a", 5), 3),
    ],
)
def test_a_line_of_another_file_is_not_taken(inner: Place, outer: Place, line: int | None) -> None:
    assert inner.within(outer).line == line


def test_a_place_within_nothing_is_itself() -> None:
    assert FULL.within(Place()) == FULL
    assert Place().within(FULL) == FULL


@pytest.mark.parametrize("hint", ["", "R3 と書いてください。"])
@pytest.mark.parametrize("place", [Place(), FULL])
def test_errors_and_diagnostics_read_alike(place: Place, hint: str) -> None:
    text = f"{place}: 誤りです。" if place != Place() else "誤りです。"
    text += f"\n  ヒント: {hint}" if hint else ""
    assert str(GyomuError("誤りです。", place=place, hint=hint)) == text
    assert str(Diagnostic("W", "code", "誤りです。", place, hint)) == text


def test_a_text_that_is_quoted_cannot_add_lines() -> None:
    error = GyomuError("「一\n二\r三\u2028四」", place=Place(row="甲\n乙"), hint="五\n六")
    assert str(error) == "行「甲 乙」: 「一 二 三 四」\n  ヒント: 五 六"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("一\n二", "一 二"), ("字" * 40, "字" * 40), ("字" * 41, "字" * 40 + "…"), ("", "")],
)
def test_a_long_text_is_quoted_in_part(text: str, shown: str) -> None:
    assert shorten(text) == shown
    if text:
        assert str(Place(sheet=text, row=text)) == f"シート「{shown}」 行「{shown}」"
    assert Place(row=text).row == text


def test_the_parts_of_an_error_stay_readable() -> None:
    error = SheetError("誤りです。", place=FULL, hint="直す")
    assert (error.message, error.place, error.hint) == ("誤りです。", FULL, "直す")
    assert GyomuError("誤りです。").place == Place()


@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
@pytest.mark.parametrize("kind", EXCEPTIONS)
def test_every_error_survives_a_process_boundary(kind: type[GyomuError], protocol: int) -> None:
    error = kind("誤り", place=FULL, hint="直す")
    back = pickle.loads(pickle.dumps(error, protocol))
    assert type(back) is kind
    assert (back.message, back.place, back.hint, str(back)) == ("誤り", FULL, "直す", str(error))


@pytest.mark.parametrize("kind", EXCEPTIONS)
def test_within_keeps_kind_message_and_hint(kind: type[GyomuError]) -> None:
    inner = kind("誤り", place=Place(row="0101"), hint="直す")
    outer = inner.within(Place(file="a.yaml", row="外"))
    assert type(outer) is kind
    assert (outer.message, outer.hint) == ("誤り", "直す")
    assert outer.place == Place(file="a.yaml", row="0101")
    assert inner.place == Place(row="0101")


def test_diagnostics_are_values() -> None:
    one = Diagnostic("I", "repair", "直しました。", Place(row=ActivityCode("0101")))
    placed = one.within(Place(file="a.yaml", line=3))
    assert str(placed) == "a.yaml 3行目 行「0101」: 直しました。"
    assert pickle.loads(pickle.dumps(placed)) == placed
    assert hash(placed) != hash(one)
    with pytest.raises(FrozenInstanceError):
        one.message = "変えた"


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    drawn: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"([│├└─ ]*)(\w+Error) ", line):
            drawn.append((len(match[1]) // 4, match[2]))
    # In multiple inheritance there would be more than one parent; here every error has one.
    real = {(len(kind.__mro__) - 4, kind.__name__) for kind in EXCEPTIONS}
    assert set(drawn) == real
    for (depth, name), (above, parent) in zip(drawn[1:], drawn, strict=False):
        if depth > above:
            assert issubclass(getattr(errors, name), getattr(errors, parent))


def test_a_refused_sheet_is_an_unreadable_source() -> None:
    assert issubclass(SheetError, SourceError)
    assert not issubclass(GyomuError, ValueError | OSError)


def missing(char: str, hint: str = "同じ") -> MissingGlyphError:
    return MissingGlyphError(f"「{char}」", place=Place(row=char), hint=hint)


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_what_the_system_refuses_is_said_in_japanese(number: int) -> None:
    assert re.search("[ぁ-ん]", system_reason(OSError(number, os.strerror(number))))


def test_what_is_not_known_is_said_as_the_system_says_it() -> None:
    assert system_reason(OSError(errno.EDOM, "odd")) == "odd"
    assert system_reason(OSError("odd")) == "odd"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("シート番", "シート名"),
        ("手　段", "手段"),
        ("ＳＩＺＥ", "size"),
        ("sise", "size"),
        ("wide", ""),
    ],
)
def test_the_nearest_name(name: str, near: str) -> None:
    assert nearest(name, ["シート名", "手段", "size"]) == near


def test_without_a_near_name_all_are_told_once() -> None:
    assert name_hint("疑", ["手段", "指標", "手段"], "使える項目") == "使える項目: 手段、指標"
    assert name_hint("疑", [], "使える項目") == "使える項目: なし"


def test_missing_characters_are_gathered_with_each_hint_once() -> None:
    inner = gather_missing([missing("甲"), missing("乙")])
    assert inner is not None
    error = gather_missing([inner, missing("丙", "別の")])
    assert error is not None
    assert [error.message, *(one.message for one in error.others)] == ["「甲」", "「乙」", "「丙」"]
    assert [error.hint, *(one.hint for one in error.others)] == ["同じ", "", "別の"]
    assert gather_missing([]) is None


def test_gathered_errors_keep_their_others() -> None:
    error = gather_missing([missing("甲"), missing("乙")])
    assert error is not None
    copy = pickle.loads(pickle.dumps(error.within(Place("003.yaml"))))
    assert (str(copy.place), str(copy.others[0].place)) == (
        "003.yaml 行「甲」",
        "003.yaml 行「乙」",
    )


def test_an_error_of_the_configuration_is_of_no_sheet() -> None:
    place = Place("gyomu-docs.yaml", 2)
    assert SettingsError("誤り", place=place).within(FULL).place == place
    assert SettingsError("誤り").within(FULL).place == FULL
