"""The GitLab template's script, run by the shell that GitLab runs it with."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT
from tests.pull_requests.request import HARMLESS, MORE_LEADS, PullRequest
from tests.pull_requests.runner import quiet_environment

FILE = ROOT / "templates" / "validate.gitlab-ci.yml"


def template() -> dict[str, Any]:
    """The job of the template."""
    found: dict[str, Any] = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))["sla-validate"]
    return found


def run(request: PullRequest, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the script on a merge request; what `before_script` installs is at hand."""
    own = {
        "GITLAB_CI": "true",
        "CI_PROJECT_URL": "https://gitlab.com/acme/agreement",
        "CI_MERGE_REQUEST_SOURCE_PROJECT_URL": "https://gitlab.com/ana/agreement",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "more-leads",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": request.base,
    }
    return subprocess.run(
        ["sh", "-ec", "\n".join(template()["script"])],
        cwd=request.folder,
        env=quiet_environment() | template()["variables"] | own | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_inconsistent_merge_request_fails_with_both_reports(tmp_path: Path) -> None:
    request = PullRequest(tmp_path, MORE_LEADS)
    done = run(request)
    reports = template()["artifacts"]["reports"]
    quality = json.loads((request.folder / reports["codequality"]).read_text(encoding="utf-8"))
    tests = ET.parse(request.folder / reports["junit"])

    assert 1 == done.returncode, done.stderr
    assert "error[SLA214]" in done.stdout
    assert ("SLA214", "sla/targets.yaml", 7) == (
        quality[0]["check_name"],
        quality[0]["location"]["path"],
        quality[0]["location"]["lines"]["begin"],
    )
    assert ["SLA214"] == [test.attrib["classname"] for test in tests.iterfind("testsuite/testcase[failure]")]


def test_what_is_kept_exists_and_links_into_the_web_editor(tmp_path: Path) -> None:
    request = PullRequest(tmp_path, MORE_LEADS)
    run(request)
    [file] = template()["artifacts"]["paths"]

    assert "(https://gitlab.com/ana/agreement/-/edit/more-leads/sla/targets.yaml#L7)" in (
        request.folder / file
    ).read_text(encoding="utf-8")


def test_a_consistent_merge_request_passes_with_empty_reports(tmp_path: Path) -> None:
    request = PullRequest(tmp_path, HARMLESS)
    done = run(request)

    assert 0 == done.returncode, done.stderr
    assert "is consistent" in done.stdout
    assert [] == json.loads((request.folder / "gl-code-quality-report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"CI_MERGE_REQUEST_DIFF_BASE_SHA": ""}, 1),
        ({"SLA_FAIL_ON": "never"}, 0),
        ({"SLA_PATH": "nowhere"}, 3),
        ({"SLA_PATH": "$(touch evil)"}, 3),
    ],
)
def test_variables_reach_the_command(tmp_path: Path, variables: dict[str, str], code: int) -> None:
    request = PullRequest(tmp_path, MORE_LEADS)

    assert code == run(request, **variables).returncode
    assert not (request.folder / "evil").exists()


def test_what_is_installed_is_this_project() -> None:
    """With the part that knows public holidays, or rules about working time could not run."""
    assert "smarketing-sla[check]" == template()["variables"]["SLA_PACKAGE"]
    assert '"$SLA_PACKAGE"' in template()["before_script"][-1]
