"""The parts of a .docx (Open Packaging Conventions, ECMA-376 part 2): found by relationship."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import Any, NamedTuple, NoReturn

from lxml import etree

from gyomu_docs.errors import Place, SourceError
from gyomu_docs.readers.docx.safety import open_archive

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NO_DOCX = "Word で開き、「Word 文書 (*.docx)」として保存し直してください。"


class Relationship(NamedTuple):
    """A link of one part to another."""

    kind: str
    """The last step of its type: `comments`, `footer`, `hyperlink`."""
    target: str
    """The name of the part; of an external one, its address."""
    external: bool


class Package:
    """A .docx that passed `safety`; parts are parsed when they are asked for."""

    def __init__(self, data: bytes, file: str) -> None:
        """Open it. Raises SourceError for what is refused; `file` names it in messages."""
        self.file = file
        self._archive = open_archive(data, file)
        self.names = frozenset(self._archive.namelist())
        for name in sorted(self.names):
            if name.endswith(".rels"):
                self._check_links(name)
        self.main = self._main_part()

    def xml(self, name: str) -> Any:
        """The root element of a part. Raises SourceError: broken XML, a DTD, absurd depth."""
        data = self._bytes(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            self._refuse_dtd(name)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            self._refuse(f"部品「{name}」を XML として読めません（{error.msg}）。")
        # In UTF-16 the search above finds nothing.
        if root.getroottree().docinfo.internalDTD is not None:
            self._refuse_dtd(name)
        return root

    def related(self, kind: str) -> list[str]:
        """Names of the parts that the main part links to as `kind`."""
        return self._targets(_rels_of(self.main), kind)

    def related_of_package(self, kind: str) -> list[str]:
        """Names of the parts that the package itself links to as `kind`."""
        return self._targets("_rels/.rels", kind)

    def _targets(self, rels: str, kind: str) -> list[str]:
        return [
            link.target
            for link in self._links(rels)
            if link.kind == kind and not link.external and link.target in self.names
        ]

    def _main_part(self) -> str:
        kinds = {
            one.get("PartName", "").lstrip("/"): one.get("ContentType", "")
            for one in self.xml("[Content_Types].xml").iter(_TYPES + "Override")
        }
        for link in self._links("_rels/.rels"):
            if link.kind != "officeDocument":
                continue
            kind = kinds.get(link.target, "")
            if "macroEnabled" in kind:
                message = "マクロの入る形式（.docm）なので読みません。"
                raise SourceError(message, place=Place(file=self.file), hint=_NO_DOCX)
            if kind == _DOCUMENT and link.target in self.names:
                return link.target
        raise SourceError(
            "Word のファイル（.docx）ではありません。", place=Place(file=self.file), hint=_NO_DOCX
        )

    def _check_links(self, name: str) -> None:
        """Refuse links that a program would follow by itself."""
        for link in self._links(name):
            if link.external and link.kind != "hyperlink":
                raise SourceError(
                    f"ほかのファイルへのリンク（{link.kind}: {link.target}）があるので読みません。",
                    place=Place(file=self.file),
                    hint="リンクされたテンプレート、画像などを外して保存し直してください。",
                )

    def _links(self, rels: str) -> list[Relationship]:
        if rels not in self.names:
            return []
        base = posixpath.dirname(posixpath.dirname(rels))
        return [_relationship(one, base) for one in self.xml(rels).iter(_RELATIONSHIPS)]

    def _bytes(self, name: str) -> bytes:
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            self._refuse(f"部品「{name}」が壊れています。")

    def _refuse_dtd(self, name: str) -> NoReturn:
        self._refuse(f"部品「{name}」に文書型宣言（DTD）があるので読みません。")

    def _refuse(self, message: str) -> NoReturn:
        hint = "作成した人に、原稿の Word ファイルをもう一度送ってもらってください。"
        raise SourceError(message, place=Place(file=self.file), hint=hint)


def _relationship(element: Any, base: str) -> Relationship:
    kind = element.get("Type", "").rpartition("/")[2]
    target = element.get("Target", "")
    if element.get("TargetMode", "") == "External":
        return Relationship(kind, target, external=True)
    if target.startswith("/"):
        return Relationship(kind, target[1:], external=False)
    return Relationship(kind, posixpath.normpath(posixpath.join(base, target)), external=False)


def _rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")
