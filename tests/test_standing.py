"""Where promises stand is counted by one function, whoever tells it."""

from __future__ import annotations

from checker.agreement import build
from checker.report.beside_words import standings_in_words
from checker.site.board import Board
from checker.standing import Standing, counted, this_month
from checker.text import read
from tests.reference import FOLDER
from tests.site.made_up import results


def test_the_pages_and_the_terminal_count_alike():
    """Each rung once, each by the one result that speaks for today."""
    document = read(FOLDER)
    told, board = results(), Board(build(document.values, document.problems), results())

    assert {standing: board.counted([standing]) for standing in Standing} == {
        standing: counted(told)[standing] for standing in Standing
    }
    assert len(board.lines) == sum(counted(told).values())


def test_a_promise_of_which_nothing_was_said_is_not_measurable():
    """It is counted all the same, so that the numbers add up to all promises."""
    told = results()
    fewer = told.model_copy(
        update={"results": tuple(result for result in told.results if result.promise != "win-rate")}
    )

    assert counted(told)[Standing.NOT_MEASURABLE] + 1 == counted(fewer)[Standing.NOT_MEASURABLE]


def test_what_needs_somebody_is_said_first_and_what_is_nobody_s_case_not_at_all():
    """In the order of standings, without zeros."""
    said = standings_in_words({Standing.KEPT: 1, Standing.LOST: 2, Standing.AT_RISK: 0})

    assert [2, 1] == [message.arguments["number"] for message in said]
    assert "2027-04" == str(this_month(results()))
