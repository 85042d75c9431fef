"""Whether any plan fits what is written, against a second formulation that eliminates one unknown after the other."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path as FilePath
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from checker.agreement import build
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import failing, plan_checks
from checker.logic.plan_inputs import PlanInputs, plan_inputs
from checker.logic.plan_repairs import all_conflicts
from checker.logic.possible import contradictions as room
from checker.logic.possible.bounds import bounds_of
from checker.logic.possible.contradictions import Settled, contradictions, nearest_possible, possibility
from checker.logic.possible.ranges import Ranges
from checker.logic.possible.solving import PlanSolver
from checker.logic.possible.witness import is_kept, likely_plan
from checker.logic.proof import Limit
from checker.logic.proof.solver import NoSolver
from tests.logic.plan_oracle import SmallPlan

STAGES = ("lead", "mql", "opp", "won")
law = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def inputs_of(plan: SmallPlan) -> PlanInputs:
    agreement = build(plan.values())
    assert agreement.problems == ()
    return plan_inputs(agreement)


@st.composite
def small_plans(draw: st.DrawFn) -> SmallPlan:
    """Plans of two channels at most, one or two months, with some of their numbers written."""
    stages = STAGES if draw(st.booleans()) else STAGES[:3]
    months = draw(st.integers(1, 2))
    starts = {name: draw(st.integers(0, 1)) for name in ("a", "b")[: draw(st.integers(0, 2))]}
    spots = [
        (stage, name, month)
        for stage in stages
        for name in ("all", *starts)
        for month in range(1, months + 1)
        if (name == "all" or (stage != "won" and stages.index(stage) >= starts[name]))
    ]
    written = draw(st.lists(st.sampled_from(spots), min_size=1, max_size=6, unique=True))
    largest = {"lead": 60, "mql": 30, "opp": 20, "won": 8}
    targets = {spot: draw(st.integers(0, largest[spot[0]])) for spot in written}
    of = ["all", *starts]
    rates = {
        (stage, name): draw(st.sampled_from([10, 20, 25, 50, 80, 100]))
        for stage in stages[:-1]
        for name in draw(st.lists(st.sampled_from(of), max_size=2, unique=True))
        if name == "all" or stage != "opp"
    }
    return SmallPlan(
        stages=stages,
        months=months,
        starts=starts,
        targets=targets,
        rates=rates,
        customers=draw(st.none() | st.integers(0, 12)) if "won" in stages else None,
        opened=draw(st.none() | st.integers(0, 30)) if "won" in stages else None,
    )


# ---------------------------------------------------------------- laws


@law
@given(small_plans())
def test_a_plan_is_possible_where_elimination_says_so(plan: SmallPlan) -> None:
    """Neither a false alarm nor a contradiction that is missed."""
    answer = possibility(inputs_of(plan))

    assert answer.settled in (Settled.FOUND, Settled.RANGED, Settled.PROVED)
    assert answer.is_impossible is not plan.is_possible()


@law
@given(small_plans())
def test_every_way_to_answer_says_the_same(plan: SmallPlan) -> None:
    """A plan that is found is kept by the solver too; ranges that are empty leave the solver no plan."""
    inputs = inputs_of(plan)
    bounds = bounds_of(inputs)
    by_solver = PlanSolver(bounds, Limit()).is_possible(tuple(inputs.numbers))

    assert by_solver or not is_kept(bounds, likely_plan(inputs))
    assert not by_solver or Ranges(bounds).conflict is None


@law
@given(small_plans())
def test_a_contradiction_has_no_line_to_spare(plan: SmallPlan) -> None:
    """The lines that are named exclude each other, and without any one of them some plan fits."""
    lines = possibility(inputs_of(plan)).lines
    assume(lines)

    assert not plan.is_possible([tuple(map(str, line)) for line in lines])
    for spared in lines:
        others = [tuple(map(str, line)) for line in lines if line != spared]
        assert plan.is_possible(others)


@law
@given(small_plans())
def test_lines_stand_in_the_order_of_the_file(plan: SmallPlan) -> None:
    inputs = inputs_of(plan)
    lines = possibility(inputs).lines
    order = list(inputs.numbers)

    assert sorted(lines, key=order.index) == list(lines)


def with_target(plan: SmallPlan, line: tuple[Any, ...], number: int) -> SmallPlan:
    values = {f: getattr(plan, f) for f in ("stages", "months", "starts", "rates", "customers", "opened", "targets")}
    if line == ("plan", "customers"):
        return SmallPlan(**{**values, "customers": number})
    spot = (line[1], line[2], int(line[3][-2:]))
    return SmallPlan(**{**values, "targets": {**plan.targets, spot: number}})


@law
@given(small_plans())
def test_the_nearest_number_is_possible_and_the_next_nearer_is_not(plan: SmallPlan) -> None:
    """What one line may say beside the others of the plan, for each line of a contradiction."""
    inputs = inputs_of(plan)
    lines = possibility(inputs).lines
    assume(lines)
    for line in lines:
        if line[0] not in ("targets", "plan"):
            continue
        number = nearest_possible(inputs, line, tuple(inputs.numbers))
        written = int(inputs.numbers[line])
        if number is None:
            assert not any(with_target(plan, line, other).is_possible() for other in range(150))
        else:
            nearer = int(number) + (1 if number < written else -1)
            assert with_target(plan, line, int(number)).is_possible()
            assert not with_target(plan, line, nearer).is_possible()


@law
@given(small_plans())
@example(
    # no lead brings ten MQLs for an opportunity, and that opportunity is more than all of the month
    SmallPlan(
        stages=("lead", "mql", "opp"),
        months=2,
        starts={"a": 0},
        targets={("opp", "a", 2): 1, ("lead", "all", 2): 0, ("opp", "all", 2): 0, ("mql", "a", 2): 1},
        rates={("mql", "all"): 10},
    )
)
def test_every_way_out_leaves_nothing_wrong(plan: SmallPlan) -> None:
    """One conflict: whichever of its choices is taken, no check is broken and some plan fits."""
    inputs = inputs_of(plan)
    found = all_conflicts(inputs).found
    assume(len(found) == 1)
    [conflict] = found
    ways = [{edit.path: edit.new for edit in way} for way in (*conflict.keeping, *conflict.together)]
    if conflict.number is not None and conflict.fitting is not None:
        ways.append({conflict.number: conflict.fitting})
    for way in ways:
        changed = inputs.with_numbers({**inputs.numbers, **way})
        repaired = plan
        for line, number in way.items():
            assert number.denominator == 1 or "rates" in line
            if line[0] in ("targets", "plan"):
                repaired = with_target(repaired, line, int(number))
        assert failing(plan_checks(changed), DerivedPlan(changed)) == ()
        if all(line[0] in ("targets", "plan") for line in way):
            assert repaired.is_possible()


@law
@given(small_plans())
def test_keep_the_rest_offers_the_nearest_number(plan: SmallPlan) -> None:
    """After "at most N" N + 1 is refused, after "at least N" N - 1."""
    inputs = inputs_of(plan)
    found = all_conflicts(inputs).found
    assume(len(found) == 1 and found[0].fitting is not None)
    [conflict] = found
    number, fitting, written = conflict.number, conflict.fitting, conflict.written
    assert number is not None
    assert fitting is not None
    assert written is not None
    step = Fraction(1, 100) if "rates" in number else Fraction(1)
    nearer = fitting + (step if fitting < written else -step)

    assert all_conflicts(inputs.with_number(number, fitting)).found == ()
    assert all_conflicts(inputs.with_number(number, nearer)).found != ()


@settings(law, max_examples=25)
@given(small_plans())
def test_no_single_line_is_said_only_where_none_does(plan: SmallPlan) -> None:
    """Where the choices name sets of lines alone, no other number in any one line settles it."""
    inputs = inputs_of(plan)
    found = all_conflicts(inputs).found
    assume(len(found) == 1 and found[0].number is None)
    checks = plan_checks(inputs)
    settling = [
        (line, number)
        for line in inputs.numbers
        if line[0] in ("targets", "plan")
        for number in range(45)
        if not failing(checks, DerivedPlan(inputs.with_number(line, Fraction(number))))
        and with_target(plan, line, number).is_possible()
    ]

    assert settling == []


@law
@given(small_plans())
def test_what_was_just_written_is_kept(plan: SmallPlan) -> None:
    """Whichever targets were edited: no way to keep them touches one of them."""
    inputs = inputs_of(plan)
    targets = [path for path in inputs.numbers if path[0] == "targets"]
    edited = frozenset(targets[:2])
    for conflict in all_conflicts(inputs, edited).found:
        if conflict.held:
            touched = {edit.path for way in conflict.keeping for edit in way}
            given_back = {edit.path for way in conflict.together for edit in way}

            assert not touched & edited
            assert given_back <= edited
            assert conflict.number in edited


# ---------------------------------------------------------------- by hand


TWO = {"a": 0, "b": 0}
RATES = {("lead", "all"): 20, ("mql", "a"): 50, ("mql", "b"): 25}


def small(**targets: int) -> SmallPlan:
    """One month of two channels; `mql_a=30` is a target."""
    spots = {(*name.split("_"), 1): number for name, number in targets.items()}
    return SmallPlan(STAGES[:3], 1, TWO, {(str(s), str(c), 1): n for (s, c, _), n in spots.items()}, RATES)


@pytest.mark.parametrize(
    ("targets", "lines"),
    [
        # 90 MQLs take (90 - 1/2) / 20% = 447.5 leads, and 400 is the total of both channels
        ({"lead_all": 400, "mql_a": 90}, ["rates.lead_to_mql", "lead.all", "mql.a"]),
        # of 80 MQLs 30 go on at 50%, the others at 25%: 27.5, and half of one more is not 29
        ({"mql_all": 80, "mql_a": 30, "opp_all": 29}, ["a.mql_to_opp", "b.mql_to_opp", "mql.all", "mql.a", "opp.all"]),
        ({"mql_all": 80, "mql_a": 30, "opp_all": 28}, []),
        # a total here, a channel there: the rest is left to b
        ({"mql_all": 80, "mql_a": 30}, []),
        ({"mql_all": 80, "mql_a": 81}, ["mql.all", "mql.a"]),
    ],
)
def test_open_plans_worked_out_by_hand(targets: dict[str, int], lines: list[str]) -> None:
    def short(path: tuple[Any, ...]) -> str:
        return (
            ".".join(map(str, path[1:3]))
            if path[0] == "targets"
            else ".".join(map(str, (path[-3], path[-1]) if path[0] == "channels" else path))
        )

    found = [short(line) for line in possibility(inputs_of(small(**targets))).lines]

    assert sorted(lines) == sorted(found)


def test_two_contradictions_that_have_nothing_to_do_with_each_other_are_both_found() -> None:
    """January's leads are too few for its MQLs, February's for its own."""
    plan = SmallPlan(
        STAGES[:3],
        2,
        TWO,
        {("lead", "all", 1): 400, ("mql", "a", 1): 90, ("lead", "all", 2): 300, ("mql", "b", 2): 70},
        RATES,
    )
    *found, rest = contradictions(inputs_of(plan))

    assert [{"2027-01"}, {"2027-02"}] == [
        {str(line[-1]) for line in answer.lines if line[0] == "targets"} for answer in found
    ]
    assert not rest.is_impossible


HARD = SmallPlan(STAGES[:3], 1, {"b": 0, "a": 0}, {("mql", "all", 1): 80, ("opp", "all", 1): 35}, RATES)
"""Possible, but only with most of the MQLs from `a`: that takes the solver."""


def test_what_is_not_settled_within_the_limit_is_neither_yes_nor_no() -> None:
    inputs = inputs_of(HARD)

    assert Settled.PROVED is possibility(inputs).settled
    assert Settled.UNKNOWN is possibility(inputs, Limit(seconds=0)).settled
    assert possibility(inputs, Limit(seconds=0)).lines == ()


def test_without_a_solver_what_needs_it_is_skipped_and_the_rest_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_solver(*_: object) -> None:
        raise NoSolver

    monkeypatch.setattr(room, "PlanSolver", no_solver)
    contradicted = inputs_of(small(lead_all=400, mql_a=90))

    assert Settled.SKIPPED is possibility(inputs_of(HARD)).settled
    assert Settled.FOUND is possibility(inputs_of(small(mql_a=30, opp_a=15))).settled
    assert len(possibility(contradicted).lines) == 3
    assert all_conflicts(contradicted).found[0].fitting == 80


@pytest.mark.parametrize("edit", ["", "2027-03: 45", "2027-03 to 2027-05: 9"])
def test_a_plan_that_says_everything_never_loads_the_solver(tmp_path: FilePath, edit: str) -> None:
    """Neither where it holds nor where a plain check is broken."""
    program = (
        "import sys\n"
        "from checker.agreement import build\n"
        "from checker.logic.plan_inputs import plan_inputs\n"
        "from checker.logic.plan_repairs import all_conflicts\n"
        "from checker.text import read\n"
        "from tests.reference import FOLDER, edited_reference\n"
        "from pathlib import Path\n"
        f"edit, folder = {edit!r}, FOLDER\n"
        "if edit:\n"
        "    period, number = edit.split(': ')\n"
        "    old = next(line for line in (FOLDER / 'targets.yaml').read_text().splitlines() if period in line)\n"
        "    new = old.split(':')[0] + ': ' + number\n"
        f"    folder = edited_reference(Path({str(tmp_path)!r}), ('targets.yaml', old, new))\n"
        "found = all_conflicts(plan_inputs(build(read(folder).values))).found\n"
        "print(len(found), 'z3' in sys.modules)\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    assert [str(int(bool(edit))), "False"] == said
