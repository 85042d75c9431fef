"""Leads as they are handed over: whether all that sales needs goes along, and which seller gets each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from checker.agreement import Agreement
from checker.agreement.base import as_list, prose
from checker.agreement.conditions import question
from checker.agreement.handoff import Handoff
from checker.agreement.payload import PayloadItem
from checker.agreement.payload_schema import payload_schema
from checker.errors import NothingToJudge
from checker.finding import Because, Place, Problem
from checker.handed_over import Payloads, Routed
from checker.logic.criteria import DoneAction, Lead, LeadValue, evaluate, is_blank
from checker.logic.who_gets_it import sellers_named, sellers_present
from checker.message import Message, Written, all_of, any_of, say, say_counted
from checker.rules.suggestions import guesses
from checker.text import Document
from checker.text.json_records import Record, read_records


def handoff_of(agreement: Agreement) -> Handoff:
    """The handoff. Raises NothingToJudge where the agreement has none that can be read."""
    if agreement.sections.handoff is not None:
        return agreement.sections.handoff
    if "handoff" in agreement.broken:
        raise NothingToJudge(
            say("the agreement has no handoff that could be read: {command}", command=Written("sla validate"))
        )
    raise NothingToJudge(
        say("the agreement says nothing about the handoff yet: add a section {section}", section=Written("handoff:"))
    )


def nothing_goes_along() -> Message:
    """What is said of a handoff without a payload: that there is nothing to check, and what to write."""
    return say(
        "the handoff names no data that must go along, so there is nothing to check: list it in the section {section}, "
        "as {example}",
        section=Written("handoff"),
        example=Written("must_have: [email, phone]"),
    )


# ---------------------------------------------------------------- is everything there?


def check_payloads(agreement: Agreement, files: Sequence[Path]) -> Payloads:
    """Holds each lead of JSON or JSON Lines files against the payload. Raises NothingToJudge, UnreadableInput."""
    handoff_of(agreement)
    if not agreement.payload:
        raise NothingToJudge(nothing_goes_along())
    check = _Check(agreement)
    leads = complete = unreadable = 0
    problems: list[Problem] = []
    for file in files:
        records, unread, lost = read_records(file)
        problems += unread
        unreadable += lost
        for record in records:
            found = list(check.problems(record))
            leads += 1
            complete += not found
            problems += found
    return Payloads(leads + unreadable, complete, in_order(problems), unreadable)


class _Check:
    def __init__(self, agreement: Agreement) -> None:
        from jsonschema import Draft202012Validator

        self._agreement = agreement
        self._shapes: Mapping[str, dict[str, Any]] = payload_schema(agreement)["properties"]
        self._validator = Draft202012Validator({}, format_checker=Draft202012Validator.FORMAT_CHECKER)

    def problems(self, record: Record) -> Iterator[Problem]:
        """What is missing in one lead, and what is wrong, field by field."""
        missing = [item for item in self._agreement.payload if item.required and item.field not in record.values]
        if missing:
            yield Problem(record.place, self._missing(missing, record))
        for item in self._agreement.payload:
            value = record.values.get(item.field)
            if item.field in record.values and not self._fits(item.field, value):
                yield Problem(record.places[item.field], self._wrong(item, value))

    def _fits(self, name: str, value: Any) -> bool:
        return self._validator.evolve(schema=self._shapes[name]).is_valid(value)

    def _missing(self, items: Sequence[PayloadItem], record: Record) -> Message:
        message = say_counted(
            "{fields} is missing",
            "{fields} are missing",
            count=len(items),
            fields=all_of([item.field for item in items]),
        )
        if len(items) == 1:
            message = self._with_purpose(items[0], message)
        others = [name for name in record.values if name not in self._shapes]
        for item in items:
            if near := guesses(item.field, others):
                return say(
                    "{problem}; is {field} called {other} here?",
                    problem=message,
                    field=Written(item.field),
                    other=Written(near[0]),
                )
        return message

    def _wrong(self, item: PayloadItem, value: Any) -> Message:
        shape = self._shapes[item.field]
        if is_blank(value) or (isinstance(value, str) and (not value.strip() or _is_excluded(value, shape))):
            return self._with_purpose(item, say("{field} is blank", field=Written(item.field)))
        field = self._agreement.fields.get(item.field)
        if field is not None and field.personal_data:
            return say(
                "{field} should hold {expected}; what it holds is personal, and not shown",
                field=Written(item.field),
                expected=self._expected(item.field),
            )
        return say(
            "{field} holds {value}; it should hold {expected}",
            field=Written(item.field),
            value=Written(_shown(value)),
            expected=self._expected(item.field),
        )

    def _with_purpose(self, item: PayloadItem, message: Message) -> Message:
        """What sales needs it for, where the agreement says so."""
        handoff = self._agreement.sections.handoff
        listed = handoff.must_have if handoff and isinstance(handoff.must_have, dict) else {}
        used_for = prose(listed[item.field].used_for, self._agreement.language) if item.field in listed else ""
        return say("{problem} (used for: {use})", problem=message, use=used_for) if used_for else message

    def _expected(self, name: str) -> Message:
        kind = self._agreement.field_kind(name)
        values = self._agreement.field_values(name)
        field = self._agreement.fields.get(name)
        if kind == "list of actions":
            return say("a list of actions, each as {example}", example=Written(_EXAMPLE_ACTION))
        if values is not None:
            return say("{values}", values=any_of(values))
        if field is not None and field.from_ is not None and field.to is not None:
            limits = {"low": Written(str(field.from_)), "high": Written(str(field.to))}
            if kind in ("whole number", "months", "days ago"):
                return say("a whole number from {low} to {high}", **limits)
            return say("a number from {low} to {high}", **limits)
        return _EXPECTED.get(kind or "text", _EXPECTED["text"])


_EXAMPLE_ACTION = '{"action": "ask_for_demo", "on": "2027-03-31"}'
_EXPECTED: Mapping[str, Message] = {
    "text": say("a text"),
    "whole number": say("a whole number"),
    "months": say("a whole number of months"),
    "number": say("a number"),
    "money": say("an amount, as a number without a sign"),
    "date": say("a day, as {example}", example=Written("2027-03-31")),
    "days ago": say("a day, as {example}, or how many days ago it was", example=Written("2027-03-31")),
    "yes or no": say("true or false"),
}


def _is_excluded(value: str, shape: Mapping[str, Any]) -> bool:
    excluded: Sequence[object] = shape.get("not", {}).get("enum", ())
    return value in excluded


def _shown(value: Any, most: int = 60) -> str:
    import json

    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= most else f"{text[:most]}…"


def in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems line by line; the files stay in their order."""
    files = {problem.at.file: None for problem in problems if isinstance(problem.at, Place)}

    def position(problem: Problem) -> tuple[int, int, int]:
        at = problem.at
        return (list(files).index(at.file), at.line, at.column) if isinstance(at, Place) else (0, 0, 0)

    return tuple(sorted(problems, key=position))


