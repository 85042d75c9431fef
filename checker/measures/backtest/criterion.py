"""The criteria that are tested: stages, ranks, bounds of points; each as parts that all must hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.agreement import Agreement
from checker.agreement.conditions import AllOf, FieldIs, Meets, NoneOf, Question, question
from checker.agreement.events import became
from checker.backtested import Subject
from checker.finding import Path
from checker.logic.aggregate import Every, Fact, Fits, Happened, Some
from checker.measures.view import View

BY_ACTIONS = ("points", "mode", "last_action", "actions")


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is asked of a lead, at which moment, and of which leads.

    All `parts` must hold; groups and stages that are named are resolved into theirs. `moment` is the event as of which
    they are asked, None the cut-off. `among` are the leads that come up to it. The answers of the fields in
    `counting_back` depend on the day on which they are asked; those in `snapshots` the data has as they were at the
    export, and not at the moment.
    """

    subject: Subject
    name: str
    path: Path
    parts: tuple[Question, ...]
    moment: str | None
    among: Fact
    up_to_handoff: bool
    counting_back: tuple[str, ...] = ()
    snapshots: tuple[str, ...] = ()

    @property
    def only_those_who_came(self) -> bool:
        """Whether leads that the event did not happen to are left out: for them there is no day to count back from."""
        return self.moment is not None and bool(self.counting_back)

    def fact(self, part: Question) -> Fact:
        """Whether a part holds."""
        return Fits(part, self.moment)


def criteria(view: View) -> Iterator[Criterion]:
    """Every criterion of the agreement, in the order of the stages, then ranks, then bounds of points."""
    agreement = view.agreement
    for name in _stages_before_won(agreement):
        if name in agreement.named_conditions and agreement.stages[name].has_conditions:
            node = question(agreement.stages[name], ("stages", name))
            yield _criterion(view, Subject.STAGE, name, node.path, conjuncts(agreement, node), name)
    at = view.handoff_stage
    above: tuple[Question, ...] = ()
    for index, rank in enumerate(agreement.sections.ranking or []):
        path: Path = ("ranking", index)
        own: tuple[Question, ...] = ()
        if rank.when is not None:
            own = conjuncts(agreement, question(rank.when, (*path, "when")))
        yield _criterion(view, Subject.RANK, rank.rank, path, (*above, *own), at)
        above = (*above, NoneOf((AllOf(own, path),), path))
    for leaf in _bounds_of_points(agreement):
        yield _criterion(view, Subject.POINTS, leaf.test.written, leaf.path, (leaf,), at)


def conjuncts(agreement: Agreement, node: Question, open_names: frozenset[str] = frozenset()) -> tuple[Question, ...]:
    """The parts of which all must hold for a condition to hold: "none of" as one part for each."""
    match node:
        case AllOf():
            return tuple(found for part in node.parts for found in conjuncts(agreement, part, open_names))
        case Meets() if node.name in agreement.named_conditions and node.name not in open_names:
            return conjuncts(agreement, agreement.named_conditions[node.name], open_names | {node.name})
        case NoneOf():
            return tuple(NoneOf((part,), node.path) for part in node.parts)
        case _:
            return (node,)


def _stages_before_won(agreement: Agreement) -> list[str]:
    order = list(agreement.stages)
    won = agreement.stage_named("won")
    return order[: order.index(won)] if won is not None else order


def _bounds_of_points(agreement: Agreement) -> Iterator[FieldIs]:
    """Each bound of the points that any criterion names, once."""
    seen: set[str] = set()
    for condition, path in agreement.written_conditions():
        if path[0] not in ("stages", "groups", "ranking"):
            continue
        for leaf in agreement.reached(condition):
            if leaf.field == "points" and leaf.test.written not in seen:
                seen.add(leaf.test.written)
                yield leaf


def _criterion(
    view: View, subject: Subject, name: str, path: Path, parts: tuple[Question, ...], stage: str | None
) -> Criterion:
    moment = _moment(view, stage)
    asked = [leaf for part in parts for leaf in view.agreement.reached(part)]
    counting_back = tuple(dict.fromkeys(leaf.field for leaf in asked if _counts_back(view, leaf)))
    before = _arrival_before(view, stage)
    came = [Happened(event) for event in (before, moment) if event is not None]
    among: Fact = Some(tuple(came)) if came else Every(())
    if moment is not None and counting_back:
        among = Happened(moment)
    order = list(view.agreement.stages)
    handoff = view.handoff_stage
    return Criterion(
        subject,
        name,
        path,
        parts,
        moment,
        among,
        up_to_handoff=handoff is not None
        and (stage is None or stage not in order or order.index(stage) <= order.index(handoff)),
        counting_back=counting_back,
        snapshots=tuple(dict.fromkeys(leaf.field for leaf in asked if _is_snapshot(view, leaf))),
    )


def _moment(view: View, stage: str | None) -> str | None:
    """The event by which the data tells when a lead came to a stage; None where it does not."""
    events = [] if stage is None else [view.arrival(stage), became(stage)]
    return next((event for event in events if view.has_event(event)), None)


def _counts_back(view: View, leaf: FieldIs) -> bool:
    """Whether the answer depends on the day on which it is asked."""
    if leaf.field == "persona" and view.leads.field("persona") is None:
        return any(_counts_back(view, inner) for inner in _of_personas(view.agreement))
    if leaf.field in BY_ACTIONS and view.leads.field(leaf.field) is None:
        return view.side.has_actions and not (leaf.field == "mode" and view.leads.field("last_action") is not None)
    return view.agreement.field_kind(leaf.field) == "days ago" and view.leads.field(leaf.field) is not None


def _of_personas(agreement: Agreement) -> Iterator[FieldIs]:
    for name, persona in (agreement.sections.personas or {}).items():
        if persona.recognised_by is not None:
            for leaf in agreement.reached(question(persona.recognised_by, ("personas", name, "recognised_by"))):
                if leaf.field != "persona":
                    yield leaf


def _is_snapshot(view: View, leaf: FieldIs) -> bool:
    """Whether a later day may have written over what the data holds."""
    field = "last_action" if leaf.field == "mode" and view.leads.field("mode") is None else leaf.field
    if view.leads.field(field) is None:
        return False
    return field in BY_ACTIONS or view.agreement.field_kind(field) == "days ago"


def _arrival_before(view: View, stage: str | None) -> str | None:
    """The event of the nearest earlier stage that the data tells; None where there is none."""
    order = [name for name, entry in view.agreement.stages.items() if entry.is_ != "anonymous"]
    if stage not in order:
        return None
    earlier = [event for name in order[: order.index(stage)] if (event := _moment(view, name)) is not None]
    return earlier[-1] if earlier else None
