"""How numbers are written: what stands before the decimals, what parts thousands, which signs of money go along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

_SIGNS = r"(?:R\$|US\$|\$|€|£|zł|[A-Z]{3})"
_MONEY = re.compile(rf"(?:{_SIGNS}[ \u00a0]?)?(?P<number>[+-]?\d[\d.,' \u00a0\u202f]*)(?:[ \u00a0]?{_SIGNS})?")
_PLAIN = re.compile(r"[+-]?\d+")
_POINT = re.compile(r"[+-]?\d+\.\d+")
_GROUPS = r"[+-]?\d{1,3}(?:%s\d{3})+"
_COMMA_PROOF = re.compile(
    rf"[+-]?\d+,(?:\d{{1,2}}|\d{{4,}})|0,\d+|{_GROUPS % '[. ]'},\d+|{_GROUPS % '[.]'}(?:[.]\d{{3}})"
)
_POINT_PROOF = re.compile(
    rf"[+-]?\d+\.(?:\d{{1,2}}|\d{{4,}})|0\.\d+|{_GROUPS % '[, ]'}\.\d+|{_GROUPS % ','}(?:,\d{{3}})"
)
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What the values of a column tell of how numbers are written.

    `decimal` is the mark that some value proves, None where none does; `ambiguous` are values such as `1.200`, of which
    nobody can tell whether they are more than a thousand. `zero` is the way in which most of the zeros are written.
    """

    decimal: str | None
    ambiguous: tuple[str, ...]
    zero: str | None
    zeros: int
    total: int
    typical: Decimal
    """The value in the middle of those that are not zero; 0 where all are."""
    is_whole: bool
    has_currency: bool


def read_numbers(values: Mapping[str, int]) -> NumberReading | None:
    """How the values (with how often each stands there) are written as numbers; None where one of them is none."""
    bare: dict[str, str] = {}
    for value in values:
        match = _MONEY.fullmatch(value)
        if match is None or not _is_number(match["number"]):
            return None
        bare[value] = match["number"]
    if not bare:
        return None
    by_comma = any(_COMMA_PROOF.fullmatch(number) for number in bare.values())
    by_point = any(_POINT_PROOF.fullmatch(number) for number in bare.values())
    if by_comma and by_point:
        return None
    decimal = "," if by_comma else "." if by_point else None
    ambiguous = tuple(value for value, number in bare.items() if decimal is None and _EITHER.fullmatch(number))
    exact = {value: _exact(number, decimal or ".") for value, number in bare.items()}
    zeros = {value: values[value] for value in bare if exact[value] == 0}
    others = sorted(number for value, number in exact.items() if number != 0 for _ in range(min(values[value], 50)))
    return NumberReading(
        decimal,
        ambiguous,
        max(zeros, key=lambda value: zeros[value], default=None),
        sum(zeros.values()),
        sum(values.values()),
        others[len(others) // 2] if others else Decimal(0),
        all(number == number.to_integral_value() for number in exact.values()),
        any(bare[value] != value for value in bare),
    )


def parts_thousands(values: Iterable[str], decimal: str) -> bool:
    """Whether some value parts its thousands, which is read only where the decimal mark is declared."""
    sign = "." if decimal == "," else ","
    return any(sign in value or " " in value for value in values)


def _is_number(text: str) -> bool:
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    return any(pattern.fullmatch(plain) for pattern in (_PLAIN, _POINT, _COMMA_PROOF, _POINT_PROOF, _EITHER)) or (
        re.fullmatch(r"[+-]?\d{1,3}(?:[ '.,]\d{3})+", plain) is not None
        or re.fullmatch(r"[+-]?\d+,\d+", plain) is not None
    )


def _exact(text: str, decimal: str) -> Decimal:
    kept = re.sub(rf"[^0-9+\-{re.escape(decimal)}]", "", text)
    return Decimal(kept.replace(",", "."))
