"""In which repository an agreement stands, and where the links of a comment lead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.cli.repository import repository_of
from checker.finding import Place
from tests.cli.console import sla
from tests.reference import edited_reference

Capsys = pytest.CaptureFixture[str]
LINE = Place("sla/targets.yaml", 7, 1, 2, "x")
ON_GITHUB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "acme/agreement",
    "GITHUB_REF_NAME": "12/merge",
    "GITHUB_REF_TYPE": "branch",
}
ON_GITLAB = {
    "GITLAB_CI": "true",
    "CI_PROJECT_URL": "https://gitlab.com/acme/agreement",
    "CI_COMMIT_REF_NAME": "more leads",
}


def edit(environment: dict[str, str], option: str | None = None) -> str | None:
    return repository_of(Path("sla"), option, environment).edit


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, None),
        ({"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/agreement"}, None),
        (ON_GITHUB | {"GITHUB_HEAD_REF": "more-leads"}, "https://github.com/acme/agreement/edit/more-leads"),
        (ON_GITHUB | {"GITHUB_REF_NAME": "main"}, "https://github.com/acme/agreement/edit/main"),
        (ON_GITHUB | {"GITHUB_REF_NAME": "v1", "GITHUB_REF_TYPE": "tag"}, None),
        (ON_GITHUB | {"GITHUB_HEAD_REF": "a (b) #c"}, "https://github.com/acme/agreement/edit/a%20%28b%29%20%23c"),
        (ON_GITLAB, "https://gitlab.com/acme/agreement/-/edit/more%20leads"),
        (
            ON_GITLAB
            | {
                "CI_MERGE_REQUEST_SOURCE_PROJECT_URL": "https://gitlab.com/ana/agreement",
                "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "x",
            },
            "https://gitlab.com/ana/agreement/-/edit/x",
        ),
        (ON_GITLAB | {"CI_COMMIT_TAG": "v1"}, None),
    ],
)
def test_the_server_says_where_files_are_edited(environment: dict[str, str], address: str | None) -> None:
    """On the branch that somebody works on; nowhere for a tag, which nobody edits."""
    assert address == edit(environment)


def test_a_pull_request_from_a_fork_is_edited_in_the_fork(tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    head = {"ref": "more-leads", "repo": {"html_url": "https://github.com/ana/agreement"}}
    event.write_text(json.dumps({"pull_request": {"head": head}}), encoding="utf-8")

    assert "https://github.com/ana/agreement/edit/more-leads" == edit(
        ON_GITHUB | {"GITHUB_HEAD_REF": "more-leads", "GITHUB_EVENT_PATH": str(event)}
    )


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"pull_request": {"head": {"ref": "x", "repo": null}}}', "{"])
def test_an_event_without_a_head_is_no_trouble(tmp_path: Path, text: str) -> None:
    event = tmp_path / "event.json"
    event.write_text(text, encoding="utf-8")

    assert "https://github.com/acme/agreement/edit/x" == edit(
        ON_GITHUB | {"GITHUB_HEAD_REF": "x", "GITHUB_EVENT_PATH": str(event)}
    )


def test_files_are_named_from_the_top_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the command is run in a folder below it."""
    below = tmp_path / "contracts" / "brazil"
    below.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(below)
    repository = repository_of(Path("sla"), "https://github.com/acme/agreement/edit/main", {})

    assert "contracts/brazil/sla/targets.yaml" == repository.file(LINE.file)
    assert "https://github.com/acme/agreement/edit/main/contracts/brazil/sla/targets.yaml#L7" == repository.link(LINE)


def test_the_option_goes_before_the_server(tmp_path: Path) -> None:
    assert "https://git.example/x" == edit(ON_GITHUB, "https://git.example/x")


@pytest.mark.parametrize("address", ["github.com/acme", "javascript:alert(1)", "https://", "ftp://x/y", "https://[x"])
def test_what_is_no_address_is_refused(tmp_path: Path, capsys: Capsys, address: str) -> None:
    ended = sla(capsys, "validate", "sla", "--edit-url", address)

    assert (2, "") == (ended.code, ended.out)
    assert f"{address} is no address; write it as https://github.com/acme/agreement/edit/main" in ended.err


def test_every_format_at_once(tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run writes them all, and the terminal gets the one without a file."""
    folder = edited_reference(tmp_path, ("people.yaml", "role: director", "rolle: director"))
    monkeypatch.chdir(tmp_path)
    names = ("text", "json", "markdown", "gitlab", "sarif", "junit")
    wanted = [f"--format={name}={tmp_path / name}.out" for name in names]
    ended = sla(capsys, "validate", folder.name, *wanted, "--format", "github")

    assert (1, "") == (ended.code, ended.err)
    assert ended.out.startswith("::error file=sla/people.yaml,line=4,col=49,endColumn=54,title=SLA020%3A")
    assert dict.fromkeys(names, True) == {
        name: "people.yaml" in (tmp_path / f"{name}.out").read_text(encoding="utf-8") for name in names
    }
