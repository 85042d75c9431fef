"""The GitLab template's script, run by the shell that GitLab runs it with."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from ruamel.yaml import YAML

from checker.report.changes_markdown import mark
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
        "CI_MERGE_REQUEST_PROJECT_ID": "7",
        "CI_MERGE_REQUEST_IID": "12",
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
    """With the part that knows public holidays, or rules about working time could not run, and the one of pages."""
    assert "smarketing-sla[check,site]" == template()["variables"]["SLA_PACKAGE"]
    assert '"$SLA_PACKAGE"' in template()["before_script"][-1]


# ---------------------------------------------------------------- the note


class GitLab(ThreadingHTTPServer):
    """As much of GitLab's interface as notes need."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.notes: list[dict[str, Any]] = []
        self.writes: list[str] = []
        self.refusal = 0

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.server_address[1]}/api/v4"


class _Answer(BaseHTTPRequestHandler):
    server: GitLab

    def do_GET(self) -> None:
        if self.path == "/api/v4/user":
            self._answer(200, {"id": 3})
        else:
            self._answer(200, self.server.notes)

    def do_POST(self) -> None:
        body = self._body()
        if not self.server.refusal:
            self.server.notes.append({"id": len(self.server.notes) + 1, "body": body, "author": {"id": 3}})
        self._answer(201, {})

    def do_PUT(self) -> None:
        self.server.notes[int(self.path.rpartition("/")[2]) - 1]["body"] = self._body()
        self._answer(200, {})

    def _body(self) -> str:
        self.server.writes.append(self.command)
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def _answer(self, status: int, value: Any) -> None:
        assert self.headers["PRIVATE-TOKEN"] == "a-token"
        assert self.path == "/api/v4/user" or self.path.startswith("/api/v4/projects/7/merge_requests/12/notes")
        text = json.dumps(value).encode()
        self.send_response(self.server.refusal or status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args: Any, **more: Any) -> None:
        """Says nothing."""


@pytest.fixture
def gitlab() -> Iterator[GitLab]:
    with GitLab() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_one_note_says_both_and_is_kept_up_to_date(tmp_path: Path, gitlab: GitLab) -> None:
    """Somebody who quotes its mark keeps their own note."""
    request = PullRequest(tmp_path, MORE_LEADS)
    own = {"CI_API_V4_URL": gitlab.address, "SLA_TOKEN": "a-token"}
    gitlab.notes = [{"id": 1, "body": f"I quote: {mark('sla')}", "author": {"id": 4}}]
    first = run(request, **own)
    written = gitlab.notes[1]["body"]
    run(request, **own)
    request.edit(("targets.yaml", "2027-01 to 2027-03: 45", "2027-01 to 2027-03: 30"))
    mended = run(request, **own)

    assert ["POST", "PUT"] == gitlab.writes
    assert [1, 0] == [first.returncode, mended.returncode]
    assert written.startswith("**Marketing promises 95 instead of 80 MQLs a month")
    assert "There are two ways to settle it:" in written
    assert gitlab.notes[1]["body"].startswith("✅ **Nothing that is agreed has changed")


@pytest.mark.parametrize("refusal", [0, 403])
def test_without_a_token_that_may_write_the_file_says_the_same(tmp_path: Path, gitlab: GitLab, refusal: int) -> None:
    """The verdict is the agreement's, not the token's."""
    gitlab.refusal = refusal
    own = {"CI_API_V4_URL": gitlab.address, "SLA_TOKEN": "a-token" if refusal else ""}
    request = PullRequest(tmp_path, MORE_LEADS)
    done = run(request, **own)

    assert 1 == done.returncode
    assert "the file sla-comment.md says the same" in done.stdout
    assert (request.folder / "sla-comment.md").read_text(encoding="utf-8").startswith("**Marketing promises 95")
