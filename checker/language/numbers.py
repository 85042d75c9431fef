"""Numbers, percentages and money as a language writes them: exact until the last digit that is shown.

Babel knows each language's separators and where the sign of a currency stands. Halves are rounded away from zero.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from checker.quantity import CURRENCY_SIGNS, Money

if TYPE_CHECKING:
    from babel import Locale

_DIGITS = re.compile(r"#,##0(?:\.0+)?")
_PRECISION = 5000
"""Digits that a number may have. Python reads no longer ones, so that none is too long to be said."""
_KEPT = 1024
"""How many numbers are remembered as they are written: the same few stand on all pages."""
_SPACES = str.maketrans("\u00a0\u202f", "  ")


@lru_cache(maxsize=_KEPT)
def number(value: int | Fraction, locale: Locale) -> str:
    """With at most two decimals."""
    return _formatted(_rounded(value, 2), "#,##0.##", locale)


@lru_cache(maxsize=_KEPT)
def percentage(share: Fraction, locale: Locale) -> str:
    """A share as people say it: two decimals where that is exact (`2.25%`), else one (`33.3%`).

    What is not all or nothing never becomes 100% or 0% by rounding: 2,999 of 3,000 are 99.9%.
    """
    percent = share * 100
    shown = _rounded(percent, 2)
    if shown != percent:
        shown = _rounded(percent, 1)
        if shown in (0, 100, -100):
            shown += Decimal("0.1") if percent > shown else Decimal("-0.1")
    pattern = str(locale.percent_formats[None].pattern)
    digits = _formatted(shown, "#,##0.##", locale)
    return _DIGITS.sub(lambda _: digits, pattern).translate(_SPACES)


def money(value: Money, locale: Locale) -> str:
    """An amount with its sign where the language puts it; a sign of several letters stands apart (`R$ 30`, `€30`)."""
    cents = "" if value.amount.denominator == 1 else ".00"
    return _with_sign(_formatted(_rounded(abs(value.amount), 2), f"#,##0{cents}", locale), value, locale)


def money_short(value: Money, locale: Locale) -> str:
    """An amount to three digits: `R$ 240K`, `R$ 1.38M`."""
    from babel.numbers import format_compact_decimal

    whole = int(abs(value.amount))
    leading = len(str(whole)) % 3 or 3
    with localcontext(prec=_PRECISION):
        short = format_compact_decimal(_rounded(abs(value.amount), 2), locale=locale, fraction_digits=3 - leading)
    if short.isdigit():
        # Italian has no short word for thousands.
        short = number(whole, locale)
    return _with_sign(short.translate(_SPACES), value, locale)


def _with_sign(amount: str, value: Money, locale: Locale) -> str:
    if not value.currency:
        return amount if value.amount >= 0 else f"-{amount}"
    pattern = locale.currency_formats["standard"]
    is_negative = value.amount < 0
    before, behind = pattern.prefix[is_negative], pattern.suffix[is_negative]
    sign = CURRENCY_SIGNS.get(value.currency, value.currency)
    if len(sign) > 1 and before.endswith("¤"):
        before += " "
    return f"{before}\0{behind}".replace("¤", sign).translate(_SPACES).replace("\0", amount)


def _formatted(value: Decimal, pattern: str, locale: Locale) -> str:
    from babel.numbers import format_decimal

    with localcontext(prec=_PRECISION):
        return format_decimal(value, format=pattern, locale=locale).translate(_SPACES)


def _rounded(value: int | Fraction, places: int) -> Decimal:
    scale = 10**places
    units = abs(value) * scale
    whole = (2 * units.numerator + units.denominator) // (2 * units.denominator)
    with localcontext(prec=_PRECISION):
        rounded = Decimal(whole).scaleb(-places)
    return -rounded if value < 0 else rounded
