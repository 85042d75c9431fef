"""What every SARIF 2.1.0 log is made of: the format in which analysers speak to code scanning, editors and each other.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from checker import __version__
from checker.finding import Place, Severity
from checker.language import Words
from checker.report.remark import Remark
from checker.report.repository import Repository
from checker.report.terminal import printable
from checker.rules.rule import DOCUMENTATION

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "smarketingSla/v1"
"""Under this name stands what stays the same of a remark while lines move."""
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

_TOP = "%SRCROOT%"
_WORD = re.compile(r"[^\W_]+")
Json = dict[str, Any]


def sarif(
    rules: Sequence[Json],
    results: Sequence[Json],
    words: Words,
    notes: Iterable[str] = (),
    properties: Json | None = None,
) -> str:
    """A log of one run: what can be said, what is said, and what there is to know of the run itself."""
    run: Json = {
        "tool": {
            "driver": {
                "name": "Smarketing SLA",
                "version": __version__,
                "informationUri": DOCUMENTATION,
                "rules": list(rules),
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "toolConfigurationNotifications": [{"level": "note", "message": {"text": note}} for note in notes],
            }
        ],
        "language": words.language,
        "columnKind": "unicodeCodePoints",
        "results": list(results),
    }
    if properties:
        run["properties"] = properties
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def descriptor(code: str, name: str, severity: Severity, address: str) -> Json:
    """What stands behind a code: a rule, a promise, a kind of change."""
    code, name = printable(code), printable(name)
    described: Json = {
        "id": code,
        "name": "".join(word.capitalize() for word in _WORD.findall(name)) or code,
        "shortDescription": {"text": name or code},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "help": {"text": name or code},
    }
    return described | ({"helpUri": address} if address else {})


def result(remark: Remark, index: int, words: Words, repository: Repository, kind: str = "fail") -> Json:
    """A remark. `kind` is SARIF's: what is no failure (`pass`, `open`, `notApplicable` …) has no level."""
    made: Json = {
        "ruleId": printable(remark.code),
        "ruleIndex": index,
        "level": LEVELS[remark.severity] if kind == "fail" else "none",
        "message": {"text": "\n".join([printable(words.say(remark.message)), "", *map(printable, remark.more)])},
        "locations": [location(remark.place, repository)],
        "partialFingerprints": {FINGERPRINT: remark.fingerprint},
    }
    return made if kind == "fail" else made | {"kind": kind}


def location(place: Place, repository: Repository) -> Json:
    """A piece of a line, with the line where it is at hand."""
    where: Json = region(place)
    if place.source:
        where["snippet"] = {"text": printable(place.source)}
    return {"physicalLocation": {"artifactLocation": artifact(place, repository), "region": where}}


def artifact(place: Place, repository: Repository) -> Json:
    """A file, from the top of the repository where it is inside."""
    uri, is_relative = repository.uri(place.file)
    return {"uri": uri, "uriBaseId": _TOP} if is_relative else {"uri": uri}


def region(place: Place) -> Json:
    """A piece of one line; lines and columns count from 1, the end is exclusive in SARIF too."""
    line, column = max(place.line, 1), max(place.column, 1)
    return {"startLine": line, "startColumn": column, "endLine": line, "endColumn": max(place.end_column, column)}
