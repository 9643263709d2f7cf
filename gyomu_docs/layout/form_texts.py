"""The texts and styles of a form outside of its grids: compiled once, filled for each sheet."""

from __future__ import annotations

import re
from collections.abc import Callable

from pydantic import BaseModel

from gyomu_docs.errors import FormError
from gyomu_docs.layout.faults import Faults
from gyomu_docs.layout.fields import Field, PathError, PathReader, Scope
from gyomu_docs.layout.form import Form
from gyomu_docs.layout.spec import Spec
from gyomu_docs.layout.styles import CellStyle, check_lines, check_room, unknown_style
from gyomu_docs.layout.texts import compile_pieces, compile_template
from gyomu_docs.layout.tree import Piece, Style
from gyomu_docs.units import Length

_PAGE_FIELD = re.compile(r"\{pages?\}")


class FormTexts:
    """Texts by what the form says, and the styles of what stands outside of grids."""

    def __init__(
        self,
        form: Form,
        styles: dict[str, CellStyle],
        reader: PathReader,
        root: type[BaseModel],
        faults: Faults,
    ) -> None:
        self.form = form
        self.scope = (root,)
        """What stands outside of repetitions speaks of the whole: the sheet alone."""
        self._styles = styles
        self._reader = reader
        self._faults = faults
        self._texts: dict[str, Callable[[Scope], str]] = {}
        self._pieces: dict[str, Callable[[Scope], tuple[Piece, ...]]] = {}

    def add_fault(self, fault: ValueError | str, spec: Spec, key: str) -> None:
        """Say what is wrong with the `key` of a part of the form."""
        self._faults.add(FormError(str(fault), place=self.form.place(spec, key)))

    def compile(self, spec: Spec, key: str, *, printed: bool = True) -> None:
        """Compile the text under `key`, so that `text` has it."""
        for piece in _PAGE_FIELD.split(getattr(spec, key)):
            self._texts[piece] = self._template(spec, key, piece, printed=printed)

    def _template(
        self, spec: Spec, key: str, text: str, *, printed: bool
    ) -> Callable[[Scope], str]:
        def read(path: str) -> Field:
            field = self._reader.read_text(path, self.scope)
            return self._reader.show(field) if printed else field

        try:
            return compile_template(text, read, self.form.year_style)
        except PathError as fault:
            self.add_fault(fault, spec, key)
            return lambda scope: ""

    def text(self, template: str, scope: Scope) -> str:
        """A text of the form, filled."""
        return self._texts[template](scope)

    def pieces(self, template: str, scope: Scope) -> tuple[Piece, ...]:
        """The same as pieces; none for a text without fields. It was compiled, so it is right."""
        if template not in self._pieces:
            self._pieces[template] = compile_pieces(
                template,
                lambda path: self._reader.read_text(path, self.scope),
                self.form.year_style,
            )
        return self._pieces[template](scope)

    def check_style(
        self, spec: Spec, name: str, width: Length, *, lines: bool = True
    ) -> Style | None:
        """The style `name` of a text outside of grids, in a room of that width; None if wrong.

        With `lines`, several lines of it must fit on a page.
        """
        if name not in self._styles:
            self.add_fault(unknown_style(name, self._styles), spec, "style")
            return None
        style = self.style(name)
        try:
            if style.vertical:
                raise ValueError("縦書き（vertical）の style は、表のセルでだけ使えます。")
            check_room(style, width)
            if lines:
                check_lines(style, self.form)
        except ValueError as fault:
            self.add_fault(fault, spec, "style")
        return style

    def style(self, name: str) -> Style:
        """A style that was checked."""
        return self._styles[name].text
