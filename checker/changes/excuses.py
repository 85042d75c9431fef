"""When a promise is not owed, and what happens while it is being missed."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement, Promise
from checker.agreement.promises import LateWith
from checker.change import Difference
from checker.changes.entries import essence
from checker.changes.kind import change
from checker.changes.promises import in_both, of_promises, owed, sentence
from checker.changes.sides import LOOSER, SHIFTED
from checker.finding import Path
from checker.message import Argument, Message, say


@change(
    "excuse-added",
    "A promise is owed in fewer cases",
    mirror=("excuse-dropped", "A promise is owed in more cases"),
    covers=of_promises("not_owed_when", "not_owed_when.*", "not_owed_when.*.late"),
    old="sales_promises: {call: {promise: Call, starts: handed_off, stops: decided, within: 4 hours}}",
    new="""
        sales_promises:
          call:
            promise: Call
            starts: handed_off
            stops: decided
            within: 4 hours
            not_owed_when: [wrongly_qualified]
        """,
)
def excuses(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Where the other side failed first, a lead is not owed; such an excuse is new, or gone."""
    for before, after in in_both(old, new):
        was, now = _excuses(before), _excuses(after)
        for name in dict.fromkeys([*was, *now]):
            if name in was and name in now:
                continue
            is_gone = name in was
            arguments: dict[str, Argument] = {"promise": sentence(new, after), "reason": _reason(old, new, name)}
            message = (
                say("This is owed again {reason}: {promise}", **arguments)
                if is_gone
                else say("This is not owed {reason}: {promise}", **arguments)
            )
            yield Difference(
                after.id,
                message,
                owed(after, LOOSER).mirrored if is_gone else owed(after, LOOSER),
                (*before.path, "not_owed_when", was[name]) if is_gone else before.path,
                after.path if is_gone else (*after.path, "not_owed_when", now[name]),
                is_gone,
            )


def _excuses(promise: Promise) -> dict[str, int]:
    """Each excuse by its name, and its position."""
    return {
        excuse.late if isinstance(excuse, LateWith) else "": index
        for index, excuse in enumerate(promise.written.not_owed_when or ())
    }


def _reason(old: Agreement, new: Agreement, name: str) -> Message:
    if not name:
        return say("where a lead did not meet the conditions of the handoff")
    promise = new.promise(name) or old.promise(name)
    return say(
        "where the other side was late with “{other}”", other=sentence(new, promise) if promise is not None else name
    )


@change(
    "warning-changed",
    "Something else happens while misses add up",
    alike="another reaction is another reaction, whichever way one looks",
    covers=of_promises("when_late_leads_reach", "when_late_leads_reach.*"),
    old="""
        sales_promises:
          call:
            promise: Call
            starts: handed_off
            stops: decided
            within: 4 hours
            target: 90%
            when_late_leads_reach: {50% of allowed: First topic of the weekly meeting}
        """,
    new="""
        sales_promises:
          call:
            promise: Call
            starts: handed_off
            stops: decided
            within: 4 hours
            target: 90%
            when_late_leads_reach: {80% of allowed: First topic of the weekly meeting}
        """,
)
def warnings(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """As the misses that are allowed get used up, something is done at another point, or something else."""
    for before, after in in_both(old, new):
        was, now = (promise.written.when_late_leads_reach or {} for promise in (before, after))
        if essence(was) == essence(now):
            continue
        path: tuple[Path, Path] = ((*before.path, "when_late_leads_reach"), (*after.path, "when_late_leads_reach"))
        yield Difference(
            after.id,
            say("What is done while misses add up is something else: {promise}", promise=sentence(new, after)),
            owed(after, SHIFTED),
            path[0] if was else before.path,
            path[1] if now else after.path,
        )
