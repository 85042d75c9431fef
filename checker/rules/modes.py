"""Information and buying mode: who may contact a lead, and what shows its mode."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs, Kind
from checker.agreement.fields import Mode
from checker.finding import At, Because, Problem, Severity
from checker.logic.criteria import passes
from checker.message import Written, any_of, say
from checker.rules.rule import rule


@rule(
    "SLA315",
    "A handoff of leads whom sales may not contact yet",
    severity=Severity.WARNING,
    since="0.1",
    needs=("actions", "fields", "groups", "handoff", "modes", "stages"),
    bad="""
        actions:
          read_guide: {mode: information}
          ask_for_demo: {mode: buying}
        modes:
          information: {contact_by: marketing}     # because
          buying: {contact_by: sales}
        fields:
          email: {is: text}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            email: known
        handoff:
          stage: mql                               # SLA315
          channel: The queue
        """,
    good="""
        actions:
          read_guide: {mode: information}
          ask_for_demo: {mode: buying}
        modes:
          information: {contact_by: marketing}
          buying: {contact_by: sales}
        fields:
          email: {is: text}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            email: known
            mode: buying
        handoff:
          stage: mql
          channel: The queue
        """,
)
def handed_over_in_any_mode(agreement: Agreement) -> Iterator[Problem]:
    """
    A person who only wants to learn is frightened off by a seller's call. If a mode says that the team which hands over
    (marketing, as a rule) contacts its leads, a lead in this mode should not be handed over: let the stage of the
    handoff ask for the mode, or for the last action that shows it.
    """
    sections = agreement.sections
    handoff = sections.handoff
    if handoff is None or handoff.stage not in agreement.stages:
        return
    team = agreement.stages[handoff.stage].team
    following = agreement.stage_after(handoff.stage)
    if following is not None and agreement.stages[following].team == team:
        return
    kept = {name: mode for name, mode in (sections.modes or {}).items() if mode.contact_by == team}
    if not kept or len(kept) == len(sections.modes or {}):
        return
    node = agreement.named_conditions.get(handoff.stage)
    tests = [leaf for leaf in (agreement.reached(node) if node else ()) if leaf.field in ("mode", "last_action")]
    handed = {name: mode for name, mode in kept.items() if not tests or _may_pass(agreement, tests, name)}
    if handed:
        yield Problem(
            At(tests[0].path) if tests else At(("handoff", "stage")),
            say(
                "leads in mode {modes} are handed over too, though {team} is the one to contact them",
                modes=any_of(tuple(handed)),
                team=Written(team),
            ),
            note=say("let {stage} ask for the {mode}", stage=Written(handoff.stage), mode=Written("mode")),
            because=tuple(_contact(name, mode) for name, mode in handed.items()),
        )


def _contact(name: str, mode: Mode) -> Because:
    return Because(
        At(("modes", name, "contact_by")),
        say("leads in mode {mode} are contacted by {team}", mode=Written(name), team=Written(str(mode.contact_by))),
    )


def _may_pass(agreement: Agreement, tests: list[FieldIs], mode: str) -> bool:
    """Whether a mode is let pass by every test that asks for a mode, or for an action that shows one."""
    actions: Mapping[str, str | None] = {
        name: action.mode for name, action in (agreement.sections.actions or {}).items()
    }
    return all(
        passes(test.test, mode, "mode")
        if test.field == "mode"
        else any(passes(test.test, action, "action") for action, shown in actions.items() if shown == mode)
        for test in tests
    )


@rule(
    "SLA316",
    "A mode that no action shows",
    severity=Severity.WARNING,
    since="0.1",
    needs=("actions", "fields", "modes"),
    bad="""
        actions:
          read_guide: {mode: information}
          ask_for_demo: {}
        modes:
          information: {contact_by: marketing}
          buying: {contact_by: sales}              # SLA316
        """,
    good="""
        actions:
          read_guide: {mode: information}
          ask_for_demo: {mode: buying}
        modes:
          information: {contact_by: marketing}
          buying: {contact_by: sales}
        """,
)
def mode_without_action(agreement: Agreement) -> Iterator[Problem]:
    """
    The mode of a lead is that of its last action. A mode that no action shows is never seen: whatever asks for it stays
    empty. Write the mode beside the actions that show it.
    """
    sections = agreement.sections
    if not sections.actions or "mode" in agreement.fields:
        return
    shown = {action.mode for action in sections.actions.values()}
    for name in sections.modes or {}:
        if name not in shown:
            yield Problem(
                At(("modes", name), "key"),
                say("no action shows that somebody is in mode {mode}", mode=Written(name)),
                note=say("write {mode} beside such actions", mode=Written(f"mode: {name}")),
                because=tuple(_asks_for(agreement, name)),
            )


def _asks_for(agreement: Agreement, mode: str) -> Iterator[Because]:
    for condition, _ in agreement.written_conditions():
        for leaf in agreement.reached(condition):
            if leaf.field == "mode" and leaf.test.kind is Kind.ONE_OF and mode in map(str, leaf.test.operands):
                yield Because(At(leaf.path), say("asks for it"))
                return
