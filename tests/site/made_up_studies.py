"""A plan of the reference agreement as `sla plan` makes it, and a test of its criteria written by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from checker.backtested import BacktestFile
from checker.language import words
from checker.logic.planning.planned import PlanWish
from checker.report.plan_json import PlanFile, plan_json
from checker.report.plan_words import PlanWords
from checker.review.plan import make_plan
from checker.text import read
from tests.reference import FOLDER
from tests.site.made_up import HOSTILE


@cache
def plan(revenue: int | None = None) -> PlanFile:
    """The plan of the agreement's own goal, or of another one."""
    wish = PlanWish(revenue=None if revenue is None else Fraction(revenue))
    planned = PlanWords(make_plan(read(FOLDER), wish), words("en"))
    return PlanFile.model_validate_json(plan_json(planned, is_written=False))


def outcome(won: int, leads: int) -> dict[str, Any]:
    """Of so many leads so many bought; the range is a tenth to either side."""
    if not leads:
        return {"leads": 0, "won": 0, "share": None, "interval": None}
    share = won / leads
    return {"leads": leads, "won": won, "share": share, "interval": (max(share - 0.1, 0), min(share + 0.1, 1))}


def table(
    fits: tuple[int, int], others: tuple[int, int], untold: tuple[int, int], tells: bool | None = True
) -> dict[str, Any]:
    """A confusion table, each part as (won, leads)."""
    won, leads = (sum(parts) for parts in zip(fits, others, untold, strict=True))
    return {
        "fits": outcome(*fits),
        "does_not_fit": outcome(*others),
        "cannot_tell": outcome(*untold),
        "precision": fits[0] / fits[1],
        "recall": fits[0] / won,
        "lift": fits[0] / fits[1] / (won / leads),
        "p": 0.0004,
        "enough": True,
        "tells": tells,
    }


def backtest(odd: str = HOSTILE) -> BacktestFile:
    """A stage that tells who buys, whose half cannot be told; a rank that is refused; points of two actions. A
    condition, a channel, the rank and an action have an `odd` name.
    """
    whole = table((14, 100), (6, 200), (20, 300))
    condition = {
        "condition": odd,
        "path": "stages.mql.all.0",
        "without": whole,
        "alone": whole,
        "kept_out": outcome(1, 79),
        "p": 0.02,
        "helps": True,
    }
    idle = condition | {"condition": "country is Brazil", "kept_out": outcome(0, 0), "p": None, "helps": None}
    bound = {
        "condition": "employees is at least 50",
        "path": "stages.mql.all.1.employees",
        "field": "employees",
        "present": "50",
        "finding": "worth trying",
        "tried": 12,
        "earlier": outcome(9, 90),
        "best": "20",
        "looser": True,
        "moved": outcome(8, 40),
        "others": outcome(2, 80),
        "p": 0.001,
        "better": {"text": "employees is at least {number}", "arguments": {"number": 20}},
    }
    stage = {
        "subject": "stage",
        "name": "mql",
        "path": "stages.mql",
        "asked_at": "handed_off",
        "only_those_who_came": False,
        "as_exported": ["points"],
        "refused": [],
        "table": whole,
        "channels": [
            {"name": name, "table": table((7, 50), (1, 90), (0, 0), tells), "p": chance, "tells": tells}
            for name, chance, tells in (("organic_search", 0.001, True), (odd, None, None), (None, 0.5, None))
        ],
        "personas": [],
        "conditions": [condition, idle],
        "thresholds": [bound],
    }
    leak = {"field": "industry", "reason": "only filled in for customers", "part": 40, "whole": 40, "others": 560}
    refused = stage | {
        "subject": "rank",
        "name": odd,
        "table": None,
        "refused": [leak],
        "channels": [],
        "conditions": [],
        "thresholds": [],
    }
    actions = [
        {
            "action": name,
            "points": points,
            "did": outcome(won, 60),
            "did_not": outcome(5, 100),
            "ratio": (0.5, 4.25),
            "p": 0.01,
            "tells": tells,
        }
        for name, points, won, tells in (("read_article", 2, 12, True), (odd, 40, 1, False))
    ]
    return BacktestFile.model_validate(
        {
            "agreement": "Glacivo",
            "language": "en",
            "as_of": date(2027, 4, 14),
            "files": ("leads.csv",),
            "leads": 600,
            "left_out": 120,
            "left_out_ended": 30,
            "customers": 40,
            "slow_customers": 2,
            "cycle_days": 60,
            "old_after_days": 90,
            "later_from": date(2027, 1, 1),
            "criteria": [stage, refused],
            "actions": {"only_the_last": False, "as_exported": False, "cannot_tell": 3, "actions": actions},
        }
    )
