"""Words for lists of leads, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from checker.logic.rounded_times import rounded_elapsed
from checker.measures.listed import Hidden, LeadList, Listed, ListName
from checker.message import Argument, Message, Written, all_of, say, say_counted
from checker.report.in_force_words import DRAFT

if TYPE_CHECKING:
    from checker.language import Words
    from checker.report.condition_words import Sentences

_NONE: Mapping[ListName, Message] = {
    ListName.OVERDUE: say("No lead is overdue"),
    ListName.DUE_SOON: say("No lead is due soon"),
    ListName.UNDECIDED: say("Every lead that is due was accepted or returned"),
    ListName.RETURNED_WITHOUT_REASON: say("No lead was returned without a reason"),
    ListName.MISSED: say("No lead waits to be handed over"),
    ListName.WRONGLY_QUALIFIED: say("Every lead that was handed over fits, as far as it can be told"),
    ListName.DEADLINES: say("No deadline runs"),
}


def _title(name: ListName, count: int) -> Message:
    match name:
        case ListName.OVERDUE:
            return say_counted("{count} lead is overdue", "{count} leads are overdue", count=count)
        case ListName.DUE_SOON:
            return say_counted("{count} lead is due soon", "{count} leads are due soon", count=count)
        case ListName.UNDECIDED:
            return say_counted(
                "{count} lead is neither accepted nor returned in time",
                "{count} leads are neither accepted nor returned in time",
                count=count,
            )
        case ListName.RETURNED_WITHOUT_REASON:
            return say_counted(
                "{count} lead was returned without a reason",
                "{count} leads were returned without a reason",
                count=count,
            )
        case ListName.MISSED:
            return say_counted(
                "{count} lead should have been handed over and was not",
                "{count} leads should have been handed over and were not",
                count=count,
            )
        case ListName.WRONGLY_QUALIFIED:
            return say_counted(
                "{count} lead was handed over and does not fit",
                "{count} leads were handed over and do not fit",
                count=count,
            )
        case ListName.DEADLINES:
            return say_counted("{count} deadline runs", "{count} deadlines run", count=count)


class LeadWords:
    """Words for one list, in one language. What it returns is not yet escaped for any format."""

    def __init__(self, listed: LeadList, words: Words, sentences: Sentences) -> None:
        self.listed = listed
        self.words = words
        self._sentences = sentences

    def say(self, message: Message) -> str:
        """A message in the reader's language."""
        return self.words.say(message)

    # ------------------------------------------------------------ the list

    def title(self) -> str:
        """How many leads are on the list; those of which it cannot be told are counted apart."""
        sure = self.listed.sure
        return self.say(_title(self.listed.name, sure) if sure else _NONE[self.listed.name])

    def subtitle(self) -> str:
        """The moment that the list tells of."""
        return self.say(
            say("as of {as_of} ({timezone})", as_of=self.listed.as_of, timezone=Written(self.listed.timezone))
        )

    def notes(self) -> Iterator[str]:
        """What stands below the list: what is not on it, and why."""
        listed = self.listed
        if listed.total > len(listed.leads):
            more = listed.total - len(listed.leads)
            yield self.say(
                say_counted("and {count} more, cut by --limit", "and {count} more, cut by --limit", count=more)
            )
        if listed.unsure:
            yield self.say(
                say_counted(
                    "of {count} more it cannot be told whether it fits; it stands last",
                    "of {count} more it cannot be told whether they fit; they stand last",
                    count=listed.unsure,
                )
            )
        if listed.over:
            yield self.say(
                say_counted(
                    "{count} more counts as missed, and needs nothing any more: it was returned, lost or won",
                    "{count} more count as missed, and need nothing any more: they were returned, lost or won",
                    count=len(listed.over),
                )
            )
        for message in listed.notes:
            yield self.say(message)
        if listed.hidden:
            yield self.say(self._too_old(listed.hidden))

    def _too_old(self, hidden: Sequence[Hidden]) -> Message:
        """Why some promises are not listed, and what would change that."""
        listed = self.listed
        names = list(dict.fromkeys(item.promise for item in hidden))
        age = rounded_elapsed(int(((listed.now or listed.as_of) - listed.as_of).total_seconds()))
        return say_counted(
            "The data ends on {end}, {age} ago. That is more than half of the deadline of {names}, whose leads are not "
            "listed. Read a newer export, or say {option} to see how things stood then",
            "The data ends on {end}, {age} ago. That is more than half of the deadlines of {names}, whose leads are "
            "not listed. Read a newer export, or say {option} to see how things stood then",
            count=len(names),
            names=all_of(names),
            end=listed.as_of,
            age=age,
            option=Written(f"--as-of {listed.as_of.date()}"),
        )

    def groups(self, *, by_owner: bool) -> list[tuple[str | None, Sequence[Listed]]]:
        """The leads under their owners' names, those of nobody last; or all of them without a heading."""
        if not by_owner:
            return [(None, self.listed.leads)]
        return [(self.owner(owner), leads) for owner, leads in by_owners(self.listed.leads, self.listed.owners)]

    def owner(self, owner: str | None) -> str:
        """Whose lead it is."""
        return self.say(say("nobody's")) if owner is None else self.words.text(self.listed.owners.get(owner, owner))

    # ------------------------------------------------------------ one lead

    def late(self, lead: Listed) -> str:
        """How late it is, how much time is left, or since when it waits."""
        time = lead.time
        if lead.seconds is None or time is None:
            return ""
        if lead.deadline is None:
            return self.say(say("{time} ago", time=time))
        if lead.seconds >= 0:
            return self.say(say("{time} late", time=time))
        return self.say(say("{time} left", time=time))

    def when(self, lead: Listed) -> str:
        """Since when the clock runs, and its deadline."""
        if lead.since is None:
            return ""
        if lead.deadline is None:
            return self.say(say("since {since}", since=lead.since))
        return self.say(say("since {since}, due {deadline}", since=lead.since, deadline=lead.deadline))

    def channel(self, lead: Listed) -> str:
        """How the lead came."""
        return "" if lead.channel is None else self.say(self._sentences.channel(lead.channel))

    def do(self, lead: Listed) -> str:
        """What is to be done."""
        return self.say(lead.do)

    def reasons(self, lead: Listed) -> list[str]:
        """Which conditions it does not meet, with what it holds."""
        found = []
        for unmet in lead.unmet:
            condition = self._sentences.inline(unmet.condition)
            message = (
                say("cannot be told: {condition}", condition=condition)
                if lead.unsure
                else say("not met: {condition}", condition=condition)
            )
            for name, value in unmet.values.items():
                field = self._sentences.field(name)
                holds = (
                    say("{field} is blank", field=field)
                    if value is None
                    else say("{field} is {value}", field=field, value=Written(value))
                )
                message = say("{text} ({holds})", text=message, holds=holds)
            found.append(self.say(message))
        return found

    def about(self, lead: Listed) -> str:
        """The promise behind it, where there is one; a second handoff is said, and a version that is not in force any
        more.
        """
        if lead.promise is None:
            return ""
        told: Argument = Written(lead.promise)
        if lead.is_again:
            told = say("{promise}, handed over again", promise=told)
        if lead.version != self.listed.version:
            told = say("{promise}, by {version}", promise=told, version=_version(lead.version))
        return self.say(told) if isinstance(told, Message) else lead.promise

    def route(self, lead: Listed) -> str:
        """Who gets the lead, and by which line."""
        if lead.route is None:
            return ""
        names = [self.words.text(self.listed.owners.get(seller, seller)) for seller in lead.route.sellers]
        return self.say(say("goes to {sellers}", sellers=" / ".join(names)))

    def personal(self, lead: Listed) -> list[tuple[str, str]]:
        """Fields with personal data that were asked for, by their names."""
        return [(self._sentences.field(name), value) for name, value in lead.personal.items()]


def by_owners(leads: Sequence[Listed], owners: Mapping[str, str]) -> list[tuple[str | None, Sequence[Listed]]]:
    """Leads by their owner, in the order of the owners' names; those of nobody last."""
    found: dict[str | None, list[Listed]] = {}
    for lead in leads:
        found.setdefault(lead.owner, []).append(lead)
    return sorted(
        found.items(), key=lambda item: (item[0] is None, owners.get(item[0] or "", item[0] or "").casefold())
    )


def _version(version: str) -> Message:
    return say("the working files") if version == DRAFT else say("version {version}", version=Written(version))


def iso(moment: datetime | None) -> str | None:
    """A moment for programs."""
    return None if moment is None else moment.isoformat()
