"""Objections and content: what buyers doubt, and which piece answers it, for whom and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.base import as_list
from checker.agreement.customer import Content
from checker.site.basis import Basis
from checker.site.page import Page, page_link
from checker.site.pages.propositions import brief, persona_link
from checker.site.safe import safe, slug
from checker.site.where import has_page

PATH = "objections.md"
NOTHING = Markup("–")


@dataclass(frozen=True)
class Doubt:
    """An objection, who raises it, and what answers it."""

    id: str
    anchor: str
    words: str
    raised_by: Markup
    answered_by: Markup


@dataclass(frozen=True)
class Piece:
    """A piece of content."""

    id: str
    anchor: str
    entry: Content
    name: str
    stage: str
    for_whom: Markup
    made_by: Markup
    answers: Markup
    carries: Markup


def objections(basis: Basis) -> Page | None:
    """The page; None where the agreement names neither objections nor content."""
    sections = basis.agreement.sections
    if not has_page(basis.agreement, PATH):
        return None
    doubts = sections.objections or {}
    pieces = sections.content or {}
    return basis.page(
        PATH,
        "objections.md.j2",
        basis.voice.gettext("Objections and content"),
        ("objections",) if doubts else ("content",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        is_wide=True,
        doubts=[_doubt(basis, name, basis.names.prose(words)) for name, words in doubts.items()],
        pieces=[_piece(basis, name, entry) for name, entry in pieces.items()],
    )


def _doubt(basis: Basis, name: str, words: str) -> Doubt:
    sections = basis.agreement.sections
    raising = [persona for persona, entry in (sections.personas or {}).items() if name in (entry.objections or ())]
    pieces = [piece for piece, entry in (sections.content or {}).items() if name in as_list(entry.answers)]
    return Doubt(
        name,
        f"objection-{slug(name)}",
        words,
        _joined(persona_link(basis, persona) for persona in raising),
        _joined(
            Markup('<a href="#{}">{}</a>').format(f"piece-{slug(piece)}", safe(_title(basis, piece)))
            for piece in pieces
        ),
    )


def _title(basis: Basis, piece: str) -> str:
    entry = (basis.agreement.sections.content or {})[piece]
    return brief(basis, entry.name) or piece.replace("_", " ")


def _piece(basis: Basis, name: str, entry: Content) -> Piece:
    names, sections = basis.names, basis.agreement.sections
    by = safe(names.person(entry.by))
    doubts, sentences = sections.objections or {}, sections.value_propositions or {}
    return Piece(
        name,
        f"piece-{slug(name)}",
        entry,
        _title(basis, name),
        names.short_stage(entry.stage),
        _joined(persona_link(basis, persona) for persona in as_list(entry.for_)),
        by
        if entry.expert is None
        else basis.voice.gettext("{maker}, with {expert}", maker=by, expert=names.person(entry.expert)),
        _joined(
            Markup('<a href="#{}">{}</a>').format(f"objection-{slug(doubt)}", safe(brief(basis, doubts[doubt])))
            for doubt in as_list(entry.answers)
            if doubt in doubts
        ),
        _joined(
            Markup('<a href="{}">{}</a>').format(
                page_link("propositions.md", f"proposition-{slug(one)}"), safe(brief(basis, sentences[one].say))
            )
            for one in as_list(entry.carries)
            if one in sentences
        ),
    )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup(", ").join(parts) or NOTHING
