"""Messages as data: what a results file keeps, so that the site can word it in its own language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from checker.message import Argument, Message, Named, Translated, Written
from checker.quantity import Duration, Money, Month, Period, Share

_BRACES = re.compile(r"\{(\w+)\}")
_MOST_DEPTH = 20
"""Of messages inside messages. What rules say is two or three deep; a file could hold anything."""


def to_json(message: Message) -> dict[str, Any]:
    """A message as plain data; each typed value names its type: `{"month": "2027-03"}`."""
    said: dict[str, Any] = {
        "text": message.text,
        "arguments": {name: _saved(value) for name, value in message.arguments.items()},
    }
    return said if message.many is None else {**said, "many": message.many}


def from_json(said: Mapping[str, Any]) -> Message:
    """The message that `to_json` saved. Raises ValueError for data of another shape."""
    return _message(said, 0)


def _saved(value: Argument) -> Any:
    match value:
        case Translated():
            return {"translated": [str(value), dict(value.translations)]}
        case str() | int():
            return value
        case Fraction():
            return {"number": str(value)}
        case Written(text):
            return {"written": _saved(text)}
        case Named(names, last):
            return {"names": [list(map(_saved, names)), last]}
        case Message():
            return {"message": to_json(value)}
        case Money(amount, currency):
            return {"money": [str(amount), currency]}
        case Share(share):
            return {"share": str(share)}
        case Month():
            return {"month": str(value)}
        case Period():
            return {"period": str(value)}
        case Duration():
            return {"duration": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"date": value.isoformat()}


def _text(saved: Any) -> str:
    if not isinstance(saved, Mapping):
        return str(saved)
    text, translations = saved["translated"]
    return Translated(str(text), {str(language): str(words) for language, words in translations.items()})


_READERS: dict[str, Callable[[Any], Argument]] = {
    "number": Fraction,
    "translated": lambda saved: _text({"translated": saved}),
    "written": lambda text: Written(_text(text)),
    "names": lambda saved: Named(tuple(map(_text, saved[0])), str(saved[1])),
    "money": lambda saved: Money(Fraction(saved[0]), str(saved[1])),
    "share": lambda share: Share(Fraction(share)),
    "month": Month.parse,
    "period": Period.parse,
    "duration": Duration.parse,
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
}


def _message(said: Any, depth: int) -> Message:
    if not isinstance(said, Mapping) or depth > _MOST_DEPTH:
        raise ValueError(f"no message: {said!r:.80}")
    text, many, saved = said.get("text"), said.get("many"), said.get("arguments", {})
    if not isinstance(text, str) or not isinstance(many, str | None) or not isinstance(saved, Mapping):
        raise ValueError(f"no message: {said!r:.80}")
    arguments = {str(name): _argument(value, depth) for name, value in saved.items()}
    needed = set(_BRACES.findall(text + (many or ""))) | (set() if many is None else {"count"})
    if not needed <= arguments.keys():
        raise ValueError(f"a message without its {', '.join(sorted(needed - arguments.keys()))}: {text!r:.80}")
    if many is not None and not isinstance(arguments["count"], int | Fraction):
        raise ValueError(f"a count that is no number: {text!r:.80}")
    return Message(text, arguments, many)


def _argument(saved: Any, depth: int) -> Argument:
    if isinstance(saved, str | int):
        return saved
    if isinstance(saved, Mapping) and len(saved) == 1:
        ((kind, value),) = saved.items()
        if kind == "message":
            return _message(value, depth + 1)
        if kind in _READERS:
            try:
                return _READERS[kind](value)
            except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as error:
                raise ValueError(f"no {kind}: {value!r:.80}") from error
    raise ValueError(f"no argument of a message: {saved!r:.80}")
