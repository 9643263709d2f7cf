"""The base of everything that a form says: no unknown keys, nothing changes after reading."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from gyomu_docs.errors import name_hint, nearest

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
    hint = name_hint(key, known, "使える項目")
    message = f"項目「{key}」は使えません。{hint}".replace("{", "{{").replace("}", "}}")
    context = {"near": nearest(key, known)}
    fault = PydanticCustomError(UNKNOWN_KEY, message, context)
    return InitErrorDetails(type=fault, loc=(key,), input=key)
