"""Time zones, countries and regions: names that the world defines."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.people import Holidays
from checker.agreement.source import EventColumn
from checker.finding import At, Edit, Path, Problem, Severity
from checker.logic.holidays import UnknownPlace, closed_days
from checker.message import Written, say
from checker.rules.rule import HOLIDAYS, rule
from checker.rules.suggestions import suggest


@rule(
    "SLA113",
    "A time zone that does not exist",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        working_time:
          office:
            timezone: America/SaoPaulo     # SLA113
            days: Monday to Friday
            hours: "09:00 to 18:00"
        """,
    good="""
        working_time:
          office:
            timezone: America/Sao_Paulo
            days: Monday to Friday
            hours: "09:00 to 18:00"
        """,
)
def unknown_time_zone(agreement: Agreement) -> Iterator[Problem]:
    """
    A time zone is written as in the world's own list: a continent and a city, `Europe/Warsaw`. Without it nobody can
    tell when nine o'clock is, nor when the clocks change.
    """
    for path, zone in _time_zones(agreement):
        if not _is_time_zone(zone):
            yield _no_zone(path, zone)


def _time_zones(agreement: Agreement) -> Iterator[tuple[Path, str]]:
    for name, calendar in (agreement.sections.working_time or {}).items():
        yield ("working_time", name, "timezone"), calendar.timezone
    source = agreement.sections.source
    if source is None:
        return
    if source.timezone is not None:
        yield ("source", "timezone"), source.timezone
    for name, event in (source.events or {}).items():
        if isinstance(event, EventColumn) and event.timezone is not None:
            yield ("source", "events", name, "timezone"), event.timezone
    if source.actions is not None and source.actions.timezone is not None:
        yield ("source", "actions", "timezone"), source.actions.timezone


def _is_time_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _no_zone(path: Path, written: str) -> Problem:
    from zoneinfo import available_timezones

    continent = written.partition("/")[0]
    zones = sorted(available_timezones())
    near = [zone for zone in zones if zone.startswith(f"{continent}/")] or zones
    suggestion = suggest(At(path), written, near)
    return Problem(
        At(path),
        say("there is no time zone {name}", name=Written(written)),
        note=suggestion.note if suggestion.fixes else say("write it as in {example}", example=Written("Europe/Warsaw")),
        fixes=suggestion.fixes,
    )


_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
COUNTRIES = frozenset(_CODES.split())
"""Countries by ISO 3166-1, all known to the `holidays` package, which takes longer to import than all rules to run."""
OFTEN_MEANT = {"UK": "GB", "EN": "GB", "EL": "GR", "SP": "ES", "GER": "DE", "POL": "PL", "BRA": "BR"}
"""Codes that people write, and the country's code."""


@rule(
    "SLA114",
    "A country whose holidays nobody knows",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        working_time:
          office:
            timezone: Europe/London
            days: Monday to Friday
            hours: "09:00 to 17:00"
            holidays: {country: UK}      # SLA114
        """,
    good="""
        working_time:
          office:
            timezone: Europe/London
            days: Monday to Friday
            hours: "09:00 to 17:00"
            holidays: {country: GB}
        """,
)
def unknown_country(agreement: Agreement) -> Iterator[Problem]:
    """
    Public holidays are looked up by the two letters that stand for a country, in the international list: Great Britain
    is `GB`. A code that is not in the list would mean that clocks run on holidays.
    """
    for at, written in _holidays(agreement):
        if written.country is not None and written.country not in COUNTRIES:
            where = At((*at, "country"))
            guess = OFTEN_MEANT.get(written.country)
            yield Problem(
                where,
                say("there is no country {code}", code=Written(written.country)),
                note=say("did you mean {guess}?", guess=Written(guess))
                if guess
                else say("write its two letters, as in {example}", example=Written("BR")),
                fixes=(Edit(where, written.country, guess, safe=True),) if guess else (),
            )


@rule(
    "SLA115",
    "A region whose holidays nobody knows",
    severity=Severity.ERROR,
    since="0.1",
    needs=(HOLIDAYS,),
    bad="""
        working_time:
          office:
            timezone: America/Sao_Paulo
            days: Monday to Friday
            hours: "09:00 to 18:00"
            holidays: {country: BR, region: SPO}   # SLA115
        """,
    good="""
        working_time:
          office:
            timezone: America/Sao_Paulo
            days: Monday to Friday
            hours: "09:00 to 18:00"
            holidays: {country: BR, region: SP}
        """,
)
def unknown_region(agreement: Agreement) -> Iterator[Problem]:
    """
    States and regions with holidays of their own are named by their short codes, and belong to the country beside
    them. Where a region has no holidays of its own, leave it out; further days without work can be written as dates
    under `also`.
    """
    for at, written in _holidays(agreement):
        if written.region is None or (written.country is not None and written.country not in COUNTRIES):
            continue
        try:
            closed_days(written.country, written.region, (), (), ())
        except UnknownPlace as unknown:
            where = At((*at, "region"))
            fixes = () if unknown.nearest is None else (Edit(where, written.region, unknown.nearest),)
            yield Problem(where, unknown.message, fixes=fixes)


def _holidays(agreement: Agreement) -> Iterator[tuple[Path, Holidays]]:
    for name, calendar in (agreement.sections.working_time or {}).items():
        if isinstance(calendar.holidays, Holidays):
            yield ("working_time", name, "holidays"), calendar.holidays
