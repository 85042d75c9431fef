"""How a lead passes from marketing to sales: at which stage, by which way, with which data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import At, Because, Edit, Problem, Severity
from checker.message import Message, Written, all_of, say
from checker.rules.rule import rule
from checker.rules.unused_names import fields_in_use

MARKETING, SALES = "marketing", "sales"
KNOWN_AFTER_HANDOFF = ("accepted", "return_reason")
"""Built-in fields that sales brings about."""


@rule(
    "SLA401",
    "A handoff at a stage where nobody hands anything over",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        stages:
          lead: {team: marketing}
          mql: {team: marketing}       # because
          sql: {team: sales}
          customer: {team: sales, is: won}
        handoff:
          stage: lead                  # SLA401
          channel: The queue
        """,
    good="""
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
          sql: {team: sales}
          customer: {team: sales, is: won}
        handoff:
          stage: mql
          channel: The queue
        """,
)
def handoff_at_the_wrong_stage(agreement: Agreement) -> Iterator[Problem]:
    """
    The handoff is the moment at which a lead stops being marketing's and becomes sales'. So the stage at which it
    happens is one that marketing brings leads to, and the next one is brought about by another team.

    At a stage that `is: anonymous` there is no name to hand over yet; at one that `is: won` the deal is done. Where the
    same team brings leads to this stage and to the next one, the owner does not change: either both teams work on the
    same lead, or nobody does.
    """
    handoff = agreement.sections.handoff
    if handoff is None or handoff.stage not in agreement.stages:
        return
    stage = agreement.stages[handoff.stage]
    at = At(("handoff", "stage"))
    name = Written(handoff.stage)
    fixes = _where_the_owner_changes(agreement, handoff.stage)
    note = say("hand over at {stage}: the next stage is another team's", stage=Written(fixes[0].new)) if fixes else None
    is_said = Because(At(("stages", handoff.stage, "is")), None)
    if stage.is_ == "anonymous":
        message = say("nothing can be handed over at {stage}: nobody has a name there yet", stage=name)
        yield Problem(at, message, because=(is_said,), note=note, fixes=fixes)
    elif stage.is_ == "won":
        message = say("nothing is left to hand over at {stage}: the deal is won", stage=name)
        yield Problem(at, message, because=(is_said,), note=note, fixes=fixes)
    elif stage.team == SALES:
        message = say("leads cannot be handed to sales at {stage}: sales itself brings them there", stage=name)
        own = Because(At(("stages", handoff.stage, "team")), None)
        yield Problem(at, message, because=(own,), note=note, fixes=fixes)
    else:
        following = agreement.stage_after(handoff.stage)
        if following is not None and agreement.stages[following].team == stage.team:
            message = say(
                "at {stage} a lead does not change hands: {team} brings it to {next_stage} too",
                stage=name,
                team=stage.team,
                next_stage=Written(following),
            )
            because = Because(At(("stages", following, "team")), None)
            yield Problem(at, message, because=(because,), note=note, fixes=fixes)


def _where_the_owner_changes(agreement: Agreement, written: str) -> tuple[Edit, ...]:
    """The one stage of marketing after which a lead is another team's, where there is one."""
    found = []
    for first, second, _ in agreement.conversions():
        here, following = agreement.stages[first], agreement.stages[second]
        if here.team == MARKETING and following.team != MARKETING and here.is_ is None:
            found.append(first)
    return (Edit(At(("handoff", "stage")), written, found[0]),) if len(found) == 1 and found[0] != written else ()


