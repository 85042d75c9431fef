"""What the data would need so that more promises could be judged, in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from checker.language import from_json
from checker.message import Message, say
from checker.verdict import Results


def unlocks(results: Results) -> Iterator[tuple[Message, int]]:
    """What is needed, and how many promises it would unlock: the most first, each promise once."""
    for needed, count in results.unlocks():
        whats = [from_json(said.model_dump()) for said in needed]
        yield reduce(lambda first, other: say("{first}, and {other}", first=first, other=other), whats), count
