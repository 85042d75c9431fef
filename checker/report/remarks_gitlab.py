"""Remarks as GitLab's Code Quality report: they appear in a merge request, beside the lines that changed.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from checker.finding import Severity
from checker.language import Words
from checker.message import Written, say
from checker.report.remark import Remark
from checker.report.repository import Repository
from checker.report.terminal import printable

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def remarks_gitlab(remarks: Iterable[Remark], words: Words, repository: Repository) -> str:
    """A JSON list with one entry a remark; an empty list where there is none.

    What is as it should be is no entry: GitLab counts each as a loss of quality.
    """
    entries = [_entry(remark, words, repository) for remark in remarks if not remark.is_quiet]
    return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"


def _entry(remark: Remark, words: Words, repository: Repository) -> dict[str, Any]:
    """GitLab shows the description alone, so it holds the code and the page's address as well."""
    place = remark.place
    told = say(
        "{message} ({code}, {address})",
        message=remark.message,
        code=Written(remark.code),
        address=Written(remark.help),
    )
    if remark.accepted:
        told = say("{message}; {waived}", message=told, waived=remark.accepted)
    return {
        "type": "issue",
        "check_name": printable(remark.code),
        "description": printable(words.say(told)),
        "content": {"body": "\n".join(map(printable, remark.more))},
        "categories": ["Bug Risk"],
        "severity": "info" if remark.accepted else _SEVERITIES[remark.severity],
        "fingerprint": remark.fingerprint,
        "location": {
            "path": printable(repository.file(place.file)),
            "lines": {"begin": place.line, "end": place.line},
        },
    }
