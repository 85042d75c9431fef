"""An agreement full of attacks: its pages are pages, and run nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.built import built, laid_out
from tests.site.hostile import attacked, with_history
from tests.site.made_up import results
from tests.site.markup import Outline
from tests.site.served import Visit, served

LOOK = """() => {
    const all = selector => [...document.querySelectorAll(selector)];
    const foreign = /^(javascript|data|page|line):|^[^#]*evil/i;
    // the page that reckons has two scripts and a form, which are ours
    const ours = 'script#what-if-data, script[src$="/what-if.js"], form.sla-wi-form';
    return {
        ran: window.__xss,
        elements: all(`article :is(script, img, iframe, object, embed, form, style, math):not(${ours})`).length,
        codes: all('article :is(.twemoji, mark, kbd, del, sub, sup, .footnote)').length,
        handlers: all('*').filter(element => [...element.attributes].some(({name}) => name.startsWith('on'))).length,
        links: all('a').map(link => link.getAttribute('href')).filter(href => foreign.test(href)),
        headings: all('h1').length,
    };
}"""
QUIET: dict[str, object] = {"ran": None, "elements": 0, "codes": 0, "handlers": 0, "links": [], "headings": 1}


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    with_history(attacked(folder))
    config = laid_out(folder, results())
    extensions = "admonition footnotes md_in_html tables abbr pymdownx.caret pymdownx.mark pymdownx.tilde pymdownx.keys"
    more = "".join(f"  - {name}\n" for name in f"{extensions} pymdownx.magiclink pymdownx.superfences".split())
    emoji = "  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
    text = config.read_text(encoding="utf-8").replace("markdown_extensions:\n", f"markdown_extensions:\n{more}{emoji}")
    config.write_text(text, encoding="utf-8")
    return built(config)


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


def addresses(site: Path, promises: int) -> list[str]:
    """Every page, but so many promises at most."""
    pages = [file.parent.relative_to(site).as_posix().removeprefix(".") for file in site.rglob("index.html")]
    of_promises = sorted(page for page in pages if page.startswith("promises/"))
    return sorted({*pages} - {*of_promises[promises:]})


@pytest.mark.parametrize(("width", "promises"), [(1280, 99), (390, 2)])
def test_nothing_runs_and_nothing_leaks(browser: Browser, site: Path, home: str, width: int, promises: int):
    """No script, handler, element or link that a text asked for; no other host; no page that moves sideways."""
    with Visit(browser, home, width=width) as visit:
        found = {}
        tried = addresses(site, promises)
        for address in tried:
            page = visit.goto(f"{address}/" if address else "")
            found[address] = (page.evaluate(LOOK), visit.sideways())

        assert {"channels", "customers", "meetings", "roles", "changes", "change-it"} <= {*tried}
        assert len(tried) > 10
        assert dict.fromkeys(tried, (QUIET, 0)) == found
        assert [] == visit.settle()


def test_searching_runs_nothing(browser: Browser, home: str):
    """The results show what was written, as letters."""
    with Visit(browser, home) as visit:
        page = visit.goto("")
        page.keyboard.press("/")
        page.locator(".md-search__input").press_sequentially("glacivo", delay=20)
        page.locator(".md-search-result__item").first.wait_for()
        page.wait_for_timeout(300)

        assert None is page.evaluate("window.__xss")
        assert 0 == page.locator(".md-search-result :is(script, img, svg[onload])").count()
        assert [] == visit.settle()


def test_what_was_written_can_be_read(site: Path):
    """The attacks are shown as they were written: nothing is swallowed, nothing is escaped twice."""
    text = Outline((site / "dictionary" / "index.html").read_text(encoding="utf-8")).text.replace("\u200b", "")

    assert "<script>window.__xss=1</script>" in text
    assert "![x](http://evil.example/x.png)" in text
    assert "{{ config.site_name }} {% raw %} ${7*7}" in text
    assert "&lt;script&gt; &amp;#60; &colon;" in text
    assert ":smile: :material-account: ==mark== ~~del~~ H~2~O ^up^ ++ctrl+c++" in text
    assert "🦄👩🏽‍💻 Zażółć gęślą jaźń" in text
    assert "&#" not in text.replace("&amp;#60;", "")


def test_no_template_brace_was_filled(site: Path):
    """Neither ours nor a plugin's."""
    everything = "".join(file.read_text(encoding="utf-8") for file in site.rglob("*.html"))

    assert "Glacivo {% raw %}" not in everything
    assert "${49}" not in everything