@rule(
    "SLA402",
    "A field that cannot go along, because it is filled in later",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        fields:
          phone: {is: text}
          bant_budget:
            is: one of
            values: [confirmed, none]
            filled_in: after handoff     # because
        handoff:
          stage: mql
          channel: The queue
          must_have:
            phone: {used_for: first call}
            bant_budget: {used_for: proposal}    # SLA402
        """,
    good="""
        fields:
          phone: {is: text}
          bant_budget:
            is: one of
            values: [confirmed, none]
            filled_in: after handoff
            bant: budget
        handoff:
          stage: mql
          channel: The queue
          must_have:
            phone: {used_for: first call}
        """,
)
def must_have_field_filled_in_later(agreement: Agreement) -> Iterator[Problem]:
    """
    Under `must_have` stands what each lead has when it reaches sales. A field that is filled in after the handoff can
    never be there in time: marketing would miss its promise with every single lead, for something that sales finds
    out.

    Take the field out of `must_have`, or, where marketing does ask for it, let the field say
    `filled_in: before handoff`.
    """
    for item in agreement.payload:
        if item.listed_at is None or item.listed_at[1] != "must_have":
            continue
        at = At(item.listed_at, "key" if isinstance(item.listed_at[-1], str) else "value")
        field = agreement.fields.get(item.field)
        if field is not None and not field.known_before_handoff:
            yield Problem(
                at,
                say(
                    "{field} cannot go along with a lead: it is filled in after the handoff", field=Written(item.field)
                ),
                because=(Because(At(("fields", item.field, "filled_in"))),),
                note=say(
                    "take it out, or write {before} at the field if marketing asks for it",
                    before=Written("filled_in: before handoff"),
                ),
            )
        elif field is None and item.field in KNOWN_AFTER_HANDOFF:
            yield Problem(
                at,
                say("{field} cannot go along with a lead: sales decides it later", field=Written(item.field)),
                note=say("take it out"),
            )


_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|„[^”]*”|«[^»]*»|\([^)]*\)")
_JOINED = re.compile(
    r"[,;+/&|]|(?<![\w-])(?:and|or|plus|e|ou|mais|y|o|u|más|oppure|più|i|lub|oraz|albo)(?![\w-])", re.I
)
_WAYS = {
    "e-mail": r"e-?mails?|correos?|inbox|mailbox|outlook|gmail|poczt\w+",
    "queue": r"queues?|filas?|colas?|cod[ae]|kolejk\w+|crm|hubspot|salesforce|pipedrive",
    "spreadsheet": r"spreadsheets?|excel|google sheets?|planilhas?|hojas? de cálculo|fogli\w* di calcolo|arkusz\w*",
    "chat": r"slack|teams|chat|whatsapp|telegram|discord",
    "phone": r"phone|telephone|telefone|teléfono|telefono|telefon\w*|calls?|sms",
    "paper": r"paper|papel|carta|papier\w*|notebook",
    "meeting": r"meetings?|reunião|reuniões|reunión|reuniones|riunion\w+|spotkani\w+",
}
_WAY = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for name, words in _WAYS.items()}


@rule(
    "SLA403",
    "Leads reach sales by more than one way",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        handoff:
          stage: mql
          channel: CRM queue and e-mail     # SLA403
        """,
    good="""
        handoff:
          stage: mql
          channel: CRM queue "New hot leads"
          seller_told_by: E-mail
        """,
)
def several_reception_channels(agreement: Agreement) -> Iterator[Problem]:
    """
    Sales receives leads in one place, always the same. With two, each seller looks into one of them: leads lie unseen
    in the other, some are called twice, and nobody can say how many were handed over.

    Keep the one in which each lead is recorded. What only tells the seller about it stands under `seller_told_by`,
    what is done when it fails under `if_it_fails`. Names in quotes or brackets are not looked at.
    """
    handoff = agreement.sections.handoff
    if handoff is None:
        return
    ways = _ways(agreement.text(handoff.channel))
    if len(ways) > 1:
        yield Problem(
            At(("handoff", "channel")),
            say("sales receives leads by {count} ways: {ways}", count=len(ways), ways=all_of(ways)),
            note=say("name one; what only tells the seller stands under {key}", key=Written("seller_told_by:")),
        )


def _ways(prose: str) -> list[str]:
    """The parts of a text that each name another way by which a lead may come; empty where it names one."""
    found: dict[str, str] = {}
    for part in _JOINED.split(_QUOTED.sub("", prose)):
        named = [name for name, words in _WAY.items() if words.search(part)]
        if named and not any(name in found for name in named):
            found[named[0]] = part.strip(" .")
    return list(found.values())


