"""Words of one language: messages filled in, and every kind of value as people there write it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING

from checker.language import numbers
from checker.language.known import LANGUAGES, SOURCE_LANGUAGE
from checker.language.translations import translations
from checker.message import Argument, Message, Named, Written, in_language, say, say_counted, without_password
from checker.quantity import Duration, Money, Month, Period, Share, Unit

if TYPE_CHECKING:
    from babel import Locale

_LOCALES = {SOURCE_LANGUAGE: "en-GB"}
"""English is the international one: 1 March 2027, 14:05, "a, b and c"."""

_DURATIONS: dict[Unit, Callable[[int], Message]] = {
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
    """Speaks one language. Babel is asked only where a value needs it, because loading it takes time.

    Spaces are plain ones, so that what is printed can be searched and compared.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def locale(self) -> Locale:
        """Babel's description of the language."""
        from babel import Locale

        return Locale.parse(_LOCALES.get(self.language, self.language), sep="-")

    def say(self, message: Message) -> str:
        """A message in words: translated, and each brace filled with its value."""
        catalogue = translations(self.language)
        if message.many is None:
            text = catalogue.text(message.text)
        else:
            number = form_number(message.arguments["count"], self.language)
            text = catalogue.counted(message.text, message.many, number)
        # Only the braces of the text itself are filled: a value that holds braces stays as it is.
        return _BRACES.sub(lambda brace: self.value(message.arguments[brace[1]]), text)

    def value(self, value: Argument) -> str:
        """Any argument of a message."""
        match value:
            case str() | Written():
                return without_password(self.text(value))
            case Message():
                return self.say(value)
            case int() | Fraction():
                return self.number(value)
            case Named():
                return self.names(value)
            case Money():
                return self.money(value)
            case Share():
                return self.share(value)
            case Month():
                return self.month(value)
            case Period():
                return self.period(value)
            case Duration():
                return self.duration(value)
            case datetime():
                return self.moment(value)
            case date():
                return self.date(value)

    def text(self, value: str | Written) -> str:
        """A text as it is written; of words with translations those of this language, if it is among them."""
        return in_language(value.text if isinstance(value, Written) else value, self.language)

    def number(self, value: int | Fraction) -> str:
        """A number with the language's separators, with at most two decimals: `1,380,000`, `4.25`."""
        if isinstance(value, int) and abs(value) < 1000:
            return str(value)
        return numbers.number(value, self.locale)

    def share(self, value: Share) -> str:
        """A share as a percentage: `25%`, `2.5%`. See `checker.language.numbers.percentage` for what is rounded."""
        return numbers.percentage(value.value, self.locale)

    def money(self, value: Money) -> str:
        """An amount with its currency's usual sign, cents only where there are some: `R$ 1,380,000`."""
        return numbers.money(value, self.locale)

    def money_short(self, value: Money) -> str:
        """An amount for a drawing, to three digits: `R$ 240K`."""
        return numbers.money_short(value, self.locale)

    def month(self, value: Month) -> str:
        """`January 2027`."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", value.first_day, locale=self.locale)

    def month_name(self, value: Month) -> str:
        """`January`, without the year."""
        return str(self.locale.months["stand-alone"]["wide"][value.number])

    def month_short(self, value: Month) -> str:
        """`Jan`: for the head of a column, or below a drawing."""
        return str(self.locale.months["stand-alone"]["abbreviated"][value.number])

    def weekday_short(self, value: date) -> str:
        """`Mon`."""
        return str(self.locale.days["stand-alone"]["abbreviated"][value.weekday()])

    def period(self, value: Period) -> str:
        """`January to March 2027`."""
        if value.first == value.last:
            return self.month(value.first)
        first = self.month_name(value.first) if value.first.year == value.last.year else self.month(value.first)
        return self.say(say("{first} to {last}", first=first, last=self.month(value.last)))

    def date(self, value: date) -> str:
        """`8 February 2027`."""
        from babel.dates import format_date

        return format_date(value, format="long", locale=self.locale)

    def moment(self, value: datetime) -> str:
        """`8 February 2027, 14:05`: date and time of day, in the time zone that the value has."""
        return self.say(say("{date}, {time}", date=self.date(value.date()), time=f"{value:%H:%M}"))

    def duration(self, value: Duration) -> str:
        """`4 business hours`."""
        return self.say(_DURATIONS[value.unit](value.count))

    def names(self, value: Named) -> str:
        """Several names joined with the language's comma and its "and" or "or": `a, b and c`."""
        names = tuple(map(self.text, value.names))
        if len(names) < 2:
            return "".join(names)
        from babel.lists import format_list

        return format_list(names, style="or" if value.last == "or" else "standard", locale=self.locale)


def form_number(count: Argument, language: str) -> int:
    """The whole number that chooses among a language's plurals in the place of a count, below zero or not.

    A fraction has a form of its own in Polish ("1,5 leada"), which the catalogue keeps under a number below zero. In
    Portuguese what is less than two is one ("1,5 lead"), elsewhere each part counts as several (Unicode's CLDR, plural
    rules).
    """
    if isinstance(count, Fraction):
        if count.denominator == 1:
            return abs(int(count))
        return -1 if language == "pl" else int(abs(count)) if language == "pt-BR" else 2
    if isinstance(count, int):
        return abs(count)
    raise TypeError(f"a count must be a number, not {count!r}")


@cache
def words(language: str = SOURCE_LANGUAGE) -> Words:
    """The words of a language; raises KeyError for one that is not among `LANGUAGES`."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Words(language)
