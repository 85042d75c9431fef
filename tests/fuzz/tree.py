"""Values as trees: harvested from real texts, put together anew by the published schema, and written as YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parents[2]
DEEPEST = 7
ODD_VALUES: Sequence[Any] = (
    "",
    None,
    True,
    0,
    -1,
    10**30,
    2.5,
    [],
    {},
    [[]],
    {"": ""},
    "x",
    "0%",
    "101%",
    "-5%",
    "15%",
    "as planned",
    "R$ 30000",
    "R$ 30,000",
    "22 a month",
    "4x",
    "0 business hours",
    "4 business hours",
    "9999999999 business days",
    "1 month",
    "at least",
    "at least 3",
    "at least at least",
    "50 to 2000",
    "2000 to 50",
    "contains ",
    "not not known",
    "2027-03",
    "2027-13",
    "2027-01 to 2027-03",
    "0001-01 to 9999-12",
    "2027-Q9",
    "2027-02-30",
    "0000-00-00",
    "9999-12-31",
    "24x7",
    "25:00 to 24:61",
    "18:00 to 09:00",
    "9" * 400,
    "1e999",
    "nan",
    "٣",
    "\u202eabc",
    "a\u0000b",
    "\ud800",
    "😀" * 50,
    "{field}",
    "%s %d %(x)s",
    "<script>alert(1)</script>",
    "'; DROP TABLE leads; --",
    "(a+)+$",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "/dev/zero",
    "Europe/Nowhere",
    "XX",
    "marketing",
    "sales",
    "handed_off",
    "became_mql",
    "mql or later",
    "before mql",
)


def block(value: Any, indent: int = 0) -> str:
    """A value as YAML in block style; texts that could be read as something else in quotes."""
    pad = "  " * indent
    if isinstance(value, Mapping) and value:
        return "".join(f"{pad}{_scalar(key)}:{_below(item, indent)}" for key, item in value.items())
    if isinstance(value, list) and value:
        return "".join(f"{pad}-{_below(item, indent)}" for item in value)
    return f"{pad}{_scalar(value)}\n"


def _below(value: Any, indent: int) -> str:
    if isinstance(value, (Mapping, list)) and value:
        return "\n" + block(value, indent + 1)
    return f" {_scalar(value)}\n"


def _scalar(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        is_plain = value.replace(" ", "").replace("_", "").replace("%", "").isalnum() and value == value.strip()
        return value if is_plain else json.dumps(value)
    if isinstance(value, (Mapping, list)):
        return json.dumps(value, default=str)
    return json.dumps(value, default=str)


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all values in a tree, its root left out."""
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from paths(item, (*path, key))


def with_value(tree: Any, path: Sequence[Any], new: Any) -> Any:
    """A tree with another value in one place."""
    if not path:
        return new
    head, *rest = path
    if isinstance(tree, Mapping):
        return {key: with_value(item, rest, new) if key == head else item for key, item in tree.items()}
    return [with_value(item, rest, new) if index == head else item for index, item in enumerate(tree)]


class Harvest:
    """Which values real texts hold under which key."""

    def __init__(self, trees: Sequence[Any]) -> None:
        self.trees = list(trees)
        self.by_key: dict[Any, list[Any]] = {}
        for tree in trees:
            self._take(tree)
        self.everything = [value for values in self.by_key.values() for value in values] or ["x"]

    def _take(self, tree: Any) -> None:
        if isinstance(tree, Mapping):
            for key, value in tree.items():
                self.by_key.setdefault(key, []).append(value)
                self._take(value)
        elif isinstance(tree, list):
            for value in tree:
                self._take(value)

    def value(self, chance: Random, key: Any = None) -> Any:
        """A value that stood under this key, that stood anywhere, or an odd one."""
        roll = chance.random()
        if roll < 0.5 and key in self.by_key:
            return chance.choice(self.by_key[key])
        if roll < 0.75:
            return chance.choice(self.everything)
        return chance.choice(ODD_VALUES)

    def edited(self, chance: Random) -> Any:
        """One of the trees, with some of its values exchanged."""
        tree = chance.choice(self.trees)
        for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
            found = list(paths(tree))
            if not found:
                break
            path = chance.choice(found)
            tree = with_value(tree, path, self.value(chance, path[-1]))
        return tree


@cache
def schema_of(name: str) -> Any:
    """A published schema."""
    return json.loads((ROOT / "schema" / f"{name}.json").read_text(encoding="utf-8"))


def by_schema(chance: Random, schema: Any, harvest: Harvest, whole: Any, key: Any = None, depth: int = 0) -> Any:
    """A value that mostly fits a JSON Schema: its shape is the schema's, its words are harvested or odd."""
    if not isinstance(schema, Mapping) or depth > DEEPEST or chance.random() < 0.02:
        return harvest.value(chance, key)
    if "$ref" in schema:
        found: Any = whole
        for part in str(schema["$ref"]).removeprefix("#/").split("/"):
            found = found[part]
        return by_schema(chance, found, harvest, whole, key, depth)
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return by_schema(chance, chance.choice(schema[word]), harvest, whole, key, depth + 1)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return chance.choice(schema["enum"])
    match schema.get("type"):
        case "object":
            return _object(chance, schema, harvest, whole, depth)
        case "array":
            items = schema.get("items", {})
            return [
                by_schema(chance, items, harvest, whole, key, depth + 1) for _ in range(chance.choice((0, 1, 2, 3)))
            ]
        case "integer":
            return chance.choice((0, 1, 7, 45, 10**9))
        case "number":
            return chance.choice((0.5, 1.25, 99999.99))
        case "boolean":
            return chance.random() < 0.5
    if chance.random() < 0.3 and schema.get("examples"):
        return chance.choice(schema["examples"])
    return harvest.value(chance, key)


def _object(chance: Random, schema: Mapping[str, Any], harvest: Harvest, whole: Any, depth: int) -> dict[str, Any]:
    required = schema.get("required", [])
    found = {}
    for name, below in schema.get("properties", {}).items():
        if name in required or chance.random() < (0.6 if depth == 0 else 0.3):
            found[name] = by_schema(chance, below, harvest, whole, name, depth + 1)
    further = [*schema.get("patternProperties", {}).values()]
    if isinstance(schema.get("additionalProperties"), Mapping):
        further.append(schema["additionalProperties"])
    for below in further:
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            name = chance.choice(("lead", "mql", "sql", "customer", "search", "ana", "tomas", "first-response", "x"))
            found[name] = by_schema(chance, below, harvest, whole, name, depth + 1)
    return found
