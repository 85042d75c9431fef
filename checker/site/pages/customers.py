"""Ideal customer and personas: which companies fit, who decides there, and what they want."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.base import as_list
from checker.agreement.conditions import question
from checker.agreement.customer import Persona
from checker.agreement.fields import Group
from checker.finding import Path
from checker.message import Message, say
from checker.report.condition_words import Criterion
from checker.site.basis import Basis
from checker.site.page import Page, page_link
from checker.site.pages.grounds import grounds_in_words
from checker.site.pages.propositions import brief
from checker.site.safe import safe, slug

PATH = "customers.md"
PARTS_IN_A_DECISION: dict[str, Message] = {
    "decides": say("decides"),
    "influences": say("has a say in it"),
    "uses": say("uses what is bought"),
}


@dataclass(frozen=True)
class Fit:
    """A group of companies that fit, with what it was made from."""

    id: str
    group: Group
    criteria: tuple[Criterion, ...]
    grounds: Markup


@dataclass(frozen=True)
class Trait:
    """One thing that is known of a persona, and where it is written."""

    label: Markup
    value: Markup
    path: Path


@dataclass(frozen=True)
class Buyer:
    """A persona."""

    id: str
    anchor: str
    name: str
    traits: tuple[Trait, ...]
    journey: tuple[str, ...]
    grounds: Markup


def ideal_groups(basis: Basis) -> dict[str, Group]:
    """The groups of companies that were made from customers: what a company calls its ideal customer."""
    groups = basis.agreement.sections.groups or {}
    return {name: group for name, group in groups.items() if group.built_from is not None}


def customers(basis: Basis) -> Page | None:
    """The page; None where the agreement has neither personas nor a group made from customers."""
    personas = basis.agreement.sections.personas or {}
    groups = ideal_groups(basis)
    if not personas and not groups:
        return None
    return basis.page(
        PATH,
        "customers.md.j2",
        basis.voice.gettext("Ideal customer and personas"),
        ("personas",) if personas else ("groups",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        fits=[
            Fit(
                name,
                group,
                basis.sentences.criteria(basis.agreement.named_conditions[name]),
                grounds_in_words(basis, group.built_from),
            )
            for name, group in groups.items()
        ],
        buyers=[_buyer(basis, name, persona) for name, persona in personas.items()],
    )


def _buyer(basis: Basis, name: str, persona: Persona) -> Buyer:
    return Buyer(
        name,
        f"persona-{slug(name)}",
        basis.names.persona(name),
        tuple(_traits(basis, name, persona)),
        tuple(basis.names.action(action) for action in persona.journey or ()),
        grounds_in_words(basis, persona.built_from),
    )


def _traits(basis: Basis, name: str, persona: Persona) -> Iterator[Trait]:
    voice, prose = basis.voice, basis.names.prose
    at: Path = ("personas", name)
    if persona.why is not None:
        yield Trait(voice.gettext("Why this persona"), safe(prose(persona.why)), (*at, "why"))
    if persona.problem is not None:
        yield Trait(voice.gettext("Problem"), safe(prose(persona.problem)), (*at, "problem"))
    if persona.needs is not None:
        yield Trait(voice.gettext("Needs"), safe(prose(persona.needs)), (*at, "needs"))
    if persona.buys_how is not None:
        yield Trait(voice.gettext("Buys how"), safe(prose(persona.buys_how)), (*at, "buys_how"))
    if persona.compares_on:
        yield Trait(voice.gettext("Compares"), voice.names(persona.compares_on), (*at, "compares_on"))
    if persona.role_in_decision is not None:
        part = voice.say(PARTS_IN_A_DECISION[persona.role_in_decision])
        yield Trait(voice.gettext("Part in the decision"), part, (*at, "role_in_decision"))
    if persona.objections:
        said = [_objection(basis, objection) for objection in persona.objections]
        yield Trait(voice.gettext("Usually objects"), Markup("; ").join(said), (*at, "objections"))
    if persona.recognised_by is not None:
        condition = question(persona.recognised_by, (*at, "recognised_by"))
        known = voice.gettext("{condition}", condition=basis.sentences.inline(condition))
        yield Trait(voice.gettext("Recognised by"), known, (*at, "recognised_by"))
    yield from _for_this_persona(basis, name)


def _objection(basis: Basis, name: str) -> Markup:
    objections = basis.agreement.sections.objections or {}
    if name not in objections:
        return safe(name.replace("_", " "))
    words = basis.voice.gettext("“{words}”", words=brief(basis, objections[name]))
    return Markup('<a href="{}">{}</a>').format(page_link("objections.md", f"objection-{slug(name)}"), words)


def _for_this_persona(basis: Basis, name: str) -> Iterator[Trait]:
    """What we say to this persona."""
    for proposition, entry in (basis.agreement.sections.value_propositions or {}).items():
        if name in as_list(entry.for_):
            link = Markup('<a href="{}">{}</a>').format(
                page_link("propositions.md", f"proposition-{slug(proposition)}"), safe(brief(basis, entry.say))
            )
            yield Trait(basis.voice.gettext("What we say"), link, ("value_propositions", proposition, "say"))
