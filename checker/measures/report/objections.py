"""Objections that were written down, and the content that answers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.agreement.base import as_list
from checker.figure import Objection
from checker.measures.log import entries_of
from checker.measures.view import View
from checker.quantity import Month, Period


def objections(view: View, period: Period | None) -> Iterator[Objection]:
    """The most frequent first; those of the agreement that nobody has heard last."""
    known = view.agreement.sections.objections or {}
    heard = Counter(
        entry.what for entry in entries_of(view, "objections_heard") if period is None or Month.of(entry.on) in period
    )
    if not heard:
        return
    content = view.agreement.sections.content or {}
    for name in sorted([*heard, *(name for name in known if name not in heard)], key=lambda name: (-heard[name], name)):
        answers = [piece for piece, written in content.items() if name in as_list(written.answers)]
        yield Objection(objection=name, count=heard[name], answered_by=tuple(answers))
