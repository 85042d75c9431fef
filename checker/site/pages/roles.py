"""Roles: what each team does and does not, who is in it, who is told and decides, and when work is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.base import as_list
from checker.agreement.cooperation import Role
from checker.agreement.people import Holidays, Person, WorkingTime
from checker.agreement.promise_list import SECTIONS
from checker.finding import Path
from checker.message import Message
from checker.report.names import in_words, team
from checker.site.basis import Basis
from checker.site.counting import days_in_words, hours_in_words
from checker.site.page import Page, page_link
from checker.site.pages.promises import SIDES, escalation_in_words
from checker.site.safe import safe, slug
from checker.site.where import has_page, page_that_tells

PATH = "roles.md"


@dataclass(frozen=True)
class Team:
    """A team: its role, its people by id, and what it answers for as links."""

    id: str
    anchor: str
    name: Message
    role: Role | None
    people: tuple[tuple[str, Person], ...]
    answers_for: tuple[Markup, ...]


@dataclass(frozen=True)
class Decision:
    """What happens, and who decides; `path` is where that is written."""

    case: Markup
    who: Markup
    path: Path


@dataclass(frozen=True)
class Hours:
    """A calendar in sentences."""

    id: str
    name: str
    told: tuple[Markup, ...]


def roles(basis: Basis) -> Page | None:
    """The page; None where the agreement says nothing of teams, people, working time or who is told."""
    sections = basis.agreement.sections
    if not has_page(basis.agreement, PATH):
        return None
    first = next(name for name in ("roles", "people", "working_time", "escalation") if getattr(sections, name))
    return basis.page(
        PATH,
        "roles.md.j2",
        basis.voice.gettext("Roles"),
        (first,),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        teams=list(_teams(basis)),
        decisions=list(_decisions(basis)),
        calendars=[
            Hours(name, basis.names.prose(entry.name) or in_words(name), tuple(_hours(basis, entry)))
            for name, entry in (sections.working_time or {}).items()
        ],
    )


# ---------------------------------------------------------------- teams


def _teams(basis: Basis) -> Iterator[Team]:
    sections = basis.agreement.sections
    written, people = sections.roles or {}, sections.people or {}
    for name in dict.fromkeys([*written, *(person.team for person in people.values())]):
        yield Team(
            name,
            f"team-{slug(name)}",
            team(name),
            written.get(name),
            tuple((who, person) for who, person in people.items() if person.team == name),
            tuple(_answers_for(basis, name)),
        )


def _answers_for(basis: Basis, name: str) -> Iterator[Markup]:
    """Links to what a team owes, and to the stages, channels, tools and processes that are its own."""
    agreement, sections = basis.agreement, basis.agreement.sections
    for section, side in SECTIONS.items():
        if side == name and getattr(sections, section):
            yield _link(page_link(SIDES[side][0]), basis.voice.say(SIDES[side][2]))
    owned: list[tuple[str, str, Markup]] = [
        *(("stages", one, safe(basis.names.stage(one))) for one, stage in agreement.stages.items()
          if stage.team == name),
        *(("channels", one, basis.voice.say(basis.names.channel(one))) for one, channel in agreement.channels.items()
          if channel.team == name),
        *(("tools", one, safe(basis.names.tool(one))) for one, tool in (sections.tools or {}).items()
          if tool.team == name),
        *(("processes", one, safe(basis.names.prose(process.name) or in_words(one)))
          for one, process in (sections.processes or {}).items() if process.team == name),
    ]  # fmt: skip
    for section, one, said in owned:
        href = page_that_tells(agreement, (section, one))
        yield said if href is None else _link(href, said)


def _link(href: Markup, said: Markup) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, said)


# ---------------------------------------------------------------- who decides


def _decisions(basis: Basis) -> Iterator[Decision]:
    voice, names, sections = basis.voice, basis.names, basis.agreement.sections
    for index, step in enumerate(sections.escalation or ()):
        told = escalation_in_words(basis, index, step)
        concerned = [
            _link(page_link(basis.path_of(promise)), safe(names.promise(promise)))
            for promise in basis.agreement.promises()
            if promise.id in as_list(step.of)
        ]
        case = told.when
        if concerned:
            case = Markup("{} ({})").format(case, Markup(", ").join(concerned))
        yield Decision(case, told.then, told.path)
    if sections.if_all_are_away is not None:
        yield Decision(
            voice.gettext("a seller and the stand-in are away"),
            voice.gettext("{person} takes the lead", person=names.person(sections.if_all_are_away)),
            ("if_all_are_away",),
        )
    leaving = sections.if_seller_leaves
    if leaving is not None:
        heir = names.person(leaving.to)
        goes = (
            voice.gettext("the leads go to {person}", person=heir)
            if leaving.within is None
            else voice.gettext("the leads go to {person} within {time}", person=heir, time=leaving.within)
        )
        yield Decision(voice.gettext("a seller leaves"), goes, ("if_seller_leaves",))
    agreed = dict.fromkeys(who for entry in sections.not_counted or () for who in entry.agreed_by)
    if agreed:
        yield Decision(
            voice.gettext("an exception is not counted"),
            voice.gettext("agreed by {people}", people=voice.names([names.person(who) for who in agreed])),
            ("not_counted",),
        )
    if sections.release is not None and sections.release.signed_by:
        signed = [names.person(signature.who) for signature in sections.release.signed_by]
        yield Decision(
            voice.gettext("a version of this agreement is released"),
            voice.gettext("signed by {people}", people=voice.names(signed)),
            ("release", "signed_by"),
        )


# ---------------------------------------------------------------- working time


def _hours(basis: Basis, entry: WorkingTime) -> Iterator[Markup]:
    voice = basis.voice
    if entry.is_always:
        yield voice.gettext("day and night, also on holidays")
        return
    yield voice.gettext("{days}, {hours}", days=days_in_words(basis, entry), hours=hours_in_words(entry))
    yield voice.gettext("time of {zone}", zone=entry.timezone.replace("_", " "))
    holidays = entry.holidays
    if holidays is None:
        yield voice.gettext("no holidays are agreed: clocks run on them too")
    elif not isinstance(holidays, Holidays):
        yield voice.gettext("no work on {days}", days=voice.names([voice.date(day) for day in holidays]))
    else:
        yield from _holidays(basis, holidays)


def _holidays(basis: Basis, holidays: Holidays) -> Iterator[Markup]:
    voice = basis.voice
    if holidays.country is not None:
        country = basis.voice.words.locale.territories.get(holidays.country, holidays.country)
        yield (
            voice.gettext("no work on the public holidays of {country}", country=country)
            if holidays.region is None
            else voice.gettext(
                "no work on the public holidays of {country}, region {region}", country=country, region=holidays.region
            )
        )
    if holidays.also:
        yield voice.gettext("no work on {days}", days=voice.names([voice.date(day) for day in holidays.also]))
    if holidays.except_:
        yield voice.gettext("but work on {days}", days=voice.names([voice.date(day) for day in holidays.except_]))
