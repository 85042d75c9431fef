"""Values that the agreement does not know, that make no sense, or that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from checker.agreement import Agreement
from checker.agreement.fields import Field
from checker.funnel import nodes
from checker.funnel.conditions import Shape
from checker.funnel.engine import Engine
from checker.funnel.facts import FACTS, line_column
from checker.funnel.file_rows import FileRows
from checker.funnel.nodes import Node, column
from checker.funnel.oddities import EXAMPLES, Oddity, quality
from checker.funnel.reading_plan import Plan
from checker.funnel.readings import Reading, folded
from checker.funnel.rejects import kept_out
from checker.funnel.repeats import Repeats
from checker.funnel.value_tests import exact
from checker.funnel.values import those_that
from checker.message import Message, Written, say, say_counted
from checker.verdict import BLANK, UNKNOWN_VALUE, Quality

_VALUE, _COUNT = "value", "count"


class ValueOddities:
    """What is odd about the values of one funnel's leads."""

    def __init__(
        self,
        agreement: Agreement,
        engine: Engine,
        plan: Plan,
        files: Mapping[str, FileRows],
        repeats: Mapping[str, Repeats],
    ) -> None:
        self.agreement = agreement
        self.engine = engine
        self.plan = plan
        rows = files[plan.leads]
        self._ends = {name: ends for rows in files.values() for name, ends in rows.ends.items()}
        # a file tells how many of all its cells are blank, not how many of the rows that are used
        self._blanks = rows.blanks if not kept_out(rows, repeats) else {}

    def __iter__(self) -> Iterator[Oddity]:
        for reading in self.plan.readings():
            known = self._known(reading)
            if known is not None:
                yield self._unknown(reading, known)
            if reading.shape is Shape.NUMBER:
                yield from self._out_of_range(reading)
            if self._should_be_filled(reading):
                yield self._blank(reading)

    def _should_be_filled(self, reading: Reading) -> bool:
        """Whether a blank says something of the data: of a field that may be blank, or a campaign, it does not."""
        name = reading.name.removeprefix("field_")
        field = self.agreement.fields.get(name)
        return name == "channel" or (field is not None and field.is_optional is not True and field.blank_means is None)

    def _known(self, reading: Reading) -> tuple[str, ...] | None:
        """The values that the agreement knows; None where any value is as good as another."""
        if reading.shape not in (Shape.TEXT, Shape.TEXTS):
            return None
        sections = self.agreement.sections
        if reading.name == "owner":
            return tuple({**(sections.people or {}), **(sections.sellers or {})}) or None
        if reading.name == "campaign":
            return tuple(sections.campaigns) if sections.campaigns else None
        return self.agreement.field_values(reading.name.removeprefix("field_")) or None

    def _unknown(self, reading: Reading, known: tuple[str, ...]) -> Oddity:
        words = [folded(value) for value in known]

        def is_unknown(value: Node) -> Node:
            return nodes.negated(nodes.is_in(nodes.call("lower", value), [word.copy() for word in words]))

        value = column(reading.name)
        if reading.shape is Shape.TEXTS:
            unknown = those_that(value, is_unknown)
            condition: Node = nodes.less(nodes.number(0), nodes.call("len", unknown))
            shown: Node = nodes.call("unnest", unknown.copy())
        else:
            condition, shown = is_unknown(value), value.copy()

        def told(count: int, _: int) -> Quality:
            examples = [] if reading.is_personal else self._examples(shown, condition)
            near = get_close_matches(examples[0].casefold(), known, n=1, cutoff=0.75) if examples else []
            return quality(
                UNKNOWN_VALUE,
                count,
                self._said_unknown(reading, count, near),
                examples,
                about=reading.name.removeprefix("field_"),
                column=reading.heading.name,
            )

        return Oddity(condition, told, of_value=reading.name if reading.shape is Shape.TEXT else None)

    def _said_unknown(self, reading: Reading, count: int, near: list[str]) -> Message:
        said = say_counted(
            "{count} lead has a value in {column} that the agreement does not know",
            "{count} leads have a value in {column} that the agreement does not know",
            count=count,
            column=Written(reading.heading.name),
        )
        return say("{said}: did you mean {nearest}?", said=said, nearest=Written(near[0])) if near else said

    def _examples(self, shown: Node, condition: Node) -> list[str]:
        """The values that most leads have."""
        found = nodes.select([nodes.named(shown.copy(), _VALUE)], nodes.table(FACTS), condition.copy())
        statement = nodes.select([column(_VALUE), nodes.named(nodes.count_star(), _COUNT)], nodes.inner(found, "found"))
        statement = statement.group_by(column(_VALUE), copy=False)
        statement = statement.order_by(nodes.falling(column(_COUNT)), column(_VALUE), copy=False)
        return [str(value) for value, _ in self.engine.rows(statement.limit(nodes.number(EXAMPLES), copy=False))]

    def _out_of_range(self, reading: Reading) -> Iterator[Oddity]:
        field = self.agreement.fields.get(reading.name.removeprefix("field_"))
        if field is None or (field.from_ is None and field.to is None) or self._is_inside(reading, field):
            return
        value = column(reading.name)
        outside: list[Node] = []
        if field.from_ is not None:
            outside.append(nodes.less(value, nodes.number(exact(field.from_))))
        if field.to is not None:
            outside.append(nodes.less(nodes.number(exact(field.to)), value.copy()))

        def told(count: int, _: int) -> Quality:
            said = say_counted(
                "{count} lead has a value in {column} outside what the agreement says it can be",
                "{count} leads have a value in {column} outside what the agreement says it can be",
                count=count,
                column=Written(reading.heading.name),
            )
            return quality("outside the range", count, said)

        yield Oddity(nodes.either(outside), told)

    def _is_inside(self, reading: Reading, field: Field) -> bool:
        """Whether the files themselves tell that no number is outside of a field's range."""
        if reading.blank is not None or reading.name not in self._ends:
            return False
        first, last = self._ends[reading.name]
        return (field.from_ is None or field.from_ <= first) and (field.to is None or last <= field.to)

    def _blank(self, reading: Reading) -> Oddity:
        """Leads without a value; of another file, those that have a row there."""
        is_blank: Node = nodes.is_null(column(reading.name))
        if reading.shape is Shape.TEXTS:
            is_blank = nodes.either([is_blank, nodes.equal(nodes.call("len", column(reading.name)), nodes.number(0))])
        has_row: Node | None = None
        if reading.heading.file != self.plan.leads:
            has_row = nodes.is_known(column(line_column(reading.heading.file)))
            is_blank = nodes.both([is_blank, has_row])

        def told(count: int, among: int) -> Quality:
            said = say(
                "{column} is blank in {count} of {among} rows",
                column=Written(reading.heading.name),
                count=count,
                among=among,
            )
            name = reading.name.removeprefix("field_")
            return quality(BLANK, count, said, about=name, column=reading.heading.name, among=among)

        count = None if reading.blank is not None else self._blanks.get(reading.name)
        return Oddity(is_blank, told, has_row, count)
