"""The history for programs: `changelog/v1`, whose schema is published in `schema/changelog.json`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from checker.change import Changelog, Chapter
from checker.record import Record
from checker.report.changes_json import ChangeRecord, VersionRecord, record_of_change, record_of_version

if TYPE_CHECKING:
    from checker.language import Words


class SignatureRecord(Record):
    """Who signed, for which team, when."""

    name: str
    team: str
    on: date


class ReleaseRecord(Record):
    """One version that was released."""

    version: str
    valid_from: date
    until: date | None = Field(description="The last day in force; null for the version that nothing has followed")
    renew_by: date | None = None
    signed_by: tuple[SignatureRecord, ...] = ()
    why: str = ""
    changes: tuple[ChangeRecord, ...] = Field((), description="Since the version before; none for the first")


class UnreleasedRecord(Record):
    """What the working files say beyond the last release."""

    version: VersionRecord
    changes: tuple[ChangeRecord, ...]


class ChangelogFile(Record):
    """One run of `sla changelog`; the newest release comes first."""

    format: Literal["changelog/v1"] = "changelog/v1"
    agreement: str
    releases: tuple[ReleaseRecord, ...] = ()
    unreleased: UnreleasedRecord | None = Field(None, description="Null where the working files are as released")


def changelog_json(changelog: Changelog, words: Words) -> str:
    """The history as a JSON text."""
    unreleased = None
    if changelog.next is not None:
        changes = next(chapter.changes for chapter in changelog.chapters if chapter.version is None)
        unreleased = UnreleasedRecord(
            version=record_of_version(changelog.next, words),
            changes=tuple(record_of_change(change, words) for change in changes),
        )
    file = ChangelogFile(
        agreement=changelog.title,
        releases=tuple(_release(chapter, words) for chapter in changelog.chapters if chapter.version is not None),
        unreleased=unreleased,
    )
    return file.model_dump_json(indent=2) + "\n"


def _release(chapter: Chapter, words: Words) -> ReleaseRecord:
    assert chapter.version is not None, "it was released"
    assert chapter.valid_from is not None, "it was released"
    return ReleaseRecord(
        version=chapter.version,
        valid_from=chapter.valid_from,
        until=chapter.until,
        renew_by=chapter.renew_by,
        signed_by=tuple(SignatureRecord(name=item.name, team=item.team, on=item.on) for item in chapter.signed_by),
        why=chapter.why,
        changes=tuple(record_of_change(change, words) for change in chapter.changes),
    )
