"""What a proof may come to: yes or no with what shows it, or that it could not be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from checker.finding import Path
from checker.logic.criteria import Lead, LeadValue


class Status(Enum):
    """The answer to a question about all leads.

    `UNREADABLE`: the conditions name something that nobody defined, hold a value of the wrong kind, or go round in a
    circle; rules of their own say so.
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Trait:
    """What a lead has in one field: a value, None for a blank, NOTHING where it is known that there is none.

    `wording` is set for text of no particular wording, `deeds` for the dated actions.
    """

    field: str
    value: LeadValue
    wording: Wording | None = None
    deeds: Deeds | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What matters of a text: the words that it contains, those that it does not, the values that it is not."""

    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    is_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deeds:
    """What matters of what a lead did: how often it did each action, and the one that it did last.

    `points` are what the actions add up to, before any are lost; None where nobody asks for them.
    """

    times: Mapping[str, int] | None
    last: str | None
    points: int | None


@dataclass(frozen=True, slots=True)
class Witness:
    """A lead that shows something.

    `traits` are what matters, in the order of the fields: every lead that has them shows the same. `lead` is one of
    these in full; it has been put to `evaluate`. `has_blank` says that a field of which nothing is known matters.
    """

    traits: tuple[Trait, ...]
    lead: Lead
    has_blank: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one question.

    `witness` is the lead that shows it, where one lead does; `conflict` are the lines that force it, where no lead can
    do otherwise: none of them can be spared, and they stand in the order of the file.
    """

    status: Status
    witness: Witness | None = None
    conflict: tuple[Path, ...] = ()

    @property
    def is_yes(self) -> bool:
        return self.status is Status.YES

    @property
    def is_no(self) -> bool:
        return self.status is Status.NO


class Direction(Enum):
    """How new conditions relate to old ones."""

    SAME = "same"
    STRICTER = "stricter"
    LOOSER = "looser"
    SHIFTED = "shifted"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Old conditions against new ones: `lost` is a lead that fitted and no longer does, `gained` one that now does.

    `direction` is None where it could not be told; `status` says why.
    """

    direction: Direction | None
    lost: Witness | None = None
    gained: Witness | None = None
    status: Status = Status.YES
