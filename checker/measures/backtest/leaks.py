"""Fields that were filled in later than the criterion is asked: a test on them would only find the end again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.agreement.base import as_list
from checker.agreement.conditions import FieldIs, question
from checker.backtested import Reason
from checker.logic.aggregate import Aggregate, Every, Fact, Fits, Happened, Surely, count, field_known
from checker.logic.known_when import is_filled_in_later
from checker.logic.statistics import chance_of_difference
from checker.measures.backtest.closed import Closed
from checker.measures.backtest.criterion import Criterion
from checker.measures.view import View

ENOUGH = 30
"""Of so many leads at least nobody may have the field filled in before that means something."""
MOST_CHANCE = 0.001


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


def numbers_of_fields(view: View, closed: Closed, tested: Sequence[Criterion]) -> dict[str, Aggregate]:
    """What is to be counted: of each field that a criterion asks for, who has it filled in."""
    kinds = _kinds(view, closed)
    numbers = {_name(None, None): count()} | {_name(None, kind): count(fact) for kind, fact in kinds.items()}
    for name in _stored(view, tested):
        filled = Surely(Fits(field_known(name)))
        numbers[_name(name, None)] = count(filled)
        numbers |= {_name(name, kind): count(Every((filled, fact))) for kind, fact in kinds.items()}
    return numbers


def leaks(
    view: View, closed: Closed, tested: Sequence[Criterion], total: Mapping[str, int]
) -> Mapping[int, tuple[Leak, ...]]:
    """Criterion (its place) -> the fields by which the end leaks into it; none where none does.

    `total` are the counts of `numbers_of_fields`.
    """
    seen = {name: list(_seen(name, _kinds(view, closed), total)) for name in _stored(view, tested)}
    found: dict[int, tuple[Leak, ...]] = {}
    for place, criterion in enumerate(tested):
        leaking: list[Leak] = []
        for name in dict.fromkeys(leaf.field for leaf in _asked(view, criterion)):
            by_words = _by_words(view, criterion, name)
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


def _name(field: str | None, kind: Reason | None) -> str:
    return f"{field or 'every'} field of {kind or 'all'}"


def _stored(view: View, tested: Sequence[Criterion]) -> list[str]:
    """The fields of the agreement that any criterion asks for, and that the data has a column for."""
    asked = dict.fromkeys(leaf.field for criterion in tested for leaf in _asked(view, criterion))
    return [name for name in asked if name in view.agreement.fields and view.leads.field(name) is not None]


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
    points = agreement.sections.points
    if "points" in names and view.leads.field("points") is None:
        for lost in as_list(points.lost if points else None):
            yield from agreement.reached(question(lost.when, ("points", "lost", "when")))


def _by_words(view: View, criterion: Criterion, name: str) -> Reason | None:
    """Why a field cannot be asked, by what the agreement says of it, or by what it is."""
    if criterion.up_to_handoff and is_filled_in_later(view.agreement, name):
        return Reason.AFTER_HANDOFF
    if criterion.up_to_handoff and name == "stage":
        return Reason.OUTCOME
    # asked as of today, who does not buy would seem to have stayed away
    return Reason.NO_DAY if criterion.moment is None and name in criterion.counting_back else None


def _kinds(view: View, closed: Closed) -> dict[Reason, Fact]:
    """The narrowest kind first: who bought has also closed, and was handed over."""
    kinds: dict[Reason, Fact] = {Reason.ONLY_WON: closed.won}
    if closed.is_lost_told:
        kinds[Reason.ONLY_CLOSED] = closed.ended
    if view.has_event("handed_off"):
        kinds[Reason.ONLY_HANDED_OVER] = Surely(Happened("handed_off"))
    return kinds


def _seen(name: str, kinds: Iterable[Reason], total: Mapping[str, int]) -> Iterator[Leak]:
    """The kinds of leads that alone have a field filled in."""
    for kind in kinds:
        whole, part = total[_name(None, kind)], total[_name(name, kind)]
        others, strangers = total[_name(None, None)] - whole, total[_name(name, None)] - part
        if strangers or others < ENOUGH or not part:
            continue
        if chance_of_difference(part, whole, strangers, others) < MOST_CHANCE:
            yield Leak(name, kind, part, whole, others)
