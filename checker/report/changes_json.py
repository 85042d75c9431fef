"""Changes for programs: `changes/v1`, whose schema is published in `schema/changes.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from checker.change import Bump, Change, Changes, Direction, ExampleLead, NextVersion
from checker.finding import Place
from checker.record import Record
from checker.report.impact_json import ImpactRecord, impact_record

if TYPE_CHECKING:
    from checker.language import Words


class Line(Record):
    """A line of the old or the new text."""

    file: str
    line: int = Field(ge=1)
    text: str = Field(description="The line as it stands, without its indentation")


class VersionRecord(Record):
    """The version that the next release carries."""

    old: str | None = Field(description="The version of the last release; null where there is none")
    needed: Bump
    next: str | None
    why: str


class Lead(Record):
    """A lead that shows a change: in words, and by the fields that matter."""

    words: str
    values: dict[str, str]


class ChangeRecord(Record):
    """One change: what it is for marketing and for sales, and where it stands."""

    kind: str
    what: str = Field(description="The id of what is changed")
    marketing: Direction
    sales: Direction
    message: str
    old: Line | None
    new: Line | None
    only_old: Lead | None = Field(description="A lead that only the old text takes")
    only_new: Lead | None = Field(
        description="A lead that only the new text takes, or that both take and treat otherwise"
    )
    follows: tuple[str, ...] = Field((), description="What follows from it elsewhere")
    means: str | None = Field(None, description="The same in one sentence, for those who read nothing else")
    editorial: bool = Field(False, description="True where nothing but words has changed")
    help: str


class ChangesFile(Record):
    """One run of `sla diff`."""

    format: Literal["changes/v1"] = "changes/v1"
    version: VersionRecord
    changes: tuple[ChangeRecord, ...] = ()
    not_compared: tuple[str, ...] = Field((), description="Sections that cannot be read in one of the two")
    errors: int = Field(0, description="How many errors `sla validate` finds in the new text")
    impact: ImpactRecord | None = Field(None, description="What real leads would have been; null without `--data`")


def changes_json(changes: Changes, words: Words) -> str:
    """All changes as a JSON text."""
    file = ChangesFile(
        version=record_of_version(changes.version, words),
        changes=tuple(record_of_change(change, words) for change in changes.changes),
        not_compared=changes.unread,
        errors=changes.errors,
        impact=None if changes.impact is None else impact_record(changes.impact, words),
    )
    return file.model_dump_json(indent=2) + "\n"


def record_of_version(version: NextVersion, words: Words) -> VersionRecord:
    """The version that the next release carries."""
    return VersionRecord(old=version.old, needed=version.bump, next=version.next, why=words.say(version.why))


def record_of_change(change: Change, words: Words) -> ChangeRecord:
    """One change."""
    return ChangeRecord(
        kind=change.kind,
        what=change.what,
        marketing=change.sides.marketing,
        sales=change.sides.sales,
        message=words.say(change.message),
        old=_line(change.old),
        new=_line(change.new),
        only_old=_lead(change.only_old, words),
        only_new=_lead(change.only_new, words),
        follows=tuple(words.say(message) for message in change.follows),
        means=None if change.means is None else words.say(change.means),
        editorial=change.is_editorial,
        help=change.help,
    )


def _line(place: Place | None) -> Line | None:
    return None if place is None else Line(file=place.file, line=place.line, text=place.source.strip())


def _lead(lead: ExampleLead | None, words: Words) -> Lead | None:
    return None if lead is None else Lead(words=words.say(lead.message), values=dict(lead.values))
