"""The published schemas: files for editors and programs."""

from __future__ import annotations

import json

import jsonschema
import pytest

from checker.report.schemas import schemas

WRITTEN = schemas()


def test_each_published_shape_has_its_file() -> None:
    published = {"agreement", "source", "changelog", "changes", "findings", "results", "payloads", "routes"}
    published |= {"lead", "leads", "backtest", "plan"}

    assert {f"{name}.json" for name in published} == set(WRITTEN)


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_a_schema_is_a_sound_one(name: str) -> None:
    schema = json.loads(WRITTEN[name])
    jsonschema.Draft202012Validator.check_schema(schema)

    assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]
    assert WRITTEN[name].endswith("}\n")


def test_a_key_that_is_always_written_is_required() -> None:
    required = json.loads(WRITTEN["findings.json"])["$defs"]["FindingRecord"]["required"]

    assert {"code", "name", "severity", "message", "file", "line", "column", "help", "fingerprint"} <= set(required)
