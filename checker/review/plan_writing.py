"""A plan written into an agreement's text: numbers change in their lines, a span is parted only where it must be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from checker.finding import Path, PlacedEdit
from checker.logic.plan_inputs import PlanInputs, WrittenLine
from checker.logic.planning.anchors import Key
from checker.logic.planning.making import MadePlan
from checker.logic.planning.planned import LineChange, RateWish
from checker.quantity import Month, Period
from checker.text import Document
from checker.text.adding import added, line_end, made
from checker.text.numbers import in_the_manner_of, plain_number


def with_plan(document: Document, before: PlanInputs, plan: MadePlan) -> Document:
    """The agreement with a plan's targets and its goal. Raises UnwritableOutput, UnreadableInput."""
    edits: list[PlacedEdit] = []
    left: dict[Key, dict[Month, int]] = {}
    for key, months in plan.targets.items():
        lines = before.lines.get(key, ())
        edits += (edit for line in lines for edit in _of_line(document, line, months, before))
        open_months = {month: number for month, number in months.items() if before.line(*key, month) is None}
        if open_months:
            left[key] = open_months
    edits += _of_goal(document, before, plan)
    written = made(document, edits)
    for key, months in left.items():
        written = _with_target(written, key, months)
    goal = ("plan", "customers")
    if goal in plan.inputs.numbers and goal not in before.numbers:
        written = added(written, goal, plan.customers)
    return written


def with_rates(document: Document, wishes: Iterable[RateWish]) -> Document:
    """The agreement with other conversion rates. Raises UnwritableOutput, UnreadableInput."""
    for wish in wishes:
        text = f"{plain_number(wish.share * 100)}%"
        for path in wish.paths:
            if document.has(path):
                old = document.written(path)
                edits = [PlacedEdit(document.place(path), old, text, None, False)] if old != text else []
                document = made(document, edits)
                continue
            *parents, rate = path
            value: object = text
            while parents and not document.has(tuple(parents)):
                value, rate = {rate: value}, parents.pop()
            document = added(document, (*parents, rate), value, ("plan",))
    return document


def changed_lines(before: Document, after: Document) -> tuple[LineChange, ...]:
    """What is different between two texts of the same files, in runs of lines."""
    return tuple(change for file in after.files for change in _changed(file, before.lines(file), after.lines(file)))


def _changed(file: str, old: Sequence[str], new: Sequence[str]) -> Iterator[LineChange]:
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield LineChange(file, first + 1, tuple(old[first:last]), tuple(new[start:end]))


# ---------------------------------------------------------------- targets


def _of_line(
    document: Document, line: WrittenLine, months: Mapping[Month, int], before: PlanInputs
) -> Iterator[PlacedEdit]:
    """The edit of one written line: another number, or several lines where its months differ now."""
    old = int(before.numbers[line.path])
    runs = list(_runs({month: months.get(month, old) for month in line.period}))
    place = document.place(line.path)
    if len(runs) == 1:
        if runs[0][1] != old:
            yield PlacedEdit(place, document.written(line.path), str(runs[0][1]), None, False)
        return
    key = document.place(line.path, "key")
    between = ", " if document.in_braces(line.path[:-1]) else line_end(document, place.file) + " " * (key.column - 1)
    text = document.line(place.file, key.line)[key.column - 1 : place.end_column - 1]
    yield PlacedEdit(key, text, between.join(f"{period}: {number}" for period, number in runs), None, False)


def _runs(months: Mapping[Month, int]) -> Iterator[tuple[Period, int]]:
    """Months with the same number that follow each other, as spans."""
    ordered = sorted(months)
    start = 0
    for index, month in enumerate(ordered):
        following = ordered[index + 1] if index + 1 < len(ordered) else None
        if following is None or following != month + 1 or months[following] != months[month]:
            yield Period(ordered[start], month), months[month]
            start = index + 1


def _with_target(document: Document, key: Key, months: Mapping[Month, int]) -> Document:
    """Adds a stage's or a channel's numbers, or months of them, where nothing is written."""
    stage, channel = key
    numbers = {str(period): number for period, number in _runs(months)}
    if document.has(("targets", stage, channel)):
        for period, number in numbers.items():
            document = added(document, ("targets", stage, channel, period), number)
        return document
    if document.has(("targets", stage)):
        return added(document, ("targets", stage, channel), numbers)
    if document.has(("targets",)):
        return added(document, ("targets", stage), {channel: numbers})
    return added(document, ("targets",), {stage: {channel: numbers}}, ("plan",))


# ---------------------------------------------------------------- the goal


def _of_goal(document: Document, before: PlanInputs, plan: MadePlan) -> Iterator[PlacedEdit]:
    for name in ("customers", "revenue"):
        path: Path = ("plan", name)
        new = plan.inputs.numbers.get(path)
        if path in before.numbers and new is not None and new != before.numbers[path]:
            old = document.written(path)
            text = in_the_manner_of(old, before.numbers[path], new)
            yield PlacedEdit(document.place(path), old, text, None, False)
