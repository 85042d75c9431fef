"""A small draft of an agreement: from a starting point, or from what an export holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import takewhile
from typing import Any

from checker.finding import Path
from checker.inspection.dialect import Note
from checker.inspection.draft import declared_by
from checker.inspection.proposal import Proposal
from checker.language import Words
from checker.logic.holidays import has_holidays
from checker.logic.wall_clock import country_of
from checker.message import Message, Written, all_of, say, say_counted
from checker.quantity import Month
from checker.rules.promise_evidence import FEW
from checker.start.starting_points import StartingPoint
from checker.verdict import Cohort, Results

MONTHS_LOOKED_AT = 6
_CYCLES = (30, 60, 90, 180)
_MEDIANS = 3
"""By so many times the median, most of those have come that will come at all."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the people who begin have said, or what stands for it."""

    name: str
    timezone: str
    currency: str
    country: str | None
    """Whose public holidays are kept: empty for none, None where nobody has said."""
    language: str
    day: Month
    """The month in which the plan begins where no data tells of one."""


_ORDER = ("format", "agreement", "status", "language", "currency", "working_time", "stages", "channels", "fields",
          "handoff", "targets", "rates", "marketing_promises", "sales_promises")  # fmt: skip


@dataclass
class Draft:
    """An agreement's values, and what is to be said at its keys."""

    values: dict[str, Any]
    notes: dict[Path, list[Note]] = field(default_factory=dict)

    def in_order(self) -> dict[str, Any]:
        """The values, their sections in the order in which people read them."""
        return {key: self.values[key] for key in _ORDER if key in self.values}

    def note(self, path: Path, said: Message, is_doubt: bool = False) -> None:
        """Says something at a key."""
        self.notes.setdefault(path, []).append(Note("", said, is_doubt))


def from_starting_point(point: StartingPoint, answers: Answers, words: Words) -> Draft:
    """A draft of which all numbers are still to be agreed on."""
    draft = _begun(answers)
    values = draft.values
    values["stages"] = {name: _stage(words.say(said), role) for name, said, role in point.stages}
    values["channels"] = {name: {"name": words.say(said), "team": team} for name, said, team in point.channels}
    values["handoff"] = {"stage": point.handed_over, "channel": words.say(say("The queue of new leads"))}
    values["targets"] = {point.handed_over: {"all": {_year_from(answers.day): point.volume}}}
    draft.note(("targets",), say("an example: write your own number"), is_doubt=True)
    values["rates"] = {point.rate: point.share}
    draft.note(("rates",), say("an example: nobody has measured it yet"), is_doubt=True)
    _promise_volume(draft, point.handed_over, words)
    _promise_response(draft, point.deadline, words)
    _promise_rate(draft, point.rate, point.cycle, words)
    return draft


def stages_of(point: StartingPoint, answers: Answers, words: Words) -> dict[str, Any]:
    """An agreement that declares a starting point's stages alone, for an export to be compared with."""
    values = _begun(answers).values
    values["stages"] = {name: _stage(words.say(said), role) for name, said, role in point.stages}
    return values


def from_export(
    proposal: Proposal, base: Mapping[str, Any] | None, point: StartingPoint | None, answers: Answers, words: Words
) -> Draft:
    """A draft that an export fits, without targets: its first promise only serves to count."""
    draft = _begun(answers)
    declared = declared_by(proposal)
    values = draft.values
    values["working_time"]["office"]["timezone"] = proposal.values["timezone"]
    values["stages"] = dict(base["stages"]) if base is not None else declared["stages"]
    found = [event.removeprefix("became_") for event in proposal.events if event.startswith("became_")]
    said = say("found in the data: {stages}", stages=all_of(found))
    if proposal.awaited is not None:
        said = say("found among the fields: {stages}", stages=all_of(found))
    draft.note(("stages",), said)
    for section in ("channels", "fields"):
        if section in declared:
            values[section] = declared[section]
            draft.note((section,), say("found in the data; name them as people do"))
    if point is not None:
        values["handoff"] = {"stage": point.handed_over, "channel": words.say(say("The queue of new leads"))}
    if {"handed_off", "first_personal_contact"} <= set(proposal.events):
        values.setdefault(
            "handoff", {"stage": _handed_over(found), "channel": words.say(say("The queue of new leads"))}
        )
        _promise_response(draft, point.deadline if point is not None else "4 business hours", words)
        _keep_holidays(draft, answers)
        draft.note(("sales_promises", "first-response", "target"), say("an example: agree on your own"), True)
    _promise_volume(draft, _counted(found), words)
    return draft


