"""The theme's menu, whose entries are made once and not anew for every page.

Material makes the whole menu on each page: the work grows with the square of the pages. An entry looks the same on all
pages that do not lie below it, but for the addresses of its links, and those are the same as seen from all pages of a
folder. So the theme's own templates ask here before they make an entry; what they make stays theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from posixpath import normpath
from typing import TypeAlias

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, TemplateNotFound
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page

_ASKED = "kept_entry"
_CALLS: Mapping[str, tuple[str, str]] = {
    "partials/nav.html": ("{{ item.render(nav_item, ", f"{{{{ {_ASKED}(item.render, nav_item, "),
    "partials/nav-item.html": ("{{ render(item, ", f"{{{{ {_ASKED}(render, item, "),
}
"""Template of the theme -> how it makes an entry of the menu, and how it asks for one."""
_Entries: TypeAlias = dict[tuple[int, str, bool], str]


class KeptMenu:
    """The entries of one build's menu that were made already."""

    def __init__(self) -> None:
        self._nav: Navigation | None = None
        self._below: Counter[tuple[str, ...]] = Counter()
        self._always_made: set[int] = set()
        self._listed: set[int] = set()
        self._entries: dict[object, _Entries] = {}
        self._here: _Entries | None = None

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
        self._here = None if page is None else self._entries.setdefault(self._place(page), {})

    def entry(
        self,
        make: Callable[..., str],
        item: StructureItem,
        path: str,
        level: int,
        parent: StructureItem | None = None,
    ) -> str:
        """An entry of the menu with all that is below it; `make` is the theme's macro, which has the other arguments."""
        here = self._here
        if here is None or item.active or id(item) in self._always_made:
            return make(item, path, level, parent)
        key = (id(item), path, parent is not None and parent.active)
        made = here.get(key)
        if made is None:
            made = here[key] = make(item, path, level, parent)
        return made

    def _take(self, nav: Navigation) -> None:
        times = Counter(id(item) for item in _walk(nav.items))
        self._nav, self._entries = nav, {}
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

    def _place(self, page: Page) -> object:
        """The same for pages from which all other addresses of the menu look the same: those of a folder, each of which
        may be a folder of its own with nothing else in it.
        """
        before, _, last = page.url.rpartition("/")
        folder = _parts(before if "." in last else page.url)
        others = self._below[folder] - (id(page) in self._listed)
        return folder if others or not folder else (folder[:-1], "each in a folder of its own")


def _asking(environment: Environment, loader: BaseLoader) -> Iterator[tuple[str, str]]:
    """The templates that make the menu, as they ask for its entries."""
    for name, (makes, asks) in _CALLS.items():
        try:
            source = loader.get_source(environment, name)[0]
        except TemplateNotFound:
            continue
        if makes in source:
            yield name, source.replace(makes, asks)


def _walk(items: list[StructureItem]) -> Iterator[StructureItem]:
    for item in items:
        yield item
        yield from _walk(item.children or [])


def _parts(url: str) -> tuple[str, ...]:
    """An address as mkdocs takes it apart when it makes it relative."""
    return tuple(part for part in normpath("/" + url.replace("\\", "/")).split("/") if part)
