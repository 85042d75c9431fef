"""Prints every answer about a few agreements of the small world, and about the reference: to be run as a program, with
any version of the solver, with any order of hashes, or with none at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any


class Blocked(MetaPathFinder):
    """Makes the solver one that is not installed."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuses the solver, leaves everything else to others."""
        if name.partition(".")[0] == "z3":
            raise ModuleNotFoundError(name)


GROUPS: list[dict[str, Any]] = [
    {"one": {"employees": "at least 3"}, "two": {"employees": "1 to 2"}, "three": {"meets": "one", "kind": "a"}},
    {
        "one": {"points": "at least 3", "mode": "buying"},
        "two": {"none_of": [{"visit": "at least 2 days"}], "points": "at most 2"},
        "three": {"at_least": 2, "of": [{"title": "contains quality"}, {"account": "known"}, {"accepted": True}]},
    },
    {
        "one": {
            "employees": "at least 3",
            "any": [{"kind": "a"}, {"employees": "at most 2"}],
            "none_of": [{"kind": "a"}],
        },
        "two": {"persona": "second", "return_reason": "not known"},
        "three": {"any": [{"title": ["boss", "quality"]}, {"last_action": "not ask"}]},
    },
]


def answers() -> Iterator[str]:
    """Each answer, with its lead and its conflict."""
    from checker.agreement import build
    from checker.language import Words
    from checker.logic.leads_in_words import lead_in_words
    from checker.logic.proof import Criterion, Prover, compare
    from checker.text import read
    from tests.logic.proof.small_world import agreement_of

    words = Words("en")
    document = read(Path(__file__).parents[3] / "sla")
    for agreement in [*map(agreement_of, GROUPS), build(document.values, document.problems, document.unread)]:
        prover = Prover(agreement, shows_all=True)
        named = list(agreement.named_conditions.values())
        for first in named:
            results = [prover.satisfiable(first), prover.trivial(first), prover.gap([first])]
            for second in named:
                results += [prover.implies(first, second), prover.overlap(first, second), prover.gap([first, second])]
            for result in results:
                lead = words.say(lead_in_words(result.witness, agreement)) if result.witness else ""
                yield f"{result.status.value} {result.conflict} {lead} {result.witness}"
        yield str(compare(Criterion(agreement, named[0]), Criterion(agreement, named[1])))
        yield str(prover.proofs)


def main() -> None:
    """`--without-solver` blocks it; the solver that is found first on the path is used."""
    if "--without-solver" in sys.argv:
        sys.meta_path.insert(0, Blocked())
    elif "--version" in sys.argv:
        from checker.logic.proof.solver import module

        sys.stdout.write(module().get_version_string() + "\n")
    for line in answers():
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
