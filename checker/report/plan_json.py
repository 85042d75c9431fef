"""A plan for programs: `plan/v1`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from checker.language import to_json
from checker.logic.plan_checks import Kind
from checker.logic.planning.limits import uses_of
from checker.logic.planning.measured import Measured
from checker.logic.planning.planned import Planned
from checker.record import Number, Record, Said, number_of
from checker.report.plan_words import PlanWords


class PlanNumber(Record):
    """One number of the plan: of a stage, a month, and a channel (null: all channels together)."""

    stage: str
    channel: str | None = None
    month: str = Field(description="2027-03")
    target: int = Field(description="A whole number; those of the channels add up to that of all of them")
    written: bool = Field(description="True where the agreement would say it; else it follows from what is written")


class PlanMonth(Record):
    """What a month brings."""

    month: str
    customers: int
    revenue: Number | None = None
    working_days: int | None = None


class PlanLimit(Record):
    """One thing that does not allow the plan."""

    kind: str
    month: str | None = None
    at: str = Field(description="The line of the agreement, as a path: limit_per_seller.handoffs")
    needed: Number
    allowed: Number
    more_sellers: int | None = Field(default=None, description="Sellers that would be enough, working all the month")
    per_seller_needed: int | None = Field(default=None, description="What each seller would have to take instead")
    message: str
    said: Said | None = Field(default=None, description="`message` as data, for other languages")


class PlanUse(Record):
    """What the plan takes in a month of what there is: of the sellers, or of what a customer may cost."""

    kind: Kind
    month: str
    needed: Number
    allowed: Number


class PlanChange(Record):
    """Lines of a file that change, from `line` on."""

    file: str
    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


class PlanProblem(Record):
    """What the rules would find in the new text and do not find now."""

    code: str
    severity: Literal["error", "warning"]
    message: str


class MeasuredRateRecord(Record):
    """A conversion rate as past leads show it, of cohorts old enough and covered by the data."""

    rate: str
    channel: str | None = Field(default=None, description="null: all channels, or all that have no rate of their own")
    written: Number | None = None
    leads: int
    reached: int
    interval: tuple[float, float] = Field(description="Wilson's, at 95%")
    outside: bool = Field(description="Whether what is written lies outside of the interval")
    used: Number | None = Field(default=None, description="The rate that was planned with, where it is this one")
    months: str
    within: str


class MeasuredDealRecord(Record):
    """What past customers brought."""

    customers: int
    mean: float
    median: float
    interval: tuple[float, float] | None = None
    written: Number | None = None
    outside: bool


class MeasuredCycleMonth(Record):
    """How many became customers so many calendar months after they entered the stage before."""

    months: int
    customers: int
    share: float
    interval: tuple[float, float]


class MeasuredSeasonMonth(Record):
    """How many leads a whole month brought, and how it stands to the mean of such months."""

    month: str
    leads: int
    weight: float
    interval: tuple[float, float]


class MeasuredRecord(Record):
    """What the data says of the plan's numbers."""

    as_of: date
    rates: tuple[MeasuredRateRecord, ...]
    deal: MeasuredDealRecord | None = None
    cycle: tuple[MeasuredCycleMonth, ...] = ()
    season: tuple[MeasuredSeasonMonth, ...] = ()
    left_out: tuple[str, ...] = Field(default=(), description="Months that the data does not hold whole")


class PlanFile(Record):
    """One run of `sla plan`."""

    format: Literal["plan/v1"] = "plan/v1"
    agreement: str = ""
    direction: Literal["from the goal", "from the leads"]
    basis: str = Field(description="Where the mix of channels and the season come from")
    customers: int
    revenue: Number | None = None
    scale: Number = Field(description="How much of the mix it takes: 1.1 is a tenth more than was written or given")
    reachable: int | None = Field(
        default=None, description="The most customers that nothing stands in the way of; null where that is not known"
    )
    months: tuple[PlanMonth, ...]
    numbers: tuple[PlanNumber, ...]
    limits: tuple[PlanLimit, ...] = ()
    binding: tuple[Said, ...] = Field(
        default=(), description="What binds, as data: each kind once, what binds first stands first"
    )
    uses: tuple[PlanUse, ...] = Field(default=(), description="Capacity and cost, month by month, kept or not")
    remarks: tuple[Said, ...] = Field(default=(), description="What one must know to read the numbers, as data")
    problems: tuple[PlanProblem, ...] = ()
    changes: tuple[PlanChange, ...] = ()
    measured: MeasuredRecord | None = Field(default=None, description="With --from-data")
    written: bool = Field(description="Whether the files hold this plan now")


