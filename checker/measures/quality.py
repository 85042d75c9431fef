"""What is odd in the data and was counted all the same: beside every verdict, so that nothing is dropped in silence."""

from __future__ import annotations

from checker.language import to_json
from checker.measures.bench import Bench
from checker.measures.wording import event_in_words
from checker.message import Message, say_counted
from checker.verdict import Quality, Said


def oddities(bench: Bench) -> list[Quality]:
    """Merged duplicates, and stamps that no calendar covers."""
    leads = bench.view.leads
    found = []
    if leads.merged:
        found.append(
            _quality(
                "merged",
                leads.merged,
                say_counted(
                    "{count} duplicate was merged into another lead and counts once with it",
                    "{count} duplicates were merged into other leads and count once with them",
                    count=leads.merged,
                ),
            )
        )
    for event, number in leads.outside.items():
        if number:
            message = say_counted(
                "{count} date of {events} lies too far back and is left out",
                "{count} dates of {events} lie too far back and are left out",
                count=number,
                events=event_in_words(event, bench.view.agreement),
            )
            found.append(_quality("too far back", number, message))
    return found


def _quality(what: str, number: int, message: Message) -> Quality:
    return Quality(what=what, count=number, said=Said(**to_json(message)))
