"""Whose condition stands at a path, and what it means for people that no lead fits it."""

from __future__ import annotations

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.finding import Path
from checker.message import Message, Written, any_of, say


def nobody_fits(agreement: Agreement, path: Path) -> Message:
    """What follows where no lead fits the condition at a path."""
    name = Written(str(path[1])) if len(path) > 1 else Written("")
    sections = agreement.sections
    match path:
        case ("stages", *_):
            return say("no lead can become {stage}", stage=name)
        case ("groups", *_):
            return say("no lead fits {group}", group=name)
        case ("campaigns", *_):
            return say("the campaign {campaign} goes to nobody", campaign=name)
        case ("personas", *_):
            return say("nobody is recognised as {persona}", persona=name)
        case ("points", *_):
            return say("no lead loses these points")
        case ("ranking", int(index), *_) if sections.ranking is not None:
            return say("no lead gets the rank {rank}", rank=Written(sections.ranking[index].rank))
        case ("handoff", "routing", int(index), *_) if sections.handoff is not None:
            route = (sections.handoff.routing or [])[index]
            return say("no lead goes to {sellers} by this line", sellers=any_of(as_list(route.to)))
        case (_, str(), "within", int(index), *_):
            return say("no lead has the deadline {rung}", rung=Written(f"{name.text}.{_rung(agreement, path, index)}"))
    return say("the promise {promise} is about no lead", promise=name)


def _rung(agreement: Agreement, path: Path, index: int) -> str:
    promise = agreement.promise(str(path[1]))
    return (promise.deadlines[index].name or "") if promise is not None else ""
