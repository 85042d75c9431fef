"""`sla plan`: from a goal to the targets that reach it, or from leads and budgets to what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.main import FINDINGS
from checker.cli.options import Output, agreement_path, as_of, data, formats, language, outputs_with
from checker.cli.output import deliver, has_colour
from checker.cli.speech import speak, speak_as
from checker.cli.wrong_usage import WholeNumber, WrongUse, refuse
from checker.errors import NothingToPlan
from checker.message import Written, all_of, say
from checker.quantity import Month

if TYPE_CHECKING:
    from checker.logic.planning.measured import Measured
    from checker.logic.planning.planned import RateWish
    from checker.report.plan_words import PlanWords
    from checker.text import Document

FORMATS = ("text", "json", "markdown")
BUDGETS = "budgets"
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%\Z")
_CUSTOMERS = re.compile(r"(\d+) customers?\Z")


class GoalType(click.ParamType[tuple[str, Fraction]]):
    """`R$ 1380000`, or `46 customers`."""

    name = "goal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Fraction]:
        """Reads one: `revenue` or `customers`, and how much."""
        from checker.agreement.scalars import MONEY, parse_amount

        if isinstance(value, tuple):
            return value
        text = " ".join(str(value).split())
        if customers := _CUSTOMERS.match(text):
            kind, amount = "customers", Fraction(customers[1])
        elif re.fullmatch(MONEY, text):
            kind, amount = "revenue", parse_amount(text)
        else:
            told = say(
                "{value} is no goal; write it without separators, as {money}, or as {customers}",
                value=Written(str(value)),
                money=Written("'R$ 1380000'"),
                customers=Written("'46 customers'"),
            )
            refuse(told, param, ctx)
        if not 0 < amount <= 10**15:
            refuse(say("{value} is no goal that can be planned", value=Written(str(value))), param, ctx)
        return kind, amount


class RateType(click.ParamType["RateWish"]):
    """`mql_to_sql=55%`, or `paid_search.mql_to_sql=55%`."""

    name = "rate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> RateWish:
        """Reads one."""
        from checker.logic.planning.planned import RateWish

        if isinstance(value, RateWish):
            return value
        named, _, text = str(value).partition("=")
        share = _SHARE.match(text.strip())
        if not named or share is None or not 0 < Fraction(share[1]) <= 100:
            told = say(
                "{value} is no rate; write it as {example}, or for one channel as {other}",
                value=Written(str(value)),
                example=Written("mql_to_sql=55%"),
                other=Written("ads.mql_to_sql=55%"),
            )
            refuse(told, param, ctx)
        channel, _, rate = named.strip().rpartition(".")
        return RateWish(rate, Fraction(share[1]) / 100, channel or None)


class SeasonType(click.ParamType[tuple[Month, Fraction]]):
    """`2027-03=120%`."""

    name = "season"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Month, Fraction]:
        """Reads one."""
        if isinstance(value, tuple):
            return value
        name, _, text = str(value).partition("=")
        share = _SHARE.match(text.strip())
        try:
            month = Month.parse(name.strip())
        except ValueError:
            month = None
        if month is None or share is None or not 0 < Fraction(share[1]) <= 10_000:
            told = say(
                "{value} is no weight of a month; write it as {example}",
                value=Written(str(value)),
                example=Written("2027-03=120%"),
            )
            refuse(told, param, ctx)
        return month, Fraction(share[1]) / 100


@click.command("plan", short_help="From a goal to targets, or from leads to what follows")
@agreement_path
@click.option(
    "--goal",
    type=GoalType(),
    metavar="GOAL",
    help="Revenue of the whole plan ('R$ 1380000'), or '46 customers'. Default: that of the agreement.",
)
@click.option(
    "--rate",
    "rates",
    type=RateType(),
    multiple=True,
    metavar="RATE=SHARE",
    help="As if this conversion rate were another: mql_to_sql=55%, or for one channel paid_search.mql_to_sql=55%.",
)
@click.option(
    "--season",
    type=SeasonType(),
    multiple=True,
    metavar="MONTH=WEIGHT",
    help="How much a month brings against an ordinary one: 2027-03=120%. Then the months not named are ordinary.",
)
@click.option(
    "--sellers",
    type=WholeNumber(0, 10_000),
    metavar="N",
    help="As if so many sellers were there from the first month on.",
)
@click.option(
    "--from",
    "start",
    metavar="FILE.csv|budgets",
    help="Start from these numbers (columns: month, stage, channel, target), or from the budgets. Without --goal, "
    "customers and revenue follow; with it, they only give the mix and the season.",
)
@click.option(
    "--from-data",
    is_flag=True,
    help="Measure rates, deal size, sales cycle and season on past leads, and plan with the rates that they show.",
)
@data
@as_of("With --from-data: look at things as they stood at the end of this day. Default: the last moment in the data.")
@click.option("--write", is_flag=True, help="Write the targets into the files. Without it they are only shown.")
@formats(*FORMATS)
@language
def command(
    path: Path,
    goal: tuple[str, Fraction] | None,
    rates: tuple[RateWish, ...],
    season: tuple[tuple[Month, Fraction], ...],
    sellers: int | None,
    start: str | None,
    from_data: bool,
    sources: tuple[tuple[str, Path], ...],
    as_of: date | None,
    write: bool,
    outputs: tuple[Output, ...],
    output: Path | None,
    language: str | None,
) -> int:
    """Plan the targets of the agreement in PATH (a file or a folder, sla/ by default).

    From the goal back to leads and visits, month by month and channel by channel, with the rates, the sales cycle and
    the sellers of the agreement. Where the goal cannot be reached it says what binds, and the exit code is 1.
    """
    from checker.logic.planning.planned import PlanWish
    from checker.report.plan_words import PlanWords
    from checker.report.writing import write_together
    from checker.review.plan import make_plan
    from checker.review.releases import history_of
    from checker.text import read
    from checker.text.rewriting import new_texts
    from checker.text.target_table import target_table

    wanted = outputs_with(outputs, output)
    if sellers is not None and write:
        wrong = say(
            "{option} is a what-if: sellers are people, so write them under {sellers} first",
            option=Written("--sellers"),
            sellers=Written("sellers:"),
        )
        raise WrongUse(wrong)
    if (sources or as_of is not None) and not from_data:
        wrong = say(
            "{options} are about the past: add {measured} to measure it",
            options=all_of(["--data", "--as-of"]),
            measured=Written("--from-data"),
        )
        raise WrongUse(wrong)
    kind, amount = goal or ("", Fraction(0))
    wish = PlanWish(
        revenue=amount if kind == "revenue" else None,
        customers=int(amount) if kind == "customers" else None,
        rates=rates,
        season=dict(season),
        sellers=sellers,
        rows=() if start is None or start == BUDGETS else target_table(Path(start)),
        from_budgets=start == BUDGETS,
    )
    document = read(path)
    speak_as(document, language)
    measured = _measured(document, sources, as_of) if from_data else None
    try:
        planned = make_plan(document, replace(wish, measured=measured), history=history_of(path))
    except NothingToPlan:
        if measured is not None:
            _deliver_measured(measured, document, wanted, language)
        raise
    is_written = write and planned.can_be_written
    if is_written:
        write_together(dict(new_texts(planned.document, document)))
    told = PlanWords(planned, speak(language or planned.agreement.language))
    for target in wanted:
        deliver(_rendered(told, target, is_written=is_written), target.file)
    return 0 if planned.holds else FINDINGS


def _measured(document: Document, sources: tuple[tuple[str, Path], ...], as_of: date | None) -> Measured:
    """What the past says. Raises what `open_funnel` and `measure_plan` raise, with the line of the source section."""
    from checker.agreement import build
    from checker.review.installed import need_engine
    from checker.text.placing import told_with_its_line

    need_engine()
    from checker.funnel import open_funnel
    from checker.review.plan_from_data import measure_plan

    agreement = build(document.values, document.problems)
    folder = Path(document.file_of(("source",))).parent
    with told_with_its_line(document), open_funnel(agreement, folder, dict(sources)) as funnel:
        measured = measure_plan(agreement, funnel, as_of)
        funnel.files.check()
        return measured


def _deliver_measured(measured: Measured, document: Document, wanted: Sequence[Output], language: str | None) -> None:
    """What was measured is worth reading also where no plan can be made of it; a program reads plans only."""
    from checker.agreement import build
    from checker.report.plan_measured_words import MeasuredWords
    from checker.report.plan_text import measured_text

    agreement = build(document.values, document.problems)
    told = MeasuredWords(measured, agreement, speak(language or agreement.language))
    for target in wanted:
        if target.format == "text":
            deliver(measured_text(told, has_colour=has_colour(target.file)), target.file)


def _rendered(words: PlanWords, target: Output, *, is_written: bool) -> str:
    match target.format:
        case "json":
            from checker.report.plan_json import plan_json

            return plan_json(words, is_written=is_written)
        case "markdown":
            from checker.report.plan_markdown import plan_markdown

            return plan_markdown(words, is_written=is_written)
        case _:
            from checker.report.plan_text import plan_text

            return plan_text(words, is_written=is_written, has_colour=has_colour(target.file))
