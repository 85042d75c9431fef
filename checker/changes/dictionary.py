"""Words that both teams use in one sense, and those that they avoid."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.change import Difference
from checker.changes.entries import Key, come_and_gone, in_both, moved
from checker.changes.kind import change
from checker.changes.sides import BOTH_SHIFTED, NOBODY
from checker.message import Message, say


def _told(_: Agreement, name: str, __: object) -> tuple[Message, Message]:
    return (
        say("“{word}” has one meaning for both teams now", word=name),
        say("“{word}” is no longer in the dictionary", word=name),
    )


def _word(_: Agreement, name: str, __: object = None) -> Message:
    return say("“{word}”", word=name)


@change(
    "word-added",
    "A word is new in the dictionary",
    mirror=("word-dropped", "A word is gone from the dictionary"),
    covers=("dictionary",),
    old="dictionary: {BANT: {means: Four questions}}",
    new="dictionary: {BANT: {means: Four questions}, churn: {means: Customers who leave}}",
)
def words_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Both teams mean the same by one word more, or by one less. Nobody owes anything else for that."""
    yield from come_and_gone(old, new, "dictionary", _told, NOBODY)


@change(
    "word-means-otherwise",
    "A word means something else",
    alike="another meaning is another meaning, whichever way one looks",
    covers=("dictionary.*.means",),
    old="dictionary: {churn: {means: Customers who leave}}",
    new="dictionary: {churn: {means: Revenue that leaves}}",
)
def word_meaning(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A word of the dictionary is explained otherwise: both teams may have to read again what is written with it."""
    for name, before, after in in_both(old, new, "dictionary"):
        if before.means != after.means:
            path = ("dictionary", name, "means")
            yield Difference(
                name,
                say("“{word}” means: {meaning}", word=name, meaning=new.text(after.means)),
                BOTH_SHIFTED,
                path,
                path,
            )


@change(
    "word-also-called",
    "A word has other names",
    alike="other names are other names, whichever way one looks",
    covers=("dictionary.*.also_called",),
    old="dictionary: {return: {means: Sales says no, also_called: [rejected lead]}}",
    new="dictionary: {return: {means: Sales says no, also_called: [rejected lead, bounced lead]}}",
)
def word_names(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The dictionary knows a word by other names too, or no longer."""
    yield from moved(old, new, "dictionary", [Key("also_called", say("other names"), NOBODY)], _word)


@change(
    "word-avoided",
    "A word is to be avoided",
    mirror=("word-allowed", "A word need not be avoided any more"),
    covers=("words_to_avoid",),
    old="words_to_avoid: {suspect: lead}",
    new="words_to_avoid: {suspect: lead, prospect: lead}",
)
def avoided(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Both teams say something else instead of a word, or may say it again."""

    def told(_: Agreement, name: str, entry: str) -> tuple[Message, Message]:
        return (
            say("Say “{better}” instead of “{word}”", word=name, better=entry),
            say("“{word}” may be said again", word=name),
        )

    yield from come_and_gone(old, new, "words_to_avoid", told, NOBODY)


@change(
    "word-replaced-otherwise",
    "Another word is said instead",
    alike="another word is another word, whichever way one looks",
    covers=("words_to_avoid.*",),
    old="words_to_avoid: {suspect: lead}",
    new="words_to_avoid: {suspect: contact}",
)
def replaced(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """What is to be said instead of an avoided word is something else."""
    for name, before, after in in_both(old, new, "words_to_avoid"):
        if before != after:
            path = ("words_to_avoid", name)
            yield Difference(
                name, say("Say “{better}” instead of “{word}”", word=name, better=after), NOBODY, path, path
            )
