"""The drawings of a test of the criteria: who fits beside who does not, group by group, condition by condition."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup

from checker.backtested import ActionsRecord, CriterionRecord, GroupRecord, OutcomeRecord, TableRecord
from checker.language import from_json
from checker.message import Message, Written, say
from checker.quantity import Share
from checker.record import Said
from checker.report import backtest_sentences as said
from checker.report.backtest_sentences import Bought
from checker.report.plain_text import shortened
from checker.site.basis import Basis
from checker.site.drawings.drawing import Drawing
from checker.site.drawings.ranges import Ranged, ranges
from checker.site.pages.plan_numbers import NOTHING
from checker.site.safe import safe

FEW = 10


def bought(found: OutcomeRecord) -> Bought:
    """The numbers of an outcome."""
    return Bought(found.won, found.leads)


def as_share(value: float) -> Share:
    """To a tenth of a percent."""
    return Share(Fraction(round(value * 1000), 1000))


def tenth(value: float) -> Fraction:
    """To a tenth."""
    return Fraction(round(value * 10), 10)


def told(basis: Basis, found: Bought) -> Markup:
    """How many of how many bought."""
    return basis.voice.say(said.of_whom_bought(found))


def as_message(saved: Said | None, text: str) -> Message:
    """A condition in words: in the page's language where the file tells it so."""
    return say("{name}", name=Written(text)) if saved is None else from_json(saved.model_dump())


def shares_drawn(basis: Basis, heading: Markup, table: TableRecord, whole: Bought) -> Drawing:
    """Who fits beside who does not, and who cannot be told."""
    voice = basis.voice
    named = (
        (say("fits"), table.fits),
        (say("does not fit"), table.does_not_fit),
        (say("cannot be told"), table.cannot_tell),
    )
    parts = [(voice.words.say(name), part) for name, part in named if part.leads]
    rows = [
        Ranged(name, told(basis, bought(part)), share_of(part), _if_enough(part), is_weak=not table.enough)
        for name, part in parts
    ]
    return _drawn(
        basis,
        heading,
        rows,
        whole.won / whole.leads if whole.leads else None,
        voice.gettext(
            "Dot: the share that bought. Line through it: where the true share may lie. Dashed: all these leads"
            " together."
        ),
        (voice.gettext("Leads that"), voice.gettext("Bought"), voice.gettext("Range (95%)")),
        [(safe(name), told(basis, bought(part)), _range(basis, part.interval)) for name, part in parts],
    )


def share_of(part: OutcomeRecord) -> float | None:
    """The share that bought; None where there is nobody."""
    return part.won / part.leads if part.leads else None


def _if_enough(part: OutcomeRecord) -> tuple[float, float] | None:
    """Its range, but of a handful of leads: that goes nearly all the way, and nothing beside it could be seen."""
    return part.interval if part.leads >= FEW else None


def _range(basis: Basis, found: tuple[float, float] | None) -> Markup:
    if found is None:
        return NOTHING
    return basis.voice.gettext("{low} to {high}", low=as_share(found[0]), high=as_share(found[1]))


def _drawn(
    basis: Basis,
    title: Markup,
    rows: Sequence[Ranged],
    across: float | None,
    caption: Markup,
    head: tuple[Markup, ...],
    table: Sequence[tuple[Markup, ...]],
) -> Drawing:
    return Drawing(
        "ranges",
        title,
        basis.voice.listed((safe(row.name), row.text) for row in rows),
        caption,
        head,
        tuple(table),
        {"chart": ranges(rows, across)},
    )


