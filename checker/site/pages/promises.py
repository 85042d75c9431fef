"""What each side promises, and a page of its own for every promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from checker.agreement.base import as_list
from checker.agreement.beside import NotCounted
from checker.agreement.promise_list import SECTIONS, Deadline, Promise
from checker.agreement.promises import Escalation
from checker.agreement.scalars import AS_PLANNED, MonthlyRate
from checker.finding import Path
from checker.logic.steps_in_words import when_taken
from checker.message import Message, say
from checker.quantity import Share
from checker.site.basis import Basis
from checker.site.board import Line
from checker.site.counting import counted
from checker.site.deadline_examples import arrivals
from checker.site.drawings.drawing import Drawing
from checker.site.page import Page
from checker.site.pages.month_so_far import month_so_far
from checker.site.pages.promise_history import drawings, history, missed
from checker.site.pages.response_times import distributions
from checker.site.safe import safe
from checker.site.timeline import examples
from checker.site.voice import exact

SIDES: dict[str, tuple[str, str, Message]] = {
    "marketing": ("marketing/index.md", "marketing_promises", say("What marketing promises")),
    "sales": ("sales/index.md", "sales_promises", say("What sales promises")),
    "both": ("both/index.md", "both_promise", say("What both promise")),
}
"""Side -> the path of its page, its section of the agreement, its title."""


@dataclass(frozen=True)
class Term:
    """One of the terms of a promise: its deadline, its target."""

    label: Markup
    value: Markup


@dataclass(frozen=True)
class Owed:
    """A promise on the page of its side."""

    promise: Promise
    terms: tuple[Term, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Rung:
    """A rung of a ladder."""

    name: Markup
    condition: Markup
    time: object
    target: Markup
    path: Path


@dataclass(frozen=True)
class Step:
    """What is done when it is not kept, and where that is written."""

    when: Markup
    then: Markup
    path: Path


@dataclass(frozen=True)
class WrittenLine:
    """A line of the agreement's files."""

    path: Path
    number: int
    text: str


def promise_pages(basis: Basis) -> Iterator[Page]:
    """The page of each side that promises something (marketing and sales always), and each promise's own."""
    promises = basis.agreement.promises()
    for side in SECTIONS.values():
        owed = [promise for promise in promises if promise.owes == side]
        path, section, title = SIDES[side]
        if owed or side != "both":
            yield basis.page(
                path,
                "side.md.j2",
                basis.voice.say(title),
                (section,),
                section=path,
                tags=_tags(basis, side),
                promises=[Owed(promise, tuple(terms(basis, promise)), _lines(basis, promise)) for promise in owed],
            )
        for promise in owed:
            yield _page(basis, promise, path)


def _tags(basis: Basis, side: str) -> tuple[Markup, ...]:
    marketing, sales = basis.voice.gettext("marketing"), basis.voice.gettext("sales")
    return {"marketing": (marketing,), "sales": (sales,)}.get(side, (marketing, sales))


def _lines(basis: Basis, promise: Promise) -> tuple[Line, ...]:
    return basis.board.of(promise) if basis.board else ()


def _page(basis: Basis, promise: Promise, section: str) -> Page:
    lines = _lines(basis, promise)
    return basis.page(
        basis.path_of(promise),
        "promise.md.j2",
        safe(basis.names.promise(promise)),
        promise.path,
        menu=safe(basis.names.promise_in_menu(promise)),
        section=section,
        tags=_tags(basis, promise.owes),
        is_wide=True,
        weight=0.9,  # whoever types “handoff” looks for the page of that name, not for a promise whose id begins so
        promise=promise,
        terms=list(terms(basis, promise)),
        lines=lines,
        ladder=[_rung(basis, rung) for rung in promise.deadlines],
        examples=list(examples(basis.agreement, basis.names, basis.voice, promise)),
        counted=list(counted(basis, promise)),
        steps=list(_steps(basis, promise)),
        exceptions=list(_exceptions(basis, promise)),
        has_rungs=len(lines) > 1,
        arrivals=arrivals(basis, promise),
        as_written=list(_as_written(basis, promise)),
        history=history(lines, basis.voice),
        drawings=list(drawings(basis, lines)),
        times=list(distributions(basis, lines)),
        so_far=_so_far(basis, promise),
        offenders=missed(lines),
    )


def _so_far(basis: Basis, promise: Promise) -> Drawing | None:
    """The month that goes on, of a promise of so many leads."""
    measured = promise.measured
    if measured is None or measured.measure != "volume" or measured.of is None or promise.only is not None:
        return None
    return month_so_far(basis, measured.of)


def terms(basis: Basis, promise: Promise) -> Iterator[Term]:
    """Deadline and target in a few words."""
    voice = basis.voice
    ladder = [rung for rung in promise.deadlines if rung.name is not None]
    for rung in ladder:
        yield Term(
            voice.gettext("within, for leads “{rung}”", rung=basis.names.rung(rung.name or "")),
            voice.duration(rung.time),
        )
    if not ladder and promise.deadlines:
        yield Term(voice.gettext("within"), voice.duration(promise.deadlines[0].time))
    told = targets_in_words(basis, promise)
    if told:
        yield Term(voice.gettext("target"), voice.names(told, "and"))


