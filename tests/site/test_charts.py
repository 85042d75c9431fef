"""Lines of months: what is drawn through, and what is only begun."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from checker.site.charts import ABOVE, OPEN, Point, trend


def points(*kinds: str) -> list[Point]:
    return [Point(Markup(f"month {number}"), Markup("9"), 9, None, kind) for number, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("kinds", "months"),
    [
        ((ABOVE, ABOVE, OPEN), [1, 2]),
        ((OPEN, ABOVE, OPEN), [1, 2]),
        # the data begins in the middle of the first month
        ((OPEN, ABOVE, ABOVE), []),
        ((ABOVE, ABOVE), []),
        ((OPEN,), []),
    ],
)
def test_the_dotted_part_leads_to_the_last_month_and_never_back_to_the_first(kinds, months):
    """From the last whole month to the one that goes on."""
    drawn = trend(points(*kinds))
    ends = [f"{drawn.dots[month].x:.1f} {drawn.dots[month].y:.1f}" for month in months]

    assert ("M" + "L".join(ends) if ends else "") == drawn.open_part


def test_of_two_years_every_fifth_month_is_written():
    """24 marks stand 23.6 apart, "month 23" takes 108 with the gap behind it: every fifth, the last one always."""
    drawn = trend(points(*[ABOVE] * 24))

    assert [3, 8, 13, 18, 23] == [place for place, dot in enumerate(drawn.dots) if dot.label]
