"""Changes of words alone: names, reasons and explanations, on which no rule and no verdict rests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.agreement import Agreement
from checker.agreement.sections import BESIDE
from checker.change import Difference
from checker.changes.kind import change
from checker.changes.showing import named
from checker.changes.sides import NOBODY
from checker.finding import Path
from checker.message import Argument, Message, say

PROSE = {
    "agreement": say("the title"),
    "name": say("the name"),
    "why": say("the reason"),
    "means": say("what it means"),
    "promise": say("the sentence"),
    "then": say("what happens then"),
    "used_for": say("what it is used for"),
    "problem": say("the problem"),
    "needs": say("what is needed"),
    "buys_how": say("how it is decided"),
    "say": say("the sentence"),
    "proof": say("the proof"),
    "unlike": say("what others offer"),
    "works_with": say("with whom it works"),
    "objections": say("the sentence"),
}
"""Key -> how its text is called in a sentence."""


@change(
    "wording-changed",
    "Nothing but words",
    alike="other words are other words, whichever way one looks",
    covers=(
        "agreement",
        "*.*.name",
        "*.*.why",
        "*.*.means",
        "plan.why",
        "points.why",
        "points.means",
        "limit_per_seller.why",
        "targets.*.*.why",
        "handoff.why",
        "handoff.must_have.*.used_for",
        "handoff.must_have.*.why",
        "handoff.nice_to_have.*.used_for",
        "handoff.nice_to_have.*.why",
        "ranking.*.then",
        "personas.*.problem",
        "personas.*.needs",
        "personas.*.buys_how",
        "value_propositions.*.say",
        "value_propositions.*.proof",
        "value_propositions.*.unlike",
        "objections.*",
        "roles.*.works_with",
        "marketing_promises.*.promise",
        "sales_promises.*.promise",
        "both_promise.*.promise",
    ),
    old="channels: {ads: {team: marketing, name: Ads}}",
    new="channels: {ads: {team: marketing, name: Search ads}}",
    is_editorial=True,
)
def wording(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A name, a reason or an explanation reads otherwise. Nobody owes anything else for that.

    Texts that are a decision themselves, such as the channel of the handoff or the meaning of a word in the dictionary,
    have kinds of their own.
    """
    before, after = _prose(old), _prose(new)
    for path in dict.fromkeys([*before, *after]):
        was, now = before.get(path), after.get(path)
        if was == now or not (is_there(old, path) and is_there(new, path)) or is_another_rank(old, new, path):
            continue
        yield Difference(
            ".".join(map(str, path[:-1] or path)),
            _message(new if now else old, path, now),
            NOBODY,
            path if was else (path[:-1] or None),
            path if now else (path[:-1] or None),
        )


def _prose(agreement: Agreement) -> dict[Path, str]:
    """Every text that is prose, by its path."""
    found: dict[Path, str] = {}
    for text in agreement.texts:
        spoken = text.path
        if spoken[0] in BESIDE or not isinstance(spoken[-1], str):
            continue
        if str(spoken[-1]) not in PROSE and spoken[0] != "objections":
            continue
        if spoken[0] in ("escalation", "dictionary", "words_to_avoid") or spoken in (
            ("handoff", "channel"),
            ("handoff", "seller_told_by"),
            ("handoff", "if_it_fails", "then"),
        ):
            continue
        if len(spoken) > 2 and spoken[2] == "when_late_leads_reach":
            continue
        found[spoken] = text.text
    return found


def _value(values: object, path: Path) -> object:
    for step in path:
        if isinstance(values, Mapping):
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return None
    return values


def is_there(agreement: Agreement, path: Path) -> bool:
    """Whether the entry is there whose text this is: the texts of what is new or gone belong to that."""
    if path[:2] in (("handoff", "must_have"), ("handoff", "nice_to_have")):
        listed = _value(agreement.written, path[:2])
        return isinstance(listed, (list, Mapping)) and path[2] in listed
    entry = path if path[0] == "objections" else path[:-1]
    return len(path) == 1 or _value(agreement.written, entry) is not None


def is_another_rank(old: Agreement, new: Agreement, path: Path) -> bool:
    """Whether a line of the ranking is about another rank than before, which is a change of its own."""
    if path[0] != "ranking":
        return False
    return _value(old.written, (*path[:2], "rank")) != _value(new.written, (*path[:2], "rank"))


def owner(agreement: Agreement, path: Path) -> Argument:
    """Whose text stands at a path: the names of the entries that hold it, else its section."""
    if len(path) == 1:
        return say("the agreement")
    whose = " ".join(named(agreement, str(step)) for step in path[1:-1] if isinstance(step, str)) or str(path[0])
    return whose.replace("_", " ")


def _message(agreement: Agreement, path: Path, now: str | None) -> Message:
    thing = PROSE.get(str(path[-1]), say("the sentence"))
    arguments: dict[str, Argument] = {"whose": owner(agreement, path), "thing": thing}
    if now is None:
        return say("{whose}: {thing} is no longer said", **arguments)
    return say("{whose}: {thing} reads “{new}”", new=now, **arguments)
