"""Where promises stand, and which of them need attention first."""

from __future__ import annotations

from typing import Any

import pytest

from checker.agreement import build
from checker.quantity import Month
from checker.site.board import Board, Budget, budget
from checker.standing import Standing, standing
from checker.text import read
from checker.verdict import Outlook, Result, Status
from tests.reference import FOLDER
from tests.site.made_up import results


@pytest.fixture(scope="module")
def board() -> Board:
    document = read(FOLDER)
    return Board(build(document.values, document.problems), results())


def result(**values) -> Result:
    defaults: dict[str, Any] = {
        "promise": "x",
        "owes": "sales",
        "period": "2027-03",
        "status": Status.MET,
        "unit": "share",
        "file": "f",
        "line": 1,
    }
    return Result(**(defaults | values))


@pytest.mark.parametrize(
    ("status", "outlook", "expected"),
    [
        (Status.MET, None, Standing.KEPT),
        (Status.MISSED, None, Standing.MISSED),
        (Status.NO_DATA, None, Standing.NO_DATA),
        (Status.NOT_MEASURABLE, None, Standing.NOT_MEASURABLE),
        (Status.OPEN, Outlook.ON_COURSE, Standing.ON_COURSE),
        (Status.OPEN, Outlook.AT_RISK, Standing.AT_RISK),
        (Status.OPEN, Outlook.LOST, Standing.LOST),
        (Status.OPEN, None, Standing.ON_COURSE),
    ],
)
def test_a_closed_month_stands_by_its_verdict_and_an_open_one_by_its_outlook(status, outlook, expected):
    """Seven ways to stand, no other."""
    assert expected is standing(result(status=status, outlook=outlook))


def test_every_rung_of_a_ladder_is_a_line_of_its_own(board: Board):
    """As it is judged."""
    names = [line.id for line in board.lines if line.promise.id == "first-response"]

    assert ["first-response.asked", "first-response.other"] == names


def test_what_can_no_longer_be_kept_stands_first(board: Board):
    """Then what is at risk, the smaller rest of the budget first; what is kept comes last."""
    order = [(line.id, line.standing.name) for line in board.measured]

    assert ("first-response.asked", "LOST") == order[0]
    assert ("win-rate", "KEPT") == order[-1]
    assert [line.standing for line in board.measured] == sorted(line.standing for line in board.measured)


def test_at_most_three_are_urgent_and_none_of_them_is_fine(board: Board):
    """What is on course or kept is nobody's task."""
    urgent = board.urgent()

    assert 3 == len(urgent)
    assert all(line.standing in (Standing.LOST, Standing.AT_RISK, Standing.MISSED) for line in urgent)


def test_a_rate_speaks_by_its_last_judged_cohort(board: Board):
    """The running month says nothing of it yet."""
    line = next(line for line in board.lines if line.id == "win-rate")

    assert line.current is not None
    assert "2027-01" == line.current.period


def test_a_promise_without_results_is_not_measurable(board: Board):
    """Nothing is said of `prospecting-kit` in the results; it is never taken for kept."""
    line = next(line for line in board.lines if line.id == "prospecting-kit")

    assert (None, Standing.NOT_MEASURABLE) == (line.current, line.standing)
    assert line in board.unmeasured


def test_every_line_is_either_measured_or_not(board: Board):
    """Each stands on the pages exactly once."""
    assert {line.id for line in board.lines} == {line.id for line in (*board.measured, *board.unmeasured)}
    assert len(board.lines) == len(board.measured) + len(board.unmeasured)
    assert len(board.lines) == board.counted(Standing)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"allowed_misses": 5, "numerator": 41, "denominator": 44}, Budget(5, 3)),
        ({"allowed_misses": 4, "numerator": 13, "denominator": 18}, Budget(4, 5)),
        ({"allowed_misses": 4, "numerator": 1, "denominator": 80, "at_most": True}, Budget(4, 1)),
        ({"allowed_misses": None, "numerator": 13, "denominator": 18}, None),
        ({"allowed_misses": 4, "unit": "leads", "numerator": 13}, None),
    ],
)
def test_the_budget_of_misses(values, expected):
    """Allowed and used; where the target must not be exceeded, what was counted is what is used."""
    assert expected == budget(result(**values))


def test_the_last_whole_month_is_not_the_one_that_goes_on(board: Board):
    """Counts of a month are compared only when it is over."""
    assert Month(2027, 3) == board.last_whole_month
    assert Month(2027, 4) == board.this_month
    assert [83, 74, 86, 37] == [count.count for count in board.trend("mql")]


def test_this_month_is_that_of_the_companys_clock():
    """Half past ten in the evening of 30 April in São Paulo is 1 May in Greenwich, and still April."""
    late = results().model_copy(update={"as_of": results().as_of.replace(month=5, day=1, hour=1, minute=30)})
    document = read(FOLDER)

    assert Month(2027, 4) == Board(build(document.values, document.problems), late).this_month
