"""Yes, no and cannot tell: strong Kleene logic, the same as SQL's AND, OR and NOT over NULL.

`None` is "cannot tell". A whole is told as soon as what is known decides it: one no settles "all of these".
Source: S. C. Kleene, Introduction to Metamathematics, 1952, § 64.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Answer: TypeAlias = bool | None


def every(answers: Iterable[Answer]) -> Answer:
    """Whether all hold; yes for none at all."""
    known = list(answers)
    if any(answer is False for answer in known):
        return False
    return None if any(answer is None for answer in known) else True


def some(answers: Iterable[Answer]) -> Answer:
    """Whether at least one holds; no for none at all."""
    return opposite(every(opposite(answer) for answer in answers))


def opposite(answer: Answer) -> Answer:
    """The answer to the opposite question."""
    return None if answer is None else not answer


def at_least(count: int, answers: Iterable[Answer]) -> Answer:
    """Whether at least `count` hold."""
    known = list(answers)
    sure = sum(answer is True for answer in known)
    possible = sum(answer is not False for answer in known)
    if sure >= count:
        return True
    return None if possible >= count else False
