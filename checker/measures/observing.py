"""What rules about the agreement must know of the data: mostly numbers that the verdicts and the funnel need anyway.

What is counted beside goes into the statements that are asked already: how often a criterion's field is blank among
the leads of its stage, and how many leads fit the `only` of a promise. Only the owners of leads are a statement of
their own.
"""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Iterator, Mapping
from fractions import Fraction

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs, Question, leaves
from checker.agreement.plan import TargetLine
from checker.funnel.counts import TallyCounts
from checker.logic.aggregate import CannotTell, Fits, Opposite, Surely, Tally, count, field_known
from checker.measures.asked import AskedClock, CohortShare, MonthlyAmount, MonthlyShare
from checker.measures.bench import Bench
from checker.measures.figures import REACHED, Counts, moment_of_stage, stage_tally
from checker.measures.judge import Questions
from checker.measures.matured import matured
from checker.measures.timeline import Covered
from checker.measures.view import View
from checker.observed import Audience, Filling, Handed, Observed, Strangers, Uncovered
from checker.quantity import Month
from checker.verdict import BLANK, UNKNOWN_VALUE, Data

ALL, FITTING, UNTOLD = "all", "fitting", "untold"


def tallies_to_observe(asked: Questions, view: View) -> dict[str, Tally]:
    """What is to be counted beside, by the name of the tally."""
    found = {}
    for stage, fields in _criteria_fields(view).items():
        blank = {name: count(Opposite(Surely(Fits(field_known(name))))) for name in fields}
        found[_filling_tally(stage)] = Tally(moment_of_stage(view, stage), {ALL: count(), **blank})
    for promise, (moment, only) in _audiences(asked, view).items():
        fits = Fits(only, moment)
        numbers = {ALL: count(), FITTING: count(fits), UNTOLD: count(CannotTell(fits))}
        found[_audience_tally(promise)] = Tally(moment, numbers)
    return found


def observe(bench: Bench, asked: Questions, counts: Counts, data: Data) -> Observed:
    """What the data says; `counts` are those of all tallies, `data` what was read."""
    view = bench.view
    return Observed(
        until=view.timeline.today,
        leads=data.leads,
        strangers=tuple(_strangers(data)),
        blank=_never_filled(view, counts, data),
        filling=tuple(_filling(view, counts)),
        matured=tuple(matured(bench, counts)),
        uncovered=tuple(_uncovered(view)),
        audiences=tuple(_heard(asked, counts, view)),
        channels=_channels(view, counts),
        handed=_handed(bench, counts),
    )


def _counted(counts: Counts, tally: str) -> TallyCounts:
    found = counts.get(tally)
    return found if isinstance(found, TallyCounts) else TallyCounts({})


# ---------------------------------------------------------------- values


def _strangers(data: Data) -> Iterator[Strangers]:
    for odd in data.quality:
        if odd.what == UNKNOWN_VALUE and odd.about is not None:
            yield Strangers(odd.about, odd.column or odd.about, odd.count, odd.examples)


def _never_filled(view: View, counts: Counts, data: Data) -> dict[str, int]:
    """Fields that are blank in every row. One that is filled in after the handoff could be only where there was one."""
    found: dict[str, int] = {}
    for odd in data.quality:
        if odd.about is None or odd.what != BLANK or odd.about not in view.agreement.fields or odd.count != odd.among:
            continue
        among = odd.count
        if not view.agreement.fields[odd.about].known_before_handoff:
            among = min(among, _handed_over(view, counts))
        found[odd.about] = among
    return found


def _handed_over(view: View, counts: Counts) -> int:
    stage = view.handoff_stage
    return 0 if stage is None else sum(_by_month(counts, stage).values())


def _by_month(counts: Counts, stage: str) -> dict[Month, int]:
    """How many leads reached a stage in each month."""
    months: Count[Month] = Count()
    for (month, _), numbers in _counted(counts, stage_tally(stage)).cells.items():
        if month is not None:
            months[month] += int(numbers[REACHED])
    return dict(months)


# ---------------------------------------------------------------- criteria


def _filling_tally(stage: str) -> str:
    return f"blanks of {stage}"


def _criteria_fields(view: View) -> dict[str, list[str]]:
    """Stage -> the fields that its conditions ask for, where the data has them and a blank says nothing."""
    agreement = view.agreement
    found = {}
    for stage in agreement.stages:
        if stage not in agreement.named_conditions or view.is_total(f"became_{stage}"):
            continue
        asked = dict.fromkeys(leaf.field for leaf in agreement.reached(agreement.named_conditions[stage]))
        fields = [name for name in asked if _says_nothing_when_blank(name, agreement) and view.leads.field(name)]
        if fields and view.has_event(moment_of_stage(view, stage)):
            found[stage] = fields
    return found


