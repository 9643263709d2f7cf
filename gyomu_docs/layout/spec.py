"""The base of everything that a form says: no unknown keys, nothing changes after reading."""

from __future__ import annotations

import difflib
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

UNKNOWN_KEY = "unknown_key"
"""Type of the validation error for a key that is not there; its context may have `near`."""


class Spec(BaseModel):
    """A part of a form. All its unknown keys are told at once, each with the nearest known one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    told_keys: ClassVar[tuple[str, ...]] = ()
    """Keys that messages offer beside the fields: those that are gone before validation."""

    @model_validator(mode="before")
    @classmethod
    def _no_unknown_keys(cls, value: Any) -> Any:
        if isinstance(value, dict):
            known = _keys(cls)
            unknown = [_unknown(cls, key) for key in value if key not in known]
            if unknown:
                raise ValidationError.from_exception_data(cls.__name__, unknown)
        return value


def _keys(kind: type[Spec]) -> list[str]:
    """The keys as the file spells them."""
    return [field.alias or name for name, field in kind.model_fields.items()]


def _unknown(kind: type[Spec], key: str) -> InitErrorDetails:
    known = [*_keys(kind), *kind.told_keys]
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"「{near[0]}」ではありませんか。" if near else f"使える項目: {'、'.join(known)}"
    message = f"項目「{key}」は使えません。{hint}".replace("{", "{{").replace("}", "}}")
    context = {"near": near[0] if near else ""}
    fault = PydanticCustomError(UNKNOWN_KEY, message, context)
    return InitErrorDetails(type=fault, loc=(key,), input=key)
