"""How each month's leads went on as they grew older: months down, ages across, the share that had gone on by then."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from checker.figure import Conversion
from checker.quantity import Duration, Month, Unit
from checker.site.basis import Basis
from checker.site.drawings.drawing import Drawing
from checker.site.drawings.heat import Told, heat, level
from checker.site.pages.plan_numbers import NOTHING
from checker.site.safe import safe
from checker.standing import month_of

MOST_MONTHS = 6
MOST_AGES = 5
LEAST_AGES = 2


def cohort_ages(basis: Basis) -> Iterator[Drawing]:
    """A drawing for each step of which at least two ages are known of some month."""
    told: dict[tuple[str, str], dict[Month, Conversion]] = {}
    for conversion in basis.results.figures.conversions if basis.results else ():
        month = month_of(conversion.period)
        if conversion.channel is None and month is not None and conversion.by_age and conversion.entered:
            told.setdefault((conversion.stage, conversion.reaches), {})[month] = conversion
    for first, second, _ in basis.agreement.conversions():
        months = told.get((first, second), {})
        ages = _ages(months)
        if len(ages) >= LEAST_AGES:
            yield _drawn(basis, first, second, months, ages)


def _ages(months: dict[Month, Conversion]) -> list[int]:
    """The ages that are drawn: the last ones, but none by which nobody had gone on in any month."""
    known = sorted({age for conversion in months.values() for age in conversion.by_age})
    told = [age for age in known if any(conversion.by_age.get(age) for conversion in months.values())]
    return told[-MOST_AGES:]


def _drawn(basis: Basis, first: str, second: str, months: dict[Month, Conversion], ages: list[int]) -> Drawing:
    voice, names = basis.voice, basis.names
    told = (month for month, own in months.items() if any(age in own.by_age for age in ages))
    shown = sorted(told, reverse=True)[:MOST_MONTHS]
    most = max(months[month].by_age.get(age, 0) / months[month].entered for month in shown for age in ages)
    rows = []
    table = []
    for month in shown:
        own = months[month]
        cells = [_told(basis, own, age, most) if age in own.by_age else None for age in ages]
        rows.append((_label(basis, month, shown[0]), cells))
        table.append((voice.month(month), *(_in_words(basis, own, age) for age in ages)))
    heads = [voice.words.value(Duration(age, Unit.DAYS)) for age in ages]
    return Drawing(
        "heat",
        voice.gettext("{first} → {second}, by age", first=names.short_stage(first), second=names.short_stage(second)),
        voice.listed((row[0], Markup(", ").join(row[1:])) for row in table),
        voice.gettext(
            "Of each month's leads, the share that had gone on so many days after they came. Empty: not all of them"
            " are as old as that yet."
        ),
        (voice.gettext("Month"), *map(safe, heads)),
        tuple(table),
        {"chart": heat(heads, rows, beside=110.0), "fits": 9},
    )


def _label(basis: Basis, month: Month, newest: Month) -> str:
    """A month in a few letters, with its year where that is another one."""
    short = basis.voice.words.month_short(month)
    return short if month.year == newest.year else f"{short} {month.year}"


def _told(basis: Basis, conversion: Conversion, age: int, most: float) -> Told:
    share = conversion.by_age[age] / conversion.entered
    return Told(basis.voice.whole_percent(share), _in_words(basis, conversion, age), level(share, most))


def _in_words(basis: Basis, conversion: Conversion, age: int) -> Markup:
    if age not in conversion.by_age:
        return NOTHING
    return basis.voice.gettext("{part} of {whole}", part=conversion.by_age[age], whole=conversion.entered)
