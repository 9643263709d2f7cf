"""Whatever a sheet says, its unedited draft changes nothing of it."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings

from gyomu_docs.model import Sheet
from gyomu_docs.model.sheet_file import to_plain
from tests.support.drafts import collected, draft, read, unchanged, without_bookmarks
from tests.support.sheets import sheets

NOT_IN_WORD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
ANYTHING = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def writable(tree: Any) -> Any:
    """A plain tree without the characters that the Word writer refuses."""
    if isinstance(tree, dict):
        return {writable(key): writable(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [writable(item) for item in tree]
    return re.sub("[\U000e0200-\U0010ffff]", "", NOT_IN_WORD.sub("", tree))


@given(sheets())
@ANYTHING
def test_any_sheet_comes_back_as_it_went_out(any_sheet: Sheet) -> None:
    tree = writable(to_plain(any_sheet))
    sheet = Sheet.model_validate({**tree, "シートNo": tree["シートNo"].strip() or "1"})
    data = draft(sheet)
    for one in (data, without_bookmarks(data)):
        made = read(one)
        assert unchanged(made)
        assert made.found == []
        assert collected(one).sheet == sheet
