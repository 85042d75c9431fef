"""`sla check`: a page for people, JSON for programs, exit codes, and one clear error for each bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.console import sla

Capsys = pytest.CaptureFixture[str]
AGREEMENT = """\
format: sla/v1
agreement: Calls
status: draft
language: en
currency: EUR
working_time:
  office: {timezone: Europe/Warsaw, days: Monday to Friday, hours: "08:00 to 16:00"}
stages:
  lead: {name: Lead, team: marketing}
  mql: {name: Qualified lead, team: marketing}
handoff: {stage: mql, channel: The queue}
targets: {mql: {all: {2027-01 to 2027-03: 2}}}
marketing_promises:
  mql-volume: {promise: Deliver two a month, measure: volume, of: mql, target: as planned}
sales_promises:
  first-response:
    promise: Call each new lead within half a working day
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 90%
  persistence: {promise: Try often enough, measure: persistence_rate, target: 90%}
source:
  timezone: Europe/Warsaw
  files: {lead: {path: leads.csv}}
  leads: {from: lead, id: Id}
  events: {became_lead: Created, handed_off: Handed off, first_personal_contact: Called}
  coverage: {handed_off: 2027-01-01 to 2027-03-31}
"""
LEADS = """\
Id,Created,Handed off,Called
L1,2027-02-01 08:00:00,2027-02-02 09:00:00,2027-02-02 10:00:00
L2,2027-02-01 09:00:00,2027-02-03 09:00:00,2027-02-03 12:59:00
L3,2027-02-01 09:00:00,,
L4,2027-03-01 09:00:00,2027-03-02 10:00:00,2027-03-02 15:00:00
L5,2027-04-06 09:00:00,,
"""
PAGE = """\
Calls
The data ends on 6 April 2027 and holds 5 leads; judged as of 31 March 2027.

2 of 3 promises can be judged on this data.
  +1 with a list of all attempts, one row each
Where they stand now: 2 missed and 1 not measurable.

What marketing promises
  ✗ missed: Deliver two a month (mql-volume)
      March 2027: 1 of 2 promised

What sales promises
  ✗ missed: Call each new lead within half a working day (first-response)
      March 2027: 0 of 1, or 0%; 90% promised
      leads: L4
  ? not measurable: Try often enough (persistence)
      March 2027: it needs every attempt with its time and channel; the data has one row a lead

Leads that reached each stage, of how many planned
                 lead    mql
  January 2027      –  0 / 2
  February 2027     3  2 / 2
  March 2027        1  1 / 2

About the data
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
    return tmp_path


def test_a_missed_promise_ends_with_1_and_a_page(folder: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "check", str(folder), "--as-of", "2027-03-31")

    assert (1, "") == (ended.code, ended.err)
    assert PAGE == ended.out[: len(PAGE)]


def test_a_month_that_was_kept_ends_with_0(folder: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "check", str(folder), "--period", "2027-02")

    assert (0, "") == (ended.code, ended.err)
    assert "February 2027: 2 of 2, or 100%; 90% promised" in ended.out


def test_missed_promises_may_be_let_pass(folder: Path, capsys: Capsys) -> None:
    assert 0 == sla(capsys, "check", str(folder), "--as-of", "2027-03-31", "--fail-on", "never").code


@pytest.mark.parametrize(("limit", "code"), [("missed", 0), ("finding", 1), ("never", 0)])
def test_what_the_data_says_of_the_agreement_decides_only_where_it_is_asked_to(
    folder: Path, capsys: Capsys, limit: str, code: int
) -> None:
    """The promise was kept; somebody came by a channel that the agreement does not know."""
    text = AGREEMENT.replace("id: Id}", "id: Id, channel: Id}") + "channels: {search: {team: marketing}}\n"
    (folder / "agreement.yaml").write_text(text, encoding="utf-8")
    ended = sla(capsys, "check", str(folder), "--period", "2027-02", "--fail-on", limit)

    assert code == ended.code
    assert "[SLA117] 5 leads came by a channel that the agreement does not know: L1, L2 and L3" in ended.out
    assert "has a value in Id that the agreement does not know" not in ended.out


def test_a_released_agreement_is_told_which_rule_found_no_older_version(folder: Path, capsys: Capsys) -> None:
    """A draft has none to be compared with."""
    released = AGREEMENT + 'release: {version: "2027.1", valid_from: 2027-01-01}\n'
    draft = sla(capsys, "check", str(folder)).out
    (folder / "agreement.yaml").write_text(released, encoding="utf-8")

    assert "not looked at" not in draft
    assert (
        "not looked at: A rate that was measured under an older rule (SLA228)" in sla(capsys, "check", str(folder)).out
    )


def test_nothing_judged_ends_with_3(folder: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "check", str(folder), "--period", "2026-12", "--fail-on", "never")

    assert 3 == ended.code
    assert "0 of 3 promises can be judged on this data." in ended.out


