"""`sla diff --data` as its user meets it: what is said of real leads in every format, and what cannot be looked at."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker.samples.funnel import write
from tests.cli.console import sla
from tests.conftest import ROOT
from tests.reference import FOLDER, edited_reference
from tests.text.repository import Repository

Capsys = pytest.CaptureFixture[str]
LOWER_BAR = ("stages.yaml", "points: at least 30", "points: at least 20")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The reference agreement in `before/`, with a lower bar in `sla/`, and the sample funnel in `data/`."""
    edited_reference(tmp_path, LOWER_BAR)
    shutil.copytree(FOLDER, tmp_path / "before")
    write(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def impact_in(capsys: Capsys, *arguments: str) -> dict[str, Any]:
    """The key `impact` of the JSON."""
    ended = sla(capsys, "diff", *arguments, "--format", "json")
    assert (0, "") == (ended.code, ended.err)
    found: dict[str, Any] = json.loads(ended.out)["impact"]
    return found


def test_the_text_says_what_the_quarter_would_have_been(folder: Path, capsys: Capsys) -> None:
    """Below the changes, before their sum."""
    ended = sla(capsys, "diff", "before", "sla", "--data", "data")

    assert (
        "What January to March 2027 would have been:\n"
        "  Of 1,177 leads that came in January to March 2027, 245 counted as MQL and 299 would have: 54 more.\n"
        "  Of the 54 that come in none bought, against 17 of the 245 that counted (6.9%).\n"
    ) in ended.out
    assert "  only now: lead L-20022, and 53 more\n" in ended.out
    assert ended.out.endswith("\n\n1 change\nThe first release will carry version 1.0\n")


def test_the_json_fits_its_published_schema(folder: Path, capsys: Capsys) -> None:
    """And has what the contract names, whatever else."""
    ended = sla(capsys, "diff", "before", "sla", "--data", "data", "--format", "json")
    schema = json.loads((ROOT / "schema" / "changes.json").read_text(encoding="utf-8"))
    found = json.loads(ended.out)
    (criterion,) = found["impact"]["criteria"]

    assert [] == [error.message for error in Draft202012Validator(schema).iter_errors(found)]
    assert ("2027-01 to 2027-03", 1213) == (found["impact"]["period"], found["impact"]["leads"])
    assert {
        "name": "mql", "before": 245, "after": 299, "lost": 0, "gained": 54, "lost_customers": 0, "gained_customers": 0
    }.items() <= criterion.items()  # fmt: skip
    assert 54 == len(criterion["gained_leads"])


def test_without_data_nothing_is_said_of_leads(folder: Path, capsys: Capsys) -> None:
    """The key is there, and null; the invented lead is as it was."""
    ended = sla(capsys, "diff", "before", "sla", "--format", "json")
    text = sla(capsys, "diff", "before", "sla").out

    assert json.loads(ended.out)["impact"] is None
    assert "invented" not in text
    assert "only now: a lead with 100 employees" in text


def test_packed_data_gives_the_same_impact(folder: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the ids, which are mixed with a salt."""
    monkeypatch.setenv("SLA_SALT", "a salt that nobody knows")
    plain = impact_in(capsys, "before", "sla", "--data", "data")
    packed = sla(capsys, "source", "pack", "--output", "packed")
    there = impact_in(capsys, "before", "sla", "--data", "packed")
    for found in (plain, there):
        del found["files"]
        for criterion in found["criteria"]:
            criterion["gained_leads"] = len(criterion["gained_leads"])

    assert 0 == packed.code
    assert plain == there


def test_a_branch_is_judged_on_the_same_data(folder: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """The paths of a revision's source are those of the working copy."""
    repository = Repository(folder)
    shutil.rmtree(folder / "sla")
    shutil.copytree(folder / "before", folder / "sla")
    repository.git("add", "sla")
    repository.git("commit", "-m", "as it was")
    edited = (folder / "sla" / LOWER_BAR[0]).read_text(encoding="utf-8").replace(LOWER_BAR[1], LOWER_BAR[2])
    (folder / "sla" / LOWER_BAR[0]).write_text(edited, encoding="utf-8")
    working = impact_in(capsys, "HEAD", "--data", "data")
    repository.git("commit", "-am", "a lower bar")
    both = impact_in(capsys, "HEAD~1", "HEAD", "--data", "data")

    assert 54 == working["criteria"][0]["gained"]
    assert working == both


def test_a_period_is_looked_at_instead_of_the_quarter(folder: Path, capsys: Capsys) -> None:
    """May, as things stood at its end: none of its leads had time to buy."""
    found = impact_in(capsys, "before", "sla", "--data", "data", "--period", "2027-05", "--as-of", "2027-05-31")

    assert ("2027-05", "2027-05-31") == (found["period"], found["as_of"])
    assert found["criteria"][0]["before"] > 0


def test_a_month_that_goes_on_is_said_to_be_incomplete(folder: Path, capsys: Capsys) -> None:
    """The sample ends on 16 June."""
    ended = sla(capsys, "diff", "before", "sla", "--data", "data", "--period", "2027-06")

    assert "The data does not hold all of June 2027." in ended.out


def test_sources_that_differ_are_named(folder: Path, capsys: Capsys) -> None:
    """The data is read as the new version says; where it has no source, as the old one does."""
    source = folder / "before" / "source.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("Bing Ads: paid_search", "Bing Ads: email_webinars"))
    new = sla(capsys, "diff", "before", "sla", "--data", "data").out
    (folder / "sla" / "source.yaml").unlink()
    old = sla(capsys, "diff", "before", "sla", "--data", "data").out

    assert "The two versions read the data differently; it was read as the new one says." in new
    assert "The new version does not say how to read the data; it was read as the old one says." in old


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--period", "2027-Q1"], "--period and --as-of are about the leads of --data, which is not given"),
        (["--data", "data", "--period", "Q1"], "Q1 is no period"),
        (["--data", "nowhere"], "nowhere"),
        (["--data", "data", "--as-of", "2026-11-10"], "the data holds no whole month of leads that is over"),
        (["--data", "data", "--as-of", "1900-01-01"], "1900"),
        (
            ["--data", "data", "--period", "2025-01"],
            "no lead came in January 2025: the data holds leads of September 2026 to June 2027",
        ),
    ],
)
def test_what_cannot_be_looked_at_is_told(folder: Path, capsys: Capsys, arguments: list[str], said: str) -> None:
    """In one sentence, with an exit code that is neither 0 nor 1."""
    ended = sla(capsys, "diff", "before", "sla", *arguments)

    assert said in ended.err
    assert ended.code in (2, 3)
    assert "Traceback" not in ended.err


def test_a_text_without_a_source_has_no_data(folder: Path, capsys: Capsys) -> None:
    """Neither version says where the data is."""
    for side in ("before", "sla"):
        (folder / side / "source.yaml").unlink()
    ended = sla(capsys, "diff", "before", "sla", "--data", "data")

    assert 3 == ended.code
    assert "nothing says where the data is" in ended.err


def test_a_section_that_cannot_be_read_is_left_out_of_both(folder: Path, capsys: Capsys) -> None:
    """The others are put to the data all the same."""
    promises = folder / "sla" / "promises.yaml"
    promises.write_text(promises.read_text(encoding="utf-8").replace("target: 85%", "target: many"), encoding="utf-8")
    ended = sla(capsys, "diff", "before", "sla", "--data", "data")

    assert 0 == ended.code
    assert "Not compared, because they cannot be read on one side: marketing_promises" in ended.out
    assert "54 more" in ended.out
