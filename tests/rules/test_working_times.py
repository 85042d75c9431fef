"""Countries and time zones: what the rules take for known is known."""

from __future__ import annotations

import holidays
import pytest

from checker.review.validate import validate
from checker.rules.working_times import COUNTRIES, OFTEN_MEANT
from checker.text import parse

HEAD = "format: sla/v1\nagreement: Ours\nstages:\n  lead: {team: marketing}\nworking_time:\n"


def found(office: str) -> list[tuple[str, list[str]]]:
    text = f"{HEAD}  office: {{days: Monday, hours: 24x7, {office}}}\n"
    return [(finding.code, [fix.new for fix in finding.fixes]) for finding in validate(parse(text)).findings]


def test_the_list_of_countries_is_that_of_the_package() -> None:
    """Kosovo's XK is no code of the international list, so that the format writes its holidays as dates."""
    known = set(holidays.list_supported_countries(include_aliases=False))

    assert COUNTRIES <= known
    assert {code for code in known if len(code) == 2} - COUNTRIES <= {"XK"}


def test_what_people_often_write_is_no_country_and_stands_for_one() -> None:
    assert COUNTRIES.isdisjoint(OFTEN_MEANT)
    assert set(OFTEN_MEANT.values()) <= COUNTRIES


@pytest.mark.parametrize(
    ("office", "expected"),
    [
        ("timezone: UTC", []),
        ("timezone: Europe/Warsaw, holidays: {country: PL}", []),
        ("timezone: Europe/Warsaw, holidays: {country: BR, region: SP}", []),
        ("timezone: Europe/Varsaw", [("SLA113", ["Europe/Warsaw"])]),
        ("timezone: Warsaw", [("SLA113", ["Europe/Warsaw"])]),
        ("timezone: Europe/Warsaw, holidays: {country: UK}", [("SLA114", ["GB"])]),
        ("timezone: Europe/Warsaw, holidays: {country: ZZ}", [("SLA114", [])]),
        ("timezone: Europe/Warsaw, holidays: {country: BR, region: SPO}", [("SLA115", ["SP"])]),
        ("timezone: Europe/Warsaw, holidays: {region: SP}", [("SLA115", [])]),
        ("timezone: Europe/Warsaw, holidays: {country: ZZ, region: SP}", [("SLA114", [])]),
    ],
)
def test_places_that_nobody_knows_are_told(office: str, expected: list[tuple[str, list[str]]]) -> None:
    assert expected == found(office)


def test_time_zones_of_the_data_are_looked_at_too() -> None:
    source = "source:\n  timezone: Europe/Varsaw\n  files: {lead: {path: x.csv}}\n  leads: {from: lead, id: Id}\n"
    findings = validate(parse(HEAD + "  office: {timezone: UTC, days: Monday, hours: 24x7}\n" + source)).findings

    assert [("SLA113", 8)] == [(finding.code, finding.place.line) for finding in findings]
