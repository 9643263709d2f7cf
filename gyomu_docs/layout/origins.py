"""Where each part of a form stands: a form that extends another is made of several files.

A form file is read into a tree of `Node`s that remember their file and path; nodes move from tree
to tree when a form takes them over. `FormTree` is the plain tree in the end, with the way back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gyomu_docs.errors import Place
from gyomu_docs.model.plain import Path, Plain, line_of


class Origin(NamedTuple):
    """A place in a form file: its name and text, and the path there."""

    file: str
    text: str
    path: Path

    def place(self) -> Place:
        """File and line; of the nearest parent, if nothing is there."""
        return Place(self.file, line_of(self.text, self.path))


class Node(NamedTuple):
    """A value of a form file: a mapping or a list of nodes, or a text."""

    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True)
class Origins:
    """The origin of each path of a form."""

    by_path: dict[Path, Origin] = field(default_factory=dict)

    def at(self, path: Path) -> Origin:
        """Where `path` stands in its file, or would stand if nothing is there."""
        for length in range(len(path), -1, -1):
            origin = self.by_path.get(path[:length])
            if origin is not None:
                return origin._replace(path=(*origin.path, *path[length:]))
        return Origin("", "", path)

    def place(self, path: Path) -> Place:
        """File and line of what stands at `path`; of its nearest parent, if nothing does."""
        origin = self.at(path)
        return origin.place() if origin.text else Place()


class FormTree(NamedTuple):
    """A form as a plain tree, and where its parts come from."""

    tree: dict[str, Any]
    origins: Origins


def mark(tree: Plain, file: str, text: str, path: Path = ()) -> Node:
    """A plain tree as nodes of this file."""
    value: Any = tree
    if isinstance(tree, dict):
        value = {key: mark(item, file, text, (*path, key)) for key, item in tree.items()}
    elif isinstance(tree, list):
        value = [mark(item, file, text, (*path, index)) for index, item in enumerate(tree)]
    return Node(value, Origin(file, text, path))


def plain(node: Node) -> Any:
    """The plain tree of a node."""
    if isinstance(node.value, dict):
        return {key: plain(item) for key, item in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def origins_of(node: Node) -> Origins:
    """The origins of all that is in a node."""
    return Origins(dict(_walk(node, ())))


def _walk(node: Node, path: Path) -> Iterator[tuple[Path, Origin]]:
    yield path, node.origin
    if isinstance(node.value, dict):
        for key, item in node.value.items():
            yield from _walk(item, (*path, key))
    elif isinstance(node.value, list):
        for index, item in enumerate(node.value):
            yield from _walk(item, (*path, index))
