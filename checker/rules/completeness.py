"""What every agreement should have: a draft's checklist, and warnings once it is signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.agreement import Agreement
from checker.finding import At, ChecklistItem, Problem, Severity
from checker.message import Message, say
from checker.rules.names import SIDES
from checker.rules.rule import rule


@dataclass(frozen=True, slots=True)
class Part:
    """Something that an agreement should have: as an entry of the checklist, and as a reproach."""

    sections: tuple[str, ...]
    entry: Message
    missing: Message
    is_there: bool


def parts(agreement: Agreement) -> tuple[Part, ...]:
    """The eight sections of an agreement between marketing and sales."""
    sections = agreement.sections
    teams = {channel.team for channel in agreement.channels.values()}
    won = agreement.stage_named("won")
    to_won = {rate for _, stage, rate in agreement.conversions() if stage == won}
    promised = {item.measured.of for item in agreement.promises() if item.measured and item.measured.measure == "rate"}
    return (
        Part(
            ("channels",),
            say("the channels of marketing"),
            say("no channel of marketing is written down"),
            "marketing" in teams,
        ),
        Part(("channels",), say("the channels of sales"), say("no channel of sales is written down"), "sales" in teams),
        Part(("targets",), say("targets"), say("there are no targets"), bool(sections.targets)),
        Part(
            ("stages", "marketing_promises", "sales_promises", "both_promise"),
            say("a promise how many opportunities are won"),
            say("nobody promises how many opportunities are won"),
            not to_won.isdisjoint(promised),
        ),
        Part(
            ("handoff", "stages"),
            say("the handoff, and which data go along"),
            say("the handoff, or the data that go along with a lead, is missing"),
            bool(agreement.payload),
        ),
        Part(
            ("stages",),
            say("what makes a lead a good one: conditions of stages"),
            say("no stage says what makes a lead a good one"),
            any(stage.has_conditions for stage in agreement.stages.values()),
        ),
        Part(
            ("meetings",),
            say("joint meetings and their topics"),
            say("there are no joint meetings"),
            bool(sections.meetings),
        ),
        Part(
            ("processes", "tools"),
            say("processes and tools"),
            say("processes or tools are missing"),
            bool(sections.processes) and bool(sections.tools),
        ),
    )


def sides(agreement: Agreement) -> tuple[Part, ...]:
    """Both sides owe the other something."""
    owed = {item.owes for item in agreement.promises()}
    words = {
        "marketing": (say("what marketing promises"), say("marketing promises nothing")),
        "sales": (say("what sales promises"), say("sales promises nothing")),
    }
    return tuple(Part((f"{side}_promises",), *words[side], side in owed) for side in SIDES)


def checklist(agreement: Agreement) -> tuple[ChecklistItem, ...]:
    """What a draft has and what it still needs. A section that cannot be read counts as there: it has its findings."""
    return tuple(
        ChecklistItem(part.entry, part.is_there or _is_unread(agreement, part))
        for part in (*parts(agreement), *sides(agreement))
    )


def _is_unread(agreement: Agreement, part: Part) -> bool:
    return not agreement.broken.isdisjoint(part.sections)


def _missing(agreement: Agreement, found: tuple[Part, ...]) -> Iterator[Problem]:
    if agreement.is_signed:
        for part in found:
            if not part.is_there and not _is_unread(agreement, part):
                yield Problem(At(("status",)), part.missing, note=say("a signed agreement says this"))


_SIGNED = """
status: signed                   # {code}
channels:
  articles: {{team: marketing}}
  referral: {{team: sales}}
targets:
  mql:
    all:
      2027-01 to 2027-06: 80
rates:
  mql_to_customer: 12%
fields:
  phone: {{is: text}}
stages:
  mql: {{team: marketing, phone: known}}
  customer: {{team: sales, is: won}}
handoff: {{stage: mql, channel: The queue}}
sales_promises:
  win-rate:
    promise: Win one lead in eight
    measure: rate
    of: mql_to_customer
    target: as planned
    judged_after: 90 days
tools:
  crm: {{team: sales, records: [handed_off, became_customer]}}
processes:
  sale: {{team: sales}}
"""
_MARKETING = """
marketing_promises:
  mql-volume:
    promise: Deliver the target of each month
    measure: volume
    of: mql
    target: as planned
"""
_MEETINGS = """
meetings:
  weekly: {every: week, who: [marketing, sales], topics: [targets, returned leads, new objections, wins]}
"""


def _signed(*sections: str, code: str = "both teams signed") -> str:
    """An example of a signed agreement; `code` stands beside its status."""
    return "".join((_SIGNED.format(code=code), *(section.lstrip() for section in sections)))


@rule(
    "SLA801",
    "A part of the agreement is missing",
    severity=Severity.WARNING,
    since="0.1",
    bad=_signed(_MARKETING, code="SLA801"),
    good=_signed(_MARKETING, _MEETINGS),
)
def missing_part(agreement: Agreement) -> Iterator[Problem]:
    """
    Eight things belong into every agreement between marketing and sales: the channels of marketing, the channels of
    sales, targets, a promise how many opportunities are won, the handoff with the data that go along, what makes a lead
    a good one, joint meetings with their topics, processes and tools.

    While the agreement is a draft, what is missing is a checklist. Once it is signed, it is a warning, and a release is
    refused.
    """
    return _missing(agreement, parts(agreement))


@rule(
    "SLA802",
    "Only one side promises anything",
    severity=Severity.WARNING,
    since="0.1",
    bad=_signed(_MEETINGS, code="SLA802"),
    good=_signed(_MARKETING, _MEETINGS),
)
def one_sided(agreement: Agreement) -> Iterator[Problem]:
    """
    An agreement has two sides. Where only one of them owes the other something, it is an order, and will be kept like
    one.
    """
    return _missing(agreement, sides(agreement))
