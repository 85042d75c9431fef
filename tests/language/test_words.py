"""Messages in words, and every kind of value as each language writes it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language import LANGUAGES, words
from checker.message import Message, Named, Translated, Written, all_of, any_of, say, say_counted
from checker.quantity import Duration, Money, Month, Period, Share, Unit


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("Ana", "Ana"),
        (Written("at least 3"), "at least 3"),
        (0, "0"),
        (999, "999"),
        (-7, "-7"),
        (1380000, "1,380,000"),
        (-1500, "-1,500"),
        (Fraction(1500), "1,500"),
        (Fraction(75, 2), "37.5"),
        (Fraction(17, 4), "4.25"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Fraction(-1, 8), "-0.13"),
        (Share(Fraction(1, 4)), "25%"),
        (Share(Fraction(1, 40)), "2.5%"),
        (Share(Fraction(9, 400)), "2.25%"),
        (Share(Fraction(1, 3)), "33.3%"),
        (Share(Fraction(0)), "0%"),
        (Share(Fraction(1)), "100%"),
        (Share(Fraction(5, 4)), "125%"),
        (Share(Fraction(2999, 3000)), "99.9%"),
        (Share(Fraction(1, 3000)), "0.1%"),
        (Share(Fraction(3001, 3000)), "100.1%"),
        (Share(Fraction(-1, 3000)), "-0.1%"),
        (Money(Fraction(1380000), "BRL"), "R$ 1,380,000"),
        (Money(Fraction(30000), "EUR"), "€30,000"),
        (Money(Fraction(30000), "PLN"), "zł 30,000"),
        (Money(Fraction(30000), "SEK"), "SEK 30,000"),
        (Money(Fraction(5, 2), "USD"), "$2.50"),
        (Money(Fraction(1, 3), "GBP"), "£0.33"),
        (Money(Fraction(-12), "BRL"), "-R$ 12"),
        (Money(Fraction(-12), ""), "-12"),
        (Money(Fraction(1200), ""), "1,200"),
        (Month(2027, 1), "January 2027"),
        (Period(Month(2027, 1), Month(2027, 1)), "January 2027"),
        (Period(Month(2027, 1), Month(2027, 3)), "January to March 2027"),
        (Period(Month(2026, 11), Month(2027, 2)), "November 2026 to February 2027"),
        (Duration(1, Unit.MINUTES), "1 minute"),
        (Duration(2, Unit.HOURS), "2 hours"),
        (Duration(1, Unit.DAYS), "1 day"),
        (Duration(2, Unit.WEEKS), "2 weeks"),
        (Duration(1, Unit.MONTHS), "1 month"),
        (Duration(90, Unit.BUSINESS_MINUTES), "90 business minutes"),
        (Duration(4, Unit.BUSINESS_HOURS), "4 business hours"),
        (Duration(1, Unit.BUSINESS_DAYS), "1 business day"),
        (date(2027, 2, 8), "8 February 2027"),
        (datetime(2027, 2, 8, 14, 5, tzinfo=UTC), "8 February 2027, 14:05"),
        (Named(()), ""),
        (all_of(["ana"]), "ana"),
        (all_of(["ana", "bo"]), "ana and bo"),
        (all_of(["ana", "bo", "caio"]), "ana, bo and caio"),
        (any_of(["ana", "bo", "caio"]), "ana, bo or caio"),
        (say("{n} of {all}", n=3, all=1000), "3 of 1,000"),
    ],
)
def test_values_in_english(value, said):
    """Worked out by hand."""
    assert f"it is {said}." == words().say(say("it is {value}.", value=value))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1,380,000", "37.5", "2.5%", "R$ 1,380,000", "€2.50", "January 2027", "8 February 2027", "a, b and c"]),
        (
            "pt-BR",
            [
                "1.380.000",
                "37,5",
                "2,5%",
                "R$ 1.380.000",
                "€ 2,50",
                "janeiro de 2027",
                "8 de fevereiro de 2027",
                "a, b e c",
            ],
        ),
        (
            "es",
            [
                "1.380.000",
                "37,5",
                "2,5 %",
                "1.380.000 R$",
                "2,50 €",
                "enero de 2027",
                "8 de febrero de 2027",
                "a, b y c",
            ],
        ),
        ("it", ["1.380.000", "37,5", "2,5%", "1.380.000 R$", "2,50 €", "gennaio 2027", "8 febbraio 2027", "a, b e c"]),
        ("pl", ["1 380 000", "37,5", "2,5%", "1 380 000 R$", "2,50 €", "styczeń 2027", "8 lutego 2027", "a, b i c"]),
    ],
)
def test_each_language_has_its_own_numbers_months_and_lists(language, said):
    """Even before its catalogue is written; spaces are plain ones."""
    speak = words(language)

    assert said == [
        speak.number(1380000),
        speak.number(Fraction(75, 2)),
        speak.share(Share(Fraction(1, 40))),
        speak.money(Money(Fraction(1380000), "BRL")),
        speak.money(Money(Fraction(5, 2), "EUR")),
        speak.month(Month(2027, 1)),
        speak.date(date(2027, 2, 8)),
        speak.names(all_of(["a", "b", "c"])),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Jan", "January", "Mon", "R$ 240K", "R$ 1.38M", "R$ 950"]),
        ("pt-BR", ["jan.", "janeiro", "seg.", "R$ 240 mil", "R$ 1,38 mi", "R$ 950"]),
        ("es", ["ene", "enero", "lun", "240 mil R$", "1,38 M R$", "950 R$"]),
        ("it", ["gen", "gennaio", "lun", "240.000 R$", "1,38 Mln R$", "950 R$"]),
        ("pl", ["sty", "styczeń", "pon.", "240 tys. R$", "1,38 mln R$", "950 R$"]),
    ],
)
def test_short_forms_for_tables_and_drawings(language, said):
    speak = words(language)

    assert said == [
        speak.month_short(Month(2027, 1)),
        speak.month_name(Month(2027, 1)),
        speak.weekday_short(date(2027, 2, 8)),
        *(speak.money_short(Money(Fraction(amount), "BRL")) for amount in (240000, 1380000, 950)),
    ]


COUNTS = (0, 1, 2, 5, 12, 22, 25, Fraction(1, 2), Fraction(3, 2), Fraction(5, 2), Fraction(2), -1)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "0 leads|1 lead|2 leads|5 leads|12 leads|22 leads|25 leads|0.5 leads|1.5 leads|2.5 leads|2 leads|-1 lead",
        ),
        (
            "pt-BR",
            "0 lead|1 lead|2 leads|5 leads|12 leads|22 leads|25 leads|0,5 lead|1,5 lead|2,5 leads|2 leads|-1 lead",
        ),
        (
            "es",
            "0 leads|1 lead|2 leads|5 leads|12 leads|22 leads|25 leads|0,5 leads|1,5 leads|2,5 leads|2 leads|-1 lead",
        ),
        ("it", "0 lead|1 lead|2 lead|5 lead|12 lead|22 lead|25 lead|0,5 lead|1,5 lead|2,5 lead|2 lead|-1 lead"),
        (
            "pl",
            "0 leadów|1 lead|2 leady|5 leadów|12 leadów|22 leady|25 leadów|"
            "0,5 leada|1,5 leada|2,5 leada|2 leady|-1 lead",
        ),
    ],
)
def test_each_language_counts_by_its_own_forms(language, said):
    """After Unicode's plural rules. In Polish a fraction has a form of its own, the genitive singular."""
    counted = [words(language).say(say_counted("{count} lead", "{count} leads", count=count)) for count in COUNTS]

    assert said.split("|") == counted