def groups_drawn(basis: Basis, heading: Markup, groups: Sequence[GroupRecord], *, is_channel: bool) -> Drawing:
    """The same, channel by channel or persona by persona."""
    voice = basis.voice
    rows, table = [], []
    for group in groups:
        name = _group_name(basis, group, is_channel=is_channel)
        fits, others = group.table.fits, group.table.does_not_fit
        verdict = said.who_fits_buys(group.tells, group.p)
        text = voice.gettext(
            "{part} of {whole} · {verdict}", part=fits.won, whole=fits.leads, verdict=voice.say(verdict)
        )
        rows.append(Ranged(name, text, share_of(fits), fits.interval, is_weak=group.p is None, other=share_of(others)))
        table.append(
            (
                safe(name),
                told(basis, bought(fits)),
                told(basis, bought(others)),
                voice.number(group.table.cannot_tell.leads),
                voice.say(verdict),
            )
        )
    return _drawn(
        basis,
        voice.gettext("{criterion}, by channel", criterion=heading)
        if is_channel
        else voice.gettext("{criterion}, by persona", criterion=heading),
        rows,
        None,
        voice.gettext(
            "Dot: the share of those who fit that bought, with its range; hollow where there are too few to tell."
            " Square: of those who do not fit."
        ),
        (
            voice.gettext("Channel") if is_channel else voice.gettext("Persona"),
            voice.gettext("Who fits"),
            voice.gettext("Who does not"),
            voice.gettext("Not told"),
            voice.gettext("Who fits buys"),
        ),
        table,
    )


def _group_name(basis: Basis, group: GroupRecord, *, is_channel: bool) -> str:
    if group.name is None:
        return basis.voice.words.say(say("without a channel") if is_channel else say("without a persona"))
    return basis.voice.words.say(basis.names.channel(group.name)) if is_channel else basis.names.persona(group.name)


def conditions_drawn(basis: Basis, heading: Markup, criterion: CriterionRecord) -> Drawing:
    """Of each condition the leads that it alone keeps out: it helps where they buy less often than those who fit."""
    voice = basis.voice
    rows, table = [], []
    for found in criterion.conditions:
        condition = voice.words.say(as_message(found.said, found.condition))
        kept_out = bought(found.kept_out)
        verdict = said.adds(found.p, found.helps) if found.kept_out.leads else say("it keeps out nobody else")
        if found.kept_out.leads:
            rows.append(
                Ranged(
                    shortened(condition, 60),
                    voice.gettext("keeps out {count}", count=found.kept_out.leads),
                    share_of(found.kept_out),
                    found.kept_out.interval,
                    is_weak=found.p is None,
                )
            )
        table.append(
            (safe(condition), told(basis, bought(found.alone.fits)), told(basis, kept_out), voice.say(verdict))
        )
    fits = criterion.table.fits if criterion.table is not None else None
    return _drawn(
        basis,
        voice.gettext("{criterion}, condition by condition", criterion=heading),
        rows,
        share_of(fits) if fits is not None else None,
        voice.gettext(
            "Dot: of the leads that this condition alone keeps out, the share that bought, with its range; hollow where"
            " there are too few to tell. Dashed: those who fit. A condition helps where its dot lies left of the line."
        ),
        (
            voice.gettext("Condition"),
            voice.gettext("Alone"),
            voice.gettext("Whom it alone keeps out"),
            voice.gettext("What it adds"),
        ),
        table,
    )


def actions_drawn(basis: Basis, actions: ActionsRecord) -> Drawing:
    """Who did what has points beside who did not."""
    voice = basis.voice
    rows, table = [], []
    for action in sorted(actions.actions, key=lambda action: -action.points):
        name = basis.names.action(action.action)
        verdict = voice.say(said.who_fits_buys(action.tells, action.p))
        rows.append(
            Ranged(
                name,
                voice.ngettext(
                    "{count} point · {verdict}", "{count} points · {verdict}", count=action.points, verdict=verdict
                ),
                share_of(action.did),
                action.did.interval,
                is_weak=action.p is None,
                other=share_of(action.did_not),
            )
        )
        times = NOTHING
        if action.ratio is not None:
            times = voice.gettext("{low}x to {high}x", low=tenth(action.ratio[0]), high=tenth(action.ratio[1]))
        table.append(
            (
                safe(name),
                voice.number(action.points),
                told(basis, bought(action.did)),
                told(basis, bought(action.did_not)),
                times,
                verdict,
            )
        )
    return _drawn(
        basis,
        voice.gettext("Points of actions, and what the data says of them"),
        rows,
        None,
        voice.gettext(
            "Dot: the share of those who did it that bought, with its range. Square: of those who did not. The actions"
            " with the most points stand first: their dots should lie furthest to the right."
        ),
        (
            voice.gettext("Action"),
            voice.gettext("Points"),
            voice.gettext("Who did it"),
            voice.gettext("Who did not"),
            voice.gettext("Times as often (95%)"),
            voice.gettext("Who did it buys"),
        ),
        table,
    )
