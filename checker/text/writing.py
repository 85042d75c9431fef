"""Values as YAML text, as people would write them: short mappings and lists on one line, quotes only where needed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from checker.text.scalars import NO_VALUE, resolve

_WIDTH = 110
_INDENT = "  "
_PLAIN = re.compile(r"(?:\.\.?/)*[^\W\d_](?:[\w ./%()+*@|&?!=<>~-]*[\w.%()+*?!=~])?\Z")
"""Texts that mean themselves, inside brackets too: they begin with a letter and hold no sign of the notation."""
_OF_THE_FORMAT = re.compile(
    r"(?:\d{4}-\d{2}(?:-\d{2})?(?: to \d{4}-\d{2}(?:-\d{2})?)?|\d+(?:\.\d+)?%|\d+(?: [a-z]+){1,2})\Z"
)
"""Values of the format that begin with a digit: months, days, shares, durations."""
_MISREAD = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that some reader of YAML takes for something else."""


def yaml_text(values: Mapping[str, Any]) -> str:
    """A text that the reader gives these values for. Keys on the first two levels have lines of their own."""
    return "".join(f"{line}\n" for line in _mapping(values, "", 0))


def _mapping(values: Mapping[str, Any], indent: str, depth: int) -> list[str]:
    lines: list[str] = []
    for key, value in values.items():
        start = f"{indent}{key_text(key)}:"
        short = _short(value)
        is_nested = isinstance(value, (Mapping, list, tuple)) and bool(value)
        is_long = len(start) + 1 + len(short) > _WIDTH
        if is_nested and isinstance(value, Mapping) and (is_long or depth < 2):
            lines += [start, *_mapping(value, indent + _INDENT, depth + 1)]
        elif is_nested and is_long:
            lines += [start, *_items(value, indent + _INDENT, depth + 1)]
        else:
            lines.append(f"{start} {short}")
    return lines


def _items(values: Sequence[Any], indent: str, depth: int) -> list[str]:
    lines: list[str] = []
    for value in values:
        if isinstance(value, Mapping) and value and len(indent) + 2 + len(_short(value)) > _WIDTH:
            first, *others = _mapping(value, indent + _INDENT, depth + 1)
            lines += [f"{indent}- {first.lstrip()}", *others]
        else:
            lines.append(f"{indent}- {_short(value)}")
    return lines


def _short(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(key)}: {_short(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_short, value)) + "]"
    return scalar(value)


def key_text(key: str) -> str:
    """A key as it is written; `on` is one of the format's own."""
    return key if key == "on" else scalar(key)


def scalar(value: Any) -> str:
    """A single value as it is written."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, Decimal)):
        return str(value)
    text = str(value)
    is_itself = text not in NO_VALUE and text.casefold() not in _MISREAD and isinstance(resolve(text), str)
    if is_itself and (_PLAIN.match(text) or _OF_THE_FORMAT.match(text)):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in quoted)


def _escaped(sign: str) -> str:
    """A character that nobody sees, in the letters of YAML for it."""
    code = ord(sign)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
