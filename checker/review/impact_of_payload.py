"""Which real leads a change of the payload is about: handed over without a field, or with one that now goes along."""

from __future__ import annotations

from collections.abc import Iterable

from checker.agreement import Agreement
from checker.change import Change
from checker.funnel.versions import AskedOfLeads
from checker.logic.aggregate import Every, Fact, Fits, Happened, Some, field_known

REQUIRED = ("payload-field-required", "payload-field-released")
OFFERED = ("payload-field-offered", "payload-field-withdrawn")
_HANDED_OFF = Happened("handed_off")
_NO_LEAD = Some(())


def question_of_payload(field: str) -> str:
    """The name of the question whether a lead goes along with a field, or may be handed over as it is."""
    return f"payload {field}"


def asked_payload(agreement: Agreement, changes: Iterable[Change]) -> AskedOfLeads:
    """What an agreement says of each lead for every field of the payload that these changes are about.

    Of a field that is, or no longer is, required: whether the lead may be handed over. Of one that goes along where it
    is known: whether it does.
    """
    level = {item.field: item.required for item in agreement.payload}
    facts: dict[str, Fact] = {}
    for change in changes:
        known = Every((_HANDED_OFF, Fits(field_known(change.what), "handed_off")))
        if change.kind in REQUIRED:
            facts[question_of_payload(change.what)] = known if level.get(change.what) else _HANDED_OFF
        elif change.kind in OFFERED:
            facts[question_of_payload(change.what)] = known if change.what in level else _NO_LEAD
    return AskedOfLeads(facts)
