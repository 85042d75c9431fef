"""Proofs about all leads: whether some lead can fit a condition, whether a list of lines leaves one out.

Every answer is exact: a yes or no comes with a lead that was put to `checker.logic.criteria`, or with the fewest lines
that force it.
"""

from checker.logic.proof.cells import ON
from checker.logic.proof.prover import Prover, compare, prover_of
from checker.logic.proof.reach import Criterion
from checker.logic.proof.results import Comparison, Direction, Result, Status, Trait, Witness
from checker.logic.proof.solver import Limit

__all__ = [
    "ON",
    "Comparison",
    "Criterion",
    "Direction",
    "Limit",
    "Prover",
    "Result",
    "Status",
    "Trait",
    "Witness",
    "compare",
    "prover_of",
]
