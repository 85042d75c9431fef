"""Every text that people wrote is found, once, with its path and language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.agreement import build
from checker.agreement.schema import agreement_schema
from checker.agreement.texts import Said
from checker.finding import Path
from checker.text import parse, read
from tests.reference import FOLDER

NO_PROSE = ("also_called", "leads", "version", "words_to_avoid", "source")


def texts(source: str) -> list[Said]:
    return list(build(parse(source).values).texts)


def by_schema(value: Any, schema: dict[str, Any], root: dict[str, Any], path: Path = ()) -> Iterator[Path]:
    """The paths of all values that the published schema calls words for people: a second way to the same."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]] | {
            key: schema[key] for key in schema if key != "$ref"
        }
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        if "type" in branch or "$ref" in branch:
            yield from by_schema(value, branch, root, path)
    if isinstance(value, str) and str(schema.get("description", "")).startswith("Words for people"):
        yield path
    if isinstance(value, str) and schema.get("pattern") == r"^(?:[\s\S]*\S[\s\S]*)$":
        yield path
    if isinstance(value, dict) and schema.get("type", "object") == "object":
        for key, inner in value.items():
            named = schema.get("properties", {}).get(key)
            others = [*schema.get("patternProperties", {}).values()]
            extra = schema.get("additionalProperties")
            for found in [named] if named else [*others, *([extra] if isinstance(extra, dict) else [])]:
                yield from by_schema(inner, found, root, (*path, key))
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index, inner in enumerate(value):
            yield from by_schema(inner, schema["items"], root, (*path, index))


def test_the_reference_has_the_texts_that_its_schema_says() -> None:
    values = read(FOLDER).values
    schema = agreement_schema()
    expected = {
        path
        for path in by_schema(values, schema, schema)
        if not set(NO_PROSE) & set(path)
        and path[:2] not in (("log", "meetings"), ("log", "objections_heard"))
        and path[:1] != ("fields",)
    }
    actual = [said.path for said in build(values).texts if said.path[:2] != ("log", "meetings")]

    assert expected == set(actual)
    assert len(actual) == len(set(actual))


def test_each_language_is_a_text_of_its_own() -> None:
    said = texts(
        "language: pt-BR\nstages:\n  lead: {team: marketing, name: {en: Lead, pt-BR: Contato}, means: Quer saber\n}"
    )

    assert [("Lead", "en"), ("Contato", "pt-BR"), ("Quer saber", "pt-BR")] == [(it.text, it.language) for it in said]
    assert [("name", ("stages", "lead", "name", "en")), ("means", ("stages", "lead", "means"))] == [
        (said[index].key, said[index].path) for index in (0, 2)
    ]


def test_names_of_the_log_are_no_texts() -> None:
    """A meeting's `what` is its id; what was made is told in words."""
    said = texts(
        "log:\n  meetings: [{what: weekly, on: 2027-01-04, by: ana, note: Short}]\n"
        "  pieces: [{what: A guide, on: 2027-01-04, by: ana}]\n"
    )

    assert ["Short", "A guide"] == [it.text for it in said]


def test_a_section_that_cannot_be_read_has_no_texts() -> None:
    said = texts("plan: {months: 2027-01, why: Half of the year, wy: x}\nobjections: {price: It costs too much}\n")

    assert ["It costs too much"] == [it.text for it in said]
