"""Who is named in an agreement that everybody reads, and who agreed to an exception."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.texts import Said
from checker.finding import At, Problem, Severity
from checker.message import Message, all_of, any_of, say
from checker.rules.names import SIDES
from checker.rules.phrases import marked, words_of
from checker.rules.rule import rule

_ADDRESS = re.compile(r"(?P<box>[\w.+-]+)@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
_TELEPHONE = re.compile(r"(?<![\w+])(?:\+\d(?:[ ().-]{0,2}\d){8,14}|\(\d{2,3}\) ?\d(?:[ .-]?\d){6,8})(?!\w)")
_TAX_NUMBER = re.compile(r"(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\w)")
SHARED_BOXES = frozenset(
    (
        *("contact", "crm", "hello", "help", "info", "lead", "leads", "marketing", "no-reply", "noreply", "office"),
        *("sales", "support", "team"),
        *("atendimento", "comercial", "contato", "suporte", "vendas"),
        *("ayuda", "contacto", "soporte", "ventas"),
        *("assistenza", "commerciale", "contatti", "vendite"),
        *("biuro", "handlowy", "kontakt", "pomoc", "sprzedaz"),
    )
)
"""What stands before the `@` of an address that belongs to no single person."""
OUR_OWN = ("source", "people", "handoff", "tools", "processes", "escalation", "meetings", "checks")
"""Sections that are about the company's own people and tools: their addresses are how one reaches them."""


@rule(
    "SLA706",
    "Personal data in the agreement",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people:
          camila: {name: Camila Nunes, team: marketing}
          tomas: {name: Tomás Quintela, team: sales}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        not_counted:
          - leads: [maria.souza@cold-store.example]        # SLA706
            promise: first-response
            why: Called from a private phone
            agreed_by: [camila, tomas]
        """,
    good="""
        people:
          camila: {name: Camila Nunes, team: marketing}
          tomas: {name: Tomás Quintela, team: sales}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        not_counted:
          - leads: [L-20331]
            promise: first-response
            why: Called from a private phone
            agreed_by: [camila, tomas]
        """,
)
def personal_data(agreement: Agreement) -> Iterator[Problem]:
    """
    An agreement is published to everybody in the company, and its history never forgets. E-mail addresses, telephone
    numbers and tax numbers of leads and customers do not belong there: name a lead by its id in the CRM.

    The people of the agreement may be named, and reached: their own addresses and shared ones (`sales@…`) are left
    alone, and so are the sections about the company's own people and tools.
    """
    own: frozenset[str] | None = None
    for said in _written_by_hand(agreement):
        if not ("@" in said.text or "+" in said.text or "(" in said.text or "-" in said.text):
            continue
        for found in _ADDRESS.finditer(said.text):
            own = _own_words(agreement) if own is None else own
            box = [_bare(word) for word in words_of(found["box"].replace("_", " "))]
            if found["box"].casefold() not in SHARED_BOXES and not (box and set(box) <= own):
                yield _found(said, found, say("an e-mail address of somebody outside this agreement"))
        for found in _TELEPHONE.finditer(said.text):
            yield _found(said, found, say("a telephone number"))
        for found in _TAX_NUMBER.finditer(said.text):
            yield _found(said, found, say("somebody's tax number"))


def _written_by_hand(agreement: Agreement) -> Iterator[Said]:
    for said in agreement.texts:
        if said.section not in OUR_OWN:
            yield said
    for index, exception in enumerate(agreement.sections.not_counted or ()):
        for position, lead in enumerate(exception.leads or ()):
            yield Said(lead, agreement.language, ("not_counted", index, "leads", position), "leads")


def _found(said: Said, found: re.Match[str], what: Message) -> Problem:
    return Problem(
        marked(said, found.start(), found[0]),
        say("personal data does not belong here: this is {what}", what=what),
        note=say("write the id that the CRM gives the lead"),
    )


def _own_words(agreement: Agreement) -> frozenset[str]:
    """The parts of the names of the agreement's own people and teams, without accents."""
    people = agreement.sections.people or {}
    names = [*people, *(agreement.text(person.name) for person in people.values())]
    names += [person.team for person in people.values()]
    return frozenset(_bare(word) for name in names for word in words_of(name.replace("_", " ")))


def _bare(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


@rule(
    "SLA707",
    "An exception that one team agreed on alone",
    severity=Severity.ERROR,
    since="0.1",
    needs=("people",),
    bad="""
        people:
          camila: {name: Camila, team: marketing}
          tomas: {name: Tomas, team: sales}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        not_counted:
          - leads: [L-20331]
            promise: first-response
            why: Called from a private phone
            agreed_by: [tomas]             # SLA707
        """,
    good="""
        people:
          camila: {name: Camila, team: marketing}
          tomas: {name: Tomas, team: sales}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        not_counted:
          - leads: [L-20331]
            promise: first-response
            why: Called from a private phone
            agreed_by: [camila, tomas]
        """,
)
def exception_of_one_team(agreement: Agreement) -> Iterator[Problem]:
    """
    Leads that are not counted change whether a promise was kept. Both teams agree on each of them, one person of
    marketing and one of sales; else a team could leave out what it missed.
    """
    people = agreement.sections.people or {}
    for index, exception in enumerate(agreement.sections.not_counted or ()):
        teams = {people[name].team for name in exception.agreed_by if name in people}
        missing = [side for side in SIDES if side not in teams]
        if missing and all(name in people for name in exception.agreed_by):
            yield Problem(
                At(("not_counted", index, "agreed_by")),
                say("nobody of {teams} agreed to this exception", teams=any_of(missing)),
                note=say("ask somebody of {teams}, and add the name", teams=all_of(missing)),
            )
