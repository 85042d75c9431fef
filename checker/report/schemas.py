"""The JSON Schemas that are published in `schema/`: for editors, and for programs that read results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from checker.agreement.schema import DIALECT, agreement_schema, source_schema
from checker.backtested import BacktestFile
from checker.report.changelog_json import ChangelogFile
from checker.report.changes_json import ChangesFile
from checker.report.findings_json import FindingsFile
from checker.report.leads_json import LeadsFile
from checker.report.payloads_json import PayloadsFile, RoutesFile
from checker.report.plan_json import PlanFile
from checker.report.story_json import LeadFile
from checker.verdict import Results


def written_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a file that the tool writes; every key that it always writes is required."""
    return {"$schema": DIALECT} | model.model_json_schema(mode="serialization")


def schemas() -> Mapping[str, str]:
    """File name -> its text, for every published schema."""
    return {
        f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in (
            ("agreement", agreement_schema()),
            ("source", source_schema()),
            ("findings", written_schema(FindingsFile)),
            ("changes", written_schema(ChangesFile)),
            ("changelog", written_schema(ChangelogFile)),
            ("results", written_schema(Results)),
            ("leads", written_schema(LeadsFile)),
            ("lead", written_schema(LeadFile)),
            ("backtest", written_schema(BacktestFile)),
            ("plan", written_schema(PlanFile)),
            ("payloads", written_schema(PayloadsFile)),
            ("routes", written_schema(RoutesFile)),
        )
    }
