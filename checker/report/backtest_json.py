"""A test of the criteria for programs: `backtest/v1`, whose schema is published in `schema/backtest.json`."""

from __future__ import annotations

from fractions import Fraction

from checker.backtested import (
    ActionRecord,
    ActionsRecord,
    BacktestFile,
    ConditionRecord,
    CriterionRecord,
    GroupRecord,
    LeakRecord,
    OutcomeRecord,
    TableRecord,
    ThresholdRecord,
)
from checker.language import Words, to_json
from checker.measures.backtest.actions import ActionPoints, Actions
from checker.measures.backtest.contribution import Contribution
from checker.measures.backtest.leaks import Leak
from checker.measures.backtest.table import OfGroup, Outcome, Table
from checker.measures.backtest.tested import Backtest, Tested
from checker.measures.backtest.thresholds import Threshold
from checker.record import Said
from checker.report.backtest_criteria import with_bound, written_bound
from checker.report.condition_words import Sentences
from checker.report.names import Names


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
        said=Said(**to_json(sentences.inline(found.part))),
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
        said=Said(**to_json(sentences.inline(found.leaf))),
        better=None if found.best is None else Said(**to_json(sentences.inline(with_bound(found, names)))),
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
