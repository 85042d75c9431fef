"""The review of a funnel: which promises were kept, with the line of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from checker.agreement import Agreement
from checker.agreement.history import History
from checker.errors import NothingToJudge
from checker.figure import Figures
from checker.funnel import Funnel
from checker.funnel.counts import Counter
from checker.language import to_json, words
from checker.measures.asked import Verdict
from checker.measures.bench import Bench, set_up
from checker.measures.figures import cohorts, funnel_counts, tallies_of_stages, tallies_of_steps
from checker.measures.in_force import Ruled, funnel_in_force, judge_in_force
from checker.measures.judge import Counts, Questions, judge, questions, tallies_of
from checker.measures.observing import observe, tallies_to_observe
from checker.measures.quality import oddities
from checker.measures.report.figures import figures, tallies_of_figures
from checker.measures.run import run
from checker.message import Message, say
from checker.quantity import Period
from checker.record import Said
from checker.review.beside import beside_verdict
from checker.review.data_findings import data_findings
from checker.review.data_findings import found as data_found
from checker.review.in_force import DRAFT, NO_RELEASES, Governed, governed, without_stamp
from checker.text import Document
from checker.verdict import Again, Data, FunnelCount, Result, Results, Status

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
    history: History = NO_RELEASES,
    *,
    is_draft: bool = False,
    with_figures: bool = False,
    only_verdicts: bool = False,
) -> Checked:
    """Judges every promise on a funnel, as things stood at the end of a day (`as_of`), else at the last stamp.

    `period` chooses the months that decide; without it, of each promise the last that can be judged. `history` are
    the versions that were released: each lead is judged by the one in force on its day, and by the working files
    where none is; with `is_draft` by them alone. Figures of the reports are counted `with_figures` alone: they take
    statements of their own. With `only_verdicts`, what stands beside them and costs much is not counted: how long
    answers took, and what became of each month's leads. Raises NothingToJudge where the agreement promises nothing or
    the data holds no event, MissingExtra, UnreadableInput.
    """
    if is_draft:
        agreement = without_stamp(agreement)
    bench = set_up(agreement, funnel, as_of, only_verdicts=only_verdicts)
    view, timeline = bench.view, bench.view.timeline
    releases = NO_RELEASES if is_draft else history
    found = governed(agreement, document, releases, timeline)
    if not any(each.promises() for each in (agreement, *(version.agreement for version in found.versions))):
        raise NothingToJudge(say("the agreement promises nothing yet, so there is nothing to judge"))
    asked = questions(view)
    tallies = tallies_of(asked, view) | tallies_of_stages(view) | tallies_of_steps(view)
    of_reports = tallies_of_figures(view) if with_figures else {}
    counts = bench.counter.tallies(tallies | tallies_to_observe(asked, view) | of_reports)
    data = _with_oddities(funnel.data(), bench)
    observed = observe(bench, asked, counts, data)
    funnel.files.check()
    findings, not_looked_at = data_findings(agreement, document, observed, timeline.today, history=history)
    of_steps = () if only_verdicts else cohorts(bench, counts, period)
    of_the_reports = figures(bench, asked, counts, period) if with_figures else Figures()
    ruled, funnel_months = _ruled(found, bench, asked, counts, funnel, as_of, period)
    results = [_result(item, found) for item in ruled]
    return Checked(
        Results(
            agreement=agreement.title,
            version=found.last.version,
            as_of=datetime.fromtimestamp(timeline.cut_off, ZoneInfo(timeline.calendar.timezone)),
            timezone=timeline.calendar.timezone,
            language=agreement.language,
            data=data,
            promises=len(_judged_ids(found, results)),
            judgeable=len({result.promise for result in results if result.status is not Status.NOT_MEASURABLE}),
            results=tuple(results),
            funnel=tuple(funnel_months),
            cohorts=tuple(of_steps),
            figures=of_the_reports,
            findings=tuple(map(data_found, findings)),
            not_looked_at=not_looked_at,
            uncovered_until=found.uncovered_until if _has_draft(results) else None,
        ),
        bench.counter,
    )


def _ruled(
    found: Governed,
    bench: Bench,
    asked: Questions,
    counts: Counts,
    funnel: Funnel,
    as_of: date | None,
    period: Period | None,
) -> tuple[list[Ruled], list[FunnelCount]]:
    """The verdicts and the funnel by the versions in force. `bench`, `asked` and `counts` are the working files'."""
    if found.is_only(bench.view.agreement):
        judged = judge(bench, asked, counts, period)
        ruled = [
            Ruled(verdict, item.promise, found.versions, item.decides(verdict))
            for item in judged
            for verdict in item.verdicts
        ]
        return ruled, funnel_counts(bench.view, counts, period)
    timeline = bench.view.timeline
    runs = []
    for version in found.versions:
        runs.append(run(funnel, version, timeline, as_of, only_verdicts=bench.counter.setting.only_verdicts))
        for title, statement in runs[-1].bench.counter.statements.items():
            bench.counter.statements[f"{title} (version {version.version})"] = statement
    ruled, months = judge_in_force(runs, timeline, period), funnel_in_force(runs, timeline, period)
    # whoever asks the engine after this asks about the working files again
    set_up(bench.view.agreement, funnel, as_of)
    return ruled, months


def _has_draft(results: Sequence[Result]) -> bool:
    """Whether the working files have a say on something."""
    return any(DRAFT in result.agreement.split(", ") for result in results)


def _judged_ids(found: Governed, results: Sequence[Result]) -> set[str]:
    """What is promised in the last version, and what older ones promised that was judged."""
    ids = {name for promise in found.last.agreement.promises() for name in promise.judged_ids()}
    return ids | {result.promise for result in results}


def _with_oddities(data: Data, bench: Bench) -> Data:
    return data.model_copy(update={"quality": (*data.quality, *oddities(bench))})


def _result(ruled: Ruled, found: Governed) -> Result:
    verdict, promise = ruled.verdict, ruled.promise
    rungs = dict(zip(promise.judged_ids(), promise.deadlines, strict=False))
    is_rung = verdict.id != promise.id
    version = ruled.versions[-1]
    document = found.texts[version.version]
    place = document.place(rungs[verdict.id].path if is_rung else promise.path, "key")
    return Result(
        promise=verdict.id,
        owes=promise.owes,
        period=str(verdict.month),
        status=verdict.status,
        outlook=verdict.outlook,
        agreement=", ".join(version.version for version in ruled.versions),
        unit=verdict.unit,
        at_most=verdict.at_most,
        about=verdict.about,
        judged=ruled.decides,
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
        **beside_verdict(verdict, version.agreement, document),
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
