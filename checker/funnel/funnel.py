"""Opening a funnel: from the `source` section and the files it names to lead facts, and what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from checker.agreement import Agreement
from checker.agreement.source import Source
from checker.errors import NothingToJudge, UnreadableInput
from checker.finding import At
from checker.funnel.beside import Beside, named_beside
from checker.funnel.coverage import coverage_of
from checker.funnel.csv_rows import csv_headings, open_csv
from checker.funnel.databases import Databases
from checker.funnel.engine import Engine
from checker.funnel.engines import DUCKDB, engine_named
from checker.funnel.event_facts import told_by
from checker.funnel.facts import FACTS, FactColumn, columns_of_facts, facts_of, line_column, told_events
from checker.funnel.file_rows import EXAMPLES, FileRows, measure
from checker.funnel.files import Located, locate
from checker.funnel.headings import FileHeadings, Heading, Headings
from checker.funnel.lines import Lines
from checker.funnel.mapping import check_listed, files_in_use, plan_of
from checker.funnel.parquet_rows import is_read_by, open_parquet, parquet_headings
from checker.funnel.presets import written_out
from checker.funnel.quality import quality_of
from checker.funnel.reading_plan import FilePlan, Plan
from checker.funnel.readings import Reading
from checker.funnel.rejects import all_rejects, check_share, kept_out, rejects_of, unreadable
from checker.funnel.repeats import Repeats, find_repeats, has_no_twins
from checker.funnel.side_tables import SideTables, beside_oddities, load_beside
from checker.funnel.unchanged import Unchanged
from checker.message import Written, say
from checker.verdict import Coverage, Data, Reject

NO_OVERRIDES: Mapping[str, Path] = MappingProxyType({})


class Funnel:
    """The lead facts of a source, in an engine. Use it in a `with` statement, or close it.

    `facts` is the name of the view of lead facts (see `checker.funnel.facts` for its columns), `columns` what they
    hold; a name that is missing there is not in the data. `events` and `coverage` say what is known of each event
    that the source maps, `last_stamp` when the last thing happened (seconds since 1970-01-01 UTC; None if nothing did).
    """

    lines: Lines | None = None
    """The lines of logs; None where the data has no log."""
    side: SideTables = SideTables()
    """What files beside the leads hold."""
    files: Unchanged = Unchanged(())
    """Whether the files are still what they were."""
    told: frozenset[str] = frozenset()
    """The events of which the lead facts say, in a column `told_<event>`, whether a file tells of them."""
    told_in: Mapping[str, tuple[str, str]] = MappingProxyType({})
    """Event -> the file that tells it (as people know it; empty where its rows tell that themselves), and the column of
    the lead facts with the line. Events that each line of a log tells are not in it.
    """

    def __init__(
        self,
        agreement: Agreement,
        engine: Engine,
        plan: Plan,
        files: Mapping[str, FileRows],
        repeats: Mapping[str, Repeats],
        rejects: tuple[Reject, ...],
        beside: Sequence[FileRows] = (),
    ) -> None:
        """Makes the view of the lead facts, and finds what happened when."""
        self.agreement = agreement
        self.engine = engine
        self.facts = FACTS
        self.columns: Mapping[str, FactColumn] = columns_of_facts(plan, files)
        self.timezone = plan.timezone
        self.definition = facts_of(plan, files, repeats)
        self.told = told_events(plan, files)
        self._plan = plan
        self._files = files
        self._repeats = repeats
        self._rejects = rejects
        self._beside = beside
        if any(file.is_log for file in plan.files.values()):
            self.lines = Lines(engine, plan, files, repeats)
            self.lines.make_facts(self.definition)
        else:
            engine.make_view(FACTS, self.definition, is_read_often=True)
        self.leads, self.events = told_by(engine, plan, files, repeats)
        source = agreement.sections.source
        assert source is None or isinstance(source, Source), "it is written out"
        file_of = {event.event: event.file for event in plan.events()}
        file_of |= {event: file_of[other] for event, other in (plan.stand_ins | plan.derived).items()}
        self.coverage: Mapping[str, Coverage] = coverage_of(
            self.events, file_of, (source.coverage if source else None) or {}, plan.timezone, plan.derived
        )
        if source is not None and beside:
            self.side = load_beside(source, engine, plan, beside, repeats)
        self.told_in = _told_in(plan, files)
        stamps = [event.last for event in self.events.values() if event.last is not None]
        self.last_stamp = max(stamps, default=None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forgets everything that was read; may be called twice."""
        self.engine.close()

    def data(self) -> Data:
        """What was read, what was kept out, and what is odd: asks the engine when called."""
        stamps = [stamp for event in self.events.values() for stamp in (event.first, event.last) if stamp is not None]
        read = [*self._files.values(), *self._beside]
        odd = quality_of(self.agreement, self.engine, self._plan, self._files, self._repeats, self.leads)
        odd_beside = beside_oddities(self.agreement, self.engine, self._beside, self._repeats)
        return Data(
            leads=self.leads,
            events=sum(event.times for event in self.events.values() if event.stand_in is None),
            rejected=sum(kept_out(rows, self._repeats) for rows in read),
            files=tuple(dict.fromkeys(label for rows in read for label in rows.located.labels)),
            first=datetime.fromtimestamp(min(stamps), UTC) if stamps else None,
            last=datetime.fromtimestamp(max(stamps), UTC) if stamps else None,
            coverage=tuple(self.coverage.values()),
            rejects=self._rejects[:EXAMPLES],
            quality=(*odd, *odd_beside),
        )


