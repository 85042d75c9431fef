"""How long the pages take: to build, against as many bare pages of the same theme, and to answer in the browser."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from checker.site.build import build
from checker.site.checked import checked_pages
from checker.site.configuration import mkdocs_config
from checker.site.contents import SiteFiles
from checker.site.export import export
from tools.bench.figures import Figure
from tools.bench.startup import SLA
from tools.bench.timing import cheapest

EXAMPLE = Path("sla")
BARE = """# Page {number}

A page with a heading, a paragraph and a list, as people write them.

- one thing
- another thing
"""
PROMISE = """  more-{number}:
    promise: Contact lead group {number} in person
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 80%
"""
MANY = 200
"""Promises of a very large agreement: each has a page."""
_BUILD = (sys.executable, "-c", "import sys; from mkdocs.__main__ import cli; cli()", "build", "--strict", "--quiet")
_ANSWERS = """(moves) => {
    const slider = document.querySelector('#what-if input[type=range]');
    const took = [];
    for (let move = 0; move < moves; move += 1) {
        slider.value = Number(slider.value) + Number(slider.step) * (move % 2 ? -1 : 1);
        const began = performance.now();
        slaWhatIfPage.set(slaWhatIfPage.controls.get('revenue'), slider.value);
        slaWhatIfPage.show();
        document.body.getBoundingClientRect();
        took.push(performance.now() - began);
    }
    return took.sort((a, b) => a - b)[Math.floor(moves * 0.95)];
}"""
"""Each move is an answer: reckoned, written into the page and laid out; the time that 95 of 100 stay below."""
FRAME = 16
"""Milliseconds that a screen shows one picture, at sixty a second."""
MOVES, ROUNDS = 200, 5
"""As with commands, the cheapest round is what the work costs; the rest is the machine's other business."""


def measure_pages(folder: Path, runs: int = 7) -> Iterator[Figure]:
    """Builds the example's site and a bare one; then moves a slider of the built page."""
    for more in (0, MANY):
        ours, bare = folder / f"pages-{more}", folder / f"bare-{more}"
        pages = _ours(ours, more)
        _bare(bare, pages)
        same = _exported(ours, folder / f"same-{more}")
        commands = [[*_BUILD, "--config-file", str(root / "mkdocs.yml")] for root in (ours, bare, same)]
        own, other, alike, proved = cheapest(*commands, [SLA, "validate", str(ours / "sla")], runs=runs)
        against = "as many bare pages of the same theme"
        yield Figure(f"build the site, {pages} pages", own.cpu / other.cpu, 1.2, "x", against, runs)
        against = "the same pages, exported"
        yield Figure(f"build the site, {pages} pages", own.cpu / alike.cpu, None, "x", against, runs)
        against = "processor time of sla validate, which is in it"
        yield Figure(f"build the site, {pages} pages", proved.cpu, None, "s", against, runs)
        against = "processor time of as many bare pages"
        yield Figure(f"build the site, {pages} pages", other.cpu, None, "s", against, runs)
        yield Figure(f"build the site, {pages} pages", own.wall, None, "s", "whole process", runs)
    answered = _answer(folder / "pages-0" / "site")
    if answered is not None:
        yield Figure(
            "what-if page, one move of a slider",
            answered,
            FRAME,
            "ms",
            "95 of 100 moves, in Chromium, of the cheapest round",
            MOVES,
        )


def _ours(folder: Path, more: int) -> int:
    """The example's site, with so many promises more; how many pages it has."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "docs").mkdir(parents=True)
    shutil.copytree(EXAMPLE, folder / "sla")
    promises = folder / "sla" / "promises.yaml"
    text = promises.read_text(encoding="utf-8")
    added = "".join(PROMISE.format(number=number) for number in range(more))
    promises.write_text(text.replace("sales_promises:\n", f"sales_promises:\n{added}", 1), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        mkdocs_config("Example", repository="https://git.example.org/acme/sla"), encoding="utf-8"
    )
    first = build(folder / "mkdocs.yml", folder.resolve() / "site")
    return len(list(first.parent.rglob("index.html")))


def _bare(folder: Path, pages: int) -> None:
    """As many pages with the same theme and its plugins, without ours."""
    shutil.rmtree(folder, ignore_errors=True)
    docs = folder / "docs"
    docs.mkdir(parents=True)
    for number, name in zip(count(1), ["index", *(f"page-{number}" for number in range(2, pages + 1))], strict=False):
        (docs / f"{name}.md").write_text(BARE.format(number=number), encoding="utf-8")
    text = mkdocs_config("Bare", repository="https://git.example.org/acme/sla")
    before, _, after = text.partition("  - sla:\n")
    (folder / "mkdocs.yml").write_text(before + after[after.index("\nmarkdown_extensions") :], encoding="utf-8")


def _exported(ours: Path, folder: Path) -> Path:
    """The same pages for mkdocs alone: what the theme makes of them, without the plugin."""
    shutil.rmtree(folder, ignore_errors=True)
    pages = checked_pages(SiteFiles(ours), "en")
    export(pages, folder, name="Example", language="en", edit=lambda _, __: None)
    return folder


def _answer(site: Path) -> float | None:
    """Milliseconds that a move takes; None where there is no browser."""
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if executable is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"{site.resolve().as_uri()}/what-if/index.html")
        took = [page.evaluate(_ANSWERS, MOVES // ROUNDS) for _ in range(ROUNDS)]
        browser.close()
    return float(min(took))
