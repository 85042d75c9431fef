"""How many of those who enter a stage reach the next one."""

from __future__ import annotations

from fractions import Fraction

from checker.agreement import Promise
from checker.measures.asked import Asked, CohortShare, Needs, TargetOf, Unmeasurable
from checker.measures.measure import measure
from checker.measures.view import View
from checker.message import say
from checker.quantity import Month


@measure(
    "rate",
    "share",
    name=say("Conversion rate"),
    executive=say("the share of each month's leads that went on, once all of them had the time to"),
    marketer=say("which months and channels bring leads that go on"),
    seller=say("how many of the leads at hand will go on"),
)
def rate(promise: Promise, view: View) -> Asked:
    """Of the leads that entered a stage in a month, the share that reached the next one in the time given.

    The month is that in which they entered. It is judged when its youngest member is `judged_after` old, so that
    nobody is counted who could still go on in time; how late a stage was reached does not matter beyond that.
    """
    written = promise.measured
    stages = next((pair for pair in view.agreement.conversions() if written and pair[2] == written.of), None)
    if stages is None or written is None:
        return Unmeasurable(say("it does not name the rate from one stage to the next"))
    if written.judged_after is None:
        return Unmeasurable(say("it does not say at what age a month's leads are judged (`judged_after`)"))
    target = _target(promise, view, stages[0])
    if target is None:
        return Unmeasurable(say("it names no share that must be reached"))
    start, stop = view.arrival(stages[0]), view.arrival(stages[1])
    return CohortShare(Needs(events=(start, stop)), start, stop, written.judged_after, target)


def _target(promise: Promise, view: View, stage: str) -> TargetOf | None:
    """The promise's own share, or the plan's: where channels differ, their mean weighted by the plan's numbers."""
    if not promise.is_as_planned:
        share = view.target(promise)
        return None if share is None else lambda _: share
    index = list(view.agreement.stages).index(stage)

    def planned(month: Month) -> Fraction | None:
        return view.plan.mixed_rate(index, month)

    return planned
