"""A page of the site, before any site generator has seen it, and how its parts name other pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from markupsafe import Markup

from checker.finding import Place

Address = Callable[[str], str]
Edit = Callable[[str, int], str | None]
_PAGE = re.compile(r'href="page:([^"#]*)(#[^"]*)?"')
_ASSET = re.compile(r'src="asset:([^"]*)"')
_LINE = re.compile(r'<a class="(sla-line[^"]*)" href="line:([^"#]*)#([0-9]+)"([^>]*)>(.*?)</a>')


@dataclass(frozen=True)
class Page:
    """One page.

    path: where it stands in the site, such as `promises/first-response.md`
    title, menu: its heading, and its name in the menu; escaped already
    markdown: its text; links to other pages are written `href="page:PATH#ID"`, links to a line of the agreement
        `href="line:FILE#NUMBER"`, a script of the site `src="asset:FILE"`: `resolved` turns all into addresses
    file, line: where the agreement says what stands on it
    section: the path of the page under which the menu shows it; empty for the first level
    part: the part of the menu that it belongs to, escaped already; empty for a page that stands alone
    tags: words by which pages are grouped, escaped already
    weight: how much its words weigh for the search, against those of the other pages
    is_wide: whether its tables and drawings want the room of the list of headings
    """

    path: str
    title: Markup
    menu: Markup
    markdown: str
    file: str
    line: int
    section: str = ""
    tags: tuple[Markup, ...] = ()
    is_wide: bool = False
    weight: float = 1
    part: Markup = Markup("")

    def front_matter(self) -> str:
        """What a site generator reads before the text. JSON is YAML from which no value can break out."""
        meta: dict[str, Any] = {"title": str(self.menu)}
        if self.is_wide:
            meta["hide"] = ["toc"]
        if self.weight != 1:
            meta["search"] = {"boost": self.weight}
        if self.tags:
            meta["tags"] = [str(tag) for tag in self.tags]
        lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
        return f"---\n{lines}---\n\n"

    def resolved(self, address: Address, edit: Edit) -> str:
        """The page's source with every link in place.

        `address` gives the address of a page's path, or of a file that goes with the site, as seen from this one and
        raises KeyError for one that does not exist; `edit` gives the address of a file's line, or None where there is
        none: then its name stands alone.
        """

        def line(found: re.Match[str]) -> str:
            target = edit(unquote(found[2]), int(found[3]))
            return (
                f'<span class="{found[1]}">{found[5]}</span>'
                if target is None
                else f'<a class="{found[1]}" href="{target}"{found[4]}>{found[5]}</a>'
            )

        linked = _PAGE.sub(lambda found: f'href="{address(found[1])}{found[2] or ""}"', self.markdown)
        linked = _ASSET.sub(lambda found: f'src="{address(found[1])}"', linked)
        return self.front_matter() + _LINE.sub(line, linked)


def page_link(path: str, anchor: str = "") -> Markup:
    """What stands in `href` for a link to a page."""
    return Markup(f"page:{path}#{anchor}" if anchor else f"page:{path}")


def line_link(place: Place) -> Markup:
    """What stands in `href` for a link to a line of the agreement."""
    return Markup(f"line:{quote(place.file)}#{place.line}")


def menu(pages: Iterable[Page], under: str = "") -> list[dict[str, Any]]:
    """The menu as mkdocs and its kin read it: pages in order, those of a section below their section's page, and those
    of a part of the menu below its name. A part with a single entry is no part.

    `under` is the folder of the site that holds the pages, with its slash.
    """
    parts: dict[str, list[dict[str, Any]]] = {}
    sections: dict[str, list[Any]] = {}
    listed = list(pages)
    parents = {page.section for page in listed}
    for page in listed:
        entries = parts.setdefault(str(page.part) or page.path, [])
        if page.path in parents:
            sections[page.path] = [under + page.path]
            entries.append({str(page.menu): sections[page.path]})
        elif page.section:
            sections[page.section].append({str(page.menu): under + page.path})
        else:
            entries.append({str(page.menu): under + page.path})
    return [entry for name, entries in parts.items() for entry in (entries if len(entries) < 2 else [{name: entries}])]
