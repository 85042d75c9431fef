"""What a change of an agreement says: differences, which speak in paths of the model, and changes, which have lines.

A kind of change yields a `Difference`; `checker.review` puts it on its lines, before and after, and makes a `Change`
of it; reports word it. The verdict is given for each of the two sides by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from checker.finding import Findings, Path, Place, Severity
from checker.impact import Effect, Impact
from checker.message import Message


class Direction(StrEnum):
    """What a change is for one side.

    stricter, looser: it owes more, or less, than before, or has a harder or easier bar to meet
    heavier, lighter: the same is owed, and more, or less, work comes with it
    shifted: something is different, and nothing of it is simply more or less
    """

    SAME = "same"
    STRICTER = "stricter"
    LOOSER = "looser"
    HEAVIER = "heavier"
    LIGHTER = "lighter"
    SHIFTED = "shifted"

    @property
    def mirrored(self) -> Direction:
        """What the opposite change is."""
        return _MIRRORED.get(self, self)


_MIRRORED = {
    Direction.STRICTER: Direction.LOOSER,
    Direction.LOOSER: Direction.STRICTER,
    Direction.HEAVIER: Direction.LIGHTER,
    Direction.LIGHTER: Direction.HEAVIER,
}


@dataclass(frozen=True, slots=True)
class Sides:
    """What a change is for each of the two sides."""

    marketing: Direction = Direction.SAME
    sales: Direction = Direction.SAME

    @property
    def mirrored(self) -> Sides:
        """What the opposite change is for them."""
        return Sides(self.marketing.mirrored, self.sales.mirrored)

    def __or__(self, other: Sides) -> Sides:
        """Two changes taken together: what points both ways is shifted; who owes more is not merely busier."""
        return Sides(_together(self.marketing, other.marketing), _together(self.sales, other.sales))


def _together(first: Direction, second: Direction) -> Direction:
    more, less = {Direction.STRICTER, Direction.HEAVIER}, {Direction.LOOSER, Direction.LIGHTER}
    both = {first, second}
    if Direction.SHIFTED in both or (both & more and both & less):
        return Direction.SHIFTED
    return next(
        (one for one in (Direction.STRICTER, Direction.LOOSER) if one in both),
        max(both - {Direction.SAME}, default=first),
    )


@dataclass(frozen=True, slots=True)
class ExampleLead:
    """A lead that shows a difference: in words, and by the values of its fields that matter.

    `is_typical`: it is no lead that could be looked for in data, but a moment in which one comes, or so many of them.
    """

    message: Message
    values: Mapping[str, str] = field(default_factory=dict)
    is_typical: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One change, before it has lines.

    what: the id of what is changed (`first-response`)
    sides: what it is for marketing and for sales
    old, new: where it stands before and after; None where it is not there
    is_mirrored: whether it is the mirror of the kind that found it (a promise that is dropped, not added)
    only_old, only_new: a lead that only the old, or only the new text takes; one that both take and treat otherwise
        is in the second
    follows: what follows from it elsewhere, number by number
    means: the same in one sentence, for those who read nothing else
    """

    what: str
    message: Message
    sides: Sides
    old: Path | None
    new: Path | None
    is_mirrored: bool = False
    only_old: ExampleLead | None = None
    only_new: ExampleLead | None = None
    follows: tuple[Message, ...] = ()
    means: Message | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A difference with its kind and its lines: what every report renders. `is_editorial`: nothing but words.

    `at` is where it is shown in the new text: its line there, or what is nearest to where it stood; `path` is what it
    is about, in the new text or, where that is gone, in the old one.
    """

    kind: str
    name: str
    what: str
    message: Message
    sides: Sides
    old: Place | None
    new: Place | None
    at: Place
    only_old: ExampleLead | None = None
    only_new: ExampleLead | None = None
    follows: tuple[Message, ...] = ()
    is_editorial: bool = False
    help: str = ""
    means: Message | None = None
    path: Path = ()


class Bump(StrEnum):
    """How far the version of the next release moves."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


@dataclass(frozen=True, slots=True)
class NextVersion:
    """The version that the next release carries, and why; `old` is None where nothing was released yet."""

    old: str | None
    bump: Bump
    next: str | None
    why: Message


@dataclass(frozen=True, slots=True)
class Changes:
    """All that a comparison of two versions gave.

    unread: sections that could not be read in one of the two and so were not compared
    findings: what is wrong with the new version; None where nobody looked
    effect: what it asks of sellers, money and people
    impact: what real leads would have been, where data was given
    """

    changes: tuple[Change, ...]
    version: NextVersion
    unread: tuple[str, ...] = ()
    language: str = "en"
    counts: Mapping[str, int] = field(default_factory=dict)
    impact: Impact | None = None
    findings: Findings | None = None
    effect: Effect = field(default_factory=Effect)

    @property
    def errors(self) -> int:
        """How many errors the new version has."""
        return 0 if self.findings is None else self.findings.count(Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed a version, for which team, on which day."""

    name: str
    team: str
    on: date


@dataclass(frozen=True, slots=True)
class Chapter:
    """One version in the history of an agreement, and what it changed since the one before.

    `version` is None for the working files, which nobody has signed yet; then there are no days. `until` is the last
    day on which it is in force, None where no other version has followed. `is_first`: there is nothing to compare with.
    """

    version: str | None
    valid_from: date | None = None
    until: date | None = None
    renew_by: date | None = None
    signed_by: tuple[Signer, ...] = ()
    why: str = ""
    changes: tuple[Change, ...] = ()
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Changelog:
    """The whole history, the newest first; `next` is what the working files' changes ask for, None without any."""

    title: str
    chapters: tuple[Chapter, ...]
    next: NextVersion | None = None
    language: str = "en"
