"""What must hold of a page of each kind, in every window, colour scheme and language."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import axe_playwright_python

from tests.site.built import built, laid_out
from tests.site.made_up import results
from tests.site.made_up_studies import backtest, plan
from tests.site.released import with_releases
from tests.site.served import Visit

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
ONE_OF_EACH_KIND = (
    "",
    "scoreboard/",
    "funnel/",
    "what-if/",
    "sales/",
    "promises/first-response/",
    "promises/mql-volume/",
    "customers/",
    "propositions/",
    "channels/",
    "qualification/",
    "handoff/",
    "returns/",
    "objections/",
    "meetings/",
    "tools/",
    "roles/",
    "plan/",
    "backtest/",
    "changes/",
    "change-it/",
    "dictionary/",
    "data/",
    "404.html",
)
WINDOWS = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))

_CUT = """() => [...document.querySelectorAll('article *')].filter(part => {
    const box = part.getBoundingClientRect();
    if (!box.width || !part.checkVisibility()) return false;
    if (part.tagName === 'text') {
        const drawing = part.ownerSVGElement, frame = drawing.getBoundingClientRect();
        if (getComputedStyle(drawing).overflowX === 'visible') return box.left < 0 || box.right > innerWidth;
        return box.left < frame.left - 2 || box.right > frame.right + 2
            || box.top < frame.top - 2 || box.bottom > frame.bottom + 2;
    }
    // what only those who listen are told stands in a box of a pixel
    const hides = part.clientWidth > 2 && getComputedStyle(part).overflowX === 'hidden';
    return hides && part.scrollWidth > part.clientWidth + 1;
}).map(part => part.textContent.trim().slice(0, 80))"""
"""Letters that stand out of their drawing, or are hidden by the edge of their box."""


class Faults(NamedTuple):
    """How many pixels a page moves sideways, the texts that are cut, and what axe finds, each with its place."""

    sideways: int
    cut: list[str]
    violations: list[tuple[str, str]]


NO_FAULTS = Faults(0, [], [])


def whole_site(folder: Path, language: str = "en") -> Path:
    """The folder of a built site that has all its pages: with releases, results, a plan and a test of the criteria."""
    with_releases(folder)
    config = laid_out(folder, results(), language=language)
    (folder / "build" / "plan.json").write_text(plan(2_000_000).model_dump_json(), encoding="utf-8")
    (folder / "build" / "backtest.json").write_text(backtest("social_ads").model_dump_json(), encoding="utf-8")
    return built(config)


def faults_of(visit: Visit, address: str) -> Faults:
    """What is wrong with a page as it stands in this window."""
    page = visit.goto(address)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return Faults(
        visit.sideways(),
        page.evaluate(_CUT),
        [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found["violations"]],
    )
