"""What an agreement should have, and what it should say of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.finding import At, ChecklistItem, Path, Problem, Severity
from checker.message import Message, Written, say
from checker.rules.names import SIDES
from checker.rules.rule import rule

# ---------------------------------------------------------------- what an agreement should have


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
        ChecklistItem(part.entry, part.is_there or _is_unread(agreement, part), is_section)
        for found, is_section in ((parts(agreement), True), (sides(agreement), False))
        for part in found
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
  crm: {{team: sales, records: [handed_off]}}
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
  weekly: {every: week, who: [marketing, sales], topics: [returned leads]}
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


# ---------------------------------------------------------------- what it says

GENERIC = (
    "high quality",
    "top quality",
    "best quality",
    "individual approach",
    "personal approach",
    "tailor-made solutions",
    "innovative solutions",
    "market leader",
    "world-class",
    "best in class",
    "one-stop shop",
    "alta qualidade",
    "melhor qualidade",
    "abordagem individual",
    "soluções inovadoras",
    "líder de mercado",
    "alta calidad",
    "mejor calidad",
    "trato personalizado",
    "soluciones innovadoras",
    "líder del mercado",
    "wysoka jakość",
    "najwyższa jakość",
    "indywidualne podejście",
    "innowacyjne rozwiązania",
    "lider rynku",
    "alta qualità",
    "massima qualità",
    "approccio individuale",
    "soluzioni innovative",
    "leader di mercato",
)
"""What any competitor says too, in the five languages."""


@rule(
    "SLA803",
    "A value proposition that anyone could make",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        personas:
          quality_manager: {role_in_decision: influences}
        value_propositions:
          quality:
            say: High quality and an individual approach    # SLA803
            for: quality_manager
            proof: Our customers say so
        """,
    good="""
        personas:
          quality_manager: {role_in_decision: influences}
        value_propositions:
          alarm_in_2_minutes:
            say: A warm cold room calls a person within two minutes
            for: quality_manager
            proof: Alarm log of 38 sites
        """,
)
def generic_proposition(agreement: Agreement) -> Iterator[Problem]:
    """
    "High quality" and "an individual approach" stand on every website, so they help nobody to choose. A proposition
    names something that the buyer gets and that others do not offer, and says what proves it.

    The rule looks for a closed list of phrases in the five languages of agreements.
    """
    for name, proposition in (agreement.sections.value_propositions or {}).items():
        written = proposition.say
        texts = list(written.values()) if isinstance(written, dict) else [written]
        said = next((phrase for text in texts for phrase in GENERIC if phrase in text.casefold()), None)
        if said is not None:
            yield Problem(
                At(("value_propositions", name, "say")),
                say("any competitor can say `{phrase}` too", phrase=Written(said)),
                note=say("say what the buyer gets, with a number if there is one"),
            )


@rule(
    "SLA804",
    "An objection that no content answers",
    severity=Severity.WARNING,
    since="0.1",
    needs=("content",),
    bad="""
        people:
          camila: {name: Camila, team: marketing}
        personas:
          director: {role_in_decision: decides}
        objections:
          price: It costs too much                     # SLA804
          no_wireless: Our rooms have no wireless network
        content:
          audit_guide: {stage: lead, for: director, by: camila, answers: no_wireless}
        stages:
          lead: {team: marketing}
          customer: {team: sales, is: won}
        """,
    good="""
        people:
          camila: {name: Camila, team: marketing}
        personas:
          director: {role_in_decision: decides}
        objections:
          price: It costs too much
          no_wireless: Our rooms have no wireless network
        content:
          audit_guide: {stage: lead, for: director, by: camila, answers: no_wireless}
          loss_calculator: {stage: lead, for: director, by: camila, answers: price}
        stages:
          lead: {team: marketing}
          customer: {team: sales, is: won}
        """,
)
def unanswered_objection(agreement: Agreement) -> Iterator[Problem]:
    """
    Sales hears an objection again and again; marketing makes the piece that answers it. An objection of the list that
    no content `answers` is one that each seller must answer alone. A draft without any content is not reproached, nor
    is anything while some content answers an objection that is not known: it may be this one.
    """
    sections = agreement.sections
    if sections.content is None and not agreement.is_signed:
        return
    objections = sections.objections or {}
    answered = {name for content in (sections.content or {}).values() for name in as_list(content.answers)}
    if not answered <= set(objections):
        return
    for name in objections:
        if name not in answered:
            yield Problem(
                At(("objections", name), "key"),
                say("no content answers the objection {name}", name=Written(name)),
                note=say("let a piece of content say {answers}", answers=Written(f"answers: {name}")),
            )


@rule(
    "SLA805",
    "A decision without a reason",
    severity=Severity.INFO,
    since="0.1",
    on_request=True,
    bad="""
        plan:                            # SLA805
          months: 2027-01 to 2027-06
          customers: 46
        checks:
          severity:
            SLA805: info
        """,
    good="""
        plan:
          months: 2027-01 to 2027-06
          customers: 46
          why: Half of the yearly plan that both directors agreed
        checks:
          severity:
            SLA805: info
        """,
)
def decision_without_reason(agreement: Agreement) -> Iterator[Problem]:
    """
    Whoever wants to change a number next year will ask where it came from. The plan, written targets, the conditions of
    stages and groups, points, promises and the limits of sellers can each say `why`.

    This rule asks for a reason everywhere, which is more than most companies want: it runs only where `checks` gives it
    a severity.
    """
    for path, why in _decisions(agreement):
        if why is None:
            yield Problem(
                At(path, "key"),
                say("nobody wrote down why {decision} is as it is", decision=Written(str(path[-1]))),
                note=say("add {why}", why=Written("why: …")),
            )


def _decisions(agreement: Agreement) -> Iterator[tuple[Path, object]]:
    sections = agreement.sections
    if sections.plan is not None:
        yield ("plan",), sections.plan.why
    for stage, lines in (sections.targets or {}).items():
        for channel, line in lines.items():
            yield ("targets", stage, channel), line.why
    if sections.points is not None:
        yield ("points",), sections.points.why
    for name, group in (sections.groups or {}).items():
        yield ("groups", name), group.why
    for name, stage_written in agreement.stages.items():
        if stage_written.has_conditions:
            yield ("stages", name), stage_written.why
    if sections.limit_per_seller is not None:
        yield ("limit_per_seller",), sections.limit_per_seller.why
    for promise in agreement.promises():
        yield promise.path, promise.written.why
