"""Runs the steps of a composite action as GitHub's runner does: its shell, its files, its expressions, its commands."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.conftest import ROOT

PROGRAMS = Path(sys.executable).parent
_BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")


def quiet_environment() -> dict[str, str]:
    """This environment without what a CI server that runs these tests itself has put there."""
    known = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "GITLAB_", "CI_"))}
    return known | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}


def git(folder: Path, *arguments: str) -> str:
    """Runs git in a folder, as somebody whom every machine knows."""
    author = ["-c", "user.name=Ana", "-c", "user.email=ana@example.com", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *author, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@dataclass
class Job:
    """One run of an action: what its steps printed and left behind."""

    action: Mapping[str, Any]
    workspace: Path
    temporary: Path
    inputs: dict[str, str]
    event: dict[str, Any]
    environment: dict[str, str]
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    logs: dict[str, str] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    more_contexts: dict[str, Any] = field(default_factory=dict)
    summary: str = ""
    code: int = 0

    @property
    def log(self) -> str:
        """All that was printed."""
        return "".join(self.logs.values())

    def run(self) -> Job:
        """Runs step after step, until one fails."""
        for number, step in enumerate(self.action["runs"]["steps"]):
            if step.get("id") in self.outputs or not self._is_wanted(step):
                continue
            name = step["name"]
            if "uses" in step:
                self.used[name] = {key: self._filled(value) for key, value in step.get("with", {}).items()}
                continue
            self.code = self._run(step, self.temporary / str(number))
            if self.code:
                return self
        return self

    def _is_wanted(self, step: Mapping[str, Any]) -> bool:
        condition = step.get("if")
        return condition is None or bool(evaluated(condition, self._contexts()))

    def _run(self, step: Mapping[str, Any], files: Path) -> int:
        files.mkdir()
        output, summary, script = files / "output", files / "summary", files / "script.sh"
        output.touch()
        summary.touch()
        script.write_text(step["run"], encoding="utf-8")
        assert "${{" not in step["run"], "text that people write must not become part of a script"
        own = {key: self._filled(value) for key, value in step.get("env", {}).items()}
        done = subprocess.run(
            [*_BASH, str(script)],
            cwd=self.workspace,
            env=self.environment
            | {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(self.temporary)}
            | own,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        self.logs[step["name"]] = done.stdout
        self.summary += summary.read_text(encoding="utf-8")
        if "id" in step:
            lines = output.read_text(encoding="utf-8").splitlines()
            self.outputs[step["id"]] = {key: value for key, _, value in (line.partition("=") for line in lines)}
        return done.returncode

    def _contexts(self) -> dict[str, Any]:
        steps = {name: {"outputs": outputs} for name, outputs in self.outputs.items()}
        return {
            "inputs": self.inputs,
            "github": {"event": self.event, "token": "a-token"},
            "steps": steps,
        } | self.more_contexts

    def _filled(self, text: str) -> str:
        return _EXPRESSION.sub(lambda match: _written(evaluated(match[1], self._contexts())), str(text))


def job(workspace: Path, temporary: Path, event: dict[str, Any], **inputs: str) -> Job:
    """A job whose installing is done: this environment's `sla` is the one that it would have brought."""
    action = YAML(typ="safe").load((ROOT / "action.yml").read_text(encoding="utf-8"))
    unknown = set(inputs) - {name.replace("-", "_") for name in action["inputs"]}
    assert not unknown, f"the action has no input {unknown}"
    temporary.mkdir()
    file = temporary / "event.json"
    file.write_text(json.dumps(event), encoding="utf-8")
    made = Job(
        action,
        workspace,
        temporary,
        {},
        event,
        quiet_environment()
        | {
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_API_URL": "http://127.0.0.1:9",
            "GITHUB_EVENT_PATH": str(file),
            "GITHUB_REPOSITORY": "acme/agreement",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_WORKSPACE": str(workspace),
        },
        outputs={"install": {"sla": str(PROGRAMS / "sla"), "python": sys.executable}},
    )
    for name, declared in action["inputs"].items():
        made.inputs[name] = inputs.get(name.replace("-", "_"), made._filled(declared["default"]))
    return made


def evaluated(expression: str, contexts: Mapping[str, Any]) -> Any:
    """An expression of a workflow: names, texts, `true`, `==`, `!=`, `&&`, `||`; anything else is an error."""
    for operator in ("||", "&&"):
        if operator in expression:
            values = [evaluated(part, contexts) for part in expression.split(operator)]
            is_or = operator == "||"
            return next((value for value in values if bool(value) is is_or), values[-1])
    for operator in ("==", "!="):
        if operator in expression:
            left, right = (evaluated(part, contexts) for part in expression.split(operator))
            return (left == right) is (operator == "==")
    word = expression.strip()
    if word in ("true", "false"):
        return word == "true"
    if match := re.fullmatch(r"'([^']*)'", word):
        return match[1]
    if not re.fullmatch(r"[a-z]+(\.[\w-]+)+", word):
        raise ValueError(f"no expression: {word}")
    value: Any = contexts
    for step in word.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _written(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def obeyed(log: str) -> list[str]:
    """The lines of a log that the runner takes for commands: none between `stop-commands` and its token."""
    found: list[str] = []
    token = None
    for line in log.splitlines():
        if token is not None:
            token = None if line.strip() == f"::{token}::" else token
        elif match := re.match(r"\s*::stop-commands::(.+)$", line):
            token = match[1]
        elif line.lstrip().startswith("::") or "##[" in line:
            found.append(line)
    return found
