"""Names that are used and nowhere defined."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from checker.agreement import Agreement
from checker.agreement.misfits import known_keys
from checker.finding import At, Problem, Severity
from checker.message import Message, Written, say
from checker.rules.kinds import UNKNOWN, Kind, Reference
from checker.rules.names import SIDES, WITH_A_TEAM, Names
from checker.rules.own_paths import is_in_the_format, lost_at
from checker.rules.references import MEASURED_OF, references
from checker.rules.rule import rule, value_at
from checker.rules.suggestions import meant, suggest

LISTS_OF_CONDITIONS = ("all", "any", "none_of", "at_least", "of")
MOST_SUGGESTIONS = 200
"""For further unknown names no near one is looked for: by then it is not a slip of the pen."""


@rule(
    "SLA101",
    "A name that is not defined",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people:
          ana: {name: Ana, team: sales}
        personas:
          quality_manager: {role_in_decision: influences}
        value_propositions:
          audit_report_ready:
            say: The audit report writes itself
            for: plant_director           # SLA101
            proof: 22 audits passed
            made_by: [marketing, slaes]   # SLA101
        stages:
          lead:
            team: marketing
            meen: Left an e-mail          # SLA101
          mql: {team: marketing}
        if_all_are_away: anna             # SLA101
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
        personas:
          quality_manager: {role_in_decision: influences}
        value_propositions:
          audit_report_ready:
            say: The audit report writes itself
            for: quality_manager
            proof: 22 audits passed
            made_by: [marketing, sales]
        stages:
          lead:
            team: marketing
            means: Left an e-mail
          mql: {team: marketing}
        if_all_are_away: ana
        """,
)
def unknown_name(agreement: Agreement) -> Iterator[Problem]:
    """
    Every name stands for something that the agreement defines: a person, a stage, a channel, a field, a promise.
    A name that is nowhere defined is usually a slip of the pen, or something that was renamed in one place alone. The
    tool then does not know whom or what is meant, and would leave it out in silence: a promise about a stage that does
    not exist is never missed.

    The nearest name that is defined is offered. Where nothing comes near, either define the name in its section or
    write one of those that are there.

    Teams need no section of their own: a team is known when a person, a stage, a channel, a tool or a process belongs
    to it. `marketing` and `sales` always are. A team that differs from a known one by a letter or two is taken for a
    slip of the pen.
    """
    names = Names(agreement)
    searched = 0
    for reference in references(agreement):
        known = names.known(reference.kind)
        if reference.name in known or not names.is_complete(reference.kind):
            continue
        searched += 1
        if searched <= MOST_SUGGESTIONS:
            yield _unknown(agreement, reference, known)
        else:
            yield Problem(reference.at, UNKNOWN[reference.kind](Written(reference.name)))
    yield from _misspelt_teams(names)


def _unknown(agreement: Agreement, reference: Reference, known: Collection[str]) -> Problem:
    name = Written(reference.name)
    message = UNKNOWN[reference.kind](name)
    if reference.kind is Kind.FIELD and reference.at.on == "key":
        words = _that_fit(known_keys(reference.at.path), value_at(agreement.written, reference.at.path))
        known = [*words, *known]
        if "means" in words:
            message = say("{name} is neither a word of this format nor a field", name=name)
    elif reference.kind is Kind.RATE and (not_a_step := _not_a_step(agreement, reference.name)):
        return Problem(reference.at, not_a_step)
    elif reference.kind is Kind.CONDITION and reference.name in agreement.stages:
        return Problem(reference.at, say("the stage {name} has no conditions that a lead could meet", name=name))
    suggestion = suggest(reference.at, reference.name, known, reference.written)
    return Problem(reference.at, message, note=suggestion.note, fixes=suggestion.fixes)


def _that_fit(words: Sequence[str], value: object) -> list[str]:
    """The words of the format that may have such a value: prose stands behind `means`, never behind `meets`."""
    if isinstance(value, str) and " " in value:
        return [word for word in words if word not in ("meets", "team", "is", *LISTS_OF_CONDITIONS)]
    return list(words)


def _not_a_step(agreement: Agreement, rate: str) -> Message | None:
    """What is wrong with a rate between two stages that do not follow each other."""
    order = list(agreement.stages)
    for first in order:
        second = rate.removeprefix(f"{first}_to_")
        if second == rate or second not in agreement.stages:
            continue
        start, end = order.index(first), order.index(second)
        if end <= start:
            return say(
                "{second} does not come after {first}: a rate leads from a stage to the next one",
                first=Written(first),
                second=Written(second),
            )
        steps = [f"{one}_to_{next_one}" for one, next_one in pairwise(order[start : end + 1])]
        return say(
            "{rate} leaves out a stage: write a rate for each step, beginning with {step}",
            rate=Written(rate),
            step=Written(steps[0]),
        )
    return None