def targets_in_words(basis: Basis, promise: Promise) -> list[Markup]:
    """What is promised, each different target once: of every rung of a ladder, else the promise's own."""
    targets: list[Share | MonthlyRate | str | None] = [rung.target for rung in promise.deadlines]
    told = (target_in_words(basis, target) for target in targets or [promise.target])
    return list(dict.fromkeys(words for words in told if words))


def target_in_words(basis: Basis, target: Share | MonthlyRate | str | None) -> Markup:
    """What is promised: a share, a monthly rate, the plan; empty where nothing is."""
    voice = basis.voice
    if target is None:
        return Markup("")
    if isinstance(target, Share):
        return voice.share(target)
    if isinstance(target, MonthlyRate):
        return voice.gettext("{number} a month", number=target.count)
    return voice.gettext("as planned") if target == AS_PLANNED else safe(target)


def _rung(basis: Basis, rung: Deadline) -> Rung:
    condition = (
        basis.voice.say(basis.sentences.inline(rung.when)) if rung.when else basis.voice.gettext("every other lead")
    )
    return Rung(
        safe(basis.names.rung(rung.name)) if rung.name else Markup(""),
        condition,
        rung.time,
        target_in_words(basis, rung.target),
        rung.path,
    )


def _as_written(basis: Basis, promise: Promise) -> Iterator[WrittenLine]:
    """The lines of the files that say it, in their order, each once."""
    found: dict[int, WrittenLine] = {}
    for path in (promise.path, *_below(basis.agreement.written.get(str(promise.path[0])), promise.path)):
        place = basis.line_of(path)
        found.setdefault(place.line, WrittenLine(path, place.line, place.source.strip()))
    yield from (found[number] for number in sorted(found))


def _below(section: Any, path: Path) -> Iterator[Path]:
    """The path of every value that a promise holds."""

    def walk(value: Any, at: Path) -> Iterator[Path]:
        pairs: Iterable[tuple[str | int, Any]] = ()
        if isinstance(value, Mapping):
            pairs = value.items()
        elif isinstance(value, list):
            pairs = enumerate(value)
        for key, inner in pairs:
            yield (*at, key)
            yield from walk(inner, (*at, key))

    value = section.get(path[1]) if isinstance(section, Mapping) else None
    yield from walk(value, path)


# ---------------------------------------------------------------- what follows when it is not kept


def _steps(basis: Basis, promise: Promise) -> Iterator[Step]:
    voice = basis.voice
    for written, then in (promise.written.when_late_leads_reach or {}).items():
        share = Share(exact(float(written.partition("%")[0]) / 100))
        yield Step(
            voice.gettext("{share} of the allowed misses are used up", share=share),
            safe(basis.names.prose(then)),
            (*promise.path, "when_late_leads_reach", written),
        )
    for index, step in enumerate(basis.agreement.sections.escalation or ()):
        if _concerns(step, promise):
            yield escalation_in_words(basis, index, step)


def _concerns(step: Escalation, promise: Promise) -> bool:
    named = as_list(step.of)
    return promise.id in named if named else promise.clock is not None


def escalation_in_words(basis: Basis, index: int, step: Escalation) -> Step:
    """When a step is taken, who is told, and what is done."""
    voice, names = basis.voice, basis.names
    when = voice.say(when_taken(step))
    told = [
        voice.gettext("the lead's seller") if name == "seller" else names.person(name) for name in as_list(step.tell)
    ]
    then = voice.ngettext(
        "{people} is told: {then}",
        "{people} are told: {then}",
        count=len(told),
        people=voice.names(told),
        then=names.prose(step.then),
    )
    return Step(when, then, ("escalation", index))


def _exceptions(basis: Basis, promise: Promise) -> Iterator[Markup]:
    for index, exception in enumerate(basis.agreement.sections.not_counted or ()):
        if exception.promise == promise.id:
            yield basis.with_pencil(_exception(basis, exception), ("not_counted", index))


def _exception(basis: Basis, exception: NotCounted) -> Markup:
    voice = basis.voice
    agreed = voice.names([basis.names.person(name) for name in exception.agreed_by])
    why = basis.names.prose(exception.why)
    if exception.leads is not None:
        return voice.ngettext(
            "{count} lead ({leads}) is left out: {why} (agreed by {people})",
            "{count} leads ({leads}) are left out: {why} (agreed by {people})",
            count=len(exception.leads),
            leads=voice.names(exception.leads),
            why=why,
            people=agreed,
        )
    days = exception.days
    if days is None:
        return Markup("")
    return voice.gettext(
        "{first} to {last} is left out: {why} (agreed by {people})",
        first=days.first,
        last=days.last,
        why=why,
        people=agreed,
    )
