"""The format as JSON Schema, generated from the model, so that editors know what the checker knows.

Model and schema accept and refuse the same documents, but for what a schema cannot say: names that must be defined
elsewhere in the file, a test that must fit its field's type, the order of a range, and dates that do not exist.
"""

from __future__ import annotations

from typing import Any, get_args

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from checker.agreement.base import Entry
from checker.agreement.scalars import Scalar
from checker.agreement.sections import REQUIRED, Sections
from checker.agreement.source import AnySource

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, told what it does not know: patterns of open keys, and that nothing may be empty."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        # an absent key has no value; `default: null` would tell editors to write one
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        said = super().dict_schema(schema)
        if "enum" not in said.get("propertyNames", {}):
            said.pop("propertyNames", None)
        if "patternProperties" in said:
            said["additionalProperties"] = False
        return said

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        said = super().model_schema(schema)
        pattern = _open_key_pattern(schema["cls"])
        if pattern is not None and isinstance(said.get("additionalProperties"), dict):
            # not patternProperties: it would ask the format's own words for a test, too
            said["propertyNames"] = {"anyOf": [{"enum": list(said["properties"])}, {"pattern": f"^(?:{pattern})$"}]}
        return said

    def field_title_should_be_set(self, schema: Any) -> bool:
        # a title that only repeats the key says nothing
        return False


def _open_key_pattern(model: type[Any]) -> str | None:
    """The pattern of the keys that an open mapping takes beside its own words."""
    for parent in model.__mro__:
        extra = vars(parent).get("__annotations__", {}).get("__pydantic_extra__")
        if parent is not Entry and get_args(extra):
            key = get_args(extra)[0]
            return next((mark.pattern for mark in getattr(key, "__metadata__", ()) if isinstance(mark, Scalar)), None)
    return None


def agreement_schema() -> dict[str, Any]:
    """The schema of a whole agreement; `#/$defs/Sections` is that of one file of a folder."""
    said = Sections.model_json_schema(by_alias=True, schema_generator=_Generator)
    definitions = said.pop("$defs")
    title, description = "Marketing-sales agreement", said.pop("description")
    said.pop("title", None)
    return {
        "$schema": DIALECT,
        "title": title,
        "description": description,
        "$ref": "#/$defs/Sections",
        "required": list(REQUIRED),
        "$defs": {"Sections": said, **definitions},
    }


def source_schema() -> dict[str, Any]:
    """The schema of the `source` section alone."""
    said: dict[str, Any] = TypeAdapter(AnySource).json_schema(by_alias=True, schema_generator=_Generator)
    return {"$schema": DIALECT, **said, "title": "Source of funnel data"}
