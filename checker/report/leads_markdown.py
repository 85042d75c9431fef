"""A list of leads as Markdown: for an issue, a page, or a message to a channel."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from checker.measures.listed import Listed
from checker.report.leads_words import LeadWords
from checker.report.markdown_text import markdown_text


def leads_markdown(words: LeadWords, *, by_owner: bool = False) -> str:
    """The list: a heading an owner, where wanted, and an item a lead."""
    return "\n".join(_lines(words, by_owner=by_owner)).strip() + "\n"


def _lines(words: LeadWords, *, by_owner: bool) -> Iterator[str]:
    if not words.listed.is_hidden:
        yield f"## {markdown_text(words.title())}"
        yield ""
        yield markdown_text(words.subtitle())
    for owner, leads in words.groups(by_owner=by_owner):
        yield ""
        if owner is not None:
            yield f"### {markdown_text(owner)} ({len(leads)})"
            yield ""
        for lead in leads:
            yield _lead(words, lead, with_owner=not by_owner)
    for note in words.notes():
        yield ""
        yield markdown_text(note)


def _lead(words: LeadWords, lead: Listed, *, with_owner: bool) -> str:
    name = markdown_text(lead.lead)
    parts = [f"**[{name}]({_address(lead.link)})**" if lead.link else f"**{name}**"]
    about = [words.late(lead), words.owner(lead.owner) if with_owner else "", words.channel(lead)]
    parts += [markdown_text(part) for part in about if part]
    promise = words.about(lead)
    do = markdown_text(words.do(lead)) + (f" ({markdown_text(promise)})" if promise else "")
    told = [do, *map(markdown_text, words.reasons(lead)), markdown_text(words.when(lead))]
    if lead.route is not None:
        told.append(markdown_text(words.route(lead)))
    told += [f"{markdown_text(field)}: {markdown_text(value)}" for field, value in words.personal(lead)]
    return f"- {', '.join(parts)}: " + "; ".join(part for part in told if part)


def _address(link: str) -> str:
    """An address inside the round brackets of a link: what could end it is encoded."""
    return quote(link, safe="/:?&=%#,;+@!$~._-")
