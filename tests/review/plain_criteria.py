"""Criteria put to leads as plainly as can be: values of a YAML text, rows of a CSV file, yes, no or cannot tell.

It knows nothing of the product's conditions, proofs and statements, and is their oracle on the sample funnel. It reads
the few tests that the tests write: `at least`, `at most`, `less than`, spans, lists, `known`, `meets`, `all`, `any`,
`none_of`, `at_least` of some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

Answer: TypeAlias = bool | None
Lead: TypeAlias = Mapping[str, Any]


class PlainCriteria:
    """The criteria of an agreement (its values as they are written)."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def fits(self, stage: str, lead: Lead, on: date) -> Answer:
        """Whether a lead fits a stage; `on` is the day from which days ago count back."""
        return self._fits(self.values["stages"][stage], lead, on)

    def _fits(self, written: Mapping[str, Any], lead: Lead, on: date) -> Answer:
        answers: list[Answer] = []
        if "all" in written:
            answers += [self._fits(part, lead, on) for part in written["all"]]
        if "any" in written:
            answers.append(_some([self._fits(part, lead, on) for part in written["any"]]))
        if "none_of" in written:
            answers.append(_not(_some([self._fits(part, lead, on) for part in written["none_of"]])))
        if "of" in written:
            answers.append(_enough(int(written["at_least"]), [self._fits(part, lead, on) for part in written["of"]]))
        if "meets" in written:
            name = written["meets"]
            answers.append(self._fits((self.values["groups"] | self.values["stages"])[name], lead, on))
        for name, test in written.items():
            if name == "mode" or name in lead or name in self.values["fields"]:
                answers.append(self._passes(name, test, lead, on))
        return _every(answers)

    def _passes(self, name: str, test: Any, lead: Lead, on: date) -> Answer:
        value = lead.get(name)
        if name == "mode":
            action = self.values["actions"].get(lead.get("last_action"))
            value = action and action["mode"]
        if value is None or value == "":
            if test == "known":
                return False
            value = self.values["fields"].get(name, {}).get("blank_means")
        if test == "known":
            return True
        if value is None:
            return None
        if isinstance(value, date):
            value = (on - value).days
        wanted = test if isinstance(test, (list, tuple)) else [test]
        return any(_one(str(item), value) for item in wanted)


def _one(test: str, value: Any) -> bool:
    if isinstance(value, bool):
        return test.lower() in (("yes", "true") if value else ("no", "false"))
    if isinstance(value, (int, Decimal)):
        if test.startswith("at least "):
            return value >= Decimal(test.removeprefix("at least ").split()[0])
        if test.startswith("at most "):
            return value <= Decimal(test.removeprefix("at most ").split()[0])
        if test.startswith("less than "):
            return value < Decimal(test.removeprefix("less than ").split()[0])
        if " to " in test:
            least, most = test.split(" to ")
            return Decimal(least) <= value <= Decimal(most)
    return bool(str(value).lower() == test.lower())


def _every(answers: Sequence[Answer]) -> Answer:
    return False if False in answers else None if None in answers else True


def _some(answers: Sequence[Answer]) -> Answer:
    return True if True in answers else None if None in answers else False


def _not(answer: Answer) -> Answer:
    return None if answer is None else not answer


def _enough(count: int, answers: Sequence[Answer]) -> Answer:
    if sum(answer is True for answer in answers) >= count:
        return True
    return None if sum(answer is not False for answer in answers) >= count else False
