"""The nightly recipes' steps, run as the two servers run them, in a real repository with the example's leads."""

from __future__ import annotations

import json
import shutil
import subprocess
from email import message_from_bytes
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from ruamel.yaml import YAML

from checker.funnel.history import read_history
from checker.samples.folder import write_demo
from checker.site.configuration import mkdocs_config
from tests.conftest import ROOT
from tests.pull_requests.runner import PROGRAMS, Job, git, quiet_environment

GITHUB = ROOT / "templates" / "nightly.github-workflow.yml"
GITLAB = ROOT / "templates" / "nightly.gitlab-ci.yml"


def loaded(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    return found


class Company:
    """A repository with the example's agreement and leads, and the server that it is pushed to."""

    def __init__(self, folder: Path) -> None:
        self.server, self.folder, self._room = folder / "server.git", folder / "company", folder
        self._nights = 0
        write_demo(self.folder)
        (self.folder / "docs").mkdir()
        (self.folder / "mkdocs.yml").write_text(mkdocs_config("Company"), encoding="utf-8")
        (self.folder / ".gitignore").write_text("build/\nhistory/\n", encoding="utf-8")
        git(folder, "init", "--quiet", "--bare", str(self.server))
        git(self.folder, "init", "--quiet")
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--message", "What we agree on")
        git(self.folder, "remote", "add", "origin", str(self.server))

    def as_of(self, day: str) -> None:
        """What will have been known at the end of a day: `sla` with that option, first on the path."""
        self._options(f"--as-of {day}")

    def months_later(self) -> None:
        """Lists are read when the leads are months old."""
        self._options("--as-of 2027-06-15", of_lists="--now 2028-01-10T08:00")

    def _options(self, options: str, of_lists: str | None = None) -> None:
        programs = self._room / "programs"
        programs.mkdir(exist_ok=True)
        script = f"""#!/bin/sh
command=$1; shift
options="{options}"
[ "$command" != leads ] || options="{of_lists or options}"
exec "{PROGRAMS}/sla" "$command" $options "$@"
"""
        (programs / "sla").write_text(script, encoding="utf-8")
        (programs / "sla").chmod(0o755)

    def environment(self) -> dict[str, str]:
        own = quiet_environment()
        return own | {"PATH": f"{self._room / 'programs'}:{own['PATH']}"}

    def night(self, **variables: str) -> Job:
        """One run of the workflow's job, on a fresh clone as GitHub's runner makes one."""
        self._nights += 1
        workspace, temporary = self._room / f"clone{self._nights}", self._room / f"run{self._nights}"
        shutil.copytree(self.folder, workspace)
        temporary.mkdir()
        job = loaded(GITHUB)["jobs"]["nightly"]
        made = Job({"runs": job}, workspace, temporary, {}, {}, self.environment(), outputs={"install": {}})
        context = {"vars": variables, "secrets": {}}
        made.more_contexts = context
        made.environment |= {name: made._filled(value) for name, value in job["env"].items()}
        made.environment |= {"GITHUB_ACTIONS": "true"}
        return made.run()

    def history(self) -> Path:
        """The history as it is on the server."""
        file = self._room / "history.parquet"
        content = subprocess.run(
            ["git", "show", "sla-history:history.parquet"], cwd=self.server, capture_output=True, check=True
        )
        file.write_bytes(content.stdout)
        return file


@pytest.fixture
def company(tmp_path: Path) -> Company:
    made = Company(tmp_path)
    made.as_of("2027-06-15")
    return made


def test_a_night_checks_keeps_and_builds(company: Company) -> None:
    """It is green although promises were missed; the summary is the digest; the branch holds what was found."""
    done = company.night()
    runs = {item.run for item in read_history(company.history()).results}

    assert 0 == done.code, done.log
    assert done.summary.startswith("The data ends on ")
    assert "promises were missed, the first: " in done.summary
    assert "::error file=sla/promises.yaml,line=" in done.logs["Check"]
    assert "There is no history yet: this run begins it." in done.logs["Fetch the history"]
    assert (done.workspace / "build" / "site" / "scoreboard" / "index.html").is_file()
    assert {1} == runs
    assert set() == set(done.used) & {"Hand the digests over", "Hand the pages over"}


def test_the_next_night_goes_on_with_the_history(company: Company) -> None:
    """The same leads add nothing, not even a commit; a day later there is a second run."""
    company.night()
    company.night()
    commits = [git(company.server, "rev-list", "--count", "sla-history")]
    company.as_of("2027-06-16")
    company.night()
    commits.append(git(company.server, "rev-list", "--count", "sla-history"))

    assert ["1", "2"] == commits
    assert {1, 2} == {item.run for item in read_history(company.history()).results}


def test_asked_for_it_is_red_on_the_day_a_promise_is_newly_missed(company: Company) -> None:
    """In May two promises of the example are missed that were kept in April; the day after, that is no news."""
    codes = [company.night(SLA_FAIL_ON="newly-missed").code]
    company.as_of("2027-06-16")
    codes.append(company.night(SLA_FAIL_ON="newly-missed").code)

    assert [1, 0] == codes


def test_data_that_cannot_be_used_is_red_and_says_why(company: Company) -> None:
    """No history is written, no page built from it."""
    done = company.night(SLA_DATA="nowhere")

    assert 3 == done.code
    assert "there is no folder nowhere" in done.summary
    assert "" == git(company.server, "branch", "--list", "sla-history")
    assert not (done.workspace / "build" / "site").exists()


def test_pages_are_handed_over_only_where_that_was_asked_for(company: Company) -> None:
    """The job that publishes has the same condition, and no other has the permission."""
    done = company.night(SLA_PAGES="true")
    workflow = loaded(GITHUB)

    assert {"path": "build/site"} == done.used["Hand the pages over"]
    assert "vars.SLA_PAGES == 'true'" in workflow["jobs"]["publish"]["if"]
    assert {"contents": "read"} == workflow["permissions"]
    assert {"contents": "write"} == workflow["jobs"]["nightly"]["permissions"]


def digests(folder: Path) -> dict[str, set[str]]:
    """The digests by list: the owners in the names of the files."""
    found = folder / "build" / "digests"
    return {each.name: {file.stem for file in each.glob("*.html")} for each in sorted(found.glob("*"))}


def test_digests_are_written_and_handed_over_where_that_was_asked_for(company: Company) -> None:
    """One an owner and list; each holds the leads that the list holds for the owner."""
    done = company.night(SLA_DIGESTS="true")
    written = digests(done.workspace)
    listed = subprocess.run(
        ["sla", "leads", "overdue", "sla", "--format", "json"],
        cwd=done.workspace, env=company.environment(), capture_output=True, check=True,
    )  # fmt: skip
    leads = json.loads(listed.stdout)["leads"]
    files = (done.workspace / "build" / "digests" / "overdue").glob("*.html")
    texts = {file.stem: unescape(file.read_text(encoding="utf-8")) for file in files}

    assert 0 == done.code, done.log
    assert {"path": "build/digests", "name": "digests"}.items() <= done.used["Hand the digests over"].items()
    assert {"overdue", "due-soon"} == written.keys()
    assert {lead["owner"] or "nobody" for lead in leads} == written["overdue"] != set()
    for lead in leads:
        assert lead["lead"] in texts[lead["owner"] or "nobody"]


def test_data_that_is_too_old_to_act_on_is_no_failure(company: Company) -> None:
    """The check judges months that are over; nobody is sent to a lead of long ago, and the log says why."""
    company.months_later()
    done = company.night(SLA_DIGESTS="true")
    on_gitlab = gitlab(company, SLA_DIGESTS="true")

    assert (0, 0) == (done.code, on_gitlab.returncode), done.log + on_gitlab.stderr
    assert "whose leads are not" in done.logs["Write a digest for each owner"]
    assert "whose leads are not" in on_gitlab.stderr
    assert ({}, {}) == (digests(done.workspace), digests(company.folder))


def test_on_gitlab_digests_of_last_night_are_gone(company: Company) -> None:
    """A runner that keeps its folder would send them again."""
    gitlab(company, SLA_DIGESTS="true")
    written = digests(company.folder)
    (company.folder / "build" / "digests" / "overdue" / "left-us.html").write_text("yesterday's", encoding="utf-8")
    again = gitlab(company, SLA_DIGESTS="true")

    assert 0 == again.returncode, again.stderr
    assert {"overdue", "due-soon"} == written.keys()
    assert written == digests(company.folder)


def test_mails_go_to_the_addresses_of_the_company(company: Company, tmp_path: Path) -> None:
    """The script of the how-to, with a mail program that keeps what it is given."""
    gitlab(company, SLA_DIGESTS="true")
    written = sorted(digests(company.folder)["overdue"])
    page = (ROOT / "docs" / "how-to" / "check-every-night.md").read_text(encoding="utf-8")
    script = page.partition('```sh title="send-digests.sh"\n')[2].partition("```")[0]
    (company.folder / "addresses.csv").write_text(f"{written[0]},first@example.com\n", encoding="utf-8")
    (tmp_path / "programs" / "sendmail").write_text(f'#!/bin/sh\ncat >> "{tmp_path}/sent"\n', encoding="utf-8")
    (tmp_path / "programs" / "sendmail").chmod(0o755)
    done = subprocess.run(
        ["sh", "-ec", script], cwd=company.folder, env=company.environment(), capture_output=True, text=True, check=True
    )
    sent = message_from_bytes((tmp_path / "sent").read_bytes())
    digest = (company.folder / "build" / "digests" / "overdue" / f"{written[0]}.html").read_text(encoding="utf-8")

    assert len(written) > 1
    assert ("first@example.com", "text/html") == (sent["To"], sent.get_content_type())
    assert digest == bytes(sent.get_payload(decode=True)).decode("utf-8")
    assert [f"no address for {owner}" for owner in written[1:]] == done.stderr.splitlines()


def gitlab(company: Company, **variables: str) -> subprocess.CompletedProcess[str]:
    """The job's script; what its cache holds is what the last night left."""
    job = loaded(GITLAB)["sla-nightly"]
    return subprocess.run(
        ["sh", "-ec", "\n".join(job["script"])],
        cwd=company.folder,
        env=company.environment() | job["variables"] | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_on_gitlab_the_reports_are_there_and_the_history_is_in_the_cache(company: Company) -> None:
    done = gitlab(company)
    job = loaded(GITLAB)["sla-nightly"]
    there = [path for path in job["artifacts"]["paths"] if (company.folder / path).exists()]

    assert 0 == done.returncode, done.stderr
    assert "✗ missed: " in done.stdout
    assert ["build/digest.md", "build/results.json", "build/site", "history/history.parquet"] == there
    assert ET.parse(company.folder / job["artifacts"]["reports"]["junit"]).findall(".//testcase")
    assert ["history/"] == job["cache"]["paths"]
    assert {1} == {item.run for item in read_history(company.folder / "history" / "history.parquet").results}


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"SLA_FAIL_ON": "newly-missed"}, 1),
        ({"SLA_FAIL_ON": "missed"}, 1),
        ({"SLA_DATA": "nowhere"}, 3),
        ({"SLA_PATH": "$(touch evil)"}, 3),
    ],
)
def test_on_gitlab_variables_reach_the_command(company: Company, variables: dict[str, str], code: int) -> None:
    assert code == gitlab(company, **variables).returncode
    assert not (company.folder / "evil").exists()


def test_on_gitlab_pages_are_off_by_default() -> None:
    [rule] = loaded(GITLAB)["pages"]["rules"]

    assert '$SLA_PAGES == "true"' in rule["if"]
