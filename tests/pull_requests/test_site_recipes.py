"""The recipes for the pages: their steps run in a real repository, and nothing is published unless somebody says so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.conftest import IN_CI, ROOT
from tests.pull_requests.runner import Job, evaluated, quiet_environment
from tests.reference import edited_reference
from tests.site.built import laid_out

GITHUB = ROOT / "templates" / "site.github-workflow.yml"
GITLAB = ROOT / "templates" / "site.gitlab-ci.yml"
NGINX_PROGRAM = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
NGINX = ROOT / "templates" / "site.nginx.conf"


def loaded(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    return found


def on_github(folder: Path, event: str, **variables: str) -> Job:
    """One run of the workflow's job."""
    job = loaded(GITHUB)["jobs"]["build"]
    temporary = folder.parent / "run"
    temporary.mkdir()
    made = Job({"runs": job}, folder, temporary, {}, {}, quiet_environment(), outputs={"install": {}})
    made.more_contexts = {"vars": variables, "github": {"event_name": event}}
    return made.run()


@pytest.fixture
def company(tmp_path: Path) -> Path:
    folder = tmp_path / "company"
    folder.mkdir()
    laid_out(folder)
    return folder


def test_a_pull_request_keeps_the_pages_and_publishes_nothing(company: Path):
    """Also where publishing is on."""
    done = on_github(company, "pull_request", SLA_PAGES="true")

    assert 0 == done.code, done.log
    assert (company / "build" / "site" / "index.html").is_file()
    assert "build/site" == done.used["Keep the pages"]["path"]
    assert "Hand the pages over" not in done.used


@pytest.mark.parametrize(("variables", "is_published"), [({}, False), ({"SLA_PAGES": "true"}, True)])
def test_publishing_is_off_until_somebody_says_so(company: Path, variables: dict[str, str], is_published: bool):
    """On the main branch, by a variable of the repository; the job that publishes asks the same."""
    done = on_github(company, "push", **variables)
    publish = loaded(GITHUB)["jobs"]["publish"]

    assert is_published is ("Hand the pages over" in done.used)
    assert is_published is bool(evaluated(publish["if"], {"vars": variables, "github": {"event_name": "push"}}))
    assert not evaluated(publish["if"], {"vars": variables, "github": {"event_name": "pull_request"}})
    assert {"contents": "read"} == loaded(GITHUB)["permissions"]


def test_an_agreement_with_errors_is_a_red_run_without_pages(tmp_path: Path):
    """With the line of the error in the log."""
    folder = tmp_path / "company"
    edited_reference(folder, ("targets.yaml", "  mql:", "  mqll:"))
    laid_out(folder)
    done = on_github(folder, "push", SLA_PAGES="true")

    assert 0 != done.code
    assert "sla/targets.yaml:5:3: SLA" in done.log
    assert not done.used.get("Keep the pages")


def test_on_gitlab_the_pages_are_kept_and_not_published(company: Path):
    """The script runs; publishing asks for a variable, and never runs in a merge request."""
    job, publish = loaded(GITLAB)["sla-site"], loaded(GITLAB)["pages"]
    done = subprocess.run(
        ["sh", "-ec", "\n".join(job["script"])],
        cwd=company,
        env=quiet_environment() | job["variables"],
        capture_output=True,
        text=True,
        check=False,
    )
    [rule] = publish["rules"]

    assert (0, "") == (done.returncode, done.stdout)
    assert all((company / path).is_dir() for path in job["artifacts"]["paths"])
    assert '$SLA_PAGES == "true"' in rule["if"]
    assert "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" in rule["if"]


def test_the_folder_behind_a_sign_on_shows_nothing_to_strangers():
    """Every place but those of the sign-on itself asks it first; nginx reads the file, where it is installed."""
    text = NGINX.read_text(encoding="utf-8")
    places = {found[1]: found[2] for found in re.finditer(r"location (?:= )?(\S+) \{(.*?)\n  \}", text, re.DOTALL)}

    assert {"/", "/oauth2/", "/oauth2/auth"} == set(places)
    assert "auth_request /oauth2/auth;" in places["/"]
    assert "internal;" in places["/oauth2/auth"]
    assert text.count("{") == text.count("}")


def test_nginx_reads_the_sketch(tmp_path: Path):
    """Every directive is one that it knows."""
    if NGINX_PROGRAM is None:
        reason = "no nginx on this machine (Debian, Ubuntu: apt-get install nginx-light)"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    # a certificate and the port of browsers are the company's own
    text = re.sub(r"listen [^;]*;|ssl_certificate[^;]*;", "", NGINX.read_text(encoding="utf-8"))
    config = tmp_path / "nginx.conf"
    config.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{text}\n}}\n", encoding="utf-8")
    done = subprocess.run([NGINX_PROGRAM, "-t", "-c", str(config)], capture_output=True, text=True, check=False)

    assert (0, True) == (done.returncode, "syntax is ok" in done.stderr)
