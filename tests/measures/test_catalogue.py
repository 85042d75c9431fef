"""The catalogue: every measure that an agreement may name is declared, and says what it is for."""

from __future__ import annotations

import pytest

from checker.agreement.promises import MEASURES
from checker.language import words
from checker.measures.catalogue import measures

every_measure = pytest.mark.parametrize("measure", measures().values(), ids=measures())


def test_every_measure_of_the_format_is_declared_and_no_other():
    """What may be promised can be asked for."""
    assert set(MEASURES) == set(measures())


@every_measure
def test_a_measure_says_what_it_is_and_what_each_reader_learns(measure):
    """A name, a formula, and a line for an executive, a marketer and a seller."""
    said = [words("en").say(message) for message in (measure.name, measure.executive, measure.marketer, measure.seller)]

    assert all(said)
    assert len(measure.documentation.split()) > 8
