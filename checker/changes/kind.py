"""What a kind of change is: a function that compares two versions, with its declaration above it.

The function's docstring is the kind's page; its two examples are its test: what is found between them is this kind,
and nothing else; the other way round it is the kind's mirror.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from textwrap import dedent
from typing import TypeAlias

from checker.agreement import Agreement
from checker.change import Difference

DOCUMENTATION = "https://smarketing-sla.example/"
"""The address under which this tool's own documentation is published."""

Find: TypeAlias = Callable[[Agreement, Agreement], Iterable[Difference]]


@dataclass(frozen=True)
class Kind:
    """A kind of change.

    slug: `promise-added`; stays what it is, since programs go by it
    name: what it is, in a few words
    mirror: the kind of the opposite change; its own slug where that is of the same kind
    alike: why it is its own mirror; empty where it has another
    old, new: excerpts of agreements
    covers: the keys of the format that it compares, `*` for a name or position
    of_translations: whether it compares translations; every other kind sees the agreement's own language alone
    """

    slug: str
    name: str
    mirror: str
    alike: str
    old: str
    new: str
    covers: tuple[str, ...]
    is_editorial: bool
    find: Find
    of_translations: bool = False

    @property
    def help(self) -> str:
        """The address of the page on what changes."""
        return DOCUMENTATION + "how-to/see-what-changes/"

    @cached_property
    def explanation(self) -> str:
        """The kind's page, as Markdown: the function's docstring."""
        return inspect.getdoc(self.find) or ""


@dataclass(frozen=True)
class Comparison:
    """A function that compares, the kind that it finds, and that kind's mirror (itself where it has no other)."""

    kind: Kind
    mirror: Kind
    find: Find

    def kind_of(self, difference: Difference) -> Kind:
        """Which of the two a difference is."""
        return self.mirror if difference.is_mirrored else self.kind


def change(
    slug: str,
    name: str,
    *,
    covers: tuple[str, ...],
    old: str,
    new: str,
    mirror: tuple[str, str] | None = None,
    alike: str = "",
    is_editorial: bool = False,
    of_translations: bool = False,
) -> Callable[[Find], Comparison]:
    """Declares a kind of change above its function. `mirror` is slug and name of the opposite change; where that is of
    the same kind, `alike` says why.
    """
    if (mirror is None) is (not alike):
        raise ValueError(slug)

    def declare(find: Find) -> Comparison:
        before, after = _excerpt(old), _excerpt(new)
        opposite, opposite_name = mirror or (slug, name)
        kind = Kind(slug, name, opposite, alike, before, after, covers, is_editorial, find, of_translations)
        if mirror is None:
            return Comparison(kind, kind, find)
        return Comparison(
            kind, Kind(opposite, opposite_name, slug, "", after, before, covers, is_editorial, find), find
        )

    return declare


def _excerpt(text: str) -> str:
    return dedent(text).strip("\n") + "\n"
