"""How long things took: of each clock the leads in its share, in working time and on the wall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from checker.agreement.events import became
from checker.figure import Quantiles, TimeTaken
from checker.funnel.counts import Times, month_of_code
from checker.funnel.report_counts import spans
from checker.logic.statistics import nearest_rank_of_counts
from checker.measures.asked import AskedClock
from checker.measures.bench import Bench
from checker.measures.judge import Questions
from checker.quantity import Month, Period

SHARES = {"median": Fraction(1, 2), "p75": Fraction(3, 4), "p90": Fraction(9, 10), "p95": Fraction(19, 20)}
SPANS = (
    ("handed_off", "assigned"),
    ("assigned", "first_personal_contact"),
    ("handed_off", "first_personal_contact"),
)
"""What every report tells the time of, beside that from the stage to its handoff."""
Key = tuple[int, Month, str | None]


def times_of_clocks(bench: Bench, asked: Questions, period: Period | None) -> Iterator[TimeTaken]:
    """Of each clock and rung, by the month of the deadline: of all channels first, then of each."""
    for question in asked.values():
        if not isinstance(question, AskedClock) or question.as_one:
            continue
        counted: dict[Key, Times] = {}
        for timing in question.timings:
            for key, times in bench.counter.times(timing).items():
                _add(counted, key, times)
        first = question.timings[0]
        for place, rung in enumerate(first.rungs):
            own = {(month, channel): times for (at, month, channel), times in counted.items() if at == place}
            for month, channel, times in with_totals(own, period):
                yield time_taken(str(month), channel, first.starts, first.stops, times, rung.id)


def times_of_spans(bench: Bench, period: Period | None) -> Iterator[TimeTaken]:
    """How long leads lay with the system and with people, whatever is promised: by the month of the start."""
    stage = bench.view.handoff_stage
    pairs = [*([(became(stage), "handed_off")] if stage else []), *SPANS]
    for starts, stops in pairs:
        own: dict[tuple[Month, str | None], Times] = {}
        title = f"how long from {starts} to {stops}"
        for code, channel, worked, elapsed, count in bench.counter.told(
            title, spans(bench.counter.setting, starts, stops)
        ):
            own.setdefault((month_of_code(code), channel), Times()).add(worked, elapsed, count)
        for month, channel, times in with_totals(own, period):
            yield time_taken(str(month), channel, starts, stops, times)


def _add(counted: dict[Key, Times], key: Key, times: Times) -> None:
    counted[key] = counted[key] + times if key in counted else times


def with_totals(
    own: Mapping[tuple[Month, str | None], Times], period: Period | None
) -> Iterable[tuple[Month, str | None, Times]]:
    """The times of each month, of all channels together and of each that has a name."""
    for month in sorted({month for month, _ in own if period is None or month in period}):
        channels = {channel: times for (at, channel), times in own.items() if at == month}
        total = Times()
        for times in channels.values():
            total = total + times
        yield month, None, total
        for channel in sorted(name for name in channels if name is not None):
            yield month, channel, channels[channel]


def time_taken(
    period: str, channel: str | None, starts: str, stops: str, times: Times, promise: str | None = None
) -> TimeTaken:
    """The quantiles of some times, of which there is at least one."""
    elapsed = quantiles(times.elapsed)
    if elapsed is None:
        raise ValueError(f"nothing was counted from {starts} to {stops}")
    return TimeTaken(
        period=period,
        channel=channel,
        starts=starts,
        stops=stops,
        promise=promise,
        count=sum(times.elapsed.values()),
        worked=quantiles(times.worked),
        elapsed=elapsed,
    )


def quantiles(counts: Mapping[int, int]) -> Quantiles | None:
    """The quantiles of seconds that are given with how many leads took them; None without leads."""
    found = {name: nearest_rank_of_counts(counts, share) for name, share in SHARES.items()}
    return Quantiles(**{name: value for name, value in found.items() if value is not None}) if counts else None
