"""The lead that shows something: always the same one, and no more of it than matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from checker.logic.criteria import Lead
from checker.logic.proof.cells import ALWAYS_KNOWN
from checker.logic.proof.conflict import smallest_conflict
from checker.logic.proof.encoding import Encoding
from checker.logic.proof.results import Trait, Witness
from checker.logic.proof.solver import Budget, Term, module
from checker.logic.proof.variables import Variable

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
    chosen = _preferred(encoding, solver, budget)
    variables = list(encoding.variables.values())
    kept = _that_matter(variables, chosen, budget.solver([*domain, complement]), budget)
    traits = {variable.name: variable.trait(chosen.__contains__) for variable in variables}
    lead = {trait.field: trait.value for trait in traits.values()}
    mattering = tuple(traits[variable.name] for variable in kept)
    if not shows(lead) or not shows({**lead, **_blanks(traits, mattering)}):
        raise BadWitness
    return Witness(mattering, lead, not known and bool(encoding.unknown()))


def _preferred(encoding: Encoding, solver: Term, budget: Budget) -> frozenset[Term]:
    """What is chosen when each decision takes the first choice that leaves a lead.

    A choice that the solver's last lead makes anyway need not be tried.
    """
    z3 = module()
    budget.holds(solver)
    model = solver.model()
    taken: set[Term] = set()
    for variable in encoding.variables.values():
        for choices in variable.decisions():
            for term in choices:
                if not z3.is_true(model.eval(term, model_completion=True)):
                    if not budget.holds(solver, term):
                        continue
                    model = solver.model()
                solver.add(term)
                taken.add(term)
                break
    return frozenset(taken)


def _that_matter(
    variables: Sequence[Variable], chosen: frozenset[Term], others: Term, budget: Budget
) -> Sequence[Variable]:
    """The fields without which there would be leads that do not show it."""
    z3 = module()
    kept = {variable.name: z3.Bool(f"keep {variable.name}") for variable in variables}
    for variable in variables:
        others.add(z3.Implies(kept[variable.name], z3.And(list(variable.chosen(chosen.__contains__)))))
    return smallest_conflict(variables, lambda items: not budget.holds(others, *(kept[item.name] for item in items)))


def _blanks(traits: Mapping[str, Trait], mattering: Sequence[Trait]) -> Lead:
    """Blanks in all fields that do not matter and may be blank."""
    fields = {trait.field for trait in mattering} | set(ALWAYS_KNOWN)
    return {trait.field: None for trait in traits.values() if trait.field not in fields}
