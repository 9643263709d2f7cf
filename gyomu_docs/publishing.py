"""A booklet from an edition to a file: resources, forms and executor put together.

For the facade and the command line; the stages themselves are in `booklet`.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import BinaryIO

from gyomu_docs.booklet.build import Report, build_pdf
from gyomu_docs.booklet.cache import Cache
from gyomu_docs.booklet.config import BookletConfig, load_config
from gyomu_docs.booklet.manifest import Manifest
from gyomu_docs.booklet.packet import PacketMaker
from gyomu_docs.booklet.parts import BookletForms, PartMaker, load_booklet_forms
from gyomu_docs.booklet.setting import Setting
from gyomu_docs.booklet.word import build_docx
from gyomu_docs.booklet.workers import BuildOptions
from gyomu_docs.errors import Diagnostic, Place, SourceError, UsageError, system_reason
from gyomu_docs.files import OutFile, write_files
from gyomu_docs.layout.tree import Binding
from gyomu_docs.model import SourcedSheet
from gyomu_docs.render import Renderer
from gyomu_docs.resources import DEFAULT_FORM, FormSource, Resources, find_resources
from gyomu_docs.units import parse_length

CONFIG_NAME = "booklet.yaml"
_BINDINGS: dict[str, Binding] = {"左": "left", "上": "top", "なし": "none"}
_LIBRARIES = ("gyomu-docs", "uharfbuzz", "reportlab", "pydantic")


def find_config(folders: Iterable[str | Path]) -> str:
    """`booklet.yaml` in the first of the folders that has it; empty where none has."""
    found = (Path(folder) / CONFIG_NAME for folder in folders)
    return next((str(path) for path in found if path.is_file()), "")


def read_config(file: str) -> BookletConfig:
    """The configuration in a file; without one, the defaults.

    Raises SourceError for a file that cannot be read, FormError for what is wrong in it.
    """
    if not file:
        return BookletConfig()
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(
            f"冊子の設定を読めません（{system_reason(error)}）。",
            place=Place(file=file),
            hint="ファイルの名前と、読み取る権限があるかを確かめてください。",
        ) from None
    except UnicodeDecodeError:
        raise SourceError(
            "冊子の設定は UTF-8 ではないため、読めません。",
            place=Place(file=file),
            hint="文字コードを UTF-8 にして保存し直してください。",
        ) from None
    return load_config(text, file)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Makes booklets with the resources of an installation."""

    resources: Resources
    config: BookletConfig
    config_file: str = ""
    """As messages name it; what the configuration names lies beside it."""

    def write_pdf(
        self, entries: Sequence[SourcedSheet], out: BinaryIO, options: BuildOptions
    ) -> Report:
        """Write the booklet; what was left out and found comes back in the report."""
        return self._write(build_pdf, entries, out, options)

    def write_docx(
        self, entries: Sequence[SourcedSheet], out: BinaryIO, options: BuildOptions
    ) -> Report:
        """The same as one Word file, with the pages and numbers of the PDF."""
        return self._write(build_docx, entries, out, options)

    def _write(
        self,
        build: Callable[..., Report],
        entries: Sequence[SourcedSheet],
        out: BinaryIO,
        options: BuildOptions,
    ) -> Report:
        setting = self._setting()
        forms = self._forms(setting)
        return build(
            entries, self.config, setting, lambda book: PartMaker(book, forms), out, options
        )

    def write_file(
        self,
        entries: Sequence[SourcedSheet],
        path: str | Path,
        options: BuildOptions,
        found: Sequence[Diagnostic] = (),
    ) -> Report:
        """Write the booklet to a file, which appears whole or not at all.

        What was `found` before comes first in the report. Raises UsageError for another suffix
        than `.pdf` and `.docx`, OutputError.
        """
        target = Path(path)
        makers = {".pdf": self.write_pdf, ".docx": self.write_docx}
        make = makers.get(target.suffix.lower())
        if make is None:
            message = "冊子のファイルの名前は .pdf か .docx で終えてください。"
            raise UsageError(message, place=Place(file=str(path)))
        reports: list[Report] = []

        def write(out: BinaryIO) -> None:
            reports.append(make(entries, out, options))

        write_files([OutFile(target, write)])
        return replace(reports[0], found=(*found, *reports[0].found))

    def packet_maker(self, previous: Manifest, report: Report) -> PacketMaker:
        """What makes the packet of pages to replace in the booklet before the one reported."""
        setting = self._setting()
        maker = PartMaker(report.book, self._forms(setting))
        return PacketMaker(previous, report, setting, maker)

    def _forms(self, setting: Setting) -> BookletForms:
        """The forms of the parts, whose pages stand or lie as those of the sheets do."""
        portrait = setting.form.page.orientation == "portrait"
        return load_booklet_forms(self.resources.form_source, self._template, portrait=portrait)

    def _template(self, name: str) -> FormSource:
        """The text template of a part: the city's own, or the one that ships."""
        own = {
            "booklet/cover.txt": self.config.cover_template,
            "booklet/legend.txt": self.config.legend_template,
            "booklet/colophon.txt": self.config.colophon_template,
        }.get(name)
        if own:
            name = os.path.abspath(Path(self.config_file).parent / own)
        return self.resources.template_source(name)

    def _form(self) -> str:
        """The form of the sheets: a name, or a file beside the configuration or from here."""
        form = self.config.form or DEFAULT_FORM
        beside = Path(self.config_file).parent / form
        return str(beside) if beside.suffix in (".yaml", ".yml") and beside.is_file() else form

    def _setting(self) -> Setting:
        renderer = Renderer(self.resources, self._form())
        return Setting(
            form=renderer.resolver.form,
            fonts=renderer.fonts,
            version=_versions(),
            binding=_BINDINGS[self.config.binding],
            gutter=parse_length(self.config.gutter),
            mirrored=self.config.both_sides,
            gaiji=renderer.gaiji,
            date=self.resources.date,
        )


def make_publisher(
    config: BookletConfig | str | Path,
    folders: Iterable[str | Path],
    resources: Resources | None = None,
) -> Publisher:
    """A publisher for a configuration, its file, or the booklet.yaml of one of the folders."""
    known = resources or find_resources()
    if isinstance(config, BookletConfig):
        return Publisher(known, config)
    file = os.fspath(config) or find_config(folders)
    return Publisher(known, read_config(file), file)


def build_options(
    executor: Executor | None, cache: str | Path | None, *, keep_going: bool
) -> BuildOptions:
    """The options of a build; `cache` is a folder."""
    kept = Cache(Path(cache)) if cache else None
    return BuildOptions(executor=executor, cache=kept, keep_going=keep_going)


def _versions() -> str:
    """What the bytes of a page depend on, beside its data: this program and its libraries.

    The program is known by its text: while it is worked on, its version stays the same.
    """
    known = [f"zlib {zlib.ZLIB_RUNTIME_VERSION}", f"python {sys.version_info[0:2]}"]
    package = Path(__file__).parent
    digest = hashlib.blake2b()
    for path in sorted(package.rglob("*.py")):
        digest.update(path.read_bytes())
    known.append(digest.hexdigest())
    for name in _LIBRARIES:
        try:
            known.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            known.append(name)
    return "; ".join(known)
