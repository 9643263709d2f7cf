"""A form that extends another: the base's tree with the changes of the form.

Everything happens on trees of `Node`s before the schema is checked, so that a form may be based
on one that is itself based on another, and a fault in an inherited part names the base's file.
README, "様式を作る", shows the keys in use.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import TypeAlias

from pydantic import ValidationError

from gyomu_docs.errors import FormError, GyomuError, Place, SheetError
from gyomu_docs.layout.changes import BLOCK_CHANGES, BlockChanges, change_blocks
from gyomu_docs.layout.faults import Faults, schema_faults
from gyomu_docs.layout.measures import Scale
from gyomu_docs.layout.origins import FormTree, Node, mark, origins_of, plain
from gyomu_docs.layout.scaling import scale
from gyomu_docs.model.plain import parse_yaml

CHANGES = ("scale", *BLOCK_CHANGES)
"""Keys that only a form with `extends` has."""

FindForm: TypeAlias = Callable[[str, str], tuple[str, str]]
"""Text and file of the form of a name; the second argument is the file that asks for it."""

_OWN = ("form", "title", "extends")
"""What a form says for itself alone."""
_MOST = 10
"""A chain of forms longer than this is a mistake."""


class _Changes(BlockChanges):
    """All that a form with `extends` may say beside what any form says."""

    scale: Scale = 1000


def read_form(text: str, file: str, find: FindForm | None, faults: Faults) -> FormTree:
    """The tree of a form, with what it takes from others.

    Changes that cannot be made are added to `faults`. Raises FormError for what is no form at
    all, for a base that is not there, and for bases in a loop.
    """
    node = _read(text, file, find, faults, ())
    return FormTree(plain(node), origins_of(node))


def _read(
    text: str, file: str, find: FindForm | None, faults: Faults, above: tuple[str, ...]
) -> Node:
    try:
        tree = parse_yaml(text, file)
    except SheetError as error:
        raise FormError(error.message, place=error.place, hint=error.hint) from None
    if not isinstance(tree, dict):
        raise FormError(
            "様式のファイルではありません。",
            place=Place(file=file),
            hint="「form: 名前」「title: 題」「extends: もとの様式」の3行から書き始められます。",
        )
    own = mark(tree, file, text)
    if not own.value.get("extends", own).value or "extends" not in own.value:
        for key in CHANGES:
            if key in own.value:
                place = own.value.pop(key).origin.place()
                message = f"{key}: extends（もとにする様式）と一緒に使ってください。"
                faults.add(FormError(message, place=place))
        return own
    base_text, base_file = _base(own.value["extends"], file, find, above)
    base = _read(base_text, base_file, find, faults, (*above, file))
    return _extended(base, own, faults)


def _base(
    extends: Node, file: str, find: FindForm | None, above: tuple[str, ...]
) -> tuple[str, str]:
    """Text and file of the base."""
    if not isinstance(extends.value, str):
        raise _refused(extends, "様式の名前かファイルを一つ書いてください。")
    if find is None:
        raise _refused(extends, "ここではほかの様式を読めません。")
    try:
        text, found = find(extends.value, file)
    except GyomuError as error:
        raise _refused(extends, error.message, error.hint) from None
    chain = (*above, file, found)
    if found in chain[:-1]:
        loop = " → ".join(PurePath(one).name for one in chain[chain.index(found) :])
        hint = "自分に戻らない様式を extends に書いてください。"
        raise _refused(extends, f"もとの様式が輪になっています（{loop}）。", hint)
    if len(chain) > _MOST:
        raise _refused(extends, f"もとの様式が{_MOST}段を越えて続いています。")
    return text, found


def _refused(extends: Node, message: str, hint: str = "") -> FormError:
    return FormError(f"extends: {message}", place=extends.origin.place(), hint=hint)


def _extended(base: Node, own: Node, faults: Faults) -> Node:
    changes = {key: own.value[key] for key in CHANGES if key in own.value}
    kept = {key: item for key, item in own.value.items() if key not in CHANGES}
    known = _known_changes(changes, own, faults)
    if known.scale != 1000:
        base = scale(base, known.scale)
    merged = _merged(_inherited(base), Node(kept, own.origin))
    if "blocks" in merged.value:
        change_blocks(merged.value["blocks"], changes, faults)
    return merged


def _known_changes(changes: dict[str, Node], own: Node, faults: Faults) -> _Changes:
    """The changes, read. Those that cannot be read are added to `faults`, and taken away."""
    while True:
        try:
            return _Changes.model_validate({key: plain(item) for key, item in changes.items()})
        except ValidationError as error:
            source = FormTree(plain(own), origins_of(own))
            for fault in schema_faults(error, source):
                faults.add(fault.error)
                kind, name = str(fault.path[0]), fault.path[1:2]
                if name and isinstance(changes[kind].value, dict):
                    changes[kind].value.pop(name[0], None)
                else:
                    changes.pop(kind, None)


def _inherited(base: Node) -> Node:
    return base._replace(value={key: it for key, it in base.value.items() if key not in _OWN})


def _merged(base: Node, own: Node) -> Node:
    """The base with what `own` says: mappings key by key, all else as a whole.

    A key with nothing behind it takes away what the base has there.
    """
    value = dict(base.value)
    for key, item in own.value.items():
        old = value.get(key)
        if item.value == "" and old is not None:
            del value[key]
        elif old is not None and isinstance(old.value, dict) and isinstance(item.value, dict):
            value[key] = _merged(old, item)
        else:
            value[key] = item
    return Node(value, own.origin)
