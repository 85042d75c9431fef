"""The drawings of the documentation show what our code computes today."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.conftest import ROOT
from tools.drawings.due_leads import LEADS, what_counts
from tools.drawings.every import drawings
from tools.drawings.intervals import verdict_of
from tools.drawings.luck import BETTER, TARGET, missed_of_100

PICTURES = ROOT / "docs" / "pictures"
DRAWN = drawings()


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_a_drawing_is_the_one_that_would_be_drawn_today(name):
    """`make drawings` writes them anew."""
    assert DRAWN[name] == (PICTURES / name).read_text(encoding="utf-8")


def test_every_drawing_in_svg_is_drawn_by_the_program():
    """None is left behind, and none was typed."""
    assert set(DRAWN) == {path.name for path in PICTURES.glob("*.svg")}


def test_leads_at_the_cut_off():
    """Worked out by hand: at four in the afternoon, four hours after 13:10, 14:20, 15:15 | 16:40, 17:30, tomorrow."""
    expected = ["kept", "late", "late", "not due yet", "not due yet", "not due yet"]

    assert expected == [what_counts(*lead) for lead in LEADS]


def test_months_missed_by_luck():
    """By hand: 1 - (0.9^10 + 10 · 0.9^9 · 0.1) = 0.264 of months with 10 leads, and 0.086 with 95%."""
    assert (26, 9) == (missed_of_100(10, TARGET), missed_of_100(10, BETTER))
    assert (Fraction(9, 10), Fraction(19, 20)) == (TARGET, BETTER)


def test_what_few_leads_can_say():
    """80% of 20 may well come from a team of 90%, 80% of 50 hardly: (40 - 45)² > 3.84 · 50 · 0.9 · 0.1 = 17.3."""
    assert ("too few to tell", "clear") == (verdict_of(16, 20), verdict_of(40, 50))
