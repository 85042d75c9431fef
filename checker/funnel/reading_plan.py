"""What is read of each file: values, events and keys, as found in the `source` section by `checker.funnel.mapping`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.finding import Path
from checker.funnel.conditions import Shape
from checker.funnel.headings import Heading
from checker.funnel.nodes import Node
from checker.funnel.readings import Reading
from checker.funnel.stamps import StampReading
from checker.message import Message

LEAD_ID = "lead_id"
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


@dataclass(frozen=True, slots=True)
class EventPlan:
    """How an event is read.

    `timezone` is that of stamps which name none. At midnight in the zone `midnights` (None: in none), a stamp stands
    for the day.
    """

    event: str
    reading: Reading
    stamp: StampReading
    timezone: str
    midnights: str | None

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


@dataclass(slots=True)
class FilePlan:
    """What is read of a file: values, events, the parts of keys (name -> cell), and how it is joined to the leads
    (empty for the leads' own file).
    """

    name: str
    values: list[Reading] = field(default_factory=list)
    events: list[EventPlan] = field(default_factory=list)
    keys: dict[str, Node] = field(default_factory=dict)
    joined_on: list[KeyPart] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """Where the source section joins the file."""
        return "source", "leads", "join", self.name


@dataclass(slots=True)
class Plan:
    """What the source section asks for.

    `constants` are values that are the same for all leads, `same` columns of the facts that repeat another one,
    `stand_ins` events that are read off another one.
    """

    leads: str
    lead_id: Reading
    files: dict[str, FilePlan]
    timezone: str
    constants: dict[str, tuple[Shape, Node]] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    stand_ins: dict[str, str] = field(default_factory=dict)
    not_read: list[Message] = field(default_factory=list)

    def readings(self) -> Iterable[Reading]:
        """Every value that is read from a file, in order."""
        for file in self.files.values():
            yield from file.values

    def events(self) -> Iterable[EventPlan]:
        """Every event that is read from a file, in order."""
        for file in self.files.values():
            yield from file.events
