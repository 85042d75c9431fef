"""Conditions on a lead as plain sentences: one for each question, and those that stand below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from checker.agreement.conditions import (
    AllOf,
    AnyOf,
    FieldIs,
    FieldTest,
    Kind,
    Meets,
    NoneOf,
    Operand,
    Question,
    spelled,
)
from checker.agreement.fields import read_operand
from checker.finding import Path
from checker.message import Argument, Message, Named, Written, any_of, say, say_counted
from checker.quantity import Money
from checker.report.names import Names

COUNTED_KINDS = ("days ago", "months")


@dataclass(frozen=True)
class Criterion:
    """One question about a lead: its sentence, and the questions that it is made of, if any."""

    sentence: Message
    path: Path
    parts: tuple[Criterion, ...] = ()


class Sentences:
    """Words for the conditions of one agreement."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._agreement = names.agreement

    # ------------------------------------------------------------ what is marked where a page is made of it

    def field(self, name: str) -> str:
        """What a field is called within a sentence."""
        return self._names.field(name)

    def group(self, name: str) -> str:
        """What named conditions are called within a sentence."""
        return self._names.group(name)

    def channel(self, name: str) -> Message:
        """What a channel is called."""
        return self._names.channel(name)

    # ------------------------------------------------------------ sentences

    def criteria(self, condition: AllOf) -> tuple[Criterion, ...]:
        """The criteria of a condition, all of which must hold."""
        return tuple(self._criterion(part) for part in condition.parts)

    def inline(self, condition: Question) -> Message:
        """A condition within a sentence: "state is PR, SC or RS and last action is known"."""
        return self._inline(condition)

    def _joined(self, clauses: list[Message], last: str = "and") -> Message:
        if not clauses:
            return say("every lead")
        *others, final = clauses
        joined = final
        for clause in reversed(others):
            joined = (
                say("{first} and {second}", first=clause, second=joined)
                if last == "and"
                else say("{first} or {second}", first=clause, second=joined)
            )
        return joined

    def _criterion(self, node: Question) -> Criterion:
        if isinstance(node, (FieldIs, Meets)):
            return Criterion(self._inline(node), node.path)
        parts = tuple(self._criterion(part) for part in node.parts)
        if isinstance(node, AllOf):
            return Criterion(say("all of these hold:"), node.path, parts)
        if isinstance(node, AnyOf):
            return Criterion(say("at least one of these holds:"), node.path, parts)
        if isinstance(node, NoneOf):
            return Criterion(say("none of these holds:"), node.path, parts)
        return Criterion(
            say("at least {least} of these {number} hold:", least=node.count, number=len(parts)), node.path, parts
        )

    def _inline(self, node: Question) -> Message:
        if isinstance(node, FieldIs):
            return self._leaf(node)
        if isinstance(node, Meets):
            return self._meets(node)
        clauses = [self._inline(part) for part in node.parts]
        if isinstance(node, AllOf):
            return self._joined(clauses)
        if isinstance(node, AnyOf):
            return self._joined(clauses, "or")
        if isinstance(node, NoneOf):
            return say("it is not so that {clauses}", clauses=self._joined(clauses, "or"))
        return say(
            "at least {least} of these {number} hold: {clauses}",
            least=node.count,
            number=len(clauses),
            clauses=self._joined(clauses),
        )

    def _meets(self, node: Meets) -> Message:
        name = self.group(node.name)
        if node.name in (self._agreement.sections.groups or {}):
            return say("the lead fits “{group}”", group=name)
        return say("the lead meets the criteria of “{stage}”", stage=name)

    # ------------------------------------------------------------ one field, one test

    def _leaf(self, leaf: FieldIs) -> Message:
        test = leaf.test
        match leaf.field:
            case "stage":
                return self._stage(test)
            case "points" if (number := self._number("points", test)) is not None:
                return self._points(test.kind, number)
            case "mode" if test.kind is Kind.ONE_OF:
                return say("the lead is in {modes} mode", modes=self._values("mode", test))
            case "accepted" if test.kind is Kind.ONE_OF and len(test.operands) == 1:
                return say("sales accepted the lead") if test.operands[0] else say("sales returned the lead")
            case _:
                return self._plain(leaf.field, test)

    def _stage(self, test: FieldTest) -> Message:
        written = spelled(test.operands[0]) if test.operands else test.written
        if written.endswith(" or later"):
            return say("the lead is at {stage} or a later stage", stage=self._stage_name(written[: -len(" or later")]))
        if written.startswith("before "):
            return say("the lead has not reached {stage}", stage=self._stage_name(written[len("before ") :]))
        return say("the lead is at {stages}", stages=any_of([self._names.short_stage(str(o)) for o in test.operands]))

    def _stage_name(self, name: str) -> str:
        return self._names.short_stage(name)

    def _points(self, kind: Kind, number: Fraction) -> Message:
        match kind:
            case Kind.AT_LEAST:
                return say_counted(
                    "the lead has at least {count} point", "the lead has at least {count} points", count=number
                )
            case Kind.AT_MOST:
                return say_counted(
                    "the lead has at most {count} point", "the lead has at most {count} points", count=number
                )
            case Kind.MORE_THAN:
                return say_counted(
                    "the lead has more than {count} point", "the lead has more than {count} points", count=number
                )
            case _:
                return say_counted(
                    "the lead has less than {count} point", "the lead has less than {count} points", count=number
                )

    def _plain(self, name: str, test: FieldTest) -> Message:
        field = self.field(name)
        kind = self._agreement.field_kind(name)
        if test.kind is Kind.KNOWN:
            return say("{field} is filled in", field=field)
        if test.kind is Kind.NOT_KNOWN:
            return say("{field} is blank", field=field)
        if test.kind is Kind.CONTAINS:
            return say("{field} contains “{word}”", field=field, word=Written(spelled(test.operands[0])))
        if test.kind is Kind.ONE_OF:
            return say("{field} is {values}", field=field, values=self._values(name, test))
        if test.kind is Kind.NOT_ONE_OF:
            return say("{field} is not {values}", field=field, values=self._values(name, test))
        if kind in COUNTED_KINDS and (number := self._number(name, test)) is not None:
            return _days_ago(test.kind, field, number) if kind == "days ago" else _months(test.kind, field, number)
        return self._bounded(field, test.kind, [self._value(name, operand) for operand in test.operands])

    def _bounded(self, field: str, kind: Kind, bounds: list[Argument]) -> Message:
        match kind:
            case Kind.BETWEEN:
                return say("{field} is {least} to {most}", field=field, least=bounds[0], most=bounds[1])
            case Kind.AT_LEAST if isinstance(bounds[0], date):
                return say("{field} is {date} or later", field=field, date=bounds[0])
            case Kind.AT_MOST if isinstance(bounds[0], date):
                return say("{field} is {date} or earlier", field=field, date=bounds[0])
            case Kind.AT_LEAST:
                return say("{field} is at least {value}", field=field, value=bounds[0])
            case Kind.AT_MOST:
                return say("{field} is at most {value}", field=field, value=bounds[0])
            case Kind.MORE_THAN:
                return say("{field} is more than {value}", field=field, value=bounds[0])
            case _:
                return say("{field} is less than {value}", field=field, value=bounds[0])

    # ------------------------------------------------------------ values

    def _number(self, name: str, test: FieldTest) -> Fraction | None:
        """The single bound of a test, where it is a number of the field's kind."""
        kind = self._agreement.field_kind(name)
        if kind is None or len(test.operands) != 1:
            return None
        try:
            value = read_operand(kind, test.operands[0])
        except ValueError:
            return None
        return value if isinstance(value, Fraction) else None

    def _values(self, name: str, test: FieldTest) -> Argument:
        values = [self._value(name, operand) for operand in test.operands]
        if len(values) == 1:
            return values[0]
        return Named(tuple(_spelled(value) for value in values), "or")

    def _value(self, name: str, operand: Operand) -> Argument:
        """An operand as its field's kind shows it; as written where it is no such value (a rule reports that)."""
        kind = self._agreement.field_kind(name)
        try:
            value = operand if kind is None else read_operand(kind, operand)
        except ValueError:
            return Written(spelled(operand))
        if isinstance(value, bool):
            return say("yes") if value else say("no")
        if kind == "money" and isinstance(value, Fraction):
            return Money(value, self._agreement.currency)
        if isinstance(value, (Fraction, date)):
            return value
        return Written(self._name_of_value(kind, str(value)))

    def _name_of_value(self, kind: str | None, value: str) -> str:
        names = self._names
        match kind:
            case "action" | "list of actions":
                return names.action(value)
            case "persona":
                return names.persona(value)
            case "return reason":
                return names.reason(value)
            case "seller":
                return names.person(value)
            case "channel":
                return names.prose(getattr(self._agreement.channels.get(value), "name", None)) or value
            case "mode":
                return names.prose(getattr((self._agreement.sections.modes or {}).get(value), "name", None)) or value
            case _:
                return value


