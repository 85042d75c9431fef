"""Schema and model are two readings of one format: they accept and refuse the same documents."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agreement import build
from checker.agreement.misfits import NO_SUCH_VALUE
from checker.agreement.schema import agreement_schema, source_schema
from checker.text import parse, read
from tests.reference import FOLDER

SMALL = parse(
    """
format: sla/v1
agreement: Our marketing and sales agreement
status: draft
language: en
currency: EUR
working_time:
  office: {timezone: Europe/Warsaw, days: [Monday, Tuesday to Friday], hours: ["08:00 to 12:00", "13:00 to 17:00"]}
  desk:
    timezone: Europe/Amsterdam
    days:
      Monday to Friday: "08:00 to 21:00"
      Saturday: ["09:00 to 12:00", "13:00 to 17:00"]
    holidays: [2027-01-01, 2027-12-26]
  always: {timezone: UTC, hours: 24x7}
stages:
  lead: {name: {en: Lead, pt-BR: Lead}, team: marketing}
  mql: {name: Qualified lead, team: marketing, employees: at least 3, any: [{country: [PL, DE]}, {meets: lead}]}
  customer: {name: Customer, team: sales, is: won}
plan: {months: 2027-Q1, sales_cycle: {1 month: 40%, 2 months: 60%}, average_deal: 2500.50}
handoff: {stage: mql, channel: The queue, must_have: [phone], nice_to_have: {note: {used_for: the call}}}
points: {lost: [{when: {last_visit: at least 30 days}, points: 10}]}
meetings: {weekly: {every: 2 weeks, who: [sales], topics: [volume, {other: prices}]}}
sales_promises:
  first: {promise: Call, starts: handed_off, stops: decided, within: 4 business hours, not_owed_when: [{late: speed}]}
  kits: {promise: Send, measure: entries, of: kits, target: 4 a month}
"""
).values
DOCUMENTS = [read(FOLDER).values, SMALL]
POOL: list[Any] = [
    "",
    " ",
    "x",
    "a b",
    "yes",
    "15%",
    "0.15",
    "101.5%",
    "as planned",
    "R$ 30000",
    "R$ 30,000",
    "€ 20",
    "22 a month",
    "at most R$ 5",
    "4x",
    "1 month",
    "1 months",
    "2 business days",
    "90 days",
    "4 hours of work",
    "2027-03",
    "2027-13",
    "2027-Q4",
    "2027-01 to 2027-03",
    "2027-03-01",
    "2027-02-30",
    "09:30",
    "9:30",
    "18:00 to 09:00",
    "24x7",
    "Monday",
    "Friday to Monday",
    "first Wednesday",
    "3 months",
    "BR",
    "EUR",
    "pt-BR",
    "of the seller",
    "at once",
    "won",
    "marketing",
    "Ünïcode",
    "line\nbreak",
    0,
    1,
    -1,
    10**20,
    True,
    False,
    Decimal("2.5"),
    Decimal("0.15"),
    None,
    [],
    ["x"],
    [1, True],
    [[1]],
    {},
    {"x": 1},
    {"when": {"x": 1}},
    {"en": "x"},
    {"points": 3},
    {"otherwise": True},
]
KEYS = ["x", "name", "why", "when", "otherwise", "all", "of", "at_least", "meets", "is", "X", "é", "2027-04", "en", ""]


def ecma(pattern: str) -> str:
    """JSON Schema's regular expressions are ECMAScript's, where `$` is the very end of the text."""
    return pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern


def check_pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    if isinstance(instance, str) and not re.search(ecma(pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def check_pattern_properties(
    validator: Any, properties: dict[str, Any], instance: Any, _: Any
) -> Iterator[jsonschema.ValidationError]:
    for pattern, below in properties.items() if isinstance(instance, dict) else ():
        for key, value in instance.items():
            if re.search(ecma(pattern), key):
                yield from validator.descend(value, below, path=key)


Validator = jsonschema.validators.extend(
    jsonschema.Draft202012Validator, {"pattern": check_pattern, "patternProperties": check_pattern_properties}
)
SCHEMA = agreement_schema()
VALIDATOR = Validator(SCHEMA)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document, the document itself left out."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        yield (*path, key)
        yield from places(below, (*path, key))


PLACES = [list(places(document)) for document in DOCUMENTS]


ACTS = ["change", "change", "change", "remove", "rename", "add"]
edits = st.lists(
    st.tuples(st.integers(0, 10**6), st.sampled_from(ACTS), st.sampled_from(KEYS), st.sampled_from(POOL)),
    min_size=1,
    max_size=3,
)


def edited(which: int, changes: list[tuple[int, str, str, Any]]) -> Any:
    """A document with some places changed, removed, renamed or filled with something else."""
    document = copy.deepcopy(DOCUMENTS[which])
    for number, act, key, value in changes:
        path = PLACES[which][number % len(PLACES[which])]
        parent: Any = document
        for step in path[:-1]:
            is_there = step in parent if isinstance(parent, dict) else isinstance(parent, list) and step < len(parent)
            parent = parent[step] if is_there else None
        if isinstance(parent, dict) and path[-1] in parent:
            if act == "rename":
                parent[key] = parent.pop(path[-1])
            elif act == "remove":
                del parent[path[-1]]
            elif act == "add" and isinstance(parent[path[-1]], dict):
                parent[path[-1]] = {**parent[path[-1]], key: value}
            else:
                parent[path[-1]] = value
        elif isinstance(parent, list) and path[-1] < len(parent):
            parent[path[-1]] = value
    return document


def refusals(document: Any) -> set[str]:
    """The kinds of problems that the model finds, without those that no schema can see."""
    return {problem.kind for problem in build(document).problems} - {NO_SUCH_VALUE}


@settings(max_examples=400)
@given(st.integers(0, len(DOCUMENTS) - 1), edits)
def test_schema_and_model_accept_and_refuse_the_same_documents(
    which: int, changes: list[tuple[int, str, str, Any]]
) -> None:
    """The only difference are values that are spelt right and do not exist, such as 2027-02-30."""
    document = edited(which, changes)
    refused = refusals(document)
    errors = [error.message[:200] for error in VALIDATOR.iter_errors(document)]

    assert bool(refused) is bool(errors), (refused, errors)


@pytest.mark.parametrize("document", DOCUMENTS, ids=["reference", "small"])
def test_good_documents_pass_both(document: Any) -> None:
    assert [] == [error.message for error in VALIDATOR.iter_errors(document)]
    assert () == build(document).problems


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator.check_schema(source_schema())


def described(schema: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that the schema knows by name, and what it says of it."""
    if isinstance(schema, dict):
        for key, below in schema.get("properties", {}).items():
            if "description" in schema or where:
                yield f"{where}.{key}", below
        for key, below in schema.items():
            if key not in ("examples", "if", "then", "else", "anyOf", "oneOf", "not"):
                yield from described(below, f"{where}.{key}" if key != "properties" else where)
    elif isinstance(schema, list):
        for below in schema:
            yield from described(below, where)


@pytest.mark.parametrize("schema", [SCHEMA, source_schema()], ids=["agreement", "source"])
def test_every_key_has_a_description_and_an_example(schema: dict[str, Any]) -> None:
    """An editor's hover must help: no key is bare."""
    keys = dict(described(schema))
    bare = [key for key, said in keys.items() if "description" not in said or not says_example(said)]

    assert [] == bare
    assert keys


def says_example(said: dict[str, Any]) -> bool:
    """Whether a key shows how it is written: by an example, or by listing its words."""
    return any(word in json.dumps(said) for word in ('"examples"', '"enum"', '"const"', '"boolean"'))
