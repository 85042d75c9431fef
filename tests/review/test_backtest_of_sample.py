"""The backtest of whole exports: the sample's, lead by lead; and a real one, against a query written by hand."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checker.agreement import build
from checker.funnel import open_funnel
from checker.measures.backtest.table import Outcome, Table
from checker.measures.backtest.tested import Backtest
from checker.review.backtest import backtest
from checker.samples.funnel import write
from checker.samples.story import CUT_OFF
from checker.text import parse, read
from tests.reference import edited_reference
from tests.review.closed_deals import days_old, of, table
from tests.review.plain_criteria import PlainCriteria
from tests.review.plain_leads import came, local_day, plain_leads
from tests.review.test_olist import TEXT

SECTIONS = ("marketing_promises", "sales_promises", "both_promise", "escalation", "not_counted", "log")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference agreement, beside it the sample's data."""
    top = tmp_path_factory.mktemp("backtest")
    write(top / "data")
    return edited_reference(top)


@pytest.fixture(scope="module")
def found(folder: Path) -> Backtest:
    agreement = build(read(folder).values)
    with open_funnel(agreement, folder) as funnel:
        return backtest(agreement, funnel)


def days_to_buy(leads: list[dict[str, Any]]) -> list[int]:
    return [
        (local_day(lead["at_became_customer"]) - local_day(came(lead) or 0)).days
        for lead in leads
        if lead["at_became_customer"] is not None
    ]


def test_every_lead_is_where_a_plain_reader_puts_it(folder: Path, found: Backtest) -> None:
    """All leads that are old enough, by what three stages say of them and whether they bought; by channel, too."""
    values, leads = plain_leads(folder, SECTIONS)
    plain = PlainCriteria(values)
    age = days_old(days_to_buy(leads))
    last = CUT_OFF.date() - timedelta(days=age)
    old = [lead for lead in leads if (at := came(lead)) is not None and local_day(at) <= last]
    steps = {
        "lead": ("at_became_lead", "at_became_lead"),
        "mql": ("at_became_lead", "at_handed_off"),
        "opportunity": ("at_became_sql", "at_became_opportunity"),
    }
    for stage, (before, own) in steps.items():
        expected: Counter[tuple[str, bool | None, bool]] = Counter()
        for lead in old:
            if lead[before] is None and lead[own] is None:
                continue
            on = CUT_OFF.date() if lead[own] is None else local_day(lead[own])
            expected[lead["channel"], plain.fits(stage, lead, on), lead["at_became_customer"] is not None] += 1
        tested = of(found, stage)

        assert table_of(expected, set(values["channels"])) == table(tested)
        for group in tested.channels:
            assert table_of(expected, {str(group.name)}) == group.table
    assert (len(old), age) == (found.closed.leads, found.closed.age)


def table_of(counts: Counter[tuple[str, bool | None, bool]], channels: set[str]) -> Table:
    sides = []
    for answer in (True, False, None):
        here = {won: sum(counts[channel, answer, won] for channel in channels) for won in (True, False)}
        sides.append(Outcome(here[True] + here[False], here[True]))
    return Table(*sides)


def test_what_leaks_in_the_sample_is_refused_and_nothing_else_is(found: Backtest) -> None:
    """Its ranks ask for the stage of today; its MQL and SQL ask for nothing that is filled in too late."""
    refused = {tested.criterion.name: [leak.field for leak in tested.leaks] for tested in found.tested if tested.leaks}

    assert {"hot": ["stage"], "nurture": ["stage"], "cold": ["stage"]} == refused


def test_the_statements_are_few(found: Backtest) -> None:
    """Two for the leads, one for fields and actions, one for each criterion, one for each bound."""
    criteria = sum(not tested.leaks for tested in found.tested)
    bounds = sum(len(tested.thresholds) for tested in found.tested)

    assert (5, 2) == (criteria, bounds)
    assert 3 + criteria + bounds == len(found.statements)


OLIST = TEXT.replace(
    "  mql: {name: Marketing qualified lead, team: marketing}\n",
    "  mql:\n    name: Marketing qualified lead\n    team: marketing\n    channel: [paid_search, organic_search]\n",
)


def test_the_numbers_of_a_real_export_are_those_of_a_query_by_hand(real_data: Path) -> None:
    """Olist: does it tell who becomes a seller that a lead came by a search? Joined, dated and counted in SQL."""
    agreement = build(parse(OLIST).values)
    with open_funnel(agreement, real_data / "olist") as funnel:
        found = backtest(agreement, funnel)
    leads, deals = (
        f"read_csv('{real_data / 'olist'}/olist_{name}_dataset.csv', all_varchar=true)"
        for name in ("marketing_qualified_leads", "closed_deals")
    )
    # Brazil's summer time ended on 18 February 2018; stamps of deals are UTC, of midnight a date
    query = f"""
        WITH moments AS (
            SELECT m.mql_id, coalesce(m.origin, 'unknown') IN ('paid search', 'organic search') AS searched,
                   first_contact_date::DATE AS came, won_date::TIMESTAMP AS stamp
            FROM {leads} m LEFT JOIN {deals} d USING (mql_id)
        ), dated AS (
            SELECT searched, came, CASE WHEN stamp::TIME = TIME '00:00:00' THEN stamp::DATE
                ELSE (stamp - CASE WHEN stamp < TIMESTAMP '2018-02-18 02:00:00' THEN INTERVAL 2 HOUR
                    ELSE INTERVAL 3 HOUR END)::DATE END AS won
            FROM moments
        ), cycle AS (
            SELECT quantile_disc(greatest(won - came, 0), 0.5) AS days,
                   quantile_disc(greatest(won - came, 0), 0.9) AS most FROM dated WHERE won IS NOT NULL
        ), today AS (SELECT greatest(max(won), max(came)) AS day FROM dated)
        SELECT searched, count(*), count(won), (SELECT days FROM cycle)
        FROM dated WHERE came <= (SELECT day FROM today) -
            (SELECT greatest(ceil(1.5 * days), most)::INTEGER FROM cycle)
        GROUP BY searched ORDER BY searched
    """
    with duckdb.connect() as connection:
        (_, others, others_won, cycle), (_, searched, searched_won, _) = connection.execute(query).fetchall()
    told = table(of(found, "mql"))

    assert cycle == found.closed.cycle
    assert (Outcome(searched, searched_won), Outcome(others, others_won)) == (told.fits, told.fits_not)
    assert Fraction(searched_won, searched_won + others_won) == told.recall
