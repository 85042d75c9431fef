"""Returns, second handoffs and activities as rows of their own, beside the leads: views with the columns of `leads`.

In `returns`, each return is a row: `returned` and its reason are those of this return, `handed_off_again` is the next
second handoff, `contact_attempt` and `activity` the first at or after it, `come_back` the first of these three that
marketing did. Of the attempts from the handoff before it to the return: `attempts`, how many; `attempt_channels`, by
how many channels; and the moments `first_attempt` and `last_attempt`.

In `second handoffs`, each of them is a row: `handed_off` is this handoff, and what lines tell one by one
(`assigned`, `first_personal_contact`, `decided`, `returned`, `outcome_written`) the first from it to the next one.

In `activities`, each activity is a row, with the time of logging that stands in the same line or under the same
`ref_id`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from checker.agreement import Agreement
from checker.funnel.conditions import Shape
from checker.funnel.fold import latest, packed, unpacked
from checker.funnel.leads import ALL, LEADS, MERGED, Leads
from checker.funnel.lines import (
    ACTOR,
    AGAIN,
    AT,
    CHANNEL,
    DAY,
    EVENT,
    IS_AGAIN,
    REASON,
    REF,
    SINCE,
    TURN,
    TURNS,
    UNTIL,
    Lines,
)
from checker.funnel.log_mapping import ATTEMPT, CONTACT
from checker.funnel.nodes import (
    Node,
    both,
    call,
    case,
    column,
    equal,
    inner,
    is_in,
    less,
    named,
    number,
    select,
    table,
    text,
    truth,
    whole_part,
)
from checker.funnel.reading_plan import LEAD_ID
from checker.funnel.readings import folded
from checker.logic.aggregate import Rows

COME_BACK, FIRST, LAST = "come_back", "first_attempt", "last_attempt"
ATTEMPTS, CHANNELS = "attempts", "attempt_channels"
ACTIVITY, LOGGED = "activity", "activity_logged"
_IN_A_ROUND = ("assigned", "decided", "returned", "outcome_written")
_REASON_COLUMNS = ("return_reason", "field_return_reason")
_TURN, _LINE, _OWN = "turn", "line", "own"


def rows_of_lines(agreement: Agreement, lines: Lines | None, leads: Leads) -> dict[Rows, Leads]:
    """Makes the views of what the data tells one by one; what each holds."""
    if lines is None:
        return {}
    rounds, found = _Rounds(agreement, lines, leads), {}
    if lines.tells_returns:
        found[Rows.RETURNS] = rounds.returns()
    if lines.tells_again:
        found[Rows.AGAIN] = rounds.again()
    if lines.has(ACTIVITY) and lines.has(LOGGED):
        found[Rows.ACTIVITIES] = rounds.activities()
    return found


class _Rounds:
    def __init__(self, agreement: Agreement, lines: Lines, leads: Leads) -> None:
        self.agreement = agreement
        self.lines = lines
        self.leads = leads

    def returns(self) -> Leads:
        """The view of returns."""
        touches = [event for event in (ATTEMPT, ACTIVITY) if self.lines.has(event)]
        numbers: dict[str, Node] = {}
        stamps: dict[str, Node] = {}
        at, is_day = column(AT, _TURN), column(DAY, _TURN)
        since = case([(exp.LTE(this=column(SINCE, _TURN), expression=at.copy()), column(SINCE, _TURN))])
        if ATTEMPT in touches:
            before = both([_is_of(ATTEMPT), _is_from(since), _is_until(at, is_day)])
            numbers[ATTEMPTS] = exp.Count(this=exp.Distinct(expressions=[case([(before, _attempt())])]))
            if self.lines.says(ATTEMPT, CHANNEL):
                used = case([(before.copy(), call("lower", column(CHANNEL, _LINE)))])
                numbers[CHANNELS] = exp.Count(this=exp.Distinct(expressions=[used]))
            stamps[FIRST] = exp.Min(this=case([(before.copy(), _line())]))
            stamps[LAST] = exp.Max(this=case([(before.copy(), _line())]))
        for event in touches:
            stamps[event] = exp.Min(this=case([(both([_is_of(event), _is_from(at.copy())]), _line())]))
        if any(self.lines.says(event, ACTOR) for event in touches):
            by_marketing = both([self._is_by_marketing(), _is_from(at.copy())])
            stamps[COME_BACK] = exp.Min(this=case([(by_marketing, _line())]))
        own = self._rows("returns by lines", equal(column(EVENT, _TURN), text("returned")), touches, numbers | stamps)
        moments = {"returned": packed(column(AT, _OWN), column(DAY, _OWN)), AGAIN: column(UNTIL, _OWN)}
        moments |= {name: column(name, _OWN) for name in stamps}
        if COME_BACK in stamps:
            moments[COME_BACK] = call("list_min", exp.Array(expressions=[column(COME_BACK, _OWN), column(UNTIL, _OWN)]))
        values = {name: (column(name, _OWN), Shape.NUMBER) for name in numbers} | self._reason()
        return self._view(Rows.RETURNS, own, moments, values)

    def again(self) -> Leads:
        """The view of second handoffs."""
        contact = self.lines.contacts()
        lines = {event: event for event in _IN_A_ROUND if self.lines.has(event)}
        lines |= {CONTACT: contact} if contact is not None else {}
        asked: dict[str, Node] = {}
        next_one, _ = unpacked(column(UNTIL, _TURN))
        is_inside = both(
            [
                _is_from(column(AT, _TURN)),
                exp.Coalesce(this=less(column(AT, _LINE), next_one), expressions=[truth(True)]),
            ]
        )
        for event, line in lines.items():
            fits = both([_is_of(line), is_inside.copy()])
            asked[event] = exp.Min(this=case([(fits, _line())]))
            if event == "returned":
                reason = case([(fits.copy(), column(REASON, _LINE))])
                asked["its reason"] = call("arg_min_null", reason, case([(fits.copy(), _line())]))
        own = self._rows(
            "second handoffs by lines", column(IS_AGAIN, _TURN), list(dict.fromkeys(lines.values())), asked
        )
        moments: dict[str, Node] = {
            event: packed(column(AT, _OWN), column(DAY, _OWN)) for event in ("handed_off", AGAIN)
        }
        moments |= {event: column(event, _OWN) for event in lines}
        values = self._reason("its reason") if "its reason" in asked else {}
        untold = [event for event in (*_IN_A_ROUND, CONTACT) if event not in lines]
        return self._view(Rows.AGAIN, own, moments, values, untold)

    def activities(self) -> Leads:
        """The view of activities."""
        if self.lines.says(ACTIVITY, REF) and self.lines.says(LOGGED, REF):
            same = equal(column(REF, "logged"), column(REF, _LINE))
        else:
            same = equal(column("row", "logged"), column("row", _LINE))
        on = both([equal(column(LEAD_ID, "logged"), column(LEAD_ID, _LINE)), same])
        done, logged = self._lines([ACTIVITY], _LINE), self._lines([LOGGED], "logged")
        values = [
            column(LEAD_ID, _LINE),
            *(named(column(name, _LINE), name) for name in (AT, DAY)),
            named(packed(column(AT, "logged"), column(DAY, "logged")), LOGGED),
        ]
        own = "activities by lines"
        statement = select(values, done).join(logged, on=on, join_type="left", copy=False)
        self.lines.engine.make_table(own, statement)
        moments = {ACTIVITY: packed(column(AT, _OWN), column(DAY, _OWN)), LOGGED: column(LOGGED, _OWN)}
        return self._view(Rows.ACTIVITIES, own, moments, {})

    # ------------------------------------------------------------ the pieces

    def _is_by_marketing(self) -> Node:
        """Whether somebody of marketing did what a line says, by the person's id or name, or the team's."""
        names = ["marketing"]
        for key, person in (self.agreement.sections.people or {}).items():
            if person.team == "marketing":
                names += [key, self.agreement.text(person.name, key)]
        return is_in(call("lower", column(ACTOR, _LINE)), [folded(name) for name in names])

    def _reason(self, name: str = REASON) -> dict[str, tuple[Node, Shape]]:
        return {found: (column(name, _OWN), Shape.TEXT) for found in _REASON_COLUMNS if self.leads.has(found)}

    def _rows(self, name: str, wanted: Node, events: Sequence[str], asked: Mapping[str, Node]) -> str:
        """Makes the table of some turns, with what is asked of the lines of some events of the same lead; its name."""
        kept = [TURN, LEAD_ID, AT, DAY, REASON, UNTIL]
        values = [*(column(part, _TURN) for part in kept), *(named(value, own) for own, value in asked.items())]
        statement = select(values, table(TURNS, _TURN), wanted)
        if events:
            same = equal(column(LEAD_ID, _LINE), column(LEAD_ID, _TURN))
            statement = statement.join(self._lines(events, _LINE), on=same, join_type="left", copy=False)
            statement = statement.group_by(*(number(place + 1) for place in range(len(kept))), copy=False)
        self.lines.engine.make_table(name, statement)
        return name

    def _lines(self, events: Sequence[str], alias: str) -> exp.Subquery:
        """The lines of some events; those of a duplicate are lines of the lead that it was merged into."""
        lines = exp.Subquery(
            this=self.lines.of(events), alias=exp.TableAlias(this=exp.to_identifier(alias, quoted=True))
        )
        if not self.leads.merged:
            return lines
        kept = [column(name, alias) for name in (EVENT, AT, DAY, "row", REASON, ACTOR, CHANNEL, REF)]
        survivor = exp.Coalesce(this=column("survivor", MERGED), expressions=[column(LEAD_ID, alias)])
        same = equal(column(LEAD_ID, MERGED), column(LEAD_ID, alias))
        statement = select([named(survivor, LEAD_ID), *kept], lines)
        return inner(statement.join(table(MERGED), on=same, join_type="left", copy=False), alias)

    def _view(
        self,
        rows: Rows,
        own: str,
        moments: Mapping[str, Node],
        values: Mapping[str, tuple[Node, Shape]],
        untold: Sequence[str] = (),
    ) -> Leads:
        """Makes the view: the lead's columns, and in their place what the rows have of their own. Moments are packed,
        and what lies outside of what is judged has not happened. Of `untold` events nobody knows to which row they
        belong.
        """
        shapes = {
            name: shape for name, shape in self.leads.shapes.items() if name not in {f"at_{one}" for one in untold}
        }
        columns: dict[str, Node] = {}
        for event, value in moments.items():
            at, is_day = unpacked(value)
            inside = exp.Between(this=at.copy(), low=number(self.leads.begin), high=number(self.leads.cut_off))
            columns[f"at_{event}"] = case([(inside, at)])
            columns[f"day_{event}"] = exp.Coalesce(this=is_day, expressions=[truth(False)])
            shapes |= {f"at_{event}": Shape.NUMBER, f"day_{event}": Shape.FLAG}
        columns |= {name: value for name, (value, _) in values.items()}
        shapes |= {name: shape for name, (_, shape) in values.items()}
        cut = self.leads.cut - set(moments)
        kept = [name for name in shapes if name not in columns] + [ALL + event for event in cut]
        of_lead = [column(name, LEADS) for name in kept]
        statement = select([*of_lead, *(named(value, name) for name, value in columns.items())], table(own, _OWN))
        same = equal(column(LEAD_ID, LEADS), column(LEAD_ID, _OWN))
        self.lines.engine.make_view(rows, statement.join(table(LEADS), on=same, copy=False))
        return Leads(self.leads.begin, self.leads.cut_off, shapes, cut, self.leads.days | set(moments), view=rows.value)


def _is_of(event: str) -> Node:
    return equal(column(EVENT, _LINE), text(event))


def _line() -> Node:
    """The moment of a line, packed."""
    return packed(column(AT, _LINE), column(DAY, _LINE))


def _attempt() -> Node:
    """What tells an attempt from others: its minute and its channel, so that five calls within a minute are one. Of
    attempts of which only the day is known, each counts.
    """
    minute = call("concat", whole_part(column(AT, _LINE), 60), text(" "), call("lower", column(CHANNEL, _LINE)))
    return case([(column(DAY, _LINE), call("concat", text("line "), column("row", _LINE)))], minute)


def _is_from(start: Node) -> Node:
    """Whether a line may be at or after an instant; always, where there is none."""
    is_from = exp.GTE(this=latest(column(AT, _LINE), column(DAY, _LINE)), expression=start)
    return exp.Coalesce(this=is_from, expressions=[truth(True)])


def _is_until(end: Node, is_day: Node) -> Node:
    """Whether a line may be at or before a moment."""
    return exp.LTE(this=column(AT, _LINE), expression=latest(end, is_day))
