"""A second way to say whether a plan is possible: its own inequalities, settled by eliminating one unknown at a time.

Fourier (1827) and Motzkin (1936): every upper limit of an unknown must be above every lower one, which leaves
inequalities without it. Exact, slow, and nothing of the checker is used in it but the dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Row = tuple[tuple[tuple[str, Fraction], ...], Fraction]
"""Sum of factor times unknown <= limit."""
Line = tuple[str, ...]
"""The path of a written number."""
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class SmallPlan:
    """One month, or two with a sales cycle of one month, of a plan with the stages lead, mql, opp (and won).

    `starts` says the first stage of each channel; `targets` the written numbers by (stage, channel or `all`, month);
    `rates` the written ones by (stage, channel or `all`) of the stage that they lead from.
    """

    stages: tuple[str, ...]
    months: int
    starts: Mapping[str, int]
    targets: Mapping[tuple[str, str, int], int]
    rates: Mapping[tuple[str, str], int]
    customers: int | None = None
    opened: int | None = None
    extra: Mapping[str, int] = field(default_factory=dict)

    def values(self) -> dict[str, object]:
        """The plan as the values of an agreement's text."""
        targets: dict[str, dict[str, dict[str, int]]] = {}
        for (stage, channel, month), number in self.targets.items():
            targets.setdefault(stage, {}).setdefault(channel, {})[_month(month)] = number
        channels: dict[str, dict[str, object]] = {}
        for name, start in self.starts.items():
            channels[name] = {"team": "m", "starts_at": self.stages[start]}
            own = {self._rate(stage): f"{rate}%" for (stage, of), rate in self.rates.items() if of == name}
            if own:
                channels[name]["rates"] = own
        roles = {"opp": "pipeline", "won": "won"}
        plan: dict[str, object] = {"months": f"{_month(1)} to {_month(self.months)}", "sales_cycle": "1 month"}
        if self.customers is not None:
            plan["customers"] = self.customers
        values: dict[str, object] = {
            "format": "sla/v1",
            "agreement": "Any",
            "stages": {name: {"team": "m"} | ({"is": roles[name]} if name in roles else {}) for name in self.stages},
            "plan": plan,
            "channels": channels,
            "targets": targets,
            "rates": {self._rate(stage): f"{rate}%" for (stage, of), rate in self.rates.items() if of == "all"},
        }
        if self.opened is not None:
            values["opened_before_plan"] = {"2026-12": self.opened}
        return {key: value for key, value in values.items() if value != {}}

    def _rate(self, stage: str) -> str:
        return f"{stage}_to_{self.stages[self.stages.index(stage) + 1]}"

    def lines(self) -> tuple[Line, ...]:
        """The paths of all written numbers."""
        found: list[Line] = [("targets", stage, channel, _month(month)) for stage, channel, month in self.targets]
        for stage, of in self.rates:
            found.append(("rates", self._rate(stage)) if of == "all" else ("channels", of, "rates", self._rate(stage)))
        if self.customers is not None:
            found.append(("plan", "customers"))
        if self.opened is not None:
            found.append(("opened_before_plan", "2026-12"))
        return tuple(found)

    def is_possible(self, lines: Iterable[Line] | None = None) -> bool:
        """Whether some numbers fit what these lines say; all lines where none are given."""
        return _is_solvable(list(self._rows(frozenset(self.lines() if lines is None else lines))))

    # ------------------------------------------------------------ the inequalities

    def _rows(self, lines: frozenset[Line]) -> Iterable[Row]:
        last = len(self.stages) - 1 if "won" in self.stages else len(self.stages)
        for month in range(1, self.months + 1):
            for index, stage in enumerate(self.stages[:last]):
                here = [name for name, start in self.starts.items() if start <= index]
                total = f"{stage}.all.{month}"
                slack = Fraction(0) if all((stage, name, month) in self.targets for name in here) else HALF
                if here:
                    parts = [(f"{stage}.{name}.{month}", 1) for name in here]
                    yield _at_most([*parts, (total, -1)], slack)
                    yield _at_most([(name, -factor) for name, factor in parts] + [(total, 1)], slack)
                for name in [*here, "all"]:
                    yield from self._is_written(stage, name, month, lines)
                for name in here:
                    if self.starts[name] < index:
                        yield from self._follows(index, name, month, lines)
                if not here and index and not [name for name, start in self.starts.items() if start <= index - 1]:
                    yield from self._follows(index, "all", month, lines)
            if "won" in self.stages:
                yield from self._is_written("won", "all", month, lines)
                yield from self._customers(month, lines)
        if self.customers is not None and ("plan", "customers") in lines:
            free = sum(("won", "all", month) not in self.targets for month in range(1, self.months + 1))
            wanted = [(f"won.all.{month}", 1) for month in range(1, self.months + 1)]
            yield _at_most(wanted, self.customers + HALF * free)
            yield _at_most([(name, -1) for name, _ in wanted], HALF * free - self.customers)

    def _is_written(self, stage: str, name: str, month: int, lines: frozenset[Line]) -> Iterable[Row]:
        if ("targets", stage, name, _month(month)) in lines:
            number = self.targets[stage, name, month]
            yield _at_most([(f"{stage}.{name}.{month}", 1)], number)
            yield _at_most([(f"{stage}.{name}.{month}", -1)], -number)

    def _rate_line(self, stage: str, name: str) -> tuple[int, Line] | None:
        if (stage, name) in self.rates:
            path = ("channels", name, "rates", self._rate(stage)) if name != "all" else ("rates", self._rate(stage))
            return self.rates[stage, name], path
        if (stage, "all") in self.rates:
            return self.rates[stage, "all"], ("rates", self._rate(stage))
        return None

    def _follows(self, index: int, name: str, month: int, lines: frozenset[Line]) -> Iterable[Row]:
        before, stage = self.stages[index - 1], self.stages[index]
        rate = self._rate_line(before, name)
        if rate is not None and rate[1] not in lines:
            return
        factor = Fraction(1) if rate is None else Fraction(rate[0], 100)
        slack = HALF if rate is not None and (stage, name, month) in self.targets else Fraction(0)
        yield _at_most([(f"{stage}.{name}.{month}", 1), (f"{before}.{name}.{month}", -factor)], slack)

    def _customers(self, month: int, lines: frozenset[Line]) -> Iterable[Row]:
        rate = self._rate_line("opp", "all")
        if rate is None or rate[1] not in lines:
            return
        slack = HALF if ("won", "all", month) in self.targets else Fraction(0)
        part = Fraction(rate[0], 100)
        if month > 1:
            yield _at_most([(f"won.all.{month}", 1), (f"opp.all.{month - 1}", -part)], slack)
        elif self.opened is not None and ("opened_before_plan", "2026-12") in lines:
            yield _at_most([(f"won.all.{month}", 1)], slack + part * self.opened)


