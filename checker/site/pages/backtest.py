"""Do our criteria find customers? What a test on closed deals says of each of them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from checker.backtested import (
    ActionsRecord,
    BacktestFile,
    CriterionRecord,
    TableRecord,
    ThresholdRecord,
)
from checker.logic.statistics import ratio_interval, wilson_interval
from checker.message import Message, Written, say
from checker.report import backtest_sentences as said
from checker.report.backtest_sentences import Bought, Closed, Tried
from checker.site.basis import Basis
from checker.site.drawings.drawing import Drawing
from checker.site.page import Page
from checker.site.pages.backtest_drawings import (
    actions_drawn,
    as_message,
    as_share,
    bought,
    conditions_drawn,
    groups_drawn,
    shares_drawn,
    tenth,
)
from checker.site.pages.plan_numbers import NOTHING

PATH = "backtest.md"


@dataclass(frozen=True)
class Figure:
    """A number that stands large, and what it is."""

    text: Markup
    label: Markup


@dataclass(frozen=True)
class Tested:
    """A criterion on the page; one that was refused has only its sentences."""

    id: str
    heading: Markup
    sentences: tuple[Markup, ...]
    figures: tuple[Figure, ...] = ()
    confusion: tuple[tuple[Markup, ...], ...] = ()
    drawings: tuple[Drawing, ...] = ()
    bounds: tuple[Markup, ...] = ()


def backtest_page(basis: Basis, found: BacktestFile) -> Page:
    """The page."""
    voice = basis.voice
    closed = Closed(
        as_of=found.as_of,
        files=found.files,
        leads=found.leads,
        young=found.left_out,
        customers=found.customers,
        slow=found.slow_customers,
        cycle=found.cycle_days,
        age=found.old_after_days,
    )
    return basis.page(
        PATH,
        "backtest.md.j2",
        voice.gettext("Do our criteria find customers?"),
        ("stages",),
        tags=(voice.gettext("marketing"), voice.gettext("sales")),
        is_wide=True,
        as_of=found.as_of,
        about=[voice.say(message) for message in said.about(closed)],
        tested=[_tested(basis, found, number, criterion) for number, criterion in enumerate(found.criteria, 1)],
        head=_head(basis),
        actions=actions_drawn(basis, found.actions) if found.actions else None,
        actions_notes=list(_notes_of_actions(basis, found.actions)) if found.actions else [],
        how=[voice.say(message) for message in said.how(closed)],
    )


def _head(basis: Basis) -> tuple[Markup, ...]:
    voice = basis.voice
    return (
        voice.gettext("Leads that"),
        voice.gettext("fits"),
        voice.gettext("does not fit"),
        voice.gettext("cannot be told"),
        voice.gettext("all"),
    )


def _all(table: TableRecord) -> Bought:
    parts = (table.fits, table.does_not_fit, table.cannot_tell)
    return Bought(sum(part.won for part in parts), sum(part.leads for part in parts))


def _tested(basis: Basis, found: BacktestFile, number: int, criterion: CriterionRecord) -> Tested:
    voice = basis.voice
    first = criterion.conditions[0] if criterion.conditions else None
    condition = as_message(first.said, first.condition) if first else say("{name}", name=Written(criterion.name))
    heading = voice.say(said.heading(criterion.subject, criterion.name, condition, basis.names))
    table = criterion.table
    if table is None:
        refusals = (
            said.refusal(basis.names.field(leak.field), leak.reason, leak.part, leak.whole, leak.others)
            for leak in criterion.refused
        )
        return Tested(f"criterion-{number}", heading, tuple(map(voice.say, refusals)))
    whole = _all(table)
    chance = table.p if table.enough else None
    told = [said.verdict(bought(table.fits), bought(table.does_not_fit), chance, table.tells)]
    if table.cannot_tell.leads:
        told.append(said.untold(table.cannot_tell.leads, whole.leads))
    if criterion.only_those_who_came:
        told.append(said.ONLY_THOSE_WHO_CAME)
    if criterion.as_exported:
        told.append(said.as_exported([basis.names.field(name) for name in criterion.as_exported]))
    drawings = [shares_drawn(basis, heading, table, whole)]
    drawings += [
        groups_drawn(basis, heading, groups, is_channel=is_channel)
        for groups, is_channel in ((criterion.channels, True), (criterion.personas, False))
        if len(groups) > 1
    ]
    drawings += [conditions_drawn(basis, heading, criterion)] if criterion.conditions else []
    return Tested(
        f"criterion-{number}",
        heading,
        tuple(map(voice.say, told)),
        tuple(_figures(basis, table, whole)),
        _confusion(basis, table, whole),
        tuple(drawings),
        tuple(voice.say(_bound(found, threshold)) for threshold in criterion.thresholds),
    )


# ---------------------------------------------------------------- the table and its shares


def _figures(basis: Basis, table: TableRecord, whole: Bought) -> list[Figure]:
    """Precision, recall and lift, each with the range in which the true one may lie."""
    voice, found = basis.voice, []
    fits = table.fits
    if fits.leads and fits.interval is not None:
        found.append(
            Figure(
                voice.tenths(fits.won / fits.leads),
                voice.gettext(
                    "of those who fit bought (precision; {low} to {high})",
                    low=as_share(fits.interval[0]),
                    high=as_share(fits.interval[1]),
                ),
            )
        )
    if whole.won:
        low, high = wilson_interval(fits.won, whole.won)
        found.append(
            Figure(
                voice.tenths(fits.won / whole.won),
                voice.gettext("of the customers fit (recall; {low} to {high})", low=as_share(low), high=as_share(high)),
            )
        )
    if table.lift is not None and table.enough:
        found.append(
            Figure(
                voice.gettext("{number}x", number=tenth(float(table.lift))),
                voice.gettext("as often as all these leads together (lift)"),
            )
        )
        others = table.does_not_fit
        if fits.leads and others.leads:
            low, high = ratio_interval(fits.won, fits.leads, others.won, others.leads)
            found.append(
                Figure(
                    voice.gettext("{low}x to {high}x", low=tenth(low), high=tenth(high)),
                    voice.gettext("as often as those who do not fit, at 95%"),
                )
            )
    return found


def _confusion(basis: Basis, table: TableRecord, whole: Bought) -> tuple[tuple[Markup, ...], ...]:
    """Bought and did not buy down, fits, does not fit and cannot be told across: who cannot be told stands apart."""
    voice = basis.voice
    columns = [*map(bought, (table.fits, table.does_not_fit, table.cannot_tell)), whole]
    return (
        (voice.gettext("bought"), *(voice.number(column.won) for column in columns)),
        (voice.gettext("did not buy"), *(voice.number(column.leads - column.won) for column in columns)),
        (
            voice.gettext("share that bought"),
            *(voice.tenths(column.won / column.leads) if column.leads else NOTHING for column in columns),
        ),
    )


# ---------------------------------------------------------------- conditions and bounds


def _bound(found: BacktestFile, threshold: ThresholdRecord) -> Message:
    better = None
    if threshold.best is not None:
        better = as_message(threshold.better, threshold.best)
    return said.other_bounds(
        Tried(
            condition=as_message(threshold.said, threshold.condition),
            finding=threshold.finding,
            number=threshold.tried,
            later_from=found.later_from,
            earlier=bought(threshold.earlier),
            better=better,
            is_looser=threshold.looser,
            moved=bought(threshold.moved),
            others=bought(threshold.others),
            chance=threshold.p,
        )
    )


# ---------------------------------------------------------------- actions


def _notes_of_actions(basis: Basis, actions: ActionsRecord) -> list[Markup]:
    notes = said.notes_of_actions(actions.only_the_last, actions.as_exported, actions.cannot_tell)
    return [basis.voice.say(note) for note in notes]
