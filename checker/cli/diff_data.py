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
    from checker.cli.check import need_engine
    from checker.cli.placing import told_with_its_line
    from checker.impact import ReadBy

    need_engine()
    from checker.funnel import open_funnel
    from checker.review.impact import with_impact

    old, new = (build(document.values, document.problems, document.unread) for document in (before, after))
    read_by = ReadBy.BOTH if old.written.get("source") == new.written.get("source") else ReadBy.NEW
    document, reader = after, new
    if new.written.get("source") is None and "source" not in new.broken and old.sections.source is not None:
        read_by, document, reader = ReadBy.OLD, before, old
    file = Path(document.file_of(("source",)))
    folder = file.parent if file.is_file() else (beside if beside.is_dir() else beside.parent)
    with told_with_its_line(document), open_funnel(reader, folder, dict(sources)) as funnel:
        return with_impact(old, new, changes, funnel, read_by, as_of, period)
