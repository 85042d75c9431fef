"""The action's steps, run as a workflow runs them, on pull requests in a real repository."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from checker.report.changes_markdown import mark as changes_mark
from checker.report.findings_markdown import mark
from tests.conftest import ROOT
from tests.pull_requests.request import EDIT, HARMLESS, MORE_LEADS, GitHub, PullRequest
from tests.pull_requests.runner import PROGRAMS, evaluated, git, job, obeyed
from tests.report.made_findings import commands
from tests.report.test_findings_sarif import misfits


def test_a_consistent_pull_request_passes_and_says_what_changes(tmp_path: Path) -> None:
    done = PullRequest(tmp_path, HARMLESS).run()

    assert 0 == done.code, done.log
    assert [] == obeyed(done.log)
    assert done.summary.startswith("**Helena Prado: the role is head of marketing instead of director")
    assert "\n\n✅ The agreement is consistent.\n" in done.summary
    assert "0" == done.outputs["validate"]["exit-code"]


def test_an_inconsistent_pull_request_fails_with_remarks_on_its_lines(tmp_path: Path) -> None:
    """The remark, the summary with links into the fork's branch, the report, and the job's end."""
    done = PullRequest(tmp_path, MORE_LEADS).run()
    first, *_ = commands("\n".join(obeyed(done.log)))

    assert 1 == done.code, done.log
    assert ("error", "sla/targets.yaml", "7") == (first.name, first.properties["file"], first.properties["line"])
    assert "SLA214: Sellers cannot take so many" == first.properties["title"]
    assert done.summary.startswith("**Marketing promises 95 instead of 80 MQLs a month from January to March 2027")
    assert f"[sla/targets.yaml, line 7]({EDIT}/targets.yaml#L7) · error [SLA214]" in done.summary
    assert "\n   1. keep 45 and change one of these lines too\n" in done.log


def test_the_reports_are_there_for_other_steps(tmp_path: Path) -> None:
    """They are named as outputs; the SARIF fits its schema and names the line."""
    done = PullRequest(tmp_path, MORE_LEADS).run()
    written = done.outputs["validate"]
    sarif = Path(written["sarif"]).read_text(encoding="utf-8")
    [result] = [item for item in json.loads(sarif)["runs"][0]["results"] if item["level"] == "error"]

    assert [] == misfits(sarif)
    assert {"uri": "sla/targets.yaml", "uriBaseId": "%SRCROOT%"} == (
        result["locations"][0]["physicalLocation"]["artifactLocation"]
    )
    assert "findings/v1" == json.loads(Path(written["json"]).read_text(encoding="utf-8"))["format"]

    compared = done.outputs["compare"]

    assert done.summary == Path(compared["markdown"]).read_text(encoding="utf-8")
    assert "changes/v1" == json.loads(Path(compared["changes"]).read_text(encoding="utf-8"))["format"]
    assert set(done.action["outputs"]) == {*written, *compared} - {"folder", "touched"}


@pytest.mark.parametrize(
    ("inputs", "code"), [({"fail_on": "never"}, 0), ({"fail_on": "warning"}, 1), ({"as_of": "none"}, 1)]
)
def test_inputs_reach_the_command(tmp_path: Path, inputs: dict[str, Any], code: int) -> None:
    assert code == PullRequest(tmp_path, MORE_LEADS).run(**inputs).code


@pytest.mark.parametrize(
    ("inputs", "code", "said"),
    [
        ({"path": "nowhere"}, 3, "sla: there is no file or folder nowhere"),
        ({"path": "--fix"}, 3, "sla: there is no file or folder --fix"),
        ({"fail_on": "sometimes"}, 2, "there is no “sometimes” here"),
        ({"as_of": "$(touch evil)"}, 2, "$(touch evil) is no date"),
        ({"path": "a%\n::error::b"}, 3, "sla: there is no file or folder a%"),
    ],
)
def test_what_cannot_be_judged_fails_and_says_why(tmp_path: Path, inputs: dict[str, Any], code: int, said: str) -> None:
    """In the remark and in the summary; what stands in an input is never run, nor read as a command."""
    request = PullRequest(tmp_path, HARMLESS)
    done = request.run(**inputs)
    [command] = commands("\n".join(obeyed(done.log)))

    assert (code, "error", "The agreement could not be judged") == (
        done.code,
        command.name,
        command.properties["title"],
    )
    assert said in command.data
    assert said in done.summary
    assert not (request.folder / "evil").exists()


def test_text_of_an_agreement_is_no_command(tmp_path: Path) -> None:
    """Neither of the two ways in which the runner knows commands, in none of the texts that are printed."""
    evil = '"::error::evil ##[add-path]/evil"'
    done = PullRequest(tmp_path, ("people.yaml", "role: director", f"{evil}: ::error::evil")).run()
    lines = obeyed(done.log)

    assert 1 == done.code
    assert lines
    assert all(line.startswith(("::error file=sla/", "::warning file=sla/", "::notice file=sla/")) for line in lines)


def test_the_base_is_fetched_where_the_clone_is_shallow(tmp_path: Path) -> None:
    """As after a checkout that takes the newest commit alone."""
    request = PullRequest(tmp_path, MORE_LEADS)
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=more-leads", request.folder.as_uri(), "shallow")
    shallow = tmp_path / "shallow"
    done = job(shallow, tmp_path / "run", request.event()).run()
    lost = job(shallow, tmp_path / "lost", request.event(), base="0" * 40).run()

    assert git(shallow, "cat-file", "-t", request.base) == "commit"
    assert (1, 1) == (done.code, lost.code)
    assert "cannot be fetched" not in done.log
    assert "The revision to compare with cannot be fetched, so all lines count as new." in lost.log


@pytest.mark.parametrize(
    ("sarif", "fork", "handed"), [("true", False, True), ("true", True, False), ("false", False, False)]
)
def test_code_scanning_gets_the_report_only_when_asked_and_allowed(
    tmp_path: Path, sarif: str, fork: bool, handed: bool
) -> None:
    done = PullRequest(tmp_path, MORE_LEADS).run(sarif=sarif, fork=fork)
    used = done.used.get("Hand over to code scanning")

    assert handed is (used is not None)
    assert used is None or done.outputs["validate"]["sarif"] == used["sarif_file"]


# ---------------------------------------------------------------- the comment


@pytest.fixture
def github() -> Iterator[GitHub]:
    with GitHub() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_no_comment_is_written_unless_asked_for(tmp_path: Path, github: GitHub) -> None:
    PullRequest(tmp_path, MORE_LEADS).run(api=github.address)

    assert [] == github.asked


def test_one_comment_is_written_and_kept_up_to_date(tmp_path: Path, github: GitHub) -> None:
    """Found, brought up to date when the text changes, left alone when nothing does, and at last a single line."""
    github.comments = [{"id": 1, "body": f"I quote: {mark('sla')}", "user": {"type": "User"}}] * 100
    request = PullRequest(tmp_path, MORE_LEADS)
    first = request.run(api=github.address, comment="true")
    again = request.run(api=github.address, comment="true")
    request.edit(("targets.yaml", "2027-01 to 2027-03: 45", "2027-01 to 2027-03: 30"))
    mended = request.run(api=github.address, comment="true")

    assert ["POST", "PATCH"] == github.writes
    assert 101 == len(github.comments)
    assert [1, 1, 0] == [first.code, again.code, mended.code]
    assert "The comment was written." in first.log
    assert "The comment is as it should be." in again.log
    assert github.comments[100]["body"] == (
        "✅ **Nothing that is agreed has changed: only its order, its notation, or remarks.**\n\n"
        f"{changes_mark('sla')}\n"
    )


def test_a_request_about_other_files_needs_no_comment(tmp_path: Path, github: GitHub) -> None:
    request = PullRequest(tmp_path)
    request.add("README.md", "Read me")
    done = request.run(api=github.address, comment="true")

    assert 0 == done.code
    assert [] == github.writes


@pytest.mark.parametrize(("refusal", "command"), [(403, "notice"), (404, "notice"), (401, "notice"), (500, "warning")])
def test_a_token_that_may_not_write_is_no_failure(tmp_path: Path, github: GitHub, refusal: int, command: str) -> None:
    """The verdict is the agreement's, not the token's."""
    github.refusal = refusal
    done = PullRequest(tmp_path, HARMLESS).run(api=github.address, comment="true")
    [said] = commands("\n".join(obeyed(done.log)))

    assert (0, command, "No comment was written") == (done.code, said.name, said.properties["title"])
    assert ("artifact agreement-preview holds it" in said.data) is (command == "notice")


def test_a_server_that_cannot_be_reached_is_no_failure(tmp_path: Path) -> None:
    done = PullRequest(tmp_path, HARMLESS).run(comment="true")

    assert 0 == done.code
    assert "GitHub cannot be reached" in done.log


# ---------------------------------------------------------------- the files themselves


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", ".github/workflows/agreement.yml"),
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.gitlab-ci", "templates/validate.gitlab-ci.yml"),
        ("vendor.github-workflows", "templates/nightly.github-workflow.yml"),
        ("vendor.gitlab-ci", "templates/nightly.gitlab-ci.yml"),
    ],
)
def test_files_fit_the_published_schemas(schema: str, file: str) -> None:
    done = subprocess.run(
        [PROGRAMS / "check-jsonschema", "--builtin-schema", schema, ROOT / file],
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("inputs.a == 'x' && github.b", "y"),
        ("inputs.a == 'z' && github.b", False),
        ("inputs.none || github.b", "y"),
        ("github.b.c.d != true", True),
    ],
)
def test_expressions_mean_what_they_mean_on_github(expression: str, value: object) -> None:
    """The tests' own reading of them, by hand."""
    assert value == evaluated(expression, {"inputs": {"a": "x"}, "github": {"b": "y"}})
