"""A test of the criteria for programs: `backtest/v1`, whose schema is published in `schema/backtest.json`."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field

from checker.language import Words
from checker.measures.backtest.actions import ActionPoints, Actions
from checker.measures.backtest.contribution import Contribution
from checker.measures.backtest.criterion import Subject
from checker.measures.backtest.leaks import Leak, Reason
from checker.measures.backtest.table import OfGroup, Outcome, Table
from checker.measures.backtest.tested import Backtest, Tested
from checker.measures.backtest.thresholds import Finding, Threshold
from checker.record import Number, Record
from checker.report.backtest_criteria import written_bound
from checker.report.condition_words import Sentences
from checker.report.names import Names

Range = tuple[float, float]


class OutcomeRecord(Record):
    """Some leads, and how many of them bought."""

    leads: int
    won: int
    share: Number | None = Field(description="Null without leads")
    interval: Range | None = Field(description="Wilson, 95%; null without leads")


class TableRecord(Record):
    """The confusion table of a criterion; who cannot be told has a row of its own."""

    fits: OutcomeRecord
    does_not_fit: OutcomeRecord
    cannot_tell: OutcomeRecord
    precision: Number | None = Field(description="Of those who fit, the share that bought")
    recall: Number | None = Field(description="Of all who bought, the share that surely fits")
    lift: Number | None = Field(description="How many times as often those who fit bought as all leads")
    p: float | None = Field(description="Fisher's exact test, two-sided: who fits against who does not")
    enough: bool = Field(description="False: too few leads or customers to tell anything")
    tells: bool | None = Field(description="True: who fits buys more often; false: less often; null: not to be told")


class GroupRecord(Record):
    """The table of a channel or a persona."""

    name: str | None = Field(description="Null: the leads without one")
    table: TableRecord
    p: float | None = Field(description="Fisher's, for all groups together (Holm); null where there are too few")
    tells: bool | None


class ConditionRecord(Record):
    """What a condition of a criterion adds."""

    condition: str = Field(description="In words")
    path: str
    without: TableRecord = Field(description="The criterion without this condition")
    alone: TableRecord
    kept_out: OutcomeRecord = Field(description="The leads that fit all other conditions and not this one")
    p: float | None = Field(description="Those who fit against those kept out, for all conditions together (Holm)")
    helps: bool | None = Field(description="True: it keeps out leads that buy less often; false: more often")


class ThresholdRecord(Record):
    """What came of trying other bounds of a condition."""

    condition: str
    path: str
    field: str
    present: str
    finding: Finding
    tried: int = Field(description="How many other bounds were tried on the earlier leads")
    earlier: OutcomeRecord = Field(description="The leads on which they were tried")
    best: str | None = Field(description="The bound that parted the earlier leads best")
    looser: bool = Field(description="True: the best bound would let more leads in")
    moved: OutcomeRecord = Field(description="Of the later leads, those that it would move")
    others: OutcomeRecord = Field(description="Those to whom it would move them")
    p: float | None = Field(description="Moved against others, for all bounds that were judged together (Holm)")


class LeakRecord(Record):
    """A field that is filled in too late for the criterion."""

    field: str
    reason: Reason
    part: int = Field(description="How many leads of the kind have it filled in; 0 where the agreement says so")
    whole: int
    others: int = Field(description="How many leads of another kind there are, none of whom has it")


class CriterionRecord(Record):
    """A criterion. One that is refused has `refused` and no numbers."""

    subject: Subject
    name: str
    path: str
    asked_at: str | None = Field(description="The event as of which it is asked; null: the cut-off")
    only_those_who_came: bool = Field(description="True: leads that the event did not happen to are left out")
    as_exported: tuple[str, ...] = Field(description="Fields that the data has as they were at the export")
    refused: tuple[LeakRecord, ...]
    table: TableRecord | None
    channels: tuple[GroupRecord, ...]
    personas: tuple[GroupRecord, ...]
    conditions: tuple[ConditionRecord, ...]
    thresholds: tuple[ThresholdRecord, ...]


class ActionRecord(Record):
    """An action, its points, and what the data says."""

    action: str
    points: int
    did: OutcomeRecord
    did_not: OutcomeRecord
    ratio: Range | None = Field(description="How many times as often who did it bought, at 95%")
    p: float | None = Field(description="Fisher's, for all actions together (Holm)")
    tells: bool | None


class ActionsRecord(Record):
    """The actions that have points."""

    only_the_last: bool = Field(description="True: the data tells only the last action of each lead")
    as_exported: bool
    cannot_tell: int
    actions: tuple[ActionRecord, ...]


class BacktestFile(Record):
    """One run of `sla backtest`."""

    format: Literal["backtest/v1"] = "backtest/v1"
    agreement: str
    language: str
    as_of: date
    files: tuple[str, ...]
    leads: int = Field(description="Leads that are old enough")
    left_out: int = Field(description="Younger leads, however they ended")
    left_out_ended: int = Field(description="Those of the younger leads that are won or lost")
    customers: int
    slow_customers: int = Field(description="Customers who took longer than a lead must be old")
    cycle_days: int = Field(description="Half of the customers bought within so many days of coming")
    old_after_days: int
    later_from: date = Field(description="Bounds are found on leads that came before, judged on those that came since")
    criteria: tuple[CriterionRecord, ...]
    actions: ActionsRecord | None


def backtest_json(found: Backtest, names: Names, words: Words) -> str:
    """The file's text."""
    closed = found.closed
    file = BacktestFile(
        agreement=names.agreement.title,
        language=words.language,
        as_of=found.as_of,
        files=found.files,
        leads=closed.leads,
        left_out=closed.young,
        left_out_ended=closed.ended_young,
        customers=closed.customers,
        slow_customers=closed.slow,
        cycle_days=closed.cycle,
        old_after_days=closed.age,
        later_from=closed.later_from,
        criteria=tuple(_criterion(tested, names, words) for tested in found.tested),
        actions=None if found.actions is None else _actions(found.actions),
    )
    return file.model_dump_json(indent=2) + "\n"


