"""The menu of a page is the theme's own, letter by letter, however often its entries were kept from other pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import Navigation, get_navigation

from checker.site.kept_menu import Item, KeptMenu, Make

NAV: list[Any] = [
    {"Home": "index.md"},
    {
        "Part": [
            "part/index.md",
            {"Sales": ["sales/index.md", *(f"promises/{name}.md" for name in ("a", "b", "c"))]},
            {"Marketing": ["marketing/index.md", "promises/d.md", "promises/d/deeper.md", "promises/e.md"]},
            {"Alone": ["alone.md"]},
        ]
    },
    {"Elsewhere": "https://example.org/"},
    {"Beside": "../beside/"},
    {"A file": "promises/a/"},
    {"Twice": [{"Other": ["promises/c.md", "other.md"]}]},
]
PATHS = (
    *("index", "part/index", "sales/index", "marketing/index", "alone", "other", "unlisted"),
    *(f"promises/{name}" for name in ("a", "b", "c", "d", "d/deeper", "e", "unlisted")),
)
TEXT = """---
icon: material/account
status: new
---

# Title of {path} & more

## First

text

### Second

text
"""
FEATURES = (
    ("navigation.indexes",),
    (),
    ("navigation.tabs", "navigation.sections", "navigation.indexes"),
    ("navigation.sections", "navigation.expand"),
    ("navigation.prune", "navigation.indexes", "toc.integrate"),
)


def prepared(
    folder: Path, features: tuple[str, ...] = (), *, is_served: bool = True, entries: list[Any] = NAV
) -> tuple[MkDocsConfig, Files, Navigation]:
    """A site whose pages were read."""
    for path in PATHS:
        file = folder / "docs" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT.format(path=path), encoding="utf-8")
    written = {
        "site_name": "Menu",
        "use_directory_urls": is_served,
        "theme": {"name": "material", "font": False, "features": list(features)},
        "plugins": [],
        "nav": entries,
    }
    (folder / "mkdocs.yml").write_text(json.dumps(written), encoding="utf-8")
    config = load_config(str(folder / "mkdocs.yml"))
    files = get_files(config)
    nav = get_navigation(files, config)
    for listed in files.documentation_pages():
        assert listed.page is not None
        listed.page.read_source(config)
        listed.page.render(config, files)
    return config, files, nav


@pytest.mark.parametrize("is_served", [True, False])
@pytest.mark.parametrize("features", FEATURES)
def test_each_page_is_as_the_theme_makes_it(tmp_path: Path, features: tuple[str, ...], is_served: bool):
    """With sections, first pages of sections, links, a page that stands twice, and pages that stand nowhere; and when
    all pages are made a second time, in the other order.
    """
    config, files, nav = prepared(tmp_path, features, is_served=is_served)
    own, keeping, menu = config.theme.get_env(), config.theme.get_env(), KeptMenu()
    menu.put_into(keeping)
    pages = [file.page for file in files.documentation_pages() if file.page is not None]
    different = []
    for page in [*pages, *reversed(pages)]:
        page.active = True
        context = get_context(nav, files, config, page)
        menu.turn_to(page, nav)
        if own.get_template("main.html").render(context) != keeping.get_template("main.html").render(context):
            different.append(page.url)
        page.active = False

    assert [] == different


def test_the_page_of_a_wrong_address_is_as_the_theme_makes_it(tmp_path: Path):
    """Its links begin at the root of the site, whatever page was made before it."""
    config, files, nav = prepared(tmp_path, ("navigation.indexes",))
    own, keeping, menu = config.theme.get_env(), config.theme.get_env(), KeptMenu()
    menu.put_into(keeping)
    first = files.documentation_pages()[0].page
    menu.turn_to(first, nav)
    keeping.get_template("main.html").render(get_context(nav, files, config, first))
    menu.turn_to(None)
    context = get_context(nav, files, config, base_url="/")

    assert own.get_template("404.html").render(context) == keeping.get_template("404.html").render(context)


def test_only_the_entry_of_the_page_is_made_on_it(tmp_path: Path):
    """Once each of a folder's pages was made, all that stands around it is known."""
    config, files, nav = prepared(
        tmp_path, entries=["index.md", {"Section": [f"promises/{name}.md" for name in "abe"]}]
    )
    keeping, menu = config.theme.get_env(), KeptMenu()
    menu.put_into(keeping)
    made: list[str] = []

    def counted(make: Make, item: Item, *others: Any) -> str:
        def told(item: Item, *others: Any) -> str:
            made.append(item.title or "")
            return make(item, *others)

        return menu.entry(told, item, *others)

    keeping.globals["kept_entry"] = counted
    for path in ("promises/a.md", "promises/b.md", "promises/e.md", "promises/a.md"):
        made.clear()
        file = files.get_file_from_path(path)
        assert file is not None
        assert file.page is not None
        file.page.active = True
        menu.turn_to(file.page, nav)
        keeping.get_template("main.html").render(get_context(nav, files, config, file.page))
        file.page.active = False

    assert ["Title of promises/a &amp; more"] == made


def test_the_menu_of_another_theme_is_left_alone():
    """Only a theme that makes entries as Material does is asked to keep them."""
    loader = DictLoader(
        {"partials/nav.html": "{{ item.render(nav_item, path, 1) }}", "partials/nav-item.html": "other"}
    )
    environment = Environment(loader=loader, autoescape=True)
    KeptMenu().put_into(environment)

    assert loader is environment.loader
    assert "kept_entry" not in environment.globals


def test_our_theme_makes_its_menu_as_it_is_kept(tmp_path: Path):
    """Should another version of the theme make it in another way, the site is the same, and takes longer: see there."""
    config, _, _ = prepared(tmp_path)
    environment = config.theme.get_env()
    KeptMenu().put_into(environment)

    assert "kept_entry" in environment.globals
