"""A pull request in a real repository, and as much of GitHub's interface as its comments need."""

from __future__ import annotations

import json
import shutil
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.pull_requests.runner import Job, git, job
from tests.reference import FOLDER

MORE_LEADS = ("targets.yaml", "2027-01 to 2027-03: 30", "2027-01 to 2027-03: 45")
HARMLESS = ("people.yaml", "role: director", "role: head of marketing")
EDIT = "https://github.com/ana/agreement/edit/more%20leads/sla"


class PullRequest:
    """A repository whose main branch holds the reference agreement, and a branch that changes it."""

    def __init__(self, folder: Path, *edits: tuple[str, str, str]) -> None:
        self.folder = folder / "repository"
        self.base = ""
        self._temporary = folder
        self._runs = 0
        shutil.copytree(FOLDER, self.folder / "sla")
        git(self.folder, "init", "--quiet")
        self._commit("What we agree on")
        self.base = git(self.folder, "rev-parse", "HEAD")
        git(self.folder, "checkout", "--quiet", "-b", "more-leads")
        self.edit(*edits)

    def edit(self, *edits: tuple[str, str, str]) -> None:
        """One more commit."""
        for file, old, new in edits:
            path = self.folder / "sla" / file
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        self._commit("More leads")

    def add(self, path: str, text: str = "") -> None:
        """One more commit, of a file that is new or has another text; without a text it is gone."""
        file = self.folder / path
        if text:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        else:
            file.unlink()
        self._commit("Another file")

    def event(self, *, fork: bool = True) -> dict[str, Any]:
        """What GitHub tells a workflow of it."""
        repository = {"html_url": "https://github.com/ana/agreement", "fork": fork}
        head = {"ref": "more leads", "repo": repository}
        return {"pull_request": {"number": 12, "base": {"sha": self.base}, "head": head}}

    def run(self, *, api: str = "", fork: bool = True, **inputs: str) -> Job:
        """Runs the action on it; the pages, which take a while, are only built where they are asked for."""
        inputs.setdefault("preview", "false")
        self._runs += 1
        made = job(self.folder, self._temporary / f"run{self._runs}", self.event(fork=fork), **inputs)
        made.environment |= {"GITHUB_API_URL": api} if api else {}
        return made.run()

    def _commit(self, message: str) -> None:
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message", message)


class GitHub(ThreadingHTTPServer):
    """As much of GitHub's interface as comments need."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.comments: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str]] = []
        self.refusal = 0

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def writes(self) -> list[str]:
        """The methods of all requests that change something."""
        return [method for method, _ in self.asked if method != "GET"]


class _Answer(BaseHTTPRequestHandler):
    server: GitHub

    def do_GET(self) -> None:
        page = int(self.path.rpartition("page=")[2])
        self._answer(200, self.server.comments[(page - 1) * 100 : page * 100])

    def do_POST(self) -> None:
        user = {"type": "Bot"}
        self.server.comments.append({"id": len(self.server.comments) + 1, "body": self._body(), "user": user})
        self._answer(201, {})

    def do_PATCH(self) -> None:
        number = int(self.path.rpartition("/")[2])
        self.server.comments[number - 1]["body"] = self._body()
        self._answer(200, {})

    def _body(self) -> str:
        text = self.rfile.read(int(self.headers["Content-Length"]))
        return str(json.loads(text)["body"])

    def _answer(self, status: int, value: Any) -> None:
        assert self.headers["Authorization"] == "Bearer a-token"
        assert self.path.startswith("/repos/acme/agreement/issues/")
        self.server.asked.append((self.command, self.path))
        text = json.dumps(value).encode()
        self.send_response(self.server.refusal or status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args: Any, **more: Any) -> None:
        """Says nothing."""
