"""Conditions that no lead can fit, and stages that nobody can climb to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from checker.agreement import BUILT_IN_FIELDS, Agreement
from checker.agreement.conditions import AllOf, FieldIs, Kind, Question, leaves
from checker.agreement.fields import Field
from checker.finding import At, Because, Path, Problem, Severity
from checker.logic.proof import Prover, prover_of
from checker.message import Message, Written, say, say_counted
from checker.rules.condition_owners import nobody_fits
from checker.rules.doubtful import VOCABULARY, is_doubtful
from checker.rules.relaxed import relaxed
from checker.rules.rule import rule, value_at

MOST_CONFLICTS = 5
"""More conflicts of one condition are shown when these are settled."""


@rule(
    "SLA301",
    "Conditions that no lead can fit",
    severity=Severity.ERROR,
    since="0.1",
    needs=VOCABULARY,
    bad="""
        fields:
          employees: {is: whole number}
          visits: {is: whole number}
        stages:
          mql:
            team: marketing
            all:
              - employees: at least 50     # because
              - visits: at least 3
              - employees: less than 20    # SLA301
        """,
    good="""
        fields:
          employees: {is: whole number}
          visits: {is: whole number}
        stages:
          mql:
            team: marketing
            all:
              - employees: 20 to 50
              - visits: at least 3
        """,
)
def impossible_condition(agreement: Agreement) -> Iterator[Problem]:
    """
    Two lines exclude each other, so that no lead can ever fit both. Marketing would work for leads that cannot exist,
    and a rank, a deadline or a seller waits for nobody.

    The conditions of a stage, a group, a line or a promise are put to a solver. When no lead can meet them all, the
    finding names the fewest lines that exclude each other, wherever they stand: take one of them away and the others
    can be met. What depends on them is named below.
    """
    prover = prover_of(agreement)
    told: dict[tuple[Path, ...], list[Path]] = {}
    for condition, path in agreement.written_conditions():
        for conflict in conflicts(prover, condition):
            if conflict and not is_doubtful(agreement, conflict):
                told.setdefault(conflict, []).append(path)
    for conflict, owners in told.items():
        yield _excluding(agreement, conflict, owners)


def conflicts(prover: Prover, condition: Question) -> Iterator[tuple[Path, ...]]:
    """Each set of lines that exclude each other in a condition, as if those told before were not there."""
    dropped: set[Path] = set()
    asked = condition
    for _ in range(MOST_CONFLICTS):
        result = prover.satisfiable(asked)
        conflict = result.conflict
        if not result.is_no or dropped.issuperset(conflict):
            return
        yield conflict
        dropped.update(conflict)
        asked = relaxed(prover.agreement, condition, lambda test: test.path in dropped)


def _excluding(agreement: Agreement, conflict: tuple[Path, ...], owners: list[Path]) -> Problem:
    """The finding stands at the last of those lines that belong to the condition itself, not to a group it names."""
    first_owner = next((path for path in owners if any(_stands_in(line, path) for line in conflict)), owners[0])
    own = [line for line in conflict if _stands_in(line, first_owner)]
    last = (own or [line for line in conflict if line[0] != "fields"] or list(conflict))[-1]
    others = [path for path in conflict if path != last]
    return Problem(
        At(last),
        _headline(agreement, first_owner, conflict),
        note=say_counted(
            "this and the other line exclude each other",
            "this and the other {count} lines exclude each other",
            count=len(others),
        )
        if others
        else None,
        because=tuple(Because(At(path)) for path in others),
        follows=tuple(nobody_fits(agreement, path) for path in owners if path != first_owner),
    )


def _stands_in(line: Path, condition: Path) -> bool:
    return line[: len(condition)] == condition


def _headline(agreement: Agreement, path: Path, conflict: tuple[Path, ...]) -> Message:
    """What nobody can be, and, where it is short, why."""
    nobody = nobody_fits(agreement, path)
    fields = {step[-1] for step in conflict}
    tests = [value_at(agreement.written, step) for step in conflict]
    if len(conflict) == 2 and len(fields) == 1 and all(isinstance(test, (str, int)) for test in tests):
        first, second = (Written(str(test)) for test in tests)
        return say(
            "{nobody}: {field} cannot be `{first}` and `{second}` at once",
            nobody=nobody,
            field=Written(str(conflict[0][-1])),
            first=first,
            second=second,
        )
    return nobody


# ---------------------------------------------------------------- from one stage to a later one


@rule(
    "SLA304",
    "A stage that cannot be reached from an earlier one",
    severity=Severity.ERROR,
    since="0.1",
    needs=VOCABULARY,
    bad="""
        fields:
          country: {is: one of, values: [Brazil, Chile, other]}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            country: Brazil      # because
          sql:
            team: sales
            country: Chile       # SLA304
        """,
    good="""
        fields:
          country: {is: one of, values: [Brazil, Chile, other]}
        stages:
          lead: {team: marketing}
          mql:
            team: marketing
            country: [Brazil, Chile]
          sql:
            team: sales
            country: Chile
        """,
)
def unreachable_from_earlier(agreement: Agreement) -> Iterator[Problem]:
    """
    A later stage asks for what an earlier one excludes. Every lead that marketing brings to the earlier stage is one
    that sales can never take further, and each side is sure that it keeps to the agreement.

    Only what a lead is counts here (its country, its industry, its number of employees). What a lead did, when it was
    last seen, its points, and what sales fills in later may change between two stages. A field that has another value
    at each of three stages, such as a status, moves along with the lead.
    """
    prover = prover_of(agreement)
    lasting = {
        name: relaxed(agreement, condition, lambda test: not (isinstance(test, FieldIs) and _lasts(agreement, test)))
        for name, stage in agreement.stages.items()
        if stage.has_conditions
        for condition in [agreement.named_conditions[name]]
        if condition.path[0] == "stages"
    }
    possible = {name: asked for name, asked in lasting.items() if _asks(asked) and prover.satisfiable(asked).is_yes}
    excluding = {
        (earlier, later): result.conflict
        for (earlier, first), (later, second) in combinations(possible.items(), 2)
        if (result := prover.satisfiable(AllOf((first, second), ("stages", later)))).is_no
    }
    moving = _moving_fields(excluding)
    told: set[tuple[Path, ...]] = set()
    for (earlier, later), conflict in excluding.items():
        if _field_of(conflict) not in moving and conflict not in told and not is_doubtful(agreement, conflict):
            told.add(conflict)
            yield _climb(conflict, possible[later], earlier, later)


def _field_of(conflict: tuple[Path, ...]) -> str | None:
    """The field that a conflict is about, where it is a single one."""
    fields = {path[-1] if isinstance(path[-1], str) else path[-2] for path in conflict if path[0] != "fields"}
    return str(fields.pop()) if len(fields) == 1 else None


def _moving_fields(excluding: Mapping[tuple[str, str], tuple[Path, ...]]) -> set[str]:
    """Fields that have another value at each of three stages: they move along with the lead."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    for pair, conflict in excluding.items():
        if (field := _field_of(conflict)) is not None:
            pairs.setdefault(field, set()).add(pair)
    return {
        field
        for field, found in pairs.items()
        if any({(first, second), (second, third)} <= found for first, third in found for _, second in found)
    }


