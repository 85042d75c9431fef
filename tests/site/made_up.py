"""Results of a check of the reference agreement, written by hand: every status, outlook and unit is among them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from checker.beside_verdict import Escalated, Excepted, Pace, Recent, Released, StandIn, StepReached, Together
from checker.figure import Conversion, DailyCounts, Figures, Quantiles, ReturnReason, TimeTaken
from checker.finding_record import WayOut
from checker.language import to_json
from checker.message import Message, say
from checker.quantity import Month
from checker.record import Said
from checker.verdict import (
    Cohort,
    Coverage,
    Data,
    Evidence,
    Found,
    FoundSaid,
    FunnelCount,
    Outlook,
    Quality,
    Reject,
    Result,
    Results,
    Status,
)

MONTHS = ("2027-01", "2027-02", "2027-03", "2027-04")
RUNNING = "2027-04"
AS_OF = datetime(2027, 4, 14, 21, 0, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} **bold**"


def share(
    promise: str, owes: Any, target: float, counts: list[tuple[int, int]], outlook: Outlook | None, **more: Any
) -> list[Result]:
    """A share of each month, (in time, due); the last month goes on."""
    results = []
    for period, (numerator, denominator) in zip(MONTHS, counts, strict=True):
        running = period == RUNNING
        status = Status.OPEN if running else Status.MET if numerator >= target * denominator else Status.MISSED
        results.append(
            Result(
                promise=promise,
                owes=owes,
                period=period,
                status=status,
                outlook=outlook if running else None,
                agreement="2027.1",
                unit="share",
                judged=period == "2027-03",
                actual=numerator / denominator,
                target=target,
                numerator=numerator,
                denominator=denominator,
                waiting=6 if running else 0,
                allowed_misses=int((1 - target) * max(denominator, 80) + 1e-9),
                evidence=Evidence.TOO_FEW if denominator < 30 else Evidence.CLEAR,
                interval=(max(numerator / denominator - 0.1, 0), min(numerator / denominator + 0.08, 1)),
                offenders=tuple(f"L-{20300 + number}" for number in range(min(denominator - numerator, 20))),
                offender_count=denominator - numerator,
                file="sla/promises.yaml",
                line=1,
                **more,
            )
        )
    return results


def amount(
    promise: str, owes: Any, unit: Any, numbers: list[tuple[float, float]], outlook: Outlook, **more: Any
) -> list[Result]:
    """A count or an amount of each month, (reached, target); the last month goes on."""
    return [
        Result(
            promise=promise,
            owes=owes,
            period=period,
            status=Status.OPEN if period == RUNNING else Status.MET if actual >= target else Status.MISSED,
            outlook=outlook if period == RUNNING else None,
            agreement="2027.1",
            unit=unit,
            actual=actual,
            target=target,
            numerator=actual,
            file="sla/promises.yaml",
            line=1,
            **(more if period == RUNNING else {}),
        )
        for period, (actual, target) in zip(MONTHS, numbers, strict=True)
    ]


def not_measurable(promise: str, owes: Any, why: str, unlock: str) -> list[Result]:
    """A promise that the data cannot judge."""
    return [
        Result(
            promise=promise,
            owes=owes,
            period="2027-03",
            status=Status.NOT_MEASURABLE,
            unit="share",
            file="sla/promises.yaml",
            line=1,
            why=why,
            said=Said(text=why),
            unlock=Said(text=unlock),
        )
    ]


def results() -> Results:
    """The results of one run, in the middle of April 2027."""
    rate = Result(
        promise="win-rate",
        owes="sales",
        period="2027-01",
        status=Status.MET,
        agreement="2027.1",
        unit="share",
        judged=True,
        judged_on=date(2027, 4, 30),
        actual=9 / 32,
        target=0.25,
        numerator=9,
        denominator=32,
        evidence=Evidence.TOO_FEW,
        interval=(0.16, 0.45),
        file="sla/promises.yaml",
        line=1,
    )
    return Results(
        agreement="Glacivo marketing and sales agreement",
        version="2027.1",
        as_of=AS_OF,
        timezone="America/Sao_Paulo",
        data=data(),
        promises=20,
        judgeable=16,
        results=(
            *amount(
                "mql-volume",
                "marketing",
                "leads",
                [(83, 80), (74, 80), (86, 80), (37, 100)],
                Outlook.AT_RISK,
                pace=Pace(
                    days_gone=9,
                    days=21,
                    expected=42.857143,
                    share=0.863333,
                    projection=86.333333,
                    low=67,
                    high=109,
                    a_day_so_far=4.111111,
                    a_day_needed=5.25,
                ),
            ),
            *share(
                "mql-quality",
                "marketing",
                0.85,
                [(69, 80), (64, 72), (73, 83), (31, 35)],
                Outlook.ON_COURSE,
                by_silence=21,
            ),
            *share("handoff-speed", "marketing", 0.98, [(82, 83), (73, 74), (80, 86), (37, 37)], Outlook.ON_COURSE),
            *share("handoff-data", "marketing", 0.95, [(80, 83), (71, 74), (83, 86), (36, 37)], Outlook.ON_COURSE),
            *share("bad-data-fix", "marketing", 0.90, [(3, 3), (2, 3), (4, 4), (1, 1)], Outlook.ON_COURSE),
            *amount("objection-content", "marketing", "a month", [(2, 2), (3, 2), (2, 2), (0, 2)], Outlook.AT_RISK),
            *share(
                "first-response.asked",
                "sales",
                0.95,
                [(28, 29), (24, 26), (31, 32), (13, 18)],
                Outlook.LOST,
                median_seconds=1500,
                p90_seconds=5900,
                step=StepReached(share=1, used=5, allowed=4, then="The sales director calls these leads the same day"),
                recent=(
                    Recent(
                        days=5,
                        since=date(2027, 4, 8),
                        missed=4,
                        due=8,
                        times_as_fast=10.0,
                        by_chance=0.0004,
                        is_warning=True,
                    ),
                ),
                escalations=(
                    Escalated(
                        step=1,
                        count=5,
                        tell=("seller",),
                        then="Call now",
                        file="sla/promises.yaml",
                        line=1,
                        when=Said(
                            text="{count} lead was missed", many="{count} leads were missed", arguments={"count": 5}
                        ),
                        whom=Said(text="each lead's seller"),
                    ),
                ),
            ),
            *share(
                "first-response.other",
                "sales",
                0.90,
                [(50, 54), (45, 48), (47, 54), (17, 19)],
                Outlook.AT_RISK,
                median_seconds=5400,
                p90_seconds=13900,
            ),
            *share(
                "accept-or-return",
                "sales",
                0.95,
                [(80, 83), (72, 74), (84, 86), (30, 31)],
                Outlook.ON_COURSE,
                together=Together(
                    months=("2027-01", "2027-02", "2027-03"),
                    numerator=236,
                    denominator=249,
                    target=0.95,
                    is_kept=False,
                    interval=(0.91, 0.97),
                ),
                not_counted=2,
                exceptions=(
                    Excepted(
                        count=2,
                        first=date(2027, 1, 25),
                        last=date(2027, 1, 26),
                        why="The integration was down",
                        agreed_by=("Helena Prado", "Tomás Quintela"),
                    ),
                ),
                not_owed=1,
                released=(Released(count=1, because="handoff-speed"),),
                about=True,
                stand_ins=(StandIn(event="handed_off", same_as="became_mql"),),
            ),
            *share("outcome-known", "sales", 0.95, [(60, 66), (58, 60), (64, 66), (30, 31)], Outlook.ON_COURSE),
            *share("reason-given", "sales", 1.0, [(13, 13), (9, 9), (12, 12), (4, 4)], Outlook.ON_COURSE),
            rate,
            *amount("objection-log", "sales", "a month", [(11, 10), (12, 10), (10, 10), (6, 10)], Outlook.ON_COURSE),
            *amount(
                "revenue",
                "both",
                "money",
                [(186000, 180000), (174000, 180000), (251000, 240000), (96000, 240000)],
                Outlook.ON_COURSE,
            ),
            *share("meetings-held", "both", 1.0, [(5, 5), (4, 4), (6, 6), (2, 2)], Outlook.ON_COURSE),
            *not_measurable(
                "persistence",
                "sales",
                "the data has no single attempts: it knows only the first contact",
                "Export the activities as a file of their own, one line an attempt.",
            ),
            *not_measurable(
                "crm-up-to-date",
                "sales",
                "no column says when an activity was written down",
                "Map the activity's creation date to “activity_logged”.",
            ),
            *not_measurable(
                "next-step",
                "sales",
                "the column “next_step_on” is missing",
                "Export the date of the next step with each deal.",
            ),
            *not_measurable(
                "come-back",
                "marketing",
                "returns are known, but not who contacted the lead again",
                "Map marketing's activities to “activity”.",
            ),
        ),
        funnel=(*funnel(), *by_channel()),
        cohorts=tuple(cohorts()),
        figures=figures(),
    )


def funnel() -> list[FunnelCount]:
    """Counts of all channels; April is not over."""
    counts = {
        "visit": [(14210, 15000), (13950, 15000), (16020, 15000), (8120, 17500)],
        "lead": [(412, 400), (371, 400), (431, 400), (196, 500)],
        "mql": [(83, 80), (74, 80), (86, 80), (37, 100)],
        "sql": [(41, 40), (37, 40), (44, 40), (16, 50)],
        "opportunity": [(33, 32), (29, 32), (35, 32), (12, 40)],
        "customer": [(6, 6), (6, 6), (8, 8), (3, 8)],
    }
    return [
        FunnelCount(period=period, stage=stage, count=count, target=target, complete=period != RUNNING)
        for stage, numbers in counts.items()
        for period, (count, target) in zip(MONTHS, numbers, strict=True)
    ]


def by_channel() -> list[FunnelCount]:
    """March's counts of two channels, of which one lies below its target; and of one that nobody has named."""
    counts: dict[str, list[tuple[str, int, int | None]]] = {
        "organic_search": [("lead", 210, 200), ("mql", 41, 40), ("sql", 12, 20)],
        "paid_search": [("lead", 95, 100), ("mql", 24, 20), ("sql", 5, 5)],
        "social_ads": [("lead", 3, None)],
    }
    return [
        FunnelCount(period="2027-03", channel=channel, stage=stage, count=count, target=target)
        for channel, numbers in counts.items()
        for stage, count, target in numbers
    ]


