"""What every section of the model shares: strictness, optional keys, prose in several languages, lists of one.

The files of this room do without `from __future__ import annotations`: pydantic would compile each of the 300
annotations from text at start-up, a fifth of the time that `sla validate` may take.
"""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Annotated, Any, TypeAlias, TypeVar, get_args

from annotated_types import Len
from pydantic import BaseModel, ConfigDict, Discriminator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, Tag
from pydantic_core import CoreSchema

from checker.agreement.scalars import Language, Text
from checker.message import Translated

T = TypeVar("T")
SCALAR, LIST, MAPPING = "<scalar>", "<list>", "<mapping>"
"""Tags of branches; their brackets keep them apart from keys in the location of an error."""


class Entry(BaseModel):
    """A mapping of the format: unknown keys are errors, values are taken as they are written."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class _Optional:
    """May be left out, but may not be empty: `key:` without a value is refused, unlike pydantic's `| None`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler(_without_none(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(schema)


def _without_none(source: Any) -> Any:
    kinds = tuple(kind for kind in get_args(source) if kind is not type(None))
    return reduce(or_, kinds)


Maybe: TypeAlias = Annotated[T | None, _Optional()]


def shape(value: Any) -> str:
    """Which of the three shapes of YAML a value has; picks the branch where a key may be written in several ways."""
    if isinstance(value, (Mapping, BaseModel)):
        return MAPPING
    return LIST if isinstance(value, (list, tuple)) else SCALAR


BY_SHAPE = Discriminator(shape)
Filled: TypeAlias = Annotated[list[T], Len(min_length=1)]
OneOrMany: TypeAlias = Annotated[
    Annotated[T, Tag(SCALAR)] | Annotated[Filled[T], Tag(LIST)],
    BY_SHAPE,
]
Prose: TypeAlias = Annotated[
    Annotated[Text, Tag(SCALAR)] | Annotated[dict[Language, Text], Len(min_length=1), Tag(MAPPING)],
    BY_SHAPE,
]


def required(description: str, example: Any = None, alias: str | None = None) -> Any:
    """A key that its entry must have; the description and the example go into the schema."""
    return Field(description=description, examples=None if example is None else [example], alias=alias)


def optional(description: str, example: Any = None, alias: str | None = None, default: Any = None) -> Any:
    """A key that may be left out (then it is `default`)."""
    return Field(default, description=description, examples=None if example is None else [example], alias=alias)


def prose(text: str | Mapping[str, str] | None, language: str, fallback: str = "") -> str:
    """Prose of an agreement in `language`: its text, with the translations beside it where there are some.

    Where it is not written in the agreement's language, the first one that is written stands for it.
    """
    if text is None:
        return fallback
    if isinstance(text, str):
        return text
    return Translated(text.get(language) or next(iter(text.values()), fallback), text)


def as_list(value: T | list[T] | tuple[T, ...] | None) -> list[T]:
    """A value that may be written alone or as a list, always as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
