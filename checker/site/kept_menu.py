"""The theme's menu, whose entries are made once and not anew for every page.

Material makes the whole menu on each page, so that its work grows with the square of the pages. But an entry looks the
same on all pages outside of it, and so does what is around the entries of an open section; only the addresses of links
differ, and those are the same as seen from all pages of a folder. So the theme's own templates ask here before they
make an entry. What they make stays theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from posixpath import normpath
from typing import TypeAlias

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, TemplateNotFound
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

_ASKED = "kept_entry"
_CALLS: Mapping[str, tuple[str, str]] = {
    "partials/nav.html": ("{{ item.render(nav_item, ", f"{{{{ {_ASKED}(item.render, nav_item, "),
    "partials/nav-item.html": ("{{ render(item, ", f"{{{{ {_ASKED}(render, item, "),
}
"""Template of the theme -> how it makes an entry of the menu, and how it asks for one."""
Item: TypeAlias = Section | Page | Link
Make: TypeAlias = Callable[..., str]
_HOLE = re.compile("\x00[0-9]+\x00")


@dataclass(frozen=True)
class _Asked:
    """An entry that the theme asked for: see `KeptMenu.entry`."""

    item: Item
    path: str
    level: int
    parent: Item | None = None

    def key(self) -> Hashable:
        """Where in the menu it is, and in what."""
        return id(self.item), self.path, self.parent is not None and self.parent.active


@dataclass
class _Seen:
    """What was made of the menu as it is seen from some place: entries, and open sections without their entries."""

    entries: dict[Hashable, str] = field(default_factory=dict)
    around: dict[Hashable, tuple[list[str], list[_Asked]]] = field(default_factory=dict)


class KeptMenu:
    """What was made of one build's menu already."""

    def __init__(self) -> None:
        self._nav: Navigation | None = None
        self._below: Counter[tuple[str, ...]] = Counter()
        self._always_made: set[int] = set()
        self._listed: set[int] = set()
        self._seen: dict[Hashable, _Seen] = {}
        self._here: _Seen | None = None
        self._page: Page | None = None
        self._holes: list[_Asked] | None = None

    def put_into(self, environment: Environment) -> None:
        """Lets the theme's templates ask for each entry. Those of another theme, or of a company that makes its menu in
        another way, are left as they are.
        """
        loader = environment.loader
        asking = {} if loader is None else dict(_asking(environment, loader))
        if loader is not None and len(asking) == len(_CALLS):
            environment.loader = ChoiceLoader([DictLoader(asking), loader])
            environment.globals[_ASKED] = self.entry

    def turn_to(self, page: Page | None, nav: Navigation | None = None) -> None:
        """The page on which the menu is made next; None for one that has no place in the site, such as that of a wrong
        address.
        """
        if nav is not None and nav is not self._nav:
            self._take(nav)
        self._page, self._holes = page, None
        self._here = None if page is None else self._seen.setdefault(self._place(page), _Seen())

    def entry(self, make: Make, item: Item, path: str, level: int, parent: Item | None = None) -> str:
        """An entry of the menu with all that is below it; `make` is the theme's macro, for the other arguments."""
        return self._entry(make, _Asked(item, path, level, parent))

    def _entry(self, make: Make, asked: _Asked) -> str:
        item, here = asked.item, self._here
        if self._holes is not None:
            self._holes.append(asked)
            return f"\x00{len(self._holes)}\x00"
        if here is None or id(item) in self._always_made:
            return _made(make, asked)
        key = asked.key()
        if not item.active:
            entry = here.entries.get(key)
            if entry is None:
                entry = here.entries[key] = _made(make, asked)
            return entry
        if not isinstance(item, Section) or self._is_its_first_page(item):
            return _made(make, asked)
        if key not in here.around:
            here.around[key] = self._around(make, asked)
        around, entries = here.around[key]
        # the macro knows its page: it is the one of now that makes what is missing
        inside = (self._entry(make, below) for below in entries)
        return "".join(chain.from_iterable(zip_longest(around, inside, fillvalue="")))

    def _around(self, make: Make, asked: _Asked) -> tuple[list[str], list[_Asked]]:
        """An open section in pieces, between which its entries stand; and these entries."""
        holes: list[_Asked] = []
        self._holes = holes
        try:
            made = _made(make, asked)
        finally:
            self._holes = None
        return _HOLE.split(made), holes

    def _is_its_first_page(self, section: Section) -> bool:
        """Whether the page is the one that opens with the section's name: the name is marked then."""
        return self._page is not None and self._page.is_index and self._page in section.children

    def _take(self, nav: Navigation) -> None:
        times = Counter(id(item) for item in _walk(nav.items))
        self._nav, self._seen = nav, {}
        self._listed = set(times)
        self._always_made = {
            id(item)
            for item in _walk(nav.items)
            # A page that stands twice in the menu is marked in both places, though one of them knows nothing of it; the
            # pages of a blog are marked by the view that lists them.
            if any(times[id(below)] > 1 or hasattr(below, "pages") for below in _walk([item]))
        }
        addresses = [_parts(item.url) for item in _walk(nav.items) if isinstance(item, (Page, Link)) and item.url]
        self._below = Counter(parts[:length] for parts in addresses for length in range(len(parts) + 1))

    def _place(self, page: Page) -> Hashable:
        """The same for pages from which all other addresses of the menu look the same: those of a folder, each of which
        may be a folder of its own with nothing else in it.
        """
        before, _, last = page.url.rpartition("/")
        folder = _parts(before if "." in last else page.url)
        others = self._below[folder] - (id(page) in self._listed)
        return folder if others or not folder else (folder[:-1], "each in a folder of its own")


def _made(make: Make, asked: _Asked) -> str:
    return make(asked.item, asked.path, asked.level, asked.parent)


def _asking(environment: Environment, loader: BaseLoader) -> Iterator[tuple[str, str]]:
    """The templates that make the menu, as they ask for its entries."""
    for name, (makes, asks) in _CALLS.items():
        try:
            source = loader.get_source(environment, name)[0]
        except TemplateNotFound:
            continue
        if makes in source:
            yield name, source.replace(makes, asks)


def _walk(items: Iterable[object]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, (Section, Page, Link)):
            yield item
            yield from _walk(item.children or [])


def _parts(url: str) -> tuple[str, ...]:
    """An address as mkdocs takes it apart when it makes it relative."""
    return tuple(part for part in normpath("/" + url.replace("\\", "/")).split("/") if part)
