"""`sla check` and a query that somebody wrote by hand for the same ten promises."""

from __future__ import annotations

from pathlib import Path

from tools.bench.by_hand import by_hand
from tools.bench.check import differences, set_up


def test_both_ways_give_the_same_answer_for_every_promise_and_month(tmp_path: Path):
    """Volume, acceptance, four clocks, payload, reasons, win rate, revenue; 20 months or more of each."""
    place = set_up(tmp_path, 20_000)

    assert [] == differences(place)
    assert 10 * 20 < len(by_hand("checks", place))


def test_a_difference_is_seen(tmp_path: Path):
    """With a day more for the answer the clock of the agreement no longer counts what the query counts."""
    place = set_up(tmp_path, 5_000)
    agreement = place / "agreement.yaml"
    text = agreement.read_text(encoding="utf-8")
    agreement.write_text(text.replace("within: 24 hours", "within: 48 hours"), encoding="utf-8")

    assert {"first-response"} == {promise for promise, *_ in differences(place)}
