"""A second way to the numbers of a plan: forward, month by month, in plain Python, from values as they are written.

Nothing of the checker is used but the reading of a text. Channels go from their first written stage to opportunities by
their rates; a total that is written counts instead; customers are won with the lag.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any


def months_of(period: str) -> Iterator[str]:
    """`2027-01 to 2027-03` month by month."""
    first, _, last = period.partition(" to ")
    year, month = map(int, first.split("-"))
    while True:
        yield f"{year}-{month:02d}"
        if f"{year}-{month:02d}" == (last or first):
            return
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def by_month(line: Mapping[str, Any]) -> dict[str, int]:
    """The numbers of a line of targets."""
    return {month: number for period, number in line.items() if period != "why" for month in months_of(period)}


def percent(text: str) -> Fraction:
    """`2.5%` as a number."""
    return Fraction(text.removesuffix("%")) / 100


def earlier(month: str, months: int) -> str:
    """So many months before."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 - months, 12)
    return f"{year}-{number + 1:02d}"


def customers(values: Mapping[str, Any]) -> dict[str, Fraction]:
    """The customers of each month that follow from what is written before them."""
    stages = list(values["stages"])
    pipeline = next(name for name in stages if values["stages"][name].get("is") == "pipeline")
    won = next(name for name in stages if values["stages"][name].get("is") == "won")
    cycle = values["plan"].get("sales_cycle", "0 months")
    shares = (
        {int(span.split()[0]): percent(share) for span, share in cycle.items()}
        if isinstance(cycle, dict)
        else {int(cycle.split()[0]): Fraction(1)}
    )
    opened = {month: Fraction(count) for month, count in values.get("opened_before_plan", {}).items()}
    months = list(months_of(values["plan"]["months"]))
    for month in months:
        opened[month] = _opened(values, stages, pipeline, month)
    rate = percent(values["rates"][f"{pipeline}_to_{won}"])
    return {month: rate * sum(share * opened[earlier(month, lag)] for lag, share in shares.items()) for month in months}


def _opened(values: Mapping[str, Any], stages: list[str], pipeline: str, month: str) -> Fraction:
    total = by_month(values["targets"].get(pipeline, {}).get("all", {}))
    if month in total:
        return Fraction(total[month])
    opened = Fraction(0)
    for name, channel in values["channels"].items():
        number: Fraction | None = None
        for stage in stages[: stages.index(pipeline) + 1]:
            if number is not None:
                rate = f"{stages[stages.index(stage) - 1]}_to_{stage}"
                number *= percent(channel.get("rates", {}).get(rate) or values["rates"][rate])
            line = by_month(values["targets"].get(stage, {}).get(name, {}))
            number = Fraction(line[month]) if month in line else number
        opened += number or 0
    return opened
