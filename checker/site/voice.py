"""How pages speak: messages and values in the reader's language, escaped, with markup only where a page put it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from markupsafe import Markup

from checker.language import Words
from checker.message import Argument, Message, Named, Translated, Written, say, say_counted
from checker.quantity import Duration, Money, Month, Period, Share
from checker.report.plain_text import plain
from checker.site.safe import escaped, safe

_OPEN, _CLOSE = "\ue000", "\ue001"
_A_MONDAY = date(2027, 6, 7)
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_SAID_ALIKE = {str, Markup, int, Fraction, Month, Share, Duration}
"""Kinds of values that are said alike where they are equal."""
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


class Voice:
    """Says everything that stands on a page."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._said: dict[Hashable, Markup] = {}

    def say(self, message: Message) -> Markup:
        """A message, escaped. Arguments that are markup (a link, an emphasised name) stay what they are.

        The pages of many promises say much the same: what was said once is kept.
        """
        key = _same(message)
        if key is None:
            return self._put_into_words(message)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = self._put_into_words(message)
        return said

    def _put_into_words(self, message: Message) -> Markup:
        """A message, escaped.

        The words are put together with a mark in the place of each piece of markup; so the language's own order and
        commas hold, and the pieces come back after the escape.
        """
        pieces: list[Markup] = []
        said = plain(self.words.say(self._marked(message, pieces)))
        parts = enumerate(_MARK.split(said))
        return Markup("").join(
            pieces[int(part)] if number % 2 and int(part) < len(pieces) else escaped(part) for number, part in parts
        )

    def _marked(self, message: Message, pieces: list[Markup]) -> Message:
        def marked(value: Argument) -> Argument:
            if isinstance(value, Markup):
                pieces.append(value)
                return Written(f"{_OPEN}{len(pieces) - 1}{_CLOSE}")
            if isinstance(value, Named):
                return Named(tuple(str(_text(marked(name))) for name in value.names), value.last)
            if isinstance(value, Message):
                return self._marked(value, pieces)
            if isinstance(value, Written):
                return Written(_MARKS.sub("", self.words.text(value)))
            return _MARKS.sub("", self.words.text(value)) if isinstance(value, str) else value

        return Message(message.text, {name: marked(value) for name, value in message.arguments.items()}, message.many)

    # ------------------------------------------------------------ in templates

    def shown(self, value: object) -> Markup:
        """A value as it leaves a template: escaped, and in the reader's language where the agreement has it in that."""
        return safe(self.words.text(value) if isinstance(value, Translated) else value)

    def gettext(self, text: str, /, **arguments: Argument) -> Markup:
        """`_("…", name=value)` of the templates."""
        return self.say(say(text, **arguments))

    def ngettext(self, one: str, many: str, /, *, count: int | Fraction, **arguments: Argument) -> Markup:
        """`ngettext("{count} lead", "{count} leads", count=n)` of the templates."""
        return self.say(say_counted(one, many, count=count, **arguments))

    def number(self, value: int | float | Fraction) -> Markup:
        """A count or another plain number."""
        return safe(self.words.number(exact(value)))

    def share(self, value: Share | Fraction | float) -> Markup:
        """A part of a whole as a percentage."""
        return safe(self.words.share(value if isinstance(value, Share) else Share(exact(value))))

    def tenths(self, value: float) -> Markup:
        """A measured share to a tenth of a percent, so that columns line up; only all of it is 100%."""
        tenths = round(exact(value) * 1000)
        if tenths in (0, 1000) and tenths != exact(value) * 1000:
            tenths += 1 if tenths == 0 else -1
        return safe(self.words.share(Share(Fraction(tenths, 1000))))

    def whole_percent(self, value: float) -> Markup:
        """A probability, which is not known better than that."""
        return safe(self.words.share(Share(Fraction(round(value * 100), 100))))

    def money(self, value: Money) -> Markup:
        """An amount with its currency."""
        return safe(self.words.money(value))

    def month(self, value: Month) -> Markup:
        """A month with its year."""
        return safe(self.words.month(value))

    def month_short(self, value: Month) -> Markup:
        """A month in a column's head or below a drawing: a few letters."""
        return safe(self.words.month_short(value))

    def weekday(self, number: int) -> str:
        """The name of a day of the week; Monday is 0."""
        return str(self.words.locale.days["stand-alone"]["wide"][number])

    def short_weekday(self, number: int) -> Markup:
        """The name of a day of the week in a few letters."""
        return safe(self.words.weekday_short(_A_MONDAY + timedelta(days=number)))

    def money_short(self, value: Money) -> Markup:
        """An amount in a drawing, where there is no room."""
        return safe(self.words.money_short(value))

    def date(self, value: date | datetime) -> Markup:
        """A day, or a day with its time."""
        return safe(self.words.moment(value) if isinstance(value, datetime) else self.words.date(value))

    def duration(self, value: Duration) -> Markup:
        """A length of time."""
        return self.gettext("{time}", time=value)

    def listed(self, pairs: Iterable[tuple[str, str]]) -> Markup:
        """What a drawing shows, in words, for those who do not see it."""
        return Markup("; ").join(
            self.gettext("{name}: {figures}", name=name, figures=figures) for name, figures in pairs
        )

    def names(self, names: Iterable[str], last: str = "and") -> Markup:
        """Names joined with the language's comma and its "and" or "or"."""
        return self.gettext("{names}", names=Named(tuple(names), last))


def months_in_words(months: Sequence[Month]) -> Month | Period:
    """Some months from the first to the last, for a message; one month is just that."""
    return months[0] if months[0] == months[-1] else Period(months[0], months[-1])


def exact(value: int | float | Fraction) -> Fraction:
    """A number of a results file as a fraction with at most six digits after the point."""
    return value if isinstance(value, Fraction) else Fraction(value).limit_denominator(1_000_000)


def _same(value: Argument) -> Hashable | None:
    """What is the same for two values only where they are said alike; None where that is not known.

    Values that are equal may be said otherwise: a text is escaped that markup is not, and words of the agreement have
    translations that their letters do not tell.
    """
    kind = type(value)
    if kind in _SAID_ALIKE:
        return kind, value
    if isinstance(value, Written):
        return (kind, value.text) if type(value.text) is str else None
    if isinstance(value, Named):
        return (kind, value.last, value.names) if {type(name) for name in value.names} <= {str} else None
    if isinstance(value, Message):
        parts: list[Hashable] = [value.text, value.many]
        for name, argument in value.arguments.items():
            part = _same(argument)
            if part is None:
                return None
            parts += (name, part)
        return tuple(parts)
    return None


def _text(value: Argument) -> str:
    return value.text if isinstance(value, Written) else str(value)
