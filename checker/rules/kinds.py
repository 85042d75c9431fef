"""What a name in some place of an agreement must be, and how to say that there is nothing of that name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from checker.finding import At, Path
from checker.message import Message, Written, say

LEADS_SELLER = "seller"
"""In `tell`: the seller who has the lead."""


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
        "{name} is neither a person nor a team of this agreement, nor `{seller}`",
        name=name,
        seller=Written(LEADS_SELLER),
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
