"""What most kinds have in common: entries that come and go, and values of one key that move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from checker.agreement import Agreement
from checker.agreement.base import as_list
from checker.change import Difference, Sides
from checker.changes.showing import shown
from checker.changes.sides import BOTH_SHIFTED, NOBODY
from checker.finding import Path
from checker.message import Message, say

T = TypeVar("T")


def section(agreement: Agreement, name: str) -> Mapping[str, Any]:
    """A section that maps names to entries; empty where it is absent."""
    return getattr(agreement.sections, name) or {}


def in_both(old: Agreement, new: Agreement, name: str) -> Iterator[tuple[str, Any, Any]]:
    """Each entry of a section that is there before and after."""
    later = section(new, name)
    for key, entry in section(old, name).items():
        if key in later:
            yield key, entry, later[key]


def come_and_gone(
    old: Agreement,
    new: Agreement,
    name: str,
    told: Callable[[Agreement, str, Any], tuple[Message, Message]],
    sides: Callable[[Agreement, str, Any], Sides] | Sides,
) -> Iterator[Difference]:
    """Entries of a section that are new or gone. `told` words both; `sides` is what a new one is for each side."""
    for before, after, is_mirrored in ((old, new, False), (new, old, True)):
        for key, entry in section(after, name).items():
            if key in section(before, name):
                continue
            verdict = sides if isinstance(sides, Sides) else sides(after, key, entry)
            path: Path = (name, key)
            yield Difference(
                key,
                told(after, key, entry)[is_mirrored],
                verdict.mirrored if is_mirrored else verdict,
                path if is_mirrored else None,
                None if is_mirrored else path,
                is_mirrored,
            )


@dataclass(frozen=True)
class Key:
    """A key whose value may change.

    attribute: its name in the model; key: as written
    words: what it is, in a sentence ("the stand-in")
    sides: what the change is for each side; of the mirror kind where the values can be compared
    is_ordered: whether a list's order means something
    default: what holds where nothing is written
    """

    attribute: str
    words: Message
    sides: Sides | Callable[[Agreement, Any, Any, Any], Sides] = BOTH_SHIFTED
    is_ordered: bool = False
    is_money: bool = False
    default: Any = None
    alias: str = ""

    @property
    def key(self) -> str:
        """As it is written."""
        return self.alias or self.attribute

    def essence(self, entry: Any) -> Any:
        """What makes its value equal to another."""
        value = getattr(entry, self.attribute, None)
        if value is None:
            return self.default
        return essence(value, is_ordered=self.is_ordered)


def essence(value: Any, *, is_ordered: bool = False) -> Any:
    """A value without what does not count: the order of a list, one value alone or in a list."""
    if isinstance(value, dict):
        return frozenset((key, essence(item, is_ordered=is_ordered)) for key, item in value.items())
    if isinstance(value, list):
        items = [essence(item) for item in value]
        if len(items) == 1:
            return items[0]
        return tuple(items) if is_ordered else frozenset(items)
    if hasattr(value, "model_fields_set"):
        # what is written, key by key
        return frozenset((name, essence(getattr(value, name))) for name in value.model_fields_set)
    return value


def moved(
    old: Agreement, new: Agreement, name: str, keys: Iterable[Key], whose: Callable[[Agreement, str, Any], Message]
) -> Iterator[Difference]:
    """Values that changed in the entries of a section, where nothing is simply more or less."""
    for entry_name, before, after in in_both(old, new, name):
        for key in keys:
            yield from value_moved(old, new, (name, entry_name), entry_name, key, before, after, whose)


def value_moved(
    old: Agreement,
    new: Agreement,
    path: Path,
    what: str,
    key: Key,
    before: Any,
    after: Any,
    whose: Callable[[Agreement, str, Any], Message],
) -> Iterator[Difference]:
    """The change of one key, if it is one."""
    if key.essence(before) == key.essence(after):
        return
    sides = key.sides(new, what, before, after) if callable(key.sides) else key.sides
    yield Difference(
        what,
        instead(old, new, whose(new, what, after), key, before, after),
        sides,
        placed(path, key, before),
        placed(path, key, after),
    )


def placed(path: Path, key: Key, entry: Any) -> Path | None:
    """Where a key's value stands, or the entry that does not say it."""
    if entry is None:
        return None
    return (*path, key.key) if getattr(entry, key.attribute, None) is not None else path


def instead(old: Agreement, new: Agreement, whose: Message, key: Key, before: Any, after: Any) -> Message:
    """What is said now and what was said before: of a list, what was added to it and taken out."""
    was, now = (getattr(entry, key.attribute, None) for entry in (before, after))
    if isinstance(was, list) and isinstance(now, list) and not key.is_ordered:
        came, gone = only_in(now, was), only_in(was, now)
        if came and gone:
            return say(
                "{whose}: {thing} gains {new} and loses {old}",
                whose=whose,
                thing=key.words,
                new=shown(new, came),
                old=shown(old, gone),
            )
        if came:
            return say("{whose}: {thing} gains {new}", whose=whose, thing=key.words, new=shown(new, came))
        return say("{whose}: {thing} loses {old}", whose=whose, thing=key.words, old=shown(old, gone))
    if was is None and key.default is None:
        return say(
            "{whose}: {thing} is now {new}; nothing was said before",
            whose=whose,
            thing=key.words,
            new=shown(new, now, is_money=key.is_money),
        )
    if now is None and key.default is None:
        return say(
            "{whose}: {thing} is no longer said; it was {old}",
            whose=whose,
            thing=key.words,
            old=shown(old, was, is_money=key.is_money),
        )
    return say(
        "{whose}: {thing} is {new} instead of {old}",
        whose=whose,
        thing=key.words,
        new=shown(new, key.default if now is None else now, is_money=key.is_money),
        old=shown(old, key.default if was is None else was, is_money=key.is_money),
    )


def only_in(values: Any, others: Any) -> list[Any]:
    """What the one list has and the other has not."""
    missing = {essence(item) for item in as_list(others)}
    return [item for item in as_list(values) if essence(item) not in missing]


def step(
    what: str,
    message: Message,
    more: Sides,
    old: Path | None,
    new: Path | None,
    *,
    is_more: bool,
    follows: tuple[Message, ...] = (),
) -> Difference:
    """A change that is either more or less of the same; `more` is what more of it is for each side."""
    return Difference(what, message, more if is_more else more.mirrored, old, new, not is_more, follows=follows)


__all__ = ["NOBODY", "Key", "come_and_gone", "essence", "in_both", "instead", "moved", "only_in", "section", "step"]
