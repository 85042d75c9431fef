"""What stands beside a verdict, as a results file keeps it: numbers for reading, people by name, steps with lines."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from checker import beside_verdict as kept
from checker.agreement import Agreement
from checker.language import to_json
from checker.logic.pace import Pace
from checker.measures.asked import Verdict
from checker.measures.beside import Escalated, Excepted, Recent
from checker.message import Message, translations_of
from checker.record import Said
from checker.text import Document


def beside_verdict(verdict: Verdict, agreement: Agreement, document: Document) -> dict[str, Any]:
    """The fields of `checker.beside_verdict.BesideVerdict`, by name."""
    beside = verdict.beside
    pooled, step = beside.together, beside.step
    return {
        "pace": None if beside.pace is None else _pace(beside.pace),
        "recent": tuple(map(_recent, beside.recent)),
        "together": None
        if pooled is None
        else kept.Together(
            months=tuple(map(str, pooled.months)),
            numerator=pooled.part,
            denominator=pooled.whole,
            target=_known(pooled.target),
            is_kept=pooled.is_kept,
            interval=pooled.interval,
        ),
        "step": None
        if step is None
        else kept.StepReached(
            share=_known(step.share),
            used=step.used,
            allowed=step.allowed,
            then=step.then,
            translations=translations_of(step.then),
        ),
        "escalations": tuple(_escalated(each, agreement, document) for each in beside.escalations),
        "exceptions": tuple(_excepted(each, agreement) for each in beside.exceptions),
        "released": tuple(kept.Released(count=each.count, because=each.because) for each in beside.released),
        "stand_ins": tuple(kept.StandIn(event=event, same_as=other) for event, other in beside.stand_ins),
        "unknown_would_break": beside.unknown_would_break,
    }


def _pace(pace: Pace) -> kept.Pace:
    ahead = pace.projection
    low, high = ahead.band if ahead is not None and ahead.band is not None else (None, None)
    return kept.Pace(
        days_gone=pace.gone,
        days=pace.total,
        expected=_known(pace.expected),
        share=_number(pace.share),
        projection=None if ahead is None else _known(ahead.expected),
        low=low,
        high=high,
        a_day_so_far=_number(pace.so_far),
        a_day_needed=_number(pace.needed),
    )


def _recent(recent: Recent) -> kept.Recent:
    return kept.Recent(
        days=recent.days,
        since=recent.since,
        missed=recent.missed,
        due=recent.due,
        times_as_fast=_number(recent.times_as_fast),
        by_chance=recent.by_chance,
        is_warning=recent.is_warning,
    )


def _escalated(taken: Escalated, agreement: Agreement, document: Document) -> kept.Escalated:
    place = document.place(("escalation", taken.place))
    tell, then = taken.step.tell, agreement.text(taken.step.then)
    return kept.Escalated(
        step=taken.place + 1,
        count=taken.count,
        tell=(tell,) if isinstance(tell, str) else tuple(tell),
        then=then,
        translations=translations_of(then),
        file=place.file,
        line=place.line,
        when=_said(taken.when),
        whom=_said(taken.whom),
    )


def _excepted(excepted: Excepted, agreement: Agreement) -> kept.Excepted:
    written, people = excepted.exception, agreement.sections.people or {}
    why = agreement.text(written.why)
    return kept.Excepted(
        count=excepted.count,
        leads=tuple(written.leads or ()),
        first=written.days.first if written.days else None,
        last=written.days.last if written.days else None,
        why=why,
        translations=translations_of(why),
        agreed_by=tuple(
            agreement.text(people[name].name, name) if name in people else name for name in written.agreed_by
        ),
    )


def _said(message: Message) -> Said:
    return Said(**to_json(message))


def _known(value: Fraction) -> int | float:
    """A number for reading; what was decided was decided on the exact one."""
    return int(value) if value.denominator == 1 else float(value)


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
