"""That veraPDF looks: it must find faults in files that were spoilt on purpose.

Compliance of good files is checked for every PDF that the tests save (`tests.conftest`).
"""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from gyomu_docs.layout.tree import Attachment
from tests.support import verapdf as support
from tests.support.paged import lines, table_page, to_bytes


def spoil(name: str) -> bytes:
    """A good PDF without one entry of its catalog."""
    with pikepdf.open(io.BytesIO(to_bytes(table_page()))) as pdf:
        del pdf.Root[name]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "rule"),
    [("/OutputIntents", "6.2.4.3-2"), ("/ViewerPreferences", "7.1-10"), ("/Lang", "7.2-33")],
)
def test_spoilt_files_are_found(verapdf: support.Collector, name: str, rule: str) -> None:
    if reason := support.unavailable():
        pytest.skip(reason)
    verapdf.add_broken(spoil(name), rule)


def test_report_of_a_broken_file_names_the_rule() -> None:
    verdicts = support.read_report(
        "/t/a b.pdf 2a compliant=true assertions=9 failedChecks=0 0.1s\n"
        "/t/a b.pdf ua1 compliant=false assertions=9 failedChecks=1 0.1s\n"
        "   FAIL 7.1-10 | message\n"
        "   1 rules: {7.1-10=1}\n"
        "/t/c.pdf 2a EXC java.lang.Error\n"
    )
    assert verdicts["/t/a b.pdf", "2a"] == ""
    assert "FAIL 7.1-10 " in verdicts["/t/a b.pdf", "ua1"]
    assert "EXC" in verdicts["/t/c.pdf", "2a"]


def test_files_with_attachments_are_judged_as_pdf_a_3(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(to_bytes(lines("市")))
    assert not support.has_attachments(path)
    attachment = Attachment("a.yaml", "application/yaml", b"a")
    path.write_bytes(to_bytes(lines("市", attachments=(attachment,))))
    assert support.has_attachments(path)
