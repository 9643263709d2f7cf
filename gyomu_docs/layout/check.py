"""All that is wrong with a form at once, for those who write one.

Loading a form stops at the first fault. `check_form` mends what it finds in the tree (a key that
does not exist goes, a block that cannot be read becomes a space, a page that cannot be read gets
room for anything) and looks again, until nothing of the schema is wrong, and then compiles what is
left. Nobody sets the mended form.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from gyomu_docs.errors import FormError
from gyomu_docs.layout.faults import Faults, SchemaFault, schema_faults
from gyomu_docs.layout.form import Form, form_of
from gyomu_docs.layout.inheritance import FindForm, read_form
from gyomu_docs.layout.origins import FormTree
from gyomu_docs.layout.resolve import compile_faults
from gyomu_docs.model import Sheet
from gyomu_docs.model.plain import Path

_MAY_GO = {(name,) for name, field in Form.model_fields.items() if not field.is_required()}
"""Keys of a form that can be left out: those with a fault are."""
_ROUNDS = 20
"""Mending one fault may show others behind it; so often at the most."""


_FURNITURE = ("header", "footer", "watermark")
_ROOMY = {"size": "A3", "orientation": "landscape", "margins": ["20mm", "0mm", "20mm", "0mm"]}
"""A page that no table is too wide for: what is wrong with a page is told of the page alone."""


def check_form(
    text: str, file: str, find: FindForm | None = None, root: type[BaseModel] = Sheet
) -> list[FormError]:
    """The faults of a form, by file and line; none for one that can be used.

    `root` is the model that it is filled from.
    """
    faults = Faults()
    try:
        source = read_form(text, file, find, faults)
    except FormError as error:
        faults.add(error)
    else:
        form = _mended(source, faults)
        for fault in compile_faults(form, root) if form is not None else ():
            faults.add(fault)
    files = list(dict.fromkeys(fault.place.file for fault in faults))
    return sorted(faults, key=lambda one: (files.index(one.place.file), one.place.line or 0))


def _mended(source: FormTree, faults: Faults) -> Form | None:
    """The form without its faults, which are added; None where too little of it is left."""
    touched: set[Path] = set()
    for _ in range(_ROUNDS):
        try:
            Form.model_validate(source.tree)
        except ValidationError as error:
            mended = False
            for fault in schema_faults(error, source):
                # That parts do not go together may be due to the one that was mended.
                if fault.path not in touched:
                    faults.add(fault.error)
                touched.add(fault.path[:-1])
                mended |= _mend(source.tree, fault)
            if not mended:
                return None
        else:
            return form_of(source, faults)
    return None


def _mend(tree: dict[str, Any], fault: SchemaFault) -> bool:
    """Take a fault out of the tree; False where that cannot be done."""
    *way, key = fault.path or ("",)
    owner = _at(tree, tuple(way))
    if fault.unknown and isinstance(owner, dict) and key in owner:
        value = owner.pop(key)
        if fault.near:
            owner.setdefault(fault.near, value)
        return True
    block = _innermost_block(fault.path)
    if block:
        _at(tree, block[:-1])[block[-1]] = {"spacer": "0pt"}
    elif fault.path[:1] == ("styles",) and len(fault.path) > 1:
        tree["styles"][fault.path[1]] = {}
    elif fault.path[:1] == ("page",):
        _mend_page(tree, fault.path[1:])
    elif fault.path[:1] in _MAY_GO:
        tree.pop(str(fault.path[0]), None)
    else:
        return False
    return True


def _mend_page(tree: dict[str, Any], path: Path) -> None:
    """Take a fault out of the page, whose keys `path` leads to."""
    page = tree.get("page")
    if not isinstance(page, dict):
        tree["page"] = dict(_ROOMY)
        return
    key = str(path[0]) if path else ""
    part = page.get(key)
    if key in _FURNITURE and isinstance(part, dict) and len(path) > 1:
        styles = tree.get("styles") or {"": {}}
        stand_ins = {"style": next(iter(styles)), "distance": "0mm"}
        part[str(path[1])] = stand_ins.get(str(path[1]), "")
    elif key in _FURNITURE or key == "mirrored":
        page.pop(key, None)
    else:
        for one in ("binding", "gutter"):
            page.pop(one, None)
        page.update(_ROOMY)


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _innermost_block(path: Path) -> Path:
    """The part of a path that leads to the block it lies in; `()` outside of blocks."""
    for end in range(len(path) - 1, 0, -1):
        if path[end - 1] == "blocks" and isinstance(path[end], int):
            return path[: end + 1]
    return ()
