"""Messages as data: what a results file keeps, so that the site can word it in its own language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from checker.message import Argument, Message, Named, Written
from checker.quantity import Duration, Money, Month, Period, Share


def to_json(message: Message) -> dict[str, Any]:
    """A message as plain data; each typed value names its type: `{"month": "2027-03"}`."""
    said: dict[str, Any] = {
        "text": message.text,
        "arguments": {name: _saved(value) for name, value in message.arguments.items()},
    }
    return said if message.many is None else {**said, "many": message.many}


def from_json(said: Mapping[str, Any]) -> Message:
    """The message that `to_json` saved. Raises ValueError for data of another shape."""
    arguments = {name: _restored(value) for name, value in said.get("arguments", {}).items()}
    return Message(said["text"], arguments, said.get("many"))


def _saved(value: Argument) -> Any:
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, Fraction):
        return {"number": str(value)}
    if isinstance(value, Written):
        return {"written": value.text}
    if isinstance(value, Named):
        return {"names": list(value.names), "last": value.last}
    if isinstance(value, Message):
        return {"message": to_json(value)}
    if isinstance(value, Money):
        return {"money": [str(value.amount), value.currency]}
    if isinstance(value, Share):
        return {"share": str(value.value)}
    if isinstance(value, Month):
        return {"month": str(value)}
    if isinstance(value, Period):
        return {"period": str(value)}
    if isinstance(value, Duration):
        return {"duration": str(value)}
    return {"moment" if isinstance(value, datetime) else "date": value.isoformat()}


def _restored(value: Any) -> Argument:
    if isinstance(value, (str, int)):
        return value
    if not isinstance(value, Mapping):
        raise ValueError(f"no argument of a message: {value!r}")
    if "names" in value:
        return Named(tuple(value["names"]), value["last"])
    (kind, saved), *_ = value.items()
    if kind == "money":
        return Money(Fraction(saved[0]), saved[1])
    readers: dict[str, Any] = {
        "number": Fraction,
        "written": Written,
        "message": from_json,
        "share": lambda text: Share(Fraction(text)),
        "month": Month.parse,
        "period": Period.parse,
        "duration": Duration.parse,
        "date": date.fromisoformat,
        "moment": datetime.fromisoformat,
    }
    if kind not in readers:
        raise ValueError(f"no argument of a message: {value!r}")
    restored: Argument = readers[kind](saved)
    return restored