def _month(number: int) -> str:
    return f"2027-{number:02d}"


def _at_most(terms: Iterable[tuple[str, int | Fraction]], limit: int | Fraction) -> Row:
    return tuple((name, Fraction(factor)) for name, factor in terms), Fraction(limit)


def _is_solvable(rows: list[Row]) -> bool:
    """Whether some numbers, none negative, keep all rows."""
    names = sorted({name for terms, _ in rows for name, _ in terms})
    standing = {_scaled(dict(terms), limit) for terms, limit in rows}
    standing |= {_scaled({name: Fraction(-1)}, Fraction(0)) for name in names}
    while names:
        counts = {name: _pairs(standing, name) for name in names}
        name = min(names, key=lambda candidate: counts[candidate])
        names.remove(name)
        above = [row for row in standing if dict(row[0]).get(name, 0) > 0]
        below = [row for row in standing if dict(row[0]).get(name, 0) < 0]
        standing = {row for row in standing if name not in dict(row[0])}
        for upper, most in above:
            for lower, least in below:
                first, second = dict(upper), dict(lower)
                up, down = first[name], -second[name]
                mixed = {
                    other: first.get(other, Fraction(0)) * down + second.get(other, Fraction(0)) * up
                    for other in first.keys() | second.keys()
                }
                standing.add(_scaled(mixed, most * down + least * up))
        if any(not terms and limit < 0 for terms, limit in standing):
            return False
        standing = _tightest(standing)
    return all(limit >= 0 for _, limit in standing)


def _pairs(standing: set[Row], name: str) -> int:
    factors = [dict(terms).get(name, 0) for terms, _ in standing]
    return sum(factor > 0 for factor in factors) * sum(factor < 0 for factor in factors)


def _scaled(terms: Mapping[str, Fraction], limit: Fraction) -> Row:
    kept = {name: factor for name, factor in sorted(terms.items()) if factor}
    if not kept:
        return (), limit
    scale = abs(next(iter(kept.values())))
    return tuple((name, factor / scale) for name, factor in kept.items()), limit / scale


def _tightest(rows: set[Row]) -> set[Row]:
    limits: dict[tuple[tuple[str, Fraction], ...], Fraction] = {}
    for terms, limit in rows:
        limits[terms] = min(limit, limits.get(terms, limit))
    return set(limits.items())
