"""The names that an agreement defines, by what they name, and how to say that one is not among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import pairwise
from typing import Any, get_args

from checker.agreement import BUILT_IN_FIELDS, Agreement
from checker.agreement.beside import LogList
from checker.agreement.events import event_names
from checker.agreement.plan import ALL_CHANNELS
from checker.finding import At, Path
from checker.message import Message, Written, say

SIDES = ("marketing", "sales")
LEADS_SELLER = "seller"
"""In `tell`: the seller who has the lead."""
OWN_WORKING_TIME = "of the seller"
LOG_LISTS: tuple[str, ...] = get_args(LogList)


class Kind(Enum):
    """What a name in some place of the agreement must be."""

    ACTION = "actions"
    CAMPAIGN = "campaigns"
    CHANNEL = "channels"
    CHANNEL_OR_ALL = "channels, all"
    CONDITION = "groups, stages"
    EVENT = "events"
    FIELD = "fields"
    FILE = "files of the source"
    LOG_LIST = "lists of the log"
    MEETING = "meetings"
    MODE = "modes"
    OBJECTION = "objections"
    PERSON = "people"
    PERSON_OR_TEAM = "people, teams"
    PERSON_TEAM_OR_SELLER = "people, teams, seller"
    PERSONA = "personas"
    PROMISE = "promises"
    PROPOSITION = "value_propositions"
    RATE = "rates"
    RECORD = "records"
    RETURN_REASON = "return_reasons"
    SELLER_OR_FIELD = "sellers, fields"
    STAGE = "stages"
    TEAM = "teams"
    TOOL = "tools"
    WORKING_TIME = "working_time"


UNKNOWN: Mapping[Kind, Callable[[Written], Message]] = {
    Kind.ACTION: lambda name: say("there is no action {name}", name=name),
    Kind.CAMPAIGN: lambda name: say("there is no campaign {name}", name=name),
    Kind.CHANNEL: lambda name: say("there is no channel {name}", name=name),
    Kind.CHANNEL_OR_ALL: lambda name: say("there is no channel {name}", name=name),
    Kind.CONDITION: lambda name: say("there is no group and no stage with conditions called {name}", name=name),
    Kind.EVENT: lambda name: say("there is no event {name}", name=name),
    Kind.FIELD: lambda name: say("there is no field {name}", name=name),
    Kind.FILE: lambda name: say("the source has no file {name}", name=name),
    Kind.LOG_LIST: lambda name: say("the log has no list {name}", name=name),
    Kind.MEETING: lambda name: say("there is no meeting {name}", name=name),
    Kind.MODE: lambda name: say("there is no mode {name}", name=name),
    Kind.OBJECTION: lambda name: say("there is no objection {name}", name=name),
    Kind.PERSON: lambda name: say("nobody called {name} is listed under {people}", name=name, people=Written("people")),
    Kind.PERSON_OR_TEAM: lambda name: say("{name} is neither a person nor a team of this agreement", name=name),
    Kind.PERSON_TEAM_OR_SELLER: lambda name: say(
        "{name} is neither a person nor a team of this agreement, nor {seller}", name=name, seller=Written(LEADS_SELLER)
    ),
    Kind.PERSONA: lambda name: say("there is no persona {name}", name=name),
    Kind.PROMISE: lambda name: say("there is no promise {name}", name=name),
    Kind.PROPOSITION: lambda name: say("there is no value proposition {name}", name=name),
    Kind.RATE: lambda name: say("there is no step {name} between two stages", name=name),
    Kind.RECORD: lambda name: say("{name} is no event, no list of the log and no field that holds actions", name=name),
    Kind.RETURN_REASON: lambda name: say("there is no return reason {name}", name=name),
    Kind.SELLER_OR_FIELD: lambda name: say("{name} is neither a seller nor a field that holds one", name=name),
    Kind.STAGE: lambda name: say("there is no stage {name}", name=name),
    Kind.TEAM: lambda name: say("nobody of this agreement belongs to a team {name}", name=name),
    Kind.TOOL: lambda name: say("there is no tool {name}", name=name),
    Kind.WORKING_TIME: lambda name: say("there is no working time {name}", name=name),
}


NAMED_BY_FIELD: Mapping[str, Kind] = {
    "stage": Kind.STAGE,
    "mode": Kind.MODE,
    "action": Kind.ACTION,
    "list of actions": Kind.ACTION,
    "return reason": Kind.RETURN_REASON,
    "channel": Kind.CHANNEL,
    "persona": Kind.PERSONA,
    "seller": Kind.SELLER_OR_FIELD,
}
"""What a field holds -> what the names in its tests must be."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A name, and what it must be. `written` is the value that holds it, where that is more than the name."""

    at: At
    name: str
    kind: Kind
    written: str = ""


def each(path: Path, names: Any, kind: Kind) -> Iterator[Reference]:
    """A name or a list of names at a path."""
    if isinstance(names, str):
        yield Reference(At(path), names, kind)
    else:
        for index, name in enumerate(names or ()):
            yield Reference(At((*path, index)), name, kind)


def keys(path: Path, names: Iterable[str] | None, kind: Kind) -> Iterator[Reference]:
    """The keys of a mapping at a path."""
    for name in names or ():
        yield Reference(At((*path, name), "key"), name, kind)


