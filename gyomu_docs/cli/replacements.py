"""`booklet --previous`: the packet of pages that changed, beside the booklet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gyomu_docs.errors import Diagnostic, GyomuError, Place, UsageError

if TYPE_CHECKING:
    from gyomu_docs.booklet.build import Report
    from gyomu_docs.booklet.packet import Packet
    from gyomu_docs.files import OutFile
    from gyomu_docs.model import Edition
    from gyomu_docs.publishing import Publisher

_SUFFIX = "-差し替え.pdf"
"""Behind the name of the booklet without its own."""


class Replacements:
    """A packet to be made of an older booklet and the one that is built now."""

    def __init__(self, publisher: Publisher, previous: str, out: str) -> None:
        """Read the older booklet. Raises SourceError, UsageError."""
        from gyomu_docs.booklet.manifest_file import read_manifest

        self._publisher = publisher
        self._path = Path(out).with_name(Path(out).stem + _SUFFIX)
        old = Path(previous)
        if old.resolve() in (Path(out).resolve(), self._path.resolve()):
            raise UsageError(
                "前の冊子は、書き出すファイルに置き換えられてしまいます。",
                place=Place(file=previous),
                hint="--out に別の名前を指定してください。",
            )
        self._old = read_manifest(old)
        self.outcome = ""
        """What to tell when all is written."""

    def check(self, edition: Edition) -> None:
        """Raise UsageError where a packet between the two booklets makes no sense."""
        from gyomu_docs.booklet.packet import check_comparable

        year = max(sheet.fiscal_year for sheet in edition)
        check_comparable(self._old, self._publisher.config, year.label())

    def files(
        self, report: Report, failures: Sequence[GyomuError], told: list[Diagnostic]
    ) -> Iterator[OutFile]:
        """The packet, unless nothing changed or sheets were left out of the booklet."""
        from gyomu_docs.files import OutFile

        if failures:
            self.outcome = "除いたシートがあるため、差し替えは作りませんでした。"
            return
        maker = self._publisher.packet_maker(self._old, report)
        packet = maker.plan()
        told.extend(packet.found)
        self.outcome = _summary(packet)
        if packet.lines:
            yield OutFile(self._path, partial(maker.write, packet))


def _summary(packet: Packet) -> str:
    if not packet.lines:
        return "前の冊子と変わったページはありません。差し替えは書き出しませんでした。"
    kinds = ("差し替え", "追加", "抜き取り")
    counts = "、".join(f"{kind}{packet.count(kind)}ページ" for kind in kinds)
    return f"前の冊子から変わったページ: {counts}。"
