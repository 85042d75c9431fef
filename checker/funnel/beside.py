"""Files that are read beside the leads and their events: dated actions, daily totals, lists of the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.agreement import Agreement
from checker.agreement.source import Actions, Always, Column, Entries, Source, Totals
from checker.errors import UnreadableInput
from checker.finding import At, Path
from checker.funnel.column_readings import ColumnReadings, not_known
from checker.funnel.files import Located
from checker.funnel.headings import FileHeadings, Headings
from checker.funnel.nodes import drawn_from
from checker.funnel.reading_plan import CELLS, LEAD_ID, FilePlan
from checker.funnel.readings import Reading
from checker.message import Written, say

ACTIONS, ACTION, STAGE, DAY, CHANNEL, COUNT = "actions", "action", "stage", "day", "channel", "count"
WHAT, ON, BY = "what", "on", "by"


def named_beside(source: Source) -> Iterator[tuple[str, Path]]:
    """The files that are read beside, each with the place that names it."""
    if source.actions is not None:
        yield source.actions.from_, ("source", "actions", "from")
    for stage, totals in (source.totals or {}).items():
        yield totals.from_, ("source", "totals", stage, "from")
    for name, entries in (source.log or {}).items():
        yield entries.from_, ("source", "log", name, "from")


class Beside:
    """Maps the files beside the leads. `read` gives the headings of files by their name."""

    def __init__(
        self,
        agreement: Agreement,
        source: Source,
        located: Mapping[str, Located],
        read: Mapping[str, FileHeadings],
        timezone: str,
    ) -> None:
        self.agreement = agreement
        self.source = source
        self.located = located
        self.read = read
        self.timezone = timezone

    def plans(self) -> Iterator[tuple[FilePlan, Headings, tuple[Reading, ...]]]:
        """Each file with what is read of it."""
        if self.source.actions is not None:
            yield self._actions(self.source.actions)
        for stage, totals in (self.source.totals or {}).items():
            yield self._totals(stage, totals)
        for name, entries in (self.source.log or {}).items():
            yield self._entries(name, entries)

    def _columns(self, name: str) -> ColumnReadings:
        headings = Headings({name: self.read[name]})
        return ColumnReadings(self.agreement, self.source, self.located, headings, self.timezone)

    def _actions(self, written: Actions) -> tuple[FilePlan, Headings, tuple[Reading, ...]]:
        path: Path = ("source", "actions")
        columns = self._columns(written.from_)
        plan = FilePlan(written.from_, purpose=ACTIONS, is_log=True, needed=(LEAD_ID,))
        lead_id = columns.lead_id(LEAD_ID, Column(column=written.id), (*path, "id"), written.from_)
        plan.events.append(columns.event(ACTION, written, path))
        if isinstance(written.action, Always):
            raise UnreadableInput(
                say("{key} needs a column: what was done differs from row to row", key=Written("action:")),
                at=At((*path, "action")),
            )
        column = written.action if isinstance(written.action, Column) else Column(column=written.action)
        fits = columns.tests(written, written.from_, path)
        plan.values.append(columns.value(ACTION, ACTION, column, (*path, "action"), fits=fits))
        plan.keys[CELLS] = drawn_from(heading.stored_as for heading in columns.headings.used[written.from_].values())
        return plan, columns.headings, (lead_id,)

    def _totals(self, stage: str, written: Totals) -> tuple[FilePlan, Headings, tuple[Reading, ...]]:
        path: Path = ("source", "totals", stage)
        if stage not in self.agreement.stages:
            raise UnreadableInput(
                not_known(say("there is no stage {name}", name=Written(stage)), stage, list(self.agreement.stages)),
                at=At(path, "key"),
            )
        columns = self._columns(written.from_)
        plan = FilePlan(written.from_, purpose=f"totals of {stage}", needed=(DAY, COUNT))
        day = _dated(written.day, written.format)
        plan.values.append(columns.value(DAY, "date", day, (*path, "day")))
        plan.values.append(columns.value(COUNT, "whole number", Column(column=written.count), (*path, "count")))
        if written.channel is not None and not isinstance(written.channel, Always):
            column = written.channel if isinstance(written.channel, Column) else Column(column=written.channel)
            plan.values.append(columns.value(CHANNEL, CHANNEL, column, (*path, "channel")))
        return plan, columns.headings, ()

    def _entries(self, name: str, written: Entries) -> tuple[FilePlan, Headings, tuple[Reading, ...]]:
        path: Path = ("source", "log", name)
        columns = self._columns(written.from_)
        plan = FilePlan(written.from_, purpose=f"the list {name}", needed=(WHAT, ON))
        plan.values.append(columns.value(WHAT, "text", Column(column=written.what), (*path, "what")))
        day = _dated(written.on, written.format)
        plan.values.append(columns.value(ON, "date", day, (*path, "on")))
        if written.by is not None:
            plan.values.append(columns.value(BY, "text", Column(column=written.by), (*path, "by")))
        return plan, columns.headings, ()


def _dated(column: str, written_as: str | None) -> Column:
    """A column of days, written in a format or in the usual way."""
    return Column(column=column) if written_as is None else Column(column=column, format=written_as)
