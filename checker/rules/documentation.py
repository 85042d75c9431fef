"""What an agreement says of itself: reasons, propositions that say something, answers to objections."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.finding import At, Path, Problem, Severity
from checker.message import Written, say
from checker.rules.phrases import Phrases, marked
from checker.rules.rule import rule

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
    generic = Phrases((phrase, phrase) for phrase in GENERIC)
    reported = set()
    for said in agreement.texts if agreement.sections.value_propositions else ():
        if (said.section, said.key) != ("value_propositions", "say") or said.path[1] in reported:
            continue
        spot = next(generic.spotted(said.text), None)
        if spot is not None:
            reported.add(said.path[1])
            yield Problem(
                marked(said, spot.start, spot.words),
                say("any competitor can say `{phrase}` too", phrase=Written(spot.words)),
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