def test_json_has_a_result_for_each_promise_and_month(folder: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "check", str(folder), "--as-of", "2027-03-31", "--format", "json")
    told = json.loads(ended.out)
    results = {(result["promise"], result["period"]): result for result in told["results"]}
    response = results["first-response", "2027-03"]

    assert ("results/v1", "2027-03-31T23:59:59+02:00", 5) == (told["format"], told["as_of"], told["data"]["leads"])
    assert ("missed", 0, 1, 0.9, ["L4"], True) == tuple(
        response[key] for key in ("status", "numerator", "denominator", "target", "offenders", "judged")
    )
    assert (str(folder / "agreement.yaml"), 16) == (response["file"], response["line"])
    assert "0 of 1, or 0%" == response["why"]


def test_json_can_be_had_in_another_language(folder: Path, capsys: Capsys) -> None:
    english, brazilian = (
        json.loads(sla(capsys, "check", str(folder), "--format", "json", "--lang", language).out)
        for language in ("en", "pt-BR")
    )

    assert ("en", "pt-BR") == (english["language"], brazilian["language"])
    assert [result["status"] for result in english["results"]] == [result["status"] for result in brazilian["results"]]


def test_several_outputs_at_once(folder: Path, capsys: Capsys) -> None:
    file = folder / "out" / "results.json"
    ended = sla(capsys, "check", str(folder), "--format", f"json={file}", "--format", "text")

    assert ended.out.startswith("Calls\n")
    assert "results/v1" == json.loads(file.read_text(encoding="utf-8"))["format"]


def test_data_from_elsewhere(folder: Path, capsys: Capsys) -> None:
    other = folder / "elsewhere"
    other.mkdir()
    (folder / "leads.csv").rename(other / "leads.csv")
    missing = sla(capsys, "check", str(folder))
    by_name = sla(capsys, "check", str(folder), "--data", f"lead={other / 'leads.csv'}")
    by_folder = sla(capsys, "check", str(folder), "--data", str(other))

    assert 3 == missing.code
    assert "leads.csv" in missing.err
    assert by_name == by_folder
    assert 1 == by_name.code


def test_the_statements_can_be_read(folder: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "check", str(folder), "--explain-sql")

    assert (0, "") == (ended.code, ended.err)
    assert "-- first-response: handed_off to first_personal_contact\nSELECT" in ended.out
    assert ended.out.count(";") == ended.out.count("\n-- ") + 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--period", "2027-13"], 2, "2027-13 is no period"),
        (["--as-of", "March"], 2, "March is no date"),
        (["--data", "deal=x.csv"], 2, "deal"),
        (["--data", "deal="], 2, "deal= names no file; write it as deal=x.csv"),
        (["--engine", "abacus"], 2, "abacus"),
        (["--data", "nowhere"], 3, "nowhere"),
    ],
)
def test_each_bad_argument_has_one_clear_error(
    folder: Path, capsys: Capsys, arguments: list[str], code: int, said: str
) -> None:
    ended = sla(capsys, "check", str(folder), *arguments)

    assert code == ended.code
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_it_goes_on_over_errors_in_other_sections(folder: Path, capsys: Capsys) -> None:
    text = AGREEMENT.replace("targets: {mql: {all: {2027-01 to 2027-03: 2}}}", "targets: {mql: {all: {2027-01: many}}}")
    (folder / "agreement.yaml").write_text(text, encoding="utf-8")
    ended = sla(capsys, "check", str(folder), "--as-of", "2027-03-31")

    assert 1 == ended.code
    assert "sla: what has errors is left out: targets (sla validate shows them)\n" == ended.err
    assert "missed: Call each new lead" in ended.out


def test_an_agreement_without_a_source_says_so(folder: Path, capsys: Capsys) -> None:
    (folder / "agreement.yaml").write_text(AGREEMENT[: AGREEMENT.index("source:")], encoding="utf-8")
    ended = sla(capsys, "check", str(folder))

    assert (3, "") == (ended.code, ended.out)
    assert "nothing says where the data is" in ended.err


@pytest.mark.parametrize("form", ["markdown", "github", "gitlab", "sarif", "junit"])
def test_every_format_names_the_missed_promise(folder: Path, capsys: Capsys, form: str) -> None:
    """Beside the text at the terminal; the exit code is the same."""
    file = folder / "report"
    ended = sla(capsys, "check", str(folder), "--as-of", "2027-03-31", "--format", f"{form}={file}", "--format", "text")

    assert (1, "") == (ended.code, ended.err)
    assert PAGE == ended.out[: len(PAGE)]
    assert "Call each new lead within half a working day" in file.read_text(encoding="utf-8")
    assert "first-response" in file.read_text(encoding="utf-8")


def test_the_digest_links_to_the_line(folder: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the comment on a pull request does."""
    monkeypatch.chdir(folder)
    edit = ("--edit-url", "https://github.com/acme/agreement/edit/main")
    ended = sla(capsys, "check", "agreement.yaml", "--as-of", "2027-03-31", "--format", "markdown", *edit)

    assert ended.out.startswith(
        "The data ends on 6 April 2027 and holds 5 leads; judged as of 31 March 2027.\n\n"
        "❌ **2 promises were missed, the first: Deliver two a month**\n"
    )
    assert (
        "- ❌ **Call each new lead within half a working day** "
        "([first-response](https://github.com/acme/agreement/edit/main/agreement.yaml#L16))\n"
        "  - ❌ missed, March 2027: 0 of 1, or 0%; 90% promised\n    - leads: L4\n"
    ) in ended.out
