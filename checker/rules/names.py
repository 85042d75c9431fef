"""The names that an agreement defines, by what they name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, get_args

from checker.agreement import BUILT_IN_FIELDS, Agreement
from checker.agreement.beside import LogList
from checker.agreement.events import event_names
from checker.agreement.plan import ALL_CHANNELS
from checker.agreement.promise_list import SECTIONS as PROMISE_SECTIONS
from checker.rules.kinds import LEADS_SELLER, Kind

SIDES = ("marketing", "sales")
LOG_LISTS: tuple[str, ...] = get_args(LogList)
WITH_A_TEAM = ("people", "stages", "channels", "tools", "processes")
"""Sections whose entries belong to a team, and so make it known."""
NO_CONDITIONS = ("name", "team", "is", "means", "why")
"""Keys of a stage that ask nothing of a lead."""


class Names:
    """What an agreement defines.

    Also a section that could not be built defines its names: one mistake in a stage does not make every mention of a
    stage a second one.
    """

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._known: dict[Kind, Collection[str]] = {}
        self._complete: dict[Kind, bool] = {}

    def known(self, kind: Kind) -> Collection[str]:
        """Every name of a kind, in the order of the file."""
        if kind not in self._known:
            self._known[kind] = dict.fromkeys(_definition(kind).names(self))
        return self._known[kind]

    def is_complete(self, kind: Kind) -> bool:
        """Whether every name of a kind could be read; if not, one that is unknown may be among the others."""
        if kind not in self._complete:
            self._complete[kind] = self._could_be_read(_definition(kind).sections)
        return self._complete[kind]

    def defined(self, section: str) -> Mapping[str, Any]:
        """The entries of a section as they were read, by name; None for one that could not be read."""
        written = self._agreement.written.get(section)
        entries = written if isinstance(written, dict) else {}
        return {**entries, **self._unread.get(section, {})}

    @cached_property
    def teams(self) -> dict[str, int]:
        """Team -> how many entries belong to it. The two sides are always there."""
        count = dict.fromkeys(SIDES, 0)
        for section in WITH_A_TEAM:
            for entry in self.defined(section).values():
                team = entry.get("team") if isinstance(entry, dict) else None
                if isinstance(team, str):
                    count[team] = count.get(team, 0) + 1
        return count

    def stages_with_conditions(self) -> Iterator[str]:
        """The stages that `meets` may name."""
        for name, stage in self.defined("stages").items():
            if isinstance(stage, dict) and any(key not in NO_CONDITIONS for key in stage):
                yield name

    def fields_that_hold(self, *types: str) -> Iterator[str]:
        """The fields of some types."""
        for name, field in self.defined("fields").items():
            if isinstance(field, dict) and field.get("is") in types:
                yield name

    @cached_property
    def _unread(self) -> dict[str, dict[str, None]]:
        """Section -> its entries that could not be read."""
        found: dict[str, dict[str, None]] = {}
        for section, *rest in self._agreement.unread:
            if len(rest) == 1:
                found.setdefault(str(section), {})[str(rest[0])] = None
        return found

    def _could_be_read(self, sections: tuple[str, ...]) -> bool:
        if any((section,) in self._agreement.unread for section in sections):
            return False
        # a person without a team may be the only one of that team
        people = self.defined("people").values() if sections == WITH_A_TEAM else ()
        return all(isinstance(person, dict) and "team" in person for person in people)


@dataclass(frozen=True, slots=True)
class Definition:
    """Where the names of a kind are defined, and which they are."""

    sections: tuple[str, ...]
    names: Callable[[Names], Iterable[str]]


def _definition(kind: Kind) -> Definition:
    return _DEFINITIONS.get(kind) or Definition((kind.value,), lambda names: names.defined(kind.value))


_DEFINITIONS: Mapping[Kind, Definition] = {
    Kind.CHANNEL_OR_ALL: Definition(("channels",), lambda names: [*names.defined("channels"), ALL_CHANNELS]),
    Kind.CONDITION: Definition(
        ("groups", "stages"), lambda names: [*names.defined("groups"), *names.stages_with_conditions()]
    ),
    Kind.EVENT: Definition(("stages",), lambda names: event_names(names.defined("stages"))),
    Kind.FIELD: Definition(("fields",), lambda names: [*names.defined("fields"), *BUILT_IN_FIELDS]),
    Kind.FILE: Definition(("source",), lambda names: _files(names.defined("source").get("files"))),
    Kind.LOG_LIST: Definition((), lambda _: LOG_LISTS),
    Kind.PERSON_OR_TEAM: Definition(WITH_A_TEAM, lambda names: [*names.teams, *names.defined("people")]),
    Kind.PERSON_TEAM_OR_SELLER: Definition(
        WITH_A_TEAM, lambda names: [*names.teams, *names.defined("people"), LEADS_SELLER]
    ),
    Kind.PROMISE: Definition(
        tuple(PROMISE_SECTIONS), lambda names: [name for section in PROMISE_SECTIONS for name in names.defined(section)]
    ),
    Kind.RATE: Definition(
        ("stages",), lambda names: [f"{first}_to_{second}" for first, second in pairwise(names.defined("stages"))]
    ),
    Kind.RECORD: Definition(
        ("stages", "fields"),
        lambda names: [
            *event_names(names.defined("stages")),
            *LOG_LISTS,
            *names.fields_that_hold("list of actions", "action"),
        ],
    ),
    Kind.SELLER_OR_FIELD: Definition(
        ("sellers", "people", "fields"),
        lambda names: [*names.defined("sellers"), *names.defined("people"), *names.fields_that_hold("seller")],
    ),
    Kind.TEAM: Definition(WITH_A_TEAM, lambda names: names.teams),
}
"""Kinds that are not simply the entries of the section that they are called after."""


def _files(files: Any) -> Iterable[str]:
    """The short names of the source's files; those of a known system have none."""
    return files if isinstance(files, dict) else ()
