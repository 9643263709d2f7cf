"""Returned Word drafts to sheets, with the list of what each changed, by whom, and conflicts.

    Collector(forms).read(data, "returned.docx")    one draft: `DraftChanges`
    merge(drafts)                                   the drafts of one sheet: `Merged`
    make_report(all_merged)                         plain entries, for JSON, HTML and people

`readers.docx` says what stands in a returned file; the base's own `Document` says which field
stands in which cell (`expected`). `base` finds the base; `tables`, `columns` and `rows` find the
way from one to the other; `cells`, `records` and `items` note the differences.
"""

from gyomu_docs.collect.base import Forms, Hints
from gyomu_docs.collect.changes import DraftChanges
from gyomu_docs.collect.collector import Collector, group_drafts
from gyomu_docs.collect.merging import Merged, merge
from gyomu_docs.collect.page import report_page
from gyomu_docs.collect.report import dump_report, fault_lines, make_report, report_lines

__all__ = [
    "Collector",
    "DraftChanges",
    "Forms",
    "Hints",
    "Merged",
    "dump_report",
    "fault_lines",
    "group_drafts",
    "make_report",
    "merge",
    "report_lines",
    "report_page",
]