def plan_json(words: PlanWords, *, is_written: bool) -> str:
    """The plan as JSON."""
    planned = words.planned
    made, plan = planned.made, planned.made.plan
    won = made.inputs.won or ""
    file = PlanFile.model_validate(
        {
            "agreement": planned.agreement.text(planned.agreement.sections.agreement, ""),
            "direction": "from the leads" if planned.is_forward else "from the goal",
            "basis": planned.basis.value,
            "customers": made.customers,
            "revenue": None if made.revenue is None else number_of(made.revenue),
            "scale": number_of(made.scale),
            "reachable": planned.most,
            "months": tuple(
                PlanMonth(
                    month=str(month),
                    customers=plan.whole(won, month) or 0,
                    revenue=None if (amount := plan.revenue(month)) is None else number_of(amount),
                    working_days=words.days.get(month),
                )
                for month in plan.months
            ),
            "numbers": tuple(_numbers(planned)),
            "limits": tuple(
                PlanLimit.model_validate(
                    {
                        "kind": limit.kind.value,
                        "month": None if limit.month is None else str(limit.month),
                        "at": ".".join(map(str, limit.at)),
                        "needed": number_of(limit.needed),
                        "allowed": number_of(limit.allowed),
                        "more_sellers": limit.more_sellers,
                        "per_seller_needed": limit.per_seller_needed,
                        "message": words.limit(limit),
                        "said": to_json(words.limited(limit)),
                    }
                )
                for limit in planned.limits
            ),
            "binding": tuple(to_json(message) for message in words.bound()) if planned.limits else (),
            "uses": tuple(
                {
                    "kind": use.kind,
                    "month": str(use.month),
                    "needed": number_of(use.needed),
                    "allowed": number_of(use.allowed),
                }
                for use in uses_of(made)
            ),
            "remarks": tuple(to_json(message) for message in words.remarked()),
            "problems": tuple(
                PlanProblem.model_validate(
                    {"code": item.code, "severity": item.severity.value, "message": words.words.say(item.message)}
                )
                for item in planned.problems
            ),
            "changes": tuple(
                PlanChange(file=change.file, line=change.line, old=change.old, new=change.new)
                for change in planned.changes
            ),
            "measured": None if planned.measured is None else _measured(planned.measured),
            "written": is_written,
        }
    )
    return file.model_dump_json(indent=2) + "\n"


def _measured(measured: Measured) -> MeasuredRecord:
    deal, cycle, season = measured.deal, measured.cycle, measured.season
    return MeasuredRecord(
        as_of=measured.as_of,
        rates=tuple(
            MeasuredRateRecord(
                rate=rate.rate,
                channel=rate.channel,
                written=None if rate.written is None else number_of(rate.written.value),
                leads=rate.leads,
                reached=rate.reached,
                interval=rate.interval,
                outside=rate.is_outside,
                used=None if rate.use is None or rate.path is None else number_of(rate.use.value),
                months=str(rate.months),
                within=str(rate.within),
            )
            for rate in measured.rates
        ),
        deal=None
        if deal is None
        else MeasuredDealRecord(
            customers=deal.count,
            mean=float(deal.mean),
            median=float(deal.median),
            interval=deal.interval,
            written=None if deal.written is None else number_of(deal.written),
            outside=deal.is_outside,
        ),
        cycle=()
        if cycle is None
        else tuple(
            MeasuredCycleMonth(months=lag, customers=count, share=count / cycle.count, interval=cycle.intervals[lag])
            for lag, count in cycle.taken.items()
        ),
        season=()
        if season is None
        else tuple(
            MeasuredSeasonMonth(
                month=str(month),
                leads=count,
                weight=float(season.weights[month]),
                interval=season.intervals[month],
            )
            for month, count in season.counts.items()
        ),
        left_out=() if season is None else tuple(map(str, season.left_out)),
    )


def _numbers(planned: Planned) -> list[PlanNumber]:
    plan = planned.made.plan
    found = []
    for stage in plan.stages:
        for channel in (*planned.agreement.channels, None):
            for month in plan.months:
                whole = plan.whole(stage, month, channel)
                if whole is not None:
                    found.append(
                        PlanNumber(
                            stage=stage,
                            channel=channel,
                            month=str(month),
                            target=whole,
                            written=plan.is_written(stage, month, channel),
                        )
                    )
    return found
