"""What real leads and past months say of a change, for programs: the key `impact` of `changes/v1`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from checker.impact import Impact, Judged, ListKind, PromiseImpact, ReadBy, StageImpact
from checker.record import Number, Record, number_of
from checker.verdict import Status

if TYPE_CHECKING:
    from checker.language import Words


class Group(Record):
    """The leads of one channel or persona; `name` is null for leads that have none."""

    by: str = Field(description="`channel` or `persona`")
    name: str | None
    before: int
    after: int
    gained: int
    lost: int
    gained_customers: int | None
    lost_customers: int | None


class Criterion(Record):
    """A stage whose conditions take other leads."""

    name: str
    among: int = Field(description="The leads of the period that come by this stage")
    before: int = Field(description="Leads that surely fit the old conditions")
    after: int = Field(description="Leads that surely fit the new conditions")
    lost: int
    gained: int
    before_customers: int | None = Field(description="Null where the data does not tell of customers")
    lost_customers: int | None
    gained_customers: int | None
    gained_handed_over: int | None = Field(description="How many of those who come in sales ever got")
    cannot_tell: int = Field(description="Leads of which a text cannot tell; in none of the other numbers")
    too_few_to_tell: bool | None = Field(
        description="Whether chance alone may part the customers of those who come in from those that counted"
    )
    lost_too_few_to_tell: bool | None = Field(
        description="The same of those who fall out, held against those that stay"
    )
    gained_leads: tuple[str, ...] = ()
    lost_leads: tuple[str, ...] = ()
    invented_gained: str | None = Field(None, description="A made-up lead, where no real one comes in")
    invented_lost: str | None = Field(None, description="A made-up lead, where no real one falls out")
    groups: tuple[Group, ...] = ()


class Move(Record):
    """Leads that have another rank, or go to others."""

    old: tuple[str, ...] = Field(description="Empty: nobody, or no rank")
    new: tuple[str, ...]
    count: int
    leads: tuple[str, ...]


class OrderedList(Record):
    """The ranking or the routing."""

    list: ListKind
    among: int
    cannot_tell: int
    moved: tuple[Move, ...]


class Verdict(Record):
    """A promise in one month under one text."""

    status: Status
    numerator: Number
    denominator: Number
    target: Number | None


class PromiseMonth(Record):
    """A month under both texts; null where that text does not promise it."""

    month: str
    old: Verdict | None
    new: Verdict | None


class PromiseRecord(Record):
    """A promise that is judged otherwise, or was edited."""

    promise: str
    rung: str | None
    owes: str
    unit: str
    months: tuple[PromiseMonth, ...]
    worse_leads: tuple[str, ...] = Field((), description="The first leads that would not be as promised any more")
    better_leads: tuple[str, ...] = ()


class Counted(Record):
    """A part of a whole."""

    part: int
    whole: int


class Rate(Record):
    """A written rate that was measured under the old conditions; null where past data cannot tell what it is."""

    rate: str
    channel: str | None
    written: Number | None = Field(description="Null where the channels have different ones")
    old: Counted | None
    new: Counted | None


class LoadRecord(Record):
    """The leads that sellers get in a month, and how many they take."""

    month: str
    old: Number
    new: Number
    most: Number | None


class CostRecord(Record):
    """What the budgets pay for each lead that is handed over."""

    months: tuple[str, ...]
    currency: str
    old: Number
    new: Number


class ImpactRecord(Record):
    """What leads that really came, and past months, would have been under the new text."""

    period: str
    as_of: date
    leads: int
    files: tuple[str, ...]
    read_by: ReadBy = Field(description="By whose `source` section the data was read")
    criteria: tuple[Criterion, ...] = ()
    lists: tuple[OrderedList, ...] = ()
    promises: tuple[PromiseRecord, ...] = ()
    rates: tuple[Rate, ...] = ()
    more_a_month: Number = 0
    load: tuple[LoadRecord, ...] = ()
    costs: tuple[CostRecord, ...] = ()
    holds_from: date | None = Field(None, description="Null where it holds from the release that carries it")
    asked: tuple[str, ...] = Field((), description="Whose side owes something else, and so has to agree")
    notes: tuple[str, ...] = ()


def impact_record(impact: Impact, words: Words) -> ImpactRecord:
    """An impact as it stands in the file."""
    return ImpactRecord(
        period=str(impact.period),
        as_of=impact.as_of,
        leads=impact.leads,
        files=impact.files,
        read_by=impact.read_by,
        criteria=tuple(_criterion(stage, words) for stage in impact.stages),
        lists=tuple(
            OrderedList(
                list=listed.kind,
                among=listed.among,
                cannot_tell=listed.cannot_tell,
                moved=tuple(
                    Move(old=move.old, new=move.new, count=move.leads.count, leads=move.leads.leads)
                    for move in listed.moved
                ),
            )
            for listed in impact.lists
        ),
        promises=tuple(map(_promise, impact.promises)),
        rates=tuple(
            Rate(
                rate=rate.rate,
                channel=rate.channel,
                written=None if rate.written is None else number_of(rate.written.value),
                old=_counted(rate.before),
                new=_counted(rate.after),
            )
            for rate in impact.rates
        ),
        more_a_month=number_of(impact.more_a_month),
        load=tuple(
            LoadRecord(
                month=str(load.month),
                old=number_of(load.before),
                new=number_of(load.after),
                most=None if load.most is None else number_of(load.most),
            )
            for load in impact.load
        ),
        costs=tuple(
            CostRecord(
                months=tuple(map(str, cost.months)),
                currency=cost.after.currency,
                old=number_of(cost.before.amount),
                new=number_of(cost.after.amount),
            )
            for cost in impact.costs
        ),
        holds_from=impact.holds_from,
        asked=tuple(words.say(people) for people in impact.asked),
        notes=tuple(words.say(note) for note in impact.notes),
    )


def _criterion(stage: StageImpact, words: Words) -> Criterion:
    gained, lost = stage.gained, stage.lost
    return Criterion(
        name=stage.stage,
        among=stage.among,
        before=stage.before.count,
        after=stage.after.count,
        lost=lost.count,
        gained=gained.count,
        before_customers=stage.before.customers,
        lost_customers=lost.customers,
        gained_customers=gained.customers,
        gained_handed_over=gained.handed_over,
        cannot_tell=stage.cannot_tell,
        too_few_to_tell=stage.too_few,
        lost_too_few_to_tell=stage.lost_too_few,
        gained_leads=gained.leads,
        lost_leads=lost.leads,
        invented_gained=None if stage.invented_gained is None else words.say(stage.invented_gained),
        invented_lost=None if stage.invented_lost is None else words.say(stage.invented_lost),
        groups=tuple(
            Group(
                by=group.by,
                name=group.name,
                before=group.before,
                after=group.after,
                gained=group.gained,
                lost=group.lost,
                gained_customers=group.gained_customers,
                lost_customers=group.lost_customers,
            )
            for group in stage.groups
        ),
    )


def _promise(promise: PromiseImpact) -> PromiseRecord:
    return PromiseRecord(
        promise=promise.promise,
        rung=promise.rung,
        owes=promise.owes,
        unit=promise.unit,
        months=tuple(
            PromiseMonth(month=str(month), old=_verdict(old), new=_verdict(new))
            for month, (old, new) in promise.months.items()
        ),
        worse_leads=promise.worse,
        better_leads=promise.better,
    )


def _verdict(judged: Judged | None) -> Verdict | None:
    if judged is None:
        return None
    return Verdict(
        status=judged.status,
        numerator=number_of(judged.part),
        denominator=number_of(judged.whole),
        target=None if judged.target is None else number_of(judged.target),
    )


def _counted(pair: tuple[int, int] | None) -> Counted | None:
    return None if pair is None else Counted(part=pair[0], whole=pair[1])
