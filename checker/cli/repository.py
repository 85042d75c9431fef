"""In which repository an agreement stands, and where a browser edits it: from an option, else from the CI server."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlsplit

import click

from checker.cli.wrong_usage import refuse
from checker.message import Written, say

if TYPE_CHECKING:
    from checker.report.repository import Repository

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class AddressType(click.ParamType[str]):
    """`https://github.com/acme/agreement/edit/main`."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Reads one; a slash at its end is dropped."""
        address = str(value)
        try:
            parts = urlsplit(address)
            fits = parts.scheme in ("http", "https") and bool(parts.netloc)
        except ValueError:
            fits = False
        if not fits:
            told = say(
                "{value} is no address; write it as {example}",
                value=Written(address),
                example=Written("https://github.com/acme/agreement/edit/main"),
            )
            refuse(told, param, ctx)
        return _written(address)


def edit_url(command: Decorated) -> Decorated:
    """`--edit-url`: where a browser edits the files."""
    return click.option(
        "--edit-url",
        type=AddressType(),
        metavar="URL",
        help="Where links of the format markdown lead: the web editor's address before the file's path, such as "
        "https://github.com/acme/agreement/edit/main. Known by itself on GitHub and GitLab.",
    )(command)


def repository_of(path: Path, edit: str | None, environment: Mapping[str, str] | None = None) -> Repository:
    """The repository that holds a path: the nearest folder above it with a `.git`, else the present folder."""
    from checker.report.repository import Repository

    known = os.environ if environment is None else environment
    here = Path.cwd()
    inside = here / path
    root = next((folder for folder in (inside, *inside.parents) if (folder / ".git").exists()), here)
    return Repository(root, edit or _on_github(known) or _on_gitlab(known))


def _on_github(known: Mapping[str, str]) -> str | None:
    """The editor on the branch of a pull request, which may be another repository's, else on the branch as it is."""
    if known.get("GITHUB_ACTIONS") != "true":
        return None
    head = _head(known.get("GITHUB_EVENT_PATH"))
    own = f"{known.get('GITHUB_SERVER_URL', '')}/{known.get('GITHUB_REPOSITORY', '')}"
    if head is not None:
        address, branch = head
    elif known.get("GITHUB_HEAD_REF"):
        address, branch = own, known["GITHUB_HEAD_REF"]
    elif known.get("GITHUB_REF_TYPE") == "branch":
        address, branch = own, known.get("GITHUB_REF_NAME", "")
    else:
        return None
    return _address(address, "edit", branch)


def _head(event: str | None) -> tuple[str, str] | None:
    """Address and branch of what a pull request wants to bring in; GitHub writes what happened into a file."""
    import json

    try:
        head = json.loads(Path(event or "").read_bytes())["pull_request"]["head"]
        return str(head["repo"]["html_url"]), str(head["ref"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _on_gitlab(known: Mapping[str, str]) -> str | None:
    if known.get("GITLAB_CI") != "true" or known.get("CI_COMMIT_TAG"):
        return None
    address = known.get("CI_MERGE_REQUEST_SOURCE_PROJECT_URL") or known.get("CI_PROJECT_URL", "")
    branch = known.get("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME") or known.get("CI_COMMIT_REF_NAME", "")
    return _address(address, "-/edit", branch)


def _address(repository: str, editor: str, branch: str) -> str | None:
    if not repository.startswith(("http://", "https://")) or not branch:
        return None
    return f"{_written(repository)}/{editor}/{quote(branch)}"


def _written(address: str) -> str:
    """An address as a link may hold it, with nothing that could end the link."""
    return quote(address.rstrip("/"), safe=":/?#=&%~.-_+@,;!$")
