"""Numbers that people write with separators for thousands, and the same numbers as the format writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

_SIGN = r"(?:R\$|US\$|\$|€|£|¥|zł|Fr|[A-Z]{3})"
_TEST = r"(?:at least|at most|more than|less than|not)"
_UNIT = r"(?:x| (?:a month|times|(?:business )?(?:minute|hour|day)s?|(?:week|month)s?))"
_GROUPED = r"[0-9]{1,3}(?:[.,_][0-9]{3})+"
_NUMBER = rf"-?(?:{_GROUPED}|[0-9]+)(?:[.,][0-9]{{1,2}})?"
_AMOUNT = rf"(?:{_SIGN} ?)?{_NUMBER}"
_QUANTITY = re.compile(rf"(?:{_TEST} )?{_AMOUNT}(?: to {_AMOUNT})?{_UNIT}?\Z")
_GROUP = re.compile(rf"(?<![0-9.,_]){_GROUPED}(?![0-9]|[.,_][0-9]{{3}})")
_CENTS = re.compile(r"(?<=[0-9]),(?=[0-9]{1,2}(?![0-9]))")
_WITH_SIGN = re.compile(_SIGN)
_MOST_DECIMALS = 10
_ZEROS_FIRST = re.compile(r"-?0+[0-9]+(?:\.[0-9]+)?\Z")
_DECIMAL_COMMA = re.compile(rf"(?:{_TEST} )?(?:{_SIGN} ?)?-?[0-9]+,[0-9]{{1,2}}(?:%|{_UNIT})?\Z")


class Respelled(NamedTuple):
    """A number as the format writes it, and as it would be written if the separator was meant as a decimal point
    (None where it cannot be).
    """

    text: str
    decimal: str | None


def without_thousands(text: str) -> Respelled | None:
    """`R$ 30.000` -> `R$ 30000`, `1_000` -> `1000`, `1.200` -> `1200` or `1.2`. None where nothing looks so.

    Only a text that is a quantity as a whole is looked at (`at most R$ 12.000`), never a number inside prose; and only
    points and underscores, because a comma is refused wherever a number is expected.
    """
    if ("." not in text and "_" not in text) or not _QUANTITY.match(text):
        return None
    groups = [match[0] for match in _GROUP.finditer(text) if not match[0].startswith("0") and "," not in match[0]]
    if not groups:
        return None
    sure = _WITH_SIGN.search(text) or any("_" in group or group.count(".") > 1 for group in groups)
    return Respelled(_join(text), None if sure else _GROUP.sub(lambda match: _shorter(match[0]), text))


def with_commas(text: str) -> str | None:
    """`R$ 30,000` -> `R$ 30000`, `2,5%` -> `2.5%`: for a quantity that a comma tears apart."""
    if _DECIMAL_COMMA.match(text):
        return text.replace(",", ".")
    if _QUANTITY.match(text) and _GROUP.search(text):
        return _join(text)
    return None


def without_zeros_first(text: str) -> str | None:
    """`010` -> `10`."""
    if not _ZEROS_FIRST.match(text):
        return None
    sign = "-" if text.startswith("-") else ""
    stripped = text.lstrip("-0")
    return sign + ("0" + stripped if not stripped or stripped.startswith(".") else stripped)


def plain_number(number: Fraction) -> str:
    """A number as the format writes it: `22`, `2.5`; with two decimals where it has more than ten."""
    if number.denominator == 1:
        return str(number.numerator)
    digits = next((count for count in range(1, _MOST_DECIMALS + 1) if (number * 10**count).denominator == 1), None)
    rounded = round(number * 100) if digits is None else (number * 10**digits).numerator
    return str(Decimal(rounded).scaleb(-(digits or 2)))


def in_the_manner_of(written: str, old: Fraction, new: Fraction) -> str:
    """Another number in the manner of a text: `22 a month` -> `23 a month`, `R$ 9000` -> `R$ 9667`."""
    times = 100 if written.endswith("%") else 1
    was, is_now = plain_number(old * times), plain_number(new * times)
    return written.replace(was, is_now, 1) if was in written else is_now


def _join(text: str) -> str:
    return _CENTS.sub(".", _GROUP.sub(lambda match: re.sub("[.,_]", "", match[0]), text))


def _shorter(decimal: str) -> str:
    """The same decimal without exactly three places: `1.200` -> `1.2`, `1.234` -> `1.2340`."""
    stripped = decimal.rstrip("0").rstrip(".")
    return f"{stripped}0" if stripped == decimal else stripped
