"""The review of single leads: lists that people work through, each lead with the line of the agreement behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from checker.agreement import Agreement, Promise
from checker.agreement.history import History
from checker.errors import NothingToJudge, WrongUsage
from checker.funnel import Funnel
from checker.measures.bench import set_up
from checker.measures.leads_shown import LeadsShown
from checker.measures.listed import TO_DO, LeadList, Listed, ListName, sure_and_unsure
from checker.measures.lists import WITHIN, Made, make_list
from checker.measures.run import bench_of
from checker.message import Message, Written, any_of, say, say_counted
from checker.quantity import Duration
from checker.review.in_force import NO_RELEASES, Governed, governed, without_stamp
from checker.rules.suggestions import guesses
from checker.text import Document

NOBODY = "nobody"
"""What `--owner` says for leads that belong to nobody."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which leads are wanted.

    `as_of` is the day at whose end things are looked at, `now` the moment at which the list is read; without either,
    the clock of this machine says how old the data is. With `as_of` alone the question is about that day, so that
    nothing is too old. `limit` cuts the list.
    """

    as_of: date | None = None
    now: datetime | None = None
    within: Duration = WITHIN
    owner: str | None = None
    promise: str | None = None
    limit: int | None = None
    personal: bool = False


def list_leads(
    agreement: Agreement,
    document: Document,
    funnel: Funnel,
    name: ListName,
    wanted: Wanted,
    clock: Callable[[], float] = time.time,
    history: History = NO_RELEASES,
    *,
    is_draft: bool = False,
) -> LeadList:
    """One of the lists, each lead by the version of `history` that was in force on its day.

    With `is_draft` all are judged by the working files. Raises NothingToJudge where no promise can be asked,
    WrongUsage for a name that is unknown.
    """
    if is_draft:
        agreement = without_stamp(agreement)
    bench = set_up(agreement, funnel, wanted.as_of)
    timeline = bench.view.timeline
    found = governed(agreement, document, NO_RELEASES if is_draft else history, timeline)
    promises = _promises([version.agreement for version in found.versions], wanted.promise)
    zone = ZoneInfo(timeline.calendar.timezone)
    now = _now(wanted, zone, clock) if name in TO_DO else None
    total = Made()
    personal: tuple[str, ...] = ()
    for version in found.versions:
        own = promises[version.agreement]
        if not own and wanted.promise is not None:
            continue
        if not found.is_only(agreement):
            bench = bench_of(funnel, version, timeline, wanted.as_of)
        shown = LeadsShown(bench.view, with_personal=wanted.personal, with_routes=name is ListName.DEADLINES)
        made = make_list(name, bench, shown, own, now, wanted.within)
        _add(total, made, version.version, found)
        personal = shown.personal
    if not total.asked:
        raise NothingToJudge(_nothing_asked(name, total.notes))
    owners = {key: agreement.text(person.name, key) for key, person in (agreement.sections.people or {}).items()}
    is_wanted = _owner_wanted(agreement, wanted.owner, owners, [*total.leads, *total.over])
    leads, over = (
        tuple(
            lead
            for lead in sorted(listed, key=_in_order)
            if is_wanted(lead) and (wanted.promise is None or _is_of(lead, wanted.promise))
        )
        for listed in (total.leads, total.over)
    )
    sure, unsure = sure_and_unsure(leads)
    hidden = tuple(item for item in total.hidden if wanted.promise is None or _names(wanted.promise, item.promise))
    return LeadList(
        name,
        agreement.title,
        datetime.fromtimestamp(timeline.cut_off, zone),
        None if now is None else datetime.fromtimestamp(now, zone),
        str(zone),
        leads[: wanted.limit],
        over,
        hidden,
        tuple(total.notes) + _in_time(total.in_time),
        len(leads),
        sure,
        unsure,
        not total.listed,
        owners,
        personal,
        found.last.version,
    )


def _add(total: Made, made: Made, version: str, found: Governed) -> None:
    """Adds what one version says, each lead with the line of that version's text."""
    document = found.texts[version]
    for leads, others in ((total.leads, made.leads), (total.over, made.over)):
        leads += [replace(_placed(lead, document), version=version) for lead in others]
    total.hidden += [hidden for hidden in made.hidden if hidden not in total.hidden]
    total.notes += [note for note in made.notes if note not in total.notes]
    total.asked += made.asked
    total.listed += made.listed
    total.in_time += made.in_time


