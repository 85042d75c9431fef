"""The parts of the menu: few, and named by what a reader wants to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from checker.message import Message, say
from checker.site.page import Page
from checker.site.voice import Voice

PARTS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (say("The numbers"), ("scoreboard.md", "funnel.md", "plan.md", "what-if.md", "backtest.md", "data.md")),
    (say("What we promise"), ("marketing/", "sales/", "both/", "promises/")),
    (say("Who we look for"), ("customers.md", "propositions.md", "channels.md", "qualification.md")),
    (
        say("How we work together"),
        ("handoff.md", "returns.md", "objections.md", "meetings.md", "tools.md", "roles.md", "dictionary.md"),
    ),
    (say("Changes"), ("changes.md", "change-it.md")),
)
"""The name of each part, and its pages in their order: each a path, or the folder of many. Others stand alone."""


def in_parts(pages: Iterable[Page], voice: Voice) -> list[Page]:
    """The pages in the order of the menu: first those that stand alone before any part, then part by part."""
    listed = list(pages)
    order = {page.path: _position(page.path) for page in listed}
    named = [
        page if position is None else replace(page, part=voice.say(PARTS[position[0]][0]))
        for page in listed
        for position in [order[page.path]]
    ]
    return sorted(named, key=lambda page: order[page.path] or (-1, 0))


def _position(path: str) -> tuple[int, int] | None:
    """The number of the part, and the place in it; what a folder holds keeps its order."""
    for number, (_, paths) in enumerate(PARTS):
        for place, known in enumerate(paths):
            if path == known or (known.endswith("/") and path.startswith(known)):
                return number, 0 if known.endswith("/") else place
    return None
