"""Words of one language: messages filled in, and every kind of value as people there write it."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING

from checker.language.translations import SOURCE_LANGUAGE, translations
from checker.message import Argument, Message, Named, Written, say, say_counted
from checker.quantity import Duration, Money, Month, Period, Share, Unit

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = (SOURCE_LANGUAGE, "pt-BR", "es", "it", "pl")
"""The languages that messages and pages can be had in."""

_DURATIONS = {
    Unit.MINUTES: lambda count: say_counted("{count} minute", "{count} minutes", count=count),
    Unit.HOURS: lambda count: say_counted("{count} hour", "{count} hours", count=count),
    Unit.DAYS: lambda count: say_counted("{count} day", "{count} days", count=count),
    Unit.WEEKS: lambda count: say_counted("{count} week", "{count} weeks", count=count),
    Unit.MONTHS: lambda count: say_counted("{count} month", "{count} months", count=count),
    Unit.BUSINESS_MINUTES: lambda count: say_counted(
        "{count} business minute", "{count} business minutes", count=count
    ),
    Unit.BUSINESS_HOURS: lambda count: say_counted("{count} business hour", "{count} business hours", count=count),
    Unit.BUSINESS_DAYS: lambda count: say_counted("{count} business day", "{count} business days", count=count),
}
_BRACES = re.compile(r"\{(\w+)\}")


class Words:
    """Speaks one language. Babel is asked only where a value needs it, because loading it takes time."""

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def locale(self) -> Locale:
        """Babel's description of the language."""
        from babel import Locale

        return Locale.parse(self.language, sep="-")

    def say(self, message: Message) -> str:
        """A message in words: translated, and each brace filled with its value."""
        catalogue = translations(self.language)
        if message.many is None:
            text = catalogue.gettext(message.text)
        else:
            text = catalogue.ngettext(message.text, message.many, self._plural_number(message.arguments["count"]))
        # only the braces of the text itself are filled: a value that holds braces stays as it is
        return _BRACES.sub(lambda brace: self.value(message.arguments[brace[1]]), text)

    def _plural_number(self, count: Argument) -> int:
        if isinstance(count, Fraction):
            # no language says "1.5 lead": a part counts as several
            return int(count) if count.denominator == 1 else 2
        if isinstance(count, int):
            return count
        raise TypeError(f"a count must be a number, not {count!r}")

    def value(self, value: Argument) -> str:
        """Any argument of a message."""
        if isinstance(value, str):
            return value
        if isinstance(value, Written):
            return value.text
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, (int, Fraction)):
            return self.number(value)
        if isinstance(value, Named):
            return self.names(value)
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, Share):
            return self.share(value)
        if isinstance(value, Month):
            return self.month(value)
        if isinstance(value, Period):
            return self.period(value)
        if isinstance(value, Duration):
            return self.duration(value)
        return self.moment(value) if isinstance(value, datetime) else self.date(value)

    def number(self, value: int | Fraction) -> str:
        """A number with the language's separators, with at most two decimals."""
        if isinstance(value, int) and abs(value) < 1000:
            return str(value)
        from babel.numbers import format_decimal

        return format_decimal(_decimal(value), format="#,##0.##", locale=self.locale)

    def share(self, value: Share) -> str:
        """A share as a percentage, with at most one decimal."""
        from babel.numbers import format_percent

        pattern = re.sub(r"#,##0(\.0+)?", "#,##0.#", self.locale.percent_formats[None].pattern)
        return format_percent(_decimal(value.value), format=pattern, locale=self.locale)

    def money(self, value: Money) -> str:
        """An amount with its currency's usual sign; cents are shown only where there are some."""
        from babel.numbers import format_currency, get_currency_symbol

        decimals = "" if value.amount.denominator == 1 else ".00"
        if not value.currency:
            return self.number(value.amount)
        pattern = re.sub(r"#,##0\.0+", f"#,##0{decimals}", self.locale.currency_formats["standard"].pattern)
        if pattern.startswith("¤#") and get_currency_symbol(value.currency, self.locale)[0].isalpha():
            # "R$ 30" and "PLN 30", but "€30"
            pattern = pattern.replace("¤", "¤ ", 1)
        return format_currency(
            _decimal(value.amount), value.currency, format=pattern, locale=self.locale, currency_digits=False
        ).replace("\u00a0", " ")

    def month(self, value: Month) -> str:
        """`January 2027`."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", value.first_day, locale=self.locale)

    def month_name(self, value: Month) -> str:
        """`January`, without the year."""
        return str(self.locale.months["stand-alone"]["wide"][value.number])

    def short_month(self, value: Month) -> str:
        """`Jan`: for the axis of a picture."""
        return str(self.locale.months["stand-alone"]["abbreviated"][value.number])

    def period(self, value: Period) -> str:
        """`January to March 2027`."""
        if value.first == value.last:
            return self.month(value.first)
        first = self.month_name(value.first) if value.first.year == value.last.year else self.month(value.first)
        return self.say(say("{first} to {last}", first=first, last=self.month(value.last)))

    def weekday(self, value: date) -> str:
        """`Monday`."""
        return str(self.locale.days["stand-alone"]["wide"][value.weekday()])

    def duration(self, value: Duration) -> str:
        """`4 business hours`."""
        return self.say(_DURATIONS[value.unit](value.count))

    def names(self, value: Named) -> str:
        """Several names joined with the language's comma and its "and" or "or"."""
        if len(value.names) < 2:
            return "".join(value.names)
        from babel.lists import format_list

        return format_list(value.names, style="or" if value.last == "or" else "standard", locale=self.locale)

    def date(self, value: date) -> str:
        """`February 8, 2027`."""
        from babel.dates import format_date

        return format_date(value, format="long", locale=self.locale)

    def moment(self, value: datetime) -> str:
        """A date and time of day, in the time zone that the value has."""
        from babel.dates import format_datetime

        return self.say(
            say(
                "{date}, {time}", date=self.date(value.date()), time=format_datetime(value, "HH:mm", locale=self.locale)
            )
        )


def _decimal(value: int | Fraction) -> float | int:
    """For display alone: formatting rounds to a few digits, far above what a float loses."""
    return int(value) if value == int(value) else float(value)


@cache
def words(language: str = SOURCE_LANGUAGE) -> Words:
    """The words of a language; raises KeyError for one that is not among `LANGUAGES`."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Words(language)
