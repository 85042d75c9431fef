"""`sla diff --data`: opens the data that both versions are put to, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from checker.quantity import Period

if TYPE_CHECKING:
    from checker.change import Changes
    from checker.text import Document


def with_data(
    before: Document,
    after: Document,
    changes: Changes,
    sources: Sequence[tuple[str, Path]],
    beside: Path,
    as_of: date | None,
    period: Period | None,
) -> Changes:
    """The changes with what the leads of a source would have been. Raises what `open_funnel` and `with_impact` raise.

    The new version says how to read the data; where it has no source section, the old one. `beside` is where relative
    paths of a version lie that is no file on this computer.
    """
    from checker.agreement import build
    from checker.impact import ReadBy
    from checker.review.installed import need_engine
    from checker.text.placing import told_with_its_line

    need_engine()
    from checker.funnel import open_funnel
    from checker.review.diff import readable
    from checker.review.impact import with_impact

    read_by = ReadBy.BOTH if before.values.get("source") == after.values.get("source") else ReadBy.NEW
    document = after
    if "source" not in after.values and "source" in before.values:
        read_by, document = ReadBy.OLD, before
    reader = build(document.values, document.problems, document.unread)
    file = Path(document.file_of(("source",)))
    folder = file.parent if file.is_file() else (beside if beside.is_dir() else beside.parent)
    old, new, _ = readable(before, after)
    with told_with_its_line(document), open_funnel(reader, folder, dict(sources)) as funnel:
        return with_impact(old, new, changes, funnel, read_by, as_of, period)
