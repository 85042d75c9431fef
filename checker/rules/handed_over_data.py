"""What goes along with a lead from marketing to sales."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import At, Because, Problem, Severity
from checker.message import Message, Written, all_of, say, say_counted
from checker.rules.handoff import stage_of_the_handoff
from checker.rules.rule import rule
from checker.rules.unused_names import all_fields_known, fields_in_use

KNOWN_AFTER_HANDOFF = ("accepted", "return_reason")
"""Built-in fields that sales brings about."""
PAYLOAD = (
    *("handoff", "fields", "stages", "groups", "points", "ranking"),
    *("marketing_promises", "sales_promises", "both_promise"),
)
"""What must be readable so that it is known what goes along with a lead."""


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


@rule(
    "SLA405",
    "Contact data goes along without consent",
    severity=Severity.WARNING,
    since="0.1",
    needs=PAYLOAD,
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
    if stage_of_the_handoff(agreement) is None:
        return
    personal = [item for item in agreement.payload if _is_personal(agreement, item.field)]
    consents = [name for name, field in agreement.fields.items() if field.consent]
    going_along = {item.field for item in agreement.payload}
    if not personal or not going_along.isdisjoint(consents) or not all_fields_known(agreement):
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
    needs=PAYLOAD,
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

    A field that nothing uses at all is reported as such, and not here; so is a consent that does not go along.
    """
    handoff = agreement.sections.handoff
    if handoff is None or stage_of_the_handoff(agreement) is None:
        return
    if handoff.must_have is None and handoff.nice_to_have is None:
        return
    going_along = {item.field for item in agreement.payload}
    if all(name in going_along or not field.known_before_handoff for name, field in agreement.fields.items()):
        return
    if not all_fields_known(agreement):
        return
    in_use = fields_in_use(agreement)
    key = "must_have" if handoff.must_have is not None else "nice_to_have"
    left = [
        name
        for name, field in agreement.fields.items()
        if field.known_before_handoff
        and name not in going_along
        and not field.consent
        and (name in in_use or field.bant is not None)
    ]
    if left:
        first, *others = left
        yield Problem(
            At(("fields", first), "key"),
            _stay_behind(left),
            because=(
                *(Because(At(("fields", name), "key")) for name in others[:5]),
                Because(At(("handoff", key), "key"), say("what goes along")),
            ),
            note=say(
                "list it under {nice_to_have}, or write {after} here",
                nice_to_have=Written("nice_to_have:"),
                after=Written("filled_in: after handoff"),
            ),
        )


def _stay_behind(names: list[str]) -> Message:
    return say_counted(
        "{fields} is known before the handoff, and does not go along",
        "{fields} are known before the handoff, and do not go along",
        count=len(names),
        fields=all_of(names),
    )
