"""What the page that reckons for itself is told: an agreement's numbers, where they are written, and its words.

Shape (JSON, one object): stages and channels go by their place in the agreement, months by `year * 12 + month - 1`,
written numbers by their place in `numbers`, values as exact texts (`4/5`). `checker/site/templates/what-if.js` reads
it, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from checker.agreement.agreement import Agreement
from checker.agreement.plan import ALL_CHANNELS
from checker.finding import Path
from checker.logic.plan_inputs import PlanInputs
from checker.quantity import Month
from checker.report.names import Names
from checker.site.basis import Places
from checker.text.numbers import plain_number

_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'\u2028\u2029"}
"""What could end a script or an attribute: JSON has another way to write it."""
_LIMITS = ("handoffs", "new_opportunities", "open_opportunities")
_PLAN = ("customers", "revenue", "average_deal", "pipeline_coverage", "cost_per_customer")


def embedded(values: Mapping[str, Any]) -> Markup:
    """JSON that may stand inside `<script type="application/json">`: no text in it can end that element."""
    return Markup(json.dumps(values, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE))


def counted(month: Month) -> int:
    """A month as a number, so that the next one is one more."""
    return month.year * 12 + month.number - 1


def script_key(stage: int, channel: int) -> int:
    """How the script calls a stage and a channel together (`keyOf`)."""
    return stage * 4096 + channel + 1


def exact_text(number: Fraction) -> str:
    """`4/5`, `30000`."""
    return str(number)


class PlanData:
    """The arithmetic's part: what was written of a plan, and the spots of the text that say it."""

    def __init__(self, agreement: Agreement, inputs: PlanInputs, document: Places) -> None:
        self._inputs = inputs
        self._document = document
        self._names = Names(agreement)
        self.paths = {path: at for at, path in enumerate(inputs.numbers)}
        self._channels = {name: at for at, name in enumerate(inputs.channels)} | {ALL_CHANNELS: -1}
        self.files: dict[str, int] = {}
        self.text: list[dict[int, str]] = []

    def values(self) -> dict[str, Any]:
        """All of it, as JSON takes it."""
        inputs, at = self._inputs, self._at
        spots = [
            {"value": exact_text(number), **self._spot(path)} for path, number in inputs.numbers.items()
        ]  # before `text`, which they fill
        cycle = self._cycle()
        return {
            "format": "what-if/v1",
            "months": [counted(inputs.months[0]), counted(inputs.months[-1])],
            "stages": [
                {"id": stage, "name": self._names.stage(stage), "short": self._names.short_stage(stage)}
                for stage in inputs.stages
            ],
            "pipeline": self._stage(inputs.pipeline),
            "won": self._stage(inputs.won),
            "handed_over": self._stage(inputs.handed_over),
            "channels": [
                {
                    "id": name,
                    "starts_at": inputs.starts_at[name],
                    "begins": counted(inputs.begins[name]) if name in inputs.begins else None,
                    "trial": name in inputs.unplanned_trials,
                    "budget": at(("channels", name, "budget")),
                }
                for name in inputs.channels
            ],
            "numbers": spots,
            "lines": [
                [
                    self._stage(stage),
                    self._channels[channel],
                    [[at(line.path), counted(line.period.first), counted(line.period.last)] for line in lines],
                ]
                for (stage, channel), lines in inputs.lines.items()
            ],
            "has_targets": self._document.has(("targets",)),
            "rates": list(self._rates()),
            "closing": [[lag, None if path is None else at(path)] for lag, path in inputs.closing.items()],
            "cycle": cycle,
            "opened": [[counted(month), at(path)] for month, path in inputs.opened_before.items()],
            "sellers": [
                {
                    "starts": None if seller.starts is None else counted(seller.starts),
                    "ends": None if seller.ends is None else counted(seller.ends),
                    "ramp": [at(path) for path in seller.ramp],
                }
                for seller in inputs.sellers
            ],
            "campaigns": [
                [at(campaign.path), self._channels[campaign.channel], counted(campaign.month)]
                for campaign in inputs.campaigns
            ],
            "plan": {name: at(("plan", name)) for name in _PLAN},
            "limits": {name: at(("limit_per_seller", name)) for name in _LIMITS},
            "text": self.text,
        }

    def rates(self) -> Iterable[tuple[int, str | None, Path]]:
        """The written rates between a stage and the next one: the stage's place, the channel (None: all), where."""
        stages = self._inputs.stages
        places = {f"{first}_to_{second}": at for at, (first, second) in enumerate(pairwise(stages))}
        for (rate, channel), path in self._inputs.rates.items():
            if rate in places:
                yield places[rate], channel, path

    def _rates(self) -> Iterable[list[int | None]]:
        for stage, channel, path in self.rates():
            yield [stage, self._channels[channel or ALL_CHANNELS], self._at(path)]

    def _at(self, path: Path) -> int | None:
        return self.paths.get(path)

    def _stage(self, stage: str | None) -> int:
        return self._inputs.stages.index(stage) if stage in self._inputs.stages else -1

    # ------------------------------------------------------------ where it is written

    def _cycle(self) -> dict[str, Any] | None:
        path = ("plan", "sales_cycle")
        if not self._document.has(path):
            return None
        spot = self._spot(path)
        is_below = self._document.last_line(path) > spot["line"]
        return {**spot, "prefix": "sales_cycle: " if is_below else ""}

    def _spot(self, path: Path) -> dict[str, Any]:
        """Where a value stands, and what its line says: an editor of the page must see what is to be replaced."""
        place, key = self._document.place(path), self._document.place(path, "key")
        last = max(self._document.last_line(path), place.line)
        if place.file not in self.files:
            self.files[place.file] = len(self.files)
            self.text.append({})
        text = self.text[self.files[place.file]]
        text[place.line] = place.source
        for line in range(place.line + 1, last + 1):
            text[line] = self._document.line(place.file, line)
        return {
            "file": self.files[place.file],
            "line": place.line,
            "last": last,
            "column": place.column,
            "end": place.end_column,
            "key_column": key.column,
            "written": self._document.written(path),
            "in_braces": self._document.in_braces(path[:-1]),
        }


