"""The making of a release: who signed which text, from when it is in force, and the two files that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from checker.agreement import Agreement, build
from checker.agreement.history import RELEASE, SEAL, History, Released, seal_of
from checker.agreement.sections import BESIDE
from checker.agreement.versions import compared, numbers
from checker.change import Bump, Changes, NextVersion
from checker.changes.sides import TEAMS
from checker.errors import NotReady, WrongUsage
from checker.finding import Severity
from checker.message import Message, Written, any_of, say, say_counted
from checker.quantity import Month
from checker.review.diff import diff
from checker.review.next_version import FIRST, next_version, suffices
from checker.review.releases import folder_of_releases, history_of
from checker.review.validate import validate
from checker.rules.completeness import checklist
from checker.rules.names import SIDES
from checker.rules.suggestions import guesses
from checker.text import Document, parse, read
from checker.text.folder import ENDING, shown_path
from checker.text.one_text import one_text
from checker.text.writing import yaml_text

STAMP = RELEASE + ENDING
FEWEST_DAYS = 7
"""Fewer days between the last signature and the first day in force are too few for people to learn of it."""
_HEAD = "# Written by `sla release`, never by hand.\n"
_FROZEN = """\
# Version {version} of the agreement, as both sides signed it. It stays as it is: what should change is changed in the
# working files, and the next release brings it.
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a release; what is None is worked out.

    `signed` is who signed, and on which day (None: today).
    """

    signed: Sequence[tuple[str, date | None]]
    today: date
    valid_from: date | None = None
    version: str | None = None
    renew_by: date | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class NewRelease:
    """A release that is ready to be written: `files` are to be written together, the frozen text first.

    `people` are the names of those who signed, with their teams; `changes` what changed since the release before, None
    for the first one; `notices` is what people should think of.
    """

    version: str
    valid_from: date
    people: tuple[tuple[str, str], ...]
    files: Mapping[Path, str]
    changes: Changes | None
    notices: tuple[Message, ...]
    language: str


def release(path: Path, wish: Wish) -> NewRelease:
    """Works out the next release of the agreement in a folder.

    Raises NotReady where the agreement is not fit to be signed, WrongUsage where the wish is not, UnreadableInput.
    """
    if path.exists() and not path.is_dir():
        raise WrongUsage(
            say(
                "releases are kept beside the agreement's files: name their folder, {folder}",
                folder=Written(f"{shown_path(path.absolute().parent)}/"),
            )
        )
    document, history = read(path), history_of(path)
    agreement = build(document.values, document.problems, document.unread)
    _check_the_text(agreement, document, history, path)
    signatures = _signatures(agreement, wish)
    last = history.last
    by_hand = agreement.sections.release if last is None else None
    valid_from = wish.valid_from or (by_hand.valid_from if by_hand else _usual_day(agreement, wish.today, last))
    _check_the_day(valid_from, signatures, agreement, last)
    changes = None if last is None else diff(last.document, document)
    needed = next_version((), None) if changes is None else _renewed(changes.version, wish)
    version = _version(wish.version, needed, by_hand.version if by_hand else None)
    stamp: dict[str, Any] = {"version": version, "valid_from": valid_from.isoformat()}
    if wish.renew_by is not None:
        stamp["renew_by"] = wish.renew_by.isoformat()
    stamp["signed_by"] = [
        {"who": who, "team": _team(agreement, who), "on": day.isoformat()} for who, day in signatures.items()
    ]
    if wish.why:
        stamp["why"] = wish.why
    stamp[SEAL] = seal_of(parse(one_text(document, BESIDE, {RELEASE: stamp})).values)
    frozen = _FROZEN.format(version=version) + one_text(document, BESIDE, {RELEASE: stamp})
    return NewRelease(
        version=version,
        valid_from=valid_from,
        people=tuple((_name(agreement, who), _team(agreement, who)) for who in signatures),
        files={
            folder_of_releases(path) / f"{version}{ENDING}": frozen,
            path / STAMP: _HEAD + yaml_text({RELEASE: stamp}),
        },
        changes=changes,
        notices=tuple(notices(valid_from, max(signatures.values()), wish.today)),
        language=agreement.language,
    )


# ---------------------------------------------------------------- the text


def _check_the_text(agreement: Agreement, document: Document, history: History, path: Path) -> None:
    """Raises NotReady where nobody can sign this text."""
    shows = Written(f"sla validate {shown_path(path)}")
    errors = validate(document, history=history).count(Severity.ERROR)
    if errors:
        raise NotReady(
            say_counted(
                "the agreement has {count} error, and nobody can sign what contradicts itself: {command} shows it",
                "the agreement has {count} errors, and nobody can sign what contradicts itself: {command} shows them",
                count=errors,
                command=shows,
            )
        )
    if not agreement.is_signed:
        raise NotReady(
            say(
                "the agreement is still a draft: when both sides agree on it, write {line}",
                line=Written("status: signed"),
            )
        )
    missing = [item.message for item in checklist(agreement) if not item.is_done]
    if missing:
        raise NotReady(
            say_counted(
                "{count} part that every agreement has is missing ({first}): {command} shows it",
                "{count} parts that every agreement has are missing ({first} …): {command} shows them",
                count=len(missing),
                first=missing[0],
                command=shows,
            )
        )
    stands_in = document.file_of((RELEASE,)) if RELEASE in document.values else None
    if stands_in is not None and stands_in.rpartition("/")[2] != STAMP:
        raise NotReady(
            say(
                "{file} holds a {key} of its own, which {stamp} will hold: take it out there",
                file=Written(stands_in),
                key=Written(f"{RELEASE}:"),
                stamp=Written(STAMP),
            )
        )


# ---------------------------------------------------------------- signatures


def _signatures(agreement: Agreement, wish: Wish) -> dict[str, date]:
    """Who signed -> when. Raises WrongUsage where somebody is unknown, or a side is missing."""
    people = agreement.sections.people or {}
    signed = {who: day or wish.today for who, day in wish.signed}
    for who in signed:
        if who not in people:
            near = guesses(who, people) or list(people)[:8]
            raise WrongUsage(
                say(
                    "{who} is nobody that the agreement names under {section}; it knows {names}",
                    who=Written(who),
                    section=Written("people:"),
                    names=any_of(near),
                )
            )
    for side in SIDES:
        if side not in {people[who].team for who in signed}:
            own = [who for who, person in people.items() if person.team == side]
            if not own:
                raise NotReady(
                    say(
                        "nobody under {section} is of {side}, so nobody can sign",
                        section=Written("people:"),
                        side=TEAMS[side],
                    )
                )
            raise WrongUsage(
                say(
                    "nobody of {side} has signed: add {option} and {names}",
                    side=TEAMS[side],
                    option=Written("--signed"),
                    names=any_of(own[:8]),
                )
            )
    return signed


def _team(agreement: Agreement, who: str) -> str:
    return (agreement.sections.people or {})[who].team


def _name(agreement: Agreement, who: str) -> str:
    return agreement.text((agreement.sections.people or {})[who].name, who)


# ---------------------------------------------------------------- the day


def _usual_day(agreement: Agreement, today: date, last: Released | None) -> date:
    """The first day of the next month; of a first release, not before its plan begins."""
    following = (Month.of(today) + 1).first_day
    plan = agreement.sections.plan
    first = max(following, plan.months.first.first_day) if last is None and plan is not None else following
    return first if last is None or last.valid_from < first else (Month.of(last.valid_from) + 1).first_day


def _check_the_day(
    valid_from: date, signatures: Mapping[str, date], agreement: Agreement, last: Released | None
) -> None:
    """Raises WrongUsage for a day before the last release, or before somebody signed."""
    if last is not None and valid_from <= last.valid_from:
        raise WrongUsage(
            say(
                "version {version} is in force from {day}, and the next one replaces it from a later day: give one "
                "with {option}",
                version=Written(last.version),
                day=last.valid_from,
                option=Written("--from"),
            )
        )
    for who, day in signatures.items():
        if day > valid_from:
            raise WrongUsage(
                say(
                    "{person} signs on {day}, after the release comes into force on {begin}: give {option} a later "
                    "day, or {signed} the day of the signature",
                    person=_name(agreement, who),
                    day=day,
                    begin=valid_from,
                    option=Written("--from"),
                    signed=Written(f"--signed {who}=…"),
                )
            )


def notices(valid_from: date, signed: date, today: date | None = None) -> list[Message]:
    """What people should think of, of a release that both sides signed by a day and that comes into force on another.

    `today` is the day of the release, where it is one that is being made.
    """
    found = []
    if today is not None and valid_from < today:
        found.append(
            say("it is in force from a day that has passed: leads since {day} are judged by it", day=valid_from)
        )
    elif (valid_from - signed).days < FEWEST_DAYS:
        found.append(
            say_counted(
                "it comes into force {count} day after it was signed: tell everybody today",
                "it comes into force {count} days after it was signed: tell everybody today",
                count=(valid_from - signed).days,
            )
        )
    if valid_from.day != 1:
        found.append(
            say(
                "it comes into force in the middle of {month}: that month's targets are shared out by working days "
                "between the two versions",
                month=Month.of(valid_from),
            )
        )
    return found


def notices_between(old: Document, new: Document) -> list[Message]:
    """The same of a release that the newer of two texts bears the stamp of, and the older one does not."""
    before, after = (build(document.values, document.problems).sections.release for document in (old, new))
    if after is None or (before is not None and before.version == after.version):
        return []
    signed = max((signature.on for signature in after.signed_by or ()), default=after.valid_from)
    return notices(after.valid_from, signed)


# ---------------------------------------------------------------- the version


def _renewed(needed: NextVersion, wish: Wish) -> NextVersion:
    """What the changes ask for; a text that is only renewed, unchanged, takes the smallest step."""
    if needed.bump is not Bump.NONE or needed.old is None:
        return needed
    if wish.renew_by is None:
        raise NotReady(
            say(
                "nothing has changed since version {version}, so there is nothing to release; to renew it as it is, "
                "say until when with {option}",
                version=Written(needed.old),
                option=Written("--renew-by"),
            )
        )
    parts = numbers(needed.old)
    if parts is None:
        return needed
    third = (*parts, 0, 0)[:3]
    step = ".".join(map(str, (*third[:2], third[2] + 1)))
    return replace(needed, bump=Bump.PATCH, next=("v" if needed.old.startswith("v") else "") + step)


def _version(wanted: str | None, needed: NextVersion, by_hand: str | None) -> str:
    """The version that was asked for, else the next one. Raises WrongUsage where it is none, or not far enough on.

    `by_hand` is that of a stamp that somebody wrote before there was any release: that text is now frozen under it.
    """
    following = needed.next if needed.old is not None else by_hand or FIRST
    if wanted is None and following is not None and numbers(following) is not None:
        return following
    if wanted is None or numbers(wanted) is None:
        raise WrongUsage(
            say(
                "{version} is no version: versions are numbers and dots, as in {example}; say which with {option}",
                version=Written(wanted or needed.old or by_hand or "?"),
                example=Written("2027.1"),
                option=Written("--version"),
            )
        )
    if needed.old is None:
        if by_hand is not None and (compared(wanted, by_hand) or 0) < 0:
            raise WrongUsage(
                say(
                    "version {version} comes before {last}, which {stamp} bears already",
                    version=Written(wanted),
                    last=Written(by_hand),
                    stamp=Written(STAMP),
                )
            )
        return wanted
    order = compared(wanted, needed.old)
    if order is not None and order <= 0:
        raise WrongUsage(
            say(
                "version {version} does not come after {last}, which is released already: the next one is {next}",
                version=Written(wanted),
                last=Written(needed.old),
                next=Written(needed.next or "?"),
            )
        )
    if suffices(wanted, needed) is False:
        raise WrongUsage(
            say(
                "version {version} is not far enough on: {why}, which asks for {next}",
                version=Written(wanted),
                why=needed.why,
                next=Written(needed.next or "?"),
            )
        )
    return wanted
