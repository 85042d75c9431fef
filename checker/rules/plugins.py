"""Rules that a company's own package adds: entry points of the group `sla.rules`.

They are looked for only when rules are run or one of theirs is explained. Looking costs 3 ms among 80 packages:
pydantic has imported the library that knows of them by then, and reading the packages' folders without it would take
half of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Any, NoReturn

from checker.errors import BrokenPackage
from checker.finding import Severity
from checker.message import Message, Written, say
from checker.rules.rule import Rule

GROUP = "sla.rules"
_CODE = re.compile(r"SLA9[0-9]{2}\Z")
_TAKEN = "SLA901"


@cache
def plugged_in() -> tuple[Rule, ...]:
    """The rules of all installed packages that add some, in the order of their codes.

    Raises BrokenPackage, which names the package, for one that cannot be loaded or gives something else than rules of
    free codes.
    """
    found: dict[str, Rule] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (_package(point), point.name)):
        for rule in _rules_of(point):
            if rule.code in found:
                other = Written(found[rule.code].package)
                _refuse(point, say("{code} is taken by the package {other}", code=Written(rule.code), other=other))
            found[rule.code] = rule
    return tuple(found[code] for code in sorted(found))


def broken(package: str, reason: Message) -> BrokenPackage:
    """That the rules of a package cannot be used."""
    return BrokenPackage(
        say("the rules of the package {package} cannot be used: {reason}", package=Written(package), reason=reason)
    )


def failure(error: BaseException) -> Message:
    """What went wrong inside a package, in its own words."""
    return say("{error}: {text}", error=type(error).__name__, text=Written(str(error) or "-"))


def _rules_of(point: EntryPoint) -> Iterator[Rule]:
    try:
        given = point.load()
    except (Exception, SystemExit) as error:
        raise broken(_package(point), failure(error)) from None
    rules = list(_listed(given))
    if not rules or not all(isinstance(rule, Rule) for rule in rules):
        _refuse(
            point,
            say(
                "{name} is neither a module with rules nor a list of rules; a rule is a function below `@rule(…)`",
                name=Written(point.value),
            ),
        )
    for rule in rules:
        if not isinstance(rule.code, str) or not _CODE.match(rule.code) or rule.code == _TAKEN:
            _refuse(
                point, say("{code} is no code for it: its codes are SLA902 to SLA999", code=Written(str(rule.code)))
            )
        if not isinstance(rule.severity, Severity):
            _refuse(point, say("the severity of {code} is none", code=Written(rule.code)))
        yield replace(rule, package=_package(point))


def _listed(given: Any) -> Iterator[Any]:
    if isinstance(given, ModuleType):
        yield from (value for value in vars(given).values() if isinstance(value, Rule))
    elif isinstance(given, Rule):
        yield given
    elif isinstance(given, (list, tuple)):
        yield from given


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.module


def _refuse(point: EntryPoint, reason: Message) -> NoReturn:
    raise broken(_package(point), reason)
