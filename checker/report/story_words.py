"""Words for the story of one lead, the same in every format: sections of lines, not yet escaped for any of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from checker.finding import Place
from checker.logic.aggregate import State
from checker.logic.closed_time import Closing
from checker.measures.asked import Verdict
from checker.measures.story import ClockStory, Counted, Happening, LeadStory
from checker.message import Argument, Message, Written, all_of, say, say_counted
from checker.report.in_force_words import DRAFT
from checker.report.names import Names
from checker.verdict import Status

if TYPE_CHECKING:
    from checker.language import Words
    from checker.report.condition_words import Sentences


@dataclass(slots=True)
class Section:
    """A heading, and what stands below it: lines, each with what is told of it in turn."""

    heading: str
    lines: list[tuple[str, list[str]]] = field(default_factory=list)


_STATES: dict[State, Message] = {
    State.MET: say("in time"),
    State.LATE: say("late"),
    State.WAITING: say("not due yet"),
    State.NOT_COUNTED: say("not counted"),
    State.NOT_OWED: say("not owed"),
    State.CANNOT_TELL: say("cannot be told"),
    State.UNSURE: say("not sure"),
}


class StoryWords:
    """Words for one story, in one language."""

    def __init__(self, story: LeadStory, words: Words, sentences: Sentences, names: Names) -> None:
        self.story = story
        self.words = words
        self._sentences = sentences
        self._names = names
        decided = [*((clock.version,) for clock in story.clocks), *(item.versions for item in story.counted)]
        self._has_older = any(versions != (story.version,) for versions in decided)

    def _say(self, message: Message) -> str:
        return self.words.say(message)

    def title(self) -> str:
        """Which lead it is."""
        return self._say(say("Lead {lead}", lead=Written(self.story.lead)))

    def subtitle(self) -> str:
        """The moment that is told of, and the release that governs it."""
        story = self.story
        if story.version == DRAFT:
            message = say(
                "as of {as_of} ({timezone}), by the working copy of the agreement",
                as_of=story.as_of,
                timezone=Written(story.timezone),
            )
        else:
            message = say(
                "as of {as_of} ({timezone}), by version {version} of the agreement",
                as_of=story.as_of,
                timezone=Written(story.timezone),
                version=Written(story.version),
            )
        return self._say(message)

    def sections(self) -> Iterator[Section]:
        """The story, part by part; empty ones are left out."""
        for section in (self._known(), self._happened(), self._clocks(), self._counts(), self._others()):
            if section.lines:
                yield section

    # ------------------------------------------------------------ what is known

    def _known(self) -> Section:
        section = Section(self._say(say("What is known of it")))
        for message in self._facts():
            section.lines.append((self._say(message), []))
        return section

    def _facts(self) -> Iterator[Message]:
        story, names = self.story, self._names
        if story.asked_as is not None:
            yield say("{lead} was merged into it, and is counted as this lead", lead=Written(story.asked_as))
        if story.duplicates:
            yield say("it is one lead with its duplicates {leads}", leads=all_of(story.duplicates))
        if story.stage is not None:
            yield say("stage: {stage}", stage=names.stage(story.stage))
        if story.rank is not None:
            yield say("rank: {rank}", rank=Written(story.rank))
        if story.points is not None:
            yield say("points: {points}", points=Fraction(story.points))
        if story.persona is not None:
            yield say("persona: {persona}", persona=names.persona(story.persona))
        if story.channel is not None:
            yield say("channel: {channel}", channel=names.channel(story.channel))
        if story.owner is not None:
            yield say("owner: {owner}", owner=story.owners.get(story.owner, story.owner))
        if story.route is not None:
            sellers = " / ".join(self.words.text(story.owners.get(seller, seller)) for seller in story.route.sellers)
            yield say(
                "by the routing it goes to {sellers} ({place})",
                sellers=sellers,
                place=Written(where(story.route.place)),
            )
        for name, value in story.fields.items():
            yield say("{field}: {value}", field=names.field(name), value=Written(value))
        if story.hidden_fields:
            yield say_counted(
                "{count} field holds personal data, which {option} shows",
                "{count} fields hold personal data, which {option} shows",
                count=story.hidden_fields,
                option=Written("--show-personal-data"),
            )
        if story.link is not None:
            yield say("{link}", link=Written(story.link))

    def _happened(self) -> Section:
        section = Section(self._say(say("What happened")))
        for item in self.story.happenings:
            section.lines.append((self._happening(item), []))
        return section

    def _happening(self, item: Happening) -> str:
        at: Argument = item.at.date() if item.is_day else item.at
        message = say("{at}: {event}", at=at, event=self._names.event(item.event))
        for key, value in item.says.items():
            message = say("{text}, {key} {value}", text=message, key=Written(key), value=Written(value))
        if item.stand_in is not None:
            event = self._names.event(item.stand_in)
            message = say("{text} (about: the data only tells {event})", text=message, event=event)
        if item.place is not None:
            message = say("{text} [{place}]", text=message, place=Written(item.place))
        return self._say(message)

    # ------------------------------------------------------------ clocks

    def _clocks(self) -> Section:
        section = Section(self._say(say("Deadlines")))
        for clock in self.story.clocks:
            section.lines.append((self._clock(clock), [self._say(message) for message in self._told(clock)]))
        return section

    def _clock(self, clock: ClockStory) -> str:
        sentence = self._names.prose(clock.promise.sentence)
        message = say("{state}: {promise} ({id})", state=self._state(clock), promise=sentence, id=Written(clock.id))
        if clock.is_again:
            message = say("{text}, after the second handoff", text=message)
        return self._say(message)

    def _state(self, clock: ClockStory) -> Message:
        if clock.state is State.LATE and clock.stop is None:
            return say("late, and still to be done")
        return _STATES[clock.state]

    def _told(self, clock: ClockStory) -> Iterator[Message]:
        started = say(
            "{event} on {start}; {within} from then",
            event=self._names.event(clock.starts),
            start=clock.start,
            within=clock.within,
        )
        yield started if clock.deadline is None else say("{text}: due {due}", text=started, due=clock.deadline)
        if clock.stop is not None:
            stopped = say("{event} on {stop}", event=self._names.event(clock.stops), stop=clock.stop)
            if clock.used is not None and clock.used.count and (clock.used_seconds or 0) >= 0:
                stopped = say("{text}, after {used}", text=stopped, used=clock.used)
            yield stopped
        if clock.skipped:
            yield say("not counted as time: {closed}", closed=self._skipped(clock))
        yield from clock.why
        for name, _, answer in clock.passed_over:
            yield self._passed_over(name, answer)
        if clock.when is not None:
            yield say("the line is for leads for whom {condition}", condition=self._sentences.inline(clock.when))
        yield self._belongs(clock)
        yield self._decided_by(clock.place, (clock.version,))

    def _decided_by(self, place: Place | None, versions: Sequence[str]) -> Message:
        """The line that decided, and the version that it stands in where that is not always the last one."""
        message = say("decided by {place}", place=Written(where(place)))
        if not self._has_older:
            return message
        if list(versions) == [DRAFT]:
            return say("{text}, in the working files: no release was in force yet", text=message)
        if len(versions) == 1:
            return say("{text}, by version {version}, in force then", text=message, version=Written(versions[0]))
        return say("{text}, versions {versions} together", text=message, versions=all_of(versions))

    def _passed_over(self, name: str, answer: bool | None) -> Message:
        if answer is None:
            return say(
                "it cannot be told whether the line {line} is for it, so that it is passed over", line=Written(name)
            )
        return say("the line {line} is not for it", line=Written(name))

    def _belongs(self, clock: ClockStory) -> Message:
        if clock.month is None:
            return say("its deadline lies beyond every month that can be judged")
        month = clock.month
        if clock.is_again:
            return say("second handoffs stand beside the share of {month}", month=month)
        match clock.state:
            case State.MET:
                return say("counts as kept in {month}", month=month)
            case State.LATE:
                return say("counts as missed in {month}", month=month)
            case State.WAITING:
                return say("will count in {month}", month=month)
            case _:
                return say("is left out of the share of {month}", month=month)

    def _skipped(self, clock: ClockStory) -> Message:
        """The closed times, alike ones counted: "3 nights, 1 weekend, and Good Friday on 26 March 2027"."""
        counts = Counter(each.why for each in clock.skipped)
        counts[Closing.WEEKEND] += sum(each.with_weekend for each in clock.skipped)
        holidays: dict[date, str | None] = {}
        for each in clock.skipped:
            holidays |= each.holidays
        told: list[Message] = []
        for why in (Closing.BREAK, Closing.NIGHT, Closing.WEEKEND, Closing.DAYS_OFF, Closing.OUTSIDE_HOURS):
            if counts[why]:
                told.append(_closings(why, counts[why]))
        for day, name in holidays.items():
            told.append(
                say("a holiday on {day}", day=day) if name is None else say("{name} on {day}", name=name, day=day)
            )
        first, *others = told
        for other in others:
            first = say("{first}, {second}", first=first, second=other)
        return first

    # ------------------------------------------------------------ what counts

    def _counts(self) -> Section:
        section = Section(self._say(say("Where else it counts")))
        for item in self.story.counted:
            told = [self._say(self._counted(item, verdict)) for verdict in item.verdicts]
            told.append(self._say(self._decided_by(item.place, item.versions)))
            section.lines.append((self._promise(item), told))
        return section

    def _promise(self, item: Counted) -> str:
        sentence = self._names.prose(item.promise.sentence)
        return self._say(say("{promise} ({id})", promise=sentence, id=Written(item.promise.id)))

    def _counted(self, item: Counted, verdict: Verdict) -> Message:
        message = say("{month}: {what}", month=verdict.month, what=counted_as(verdict, self._money))
        if verdict.by_silence:
            return say("{text}, by silence", text=message)
        if verdict.status is Status.NOT_MEASURABLE and verdict.why is not None and not verdict.cannot_tell:
            return say("{text} (the month cannot be judged: {why})", text=message, why=verdict.why)
        return message

    def _money(self, amount: Fraction) -> Argument:
        return self._names.agreement.money(amount) if self._names.agreement.currency else amount

    def _others(self) -> Section:
        section = Section(self._say(say("Promises that say nothing of it")))
        for item in self.story.not_about:
            message = say("{id}: {why}", id=Written(item.promise.id), why=item.why)
            section.lines.append((self._say(message), []))
        return section


def counted_as(verdict: Verdict, money: object = None) -> Message:
    """What a verdict on one lead alone says of it."""
    if verdict.not_counted:
        return say("left out, as both sides agreed")
    if verdict.unit != "share":
        amount = verdict.actual if verdict.actual is not None else verdict.numerator
        if verdict.unit == "money" and callable(money):
            return say("adds {amount}", amount=money(amount))
        return say("adds {amount}", amount=amount)
    if verdict.cannot_tell:
        return say("counts, and it cannot be told whether it is as promised")
    if verdict.denominator:
        is_good = bool(verdict.numerator) is not verdict.at_most
        return say("counts, as promised") if is_good else say("counts, not as promised")
    if verdict.waiting:
        return say("not due yet")
    return say("left out of the share")


def _closings(why: Closing, count: int) -> Message:
    match why:
        case Closing.BREAK:
            return say_counted("{count} break", "{count} breaks", count=count)
        case Closing.NIGHT:
            return say_counted("{count} night", "{count} nights", count=count)
        case Closing.DAYS_OFF:
            return say_counted("{count} time off", "{count} times off", count=count)
        case Closing.WEEKEND:
            return say_counted("{count} weekend", "{count} weekends", count=count)
        case _:
            return say_counted(
                "{count} time before opening or after closing",
                "{count} times before opening or after closing",
                count=count,
            )


def where(place: Place | None) -> str:
    """A place as file and line."""
    return "" if place is None else f"{place.file}:{place.line}"
