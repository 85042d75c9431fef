"""Payloads and routes for programs: `payloads/v1` and `routes/v1`, whose schemas are published in `schema/`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from checker.finding import Place, Problem
from checker.finding_record import OtherLine, Spot
from checker.handed_over import Payloads, Routed
from checker.record import Record

if TYPE_CHECKING:
    from checker.language import Words


class PayloadProblem(Spot):
    """Something that is missing or wrong in a lead."""

    message: str


class PayloadsFile(Record):
    """One run of `sla handoff validate`."""

    format: Literal["payloads/v1"] = "payloads/v1"
    leads: int = Field(description="How many leads the files hold, with those that could not be read")
    complete: int = Field(description="How many of them carry everything that sales needs")
    unreadable: int = Field(0, description="How many of them could not be read")
    problems: tuple[PayloadProblem, ...] = ()


class RouteRecord(Spot):
    """One lead: where it stands in its file, and who gets it."""

    sellers: tuple[str, ...] = Field(description="Several take turns; none where no line fits")
    in_place_of: tuple[str, ...] = Field((), description="Sellers who are not there on that day")
    decided_by: OtherLine | None = Field(description="The line of the agreement that decided")
    unsure: tuple[OtherLine, ...] = Field((), description="Lines before it that could not be told")


class RoutesFile(Record):
    """One run of `sla handoff route`."""

    format: Literal["routes/v1"] = "routes/v1"
    routes: tuple[RouteRecord, ...] = ()
    problems: tuple[PayloadProblem, ...] = ()


def payloads_json(payloads: Payloads, words: Words) -> str:
    """What was found in payloads, as a JSON text."""
    file = PayloadsFile(
        leads=payloads.leads,
        complete=payloads.complete,
        unreadable=payloads.unreadable,
        problems=tuple(_problems(payloads.problems, words)),
    )
    return file.model_dump_json(indent=2) + "\n"


def routes_json(routed: Sequence[Routed], problems: Sequence[Problem], words: Words) -> str:
    """Who gets which lead, as a JSON text."""
    routes = tuple(
        RouteRecord(
            file=item.place.file,
            line=item.place.line,
            column=item.place.column,
            sellers=item.sellers,
            in_place_of=item.instead_of,
            decided_by=None if item.decided_by is None else _line(item.decided_by, item.decided_by.source.strip()),
            unsure=tuple(
                _line(unsure.at, words.say(unsure.message))
                for unsure in item.unsure
                if isinstance(unsure.at, Place) and unsure.message is not None
            ),
        )
        for item in routed
    )
    return RoutesFile(routes=routes, problems=tuple(_problems(problems, words))).model_dump_json(indent=2) + "\n"


def _problems(problems: Iterable[Problem], words: Words) -> Iterable[PayloadProblem]:
    for problem in problems:
        if isinstance(problem.at, Place):
            at = problem.at
            yield PayloadProblem(file=at.file, line=at.line, column=at.column, message=words.say(problem.message))


def _line(place: Place, message: str) -> OtherLine:
    return OtherLine(file=place.file, line=place.line, column=place.column, message=message)
