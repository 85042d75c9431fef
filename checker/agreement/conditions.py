"""Conditions on a lead: how they are written, and the tree of questions that they are.

As written, a condition is a mapping whose keys all hold together: `FIELD: TEST`, `all`, `any`, `none_of`,
`at_least` with `of`, `meets`. `Question` is the same thing as a tree, each node with the path it was written at,
so that a proof or an evaluation can name the line that decided.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Self, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from checker.agreement.base import Entry, Filled, Maybe, optional
from checker.agreement.scalars import ANY_SIGN, ID, Id, Scalar, WholeNumber
from checker.finding import Path

Operand: TypeAlias = str | int | Decimal | bool


class Kind(Enum):
    """What a test asks of a field's value."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    BETWEEN = "to"
    KNOWN = "known"
    NOT_KNOWN = "not known"
    ONE_OF = "one of"
    NOT_ONE_OF = "not"
    CONTAINS = "contains"


@dataclass(frozen=True, slots=True)
class FieldTest:
    """A test as written: its kind and its operands, still untyped (the field's type reads them).

    `at least 3` has one operand, `50 to 2000` two, `known` none, a plain value or a list is ONE_OF.
    """

    kind: Kind
    operands: tuple[Operand, ...]
    written: str


_BOUNDED = re.compile(r"(at least|at most|more than|less than|contains|not) (\S.*)\Z", re.DOTALL)
_BOUND = rf"(?:(?:{ANY_SIGN}) )?\S*[0-9]\S*(?: [a-z]+)?"
_RANGE = re.compile(rf"({_BOUND}) to ({_BOUND})\Z")
TEST_WORDS = ("at least", "at most", "more than", "less than", "known", "not known", "not", "contains")


def parse_test(written: Operand | list[Operand]) -> FieldTest:
    """Reads one test. Any text is some test: what does not begin with a test's word is a plain value."""
    if isinstance(written, list):
        return FieldTest(Kind.ONE_OF, tuple(written), "[" + ", ".join(spelled(value) for value in written) + "]")
    if not isinstance(written, str):
        return FieldTest(Kind.ONE_OF, (written,), spelled(written))
    if written in ("known", "not known"):
        return FieldTest(Kind(written), (), written)
    if bounded := _BOUNDED.match(written):
        return FieldTest(Kind(bounded[1]), (_operand(bounded[2]),), written)
    if span := _RANGE.match(written):
        return FieldTest(Kind.BETWEEN, (span[1], span[2]), written)
    return FieldTest(Kind.ONE_OF, (written,), written)


def _operand(text: str) -> Operand:
    # `not yes` and `not no` mean the values that stand alone as yes and no
    return {"yes": True, "no": False}.get(text, text)


def spelled(value: Operand) -> str:
    """A value as it is written in YAML."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


class _TestGate:
    """Lets a single value or a filled list of single values pass, as a `FieldTest`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> Any:
            items = value if isinstance(value, list) else [value]
            if not items or not all(_is_operand(item) for item in items):
                raise PydanticCustomError("scalar", "{value_type}", {"value_type": "test", "exists": True})
            return value

        return core_schema.no_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        single = {"anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean"]}]}
        return {
            "anyOf": [*single["anyOf"], {"type": "array", "items": single, "minItems": 1}],
            "description": "A value, a list (one of these), at least 3, at most 90 days, 50 to 2000, known, not X",
            "examples": ["at least 3"],
        }


def _is_operand(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) or (isinstance(value, str) and bool(value.strip()))


TestAsWritten: TypeAlias = Annotated[Any, _TestGate()]
FieldId: TypeAlias = Annotated[
    str, Scalar("field id", rf"(?!(?:when|otherwise|to|rank|then)$){ID}", example="employees")
]


