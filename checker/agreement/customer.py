"""Who is sold to and with what words: personas, value propositions, objections, content."""

from typing import Literal

from checker.agreement.base import Entry, Filled, Maybe, OneOrMany, Prose, optional, required
from checker.agreement.conditions import Condition
from checker.agreement.fields import Grounds
from checker.agreement.scalars import Id, Text


class Persona(Entry):
    """A kind of buyer."""

    name: Maybe[Prose] = optional("The name that people read", "Quality manager Camila")
    recognised_by: Maybe[Condition] = optional(
        "How a lead is known to be this persona; the first that fits counts", {"job_title": "contains quality"}
    )
    problem: Maybe[Prose] = optional("The problem that this person has", "Fails audits when a room warms up")
    needs: Maybe[Prose] = optional("What would solve it", "An audit report without collecting paper")
    buys_how: Maybe[Prose] = optional("How this person decides", "Compares three suppliers")
    compares_on: Maybe[Filled[Text]] = optional("What is compared", ["price", "time to install"])
    role_in_decision: Maybe[Literal["decides", "influences", "uses"]] = optional(
        "The part that this person has in the decision", "influences"
    )
    journey: Maybe[Filled[Id]] = optional("The actions on the way, in order", ["read_guide", "ask_for_demo"])
    objections: Maybe[Filled[Id]] = optional("What this person usually objects", ["price"])
    built_from: Maybe[Grounds] = optional("What the persona was made from", {"interviews": 6})
    why: Maybe[Prose] = optional("Why this persona", "Half of our customers")


class ValueProposition(Entry):
    """One strong sentence, for whom, and its proof."""

    say: Prose = required("The sentence", "A warm cold room calls a person within two minutes")
    for_: OneOrMany[Id] = required("The persona or personas that it is for", "quality_manager", alias="for")
    proof: Prose = required("What proves it", "Alarm log of 38 sites")
    unlike: Maybe[Prose] = optional("What others offer instead", "Loggers that are read the next morning")
    made_by: Maybe[Filled[Id]] = optional("The teams that made it", ["marketing", "sales"])


class Content(Entry):
    """A piece of content: for whom, at which stage, by whom."""

    name: Maybe[Prose] = optional("The title", "Audit guide")
    format: Maybe[Text] = optional("What it is", "guide")
    stage: Id = required("The stage in which it helps", "lead")
    for_: OneOrMany[Id] = required("The persona or personas that it is for", "quality_manager", alias="for")
    by: Id = required("The person who makes it", "camila")
    expert: Maybe[Id] = optional("The person whose knowledge is in it", "ana")
    answers: Maybe[OneOrMany[Id]] = optional("The objections that it answers", "price")
    carries: Maybe[OneOrMany[Id]] = optional("The value propositions that it carries", "pays_back")
