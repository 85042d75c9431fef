"""How the things of a plan are called in a sentence: stages, channels, people, months, a written line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.plan import ALL_CHANNELS
from checker.finding import Path
from checker.message import Message, Named, say, say_counted
from checker.quantity import Month, Period


def stage_label(agreement: Agreement, stage: str) -> str:
    """How a stage is called in a sentence: its abbreviation in brackets, else its name."""
    entry = agreement.stages.get(stage)
    name = agreement.text(entry.name if entry else None, stage)
    if name.endswith(")") and " (" in name:
        return name.rpartition(" (")[2].removesuffix(")")
    return name


def channel_label(agreement: Agreement, channel: str) -> str:
    """How a channel is called."""
    entry = agreement.channels.get(channel)
    return agreement.text(entry.name if entry else None, channel)


def person_label(agreement: Agreement, person: str) -> str:
    """How a person is called."""
    entry = (agreement.sections.people or {}).get(person)
    return agreement.text(entry.name if entry else None, person)


def months_named(months: Sequence[Month]) -> Named | Period | Month:
    """Months as they are said: one, a span without holes, or a list."""
    if len(months) == 1:
        return months[0]
    first, last = min(months), max(months)
    if last - first + 1 == len(set(months)):
        return Period(first, last)
    return Named(tuple(str(month) for month in sorted(months)))


def when(months: Sequence[Month]) -> Message:
    """Some months after a verb: "in January 2027", "from January to March 2027"."""
    named = months_named(months)
    if isinstance(named, Period):
        return say("from {months}", months=named)
    return say("in {months}", months=named)


def things(agreement: Agreement, stage: str, count: int | Fraction) -> Message:
    """What a number of a stage counts, after that number: "leads", "MQLs"; leads at a stage with a name of its own."""
    label = stage_label(agreement, stage)
    counted = _THINGS.get(label.casefold())
    if counted is None:
        return say_counted("lead at “{stage}”", "leads at “{stage}”", count=count, stage=label)
    return replace(counted, arguments={"count": count})


def spelled_out(parts: Sequence[Message]) -> Message:
    """Parts of a sentence, one after the other, as it lists them."""
    first, *others = parts
    if not others:
        return first
    if len(others) == 1:
        return say("{some} and {other}", some=first, other=others[0])
    for part in others[:-1]:
        first = say("{some}, {other}", some=first, other=part)
    return say("{some}, and {other}", some=first, other=others[-1])


_THINGS: dict[str, Message] = {
    "visit": say_counted("visit", "visits", count=1),
    "lead": say_counted("lead", "leads", count=1),
    "mql": say_counted("MQL", "MQLs", count=1),
    "sal": say_counted("SAL", "SALs", count=1),
    "sql": say_counted("SQL", "SQLs", count=1),
    "opportunity": say_counted("opportunity", "opportunities", count=1),
    "customer": say_counted("customer", "customers", count=1),
}
"""How the usual stages are counted, by their label in small letters."""


def line_label(agreement: Agreement, path: Path) -> Message | None:
    """What a written number is about, where it alone would not tell; None where its line says it."""
    if path[0] == "targets":
        stage, channel, period = str(path[1]), str(path[2]), Period.parse(str(path[3]))
        if channel == ALL_CHANNELS:
            return say("{stage}, {period}", stage=stage_label(agreement, stage), period=period)
        return say(
            "{stage} from {channel}, {period}",
            stage=stage_label(agreement, stage),
            channel=channel_label(agreement, channel),
            period=period,
        )
    if path[0] == "channels" and path[-1] == "budget":
        return say("budget of {channel}", channel=channel_label(agreement, str(path[1])))
    if path[0] == "sellers":
        return say(
            "{seller}, month {number} of the first months",
            seller=person_label(agreement, str(path[1])),
            number=int(path[-1]) + 1,
        )
    if path[0] == "campaigns":
        return say("what campaign {campaign} hands over", campaign=campaign_label(agreement, str(path[1])))
    return _NAMES.get(path)


def campaign_label(agreement: Agreement, campaign: str) -> str:
    """How a campaign is called."""
    entry = (agreement.sections.campaigns or {}).get(campaign)
    return agreement.text(entry.name if entry else None, campaign)


_NAMES: dict[Path, Message] = {
    ("plan", "revenue"): say("revenue of the plan"),
    ("plan", "customers"): say("customers of the plan"),
    ("plan", "pipeline_coverage"): say("pipeline coverage of the plan"),
    ("plan", "cost_per_customer"): say("cost of a customer"),
    ("limit_per_seller", "handoffs"): say("leads that one seller takes"),
    ("limit_per_seller", "new_opportunities"): say("new opportunities of one seller"),
    ("limit_per_seller", "open_opportunities"): say("open opportunities of one seller"),
}