def _misspelt_teams(names: Names) -> Iterator[Problem]:
    """Entries whose team is named once and looks like a slip of the pen for a side or for a team of several."""
    common = [team for team, count in names.teams.items() if count > 1 or team in SIDES]
    slips = {
        team: right for team, count in names.teams.items() if count == 1 and (right := meant(team, common)) is not None
    }
    if not slips:
        return
    for section in WITH_A_TEAM:
        for name, entry in names.defined(section).items():
            team = entry.get("team") if isinstance(entry, dict) else None
            if isinstance(team, str) and team in slips and team not in common:
                at = At((section, name, "team"))
                suggestion = suggest(at, team, [slips[team]])
                yield Problem(at, UNKNOWN[Kind.TEAM](Written(team)), note=suggestion.note, fixes=suggestion.fixes)


@rule(
    "SLA102",
    "A setting for a rule or a value that does not exist",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        plan:
          months: 2027-01 to 2027-06
          average_deal: 30000
        checks:
          severity:
            SLA999: warning                # SLA102
            SLA001: off                    # SLA102
          rules:
            deal-size:
              field: plan.average_deel     # SLA102
              test: at least 20000
              message: Finance accepts no smaller deals
        """,
    good="""
        plan:
          months: 2027-01 to 2027-06
          average_deal: 30000
        checks:
          severity:
            SLA801: warning
          rules:
            deal-size:
              field: plan.average_deal
              test: at least 20000
              message: Finance accepts no smaller deals
        """,
)
def unknown_setting(agreement: Agreement) -> Iterator[Problem]:
    """
    Under `checks` a company says how much each rule matters, and adds checks of its own. A code that no rule has, or a
    path at which nothing is written, would change nothing. Only whether something is `known` may be asked of what is
    not there, as long as the format has a place for it.

    Codes are those that findings print; `sla explain CODE` shows what is behind one. The rules whose codes begin with
    SLA0 are about reading the agreement at all: they cannot be changed.
    """
    from checker.rules.catalogue import all_rules, data_rules

    checks = agreement.sections.checks
    if checks is None:
        return
    codes = {rule.code: rule for rule in (*all_rules(), *data_rules())}
    for code in checks.severity or ():
        at = At(("checks", "severity", code), "key")
        if code not in codes:
            suggestion = suggest(at, code, list(codes))
            yield Problem(at, say("there is no rule {code}", code=Written(code)), note=suggestion.note)
        elif codes[code].is_about_reading:
            yield Problem(at, say("{code} is about reading the agreement and cannot be changed", code=Written(code)))
    for name, own in (checks.rules or {}).items():
        lost = lost_at(agreement.written, own.field)
        if lost is None or (own.test in ("known", "not known") and is_in_the_format(own.field)):
            continue
        at = At(("checks", "rules", name, "field"))
        suggestion = suggest(at, lost.word, lost.known, own.field)
        yield Problem(
            at,
            say("nothing is written at {path}", path=Written(own.field)),
            note=suggestion.note,
            fixes=suggestion.fixes,
        )


@rule(
    "SLA103",
    "A measure without what it measures",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        marketing_promises:
          mql-volume:
            promise: Deliver the target of each month
            measure: volume                # SLA103
            target: as planned
        """,
    good="""
        marketing_promises:
          mql-volume:
            promise: Deliver the target of each month
            measure: volume
            of: mql
            target: as planned
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
)
def measure_of_nothing(agreement: Agreement) -> Iterator[Problem]:
    """
    Some measures need to know of what: `volume` of a stage, `rate` of a step between two stages, `persistence_rate` of
    a return reason, `field_known` of a field, `entries` of a list. Without `of` nobody can tell whether the promise
    was kept.
    """
    for promise in agreement.promises():
        measured = promise.measured
        if measured is not None and measured.of is None and measured.measure in MEASURED_OF:
            yield Problem(
                At((*promise.path, "measure")),
                say(
                    "{promise} does not say of what {measure} is measured",
                    promise=Written(promise.id),
                    measure=Written(measured.measure),
                ),
                note=_of_what(measured.measure),
            )


def _of_what(measure: str) -> Message:
    return {
        "volume": say("write the stage: {example}", example=Written("of: mql")),
        "rate": say("write the step: {example}", example=Written("of: lead_to_mql")),
        "persistence_rate": say("write the return reason: {example}", example=Written("of: no_answer")),
        "field_known": say("write the field: {example}", example=Written("of: next_step_on")),
        "entries": say("write the list: {example}", example=Written("of: pieces")),
    }[measure]
