"""Value propositions: the few sentences that both teams use, each with its proof."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.base import Prose, as_list
from checker.agreement.customer import ValueProposition
from checker.report.names import LONGEST_NAME, team
from checker.report.plain_text import shortened
from checker.site.basis import Basis
from checker.site.page import Page, page_link
from checker.site.safe import safe, slug
from checker.site.where import has_page

PATH = "propositions.md"


@dataclass(frozen=True)
class Sentence:
    """A proposition: for whom, by whom, and in which pieces of content it is said."""

    id: str
    anchor: str
    entry: ValueProposition
    for_whom: Markup
    made_by: Markup
    carried_by: Markup


def propositions(basis: Basis) -> Page | None:
    """The page; None where the agreement has none."""
    if not has_page(basis.agreement, PATH):
        return None
    return basis.page(
        PATH,
        "propositions.md.j2",
        basis.voice.gettext("Value propositions"),
        ("value_propositions",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        sentences=[
            _sentence(basis, name, entry) for name, entry in (basis.agreement.sections.value_propositions or {}).items()
        ],
        has_content=bool(basis.agreement.sections.content),
    )


def _sentence(basis: Basis, name: str, entry: ValueProposition) -> Sentence:
    voice = basis.voice
    carrying = [
        brief(basis, piece.name) or title.replace("_", " ")
        for title, piece in (basis.agreement.sections.content or {}).items()
        if name in as_list(piece.carries)
    ]
    return Sentence(
        name,
        f"proposition-{slug(name)}",
        entry,
        Markup(", ").join(persona_link(basis, persona) for persona in as_list(entry.for_)),
        voice.names([voice.say(team(one)) for one in entry.made_by]) if entry.made_by else Markup(""),
        voice.names(carrying) if carrying else Markup(""),
    )


def brief(basis: Basis, text: Prose | None) -> str:
    """A text of the agreement where it is only named: all of it stands where the link leads."""
    return shortened(basis.names.prose(text), LONGEST_NAME)


def persona_link(basis: Basis, name: str) -> Markup:
    """A persona's name, leading to where it is described."""
    said = safe(basis.names.persona(name))
    if name not in (basis.agreement.sections.personas or {}):
        return said
    return Markup('<a href="{}">{}</a>').format(page_link("customers.md", f"persona-{slug(name)}"), said)