def _in_order(listed: Listed) -> tuple[bool, float, str, str]:
    """The oldest first; where it cannot be told whether a lead belongs there, last."""
    moment = listed.deadline or listed.since
    return listed.unsure, moment.timestamp() if moment else 0.0, listed.lead, listed.promise or ""


def _in_time(count: int) -> tuple[Message, ...]:
    if not count:
        return ()
    return (
        say_counted(
            "{count} more is not handed over yet, and still in time",
            "{count} more are not handed over yet, and still in time",
            count=count,
        ),
    )


def _now(wanted: Wanted, zone: ZoneInfo, clock: Callable[[], float]) -> int | None:
    if wanted.now is not None:
        now = wanted.now if wanted.now.tzinfo is not None else wanted.now.replace(tzinfo=zone)
        return int(now.timestamp())
    return None if wanted.as_of is not None else int(clock())


def _placed(lead: Listed, document: Document) -> Listed:
    if lead.route is None:
        return lead
    return replace(lead, route=replace(lead.route, place=document.place(lead.route.line)))


# ---------------------------------------------------------------- which promises and owners


def _promises(versions: Sequence[Agreement], name: str | None) -> dict[Agreement, tuple[Promise, ...]]:
    """The promises of each version that a name means: all of them, or one (also where one of its rungs is named).

    Raises WrongUsage for a name that no version knows.
    """
    if name is None:
        return {version: version.promises() for version in versions}
    found = {
        version: tuple(promise for promise in version.promises() if name in (promise.id, *promise.judged_ids()))
        for version in versions
    }
    if not any(found.values()):
        promises = [promise for version in versions for promise in version.promises()]
        known = list(dict.fromkeys(judged for each in promises for judged in (each.id, *each.judged_ids())))
        raise WrongUsage(_unknown(say("there is no promise {name}", name=Written(name)), name, known))
    return found


def _is_of(lead: Listed, name: str) -> bool:
    return lead.promise is not None and _names(name, lead.promise)


def _names(name: str, promise: str) -> bool:
    return promise == name or promise.partition(".")[0] == name


def _unknown(message: Message, name: str, known: Sequence[str]) -> Message:
    near = guesses(name, known)
    if near:
        return say("{problem}; did you mean {guess}?", problem=message, guess=Written(near[0]))
    return say("{problem}; known: {names}", problem=message, names=any_of(known)) if known else message


def _of_anybody(_: Listed) -> bool:
    return True


def _owner_wanted(
    agreement: Agreement, name: str | None, owners: dict[str, str], leads: Sequence[Listed]
) -> Callable[[Listed], bool]:
    """Whether a lead belongs to the owner whose id or name this is. Raises WrongUsage for an unknown one."""
    if name is None:
        return _of_anybody
    asked = name.casefold()
    if asked == NOBODY:
        return lambda lead: lead.owner is None
    ids = {key for key, shown in owners.items() if asked in (key.casefold(), shown.casefold())}
    known = dict.fromkeys([*(agreement.sections.sellers or {}), *(lead.owner for lead in leads if lead.owner)])
    if not ids and asked not in [owner.casefold() for owner in known]:
        raise WrongUsage(_unknown(say("no lead belongs to {name}", name=name), name, [*known, NOBODY]))
    return lambda lead: lead.owner is not None and (lead.owner in ids or lead.owner.casefold() == asked)


_NOTHING_ASKED = {
    ListName.UNDECIDED: say("no promise has a deadline by which a lead must be accepted or returned"),
    ListName.MISSED: say("it cannot be told which leads should have been handed over"),
    ListName.WRONGLY_QUALIFIED: say("it cannot be told which leads should not have been handed over"),
    ListName.RETURNED_WITHOUT_REASON: say("it cannot be told which returns have no reason"),
}


def _nothing_asked(name: ListName, notes: Sequence[Message]) -> Message:
    message = _NOTHING_ASKED.get(name) or say("no promise has a deadline that this data can tell")
    for note in notes:
        message = say("{problem}; {reason}", problem=message, reason=note)
    return message
