"""Every key of the format, read from the models themselves: `sellers.*.ramp`, `*` for a name or a position."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from checker.agreement.base import Entry
from checker.agreement.conditions import Condition
from checker.agreement.plan import TargetLine
from checker.agreement.sections import BESIDE, Sections

FREE = {TargetLine: "PERIOD", Condition: "FIELD"}
"""Models that take keys of any name -> what such a key is."""


def keys() -> set[str]:
    """Each key under which something may be written that is not merely a mapping of further keys."""
    return {
        key
        for name, field in Sections.model_fields.items()
        if name not in BESIDE
        for key in _below(name, field.annotation)
    }


def _below(path: str, annotation: Any) -> Iterator[str]:
    models = list(_models(annotation, path))
    if not models or _may_be_plain(annotation):
        yield path
    for model, at in models:
        if model is Condition:
            yield at
            continue
        for kind, name in FREE.items():
            if issubclass(model, kind):
                yield f"{at}.{name}"
        for attribute, field in model.model_fields.items():
            inner = f"{at}.{field.alias or attribute}"
            if issubclass(model, Condition) and attribute in Condition.model_fields:
                yield inner
            else:
                yield from _below(inner, field.annotation)


def _models(annotation: Any, path: str) -> Iterator[tuple[type[Entry], str]]:
    """The mappings that may stand at a path, and where: below a name, a position, or right there."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        yield annotation, path
        return
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _models(parts[0], path)
    elif origin is dict:
        yield from _models(parts[1], f"{path}.*")
    elif origin is list:
        yield from _models(parts[0], f"{path}.*")
    else:
        for part in parts:
            yield from _models(part, path)


def _may_be_plain(annotation: Any) -> bool:
    """Whether a value or a list of values may stand there instead of a mapping."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _may_be_plain(parts[0])
    if isinstance(annotation, type):
        return annotation is not type(None) and not issubclass(annotation, Entry)
    if origin in (list, dict):
        return not list(_models(annotation, ""))
    return any(_may_be_plain(part) for part in parts)
