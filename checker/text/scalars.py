"""What a plain text in a file stands for: yes or no, a whole number, a decimal, or itself."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias, Union

Value: TypeAlias = Union[str, int, Decimal, bool, "list[Value]", "dict[str, Value]"]

NO_VALUE = frozenset({"", "~", "null", "Null", "NULL"})
_YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_MOST_DIGITS = 100
"""Longer numbers stay text: no value of an agreement has them, and reading them would cost time."""


@lru_cache(maxsize=4096)
def resolve(text: str) -> str | int | Decimal | bool:
    """The value of a plain text. Dates, times, shares and money stay text: their own types read them."""
    if text in _YES_OR_NO:
        return _YES_OR_NO[text]
    if text[:1] in "-0123456789" and len(text) <= _MOST_DIGITS:
        if _WHOLE.match(text):
            return int(text)
        if _DECIMAL.match(text):
            return Decimal(text)
    return text
