"""Months that the data has lost, from the history that `sla check --history` keeps."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from checker.errors import MissingExtra
from checker.message import Written, say
from checker.verdict import Results, Status


def with_earlier_months(results: Results, history: Path) -> Results:
    """Results with what earlier checks said of promises and months of which these say nothing, or nothing that can be
    judged; and the same for the counts of stages. What was found then decides nothing now.

    Raises MissingExtra where what reads the file is not installed, UnreadableInput where it is no history.
    """
    if not find_spec("duckdb"):
        command = Written('pip install "smarketing-sla[check]"')
        raise MissingExtra(
            say("reading a history needs a part that is installed separately: {command}", command=command)
        )
    from checker.funnel.history import read_history

    # a page of a Tuesday does not show what was found on the Wednesday after
    kept = read_history(history).until(results.as_of)
    known = {
        (item.promise, item.period, item.channel)
        for item in results.results
        if item.status is not Status.NOT_MEASURABLE
    }
    earlier = [
        item.model_copy(update={"judged": False})
        for item in kept.latest()
        if item.status in (Status.MET, Status.MISSED, Status.NO_DATA)
        and (item.promise, item.period, item.channel) not in known
    ]
    replaced = {(item.promise, item.period, item.channel) for item in earlier}
    own = [item for item in results.results if (item.promise, item.period, item.channel) not in replaced]
    counted = {(item.stage, item.period, item.channel) for item in results.funnel if item.count is not None}
    counts = [
        item
        for item in kept.latest_counts()
        if item.count is not None and (item.stage, item.period, item.channel) not in counted
    ]
    lacking = {(item.stage, item.period, item.channel) for item in counts}
    own_counts = [item for item in results.funnel if (item.stage, item.period, item.channel) not in lacking]
    return results.model_copy(
        update={
            "results": (*earlier, *own),
            "funnel": (*counts, *own_counts),
        }
    )
