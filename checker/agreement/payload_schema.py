"""What goes along with a handed-over lead, as JSON Schema: for the program that sends it, and the one that checks it.

A lead fits exactly if the measure `payload_completeness` would count it as complete and every value is one that its
field can have. Further keys are welcome: everything that is known goes along.
"""

from __future__ import annotations

from typing import Any

from checker.agreement.agreement import BUILT_IN_FIELDS, Agreement
from checker.agreement.base import prose
from checker.agreement.payload import PayloadItem
from checker.agreement.scalars import DATE
from checker.agreement.schema import DIALECT
from checker.agreement.source import Column, Source

_NOT_BLANK = r"\S"
_A_DAY = {"type": "string", "format": "date", "pattern": f"^{DATE}$"}
_WHOLE = {"type": "integer"}
_KINDS: dict[str, list[dict[str, Any]]] = {
    "text": [{"type": "string"}],
    "one of": [{"type": "string"}],
    "whole number": [_WHOLE],
    "months": [_WHOLE],
    "number": [{"type": "number"}],
    "money": [{"type": "number"}],
    "date": [_A_DAY],
    # how many days ago, or the day itself
    "days ago": [_WHOLE, _A_DAY],
    "yes or no": [{"type": "boolean"}],
}
_NUMBERS = ("integer", "number")


def payload_schema(agreement: Agreement) -> dict[str, Any]:
    """The schema of one handed-over lead: a property for each field of the payload, in its order."""
    items = agreement.payload
    handoff = agreement.sections.handoff
    stage = agreement.stages.get(handoff.stage) if handoff else None
    name = prose(stage.name if stage else None, agreement.language, handoff.stage if handoff else "")
    return {
        "$schema": DIALECT,
        "title": f"{agreement.title}: {name}" if name else agreement.title,
        "type": "object",
        "properties": {item.field: _property(agreement, item) for item in items},
        "required": [item.field for item in items if item.required],
    }


def _property(agreement: Agreement, item: PayloadItem) -> dict[str, Any]:
    field = agreement.fields.get(item.field)
    kind = agreement.field_kind(item.field) or "text"
    said: dict[str, Any] = {}
    if field is not None and (title := prose(field.name, agreement.language)):
        said["title"] = title
    if description := _description(agreement, item):
        said["description"] = description
    blanks = _blanks(agreement, item.field)
    if kind == "list of actions":
        shapes: list[dict[str, Any]] = [_actions(agreement, item.required)]
    else:
        shapes = [_bounded(shape, agreement, item.field, blanks) for shape in _KINDS.get(kind, _KINDS["text"])]
    if not item.required:
        # nothing is known: the key may be left out, or hold nothing
        shapes.append({"enum": [None, "", *blanks]})
    return said | (shapes[0] if len(shapes) == 1 else {"anyOf": shapes})


def _description(agreement: Agreement, item: PayloadItem) -> str:
    """What the field is, and what sales uses it for."""
    field = agreement.fields.get(item.field)
    handoff = agreement.sections.handoff
    listed = handoff.must_have if handoff and isinstance(handoff.must_have, dict) else {}
    used_for = listed[item.field].used_for if item.field in listed else None
    parts = [prose(field.means if field else None, agreement.language), prose(used_for, agreement.language)]
    return ". ".join(part for part in parts if part)


def _bounded(shape: dict[str, Any], agreement: Agreement, name: str, blanks: list[str]) -> dict[str, Any]:
    """A shape with the values that the field can have."""
    field = agreement.fields.get(name)
    found = dict(shape)
    if found["type"] in _NUMBERS and field is not None:
        if field.from_ is not None:
            found["minimum"] = _number(field.from_)
        if field.to is not None:
            found["maximum"] = _number(field.to)
    if found["type"] == "string" and "format" not in found:
        values = agreement.field_values(name)
        if values is not None:
            found["enum"] = list(values)
            return found
        found["pattern"] = _NOT_BLANK
        if blanks:
            found["not"] = {"enum": blanks}
    elif blanks:
        spelled = [blank for blank in map(_as_number, blanks) if blank is not None]
        if spelled and found["type"] in _NUMBERS:
            found["not"] = {"enum": spelled}
    return found


def _actions(agreement: Agreement, is_required: bool) -> dict[str, Any]:
    name: dict[str, Any] = {"type": "string", "pattern": _NOT_BLANK}
    if agreement.sections.actions:
        name = {"type": "string", "enum": list(agreement.sections.actions)}
    done = {
        "type": "object",
        "properties": {"action": name, "on": _A_DAY},
        "required": ["action", "on"],
    }
    return {"type": "array", "items": {"anyOf": [done, name]}} | ({"minItems": 1} if is_required else {})


def _blanks(agreement: Agreement, name: str) -> list[str]:
    """What the source's files write for a blank in this field."""
    source = agreement.sections.source
    if not isinstance(source, Source):
        return []
    written = (source.leads.fields or {}).get(name)
    if name in BUILT_IN_FIELDS and written is None:
        return []
    column = written.column if isinstance(written, Column) else written if isinstance(written, str) else None
    if column is None:
        return []
    prefix = column.partition(".")[0]
    file = source.files.get(prefix if prefix in source.files else source.leads.from_)
    own = (written.null_values if isinstance(written, Column) else None) or ()
    written_for_blank = [*((file.null_values if file else None) or ()), *own]
    # case does not count where cells are read
    return list(dict.fromkeys(form for blank in written_for_blank for form in (blank, blank.lower(), blank.upper())))


def _number(bound: Any) -> int | float:
    return int(bound) if bound == int(bound) else float(bound)


def _as_number(written: str) -> int | float | None:
    try:
        return float(written) if "." in written else int(written)
    except ValueError:
        return None