# ---------------------------------------------------------------- who gets it?


def route_payloads(
    agreement: Agreement, document: Document, files: Sequence[Path], on: date | None = None
) -> tuple[tuple[Routed, ...], tuple[Problem, ...]]:
    """Which seller gets each lead of JSON or JSON Lines files, and what could not be read.

    `on` is the day of the handoff, from which "days ago" counts back and which says who works here. Raises
    NothingToJudge, UnreadableInput.
    """
    if not handoff_of(agreement).routing:
        raise NothingToJudge(say("the handoff has no {routing}: it says nowhere who gets a lead", routing=_ROUTING))
    router = _Router(agreement, document, on)
    routed: list[Routed] = []
    problems: list[Problem] = []
    for file in files:
        records, unread, _ = read_records(file)
        problems += unread
        routed += [router.route(record) for record in records]
    return tuple(routed), in_order(problems)


_ROUTING = Written("routing")


class _Router:
    def __init__(self, agreement: Agreement, document: Document, on: date | None) -> None:
        self._agreement = agreement
        self._document = document
        self._handoff = handoff_of(agreement)
        self._on = on

    def route(self, record: Record) -> Routed:
        """The first line that surely fits wins; what cannot be told is passed over, as when leads are judged."""
        lead = lead_of(self._agreement, record.values)
        unsure: list[Because] = []
        for index, line in enumerate(self._handoff.routing or ()):
            path = ("handoff", "routing", index)
            answer = True if line.when is None else evaluate(question(line.when, path), lead, self._agreement, self._on)
            if answer is None and line.when is not None:
                asked = dict.fromkeys(leaf.field for leaf in self._agreement.reached(question(line.when, path)))
                blank = [name for name in asked if is_blank(lead.get(name))] or list(asked)
                why = say_counted(
                    "it cannot be told whether this line fits, because {fields} is not known",
                    "it cannot be told whether this line fits, because {fields} are not known",
                    count=len(blank),
                    fields=all_of(blank),
                )
                unsure.append(Because(self._document.place(path), why))
            if answer:
                sellers, instead_of = sellers_present(self._agreement, self._sellers(as_list(line.to), lead), self._on)
                return Routed(record.place, sellers, self._document.place(path), tuple(unsure), instead_of)
        return Routed(record.place, (), None, tuple(unsure))

    def _sellers(self, to: Sequence[str], lead: Lead) -> tuple[str, ...]:
        return sellers_named(self._agreement, to, lambda name: _held(lead.get(name)))


def _held(value: LeadValue) -> str | None:
    return None if is_blank(value) else str(value)


def lead_of(agreement: Agreement, values: Mapping[str, Any]) -> Lead:
    """A payload as a lead: its values in the types that conditions compare. What it does not hold is blank.

    Somebody who is handed over has reached the stage of the handoff, where the payload says nothing else.
    """
    handoff = agreement.sections.handoff
    lead: dict[str, LeadValue] = {name: None for name in agreement.fields if agreement.field_kind(name) is not None}
    if handoff is not None:
        lead["stage"] = handoff.stage
    lead |= {name: _value(agreement.field_kind(name), value) for name, value in values.items()}
    return lead


def _value(kind: str | None, value: Any) -> LeadValue:
    if isinstance(value, str) and kind in ("date", "days ago"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, list):
        done = [_action(item) for item in value]
        known = [item for item in done if item is not None]
        return known if known and len(known) == len(done) else [str(item) for item in value]
    if isinstance(value, (str, bool, int, Decimal)) or value is None:
        return value
    return str(value)


def _action(item: Any) -> DoneAction | None:
    if not isinstance(item, dict):
        return None
    try:
        return DoneAction(str(item["action"]), date.fromisoformat(str(item["on"])))
    except (KeyError, ValueError):
        return None