def _says_nothing_when_blank(name: str, agreement: Agreement) -> bool:
    field = agreement.fields.get(name)
    return field is not None and field.is_optional is not True and field.blank_means is None


def _filling(view: View, counts: Counts) -> Iterator[Filling]:
    for stage, fields in _criteria_fields(view).items():
        months: dict[Month, dict[str, Fraction]] = {}
        for (month, _), numbers in _counted(counts, _filling_tally(stage)).cells.items():
            if month is not None:
                total = months.setdefault(month, {})
                for name, number in numbers.items():
                    total[name] = total.get(name, Fraction(0)) + number
        for name in fields:
            told = {month: (int(total[name]), int(total[ALL])) for month, total in sorted(months.items())}
            if told:
                yield Filling(name, stage, told)


# ---------------------------------------------------------------- targets


def _uncovered(view: View) -> Iterator[Uncovered]:
    for stage, lines in (view.agreement.sections.targets or {}).items():
        if stage not in view.agreement.stages:
            continue
        moment = moment_of_stage(view, stage)
        coverage = view.timeline.coverage.get(moment)
        if coverage is None:
            continue
        months = sorted({month for line in lines.values() for month in _months_of(line)})
        lacking = [month for month in months if _lacks(view, moment, month)]
        if lacking:
            yield Uncovered(stage, tuple(lacking), coverage.first, coverage.last)


def _months_of(line: TargetLine) -> Iterator[Month]:
    yield from line.by_month()


def _lacks(view: View, moment: str, month: Month) -> bool:
    """Whether a month is over, and not all of it is in the data."""
    timeline = view.timeline
    if month > timeline.month or not timeline.is_over(month):
        return False
    return timeline.covered([moment], month.first_day, month.last_day) is not Covered.WHOLE


# ---------------------------------------------------------------- promises


def _audience_tally(promise: str) -> str:
    return f"whom {promise} is about"


def _audiences(asked: Questions, view: View) -> dict[str, tuple[str, Question]]:
    """Promise with `only` -> the moment from which it is about a lead, and the condition."""
    found: dict[str, tuple[str, Question]] = {}
    for promise in view.agreement.promises():
        question = asked[promise.id]
        moment = None
        if isinstance(question, AskedClock) and not question.recorded:
            moment = question.timings[0].starts
        elif isinstance(question, CohortShare):
            moment = question.start
        elif isinstance(question, (MonthlyShare, MonthlyAmount)):
            moment = question.by
        if promise.only is not None and moment is not None and view.has_event(moment) and _is_plain(promise.only, view):
            found[promise.id] = (moment, promise.only)
    return found


def _is_plain(only: Question, view: View) -> bool:
    """Whether the data has every field that a condition asks for: where one is missing, that is the cause."""
    asked = {leaf.field for leaf in leaves(only) if isinstance(leaf, FieldIs)}
    asked |= {leaf.field for leaf in view.agreement.reached(only)}
    return all(view.has_field(name) for name in asked)


def _heard(asked: Questions, counts: Counts, view: View) -> Iterator[Audience]:
    for promise in _audiences(asked, view):
        total: Mapping[str, Fraction] = _total(_counted(counts, _audience_tally(promise)))
        if total:
            yield Audience(promise, int(total[ALL]), int(total[FITTING]), int(total[UNTOLD]))


def _total(counted: TallyCounts) -> dict[str, Fraction]:
    total: dict[str, Fraction] = {}
    for numbers in counted.cells.values():
        for name, number in numbers.items():
            total[name] = total.get(name, Fraction(0)) + number
    return total


# ---------------------------------------------------------------- channels and sellers


def _channels(view: View, counts: Counts) -> dict[str, dict[Month, int]]:
    """Channel -> month in which its leads reached the first stage that it has leads in -> how many.

    Some channels begin further down; a stage without names has visits, not leads.
    """
    found: dict[str, dict[Month, int]] = {}
    for name, stage in view.agreement.stages.items():
        if stage.is_ == "anonymous":
            continue
        here: dict[str, dict[Month, int]] = {}
        for (month, channel), numbers in _counted(counts, stage_tally(name)).cells.items():
            if month is not None and channel is not None and channel not in found and numbers[REACHED]:
                months = here.setdefault(channel, {})
                months[month] = months.get(month, 0) + int(numbers[REACHED])
        found |= here
    return found


def _handed(bench: Bench, counts: Counts) -> Handed | None:
    """Who got the leads that were handed over; None where the data does not say it."""
    view = bench.view
    stage = view.handoff_stage
    if stage is None or not view.agreement.sections.sellers or not view.leads.has("owner"):
        return None
    moment = moment_of_stage(view, stage)
    if not view.has_event(moment):
        return None
    return Handed(_by_month(counts, stage), bench.counter.owners(moment))
