"""Who is sold to and with what words: personas, value propositions, objections, content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.agreement import Agreement
from checker.agreement.conditions import question
from checker.change import Difference, Sides
from checker.changes.effects import compared, follows_from_fields
from checker.changes.entries import Key, come_and_gone, in_both, moved
from checker.changes.kind import change
from checker.changes.showing import example, named
from checker.changes.sides import BOTH_SHIFTED, HEAVIER, NOBODY, SHIFTED, side_of
from checker.finding import Path
from checker.logic.proof import Direction
from checker.message import Message, say


def _persona(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("{persona}", persona=named(agreement, name, "personas"))


def _told_persona(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    persona = named(agreement, name, "personas")
    return say("We sell to {persona} too", persona=persona), say("We no longer sell to {persona}", persona=persona)


@change(
    "persona-added",
    "A persona is new",
    mirror=("persona-dropped", "A persona is gone"),
    covers=("personas",),
    old="personas: {director: {role_in_decision: decides}}",
    new="personas: {director: {role_in_decision: decides}, user: {role_in_decision: uses}}",
)
def personas_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Both teams speak to one kind of buyer more, or to one less."""
    yield from come_and_gone(old, new, "personas", _told_persona, BOTH_SHIFTED)


@change(
    "persona-recognised-otherwise",
    "Other leads count as a persona",
    alike="some leads are told apart otherwise, whichever way one looks",
    covers=("personas.*.recognised_by",),
    old="""
        fields: {job_title: {is: text}}
        personas: {director: {recognised_by: {job_title: contains director}}}
        """,
    new="""
        fields: {job_title: {is: text}}
        personas: {director: {recognised_by: {job_title: contains chief}}}
        """,
)
def persona_recognised(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Other leads are taken for this kind of buyer; one is shown. Stages that ask for the persona are told below."""
    for name, before, after in in_both(old, new, "personas"):
        path: Path = ("personas", name, "recognised_by")
        if before.recognised_by is None and after.recognised_by is None:
            continue
        if before.recognised_by is None or after.recognised_by is None:
            lost = gained = None
        else:
            comparison = compared(old, new, question(before.recognised_by, path), question(after.recognised_by, path))
            if comparison.direction is Direction.SAME:
                continue
            lost, gained = comparison.lost, comparison.gained
        further, follows = follows_from_fields(old, new, path, "persona")
        yield Difference(
            name,
            say("Other leads count as {persona}", persona=named(new, name, "personas")),
            BOTH_SHIFTED | further,
            path if before.recognised_by else path[:2],
            path if after.recognised_by else path[:2],
            only_old=example(lost, old),
            only_new=example(gained, new),
            follows=follows,
        )


@change(
    "personas-reordered",
    "Personas stand in another order",
    alike="another order the other way round is still another order",
    covers=("personas",),
    old="""
        fields: {job_title: {is: text}}
        personas:
          director: {recognised_by: {job_title: contains director}}
          buyer: {recognised_by: {job_title: contains buyer}}
        """,
    new="""
        fields: {job_title: {is: text}}
        personas:
          buyer: {recognised_by: {job_title: contains buyer}}
          director: {recognised_by: {job_title: contains director}}
        """,
)
def personas_reordered(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A lead that fits several personas is the first of them, which is another one now."""
    before, after = (
        [name for name, persona in (side.sections.personas or {}).items() if persona.recognised_by is not None]
        for side in (old, new)
    )
    kept = [name for name in before if name in after]
    now = [name for name in after if name in before]
    if kept != now:
        first = next(name for name, other in zip(now, kept, strict=True) if name != other)
        further, follows = follows_from_fields(old, new, ("personas",), "persona")
        yield Difference(
            "personas",
            say("A lead that fits several personas is {persona} first", persona=named(new, first, "personas")),
            BOTH_SHIFTED | further,
            ("personas", first),
            ("personas", first),
            follows=follows,
        )


@change(
    "persona-changed",
    "A persona is described otherwise",
    alike="another description is another one, whichever way one looks",
    covers=(
        "personas.*.compares_on",
        "personas.*.role_in_decision",
        "personas.*.journey",
        "personas.*.objections",
    ),
    old="personas: {director: {role_in_decision: influences}}",
    new="personas: {director: {role_in_decision: decides}}",
)
def persona_changed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """This kind of buyer has another part in the decision, another way to it, or objects and compares other things."""
    keys = (
        Key("compares_on", say("what is compared")),
        Key("role_in_decision", say("the part in the decision")),
        Key("journey", say("the way to the decision"), is_ordered=True),
        Key("objections", say("the objections")),
    )
    yield from moved(old, new, "personas", keys, _persona)


# ---------------------------------------------------------------- what is said


def _told_proposition(agreement: Agreement, _: str, entry: Any) -> tuple[Message, Message]:
    words = agreement.text(entry.say)
    return say("We say to buyers: {sentence}", sentence=words), say(
        "We no longer say to buyers: {sentence}", sentence=words
    )


@change(
    "proposition-added",
    "A value proposition is new",
    mirror=("proposition-dropped", "A value proposition is gone"),
    covers=("value_propositions",),
    old="personas: {director: {role_in_decision: decides}}",
    new="""
        personas: {director: {role_in_decision: decides}}
        value_propositions: {fast: {say: It calls within two minutes, for: director, proof: Log of 38 sites}}
        """,
)
def propositions_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Both teams have one strong sentence more to say, or one less."""
    yield from come_and_gone(old, new, "value_propositions", _told_proposition, BOTH_SHIFTED)


@change(
    "proposition-changed",
    "A value proposition is for others",
    alike="other buyers and other makers are others, whichever way one looks",
    covers=("value_propositions.*.for", "value_propositions.*.made_by"),
    old="""
        personas: {director: {role_in_decision: decides}, user: {role_in_decision: uses}}
        value_propositions: {fast: {say: It calls within two minutes, for: director, proof: Log of 38 sites}}
        """,
    new="""
        personas: {director: {role_in_decision: decides}, user: {role_in_decision: uses}}
        value_propositions: {fast: {say: It calls within two minutes, for: [director, user], proof: Log of 38 sites}}
        """,
)
def proposition_changed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The sentence is said to other buyers, or made by other people."""
    keys = (
        Key("for_", say("whom it is for"), alias="for"),
        Key("made_by", say("who made it"), NOBODY),
    )

    def whose(agreement: Agreement, _: str, entry: Any) -> Message:
        return say("“{sentence}”", sentence=agreement.text(entry.say))

    yield from moved(old, new, "value_propositions", keys, whose)


def _told_objection(agreement: Agreement, _: str, entry: Any) -> tuple[Message, Message]:
    words = agreement.text(entry)
    return (
        say("Buyers object: {objection}", objection=words),
        say("Buyers are no longer said to object: {objection}", objection=words),
    )


@change(
    "objection-added",
    "An objection is new",
    mirror=("objection-dropped", "An objection is gone"),
    covers=("objections",),
    old="objections: {price: It costs too much}",
    new="objections: {price: It costs too much, time: It takes too long}",
)
def objections_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Both teams answer one objection more, or one less."""
    yield from come_and_gone(old, new, "objections", _told_objection, BOTH_SHIFTED)


# ---------------------------------------------------------------- content


def _maker(agreement: Agreement, content: Any) -> str:
    people = agreement.sections.people or {}
    return people[content.by].team if content.by in people else "marketing"


def _content(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("“{content}”", content=named(agreement, name, "content"))


def _told_content(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    content = named(agreement, name, "content")
    return (
        say("“{content}” will be made", content=content),
        say("“{content}” is no longer among the content", content=content),
    )


@change(
    "content-added",
    "A piece of content is new",
    mirror=("content-dropped", "A piece of content is gone"),
    covers=("content",),
    old="""
        people: {camila: {name: Camila, team: marketing}}
        personas: {director: {role_in_decision: decides}}
        """,
    new="""
        people: {camila: {name: Camila, team: marketing}}
        personas: {director: {role_in_decision: decides}}
        content: {guide: {name: Audit guide, for: director, stage: lead, by: camila}}
        """,
)
def content_comes_and_goes(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The team of the person who makes it has one piece more to make, or one less."""

    def sides(agreement: Agreement, _: str, entry: Any) -> Sides:
        return side_of(_maker(agreement, entry), HEAVIER)

    yield from come_and_gone(old, new, "content", _told_content, sides)


@change(
    "content-changed",
    "A piece of content is another one",
    alike="other buyers, makers and objections are others, whichever way one looks",
    covers=(
        "content.*.format",
        "content.*.stage",
        "content.*.for",
        "content.*.by",
        "content.*.expert",
        "content.*.answers",
        "content.*.carries",
    ),
    old="""
        people: {camila: {name: Camila, team: marketing}}
        personas: {director: {role_in_decision: decides}}
        content: {guide: {name: Audit guide, for: director, stage: lead, by: camila}}
        """,
    new="""
        people: {camila: {name: Camila, team: marketing}}
        personas: {director: {role_in_decision: decides}}
        content: {guide: {name: Audit guide, for: director, stage: mql, by: camila}}
        """,
)
def content_changed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """A piece of content is for other buyers or another stage, made by someone else, or answers another objection."""

    def sides(agreement: Agreement, _: str, before: Any, after: Any) -> Sides:
        return side_of(_maker(old, before), SHIFTED) | side_of(_maker(agreement, after), SHIFTED)

    keys = (
        Key("format", say("its form"), sides),
        Key("stage", say("the stage in which it helps"), sides),
        Key("for_", say("whom it is for"), sides, alias="for"),
        Key("by", say("who makes it"), sides),
        Key("expert", say("whose knowledge is in it"), sides),
        Key("answers", say("the objections that it answers"), sides),
        Key("carries", say("the value propositions that it carries"), sides),
    )
    yield from moved(old, new, "content", keys, _content)
