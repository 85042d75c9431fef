"""From an export to a first verdict, with nothing written by hand: on our own data and on real ones."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from checker.samples.folder import write_demo
from checker.text import parse
from tests.conftest import ROOT
from tests.funnel.exported import ZONE, hubspot, made, rd_station, salesforce
from tests.start.first_hours import answer, checked, first_hour, published, verdicts

EXPORTS = sorted(path for kind in ("*.csv", "*.tsv", "*.parquet") for path in (ROOT / "tests").rglob(kind))
FIXTURES: list[tuple[Path, ...]] = [(file,) for file in EXPORTS]
FIXTURES += [files for _, group in groupby(EXPORTS, attrgetter("parent")) if len(files := tuple(group)) > 1]
"""Every export that lies among the tests: alone, and with those beside it."""
BEFORE_THE_PLAN = date.today() - timedelta(days=200)
JUDGED = {"met", "missed"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return folder / "data"


@pytest.mark.parametrize("kind", [(), ("--for", "software")])
def test_the_sample_funnel_gets_verdicts_and_a_site(capsys, tmp_path: Path, demo: Path, kind):
    """On the volume, on the first contact and on a rate."""
    files = ("--from", str(demo / "leads.csv"), "--from", str(demo / "deals.csv"))
    hour = first_hour(capsys, tmp_path / "new", *files, "--timezone", ZONE, *kind)
    found = verdicts(hour)

    assert (0, 0, "") == (hour.begun, hour.validated, hour.errors)
    assert hour.checked in (0, 1)
    assert all(found[promise] & JUDGED for promise in ("volume", "first-response", "conversion"))
    assert "Marketing and sales agreement" in published(tmp_path / "new")


@pytest.mark.parametrize("files", FIXTURES, ids=lambda files: " and ".join(file.name for file in files))
def test_every_fixture_gets_verdicts_and_a_site(capsys, tmp_path: Path, files: tuple[Path, ...]):
    """Each export alone, and all of a folder together: on a volume and on a rate, without a warning of our making."""
    hour = first_hour(capsys, tmp_path / "new", *(word for file in files for word in ("--from", str(file))))
    found = verdicts(hour)

    assert (0, 0, "") == (hour.begun, hour.validated, hour.errors)
    assert hour.checked in (0, 1)
    assert hour.results["data"]["leads"] > 0
    assert found["volume"] & JUDGED
    assert found["conversion"] & JUDGED
    assert [] == hour.results["findings"]
    assert "Scoreboard" in published(tmp_path / "new")


@pytest.mark.parametrize(
    ("system", "export", "names"),
    [
        ("hubspot", hubspot, ["labels"]),
        ("hubspot", hubspot, ["internal"]),
        ("salesforce", salesforce, ["api"]),
        ("salesforce", salesforce, ["labels"]),
        ("rd_station", rd_station, []),
    ],
)
def test_exports_of_known_systems_get_verdicts_and_a_site(capsys, tmp_path: Path, system, export, names):
    """Naming the system and its files is all that the section says, but for the channels, which are ours."""
    folder = tmp_path / "exports"
    folder.mkdir()
    export(made(300), folder, *names)
    files = [argument for file in sorted(folder.iterdir()) for argument in ("--from", str(file))]
    hour = first_hour(capsys, tmp_path / "new", *files, "--timezone", ZONE)
    section = parse((tmp_path / "new" / "sla" / "source.yaml").read_text(encoding="utf-8")).values["source"]
    found = verdicts(hour)

    assert (0, 0, "") == (hour.begun, hour.validated, hour.errors)
    assert isinstance(section, dict)
    assert (system, ZONE) == (section["system"], section["timezone"])
    assert {"system", "timezone", "files", "leads"} == set(section)
    assert 300 == hour.results["data"]["leads"]
    assert found["volume"] & JUDGED
    assert found["conversion"] & JUDGED
    assert "Marketing and sales agreement" in published(tmp_path / "new")


def test_sales_owes_nothing_for_the_stages_before_the_handoff(capsys, tmp_path: Path):
    """Its rate begins where marketing's volume is counted, though an earlier one is known too."""
    folder = tmp_path / "exports"
    folder.mkdir()
    hubspot(made(300), folder)
    files = [argument for file in sorted(folder.iterdir()) for argument in ("--from", str(file))]
    first_hour(capsys, tmp_path / "new", *files, "--timezone", ZONE)
    draft: Any = parse((tmp_path / "new" / "sla" / "agreement.yaml").read_text(encoding="utf-8")).values

    assert "mql" == draft["marketing_promises"]["volume"]["of"]
    assert "mql_to_sql" == draft["sales_promises"]["conversion"]["of"]


def test_a_real_funnel_gets_verdicts_and_a_site(capsys, tmp_path: Path, real_data: Path):
    """The marketplace's two files: a verdict on the volume and on the rate; the rate is the one that was counted."""
    names = ("olist_marketing_qualified_leads_dataset.csv", "olist_closed_deals_dataset.csv")
    files = [argument for name in names for argument in ("--from", str(real_data / "olist" / name))]
    hour = first_hour(capsys, tmp_path / "new", *files, "--currency", "BRL", "--country", "BR")
    found = verdicts(hour)
    agreement = (tmp_path / "new" / "sla" / "agreement.yaml").read_text(encoding="utf-8")

    assert (0, 0, "") == (hour.begun, hour.validated, hour.errors)
    assert hour.checked in (0, 1)
    assert found["volume"] & JUDGED
    assert found["conversion"] & JUDGED
    assert 8000 == hour.results["data"]["leads"]
    assert "# found in the data: 200, 1141, 1028, 1174, 1352 and 1303 in the last 6 whole months" in agreement
    assert "Scoreboard" in published(tmp_path / "new")


def test_a_real_log_gets_a_verdict(capsys, tmp_path: Path, real_data: Path):
    """The lender's log, of which nobody said anything."""
    hour = first_hour(capsys, tmp_path / "new", "--from", str(real_data / "bpic2012" / "bpic2012_events.parquet"))

    assert (0, 0, "") == (hour.begun, hour.validated, hour.errors)
    assert 13_087 == hour.results["data"]["leads"]
    assert verdicts(hour)["volume"] & JUDGED


def test_every_real_export_alone_is_accepted(capsys, tmp_path: Path, real_data: Path):
    """Whatever a system gives out is read by a check as it is proposed, once its doubts are answered.

    Where it lists fields, the doubt is which file holds the leads: an export with these fields is the answer.
    """
    lists = []
    for number, file in enumerate(sorted(real_data.rglob("*.csv"))):
        folder = tmp_path / str(number)
        hour = first_hour(capsys, folder, "--from", str(file))
        if "there is no file" in hour.errors:
            lists.append(file.name)
            answer(folder / "sla" / "source.yaml", BEFORE_THE_PLAN)
            hour = checked(capsys, folder)

        assert (0, 0, "") == (hour.begun, hour.validated, hour.errors), file
        assert hour.results["data"]["leads"] > 0, file
        assert "SLA226" not in {finding["code"] for finding in hour.results["findings"]}, file

    assert ["property_data.csv", "marketo_lead_describe_data.csv"] == lists