def _days_ago(kind: Kind, field: str, number: Fraction) -> Message:
    match kind:
        case Kind.AT_LEAST:
            return say_counted(
                "{field} was at least {count} day ago",
                "{field} was at least {count} days ago",
                count=number,
                field=field,
            )
        case Kind.AT_MOST:
            return say_counted(
                "{field} was at most {count} day ago", "{field} was at most {count} days ago", count=number, field=field
            )
        case Kind.MORE_THAN:
            return say_counted(
                "{field} was more than {count} day ago",
                "{field} was more than {count} days ago",
                count=number,
                field=field,
            )
        case _:
            return say_counted(
                "{field} was less than {count} day ago",
                "{field} was less than {count} days ago",
                count=number,
                field=field,
            )


def _months(kind: Kind, field: str, number: Fraction) -> Message:
    match kind:
        case Kind.AT_LEAST:
            return say_counted(
                "{field} is at least {count} month", "{field} is at least {count} months", count=number, field=field
            )
        case Kind.AT_MOST:
            return say_counted(
                "{field} is at most {count} month", "{field} is at most {count} months", count=number, field=field
            )
        case Kind.MORE_THAN:
            return say_counted(
                "{field} is more than {count} month", "{field} is more than {count} months", count=number, field=field
            )
        case _:
            return say_counted(
                "{field} is less than {count} month", "{field} is less than {count} months", count=number, field=field
            )


def _spelled(value: Argument) -> str:
    if isinstance(value, Written):
        return value.text
    if isinstance(value, Fraction):
        return str(value)
    return value.text if isinstance(value, Message) else str(value)