def _told_in(plan: Plan, files: Mapping[str, FileRows]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for event in plan.events():
        rows = files[event.file]
        if event.file == plan.leads and not rows.plan.is_log:
            found[event.event] = ("", "source_line")
        elif not rows.plan.is_log:
            labels = rows.located.labels
            found[event.event] = (labels[0] if len(labels) == 1 else event.file, line_column(event.file))
    return found


@dataclass(frozen=True, slots=True)
class KeptOut:
    """Who wants to hear of every row that is kept out, and whether with the text of personal fields.

    `tell` is called once with all of them, also where they turn out to be too many.
    """

    tell: Callable[[Sequence[Reject]], None]
    with_personal_data: bool = False


def open_funnel(
    agreement: Agreement,
    folder: Path,
    overrides: Mapping[str, Path] = NO_OVERRIDES,
    kept_out: KeptOut | None = None,
    engine: str = DUCKDB,
) -> Funnel:
    """Reads the data that an agreement's `source` section describes.

    `folder` is where the section's file lies: paths are relative to it. `overrides` gives files by their name in the
    section; under the empty name, a folder in which all of them are looked for. `engine` is the name of what counts
    (`checker.funnel.engines`).

    Raises UnreadableInput for files that are not what the section says (with `at`, where a line of the section is at
    fault) or of which too many rows cannot be used, WrongUsage for an override of no file, NothingToJudge where there
    UnwritableOutput where there is no room for temporary files, MissingExtra where the engine is not installed.
    """
    opened = open_rows(agreement, folder, overrides, engine)
    held, plan = opened.engine, opened.plan
    try:
        if kept_out is not None:
            kept_out.tell(all_rejects(held, plan, opened.rows, opened.repeats, kept_out.with_personal_data))
        opened.check_shares()
        held.seal([path for place in opened.located.values() for path in place.paths])
        of_leads = {rows.plan.name: rows for rows in opened.rows if not rows.plan.purpose}
        others = [rows for rows in opened.rows if rows.plan.purpose]
        funnel = Funnel(opened.agreement, held, plan, of_leads, opened.repeats, opened.rejects(), others)
        funnel.files = opened.files
        return funnel
    except BaseException:
        held.close()
        raise


def open_rows(
    agreement: Agreement, folder: Path, overrides: Mapping[str, Path] = NO_OVERRIDES, engine: str = DUCKDB
) -> OpenedRows:
    """Reads the rows of all files, before anything is made of them; whoever asks closes the engine.

    Takes the same as `open_funnel`, and raises the same but for the share of rows that cannot be used.
    """
    check_there_is_a_source(agreement)
    by_hand = agreement.sections.source
    agreement = written_out(agreement, folder, overrides)
    source = agreement.sections.source
    assert isinstance(source, Source), "it is written out"
    beside = list(named_beside(source))
    check_listed(source, beside)
    names = dict.fromkeys([*files_in_use(source), *(name for name, _ in beside)])
    located = dict(locate(source, names, folder, overrides))
    held = engine_named(engine)
    try:
        with Databases(held) as databases:
            return _read(agreement, source, (by_hand and by_hand.events) or {}, located, held, databases)
    except BaseException:
        held.close()
        raise


def check_there_is_a_source(agreement: Agreement) -> None:
    """Raises UnreadableInput where the source section has errors, NothingToJudge where there is none."""
    if "source" in agreement.broken:
        raise UnreadableInput(
            say(
                "the source section has errors, so that no data can be read: {command} shows them",
                command=Written("sla validate"),
            ),
            at=At(("source",), "key"),
        )
    if agreement.sections.source is None:
        raise NothingToJudge(
            say(
                "nothing says where the data is, because the agreement has no section {source} yet; {command} proposes "
                "one",
                source=Written("source"),
                command=Written("sla source inspect EXPORT.csv"),
            )
        )


def _read(
    agreement: Agreement,
    source: Source,
    by_hand: Container[str],
    located: dict[str, Located],
    engine: Engine,
    databases: Databases,
) -> OpenedRows:
    headings_of = {name: _headings(place, engine, databases) for name, place in located.items()}
    of_first = headings_of_first(headings_of)
    headings = Headings({name: of_first[name] for name in files_in_use(source)})
    plan = plan_of(agreement, source, located, headings)
    for file in plan.files.values():
        # a preset knows more spellings than one system writes; what a person wrote and no line has, is a slip
        file.tested = [tested.by(by_hand) for tested in file.tested]
    for name, used in headings.used.items():
        _check_all_have(used, headings_of[name])
    beside = list(Beside(agreement, source, located, of_first, plan.timezone).plans())
    for name, columns in _columns_in_use(headings, [its_headings for _, its_headings, _ in beside]).items():
        if located[name].kind == "database":
            located[name] = databases.fetch(located[name], columns)
    opened = OpenedRows(agreement, source, engine, plan, located, headings_of)
    for name, file in plan.files.items():
        own = [plan.lead_id] if name == plan.leads else []
        opened.read(file, [*own, *file.readings()], headings.used.get(name, {}).values())
    for file, its_headings, further in beside:
        used = its_headings.used.get(file.name, {})
        _check_all_have(used, headings_of[file.name])
        opened.read(file, [*further, *file.readings()], used.values())
    return opened


def _headings(place: Located, engine: Engine, databases: Databases) -> list[FileHeadings]:
    """The headings of each file behind a name. Raises UnreadableInput."""
    if place.kind == "database":
        return databases.headings(place)
    return csv_headings(place) if place.kind == "csv" else parquet_headings(engine.reader, place)


def _columns_in_use(of_leads: Headings, beside: Iterable[Headings]) -> dict[str, list[str]]:
    """Of every file that is read, the columns that are: a file may be read for several things."""
    found: dict[str, dict[str, None]] = {name: {} for name in of_leads.files}
    for headings in (of_leads, *beside):
        for name in headings.files:
            found.setdefault(name, {}).update(dict.fromkeys(headings.used.get(name, {})))
    return {name: list(columns) for name, columns in found.items()}


def headings_of_first(headings_of: Mapping[str, list[FileHeadings]]) -> dict[str, FileHeadings]:
    """The headings of each name's file, or of the first of several."""
    return {name: of_files[0] for name, of_files in headings_of.items()}


class OpenedRows:
    """The rows of all files of a source, in an engine, and those that are kept out.

    `agreement` has its source written out; `located` says where each file is, or the copy of a table.
    """

    def __init__(
        self,
        agreement: Agreement,
        source: Source,
        engine: Engine,
        plan: Plan,
        located: Mapping[str, Located],
        headings_of: Mapping[str, list[FileHeadings]],
    ) -> None:
        self.agreement = agreement
        self.source = source
        self.engine = engine
        self.plan = plan
        self.located = located
        self.headings_of = headings_of
        self.files = Unchanged(located.values())
        self.used: dict[str, dict[str, Heading]] = {}
        self.rows: list[FileRows] = []
        self.repeats: dict[str, Repeats] = {}
        self._rejects: list[list[Reject]] = []

    def rejects(self) -> tuple[Reject, ...]:
        """The first rows of each file that were kept out."""
        return tuple(reject for of_file in self._rejects for reject in of_file)

    def check_shares(self) -> None:
        """Raises UnreadableInput where too many rows of a file cannot be used."""
        for rows, rejects in zip(self.rows, self._rejects, strict=True):
            check_share(self.source, rows, unreadable(rows, self.repeats), rejects)

    def read(self, file: FilePlan, readings: Sequence[Reading], used: Iterable[Heading]) -> None:
        """Reads a file. Raises UnreadableInput."""
        used = list(used)
        self.used.setdefault(file.name, {}).update({heading.name: heading for heading in used})
        place, headings = self.located[file.name], self.headings_of[file.name]
        if place.kind == "csv":
            rows = open_csv(self.engine.reader, place, headings, file, readings, used)
            self.engine.take(rows.name)
        elif is_read_by(self.engine, file, readings, headings, used):
            rows = open_parquet(self.engine, place, headings, file, readings)
        else:
            rows = open_parquet(self.engine.reader, place, headings, file, readings)
            self.engine.take(rows.name)
        measure(self.engine, rows)
        if has_no_twins(rows) and (found := find_repeats(self.engine, rows)):
            self.repeats[rows.name] = found
        self.rows.append(rows)
        self._rejects.append(rejects_of(self.engine, self.plan, rows, self.repeats))


def _check_all_have(used: Mapping[str, object], of_files: list[FileHeadings]) -> None:
    """Raises UnreadableInput where one of several files lacks a column that is used."""
    for headings in of_files[1:]:
        for name in used:
            if headings.names.count(name) != 1:
                raise UnreadableInput(
                    say(
                        "{file} has no column {column}, which {first} has",
                        file=headings.label,
                        column=Written(name),
                        first=of_files[0].label,
                    )
                )
