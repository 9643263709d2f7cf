"""Lines made wider: 両端揃え (JLREQ 3.8.4) and 均等割付 (3.7.3).

In: a `Line` and the width it is to fill. Out: the line with more kerns, or the gap to open.
"""

from __future__ import annotations

from gyomu_docs.typeset.jlreq import SPACES, clusters, stretch_places
from gyomu_docs.typeset.lines import Line
from gyomu_docs.typeset.metrics import Metrics
from gyomu_docs.typeset.reduction import take
from gyomu_docs.units import Length

_QUARTER = 250
_HALF = 500


def justify(line: Line, width: Length, size: Length, font: Metrics) -> Line:
    """Stretch the line to `width` (両端揃え), by the order of 3.8.4.

    Latin word spaces grow to half an em; then the borders between Japanese and Latin, and then
    the gaps between kanji and kana, by a quarter em; what is left goes evenly to all of them. A
    paragraph's last line and a line with no such place are returned as they are.
    """
    slack = width - line.width
    places = stretch_places(line.text) if slack > 0 and not line.last else None
    if places is None or not any(places):
        return line
    kerns = dict(line.kerns)
    quarter = _QUARTER * size // 1000
    space = max(0, (_HALF - font.widths[" "]) * size // 1000) if places.spaces else 0
    for stage in (
        [(index, space) for index in places.spaces],
        [(index, quarter) for index in places.borders],
        [(index, quarter) for index in places.others],
    ):
        slack -= take(stage, min(slack, sum(amount for _, amount in stage)), kerns)
    everywhere = [(index, 1) for index in places.spaces + places.borders + places.others]
    take(everywhere, slack, kerns)
    return line._replace(
        width=width, kerns=tuple((index, kern) for index, kern in sorted(kerns.items()) if kern)
    )


def spread(line: Line, width: Length) -> Length:
    """The gap after each character but the last that makes `line` fill `width` (3.7.3, 字取り).

    A character and what is attached to it count as one; spaces at the line end do not count. 0 for
    a single character, and for a line that is as wide already.
    """
    gaps = clusters(line.text.rstrip(SPACES)) - 1
    slack = width - line.width
    return slack // gaps if gaps > 0 and slack > 0 else 0
