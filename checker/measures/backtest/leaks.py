"""Fields that were filled in later than the criterion is asked: a test on them would only find the end again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checker.agreement.conditions import FieldIs, question
from checker.logic.aggregate import Every, Fact, Fits, Happened, Surely, count, field_known
from checker.logic.known_when import is_filled_in_later
from checker.logic.statistics import chance_of_difference
from checker.measures.backtest.closed import Closed, counted
from checker.measures.backtest.criterion import Criterion
from checker.measures.bench import Bench
from checker.measures.view import View

ENOUGH = 30
"""Of so many leads at least nobody may have the field filled in before that means something."""
MOST_CHANCE = 0.001
WHOLE = "all"


class Reason(StrEnum):
    """Why a field is no ground for a criterion."""

    AFTER_HANDOFF = "filled in after the handoff"
    OUTCOME = "says how it ended"
    ONLY_HANDED_OVER = "only filled in for leads handed over"
    ONLY_CLOSED = "only filled in for closed leads"
    ONLY_WON = "only filled in for customers"


@dataclass(frozen=True, slots=True)
class Leak:
    """A field that a criterion must not ask for. Where the data shows it: filled in for `part` of `whole` leads of one
    kind, and for none of `others`.
    """

    field: str
    reason: Reason
    part: int = 0
    whole: int = 0
    others: int = 0


def leaks(bench: Bench, closed: Closed, tested: Sequence[Criterion]) -> Mapping[int, tuple[Leak, ...]]:
    """Criterion (its place) -> the fields by which the end leaks into it; none where none does."""
    view = bench.view
    asked = {
        place: tuple(dict.fromkeys(leaf.field for leaf in _asked(view, criterion)))
        for place, criterion in enumerate(tested)
    }
    stored = [name for name in dict.fromkeys(name for names in asked.values() for name in names) if _is_own(view, name)]
    seen = _seen_in_data(bench, closed, stored) if stored else {}
    found: dict[int, tuple[Leak, ...]] = {}
    for place, criterion in enumerate(tested):
        leaking: list[Leak] = []
        for name in asked[place]:
            by_words = _by_words(view, name) if criterion.up_to_handoff else None
            if by_words is not None:
                leaking.append(Leak(name, by_words))
                continue
            leaking += [
                leak
                for leak in seen.get(name, ())
                if criterion.up_to_handoff or leak.reason is not Reason.ONLY_HANDED_OVER
            ][:1]
        found[place] = tuple(leaking)
    return found


def _asked(view: View, criterion: Criterion) -> Iterator[FieldIs]:
    """Every test that a criterion leads to, also by way of the personas and of the points that are lost."""
    agreement = view.agreement
    names: set[str] = set()
    for part in criterion.parts:
        for leaf in agreement.reached(part):
            names.add(leaf.field)
            yield leaf
    if "persona" in names and view.leads.field("persona") is None:
        for name, persona in (agreement.sections.personas or {}).items():
            if persona.recognised_by is not None:
                yield from agreement.reached(question(persona.recognised_by, ("personas", name, "recognised_by")))


def _is_own(view: View, name: str) -> bool:
    """Whether the data has a column for the field of the agreement."""
    return name in view.agreement.fields and view.leads.field(name) is not None


def _by_words(view: View, name: str) -> Reason | None:
    """What the agreement itself says of a field, or what it is."""
    if is_filled_in_later(view.agreement, name):
        return Reason.AFTER_HANDOFF
    return Reason.OUTCOME if name == "stage" else None


def _seen_in_data(bench: Bench, closed: Closed, names: Sequence[str]) -> dict[str, list[Leak]]:
    """Field -> the kinds of leads that alone have it filled in, the narrowest first."""
    view = bench.view
    # the narrowest kind first: who bought has also closed, and was handed over
    kinds: dict[Reason, Fact] = {Reason.ONLY_WON: closed.won}
    if closed.is_lost_told:
        kinds[Reason.ONLY_CLOSED] = closed.ended
    if view.has_event("handed_off"):
        kinds[Reason.ONLY_HANDED_OVER] = Surely(Happened("handed_off"))
    numbers = {WHOLE: count()} | {str(kind): count(fact) for kind, fact in kinds.items()}
    for name in names:
        filled = Surely(Fits(field_known(name)))
        numbers[f"{name} {WHOLE}"] = count(filled)
        numbers |= {f"{name} {kind}": count(Every((filled, fact))) for kind, fact in kinds.items()}
    total = counted(bench, "fields filled in", numbers)
    found: dict[str, list[Leak]] = {}
    for name in names:
        for kind in kinds:
            whole, part = total[str(kind)], total[f"{name} {kind}"]
            others, strangers = total[WHOLE] - whole, total[f"{name} {WHOLE}"] - part
            if strangers or others < ENOUGH or not part:
                continue
            if chance_of_difference(part, whole, strangers, others) < MOST_CHANCE:
                found.setdefault(name, []).append(Leak(name, kind, part, whole, others))
    return found
