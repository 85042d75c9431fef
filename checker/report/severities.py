"""What severities are called."""

from __future__ import annotations

from collections.abc import Mapping

from checker.finding import Finding, Severity
from checker.message import Message, say

SEVERITY: Mapping[Severity, Message] = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.INFO: say("note"),
}
"""Severity -> its word."""

_GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def gravity(finding: Finding) -> int:
    """For sorting, the worst first; what is waived comes last."""
    return len(_GRAVITY) if finding.waived else _GRAVITY.index(finding.severity)


SIGNS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}
"""What a reader of a comment sees first."""