@pytest.mark.parametrize(
    ("language", "hours", "days", "months", "span", "moment", "either"),
    [
        (
            "en",
            ["1 business hour", "4 business hours", "8 business hours"],
            ["1 business day", "2 business days", "5 business days"],
            ["1 month", "2 months", "6 months"],
            "January to March 2027",
            "8 February 2027, 14:05",
            "a, b or c",
        ),
        (
            "pt-BR",
            ["1 hora útil", "4 horas úteis", "8 horas úteis"],
            ["1 dia útil", "2 dias úteis", "5 dias úteis"],
            ["1 mês", "2 meses", "6 meses"],
            "janeiro a março de 2027",
            "8 de fevereiro de 2027, 14:05",
            "a, b ou c",
        ),
        (
            "es",
            ["1 hora hábil", "4 horas hábiles", "8 horas hábiles"],
            ["1 día hábil", "2 días hábiles", "5 días hábiles"],
            ["1 mes", "2 meses", "6 meses"],
            "enero – marzo de 2027",
            "8 de febrero de 2027, 14:05",
            "a, b o c",
        ),
        (
            "it",
            ["1 ora lavorativa", "4 ore lavorative", "8 ore lavorative"],
            ["1 giorno lavorativo", "2 giorni lavorativi", "5 giorni lavorativi"],
            ["1 mese", "2 mesi", "6 mesi"],
            "gennaio–marzo 2027",
            "8 febbraio 2027, 14:05",
            "a, b o c",
        ),
        (
            "pl",
            ["1 godzina robocza", "4 godziny robocze", "8 godzin roboczych"],
            ["1 dzień roboczy", "2 dni robocze", "5 dni roboczych"],
            ["1 miesiąc", "2 miesiące", "6 miesięcy"],
            "styczeń – marzec 2027",
            "8 lutego 2027, 14:05",
            "a, b lub c",
        ),
    ],
)
def test_each_language_has_its_own_times_and_periods(language, hours, days, months, span, moment, either):
    speak = words(language)

    assert (hours, days, months, span, moment, either) == (
        [speak.duration(Duration(count, Unit.BUSINESS_HOURS)) for count in (1, 4, 8)],
        [speak.duration(Duration(count, Unit.BUSINESS_DAYS)) for count in (1, 2, 5)],
        [speak.duration(Duration(count, Unit.MONTHS)) for count in (1, 2, 6)],
        speak.period(Period(Month(2027, 1), Month(2027, 3))),
        speak.moment(datetime(2027, 2, 8, 14, 5, tzinfo=UTC)),
        speak.names(any_of(["a", "b", "c"])),
    )