def figures() -> Figures:
    """What the data tells beside the promises: of April, whose 14th is the last day, 37 leads."""
    return Figures(
        daily=(
            DailyCounts(
                period="2027-04",
                stage="mql",
                counts=(4, 3, 0, 0, 5, 4, 2, 6, 3, 0, 0, 4, 4, 2),
                working_days=(1, 2, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19, 20, 22, 23, 26, 27, 28, 29, 30),
            ),
        ),
        times=tuple(
            TimeTaken(
                period="2027-04",
                starts="handed_off",
                stops="first_personal_contact",
                promise=f"first-response.{rung}",
                count=count,
                worked=Quantiles(median=median, p75=2 * median, p90=3 * median, p95=4 * median),
                elapsed=Quantiles(median=median, p75=2 * median, p90=3 * median, p95=4 * median),
            )
            for rung, count, median in (("asked", 18, 1500), ("other", 9, 5400))
        ),
        return_reasons=(
            ReturnReason(period="2027-01", reason="no_answer", count=9, share=1, is_listed=True),
            ReturnReason(period="2027-03", reason="no_answer", count=2, share=0.2, is_listed=True),
            ReturnReason(period="2027-03", reason=None, count=1, share=0.1, is_listed=False),
            ReturnReason(period="2027-04", reason="budget gone", count=7, share=0.7, is_listed=False),
            ReturnReason(
                period="2027-04", channel="organic_search", reason="no_answer", count=5, share=1, is_listed=True
            ),
        ),
        conversions=tuple(
            Conversion(
                period=period,
                stage="opportunity",
                reaches="customer",
                entered=32,
                reached=8,
                by_age=by_age,
                waiting=24,
                stuck=0,
            )
            for period, by_age in (
                ("2026-12", {1: 0, 30: 1, 60: 4, 90: 8}),
                ("2027-01", {1: 0, 30: 0, 60: 2}),
                ("2027-02", {1: 0, 30: 1}),
                ("2027-03", {1: 0}),
            )
        ),
    )


