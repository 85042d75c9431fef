"""A list of leads at a terminal: two lines a lead, the oldest first."""

from __future__ import annotations

from collections.abc import Iterator

from checker.measures.listed import Listed
from checker.report.leads_words import LeadWords
from checker.report.terminal import Paint, Style, printable


def leads_text(words: LeadWords, *, by_owner: bool = False, has_colour: bool = False) -> str:
    """The list; where nothing is on it, the sentence that says so, and what is left out."""
    return "\n".join(_lines(words, Paint(has_colour), by_owner=by_owner)) + "\n"


def _lines(words: LeadWords, paint: Paint, *, by_owner: bool) -> Iterator[str]:
    if not words.listed.is_hidden:
        yield paint(printable(words.title()), Style.STRONG)
        yield paint(printable(words.subtitle()), Style.QUIET)
    for owner, leads in words.groups(by_owner=by_owner):
        if owner is not None:
            yield ""
            yield paint(f"{printable(owner)} ({len(leads)})", Style.STRONG)
        for lead in leads:
            yield ""
            yield from _lead(words, lead, paint, with_owner=not by_owner)
    notes = list(words.notes())
    if notes and not words.listed.is_hidden:
        yield ""
    yield from map(printable, notes)


def _lead(words: LeadWords, lead: Listed, paint: Paint, *, with_owner: bool) -> Iterator[str]:
    late = words.late(lead)
    style = Style.ERROR if lead.deadline is not None and (lead.seconds or 0) >= 0 else Style.WARNING
    head = [paint(printable(lead.lead), Style.STRONG), paint(printable(late), style) if late else ""]
    head += [printable(words.owner(lead.owner)) if with_owner else "", printable(words.channel(lead))]
    yield "  " + "  ".join(part for part in head if part)
    about = words.about(lead)
    do = printable(words.do(lead))
    yield "      " + (f"{do} ({printable(about)})" if about else do)
    for reason in words.reasons(lead):
        yield f"      {printable(reason)}"
    when = words.when(lead)
    if when:
        yield "      " + paint(printable(when), Style.QUIET)
    if lead.route is not None:
        place = lead.route.place
        where = f" ({printable(place.file)}:{place.line})" if place is not None else ""
        yield f"      {printable(words.route(lead))}{where}"
    for name, value in words.personal(lead):
        yield f"      {printable(name)}: {printable(value)}"
    if lead.link is not None:
        yield f"      {printable(lead.link)}"
