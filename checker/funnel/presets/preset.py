"""The shape of a preset: what is known of one system's exports, in a file of data beside this one.

`files` are the kinds of files that the system exports. Each names its columns by short names of our own, with all
headings under which the system writes them; letters alone are compared, so that `Lead Source`, `LeadSource` and
`lead_source` are one heading. In a heading, `{stage}` is any of the names of a stage.

`leads` and `events` are written as in the `source` section, with `file.column` in our own short names. Each is a list
of ways, and the first one counts whose columns are all there; what `set` says is left out where it has no column.
`same_as: handoff` is the stage in which the agreement hands leads over. `stages` are those that the system brings
along; any other one is found by its name, under `entered`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args
from unicodedata import combining, normalize

from checker.agreement.base import Entry, Filled, Maybe, OneOrMany, as_list, optional, required
from checker.agreement.scalars import Id, Text
from checker.agreement.source import System
from checker.text import read

SYSTEMS: tuple[str, ...] = get_args(System)
"""The systems that are known: what may stand behind `system:`, each with a file of data of that name."""
STAGE = "{stage}"
Way: TypeAlias = str | dict[str, Any]
"""A column, or what the `source` section says of one."""


def plain(heading: str) -> str:
    """The letters and digits of a heading, small and without accents: what two spellings of it have in common."""
    letters = normalize("NFKD", heading.casefold())
    return "".join(letter for letter in letters if letter.isalnum() and not combining(letter))


class KindOfFile(Entry):
    """A kind of file that a system exports.

    It is of this kind if it has a column for each entry of `known_by` (one of several, where the entry is a list) and
    none of the headings of `without`.
    """

    called: Text = required("What the system calls such records", "Contacts")
    known_by: Filled[OneOrMany[Id]] = required("Columns that every such file has", ["id", ["name", "stage"]])
    without: Maybe[Filled[Text]] = optional("Headings that no such file has", ["Deal Name"])
    columns: dict[Id, Filled[Text]] = required("Our name of a column: its headings", {"id": ["Record ID"]})
    days: Maybe[Filled[Id]] = optional("Columns of which only the day is known", ["closed"])
    each_row: Maybe[Literal["is an event"]] = optional("A lead may have several rows", "is an event")
    at_most: Maybe[Literal["one"]] = optional("A lead has one row at most", "one")
    join: Maybe[dict[Id, Text]] = optional("This file's column: the leads' column that holds the same")


class KnownStage(Entry):
    """A stage that the system brings along."""

    called: Filled[Text] = required("Its names in the system", ["Marketing Qualified Lead"])
    usual: list[Id] = required("The ids under which agreements have it", ["mql"])
    is_: Maybe[Literal["pipeline", "won"]] = optional("The part that it plays in agreements", "won", alias="is")
    ways: list[Way] = optional("How it is read, before what holds for every stage", default=[])

    def has_name(self, name: str) -> bool:
        """Whether the system calls it so."""
        return plain(name) in map(plain, self.called)


class Entered(Entry):
    """How the moment is read in which a lead came to a stage of any name."""

    before_pipeline: list[Way] = required("Stages of leads")
    from_pipeline: list[Way] = required("Stages of opportunities")


class Preset(Entry):
    """A system."""

    system: Text = required("The system's name, as people know it", "HubSpot")
    prefix: Maybe[Text] = optional("What a data warehouse may put before its headings", "property_")
    separator: Maybe[Text] = optional("What stands between several values in one cell", ";")
    files: dict[Id, KindOfFile] = required("The kinds of files; that of the leads first")
    leads: dict[Id, list[Way]] = required("What is known of a lead")
    events: dict[Id, list[Way]] = required("What happened to a lead, its stages apart")
    stages: list[KnownStage] = required("The stages that the system brings along")
    entered: Entered = required("How a lead comes to any other stage")
    channels: dict[Id, list[Text]] = required("The ids that channels usually have: what the system writes of them")

    @property
    def leads_kind(self) -> str:
        """The kind of file that has one row a lead."""
        return next(iter(self.files))

    def plain(self, heading: str) -> str:
        """A heading's letters, without what a data warehouse put before them."""
        return plain(self.bare(heading))

    def bare(self, heading: str) -> str:
        """A heading without what a data warehouse put before it."""
        starts = self.prefix is not None and heading.casefold().startswith(self.prefix)
        return heading[len(self.prefix or "") :] if starts else heading

    def column(self, kind: str, name: str, headings: list[str], stages: tuple[str, ...] = ()) -> str | None:
        """The heading of a column among a file's headings, the first of several; None where it has none.

        `stages` are the names of the stage that the column is about; without them, any stage fits.
        """
        plainly = [self.plain(heading) for heading in headings]
        for spelled in self.files[kind].columns.get(name, ()):
            for fits in _patterns(spelled, stages):
                found = next((index for index, letters in enumerate(plainly) if fits.fullmatch(letters)), None)
                if found is not None:
                    return headings[found]
        return None

    def known(self, kind: str, headings: list[str]) -> set[str]:
        """The columns that a file has, if it is of this kind."""
        return {name for name in self.files[kind].columns if self.column(kind, name, headings) is not None}

    def fits(self, kind: str, headings: list[str]) -> int:
        """How many columns of a file are known, if it is of this kind; 0 if it is not."""
        file, known = self.files[kind], self.known(kind, headings)
        if not all(known.intersection(as_list(one_of)) for one_of in file.known_by):
            return 0
        unlike = {plain(heading) for heading in file.without or ()}
        return 0 if unlike.intersection(map(self.plain, headings)) else len(known)


@cache
def _patterns(spelled: str, stages: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    before, stage, after = spelled.partition(STAGE)
    if not stage:
        return (re.compile(plain(spelled)),)
    names = [plain(name) for name in stages] if stages else [".+"]
    return tuple(re.compile(plain(before) + name + plain(after)) for name in names)


@cache
def preset(system: str) -> Preset:
    """The preset of a system, by its name in `system:`."""
    return Preset.model_validate(read(Path(__file__).with_name(f"{system}.yaml")).values)
