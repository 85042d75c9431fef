"""Where on the site something of the agreement is told: for links from a change or a meeting to a page."""

from __future__ import annotations

from markupsafe import Markup

from checker.agreement.agreement import Agreement
from checker.finding import Path
from checker.site.page import page_link
from checker.site.safe import slug

PAGES: dict[str, tuple[str, ...]] = {
    "funnel.md": ("plan", "targets", "opened_before_plan", "rates"),
    "handoff.md": ("handoff", "sellers", "limit_per_seller", "if_seller_leaves", "if_all_are_away"),
    "channels.md": ("channels", "campaigns"),
    "customers.md": ("personas",),
    "propositions.md": ("value_propositions",),
    "returns.md": ("return_reasons", "outcomes", "hand_off_again"),
    "objections.md": ("objections", "content"),
    "meetings.md": ("meetings",),
    "tools.md": ("tools", "processes"),
    "roles.md": ("roles", "people", "working_time", "escalation"),
}
"""Page -> the sections that it tells; without any of them there is no such page."""
ALWAYS: dict[str, str] = {
    "stages": "qualification.md",
    "groups": "qualification.md",
    "ranking": "qualification.md",
    "actions": "qualification.md",
    "points": "qualification.md",
    "modes": "qualification.md",
    "dictionary": "dictionary.md",
    "words_to_avoid": "dictionary.md",
    "marketing_promises": "marketing/index.md",
    "sales_promises": "sales/index.md",
    "both_promise": "both/index.md",
}
"""Section -> the page that tells it, of the pages that are always there."""
BESIDE = {"fields": "handoff.md"}
"""Section -> the page that shows some of it, where that page is there for another reason."""
ANCHORS = {
    "channels": "channel-",
    "personas": "persona-",
    "value_propositions": "proposition-",
    "objections": "objection-",
    "meetings": "meeting-",
    "tools": "tool-",
    "processes": "process-",
    "stages": "",
    "groups": "",
}
"""Section -> what stands before the slug of an entry's name in its anchor."""


def has_page(agreement: Agreement, path: str) -> bool:
    """Whether the agreement says anything of what a page tells."""
    return any(getattr(agreement.sections, section) for section in PAGES[path])


def page_that_tells(agreement: Agreement, path: Path) -> Markup | None:
    """What stands in `href` for a link to the page that tells what the agreement says at a path; None without one."""
    section = str(path[0]) if path else ""
    name = str(path[1]) if len(path) > 1 else ""
    if section in ("marketing_promises", "sales_promises", "both_promise"):
        return _promise(agreement, section, name)
    told_on = next((page for page, told in PAGES.items() if section in told), None)
    page = ALWAYS.get(section) or BESIDE.get(section) or told_on
    if page is None or (page in PAGES and not has_page(agreement, page)):
        return None
    entries = getattr(agreement.sections, section) or {}
    return page_link(page, ANCHORS[section] + slug(name) if section in ANCHORS and name in entries else "")


def _promise(agreement: Agreement, section: str, name: str) -> Markup | None:
    promise = agreement.promise(name)
    if promise is not None:
        return page_link(f"promises/{slug(promise.id)}.md")
    side = ALWAYS[section]
    return page_link(side) if side != "both/index.md" or agreement.sections.both_promise else None
