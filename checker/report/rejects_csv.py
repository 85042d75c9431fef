"""Rows that were kept out, as a CSV file: one row each, with file, line, column, text and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from checker.language import Words, from_json
from checker.report.spreadsheets import harmless
from checker.verdict import Reject

HEADINGS = ("file", "line", "column", "text", "reason")


def rejects_csv(rejects: Iterable[Reject], spoken: Words) -> str:
    """The text of the file: UTF-8, commas, a line of headings; reasons in the reader's language.

    The text of a cell is empty where the cell is, where the whole line is meant, and where it is personal data.
    """
    to = io.StringIO()
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(HEADINGS)
    for reject in rejects:
        reason = reject.reason
        if reject.said is not None:
            reason = spoken.say(from_json(reject.said.model_dump(exclude_none=True)))
        cells = (reject.file, reject.line, reject.column, reject.text, reason)
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return to.getvalue()
