"""`sla handoff`: the payload's schema, payloads that are checked, and leads that find their seller."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.console import sla
from tests.conftest import ROOT
from tests.reference import FOLDER

Capsys = pytest.CaptureFixture[str]
LEAD = {
    "full_name": "Ana Souza",
    "email": "ana@frio.example",
    "phone": "+55 41 5550 0001",
    "company": "Frio",
    "job_title": "Quality manager",
    "interested_in": "both",
    "wants_it_by": "2027-06-01",
    "industry": "cold storage",
    "employees": 120,
    "country": "Brazil",
    "state": "PR",
    "cold_rooms": 8,
    "contact_consent": True,
    "actions": [{"action": "ask_for_demo", "on": "2027-03-30"}],
    "last_action": "ask_for_demo",
    "last_visit": 2,
}
AGREEMENT = ("--agreement", str(FOLDER))


@pytest.fixture
def leads(tmp_path, monkeypatch):
    """A good lead and one without a phone."""
    monkeypatch.chdir(tmp_path)
    lines = [LEAD, {**LEAD, "phone": ""}]
    (tmp_path / "leads.jsonl").write_text("".join(json.dumps(lead) + "\n" for lead in lines), encoding="utf-8")
    return "leads.jsonl"


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / "schema" / name).read_text(encoding="utf-8")))


def test_the_schema_accepts_the_good_lead(capsys: Capsys) -> None:
    ended = sla(capsys, "handoff", "schema", *AGREEMENT)

    assert 0 == ended.code
    assert Draft202012Validator(json.loads(ended.out)).is_valid(LEAD)


def test_what_is_missing_ends_with_1_and_its_place(capsys: Capsys, leads: str) -> None:
    ended = sla(capsys, "handoff", "validate", leads, *AGREEMENT)

    assert (1, "") == (ended.code, ended.err)
    assert ended.out.startswith("leads.jsonl:2:57: error: phone is blank (used for: first call)\n")
    assert ended.out.endswith("\n1 of 2 leads carry everything that sales needs\n")


def test_complete_leads_end_with_0(capsys: Capsys, leads: str, tmp_path) -> None:
    (tmp_path / "one.json").write_text(json.dumps([LEAD]), encoding="utf-8")

    assert (0, "1 of 1 lead carries everything that sales needs\n", "") == sla(
        capsys, "handoff", "validate", "one.json", *AGREEMENT
    )


def test_each_lead_gets_a_seller_and_the_line_that_says_so(capsys: Capsys, leads: str) -> None:
    ended = sla(capsys, "handoff", "route", leads, *AGREEMENT)

    assert (0, "") == (ended.code, ended.err)
    assert "leads.jsonl:1:1: ana or bruno, who take turns" == ended.out.splitlines()[0]
    assert "handoff.yaml:20:7   - {when: {state: [PR, SC, RS]}, to: [ana, bruno]}" in ended.out.splitlines()[1]


def test_json_fits_its_published_schema(capsys: Capsys, leads: str) -> None:
    checked = sla(capsys, "handoff", "validate", leads, "--format", "json", *AGREEMENT)
    routed = sla(capsys, "handoff", "route", leads, "--format", "json", *AGREEMENT)

    assert [] == list(schema("payloads.json").iter_errors(json.loads(checked.out)))
    assert [] == list(schema("routes.json").iter_errors(json.loads(routed.out)))
    assert ["ana", "bruno"] == json.loads(routed.out)["routes"][0]["sellers"]


@pytest.mark.parametrize("command", ["validate", "route"])
def test_a_file_that_is_not_there_ends_with_3(capsys: Capsys, command: str) -> None:
    ended = sla(capsys, "handoff", command, "nowhere.json", *AGREEMENT)

    assert (3, "", "sla: nowhere.json cannot be read: No such file or directory\n") == ended


@pytest.mark.parametrize("command", ["validate", "route"])
def test_a_file_without_a_lead_ends_with_its_problem(capsys: Capsys, leads: str, tmp_path, command: str) -> None:
    (tmp_path / "empty.json").write_text("[]", encoding="utf-8")
    ended = sla(capsys, "handoff", command, "empty.json", *AGREEMENT)

    assert ended.code in (1, 3)
    assert "empty.json:1:1: error: there is no lead in here" in ended.out


def test_without_a_file_the_command_line_is_wrong(capsys: Capsys) -> None:
    assert 2 == sla(capsys, "handoff", "validate", *AGREEMENT).code


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "the agreement says nothing about the handoff yet: add a section handoff:"),
        ("handoff: soon\n", "the agreement has no handoff that could be read: sla validate"),
    ],
)
def test_a_handoff_that_is_not_written_is_no_mistake_in_it(
    capsys: Capsys, tmp_path, written: str, sentence: str
) -> None:
    """Who has not written one is not sent to look for errors."""
    file = tmp_path / "agreement.yaml"
    file.write_text(
        f"format: sla/v1\nagreement: Ours\nstages:\n  lead: {{team: marketing}}\n{written}", encoding="utf-8"
    )
    ended = sla(capsys, "handoff", "schema", "--agreement", str(file))

    assert (3, "") == (ended.code, ended.out)
    assert f"sla: {sentence}\n" in ended.err


def test_a_handoff_that_lists_nothing_says_what_to_write(capsys: Capsys, tmp_path) -> None:
    """Its schema is one that every lead fits, and says why; there is nothing to check by it."""
    file, lead = tmp_path / "sla.yaml", tmp_path / "lead.json"
    file.write_text(
        "format: sla/v1\nagreement: Ours\nstages: {lead: {team: marketing}}\n"
        "handoff: {stage: lead, channel: The queue}\n",
        encoding="utf-8",
    )
    lead.write_text("{}", encoding="utf-8")
    said = (
        "the handoff names no data that must go along, so there is nothing to check: list it in the section handoff, "
        "as must_have: [email, phone]"
    )
    written = sla(capsys, "handoff", "schema", "--agreement", str(file))
    checked = sla(capsys, "handoff", "validate", str(lead), "--agreement", str(file))
    found = json.loads(written.out)
    Draft202012Validator.check_schema(found)

    assert (0, f"sla: {said}\n") == (written.code, written.err)
    assert said == found["$comment"]
    assert Draft202012Validator(found).is_valid({"email": "ana@example.com"})
    assert (3, "", f"sla: {said}\n") == tuple(checked)


def test_leads_that_cannot_be_read_are_counted(capsys: Capsys, leads: str) -> None:
    """Among all, and for themselves: a broken line is a lead that does not carry what sales needs."""
    with Path(leads).open("a", encoding="utf-8") as file:
        file.write('{"email": \n"only a text"\n')
    checked = sla(capsys, "handoff", "validate", leads, *AGREEMENT)
    found = json.loads(sla(capsys, "handoff", "validate", leads, "--format", "json", *AGREEMENT).out)

    assert 1 == checked.code
    assert checked.out.endswith("1 of 3 leads carry everything that sales needs; 1 of them could not be read\n")
    assert (3, 1, 1) == (found["leads"], found["complete"], found["unreadable"])
