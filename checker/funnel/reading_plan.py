"""What is read of each file: values, events and keys, as found in the `source` section by `checker.funnel.mapping`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from checker.finding import Path
from checker.funnel.conditions import Shape
from checker.funnel.headings import Heading
from checker.funnel.nodes import Node
from checker.funnel.readings import Reading
from checker.funnel.stamps import StampReading

LEAD_ID = "lead_id"
CELLS = "cells"
"""The key by which lines of a log are compared: a number that is drawn from all their cells in use."""
Pick: TypeAlias = Literal["first", "last", "of the first"]
BASE = (
    "channel",
    "campaign",
    "country",
    "owner",
    "disposition",
    "return_reason",
    "merged_into",
    "amount",
)
"""Keys of `leads` that are columns of the lead facts under their own name, mapped or not."""
ONLY_WHERE_MAPPED = {"expected_closing": "date", "through_channel": "yes or no"}
"""Keys of `leads` that are columns of the lead facts where the source maps them -> what kind of value they hold."""


@dataclass(frozen=True, slots=True)
class EventPlan:
    """How an event is read.

    `timezone` is that of stamps which name none. At midnight in the zone `midnights` (None: in none), a stamp stands
    for the day. Events of a log that stand in the same column share one reading; `flag` then says whether a line is of
    this event. Of a log, too: `says` is what else its lines say (`actor`, `reason`, a field …), `is_personal` whether
    they are personal contacts.
    """

    event: str
    reading: Reading
    stamp: StampReading
    timezone: str
    midnights: str | None
    says: Mapping[str, Reading] = field(default_factory=dict)
    is_personal: bool = False
    flag: Reading | None = None

    @property
    def file(self) -> str:
        return self.reading.heading.file


@dataclass(frozen=True, slots=True)
class KeyPart:
    """Two columns that hold the same: of a joined file and of the leads. `own` and `of_lead` name them in the rows."""

    heading: Heading
    lead_heading: Heading
    own: str
    of_lead: str


@dataclass(frozen=True, slots=True)
class Tested:
    """A column of a log by which events are told apart, and the values that the source names, each with its place."""

    reading: Reading
    values: Mapping[str, Path]

    def by(self, events: Container[str]) -> Tested:
        """The same with the values alone that some events name."""
        return replace(self, values={value: path for value, path in self.values.items() if path[2] in events})


@dataclass(slots=True)
class FilePlan:
    """What is read of a file: values, events, the parts of keys (name -> cell), and how it is joined to the leads
    (empty for the leads' own file).

    Of a log (`is_log`), a lead has as many rows as things happened to it. `needed` are the readings without which a row
    says nothing. `tested` are the columns by which its events are told apart. `has_one_row`: the source declares that
    no lead has more than one row. `purpose` tells apart what is read of one file for different things.
    """

    name: str
    purpose: str = ""
    is_log: bool = False
    needed: tuple[str, ...] = ()
    has_one_row: bool = False
    values: list[Reading] = field(default_factory=list)
    events: list[EventPlan] = field(default_factory=list)
    keys: dict[str, Node] = field(default_factory=dict)
    joined_on: list[KeyPart] = field(default_factory=list)
    tested: list[Tested] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """Where the source section joins the file."""
        return "source", "leads", "join", self.name

    @property
    def view(self) -> str:
        """The name of the view of the file's rows."""
        return f"rows of {self.name} for {self.purpose}" if self.purpose else f"rows of {self.name}"

    def readings(self) -> list[Reading]:
        """Everything that is read of a row, keys apart."""
        said = [reading for event in self.events for reading in event.says.values()]
        tested = [test.reading for test in self.tested]
        flags = [event.flag for event in self.events if event.flag is not None]
        return [*self.values, *(event.reading for event in self.moments()), *flags, *said, *tested]

    def moments(self) -> list[EventPlan]:
        """One event for each different reading of moments."""
        return list({event.reading.name: event for event in reversed(self.events)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class SaidByLines:
    """A value of a lead that lines of a log say: the file, and the readings of the lines of each event that says it.

    `pick` is which line counts where several say something: the first, the last, or that of the first such event (even
    if it says nothing).
    """

    file: str
    shape: Shape
    readings: Mapping[str, Reading]
    pick: Pick


@dataclass(slots=True)
class Plan:
    """What the source section asks for.

    `constants` are values that are the same for all leads, `same` columns of the facts that repeat another one,
    `stand_ins` events that are read off another one, `derived` events that follow from the lines of another one.
    `said` are columns of the facts that lines of a log say.
    """

    leads: str
    lead_id: Reading
    files: dict[str, FilePlan]
    timezone: str
    constants: dict[str, tuple[Shape, Node]] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    stand_ins: dict[str, str] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    said: dict[str, SaidByLines] = field(default_factory=dict)

    def readings(self) -> Iterable[Reading]:
        """Every value that is read from a file, in order; of those that lines of a log say, the first such reading."""
        for file in self.files.values():
            yield from file.values
        for name, said in self.said.items():
            yield replace(next(iter(said.readings.values())), name=name)

    def events(self) -> Iterable[EventPlan]:
        """Every event that is read from a file, in order."""
        for file in self.files.values():
            yield from file.events
