"""Names that are there twice, or so alike that people will mix them up."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator

from checker.agreement import Agreement
from checker.agreement.cooperation import OtherTopic
from checker.finding import At, Because, Path, Problem, Severity
from checker.message import Message, Written, say
from checker.rules.rule import rule


@rule(
    "SLA109",
    "A name given twice",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        marketing_promises:
          first-response:                # because
            promise: Answer each question of a seller
            measure: acceptance_rate
            target: 85%
        sales_promises:
          first-response:                # SLA109
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        """,
    good="""
        marketing_promises:
          first-answer:
            promise: Answer each question of a seller
            measure: acceptance_rate
            target: 85%
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        """,
)
def name_given_twice(agreement: Agreement) -> Iterator[Problem]:
    """
    A promise's name is its address: results, exceptions and links all use it, whoever promises. Two promises of the
    same name, also in the lists of different teams, could not be told apart. The same holds for the lines of one
    ladder of deadlines, and for a value that stands twice in one list.
    """
    yield from _promises(agreement)
    for path, names in _lists(agreement):
        yield from _repeated(((At((*path, index)), name) for index, name in enumerate(names)), _in_list)


def _promises(agreement: Agreement) -> Iterator[Problem]:
    yield from _repeated(((At(promise.path, "key"), promise.id) for promise in agreement.promises()), _promise)
    for promise in agreement.promises():
        rungs = ((At((*rung.path, "name")), rung.name) for rung in promise.deadlines if rung.name is not None)
        yield from _repeated(rungs, _deadline)


def _promise(name: str) -> Message:
    return say("there is another promise {name}", name=Written(name))


def _deadline(name: str) -> Message:
    return say("another deadline of this promise is called {name}", name=Written(name))


def _in_list(name: str) -> Message:
    return say("{name} stands in this list twice", name=Written(name))


def _repeated(named: Iterable[tuple[At, str]], message: Callable[[str], Message]) -> Iterator[Problem]:
    first: dict[str, At] = {}
    for at, name in named:
        if name in first:
            yield Problem(at, message(name), because=(Because(first[name], say("the first one")),))
        else:
            first[name] = at


def _lists(agreement: Agreement) -> Iterator[tuple[Path, list[str]]]:
    """Lists whose entries must differ."""
    sections = agreement.sections
    for name, field in agreement.fields.items():
        yield ("fields", name, "values"), field.values or []
    yield ("outcomes",), sections.outcomes or []
    yield ("personal_contact",), sections.personal_contact or []
    for name, meeting in (sections.meetings or {}).items():
        yield ("meetings", name, "who"), meeting.who
        yield (
            ("meetings", name, "topics"),
            [topic.other if isinstance(topic, OtherTopic) else topic for topic in meeting.topics],
        )
    for name, tool in (sections.tools or {}).items():
        yield ("tools", name, "records"), tool.records


@rule(
    "SLA110",
    "Two names that look alike",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          country:
            is: one of
            values: [Brazil, Portugal, brazil]   # because # SLA110
        stages:
          mql:
            team: marketing
            country: Brazil
        dictionary:
          CRM: {means: The system that holds our customers}   # because
          crm: {means: The screen where leads arrive}         # SLA110
        """,
    good="""
        fields:
          country:
            is: one of
            values: [Brazil, Portugal, other]
        stages:
          mql:
            team: marketing
            country: Brazil
        dictionary:
          CRM: {means: The system that holds our customers}
          queue: {means: The screen where leads arrive}
        """,
)
def names_alike(agreement: Agreement) -> Iterator[Problem]:
    """
    Two names of one section that differ only by small and capital letters, by accents, or by `-` and `_` will be mixed
    up, by people and in exported data. Values of a field are compared without regard to capitals, so one of the two
    would never be found.
    """
    for section in _SECTIONS_OF_NAMES:
        names = getattr(agreement.sections, section) or {}
        yield from _alike((At((section, name), "key"), name) for name in names)
    yield from _alike((At(promise.path, "key"), promise.id) for promise in agreement.promises())
    for name, field in agreement.fields.items():
        yield from _alike(
            (At(("fields", name, "values", index)), value) for index, value in enumerate(field.values or ())
        )
    yield from _alike(
        (At(("ranking", index, "rank")), line.rank) for index, line in enumerate(agreement.sections.ranking or ())
    )


_SECTIONS_OF_NAMES = (
    "people",
    "working_time",
    "channels",
    "campaigns",
    "fields",
    "actions",
    "modes",
    "groups",
    "personas",
    "value_propositions",
    "stages",
    "return_reasons",
    "objections",
    "content",
    "meetings",
    "tools",
    "processes",
    "dictionary",
    "words_to_avoid",
)


def _alike(named: Iterable[tuple[At, str]]) -> Iterator[Problem]:
    first: dict[str, tuple[At, str]] = {}
    for at, name in named:
        key = _as_people_read_it(name)
        if key not in first:
            first[key] = (at, name)
        elif first[key][1] != name:
            yield Problem(
                at,
                say("{name} and {other} are easily mixed up", name=Written(name), other=Written(first[key][1])),
                note=say("give one of them a name of its own, or keep only one"),
                because=(Because(first[key][0], say("the other one")),),
            )


def _as_people_read_it(name: str) -> str:
    """A name without capitals, accents, and the signs between its words."""
    letters = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.casefold().replace("_", " ").replace("-", " ")
