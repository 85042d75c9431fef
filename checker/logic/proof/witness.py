"""The lead that shows something: always the same one, and no more of it than matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from checker.logic.criteria import Lead
from checker.logic.proof.cells import ALWAYS_KNOWN
from checker.logic.proof.conflict import smallest_conflict
from checker.logic.proof.encoding import Encoding
from checker.logic.proof.results import Trait, Witness
from checker.logic.proof.solver import Budget, Term, module
from checker.logic.proof.variables import Picked, Variable

Shows = Callable[[Lead], bool]
"""Whether a lead has the property that it was found for, by the plain meaning of conditions."""


class BadWitness(Exception):
    """A lead that the solver found does not have the property that it was found for: a defect of this package."""


def witness_of(encoding: Encoding, goal: Term, complement: Term, budget: Budget, shows: Shows) -> Witness | None:
    """The lead of a goal, None where there is none. Raises LimitReached, BadWitness.

    Field after field takes the first of its cells that leaves a lead, of those first of which everything is known. Then
    the fields are dropped without which every lead still shows it.
    """
    domain = list(encoding.domain())
    solver = budget.solver([*domain, goal])
    known = [module().Not(term) for term in encoding.unknown()]
    if not budget.holds(solver, *known):
        known = []
        if not budget.holds(solver):
            return None
    for term in known:
        solver.add(term)
    picked = _preferred(encoding, solver, budget)
    variables = list(encoding.variables.values())
    pieces = _that_matter(variables, picked, budget.solver([*domain, complement]), budget)
    traits = [variable.trait(picked, pieces.get(variable.name, ())) for variable in variables]
    lead = {trait.field: trait.value for trait in traits}
    mattering = tuple(trait for variable, trait in zip(variables, traits, strict=True) if variable.name in pieces)
    if not shows(lead) or not shows({**lead, **_blanks(traits, mattering)}):
        raise BadWitness
    return Witness(mattering, lead, not known and bool(encoding.unknown()))


def _preferred(encoding: Encoding, solver: Term, budget: Budget) -> Picked:
    """What is chosen when each decision takes the first choice that leaves a lead.

    A choice that the solver's last lead makes anyway need not be tried.
    """
    z3 = module()
    budget.holds(solver)
    model = solver.model()
    taken: set[int] = set()
    for variable in encoding.variables.values():
        for choices in variable.decisions():
            for term in choices:
                if not z3.is_true(model.eval(term, model_completion=True)):
                    if not budget.holds(solver, term):
                        continue
                    model = solver.model()
                solver.add(term)
                taken.add(term.get_id())
                break
    return lambda term: term.get_id() in taken


def _that_matter(
    variables: Sequence[Variable], picked: Picked, others: Term, budget: Budget
) -> Mapping[str, Sequence[str]]:
    """What there would be leads without that do not show it: of each field that matters, the pieces of it."""
    z3 = module()
    kept: dict[tuple[str, str], Term] = {}
    for variable in variables:
        for piece, terms in variable.chosen(picked).items():
            kept[variable.name, piece] = z3.Bool(f"keep {variable.name} {piece}")
            others.add(z3.Implies(kept[variable.name, piece], z3.And(list(terms))))
    needed = smallest_conflict(list(kept), lambda pieces: not budget.holds(others, *(kept[piece] for piece in pieces)))
    found: dict[str, list[str]] = {}
    for name, piece in needed:
        found.setdefault(name, []).append(piece)
    return found


def _blanks(traits: Sequence[Trait], mattering: Sequence[Trait]) -> Lead:
    """Blanks in all fields that do not matter and may be blank."""
    fields = {trait.field for trait in mattering} | set(ALWAYS_KNOWN)
    return {trait.field: None for trait in traits if trait.field not in fields}