class Controls:
    """The sliders: what each changes, its name in the address, what is agreed, and how far it goes."""

    def __init__(self, inputs: PlanInputs, data: PlanData) -> None:
        self._inputs = inputs
        self._data = data

    def number(self, name: str, label: str, path: Path, unit: str, **more: Any) -> dict[str, Any] | None:
        """The slider of a written number; None where it is not written."""
        number = self._inputs.numbers.get(path)
        if number is None:
            return None
        shown = number * 100 if unit == "share" else number
        return self.control(name, label, shown, unit, path=self._data.paths[path], **more)

    def control(
        self, name: str, label: str, agreed: Fraction, unit: str, *, least: int = 0, most: int = 10**9, **more: Any
    ) -> dict[str, Any]:
        """A slider of any kind. Its ends are about a third and three times of what is agreed."""
        low, high, step = _ends(agreed) if unit != "share" else (Fraction(1), Fraction(100), Fraction(1))
        if unit == "share" and agreed < 10:
            low, high, step = Fraction(1, 10), Fraction(30), Fraction(1, 10)
        floor = Fraction(1, 100) if least == 0 and unit != "count" else Fraction(least)
        return {
            "name": name,
            "label": label,
            "unit": unit,
            "agreed": plain_number(agreed),
            "least": plain_number(floor),
            "most": str(100 if unit == "share" else most),
            "low": plain_number(more.pop("low", max(low, floor))),
            "high": plain_number(more.pop("high", high)),
            "step": plain_number(more.pop("step", step)),
            **more,
        }


def _ends(agreed: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    """The ends of a slider and its step, round numbers around what is agreed."""
    if agreed <= 0:
        return Fraction(0), Fraction(100), Fraction(1)
    step = Fraction(1)
    while step * 200 <= agreed:
        step *= 10
    return step * max(agreed // (step * 4), 1), step * -(-3 * agreed // step), step