def with_cohorts(draft: Draft, results: Results, words: Words) -> str | None:
    """Adds the promise of a rate that the data tells of, judged when most have come; gives the rate's id.

    It is the first one from the stage on whose leads marketing promises: sales owes nothing for what comes before.
    """
    promised = draft.values["marketing_promises"]["volume"]["of"]
    before = set(takewhile(lambda stage: stage != promised, draft.values["stages"]))
    for cohort in sorted(_whole_time(results), key=lambda cohort: cohort.stage in before):
        if cohort.reached and cohort.median_days is not None:
            rate = f"{cohort.stage}_to_{cohort.reaches}"
            days = next((days for days in _CYCLES if days >= _MEDIANS * cohort.median_days), _CYCLES[-1])
            draft.values["rates"] = {rate: "1%"}
            _promise_rate(draft, rate, f"{days} days", words)
            return rate
    return None


def with_numbers(draft: Draft, results: Results, rate: str | None, words: Words) -> None:
    """Writes the target and the rate that the data shows, each with where it comes from."""
    (stage,) = draft.values["targets"]
    counts = [
        (Month.parse(count.period), count.count)
        for count in results.funnel
        if count.stage == stage and count.channel is None and count.complete and count.count
    ][-MONTHS_LOOKED_AT:]
    if counts:
        middle = sorted(count for _, count in counts)[(len(counts) - 1) // 2]
        first, last = counts[0][0], counts[-1][0]
        end = _end_of_plan(results, stage, last)
        months = f"{first} to {end}" if first < end else str(first)
        draft.values["targets"] = {stage: {"all": {months: middle}}}
        if middle < FEW:
            _say_that_they_are_few(draft, words)
        numbers = all_of([str(count) for _, count in counts])
        said = say_counted(
            "found in the data: {numbers} in the last whole month",
            "found in the data: {numbers} in the last {count} whole months",
            count=len(counts),
            numbers=numbers,
        )
        if last - first + 1 > len(counts):
            said = say("found in the data: {numbers} in the last {count} whole months that brought any",
                       numbers=numbers, count=len(counts))  # fmt: skip
        draft.note(("targets", stage), said)
    else:
        now = Month.of(results.as_of.date())
        draft.values["targets"] = {stage: {"all": {f"{now} to {now + MONTHS_LOOKED_AT}": 1}}}
        draft.note(("targets",), say("no whole month is in the data: write your own number"), is_doubt=True)
        _say_that_they_are_few(draft, words)
    if rate is not None:
        _write_rate(draft, results, rate)


def _end_of_plan(results: Results, stage: str, last: Month) -> Month:
    """The last month of a plan that begins with what was found: some months ahead of it, if the data goes on.

    Where other events go on and those of the stage do not, the months between could never be judged.
    """
    whole = {Month.parse(count.period) for count in results.funnel
             if count.stage == stage and count.channel is None and count.complete}  # fmt: skip
    now = Month.of(results.as_of.date())
    goes_on = all(last + ahead in whole for ahead in range(1, now - last))
    return last + MONTHS_LOOKED_AT if goes_on else last


def without_numbers(draft: Draft, answers: Answers, point: StartingPoint | None) -> None:
    """Writes an example as the target of a draft whose data nobody has seen."""
    (stage,) = draft.values["targets"]
    draft.values["targets"] = {stage: {"all": {_year_from(answers.day): point.volume if point is not None else 100}}}
    draft.note(("targets",), say("an example: write your own number"), is_doubt=True)


# ---------------------------------------------------------------- parts


def _begun(answers: Answers) -> Draft:
    office: dict[str, Any] = {"timezone": answers.timezone, "days": "Monday to Friday", "hours": "09:00 to 18:00"}
    if answers.country:
        office["holidays"] = {"country": answers.country}
    values: dict[str, Any] = {
        "format": "sla/v1",
        "agreement": answers.name,
        "status": "draft",
        "language": answers.language,
        "currency": answers.currency,
        "working_time": {"office": office},
    }
    return Draft(values)


def _year_from(month: Month) -> str:
    return f"{month} to {month + 11}"


def _stage(name: str, role: str) -> dict[str, str]:
    if role in ("pipeline", "won"):
        return {"name": name, "team": "sales", "is": role}
    return {"name": name, "team": role}


def _handed_over(stages: Sequence[str]) -> str:
    return next((stage for stage in ("mql", "lead") if stage in stages), stages[0] if stages else "lead")


def _counted(stages: Sequence[str]) -> str:
    """The stage whose volume marketing promises: the last one of its own."""
    return _handed_over(stages)


def _promise_volume(draft: Draft, stage: str, words: Words) -> None:
    draft.values.setdefault("targets", {stage: {"all": {"2000-01": 1}}})
    draft.values.setdefault("marketing_promises", {})["volume"] = {
        "promise": words.say(say("Deliver the agreed number of leads each month")),
        "measure": "volume",
        "of": stage,
        "target": "as planned",
    }


def _promise_response(draft: Draft, deadline: str, words: Words) -> None:
    draft.values.setdefault("sales_promises", {})["first-response"] = {
        "promise": words.say(say("Contact each new lead in person in time")),
        "starts": "handed_off",
        "stops": "first_personal_contact",
        "within": deadline,
        "target": "90%",
    }


def _keep_holidays(draft: Draft, answers: Answers) -> None:
    """Stops the clocks on the public holidays of the country that the time zone belongs to, which is a doubt."""
    if answers.country is not None:
        return
    path: Path = ("working_time", "office")
    office = draft.values["working_time"]["office"]
    country = country_of(office["timezone"])
    if country is not None and has_holidays(country):
        office["holidays"] = {"country": country}
        draft.note((*path, "holidays"), say("by the time zone: are these yours?"), is_doubt=True)
    else:
        said = say("whose public holidays do you keep? add {line}", line=Written("holidays: {country: PL}"))
        draft.note(path, said, is_doubt=True)


def _promise_rate(draft: Draft, rate: str, after: str, words: Words) -> None:
    draft.values.setdefault("sales_promises", {})["conversion"] = {
        "promise": words.say(say("Turn the agreed share of these leads into the next stage")),
        "measure": "rate",
        "of": rate,
        "target": "as planned",
        "judged_after": after,
    }


def _whole_time(results: Results) -> list[Cohort]:
    """Of each step of the funnel, all months together: the span that names two months, else the only one."""
    found: dict[tuple[str, str], Cohort] = {}
    for cohort in results.cohorts:
        if cohort.channel is None:
            known = found.get((cohort.stage, cohort.reaches))
            if known is None or cohort.entered >= known.entered:
                found[(cohort.stage, cohort.reaches)] = cohort
    return list(found.values())


def _say_that_they_are_few(draft: Draft, words: Words) -> None:
    """Says beside each share that is promised of so few leads a month why that is done in spite of it."""
    for name, promise in draft.values.get("sales_promises", {}).items():
        why = words.say(say("So few leads a month say little of a share: we look at each of them"))
        draft.values["sales_promises"][name] = {"promise": promise["promise"], "why": why} | promise
        draft.note(("sales_promises", name, "why"), say("or promise it for more leads together"), is_doubt=True)


def _write_rate(draft: Draft, results: Results, rate: str) -> None:
    cohort = next(own for own in _whole_time(results) if f"{own.stage}_to_{own.reaches}" == rate)
    months = [own for own in results.cohorts
              if own.channel is None and (own.stage, own.reaches) == (cohort.stage, cohort.reaches)
              and own.within is not None and own.within_count and own.entered < cohort.entered]  # fmt: skip
    if cohort.within is not None and cohort.within_count:
        share, reached, entered = Fraction(str(cohort.within)), cohort.within_count, cohort.entered
        said = say(
            "found in the data: {reached} within {horizon}", reached=reached, horizon=Written(str(cohort.horizon))
        )
    elif months:
        reached, entered = sum(own.within_count or 0 for own in months), sum(own.entered for own in months)
        share = Fraction(reached, max(entered, 1))
        said = say("found in the data: {reached} of {entered} within {horizon}", reached=reached, entered=entered,
                   horizon=Written(str(months[0].horizon)))  # fmt: skip
    else:
        share = Fraction(cohort.reached, max(cohort.entered, 1))
        said = say("found in the data: {reached} of {entered}, at any time", reached=cohort.reached,
                   entered=cohort.entered)  # fmt: skip
    whole, tenth = divmod(max(int(share * 1000), 1), 10)
    draft.values["rates"] = {rate: f"{whole}.{tenth}%" if tenth else f"{whole}%"}
    draft.note(("rates", rate), said)