def cohorts() -> list[Cohort]:
    """What became of those that came in a month; only January's opportunities are old enough to be judged."""
    reached = {
        ("lead", "mql"): [(412, 83), (371, 74), (431, 86), (196, 31)],
        ("mql", "sql"): [(83, 41), (74, 37), (86, 44), (37, 9)],
        ("sql", "opportunity"): [(41, 33), (37, 29), (44, 35), (16, 6)],
        ("opportunity", "customer"): [(33, 9), (29, 6), (35, 3), (12, 0)],
    }
    months = [
        Cohort(period=period, stage=stage, reaches=reaches, entered=entered, reached=count)
        for (stage, reaches), numbers in reached.items()
        for period, (entered, count) in zip(MONTHS, numbers, strict=True)
    ]
    judged = {"within": 8 / 33, "within_count": 8, "horizon": "3 months"}
    old = months[12].model_copy(update=judged)
    whole = old.model_copy(update={"period": "2027-01 to 2027-04"})
    return [*months[:12], old, *months[13:], whole]


def data() -> Data:
    """What was read."""
    return Data(
        leads=1410,
        events=9123,
        rejected=4,
        files=("leads.csv", "deals.csv"),
        first=datetime(2027, 1, 2, 11, 4, tzinfo=UTC),
        last=datetime(2027, 4, 14, 20, 47, tzinfo=UTC),
        coverage=(
            Coverage(event="became_lead", first=date(2027, 1, 2), last=date(2027, 4, 14)),
            Coverage(event="became_mql", first=date(2027, 1, 4), last=date(2027, 4, 14)),
            Coverage(event="handed_off", first=date(2027, 1, 4), last=date(2027, 4, 14)),
            Coverage(event="first_personal_contact", first=date(2027, 1, 4), last=date(2027, 4, 14)),
            Coverage(event="became_customer", first=date(2026, 11, 1), last=date(2027, 4, 14), declared=True),
        ),
        rejects=(
            Reject(file="leads.csv", line=214, column="became_mql", text="31/02/2027", reason="31/02/2027 is no date"),
            Reject(file="leads.csv", line=522, column="lead_id", text="L-20031", reason="L-20031 stands there twice"),
            Reject(file="leads.csv", line=901, reason="the line has 14 values, its head 17"),
            Reject(file="deals.csv", line=77, column="amount", text="R$ 3O000", reason="R$ 3O000 is no amount"),
        ),
        quality=(
            Quality(what="contacted before the handoff", count=5, examples=("L-20112", "L-20340")),
            Quality(what="without a channel", count=11, examples=("L-20001",)),
        ),
    )


def said(message: Message) -> Said:
    return Said(**to_json(message))


def found(**more: object) -> Found:
    """A finding that only data shows, with a value that somebody made to do harm."""
    message = say("since {month} {value} is blank", month=Month(2027, 3), value=HOSTILE)
    usual = {
        "code": "SLA340",
        "name": "A rule",
        "severity": "warning",
        "message": "?",
        "file": "sla/stages.yaml",
        "line": 3,
        "column": 1,
        "choices": (WayOut(message="?"),),
        "help": "https://example.com",
        "fingerprint": "0",
        "said": FoundSaid(message=said(message), choices=(said(say("have it filled in")),)),
    }
    return Found.model_validate(usual | more)
