"""A list of leads as a mail: one page of HTML that needs nothing else, with its styles in place.

Mail programs drop style sheets, scripts and most of what is newer than tables. Whatever comes out of the agreement or
the data passes the one escape of the pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.measures.listed import Listed
from checker.report.leads_words import LeadWords
from checker.report.plain_text import letters_only, plain, safe_address

_FONT = "font-family:Arial,Helvetica,sans-serif;color:#1a1a1a;"
_TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"'
_CELL = "padding:10px 0;border-top:1px solid #d9d9d9;font-size:14px;line-height:20px;"
_LATE, _LEFT, _QUIET = "#b00020", "#7a4d00", "#595959"


def leads_html(words: LeadWords, *, by_owner: bool = False) -> str:
    """The page."""
    return "\n".join(_page(words, by_owner=by_owner)) + "\n"


def _safe(text: str) -> str:
    return letters_only(plain(text))


def _page(words: LeadWords, *, by_owner: bool) -> Iterator[str]:
    title = _safe(words.title())
    yield "<!doctype html>"
    yield f'<html lang="{_safe(words.words.language)}">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    yield f"<title>{title}</title></head>"
    yield f'<body style="margin:0;padding:16px;background:#ffffff;{_FONT}">'
    yield '<div style="max-width:640px;margin:0 auto;">'
    if not words.listed.is_hidden:
        yield f'<h1 dir="auto" style="{_FONT}font-size:20px;line-height:26px;margin:0 0 4px;">{title}</h1>'
        yield f'<p style="margin:0 0 16px;font-size:13px;color:{_QUIET};">{_safe(words.subtitle())}</p>'
    for owner, leads in words.groups(by_owner=by_owner):
        if owner is not None:
            yield (
                f'<h2 dir="auto" style="{_FONT}font-size:16px;line-height:22px;margin:20px 0 6px;">'
                f"{_safe(owner)} ({len(leads)})</h2>"
            )
        if leads:
            yield f"<table {_TABLE}>"
            for lead in leads:
                yield from _lead(words, lead, with_owner=not by_owner)
            yield "</table>"
    for note in words.notes():
        yield f'<p dir="auto" style="margin:12px 0 0;font-size:13px;color:{_QUIET};">{_safe(note)}</p>'
    yield "</div></body></html>"


def _lead(words: LeadWords, lead: Listed, *, with_owner: bool) -> Iterator[str]:
    name = f"<strong>{_safe(lead.lead)}</strong>"
    if lead.link is not None:
        name = f'<a href="{safe_address(lead.link)}" style="color:#0b57d0;">{name}</a>'
    late = words.late(lead)
    colour = _LATE if lead.deadline is not None and (lead.seconds or 0) >= 0 else _LEFT
    head = [name, f'<span style="color:{colour};">{_safe(late)}</span>' if late else ""]
    head += [_safe(words.owner(lead.owner)) if with_owner else "", _safe(words.channel(lead))]
    yield f'<tr><td dir="auto" style="{_CELL}">' + " &middot; ".join(part for part in head if part)
    promise = words.about(lead)
    yield f"<br>{_safe(words.do(lead))}" + (f" ({_safe(promise)})" if promise else "")
    for reason in words.reasons(lead):
        yield f"<br>{_safe(reason)}"
    if lead.route is not None:
        yield f"<br>{_safe(words.route(lead))}"
    for field, value in words.personal(lead):
        yield f"<br>{_safe(field)}: {_safe(value)}"
    yield f'<br><span style="color:{_QUIET};font-size:12px;">{_safe(words.when(lead))}</span></td></tr>'
