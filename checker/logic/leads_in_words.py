"""A lead in plain words: "a lead with 20 employees in Brazil whose cold rooms nobody noted"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from checker.agreement import Agreement
from checker.logic.criteria import NOTHING, LeadValue, points_left
from checker.logic.proof import ON, Trait, Witness
from checker.logic.proof.results import Deeds, Wording
from checker.message import Argument, Message, Written, all_of, any_of, say, say_counted

PLACES = ("country", "state", "region", "city")
"""Fields of which people say that a lead is in their value."""


def lead_in_words(witness: Witness, agreement: Agreement) -> Message:
    """The lead that shows something, by what matters of it; "any lead" where nothing does."""
    told = [_Told(trait, agreement, _points(trait, witness, agreement)) for trait in witness.traits]
    lead = say("a lead") if told else say("any lead")
    if counted := [phrase for trait in told for phrase in trait.counted()]:
        lead = say("{lead} with {things}", lead=lead, things=_joined(counted))
    for trait in told:
        for phrase in trait.short():
            lead = say("{lead} {phrase}", lead=lead, phrase=phrase)
    told.sort(key=lambda trait: trait.is_blank)
    if whose := [phrase for trait in told for phrase in trait.whose()]:
        lead = say("{lead} {phrase}", lead=lead, phrase=_joined(whose))
    return lead


def traits_as_values(witness: Witness, agreement: Agreement) -> Mapping[str, str]:
    """Field -> value as it would be written in the agreement, for programs that read a finding."""
    values: dict[str, str] = {}
    for trait in witness.traits:
        if trait.deeds is not None:
            values.update(_deeds_as_values(trait.deeds, _points(trait, witness, agreement)))
        else:
            values[trait.field] = _as_written(trait, agreement)
    return values


def _points(trait: Trait, witness: Witness, agreement: Agreement) -> LeadValue:
    """The points of a lead as conditions see them: what is left of those that its actions add up to."""
    if trait.deeds is None:
        return trait.value if trait.field == "points" else None
    if trait.deeds.points is None:
        return None
    left = points_left(witness.lead, agreement, ON)
    return trait.deeds.points if left is None else left


def _joined(phrases: list[Message]) -> Message:
    *others, last = phrases
    joined = last
    for place, phrase in enumerate(reversed(others)):
        joined = (
            say("{first} and {second}", first=phrase, second=joined)
            if place == 0
            else say("{first}, {second}", first=phrase, second=joined)
        )
    return joined


class _Told:
    """One trait in words; each is either a short phrase behind the lead or one that begins with "whose"."""

    def __init__(self, trait: Trait, agreement: Agreement, points: LeadValue) -> None:
        self.trait = trait
        self.points = points
        self.agreement = agreement
        self.kind = agreement.field_kind(trait.field) or "text"
        self.field = trait.field.replace("_", " ")

    @property
    def is_blank(self) -> bool:
        return self.trait.value is None

    def counted(self) -> Iterator[Message]:
        """What a lead is "with": so many of something."""
        value = self.trait.value
        if isinstance(self.points, (int, Fraction)):
            yield say_counted("{count} point", "{count} points", count=Fraction(self.points))
        elif self._is_count() and isinstance(value, (int, Fraction)):
            yield say_counted(
                "{count} {singular}",
                "{count} {plural}",
                count=Fraction(value),
                singular=singular(self.field),
                plural=self.field,
            )

    def short(self) -> Iterator[Message]:
        """Phrases that stand directly behind "a lead"."""
        trait, value = self.trait, self.trait.value
        if trait.deeds is not None:
            if trait.deeds.points is None and value is None:
                yield say("of which no action is known")
        elif trait.field == "return_reason" and value is NOTHING:
            yield say("that was never returned")
        elif value is NOTHING or (value is None and self._is_known_none()):
            yield say("without {field}", field=self.field)
        elif trait.field == "accepted":
            yield say("that sales accepted") if value else say("that sales did not accept")
        elif trait.field == "stage" and value is not None:
            yield say("at the stage {stage}", stage=self._name())
        elif trait.field == "channel" and value is not None:
            yield say("that came by {channel}", channel=self._name())
        elif self._is_place():
            yield say("in {place}", place=str(value))

    def whose(self) -> Iterator[Message]:
        """Phrases that begin with "whose"."""
        if self.trait.deeds is not None:
            yield from self._deeds(self.trait.deeds)
        elif not list(self.short()) and not list(self.counted()):
            yield self._wording(self.trait.wording) if self.trait.wording is not None else self._value()

    # ------------------------------------------------------------ what kind of phrase

    def _is_known_none(self) -> bool:
        field = self.agreement.fields.get(self.trait.field)
        return field is not None and field.is_optional is True and field.blank_means is None

    def _is_count(self) -> bool:
        """Whether a whole number counts what the field is called: "20 employees".

        That an "s" makes the plural is known of English words alone, and ids are words of the agreement's language.
        """
        is_plural = self.field.endswith("s") and self.agreement.language.partition("-")[0] == "en"
        return is_plural and self.kind == "whole number" and self.trait.value is not None

    def _is_place(self) -> bool:
        value = self.trait.value
        return self.trait.field in PLACES and isinstance(value, str) and value[:1].isupper() and not self.trait.wording

    # ------------------------------------------------------------ phrases

    def _deeds(self, deeds: Deeds) -> Iterator[Message]:
        if deeds.last is not None:
            yield say("whose last action is {action}", action=self._action(deeds.last))
        elif deeds.times and deeds.points is None:
            yield say("whose actions are {actions}", actions=all_of([self._action(name) for name in deeds.times]))

    def _action(self, name: str) -> str:
        return name.replace("_", " ")

    def _wording(self, wording: Wording) -> Message:
        if wording.contains:
            words = all_of([f"“{word}”" for word in wording.contains])
            return say("whose {field} contains {words}", field=self.field, words=words)
        if wording.lacks:
            words = any_of([f"“{word}”" for word in wording.lacks])
            return say("whose {field} does not contain {words}", field=self.field, words=words)
        if wording.is_not:
            return say("whose {field} is not {values}", field=self.field, values=any_of(wording.is_not))
        return say("whose {field} is filled in", field=self.field)

    def _value(self) -> Message:
        value = self.trait.value
        if value is None:
            field = self.agreement.fields.get(self.trait.field)
            if field is not None and field.blank_means is not None:
                return say("whose {field} is left blank", field=self.field)
            return say("whose {field} nobody noted", field=self.field)
        if self.kind == "days ago" and isinstance(value, (int, Fraction)):
            return say_counted(
                "whose {field} was {count} day ago",
                "whose {field} was {count} days ago",
                count=Fraction(value),
                field=self.field,
            )
        if self.kind == "months" and isinstance(value, (int, Fraction)):
            return say_counted(
                "whose {field} is {count} month",
                "whose {field} is {count} months",
                count=Fraction(value),
                field=self.field,
            )
        if isinstance(value, (list, tuple)):
            return say("whose {field} are {values}", field=self.field, values=all_of([str(item) for item in value]))
        return say("whose {field} is {value}", field=self.field, value=self._shown(value))

    def _shown(self, value: LeadValue) -> Argument:
        if isinstance(value, bool):
            return say("yes") if value else say("no")
        if isinstance(value, (int, Fraction, Decimal)):
            number = Fraction(value)
            return self.agreement.money(number) if self.kind == "money" else number
        return value if isinstance(value, date) else Written(str(value))

    def _name(self) -> str:
        """The name that people read of a stage or channel."""
        value = str(self.trait.value)
        entry = self.agreement.stages.get(value) if self.trait.field == "stage" else self.agreement.channels.get(value)
        return self.agreement.text(entry.name, value) if entry is not None else value


def singular(plural: str) -> str:
    """The English word for one of what a field counts: "employee", "company"."""
    return plural[:-3] + "y" if plural.endswith("ies") else plural.removesuffix("s")


def _deeds_as_values(deeds: Deeds, points: LeadValue) -> Iterator[tuple[str, str]]:
    if points is not None:
        yield "points", str(points)
    if deeds.last is not None:
        yield "last_action", deeds.last
    if deeds.times is not None:
        done = (name if count == 1 else f"{name} ({count} times)" for name, count in deeds.times.items())
        yield "actions", ", ".join(done) or "not known"


def _as_written(trait: Trait, agreement: Agreement) -> str:
    value, wording = trait.value, trait.wording
    if wording is not None:
        if wording.contains:
            return "contains " + ", ".join(wording.contains)
        if wording.lacks or wording.is_not:
            return "not " + ", ".join([*(f"contains {word}" for word in wording.lacks), *wording.is_not])
        return "known"
    if value is None or value is NOTHING:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    written = str(float(value)) if isinstance(value, Fraction) and value.denominator != 1 else str(value)
    unit = {"days ago": " days", "months": " months"}.get(agreement.field_kind(trait.field) or "", "")
    return written + unit