class Names:
    """What an agreement defines.

    Also a section that could not be built defines its names: one mistake in a stage does not make every mention of a
    stage a second one.
    """

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._known: dict[Kind, Collection[str]] = {}
        self._complete: dict[Kind, bool] = {}

    def known(self, kind: Kind) -> Collection[str]:
        """Every name of a kind, in the order of the file."""
        if kind not in self._known:
            self._known[kind] = dict.fromkeys(self._all(kind))
        return self._known[kind]

    def defined(self, section: str) -> Mapping[str, Any]:
        """The entries of a section as they were read, by name; None for one that could not be read."""
        written = self._agreement.written.get(section)
        entries = written if isinstance(written, dict) else {}
        return {**entries, **self._unread.get(section, {})}

    @cached_property
    def _unread(self) -> dict[str, dict[str, None]]:
        """Section -> its entries that could not be read."""
        found: dict[str, dict[str, None]] = {}
        for section, *rest in self._agreement.unread:
            if len(rest) == 1:
                found.setdefault(str(section), {})[str(rest[0])] = None
        return found

    @cached_property
    def teams(self) -> dict[str, int]:
        """Team -> how many entries belong to it. The two sides are always there."""
        count = dict.fromkeys(SIDES, 0)
        for section in ("people", "stages", "channels", "tools", "processes"):
            for entry in self.defined(section).values():
                team = entry.get("team") if isinstance(entry, dict) else None
                if isinstance(team, str):
                    count[team] = count.get(team, 0) + 1
        return count

    def is_complete(self, kind: Kind) -> bool:
        """Whether every name of a kind could be read; if not, one that is unknown may be among the others.

        A person without a team may be the only one of that team.
        """
        if kind not in self._complete:
            self._complete[kind] = self._is_complete(kind)
        return self._complete[kind]

    def _is_complete(self, kind: Kind) -> bool:
        sections = _SECTIONS.get(kind, (kind.value,))
        if any((section,) in self._agreement.unread for section in sections):
            return False
        people = self.defined("people").values()
        return kind not in _TEAMS or all(isinstance(person, dict) and "team" in person for person in people)

    def _all(self, kind: Kind) -> Iterator[str]:
        if kind is Kind.TEAM:
            yield from self.teams
        elif kind in (Kind.PERSON_OR_TEAM, Kind.PERSON_TEAM_OR_SELLER):
            yield from self.teams
            yield from self.defined("people")
            if kind is Kind.PERSON_TEAM_OR_SELLER:
                yield LEADS_SELLER
        elif kind is Kind.CHANNEL_OR_ALL:
            yield from self.defined("channels")
            yield ALL_CHANNELS
        elif kind is Kind.CONDITION:
            yield from self.defined("groups")
            yield from (name for name, stage in self._stages.items() if _has_conditions(stage))
        elif kind is Kind.EVENT:
            yield from event_names(self._stages)
        elif kind is Kind.FIELD:
            yield from self.defined("fields")
            yield from BUILT_IN_FIELDS
        elif kind is Kind.FILE:
            files = self.defined("source").get("files")
            yield from files if isinstance(files, dict) else ()
        elif kind is Kind.LOG_LIST:
            yield from LOG_LISTS
        elif kind is Kind.PROMISE:
            for section in _PROMISES:
                yield from self.defined(section)
        elif kind is Kind.RATE:
            order = list(self._stages)
            yield from (f"{first}_to_{second}" for first, second in pairwise(order))
        elif kind is Kind.RECORD:
            yield from event_names(self._stages)
            yield from LOG_LISTS
            yield from self._fields_that_hold("list of actions", "action")
        elif kind is Kind.SELLER_OR_FIELD:
            yield from self.defined("sellers")
            yield from self.defined("people")
            yield from self._fields_that_hold("seller")
        else:
            yield from self.defined(kind.value)

    @property
    def _stages(self) -> Mapping[str, Any]:
        return self.defined("stages")

    def _fields_that_hold(self, *types: str) -> Iterator[str]:
        return (
            name
            for name, field in self.defined("fields").items()
            if isinstance(field, dict) and field.get("is") in types
        )


_PROMISES = ("marketing_promises", "sales_promises", "both_promise")
_TEAMS = (Kind.TEAM, Kind.PERSON_OR_TEAM, Kind.PERSON_TEAM_OR_SELLER)
_SECTIONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CHANNEL_OR_ALL: ("channels",),
    Kind.CONDITION: ("groups", "stages"),
    Kind.EVENT: ("stages",),
    Kind.FILE: ("source",),
    Kind.PROMISE: _PROMISES,
    Kind.RATE: ("stages",),
    Kind.RECORD: ("stages", "fields"),
    Kind.SELLER_OR_FIELD: ("sellers", "people", "fields"),
    **dict.fromkeys(_TEAMS, ("people", "stages", "channels", "tools", "processes")),
}
"""Where the names of a kind are defined, unless it is the section that the kind is called after."""

NO_CONDITIONS = ("name", "team", "is", "means", "why")


def _has_conditions(stage: Any) -> bool:
    return isinstance(stage, dict) and any(key not in NO_CONDITIONS for key in stage)