def _asks(asked: Question) -> bool:
    return any(True for _ in leaves(asked))


def _climb(conflict: tuple[Path, ...], later_asks: Question, earlier: str, later: str) -> Problem:
    mine = {leaf.path for leaf in leaves(later_asks)}
    last = next((path for path in reversed(conflict) if path in mine), conflict[-1])
    return Problem(
        At(last),
        say(
            "no {earlier} can become {later}: it would have to stop being {earlier}",
            earlier=Written(earlier),
            later=Written(later),
        ),
        note=say("{later} asks for this", later=Written(later)),
        because=tuple(Because(At(path)) for path in conflict if path != last),
    )


_CHANGING_FIELDS = ("stage", "points", "mode", "last_action", "return_reason", "accepted")
_CHANGING_KINDS = ("days ago", "action", "list of actions", "date", "months", "seller")


def _lasts(agreement: Agreement, leaf: FieldIs) -> bool:
    """Whether what a test asks about a lead stays as it is from one stage to the next."""
    if leaf.test.kind is Kind.NOT_KNOWN or leaf.field in _CHANGING_FIELDS:
        return False
    field: Field | None = agreement.fields.get(leaf.field)
    if field is None:
        return leaf.field in BUILT_IN_FIELDS
    return field.is_ not in _CHANGING_KINDS and field.known_before_handoff