@rule(
    "SLA404",
    "Nothing is agreed for the day on which the handoff fails",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        handoff:
          stage: mql
          channel: The queue
          how: integration                 # SLA404
        """,
    good="""
        handoff:
          stage: mql
          channel: The queue
          how: integration
          if_it_fails: {then: Daily export to the same queue, until: "09:00"}
        """,
)
def no_way_round(agreement: Agreement) -> Iterator[Problem]:
    """
    One day the integration is down, the mail is blocked or nobody starts the export. Leads then wait where no seller
    sees them, every clock of sales runs or none does, and the two teams argue about it afterwards. Say now what is
    done on that day and by when, and bring those leads to the same place as all the others.
    """
    handoff = agreement.sections.handoff
    if handoff is not None and handoff.how is not None and handoff.if_it_fails is None:
        yield Problem(
            At(("handoff", "how")),
            say("nobody has agreed what is done when this fails"),
            note=say(
                "add a line such as {example}",
                example=Written('if_it_fails: {then: Daily export to the same queue, until: "09:00"}'),
            ),
        )


@rule(
    "SLA405",
    "Contact data goes along without consent",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          phone: {is: text, personal_data: yes}       # because
          may_we_call: {is: yes or no, consent: yes}  # because
        handoff:
          stage: mql
          channel: The queue
          must_have:                                  # SLA405
            phone: {used_for: first call}
        """,
    good="""
        fields:
          phone: {is: text, personal_data: yes}
          may_we_call: {is: yes or no, consent: yes}
        handoff:
          stage: mql
          channel: The queue
          must_have:
            phone: {used_for: first call}
            may_we_call: {used_for: first call}
        """,
)
def contact_data_without_consent(agreement: Agreement) -> Iterator[Problem]:
    """
    A seller who gets a name and a phone number calls. Whether the person agreed to that is known to marketing alone,
    unless it goes along with the lead: then the seller sees it, and a lead without consent does not even count.

    Mark the field that records it with `consent: yes`, and list it under `must_have`, or ask for it in the conditions
    of the stage: what the conditions use goes along by itself.
    """
    if agreement.sections.handoff is None:
        return
    personal = [item for item in agreement.payload if _is_personal(agreement, item.field)]
    consents = [name for name, field in agreement.fields.items() if field.consent]
    going_along = {item.field for item in agreement.payload}
    if not personal or not going_along.isdisjoint(consents):
        return
    names = all_of([item.field for item in personal])
    because = tuple(Because(At(("fields", item.field, "personal_data"))) for item in personal[:3])
    if consents:
        message = say("{names} go to sales, but not whether the person may be called", names=names)
        note = say("list {consent} here too", consent=Written(consents[0]))
        because += (Because(At(("fields", consents[0], "consent"))),)
    else:
        message = say("{names} go to sales, and no field says whether the person may be called", names=names)
        note = say(
            "add a field such as {example}, and list it here",
            example=Written("contact_consent: {is: yes or no, consent: yes}"),
        )
    yield Problem(_payload_spot(agreement), message, because=because, note=note)


def _is_personal(agreement: Agreement, name: str) -> bool:
    field = agreement.fields.get(name)
    return field is not None and field.personal_data is True


def _payload_spot(agreement: Agreement) -> At:
    handoff = agreement.sections.handoff
    is_listed = handoff is not None and handoff.must_have is not None
    return At(("handoff", "must_have") if is_listed else ("handoff",), "key")


@rule(
    "SLA406",
    "Something that marketing knows stays behind",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        fields:
          phone: {is: text}
          company_size: {is: whole number}          # SLA406
        personas:
          large_buyer:
            recognised_by: {company_size: at least 500}
        handoff:
          stage: mql
          channel: The queue
          must_have:                                # because
            phone: {used_for: first call}
        """,
    good="""
        fields:
          phone: {is: text}
          company_size: {is: whole number}
        personas:
          large_buyer:
            recognised_by: {company_size: at least 500}
        handoff:
          stage: mql
          channel: The queue
          must_have:
            phone: {used_for: first call}
          nice_to_have: [company_size]
        """,
)
def payload_leaves_something_behind(agreement: Agreement) -> Iterator[Problem]:
    """
    All that is known of a lead goes along with it: a seller who asks again what the person already told marketing
    sounds like a stranger. Fields that the criteria, the ranking, the routing and the deadlines use go along by
    themselves. Any other that is filled in before the handoff is listed under `must_have`, or under `nice_to_have`
    where it is not always known; a field that is filled in later says `filled_in: after handoff`.

    A field that nothing uses at all is reported as such, and not here.
    """
    handoff = agreement.sections.handoff
    if handoff is None or (handoff.must_have is None and handoff.nice_to_have is None):
        return
    going_along = {item.field for item in agreement.payload}
    in_use = fields_in_use(agreement)
    key = "must_have" if handoff.must_have is not None else "nice_to_have"
    for name, field in agreement.fields.items():
        if field.known_before_handoff and name not in going_along and (name in in_use or field.bant):
            yield Problem(
                At(("fields", name), "key"),
                _stays_behind(name),
                because=(Because(At(("handoff", key), "key"), say("what goes along")),),
                note=say(
                    "list it under {nice_to_have}, or write {after} here",
                    nice_to_have=Written("nice_to_have:"),
                    after=Written("filled_in: after handoff"),
                ),
            )


def _stays_behind(name: str) -> Message:
    return say("{field} is known before the handoff, and does not go along", field=Written(name))
