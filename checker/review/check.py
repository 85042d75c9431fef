"""The review of a funnel: which promises were kept, with the line of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from checker.agreement import Agreement
from checker.errors import NothingToJudge
from checker.funnel import Funnel
from checker.funnel.counts import Counter
from checker.language import to_json, words
from checker.measures.asked import Verdict
from checker.measures.bench import Bench, set_up
from checker.measures.figures import cohorts, funnel_counts, tallies_of_stages, tallies_of_steps
from checker.measures.judge import Judged, judge, questions, tallies_of
from checker.measures.observing import observe, tallies_to_observe
from checker.measures.quality import oddities
from checker.message import Message, say
from checker.observed import Earlier
from checker.quantity import Period
from checker.review.beside import beside_verdict
from checker.review.data_findings import data_findings, found
from checker.text import Document
from checker.verdict import Again, Data, Result, Results, Said, Status

_IN_ENGLISH = words("en")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check says, and who counted for it."""

    results: Results
    counter: Counter

    def statements(self) -> Iterator[tuple[str, str]]:
        """The statements that were asked of the engine: a title, and the statement in the engine's own words."""
        for title, statement in self.counter.statements.items():
            yield title, self.counter.engine.sql(statement)


def check(
    agreement: Agreement,
    document: Document,
    funnel: Funnel,
    as_of: date | None = None,
    period: Period | None = None,
    earlier: tuple[Earlier, ...] = (),
) -> Checked:
    """Judges every promise on a funnel, as things stood at the end of a day (`as_of`), else at the last stamp.

    `period` chooses the months that decide; without it, of each promise the last that can be judged. `earlier` are
    the versions that were released before, for rules that compare with them. Raises
    NothingToJudge where the agreement promises nothing or the data holds no event, MissingExtra, UnreadableInput.
    """
    if not agreement.promises():
        raise NothingToJudge(say("the agreement promises nothing yet, so there is nothing to judge"))
    bench = set_up(agreement, funnel, as_of)
    view = bench.view
    asked = questions(view)
    tallies = tallies_of(asked, view) | tallies_of_stages(view) | tallies_of_steps(view)
    counts = bench.counter.tallies(tallies | tallies_to_observe(asked, view))
    judged = judge(bench, asked, counts, period)
    results = [_result(verdict, item, agreement, document) for item in judged for verdict in item.verdicts]
    timeline = view.timeline
    data = funnel.data()
    observed = observe(bench, asked, counts, data, earlier)
    funnel.files.check()
    findings, not_looked_at = data_findings(agreement, document, observed, timeline.today)
    return Checked(
        Results(
            agreement=agreement.title,
            version=agreement.version,
            as_of=datetime.fromtimestamp(timeline.cut_off, ZoneInfo(timeline.calendar.timezone)),
            timezone=timeline.calendar.timezone,
            language=agreement.language,
            data=_with_oddities(data, bench),
            promises=sum(len(promise.judged_ids()) for promise in agreement.promises()),
            judgeable=len({result.promise for result in results if result.status is not Status.NOT_MEASURABLE}),
            results=tuple(results),
            funnel=tuple(funnel_counts(view, counts, period)),
            cohorts=tuple(cohorts(bench, counts, period)),
            findings=tuple(map(found, findings)),
            not_looked_at=not_looked_at,
        ),
        bench.counter,
    )


def _with_oddities(data: Data, bench: Bench) -> Data:
    return data.model_copy(update={"quality": (*data.quality, *oddities(bench))})


def _result(verdict: Verdict, judged: Judged, agreement: Agreement, document: Document) -> Result:
    promise = judged.promise
    rungs = dict(zip(promise.judged_ids(), promise.deadlines, strict=False))
    is_rung = verdict.id != promise.id
    place = document.place(rungs[verdict.id].path if is_rung else promise.path, "key")
    return Result(
        promise=verdict.id,
        owes=promise.owes,
        period=str(verdict.month),
        status=verdict.status,
        outlook=verdict.outlook,
        agreement=agreement.version,
        unit=verdict.unit,
        at_most=verdict.at_most,
        about=verdict.about,
        judged=judged.decides(verdict),
        judged_on=verdict.judged_on,
        actual=_number(verdict.actual),
        target=_number(verdict.target),
        numerator=_number(verdict.numerator) or 0,
        denominator=_number(verdict.denominator) or 0,
        waiting=verdict.waiting,
        not_counted=verdict.not_counted,
        not_owed=verdict.not_owed,
        cannot_tell=verdict.cannot_tell,
        by_silence=verdict.by_silence,
        allowed_misses=verdict.allowed_misses,
        interval=verdict.interval,
        evidence=verdict.evidence,
        missed_by_chance=verdict.missed_by_chance,
        median_seconds=verdict.median_seconds,
        p90_seconds=verdict.p90_seconds,
        again=_again(verdict),
        offenders=verdict.offenders,
        offender_count=verdict.offender_count,
        file=place.file,
        line=place.line,
        why="" if verdict.why is None else _IN_ENGLISH.say(verdict.why),
        said=_said(verdict.why),
        unlock=_said(verdict.unlock),
        **beside_verdict(verdict, agreement, document),
    )


def _again(verdict: Verdict) -> Again | None:
    again = verdict.again
    if again is None or not (again.due or again.waiting):
        return None
    return Again(numerator=again.kept, denominator=again.due, waiting=again.waiting)


def _said(message: Message | None) -> Said | None:
    return None if message is None else Said(**to_json(message))


def _number(value: Fraction | None) -> int | float | None:
    """A number for reading; verdicts were decided on the exact one."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)
