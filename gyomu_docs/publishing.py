"""A booklet from an edition to a file: resources, forms and executor put together.

For the facade and the command line; the stages themselves are in `booklet`.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import BinaryIO, TypeAlias

from gyomu_docs.booklet.book import Book
from gyomu_docs.booklet.build import Report, build_pdf
from gyomu_docs.booklet.config import BookletConfig, load_config
from gyomu_docs.booklet.parts import PartMaker, load_booklet_forms
from gyomu_docs.booklet.setting import Setting
from gyomu_docs.booklet.settling import Parts
from gyomu_docs.booklet.word import build_docx
from gyomu_docs.booklet.workers import BuildOptions
from gyomu_docs.errors import FormError, Place, SourceError
from gyomu_docs.layout.tree import Binding
from gyomu_docs.model import SourcedSheet
from gyomu_docs.render import Renderer
from gyomu_docs.resources import DEFAULT_FORM, Resources
from gyomu_docs.units import parse_length

CONFIG_NAME = "booklet.yaml"
_BINDINGS: dict[str, Binding] = {"左": "left", "上": "top", "なし": "none"}
Build: TypeAlias = Callable[
    [
        Sequence[SourcedSheet],
        BookletConfig,
        Setting,
        Callable[[Book], Parts],
        BinaryIO,
        BuildOptions,
    ],
    Report,
]
"""`build_pdf` or `build_docx`."""
_LIBRARIES = ("gyomu-docs", "uharfbuzz", "reportlab", "pydantic")


def read_config(file: str, folders: Sequence[Path] = ()) -> BookletConfig:
    """The configuration in a file; without one, `booklet.yaml` in the first folder that has it.

    Raises SourceError for a file that cannot be read, FormError for what is wrong in it.
    """
    if not file:
        found = (folder / CONFIG_NAME for folder in folders)
        file = next((str(path) for path in found if path.is_file()), "")
    if not file:
        return BookletConfig()
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8 ではありません"
        raise SourceError(
            f"冊子の設定を読めません（{reason}）。",
            place=Place(file=file),
            hint="ファイルの名前と文字コード（UTF-8）を確かめてください。",
        ) from None
    return load_config(text, file)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Makes booklets with the resources of an installation."""

    resources: Resources
    config: BookletConfig
    config_file: str = ""
    """As messages name it."""

    def write_pdf(
        self, entries: Sequence[SourcedSheet], out: BinaryIO, options: BuildOptions
    ) -> Report:
        """Write the booklet; what was left out and found comes back in the report."""
        return self._write(build_pdf, entries, out, options)

    def write_docx(
        self, entries: Sequence[SourcedSheet], out: BinaryIO, options: BuildOptions
    ) -> Report:
        """Write the booklet as a Word file, with the same pages and numbers."""
        return self._write(build_docx, entries, out, options)

    def _write(
        self,
        build: Build,
        entries: Sequence[SourcedSheet],
        out: BinaryIO,
        options: BuildOptions,
    ) -> Report:
        renderer = Renderer(self.resources, self.config.form or DEFAULT_FORM)
        forms = load_booklet_forms(self.resources.form_source, self.resources.template_source)
        setting = self._setting(renderer)
        return build(
            entries, self.config, setting, lambda book: PartMaker(book, forms), out, options
        )

    def _setting(self, renderer: Renderer) -> Setting:
        try:
            gutter = parse_length(self.config.gutter)
        except ValueError:
            raise FormError(
                f"とじしろ「{self.config.gutter}」は長さではありません。",
                place=Place(file=self.config_file or CONFIG_NAME, column="とじしろ"),
                hint="8mm のように書いてください。",
            ) from None
        return Setting(
            form=renderer.resolver.form,
            fonts=renderer.fonts,
            version=_versions(),
            binding=_BINDINGS[self.config.binding],
            gutter=gutter,
            mirrored=self.config.both_sides,
            gaiji=renderer.gaiji,
            date=self.resources.date,
        )


def _versions() -> str:
    """What the bytes of a page depend on, beside its data: this program and its libraries."""
    known = [f"zlib {zlib.ZLIB_RUNTIME_VERSION}", f"python {sys.version_info[0:2]}"]
    for name in _LIBRARIES:
        try:
            known.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            known.append(name)
    return "; ".join(known)
