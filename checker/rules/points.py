"""Points: what a lead must collect, and what there is to collect."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs
from checker.finding import At, Because, Problem, Severity
from checker.message import Written, say
from checker.quantity import Unit
from checker.rules.field_tests import written_tests
from checker.rules.ranges import range_of
from checker.rules.rule import rule


@rule(
    "SLA311",
    "More points asked for than can be collected",
    severity=Severity.ERROR,
    since="0.1",
    needs=("actions", "points"),
    bad="""
        actions:
          read_guide: {points: 10}
          ask_for_demo: {points: 15}
        points: {over: 60 days, each_action: once}
        stages:
          mql:
            team: marketing
            points: at least 30          # SLA311
        """,
    good="""
        actions:
          read_guide: {points: 10}
          ask_for_demo: {points: 25}
        points: {over: 60 days, each_action: once}
        stages:
          mql:
            team: marketing
            points: at least 30
        """,
)
def unreachable_points(agreement: Agreement) -> Iterator[Problem]:
    """
    The points of all actions together are the most that a lead can have where each action counts once. If a stage asks
    for more, no lead gets there, however interested it is. Give the actions more points, ask for fewer, or let an
    action count every time that it is done.
    """
    most = most_points(agreement)
    if most is None:
        return
    for leaf, least in _thresholds(agreement):
        if least > most:
            yield Problem(
                At(leaf.path),
                say("nobody can have points: no action gives any")
                if most == 0
                else say("nobody can have {least} points: all actions together give {most}", least=least, most=most),
            )


def most_points(agreement: Agreement) -> Fraction | None:
    """The most points that a lead can have; None where there is no end, or the agreement has no table of points."""
    actions, points = agreement.sections.actions, agreement.sections.points
    if actions is None or "points" in agreement.fields:
        return None
    given = [action.points for action in actions.values() if action.points is not None]
    if any(given):
        return Fraction(sum(given)) if points is not None and points.each_action == "once" else None
    # an agreement whose actions say nothing of points takes the score that its source computes
    return Fraction(0) if given or points is not None else None


@rule(
    "SLA312",
    "One small action is enough",
    severity=Severity.WARNING,
    since="0.1",
    needs=("actions", "points"),
    bad="""
        actions:
          open_email: {points: 30}       # because
          ask_for_demo: {points: 40}
        points: {over: 60 days}
        stages:
          mql:
            team: marketing
            points: at least 30          # SLA312
        """,
    good="""
        actions:
          open_email: {points: 1}
          ask_for_demo: {points: 40}
        points: {over: 60 days}
        stages:
          mql:
            team: marketing
            points: at least 30
        """,
)
def one_action_is_enough(agreement: Agreement) -> Iterator[Problem]:
    """
    Points are for telling leads who are interested from those who only looked. Where the action with the fewest points
    reaches the number alone, they tell nothing: whoever opens one e-mail is as good as one who asks for a demo.
    """
    given = {
        name: action.points for name, action in (agreement.sections.actions or {}).items() if action.points is not None
    }
    counting = {name: points for name, points in given.items() if points}
    if len(counting) < 2:
        return
    name = min(counting, key=lambda action: counting[action])
    for leaf, least in _thresholds(agreement):
        if 0 < least <= counting[name]:
            yield Problem(
                At(leaf.path),
                say("any action is enough here, even {action}", action=Written(name)),
                note=say("ask for more points, or let this action give fewer"),
                because=(
                    Because(
                        At(("actions", name, "points")),
                        say("{action} alone gives {number}", action=Written(name), number=counting[name]),
                    ),
                ),
            )


def _thresholds(agreement: Agreement) -> Iterator[tuple[FieldIs, Fraction]]:
    """Every test that asks for so many points, and the fewest that pass it."""
    for leaf in written_tests(agreement):
        asked = range_of(agreement, leaf) if leaf.field == "points" else None
        if asked is not None and isinstance(asked.low, Fraction):
            yield leaf, asked.low if asked.with_low else asked.low + 1


@rule(
    "SLA326",
    "Points that are lost when none are left",
    severity=Severity.INFO,
    since="0.1",
    on_request=True,
    needs=("actions", "fields", "points"),
    bad="""
        fields:
          last_visit: {is: days ago}
        actions:
          read_guide: {points: 10}
          ask_for_demo: {points: 30}
        points:
          over: 60 days                                                       # because
          lost: {when: {last_visit: at least 90 days}, points: 10}            # SLA326
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            points: at least 30
        checks:
          severity:
            SLA326: info
        """,
    good="""
        fields:
          last_visit: {is: days ago}
        actions:
          read_guide: {points: 10}
          ask_for_demo: {points: 30}
        points:
          over: 60 days
          lost: {when: {last_visit: at least 30 days}, points: 10}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            points: at least 30
        checks:
          severity:
            SLA326: info
        """,
)
def lost_too_late(agreement: Agreement) -> Iterator[Problem]:
    """
    Points are counted over the last days that `over` names. A lead that was last seen before then has no points left,
    so that taking some away changes nothing. Often the two numbers were changed one without the other.

    It is only worth a look, as somebody may act without being seen where this field looks: opening e-mails is no visit.
    This rule runs where `checks` gives it a severity, or with `sla validate --fail-on info`.
    """
    points = agreement.sections.points
    if points is None or points.over is None:
        return
    longest = points.over.count * _MOST_DAYS[points.over.unit]
    for leaf in written_tests(agreement):
        if leaf.path[:2] != ("points", "lost") or agreement.field_kind(leaf.field) != "days ago":
            continue
        asked = range_of(agreement, leaf)
        if asked is not None and isinstance(asked.low, Fraction) and asked.low >= longest:
            yield Problem(
                At(leaf.path),
                say("by then no action counts any more: points are counted over {window}", window=points.over),
                because=(Because(At(("points", "over")), say("what is older does not count")),),
            )


_MOST_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 31}
"""How many days a unit has at most."""
