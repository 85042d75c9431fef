"""The bench measures what it says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tools.bench.agreements import agreement_of
from tools.bench.figures import Figure, ratios_first, table, write
from tools.bench.leads import leads_in
from tools.bench.timing import cheapest, run_once

FIGURES = [
    Figure("help", 44.0, 120, "ms", "sla --help", 15),
    Figure("check", 1.6, 1.5, "x", "one hand-written query", 3),
]


@pytest.mark.parametrize("lines", [300, 1_000, 20_000])
def test_an_agreement_is_as_long_as_asked(lines: int):
    """Within half a unit of 30 lines."""
    assert abs(agreement_of(lines).count("\n") - lines) <= 15


def test_the_same_size_gives_the_same_leads(tmp_path: Path):
    """The file is made anew in another folder, byte for byte."""
    first, second = (leads_in(tmp_path / name, 1_000) for name in ("one", "two"))

    assert first.read_bytes() == second.read_bytes()


def test_a_busy_command_costs_processor_time_and_a_sleeping_one_does_not():
    """Wall and processor time are told apart."""
    busy = [sys.executable, "-c", "import time\nwhile time.process_time() < 0.3: pass"]
    asleep = [sys.executable, "-c", "import time; time.sleep(0.3)"]

    working, sleeping = cheapest(busy, asleep, runs=1)

    assert working.cpu >= 0.3
    assert sleeping.wall >= 0.3
    assert sleeping.cpu < 0.3


def test_a_command_that_fails_is_no_figure():
    """Its own words are in the error."""
    with pytest.raises(RuntimeError, match="ended with 3:\nno data"):
        run_once([sys.executable, "-c", "import sys; print('no data'); sys.exit(3)"])


def test_ratios_stand_first_and_what_is_over_its_bound_is_marked():
    """In the table as in the file."""
    shown = table(ratios_first(FIGURES)).splitlines()

    assert [
        "what   value  bound         against",
        "check  1.6 x  1.5 x   OVER  one hand-written query",
        "help   44 ms  120 ms        sla --help",
    ] == shown


def test_the_file_has_the_shape_of_the_contract(tmp_path: Path):
    """Name, value, bound, unit, against, runs."""
    write(FIGURES, tmp_path / "build" / "bench.json")
    first = json.loads((tmp_path / "build" / "bench.json").read_text())[0]

    assert {"name": "help", "value": 44.0, "bound": 120, "unit": "ms", "against": "sla --help", "runs": 15} == first
