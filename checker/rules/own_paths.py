"""The paths of a company's own checks: `plan.average_deal`, `channels.*.budget`, `ranking.1.rank`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from checker.agreement.misfits import known_keys
from checker.finding import Path
from checker.rules.rule import value_at

EVERY = "*"


class Found(NamedTuple):
    """A path of the model that a check is about; its value is None where the path leads into nothing."""

    path: Path
    value: Any


class Lost(NamedTuple):
    """The word of a check's path that leads into nothing, and what could stand there."""

    word: str
    known: tuple[str, ...]


def found_at(values: Any, field: str) -> Iterator[Found]:
    """Everything that a check's path leads to: `*` stands for each entry, a number for an entry of a list (from 1).

    Of each entry that `*` stands for there is one, also where what follows is not written in it.
    """
    words = field.split(".")

    def follow(path: Path, rest: Sequence[str]) -> Iterator[Found]:
        value = value_at(values, path)
        if not rest or value is None:
            yield Found(path, value)
        elif rest[0] == EVERY:
            for step in steps(value):
                yield from follow((*path, step), rest[1:])
        else:
            yield from follow((*path, _step(value, rest[0])), rest[1:])

    return follow((), words)


def steps(value: Any) -> list[str | int]:
    """The names or positions of what stands below a value."""
    return list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []


def lost_at(values: Any, field: str) -> Lost | None:
    """The first word of a path that leads into nothing, wherever one looks; None where the path leads somewhere."""
    reached: list[Any] = [values]
    for word in field.split("."):
        below = [
            child
            for value in reached
            for step in (steps(value) if word == EVERY else [_step(value, word)])
            if (child := value_at(value, [step])) is not None
        ]
        if not below:
            return Lost(word, tuple(dict.fromkeys(as_word(step) for value in reached for step in steps(value))))
        reached = below
    return None


def is_in_the_format(field: str) -> bool:
    """Whether the format has a place for a path, written or not."""
    words = tuple(field.split("."))
    known = [known_keys(words[: depth + 1]) for depth in range(len(words))]
    return all(word in keys or not keys for word, keys in zip(words, known, strict=True))


def as_word(step: str | int) -> str:
    """A name, or a position counted from 1, as a path of a check writes it."""
    return step if isinstance(step, str) else str(step + 1)


def _step(value: Any, word: str) -> str | int:
    return int(word) - 1 if isinstance(value, list) and word.isdigit() else word
