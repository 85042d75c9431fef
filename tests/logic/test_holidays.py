"""Days without work, and what they are called."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from checker.errors import MissingExtra
from checker.logic.holidays import UnknownPlace, closed_days, holiday_names
from checker.message import Written

BRAZIL_2027 = {
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 4, 21),
    date(2027, 5, 1),
    date(2027, 9, 7),
    date(2027, 10, 12),
    date(2027, 11, 2),
    date(2027, 11, 15),
    date(2027, 11, 20),
    date(2027, 12, 25),
}
CARNIVAL = date(2027, 2, 9)


def test_public_holidays_of_a_country():
    assert BRAZIL_2027 == closed_days("BR", None, (), (), [2027])


def test_a_region_adds_its_own_holidays():
    assert BRAZIL_2027 | {date(2027, 7, 9)} == closed_days("BR", "SP", (), (), [2027])


def test_the_agreement_adds_days_and_takes_days_away():
    expected = BRAZIL_2027 - {date(2027, 11, 15)} | {CARNIVAL}

    assert expected == closed_days("BR", None, [CARNIVAL], [date(2027, 11, 15)], [2027])


def test_without_a_country_only_the_days_of_the_agreement_count():
    assert {CARNIVAL} == closed_days(None, None, [CARNIVAL], (), [2027])


def test_several_years_come_together():
    assert {date(2026, 12, 25), date(2027, 12, 25)} <= closed_days("BR", None, (), (), range(2026, 2028))


@pytest.mark.parametrize(
    ("country", "language", "day", "name"),
    [
        ("BR", "en", CARNIVAL, "Carnival"),
        ("BR", "pt-BR", CARNIVAL, "Carnaval"),
        ("BR", "pl", date(2027, 9, 7), "Independência do Brasil"),
        ("MX", "es", date(2027, 9, 16), "Día de la Independencia"),
        ("PL", "pl", date(2027, 11, 11), "Narodowe Święto Niepodległości"),
        ("PT", "pt-BR", date(2027, 12, 25), "Dia de Natal"),
        ("NZ", "es", date(2027, 4, 25), "Anzac Day"),
    ],
)
def test_holidays_have_names_in_the_language_or_the_country_s_own(country, language, day, name):
    assert name == holiday_names(country, None, [2027], language)[day]


def test_every_public_holiday_has_a_name():
    assert closed_days("US", "CA", (), (), [2027]) <= holiday_names("US", "CA", [2027]).keys()


def test_names_without_a_country_are_none():
    assert {} == holiday_names(None, None, [2027])


@pytest.mark.parametrize(
    ("country", "region", "nearest"),
    [
        ("Brasil", None, "BR"),
        ("SP", None, "ES"),
        ("QX", None, None),
        ("BR", "Sao Paulo", "SP"),
        ("DE", "Bayern", "BY"),
        ("BR", "999", None),
        ("VA", "RM", None),
        (None, "SP", None),
    ],
)
def test_an_unknown_place_is_refused_with_what_may_be_meant(country, region, nearest):
    with pytest.raises(UnknownPlace) as raised:
        closed_days(country, region, (), (), [2027])

    assert (region or country, nearest) == (raised.value.name, raised.value.nearest)
    assert raised.value.name == raised.value.message.arguments["name"]


def test_without_the_extra_a_country_s_holidays_say_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "holidays", None)

    # a year that nobody asked before: what is known already needs no package
    with pytest.raises(MissingExtra) as raised:
        closed_days("BR", None, (), (), [2091])
    assert Written('pip install "smarketing-sla[check]"') == raised.value.message.arguments["command"]
    assert {CARNIVAL} == closed_days(None, None, [CARNIVAL], (), [2027])
