"""Three months taken together: more leads than one month has, so that chance plays a smaller part."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from checker.logic.statistics import wilson_interval
from checker.measures.asked import Key, Verdict
from checker.measures.beside import Together

MONTHS = 3


def together(verdicts: Sequence[Verdict]) -> dict[Key, Together]:
    """Of each month of one promise (or rung) that has two judged ones before it: the three as one.

    Only shares of leads are added up: those that have an interval. Months without a verdict are passed over. The
    target is that of the months, weighted by their leads, so that a target that changed counts for its own leads.
    """
    judged = sorted(
        (verdict for verdict in verdicts if verdict.is_decided and verdict.interval is not None),
        key=lambda verdict: verdict.month,
    )
    found = {}
    for end in range(MONTHS, len(judged) + 1):
        months = judged[end - MONTHS : end]
        part = sum((verdict.numerator for verdict in months), Fraction(0))
        whole = sum((verdict.denominator for verdict in months), Fraction(0))
        wanted = sum(((verdict.target or Fraction(0)) * verdict.denominator for verdict in months), Fraction(0))
        last = months[-1]
        found[last.key] = Together(
            tuple(verdict.month for verdict in months),
            int(part),
            int(whole),
            wanted / whole,
            is_kept=part <= wanted if last.at_most else part >= wanted,
            interval=wilson_interval(int(part), int(whole)),
        )
    return found
