"""Which findings a company's waivers accept, and what became of each waiver."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from checker.finding import Finding, Place, WaivedCode, WaiverUse

_Spot: TypeAlias = tuple[str, int, str]


def waive(
    findings: Iterable[Finding],
    waived: Iterable[WaivedCode],
    waivable: Collection[str],
    judged: Collection[str],
    today: date | None,
) -> tuple[list[Finding], tuple[WaiverUse, ...]]:
    """The findings, those marked that are accepted, and what became of each rule of each waiver.

    A waiver meets the findings of its rules that are reported on the line that it speaks of, up to and with its last
    day; without `today` it is never over. `waivable` are the codes that may be waived, `judged` those of rules that had
    their say.
    """
    waivers: dict[_Spot, list[WaivedCode]] = {}
    for item in waived:
        waivers.setdefault((item.waiver.place.file, item.line, item.code), []).append(item)
    marked: list[Finding] = []
    used: set[_Spot] = set()
    elsewhere: dict[_Spot, Place] = {}
    for finding in findings:
        spot = _spot(finding.place, finding.code)
        meeting = waivers.get(spot, ())
        used.update([spot] if meeting else ())
        in_force = [item.waiver for item in meeting if not _is_over(item, today)]
        if in_force and finding.code in waivable:
            finding = replace(finding, waived=in_force[0])
        marked.append(finding)
        if waivers:
            elsewhere |= _others(finding, waivers)
    uses = [
        WaiverUse(
            waived=item,
            is_used=spot in used,
            is_judged=item.code in judged,
            is_over=_is_over(item, today),
            elsewhere=elsewhere.get(spot),
        )
        for spot, items in waivers.items()
        for item in items
    ]
    return marked, tuple(uses)


def _is_over(waived: WaivedCode, today: date | None) -> bool:
    return today is not None and waived.waiver.until < today


def _spot(place: Place, code: str) -> _Spot:
    return place.file, place.line, code


def _others(finding: Finding, waivers: Mapping[_Spot, object]) -> dict[_Spot, Place]:
    """Waivers that speak of another line of a finding's conflict."""
    spots = [_spot(item.place, finding.code) for item in finding.because]
    return {spot: finding.place for spot in spots if spot in waivers}
