"""What happened to the leads, and which column or which lines of a log say when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from checker.agreement import Agreement
from checker.agreement.base import prose
from checker.agreement.events import became
from checker.inspection.columns import ExportColumn
from checker.inspection.export_file import ExportFile
from checker.inspection.vocabulary import (
    ASSIGNING,
    HAPPENINGS,
    LOST_WORDS,
    WON_WORDS,
    happening_of_stage,
    meant_by,
    words_of,
)
from checker.message import Message, Written, all_of, say

ORDER = ("created", "mql", "handed_off", "assigned", "first_personal_contact", "contact_attempt", "decided",
         "returned", "handed_off_again", "sql", "outcome_written", "opportunity", "won", "lost")  # fmt: skip
"""The usual order in which things happen."""
USUAL_STAGES = {"created": "lead", "mql": "mql", "sql": "sql", "opportunity": "opportunity", "won": "customer"}
"""Happening -> the stage that it is called by where there is no agreement yet."""
_MOST_ACTIVITIES = 200
_BEGINS = 0.8
_CLOSING = ("close", "property close", "fecha de cierre", "data do fechamento", "data de fechamento",
            "data di chiusura", "data zamkniecia")  # fmt: skip
_UPKEEP = ("synced", "modified", "updated", "modstamp", "viewed", "fivetran")
_IS_WON = ("is won", "hs is closed won")


@dataclass(frozen=True)
class Happening:
    """An event and where it is found: `when` are the cells that a row must have so that it counts."""

    event: str
    file: ExportFile
    column: ExportColumn
    when: Mapping[str, Sequence[object]] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    is_personal: bool = False
    doubts: Sequence[Message] = ()


@dataclass(frozen=True)
class Events:
    """Names of events: those of the agreement, else the usual ones."""

    agreement: Agreement | None = None

    def named(self, happening: str) -> str | None:
        """The event of a happening; None where the agreement has no stage for it."""
        if happening not in USUAL_STAGES:
            return happening
        if self.agreement is None:
            return became(USUAL_STAGES[happening])
        stages = self._stages()
        if happening in stages:
            return became(stages[happening])
        # whatever the first stage is called, a lead that comes in is in it
        first = next(iter(self.agreement.stages), None)
        return became(first) if happening == "created" and first not in stages.values() and first else None

    def of_text(self, text: str) -> tuple[str, int] | None:
        """The event that a heading or a word of a log names: a stage of the agreement, else a usual happening."""
        words = words_of(text)
        if self.agreement is not None:
            for stage, said in self.agreement.stages.items():
                for name in (
                    words_of(stage),
                    words_of(prose(said.name, self.agreement.language) if said.name else stage),
                ):
                    if words in (name, f"became {name}", f"{name} date", f"{name} at", f"became {name} at"):
                        return became(stage), 4
                    if len(name) > 4 and f" {name} " in f" {words} ":
                        return became(stage), 2
        meant = meant_by(text, HAPPENINGS)
        if meant is None:
            return None
        event = self.named(meant.meaning)
        # a column that says `became` is made for this, one of creation may be about the row
        sureness = 4 if words.startswith("became ") else meant.sureness
        return (event, sureness) if event is not None else None

    def rank(self, event: str) -> int:
        """The place of an event in the usual order."""
        names = [self.named(happening) for happening in ORDER]
        if self.agreement is not None and event.startswith("became_"):
            own = [became(stage) for stage in self.agreement.stages]
            return own.index(event) * 20 if event in own else 999
        if event not in names:
            return 999
        place = names.index(event)
        if self.agreement is None:
            return place
        own = [became(stage) for stage in self.agreement.stages]
        before = [own.index(name) for name in names[:place] if name in own]
        return max(before, default=0) * 20 + 1 + place

    def _stages(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if self.agreement is not None:
            for stage, said in self.agreement.stages.items():
                name = prose(said.name, self.agreement.language) if said.name else stage
                happening = happening_of_stage(stage, name, said.is_)
                if happening is not None:
                    found.setdefault(happening, stage)
        return found


def happenings_of(files: Sequence[ExportFile], leads: ExportFile, events: Events) -> list[Happening]:
    """The events that the files tell of, in their usual order, each once: of several columns, the surest."""
    found: dict[str, tuple[int, Happening]] = {}
    for sureness, happening in _handed_and_assigned(
        [told for file in files for told in _of_file(file, file is leads, events)]
    ):
        if happening.event not in found or sureness > found[happening.event][0]:
            found[happening.event] = sureness, happening
    chosen = [happening for _, happening in found.values()]
    chosen = _with_beginning(chosen, leads, events)
    return sorted(chosen, key=lambda happening: events.rank(happening.event))


def log_columns(file: ExportFile) -> tuple[ExportColumn, ExportColumn, ExportColumn] | None:
    """The columns of a log: case, activity, moment. None where a file is no log."""
    case, activity, moment = file.roles.get("id"), file.roles.get("activity"), file.roles.get("moment")
    if moment is None and file.dates:
        moment = max(file.dates, key=lambda column: len(column.counts))
    if case is None or activity is None or moment is None or not file.is_by_event(case):
        return None
    return (case, activity, moment) if len(activity.counts) <= _MOST_ACTIVITIES else None


def unused_activities(file: ExportFile, happenings: Iterable[Happening]) -> list[str]:
    """The words of a log that are none of the events, most frequent first."""
    columns = log_columns(file)
    if columns is None:
        return []
    activity = columns[1]
    used = {value for own in happenings if own.file is file for value in own.when.get(activity.name, ())}
    others = [value for value in activity.counts if value not in used]
    return sorted(others, key=lambda value: -activity.counts[value])


def _handed_and_assigned(told: Sequence[tuple[int, Happening]]) -> list[tuple[int, Happening]]:
    """Where one column says when a lead was handed over, another that says assigned is of the seller."""
    handed = [own for _, own in told if own.event == "handed_off" and log_columns(own.file) is None]
    assigned = [own for own in handed if _assigns(own.column.name)]
    if len(assigned) == len(handed):
        return list(told)
    doubt = say("its heading seems to say so: right?")
    return [
        (2, replace(own, event="assigned", doubts=[doubt])) if any(own is one for one in assigned) else (sureness, own)
        for sureness, own in told
    ]


def _assigns(heading: str) -> bool:
    return any(word.startswith(ASSIGNING) for word in words_of(heading).split())


# ---------------------------------------------------------------- tables


def _of_file(file: ExportFile, has_leads: bool, events: Events) -> Iterator[tuple[int, Happening]]:
    if log_columns(file) is not None:
        yield from _of_log(file, events)
        return
    for column in file.dates:
        # what is hoped for has not happened
        named = None if column is file.roles.get("expected_closing") else events.of_text(column.name)
        if named is None or named[0] == "contact_attempt":
            continue
        event, sureness = named
        if event == events.named("created"):
            # the day on which a deal was created is that of the opportunity
            about = events.named(file.entity)
            if about is None or (file.entity == "created" and not has_leads):
                continue
            event = about
        doubts = [say("its heading seems to say so: right?")] if sureness == 2 else []
        happening = Happening(event, file, column, doubts=doubts)
        if event == events.named("won"):
            yield from _closing(happening, sureness)
        else:
            yield sureness, happening


def _closing(happening: Happening, sureness: int) -> Iterator[tuple[int, Happening]]:
    """A day of closing says whether the deal was won or lost only together with its stage."""
    file, column = happening.file, happening.column
    closes = is_closing(column.name)
    found = _stage_with(file, WON_WORDS)
    if found is not None:
        yield sureness, replace(happening, when={found[0].name: found[1]})
        lost = _stage_with(file, LOST_WORDS)
        if lost is not None and closes:
            yield 1, Happening("lost", file, column, when={lost[0].name: lost[1]})
        return
    doubts = [say("every row with this date counts as won: right?")] if closes else []
    yield sureness, replace(happening, doubts=[*happening.doubts, *doubts])


def is_closing(heading: str) -> bool:
    """Whether a date is that of an end, whichever it was."""
    return words_of(heading).startswith(_CLOSING)


def _stage_with(file: ExportFile, words: Sequence[str]) -> tuple[ExportColumn, list[object]] | None:
    """The column that says how a deal stands, with the values that say this."""
    first = file.roles.get("stage")
    candidates = [*([first] if first is not None else []), *file.usable]
    for column in candidates:
        if (
            words is WON_WORDS
            and column.kind == "yes or no"
            and words_of(column.name) in ("is won", "hs is closed won")
        ):
            return column, [True]
        if column.kind == "text" and len(column.counts) <= 60:
            fitting: list[object] = [value for value in column.counts if words_of(value) in words]
            if fitting:
                return column, fitting
    return None


def _with_beginning(chosen: list[Happening], leads: ExportFile, events: Events) -> list[Happening]:
    """Adds the event by which a lead comes in, where no heading names it: the earliest date that all rows have."""
    about = events.named(leads.entity) or events.named("created")
    # an agreement may begin with a stage that no word of ours describes
    if about is None and events.agreement is not None and events.agreement.stages:
        about = became(next(iter(events.agreement.stages)))
    begins = {about, events.named("created"), events.named("mql")} - {None}
    own = [happening for happening in chosen if happening.file is leads]
    if about is None or any(happening.event in begins for happening in own) or log_columns(leads) is not None:
        return chosen
    dates = [column for column in leads.dates if column.blank <= 0.02 * len(column.cells)]
    dates = [column for column in dates if not _is_upkeep(column)] or dates or leads.dates
    dated = [(column.dates.first, place) for place, column in enumerate(dates) if column.dates is not None]
    if not dated:
        return chosen
    first = dates[min(dated)[1]]
    taken = next((happening for happening in own if happening.column is first), None)
    doubt = say("the first date of each lead: is it when it came in?")
    if taken is not None:
        doubt = say(
            "the only date that every lead has: is it when the lead came in, or is it {event}?",
            event=Written(taken.event),
        )
        chosen = [happening for happening in chosen if happening is not taken]
    return [*chosen, Happening(about, leads, first, doubts=[doubt])]


def _is_upkeep(column: ExportColumn) -> bool:
    """Whether a date is about the row, and not about the lead."""
    return any(
        word in words_of(column.name) for word in ("synced", "modified", "updated", "modstamp", "viewed", "fivetran")
    )


# ---------------------------------------------------------------- logs


def _of_log(file: ExportFile, events: Events) -> Iterator[tuple[int, Happening]]:
    columns = log_columns(file)
    assert columns is not None, "asked only of logs"
    case, activity, moment = columns
    by_event, doubts = _by_event(activity, events)
    beginning = _beginning(case, activity, moment)
    first_event = events.named("created")
    if first_event is not None and beginning is not None and by_event.get(first_event) != [beginning]:
        for values in by_event.values():
            if beginning in values:
                values.remove(beginning)
        by_event[first_event] = [beginning]
        doubts[first_event] = [say("most leads begin with it: is it how they come in?")]
    actor = file.roles.get("actor")
    reason = file.roles.get("return_reason") or file.roles.get("disposition")
    for event, values in by_event.items():
        if not values:
            continue
        sets: dict[str, str] = {}
        own = doubts.get(event, [])
        is_attempt = event == "contact_attempt"
        if actor is not None and is_attempt:
            sets["actor"] = actor.name
        if reason is not None and event in ("returned", "lost"):
            sets["reason"] = reason.name
        if is_attempt:
            own = [*own, say("is each of these a person's own contact? {line} where not", line=Written("personal: no"))]
        happening = Happening(event, file, moment, {activity.name: list(values)}, sets, is_attempt, own)
        yield 3, happening


def _by_event(activity: ExportColumn, events: Events) -> tuple[dict[str, list[str]], dict[str, list[Message]]]:
    """The words of a log that are each event's: the very words, else those that hold them, which is a doubt."""
    found: dict[str, dict[int, list[str]]] = {}
    for value in activity.counts:
        named = events.of_text(value)
        if named is not None:
            found.setdefault(named[0], {}).setdefault(named[1], []).append(value)
    by_event = {event: tiers[max(tiers)] for event, tiers in found.items()}
    unsure = [event for event, tiers in found.items() if max(tiers) == 2]
    return by_event, {event: [say("its words seem to say so: right?")] for event in unsure}


def _beginning(case: ExportColumn, activity: ExportColumn, moment: ExportColumn) -> str | None:
    """The activity with which most cases begin."""
    dates = moment.dates
    if dates is None:
        return None
    first: dict[str, tuple[datetime, str]] = {}
    for lead, what, when in zip(case.cells, activity.cells, moment.cells, strict=True):
        at = dates.moments.get(when)
        if lead and what and at is not None and (lead not in first or at < first[lead][0]):
            first[lead] = at, what
    counted = Counter(what for _, what in first.values())
    if not counted:
        return None
    what, times = counted.most_common(1)[0]
    return what if times >= _BEGINS * len(first) else None


def told_of_unused(values: Sequence[str]) -> Message:
    """What is said of words of a log that are no event yet."""
    return say("no event yet: {words}", words=all_of([*values[:5], *(["…"] if len(values) > 5 else [])]))