def _criterion(tested: Tested, names: Names, words: Words) -> CriterionRecord:
    criterion = tested.criterion
    sentences = Sentences(names)
    return CriterionRecord(
        subject=criterion.subject,
        name=criterion.name,
        path=_path(criterion.path),
        asked_at=criterion.moment,
        only_those_who_came=criterion.only_those_who_came,
        as_exported=criterion.snapshots,
        refused=tuple(map(_leak, tested.leaks)),
        table=None if tested.table is None else _table(tested.table),
        channels=tuple(map(_group, tested.channels)),
        personas=tuple(map(_group, tested.personas)),
        conditions=tuple(_condition(each, sentences, words) for each in tested.contributions),
        thresholds=tuple(_threshold(each, names, sentences, words) for each in tested.thresholds),
    )


def _path(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path))


def _leak(leak: Leak) -> LeakRecord:
    return LeakRecord(field=leak.field, reason=leak.reason, part=leak.part, whole=leak.whole, others=leak.others)


def _outcome(found: Outcome) -> OutcomeRecord:
    return OutcomeRecord(leads=found.leads, won=found.won, share=_number(found.share), interval=found.interval)


def _table(table: Table) -> TableRecord:
    return TableRecord(
        fits=_outcome(table.fits),
        does_not_fit=_outcome(table.fits_not),
        cannot_tell=_outcome(table.cannot_tell),
        precision=_number(table.precision),
        recall=_number(table.recall),
        lift=_number(table.lift),
        p=table.chance,
        enough=table.is_enough,
        tells=table.tells,
    )


def _group(group: OfGroup) -> GroupRecord:
    return GroupRecord(name=group.name, table=_table(group.table), p=group.chance, tells=group.tells)


def _condition(found: Contribution, sentences: Sentences, words: Words) -> ConditionRecord:
    return ConditionRecord(
        condition=words.say(sentences.inline(found.part)),
        path=_path(found.part.path),
        without=_table(found.without),
        alone=_table(found.alone),
        kept_out=_outcome(found.kept_out),
        p=found.chance,
        helps=found.helps,
    )


def _threshold(found: Threshold, names: Names, sentences: Sentences, words: Words) -> ThresholdRecord:
    kind = names.agreement.field_kind(found.leaf.field)
    return ThresholdRecord(
        condition=words.say(sentences.inline(found.leaf)),
        path=_path(found.leaf.path),
        field=found.leaf.field,
        present=str(written_bound(found.present, kind)),
        finding=found.finding,
        tried=found.tried,
        earlier=_outcome(found.earlier),
        best=None if found.best is None else str(written_bound(found.best, kind)),
        looser=found.is_looser,
        moved=_outcome(found.moved),
        others=_outcome(found.others),
        p=found.chance,
    )


def _actions(actions: Actions) -> ActionsRecord:
    return ActionsRecord(
        only_the_last=actions.is_last,
        as_exported=actions.is_snapshot,
        cannot_tell=actions.cannot_tell,
        actions=tuple(map(_action, actions.actions)),
    )


def _action(action: ActionPoints) -> ActionRecord:
    return ActionRecord(
        action=action.action,
        points=action.points,
        did=_outcome(action.did),
        did_not=_outcome(action.did_not),
        ratio=action.ratio,
        p=action.chance,
        tells=action.tells,
    )


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)