def test_words_with_translations_are_said_in_the_language_of_the_reader():
    """In a sentence, in a list and as a piece of a file; where there is no translation, as they are."""
    name = Translated("Ads", {"en": "Ads", "pt-BR": "Anúncios"})
    message = say("{a}, {b}, {c}", a=name, b=Written(name), c=all_of([name, "x"]))

    assert ["Ads, Ads, Ads and x", "Anúncios, Anúncios, Anúncios e x", "Ads, Ads, Ads y x"] == [
        words(language).say(message) for language in ("en", "pt-BR", "es")
    ]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 leads"),
        (1, "1 lead"),
        (2, "2 leads"),
        (1000, "1,000 leads"),
        (Fraction(1), "1 lead"),
        (Fraction(3, 2), "1.5 leads"),
    ],
)
def test_the_count_chooses_the_plural(count, said):
    assert said == words().say(say_counted("{count} lead", "{count} leads", count=count))


def test_only_the_braces_of_the_text_are_filled():
    """A name that holds braces is shown as it is."""
    message = say("{who} calls {whom}", who="{whom}", whom="{count}{0}%s")

    assert "{whom} calls {count}{0}%s" == words().say(message)


def test_messages_inside_messages_are_worded_first():
    inner = say_counted("{count} lead", "{count} leads", count=3)

    assert "late: 3 leads, 90%" == words().say(say("late: {what}, {share}", what=inner, share=Share(Fraction(9, 10))))


def test_a_missing_value_is_an_error():
    """Never a page with braces."""
    with pytest.raises(KeyError):
        words().say(Message("{count} leads", {}))


def test_no_number_is_too_long_to_be_said():
    """An agreement may hold nonsense, and must be told so."""
    nines = 10**4000 - 1
    money = Money(Fraction(nines), "BRL")

    assert "9" * 4000 == words().number(nines).replace(",", "")
    assert "R$ " + "9" * 4000 == words().money(money).replace(",", "")
    assert words().money_short(money).startswith("R$ ")
    assert words().share(Share(Fraction(nines))).endswith("%")


def test_an_unknown_language_is_an_error():
    with pytest.raises(KeyError):
        words("fr")


@given(st.fractions(0, 1, max_denominator=10**6))
def test_a_share_is_whole_or_nothing_only_where_it_is(share):
    """And else within half of its last digit."""
    said = words().share(Share(share))
    shown = Fraction(said.removesuffix("%")) / 100

    assert (share in (0, 1)) is (said in ("0%", "100%"))
    assert abs(shown - share) < Fraction(1, 1000)


@given(st.fractions(-(10**9), 10**9))
def test_money_is_exact_to_the_cent(amount):
    said = words().money(Money(amount, "BRL"))
    shown = Fraction(said.replace("R$ ", "").replace(",", ""))

    assert abs(shown - amount) <= Fraction(1, 200)
    assert ("." in said) is (amount.denominator != 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_say_all_durations(language):
    said = [words(language).duration(Duration(count, unit)) for unit in Unit for count in (1, 2, 5)]

    assert len(said) == len(set(said))


def test_plain_words_need_no_babel():
    """A clean agreement is checked without waiting for its tables."""
    code = (
        "import sys; from checker.language import words; from checker.message import say, say_counted;"
        "words().say(say_counted('{count} line of {file}', '{count} lines of {file}', count=3, file='a.yaml'));"
        "sys.exit('babel' in sys.modules)"
    )

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode
