"""What is odd in the data and was counted all the same: beside every verdict, so that nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator

from checker.language import to_json
from checker.measures.bench import Bench
from checker.measures.wording import event_in_words
from checker.message import Message, Written, all_of, say_counted
from checker.record import Said
from checker.verdict import Quality

MOST_NAMED = 5


def oddities(bench: Bench) -> list[Quality]:
    """Merged duplicates, stamps that no calendar covers, and exceptions for leads that are not there."""
    leads = bench.view.leads
    found = [*_unknown_exceptions(bench)]
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


def _unknown_exceptions(bench: Bench) -> Iterator[Quality]:
    exceptions = bench.view.agreement.sections.not_counted or ()
    named = list(dict.fromkeys(lead for exception in exceptions for lead in exception.leads or ()))
    there = bench.counter.those_there(named)
    unknown = [lead for lead in named if lead not in there]
    if unknown:
        said = say_counted(
            "{count} lead under {key} is not in the data, or was merged into another one: {leads}",
            "{count} leads under {key} are not in the data, or were merged into others: {leads}",
            count=len(unknown),
            key=Written("not_counted:"),
            leads=all_of(unknown[:MOST_NAMED]),
        )
        yield _quality("not counted", len(unknown), said)


def _quality(what: str, number: int, message: Message) -> Quality:
    return Quality(what=what, count=number, said=Said(**to_json(message)))