class Condition(Entry):
    """Several keys hold together. Any other key is a field, and its value the test."""

    model_config = {
        "extra": "allow",
        "json_schema_extra": {"minProperties": 1, "dependentRequired": {"at_least": ["of"], "of": ["at_least"]}},
    }
    __pydantic_extra__: dict[FieldId, TestAsWritten]

    all: Maybe[Filled["Condition"]] = optional("Each of these must hold", [{"employees": "at least 3"}])
    any: Maybe[Filled["Condition"]] = optional("At least one of these must hold", [{"employees": "at least 3"}])
    none_of: Maybe[Filled["Condition"]] = optional("None of these may hold", [{"company_type": "student"}])
    at_least: Maybe[WholeNumber] = optional("How many of the conditions under `of` must hold", 3)
    of: Maybe[Filled["Condition"]] = optional("The conditions that `at_least` counts", [{"need": "confirmed"}])
    meets: Maybe[Id] = optional("A named group or a stage whose conditions must hold", "ideal_customer")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.at_least is None) is not (self.of is None):
            missing = "of" if self.of is None else "at_least"
            raise PydanticCustomError("goes_with", "{missing}", {"missing": missing})
        if not self.model_fields_set and not self.field_tests:
            raise PydanticCustomError("empty_mapping", "empty")
        return self

    @property
    def field_tests(self) -> dict[str, Any]:
        """Field id -> test as written, in the order of the file."""
        return self.__pydantic_extra__ or {}

    @property
    def has_conditions(self) -> bool:
        """Whether anything is asked of a lead here."""
        return bool(self.field_tests) or any_given(self.all, self.any, self.none_of, self.of, self.meets)


def any_given(*values: object) -> bool:
    """Whether one of these was written."""
    return any(value is not None for value in values)


# ---------------------------------------------------------------- the tree


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A leaf: one field, one test."""

    field: str
    test: FieldTest
    path: Path


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each part holds."""

    parts: tuple["Question", ...]
    path: Path


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Question", ...]
    path: Path


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No part holds."""

    parts: tuple["Question", ...]
    path: Path


@dataclass(frozen=True, slots=True)
class AtLeastOf:
    """At least `count` parts hold."""

    count: int
    parts: tuple["Question", ...]
    path: Path


@dataclass(frozen=True, slots=True)
class Meets:
    """The conditions of a named group or stage hold."""

    name: str
    path: Path


Question: TypeAlias = FieldIs | AllOf | AnyOf | NoneOf | AtLeastOf | Meets


def question(condition: Condition, path: Path) -> AllOf:
    """The tree of a condition written at `path`; its parts stand in the order of the format's words, fields first."""
    parts: list[Question] = [
        FieldIs(name, parse_test(test), (*path, name)) for name, test in condition.field_tests.items()
    ]
    if condition.meets is not None:
        parts.append(Meets(condition.meets, (*path, "meets")))
    if condition.all is not None:
        parts.extend(_questions(condition.all, (*path, "all")))
    if condition.any is not None:
        parts.append(AnyOf(_questions(condition.any, (*path, "any")), (*path, "any")))
    if condition.none_of is not None:
        parts.append(NoneOf(_questions(condition.none_of, (*path, "none_of")), (*path, "none_of")))
    if condition.of is not None and condition.at_least is not None:
        parts.append(AtLeastOf(condition.at_least, _questions(condition.of, (*path, "of")), (*path, "at_least")))
    return AllOf(tuple(parts), path)


def _questions(conditions: list[Condition], path: Path) -> tuple[Question, ...]:
    return tuple(_unwrapped(question(part, (*path, index))) for index, part in enumerate(conditions))


def _unwrapped(node: AllOf) -> Question:
    """A mapping with one key is that key's question; the wrapper would only add a level to every report."""
    return node.parts[0] if len(node.parts) == 1 else node


def leaves(node: Question) -> Iterator[FieldIs | Meets]:
    """Every leaf of a tree, in file order."""
    if isinstance(node, (FieldIs, Meets)):
        yield node
    else:
        for part in node.parts:
            yield from leaves(part)
