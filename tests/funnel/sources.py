"""Small agreements with a source section, and what reading their files gives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.agreement import Agreement, build
from checker.errors import SlaError
from checker.funnel import Funnel, nodes, open_funnel
from checker.language import from_json, words
from checker.record import Said

FIELDS: Mapping[str, Any] = {
    "sector": {"is": "one of", "values": ["food", "pharma", "other"]},
    "job_title": {"is": "text"},
    "phone": {"is": "text", "personal_data": True},
    "employees": {"is": "whole number", "from": 1, "to": 5000},
    "growth": {"is": "number"},
    "budget": {"is": "money"},
    "consent": {"is": "yes or no"},
    "wants_it_by": {"is": "date"},
    "last_visit": {"is": "days ago"},
    "timeline": {"is": "months"},
    "actions": {"is": "list of actions"},
    "interests": {"is": "text"},
}
STAGES = {name: {"team": "marketing"} for name in ("lead", "mql", "sql")} | {"won": {"team": "sales", "is": "won"}}


def agreement(source: Mapping[str, Any], timezone: str = "America/Sao_Paulo", **sections: Any) -> Agreement:
    """An agreement with this source; its reports are in `timezone`. Fails where it does not fit the format."""
    written = {
        "format": "sla/v1",
        "agreement": "Test",
        "currency": "BRL",
        "working_time": {"office": {"timezone": timezone, "days": "Monday to Friday", "hours": "09:00 to 18:00"}},
        "stages": STAGES,
        "channels": {"search": {"team": "marketing"}, "fairs": {"team": "marketing"}},
        "actions": {"read": {"points": 1}, "ask": {"points": 40}},
        "fields": FIELDS,
        "source": source,
    } | sections
    built = build(written)
    assert built.problems == ()
    return built


def leads(**more: Any) -> dict[str, Any]:
    """A source of one file, leads.csv, with ids in the column `id`; `fields` and other keys of `leads` as given."""
    return {"timezone": "UTC", "files": {"lead": {"path": "leads.csv"}}, "leads": {"from": "lead", "id": "id"} | more}


def facts(funnel: Funnel) -> list[dict[str, Any]]:
    """The rows of the lead facts, in the order of reading."""
    columns = list(funnel.columns)
    statement = nodes.select(map(nodes.column, columns), nodes.table(funnel.facts))
    rows = funnel.engine.rows(statement.order_by(nodes.column("row_number")))
    return [dict(zip(columns, row, strict=True)) for row in rows]


def read(folder: Path, source: Mapping[str, Any], *columns: str, **sections: Any) -> list[Any]:
    """One column of the facts as a list, several as tuples."""
    with open_funnel(agreement(source, **sections), folder) as funnel:
        rows = facts(funnel)
    return [row[columns[0]] if len(columns) == 1 else tuple(row[name] for name in columns) for row in rows]


def refusal(folder: Path, source: Mapping[str, Any], **sections: Any) -> tuple[type[SlaError], str]:
    """The error that opening the source ends with: its class and its words. Fails where there is none."""
    try:
        open_funnel(agreement(source, **sections), folder).close()
    except SlaError as error:
        return type(error), words("en").say(error.message)
    raise AssertionError("the source was read")


def said(message: Said | None) -> str:
    """A saved message in English."""
    assert message is not None
    return words("en").say(from_json(message.model_dump(exclude_none=True)))
